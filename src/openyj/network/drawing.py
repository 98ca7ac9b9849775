"""The drawing of a network: the child in the middle, family one side, professionals the other.

Plain Python, and the same people give the same drawing. Each side is one column of boxes, or two where it has more than
ONE_COLUMN: then the outer boxes stand beside the gaps between the inner ones, so that every line runs level through a
gap, under its own word, before it bends to the child. No box meets another, and no line a box but its own two.

Colour says nothing that dash, outline, shape and words do not say too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

INK, GREY, PAPER, BLUE = "#0b0c0c", "#484949", "#ffffff", "#12436d"
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
ONE_COLUMN = 7  # boxes in one column before a side takes two
BOX, CHILD = 196, 150  # pixels: how wide a box is, and the child's
LANE, BEND = 150, 46  # pixels: where the words of the lines stand, and where the lines bend to the child
BETWEEN, GAP, EDGE = 18, 28, 8  # pixels: between two columns, two boxes of a column, and around it all
LINE, PAD = 18, 10  # pixels: the height of a line of text, and the space above the first
BOLD, SMALL = 15, 13  # pixels: sizes of the text
SOLID, DASHED, DOTTED = "", "8 5", "2 5"
ABOVE, BELOW = -6, 15  # pixels: where the words of a line stand, from the line
FEWEST_LINES = 2


@dataclass(frozen=True)
class Figure:
    """Somebody to draw. `word` is what the line says; `lives_with` True, False or None for not known; `marks` are
    keys of MARKS; `warned` outlines the box and `warning` says why in a few words."""

    name: str
    word: str
    lives_with: bool | None = None
    marks: tuple[str, ...] = ()
    warning: str = ""
    under: str = ""
    thin: bool = False

    @property
    def dash(self) -> str:
        if self.thin or self.lives_with:
            return SOLID
        return DASHED if self.lives_with is False else DOTTED


# What stands beside a shape in a box, and in the key.
MARKS = {"responsibility": "has responsibility", "trusted": "trusted adult", "lead": "lead professional"}


@dataclass(frozen=True)
class Box:
    """Where somebody stands, in pixels from the left and the top."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def meets(self, other: Box) -> bool:
        """Whether two boxes share a point."""
        apart_x = self.x + self.width < other.x or other.x + other.width < self.x
        apart_y = self.y + self.height < other.y or other.y + other.height < self.y
        return not (apart_x or apart_y)


@dataclass(frozen=True)
class Line:
    """From a box to the child: level from `start` to `bend`, then to `end`. Its word stands above the level part,
    in the lane next to the child."""

    points: tuple[tuple[float, float], ...]
    word_x: float


@dataclass(frozen=True)
class Plan:
    """Everything with its place."""

    width: float
    height: float
    child: Box
    boxes: tuple[Box, ...]  # family, then professionals, as they were given
    lines: tuple[Line, ...]


def plan(family: Sequence[Figure], professionals: Sequence[Figure]) -> Plan:
    """Where everybody stands."""
    most = max((len(text_of(each)) for each in (*family, *professionals)), default=0)
    tall = 2 * PAD + LINE * max(most, FEWEST_LINES)
    left, right = columns(len(family)), columns(len(professionals))
    height = 2 * EDGE + max(side_height(len(family), tall), side_height(len(professionals), tall), tall)
    side = [breadth(each) for each in (left, right)]
    width = 2 * EDGE + side[0] + CHILD + side[1]
    child = Box(EDGE + side[0], (height - tall) / 2, CHILD, tall)
    boxes, lines = [], []
    for figures, is_left in ((family, True), (professionals, False)):
        top = (height - side_height(len(figures), tall)) / 2
        for place in range(len(figures)):
            x, y = stand(place, len(figures), tall)
            # Places are counted from the child outwards; the left side is the right one seen in a mirror.
            box_x = child.x - x - BOX if is_left else child.x + CHILD + x
            box = Box(box_x, top + y, BOX, tall)
            boxes.append(box)
            lines.append(line_of(box, child, place, len(figures), is_left))
    return Plan(width, height, child, tuple(boxes), tuple(lines))


