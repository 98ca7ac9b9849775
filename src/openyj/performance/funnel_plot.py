"""A funnel plot of one figure: every service by its size, the limits, one service marked, and what it says in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openyj.caselevel.returned import Told
from openyj.measures import Measure, Rate, Share
from openyj.performance.charts import BLUE, GREY, INK, accessible, drawn_svg, framed, from_nothing
from openyj.performance.funnel import INNER, OUTER, Funnel, Position, funnel
from openyj.performance.national import National
from openyj.performance.series import axis_of, name_of
from openyj.performance.spec import Result, Spec
from openyj.performance.words import say_number, say_period, say_value

LINE_POINTS = 60
MAGENTA, ORANGE = "#801650", "#f46a25"
FAR = {Position.FAR_ABOVE, Position.FAR_BELOW}
NOT_COMPARED = "not compared: not everything is told"
MARKED = "the service that is marked"
# What a point looks like: shape and filling tell it apart without colour.
LOOKS = {
    Position.WITHIN.value: {"shape": "circle", "fill": "#ffffff", "stroke": BLUE, "size": 30},
    "beyond a 95% limit": {"shape": "circle", "fill": BLUE, "stroke": BLUE, "size": 55},
    "beyond a 99.8% limit": {"shape": "triangle-up", "fill": MAGENTA, "stroke": MAGENTA, "size": 85},
    NOT_COMPARED: {"shape": "cross", "fill": "#ffffff", "stroke": GREY, "size": 45},
    MARKED: {"shape": "diamond", "fill": ORANGE, "stroke": INK, "size": 320},
}

KEY = dict(zip(LOOKS, ("Hollow circle", "Full circle", "Triangle", "Cross", "Large diamond"), strict=True))


@dataclass(frozen=True)
class Dot:
    """A service in the plot. It has a position, or a reason why it is not compared."""

    told: Told
    result: Result
    position: Position | None
    missing: str
    named: bool

    @property
    def words(self) -> str:
        return self.position.value if self.position else self.missing

    @property
    def looks(self) -> str:
        if self.position is None:
            return NOT_COMPARED
        if self.position is Position.WITHIN:
            return Position.WITHIN.value
        return "beyond a 99.8% limit" if self.position in FAR else "beyond a 95% limit"


@dataclass(frozen=True)
class FunnelPlot:
    """One figure's funnel plot. `marked` is the code of the service that stands out, when one does."""

    spec: Spec
    dots: tuple[Dot, ...]
    funnel: Funnel | None
    marked: str

    @property
    def compared(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.position is not None]

    def outside(self, *positions: Position) -> list[Dot]:
        return [dot for dot in self.compared if dot.position in positions]

    @property
    def per(self) -> int:
        """What a value of the funnel is multiplied by to be what the page says."""
        show = self.spec.shows
        return show.per if isinstance(show, Rate) else 100

    @property
    def target_words(self) -> str:
        return say_value(self.funnel.target * self.per, self.spec.shows)

    @cached_property
    def title(self) -> str:
        """What the plot finds: how many lie outside, and how many chance alone would put there."""
        name = name_of(self.dots[0].result) if self.dots else self.spec.shows.label
        if self.funnel is None:
            return f"{name}: too few services to compare, {say_period(self.spec.when)}"
        far, all_of = len(self.outside(*FAR)), len(self.compared)
        return (
            f"{name}: {far} of {all_of} services lie outside the 99.8% limits, where "
            f"{about(self.funnel.expected_outside(OUTER))} would be expected, {say_period(self.spec.when)}"
        )

    @property
    def sentences(self) -> list[str]:
        """What to know before reading it."""
        if self.funnel is None:
            return ["A plot needs ten services that have told everything, and somebody who is counted in them."]
        either = len(self.compared) - len(self.outside(Position.WITHIN))
        expected = about(self.funnel.expected_outside(INNER))
        said = [
            f"{either} lie outside the 95% limits, where {expected} would be expected.",
            f"The line in the middle is the nation’s own, {self.target_words}.",
        ]
        dispersion = f"{self.funnel.dispersion:.1f} where chance alone gives about 1"
        if self.funnel.widened:
            said.append(
                f"Services differ by more than chance (over-dispersion {dispersion}), because places and children "
                f"differ. The limits are drawn {self.funnel.factor:.1f} times as wide for it."
            )
        else:
            said.append(f"The limits are those of chance alone (over-dispersion {dispersion}).")
        said.append("Outside a limit is a question to ask, not an answer: it is neither better nor worse by itself.")
        return said

    @property
    def notes(self) -> list[str]:
        said = [f"{KEY[looks]}: {looks}." for looks in LOOKS if looks != MARKED and looks in self._looks]
        if any(dot.told.code == self.marked for dot in self.dots):
            said.append(f"{KEY[MARKED]}: {MARKED}.")
        return [
            *said,
            "Whether a service lies outside is decided by whole children, so a point close to a line may be inside.",
        ]

    @cached_property
    def _looks(self) -> set[str]:
        return {dot.looks for dot in self.dots}

    @property
    def description(self) -> str:
        """The plot for somebody who cannot see it."""
        if self.funnel is None:
            return "There is nothing to draw."
        parts = [
            f"A point for each of {len(self.dots)} services by its size, between limits about {self.target_words} that "
            "narrow as services grow."
        ]
        parts += [f"{position.value.capitalize()}: {len(self.outside(position))}." for position in Position]
        if left := len(self.dots) - len(self.compared):
            parts.append(f"Not compared: {left}.")
        if own := next((dot for dot in self.dots if dot.told.code == self.marked), None):
            parts.append(f"{own.told.name} is marked: {own.words}.")
        return " ".join(parts)

    @property
    def drawable(self) -> bool:
        return self.funnel is not None

    def svg(self, id: str, *, narrow: bool = False) -> str:
        """The drawing as inline SVG; empty when there is nothing to draw."""
        if not self.drawable:
            return ""
        spec = json.dumps(drawn(self, narrow), sort_keys=True)
        return accessible(drawn_svg(spec), id, self.title, self.description)


