"""A report given to the gatekeeper, approved or returned, signed and sent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from openyj.accounts.form_pages import form_page, open_form
from openyj.core import clock
from openyj.core.forms import Form
from openyj.people.forms import InErrorForm
from openyj.reports import selectors, services
from openyj.reports.access import ASK, GATEKEEP, SEE, WRITE, of_report
from openyj.reports.forms import GatekeepForm, SendingForm, SignForm
from openyj.reports.models import MOVES, CourtReport, State
from openyj.reports.views.around import around, stands_as


def too_late(request: HttpRequest, report: CourtReport, to: State) -> bool:
    """Whether a form is opened for what can no longer be done; one that was sent is answered in words."""
    return to not in MOVES[State(report.state)] and request.method != "POST"


@of_report(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Give the latest version to the gatekeeper."""
    if too_late(request, report, State.WAITING):
        return redirect(report)
    form = open_form(request, Form, version=report.version)
    who = report.gatekeeper or "whoever may gatekeep and is there"

    def save() -> CourtReport:
        return services.submit(report=report, version=form.version, by=request.user)

    return form_page(
        request, form, save=save, now=stands_as, title="Give it to the gatekeeper", button="Give it to the gatekeeper",
        intro=f"The latest version goes to {who}. No other version can be added until it is approved or returned.",
        saying="The gatekeeper has it.", **around(request, report),
    )  # fmt: skip


@of_report(GATEKEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def gatekeep(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Approve the version, or return it with comments."""
    if too_late(request, report, State.APPROVED):
        return redirect(report)
    form = open_form(request, GatekeepForm, version=report.version)

    def save() -> CourtReport:
        return services.gatekeep(report=report, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=stands_as, title="Gatekeep the report", button="Save what you decided",
        saying="What you decided is saved.", latest=selectors.versions(report).first(), report=report,
        **around(request, report) | {"template": "reports/gate.html"},
    )  # fmt: skip


@of_report(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Sign the approved version."""
    if too_late(request, report, State.SIGNED):
        return redirect(report)
    begins = {"day": clock.today()}
    form = open_form(request, SignForm, version=report.version, initial=begins)

    def save() -> CourtReport:
        given = {name: form.cleaned_data[name] for name in ("name", "day")}
        services.sign(report=report, version=form.version, by=request.user, **given)
        return report

    return form_page(
        request, form, save=save, now=stands_as, title="Sign the report", button="Sign it",
        saying="Signed. It is locked: a new version would have to be approved and signed again.",
        latest=selectors.versions(report).first(), report=report,
        **around(request, report) | {"template": "reports/gate.html"},
    )  # fmt: skip


@of_report(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def note_sent(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Note to whom the signed report was given."""
    if request.user.pk != report.author_id and not request.user.may(ASK):
        raise PermissionDenied("The author, the court officer or a manager notes to whom a report was sent.")
    if too_late(request, report, State.SENT):
        return redirect(report)
    begins = {"on": clock.today(), "late_reason": report.late_reason}
    form = open_form(request, SendingForm, version=report.version, initial=begins)

    def save() -> CourtReport:
        services.note_sent(report=report, version=form.version, by=request.user, **form.cleaned_data)
        return report

    return form_page(
        request, form, save=save, now=stands_as, title="Note to whom it was sent", button="Save",
        intro="This site does not send the report. Send the signed version by your secure mail or the court’s own "
        "system, then note here to whom and when.", saying="The sending is noted.", **around(request, report),
    )  # fmt: skip


@of_report(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def not_sent(request: HttpRequest, report: CourtReport, sending_id: int) -> HttpResponse:
    """Mark a sending as recorded in error."""
    sending = get_object_or_404(report.sendings, pk=sending_id)
    sending.report = report
    if not sending.stands and request.method != "POST":
        return redirect(report)
    form = open_form(request, InErrorForm, version=sending.version)

    def save() -> CourtReport:
        return services.not_sent(sending=sending, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, title="Mark this sending as recorded in error", dangerous=True,
        button="Mark as recorded in error", saying="Marked as recorded in error.", **around(request, report),
    )  # fmt: skip
