"""What the forms about one report have around them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from openyj.people.pages import identity
from openyj.reports.models import CourtReport, State

FORM = "reports/form.html"


def around(request: HttpRequest, report: CourtReport) -> dict[str, Any]:
    return {
        "template": FORM,
        "back": report.get_absolute_url(),
        "bar": identity(report.child, request),
        "caption": str(report),
    }


def stands_as(row: CourtReport) -> dict[str, Any]:
    """How a report stands now, beside what somebody did meanwhile; under the name of the field each form begins
    with."""
    said = State(row.state).label
    return dict.fromkeys(("note", "verdict", "name", "to", "words"), said)
