"""Whose record a fact stands on: home, after a transfer, or in a neighbour's court; and where the child lived."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from openyj.invented import parameters as p
from openyj.invented.draws import NO_DAY, YEAR, Frame, each_word, places_in_group, stacked, taken, words
from openyj.invented.lives import FIRST_TIER
from openyj.invented.places import Place

HOME, ARRIVED, HOST = range(3)


def elsewhere(rng: np.random.Generator, place: np.ndarray, places: Sequence[Place]) -> np.ndarray:
    """Another place than one's own; where there are several regions, mostly one of the same region."""
    far = (place + rng.integers(1, len(places), len(place))) % len(places)
    regions, region = np.unique([one.region for one in places], return_inverse=True)
    if len(regions) == 1:
        return far
    order = np.argsort(region, kind="stable")
    count = np.bincount(region)
    first = np.cumsum(count) - count
    nth = np.empty(len(places), dtype=np.int64)
    nth[order] = np.arange(len(places)) - first[region[order]]
    own = region[place]
    others = count[own] - 1
    step = 1 + np.floor(rng.random(len(place)) * others).astype(np.int64)
    near = order[first[own] + (nth[place] + step) % count[own]]
    return np.where((rng.random(len(place)) < p.MOVED_NEAR.value) & (others > 0), near, far)


