"""What the pages about children read."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import BigIntegerField, Case, CharField, DateField, F, QuerySet, Value, When

from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission
from openyj.core.worded import Worded, worded
from openyj.people import slots
from openyj.people.kept import as_listed
from openyj.people.models import Address, Child, ChildFile, Opening, Plain


@worded(child=BigIntegerField())
def lives_at(*, child):
    """Where a child lives now."""
    return Address.objects.standing().filter(child=child, end_date=None)


def listed_children(user: User) -> QuerySet[Child]:
    """The children of the list page, named or masked. What is masked sorts as if it were missing, so last: the order of
    a list must not say what the list does not."""
    masked = When(masked=True, then=Value(None))
    return (
        Child.objects.visible_to(user)
        .standing()
        .with_masks(user)
        .select_related("worker", "team", "locality")
        .annotate(
            by_family=Case(masked, default=Plain("family_name"), output_field=CharField()),
            by_given=Case(masked, default=Plain("given_name"), output_field=CharField()),
            shown_birth=Case(When(masked=True, then=Value(None)), default=F("date_of_birth"), output_field=DateField()),
        )
    )


def openings(user: User) -> QuerySet[Opening]:
    """Need-to-know records opened with a reason, those nobody has reviewed first, then newest first."""
    rows = Opening.objects.standing().visible_to(user, Permission.REVIEW_ACCESS)
    return rows.select_related("child", "user", "reviewed_by").order_by(F("reviewed_at").asc(nulls_first=True), "-pk")


def looks(child: Child) -> QuerySet[Access]:
    """Everyone who looked at, printed or was asked why they opened this record, newest first."""
    return Access.objects.filter(child=child.pk).select_related("user").order_by("-at", "-pk")


def told(question: Worded, child: Child, user: User, **given) -> list:
    """The rows a question about one child has (`core.worded`), if `user` may see the child."""
    return question.rows(child=child.pk, **given) if may_see(child, user) else []


def happened(child: Child, user: User, *, only: Sequence[str] = (), **stretch: int) -> list:
    """What the timeline says happened, newest first, if `user` may see the child; of some kinds, a stretch of it."""
    return slots.timeline.rows(child=child.pk, only=only, **stretch) if may_see(child, user) else []


def how_much_happened(child: Child, user: User, *, only: Sequence[str] = ()) -> int:
    """How many rows `happened` has in all."""
    return slots.timeline.count(child=child.pk, only=only) if may_see(child, user) else 0


def may_see(child: Child, user: User) -> bool:
    """Whether `user` may see a child: as was settled when the child was got, else asked now."""
    return child.reached_by == user.pk or Child.objects.visible_to(user).filter(pk=child.pk).exists()


def files_of(child: Child, user: User) -> QuerySet[ChildFile]:
    """The files of one record, latest first, those recorded in error among them; without the text they are found by."""
    return as_listed(ChildFile.objects.of(child, user))


def open_to(user: User) -> QuerySet[Child]:
    """The children whose names `user` may read without giving a reason first."""
    return Child.objects.visible_to(user).standing().with_masks(user).filter(masked=False)


def files_in_reach(user: User) -> QuerySet[ChildFile]:
    """The standing files of every record `user` may open without giving a reason."""
    rows = ChildFile.objects.visible_to(user).standing().filter(child__in=open_to(user).values("pk"))
    return as_listed(rows).select_related("child")