def columns(people: int) -> int:
    """How many columns a side has."""
    return 0 if people == 0 else 1 if people <= ONE_COLUMN else 2


def breadth(columns: int) -> float:
    """How wide a side with this many columns is."""
    return columns and LANE + BEND + columns * BOX + (columns - 1) * BETWEEN


def side_height(people: int, tall: float) -> float:
    """How high the column or columns of a side are."""
    if columns(people) < 2:
        return max(people * (tall + GAP) - GAP, 0)
    # Two columns, one half a step lower than the other.
    return (people + 1) / 2 * (tall + GAP) - GAP


def stand(place: int, people: int, tall: float) -> tuple[float, float]:
    """(distance from the child, distance from the side's top) of a place. With two columns, places take turns: the
    first stands inside, the next outside and half a step lower."""
    near = LANE + BEND
    if columns(people) < 2:
        return near, place * (tall + GAP)
    outside = place % 2
    return near + outside * (BOX + BETWEEN), place * (tall + GAP) / 2


def line_of(box: Box, child: Box, place: int, people: int, is_left: bool) -> Line:
    """The line from a box to the child. Lines meet the child's side in the order of their boxes, so none cross."""
    end_y = child.y + child.height * (place + 1) / (people + 1)
    if is_left:
        start, bend, end = box.x + box.width, child.x - BEND, child.x
        word = bend - LANE / 2
    else:
        start, bend, end = box.x, child.x + child.width + BEND, child.x + child.width
        word = bend + LANE / 2
    return Line(((start, box.middle), (bend, box.middle), (end, end_y)), word)


def text_of(figure: Figure) -> list[tuple[str, str]]:
    """The lines of a box: (what kind of line, its text)."""
    said = [("name", each) for each in wrap(figure.name, BOX - 2 * PAD, BOLD, most=2)]
    if figure.under:
        said.append(("under", cut(figure.under, BOX - 2 * PAD, SMALL)))
    said += [(mark, MARKS[mark]) for mark in figure.marks]
    if figure.warning:
        said.append(("warning", cut(figure.warning, BOX - 2 * PAD, SMALL, bold=True)))
    return said


def wide(text: str, size: float, *, bold: bool = True) -> float:
    """At most how many pixels wide a text is: no font is asked, so each letter is taken for a wide one of its kind."""
    return sum(letter_width(each) for each in text) * size * (1.06 if bold else 1)


def letter_width(letter: str) -> float:
    """In parts of the text's size."""
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in "iljI.,:;'’|!ft()[]- ":
        return 0.36
    if letter in "mwMW@%—…":
        return 0.98
    if letter.isascii() and (letter.islower() or letter.isdigit()):
        return 0.58
    return 0.76 if letter.isascii() else 0.9


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits and an ellipsis."""
    text = plain_text(text)
    if wide(text, size, bold=bold) <= room:
        return text
    while text and wide(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrap(text: str, room: float, size: float, *, most: int) -> list[str]:
    """The text in at most so many lines, the last cut where it must be."""
    words, lines = plain_text(text).split(" "), [""]
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if wide(longer, size) <= room:
            lines[-1] = longer
            words.pop(0)
        elif lines[-1] and len(lines) < most:
            lines.append("")
        else:
            lines[-1] = cut(" ".join([*filter(None, [lines[-1]]), *words]), room, size, bold=True)
            break
    return lines


def plain_text(text: str) -> str:
    """One line, without signs that a drawing may not hold."""
    kept = "".join(each if unicodedata.category(each) not in ("Cc", "Cs", "Cn") else " " for each in text)
    return " ".join(kept.split())


def draw(
    id: str, child: str, family: Sequence[Figure], professionals: Sequence[Figure], *, title: str, description: str
) -> str:
    """The network as inline SVG. `id` must be the page's only one."""
    made = plan(family, professionals)
    figures = [*family, *professionals]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" focusable="false" width="{made.width:g}" '
        f'viewBox="0 0 {made.width:g} {made.height:g}" aria-labelledby="{id}-title {id}-text" font-family="{FONT}">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-text">{escape(description)}</desc>'
        f'<rect width="{made.width:g}" height="{made.height:g}" fill="{PAPER}"/>'
    ]
    for figure, line in zip(figures, made.lines, strict=True):
        parts.append(drawn_line(figure, line))
    for figure, box in zip(figures, made.boxes, strict=True):
        parts += drawn_box(figure, box)
    parts.append(drawn_child(child, made.child))
    return "".join([*parts, "</svg>"])


