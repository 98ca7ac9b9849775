"""Terms of reference, standing items and agencies of a board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.meetings.forms import AgencyForm, CorrectTermsForm, StandingItemForm, TermsForm
from openyj.meetings.models import Agency, Attendance, MeetingKind, StandingItem, Terms
from openyj.meetings.services import board as services
from openyj.meetings.views.board import board_page
from openyj.meetings.views.pages import RUN, SEE, get, mark, now


def place(kind: int) -> str:
    return reverse("meetings:terms", args=[kind])


@access(SEE)
@require_safe
def terms(request: HttpRequest, kind_id: int) -> HttpResponse:
    """What the board is held to and when, what comes up each time, and the agencies."""
    kind = get(request, MeetingKind, kind_id, permission=SEE)
    agencies = Agency.objects.visible_to(request.user).standing()
    return board_page(
        request, kind, "meetings/terms.html", terms=kind.terms.standing(), agencies=agencies,
        items=kind.standing_items.standing(),
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def begin_terms(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Record terms of reference from a day on."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, TermsForm)

    def save() -> str:
        services.begin_terms(kind=kind, by=request.user, **form.cleaned_data)
        return place(kind.pk)

    return form_page(
        request, form, save=save, title="Terms of reference from a day on", caption=kind.name, back=place(kind.pk),
        intro="Terms that hold until then end the day before. A meeting is held to the terms of its day.",
        saying="The terms are recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def correct_terms(request: HttpRequest, terms_id: int) -> HttpResponse:
    """Put right what was typed wrongly in terms of reference."""
    row = get(request, Terms, terms_id)
    form = open_form(request, CorrectTermsForm, row=row)

    def save() -> str:
        services.correct_terms(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return place(row.kind_id)

    return form_page(
        request, form, save=save, now=now(form), title="Correct the terms", back=place(row.kind_id),
        intro="For what was typed wrongly: every meeting of their days is held to what they say now.",
        saying="The terms are corrected.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def terms_in_error(request: HttpRequest, terms_id: int) -> HttpResponse:
    """Mark terms of reference as recorded in error: nothing then says how many must be there on their days."""
    row = get(request, Terms, terms_id)
    return mark(request, row, what="set of terms", back=place(row.kind_id))


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_standing_item(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Add a standing item."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, StandingItemForm)

    def save() -> str:
        services.add_standing_item(kind=kind, by=request.user, **form.cleaned_data)
        return place(kind.pk)

    return form_page(
        request, form, save=save, title="Add a standing item", caption=kind.name, back=place(kind.pk),
        intro="It is put on the agenda of meetings planned from now on.", saying="The standing item is added.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_standing_item(request: HttpRequest, standing_id: int) -> HttpResponse:
    """Change a standing item, or say when it comes up last."""
    row = get(request, StandingItem, standing_id)
    form = open_form(request, StandingItemForm, row=row)

    def save() -> str:
        services.change_standing_item(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return place(row.kind_id)

    return form_page(
        request, form, save=save, now=now(form), title="Change the standing item", back=place(row.kind_id),
        intro="Agendas that are there already stay as they are.", saying="The standing item is changed.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def standing_item_in_error(request: HttpRequest, standing_id: int) -> HttpResponse:
    """Mark a standing item as recorded in error. Agendas that have it keep it."""
    row = get(request, StandingItem, standing_id)
    return mark(request, row, what="standing item", back=place(row.kind_id))


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_agency(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Add an agency."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, AgencyForm)

    def save() -> str:
        services.add_agency(by=request.user, **form.cleaned_data)
        return place(kind.pk)

    return form_page(
        request, form, save=save, title="Add an agency", back=place(kind.pk), button="Add this agency",
        saying="The agency is added.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def agency_in_error(request: HttpRequest, kind_id: int, agency_id: int) -> HttpResponse:
    """Mark an agency as recorded in error, unless somebody comes from it."""
    kind = get(request, MeetingKind, kind_id)
    row = get(request, Agency, agency_id)
    used = row.memberships.standing().exists() or Attendance.objects.standing().filter(agency=row).exists()
    rests = "Members or substitutes come from this agency. Correct these first." if used else ""
    return mark(request, row, what="agency", rests=rests, back=place(kind.pk))


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_agency(request: HttpRequest, kind_id: int, agency_id: int) -> HttpResponse:
    """Correct an agency's name or sector."""
    kind = get(request, MeetingKind, kind_id)
    row = get(request, Agency, agency_id)
    form = open_form(request, AgencyForm, row=row)

    def save() -> str:
        services.change_agency(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return place(kind.pk)

    return form_page(
        request, form, save=save, now=now(form), title="Correct the agency", back=place(kind.pk),
        intro="Every meeting it came to counts it as you say here. An agency that was reorganised is another agency.",
        saying="The agency is corrected.",
    )  # fmt: skip
