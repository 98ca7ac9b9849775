"""The invented staff: twenty-two at the main service, one worker and one head at each neighbour."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pyarrow as pa

from openyj.invented.parameters import Given
from openyj.invented.places import MAIN, PLACES

DIVERSION, ORDERS, RESETTLEMENT = "Prevention and diversion", "Court and orders", "Resettlement"
TEAMS = (DIVERSION, ORDERS, RESETTLEMENT)


@dataclass(frozen=True)
class Member:
    """One invented person of the staff. ``role`` is a role's name in ``accounts.roles``."""

    staff_id: int
    service: str
    name: str
    email: str
    role: str
    team: str | None


POSTS = Given(
    (
        ("Gwen Umbolavane", "head_of_service", None),
        ("Idris Plimerifrin", "manager", DIVERSION),
        ("Tess Quoranast", "manager", ORDERS),
        ("Usman Skelodash", "manager", RESETTLEMENT),
        ("Nia Wrelumigorn", "practitioner", DIVERSION),
        ("Mark Veskolablen", "practitioner", DIVERSION),
        ("Farah Dwimekesh", "practitioner", DIVERSION),
        ("Will Glormaplow", "practitioner", DIVERSION),
        ("Priya Brusketumble", "practitioner", ORDERS),
        ("Rhys Zantanirask", "practitioner", ORDERS),
        ("Lena Tarvowex", "practitioner", ORDERS),
        ("Dev Crenovofennow", "practitioner", ORDERS),
        ("Bea Yelvumizeld", "practitioner", RESETTLEMENT),
        ("Simon Fliskerimire", "practitioner", RESETTLEMENT),
        ("Zoe Morvoquill", "data_officer", None),
        ("Helen Krememire", "board_member", None),
        ("Yusuf Luskanigimble", "board_member", None),
        ("Vera Haskoyarn", "board_member", None),
        ("Chris Ruskelund", "inspector", None),
        ("Alex Doskumidrop", "administrator", None),
    ),
    "invented",
)
# At the end, so that nobody else's number changes with it.
SUPPORT = Given(("Olwen Frimdescaral", "business_support", None), "invented")
COURT_DUTY = Given(("Aled Prenwixmoral", "court_officer", ORDERS), "invented")
NEIGHBOURS_POSTS = Given((("Joan Nask", "head_of_service"), ("Oliver Irv", "practitioner")), "invented")


def made() -> tuple[Member, ...]:
    members = [(MAIN, name, role, team) for name, role, team in POSTS.value]
    for place, ending in zip(PLACES.value[1:], ("obrim", "adlow"), strict=True):
        members += [(place, name + ending, role, None) for name, role in NEIGHBOURS_POSTS.value]
    members += [(MAIN, *SUPPORT.value), (MAIN, *COURT_DUTY.value)]
    return tuple(
        # The ending .example belongs to nobody: RFC 2606.
        Member(
            number, place.service, name, f"{name.lower().replace(' ', '.')}@{place.service.lower()}.example", role, team
        )
        for number, (place, name, role, team) in enumerate(members, 1)
    )


STAFF = made()


def staff_table() -> pa.Table:
    """The staff as a table: staff_id, service, name, email, role, team."""
    return pa.Table.from_pylist([asdict(one) for one in STAFF])
