"""What court reports add to a child's record and to reference data."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from openyj.accounts.models import Service
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register, rests_on
from openyj.people.models import Child
from openyj.people.slots import RecordPage
from openyj.reference.selectors import Holding, more_holdings
from openyj.reports import services
from openyj.reports.access import READ_WITH, SEE
from openyj.reports.forms import ReportForm
from openyj.reports.models import CourtReport, ReportKind, ReportOffence, ReportSending, ReportVersion
from openyj.reports.words import say_report

slots.pages.add("reports:of_child", RecordPage("Court reports", "reports:of_child", SEE), order=28)


def goes_with(row: CourtReport) -> Hanging:
    """Its files, sendings and places at offences go with it."""
    return Hanging(goes_with_it=[*row.links.standing(), *row.versions.standing(), *row.sendings.standing()])


register(
    Kind(
        "court-report", "court report", CourtReport, "reports:of_child", ReportForm, say_report,
        change=services.change, hanging=goes_with, read=lambda rows: rows.select_related("child", *READ_WITH),
        parts={
            ReportOffence: "offence of a court report",
            ReportVersion: "version of a court report",
            ReportSending: "sending of a court report",
        },
        address=CourtReport.get_absolute_url, permission=SEE, in_error=services.in_error,
    )
)  # fmt: skip


rests_on("hearing", lambda hearing: hearing.court_reports.standing().select_related("kind"))


@slots.timeline.contribute("court-report")
def asked_for(*, child):
    """The day a report was asked for."""
    return CourtReport.objects.standing().filter(child=child), {
        "date": "asked_on",
        "title": Concat(F("kind__label"), Value(" asked for"), output_field=CharField()),
        "detail": None,
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }  # fmt: skip


def earliest_report(child: Child) -> tuple[date, str] | None:
    """The first day a report was asked for."""
    first = CourtReport.objects.standing().filter(child=child).order_by("asked_on").first()
    return (first.asked_on, "A court report") if first else None


people_rules.EARLIEST.append(earliest_report)


@more_holdings.contribute("report kinds", order=26)
def kinds_held(service: Service) -> Holding:
    """The administrator's line about the kinds of report."""
    return Holding("Kinds of court report", f"{ReportKind.objects.count()} with their headings", "reports:kinds")
