"""Figures by name: one code for one thing, worked out from whatever tables are given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openyj import measures
from openyj.accounts.scope import acting
from openyj.caselevel.live import tables_of
from openyj.caselevel.services import take_snapshot
from openyj.measures import Workbench
from openyj.performance import figures, models
from openyj.performance.figures import Spec, evaluate, find_figure, name_figure, name_figures, say, spec_of
from openyj.performance.models import CODE_ALPHABET, Figure
from openyj.performance.reading import read_live
from openyj.performance.tests.boards import hold
from openyj.performance.tests.factories import TODAY, entrant, make_figure, make_population, outcome_of, record_begins

pytestmark = pytest.mark.django_db
COUNT = Spec("first-time-entrants", "count", "rolling_year", "2026Q2")
RATE = Spec("first-time-entrants", "rate", "rolling_year", "2026Q2")


@pytest.fixture
def head(staff):
    user = staff("head_of_service")
    with acting(by=user):
        yield user


def test_the_same_thing_has_one_code(service, head):
    first = name_figure(service=service, spec=COUNT, by=head)
    assert name_figure(service=service, spec=COUNT, by=None) == first
    assert name_figure(service=service, spec=RATE, by=head) != first
    assert first.named_by == head


def test_a_code_has_only_characters_that_are_not_taken_for_others(service, head):
    codes = [figure.code for figure in name_figures(service=service, specs=all_specs(), by=head).values()]
    assert len(set(codes)) == len(codes) == 40
    assert set("".join(codes)) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("0O1IL2Z5S6G8BUVAE") - set("GV")
    assert all(len(code) == 6 for code in codes)


def all_specs() -> list[Spec]:
    return [COUNT.moved(-back) for back in range(20)] + [RATE.moved(-back) for back in range(20)]


def test_naming_many_that_have_names_is_one_query(service, head):
    name_figures(service=service, specs=all_specs(), by=head)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        name_figures(service=service, specs=all_specs(), by=head)
    assert len(queries) == 1


def test_groups_are_part_of_the_name(service, head):
    def at(place):
        return Spec("first-time-entrants", "count", "quarter", "2026Q2", {"locality": place})

    codes = {name_figure(service=service, spec=at(place), by=head).code for place in ("North", "South", None)}
    assert len(codes) == 3
    assert spec_of(name_figure(service=service, spec=at(None), by=head)) == at(None)


def test_a_code_that_another_service_has_is_passed_over(service, other_service, head, monkeypatch):
    theirs = make_figure(other_service)
    codes = iter([theirs.code, "347CDF"])
    monkeypatch.setattr(figures, "new_code", lambda: next(codes))
    assert name_figure(service=service, spec=COUNT, by=head).code == "347CDF"


def test_the_database_refuses_a_second_name(service, head):
    first = name_figure(service=service, spec=COUNT, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(
            code=models.new_code(), service=service, measure=first.measure, show=first.show, span=first.span,
            period=first.period, where={}, edition=first.edition,
        )  # fmt: skip


def test_a_figure_is_what_the_measure_says(service, head):
    for day in (date(2025, 9, 30), date(2025, 10, 1), date(2026, 2, 3), date(2026, 9, 30), date(2026, 10, 1)):
        entrant(service, day)
    outcome_of(entrant(service, date(2024, 5, 5)).child, date(2026, 3, 1))  # their first was long before
    make_population(service)
    tables = tables_of(service)
    mine = {f.show: f for f in measures.figures(COUNT.definition, tables, TODAY, service="T1", period="rolling_year",
            first=COUNT.when.last, last=COUNT.when.last)}  # fmt: skip
    count, rate = (evaluate(name_figure(service=service, spec=s, by=head), tables, TODAY) for s in (COUNT, RATE))
    assert (count.numerator, count.figure) == (3, mine["count"])
    assert (rate.numerator, rate.denominator, rate.figure) == (3, 23_750, mine["rate"])
    assert say(count) == "3"
    assert say(rate) == "13 per 100,000"
    assert count.is_final


def test_many_figures_of_one_workbench_agree(service, head):
    entrant(service, date(2026, 2, 3))
    make_population(service)
    bench = Workbench(tables_of(service))
    for spec in (COUNT, RATE, COUNT.year_before()):
        figure = name_figure(service=service, spec=spec, by=head)
        assert evaluate(figure, bench, TODAY) == evaluate(figure, tables_of(service), TODAY)


def test_without_population_a_rate_cannot_be_computed_and_the_count_stands(service, head):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    result = evaluate(name_figure(service=service, spec=RATE, by=head), tables_of(service), TODAY)
    assert (result.value, result.numerator, result.interval) == (None, 1, None)
    assert say(result) == "cannot be computed: no population of T1 for 2026 or before"


def test_tables_without_outcomes_say_so(service, head):
    from openyj.tables import CaseTables

    tables = tables_of(service)
    without = CaseTables({name: table for name, table in tables.items() if name != "offence_legal_outcome"})
    result = evaluate(name_figure(service=service, spec=COUNT, by=head), without, TODAY)
    assert result.value is None
    assert say(result).startswith("cannot be computed: table offence_legal_outcome was not supplied")


def test_a_record_without_outcomes_has_no_figure_and_no_0(service, head):
    result = evaluate(name_figure(service=service, spec=COUNT, by=head), tables_of(service), TODAY)
    assert result.value is None
    assert say(result).startswith("cannot be computed: ")


def test_a_period_before_the_record_begins_is_not_0(service, head):
    entrant(service, date(2026, 2, 3))
    result = evaluate(name_figure(service=service, spec=COUNT.moved(-20), by=head), tables_of(service), TODAY)
    assert (result.value, result.numerator) == (None, None)


@pytest.mark.parametrize("where", [{"sex": "Female"}, {"locality": "North"}, {"locality": None, "sex": "Female"}])
def test_a_group_of_nobody_is_counted_as_0_where_the_record_covers_it(service, head, where):
    entrant(service, date(2025, 2, 3), sex="1")
    spec = Spec("first-time-entrants", "count", "quarter", "2026Q2", where)
    result = evaluate(name_figure(service=service, spec=spec, by=head), tables_of(service), TODAY)
    assert (result.value, say(result), result.is_final) == (0.0, "0", True)
    early = evaluate(name_figure(service=service, spec=spec.moved(-20), by=head), tables_of(service), TODAY)
    assert early.value is None


def test_a_mean_of_nobody_cannot_be_computed(service, head):
    entrant(service, date(2024, 2, 3), sex="1")
    spec = Spec("reoffending", "binary", "quarter", "2023Q4", {"sex": "Female"})
    result = evaluate(name_figure(service=service, spec=spec, by=head), tables_of(service), TODAY)
    assert say(result) == "cannot be computed: nobody is in the cohort"


def test_a_cohort_still_followed_is_never_final(service, head):
    entrant(service, date(2026, 2, 3))
    spec = Spec("reoffending", "binary", "quarter", "2025Q4")
    result = evaluate(name_figure(service=service, spec=spec, by=head), tables_of(service), TODAY)
    assert result.is_filling
    assert not result.is_final
    assert spec.complete_on == date(2027, 9, 30)


@pytest.mark.parametrize("measure", list(measures.ALL))
def test_the_day_it_is_complete_is_the_measure_s_own(service, head, measure):
    record_begins(service)
    hold(service, date(2020, 1, 6))
    tables = tables_of(service)
    show = measures.ALL[measure].shows[0].name
    for span, label in [("quarter", "2023Q4"), ("rolling_year", "2024Q1"), ("year", "2023/24")]:
        spec = Spec(measure, show, span, label)
        figure = name_figure(service=service, spec=spec, by=head)
        assert evaluate(figure, tables, spec.complete_on).figure.provisional is None
        assert evaluate(figure, tables, spec.complete_on - timedelta(days=1)).figure.provisional is not None


def test_a_figure_of_a_replaced_edition_is_not_computed_by_the_new_one(service, head):
    entrant(service, date(2026, 2, 3))
    old = Spec("first-time-entrants", "count", "rolling_year", "2026Q2", edition="2025-01")
    result = evaluate(name_figure(service=service, spec=old, by=head), tables_of(service), TODAY)
    assert say(result) == ("cannot be computed: edition 2025-01 of the definition was replaced by edition 2026-08")


def test_a_snapshot_says_what_it_said_after_the_record_changed(service, head):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    figure = name_figure(service=service, spec=COUNT, by=head)
    snapshot = take_snapshot(service=service, by=head, reason="a test")
    entrant(service, date(2026, 3, 4))
    assert say(evaluate(figure, snapshot.tables(), snapshot.as_of)) == "1"
    assert say(evaluate(figure, tables_of(service), TODAY)) == "2"


def test_a_child_who_entered_elsewhere_first_is_not_counted(service, other_service, head):
    """The service's figures read every record of the people it has touched."""
    record_begins(service)
    theirs = entrant(other_service, date(2024, 2, 3)).child
    mine = entrant(service, date(2026, 2, 3)).child
    assert read_live(service).result(COUNT).value == 1
    mine.person = theirs.person
    mine.save()
    assert read_live(service).result(COUNT).value == 0


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{lower}", "{spaced}"])
def test_a_code_is_found_as_people_type_it(service, head, typed):
    figure = make_figure(service)
    text = typed.format(code=figure.code, lower=figure.code.lower(), spaced=f"{figure.code[:3]} {figure.code[3:]}")
    assert find_figure(head, text) == figure


@pytest.mark.parametrize("typed", ["", "347CD", "Morgan", "OOOOOO", "%_%_%_"])
def test_what_is_no_code_finds_nothing(service, head, typed):
    assert find_figure(head, typed) is None


def test_a_code_of_another_service_finds_nothing(other_service, head):
    assert find_figure(head, make_figure(other_service).code) is None


def test_who_may_not_look_at_figures_finds_none(service, staff):
    figure = make_figure(service)
    for role in ("practitioner", "administrator"):
        user = staff(role)
        with acting(by=user):
            assert find_figure(user, figure.code) is None
