"""A court report in words: what its page and the record's print say."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.core.components import Row
from openyj.core.dates import say_date, say_datetime
from openyj.reports.due import due_by_limit
from openyj.reports.models import CourtReport


def say_report(report: CourtReport) -> Iterator[tuple[str, object]]:
    """All of it as one list, and how it stands."""
    yield "Kind of report", report.kind.label
    yield "Stands", report.tag.text
    yield "Asked for on", say_date(report.asked_on)
    yield "Hearing that asked for it", report.hearing if report.hearing.stands else f"{report.hearing} (in error)"
    yield "Hearing it is for", say_date(report.adjourned_to) or "Not set"
    yield "Due at the court", say_date(report.due_on)
    yield "Persistent young offender", "Yes" if report.persistent else "No"
    if report.asked_for:
        yield "What the court asked", report.asked_for
    yield "Author", report.author
    yield "Gatekeeper", report.gatekeeper or "Whoever may and is there"
    if report.sent_on:
        yield "Sent to the court on", say_date(report.sent_on)
    if report.late_reason:
        yield "Why it was late", report.late_reason


def say_asked(report: CourtReport) -> list[Row]:
    """As on its page, with what the service's time limit says of the day it is due."""
    rows = [Row(label, value) for label, value in say_report(report) if label != "Stands"]
    by_limit = due_by_limit(report.child, report.kind, persistent=report.persistent, asked_on=report.asked_on)
    said = "Your service has no time limit for this kind of report"
    if by_limit is not None:
        said = f"{say_date(by_limit.due)}: {by_limit.rule}"
    rows.insert(6, Row("Due by your time limit", said))
    rows.append(Row("Recorded by", f"{report.recorded_by or 'the system'}, {say_datetime(report.recorded_at)}"))
    return rows


def say_done(report: CourtReport) -> str:
    """How it stands against its day, in a sentence."""
    if report.sent_on:
        return f"Sent on {say_date(report.sent_on)}, {'after' if report.is_late else 'by'} the day it was due."
    if report.is_late:
        return f"It was due on {say_date(report.due_on)} and has not been sent."
    return f"Due on {say_date(report.due_on)}." if report.is_open else ""
