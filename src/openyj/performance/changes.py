"""Whether a figure changed, in words that never make more of small numbers than they bear."""

from __future__ import annotations

from math import sqrt

from openyj.measures import Tally
from openyj.performance.spec import Result
from openyj.performance.words import say, say_period, say_short_value

METHOD = (
    "A change is called one only when the 95% interval of the difference, made from the two figures' own intervals, "
    "leaves out no change (Newcombe 1998; Zou and Donner 2008)."
)


def change_between(before: Result, after: Result) -> str:
    """What happened from one figure to a later one of the same kind, in words.

    "rose from 51 to 92", "fell from 31.2% to 12.0%", "no clear change (51, then 62; the difference could be chance)",
    "unchanged at 51", or why the two may not be compared: one cannot be computed, is still filling, or shares
    quarters with the other. Raises ValueError for figures of different kinds.
    """
    refuse_unlike(before, after)
    if (why := why_not_compared(before, after)) is not None:
        return f"not compared: {why}"
    was = say_short_value(before)
    difference = interval_of_difference(before, after)
    if difference is None:
        return f"no clear change ({was}, then {say(after)}; too few to tell)"
    low, high = difference
    if low > 0 or high < 0:
        return f"{'rose' if low > 0 else 'fell'} from {was} to {say(after)}"
    if before.value == after.value:
        return f"unchanged at {say(after)}"
    if say(before) == say(after):
        return f"no clear change (both {say(after)})"
    return f"no clear change ({was}, then {say(after)}; the difference could be chance)"


def is_clear(before: Result, after: Result) -> bool:
    """Whether the two may be compared and differ by more than chance explains."""
    refuse_unlike(before, after)
    if why_not_compared(before, after) is not None:
        return False
    difference = interval_of_difference(before, after)
    return difference is not None and not difference[0] <= 0 <= difference[1]


def interval_of_difference(before: Result, after: Result) -> tuple[float, float] | None:
    """The 95% interval of the later figure less the earlier, from their own intervals, which need not be symmetrical.

    R. G. Newcombe, Statistics in Medicine 17 (1998), for shares; G. Y. Zou and A. Donner, Statistics in Medicine 27
    (2008), for any two independent estimates. None when either has no interval. Of a tally, in which all there are
    were counted, the difference itself.
    """
    if isinstance(before.show, Tally):
        return after.value - before.value, after.value - before.value
    if before.interval is None or after.interval is None:
        return None
    (low_before, high_before), (low_after, high_after) = before.interval, after.interval
    difference = after.value - before.value
    low = difference - sqrt((after.value - low_after) ** 2 + (high_before - before.value) ** 2)
    high = difference + sqrt((high_after - after.value) ** 2 + (before.value - low_before) ** 2)
    return low, high


def refuse_unlike(before: Result, after: Result) -> None:
    kinds = [(r.spec.measure, r.spec.show, r.spec.span, r.spec.edition) for r in (before, after)]
    if kinds[0] != kinds[1] or dict(before.spec.where) != dict(after.spec.where):
        raise ValueError("Only figures of one measure, kind of period, group and edition may be compared")
    if before.spec.when.last > after.spec.when.last:
        raise ValueError("Give the earlier figure first")


def why_not_compared(before: Result, after: Result) -> str | None:
    for result in (before, after):
        if result.value is None:
            return f"{say_period(result.spec.when)} {say(result)}"
    for result in (before, after):
        if result.is_filling:
            return f"{say_period(result.spec.when)} is not final"
    if set(before.spec.when.quarters) & set(after.spec.when.quarters):
        return "the two periods share months"
    if isinstance(before.show, Tally) and before.denominator != after.denominator:
        return f"one is out of {before.denominator}, the other out of {after.denominator}"
    return None
