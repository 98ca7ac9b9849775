"""What the rows of a board's meeting have to say together: each rule finds its fault and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openyj.tables import CaseTables, validate
from openyj.tables.codes import STATUTORY_SECTORS
from openyj.tables.tests.rows import sound

AS_OF = date(2022, 3, 31)
Row = dict[str, Any]


def boards() -> list[Row]:
    """A meeting of North: the police's senior partner came, and a delegate for health."""
    return sound()["board_attendance"]


def faults(rows: list[Row]) -> list[tuple[str, str, str | None]]:
    held = CaseTables.from_rows({"service": sound()["service"], "board_attendance": rows})
    return [(fault.rule, fault.severity, fault.key) for fault in validate(held, AS_OF)]


def changed(sector: str, /, **change: Any) -> list[Row]:
    return [row | change if row["sector"] == sector else row for row in boards()]


def test_statutory_sectors_are_five_and_other_is_none_of_them() -> None:
    assert STATUTORY_SECTORS == ("SOCIAL_CARE", "EDUCATION", "POLICE", "PROBATION", "HEALTH")


def test_sound_meeting_has_no_fault() -> None:
    assert faults(boards()) == []
    assert faults([*boards(), boards()[0] | {"sector": "OTHER"}]) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([row | {"meeting_date": date(2022, 4, 1)} for row in boards()], [("BRD-1", s) for s in STATUTORY_SECTORS]),
        ([row for row in boards() if row["sector"] != "HEALTH"], [("BRD-2", "HEALTH")]),
        (changed("POLICE", meeting_date=date(2021, 5, 12)), [("BRD-3", "POLICE"), ("BRD-3", "PROBATION"),
                                                            ("BRD-3", "SOCIAL_CARE")]),
        (changed("EDUCATION", new_partner=True), [("BRD-4", "EDUCATION")]),
        ([row | {"held": False} for row in boards()], [("BRD-5", "HEALTH"), ("BRD-5", "POLICE")]),
        (changed("POLICE", sector="ARMY"), [("CODE-1", "ARMY"), ("BRD-2", "POLICE")]),
        ([row | {"service": "Nort"} for row in boards()], [("SRV-1", s) for s in STATUTORY_SECTORS]),
        ([*boards(), boards()[0]], [("KEY-1", "EDUCATION")]),
    ],
)  # fmt: skip
def test_rule_finds_its_fault(rows: list[Row], found: list[tuple[str, str]]) -> None:
    service = rows[0]["service"]
    assert sorted((rule, key) for rule, _, key in faults(rows)) == sorted(
        (rule, f"{service}, 1, {sector}") for rule, sector in found
    )


def test_what_makes_a_figure_wrong_is_an_error_and_what_makes_it_doubtful_a_warning() -> None:
    severities = {rule: severity for rule, severity, _ in faults([row | {"held": False} for row in boards()])}
    severities |= {rule: severity for rule, severity, _ in faults(changed("EDUCATION", new_partner=True))}
    assert severities == {"BRD-4": "warning", "BRD-5": "warning"}
    assert faults([row for row in boards() if row["sector"] != "HEALTH"])[0][1] == "error"
