"""Naming a figure, working it out, and saying it in words.

figure = name_figure(service=service, spec=Spec("first-time-entrants", "rate", "rolling_year", "2025Q4"), by=user)
result = evaluate(figure, tables, as_of)        # from the live record or from a snapshot's tables
say(result)                                     # "215 per 100,000"
change_between(evaluate(year_before, tables, as_of), result)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from openyj import measures
from openyj.accounts.models import Service, User
from openyj.measures import CannotBeComputed, Count, Rate, Workbench, intervals
from openyj.performance.changes import change_between
from openyj.performance.models import CODE_ALPHABET, CODE_LENGTH, Figure, new_code
from openyj.performance.spec import Result, Spec
from openyj.performance.words import say, say_spec
from openyj.tables import CaseTables

__all__ = [
    "Figure",
    "Result",
    "Spec",
    "change_between",
    "evaluate",
    "find_figure",
    "name_figure",
    "name_figures",
    "say",
    "say_spec",
    "spec_of",
]
Key = tuple[Any, ...]


def spec_of(figure: Figure) -> Spec:
    """What a named figure speaks of."""
    return Spec(figure.measure, figure.show, figure.span, figure.period, figure.where, figure.edition)


def name_figure(*, service: Service, spec: Spec, by: User | None) -> Figure:
    """The figure of this spec for this service: the one it has, or a new one with a code of its own."""
    return name_figures(service=service, specs=[spec], by=by)[spec.key]


def name_figures(*, service: Service, specs: Iterable[Spec], by: User | None) -> dict[Key, Figure]:
    """Name many at once, by the specs' keys: one query when all have names already."""
    wanted = {spec.key: spec for spec in specs}
    found = named(service, wanted)
    # More than once only when a new code is already another service's, whose rows are not seen from here.
    while missing := [spec for key, spec in wanted.items() if key not in found]:
        # Two people may name the same figure at once: the second finds what the first made.
        Figure.objects.bulk_create([unnamed(service, spec, by) for spec in missing], ignore_conflicts=True)
        found = named(service, wanted)
    return found


def unnamed(service: Service, spec: Spec, by: User | None) -> Figure:
    return Figure(
        code=new_code(),
        service=service,
        measure=spec.measure,
        show=spec.show,
        span=spec.span,
        period=spec.period,
        where=dict(spec.where),
        edition=spec.edition,
        named_by=by,
    )


def named(service: Service, wanted: Mapping[Key, Spec]) -> dict[Key, Figure]:
    rows = Figure.objects.filter(
        service=service,
        measure__in={spec.measure for spec in wanted.values()},
        period__in={spec.period for spec in wanted.values()},
    )
    keyed = {key_of(figure): figure for figure in rows}
    return {key: keyed[key] for key in wanted if key in keyed}


def key_of(figure: Figure) -> Key:
    where = tuple(sorted(figure.where.items()))
    return (figure.measure, figure.show, figure.span, figure.period, where, figure.edition)


def find_figure(user: User, typed: str) -> Figure | None:
    """The figure of a code as someone typed it from paper, if it is one of a figure this user may see."""
    code = "".join(typed.split()).upper()
    if len(code) != CODE_LENGTH or set(code) - set(CODE_ALPHABET):
        return None
    return Figure.objects.visible_to(user).filter(code=code).select_related("service", "named_by").first()


def evaluate(figure: Figure, tables: CaseTables | Workbench, as_of: date) -> Result:
    """Work a named figure out. Give a Workbench when working out many: it reads the tables and cohorts once.

    What cannot be computed is a result that says why, never an error and never 0.
    """
    return worked_out(spec_of(figure), figure.service.code, tables, as_of)


def worked_out(spec: Spec, service: str, tables: CaseTables | Workbench, as_of: date) -> Result:
    """The figure of a spec for the service of this code."""
    nothing = measures.Figure(spec.measure, spec.show, spec.when, as_of, dict(spec.where))
    if spec.edition != spec.definition.edition:
        why = f"edition {spec.edition} of the definition was replaced by edition {spec.definition.edition}"
        return Result(spec, replace(nothing, why_not=why))
    try:
        bench = Workbench.of(tables)
        groups = one_period(spec, service, bench, as_of, sorted(spec.where))
        for each in groups:
            if dict(each.breakdown) == dict(spec.where):
                return Result(spec, each)
        return Result(spec, empty_group(spec, service, bench, nothing))
    except CannotBeComputed as reason:
        return Result(spec, replace(nothing, why_not=str(reason)))


def one_period(spec: Spec, service: str, bench: Workbench, as_of: date, by: list[str]) -> list[measures.Figure]:
    last = spec.when.last
    found = measures.figures(
        spec.definition, bench, as_of, by=by, period=spec.span, service=service, first=last, last=last
    )
    return [each for each in found if each.show == spec.show]


def empty_group(spec: Spec, service: str, bench: Workbench, nothing: measures.Figure) -> measures.Figure:
    """A group in which nobody was ever counted: its count is 0, where the tables cover the period at all."""
    (whole,) = one_period(spec, service, bench, nothing.as_of, [])
    if whole.numerator is None:
        return replace(nothing, why_not=whole.why_not)
    own: dict[str, Any]
    match spec.shows:
        case Count():
            low, high = intervals.poisson(0)
            own = {"value": 0.0, "numerator": 0, "low": low, "high": high, "interval": intervals.POISSON}
        case Rate():
            own = {"numerator": 0, "why_not": "residents are known for the service, not for each group"}
        case _:
            own = {"numerator": 0, "denominator": 0, "why_not": "nobody is in the cohort"}
    return replace(nothing, provisional=whole.provisional, **own)
