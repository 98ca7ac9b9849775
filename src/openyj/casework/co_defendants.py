"""Co-defendants: who did an offence together with a child, and who may read their name. See decision 0036.

CO-1  somebody is with an offence once, and a child is not with their own offence
CO-2  a child with a record is linked from offence to offence: both records say it, and both stop saying it together
CO-3  a name is given only to who may open the record it is of, without giving a reason first; for everybody else the
      row is that of somebody whose name nobody knows
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework.forms import CoDefendantForm
from openyj.casework.models import CoDefendant, Offence
from openyj.core.components import Link
from openyj.people.kinds import Kind, register
from openyj.people.models import Child, Person
from openyj.people.record import AboutChild, Recorded
from openyj.people.search import search_children
from openyj.people.selectors import open_to
from openyj.people.services import record_in_error

NAMELESS = "Somebody else (no name here)"
ALREADY = "They are recorded with this offence already."
# What a row says that was marked together with the one of another record, whose reason may name that child.
TOGETHER_IN_ERROR = "Recorded in error"


def add_co_defendant(*, child: Child, by: User, offence: Offence, name: str = "", source: str = "") -> CoDefendant:
    """Somebody who has no record here, named or not. Refuses the same name twice on one offence (CO-1)."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=child.pk)
        named = CoDefendant.objects.standing().filter(offence=offence, name__iexact=name)
        if name and named.exists():
            raise ValidationError(ALREADY)
        return CoDefendant.objects.create(
            child=child, offence=offence, person=Person.objects.create(), name=name, source=source, recorded_by=by
        )


def link_co_defendant(
    *, child: Child, by: User, offence: Offence, record: Child, their_offence: Offence, source: str = ""
) -> CoDefendant:
    """Another child of the service, on both records (CO-2). That `by` may open the other is settled before."""
    if record.person_id == child.person_id:
        raise ValidationError("This is the child’s own record. Search for somebody else.")
    with acting(by=by):
        # Both records, in one order whoever begins, so that two people adding it at once make one.
        list(Child.objects.select_for_update().filter(pk__in=[child.pk, record.pk]).order_by("pk"))
        for one, other in ((offence, record), (their_offence, child)):
            if CoDefendant.objects.standing().filter(offence=one, person=other.person_id).exists():
                raise ValidationError(ALREADY)
        pair = {"together": uuid.uuid4(), "recorded_by": by}
        CoDefendant.objects.create(child=record, offence=their_offence, person_id=child.person_id, **pair)
        return CoDefendant.objects.create(
            child=child, offence=offence, person_id=record.person_id, source=source, **pair
        )


def change_co_defendant(*, row: CoDefendant, version: int, by: User, source: str) -> CoDefendant:
    """Say better how it is known. Raises ChangedUnderneath."""
    with acting(by=by):
        return save_version(row, version=version, changes={"source": source})


def co_defendant_in_error(
    *, row: CoDefendant, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Recorded:
    """Mark it as recorded in error on both records (CO-2). The other one says no more than that. Raises
    ChangedUnderneath."""
    with acting(by=by):
        record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
        for other in CoDefendant.objects.standing().filter(together=row.together).exclude(pk=row.pk):
            record_in_error(row=other, version=other.version, by=by, reason=TOGETHER_IN_ERROR)
        return row


@dataclass(frozen=True)
class Together:
    """A co-defendant as one reader may meet them: `record` leads to the record they may open."""

    row: CoDefendant
    name: str
    record: Link | None = None


def as_read_by(user: User, rows: Iterable[CoDefendant]) -> list[Together]:
    """CO-3. One query beside the rows', none where there are none."""
    rows = list(rows)
    persons = {row.person_id for row in rows}
    # A child recorded twice has two records; the first is linked.
    found = open_to(user).filter(person__in=persons).order_by("-pk") if persons else ()
    records = {child.person_id: child for child in found}
    return [together(row, records.get(row.person_id)) for row in rows]


def together(row: CoDefendant, record: Child | None) -> Together:
    if record is None:
        return Together(row, row.name or NAMELESS)
    return Together(row, record.name, Link(f"The record of {record.name}", record.get_absolute_url()))


def co_defendants_of(child: Child, user: User) -> QuerySet[CoDefendant]:
    """Every co-defendant of a child's offences, those recorded in error too."""
    return CoDefendant.objects.of(child, user).select_related("offence", "in_error_by")


def records_like(child: Child, user: User, text: str) -> list[Child]:
    """Records that may be those of a co-defendant, likeliest first: only those `user` may open."""
    found = search_children(user, text).filter(masked=False).exclude(pk=child.pk).exclude(person=child.person_id)
    return list(found[:10])


def say_co_defendant(row: CoDefendant) -> Iterator[tuple[str, object]]:
    """Without a name: who reads is not known here."""
    yield "Offence", str(row.offence)
    yield "How it is known", row.source


register(
    Kind(
        "co-defendant", "co-defendant", CoDefendant, "casework:offences", CoDefendantForm, say_co_defendant,
        change=change_co_defendant, address=CoDefendant.get_absolute_url, in_error=co_defendant_in_error,
        read=lambda rows: rows.select_related("child", "in_error_by", "offence"),
        guarded=lambda row: True,
    )
)  # fmt: skip
