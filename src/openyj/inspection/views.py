"""Reports, their recommendations, and the action plan on the page, as a spreadsheet and in Word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.core import clock, xlsx
from openyj.core.listing import Column, Listing
from openyj.inspection import services
from openyj.inspection.files import plan_sheet, plan_word
from openyj.inspection.forms import AnswerForm, KnownAnswerForm, RecommendationForm, ReportForm, WordingForm
from openyj.inspection.models import Answer, Recommendation, Report
from openyj.inspection.selectors import COLUMNS, plan_of, reports_with_state, without_answer
from openyj.people.forms import InErrorForm
from openyj.people.services import record_in_error

SEE, CHANGE = Permission.SEE_ACTIONS, Permission.CHANGE_ACTIONS
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@access(SEE)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The service's reports and how far each is answered."""
    listing = Listing(
        request,
        reports_with_state(request.user),
        title="Inspections",
        columns=[
            Column("title", "Report", sort="title", link=lambda r: r.get_absolute_url()),
            Column("by_whom", "Who inspected", sort="by_whom"),
            Column("published_on", "Published", sort="published_on"),
            Column("asked", "Recommendations", sort="asked", numeric=True),
            Column("done", "Actions done", sort="done", numeric=True),
            Column("to_do", "Still to do", sort="to_do", numeric=True),
            Column("late", "Overdue", sort="late", numeric=True),
        ],
        sort="-published_on",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="No report is recorded. Add one, then its recommendations and what answers them.",
    )
    if response := listing.response():
        return response
    return render(request, "inspection/reports.html", {"listing": listing, "may_change": request.user.may(CHANGE)})


def get(request: HttpRequest, model: type[Any], number: int, *, permission: Permission = CHANGE) -> Any:
    """A row of this service; one in error is there only for a form that was sent, which is then refused in words."""
    row = get_object_or_404(model.objects.visible_to(request.user, permission), pk=number)
    if not row.stands and request.method != "POST":
        raise Http404
    return row


@access(SEE)
@require_safe
def plan(request: HttpRequest, report_id: int) -> HttpResponse:
    """The action plan of a report."""
    report = get(request, Report, report_id, permission=SEE)
    parts = plan_of(report, request.user)
    context = {
        "report": report,
        "parts": parts,
        "columns": COLUMNS,
        "unanswered": without_answer(parts),
        "may_change": request.user.may(CHANGE),
        "back": reverse("inspection:reports"),
    }
    return render(request, "inspection/plan.html", context)


