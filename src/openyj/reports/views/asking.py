"""What a court asks for: recording it, saying it better, giving it to somebody else, no longer needing it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, handled_before, open_form
from openyj.core import clock
from openyj.people.access import of_child
from openyj.people.forms import InErrorForm
from openyj.people.models import Child
from openyj.people.pages import identity
from openyj.reports import services
from openyj.reports.access import ASK, of_report
from openyj.reports.contributions import goes_with
from openyj.reports.forms import ReportForm, WhyForm
from openyj.reports.models import CourtReport, State
from openyj.reports.views.around import FORM, around, stands_as


@access(ASK)
@of_child()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, child: Child) -> HttpResponse:
    """Record that a court asked for a report, and who writes it."""
    if not child.stands and not handled_before(request):
        raise PermissionDenied("This record was marked as recorded in error. Nothing is added to it.")
    hearings = list(child.hearings.filter(in_error_at=None)[:2])
    begins: dict[str, Any] = {"asked_on": clock.today(), "persistent": False}
    if len(hearings) == 1:
        begins |= {"hearing": hearings[0], "adjourned_to": hearings[0].adjourned_to}
    form = open_form(request, ReportForm, child=child, initial=begins)
    warning = "" if hearings else "No hearing is recorded for this child. Record the hearing that asked for it first."

    def save() -> CourtReport:
        return services.ask(child=child, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, title="Record a report a court asked for", template=FORM, warning=warning,
        back=reverse("reports:of_child", args=[child.pk]), bar=identity(child, request),
        button="Record and allocate", saying="The report is recorded and allocated.",
    )  # fmt: skip


@of_report(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Say better what was asked for, or give it to somebody else."""
    form = open_form(request, ReportForm, row=report, child=report.child)

    def save() -> CourtReport:
        return services.change(row=report, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=ReportForm.values_of, title="Change what was asked for, or who does it",
        saying="The report is changed.", **around(request, report),
    )  # fmt: skip


@of_report(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """The court no longer needs it."""
    if report.state in (State.SENT, State.WITHDRAWN) and request.method != "POST":
        return redirect(report)
    form = open_form(request, WhyForm, version=report.version)

    def save() -> CourtReport:
        return services.withdraw(report=report, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=stands_as, title="The report is no longer needed", dangerous=True,
        button="It is no longer needed", saying="Noted: it is no longer needed.", **around(request, report),
    )  # fmt: skip


@of_report(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Take up again what was withdrawn."""
    if report.state != State.WITHDRAWN and request.method != "POST":
        return redirect(report)
    form = open_form(request, WhyForm, version=report.version)

    def save() -> CourtReport:
        return services.reopen(report=report, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=stands_as, title="Take the report up again", button="Take it up again",
        saying="It is being written again.", **around(request, report),
    )  # fmt: skip


@of_report(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def in_error(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Mark a report as recorded in error."""
    form = open_form(request, InErrorForm, version=report.version)

    def save() -> CourtReport:
        return services.in_error(
            row=report, version=form.version, by=request.user, goes_with_it=goes_with(report).goes_with_it,
            **form.cleaned_data,
        )  # fmt: skip

    return form_page(
        request, form, save=save, title="Mark this report as recorded in error", dangerous=True,
        button="Mark as recorded in error", saying="Marked as recorded in error.", **around(request, report),
    )  # fmt: skip
