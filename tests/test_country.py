"""The measures on an invented country: the checks of ``benchmarks.country_checks``, on a small one, and that they
notice when something is wrong. The command does the same for the full country."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from benchmarks.country_accounts import added_up, known_only_to_one, nobody_in_common, put
from benchmarks.country_checks import agree_with_reference, beside_published, sample, split_by_person
from benchmarks.country_held import Differs, Held
from openyj.command import main
from openyj.invented.country import Country
from openyj.invented.country_files import write_country
from openyj.measures import OF_CHILDREN

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to" / "invent-a-country.md"
SMALL = Country(services=30, years=4, scale=0.6)


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> Held:
    folder = tmp_path_factory.mktemp("country") / "small"
    write_country(SMALL, folder)
    return Held.read(folder, SMALL.until)


def again(held: Held) -> Held:
    """The same country without the cohorts that are already known."""
    return Held(held.tables, held.planted, held.returns, held.as_of)


# --- the checks hold ---------------------------------------------------------------------------------


def test_the_cohort_of_the_country_is_the_union_of_the_cohorts_of_its_parts(held):
    assert len(list(split_by_person(held, 7))) == 2 * len(OF_CHILDREN)


def test_the_plain_reference_counts_the_same_of_sampled_persons(held):
    said = list(agree_with_reference(held, 1000, seed=1))
    assert said[0].startswith("1,000 persons")
    assert len(said) == 1 + len(OF_CHILDREN)


def test_the_sample_holds_those_who_are_easily_counted_wrong(held):
    chosen = sample(held, 1000, seed=1)
    assert min(map(len, chosen.values())) >= 20
    assert len({person for persons in chosen.values() for person in persons}) == 1000


def test_services_add_up_to_the_nation_but_for_children_who_lived_elsewhere(held):
    assert len(list(added_up(held))) == len(OF_CHILDREN) + 1


def test_every_row_a_service_would_count_by_itself_has_its_reason(held):
    said = "\n".join(known_only_to_one(held))
    for words in (
        "the first outcome was at another service, which counts the child",
        "the first outcome was earlier and elsewhere, as OTHER: nobody's first time entrant",
        "the quarter's first event was at another service, which has the child in its cohort",
        "stand on another service's record",
    ):
        assert words in said


def test_rows_that_would_differ_if_it_were_known_who_is_who_are_of_children_nothing_links(held):
    said = list(nobody_in_common(held))
    assert len(said) == len(OF_CHILDREN)
    assert "the 0 rows" not in said[0]


@pytest.mark.slow
def test_the_country_is_as_large_as_the_published_figures_say(tmp_path):
    """The whole country: first time entrants within 5 per cent of each published year, cautioned or sentenced within
    7, and custodial sentences, which are few, within 15."""
    near = {"first time entrants": 0.05, "cautioned or sentenced": 0.07, "custodial sentences": 0.15}
    country = Country()
    write_country(country, tmp_path / "country")
    found = list(beside_published(Held.read(tmp_path / "country", country.until), country.size, date(2016, 9, 30)))
    assert {what for what, *_ in found} == set(near)
    assert len(found) == 16
    for what, end, counted, published in found:
        assert counted == pytest.approx(published, rel=near[what]), (what, end)


def test_the_how_to_runs_as_written_with_fewer_services(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = [line for line in HOW_TO.read_text(encoding="utf-8").splitlines() if line.strip().startswith("$ openyj ")]
    assert len(lines) == 3
    for line in lines:
        words = shlex.split(line.strip().removeprefix("$ openyj "))
        assert main([{"157": "6"}.get(word, word) for word in words]) == 0, line
    first = capsys.readouterr().out.split("first-time-entrants", 1)[1]
    assert "2017/18" in first


# --- and notice what is wrong ------------------------------------------------------------------------


def without(name: str, *rules: str):
    return replace(OF_CHILDREN[name], cohort=partial(OF_CHILDREN[name].cohort, without=frozenset(rules)))


def test_a_measure_that_looks_at_other_persons_is_noticed(held, monkeypatch):
    def above_the_mean(t, as_of):
        rows = custody.cohort(t, as_of)
        return rows.mutate(age=rows.person.mean().over(ibis.window()).cast("int64"))

    custody = OF_CHILDREN["custody"]
    monkeypatch.setitem(OF_CHILDREN, "custody", replace(custody, cohort=above_the_mean))
    with pytest.raises(Differs, match="custody in 7 parts"):
        list(split_by_person(again(held), 7))


@pytest.mark.parametrize(
    ("name", "rule"),
    [("first-time-entrants", "FTE-6"), ("custody", "CUST-4a"), ("reoffending", "REOFF-9b"), ("reoffending", "REOFF-7")],
)
def test_a_rule_that_does_not_hold_is_noticed_by_the_reference(held, monkeypatch, name, rule):
    monkeypatch.setitem(OF_CHILDREN, name, without(name, rule))
    with pytest.raises(Differs, match=f"{name} beside the reference"):
        list(agree_with_reference(again(held), 1000, seed=1))


def test_a_row_of_no_service_without_a_reason_is_noticed(held, monkeypatch):
    def homeless(t, as_of):
        rows = entrants.cohort(t, as_of)
        return rows.mutate(service=(rows.sex == "Female").ifelse(ibis.null("string"), rows.service))

    entrants = OF_CHILDREN["first-time-entrants"]
    monkeypatch.setitem(OF_CHILDREN, "first-time-entrants", replace(entrants, cohort=homeless))
    with pytest.raises(Differs, match="belong to no service without a reason"):
        list(added_up(again(held)))


def test_a_nation_that_lacks_a_row_is_noticed(held):
    less = again(held)
    less.cohorts["first-time-entrants"] = held.cohorts["first-time-entrants"].slice(1)
    with pytest.raises(Differs, match="nothing explains why"):
        list(known_only_to_one(less))


def test_a_nation_that_has_a_row_no_service_sees_is_noticed(held):
    more = again(held)
    cohort = held.cohorts["custody"]
    other = put(cohort, "outcome_id", pc.negate(cohort["outcome_id"])).slice(0, 1)
    more.cohorts["custody"] = pa.concat_tables([cohort, other])
    with pytest.raises(Differs, match="counts what no service sees"):
        list(known_only_to_one(more))


def test_children_that_are_not_linked_though_it_was_said_are_noticed(held):
    found = pa.array(["same person"] * len(held.planted))
    sure = Held(held.tables, put(held.planted, "found", found), held.returns, held.as_of)
    with pytest.raises(Differs, match="rows differ of children whose records are linked"):
        list(nobody_in_common(sure))


def test_two_children_linked_by_mistake_are_noticed(held):
    strangers = Held(held.tables, put(held.planted, "true_person", held.planted["child_id"]), held.returns, held.as_of)
    with pytest.raises(Differs, match="was linked from two children"):
        list(nobody_in_common(strangers))


def test_a_measure_without_an_account_is_noticed(held, monkeypatch):
    monkeypatch.setitem(OF_CHILDREN, "new", replace(OF_CHILDREN["custody"], name="new"))
    with pytest.raises(Differs, match="What new counts once is not written"):
        list(added_up(again(held)))
