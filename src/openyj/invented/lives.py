"""The core: people, the occasions on which they were in trouble, and what was decided.

Everything is drawn for all children of all services at once; there is no loop over children, so that a
country is the same call with more places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from openyj.invented import parameters as p
from openyj.invented.draws import (
    NO_DAY,
    YEAR,
    Frame,
    Season,
    before_in_group,
    between,
    birthday,
    completed_years,
    delays,
    looked_up,
    places_in_group,
    taken,
    words,
    words_by,
)
from openyj.invented.places import LOCALITY_NOT_RECORDED, Place

DIVERSION, PRE_COURT, FIRST_TIER, COMMUNITY, CUSTODY = range(5)


@dataclass(frozen=True)
class Course:
    """How entries run over the years. ``level`` of some days is how busy they are beside each other, ``before``
    how many are known before the window, as a share of those who enter in it, over ``days_before`` days; ``steps``
    where decisions become first-tier, community, custody."""

    level: Callable[[np.ndarray], np.ndarray]
    before: float
    days_before: int
    steps: tuple[float, float, float]


def declining(start: int) -> Course:
    """Fewer each year by the same share, as in the invented service."""
    return Course(
        lambda days: p.YEARLY_DECLINE.value ** (np.maximum(days - start, 0) / YEAR),
        p.SHARE_BEFORE_WINDOW.value,
        p.DAYS_BEFORE_WINDOW.value,
        p.LADDER_STEPS.value,
    )


def people(
    rng: np.random.Generator, places: Sequence[Place], children: Sequence[int], start: int, until: int, course: Course
) -> tuple[Frame, Season]:
    """One row a person. ``children`` of each place enter in the window, more are known before it."""
    counts = np.asarray(children)
    before = np.round(counts * course.before).astype(np.int64)
    place = np.repeat(np.arange(len(places)), counts + before)
    known_before = places_in_group(place) >= counts[place]
    lead = start - p.LEAD_DAYS.value
    first = lead - course.days_before
    season = Season(first, until, p.MONTH_WEIGHT.value, course.level)
    n = len(place)
    # Evenly spread draws, so that a small service's years differ by season and trend more than by luck.
    nth = places_in_group(place)
    share = (np.where(known_before, nth - counts[place], nth) + rng.random(n)) / np.where(
        known_before, before[place], counts[place]
    )
    entry = season.days_between(np.where(known_before, first, lead), np.where(known_before, lead, until), share)
    age = words(rng, p.AGE_AT_FIRST_EVENT.value, n).astype(np.float64) + rng.random(n) * p.WITHIN_THE_YEAR.value
    born = entry - np.ceil(age * YEAR).astype(np.int64)
    shape = p.FRAILTY_SHAPE.value
    path_draw = rng.random(n)
    only = between(p.ONLY_DIVERTED.value, entry, start, until)
    adult = birthday(born, 18)
    end = np.maximum(np.minimum(adult - 1, until), entry)
    frame = {
        "place": place,
        "locality": localities(rng, places, place),
        "entry": entry,
        "born": born,
        "adult": adult,
        "end": end,
        "sex": words(rng, p.SEX.value, n),
        "ethnicity": words(rng, p.ETHNICITY.value, n),
        "frailty": rng.gamma(shape, 1 / shape, n),
        "only_diverted": (path_draw < only) | (age < 10),
    }
    frame["diverted_first"] = (
        ~frame["only_diverted"]
        & (path_draw < only + between(p.DIVERTED_FIRST.value, entry, start, until))
        & (end - entry > p.SETTLED_BEFORE_MOVING.value)
    )
    return frame, season


def localities(rng: np.random.Generator, places: Sequence[Place], place: np.ndarray) -> np.ndarray:
    out = np.full(len(place), None, dtype=object)
    for number, one in enumerate(places):
        rows = np.flatnonzero(place == number)
        out[rows] = words(rng, one.localities, len(rows))
    out[rng.random(len(place)) < LOCALITY_NOT_RECORDED.value] = None
    return out


def occasions(
    rng: np.random.Generator, who: Frame, season: Season, start: int, until: int, steps: tuple[float, float, float]
) -> Frame:
    """One row an occasion of offending, sorted by person and day, with the decision's kind and dates."""
    n = len(who["entry"])
    exposure = (who["end"] - who["entry"]) / YEAR
    extra = rng.poisson(p.OCCASIONS_A_YEAR.value * who["frailty"] * exposure)
    extra = np.where(who["only_diverted"], rng.random(n) < p.DIVERTED_TWICE.value, extra)
    extra = np.maximum(extra, who["diverted_first"]).clip(0, p.MOST_OCCASIONS.value)
    person = np.repeat(np.arange(n), 1 + extra)
    share = rng.beta(1.0, p.LATE_EXTRA_OFFENDING.value, len(person))
    day = season.days_between(who["entry"][person], who["end"][person], share)
    day = np.where(places_in_group(person) == 0, who["entry"][person], day)
    order = np.lexsort((day, person))
    occasion = {"person": person[order], "day": day[order]}
    decide(rng, who, occasion, start, until, steps)
    date_decisions(rng, who, occasion, until)
    adult_at_court = (occasion["first_hearing"] >= who["adult"][occasion["person"]]) & (occasion["place_in_life"] > 0)
    to_adult_court = adult_at_court & (rng.random(len(adult_at_court)) >= p.KEPT_WHEN_ADULT_AT_COURT.value)
    return taken(occasion, np.flatnonzero(~to_adult_court))


