"""One service against the others together: a difference with its interval, in a sentence that claims no more than it
bears."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openyj.caselevel.returned import Told
from openyj.measures import Rate, Share, Tally, intervals
from openyj.performance.changes import interval_of_difference
from openyj.performance.national import Area, National
from openyj.performance.spec import Result, Spec
from openyj.performance.words import say, say_number, unit

CAUTION = (
    "A difference says that chance is an unlikely reason for it. It does not say what the reason is: services differ "
    "in the places and children they serve, and in what the police send them."
)


@dataclass(frozen=True)
class Side:
    """One of those compared: its name, its figure, and why it is not to be compared where it is not."""

    area: Area | None
    label: str
    result: Result
    missing: str = ""


@dataclass(frozen=True)
class Comparison:
    """A service beside its region, the nation, and all other services together."""

    told: Told
    sides: list[Side]
    sentence: str
    caution: str


def compare(national: National, told: Told, spec: Spec) -> Comparison | None:
    """The comparison of a service's figure; None when the snapshot has no such figure of it."""
    area = Area("service", told.code, told.name)
    measure = spec.definition
    own = national.one(measure, area, spec.show, spec.span, spec.period)
    if own is None:
        return None
    missing = national.missing(told, spec)
    sides = [Side(area, told.name, own, missing)]
    if told.region in national.regions:
        region = Area("region", told.region, told.region)
        if found := national.one(measure, region, spec.show, spec.span, spec.period):
            sides.append(Side(region, f"{told.region}, with {told.name}", found))
    if found := national.one(measure, national.nation, spec.show, spec.span, spec.period):
        sides.append(Side(national.nation, f"{national.nation.name}, with {told.name}", found))
    others, many = rest(national, told, spec)
    if others is not None:
        sides.append(Side(None, f"The {many} other services that have told everything", others))
    caution = "" if isinstance(spec.shows, Tally) else CAUTION
    return Comparison(told, sides, sentence(told, own, others, missing, many), caution)


def rest(national: National, told: Told, spec: Spec) -> tuple[Result | None, int]:
    """The figure of all other services together that have told everything, and how many they are. None for a count,
    which has no size, and a mean, whose spread is not kept."""
    show = spec.shows
    if not isinstance(show, Rate | Share):
        return None, 0
    found = national.of(spec.definition, "service", show=spec.show, span=spec.span, period=spec.period)
    chosen = [
        results[0]
        for code, results in found.items()
        if code != told.code and results[0].denominator and not national.missing(national.by_code[code], spec)
    ]
    counted, size = sum(each.numerator for each in chosen), sum(each.denominator for each in chosen)
    if not size:
        return None, 0
    per = show.per if isinstance(show, Rate) else 100
    low, high = (
        (bound / size for bound in intervals.poisson(counted))
        if isinstance(show, Rate)
        else intervals.wilson(counted, size)
    )
    figure = replace(
        chosen[0].figure,
        value=counted / size * per,
        numerator=counted,
        denominator=size,
        low=low * per,
        high=high * per,
    )
    return Result(spec, figure), len(chosen)


def sentence(told: Told, own: Result, others: Result | None, missing: str, many: int) -> str:
    """What the comparison says. A difference is called one only when its 95% interval leaves out none."""
    if own.value is None:
        return f"{told.name}: {say(own)}."
    if missing:
        return f"{told.name} is not compared: {missing[0].lower()}{missing[1:]}."
    if isinstance(own.show, Tally):
        return f"{told.name}: {say(own)}. All there are were counted, so none of it is chance."
    if others is None:
        return "No difference is worked out for this figure: a count has no size, and a mean’s spread is not kept."
    between = interval_of_difference(others, own)
    values = f"{told.name} {say(own)}, the {many} others together {say(others)}"
    if between is None:
        return f"No clear difference: {values}; too few to tell."
    low, high = between
    interval = f"95% interval {signed(low, own)} to {signed(high, own)}{unit_of_difference(own)}"
    if low <= 0 <= high:
        return f"No clear difference: {values}; the difference could be chance ({interval})."
    by = say_number(abs(own.value - others.value), own.show) + unit_of_difference(own)
    word = "higher" if own.value > others.value else "lower"
    seeming = f"{(many + 1) * 0.05:.0f}"
    chance = f"Of {many + 1} services compared like this, about {seeming} would seem to differ by chance alone."
    return f"{values}. That is {by} {word} ({interval}), more than chance usually makes. {chance}"


def signed(value: float, result: Result) -> str:
    said = say_number(abs(value), result.show)
    return f"−{said}" if value < 0 and float(said.replace(",", "")) else said


def unit_of_difference(result: Result) -> str:
    """A difference of two shares is in percentage points."""
    return " percentage points" if isinstance(result.show, Share) else unit(result.show)
