"""Adding up: whether printed parts make a printed total, and what slip would explain it when they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from openyj.plancheck.facts.numbers import COUNT, PERCENT, POINTS, Number, grouped

LARGEST_SEARCH = 60_000  # ways of placing figures that are tried before the table counts as not decidable


@dataclass(frozen=True)
class Closure:
    """Parts against their printed total. ``off`` is printed minus worked out."""

    parts: tuple[Number, ...]
    printed: Number
    computed: Decimal
    slack: Decimal  # what rounding of every part could explain

    @property
    def off(self) -> Decimal:
        return self.printed.value - self.computed

    @property
    def exact(self) -> bool:
        return self.off == 0

    @property
    def near(self) -> bool:
        """Not equal, but no further apart than rounding could bring them."""
        return self.off != 0 and abs(self.off) <= self.slack

    @property
    def open(self) -> bool:
        return abs(self.off) > self.slack

    @property
    def share(self) -> Decimal:
        """The difference as a share of the larger of the two."""
        larger = max(abs(self.printed.value), abs(self.computed))
        return abs(self.off) / larger if larger else Decimal(0)


def closure(parts: Sequence[Number], printed: Number) -> Closure:
    """Compare; where brackets stand beside plain figures, the reading of them that adds up is taken."""
    values = [p.value for p in parts]
    computed = sum(values, Decimal(0))
    mixed = any(p.bracketed for p in parts) and not all(p.bracketed for p in parts)
    if mixed and computed != printed.value:
        less = sum((-p.value if p.bracketed else p.value for p in parts), Decimal(0))
        if abs(less) == abs(printed.value):
            computed = printed.value
        without = sum((p.value for p in parts if not p.bracketed), Decimal(0))
        if without == printed.value:
            computed = without
    return Closure(tuple(parts), printed, computed, _slack(parts, printed))


def _slack(parts: Sequence[Number], printed: Number) -> Decimal:
    """Whole people are not rounded; money, rates and shares may be, each by half its last place."""
    steps = [p.step for p in parts] + [printed.step]
    step = max(steps) if max(steps) > 1 else min(steps)  # beside 7.5 posts, "1" is one post exactly
    people = all(n.unit == COUNT and n.step == 1 and n.size < 1000 for n in (*parts, printed))
    if people and printed.value not in (99, 100, 101):
        return Decimal(0)
    return step * (len([p for p in parts if p.value]) + 1) / 2


def addable(numbers: Sequence[Number]) -> bool:
    """Shares are not added up, nor are shares and counts mixed."""
    return not any(n.unit in (PERCENT, POINTS) for n in numbers)


def slip(printed: Decimal, other: Decimal) -> str:
    """The slip of the hand that turns one number into the other, in words; empty when none does.

    Numbers of one or two digits, and of three for a single digit, agree by chance too often to prove anything.
    """
    a, b = _digits(printed), _digits(other)
    if len(a) != len(b):
        return ""
    differs = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differs) == 1 and len(a) > 3:
        return "one digit differs"
    if len(differs) == 2 and sorted(a) == sorted(b) and len(a) > 2:
        return "two digits changed places"
    if len(differs) > 2 and len(a) > 3 and sorted(a) == sorted(b):
        return "the digits changed places"
    return ""


def _digits(value: Decimal) -> str:
    text = f"{abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def likely_cause(c: Closure, names: Sequence[str]) -> str:
    """Why the parts may not make the total: a row left out, one counted twice, digits changed."""
    for part, name in zip(c.parts, names, strict=True):
        if part.value and c.off == -part.value:
            return f"{name or 'one part'} ({part.printed}) seems to be left out of the total"
        if part.value and c.off == part.value:
            return f"{name or 'one part'} ({part.printed}) seems to be counted twice"
    words = slip(c.printed.value, c.computed)
    if words:
        return f"{words} between the printed {c.printed.printed} and {grouped(c.computed)}"
    for part, name in zip(c.parts, names, strict=True):
        words = slip(part.value, part.value + c.off)
        if part.size >= 100 and words == "two digits changed places":
            return f"{name or 'one part'} ({part.printed}) would fit as {grouped(part.value + c.off)}: {words}"
    return ""


def sum_in_words(c: Closure) -> str:
    """The addition as a person would write it; parts that are 0 are left out."""
    shown = [p for p in c.parts if p.value]
    terms = " + ".join(grouped(p.value) if p.value >= 0 else f"({grouped(p.value)})" for p in shown)
    return f"{terms or '0'} = {grouped(c.computed)}, printed {c.printed.printed}"


def unmatched_columns(rows: list[list[Decimal]], totals: list[Decimal]) -> set[int] | None:
    """Which column totals cannot be reached, whatever empty cells stood between a row's figures.

    Rows hold only the figures that are printed, in order. The empty set: some placing agrees with every
    total. One column: every other column can be made to agree. None: not decidable this way.
    """
    if _reachable(rows, totals):
        return set()
    culprits = {
        i for i in range(len(totals)) if _reachable(rows, [t for j, t in enumerate(totals) if j != i], skip_one_at=i)
    }
    return culprits or None


def _reachable(rows: list[list[Decimal]], totals: list[Decimal], skip_one_at: int | None = None) -> bool:
    """Whether figures can be placed, left to right, so that every given column total is met.

    ``skip_one_at``: a column stands at this position whose total does not matter.
    """
    width = len(totals) + (skip_one_at is not None)
    kept = [i for i in range(width) if i != skip_one_at]
    prune = all(v >= 0 for row in rows for v in row)
    states: set[tuple[Decimal, ...]] = {(Decimal(0),) * len(totals)}
    for row in rows:
        if not row:
            continue
        if len(row) > width:
            return False
        following: set[tuple[Decimal, ...]] = set()
        for places in combinations(range(width), len(row)):
            at = dict(zip(places, row, strict=True))
            added = [at.get(i, Decimal(0)) for i in kept]
            for state in states:
                new = tuple(s + a for s, a in zip(state, added, strict=True))
                if not prune or all(n <= t for n, t in zip(new, totals, strict=True)):
                    following.add(new)
        if len(following) > LARGEST_SEARCH:
            return False
        states = following
    return tuple(totals) in states
