"""The container: declared shape, and a missing table that is not an empty one."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from openyj.tables import ALL, BY_NAME, CaseTables, TableNotSupplied, Unfit, shipped, with_shipped
from openyj.tables.codes import (
    BREACH_CATEGORIES,
    ETHNICITY,
    ETHNICITY_GROUPS,
    LISTS,
    OUTCOME_GROUP,
    OUTCOME_GROUPS,
)
from openyj.tables.tests.rows import case_tables, sound


def test_missing_table_is_not_an_empty_one() -> None:
    held = CaseTables.from_rows({"child": []})
    assert len(held["child"]) == 0
    assert "child" in held
    assert "offence" not in held
    with pytest.raises(TableNotSupplied, match=r"^table offence was not supplied$"):
        held["offence"]


def test_tables_come_in_order_of_dependency() -> None:
    assert list(case_tables(sound())) == [table.name for table in ALL]
    for place, table in enumerate(ALL):
        before = {each.name for each in ALL[: place + 1]}
        assert {column.refers_to for column in table.columns} - {None} <= before


def test_columns_are_put_in_the_declared_order_and_type() -> None:
    given = case_tables(sound())["hearing"]
    other = given.select(list(reversed(given.column_names)))
    place = other.column_names.index("court_type")
    other = other.set_column(place, "court_type", other["court_type"].cast(pa.large_string()).dictionary_encode())
    place = other.column_names.index("person")
    other = other.set_column(place, "person", other["person"].cast(pa.int32()))
    assert CaseTables({"hearing": other})["hearing"] == given


def test_everything_wrong_with_the_shape_is_said_at_once() -> None:
    hearing = pa.table(
        {
            "hearing_id": pa.array([1, None]),
            "person": pa.array(["a", "b"]),
            "child_id": pa.array([1, 1]),
            "hearing_date": pa.array([datetime(2021, 1, 1, 9, 30), None]),
            "judge": ["x", "y"],
            "remand_proposal_words": pa.nulls(2, pa.string()),
            "remand_decision": pa.nulls(2, pa.string()),
            "remand_decision_words": pa.nulls(2, pa.string()),
            "remand_proposal": pa.nulls(2, pa.string()),
            "adjourned_to": pa.nulls(2, pa.date32()),
        }
    )
    with pytest.raises(Unfit) as refusal:
        CaseTables({"hearing": hearing, "weather": pa.table({})})
    assert [(fault.rule, fault.table, fault.column) for fault in refusal.value.faults] == [
        ("SHAPE-2", "hearing", "judge"),
        ("SHAPE-5", "hearing", "hearing_id"),
        ("SHAPE-4", "hearing", "person"),
        ("SHAPE-4", "hearing", "hearing_date"),
        ("SHAPE-3", "hearing", "court_type"),
        ("SHAPE-1", "weather", None),
    ]
    assert "Known: hearing_id, person, child_id" in str(refusal.value)


def test_type_that_cannot_become_the_declared_one_is_refused() -> None:
    nested = pa.table({"service": ["N"], "name": ["N"], "region": [["x"]], "country": ["Wales"], "invented": [True]})
    with pytest.raises(Unfit, match="SHAPE-4 service region"):
        CaseTables({"service": nested})


def test_undeclared_column_of_a_row_is_refused() -> None:
    with pytest.raises(Unfit, match="SHAPE-2 child shoe_size: No such column"):
        CaseTables.from_rows({"child": [{"child_id": 1, "shoe_size": 5}]})


def test_of_persons_keeps_their_rows_and_the_reference_tables() -> None:
    rows = sound()
    rows["child"].append(rows["child"][0] | {"child_id": 2, "person": 2})
    held = case_tables(rows)
    assert held.persons() == [1, 2]
    part = held.of_persons([2])
    assert part["child"]["child_id"].to_pylist() == [2]
    assert len(part["offence"]) == 0
    assert part["legal_outcome"] == held["legal_outcome"]
    assert list(part) == list(held)


def test_shipped_mappings_fill_in_only_what_is_missing() -> None:
    own = shipped()["legal_outcome"].slice(0, 1)
    held = with_shipped(CaseTables({"legal_outcome": own}))
    assert held["legal_outcome"] == own
    assert held["disposal_type"] == shipped()["disposal_type"]
    assert "population" not in held


def test_shipped_outcomes_hold_the_forced_groups_and_rank_by_group_alone() -> None:
    """indicators.md section 1, step 1: which codes are forced where, whatever a return calls them."""
    rows = {row["legal_outcome"]: row for row in shipped()["legal_outcome"].to_pylist()}
    for code in ("SECTION_250", "SECTION_254", "SECTION_259"):
        assert rows[code]["outcome_group"] == "Custody"
    informal = [code for code in rows if code.startswith(("COMMUNITY_RESOLUTION", "OTHER_INFORMAL_ACTION"))]
    assert len(informal) == 7
    assert {rows[code]["outcome_group"] for code in informal} == {"Diversion"}
    assert {(row["outcome_group"], row["seriousness_rank"]) for row in rows.values()} == set(
        zip(OUTCOME_GROUPS, (1, 2, 3, 4, 5), strict=True)
    )
    assert all(row["valid_from"] == date(1900, 1, 1) and row["valid_to"] is None for row in rows.values())


def test_code_lists_named_by_columns_exist_and_are_used() -> None:
    named = {column.code_list for table in ALL for column in table.columns} - {None}
    assert named == set(LISTS)


def test_every_ethnicity_has_a_reporting_group_and_every_group_a_code() -> None:
    assert set(ETHNICITY.groups()) == set(ETHNICITY.codes)
    assert set(ETHNICITY.groups().values()) == set(ETHNICITY_GROUPS)


def test_outcome_group_is_known_in_any_case_and_others_are_not() -> None:
    assert "pre-court" in OUTCOME_GROUP
    assert "Pre-court" in OUTCOME_GROUP
    assert "w1" not in ETHNICITY
    assert None not in ETHNICITY


def test_breaches_are_the_three_categories() -> None:
    assert set(BREACH_CATEGORIES) == {"BREACH_OF_BAIL", "BREACH_OF_CONDITIONAL_DISCHARGE", "BREACH_OF_STATUTORY_ORDER"}


def test_every_table_and_code_list_says_what_it_is() -> None:
    assert all(table.__doc__ for table in BY_NAME.values())
    assert all(value.label and value.source for listed in LISTS.values() for value in listed.values)


def test_a_column_that_stands_twice_is_refused() -> None:
    table = CaseTables.from_rows({"service": [{"service": "Z1", "name": "Zelham", "invented": True}]})["service"]
    with pytest.raises(Unfit) as unfit:
        CaseTables({"service": table.append_column("name", table["name"])})
    assert [(f.rule, f.column) for f in unfit.value.faults] == [("SHAPE-8", "name")]


def test_a_day_no_calendar_has_is_refused() -> None:
    table = CaseTables.from_rows({"child": [{"child_id": 1, "person": 1, "service": "Z1", "deleted": False}]})["child"]
    days = pa.array([2**30], pa.int32()).cast(pa.date32())
    with pytest.raises(Unfit, match="years 1 to 9999"):
        CaseTables({"child": table.set_column(table.column_names.index("date_of_birth"), "date_of_birth", days)})
