"""Reading a report's action plan for a page, a sheet or a document."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from openyj.accounts.models import User
from openyj.actions.models import Action, ActionNote
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.inspection.models import Answer, Recommendation, Report


@dataclass(frozen=True)
class Line:
    """One action of the plan, as the columns of the plan have it."""

    answer: Answer
    action: Action
    note: ActionNote | None

    @property
    def progress(self) -> str:
        """What was noted last, with its day."""
        if self.note is None:
            return "Nothing noted yet"
        return f"{say_date(self.note.at)}: {self.note.text}"

    @property
    def impact(self) -> str:
        """What came of it, or how that will be known."""
        if self.action.done_on:
            return f"Done on {say_date(self.action.done_on)}. {self.action.evidence}"
        return f"We will know by: {self.action.success}" if self.action.success else ""

    @property
    def cells(self) -> list[str]:
        """The line in the order of `COLUMNS`, in words."""
        action = self.action
        return [
            action.what, action.owned_by_words, say_date(action.due_on), self.progress, self.answer.plan_wording,
            action.rag_words, self.impact,
        ]  # fmt: skip


# The columns of the action plan that Milton Keynes published with its inspection of 2021 (action, person, target date,
# progress, wording in the Plan, status), and what came of it.
COLUMNS = ("Action", "Lead", "Due", "Progress", "Wording in the Plan", "Status (RAG)", "Impact and evidence")


@dataclass(frozen=True)
class Part:
    """A recommendation with what answers it."""

    recommendation: Recommendation
    lines: list[Line]


def plan_of(report: Report, user: User) -> list[Part]:
    """The report's recommendations in their order, each with its actions, soonest due first. Four queries."""
    recommendations = list(report.recommendations.standing())
    answers = Answer.objects.visible_to(user).standing().filter(recommendation__in=recommendations)
    answers = list(answers)
    rows = Action.objects.visible_to(user).standing().filter(pk__in={a.action_id for a in answers})
    actions = rows.with_rag().select_related("owner").in_bulk()
    said = ActionNote.objects.filter(action__in=actions, kind=ActionNote.Kind.PROGRESS)
    notes = {note.action_id: note for note in said.order_by("action_id", "-at", "-id").distinct("action_id")}
    lines: dict[int, list[Line]] = {}
    for answer in answers:
        if action := actions.get(answer.action_id):
            lines.setdefault(answer.recommendation_id, []).append(Line(answer, action, notes.get(action.pk)))
    return [
        Part(each, sorted(lines.get(each.pk, []), key=lambda line: (line.action.due_on, line.action.pk)))
        for each in recommendations
    ]


def reports_with_state(user: User) -> QuerySet[Report]:
    """The service's reports with how many actions answer each, and how many of these are done and overdue."""
    standing = Q(
        recommendations__in_error_at=None,
        recommendations__answers__in_error_at=None,
        recommendations__answers__action__in_error_at=None,
    )
    action = "recommendations__answers__action"
    late = Q(**{f"{action}__done_on": None, f"{action}__due_on__lt": clock.today()})
    return (
        Report.objects.visible_to(user)
        .standing()
        .annotate(
            asked=Count("recommendations", filter=Q(recommendations__in_error_at=None), distinct=True),
            actions=Count(action, filter=standing, distinct=True),
            done=Count(action, filter=standing & Q(**{f"{action}__done_on__isnull": False}), distinct=True),
            late=Count(action, filter=standing & late, distinct=True),
            to_do=F("actions") - F("done"),
        )
    )


def without_answer(parts: list[Part]) -> int:
    """How many recommendations nothing answers yet."""
    return sum(not part.lines for part in parts)
