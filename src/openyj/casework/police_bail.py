"""Police bail: writing it, and what it adds to a child's record: a kind of fact, the overview, the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, DateField, F, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework import forms
from openyj.casework.bail_rules import check_police_bail
from openyj.casework.models import Offence, PoliceBail, PoliceBailOffence
from openyj.casework.services import join
from openyj.core import clock
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.core.worded import worded
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register
from openyj.people.models import Child
from openyj.people.selectors import told
from openyj.people.slots import Block
from openyj.reference.models import choices
from openyj.tables.offence_codes import UNDER_INVESTIGATION

STATUS_IN_WORDS = Case(
    *(When(status=code, then=Value(label)) for code, label in choices("police_bail_status")), output_field=CharField()
)
NO_CONDITIONS = "No conditions are recorded"


def add_police_bail(*, child: Child, by: User, offences: Iterable[Offence], **fields: Any) -> PoliceBail:
    """Police bail and the offences it is for. Refuses what `bail_rules` refuses."""
    offences = list(offences)
    with acting(by=by):
        # Two people adding it at once make one: the second waits here and is refused.
        Child.objects.select_for_update().get(pk=child.pk)
        check_police_bail(child=child, offences=offences, **fields)
        bail = PoliceBail.objects.create(child=child, recorded_by=by, **fields)
        join(PoliceBailOffence, "police_bail", bail, offences, by)
        return bail


def change_police_bail(
    *, row: PoliceBail, version: int, by: User, offences: Iterable[Offence], **fields: Any
) -> PoliceBail:
    """Change police bail and which offences it is for. Refuses what adding refuses; raises ChangedUnderneath."""
    offences = list(offences)
    with acting(by=by):
        Child.objects.select_for_update().get(pk=row.child_id)
        check_police_bail(child=row.child, offences=offences, row=row, **fields)
        save_version(row, version=version, changes=fields)
        join(PoliceBailOffence, "police_bail", row, offences, by)
        return row


def say_police_bail(row: PoliceBail) -> Iterator[tuple[str, object]]:
    yield "How the child was released", row.get_status_display()
    yield "For", "; ".join(str(link.offence) for link in row.links.all() if link.stands)
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "No end is recorded"
    yield "Police force and station", row.police
    if row.status != UNDER_INVESTIGATION:
        yield "Conditions", row.conditions or NO_CONDITIONS


def hangs_on_police_bail(row: PoliceBail) -> Hanging:
    return Hanging(goes_with_it=list(row.links.standing().select_related("police_bail", "offence")))


register(
    Kind(
        "police-bail", "police bail", PoliceBail, "casework:offences", forms.PoliceBailForm, say_police_bail,
        change=change_police_bail, hanging=hangs_on_police_bail,
        parts={PoliceBailOffence: "offence of police bail"},
        read=lambda rows: rows.select_related("child", "in_error_by").prefetch_related("links__offence"),
    )
)  # fmt: skip


def earliest(child: Child):
    """The first day of police bail, for a corrected date of birth."""
    first = PoliceBail.objects.standing().filter(child=child).order_by("start_date").first()
    return (first.start_date, "Police bail") if first else None


people_rules.EARLIEST.append(earliest)


@slots.timeline.contribute("police-bail")
def began(*, child):
    return PoliceBail.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Police: "), STATUS_IN_WORDS, output_field=CharField()),
        "detail": F("conditions"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@worded(child=BigIntegerField(), today=DateField())
def running_bail(*, child, today):
    """The police bail that runs on a day."""
    return PoliceBail.objects.now(today).filter(child=child)


@slots.blocks.contribute("police-bail", order=6)
def bail_now(*, child: Child, user: User, may_change: bool) -> Block | None:
    """What somebody on duty must know of police bail; nothing where none runs."""
    rows = told(running_bail, child, user, today=clock.today())
    if not rows:
        return None
    said = [(f"{row}, {days(row)}", where_and_what(row)) for row in rows]
    return Block("Police bail now", said, "", [Link("See and change", reverse("casework:offences", args=[child.pk]))])


def days(row: PoliceBail) -> str:
    """ "from 4 June 2026 until 1 July 2026"."""
    until = f" until {say_date(row.end_date)}" if row.end_date else ""
    return f"from {say_date(row.start_date)}{until}"


def where_and_what(row: PoliceBail) -> str:
    """Its conditions, then the police who released the child."""
    conditions = row.conditions or ("" if row.status == UNDER_INVESTIGATION else NO_CONDITIONS)
    return ". ".join(part.rstrip(". ") for part in (conditions, row.police) if part) or "No conditions, because no bail"
