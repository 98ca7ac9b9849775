"""Hypothesis strategies for lives, drawn towards the edges where definitions differ.

A life happens on a few days: one at a tenth or eighteenth birthday or the end of a quarter, and some about it and
the twelfth and eighteenth month after it, so that ties, boundaries and coincidences are common. Ids are drawn, so
that the lowest id is not always the earliest.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from openyj.measures.quarters import months_after
from openyj.measures.tests.drawn import Drawn
from openyj.tables import shipped

CODES = (
    "YOUTH_CAUTION",
    "YOUTH_CONDITIONAL_CAUTION",
    "REFERRAL_ORDER",
    "YOUTH_REHABILITATION_ORDER",
    "DETENTION_AND_TRAINING_ORDER",
    "SECTION_250",
    "COMMUNITY_RESOLUTION",
    "MEANS_MORE_LATER",
    "IN_NO_MAPPING",
)
CHANGES_ON = date(2020, 7, 1)
EDGES = (date(2020, 2, 29), date(2020, 6, 30), CHANGES_ON, date(2020, 8, 31), date(2019, 12, 31))
LIMITS = ((0, -1), (0, 1), (1, 0), (12, 0), (12, 1), (18, 0), (18, 1), (18, 1))
BIRTHDAYS = (date(2004, 2, 29), date(2003, 3, 1), date(2002, 10, 1), date(2006, 12, 31), date(2009, 1, 1))
APPEALS = (
    None,
    None,
    None,
    "Changed on appeal",
    "Result of appeal successful",
    "Result of appeal unchanged",
    "Appeal recording ambiguous",
)
PROGRAMMES = ("DTO_CUSTODY", "DTO_CUSTODY", "DTO_LICENCE")
AS_OF = (date(2020, 6, 30), date(2021, 3, 31), date(2022, 2, 28), date(2026, 1, 1))


SELDOM = st.sampled_from((False, False, False, False, True))
SOME = st.sampled_from(((), (1,), (1, 2)))
RECORD = st.fixed_dictionaries(
    {
        "service": st.sampled_from(("North", "South")),
        "locality": st.sampled_from(("Hill", None)),
        "sex": st.sampled_from(("1", "2", None)),
        "ethnicity": st.sampled_from(("W1", "B2", "NS", None)),
        "deleted": SELDOM,
    }
)
OFFENCE = st.fixed_dictionaries(
    {
        "yjb_offence_category": st.sampled_from((None, "ROBBERY", "DRUGS", "BREACH_OF_BAIL")),
        "recordable": st.sampled_from((None, True, True, False)),
    }
)
OUTCOME = st.fixed_dictionaries(
    {
        "legal_outcome": st.sampled_from(CODES),
        "residence": st.sampled_from(("LOCAL", "LOCAL", "OTHER", None)),
        "outcome_appeal_status": st.sampled_from(APPEALS),
    }
)


def mapping() -> list[dict]:
    """The shipped mapping, one outcome that means something else from a day on, and one of finer rank."""
    return [
        *shipped()["legal_outcome"].to_pylist(),
        means("MEANS_MORE_LATER", "Diversion", 1, date(1900, 1, 1), CHANGES_ON - timedelta(days=1)),
        means("MEANS_MORE_LATER", "Pre-court", 2, CHANGES_ON, None),
    ]


def means(code: str, group: str, rank: int, start: date, end: date | None) -> dict:
    return {
        "legal_outcome": code,
        "label": code,
        "outcome_group": group,
        "seriousness_rank": rank,
        "valid_from": start,
        "valid_to": end,
    }


def turns(born: date, age: int) -> date:
    return date(born.year + age, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + age)


@st.composite
def palettes(draw: st.DrawFn, born: date) -> list[date]:
    """The few days on which things happen to this child: one day, and those about it and a limit after it."""
    middle = draw(st.sampled_from((turns(born, 10), turns(born, 18), turns(born, 18), *EDGES)))
    about = [middle + timedelta(days=draw(st.sampled_from((-1, 0, 0, 1))))]
    for months, shift in draw(st.lists(st.sampled_from(LIMITS), min_size=1, max_size=4)):
        about.append(months_after(about[0], months) + timedelta(days=shift))
    return about


@st.composite
def lives(draw: st.DrawFn, person: int) -> Drawn:
    """One person: one to three records, a few offences with outcomes, hearings and custody."""
    born = draw(st.sampled_from(BIRTHDAYS))
    day = st.sampled_from(draw(palettes(born)))
    maybe = st.one_of(day, day, st.none())
    life = Drawn(person, date_of_birth=born, **draw(RECORD))
    for _ in range(draw(st.integers(0, 2))):
        life.record(date_of_birth=draw(st.sampled_from((born, born, born, None))), **draw(RECORD))
    records = [row["child_id"] for row in life.rows["child"]]
    programmes = [life.programme(draw(st.sampled_from(PROGRAMMES)), draw(day), draw(maybe)) for _ in draw(SOME)]
    for _ in range(draw(st.integers(1, 5))):
        life.child_id = draw(st.sampled_from(records))
        offence = life.offence(draw(maybe), arrest_date=draw(st.one_of(st.none(), day)), **draw(OFFENCE))
        if programmes and draw(SELDOM):
            life.rows["offence"][-1]["programme_breach_id"] = programmes[0]
        for hearing in draw(st.lists(day, max_size=2)):
            life.hearing(offence, hearing)
        for outcome in draw(st.lists(OUTCOME, min_size=1, max_size=2)):
            life.outcome(offence, on=draw(day), **outcome)
        for programme in programmes:
            if not draw(SELDOM):
                life.rows["link_offence_intervention_programme"].append(
                    {"offence_id": offence, "programme_id": programme, "person": person}
                )
    renumber(life, draw(st.randoms(use_true_random=False)))
    return life


def renumber(life: Drawn, chance) -> None:
    """Outcome ids in another order than the rows."""
    outcomes = life.rows["offence_legal_outcome"]
    ids = [row["outcome_id"] for row in outcomes]
    chance.shuffle(ids)
    for row, number in zip(outcomes, ids, strict=True):
        row["outcome_id"] = number


def several_lives(most: int = 8) -> st.SearchStrategy[list[Drawn]]:
    """A few persons together, numbered from 1."""
    return st.integers(2, most).flatmap(lambda n: st.tuples(*(lives(person) for person in range(1, n + 1))).map(list))
