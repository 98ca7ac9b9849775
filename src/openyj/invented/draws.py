"""Drawing many things at once: weighted words, days in season, long-tailed delays; and frames of columns.

A frame is a dict of equally long numpy arrays. Days are whole numbers since 1970-01-01, ``NO_DAY`` where
there is none. Words are object arrays that may hold None.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

Frame = dict[str, np.ndarray]
NO_DAY = -(10**9)
YEAR = 365.25
MONTH = 30.44  # days, as the national term conversion has it: case-data.md 4


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def stream_of(rng: np.random.Generator, name: str) -> np.random.Generator:
    """A stream of its own, from the seed of ``rng`` and a name. What is drawn from it changes nothing that is drawn
    elsewhere, nor does it depend on what was drawn before."""
    seed = rng.bit_generator.seed_seq
    assert isinstance(seed, np.random.SeedSequence)
    own = np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, zlib.crc32(name.encode())))
    return np.random.default_rng(own)


def words(rng: np.random.Generator, weighted: Sequence[tuple[Any, float]], n: int) -> np.ndarray:
    """``n`` independent draws from (word, weight) pairs."""
    values = np.empty(len(weighted), dtype=object)
    values[:] = [w for w, _ in weighted]
    edges = np.cumsum([weight for _, weight in weighted])
    return values[np.searchsorted(edges / edges[-1], rng.random(n), side="right").clip(0, len(values) - 1)]


def each_word(rng: np.random.Generator, weighted: Sequence[tuple[Any, float]], n: int) -> np.ndarray:
    """As ``words``, but every word occurs at least once where there is room: for rare cases that must be there."""
    drawn = words(rng, weighted, n)
    for row, (word, _) in zip(rng.permutation(n)[: len(weighted)], weighted, strict=False):
        drawn[row] = word
    return drawn


def words_by(
    rng: np.random.Generator, keys: np.ndarray, tables: Mapping[str, Sequence[tuple[Any, float]]]
) -> np.ndarray:
    """One draw a row from the table its key names; None where no table does."""
    out = np.full(len(keys), None, dtype=object)
    for key, weighted in tables.items():
        rows = np.flatnonzero(keys == key)
        out[rows] = words(rng, weighted, len(rows))
    return out


def looked_up(keys: np.ndarray, numbers: Mapping[str, float], default: float = 0.0) -> np.ndarray:
    """The number each key has."""
    out = np.full(len(keys), default)
    for key, number in numbers.items():
        out[keys == key] = number
    return out


def delays(rng: np.random.Generator, shape: tuple[float, float], n: int, longest: int) -> np.ndarray:
    """Whole days, lognormal with this median and sigma, cut at ``longest``."""
    median, sigma = shape
    return np.minimum(np.floor(np.exp(np.log(median) + sigma * rng.standard_normal(n))), longest).astype(np.int64)


def birthday(born: np.ndarray, age: int | np.ndarray) -> np.ndarray:
    """The day each child is ``age``; 29 February moves to 1 March in other years."""
    days = born.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    return ((month + 12 * age).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))).astype(np.int64)


def completed_years(born: np.ndarray, on: np.ndarray) -> np.ndarray:
    """Age by the birthday rule: case-data.md 6."""
    age = ((on - born) / YEAR).astype(np.int64) + 1
    for _ in range(2):
        age = np.where(birthday(born, age) > on, age - 1, age)
    return age


def months_later(days: np.ndarray, months: np.ndarray) -> np.ndarray:
    """The same day ``months`` whole months on, or the last of that month where it has no such day."""
    start = days.astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    target = month + months.astype(np.int64)
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    into = np.minimum((start - month.astype("datetime64[D]")).astype(np.int64), length - 1)
    return target.astype("datetime64[D]").astype(np.int64) + into


def taken(frame: Frame, rows: np.ndarray) -> Frame:
    return {name: column[rows] for name, column in frame.items()}


def stacked(frames: Iterable[Frame]) -> Frame:
    """Frames one under another; all must have the first one's columns."""
    first, *rest = frames
    return {name: np.concatenate([first[name], *(f[name] for f in rest)]) for name in first}


def places_in_group(groups: np.ndarray) -> np.ndarray:
    """0, 1, 2, ... within each run of equal values."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    lengths = np.diff(np.r_[starts, len(groups)])
    return np.arange(len(groups)) - np.repeat(starts, lengths)


def before_in_group(groups: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """How many earlier rows of the same run have the flag."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    running = np.cumsum(flags) - flags
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    lengths = np.diff(np.r_[starts, len(groups)])
    return running - np.repeat(running[starts], lengths)


class Season:
    """Days drawn in proportion to how busy each is: month, holidays and how the years go up or down.

    ``level`` says how busy each of some days is beside the others, apart from the month."""

    def __init__(
        self, first: int, until: int, month_weight: Sequence[float], level: Callable[[np.ndarray], np.ndarray]
    ) -> None:
        days = np.arange(first, until + 1)
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
        busy = np.asarray(month_weight)[month] * level(days)
        self.first = first
        self.reach = np.r_[0.0, np.cumsum(busy)]

    def days_between(self, low: np.ndarray | int, high: np.ndarray | int, share: np.ndarray) -> np.ndarray:
        """The day that lies ``share`` of the busyness from ``low`` to ``high``, both days included."""
        a = self.reach[np.asarray(low) - self.first]
        b = self.reach[np.asarray(high) - self.first + 1]
        found = np.searchsorted(self.reach, a + share * (b - a), side="right") - 1
        return np.clip(found + self.first, low, high)


def between(pair: tuple[float, float], days: np.ndarray, start: int, until: int) -> np.ndarray:
    """A parameter that goes evenly from its first-year to its last-year value."""
    low, high = pair
    return low + (high - low) * np.clip((days - start) / (until - start), 0, 1)
