"""Who can sign in to the demo: one invented person for each role, and one of another service.

Those who oversee services belong to two invented bodies, one of the nation and one of the region.
"""

from __future__ import annotations

from dataclasses import dataclass

from openyj.accounts.roles import ROLES
from openyj.invented.places import MAIN, PLACES, REGION
from openyj.invented.staff import STAFF, Member

PASSWORD = "nobody here is real"  # noqa: S105  (it opens invented records on the machine the demo runs on)


@dataclass(frozen=True)
class Overseer:
    """An invented body that oversees services, and the one person who signs in for it."""

    code: str
    body: str
    oversees: str
    region: str
    role: str
    name: str
    email: str


OVERSEERS = (
    Overseer("OVERSIGHT", "Invented National Oversight", "nation", "", "national_user",
             "Ines Calvurmorrow", "ines.calvurmorrow@oversight.example"),
    Overseer("OVERSIGHTNW", f"Invented Oversight, {REGION.value}", "region", REGION.value, "regional_user",
             "Tomos Bregantule", "tomos.bregantule@oversight.example"),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """An invented person on the first page: what they are called, how they sign in, what they would look at."""

    label: str
    name: str
    email: str
    service: str
    about: str
    looks_first_at: str


def person(member: Member, *, elsewhere: bool = False) -> Person:
    role = ROLES[member.role]
    place = next(p for p in PLACES.value if p.service == member.service)
    return Person(
        label=f"{role.label}, {place.name}" if elsewhere else role.label,
        name=member.name,
        email=member.email,
        service=place.name,
        about=role.about,
        looks_first_at=role.looks_first_at
        if not elsewhere
        else "Their own service; nothing of the first service may reach them",
    )


def overseer(given: Overseer) -> Person:
    role = ROLES[given.role]
    return Person(role.label, given.name, given.email, given.body, role.about, role.looks_first_at)


def demo_people() -> list[Person]:
    """The first member of the main service's staff in each role, in the order of the roles, those who oversee
    services, then a neighbour's."""
    mine = [m for m in STAFF if m.service == MAIN.service]
    first = [next(m for m in mine if m.role == role.name) for role in ROLES.values() if not role.oversees]
    neighbour = next(m for m in STAFF if m.service != MAIN.service and m.role == "practitioner")
    return [*map(person, first), *map(overseer, OVERSEERS), person(neighbour, elsewhere=True)]


SIGN_INS = {p.label: p.email for p in demo_people()}
