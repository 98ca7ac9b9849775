"""Answering an assessment: one section a page, then checking the answers and completing it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openyj.accounts.drafts import draft_for
from openyj.accounts.form_pages import draft_context, send
from openyj.accounts.roles import Permission
from openyj.assessment import services
from openyj.assessment.forms import CompleteForm
from openyj.assessment.hand_overs import out_for, refuse_while_out
from openyj.assessment.known import known_facts, known_in
from openyj.assessment.models import Assessment
from openyj.assessment.views.finding import open_version
from openyj.assessment.views.record import comments_before, section_urls
from openyj.people.access import of_child
from openyj.people.forms import version_seen
from openyj.people.models import Child
from openyj.people.pages import record_page
from openyj.questionnaires import pages
from openyj.questionnaires.services import COMPLETED_MEANWHILE, save_section, seen_version, standing_of


@of_child(Permission.ASSESS_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, child: Child, assessment_id: int, section: str) -> HttpResponse:
    """Answer one section, or see what a colleague saved there meanwhile."""
    sheet = open_version(request, child, assessment_id)
    # Completed while this person typed: their draft is still shown, to be copied or thrown away.
    if request.method != "POST" and not sheet.open and draft_for(request) is None:
        return redirect(sheet.assessment)
    row = sheet.sections.filter(section=section).select_related("saved_by").first()
    if row is None:
        raise Http404
    row.sheet = sheet
    standing = standing_of(sheet)
    form = pages.section_form(request, sheet, row, standing)
    place, count, following = pages.neighbours(standing, section)
    asked = standing.section(section)
    back = sheet.assessment.get_absolute_url()
    urls = section_urls(sheet)

    def save() -> str:
        refuse_while_out(sheet, section)
        save_section(row=row, version=version_seen(form), answers=form.answers(), by=request.user)
        # What was just answered may bring up a section that was not shown before.
        *_, after = pages.neighbours(standing_of(sheet), section)
        return urls[after] if after else reverse("assessment:check", args=[child.pk, sheet.assessment_id])

    clash = None
    if pages.only_rearranges(request):
        form.forget_errors()
    else:
        response, current = send(request, form, save, saying="Saved")
        if response:
            return response
        clash = pages.clash_of(standing, current, form.answers()) if current else None
    context = {
        "sheet": sheet,
        "section": asked.section,
        "asked": asked,
        "form": form,
        "place": place,
        "count": count,
        "elsewhere": form.elsewhere,
        "known": known_in(asked.section, known_facts(sheet.assessment, request.user)) if asked.section.known else [],
        "comments": [comment for comment in comments_before(sheet) if comment.section == section],
        "clash": clash,
        "late": "" if sheet.open else COMPLETED_MEANWHILE,
        "back": back,
        "title": asked.section.title,
        "row": row,
        "out": out_for(sheet, section) if asked.section.childs else None,
        "hand_overs": row.hand_overs.select_related("recorded_by") if asked.section.childs else None,
        "onward": urls[following] if following else reverse("assessment:check", args=[child.pk, sheet.assessment_id]),
    }
    context |= draft_context(request)
    return record_page(request, child, "assessment/section.html", status=409 if clash else 200, **context)


@of_child(Permission.ASSESS_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, child: Child, assessment_id: int) -> HttpResponse:
    """Check the answers, see what is missing, and complete the assessment."""
    sheet = open_version(request, child, assessment_id)
    if request.method != "POST" and not sheet.open:
        return redirect(sheet.assessment)
    urls = section_urls(sheet)
    form = CompleteForm(request.POST if request.method == "POST" else None, version=seen_version(sheet))
    typed = pages.drafts_at(request.user, urls)

    def save() -> Assessment:
        if typed:
            names = ", ".join(each.title for each in sheet.question_set.definition.sections if each.key in typed)
            raise ValidationError(f"You typed answers that are not saved. Open and save: {names}")
        services.complete(sheet=sheet, seen=version_seen(form), by=request.user)
        return sheet.assessment

    response, current = send(request, form, save, saying="Completed. A manager now reads it.")
    if response:
        return response
    if current:
        form.show_version(seen_version(sheet))
    standing = standing_of(sheet)
    missing = {f"Answer: {line.missing}": f"{urls[at.section.key]}#{line.anchor}" for at, line in standing.missing}
    context = {
        "sheet": sheet,
        "standing": standing,
        "form": form,
        "problems": [(error, missing.get(error, "#answers")) for error in form.non_field_errors()],
        "tasks": pages.tasks(standing, urls, typed),
        "changed": current is not None,
        "still_open": current is None or current.open,
        "back": sheet.assessment.get_absolute_url(),
        "title": "Check your answers",
    }
    return record_page(request, child, "assessment/check.html", status=409 if current else 200, **context)
