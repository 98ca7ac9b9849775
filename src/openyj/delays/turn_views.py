"""The administrator's pages: whose the days up to each stage are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.casework.slots import on_route, stages
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.core.listing import Column, Listing
from openyj.delays import turns as services
from openyj.delays.figures import label_of
from openyj.delays.forms import ChangeTurnForm, CorrectTurnForm, turn_values
from openyj.delays.models import Turn

MANAGE = Permission.MANAGE_REFERENCE


@access(MANAGE)
@require_safe
def turns(request: HttpRequest) -> HttpResponse:
    """Whose the days up to each stage are, and were."""
    # The first stage has no days before it.
    rows = [turn for turn in Turn.objects.all() if place(turn)]
    rows.sort(key=lambda turn: (turn.route, place(turn), turn.valid_from))
    listing = Listing(
        request,
        rows,
        title="Whose the days are",
        columns=[
            Column("stage", "Days up to", value=lambda t: label_of(t.stage), link=page_of),
            Column("route", "Decided", value=lambda t: t.get_route_display()),
            Column("whose", "Whose they are", value=lambda t: t.get_whose_display()),
            Column("valid_from", "From", value=since, export=lambda t: t.valid_from),
            Column("valid_to", "Until", value=lambda t: say_date(t.valid_to) or "Now", export=lambda t: t.valid_to),
            Column("source", "Where it comes from"),
            Column("state", "", value=lambda t: "" if t.stands else Tag("Recorded in error", "red")),
        ],
        per_page=50,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    return render(request, "delays/turns.html", {"listing": listing, "back": reverse("reference:index")})


def place(turn: Turn) -> int:
    """Where the stage stands on its route, from 0; a stage that no room has any more stands nowhere."""
    order = on_route(turn.route) if turn.stage in dict(stages.items()) else []
    return order.index(turn.stage) if turn.stage in order else 0


def since(turn: Turn) -> str:
    return "Always" if turn.valid_from <= services.ALWAYS else say_date(turn.valid_from)


def page_of(turn: Turn) -> str:
    return reverse("delays:change_turn", args=[turn.pk]) if turn.stands else ""


def get_turn(request: HttpRequest, turn_id: int) -> Turn:
    turn = get_object_or_404(Turn, pk=turn_id)
    if not turn.stands and request.method != "POST":
        raise Http404
    return turn


def changing(form: type[Any], do: Callable[..., Turn], **words: str) -> Callable[..., HttpResponse]:
    """A view with one form about whose the days are: `do(turn=, version=, by=, **cleaned)`. `words` are its title, what
    is said above it and when it is done, and its template."""

    @access(MANAGE)
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, turn_id: int) -> HttpResponse:
        turn = get_turn(request, turn_id)
        made = open_form(request, form, version=turn.version, initial=turn_values(turn))
        back = reverse("delays:turns")

        def save() -> str:
            do(turn=turn, version=made.version, by=request.user, **made.cleaned_data)
            return back

        caption = f"Days up to: {label_of(turn.stage).lower()}. {turn.get_route_display()}"
        return form_page(request, made, save=save, now=turn_values, back=back, caption=caption, turn=turn, **words)

    return view


change_turn = changing(
    ChangeTurnForm, services.change_turn, template="delays/change_turn.html",
    title="Whose the days are, from a day on", intro="For every service on this site.",
    saying="Saved. The clock follows at once.",
)  # fmt: skip
correct_turn = changing(
    CorrectTurnForm, services.correct_turn, title="Correct whose the days are",
    intro="What is wrong now is kept, marked as recorded in error. The days it holds for stay the same.",
    saying="Corrected. The clock follows at once.",
)  # fmt: skip
