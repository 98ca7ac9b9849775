"""Invented court reports about hearings of the last weeks: sent in time and late, signed, with the gatekeeper,
returned, being written. Through the services a person would use; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Min

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.limits import add_limit
from openyj.actions.models import Unit
from openyj.casework.models import Hearing, Outcome
from openyj.core import clock
from openyj.demo.duties import HELD_SINCE
from openyj.reports import services
from openyj.reports.models import CourtReport, ReportKind
from openyj.reports.word import TO_WRITE, draft_word

SINCE, UNDECIDED_SINCE = timedelta(days=200), timedelta(days=75)
ONE_DAY = timedelta(days=1)
MOST = 6  # of each: those whose hearing has led to nothing yet, and those that were decided
OFFICE = "Quillmoor Youth Court, report desk"
LIMITS = (("kind:pre-sentence", 15), ("kind:pre-sentence:persistent", 10))
# What becomes of those whose hearing has led to nothing yet, in turn.
STANDS = ("returned", "waiting", "writing", "signed", "asked")
WHY_LATE = "The psychologist’s letter came a day after it was promised; the court agreed by telephone."
COMMENTS = "Say what has helped before, and how the proposal would be kept to. The proposal needs its hours."
WRITTEN = (
    "I met the child twice, at home and at the office, and spoke with the school. (Invented for the demo.)",
    "It was not planned. The child was with others and went along; they can say now what it meant for others.",
    "Likes practical work and is on time for it. Words are easier one to one and in short steps.",
    "Safer since the timetable changed. Evenings without anything to do are when things go wrong.",
    "A referral order of the length the court has in mind would leave room for the workshop on Thursdays.",
)


@dataclass(frozen=True)
class Case:
    """A hearing that could have asked for a report, and the day something was decided after it, if anything was."""

    hearing: Hearing
    decided: date | None


def add_reports(*, service: Service) -> None:
    """The time limits of reports, then a report for the latest hearings."""
    administrator = User.objects.get(service=service, role="administrator")
    with acting(by=administrator):
        for applies_to, days in LIMITS:
            add_limit(
                by=administrator, event="court-report", applies_to=applies_to, days=days, unit=Unit.WORKING,
                valid_from=HELD_SINCE, source="The invented service’s own rule",
            )  # fmt: skip
    manager = User.objects.filter(service=service, role="manager").order_by("pk").first()
    first, *others = User.objects.filter(service=service, role="practitioner").order_by("pk")
    found = list(cases(service))
    waiting = 0
    with acting(by=manager):
        kind = ReportKind.objects.get(code="pre-sentence")
        undecided, decided = ([case for case in found if bool(case.decided) is so][:MOST] for so in (False, True))
        for number, case in enumerate([*undecided, *decided]):
            worker = case.hearing.child.worker
            author = worker if worker and worker.role == "practitioner" else others[number % len(others)]
            if case.decided is None and waiting % 2 == 0:
                author = first
            made = ask(case, kind, by=manager, author=author, persistent=waiting == 4)
            if case.decided:
                to_the_court(made, manager, case.decided - ONE_DAY)
            else:
                bring_to(made, manager, STANDS[waiting % len(STANDS)])
                waiting += 1


def cases(service: Service) -> Iterator[Case]:
    """The latest hearings about offences, one a child, with room for a report between hearing and decision."""
    rows = Hearing.objects.standing().filter(
        service=service, hearing_date__lte=clock.today(), hearing_date__gte=clock.today() - SINCE,
        child__restricted_reason="", child__in_error_at=None, child__conflicts=None, links__in_error_at=None,
        links__offence__in_error_at=None,
    )  # fmt: skip
    seen: set[int] = set()
    for hearing in rows.select_related("child__worker", "child__service").order_by("-hearing_date", "-pk").distinct():
        if hearing.child_id in seen:
            continue
        seen.add(hearing.child_id)
        outcomes = Outcome.objects.standing().filter(offence__in=hearing.offences.all())
        decided = outcomes.aggregate(first=Min("outcome_date"))["first"]
        recent = hearing.hearing_date >= clock.today() - UNDECIDED_SINCE
        if recent if decided is None else (decided - hearing.hearing_date).days >= 7:
            yield Case(hearing, decided)


def ask(case: Case, kind: ReportKind, *, by: User, author: User, persistent: bool) -> CourtReport:
    """Recorded on the day of the hearing."""
    with on(case.hearing.hearing_date):
        return services.ask(
            child=case.hearing.child, by=by, offences=case.hearing.offences.all(), kind=kind, hearing=case.hearing,
            asked_on=case.hearing.hearing_date, adjourned_to=None, due_on=None, persistent=persistent,
            asked_for="Whether a community sentence would be kept to.", author=author, gatekeeper=by,
        )  # fmt: skip


def to_the_court(report: CourtReport, manager: User, day: date) -> None:
    """Written, gatekept and signed the day before it was sent; late, it says why."""
    with on(day - ONE_DAY):
        write(report)
        sign(report, manager)
    with on(day):
        late = WHY_LATE if day > report.due_on else ""
        for to, who in (("court", OFFICE), ("defence", "The child’s solicitor"), ("parent", "Read with a parent")):
            how = "secure_mail" if to != "parent" else "paper"
            services.note_sent(report=report, version=report.version, by=report.author, to=to, who=who, how=how, on=day,
                               late_reason=late)  # fmt: skip


def bring_to(report: CourtReport, manager: User, state: str) -> None:
    """As far as `state`, in the last days."""
    if state == "asked":
        return
    with on(max(report.asked_on, clock.today() - 2 * ONE_DAY)):
        write(report)
        if state in ("waiting", "returned"):
            services.submit(report=report, version=report.version, by=report.author)
        if state == "signed":
            sign(report, manager)
    if state == "returned":
        with on(clock.today() - ONE_DAY):
            services.gatekeep(report=report, version=report.version, by=manager, verdict="returned", comments=COMMENTS)


def write(report: CourtReport) -> None:
    """The author makes a draft, writes under its headings and adds it."""
    frozen = services.make_draft(report=report, by=report.author)
    word = docx.Document(BytesIO(draft_word(frozen.content, handling="OFFICIAL-SENSITIVE")))
    blanks = [paragraph for paragraph in word.paragraphs if paragraph.text == TO_WRITE]
    for paragraph, text in zip(blanks, WRITTEN, strict=False):
        paragraph.text = text
    out = BytesIO()
    word.save(out)
    file = SimpleUploadedFile("pre-sentence-report.docx", out.getvalue())
    services.add_version(report=report, version=report.version, by=report.author, file=file, note="First version")


def sign(report: CourtReport, manager: User) -> None:
    services.submit(report=report, version=report.version, by=report.author)
    services.gatekeep(report=report, version=report.version, by=manager, verdict="approved", comments="Clear and fair.")
    services.sign(
        report=report, version=report.version, by=report.author, name=report.author.name, day=clock.today()
    )  # fmt: skip


def on(day: date):
    """An afternoon of a day, or of today where that day has not come."""
    return clock.fixed(datetime.combine(min(day, clock.today()), time(14, 40)))
