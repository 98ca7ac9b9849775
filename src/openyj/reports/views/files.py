"""The Word files of a report: a draft from the record, the author's versions, two of them compared."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import form_page, open_form
from openyj.core.forms import Form
from openyj.files.kinds import KINDS
from openyj.files.serving import send
from openyj.people.pages import record_page
from openyj.reports import selectors, services
from openyj.reports.access import ASK, SEE, WRITE, of_report
from openyj.reports.facts import readable_by
from openyj.reports.forms import VersionForm
from openyj.reports.models import MOVES, CourtReport, State
from openyj.reports.views.around import around, stands_as
from openyj.reports.word import draft_word


@of_report(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def make_draft(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """Freeze what the record says, and lead to the Word draft of it."""
    if request.user.pk != report.author_id and not request.user.may(ASK):
        raise PermissionDenied("The author of a report makes its draft.")
    if not report.is_open and request.method != "POST":
        return redirect(report)
    form = open_form(request, Form)

    def save() -> str:
        services.make_draft(report=report, by=request.user)
        return f"{report.get_absolute_url()}#drafts"

    return form_page(
        request, form, save=save, title="Make a Word draft from the record", button="Make the draft",
        intro="What the record says today is filled in, each fact with where it stands, and kept as it was. Headings "
        "for your own analysis and proposal are empty. It holds no address, nobody’s telephone number, and nothing "
        "about who was harmed or who else is around the child.",
        saying="The draft is made. Open it, save it on your computer and write in it.", **around(request, report),
    )  # fmt: skip


@of_report(SEE)
@require_safe
def draft(request: HttpRequest, report: CourtReport, number: int) -> HttpResponse:
    """A draft again, as the record was when it was made; without health for who may not read of it."""
    frozen = get_object_or_404(report.facts, number=number)
    if not report.stands:
        raise Http404
    handling = getattr(settings, "HANDLING_MARK", "OFFICIAL-SENSITIVE")
    content = draft_word(readable_by(frozen.content, request.user), handling=handling)
    response = HttpResponse(content, content_type=KINDS["word"].media_type)
    response["Content-Disposition"] = f'attachment; filename="court-report-{report.pk}-draft-{number}.docx"'
    return response


@of_report(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_version(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """The author's finished Word file, as a version."""
    if State.WRITING not in MOVES[State(report.state)] and request.method != "POST":
        return redirect(report)
    form = open_form(request, VersionForm, version=report.version)
    decided = report.state in (State.APPROVED, State.SIGNED, State.SENT)
    warning = (
        f"It is “{report.tag.text.lower()}”. A new version has to be approved and signed again." if decided else ""
    )

    def save() -> str:
        services.add_version(report=report, version=form.version, by=request.user, **form.cleaned_data)
        return report.get_absolute_url()

    return form_page(
        request, form, save=save, now=stands_as, title="Add a version of the report", warning=warning,
        button="Add this version", saying="The version is added. Give it to the gatekeeper when it is ready.",
        **around(request, report),
    )  # fmt: skip


@of_report(SEE)
@require_safe
def open_version(request: HttpRequest, report: CourtReport, number: int) -> HttpResponse:
    """The file of a version. The look is logged with the record's."""
    found = selectors.versions(report).filter(number=number).first()
    if found is None or not report.stands:
        raise Http404
    return send(found.stored)


@of_report(SEE)
@require_safe
def compare(request: HttpRequest, report: CourtReport, number: int, other: int) -> HttpResponse:
    """Two versions side by side, word by word."""
    found = {each.number: each for each in report.versions.standing().select_related("stored", "recorded_by")}
    if number not in found or other not in found or not report.stands:
        raise Http404
    before, after = found[min(number, other)], found[max(number, other)]
    pieces = selectors.compare(before, after)
    return record_page(
        request, report.child, "reports/compare.html", back=report.get_absolute_url(), report=report, before=before,
        after=after, pieces=pieces, differs=any(piece.kind != "same" for piece in pieces),
    )  # fmt: skip