def about(number: float) -> str:
    """An expected number of services, with as much of it as says something."""
    return f"about {number:.0f}" if number >= 2 else f"about {number:.1f}"


def can_be_plotted(measure: Measure, show: str) -> bool:
    """A rate has residents and a share its children; a count has no size, and a mean of counts no limits of chance."""
    return isinstance(measure.show(show), Rate | Share)


def is_plotted(measure: Measure) -> bool:
    """Whether there is a plot of anything that a measure shows."""
    return any(can_be_plotted(measure, show.name) for show in measure.shows)


def funnel_plot(national: National, spec: Spec, *, marked: str = "", by_chance_alone: bool = False) -> FunnelPlot:
    """The plot of a figure of a complete period. Services that have not told everything of it are in it, and take no
    part in its limits."""
    measure = spec.definition
    found = national.of(measure, "service", show=spec.show, span=spec.span, period=spec.period)
    rows = []
    for told in national.every:
        result = found[told.code][0] if told.code in found else None
        if result is not None and result.value is not None and result.denominator:
            rows.append((told, result, national.missing(told, spec)))
    kind = "rate" if isinstance(spec.shows, Rate) else "share"
    made = funnel(
        kind,
        [(result.numerator, result.denominator) for _, result, missing in rows if not missing],
        by_chance_alone=by_chance_alone,
    )
    dots = tuple(
        Dot(
            told,
            result,
            made.position(result.numerator, result.denominator) if made and not missing else None,
            missing or "not compared",
            national.reach.names(told),
        )
        for told, result, missing in rows
    )
    return FunnelPlot(spec, dots, made, marked)


