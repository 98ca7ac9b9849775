"""What the pages of the clock show: a child's courses as tracks, a service's numbers as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from openyj.accounts.models import User
from openyj.casework.models import Offence, Outcome
from openyj.casework.slots import Route, on_route
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.delays import rules
from openyj.delays.courses import SPANS, Course
from openyj.delays.figures import Held, Line, held_lines, label_of, said_whose, stage_lines, whole_lines
from openyj.people.models import Child

OUT_OF_ORDER = Tag("Out of order", "orange")


@dataclass(frozen=True)
class Point:
    """A stage of one course: its day, how long after the recorded stage before it, and whose these days were."""

    label: str
    day: str
    url: str
    days: str
    whose: str
    tag: Tag | None = None


@dataclass(frozen=True)
class Track:
    """One course on the child's record."""

    title: str
    group: str
    points: list[Point]
    whole: list[tuple[str, str]]


def track_of(course: Course) -> Track:
    ended = {stretch.end: (stretch, owner) for stretch, owner in course.whose}
    order = on_route(Route(course.route)) if course.route else sorted(course.reached, key=course.reached.__getitem__)
    points = [point_of(stage, course, ended.get(stage)) for stage in order]
    title = f"{', '.join(course.labels)}, {say_date(course.decided)}"
    group = f"{course.group}, {Route(course.route).label.lower()}" if course.route else "Nothing says what it counts as"
    return Track(title, group, points, whole_of(course))


def point_of(stage: str, course: Course, ended: tuple[rules.Stretch, str] | None) -> Point:
    if stage not in course.reached:
        return Point(label_of(stage), "Not recorded", "", "Not known", "")
    day, url = say_date(course.reached[stage]), course.url_of(stage)
    if ended is None:
        return Point(label_of(stage), day, url, "", "")
    stretch, owner = ended
    days = say_days(stretch.days)
    if stretch.over:
        days = f"{days} since: {label_of(stretch.start).lower()}"
    if stretch.out_of_order:
        return Point(label_of(stage), day, url, days, "", OUT_OF_ORDER)
    return Point(label_of(stage), day, url, days, said_whose(owner))


def whole_of(course: Course) -> list[tuple[str, str]]:
    """The parts that are compared, then whose the days were."""
    said = []
    for start, end in SPANS:
        length = course.span(start, end)
        label = f"{label_of(start)} to {label_of(end).lower()}"
        missing = [label_of(stage).lower() for stage in (start, end) if stage not in course.reached]
        said.append((label, f"Not known: {' and '.join(missing)} not recorded" if missing else say_days(length)))
    held = rules.shares(course.whose)
    if held:
        said.append(("Whose days", "; ".join(f"{said_whose(owner)} {say_days(days)}" for owner, days in held.items())))
    return said


def waiting_of(child: Child, user: User) -> list[tuple[str, str, str]]:
    """(what, since when, address) of each offence that nothing has been decided on."""
    decided = Outcome.objects.standing().filter(offence=OuterRef("pk"))
    rows = Offence.objects.of(child, user).standing().filter(~Exists(decided))
    return [
        (str(row), so_far(row.offence_date), reverse("people:fact", args=[child.pk, "offence", row.pk]))
        for row in rows.order_by("offence_date", "pk")
    ]


def so_far(day: date | None) -> str:
    if day is None:
        return "Not known since when: the day of the offence is not recorded"
    return f"{say_days((clock.today() - day).days)} so far, since {say_date(day)}"


def say_days(days: int) -> str:
    return f"{days:,} day{'' if abs(days) == 1 else 's'}".replace("-", "−")


# Over a service


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words and, where there are children behind it, their page."""

    text: str
    url: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the service's page; the first cell of a row stands as its head."""

    caption: str
    head: Sequence[str]
    rows: list[list[Cell]]


def tables_of(found: Sequence[Course], by: str, *, linked: Callable[[Line], str] | None) -> list[Table]:
    """The whole clock, then each route stage by stage and whose its days were. A route without courses is left out."""
    made = [days_table("The whole", whole_lines(found, by), by, linked)]
    for route in Route:
        if stages := stage_lines(found, by, route):
            said = route.label.lower()
            made.append(days_table(f"Decided {said}, stage by stage", stages, by, linked))
            made.append(held_table(f"Decided {said}: whose the days were", held_lines(found, by, route), by))
    return made


def days_table(caption: str, lines: Sequence[Line], by: str, linked: Callable[[Line], str] | None) -> Table:
    head = ["From and to", *(["Group"] if by else []), "Counted", "Median days", "95% interval", "Range", "Not counted"]
    return Table(caption, head, [days_row(line, by, linked) for line in lines])


def days_row(line: Line, by: str, linked: Callable[[Line], str] | None) -> list[Cell]:
    days = line.days
    url = linked(line) if linked and (days.count or days.out_of_order) else ""
    return [
        Cell(line.part.label),
        *([Cell(line.group)] if by else []),
        Cell(f"{days.count:,}", url, f"children: {line.part.label} {line.group}".strip()),
        Cell("Not known" if days.median is None else f"{days.median:g}"),
        Cell(say_interval(days)),
        Cell("" if days.shortest is None else f"{days.shortest} to {days.longest}"),
        Cell(say_left_out(line)),
    ]


def say_interval(days: rules.Days) -> str:
    if not days.count:
        return ""
    return f"{days.interval[0]} to {days.interval[1]}" if days.interval else "Too few to say"


def say_left_out(line: Line) -> str:
    out = [f"{line.unknown:,} not known"] if line.unknown and not line.part.exact else []
    out += [f"{line.days.out_of_order} out of order"] if line.days.out_of_order else []
    return ", ".join(out)


def held_table(caption: str, lines: Sequence[Held], by: str) -> Table:
    head = ["Whose", *(["Group"] if by else []), "Days", "Share of the days", "Decisions"]
    rows = [
        [
            Cell(line.whose),
            *([Cell(line.group)] if by else []),
            Cell(f"{line.days:,}"),
            Cell(f"{line.share:.0%}"),
            Cell(f"{line.courses:,}"),
        ]
        for line in lines
    ]
    return Table(caption, head, rows)


@dataclass(frozen=True)
class Behind:
    """One course behind a number, with the child as this person may see them."""

    course: Course
    days: int
    child: Child

    @property
    def url(self) -> str:
        return reverse("delays:of_child", args=[self.child.pk])

    @property
    def decided(self) -> date:
        return self.course.decided

    @property
    def what(self) -> str:
        return ", ".join(self.course.labels)

    @property
    def order_tag(self) -> Tag | str:
        return OUT_OF_ORDER if self.days < 0 and not self.child.masked else ""
