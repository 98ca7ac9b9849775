"""What the page of a network shows: who is around a child now, drawn and listed, and who was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import mark_safe

from openyj.accounts.models import User
from openyj.core import clock
from openyj.core.components import Link
from openyj.network import selectors, words
from openyj.network.drawing import Figure, draw
from openyj.network.models import Connection, Professional
from openyj.people.models import Child

WORKER = "Youth justice worker"
KEY = (
    "Solid line: lives with the child. Dashed: does not. Dotted: not recorded or not known. Thin line: a professional. "
    "Diamond: has parental responsibility. Star: an adult the child trusts. Square: lead professional. Box outlined "
    "twice: read the warning first."
)


@dataclass(frozen=True)
class Card:
    """Somebody as the list shows them."""

    row: Connection | Professional
    title: str
    url: str
    rows: Sequence[tuple[str, object]]
    warnings: Sequence[str] = ()
    links: Sequence[Link] = ()
    record: Link | None = None

    @property
    def off_paper(self) -> bool:
        return bool(getattr(self.row, "caution", ""))


@dataclass(frozen=True)
class Before:
    """Somebody who no longer is around the child, or was recorded in error."""

    row: Connection | Professional
    text: str
    url: str
    what: str


@dataclass(frozen=True)
class Network:
    """The page. `on_screen` and `on_paper` are drawings; they differ where somebody has a warning."""

    responsibility: str
    unknown: Sequence[str]
    family: Sequence[Card]
    professionals: Sequence[Card]
    worker: Sequence[tuple[str, object]]
    before: Sequence[Before]
    on_screen: str
    on_paper: str
    key: str = KEY
    left_out: str = words.LEFT_OUT

    @property
    def leaves_out(self) -> bool:
        """Whether paper has less than the page."""
        return any(card.off_paper or getattr(card.row, "not_safe", False) for card in self.family)

    @property
    def everybody_warned_of(self) -> list[Card]:
        return [card for card in self.family if card.off_paper]


def network_of(child: Child, user: User) -> Network:
    """The network as `user` may see it. Two queries, and one more where there is a brother or sister."""
    today = clock.today()
    people = list(selectors.connections(child, user))
    staff = list(selectors.professionals(child, user))
    records = selectors.records_of(people, user)
    now = sorted((row for row in people if row.stands and row.still(today)), key=nearest)
    working = [row for row in staff if row.stands and row.still(today)]
    past = [row for row in (*people, *staff) if not row.stands or not row.still(today)]
    drawn = Drawn(child, now, working, records)
    return Network(
        responsibility=words.say_responsibility(now, records),
        unknown=list(unknown(now)),
        family=[card(row, child, records) for row in now],
        professionals=[professional_card(row, child) for row in working],
        worker=worker_rows(child),
        before=[before(row, records) for row in past],
        on_screen=drawn.svg("network", now),
        on_paper=drawn.svg("network-paper", [row for row in now if not row.caution]),
    )


def nearest(row: Connection) -> tuple:
    """Who lives with and cares for the child first, then who may decide for them, then in the order recorded."""
    return row.lives_with != "YES", row.carer != "YES", not row.has_responsibility, row.pk


def unknown(now: Iterable[Connection]) -> Iterable[str]:
    """What nobody wrote down and somebody will need, in sentences."""
    now = list(now)
    if not any(row.has_responsibility for row in now):
        yield words.NO_RESPONSIBILITY
    if not any(row.lives_with == "YES" for row in now):
        yield "Whom the child lives with is not recorded."
    if not any(row.trusted == "YES" for row in now):
        yield "No adult whom the child trusts is recorded."


def card(row: Connection, child: Child, records: Mapping[int, Child]) -> Card:
    name = words.name_of(row, records)
    record = records.get(row.person_id)
    return Card(
        row=row,
        title=f"{name}, {words.lower_first(row.relationship.label)}" if row.name or record else name,
        url=row.get_absolute_url(),
        rows=list(words.shortened(words.say_connection(row))),
        warnings=[each for each in (row.warning, row.safety_warning) if each],
        links=links_of(row, child, "person", "network:end_connection", name),
        record=Link(f"The record of {record.name}", record.get_absolute_url()) if record else None,
    )


def professional_card(row: Professional, child: Child) -> Card:
    links = links_of(row, child, "professional", "network:end_professional", row.name)
    return Card(row, str(row), row.get_absolute_url(), list(words.shortened(words.say_professional(row))), links=links)


def links_of(row: Connection | Professional, child: Child, kind: str, end: str, name: str) -> list[Link]:
    """What may be done about somebody."""
    if not child.may_change:
        return []
    links = [Link("Change", reverse("people:change_fact", args=[child.pk, kind, row.pk]), name)]
    if row.end_date is None:
        links.append(Link("No longer", reverse(end, args=[child.pk, row.pk]), name))
    return links


def worker_rows(child: Child) -> list[tuple[str, object]]:
    """The service's own worker, who is not typed again."""
    if not child.worker:
        return []
    return [("Job", WORKER), ("Team", str(child.team) if child.team else "None"), ("E-mail", child.worker.email)]


def before(row: Connection | Professional, records: Mapping[int, Child]) -> Before:
    if isinstance(row, Connection):
        return Before(row, words.name_of(row, records), row.get_absolute_url(), row.relationship.label)
    return Before(row, row.name, row.get_absolute_url(), row.job)


@dataclass(frozen=True)
class Drawn:
    """The drawing of a network, and its words for who cannot see it."""

    child: Child
    now: Sequence[Connection]
    working: Sequence[Professional]
    records: Mapping[int, Child]

    def svg(self, id: str, people: Sequence[Connection]) -> str:
        """The drawing of these people and every professional; empty where there is nobody."""
        family = [self.of_family(row) for row in people]
        staff = self.professionals()
        if not family and not staff:
            return ""
        title = f"The network of {self.child.name}"
        text = f"{self.child.name} in the middle. Family and others close to the child: {said(family)}. "
        text += f"Professionals: {said(staff)}. The list below says the same and more."
        drawing = draw(id, self.child.name, family, staff, title=title, description=text)
        return mark_safe(drawing)  # noqa: S308 drawn here, its words escaped

    def of_family(self, row: Connection) -> Figure:
        lives_with = {"YES": True, "NO": False}.get(row.lives_with or "")
        marks = [name for name, has in (("responsibility", row.has_responsibility), ("trusted", row.trusted == "YES"))
                 if has]  # fmt: skip
        warning = {"NO_CONTACT": "Do not contact", "RISK": "Risk: read first", "BOTH": "Risk: do not contact"}
        return Figure(
            words.name_of(row, self.records), row.relationship.label, lives_with, tuple(marks),
            warning.get(row.caution, "") or ("Not safe to contact" if row.not_safe else ""),
        )  # fmt: skip

    def professionals(self) -> list[Figure]:
        made = [
            Figure(r.name, r.job, None, ("lead",) if r.lead else (), under=r.agency or r.agency_kind.label, thin=True)
            for r in self.working
        ]
        if worker := self.child.worker:
            made.insert(0, Figure(worker.name, "Worker", None, under=WORKER, thin=True))
        return made


def said(figures: Sequence[Figure]) -> str:
    """The people of one side in a sentence."""
    return "; ".join(f"{each.name} ({each.word.lower()})" for each in figures) or "nobody is recorded"