def records(
    rng: np.random.Generator, who: Frame, occasion: Frame, places: Sequence[Place], until: int
) -> tuple[Frame, Frame, np.ndarray]:
    """Child records, transfers, and for every occasion the record it stands on.

    A child who moved has a second record; the moved-to service may or may not know the first one's id."""
    n = len(who["place"])
    first = {
        "person": np.arange(n),
        "place": who["place"],
        "kind": np.full(n, HOME),
        "from": who["entry"] - rng.integers(0, p.AT_HOME_BEFORE.value, n),
        "to": np.full(n, until),
        "origin": np.full(n, -1),
    }
    room = who["end"] - who["entry"]
    chosen = (rng.random(n) < p.TRANSFERRED.value) & (room > p.SETTLED_BEFORE_MOVING.value) & (len(places) > 1)
    movers = np.flatnonzero(chosen)
    day = (
        who["entry"][movers]
        + p.SETTLED_BEFORE_MOVING.value // 2
        + np.floor(rng.random(len(movers)) * (room[movers] - p.SETTLED_BEFORE_MOVING.value // 2)).astype(np.int64)
    )
    moved = np.full(n, until + 1)
    moved[movers] = day
    arrived_at = np.full(n, -1)
    arrived_at[movers] = n + np.arange(len(movers))
    first["to"] = np.minimum(moved, until)
    second = {
        "person": movers,
        "place": elsewhere(rng, who["place"][movers], places) if len(movers) else movers,
        "kind": np.full(len(movers), ARRIVED),
        "from": day,
        "to": np.full(len(movers), until),
        "origin": movers,
    }
    known = np.maximum(occasion["decided"], occasion["day"])
    person = occasion["person"]
    stands_on = np.where(known >= moved[person], arrived_at[person], person)
    transfer = {
        "record": np.r_[movers, arrived_at[movers]],
        "day": np.r_[day, day],
        "words": np.array(["Moved away"] * len(movers) + ["Moved in"] * len(movers), dtype=object),
    }
    return stacked([first, second]), transfer, stands_on


def in_other_courts(
    rng: np.random.Generator, record: Frame, occasion: Frame, offence: Frame, places: Sequence[Place]
) -> tuple[Frame, Frame, Frame]:
    """Copies of some court occasions on a record of the court's own service, which records OTHER.

    The home service records the same decision as LOCAL: case-data.md 2."""
    home = occasion["person"]
    could = (occasion["tier"] >= FIRST_TIER) & (occasion["decided"] != NO_DAY) & (occasion["breach_of"] < 0)
    people = int(home.max()) + 1 if len(home) else 0
    seen = rng.random(people) < p.SEEN_ELSEWHERE.value
    rows = np.flatnonzero(could & seen[home] & (rng.random(len(home)) < p.OF_THEIR_OCCASIONS.value))
    if len(places) < 2 or not len(rows):
        return record, occasion, offence
    persons, nth = np.unique(home[rows], return_inverse=True)
    at = elsewhere(rng, record["place"][persons], places)
    start = len(record["person"])
    earliest = np.full(len(persons), 10**9)
    np.minimum.at(earliest, nth, occasion["arrest"][rows])
    host = {
        "person": persons,
        "place": at,
        "kind": np.full(len(persons), HOST),
        "from": earliest,
        "to": record["to"][persons],
        "origin": np.full(len(persons), -1),
    }
    copied = taken(occasion, rows) | {"record": start + nth}
    copied["residence"] = np.full(len(rows), "OTHER", dtype=object)
    new_number = np.full(len(home), -1)
    new_number[rows] = len(home) + np.arange(len(rows))
    theirs = taken(offence, np.flatnonzero(new_number[offence["occasion"]] >= 0))
    theirs["occasion"] = new_number[theirs["occasion"]]
    return stacked([record, host]), stacked([occasion, copied]), stacked([offence, theirs])


def residence_on_outcome(rng: np.random.Generator, who: Frame, occasion: Frame) -> np.ndarray:
    """LOCAL for most; OTHER for visitors and for the first occasion of those who moved in afterwards."""
    n = len(who["place"])
    draw = rng.random(n)
    visitor = draw < p.VISITORS.value
    moved_in = (draw >= p.VISITORS.value) & (draw < p.VISITORS.value + p.MOVED_IN.value)
    person = occasion["person"]
    other = visitor[person] | (moved_in[person] & (occasion["place_in_life"] == 0))
    out = np.where(other, "OTHER", "LOCAL").astype(object)
    out[rng.random(len(person)) < p.RESIDENCE_NOT_RECORDED.value] = None
    return out


def homes(rng: np.random.Generator, record: Frame, custody: Frame, until: int) -> Frame:
    """Residence episodes: primary ones follow each other without overlap, custody among them; a few children
    also stay somewhere else. ``custody`` has record, start and end (``NO_DAY`` while it lasts)."""
    n = len(record["person"])
    settled = np.where(record["kind"] == HOST, 0.0, (record["to"] - record["from"]) / YEAR)
    moves = np.minimum(rng.poisson(p.MOVES_HOME.value * settled.clip(0)), 6)
    mover = np.repeat(np.arange(n), moves)
    moved = (
        record["from"][mover]
        + 1
        + np.floor(rng.random(len(mover)) * (record["to"] - record["from"])[mover]).astype(np.int64)
    )
    over = custody["end"] != NO_DAY
    which = np.r_[np.arange(n), mover, custody["record"], custody["record"][over]]
    day = np.r_[record["from"], np.minimum(moved, until), custody["start"], custody["end"][over] + 1]
    change = np.r_[
        np.zeros(n + len(mover), dtype=np.int64),
        np.ones(len(custody["start"]), dtype=np.int64),
        -np.ones(int(over.sum()), dtype=np.int64),
    ]
    order = np.lexsort((day, which))
    which, day, change = which[order], day[order], change[order]
    inside = np.cumsum(change) - np.repeat(*cumulative_before(which, change))
    last_of_day = np.r_[(which[1:] != which[:-1]) | (day[1:] != day[:-1]), True] if len(which) else inside > 0
    which, day, held = which[last_of_day], day[last_of_day], inside[last_of_day] > 0
    follows = np.r_[False, which[1:] == which[:-1]]
    kept = ~(follows & held & np.r_[False, held[:-1]]) & (day <= until)
    which, day, held = which[kept], day[kept], held[kept]
    followed = np.r_[which[1:] == which[:-1], False]
    end = np.where(followed, np.r_[day[1:], 0] - 1, NO_DAY)
    m = len(which)
    primary = {
        "record": which,
        "start": day,
        "end": end,
        "type": np.where(held, words(rng, p.CUSTODY_HOME.value, m), words(rng, p.HOME.value, m)),
        "suitability": np.where(held, "SUITABLE", words(rng, p.SUITABILITY.value, m)),
        "primary": np.ones(m, dtype=bool),
    }
    return stacked([primary, second_homes(rng, primary, until)])


def cumulative_before(groups: np.ndarray, change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each run of equal groups: the total of all changes before it, and its length."""
    starts = np.flatnonzero(places_in_group(groups) == 0)
    total = np.cumsum(change) - change
    return total[starts], np.diff(np.r_[starts, len(groups)])


def second_homes(rng: np.random.Generator, primary: Frame, until: int) -> Frame:
    rows = np.flatnonzero(rng.random(len(primary["record"])) < p.SECOND_HOME.value)
    least, most = p.SECOND_HOME_DAYS.value
    start = primary["start"][rows] + rng.integers(0, least, len(rows))
    end = start + rng.integers(least, most, len(rows))
    rows, start, end = (x[start <= until] for x in (rows, start, end))
    m = len(rows)
    return {
        "record": primary["record"][rows],
        "start": start,
        "end": np.where(end > until, NO_DAY, end),
        "type": words(rng, p.SECOND_HOME_TYPE.value, m),
        "suitability": words(rng, p.SUITABILITY.value, m),
        "primary": np.zeros(m, dtype=bool),
    }


def number_persons(rng: np.random.Generator, record: Frame) -> None:
    """Give records the number of their person and what the arriving service was told of the first one's id.

    Some whose id was kept are entered as a new person all the same; only the id and the date of birth say
    that they are one (``tables.linking``)."""
    record["number"] = record["person"] + 1
    record["told"] = np.full(len(record["person"]), None, dtype=object)
    arrived = np.flatnonzero(record["kind"] == ARRIVED)
    record["told"][arrived] = each_word(rng, p.ORIGINATING_ID.value, len(arrived))
    kept = arrived[record["told"][arrived] == "kept"]
    apart = kept[rng.random(len(kept)) < p.NOT_LINKED.value]
    record["number"][apart] = record["number"].max() + 1 + np.arange(len(apart))


def originating_ids(record: Frame, yot_id: np.ndarray) -> np.ndarray:
    """The id a child had at the first service, a sham one, or nothing."""
    kept = np.flatnonzero(record["told"] == "kept")
    out = record["told"].copy()
    out[kept] = yot_id[record["origin"][kept]]
    # The first service, having sent the child away, files its own number in the same box.
    out[record["origin"][kept]] = yot_id[record["origin"][kept]]
    return out
