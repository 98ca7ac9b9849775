"""Charts as Vega-Lite, drawn on the server to SVG and PNG: no script, no style attribute, one image with a title and a
description.

Colours are told apart by people who see few, and by a grey printer: state is shape (hollow, dashed), never colour
alone. The same data gives the same bytes, so a drawing is kept by its content.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

# Imported inside: a worker that was forked after vl-convert has drawn hangs for ever (dependencies.md 4.7), and a
# management command has no need of it.

VEGA_LITE = "6.4"
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
INK, BLUE, GRID, GREY = "#0b0c0c", "#12436d", "#cecece", "#484949"
WIDE, NARROW = 680, 330
HEIGHT = 260
# Lines of a comparison: dash and shape tell them apart in grey.
LINES = (
    {"colour": "#12436d", "dash": [], "shape": "circle"},
    {"colour": "#801650", "dash": [6, 3], "shape": "square"},
    {"colour": "#1f6f68", "dash": [2, 2], "shape": "triangle-up"},
    {"colour": "#a14a0c", "dash": [8, 3, 2, 3], "shape": "diamond"},
    {"colour": "#3d3d3d", "dash": [1, 3], "shape": "cross"},
    {"colour": "#5a3d91", "dash": [10, 4], "shape": "triangle-down"},
)


@dataclass(frozen=True)
class Point:
    """One period of a chart: its words in two short lines, its value and interval, whether it may still change. A
    period without a value keeps its place."""

    line_one: str
    line_two: str
    value: float | None
    low: float | None = None
    high: float | None = None
    filling: bool = False
    series: str = ""

    @property
    def label(self) -> str:
        return f"{self.line_one}|{self.line_two}"


@dataclass(frozen=True)
class Chart:
    """A chart to draw, with its words. ``band`` shades the interval instead of drawing a bar at each point; ``lines``
    are the series' names in order when there are several."""

    title: str
    description: str
    axis: str
    points: tuple[Point, ...]
    band: bool = False
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=())

    def svg(self, id: str, *, narrow: bool = False) -> str:
        """The drawing as inline SVG. ``id`` must be the page's only one. Empty when there is nothing to draw."""
        if not self.drawable:
            return ""
        return accessible(drawn_svg(self._spec(narrow)), id, self.title, self.description)

    def png(self, *, scale: float = 2) -> bytes:
        """The wide drawing as PNG, for documents; the caller gives it `title` and `description` as its alt text.
        Empty when there is nothing to draw."""
        return drawn_png(self._spec(False), scale) if self.drawable else b""

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw."""
        return any(point.value is not None for point in self.points)

    def _spec(self, narrow: bool) -> str:
        return json.dumps(several(self, narrow) if self.lines else one(self, narrow), sort_keys=True)


def one(chart: Chart, narrow: bool) -> dict[str, Any]:
    """The Vega-Lite of one series with its intervals."""
    values = [
        {
            "at": place,
            "label": point.label,
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "filling": point.filling,
        }
        for place, point in enumerate(chart.points)
    ]
    final, filling = "!datum.filling && isValid(datum.value)", "datum.filling && isValid(datum.value)"
    known = "isValid(datum.low)"
    x, y = x_axis(chart, narrow), y_axis(chart)
    bounds = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    rule = {"type": "rule", "color": BLUE, "strokeWidth": 2, "opacity": 0.55}
    layers: list[dict[str, Any]] = []
    if chart.band:
        layers.append(
            {
                "transform": [{"filter": f"{final} && {known}"}],
                "mark": {"type": "area", "color": BLUE, "opacity": 0.18},
                "encoding": {"x": x, **bounds},
            }
        )
    else:
        layers.append({"transform": [{"filter": f"{final} && {known}"}], "mark": rule, "encoding": {"x": x, **bounds}})
    layers += [
        {
            "transform": [{"filter": f"{filling} && {known}"}],
            "mark": {**rule, "strokeDash": [3, 3]},
            "encoding": {"x": x, **bounds},
        },
        {
            # A period without a figure stays among the points, so that no line is drawn across it.
            "transform": [{"filter": "!datum.filling"}],
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2 if chart.band else 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": final}],
            "mark": {"type": "point", "filled": True, "color": BLUE, "size": 45, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": filling}],
            "mark": {"type": "point", "fill": "#ffffff", "stroke": BLUE, "strokeWidth": 2, "size": 55, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
    ]
    return framed(values, layers, narrow)


def several(chart: Chart, narrow: bool) -> dict[str, Any]:
    """The Vega-Lite of several series, each line with its own dash and shape."""
    order = list(dict.fromkeys(point.label for point in chart.points))
    values = [
        {"at": order.index(point.label), "label": point.label, "value": point.value, "series": point.series}
        for point in chart.points
    ]
    looks = [LINES[place % len(LINES)] for place in range(len(chart.lines))]
    domain = list(chart.lines)
    legend = {"title": None, "orient": "top", "columns": 1 if narrow else 3, "labelLimit": 300, "symbolStrokeWidth": 2}

    def scale(look: str) -> dict[str, Any]:
        return {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": domain, "range": [each[look] for each in looks]},
            "legend": legend,
        }

    x, y = x_axis(chart, narrow), y_axis(chart)
    y["axis"]["title"] = None  # the legend stands in its place; the caption says the unit
    layers = [
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "color": scale("colour"), "strokeDash": scale("dash")},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": scale("colour"), "shape": scale("shape")},
        },
    ]
    return framed(values, layers, narrow)


def x_axis(chart: Chart, narrow: bool) -> dict[str, Any]:
    """Periods in order, as many of them named as there is room for, counted back from the last."""
    order = list(dict.fromkeys(point.label for point in chart.points))
    room = 4 if narrow else 9
    step = next(step for step in (1, 2, 4, 8, 16, 32, 64) if len(order) / step <= room)
    return {
        "field": "label",
        "type": "ordinal",
        "sort": {"field": "at", "op": "min"},
        "scale": {"type": "point", "padding": 0.5, "domain": order},
        "axis": {
            "title": None,
            "labelExpr": "split(datum.label, '|')",
            "labelAngle": 0,
            "values": order[::-1][::step],
            "labelOverlap": False,
            "labelPadding": 6,
        },
    }


def y_axis(chart: Chart) -> dict[str, Any]:
    top = max((point.high or point.value or 0 for point in chart.points), default=0)
    labels = "format(datum.value, ',')" if top >= 5 else "format(datum.value, '~g')"
    return from_nothing("value", chart.axis, labelExpr=labels)


def from_nothing(field: str, title: str, **axis: Any) -> dict[str, Any]:
    """An axis from 0, so that a small change does not look large; its unit stands above it, level to read."""
    level = {
        "title": title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -14,
        "titleFontWeight": "normal",
        "tickCount": 5,
    }
    return {"field": field, "type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": level | axis}


def framed(values: list[dict[str, Any]], layers: list[dict[str, Any]], narrow: bool) -> dict[str, Any]:
    size = 14
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json",
        "width": NARROW - 60 if narrow else WIDE - 60,
        "height": HEIGHT,
        "padding": {"left": 5, "right": 28, "top": 8, "bottom": 5},
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": FONT,
            "background": "#ffffff",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": size,
                "titleFontSize": size,
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": GRID,
                "domainColor": GREY,
                "tickColor": GREY,
            },
            "axisX": {"grid": False},
            "legend": {"labelFontSize": size, "labelColor": INK, "symbolSize": 90},
        },
    }


@lru_cache(maxsize=512)
def drawn_svg(spec: str) -> str:
    import vl_convert

    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])


@lru_cache(maxsize=64)
def drawn_png(spec: str, scale: float) -> bytes:
    import vl_convert

    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[])


def accessible(svg: str, id: str, title: str, description: str) -> str:
    """One image with a title and a description, in place of the dozens of labels that Vega puts on its parts."""
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)
    width, height = (float(re.search(rf'<svg [^>]*\b{side}="([\d.]+)"', svg)[1]) for side in ("width", "height"))
    # Without its own width the drawing takes that of its place on the page; the view box keeps its proportions.
    svg = re.sub(r'(<svg [^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg [^>]*?) height="[^"]*"', r"\1", svg, count=1)
    if "viewBox=" not in svg.partition(">")[0]:
        svg = svg.replace("<svg ", f'<svg viewBox="0 0 {width:g} {height:g}" ', 1)
    head = f'<svg role="img" focusable="false" aria-labelledby="{id}-title {id}-text" '
    words = f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-text">{escape(description)}</desc>'
    return svg.replace("<svg ", head, 1).replace(">", f">{words}", 1)
