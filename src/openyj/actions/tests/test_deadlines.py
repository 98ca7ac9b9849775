"""Deadlines: each rule by its id on hand-drawn lives, with a made-up event."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions import deadlines as module
from openyj.actions.deadlines import Event, Happened, Usual, deadlines
from openyj.actions.models import BankHoliday, TimeLimit
from openyj.core import clock
from openyj.people.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def happened(monkeypatch):
    """The events of every child that is asked about; a test puts them there."""
    given: list[Happened] = []

    def found(*, children, since, only_open):
        ids = set(children.values_list("pk", flat=True))
        return [h for h in given if h.child.pk in ids and h.day >= since and not (only_open and h.ended)]

    event = Event(
        "Visit after a storm", "the storm", "a visit", lambda: [("wild", "wild")], found,
        usual=[Usual("", 3, "working", "A test")],
    )  # fmt: skip
    slot = module.Slot("test events")
    slot.add("visit", event)
    monkeypatch.setattr(module, "events", slot)
    return given


def limit(service, **fields) -> TimeLimit:
    given = {"event": "visit", "days": 5, "unit": "working", "valid_from": date(2026, 1, 1), "source": "A test"}
    with acting(by=None, services=EVERY_SERVICE):
        return TimeLimit.objects.create(service=service, **(given | fields))


def storm(child, day, *, ended=None, cases=(), occasion=None) -> Happened:
    return Happened(child, occasion or day, "Storm", day, cases, ended, "/there")


def of(child, today=date(2026, 6, 4), **how):
    with acting(by=None, services=EVERY_SERVICE), clock.fixed(today):
        return deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id, **how)


def words(child, today=date(2026, 6, 4)) -> list[str]:
    found = of(child, today)
    with clock.fixed(today):
        return [each.words for each in found]


def test_the_sentence_has_the_rule_and_the_count(child, service, happened):
    limit(service)
    happened.append(storm(child, date(2026, 3, 3)))
    rule = "a visit within 5 working days of the storm, counted from 3 March 2026, not counting weekends"
    assert words(child, date(2026, 3, 3)) == [f"Due 10 March 2026, 5 working days left: {rule}"]
    assert words(child, date(2026, 3, 9)) == [f"Due 10 March 2026, 1 working day left: {rule}"]
    assert words(child, date(2026, 3, 10)) == [f"Due 10 March 2026, the last day: {rule}"]
    assert words(child, date(2026, 3, 11)) == [f"1 working day late: {rule}"]
    assert words(child, date(2026, 3, 16)) == [f"4 working days late: {rule}"]


def test_bank_holidays_that_were_not_counted_are_named(child, service, happened):
    limit(service)
    happened.append(storm(child, date(2026, 4, 1), ended=date(2026, 4, 13)))
    assert words(child) == [
        "1 working day late: a visit within 5 working days of the storm, counted from 1 April 2026, not counting "
        "weekends or bank holidays (Good Friday, 3 April 2026 and Easter Monday, 6 April 2026)"
    ]


def test_tl_1_the_event_s_own_day_decides_which_limit_holds(child, service, happened):
    limit(service, days=5, valid_to=date(2026, 3, 31))
    limit(service, days=2, valid_from=date(2026, 4, 1))
    happened += [storm(child, date(2025, 12, 31)), storm(child, date(2026, 3, 31)), storm(child, date(2026, 4, 1))]
    assert [d.limit.days for d in of(child)] == [2, 5], "and before the first there is none"


def test_tl_2_the_most_particular_limit_holds(child, service, happened):
    limit(service, days=9)
    limit(service, days=3, applies_to="wild")
    happened += [
        storm(child, date(2026, 3, 2), cases=("windy", "wild")), storm(child, date(2026, 3, 3), cases=("windy",)),
    ]  # fmt: skip
    assert [d.limit.days for d in of(child)] == [3, 9]


def test_tl_3_of_one_occasion_the_earliest_day_counts_once(child, service, happened):
    limit(service, days=9)
    limit(service, days=3, applies_to="wild")
    day = date(2026, 3, 2)
    happened += [storm(child, day), storm(child, day, cases=("wild",)), storm(child, day)]
    assert [d.limit.days for d in of(child)] == [3]


def test_tl_4_and_5_working_and_calendar_days(child, service, happened):
    limit(service, days=3, applies_to="wild", unit="calendar")
    limit(service, days=3)
    day = date(2026, 4, 2)  # the Thursday before Good Friday
    happened += [storm(child, day, occasion=1), storm(child, day, cases=("wild",), occasion=2)]
    assert [(d.limit.unit, d.due) for d in of(child)] == [
        ("calendar", date(2026, 4, 5)), ("working", date(2026, 4, 9)),
    ]  # fmt: skip
    with acting(by=None, services=EVERY_SERVICE):
        BankHoliday.objects.filter(day=date(2026, 4, 6)).update(in_error_at=clock.now(), in_error_reason="A test")
    assert {d.due for d in of(child)} == {date(2026, 4, 5), date(2026, 4, 8)}, "and changes with the holidays"


def test_tl_6_late_until_it_was_done_else_until_today(child, service, happened):
    limit(service, days=1)
    happened += [
        storm(child, date(2026, 5, 26), ended=date(2026, 5, 26), occasion=1),
        storm(child, date(2026, 5, 26), ended=date(2026, 5, 28), occasion=2),
        storm(child, date(2026, 5, 29), ended=date(2026, 6, 1), occasion=3),
        storm(child, date(2026, 6, 1), occasion=4),
    ]  # fmt: skip
    found = {d.happened.occasion: (d.late, d.tag.text) for d in of(child)}
    assert found == {1: (0, "In time"), 2: (1, "Done late"), 3: (0, "In time"), 4: (2, "Late")}
    assert [d.happened.occasion for d in of(child, only_open=True)] == [4]


def test_what_is_done_on_the_weekend_after_is_not_late(child, service, happened):
    limit(service, days=5)
    happened.append(storm(child, date(2026, 5, 29), ended=date(2026, 6, 6)))
    assert (of(child, date(2026, 6, 8))[0].due, of(child, date(2026, 6, 8))[0].late) == (date(2026, 6, 5), 0)


def test_tl_7_without_a_limit_there_is_no_deadline(child, other_service, happened):
    happened.append(storm(child, date(2026, 3, 3)))
    limit(other_service)
    assert of(child) == []


def test_a_limit_in_error_holds_for_nothing(child, service, happened):
    happened.append(storm(child, date(2026, 3, 3)))
    limit(service, in_error_at="2026-06-01T10:00Z", in_error_reason="A test")
    assert of(child) == []
