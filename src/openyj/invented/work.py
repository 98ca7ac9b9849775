"""What follows a decision: appeals, programmes, breaches, the outcomes themselves."""

from __future__ import annotations

import numpy as np

from openyj.invented import parameters as p
from openyj.invented.draws import (
    MONTH,
    NO_DAY,
    Frame,
    each_word,
    looked_up,
    months_later,
    stacked,
    taken,
    words,
    words_by,
)
from openyj.invented.lives import COMMUNITY, CUSTODY, FIRST_TIER, on_a_weekday

BREACH_CATEGORY = "BREACH_OF_STATUTORY_ORDER"
WEEKEND = 2
OVERTURNED = ("Changed on appeal", "Result of appeal successful")


def appeal(rng: np.random.Generator, occasion: Frame, until: int) -> None:
    """Give some decisions at court an appeal status; every status occurs where there are four appeals."""
    n = len(occasion["person"])
    status = np.full(n, None, dtype=object)
    low, high = p.APPEAL_DELAY.value
    day = occasion["decided"] + rng.integers(low, high, n)
    could = (occasion["tier"] >= FIRST_TIER) & (occasion["decided"] != NO_DAY) & (day <= until - WEEKEND)
    rows = np.flatnonzero(could & (rng.random(n) < p.APPEALED.value))
    status[rows] = each_word(rng, p.APPEAL_STATUS.value, len(rows))
    occasion["appeal"] = status
    occasion["appeal_day"] = np.where(status == None, NO_DAY, on_a_weekday(day, until))  # noqa: E711


def programmes(rng: np.random.Generator, occasion: Frame, until: int) -> Frame:
    """One row a programme: the occasion, disposal, days, whether custody, whether completed.

    Also sets the occasion's ``ends``: the day the outcome itself runs to, ``NO_DAY`` if it has no length."""
    outcome, decided, term = occasion["outcome"], occasion["decided"], occasion["term"]
    n = len(outcome)
    rows_by = p.PROGRAMMES.value
    part = lambda i: looked_up(outcome, {k: v[i] or 0 for k, v in rows_by.items()})  # noqa: E731
    given = (decided != NO_DAY) & (rng.random(n) < part(0))
    least, most = part(1), part(2)
    start = decided + np.floor(least + rng.random(n) * (most - least + 1)).astype(np.int64)
    start = np.where(outcome == "YOUTH_REHABILITATION_ORDER", decided, on_a_weekday(start, until + 60))
    start = np.where(occasion["tier"] == CUSTODY, decided, start)
    months = np.where(term == None, 0, term).astype(np.float64)  # noqa: E711
    runs_from = np.where(outcome == "REFERRAL_ORDER", start, decided)
    full = months_later(np.where(decided == NO_DAY, 0, runs_from), months) - 1
    occasion["ends"] = np.where((decided != NO_DAY) & (months > 0), full, NO_DAY)
    planned = np.where(months > 0, full, start + (part(3) * MONTH).astype(np.int64))
    custodial = occasion["tier"] == CUSTODY
    halfway = decided + (full + 1 - decided) // 2 - 1
    rows = np.flatnonzero(given)
    parts = p.CUSTODY_AND_LICENCE.value
    first = {
        "occasion": rows,
        "disposal": np.array([parts[o][0] if o in parts else o for o in outcome[rows]], dtype=object),
        "start": start[rows],
        "end": np.where(custodial, halfway, planned)[rows],
        "custody": custodial[rows],
        "chance": part(4)[rows],
    }
    licensed = np.flatnonzero(given & np.isin(outcome, list(parts)))
    licence = {
        "occasion": licensed,
        "disposal": np.array([parts[o][1] for o in outcome[licensed]], dtype=object),
        "start": halfway[licensed] + 1,
        "end": full[licensed],
        "custody": np.zeros(len(licensed), dtype=bool),
        "chance": part(4)[licensed],
    }
    both = stacked([first, licence])
    return ended(rng, occasion, taken(both, np.flatnonzero(both["start"] <= until)), until)


def ended(rng: np.random.Generator, occasion: Frame, programme: Frame, until: int) -> Frame:
    """Some end early; an overturned decision ends its programmes; what has not ended has no end yet."""
    n = len(programme["occasion"])
    on_day, days = p.END_SPREAD.value
    early = np.where(rng.random(n) < on_day, 0, rng.integers(1, days, n))
    licences = [licence for _, licence in p.CUSTODY_AND_LICENCE.value.values()]
    sentence = programme["custody"] | np.isin(programme["disposal"], licences)
    end = np.where(sentence, programme["end"], np.maximum(programme["end"] - early, programme["start"]))
    overturned = np.isin(occasion["appeal"], OVERTURNED)[programme["occasion"]]
    stopped = np.maximum(occasion["appeal_day"][programme["occasion"]], programme["start"])
    end = np.where(overturned, np.minimum(end, stopped), end)
    completed = (rng.random(n) < programme.pop("chance")) & ~overturned
    told = completed.astype(object)
    told[(rng.random(n) < p.COMPLETION_NOT_RECORDED.value) | (end > until)] = None
    programme["completed"] = told
    programme["end"] = np.where(end > until, NO_DAY, end)
    return programme


