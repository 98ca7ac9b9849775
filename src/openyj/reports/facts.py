"""What the record says that a report may say too, each with where in the record it stands.

FA-1  what is recorded in error is left out
FA-2  nothing that is guarded: who is not safe to contact, warnings, the other people around the child and those who
      were harmed are not read at all; of a kind of fact that has guarded rows, those are left out
FA-3  health is left out unless whoever makes the draft may read of it, and again when somebody who may not opens it
FA-4  no address: a report is given to several people, and where a child lives may have to be kept from one of them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.casework.models import Hearing, Outcome, Programme
from openyj.circumstances.topics import NOT_RECORDED, TOPICS
from openyj.core import clock
from openyj.core.dates import age_on, say_date, say_datetime
from openyj.people.kinds import KINDS
from openyj.people.models import Address
from openyj.people.record import Recorded
from openyj.reports.models import CourtReport

Row = dict[str, str]
HEALTH = ("mental-health", "substance-misuse")
# The topics of the record that a report says, in their order; where the child lives is said without the address.
SAID = ("how-to-work", "languages", "education", "care-status", "send-aln", *HEALTH)
FREE_TEXT = "As staff typed it. Take out the name of anybody who was harmed, and of anybody else who was there."


def facts_of(report: CourtReport, by: User) -> dict[str, Any]:
    """Everything a Word draft of `report` is filled with, as `by` may read it today; plain enough to be frozen."""
    child = report.child
    today = clock.today()
    parts = [
        part("The child", the_child(report, today)),
        part("What the court asked for", asked(report)),
        part("Offences this report is about", offences(report), note=FREE_TEXT),
        part("Previous outcomes", outcomes(report), empty="No earlier outcome is recorded."),
        part("Programmes, and how they ended", programmes(report), empty="No programme is recorded."),
        part("Where the child lives", accommodation(report, today), note="The address is not on this page."),
    ]
    for name in SAID:
        topic, kind = TOPICS[name], KINDS[name]
        if by.may(kind.permission):
            made = part(topic.title, holding_now(report, name, today))
            parts.append(made | {"health": kind.permission == Permission.SEE_HEALTH})
    return {
        "title": report.kind.label,
        "service": child.service.name,
        "child": child.name,
        "as_at": say_datetime(clock.now()),
        "made_by": by.name,
        "author": report.author.name,
        "due": say_date(report.due_on),
        "headings": list(report.kind.headings),
        "parts": parts,
    }


def part(heading: str, rows: Iterable[Row], *, empty: str = NOT_RECORDED, note: str = "") -> dict[str, Any]:
    return {"heading": heading, "rows": list(rows), "empty": empty, "note": note, "health": False}


def readable_by(content: dict[str, Any], reader: User) -> dict[str, Any]:
    """FA-3: the frozen facts without health, for who may not read of it."""
    if reader.may(Permission.SEE_HEALTH):
        return content
    return content | {"parts": [each for each in content["parts"] if not each["health"]]}


def row(label: str, said: object, page: str, of: Recorded | None = None) -> Row:
    """A fact, and its source: the page of the record, with who recorded it and when."""
    source = page
    if of is not None:
        source = f"{page}, recorded {say_date(localdate(of.recorded_at))}"
        if of.recorded_by_id:
            source += f" by {of.recorded_by}"
    return {"label": label, "said": str(said or NOT_RECORDED), "source": source}


def the_child(report: CourtReport, today: date) -> Iterator[Row]:
    child, page = report.child, "Details"
    yield row("Name", f"{child.given_name} {child.family_name}", page)
    if child.known_as and child.known_as != child.given_name:
        yield row("Known as", child.known_as, page)
    born = child.date_of_birth
    yield row("Date of birth", say_date(born), page)
    yield row("Age today", str(age_on(born, today)) if born else "", page)
    yield row("Works with the child", child.worker, page)
    if child.how_to_work_with_me:
        yield row("In the child’s own words", child.how_to_work_with_me, page)


def asked(report: CourtReport) -> Iterator[Row]:
    page = "Court reports"
    hearing: Hearing = report.hearing
    court = ", ".join(filter(None, [hearing.court_name, hearing.get_court_type_display()]))
    yield row("Asked for on", say_date(report.asked_on), page, report)
    if hearing.stands:
        yield row(
            "At the hearing", ", ".join(filter(None, [say_date(hearing.hearing_date), court])), "Offences", hearing
        )
    if report.adjourned_to:
        yield row("For the hearing on", say_date(report.adjourned_to), page, report)
    yield row("Due at the court", say_date(report.due_on), page, report)
    if report.asked_for:
        yield row("What the court asked", report.asked_for, page, report)


def offences(report: CourtReport) -> Iterator[Row]:
    links = report.links.standing().filter(offence__in_error_at=None).select_related("offence__recorded_by")
    for link in links.order_by("offence__offence_date", "offence_id"):
        offence = link.offence
        said = ", ".join(filter(None, [offence.description, offence.get_category_display()]))
        yield row(say_date(offence.offence_date) or "Day not recorded", said, "Offences", offence)


def outcomes(report: CourtReport) -> Iterator[Row]:
    """Decisions on offences other than those the report is about, oldest first."""
    about = report.links.standing().values("offence")
    rows = (
        Outcome.objects.standing().filter(child=report.child_id, offence__in_error_at=None).exclude(offence__in=about)
    )
    for each in rows.select_related("legal_outcome", "offence", "recorded_by").order_by("outcome_date", "pk"):
        until = f", until {say_date(each.end_date)}" if each.end_date else ""
        said = f"{each.legal_outcome.label}{until}; for: {each.offence.description}"
        yield row(say_date(each.outcome_date), said, "Offences", each)


def programmes(report: CourtReport) -> Iterator[Row]:
    rows = Programme.objects.standing().filter(child=report.child_id).select_related("disposal_type", "recorded_by")
    for each in rows.order_by("start_date", "pk"):
        yield row(say_date(each.start_date), f"{each.disposal_type.label}: {how_it_ended(each)}", "Programmes", each)


def how_it_ended(programme: Programme) -> str:
    if programme.end_date is None:
        return "it goes on"
    how = {True: "completed", False: "not completed", None: "whether it was completed is not recorded"}
    return f"ended {say_date(programme.end_date)}, {how[programme.successfully_completed]}"


def accommodation(report: CourtReport, today: date) -> Iterator[Row]:
    topic = TOPICS["address"]
    rows: Any = Address.objects.standing().filter(topic.holds(today), child=report.child_id)
    for each in rows.select_related("recorded_by").order_by("-primary", "pk"):
        suits = each.get_suitability_display()
        said = ", ".join(filter(None, [each.get_accommodation_type_display() or "Kind not recorded", suits]))
        yield row(f"Since {say_date(each.start_date)}", said, "Addresses", each)


def holding_now(report: CourtReport, name: str, today: date) -> Iterator[Row]:
    """What holds today of a topic of the record."""
    topic, kind = TOPICS[name], KINDS[name]
    rows: Any = kind.model.objects.standing().filter(topic.holds(today), child=report.child_id)
    found = list(rows.select_related("recorded_by", *topic.read))
    sort: Callable[[Any], Any] = topic.sort or (lambda each: each.pk)
    for each in sorted(found, key=sort):
        if kind.on_paper(each):
            yield row(topic.days(each) or "Now", topic.say_now(each), PAGES[topic.page], each)


PAGES = {"circumstances:circumstances": "Circumstances", "circumstances:about": "About the child"}
