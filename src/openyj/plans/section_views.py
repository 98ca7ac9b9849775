"""The page on which a section is written: its text, figures to put in, typed numbers that ask, a preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openyj.accounts.access import access
from openyj.accounts.drafts import draft_for
from openyj.accounts.models import User
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.accounts.versions import ChangedUnderneath
from openyj.core.forms import read_version
from openyj.documents.differences import pieces
from openyj.documents.figures import Figures
from openyj.documents.numbers import typed_numbers
from openyj.documents.selectors import addresses_of, figure_of
from openyj.documents.web import as_blocks
from openyj.plans import services, writing
from openyj.plans.checks import PartCheck, check
from openyj.plans.forms import InsertForm, NumberForm, SectionForm, grouped
from openyj.plans.models import Section
from openyj.plans.offers import Offer, offers

WRITE = Permission.WRITE_PLAN


@dataclass
class Asked:
    """What a press of a button asked for: the text it leads to, and the small form it was filled in on."""

    text: str
    form: InsertForm | NumberForm | None = None
    place: str = ""
    done: str = "Saved."


@access(WRITE)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, starts: int, key: str) -> HttpResponse:
    """Write a section. Saving, putting a figure in and settling a typed number all save the text as it was typed."""
    found = get_object_or_404(
        Section.objects.visible_to(request.user, WRITE).select_related("plan", "service"), plan__starts=starts, key=key
    )
    draft = draft_for(request) if request.method == "GET" else None
    form, asked, clash = form_for(request, found, draft), Asked(""), None
    if request.method == "POST" and form.is_valid():
        asked = read_press(request, form.cleaned_data["text"])
        if not (asked.form and asked.form.errors):
            try:
                return save_once(request, lambda: save(request, found, form, asked))
            except ChangedUnderneath as changed:
                clash = changed.current
                form = SectionForm({"text": asked.text, "receipt": str(form.receipt), "version": str(clash.version)})
                asked = Asked(asked.text)
    return render(request, "plans/section.html", page(request, found, form, asked, draft, clash))


def form_for(request: HttpRequest, section: Section, draft) -> SectionForm:
    if request.method == "POST":
        return SectionForm(request.POST, version=section.version)
    text = draft.fields.get("text", [section.text])[0] if draft else section.text
    # What was typed goes with the version it was typed on, so that a save made since is noticed.
    seen = draft.fields.get("version", [""])[0] if draft else ""
    return SectionForm(initial={"text": text}, version=read_version(seen) or section.version)


def known_to(user: User) -> Callable[[str], bool]:
    return lambda code: figure_of(user, code) is not None


def read_press(request: HttpRequest, text: str) -> Asked:
    """Which button was pressed, and what becomes of the text."""
    known = known_to(request.user)
    if "insert" in request.POST:
        after, form = writing.insert(text, request.POST, known)
        return Asked(after, form, done="The figure is in the text, and the text is saved.")
    if "settle" in request.POST:
        prefix, _, place = request.POST["settle"].partition("|")
        after, form = writing.settle(text, place, request.POST, prefix, known)
        return Asked(after, form, place, done="The number is settled, and the text is saved.")
    return Asked(text)


def save(request: HttpRequest, section: Section, form: SectionForm, asked: Asked) -> str:
    services.write_section(section=section, version=form.version, text=asked.text, by=request.user)
    messages.success(request, asked.done)
    return section.get_absolute_url()


def page(request, section, form, asked, draft, clash) -> dict[str, object]:
    """What the page shows: the form, the lists to choose from, the numbers that ask, and what is saved as it reads."""
    figures = Figures.live(section.service)
    offered = offers(figures, starts=section.plan.starts, by=request.user)
    known = known_to(request.user)
    insert = asked.form if isinstance(asked.form, InsertForm) else InsertForm(known=known, prefix="insert")
    insert.fields["figure"].widget.choices = grouped(offered)
    text = asked.text or (form.data.get("text", "") if form.is_bound else form.initial["text"])
    saved: PartCheck = check(section.service, [section.part], figures, drawn=True).parts[0]
    codes = [value.code for value in saved.filled.values]
    neighbours = list(section.plan.sections.values_list("key", "heading"))
    at = [key for key, _heading in neighbours].index(section.key)
    return {
        "plan": section.plan,
        "section": section,
        "form": form,
        "insert": insert,
        "numbers": number_forms(text, asked, offered, known),
        "draft": draft,
        "clash": clash,
        "pieces": pieces(clash.text, text) if clash else [],
        "check": saved,
        "shown": as_blocks(saved.filled.tree, addresses=addresses_of(codes), lowest=3),
        "before": neighbours[at - 1] if at else None,
        "after": neighbours[at + 1] if at + 1 < len(neighbours) else None,
        "back": section.plan.get_absolute_url(),
        "draft_url": f"{reverse('save_draft')}?path={request.path}",
    }


def number_forms(text: str, asked: Asked, offered: list[Offer], known) -> list[tuple[str, NumberForm]]:
    """A small form for each typed number; the one that was pressed keeps its errors."""
    forms = []
    for n, (place, number) in enumerate(writing.places(typed_numbers(text))):
        prefix = f"number{n}"
        pressed = asked.form if isinstance(asked.form, NumberForm) and asked.place == place else None
        form = pressed or NumberForm(known=known, number=number, prefix=prefix)
        form.fields["figure"].widget.choices = grouped(offered)
        forms.append((f"{prefix}|{place}", form))
    return forms
