"""The clock over a service: how many days each part took, by disposal and by ethnicity, and whose they were."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from openyj.accounts.models import Service
from openyj.casework.models import Outcome
from openyj.casework.slots import Route, Whose, on_route, stages
from openyj.core.windows import Window
from openyj.delays import rules
from openyj.delays.courses import SPANS, Course, courses
from openyj.delays.rules import Days
from openyj.tables.codes import ETHNICITY, ETHNICITY_GROUPS, OUTCOME_GROUPS

NOT_RECORDED = "Not recorded"
NOBODY = "Nobody’s alone"  # a stretch over stages that are not recorded, and that are not all of one
ETHNIC_GROUPS = ETHNICITY.groups()
BREAKDOWNS = {"group": "Kind of decision", "ethnicity": "Ethnicity"}


def courses_of(service: Service | int, window: Window) -> list[Course]:
    """The courses of a service that ended in a decision in these days."""
    return courses(Outcome.objects.filter(service=service, outcome_date__range=(window.first, window.last)))


def group_of(course: Course, by: str) -> str:
    """The group of a course for one breakdown, as a person reads it."""
    if by == "group":
        return course.group or NOT_RECORDED
    return ETHNIC_GROUPS.get(course.child.ethnicity, NOT_RECORDED) if by == "ethnicity" else ""


def groups_of(found: Sequence[Course], by: str) -> list[tuple[str, list[Course]]]:
    """The courses by group, in the order of the list; all of them as one where nothing is broken down."""
    order = {"group": OUTCOME_GROUPS, "ethnicity": ETHNICITY_GROUPS}.get(by, ("",))
    parts: dict[str, list[Course]] = defaultdict(list)
    for course in found:
        parts[group_of(course, by)].append(course)
    return [(name, parts[name]) for name in (*order, NOT_RECORDED) if name in parts]


@dataclass(frozen=True)
class Part:
    """One part of the clock: from a stage to a stage, on one route or ("") on both; `over` were not recorded between.
    `exact` is a stretch between two neighbours that are recorded; otherwise anything between may be recorded."""

    start: str
    end: str
    route: str = ""
    over: tuple[str, ...] = ()
    exact: bool = False

    @property
    def label(self) -> str:
        said = f"{label_of(self.start)} to {label_of(self.end).lower()}"
        return f"{said} ({_and([label_of(s).lower() for s in self.over])} not recorded)" if self.over else said

    @property
    def key(self) -> str:
        """Its word in an address."""
        return ".".join([self.route or "all", self.start, *self.over, self.end] + ["exact"] * self.exact)

    def days_of(self, course: Course) -> int | None:
        """How long it took in one course; None where it is not known, or is not part of it."""
        if not self.exact:
            return course.span(self.start, self.end)
        if course.route != self.route:
            return None
        wanted = (self.start, self.over, self.end)
        return next((s.days for s in course.stretches if (s.start, s.over, s.end) == wanted), None)


@dataclass(frozen=True)
class Line:
    """A part of the clock in one group: how long it took, and in how many courses it is not known."""

    part: Part
    group: str
    days: Days
    unknown: int


def whole_lines(found: Sequence[Course], by: str) -> list[Line]:
    """The parts that are compared whatever is recorded between."""
    parts = [Part(start, end) for start, end in SPANS]
    return lines(parts, found, by)


def stage_lines(found: Sequence[Course], by: str, route: str) -> list[Line]:
    """Stage by stage on one route: a line for each two stages that follow one another in a record."""
    mine = [course for course in found if course.route == route]
    order = on_route(Route(route))
    pairs = {(s.start, s.over, s.end) for course in mine for s in course.stretches}
    ordered = sorted(pairs, key=lambda pair: (order.index(pair[0]), order.index(pair[2])))
    parts = [Part(start, end, route, over, exact=True) for start, over, end in ordered]
    return [line for line in lines(parts, mine, by) if line.days.count or line.days.out_of_order]


def lines(parts: Sequence[Part], found: Sequence[Course], by: str) -> list[Line]:
    grouped = groups_of(found, by)
    made = []
    for part in parts:
        for name, mine in grouped:
            lengths = [part.days_of(course) for course in mine]
            known = [length for length in lengths if length is not None]
            made.append(Line(part, name, Days.of(known), len(lengths) - len(known)))
    return made


@dataclass(frozen=True)
class Held:
    """Whose days they were, of one route and group: days, and of how many courses."""

    group: str
    whose: str
    days: int
    share: float  # of all days of this route and group, 0 to 1
    courses: int


def held_lines(found: Sequence[Course], by: str, route: str) -> list[Held]:
    """Whose the days of one route were, by group."""
    made = []
    for name, mine in groups_of([course for course in found if course.route == route], by):
        days: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for course in mine:
            own = rules.shares(course.whose)
            days.update(own)
            count.update(own.keys())
        total = sum(days.values())
        order = [*Whose.values, ""]
        made += [
            Held(name, said_whose(owner), days[owner], days[owner] / total, count[owner])
            for owner in sorted(days, key=order.index)
            if total
        ]
    return made


def said_whose(owner: str) -> str:
    return Whose(owner).label if owner else NOBODY


def label_of(stage: str) -> str:
    found = dict(stages.items()).get(stage)
    return found.label if found else stage


def part_called(key: str, found: Sequence[Course]) -> Part | None:
    """The part that an address names; None for a word that means none."""
    known = [line.part for line in whole_lines(found, "")]
    known += [line.part for route in Route.values for line in stage_lines(found, "", route)]
    return next((part for part in known if part.key == key), None)


def of_group(found: Sequence[Course], by: str, group: str) -> list[Course]:
    return [course for course in found if group_of(course, by) == group] if by else list(found)


def without_route(found: Sequence[Course]) -> int:
    """Courses whose decision nothing says what it counts as: they are on no route."""
    return sum(not course.route for course in found)


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