def breaches(rng: np.random.Generator, who: Frame, occasion: Frame, programme: Frame, until: int) -> Frame:
    """Occasions of breaching a programme: one each at most, inside it, before the child is 18."""
    chance = looked_up(programme["disposal"], p.BREACHED.value)
    n = len(chance)
    last = np.where(programme["end"] == NO_DAY, until, programme["end"])
    last = np.minimum(last, who["adult"][occasion["person"][programme["occasion"]]] - 1)
    room = last - programme["start"] - p.BEFORE_A_BREACH.value
    rows = np.flatnonzero((rng.random(n) < chance) & (room > 0))
    day = (
        programme["start"][rows]
        + p.BEFORE_A_BREACH.value
        + np.floor(rng.random(len(rows)) * room[rows]).astype(np.int64)
    )
    m = len(rows)
    outcome = words(rng, p.BREACH_OUTCOMES.value, m)
    soonest, latest = p.BREACH_TO_COURT.value
    hearing = on_a_weekday(day + rng.integers(soonest, latest, m), until)
    breach = {
        "person": occasion["person"][programme["occasion"][rows]],
        "day": day,
        "place_in_life": np.ones(m, dtype=np.int64),
        "category": np.full(m, BREACH_CATEGORY, dtype=object),
        "tier": np.where(outcome == "YOUTH_REHABILITATION_ORDER", COMMUNITY, FIRST_TIER),
        "outcome": outcome,
        "term": words_by(rng, outcome, p.TERM_MONTHS.value),
        "breach_of": rows,
        "arrest": day,
        "first_hearing": hearing,
        "decided": hearing,
        "appeal": np.full(m, None, dtype=object),
        "appeal_day": np.full(m, NO_DAY),
    }
    replaced = (hearing != NO_DAY) & np.isin(outcome, ["YOUTH_REHABILITATION_ORDER", "REFERRAL_ORDER"])
    end_by_breach(programme, rows[replaced], hearing[replaced])
    return breach


def end_by_breach(programme: Frame, rows: np.ndarray, day: np.ndarray) -> None:
    """A programme that a new order replaces ends that day, not completed."""
    end = np.where(programme["end"][rows] == NO_DAY, day, np.minimum(programme["end"][rows], day))
    programme["end"][rows] = end
    programme["completed"][rows] = False


def outcomes(rng: np.random.Generator, occasion: Frame, offence: Frame, programme: Frame) -> Frame:
    """One row a decision on an offence: the first ones, those changed on appeal, those decided afresh after
    a breach. ``occasion`` is whose record and residence it has, ``date`` when it was decided."""
    rows = np.flatnonzero(occasion["decided"][offence["occasion"]] != NO_DAY)
    of = offence["occasion"][rows]
    lesser = offence["lesser"][rows]
    first = {
        "offence": rows,
        "occasion": of,
        "outcome": np.where(lesser, "CONDITIONAL_DISCHARGE", occasion["outcome"][of]),
        "date": occasion["decided"][of],
        "end": np.where(lesser, months_later(occasion["decided"][of], np.full(len(of), 6)), occasion["ends"][of]),
        "term": np.where(lesser, 6, occasion["term"][of]),
        "appeal": occasion["appeal"][of],
        "main": offence["main"][rows],
        "sitting": of,
    }
    again = decided_afresh(rng, occasion, offence, programme)
    return stacked([first, changed_on_appeal(occasion, first), again])


def changed_on_appeal(occasion: Frame, first: Frame) -> Frame:
    changed = taken(first, np.flatnonzero(first["appeal"] == "Changed on appeal"))
    day = occasion["appeal_day"][changed["occasion"]]
    n = len(day)
    new = np.array(
        [p.OUTCOME_ON_APPEAL.value.get(word, "CONDITIONAL_DISCHARGE") for word in changed["outcome"]], dtype=object
    )
    months = np.where(new == "YOUTH_REHABILITATION_ORDER", 12, 6)
    return changed | {
        "outcome": new,
        "date": day,
        "end": months_later(day, months) - 1,
        "term": months.astype(object),
        "appeal": np.full(n, None, dtype=object),
        "sitting": changed["occasion"] + len(occasion["person"]),
    }


def decided_afresh(rng: np.random.Generator, occasion: Frame, offence: Frame, programme: Frame) -> Frame:
    """After some breaches the offence behind the breached order is sentenced again, the same way, that day."""
    breach = np.flatnonzero((occasion["breach_of"] >= 0) & (occasion["decided"] != NO_DAY))
    behind = programme["occasion"][occasion["breach_of"][breach]]
    keep = (
        (rng.random(len(breach)) < p.RESENTENCED.value)
        & np.isin(occasion["outcome"][behind], ["YOUTH_REHABILITATION_ORDER", "REFERRAL_ORDER"])
        & ~np.isin(occasion["appeal"][behind], OVERTURNED)
        & (occasion["record"][breach] == occasion["record"][behind])
    )
    breach, behind = breach[keep], behind[keep]
    main = np.full(len(occasion["person"]), -1)
    rows = np.flatnonzero(offence["main"])
    main[offence["occasion"][rows]] = rows
    months = np.minimum(occasion["term"][behind].astype(np.int64), 12)
    day = occasion["decided"][breach]
    return {
        "offence": main[behind],
        "occasion": behind,
        "outcome": occasion["outcome"][behind],
        "date": day,
        "end": months_later(day, months) - 1,
        "term": months.astype(object),
        "appeal": np.full(len(breach), None, dtype=object),
        "main": np.zeros(len(breach), dtype=bool),
        "sitting": breach,
    }
