"""What follows from invented outcomes: frames of dated facts about outcomes, drawn for all at once.

Every function takes the outcomes (``work.outcomes``, with the ``record`` each stands on), the days of birth by record
and the last day. They draw from a stream of their own, so that what is added here changes no other invented fact.
"""

from __future__ import annotations

import numpy as np

from openyj.invented import order_parameters as o
from openyj.invented.draws import NO_DAY, Frame, completed_years, places_in_group, words
from openyj.invented.records import ARRIVED
from openyj.invented.work import OVERTURNED

FAR = 1_000_000  # more than any day's number, so that offence and day make one key


def whole(rng: np.random.Generator, limits: tuple[int, int], n: int) -> np.ndarray:
    """Whole numbers from a least to a most, both included."""
    least, most = limits
    return rng.integers(least, most + 1, n)


def requirements(rng: np.random.Generator, outcome: Frame, born: np.ndarray, until: int) -> Frame:
    """One row a requirement of a main outcome: kind, days, hours ordered; ended early where an appeal overturned it."""
    of, kinds = [], []
    for code, chances in o.REQUIREMENTS.value.items():
        rows = np.flatnonzero((outcome["outcome"] == code) & outcome["main"])
        age = completed_years(born[outcome["record"][rows]], outcome["date"][rows])
        for kind, chance in chances:
            chosen = rng.random(len(rows)) < chance
            if kind == "UNPAID_WORK":
                chosen &= age >= o.UNPAID_WORK_AGE.value
            of.append(rows[chosen])
            kinds.append(np.full(int(chosen.sum()), kind, dtype=object))
    which, kind = np.concatenate(of), np.concatenate(kinds)
    order = np.argsort(which, kind="stable")
    which, kind = which[order], kind[order]
    n = len(which)
    start = outcome["date"][which]
    end = np.where(outcome["end"][which] != NO_DAY, outcome["end"][which], start + whole(rng, o.CAUTION_DAYS.value, n))
    hours = np.full(n, None, dtype=object)
    for name, limits in o.SHORTER.value.items():
        shorter = start + whole(rng, limits, n)
        end = np.where(kind == name, np.minimum(end, shorter), end)
    recorded = rng.random(n) >= o.HOURS_NOT_RECORDED.value
    for name, (least, most) in o.HOURS_ORDERED.value.items():
        drawn = least + 4 * np.floor(rng.random(n) * ((most - least) // 4 + 1))
        rows = np.flatnonzero((kind == name) & recorded)
        hours[rows] = drawn[rows]
    return {
        "outcome": which,
        "record": outcome["record"][which],
        "number": which + 1,
        "kind": kind,
        "start": start,
        "end": end,
        "term": np.full(n, None, dtype=object),
        "substantive": np.full(n, None, dtype=object),
        "hours": hours,
        "early": np.full(n, NO_DAY),
        "how": np.full(n, None, dtype=object),
        "stopped": np.isin(outcome["appeal"][which], OVERTURNED) | (start > until),
    }


def hours_done(rng: np.random.Generator, requirement: Frame, until: int) -> Frame:
    """One row a day of hours: a few hours a week until they are done, the requirement ends, or the child stops."""
    a_day = o.HOURS_A_DAY.value
    ordered = np.array([hours or 0 for hours in requirement["hours"]], dtype=np.float64)
    share = words(rng, o.SHARE_DONE.value, len(ordered)).astype(np.float64)
    days = np.where(requirement["stopped"], 0, np.ceil(ordered * share / a_day)).astype(np.int64)
    first = requirement["start"] + whole(rng, o.FIRST_DAY_AFTER.value, len(ordered))
    of = np.repeat(np.arange(len(ordered)), days)
    nth = places_in_group(of)
    day = first[of] + nth * o.DAYS_BETWEEN.value
    kept = np.flatnonzero(day <= np.minimum(requirement["end"][of], until))
    of, nth, day = of[kept], nth[kept], day[kept]
    return {
        "record": requirement["record"][of],
        "requirement": of + 1,
        "day": day,
        "hours": np.minimum(ordered[of] - nth * a_day, a_day),
        "with": words(rng, o.WITH_WHOM.value, len(of)),
    }


def appeals(rng: np.random.Generator, outcome: Frame, result_on: np.ndarray) -> Frame:
    """One row an appeal with its result on the day that ``result_on`` gives by outcome, and the number of the outcome
    that took the place of a changed one: on the same offence, of that day."""
    rows = np.flatnonzero(outcome["appeal"] != None)  # noqa: E711
    day = result_on[rows]
    made = outcome["date"][rows] + np.floor(rng.random(len(rows)) * o.APPEALED_WITHIN.value).astype(np.int64)
    fresh = np.flatnonzero(outcome["appeal"] == None)  # noqa: E711
    keys = outcome["offence"][fresh] * FAR + outcome["date"][fresh]
    order = np.argsort(keys, kind="stable")
    wanted = outcome["offence"][rows] * FAR + day
    at = np.minimum(np.searchsorted(keys[order], wanted), max(len(keys) - 1, 0))
    found = fresh[order][at]
    changed = (outcome["appeal"][rows] == "Changed on appeal") & (keys[order][at] == wanted)
    return {
        "record": outcome["record"][rows],
        "outcome": rows + 1,
        "made": np.minimum(made, day),
        "about": words(rng, o.APPEAL_ABOUT.value, len(rows)),
        "result": outcome["appeal"][rows],
        "day": day,
        "new": np.where(changed, found + 1, 0),
    }


def main_outcome(occasion: np.ndarray, outcome: Frame) -> np.ndarray:
    """By occasion, the row of its first main outcome; -1 where it has none."""
    rows = np.flatnonzero(outcome["main"])[::-1]
    found = np.full(int(max(occasion.max(initial=-1), outcome["occasion"].max(initial=-1))) + 1, -1)
    found[outcome["occasion"][rows]] = rows
    return found[occasion]


def contracts(rng: np.random.Generator, outcome: Frame, programme: Frame) -> Frame:
    """The contract of each referral order whose programme began: signed on that day."""
    of = main_outcome(programme["occasion"], outcome)
    rows = np.flatnonzero((programme["disposal"] == "REFERRAL_ORDER") & (of >= 0))
    rows = rows[outcome["outcome"][of[rows]] == "REFERRAL_ORDER"]
    return {
        "record": outcome["record"][of[rows]],
        "outcome": of[rows] + 1,
        "day": programme["start"][rows],
        "by": words(rng, o.SIGNED_BY.value, len(rows)),
    }


def early_ends(rng: np.random.Generator, outcome: Frame, programme: Frame) -> Frame:
    """Orders done before their time: some of those whose programme was completed early."""
    of = main_outcome(programme["occasion"], outcome)
    full = np.where(of >= 0, outcome["end"][of], NO_DAY)
    early = (programme["end"] != NO_DAY) & (programme["end"] < full) & (programme["completed"] == True)  # noqa: E712
    early &= np.isin(programme["disposal"], o.ENDED_EARLY_OF.value) & (programme["disposal"] == outcome["outcome"][of])
    rows = np.flatnonzero(early & (rng.random(len(of)) < o.ENDED_EARLY.value))
    n = len(rows)
    return {
        "record": outcome["record"][of[rows]],
        "outcome": of[rows] + 1,
        "how": words(rng, o.ENDED_HOW.value, n),
        "day": programme["end"][rows],
        "months": np.full(n, None, dtype=object),
        "by": words(rng, o.ENDED_BY.value, n),
    }


def custodies(outcome: Frame, programme: Frame) -> Frame:
    """Custody and licence of each detention and training order. The establishment has written once the child is out:
    the release on the last day of custody, the end of the licence on that of the order."""
    of = main_outcome(programme["occasion"], outcome)
    held = np.flatnonzero((programme["disposal"] == "DTO_CUSTODY") & (of >= 0))
    held = held[outcome["outcome"][of[held]] == "DETENTION_AND_TRAINING_ORDER"]
    licence = np.full(int(programme["occasion"].max(initial=-1)) + 1, -1)
    rows = np.flatnonzero(programme["disposal"] == "DTO_LICENCE")
    licence[programme["occasion"][rows]] = rows
    out = programme["end"][held]
    written = (out != NO_DAY) & ~np.isin(outcome["appeal"][of[held]], OVERTURNED)
    n = len(held)
    return {
        "record": outcome["record"][of[held]],
        "outcome": of[held] + 1,
        "custody": held + 1,
        "licence": licence[programme["occasion"][held]] + 1,
        "where": np.full(n, None, dtype=object),
        "letter": np.where(written, np.maximum(out - o.LETTER_BEFORE.value, outcome["date"][of[held]]), NO_DAY),
        "release": np.where(written, out, NO_DAY),
        "expiry": np.where(written, outcome["end"][of[held]], NO_DAY),
    }


def transfers(rng: np.random.Generator, outcome: Frame, transfer: Frame, record: Frame, services: np.ndarray) -> Frame:
    """The orders that ran when a child moved away, transferred in full on that day to the service of the new home; some
    services refuse. ``services`` is the code of each place."""
    arrived = np.flatnonzero(record["kind"] == ARRIVED)
    new_place = np.full(len(record["person"]), -1)
    new_place[record["origin"][arrived]] = record["place"][arrived]
    moved = np.full(len(record["person"]), -1)
    away = np.flatnonzero(transfer["words"] == "Moved away")
    moved[transfer["record"][away]] = away
    row = moved[outcome["record"]]
    day = np.where(row >= 0, transfer["day"][row], NO_DAY) if len(transfer["day"]) else np.full(len(row), NO_DAY)
    runs = outcome["main"] & (outcome["date"] < day) & (outcome["end"] > day)
    runs &= ~np.isin(outcome["appeal"], OVERTURNED) & np.isin(outcome["outcome"], o.TRANSFERRED_OF.value)
    runs &= (row >= 0) & (new_place[outcome["record"]] >= 0)
    of = np.flatnonzero(runs)
    n = len(of)
    asked = np.maximum(day[of] - whole(rng, o.ASKED_BEFORE.value, n), outcome["date"][of])
    refused = rng.random(n) < o.TRANSFER_REFUSED.value
    reason = np.full(n, None, dtype=object)
    reason[refused] = "The move is not settled"
    return {
        "record": outcome["record"][of],
        "outcome": of + 1,
        "how": np.full(n, "FULL_TO", dtype=object),
        "other": services[new_place[outcome["record"][of]]],
        "asked": asked,
        "answer": np.where(refused, "REFUSED", "ACCEPTED").astype(object),
        "answered": np.minimum(asked + whole(rng, o.ANSWERED_AFTER.value, n), day[of]),
        "starts": np.where(refused, NO_DAY, day[of]),
        "reason": reason,
        "transfer": np.where(refused, 0, row[of] + 1),
    }
