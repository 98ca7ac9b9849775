"""Court reports made for tests, through the services a person would use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openyj.accounts.models import User
from openyj.casework.tests.factories import make_hearing, make_offence
from openyj.core import clock
from openyj.files.tests import made
from openyj.people.models import Child
from openyj.reports import services
from openyj.reports.models import CourtReport, ReportKind, ReportVersion


def kind(code: str = "pre-sentence") -> ReportKind:
    return ReportKind.objects.get(code=code)


def make_report(by: User, child: Child, author: User, **fields: Any) -> CourtReport:
    """A pre-sentence report asked for today, due in two weeks."""
    offences = fields.pop("offences", None) or [make_offence(child)]
    asked_on = fields.pop("asked_on", clock.today())
    given = {
        "kind": kind(), "asked_on": asked_on, "adjourned_to": None, "due_on": asked_on + timedelta(days=14),
        "persistent": False, "asked_for": "", "author": author, "gatekeeper": None,
    } | fields  # fmt: skip
    given.setdefault("hearing", None)
    if given["hearing"] is None:
        given["hearing"] = make_hearing(child, *offences, hearing_date=asked_on)
    return services.ask(child=child, by=by, offences=offences, **given)


def add_version(report: CourtReport, *, text: str = "The child has done well", **fields: Any) -> ReportVersion:
    """A Word file by the report's author."""
    file = fields.pop("file", None) or made.upload("report.docx", made.word(text))
    report.refresh_from_db()
    return services.add_version(report=report, version=report.version, by=report.author, file=file, **fields)


def make_waiting(by: User, child: Child, author: User, **fields: Any) -> CourtReport:
    """One the gatekeeper has."""
    report = make_report(by, child, author, **fields)
    add_version(report)
    return services.submit(report=report, version=report.version, by=author)


def make_signed(by: User, child: Child, author: User, **fields: Any) -> CourtReport:
    """One that `by` approved and its author signed, today."""
    report = make_waiting(by, child, author, **fields)
    services.gatekeep(report=report, version=report.version, by=by, verdict="approved", comments="")
    services.sign(report=report, version=report.version, by=author, name=author.name, day=clock.today())
    return report


def send(report: CourtReport, by: User, *, on: date | None = None, **fields: Any) -> Any:
    """Note that the court was sent it by secure mail."""
    given = {"to": "court", "who": "Youth court office", "how": "secure_mail", "on": on or clock.today()} | fields
    return services.note_sent(report=report, version=report.version, by=by, **given)
