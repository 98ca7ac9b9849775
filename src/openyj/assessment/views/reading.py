"""Reading a version of an assessment: on the page, on paper, beside another version; and deciding on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import draft_context, open_form, send
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.assessment import services
from openyj.assessment.forms import DecideForm
from openyj.assessment.known import known_facts, known_in
from openyj.assessment.models import Assessment, AssessmentSection, AssessmentVersion
from openyj.assessment.views.finding import check_role, find, may_decide, read, seen, unseen, version_of
from openyj.people.access import of_child
from openyj.people.forms import version_seen
from openyj.people.models import Child
from openyj.people.pages import record_page
from openyj.questionnaires.comparing import changes
from openyj.questionnaires.services import standing_of


@of_child(Permission.SEE_ASSESSMENTS)
@require_safe
def version(request: HttpRequest, child: Child, assessment_id: int, number: int) -> HttpResponse:
    """One version as it was answered, with what was said of it."""
    return version_page(request, child, read(request, child, assessment_id, number), "assessment/version.html")


@of_child(Permission.SEE_ASSESSMENTS, kind=Access.Kind.PRINT)
@require_safe
def printed(request: HttpRequest, child: Child, assessment_id: int, number: int) -> HttpResponse:
    """One version on paper. Opening this page is logged as a print."""
    return version_page(request, child, read(request, child, assessment_id, number), "assessment/print.html")


def version_page(request: HttpRequest, child: Child, sheet: AssessmentVersion, template: str) -> HttpResponse:
    standing, facts = standing_of(sheet), known_beside(request, sheet)
    said = list(sheet.comments.select_related("recorded_by"))
    own = childs_rows(sheet)
    sections = [
        (
            each,
            facts[each.section.key],
            [comment for comment in said if comment.section == each.section.key],
            own.get(each.section.key),
        )
        for each in seen(request, standing)
    ]
    return record_page(
        request, child, template, sheet=sheet, standing=standing, sections=sections,
        comments=[comment for comment in said if not comment.section], unseen=unseen(request, standing),
        others=[each for each in sheet.assessment.versions.all() if each.number != sheet.number],
        may_decide=may_decide(request, sheet), back=sheet.assessment.get_absolute_url(),
    )  # fmt: skip


def childs_rows(sheet: AssessmentVersion) -> dict[str, AssessmentSection]:
    """The sections that the child answers, to say who answered them."""
    keys = [each.key for each in sheet.question_set.definition.sections if each.childs]
    return {row.section: row for row in sheet.sections.filter(section__in=keys).select_related("saved_by")}


def known_beside(request: HttpRequest, sheet: AssessmentVersion) -> dict[str, list]:
    """What the record knew beside each section: frozen once completed, of today while it is written."""
    if not sheet.open:
        return {row.section: row.known for row in sheet.sections.all()}
    facts = known_facts(sheet.assessment, request.user)
    return {each.key: known_in(each, facts) for each in sheet.question_set.definition.sections}


@of_child(Permission.COUNTERSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, child: Child, assessment_id: int) -> HttpResponse:
    """Read the completed version, comment on its sections, and return or countersign it."""
    assessment = find(request, child, assessment_id)
    sheet = version_of(assessment, assessment.latest.number)
    check_role(request, sheet, sheet.question_set.definition.countersigned_by, "countersign this assessment")
    if request.method != "POST" and not may_decide(request, sheet):
        return redirect(assessment)
    standing = standing_of(sheet)
    form = open_form(request, DecideForm, standing=standing, version=sheet.version)

    def save() -> Assessment:
        services.decide(
            sheet=sheet, version=version_seen(form), by=request.user,
            state=DecideForm.STATES[form.cleaned_data["decision"]], comments=form.comments(),
        )  # fmt: skip
        return assessment

    response, current = send(request, form, save, saying="Your decision is saved")
    if response:
        return response
    facts, own = known_beside(request, sheet), childs_rows(sheet)
    sections = [
        (each, facts[each.section.key], form[f"comment_{each.section.key}"], own.get(each.section.key))
        for each in seen(request, standing)
    ]
    context = {
        "sheet": sheet, "form": form, "sections": sections, "changed": current is not None,
        "back": assessment.get_absolute_url(), "title": f"Read {sheet.assessment.title}",
        "earlier": sheet.number - 1,
    }  # fmt: skip
    context |= draft_context(request)
    return record_page(request, child, "assessment/decide.html", status=409 if current else 200, **context)


@of_child(Permission.SEE_ASSESSMENTS)
@require_safe
def compare(request: HttpRequest, child: Child, assessment_id: int, number: int, other: int) -> HttpResponse:
    """What changed from one version to another, in words."""
    before, after = (read(request, child, assessment_id, each) for each in sorted((number, other)))
    sees = after.question_set.definition.sees
    found = changes(standing_of(before), standing_of(after))
    rows = [each for each in found if sees(request.user.role, each.section)]
    return record_page(
        request, child, "assessment/compare.html", before=before, after=after, rows=rows,
        back=after.assessment.get_absolute_url(),
        title=f"Versions {before.number} and {after.number} compared",
    )  # fmt: skip
