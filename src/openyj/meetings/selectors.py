"""Reading boards and meetings for their pages and rules. Never writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from openyj.accounts.models import User
from openyj.actions.models import Action
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.meetings.models import (
    AgendaItem,
    Arising,
    Attendance,
    Decision,
    Dissent,
    Meeting,
    MeetingKind,
    Membership,
    Paper,
    Terms,
)
from openyj.meetings.quorum import Sat, Verdict, judge


def terms_on(kind: MeetingKind, day: date) -> Terms | None:
    """The terms that hold on a day, if any are recorded."""
    return Terms.objects.on(day).filter(kind=kind).first()


def expected_at(meeting: Meeting) -> list[Membership]:
    """Who is a member on the meeting's day, and who is recorded at it, in the order of agencies."""
    recorded = meeting.attendances.standing().values("membership")
    held = Q(valid_to=None) | Q(valid_to__gte=meeting.day)
    rows = Membership.objects.standing().filter(held, kind=meeting.kind_id, valid_from__lte=meeting.day)
    rows |= Membership.objects.filter(pk__in=recorded)
    return list(rows.select_related("agency").distinct())


def verdict_of(meeting: Meeting) -> Verdict | None:
    """Whether the meeting was quorate; None where no terms hold on its day, or it was not held."""
    return verdicts_of([meeting]).get(meeting.pk)


def verdicts_of(meetings: Collection[Meeting]) -> dict[int, Verdict]:
    """The verdict on each of these that was held and has terms on its day. Two queries."""
    held = [meeting for meeting in meetings if meeting.is_held]
    terms = list(Terms.objects.standing().filter(kind__in={meeting.kind_id for meeting in held}))
    sat: dict[int, list[Sat]] = {}
    rows = Attendance.objects.standing().attended().filter(meeting__in=held)
    for row in rows.select_related("agency", "membership"):
        sat.setdefault(row.meeting_id, []).append(Sat(row.agency.sector, frozenset(row.membership.roles)))
    found = {}
    for meeting in held:
        for each in terms:
            if each.kind_id == meeting.kind_id and each.valid_from <= meeting.day <= (each.valid_to or date.max):
                found[meeting.pk] = judge(each.rule, sat.get(meeting.pk, []))
    return found


@dataclass(frozen=True)
class DecisionState:
    """What a decision is worth: decided, or only noted because too few were there, and what became of it then."""

    words: str
    colour: str
    waits: bool = False
    by: Decision | None = None  # the decision that answered it

    @property
    def tag(self) -> Tag:
        return Tag(self.words, self.colour)


def states_of(decisions: Collection[Decision], verdicts: dict[int, Verdict]) -> dict[int, DecisionState]:
    """What each of these is worth. Nothing of it is stored: a corrected attendance changes it at once. One query, and
    two more where something was noted."""
    noted = [
        each for each in decisions if each.item.meeting_id in verdicts and not verdicts[each.item.meeting_id].quorate
    ]
    answers: dict[int, Decision] = {}
    if noted:
        rows = Decision.objects.standing().filter(answers__in=noted, item__in_error_at=None)
        rows = list(rows.select_related("item__meeting__kind"))
        of_answers = verdicts_of([row.item.meeting for row in rows])
        for row in rows:
            verdict = of_answers.get(row.item.meeting_id)
            if verdict is None or verdict.quorate:
                answers[row.answers_id] = row
    return {each.pk: worth(each, each in noted, answers.get(each.pk)) for each in decisions}


def worth(decision: Decision, noted: bool, answer: Decision | None) -> DecisionState:
    if not noted:
        words = f"{decision.get_verdict_display()} here" if decision.answers_id else "Decided"
        return DecisionState(words, "grey" if decision.verdict == Decision.Verdict.NOT_CONFIRMED else "green")
    if answer is None:
        return DecisionState("Noted, not decided", "orange", waits=True)
    confirmed = answer.verdict == Decision.Verdict.CONFIRMED
    words = f"{answer.get_verdict_display()} on {say_date(answer.item.meeting.day)}"
    return DecisionState(words, "green" if confirmed else "grey", by=answer)


def state_of(decision: Decision) -> DecisionState:
    """What one decision is worth."""
    return states_of([decision], verdicts_of([decision.item.meeting]))[decision.pk]


@dataclass(frozen=True)
class PaperLine:
    """A paper with when it is due, and how late it is or came, in days."""

    paper: Paper
    due: date | None

    @property
    def late(self) -> int:
        if self.due is None:
            return 0
        return max(((self.paper.came_on or clock.today()) - self.due).days, 0)

    @property
    def tag(self) -> Tag:
        days = f"{self.late} day{'' if self.late == 1 else 's'} late"
        if self.paper.came_on:
            return Tag(f"Came {days}", "orange") if self.late else Tag("In time", "green")
        return Tag(days, "red") if self.late else Tag("Expected", "blue")


def paper_lines(papers: Iterable[Paper]) -> list[PaperLine]:
    """Each paper (its item and meeting read with it) with its due day, by the terms of the meeting's day. One query."""
    papers = list(papers)
    terms = list(Terms.objects.standing().filter(kind__in={p.item.meeting.kind_id for p in papers}))
    return [PaperLine(paper, due_day(paper.item.meeting, terms)) for paper in papers]


def due_day(meeting: Meeting, terms: Iterable[Terms]) -> date | None:
    """When the papers of a meeting are due, by those of `terms` that hold on its day."""
    for each in terms:
        if each.kind_id == meeting.kind_id and each.valid_from <= meeting.day <= (each.valid_to or date.max):
            return each.papers_due(meeting.day)
    return None


