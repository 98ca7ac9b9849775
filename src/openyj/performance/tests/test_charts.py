"""Charts: one accessible image, honest at small numbers, the same in grey."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from openyj import measures
from openyj.measures import intervals
from openyj.performance.charts import LINES, Chart, Point
from openyj.performance.series import describe, series_chart, series_table, title_of
from openyj.performance.spec import Result, Spec

SVG = "{http://www.w3.org/2000/svg}"


def counts(numbers: list[int], *, last: str = "2025Q2", span: str = "quarter", open_from: int = 99) -> list[Result]:
    """Counts of so many periods, the last of them `last`; those from `open_from` on still fill."""
    made = []
    for place, number in enumerate(numbers):
        spec = Spec("first-time-entrants", "count", span, last).moved(place - len(numbers) + 1)
        low, high = intervals.poisson(number)
        figure = measures.Figure(
            spec.measure, spec.show, spec.when, date(2026, 11, 22), {}, value=float(number), numerator=number,
            low=low, high=high, interval=intervals.POISSON,
            provisional="the period is not over" if place >= open_from else None,
        )  # fmt: skip
        made.append(Result(spec, figure))
    return made


def test_a_drawing_is_one_image_with_a_title_and_a_description():
    chart = series_chart(counts([4, 6, 5, 3, 7]))
    root = ElementTree.fromstring(chart.svg("here"))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "here-title here-text"
    title, description = root[0], root[1]
    assert (title.get("id"), title.text) == ("here-title", chart.title)
    assert (description.get("id"), description.text) == ("here-text", chart.description)
    labelled = [e for e in root.iter() if e is not root and any(a.startswith(("aria", "role")) for a in e.attrib)]
    assert labelled == []


@pytest.mark.parametrize(("values", "pieces"), [((5, 4, 3, 4, 2), 1), ((5, 4, None, 4, 2), 2)])
def test_no_line_is_drawn_across_a_period_without_a_figure(values, pieces):
    points = tuple(Point("Quarter", str(place), value) for place, value in enumerate(values))
    root = ElementTree.fromstring(Chart("Title", "Words", "Number", points).svg("here"))
    (line,) = (
        each.get("d")
        for each in root.iter(f"{SVG}path")
        if each.get("stroke-width") == "1" and "L" in each.get("d") and each.get("fill") is None
    )
    assert line.count("M") == pieces


def test_a_drawing_asks_nothing_that_the_security_policy_refuses():
    svg = series_chart(counts([4, 6, 5], open_from=2)).svg("here")
    assert " style=" not in svg
    assert "<script" not in svg
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "").replace(
        'xmlns:xlink="http://www.w3.org/1999/xlink"', ""
    )


def test_words_in_a_chart_cannot_become_markup():
    chart = Chart('<b>"Q&A"</b>', "<script>", "Number", (Point("a", "<i>", 1.0),))
    root = ElementTree.fromstring(chart.svg("x"))
    assert root[0].text == '<b>"Q&A"</b>'
    assert root[1].text == "<script>"


def test_a_drawing_takes_the_width_of_its_place():
    root = ElementTree.fromstring(series_chart(counts([4, 6])).svg("x"))
    assert root.get("width") is None
    assert root.get("height") is None
    assert re.fullmatch(r"0 0 \d+(\.\d+)? \d+(\.\d+)?", root.get("viewBox"))


def test_a_drawing_for_a_phone_is_narrow_and_its_letters_as_large():
    chart = series_chart(counts(list(range(20))))
    wide, narrow = (ElementTree.fromstring(chart.svg("x", narrow=n)) for n in (False, True))
    assert float(narrow.get("viewBox").split()[2]) < 400 < float(wide.get("viewBox").split()[2])
    for root in (wide, narrow):
        sizes = {e.get("font-size") for e in root.iter(f"{SVG}text")}
        assert sizes == {"14px"}
        assert all("Arial" in e.get("font-family") for e in root.iter(f"{SVG}text"))


def test_what_is_not_final_is_drawn_hollow_and_said():
    closed, filling = series_chart(counts([4, 6, 5])), series_chart(counts([4, 6, 5], open_from=2))
    hollow = re.compile(
        r'fill="(#fff|#ffffff|white)"[^>]*stroke="#12436d"|stroke="#12436d"[^>]*fill="(#fff|#ffffff|white)"'
    )
    assert not hollow.search(closed.svg("x"))
    assert hollow.search(filling.svg("x"))
    assert "stroke-dasharray" in filling.svg("x")
    assert any("Hollow" in note for note in filling.notes)
    assert not any("Hollow" in note for note in closed.notes)
    assert "The last is not final." in filling.description


def test_the_axis_begins_at_0():
    svg = series_chart(counts([104, 106, 105])).svg("x")
    assert "0" in [e.text for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_same_data_gives_the_same_drawing():
    assert series_chart(counts([4, 6])).svg("x") == series_chart(counts([4, 6])).svg("x")


def test_lines_of_areas_differ_in_dash_and_in_shape():
    assert len({tuple(line["dash"]) for line in LINES}) == len({line["shape"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("numbers", [[], [None]])
def test_nothing_to_draw_is_no_picture(numbers):
    chart = Chart("t", "d", "a", tuple(Point("a", "b", number) for number in numbers))
    assert (chart.svg("x"), chart.png()) == ("", b"")


def test_a_picture_for_a_document():
    assert series_chart(counts([4, 6, 5])).png().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("numbers", "open_from", "title"),
    [
        ([], 99, "Nothing has been recorded yet"),
        ([7], 99, "First time entrants: 7, July to September 2025"),
        ([7], 0, "First time entrants: no period is complete yet"),
        (
            [4, 9, 9, 9, 6],
            99,
            "First time entrants: no clear change (4, then 6; the difference could be chance), July to September 2025 "
            "against a year earlier",
        ),
        ([9, 0, 0, 0, 41], 99, "First time entrants rose from 9 to 41, July to September 2025 against a year earlier"),
        ([6, 0, 0, 0, 6], 99, "First time entrants unchanged at 6, July to September 2025 against a year earlier"),
        # The quarter that is not over is neither the latest nor compared.
        (
            [41, 0, 0, 0, 9, 0],
            5,
            "First time entrants fell from 41 to 9, April to June 2025 against a year earlier",
        ),
    ],
)
def test_a_title_says_what_the_chart_shows_and_no_more(numbers, open_from, title):
    assert title_of(counts(numbers, open_from=open_from)) == title


def test_a_description_leaves_out_what_is_not_final():
    words = describe(counts([4, 6, 5, 0], open_from=3))
    assert "Lowest 4" in words
    assert "highest 6" in words


def test_a_table_beside_the_chart_has_every_figure_newest_first():
    table = series_table(counts([4, 6, 0], open_from=2))
    assert table.head == ["Period", "Children", "Out of", "Number of children", "95% interval", "State"]
    assert table.rows == [
        ["July to September 2025", "0", "", "0", "0 to 4", "Still filling until 30 September 2025"],
        ["April to June 2025", "6", "", "6", "2 to 13", "Complete"],
        ["January to March 2025", "4", "", "4", "1 to 10", "Complete"],
    ]


def test_a_table_says_why_a_figure_is_not_there():
    spec = Spec("first-time-entrants", "rate", "quarter", "2025Q2")
    missing = measures.Figure(
        spec.measure,
        spec.show,
        spec.when,
        date(2026, 11, 22),
        {},
        numerator=5,
        why_not="table population was not supplied",
    )
    assert series_table([Result(spec, missing)]).rows == [
        ["July to September 2025", "5", "", "cannot be computed: table population was not supplied", "", ""]
    ]


@pytest.mark.parametrize("name", list(measures.ALL))
def test_every_show_of_every_measure_can_be_drawn(name):
    for show in measures.ALL[name].shows:
        spec = Spec(name, show.name, "rolling_year", "2024Q1")
        figure = measures.Figure(name, show.name, spec.when, date(2026, 11, 22), {}, value=2.0, low=1.0, high=4.0)
        chart = series_chart([Result(spec, figure), Result(spec.moved(1), figure)])
        assert chart.axis
        assert chart.svg("x").startswith("<svg ")
