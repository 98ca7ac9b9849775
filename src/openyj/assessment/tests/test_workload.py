"""The latest judgement of a child in the workload number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment.models import Judgement
from openyj.assessment.tests.factories import make_completed
from openyj.core import clock
from openyj.workload.selectors import workloads

pytestmark = pytest.mark.django_db


def judge(child, worker, safety: str, harm: str, days_ago: int = 0) -> Judgement:
    sheet = make_completed(child, worker)
    with acting(by=None, services=EVERY_SERVICE):
        judged = Judgement.objects.get(assessment=sheet.assessment_id)
        judged.safety_wellbeing, judged.harm_to_others = safety, harm
        judged.made_on = clock.today() - timedelta(days=days_ago)
        judged.save()
    return judged


def concerns(manager, worker) -> int:
    with acting(by=manager):
        return next(each.load.count("concern") for each in workloads(manager) if each.user == worker)


@pytest.mark.parametrize(
    "safety,harm,counts",
    [("low", "medium", 0), ("high", "low", 1), ("low", "very_high", 1), ("very_high", "high", 1)],
)
def test_one_concern_where_either_level_is_high(safety, harm, counts, child, worker, manager):
    judge(child, worker.user, safety, harm)
    assert concerns(manager.user, worker.user) == counts


def test_the_latest_judgement_counts_and_one_in_error_does_not(child, worker, manager):
    judge(child, worker.user, "high", "high", days_ago=40)
    latest = judge(child, worker.user, "low", "low", days_ago=10)
    assert concerns(manager.user, worker.user) == 0
    with acting(by=None, services=EVERY_SERVICE):
        Judgement.objects.filter(pk=latest.pk).update(in_error_at=clock.now(), in_error_reason="Another child’s")
    assert concerns(manager.user, worker.user) == 1
