"""Names and addresses are nobody's, belong to one person across records, and come out the same every time."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from openyj.invented import names
from openyj.invented.details import details
from openyj.invented.places import MAIN, PLACES
from openyj.invented.service import service
from openyj.invented.staff import STAFF, TEAMS
from openyj.tables import linked

SHARED = Path(__file__).parents[5] / "shared"


@pytest.fixture(scope="module")
def tables():
    return service()


@pytest.fixture(scope="module")
def more(tables):
    return details(tables)


def test_details_cover_every_child_address_and_offence(tables, more):
    assert more.children["child_id"].to_pylist() == tables["child"]["child_id"].to_pylist()
    assert more.addresses["residence_id"].to_pylist() == tables["residence"]["residence_id"].to_pylist()
    assert more.offences["offence_id"].to_pylist() == tables["offence"]["offence_id"].to_pylist()
    assert "Not described" not in more.offences["description"].to_pylist()


def test_details_called_twice_are_the_same(tables, more):
    again = details(tables)
    assert again.children.equals(more.children)
    assert again.addresses.equals(more.addresses)
    assert not details(tables, seed=1).children.equals(more.children)


def test_two_records_of_one_child_have_one_name(tables, more):
    named: dict[int, set] = {}
    for person, given, family in zip(
        linked(tables)["child"]["person"].to_pylist(),
        more.children["given_name"].to_pylist(),
        more.children["family_name"].to_pylist(),
        strict=True,
    ):
        named.setdefault(person, set()).add((given, family))
    assert {len(found) for found in named.values()} == {1}
    assert len(named) < len(tables.persons()) < len(tables["child"])


def test_only_children_of_the_main_service_have_its_workers(tables, more):
    service_of = tables["child"]["service"].to_pylist()
    workers = more.children["worker_id"].to_pylist()
    staff = {one.staff_id: one for one in STAFF}
    teams = more.children["team"].to_pylist()
    given = [(s, w, t) for s, w, t in zip(service_of, workers, teams, strict=True) if w]
    assert 30 <= len(given) <= 150
    assert all(s == MAIN.service and staff[w].role == "practitioner" and staff[w].team == t for s, w, t in given)


def test_staff_are_twenty_one_with_unlike_addresses_and_a_worker_at_each_neighbour():
    assert sum(one.service == MAIN.service for one in STAFF) == 22
    assert len({one.email for one in STAFF}) == len(STAFF)
    assert {one.team for one in STAFF if one.team} == set(TEAMS)
    assert {one.service for one in STAFF} == {place.service for place in PLACES.value}


def test_nothing_rings_or_is_delivered(more):
    phones = [p for column in ("phone", "carer_phone") for p in more.children[column].to_pylist() if p]
    assert all(re.fullmatch(r"07700 900\d{3}", phone) for phone in phones)
    assert all(one.email.endswith(".example") for one in STAFF)
    posted = [code for code in more.addresses["postcode"].to_pylist() if code]
    assert all(re.fullmatch(r"[A-Z]{2}\d{1,2} \dV[A-Z]", code) for code in posted)


def invented_places() -> list[str]:
    return [
        word.lower()
        for place in PLACES.value
        for text in (place.name.removesuffix(" Youth Justice Service"), *(name for name, _ in place.localities))
        for word in (text, *text.split())
    ]


def real_authorities() -> set[str]:
    path = SHARED / "data" / "uk_local_authorities.csv"
    if not path.is_file():
        pytest.skip("the open list of local authorities is not beside the repository")
    with path.open(encoding="utf-8") as lines:
        return {row["nice-name"].lower() for row in csv.DictReader(lines)}


def test_no_place_has_the_name_of_a_real_authority():
    real = real_authorities()
    assert "sefton" in real
    assert [place for place in invented_places() if place in real] == []


def test_no_family_name_stands_in_a_published_plan():
    texts = [path.read_text(encoding="utf-8") for path in SHARED.glob("*/*") if path.suffix in (".md", ".txt")]
    if not texts:
        pytest.skip("the published plans are not beside the repository")
    written = set(re.findall(r"[a-z]+", " ".join(texts).lower()))
    families = {one.name.split()[1] for one in STAFF} | {
        a + b + c for a in names.FAMILY_STARTS for b in names.FAMILY_MIDDLES for c in names.FAMILY_ENDS
    }
    assert sorted(name for name in families if name.lower() in written) == []
