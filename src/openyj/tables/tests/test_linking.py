"""Rule FTE-5: records with the same originating id and date of birth are one person."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.tables import CaseTables, linked

BORN = date(2006, 5, 15)


def record(child_id: int, person: int, origin: str | None, born: date | None = BORN, deleted: bool = False) -> dict:
    return {
        "child_id": child_id,
        "person": person,
        "service": "North",
        "originating_yot_person_id": origin,
        "date_of_birth": born,
        "deleted": deleted,
    }


def persons(*records: dict) -> list[int]:
    return linked(CaseTables.from_rows({"child": records}))["child"]["person"].to_pylist()


def test_same_id_and_birth_are_one_person() -> None:
    assert persons(record(1, 8, "A7"), record(2, 5, "A7")) == [5, 5]


@pytest.mark.parametrize("origin", [None, "", "N/A", "n/a", "A 7", " A7", " "])
def test_what_is_no_id_links_nobody(origin: str | None) -> None:
    assert persons(record(1, 8, origin), record(2, 5, origin)) == [8, 5]


def test_another_birth_or_an_unknown_one_is_another_child() -> None:
    other = date(2006, 5, 16)
    assert persons(record(1, 8, "A7"), record(2, 5, "A7", other), record(3, 2, "A7", None)) == [8, 5, 2]
    assert persons(record(1, 8, "A7", None), record(2, 5, "A7", None)) == [8, 5]


def test_deleted_record_links_nobody() -> None:
    assert persons(record(1, 8, "A7"), record(2, 5, "A7", deleted=True)) == [8, 5]


def test_persons_joined_through_others_are_one() -> None:
    """9 and 7 share A; 7 and 4 share B; 4's two records already name one person; 4 and 6 share C."""
    found = persons(
        record(1, 9, "A"), record(2, 7, "A"), record(3, 7, "B"), record(4, 4, "B"), record(5, 4, "C"), record(6, 6, "C")
    )
    assert found == [4] * 6


def test_every_table_follows_and_the_rest_stays() -> None:
    held = CaseTables.from_rows(
        {
            "child": [record(1, 8, "A7"), record(2, 5, "A7")],
            "hearing": [
                {"hearing_id": 1, "person": 8, "child_id": 1, "hearing_date": BORN},
                {"hearing_id": 2, "person": 9, "child_id": 3, "hearing_date": BORN},
            ],
            "service": [{"service": "North", "name": "North", "invented": True}],
        }
    )
    found = linked(held)
    assert found["hearing"]["person"].to_pylist() == [5, 9]
    assert found["hearing"].drop_columns("person") == held["hearing"].drop_columns("person")
    assert found["service"] == held["service"]
    assert [table.schema for table in found.values()] == [table.schema for table in held.values()]


RECORDS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from((None, "N/A", "A", "B", "C")),
        st.sampled_from((BORN, date(2007, 1, 1), None)),
        st.sampled_from((False, False, True)),
    ),
    max_size=9,
).map(lambda drawn: [record(n, person, *rest) for n, (person, *rest) in enumerate(drawn, 1)])


@settings(deadline=None)
@given(RECORDS)
def test_linking_is_the_finest_that_joins_what_must_be_joined(records: list[dict]) -> None:
    """Against the definition itself: keep merging any two records that must be one until nothing changes."""
    person = {each["child_id"]: each["person"] for each in records}

    def must_be_one(a: dict, b: dict) -> bool:
        key = ("originating_yot_person_id", "date_of_birth")
        usable = a["originating_yot_person_id"] not in (None, "N/A") and a["date_of_birth"] is not None
        same_child = usable and all(a[k] == b[k] for k in key) and not (a["deleted"] or b["deleted"])
        return same_child or a["person"] == b["person"]

    changed = True
    while changed:
        changed = False
        for a in records:
            for b in records:
                least = min(person[a["child_id"]], person[b["child_id"]])
                if must_be_one(a, b) and {person[a["child_id"]], person[b["child_id"]]} != {least}:
                    person[a["child_id"]] = person[b["child_id"]] = least
                    changed = True
    held = CaseTables.from_rows({"child": records})
    found = linked(held)
    assert found["child"]["person"].to_pylist() == [person[each["child_id"]] for each in records]
    assert linked(found)["child"] == found["child"]


@settings(deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(records: list[dict], chance) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    one, other = (
        linked(CaseTables.from_rows({"child": each}))["child"].sort_by("child_id") for each in (records, shuffled)
    )
    assert one == other


def test_long_chain_is_quick_and_one_person() -> None:
    n = 5000
    rows = [record(2 * i + j, i + j, f"K{i}") for i in range(1, n) for j in (0, 1)]
    held = CaseTables({"child": CaseTables.from_rows({"child": rows})["child"]})
    assert linked(held)["child"]["person"].unique() == pa.array([1])
