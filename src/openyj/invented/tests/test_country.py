"""The invented country: the same every time, whole or not at all, with the faults that are said and no others."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from openyj.invented import country, country_files
from openyj.invented.country import Country, before_the_quarter, entrants_a_year, late_returns, places_of
from openyj.invented.country_files import write_country
from openyj.invented.country_parameters import (
    CAUTIONED_OR_SENTENCED,
    CUSTODIAL_SENTENCES,
    FIRST_TIME_ENTRANTS,
    REGIONS,
)
from openyj.invented.draws import NO_DAY, day_number
from openyj.invented.nation import returned
from openyj.invented.records import HOME
from openyj.invented.service import KNOWN_FAULTS
from openyj.tables import BY_NAME, CaseTables, linked, read_folder, validate

SMALL = Country(seed=7, services=30, years=3, scale=0.6)


def rows(tables, name):
    return tables[name].to_pylist()


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A small country in three portions, as a large one is."""
    folder = tmp_path_factory.mktemp("country") / "small"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(country, "PORTION", 700)
        write_country(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def tables(folder) -> CaseTables:
    return read_folder(folder)


@pytest.fixture(scope="module")
def planted(folder):
    return parquet.read_table(folder / "planted" / "records.parquet").to_pylist()


def test_the_same_country_twice_is_the_same_bytes(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(country, "PORTION", 700)
    write_country(SMALL, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(folder)
    assert set(bytes_of(folder)) == {f"{name}.parquet" for name in BY_NAME} | {
        "planted/records.parquet",
        "planted/returns.parquet",
    }


def test_the_same_country_in_another_process_is_the_same_bytes(tmp_path):
    made = []
    for nth in ("1", "2"):
        words = ["demo-data", "--services", "6", "--years", "2", "--scale", "0.1", "--seed", "3", "--out"]
        environment = os.environ | {"PYTHONHASHSEED": nth, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        subprocess.run(
            [sys.executable, "-m", "openyj.command", *words, str(tmp_path / nth)],
            env=environment,
            check=True,
            capture_output=True,
        )
        made.append(bytes_of(tmp_path / nth))
    assert made[0] == made[1]
    assert made[0]


def test_another_seed_is_another_country():
    names = {one.share for one in places_of(SMALL)}
    assert names.isdisjoint(one.share for one in places_of(Country(seed=8, services=30, years=3, scale=0.6)))


def test_the_country_has_the_known_faults_and_no_others(tables):
    found = validate(tables, SMALL.until)
    assert {fault.rule for fault in found} == set(KNOWN_FAULTS)
    assert [str(fault) for fault in found if fault.severity == "error"] == []


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), services=st.integers(2, 12), years=st.integers(1, 5))
def test_any_country_has_no_faults_but_the_known(tmp_path_factory, seed, services, years):
    until = date(2024, 2, 29)
    into = tmp_path_factory.mktemp("any") / "country"
    write_country(Country(seed, services, years, 0.2, until), into)
    found = validate(read_folder(into), until)
    assert [str(fault) for fault in found if fault.rule not in KNOWN_FAULTS] == []


def test_portions_share_no_number_and_follow_each_other_by_person(folder, tables):
    assert parquet.ParquetFile(folder / "child.parquet").num_row_groups > 2
    for name, declared in BY_NAME.items():
        if declared.person:
            person = tables[name]["person"].to_numpy()
            assert (np.diff(person) >= 0).all(), name
        if len(declared.key) == 1 and declared.person:
            assert pc.count_distinct(tables[name][declared.key[0]]).as_py() == len(tables[name]), name
    ids = tables["child"]["current_yot_id"]
    assert pc.count_distinct(ids).as_py() == len(ids)


def test_occasions_of_two_portions_are_not_one(tables):
    persons = {}
    for row in rows(tables, "offence_legal_outcome"):
        persons.setdefault(row["sentencing_occasion_id"], set()).add(row["child_id"])
    assert max(map(len, persons.values())) == 1


# --- who is who --------------------------------------------------------------------------------------


def test_every_way_of_being_one_person_is_there(planted):
    assert {(row["kind"], row["found"]) for row in planted} == {
        ("first", "first"),
        ("moved", "same person"),
        ("moved", "by id"),
        ("moved", "not found"),
        ("other court", "same person"),
        ("recorded twice", "same person"),
        ("recorded twice", "by id"),
        ("recorded twice", "not found"),
    }


def test_a_record_is_found_to_be_the_same_person_as_was_said_and_no_other_way(tables, planted):
    """``linked`` is the rule; ``planted`` is the truth."""
    now = {row["child_id"]: row["person"] for row in rows(linked(tables), "child")}
    was = {row["child_id"]: row["person"] for row in rows(tables, "child")}
    first = {row["true_person"]: row["child_id"] for row in planted if row["found"] == "first"}
    assert set(was) == {row["child_id"] for row in planted}
    for row in planted:
        child, origin = row["child_id"], first.get(row["true_person"])
        if origin is None:  # the first record's service has not returned yet
            continue
        told = row["found"] in ("first", "same person")
        assert (was[child] == was[origin]) == told, row
        assert (now[child] == now[origin]) == (told or row["found"] == "by id"), row


def test_records_of_one_person_agree_on_who_that_is(tables, planted):
    child = {row["child_id"]: row for row in rows(tables, "child")}
    facts = {}
    for row in planted:
        one = child[row["child_id"]]
        facts.setdefault(row["true_person"], set()).add((one["date_of_birth"], one["sex"], one["ethnicity"]))
    assert max(map(len, facts.values())) == 1


def test_a_child_recorded_twice_has_both_records_in_one_service_and_a_mover_has_not(tables, planted):
    service = {row["child_id"]: row["service"] for row in rows(tables, "child")}
    first = {row["true_person"]: row["child_id"] for row in planted if row["found"] == "first"}
    pairs = [(row["kind"], service[row["child_id"]], service[first[row["true_person"]]])
             for row in planted if row["found"] != "first" and row["true_person"] in first]  # fmt: skip
    assert {kind for kind, here, there in pairs if here == there} == {"recorded twice"}
    assert {kind for kind, here, there in pairs if here != there} == {"moved", "other court"}


def test_most_moves_stay_within_the_region(tables, planted):
    region = {row["service"]: row["region"] for row in rows(tables, "service")}
    service = {row["child_id"]: row["service"] for row in rows(tables, "child")}
    first = {row["true_person"]: row["child_id"] for row in planted if row["found"] == "first"}
    near = [
        region[service[row["child_id"]]] == region[service[first[row["true_person"]]]]
        for row in planted
        if row["kind"] == "moved" and row["true_person"] in first
    ]
    assert 0.5 < sum(near) / len(near) < 0.95


def test_most_other_courts_services_say_that_the_child_lived_elsewhere_and_some_forget_to(tables, planted):
    kind = {row["child_id"]: row["kind"] for row in planted}
    said = [
        row["residence_on_legal_outcome_date"]
        for row in rows(tables, "offence_legal_outcome")
        if kind[row["child_id"]] == "other court"
    ]
    assert set(said) == {"OTHER", None}
    assert said.count("OTHER") > said.count(None)


# --- late returns ------------------------------------------------------------------------------------

DATED = [
    ("offence", "offence_date"),
    ("offence", "arrest_date"),
    ("hearing", "hearing_date"),
    ("offence_legal_outcome", "outcome_date"),
    ("intervention_programme", "start_date"),
    ("intervention_programme", "end_date"),
    ("transfer", "transfer_date"),
    ("residence", "start_date"),
]


@pytest.mark.parametrize(("name", "column"), DATED)
def test_a_late_service_tells_of_nothing_after_its_last_day_and_others_do(folder, tables, name, column):
    late = {row["service"]: row["returned_until"] for row in returns(folder)}
    service = {row["child_id"]: row["service"] for row in rows(tables, "child")}
    days = [(service[row["child_id"]], row[column]) for row in rows(tables, name) if row[column]]
    assert [one for one in days if one[0] in late and one[1] > late[one[0]]] == []
    assert [one for one in days if one[0] not in late and one[1] > max(late.values())]


def test_an_appeal_decided_after_the_last_return_is_not_told_of():
    """The tables have no day of an appeal, so this looks at the frames: day 100 is the last day of the one place."""
    record = {"place": np.array([0]), "kind": np.array([HOME]), "from": np.array([0]), "to": np.array([900])}
    decided, appealed = np.array([50, 50, 100]), np.array([100, 101, NO_DAY])
    occasion = {
        "record": np.zeros(3, dtype=np.int64),
        "day": np.array([10, 10, 20]),
        "decided": decided,
        "arrest": np.full(3, NO_DAY),
        "first_hearing": np.full(3, NO_DAY),
        "appeal": np.array(["Result of appeal unchanged", "Changed on appeal", None], dtype=object),
        "appeal_day": appealed,
        "breach_of": np.full(3, -1),
    }
    nothing = np.zeros(0, dtype=np.int64)
    offence = {"occasion": np.arange(3)}
    programme = {"occasion": nothing, "start": nothing, "end": nothing, "completed": nothing.astype(object)}
    transfer = {"record": nothing, "day": nothing}
    *_, left_out = returned(record, occasion, offence, programme, transfer, until=np.array([100]))
    assert occasion["appeal"].tolist() == ["Result of appeal unchanged", None, None]
    assert occasion["appeal_day"].tolist() == [100, NO_DAY, NO_DAY]
    assert (occasion["decided"].tolist(), left_out.tolist()) == ([50, 50, 100], [0])


def returns(folder) -> list[dict]:
    return parquet.read_table(folder / "planted" / "returns.parquet").to_pylist()


def test_each_way_of_being_late_is_there_and_something_is_still_to_come(folder):
    found = {row["late"]: row["returned_until"] for row in returns(folder)}
    assert found == {
        "two quarters missing": date(2026, 3, 31),
        "last quarter missing": date(2026, 6, 30),
        "last weeks missing": date(2026, 8, 16),
    }
    assert sum(row["decisions_not_returned"] for row in returns(folder)) > 0


def test_two_services_are_enough_for_lateness():
    last, how = late_returns(Country(services=2))
    assert len(last) == len(how) == 2


@pytest.mark.parametrize(
    ("day", "before"), [(date(2026, 9, 30), date(2026, 6, 30)), (date(2026, 1, 1), date(2025, 12, 31))]
)
def test_the_day_before_a_quarter(day, before):
    assert before_the_quarter(day) == before


# --- places ------------------------------------------------------------------------------------------


def test_157_services_lie_in_every_region_and_differ_in_size():
    places = places_of(Country())
    assert len({one.service for one in places}) == len({one.name for one in places}) == 157
    assert len({one.letters for one in places}) == 157
    assert {one.region for one in places} == set(REGIONS.value)
    assert {one.region for one in places if one.country == "Wales"} == {"Wales"}
    size = np.sort([one.population for one in places])
    assert size[-1] > 4 * np.median(size) > 8 * size[0]
    assert sum(one.share for one in places) == pytest.approx(1)


def test_a_rate_can_be_computed_for_every_service_and_year(tables):
    years = {row["service"]: set() for row in rows(tables, "service")}
    for row in rows(tables, "population"):
        years[row["service"]].add(row["year"])
        assert row["aged_10_to_17"] > 0
    assert set(map(frozenset, years.values())) == {frozenset(range(2022, 2027))}


def test_each_regions_rate_is_the_mean_of_its_published_ones():
    shipped = Path(__file__).parents[2] / "reference" / "data" / "published_rate.csv"
    with shipped.open(encoding="utf-8", newline="") as file:
        published = {
            row["area"]: [float(row[str(year)]) for year in range(2017, 2025)]
            for row in csv.DictReader(file)
            if row["measure"] == "FirstYJS" and row["area"] in REGIONS.value
        }
    assert set(REGIONS.value) - set(published) == {"Wales"}
    assert {name: round(np.mean(rates)) for name, rates in published.items()} == pytest.approx(
        {name: rate for name, (_, _, rate) in REGIONS.value.items() if name != "Wales"}, abs=1
    )


def test_primary_addresses_never_overlap(tables):
    episodes = sorted(
        (row["child_id"], row["start_date"], row["end_date"] or date.max)
        for row in rows(tables, "residence")
        if row["primary_residence"]
    )
    assert [(a, b) for a, b in pairwise(episodes) if a[0] == b[0] and b[1] <= a[2]] == []


def test_residents_are_as_many_times_the_countrys_as_the_children():
    def residents(scale):
        return sum(one.population for one in places_of(Country(scale=scale)))

    assert residents(10) == pytest.approx(10 * residents(1), rel=0.001)


def test_no_service_has_the_name_of_a_real_authority():
    listed = Path(__file__).parents[5] / "shared" / "data" / "uk_local_authorities.csv"
    if not listed.exists():
        pytest.skip("the open list of authorities is not beside this checkout")
    real = listed.read_text(encoding="utf-8").lower()
    assert [one.service for one in places_of(Country(services=377)) if one.service.lower() in real] == []


# --- the course over the years -----------------------------------------------------------------------


@pytest.mark.parametrize("published", [FIRST_TIME_ENTRANTS, CAUTIONED_OR_SENTENCED, CUSTODIAL_SENTENCES])
def test_published_figures_say_their_source_and_come_in_order(published):
    assert all(earlier[0] < later[0] for earlier, later in pairwise(published.value))
    assert all("20" in source for _, _, source in published.value)


def test_the_course_goes_through_the_published_figures():
    for end, number, _ in FIRST_TIME_ENTRANTS.value:
        days = day_number(end) - np.arange(365)
        assert entrants_a_year(days).mean() == pytest.approx(number, rel=0.06), end


def test_the_course_falls_before_the_first_published_year_and_holds_after_the_last():
    long_ago, earlier, later, latest = entrants_a_year(
        np.array([day_number(date(y, 1, 1)) for y in (2010, 2011, 2026, 2036)])
    )
    assert earlier == pytest.approx(long_ago * 0.89, rel=0.01)
    assert later == latest == pytest.approx(8_100)


# --- whole or not at all -----------------------------------------------------------------------------


def test_a_country_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fails(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(country_files, "told_late", fails)
    with pytest.raises(OSError, match="No space left"):
        write_country(Country(services=3, years=1, scale=0.1), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_every_portion_holds_other_children(folder):
    file = parquet.ParquetFile(folder / "child.parquet")
    born = [file.read_row_group(nth, ["date_of_birth"])["date_of_birth"].to_pylist() for nth in range(2)]
    assert born[0][:50] != born[1][:50]


def test_every_portion_is_drawn_from_numbers_of_its_own(monkeypatch):
    """Portions are of nearly the same size, so two that begin alike would hold the same children."""
    monkeypatch.setattr(country, "PORTION", 300)
    monkeypatch.setattr(country, "drawn", lambda rng, *rest: rng.integers(2**62))
    first = list(country.portions(SMALL))
    assert len(first) > 3 and len(set(first)) == len(first)
    another = list(country.portions(Country(seed=8, services=30, years=3, scale=0.6)))
    assert set(first).isdisjoint(another)


def test_nobody_is_kept_of_whom_nothing_was_decided_in_the_years_or_is_to_come(tables, planted):
    begins = SMALL.until.replace(year=SMALL.until.year - SMALL.years)
    true = {row["child_id"]: row["true_person"] for row in planted}
    decided = {row["offence_id"]: row["outcome_date"] for row in rows(tables, "offence_legal_outcome")}
    alive, everybody = set(), set()
    for row in rows(tables, "offence"):
        everybody.add(true[row["child_id"]])
        if decided.get(row["offence_id"], date.max) >= begins:
            alive.add(true[row["child_id"]])
    assert len(everybody - alive) < 0.02 * len(everybody)


def test_some_moved_children_are_strangers_though_no_record_is_deleted(tables, planted):
    child = {row["child_id"]: row for row in rows(tables, "child")}
    gone = {row["true_person"] for row in planted if child[row["child_id"]]["deleted"]}
    unlinked = [row for row in planted if (row["kind"], row["found"]) == ("moved", "not found")]
    assert [
        row
        for row in unlinked
        if row["true_person"] not in gone and child[row["child_id"]]["originating_yot_person_id"] is None
    ]