@access(SEE)
@require_safe
def plan_file(request: HttpRequest, report_id: int, kind: str) -> HttpResponse:
    """The action plan to take away: a spreadsheet or a Word document."""
    report = get(request, Report, report_id, permission=SEE)
    parts = plan_of(report, request.user)
    log(request, Access.Kind.EXPORT)
    made = {"made_by": request.user.name, "made_at": clock.now()}
    body = plan_sheet(report, parts, **made) if kind == "xlsx" else plan_word(report, parts, **made)
    name = f"action-plan-{slugify(report.title)[:60] or report.pk}-{clock.today():%Y-%m-%d}.{kind}"
    media = xlsx.MEDIA_TYPE if kind == "xlsx" else WORD
    return HttpResponse(body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def add_report(request: HttpRequest) -> HttpResponse:
    """Add a report."""
    form = open_form(request, ReportForm)
    return form_page(
        request, form, save=lambda: services.add_report(by=request.user, **form.cleaned_data),
        title="Add an inspection report", back=reverse("inspection:reports"), button="Add this report",
        saying="The report is added. Add its recommendations.",
    )  # fmt: skip


def values(*names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: {name: getattr(row, name) for name in names}


report_values = values("title", "by_whom", "published_on")
recommendation_values = values("number", "text", "addressed_to")


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def change_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Change what is said of a report."""
    row = get(request, Report, report_id)
    form = open_form(request, ReportForm, version=row.version, initial=report_values(row))

    def save() -> Report:
        return services.change_report(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=report_values, title="Change the report", back=row.get_absolute_url(),
        saying="The report is changed.",
    )  # fmt: skip


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def add_recommendation(request: HttpRequest, report_id: int) -> HttpResponse:
    """Add a recommendation of a report."""
    report = get(request, Report, report_id)
    form = open_form(request, RecommendationForm)

    def save() -> str:
        return place_of(services.add_recommendation(report=report, by=request.user, **form.cleaned_data))

    return form_page(
        request, form, save=save, title="Add a recommendation", caption=report.title, back=report.get_absolute_url(),
        button="Add this recommendation", saying="The recommendation is added.",
    )  # fmt: skip


def place_of(recommendation: Recommendation) -> str:
    """Where the plan has a recommendation."""
    return f"{recommendation.report.get_absolute_url()}#recommendation-{recommendation.pk}"


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def change_recommendation(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Change a recommendation's words or number."""
    row = get(request, Recommendation, recommendation_id)
    form = open_form(request, RecommendationForm, version=row.version, initial=recommendation_values(row))

    def save() -> str:
        saved = services.change_recommendation(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return place_of(saved)

    return form_page(
        request, form, save=save, now=recommendation_values, title="Change the recommendation", back=place_of(row),
        caption=row.report.title, saying="The recommendation is changed.",
    )  # fmt: skip


def mark(request: HttpRequest, row: Report | Recommendation | Answer, *, what: str, rests: str, back: str, to: str):
    """The page that marks a row as recorded in error; `rests` says what has to be marked first, if anything."""
    form = open_form(request, InErrorForm, version=row.version)

    def save() -> str:
        if rests:
            raise ValidationError(rests)
        record_in_error(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return to

    return form_page(
        request, form, save=save, title=f"Mark this {what} as recorded in error", back=back,
        button="Mark as recorded in error", dangerous=True, saying="Marked as recorded in error.",
    )  # fmt: skip


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def report_in_error(request: HttpRequest, report_id: int) -> HttpResponse:
    """Mark a report as recorded in error. Its recommendations have to be marked first."""
    row = get(request, Report, report_id)
    asked = row.recommendations.standing().exists()
    rests = "The report has recommendations. Mark each of them as recorded in error first." if asked else ""
    to = reverse("inspection:reports")
    return mark(request, row, what="report", rests=rests, back=row.get_absolute_url(), to=to)


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def recommendation_in_error(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Mark a recommendation as recorded in error. What answers it has to be taken off first."""
    row = get(request, Recommendation, recommendation_id)
    answered = row.answers.standing().filter(action__in_error_at=None).exists()
    rests = "Actions answer this recommendation. Take each of them off it first." if answered else ""
    to = row.report.get_absolute_url()
    return mark(request, row, what="recommendation", rests=rests, back=place_of(row), to=to)


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def answer_in_error(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Take an action off a recommendation it does not answer. The action itself stays in the register."""
    row = get(request, Answer, answer_id)
    place = place_of(row.recommendation)
    return mark(request, row, what="answer to a recommendation", rests="", back=place, to=place)


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def add_answer(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Add an action that answers a recommendation."""
    row = get(request, Recommendation, recommendation_id)
    form = open_form(request, AnswerForm, service=row.service)

    def save() -> str:
        services.answer_with_new(recommendation=row, by=request.user, **form.cleaned_data)
        return place_of(row)

    return form_page(
        request, form, save=save, title="Add an action", caption=f"{row}: {row.text}", back=place_of(row),
        button="Add this action", saying="The action is added to the plan and to the register.",
    )  # fmt: skip


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def add_known_answer(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Say that an action that is there already answers a recommendation too."""
    row = get(request, Recommendation, recommendation_id)
    form = open_form(request, KnownAnswerForm, user=request.user)

    def save() -> str:
        services.answer_with_known(recommendation=row, by=request.user, **form.cleaned_data)
        return place_of(row)

    return form_page(
        request, form, save=save, title="An action that is there already", caption=f"{row}: {row.text}",
        back=place_of(row), button="It answers this too", saying="The action is in this part of the plan too.",
    )  # fmt: skip


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def word_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Change how the Plan puts an action."""
    row = get(request, Answer, answer_id)
    now = values("plan_wording")
    form = open_form(request, WordingForm, version=row.version, initial=now(row))

    def save() -> str:
        return place_of(
            services.word_for_plan(row=row, version=form.version, by=request.user, **form.cleaned_data).recommendation
        )

    return form_page(
        request, form, save=save, now=now, title="Wording in the Plan", caption=row.action.what,
        back=place_of(row.recommendation), saying="The wording is changed.",
    )  # fmt: skip