def decide(
    rng: np.random.Generator,
    who: Frame,
    occasion: Frame,
    start: int,
    until: int,
    steps: tuple[float, float, float],
) -> None:
    """Category, tier and outcome. The tier rises with earlier formal decisions and falls over the years."""
    person, day = occasion["person"], occasion["day"]
    n = len(person)
    nth = places_in_group(person)
    category = words(rng, p.OFFENCE_CATEGORY.value, n)
    again = rng.random(n) < between(p.DIVERTED_AGAIN.value, day, start, until)
    diverted = np.where(
        nth == 0,
        who["only_diverted"][person] | who["diverted_first"][person],
        who["only_diverted"][person] | (again & ~(who["diverted_first"][person] & (nth == 1))),
    )
    priors = before_in_group(person, ~diverted).clip(0, p.LADDER_PRIORS_COUNTED.value)
    score = (
        p.LADDER_NOISE.value * rng.standard_normal(n)
        + p.LADDER_A_PRIOR.value * priors
        + looked_up(category, p.CATEGORY_PUSH.value)
    )
    tier = 1 + np.searchsorted(np.asarray(steps), score, side="right")
    too_young = completed_years(who["born"][person], day) < p.CUSTODY_AGE.value
    tier = np.where(too_young, np.minimum(tier, COMMUNITY), tier)
    tier = np.where(diverted, DIVERSION, tier)
    court_before = before_in_group(person, tier >= FIRST_TIER)
    late = rng.random(n) < between((0, 1), day, start, until)
    outcome = words(rng, p.PRE_COURT_OUTCOMES.value, n)
    for rows, weighted in (
        ((tier == DIVERSION) & ~late, p.DIVERSION_OUTCOMES_FIRST_YEAR),
        ((tier == DIVERSION) & late, p.DIVERSION_OUTCOMES_LAST_YEAR),
        ((tier == FIRST_TIER) & (court_before == 0), p.FIRST_COURT_OUTCOMES),
        ((tier == FIRST_TIER) & (court_before > 0), p.LATER_COURT_OUTCOMES),
        (tier == COMMUNITY, p.COMMUNITY_OUTCOMES),
        (tier == CUSTODY, p.CUSTODY_OUTCOMES),
    ):
        found = np.flatnonzero(rows)
        outcome[found] = words(rng, weighted.value, len(found))
    outcome[(outcome == "SECTION_250") & ~np.isin(category, p.GRAVE.value)] = "DETENTION_AND_TRAINING_ORDER"
    occasion.update(
        place_in_life=nth,
        category=category,
        tier=tier,
        outcome=outcome,
        term=words_by(rng, outcome, p.TERM_MONTHS.value),
        breach_of=np.full(n, -1),
    )


def date_decisions(rng: np.random.Generator, who: Frame, occasion: Frame, until: int) -> None:
    """Arrest, first hearing and decision, each after the one before; ``NO_DAY`` where there is none.

    What lies after ``until`` has not happened: an occasion may be waiting for its decision."""
    day, tier = occasion["day"], occasion["tier"]
    n = len(day)
    same_day, median, sigma = p.ARREST_DELAY.value
    longest = p.LONGEST_DELAY.value
    arrest = day + np.where(rng.random(n) < same_day, 0, delays(rng, (median, sigma), n, longest // 3))
    out_of_court = arrest + delays(rng, p.OUT_OF_COURT_DELAY.value, n, longest)
    at_court = tier >= FIRST_TIER
    hearing = arrest + np.maximum(delays(rng, p.FIRST_HEARING_DELAY.value, n, longest), 1)
    adjourned = delays(rng, p.ADJOURNMENT_DELAY.value, n, longest // 2) + p.SHORTEST_ADJOURNMENT.value
    at_once = rng.random(n) < p.SENTENCED_AT_FIRST_HEARING.value
    decided = np.where(at_court, hearing + np.where(at_once, 0, adjourned), out_of_court)
    occasion["arrest"] = np.where(arrest <= until, arrest, NO_DAY)
    occasion["first_hearing"] = np.where(at_court & (hearing <= until), hearing, NO_DAY)
    occasion["decided"] = np.where(decided <= until, decided, NO_DAY)
    for name in ("first_hearing", "decided"):
        occasion[name] = on_a_weekday(occasion[name], until)


def on_a_weekday(days: np.ndarray, until: int) -> np.ndarray:
    """Saturday and Sunday move to Monday; a Monday after ``until`` has not happened yet."""
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    moved = np.where(days == NO_DAY, NO_DAY, days + np.where(weekday >= 5, 7 - weekday, 0))
    return np.where(moved > until, NO_DAY, moved)


def offences(rng: np.random.Generator, occasion: Frame) -> Frame:
    """One row an offence, the main one first; a breach occasion is one offence."""
    n = len(occasion["person"])
    more = rng.geometric(1 - p.MORE_OFFENCES.value, n) - 1
    more = np.where(occasion["breach_of"] >= 0, 0, more.clip(0, p.MOST_OFFENCES.value - 1))
    of = np.repeat(np.arange(n), 1 + more)
    main = places_in_group(of) == 0
    m = len(of)
    other = words(rng, p.OFFENCE_CATEGORY.value, m)
    same = main | (rng.random(m) < p.SAME_CATEGORY.value)
    category = np.where(same, occasion["category"][of], other)
    lesser = ~main & (occasion["tier"][of] >= FIRST_TIER) & (rng.random(m) < p.LESSER_OUTCOME.value)
    return {
        "occasion": of,
        "main": main,
        "category": category,
        "lesser": lesser,
        "cjs_code": words_by(rng, category, p.CJS_CODE.value),
        "knife": rng.random(m) < looked_up(category, p.KNIFE.value),
        "recordable": rng.random(m) >= looked_up(category, p.NOT_RECORDABLE.value),
        "arrest_recorded": rng.random(m) >= p.NO_ARREST_DATE.value,
    }
