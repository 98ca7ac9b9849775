"""What the pages of a record share: its frame, and how a form about a fact is opened, refused, compared or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from openyj.accounts.drafts import draft_for, drafted_fields
from openyj.accounts.models import Receipt
from openyj.accounts.receipts import read_token, save_once
from openyj.accounts.versions import ChangedUnderneath
from openyj.core.components import IdentityBar, NavItem, Tag
from openyj.core.dates import say_date
from openyj.people import history, slots
from openyj.people.forms import FactForm, in_words
from openyj.people.models import Child
from openyj.people.record import Recorded


def record_page(
    request: HttpRequest, child: Child, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a child's record: identity bar, sub-navigation, and whether this person may change and correct."""
    context |= {
        "child": child,
        "bar": identity(child, request),
        "record_pages": record_pages(child, request),
        "may_change": child.may_change,
        "may_correct": child.may_correct,
        "may_review": child.may_review,
    }
    return render(request, template, context, status=status)


def identity(child: Child, request: HttpRequest) -> IdentityBar:
    """Whose record this is, as every page of it says."""
    alerts = []
    if not child.stands:
        alerts.append(Tag("Recorded in error", "red"))
    if child.restricted:
        alerts.append(Tag("Need to know: opening is reviewed", "red"))
    if not child.date_of_birth:
        alerts.append(Tag("Date of birth not recorded", "orange"))
    if not child.worker:
        alerts.append(Tag("No worker yet", "orange"))
    born = f"{say_date(child.date_of_birth)} (age {child.age})" if child.date_of_birth else "Not recorded"
    facts = [("Born", born), ("Our number", child.number)]
    if child.known_as and child.known_as != child.given_name:
        facts.append(("Full name", f"{child.given_name} {child.family_name}"))
    facts += [("Worker", child.worker or "None"), ("Team", child.team or "None")]
    for given in slots.banner:
        facts += given(child=child, user=request.user).facts
    return IdentityBar(child.name, child.get_absolute_url(), facts, alerts)


def record_pages(child: Child, request: HttpRequest) -> list[NavItem]:
    """The sub-navigation."""
    made = [(page.text, reverse(page.url_name, args=[child.pk])) for page in slots.pages]
    if child.may_review:
        made.append(("Who has looked", reverse("people:looked", args=[child.pk])))
    under = [url for _, url in made if request.path == url or request.path.startswith(f"{url}/")]
    here = max(under, key=len, default=None)
    return [NavItem(text, url, url == here) for text, url in made]


def open_form(request: HttpRequest, form: type[Any], **kwargs: Any) -> Any:
    """The form as posted; else as its draft was left, without complaints about what is not finished; else fresh."""
    if request.method == "POST":
        return form(request.POST, **kwargs)
    drafted = drafted_fields(request)
    made = form(drafted, **kwargs)
    if drafted is not None:
        made._errors = ErrorDict()
    return made


@dataclass(frozen=True)
class Difference:
    """One field of two versions."""

    label: str
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


@dataclass(frozen=True)
class Clash:
    """Someone else saved while this person was typing."""

    who: str
    at: Any
    in_error: bool
    rows: list[Difference]


def clash_of(form: FactForm, current: Recorded) -> Clash:
    """What the record says now beside what was typed."""
    now = form.values_of(current)
    rows = [
        Difference(
            str(form.fields[name].label),
            in_words(form.fields[name], now.get(name)),
            in_words(form.fields[name], form.cleaned_data.get(name)),
        )
        for name in form.comparable()
        if name in form.fields and not form.fields[name].widget.is_hidden
    ]
    last = history.last_change(current)
    return Clash(last.who if last else "Someone", last.at if last else None, not current.stands, rows)


def handled_before(request: HttpRequest) -> HttpResponse | None:
    """Where this very form led when it was sent before. It counts before what a check refuses: what the first sending
    made may be just that (a duplicate of itself). Ask it after checking, as the first may end in between."""
    token = read_token(request.POST.get("receipt", ""))
    earlier = Receipt.objects.filter(token=token, user=request.user).exclude(led_to="").first()
    return HttpResponseRedirect(earlier.led_to) if earlier else None


def saved_or_refused(
    request: HttpRequest, form: Any, save: Callable[[], object], *, saying: str = ""
) -> tuple[HttpResponse | None, Clash | None]:
    """Save a valid form once and lead on; or put the refusal on the form; or say what clashed.

    In its own savepoint, so that a refusal also takes back the receipt and the form can be sent again.
    """
    try:
        with transaction.atomic():
            response = save_once(request, save)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None, None
    except ChangedUnderneath as changed:
        clash = clash_of(form, changed.current) if isinstance(form, FactForm) else None
        if clash is None:
            form.add_error(None, "Someone else has changed this since you opened it. Read it again, then decide.")
        form.show_version(changed.current.version)
        return None, clash
    if saying:
        messages.success(request, saying)
    return response, None


def form_page(
    request: HttpRequest,
    child: Child,
    form: Any,
    *,
    save: Callable[[], object],
    title: str,
    back: str,
    saying: str = "Saved",
    template: str = "people/fact_form.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form about a child: shown, refused, compared with a colleague's version, or saved."""
    clash = None
    valid = request.method == "POST" and form.is_valid()
    if request.method == "POST" and (before := handled_before(request)):
        return before
    if valid:
        response, clash = saved_or_refused(request, form, save, saying=saying)
        if response:
            return response
    context |= {"form": form, "title": title, "back": back, "cancel": back, "clash": clash} | draft_context(request)
    return record_page(request, child, template, status=409 if clash else 200, **context)


def draft_context(request: HttpRequest) -> dict[str, Any]:
    """Where the form keeps its draft, and the draft that was restored."""
    return {
        "draft_address": f"{reverse('save_draft')}?path={request.path}",
        "draft": draft_for(request) if request.method == "GET" else None,
        "throw_away": f"{reverse('throw_draft_away')}?path={request.path}",
    }
