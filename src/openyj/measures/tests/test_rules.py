"""Every rule of every definition bites: a life drawn by hand counts differently when the rule is off.

Each case says what is counted with all rules, and what without the one it is drawn for. The child is born on
15 May 2006, so is 10 from 15 May 2016 and 17 until 14 May 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from openyj.measures import ALL, OF_CHILDREN, Workbench
from openyj.measures.tests.drawn import Drawn, lives_in, tables
from openyj.measures.tests.test_agreement import REFERENCES, by_duckdb
from openyj.measures.workbench import DECLARED

AS_OF = date(2026, 1, 1)
CAUTION, CONDITIONAL, REFERRAL = "YOUTH_CAUTION", "YOUTH_CONDITIONAL_CAUTION", "REFERRAL_ORDER"
YRO, DTO, RESOLUTION = "YOUTH_REHABILITATION_ORDER", "DETENTION_AND_TRAINING_ORDER", "COMMUNITY_RESOLUTION"

Seen = list[tuple]
Case = tuple[Callable[[], Drawn], Seen, Seen]
CASES: dict[str, Case] = {}


def case(rule: str, *, counted: Seen, without: Seen) -> Callable[[Callable[[], Drawn]], Callable[[], Drawn]]:
    def keep(draw: Callable[[], Drawn]) -> Callable[[], Drawn]:
        CASES[rule] = draw, counted, without
        return draw

    return keep


ENTRANT = [("2021Q1", "North")]
NOBODY: Seen = []


@case("FTE-1", counted=NOBODY, without=ENTRANT)
def a_community_resolution() -> Drawn:
    life = Drawn()
    life.dealt_with(RESOLUTION, date(2021, 5, 3))
    return life


@case("FTE-2a", counted=NOBODY, without=ENTRANT)
def a_caution_at_nine() -> Drawn:
    life = Drawn(date_of_birth=date(2011, 5, 3))
    life.dealt_with(CAUTION, date(2021, 5, 3))
    return life


@case("FTE-2b", counted=NOBODY, without=ENTRANT)
def an_offence_at_17_arrested_for_at_18() -> Drawn:
    life = Drawn(date_of_birth=date(2003, 4, 10))
    offence = life.offence(date(2021, 4, 9), arrest_date=date(2021, 4, 10))
    life.outcome(offence, CAUTION, date(2021, 5, 3))
    return life


@case("FTE-2c", counted=NOBODY, without=ENTRANT)
def an_offence_at_17_first_heard_at_18() -> Drawn:
    life = Drawn(date_of_birth=date(2003, 5, 3))
    life.dealt_with(REFERRAL, date(2021, 5, 3), heard=date(2021, 5, 3))
    return life


@case("FTE-3a", counted=NOBODY, without=ENTRANT)
def a_sentence_overturned() -> Drawn:
    life = Drawn()
    life.dealt_with(REFERRAL, date(2021, 5, 3), outcome_appeal_status="Result of appeal successful")
    return life


@case("FTE-3b", counted=NOBODY, without=ENTRANT)
def a_deleted_record() -> Drawn:
    life = Drawn(deleted=True)
    life.dealt_with(CAUTION, date(2021, 5, 3))
    return life


@case("FTE-4a", counted=ENTRANT, without=[("2021Q2", "North")])
def a_caution_then_custody() -> Drawn:
    life = Drawn()
    life.dealt_with(DTO, date(2021, 8, 9))
    life.dealt_with(CAUTION, date(2021, 5, 3))
    return life


@case("FTE-4b", counted=NOBODY, without=ENTRANT)
def a_caution_here_and_an_order_elsewhere_on_one_day() -> Drawn:
    life = Drawn()
    life.dealt_with(CAUTION, date(2021, 5, 3))
    life.dealt_with(YRO, date(2021, 5, 3), residence="OTHER")
    return life


@case("FTE-4c", counted=ENTRANT, without=NOBODY)
def two_cautions_on_one_day_the_first_elsewhere() -> Drawn:
    life = Drawn()
    life.dealt_with(CAUTION, date(2021, 5, 3), residence="OTHER")
    life.dealt_with(CONDITIONAL, date(2021, 5, 3))
    return life


@case("FTE-6", counted=NOBODY, without=ENTRANT)
def a_first_outcome_elsewhere_then_one_here() -> Drawn:
    life = Drawn()
    life.dealt_with(CAUTION, date(2021, 5, 3), residence="OTHER")
    life.dealt_with(REFERRAL, date(2021, 8, 9))
    return life


@case("FTE-7", counted=ENTRANT, without=[("2021Q2", "North")])
def an_order_that_ends_in_another_quarter() -> Drawn:
    life = Drawn()
    life.dealt_with(REFERRAL, date(2021, 5, 3), outcome_end_date=date(2021, 8, 3))
    return life


@case("FTE-8", counted=NOBODY, without=[("2025Q4", "North")])
def an_outcome_still_to_come() -> Drawn:
    life = Drawn(date_of_birth=date(2010, 1, 1))
    life.dealt_with(CAUTION, date(2026, 1, 2))
    return life


@case("CUST-1", counted=NOBODY, without=ENTRANT)
def a_community_order() -> Drawn:
    life = Drawn()
    life.dealt_with(YRO, date(2021, 5, 3), heard=date(2021, 5, 3))
    return life


@case("CUST-2", counted=NOBODY, without=ENTRANT)
def custody_overturned() -> Drawn:
    life = Drawn()
    life.dealt_with(DTO, date(2021, 5, 3), heard=date(2021, 5, 3), outcome_appeal_status="Changed on appeal")
    return life


@case("CUST-3", counted=NOBODY, without=ENTRANT)
def custody_of_another_services_child() -> Drawn:
    life = Drawn()
    life.dealt_with(DTO, date(2021, 5, 3), heard=date(2021, 5, 3), residence="OTHER")
    return life


@case("CUST-4a", counted=NOBODY, without=ENTRANT)
def custody_first_heard_at_18() -> Drawn:
    life = Drawn(date_of_birth=date(2003, 5, 3))
    life.dealt_with(DTO, date(2021, 5, 3), heard=date(2021, 5, 3))
    return life


@case("CUST-4b", counted=NOBODY, without=ENTRANT)
def custody_without_a_hearing() -> Drawn:
    life = Drawn()
    life.dealt_with(DTO, date(2021, 5, 3))
    return life


@case("CUST-5", counted=NOBODY, without=[("2025Q4", "North")])
def custody_still_to_come() -> Drawn:
    life = Drawn(date_of_birth=date(2010, 1, 1))
    life.dealt_with(DTO, date(2026, 1, 2), heard=date(2026, 1, 1))
    return life


@case("CUST-6", counted=NOBODY, without=ENTRANT)
def custody_of_a_deleted_record() -> Drawn:
    life = Drawn(deleted=True)
    life.dealt_with(DTO, date(2021, 5, 3), heard=date(2021, 5, 3))
    return life


@case("CUST-7", counted=ENTRANT, without=ENTRANT * 2)
def one_sentence_for_two_offences() -> Drawn:
    life = Drawn()
    life.dealt_with(DTO, date(2021, 5, 3), heard=date(2021, 5, 3))
    life.dealt_with("SECTION_250", date(2021, 5, 3), heard=date(2021, 5, 3))
    return life


INDEX = [("2021Q1", "North", 0)]
AGAIN = [("2021Q1", "North", 1)]


def cautioned(**record: object) -> Drawn:
    """A caution on 3 May 2021, the index event of most of these lives."""
    life = Drawn(**record)
    life.dealt_with(CAUTION, date(2021, 5, 3))
    return life


@case("REOFF-1", counted=INDEX, without=NOBODY)
def a_caution_and_nothing_more() -> Drawn:
    return cautioned()


@case("REOFF-2", counted=INDEX, without=NOBODY)
def a_release() -> Drawn:
    life = Drawn()
    offence = life.offence(date(2020, 12, 1))
    life.outcome(offence, DTO, date(2021, 1, 4))
    life.programme("DTO_CUSTODY", date(2021, 1, 4), date(2021, 5, 3), offences=[offence])
    return life


@case("REOFF-3", counted=NOBODY, without=INDEX)
def a_caution_overturned() -> Drawn:
    life = Drawn()
    life.dealt_with(CAUTION, date(2021, 5, 3), outcome_appeal_status="Changed on appeal")
    return life


@case("REOFF-4", counted=NOBODY, without=INDEX)
def a_caution_on_a_deleted_record() -> Drawn:
    return cautioned(deleted=True)


@case("REOFF-5a", counted=INDEX, without=INDEX * 2)
def two_cautions_in_one_quarter() -> Drawn:
    life = cautioned()
    life.dealt_with(CONDITIONAL, date(2021, 6, 7), committed=date(2021, 5, 1))
    return life


@case("REOFF-5b", counted=INDEX, without=[("2021Q1", None, 0)])
def an_order_elsewhere_and_a_caution_here_on_one_day() -> Drawn:
    life = cautioned()
    life.dealt_with(YRO, date(2021, 5, 3), residence="OTHER")
    return life


@case("REOFF-5c", counted=[("2021Q1", "South", 0)], without=INDEX)
def a_caution_in_one_service_and_an_order_in_another_on_one_day() -> Drawn:
    life = cautioned()
    life.record(service="South")
    life.dealt_with(REFERRAL, date(2021, 5, 3))
    return life


@case("REOFF-6", counted=NOBODY, without=INDEX)
def a_caution_on_the_eighteenth_birthday() -> Drawn:
    return cautioned(date_of_birth=date(2003, 5, 3))


@case("REOFF-7", counted=[("2021Q1", None, 0)], without=INDEX)
def a_caution_elsewhere() -> Drawn:
    life = Drawn()
    life.dealt_with(CAUTION, date(2021, 5, 3), residence="OTHER")
    return life


@case("REOFF-8a", counted=INDEX, without=[("2021Q1", "North", 2)])
def another_offence_of_the_day_of_the_caution() -> Drawn:
    # Without the rule the offence cautioned for would be a reoffence too.
    return and_then(CAUTION, date(2021, 9, 6), committed=date(2021, 5, 3))


@case("REOFF-8b", counted=INDEX, without=AGAIN)
def an_offence_a_day_after_the_twelve_months() -> Drawn:
    return and_then(CAUTION, date(2022, 9, 5), committed=date(2022, 5, 4))


@case("REOFF-9a", counted=INDEX, without=AGAIN)
def an_offence_that_ended_in_a_resolution() -> Drawn:
    return and_then(RESOLUTION, date(2021, 9, 6))


@case("REOFF-9b", counted=INDEX, without=AGAIN)
def a_caution_a_day_after_the_eighteen_months() -> Drawn:
    return and_then(CAUTION, date(2022, 11, 4), committed=date(2022, 5, 3))


@case("REOFF-10a", counted=INDEX, without=AGAIN)
def a_breach_of_a_statutory_order() -> Drawn:
    return and_then(CAUTION, date(2021, 9, 6), yjb_offence_category="BREACH_OF_STATUTORY_ORDER")


@case("REOFF-10b", counted=INDEX, without=AGAIN)
def a_breach_of_a_programme() -> Drawn:
    life = and_then(CAUTION, date(2021, 9, 6))
    programme = life.programme("REFERRAL_ORDER", date(2021, 5, 3), None)
    life.rows["offence"][-1]["programme_breach_id"] = programme
    return life


@case("REOFF-11", counted=INDEX, without=AGAIN)
def an_offence_that_is_not_recordable() -> Drawn:
    return and_then(CAUTION, date(2021, 9, 6), recordable=False)


@case("REOFF-12", counted=AGAIN, without=[("2021Q1", "North", 2)])
def one_offence_with_two_outcomes() -> Drawn:
    life = and_then(CAUTION, date(2021, 9, 6))
    life.outcome(life.rows["offence"][-1]["offence_id"], REFERRAL, date(2021, 10, 4))
    return life


@case("REOFF-13", counted=NOBODY, without=[("2025Q4", "North", 0)])
def a_caution_still_to_come() -> Drawn:
    life = Drawn(date_of_birth=date(2010, 1, 1))
    life.dealt_with(CAUTION, date(2026, 1, 2))
    return life


def and_then(legal_outcome: str, on: date, committed: date = date(2021, 8, 2), **offence: object) -> Drawn:
    """The index caution of 3 May 2021, then one more offence with its outcome, in other quarters.

    The child is nearly 18 at the caution, so that the later outcome is no index event of its own.
    """
    life = cautioned(date_of_birth=date(2003, 5, 15))
    life.outcome(life.offence(committed, **offence), legal_outcome, on)
    return life


def seen(rows: list[dict]) -> Seen:
    """What the cases speak of: the quarter, the service and, where there are any, the reoffences."""
    each = [(row["quarter"], row["service"], *([row["reoffences"]] if "reoffences" in row else [])) for row in rows]
    return sorted(each, key=str)


RULES = {rule: measure for measure in OF_CHILDREN.values() for rule in measure.rules}


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert list(CASES) == list(RULES)


@pytest.mark.parametrize("rule", CASES)
def test_rule_bites(rule: str) -> None:
    draw, with_all, without_it = CASES[rule]
    measure = RULES[rule]
    bench = Workbench(tables(draw()), threads=1)
    off = measure.cohort(DECLARED, AS_OF, without=frozenset({rule}))
    assert with_all != without_it
    assert seen(bench.query(f"SELECT * FROM {bench.cohort(measure, AS_OF)}").to_pylist()) == with_all
    assert seen(bench.evaluated(off).to_pylist()) == without_it
    assert seen(by_duckdb(bench, off).to_pylist()) == without_it


@pytest.mark.parametrize("rule", CASES)
def test_the_plain_reference_counts_the_case_too(rule: str) -> None:
    draw, with_all, _ = CASES[rule]
    (life,) = lives_in(tables(draw()))
    assert seen(REFERENCES[RULES[rule].name](life, AS_OF)) == with_all


def test_unknown_rule_cannot_be_switched_off() -> None:
    with pytest.raises(KeyError, match="No such rule: FTE-99"):
        ALL["first-time-entrants"].cohort(DECLARED, AS_OF, without=frozenset({"FTE-99"}))