def papers_to_come(user: User) -> list[PaperLine]:
    """Papers that have not come, of meetings that are planned, soonest due first."""
    rows = Paper.objects.visible_to(user).standing().filter(
        stored=None, item__in_error_at=None, item__meeting__in_error_at=None, item__meeting__state=Meeting.State.PLANNED
    )  # fmt: skip
    rows = rows.select_related("owner", "item__meeting__kind").order_by("item__meeting__day", "item__position", "pk")
    return paper_lines(rows)


@dataclass(frozen=True)
class ItemLine:
    """An item of the agenda with all that hangs on it."""

    number: int
    item: AgendaItem
    papers: list[PaperLine]
    decisions: list[tuple[Decision, DecisionState, list[Dissent]]]
    actions: list


def business_of(meeting: Meeting, verdicts: dict[int, Verdict]) -> list[ItemLine]:
    """The agenda of a meeting in its order, with papers, decisions and actions. As many queries for one item as for
    all."""
    rows = meeting.items.standing().prefetch_related(
        Prefetch("papers", Paper.objects.standing().select_related("owner", "stored")),
        Prefetch("decisions", Decision.objects.standing().select_related("answers__item__meeting__kind")),
        Prefetch("decisions__dissents", Dissent.objects.standing().select_related("attendance__membership")),
        Prefetch("arisings", Arising.objects.standing()),
    )
    items = list(rows)
    terms = list(Terms.objects.standing().filter(kind=meeting.kind_id))
    due = due_day(meeting, terms)
    decisions = []
    for item in items:
        for decision in item.decisions.all():
            decision.item = item
            decisions.append(decision)
        item.meeting = meeting
    states = states_of(decisions, verdicts)
    wanted = [arising.action_id for item in items for arising in item.arisings.all()]
    actions = agreed_actions().in_bulk(wanted)
    return [
        ItemLine(
            number,
            item,
            [PaperLine(paper, due) for paper in item.papers.all()],
            [(each, states[each.pk], list(each.dissents.all())) for each in item.decisions.all()],
            [actions[a.action_id] for a in item.arisings.all() if a.action_id in actions],
        )
        for number, item in enumerate(items, 1)
    ]


def agreed_actions() -> QuerySet[Action]:
    """Actions a meeting may name: those of the service. Whoever reads the meeting reads what it agreed, also somebody
    who may not open the register."""
    return Action.objects.of_service().standing().with_rag().select_related("owner")


def waiting_before(meeting: Meeting) -> list[Decision]:
    """What earlier meetings of the kind could only note, and nobody has answered yet."""
    earlier = Meeting.objects.held().filter(kind=meeting.kind_id, day__lt=meeting.day)
    verdicts = verdicts_of(list(earlier.select_related("kind")))
    noted = [pk for pk, verdict in verdicts.items() if not verdict.quorate]
    rows = Decision.objects.standing().filter(item__in_error_at=None, item__meeting__in=noted)
    rows = list(rows.select_related("item__meeting__kind").order_by("item__meeting__day", "number"))
    states = states_of(rows, verdicts)
    return [row for row in rows if states[row.pk].waits]


def actions_before(meeting: Meeting) -> Sequence:
    """Actions of earlier meetings of the kind that are open, or were done since the meeting before this one."""
    earlier = Meeting.objects.held().filter(kind=meeting.kind_id, day__lt=meeting.day)
    before = earlier.order_by("-day").values_list("day", flat=True).first()
    if before is None:
        return []
    arose = Arising.objects.standing().filter(item__in_error_at=None, item__meeting__in=earlier).values("action")
    rows = agreed_actions().filter(pk__in=arose)
    return list(rows.filter(Q(done_on=None) | Q(done_on__gt=before)).order_by("due_on", "pk"))


@dataclass(frozen=True)
class Coming:
    """A meeting of the forward plan with its items, when its papers are due and what has not come."""

    meeting: Meeting
    items: list[AgendaItem]
    papers_due: date | None
    papers: list[PaperLine]

    @property
    def late(self) -> int:
        return sum(bool(line.late) for line in self.papers if not line.paper.came_on)

    @property
    def expected(self) -> int:
        return sum(not line.paper.came_on for line in self.papers)


def coming(kind: MeetingKind) -> list[Coming]:
    """Planned meetings from today on with their agendas. As many queries for one as for all."""
    papers = Paper.objects.standing().select_related("owner")
    items = AgendaItem.objects.standing().prefetch_related(Prefetch("papers", papers))
    rows = Meeting.objects.to_come().filter(kind=kind).prefetch_related(Prefetch("items", items))
    terms = list(kind.terms.standing())
    found = []
    for meeting in rows:
        due = due_day(meeting, terms)
        agenda = list(meeting.items.all())
        lines = [PaperLine(paper, due) for item in agenda for paper in item.papers.all()]
        found.append(Coming(meeting, agenda, due, lines))
    return found


def not_recorded(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Those of these meetings whose day is over and of which nobody has said whether they were held."""
    rows = meetings.standing().filter(state=Meeting.State.PLANNED, day__lt=clock.today())
    return list(rows.select_related("kind").order_by("day"))


def papers_due_of(meeting: Meeting) -> date | None:
    """When the papers of a meeting are due; None where no terms hold on its day."""
    return due_day(meeting, Terms.objects.standing().filter(kind=meeting.kind_id))