def drawn(plot: FunnelPlot, narrow: bool) -> dict[str, Any]:
    """The Vega-Lite of a plot: limits below, points above them, the marked service last."""
    sizes = [dot.result.denominator for dot in plot.dots]
    low, high = min(sizes), max(sizes)
    # More points where services are small and the lines are steep.
    at = sorted({max(1, round(low + (high - low) * (step / LINE_POINTS) ** 2)) for step in range(LINE_POINTS + 1)})
    lines = [("99.8%", OUTER[1]), ("95%", INNER[1]), ("95%", INNER[0]), ("99.8%", OUTER[0])]
    values: list[dict[str, Any]] = [
        {"what": "limit", "line": f"{name} {p}", "name": name, "x": size, "y": plot.funnel.line(p, size) * plot.per}
        for name, p in lines
        for size in at
    ]
    values += [
        {"what": "limit", "line": "nation", "name": "nation", "x": x, "y": plot.funnel.target * plot.per} for x in at
    ]
    ends = [each | {"what": "end"} for each in values if each["x"] == at[-1]]
    ordered = sorted(plot.dots, key=lambda dot: (dot.told.code == plot.marked, list(LOOKS).index(dot.looks)))
    values += ends
    values += [
        {
            "what": "dot",
            "x": dot.result.denominator,
            "y": dot.result.value,
            "looks": MARKED if dot.told.code == plot.marked else dot.looks,
            "name": dot.told.name if dot.told.code == plot.marked else "",
        }
        for dot in ordered
    ]
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {
            "title": "Residents aged 10 to 17" if plot.funnel.kind == "rate" else "Children in the cohort",
            "titleFontWeight": "normal",
            "labelExpr": "format(datum.value, ',.0f')",
            "tickCount": 3 if narrow else 6,
            "grid": False,
        },
    }
    y = from_nothing("y", axis_of(plot.dots[0].result))
    there = [name for name in LOOKS if any(value.get("looks") == name for value in values)]

    def look(name: str) -> dict[str, Any]:
        scale = {"domain": there, "range": [LOOKS[each][name] for each in there]}
        return {"field": "looks", "type": "nominal", "scale": scale, "legend": None}  # the notes say what is what

    def line(filter: str, **mark: Any) -> dict[str, Any]:
        encoding = {"x": x, "y": y, "detail": {"field": "line"}}
        return {
            "transform": [{"filter": f"datum.what == 'limit' && {filter}"}],
            "mark": {"type": "line", **mark},
            "encoding": encoding,
        }

    text = {"type": "text", "fontSize": 13, "color": INK}
    layers = [
        line("datum.name == 'nation'", color=INK, strokeWidth=1.5),
        line("datum.name == '95%'", color=GREY, strokeWidth=1.5, strokeDash=[5, 4]),
        line("datum.name == '99.8%'", color=GREY, strokeWidth=1.5),
        {
            "transform": [{"filter": "datum.what == 'end'"}],
            "mark": {**text, "align": "left", "dx": 5, "color": GREY},
            "encoding": {"x": x, "y": y, "text": {"field": "name"}},
        },
        {
            "transform": [{"filter": "datum.what == 'dot'"}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 1.5},
            "encoding": {
                "x": x,
                "y": y,
                "shape": look("shape"),
                "fill": look("fill"),
                "stroke": look("stroke"),
                "size": look("size"),
            },
        },
    ]
    if own := next((dot for dot in plot.dots if dot.told.code == plot.marked), None):
        left = own.result.denominator - low > (high - low) * 0.6
        name = {**text, "fontWeight": "bold", "align": "right" if left else "left", "dx": -12 if left else 12}
        name["limit"] = 180 if narrow else 400
        layers += [  # the name upon a white copy of itself, to be read above the points
            {
                "transform": [{"filter": f"datum.what == 'dot' && datum.looks == '{MARKED}'"}],
                "mark": mark,
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            }
            for mark in ({**name, "stroke": "#ffffff", "strokeWidth": 4}, name)
        ]
    made = framed(values, layers, narrow)
    made["height"] = 380
    made["padding"] = {"left": 5, "right": 52, "top": 8, "bottom": 5}
    return made


def say_limits(plot: FunnelPlot, size: int) -> str:
    """The outer limits at a size: "103 to 341"."""
    low, high = (plot.funnel.line(p, size) * plot.per for p in OUTER)
    return f"{say_number(low, plot.spec.shows)} to {say_number(high, plot.spec.shows)}"
