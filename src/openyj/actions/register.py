"""The register as a list: its columns and filters, for the page and for the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from openyj.accounts.access import log
from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission
from openyj.actions.models import Action
from openyj.actions.rag import Rag
from openyj.actions.slots import origins, threads
from openyj.core.components import Link
from openyj.core.listing import Column, Filter, Listing

OPEN, DONE = "open", "done"
OF_SERVICE, OF_CHILDREN = "service", "children"


def registered(user: User) -> QuerySet[Action]:
    """Every standing action `user` may read and name, with its colour."""
    rows = Action.objects.visible_to(user).standing().not_masked(user).with_rag()
    return rows.select_related("owner", "child")


def listing_of(request: HttpRequest) -> Listing:
    """The register for this person: open actions first by their day."""
    user = request.user
    rows = registered(user)
    arose: dict[int, Link] = {}

    def thread(action: Action) -> str:
        # Asked once for the rows of this page (or of the export), when the first of them is shown.
        if not arose and origins.items():
            shown = listing.rows if request.GET.get("export") else listing.page.object_list
            arose.update(threads(user, list(shown)))
            arose.setdefault(0, Link("", ""))
        if action.pk in arose:
            return arose[action.pk].text
        return action.child.name if action.child else ""

    listing = Listing(
        request,
        rows,
        title="Actions",
        columns=columns(thread),
        filters=filters(user),
        sort="due_on",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="No action is recorded yet. Actions are added here, on a child’s record, and where they arise.",
        notes=[("Colour", "B done; R overdue; A due within 14 days, or nothing noted for 42 days; G otherwise")],
    )
    return listing


def columns(thread: Callable[[Action], str]) -> Sequence[Column]:
    return [
        Column("what", "Action", sort="what", link=lambda a: a.get_absolute_url()),
        Column("arose", "Where it arose", value=thread),
        Column("owner", "Owner", value=lambda a: a.owned_by_words, sort=("owner__name", "owner_name")),
        Column("due_on", "Due", sort="due_on"),
        Column("rag", "Colour", value=lambda a: a.rag_tag, sort="rag"),
        Column("why", "Reason for the colour", value=lambda a: a.rag_because),
        Column("done_on", "Done on", sort="done_on"),
    ]


def filters(user: User) -> list[Filter]:
    """Whose, which state, which colour, about what, where it arose."""
    own = {"me": "Mine", "others": "Other people’s"}
    found = [
        Filter(
            "state",
            forms.ChoiceField(label="State", choices=[("", "All"), (OPEN, "Open"), (DONE, "Done")]),
            apply=lambda rows, state: rows.filter(done_on__isnull=state == OPEN),
        ),
        Filter(
            "whose",
            forms.ChoiceField(label="Whose", choices=[("", "Everyone’s"), *own.items()]),
            apply=lambda rows, whose: rows.filter(owner=user) if whose == "me" else rows.exclude(owner=user),
        ),
        Filter(
            "colour",
            forms.ChoiceField(label="Colour", choices=[("", "All"), *((r.value, f"{r.value} {r.label}") for r in Rag)]),
            apply=lambda rows, letter: rows.filter(rag=letter),
        ),
    ]
    if user.may(Permission.SEE_CHILDREN):
        about = [("", "Anything"), (OF_SERVICE, "The service"), (OF_CHILDREN, "Children")]
        found.append(
            Filter(
                "about",
                forms.ChoiceField(label="About", choices=about),
                apply=lambda rows, what: rows.filter(child__isnull=what == OF_SERVICE),
            )
        )
    if origins.items():
        named = dict(origins.items())
        found.append(
            Filter(
                "arose",
                forms.ChoiceField(
                    label="Where it arose", choices=[("", "Anywhere"), *((n, o.label) for n, o in named.items())]
                ),
                apply=lambda rows, name: rows.filter(pk__in=named[name].numbers()),
            )
        )
    return found
