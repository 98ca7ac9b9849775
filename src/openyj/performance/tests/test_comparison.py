"""One service against the others: a difference is named only where it is one, and claims no more."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.caselevel.returned import Told
from openyj.measures import Figure, intervals
from openyj.performance.comparison import compare, sentence
from openyj.performance.national import Area, national_for
from openyj.performance.spec import Result, Spec
from openyj.performance.tests.national import SERVICES, publish_nation, services

TOLD = Told("A", "Aldermere", "Wales", "Wales", True, date(2026, 9, 1), (), False)


def share(having: int, of: int) -> Result:
    spec = Spec("reoffending", "binary", "rolling_year", "2024Q4")
    low, high = intervals.wilson(having, of)
    figure = Figure(
        "reoffending", "binary", spec.when, date(2026, 11, 22), {}, 100 * having / of, having, of, 100 * low, 100 * high
    )
    return Result(spec, figure)


def test_a_difference_that_chance_explains_is_called_none():
    words = sentence(TOLD, share(12, 30), share(3_000, 10_000), "", 150)
    assert words.startswith("No clear difference: Aldermere 40.0%, the 150 others together 30.0%; the difference could")
    assert "percentage points" in words and "higher" not in words


def test_a_difference_is_said_with_its_interval_and_how_many_would_seem_to_differ():
    words = sentence(TOLD, share(60, 100), share(3_000, 10_000), "", 150)
    assert "That is 30.0 percentage points higher (95% interval 20.2 to 39.1 percentage points)" in words
    assert "Of 151 services compared like this, about 8 would seem to differ by chance alone." in words
    assert "lower" in sentence(TOLD, share(5, 100), share(3_000, 10_000), "", 150)
    assert not any(word in words for word in ("worse", "better", "rank", "significant"))


def test_a_service_that_has_not_told_everything_is_not_compared():
    words = sentence(TOLD, share(5, 100), share(3_000, 10_000), "Nothing since 1 June 2026", 150)
    assert words == "Aldermere is not compared: nothing since 1 June 2026."


def test_the_same_shares_are_no_difference():
    assert sentence(TOLD, share(30, 100), share(3_000, 10_000), "", 9).startswith("No clear difference")


@pytest.mark.django_db
def test_the_others_are_all_but_the_service_and_those_who_have_not_told(sign_in):
    publish_nation()
    national = national_for(sign_in("national_user").user)
    code = services()[5]["service"]
    spec = Spec("first-time-entrants", "rate", "rolling_year", "2026Q2")
    found = compare(national, national.by_code[code], spec)
    others = found.sides[-1].result
    each = national.of(spec.definition, "service", show="rate", span="rolling_year", period="2026Q2")
    told = [c for c in each if c != code and not national.missing(national.by_code[c], spec)]
    assert 30 < len(told) < SERVICES - 1
    assert others.numerator == sum(each[c][0].numerator for c in told)
    assert others.denominator == sum(each[c][0].denominator for c in told)
    assert others.value == pytest.approx(others.numerator / others.denominator * 100_000)
    low, high = intervals.poisson(others.numerator)
    assert others.interval == pytest.approx((low / others.denominator * 100_000, high / others.denominator * 100_000))


@pytest.mark.django_db
@pytest.mark.parametrize("name,show", [("custody", "count"), ("reoffending", "per_child")])
def test_a_count_and_a_mean_stand_side_by_side_without_a_difference(sign_in, name, show):
    publish_nation()
    national = national_for(sign_in("national_user").user)
    told = national.services[0]
    period = national.complete(Spec(name, show, "rolling_year", "2024Q4").definition, "rolling_year")[0].label
    found = compare(national, told, Spec(name, show, "rolling_year", period))
    assert "No difference is worked out" in found.sentence or "is not compared" in found.sentence
    assert [side.area for side in found.sides if side.area is None] == []
    assert found.sides[-1].area == Area("nation", "", national.nation.name)