def drawn_line(figure: Figure, line: Line) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    dash = f' stroke-dasharray="{figure.dash}"' if figure.dash else ""
    words = wrap(figure.word, LANE - 8, SMALL, most=2)
    return (
        f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="{1 if figure.thin else 2.5}"{dash}/>'
    ) + "".join(
        f'<text x="{line.word_x:g}" y="{line.points[0][1] + y:g}" font-size="{SMALL}" text-anchor="middle" '
        f'fill="{INK}">{escape(word)}</text>'
        for word, y in zip(words, (ABOVE, BELOW), strict=False)
    )


def drawn_box(figure: Figure, box: Box) -> Iterator[str]:
    """A box and what stands in it. With a warning it is outlined twice."""
    corner = 2 if figure.thin else 8
    yield rectangle(box, corner, 4 if figure.warning else 1.5, GREY if figure.thin and not figure.warning else INK)
    if figure.warning:
        inside = Box(box.x + 5, box.y + 5, box.width - 10, box.height - 10)
        yield rectangle(inside, max(corner - 4, 1), 1.5, INK)
    lines = text_of(figure)
    y = box.middle - LINE * len(lines) / 2 + LINE * 0.76
    for kind, text in lines:
        x = box.x + box.width / 2
        weight = ' font-weight="bold"' if kind in ("name", "warning") else ""
        size = BOLD if kind == "name" else SMALL
        if kind in MARKS:
            half = (wide(text, SMALL, bold=False) + 20) / 2
            yield MARK_SHAPES[kind](x - half + 7, y - 4.5)
            x += 9
        yield (
            f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="middle" fill="{INK}"{weight}>'
            f"{escape(text)}</text>"
        )
        y += LINE


def drawn_child(name: str, box: Box) -> str:
    lines = wrap(name, box.width - 2 * PAD, BOLD, most=2)
    y = box.middle - LINE * len(lines) / 2 + LINE * 0.76
    said = "".join(
        f'<text x="{box.x + box.width / 2:g}" y="{y + LINE * place:g}" font-size="{BOLD}" text-anchor="middle" '
        f'font-weight="bold" fill="{PAPER}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return f"{rectangle(box, 8, 1.5, INK, BLUE)}{said}"


def rectangle(box: Box, corner: float, stroke: float, colour: str, fill: str = PAPER) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{corner:g}" '
        f'fill="{fill}" stroke="{colour}" stroke-width="{stroke:g}"/>'
    )


def diamond(x: float, y: float) -> str:
    return f'<path d="M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z" fill="{INK}"/>'


def star(x: float, y: float) -> str:
    """A star of five points."""
    return (
        f'<path d="M{x:g} {y - 7:g}l1.8 4.6h4.9l-3.9 3l1.5 4.8l-4.3 -2.9l-4.3 2.9l1.5 -4.8l-3.9 -3h4.9z" fill="{INK}"/>'
    )


def square(x: float, y: float) -> str:
    return f'<rect x="{x - 5:g}" y="{y - 5:g}" width="10" height="10" fill="{INK}"/>'


MARK_SHAPES = {"responsibility": diamond, "trusted": star, "lead": square}
