"""What the pages about children read."""

from __future__ import annotations

from django.db.models import Case, CharField, DateField, F, QuerySet, Value, When

from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission
from openyj.people.models import Child, ChildFile, Opening, Plain


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


def files_of(child: Child, user: User) -> QuerySet[ChildFile]:
    """The files of one record, latest first, those recorded in error among them; without the text they are found by."""
    rows = ChildFile.objects.visible_to(user).filter(child=child)
    return rows.select_related("stored", "recorded_by", "in_error_by").defer("stored__text")


def files_in_reach(user: User) -> QuerySet[ChildFile]:
    """The standing files of every record `user` may open without giving a reason."""
    open_records = Child.objects.visible_to(user).with_masks(user).standing().filter(masked=False)
    rows = ChildFile.objects.visible_to(user).standing().filter(child__in=open_records.values("pk"))
    return rows.select_related("stored", "child", "recorded_by").defer("stored__text")
