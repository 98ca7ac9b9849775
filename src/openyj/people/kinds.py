"""The kinds of fact about a child, so that changing one, marking one as recorded in error and telling its history are
written once. A room registers its kinds in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.people.forms import FactForm
from openyj.people.record import AboutChild, Recorded
from openyj.people.services import record_in_error


@dataclass(frozen=True)
class Hanging:
    """What hangs on a fact: standing facts that must be corrected first, and rows that go with it."""

    blocks: Sequence[AboutChild] = ()
    goes_with_it: Sequence[AboutChild] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of fact. `name` stands in its address; `page` is the page of the record that lists it.

    `say(row)` gives (label, value) pairs for its own page. `change(row=, version=, by=, **cleaned)` saves a change.
    `link(row=)` are the rows that join it to others, told in its history under `parts`. `address(row)` is the page of
    a fact that has one of its own. `permission` is what a reader must have to meet it anywhere on a record.
    `in_error` marks one where more follows from it than `services.record_in_error` does. `guarded(row)` is true of a
    row that must not leave the screen: it is on no print, nor is what its history says. What is `first_on_paper` stands
    before everything else on the printed record.
    """

    name: str
    label: str
    model: type[AboutChild]
    page: str
    form: type[FactForm]
    say: Callable[..., Iterable[tuple[str, object]]]
    change: Callable[..., Recorded]
    hanging: Callable[..., Hanging] = lambda row: Hanging()
    read: Callable[[QuerySet], QuerySet] = lambda rows: rows
    parts: Mapping[type[Model], str] = field(default_factory=dict)
    template: str = "people/fact_form.html"
    address: Callable[..., str] | None = None
    permission: Permission = Permission.SEE_CHILDREN
    in_error: Callable[..., Recorded] = record_in_error
    guarded: Callable[..., bool] | None = None
    first_on_paper: bool = False

    def hangs_on(self, row: AboutChild) -> Hanging:
        """What hangs on this row, with what upper rooms rest on it, which has to be corrected first."""
        own = self.hanging(row)
        resting = [each for rest in RESTING.get(self.name, ()) for each in rest(row)]
        return Hanging([*own.blocks, *resting], own.goes_with_it)

    def on_paper(self, row: AboutChild) -> bool:
        """Whether this row may be printed."""
        return self.guarded is None or not self.guarded(row)


KINDS: dict[str, Kind] = {}
RESTING: dict[str, list[Callable[..., Iterable[AboutChild]]]] = {}


def rests_on(name: str, rows: Callable[..., Iterable[AboutChild]]) -> None:
    """Say at start-up that `rows(row)` of an upper room rest on a fact of the kind `name` of a lower one: while they
    stand it cannot be marked as recorded in error."""
    RESTING.setdefault(name, []).append(rows)


def register(kind: Kind) -> Kind:
    """Add a kind at start-up; the same name twice is a mistake and is refused."""
    if kind.name in KINDS:
        raise ValueError(f"There is already a kind of fact called {kind.name!r}")
    KINDS[kind.name] = kind
    return kind


def kinds_for(user: User) -> list[Kind]:
    """The kinds that somebody of this role may meet on a record."""
    return [kind for kind in KINDS.values() if user.may(kind.permission)]


def kind_of(row: AboutChild) -> Kind | None:
    """The kind a row is of; None for a row that only joins two others."""
    return next((kind for kind in KINDS.values() if type(row) is kind.model), None)
