"""The drawing: nobody lost, nothing on top of anything else, everything inside, whoever the people are."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.network import drawing
from openyj.network.drawing import (
    ABOVE,
    BELOW,
    BOLD,
    BOX,
    LANE,
    PAD,
    SMALL,
    Box,
    Figure,
    draw,
    plan,
    text_of,
    wide,
    wrap,
)

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["Dilys Morgan", "W" * 40, "Bartholomew Fotherington-Smythe of Upper Marlpit", "", "李 小龍", "<b>&\"'"]
)
figures = st.builds(
    Figure,
    name=names,
    word=names,
    lives_with=st.sampled_from([True, False, None]),
    marks=st.sampled_from([(), ("responsibility",), ("trusted",), ("responsibility", "trusted"), ("lead",)]),
    warning=st.sampled_from(["", "Do not contact", "Risk: do not contact"]),
    under=names,
    thin=st.booleans(),
)
people = st.tuples(st.lists(figures, max_size=24), st.lists(figures, max_size=24))


def crosses(a: tuple[float, float], b: tuple[float, float], box: Box) -> bool:
    """Whether the straight line from a to b goes through the inside of a box."""
    inside = 0.0, 1.0
    for start, end, low, high in ((a[0], b[0], box.x, box.x + box.width), (a[1], b[1], box.y, box.y + box.height)):
        if start == end:
            if not low < start < high:
                return False
            continue
        at = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        inside = max(inside[0], at[0]), min(inside[1], at[1])
    return inside[0] < inside[1] - 1e-9


@settings(max_examples=150, deadline=None)
@given(people)
def test_everybody_stands_alone_and_inside(both):
    family, professionals = both
    made = plan(family, professionals)
    assert len(made.boxes) == len(family) + len(professionals)
    every = [made.child, *made.boxes]
    assert not [pair for pair in combinations(every, 2) if pair[0].meets(pair[1])]
    for box in every:
        assert box.x >= 0 and box.y >= 0
        assert box.x + box.width <= made.width and box.y + box.height <= made.height
    assert all(box.x < made.child.x for box in made.boxes[: len(family)])
    assert all(box.x > made.child.x for box in made.boxes[len(family) :])


@settings(max_examples=60, deadline=None)
@given(people)
def test_no_line_runs_through_a_box_nor_across_another(both):
    made = plan(*both)
    for number, line in enumerate(made.lines):
        for start, end in zip(line.points, line.points[1:], strict=False):
            through = [i for i, box in enumerate([*made.boxes, made.child]) if crosses(start, end, box)]
            assert through == [], f"line {number}"
    for side in (made.lines[: len(both[0])], made.lines[len(both[0]) :]):
        begun = [line.points[1][1] for line in side]
        ended = [line.points[2][1] for line in side]
        assert begun == sorted(begun) and ended == sorted(ended)
        # Their words are far enough apart to be read.
        assert all(b - a >= BELOW - ABOVE + SMALL for a, b in pairwise(begun))


@settings(max_examples=150, deadline=None)
@given(figures)
def test_text_stays_in_its_box(figure):
    lines = text_of(figure)
    room = BOX - 2 * PAD
    for kind, text in lines:
        size = BOLD if kind == "name" else SMALL
        assert wide(text, size, bold=kind in ("name", "warning")) <= room, text
    made = plan([figure], [])
    assert made.boxes[0].height >= len(lines) * drawing.LINE
    assert all(wide(text, SMALL) <= LANE - 8 for text in wrap(figure.word, LANE - 8, SMALL, most=2))


@settings(max_examples=60, deadline=None)
@given(people, names)
def test_it_is_an_image_with_a_title_in_which_everybody_is_once(both, child):
    svg = draw("n", child, *both, title=f"Of {child}", description="Words")
    # What a page may hold and XML may not: sent as HTML, so only what the drawing writes itself is looked at.
    root = ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", svg))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "n-title n-text"
    lines = [e for e in root.iter() if e.tag.endswith("polyline")]
    assert len(lines) == len(both[0]) + len(both[1])
    assert "style=" not in svg.replace("&lt;", "").split("<rect", 1)[1].split("<text")[0]
    assert svg == draw("n", child, *both, title=f"Of {child}", description="Words")


def test_living_together_is_dash_and_warning_is_outline_not_colour():
    def drawn(**how) -> str:
        return draw("n", "Ceri", [Figure("Dilys", "Mother", **how)], [], title="T", description="D")

    solid, dashed, dotted = drawn(lives_with=True), drawn(lives_with=False), drawn(lives_with=None)
    assert "stroke-dasharray" not in solid
    assert f'stroke-dasharray="{drawing.DASHED}"' in dashed and f'stroke-dasharray="{drawing.DOTTED}"' in dotted
    warned = drawn(lives_with=True, warning="Do not contact")
    assert warned.count("<rect") == solid.count("<rect") + 1 and "Do not contact" in warned
    colours = {c for made in (solid, dashed, warned) for c in re.findall(r'(?:fill|stroke)="(#\w+)"', made)}
    assert colours <= {drawing.INK, drawing.GREY, drawing.PAPER, drawing.BLUE}


@pytest.mark.parametrize("mark", drawing.MARKS)
def test_a_mark_is_a_shape_with_its_word(mark):
    svg = draw("n", "Ceri", [Figure("Dilys", "Mother", marks=(mark,))], [], title="T", description="D")
    assert drawing.MARKS[mark] in svg
    plain = draw("n", "Ceri", [Figure("Dilys", "Mother")], [], title="T", description="D")
    shapes = svg.count("<path") + svg.count("<rect") - plain.count("<path") - plain.count("<rect")
    assert shapes == 1


def test_a_long_name_is_wrapped_and_then_cut():
    said = wrap("Bartholomew Fotherington-Smythe of Upper Marlpit and Wicketgate", 176, BOLD, most=2)
    assert len(said) == 2 and said[1].endswith("…")
    assert wrap("Dilys Morgan", 176, BOLD, most=2) == ["Dilys Morgan"]


def test_two_columns_only_where_one_is_long():
    def width(people: int) -> float:
        return plan([Figure("A", "B")] * people, []).width

    assert width(0) < width(1) == width(drawing.ONE_COLUMN) < width(drawing.ONE_COLUMN + 1) == width(24)
