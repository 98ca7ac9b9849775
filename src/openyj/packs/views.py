"""Pages of a meeting's packs: what was made, what would be made now, one pack, the figures in them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.documents.assembling import assemble
from openyj.documents.figures import Figures
from openyj.documents.filling import fill
from openyj.documents.selectors import addresses_of, frozen_addresses_of
from openyj.documents.services import filled_of
from openyj.documents.web import as_blocks
from openyj.meetings.models import Meeting, MeetingKind
from openyj.meetings.quorum import joined
from openyj.meetings.selectors import business_of
from openyj.meetings.views.pages import RUN, SEE, get
from openyj.packs.content import numbered, pack_of
from openyj.packs.forms import FiguresForm, MakeForm
from openyj.packs.selectors import figures_of, versions_of
from openyj.packs.services import choose_figures, make_pack, title_of
from openyj.performance.reading import read_live


def meeting_of(request: HttpRequest, number: int, permission: str = SEE) -> Meeting:
    return get(request, Meeting, number, "kind", "service", "pack", permission=permission)


def address(meeting: Meeting) -> str:
    return reverse("packs:packs", args=[meeting.pk])


@access(SEE)
@require_safe
def packs(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The packs that were made for a meeting, newest first, with their files."""
    meeting = meeting_of(request, meeting_id)
    context = {
        "meeting": meeting,
        "versions": versions_of(request.user, meeting).defer("tree", "parts").prefetch_related("files"),
        "may_make": request.user.may(RUN) and meeting.is_planned,
        "may_run": request.user.may(RUN),
        "back": meeting.get_absolute_url(),
    }
    return render(request, "packs/packs.html", context)


@access(SEE)
@require_safe
def version(request: HttpRequest, meeting_id: int, number: int) -> HttpResponse:
    """A pack as it was made; its figures open what they rested on."""
    meeting = meeting_of(request, meeting_id)
    frozen = get_object_or_404(versions_of(request.user, meeting), number=number)
    filled = filled_of(frozen)
    addresses = frozen_addresses_of(frozen.pk, (value.code for value in filled.values))
    context = {
        "meeting": meeting,
        "version": frozen,
        "files": frozen.files.defer("content"),
        "content": as_blocks(filled.tree, addresses=addresses, lowest=2),
        "newest": versions_of(request.user, meeting).first().number,
        "back": address(meeting),
    }
    return render(request, "packs/version.html", context)


@access(RUN)
@require_safe
def preview(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The pack as it would be made now."""
    meeting = meeting_of(request, meeting_id, RUN)
    reading = read_live(meeting.service)
    filled = fill(assemble(pack_of(meeting, reading, request.user).parts), Figures(reading))
    # Who runs the board without looking at figures sees them here, and not what is behind them.
    may_follow = request.user.may(Permission.SEE_FIGURES)
    addresses = addresses_of(value.code for value in filled.values) if may_follow else {}
    context = {
        "title": title_of(meeting),
        "content": as_blocks(filled.tree, addresses=addresses, lowest=2),
        "back": address(meeting),
    }
    return render(request, "packs/preview.html", context)


@access(RUN)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Make the pack: what is missing is said first."""
    meeting = meeting_of(request, meeting_id, RUN)
    form = open_form(request, MakeForm)
    missing = joined([paper.heading for paper in numbered(business_of(meeting, {})) if paper.is_missing])

    def save() -> str:
        made = make_pack(meeting=meeting, by=request.user)
        return reverse("packs:version", args=[meeting.pk, made.number])

    return form_page(
        request, form, save=save, title="Make the pack", caption=str(meeting), back=address(meeting),
        intro="The pack says what the record says now, as a PDF and a Word document, and does not change afterwards. "
        "Everybody who reads these meetings may open it. Papers that have not come are named in it as missing; make it "
        "again when they have.",
        button="Make the pack", saying="The pack is made.", warning=f"Not here yet: {missing}." if missing else "",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Choose the figures of a board's packs."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, FiguresForm, row=figures_of(kind))

    def save() -> MeetingKind:
        choose_figures(kind=kind, version=form.version, by=request.user, **form.cleaned_data)
        return kind

    return form_page(
        request, form, save=save, now=lambda row: {"figures": row.figures}, title="Figures in this board’s packs",
        caption=kind.name, back=kind.get_absolute_url(), saying="The figures are chosen, for packs made from now on.",
    )  # fmt: skip
