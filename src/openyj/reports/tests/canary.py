"""A court report in which everything somebody wrote is one word, for the test that nobody hears it who may not."""

from __future__ import annotations

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.core import clock
from openyj.files.tests import made
from openyj.people.models import Child
from openyj.reports import services
from openyj.reports.models import CourtReport
from openyj.reports.tests.factories import add_version, make_report, send


def make_told_report(child: Child, author: User, manager: User, told: str) -> CourtReport:
    """Drafted, returned, written again, approved, signed and sent."""
    with acting(by=manager):
        report = make_report(manager, child, author, asked_for=f"{told} asks", offences=None)
        services.make_draft(report=report, by=author)
        for verdict in ("returned", "approved"):
            file = made.upload(f"{told}.docx", made.word(f"{told} has done well"))
            add_version(report, file=file, note=f"{told} is new")
            report.refresh_from_db()
            services.submit(report=report, version=report.version, by=author)
            comments = f"{told} needs more"
            services.gatekeep(report=report, version=report.version, by=manager, verdict=verdict, comments=comments)
        services.sign(report=report, version=report.version, by=author, name=author.name, day=clock.today())
        send(report, author, who=f"{told} office", note=f"{told} opened it")
        return report
