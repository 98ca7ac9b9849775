"""The assessments of a child, and one of them: its sections, its versions, its history."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.form_pages import open_form
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.assessment import services
from openyj.assessment.contributions import say_assessment
from openyj.assessment.forms import BeginForm
from openyj.assessment.models import Assessment, AssessmentVersion
from openyj.assessment.selectors import assessments_of, sets_to_answer
from openyj.assessment.views.finding import find, may_answer, may_correct, may_decide, open_version, version_of
from openyj.people import history
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page
from openyj.questionnaires.models import State
from openyj.questionnaires.pages import drafts_at, tasks
from openyj.questionnaires.services import standing_of


@of_child(Permission.SEE_ASSESSMENTS)
@require_safe
def assessments(request: HttpRequest, child: Child) -> HttpResponse:
    """A child's assessments, latest first."""
    rows = list(assessments_of(child, request.user))
    may_begin = child.may_assess and child.stands and bool(sets_to_answer(request.user))
    return record_page(request, child, "assessment/assessments.html", rows=rows, may_begin=may_begin)


@of_child(Permission.ASSESS_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, child: Child) -> HttpResponse:
    """Begin an assessment: why, and about which offences."""
    back = reverse("assessment:assessments", args=[child.pk])
    if not sets_to_answer(request.user):
        return record_page(request, child, "assessment/no_sets.html", back=back)
    form = open_form(request, BeginForm, child=child, user=request.user)

    def save() -> Assessment:
        return services.begin(
            child=child, by=request.user, question_set=form.chosen(),
            why=form.cleaned_data["why"], offences=form.cleaned_data["offences"],
        )  # fmt: skip

    return form_page(
        request, child, form, save=save, back=back, title="Begin an assessment", saying="Assessment begun",
        template="assessment/begin.html", sets=form.sets, button="Begin",
    )  # fmt: skip


@of_child(Permission.SEE_ASSESSMENTS)
@require_safe
def assessment(request: HttpRequest, child: Child, assessment_id: int) -> HttpResponse:
    """One assessment: the list of sections while it is written, how it is, its versions and its history."""
    row = find(request, child, assessment_id)
    sheet = version_of(row, row.latest.number)
    context = {
        "row": row,
        "sheet": sheet,
        "rows": list(say_assessment(row)),
        "entries": history.tell(history.of_fact(row)),
        "back": reverse("assessment:assessments", args=[child.pk]),
        "may_decide": may_decide(request, sheet),
        "may_begin_correction": may_correct(request, sheet),
        "may_answer": may_answer(request, sheet),
        "own": sheet.state == State.WAITING and sheet.completed_by_id == request.user.pk,
        "reads": request.user.role in sheet.question_set.definition.seen_by,
    }
    if context["may_answer"]:
        context |= list_of_sections(request, sheet)
    return record_page(request, child, "assessment/assessment.html", **context)


def list_of_sections(request: HttpRequest, sheet: AssessmentVersion) -> dict[str, object]:
    """The sections to answer with how far each is, and what the manager said of each in the version before."""
    standing = standing_of(sheet)
    urls = section_urls(sheet)
    comments = comments_before(sheet)
    typed = drafts_at(request.user, urls)
    return {
        "standing": standing,
        "tasks": tasks(standing, urls, typed, comments),
        "comments": [comment for comment in comments if not comment.section],
        "check": reverse("assessment:check", args=[sheet.child_id, sheet.assessment_id]),
    }


def section_urls(sheet: AssessmentVersion) -> dict[str, str]:
    about = [sheet.child_id, sheet.assessment_id]
    sections = sheet.question_set.definition.sections
    return {each.key: reverse("assessment:section", args=[*about, each.key]) for each in sections}


def comments_before(sheet: AssessmentVersion) -> list:
    """What was said of the version this one corrects."""
    before = next((each for each in sheet.assessment.versions.all() if each.number == sheet.number - 1), None)
    return list(before.comments.select_related("recorded_by")) if before else []


@of_child(Permission.ASSESS_CHILDREN)
@require_POST
def correct(request: HttpRequest, child: Child, assessment_id: int) -> HttpResponse:
    """Begin the version that corrects a returned one."""
    sheet = open_version(request, child, assessment_id)

    def save() -> Assessment:
        services.correct(sheet=sheet, by=request.user)
        return sheet.assessment

    try:
        return save_once(request, save)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(sheet.assessment)
