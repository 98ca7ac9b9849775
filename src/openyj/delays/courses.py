"""The courses of children, read from the record: what was decided, and when each stage on the way was reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from openyj.casework.first_contacts import ELSEWHERE
from openyj.casework.models import Outcome
from openyj.casework.slots import Route, milestones, on_route, stages
from openyj.core import clock
from openyj.delays import rules
from openyj.delays.rules import Stretch
from openyj.delays.turns import read_turns
from openyj.people.models import Child
from openyj.reference.models import LegalOutcomeMeaning
from openyj.tables.codes import DIVERSION, OUTCOME_GROUPS, PRE_COURT

FIRST, DECISION, CONTACT = "offence", "outcome", "first-contact"
# The parts of the clock that are compared: each from the one stage to the other, whatever is recorded between.
SPANS = ((FIRST, DECISION), (DECISION, CONTACT), (FIRST, CONTACT))


@dataclass(frozen=True)
class Course:
    """What was decided about a child on one day, and the way that led there and on to the first contact."""

    child: Child
    decided: date
    labels: tuple[str, ...]
    group: str  # what the gravest decision counts as; "" where nothing says what it counts as
    route: str  # "" without a group
    reached: Mapping[str, date]
    facts: Mapping[str, int]  # the number of the fact that holds a stage's day
    turn: Callable[[str, date], str]

    @cached_property
    def stretches(self) -> list[Stretch]:
        return rules.stretches(on_route(Route(self.route)), self.reached) if self.route else []

    @cached_property
    def whose(self) -> list[tuple[Stretch, str]]:
        """Each stretch with whose its days were."""
        return [(stretch, rules.whose_days(stretch, self.turn)) for stretch in self.stretches]

    def span(self, start: str, end: str) -> int | None:
        """Days from one stage to another; None where either is not recorded."""
        if start not in self.reached or end not in self.reached:
            return None
        return (self.reached[end] - self.reached[start]).days

    def url_of(self, stage: str) -> str:
        """The page of the fact that holds a stage's day."""
        return reverse("people:fact", args=[self.child.pk, dict(stages.items())[stage].kind, self.facts[stage]])


def courses(decisions: QuerySet[Outcome]) -> list[Course]:
    """The courses that end in these decisions, newest first. Three queries, however many there are."""
    rows = list(first_decisions(decisions))
    found = milestones_of(rows)
    turns = read_turns()
    days: dict[tuple[int, date], list[Outcome]] = defaultdict(list)
    for row in rows:
        days[row.child_id, row.outcome_date].append(row)
    made = [course_of(given, found, turns) for given in days.values()]
    return sorted(made, key=lambda course: (course.decided, course.child.pk), reverse=True)


def first_decisions(decisions: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Of some decisions those that were the first on their offence (DC-1) and this service's to follow (DC-2)."""
    standing = Outcome.objects.standing()
    earlier = standing.filter(offence=OuterRef("offence"), outcome_date__lt=OuterRef("outcome_date"))
    meaning = LegalOutcomeMeaning.objects.on(OuterRef("outcome_date")).filter(legal_outcome=OuterRef("legal_outcome"))
    return (
        decisions.standing()
        .filter(~Exists(earlier), offence__in_error_at=None, child__in_error_at=None, outcome_date__lte=clock.today())
        .exclude(residence=ELSEWHERE)
        .annotate(group=Subquery(meaning.values("outcome_group")[:1]), label=F("legal_outcome__label"))
        .select_related("child")
        .order_by("outcome_date", "pk")
    )


def milestones_of(rows: Sequence[Outcome]) -> dict[int, list]:
    """Everything that is known of the way of these decisions' offences, by offence. One query."""
    found = defaultdict(list)
    if rows:
        for milestone in milestones.rows(offences=[row.offence_id for row in rows]):
            found[milestone.offence].append(milestone)
    return found


def course_of(given: Sequence[Outcome], found: Mapping[int, Sequence], turns: Callable) -> Course:
    child, decided = given[0].child, given[0].outcome_date
    known = [milestone for row in given for milestone in found.get(row.offence_id, ())]
    reached = rules.first_days(
        ((m.kind, m.day, m.decided) for m in known), decided=decided, today=clock.today()
    )  # fmt: skip
    facts = {m.kind: m.object_id for m in reversed(known) if reached.get(m.kind) == m.day}
    group = max((row.group or "" for row in given), key=gravity)
    route = route_of(group)
    return Course(
        child, decided, tuple(dict.fromkeys(row.label for row in given)), group, route, reached, facts, turns(route)
    )


def gravity(group: str) -> int:
    """The order of the groups, nothing first (DC-8)."""
    return OUTCOME_GROUPS.index(group) if group in OUTCOME_GROUPS else -1


def route_of(group: str) -> str:
    if not group:
        return ""
    return Route.OUT_OF_COURT if group in (DIVERSION, PRE_COURT) else Route.COURT
