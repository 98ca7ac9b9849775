"""When a report is due by the service's time limits."""

from __future__ import annotations

from datetime import date

from openyj.actions.deadlines import Deadline, Happened, deadline_of, events, limit_for, limits_of, read_calendar
from openyj.people.models import Child
from openyj.reports.models import CourtReport, ReportKind

EVENT = "court-report"


def cases_of(kind: ReportKind, persistent: bool) -> tuple[str, ...]:
    """What a limit may apply to, the most particular first."""
    of_kind = f"kind:{kind.code}"
    return (f"{of_kind}:persistent", of_kind) if persistent else (of_kind,)


def happened(report: CourtReport) -> Happened:
    """The report as a time limit sees it: asked for on its day, answered when it was sent to the court."""
    return Happened(
        child=report.child,
        occasion=report.pk,
        what=f"{report.kind.label} asked for",
        day=report.asked_on,
        cases=cases_of(report.kind, report.persistent),
        ended=report.sent_on,
        url=report.get_absolute_url(),
        reason=report.late_reason,
    )


def due_by_limit(child: Child, kind: ReportKind, *, persistent: bool, asked_on: date) -> Deadline | None:
    """When a report asked for on `asked_on` is due; None where the service has no limit for it."""
    asked = Happened(child, 0, "", asked_on, cases_of(kind, persistent), None, "")
    mine = [limit for limit in limits_of.rows(service=child.service_id) if limit.event == EVENT]
    limit = limit_for(asked, mine)
    return deadline_of(limit, dict(events.items())[EVENT], asked, read_calendar(), asked_on) if limit else None
