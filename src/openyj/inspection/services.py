"""Writing reports, recommendations and what answers them. Each in one transaction, as `by`, within their service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.actions.models import Action
from openyj.actions.services import add_action
from openyj.inspection.models import Answer, Recommendation, Report


def add_report(*, by: User, title: str, by_whom: str, published_on: date) -> Report:
    """A report about the service of `by`."""
    with acting(by=by):
        return Report.objects.create(
            service=by.service, title=title, by_whom=by_whom, published_on=published_on, recorded_by=by
        )


def change_report(*, row: Report, version: int, by: User, **fields: Any) -> Report:
    """Raises ChangedUnderneath."""
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_recommendation(*, report: Report, by: User, number: str, text: str, addressed_to: str = "") -> Recommendation:
    """One thing the report asks for. Refuses a number that is there already."""
    with acting(by=by):
        number_is_free(report, number)
        return Recommendation.objects.create(
            service_id=report.service_id, report=report, number=number, text=text, addressed_to=addressed_to,
            recorded_by=by,
        )  # fmt: skip


def change_recommendation(*, row: Recommendation, version: int, by: User, **fields: Any) -> Recommendation:
    """Raises ChangedUnderneath. Refuses a number that is there already."""
    with acting(by=by):
        number_is_free(row.report, fields["number"], but=row.pk)
        return save_version(row, version=version, changes=fields)


def number_is_free(report: Report, number: str, but: int | None = None) -> None:
    if report.recommendations.standing().filter(number__iexact=number).exclude(pk=but).exists():
        message = f"The report has a recommendation {number} already. Enter another number, or change that one"
        raise ValidationError({"number": message})


def answer_with_new(
    *, recommendation: Recommendation, by: User, plan_wording: str = "", **fields: Any
) -> tuple[Action, Answer]:
    """A new action that answers the recommendation. `fields` are those of `actions.services.add_action`."""
    with acting(by=by):
        action = add_action(by=by, service=recommendation.service, **fields)
        return action, answer(recommendation, action, by, plan_wording)


def answer_with_known(*, recommendation: Recommendation, by: User, action: Action, plan_wording: str = "") -> Answer:
    """An action of the service that is there already answers this recommendation too."""
    with acting(by=by):
        if recommendation.answers.standing().filter(action=action).exists():
            raise ValidationError({"action": "This action answers the recommendation already. Select another one"})
        return answer(recommendation, action, by, plan_wording)


def answer(recommendation: Recommendation, action: Action, by: User, plan_wording: str) -> Answer:
    return Answer.objects.create(
        service_id=recommendation.service_id, recommendation=recommendation, action=action, plan_wording=plan_wording,
        recorded_by=by,
    )  # fmt: skip


def word_for_plan(*, row: Answer, version: int, by: User, plan_wording: str) -> Answer:
    """How the Plan puts this action. Raises ChangedUnderneath."""
    with acting(by=by):
        return save_version(row, version=version, changes={"plan_wording": plan_wording})
