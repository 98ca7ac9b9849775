"""What the pages of a record share: its frame, and the page with a form about a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openyj.accounts.form_pages import Difference, compare, draft_context, open_form, send
from openyj.accounts.roles import Permission
from openyj.core.components import IdentityBar, NavItem, Tag
from openyj.core.dates import say_date
from openyj.people import history, slots
from openyj.people.access import of_child
from openyj.people.forms import FactForm
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
    mine = [page for page in slots.pages if request.user.may(page.permission)]
    made = [(page.text, reverse(page.url_name, args=[child.pk])) for page in mine]
    if child.may_review:
        made.append(("Who has looked", reverse("people:looked", args=[child.pk])))
    under = [url for _, url in made if request.path == url or request.path.startswith(f"{url}/")]
    here = max(under, key=len, default=None)
    return [NavItem(text, url, url == here) for text, url in made]


@dataclass(frozen=True)
class Clash:
    """Someone else saved while this person was typing."""

    who: str
    at: Any
    in_error: bool
    rows: list[Difference]


def clash_of(form: FactForm, current: Recorded) -> Clash:
    """What the record says now beside what was typed."""
    last = history.last_change(current)
    rows = compare(form, form.values_of(current), form.comparable())
    return Clash(last.who if last else "Someone", last.at if last else None, not current.stands, rows)


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
    response, current = send(request, form, save, saying=saying)
    if response:
        return response
    clash = None
    if isinstance(form, FactForm) and current is not None:
        clash = clash_of(form, current)
    elif current is not None:
        form.add_error(None, "Someone else has changed this since you opened it. Read it again, then decide.")
    context |= {"form": form, "title": title, "back": back, "cancel": back, "clash": clash} | draft_context(request)
    return record_page(request, child, template, status=409 if clash else 200, **context)


def adding(
    form: type[Any],
    save: Callable[..., object],
    *,
    label: str,
    page: str,
    template: str = "people/fact_form.html",
    begins: Callable[[HttpRequest], dict[str, Any] | None] = lambda request: None,
    more: Callable[[Child], dict[str, Any]] = lambda child: {},
) -> Callable[..., HttpResponse]:
    """A view that adds one kind of fact to a child: `save(child=, by=, **cleaned)`, then back to `page`. `begins` is
    what an address fills in, `more` what else the template takes."""

    @of_child(Permission.CHANGE_CHILDREN)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, child: Child) -> HttpResponse:
        made = open_form(request, form, child=child, initial=begins(request))
        back = reverse(page, args=[child.pk])

        def once() -> str:
            save(child=child, by=request.user, **made.cleaned_data)
            return back

        return form_page(
            request, child, made, save=once, back=back, template=template, **more(child),
            title=f"Add {'an' if label[0] in 'aeiou' else 'a'} {label}", saying=f"{label[:1].upper()}{label[1:]} added",
        )  # fmt: skip

    return view
