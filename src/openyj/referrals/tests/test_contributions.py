"""What a referral adds elsewhere: time limits, timeline, print, milestones, the workload number, the date of birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from openyj.accounts.scope import acting
from openyj.actions.deadlines import deadlines
from openyj.actions.models import TimeLimit, Unit
from openyj.casework.models import Offence, Programme
from openyj.casework.slots import Route, milestones, on_route
from openyj.people.models import Child
from openyj.people.rules import check_birth
from openyj.people.services import hand_over
from openyj.reference.models import DisposalType
from openyj.referrals import selectors, services
from openyj.referrals.kinds import add_kind
from openyj.referrals.tests.factories import kind, make_accepted, make_allocated, make_referral
from openyj.workload.selectors import choices, workloads

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def limit(service, manager):
    """Five calendar days for any referral, two for one about a report for court."""
    common = {"service": service, "event": "referral", "unit": Unit.CALENDAR, "valid_from": date(2026, 1, 1)}
    with acting(by=manager.user):
        TimeLimit.objects.create(**common, applies_to="", days=5, source="Ours")
        TimeLimit.objects.create(**common, applies_to="purpose:court-report", days=2, source="Ours")


def held(manager, child, **how):
    with acting(by=manager.user):
        return deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id, **how)


def test_a_decision_is_held_to_the_limit_of_its_purpose(manager, child, limit):
    late = make_accepted(manager.user, child, received_on=TODAY - 10 * ONE_DAY, day=TODAY - 3 * ONE_DAY)
    open_one = make_referral(manager.user, child, purpose="court-report", received_on=TODAY - 3 * ONE_DAY)
    found = {each.happened.occasion: (each.limit.days, each.late, each.ended) for each in held(manager, child)}
    assert found == {late.pk: (5, 2, TODAY - 3 * ONE_DAY), open_one.pk: (2, 1, None)}
    assert [each.happened.occasion for each in held(manager, child, only_open=True)] == [open_one.pk]


def test_asking_for_more_does_not_stop_the_clock_and_a_referral_in_error_has_none(manager, child, limit):
    made = make_referral(manager.user, child, received_on=TODAY - ONE_DAY)
    services.ask_for_more(referral=made, version=1, by=manager.user, day=TODAY, words="Where?", told="PC")
    assert [each.ended for each in held(manager, child)] == [None]
    services.in_error(row=made, version=2, by=manager.user, reason="Entered twice")
    assert held(manager, child) == []


def test_the_record_tells_of_it_and_of_nothing_in_error(manager, child):
    made = make_referral(manager.user, child)
    pages = [reverse(f"people:{name}", args=[child.pk]) for name in ("timeline", "print", "history")]
    said = ["Referral from Police: A decision out of court", "PC Arden", "PC Arden"]
    for page, words in zip(pages, said, strict=True):
        assert words in manager.get(page).content.decode()
    services.in_error(row=made, version=1, by=manager.user, reason="Entered twice")
    assert said[0] not in manager.get(pages[0]).content.decode()
    assert said[1] not in manager.get(pages[1]).content.decode()


def test_its_page_among_the_facts_is_its_own(manager, child):
    made = make_referral(manager.user, child)
    assert manager.get(reverse("people:fact", args=[child.pk, "referral", made.pk])).url == made.get_absolute_url()


def test_its_history_reaches_back_before_the_child_was_identified(manager, child):
    made = make_referral(manager.user, what="First words")
    services.identify(referral=made, version=1, by=manager.user, child=child)
    with acting(by=manager.user):
        assert [row.action for row in selectors.history_of(made)] == ["update", "insert"]
    assert "First words" in manager.get(made.get_absolute_url()).content.decode()


def test_a_child_is_not_born_after_a_referral_about_them(manager, child):
    make_referral(manager.user, child)
    with acting(by=manager.user), pytest.raises(ValidationError, match="A referral is recorded"):
        check_birth(child=child, date_of_birth=TODAY + ONE_DAY)


def test_the_days_on_an_offences_way(manager, child, staff):
    worker = staff("practitioner")
    hand_over(child=child, worker=worker, on=TODAY - 90 * ONE_DAY, by=manager.user)
    with acting(by=manager.user):
        offence = Offence.objects.create(child=child, description="Criminal damage")
    received, decided = TODAY - 8 * ONE_DAY, TODAY - 5 * ONE_DAY
    made = make_allocated(manager.user, child, worker, received_on=received, day=decided, offences=[offence])
    with acting(by=manager.user):
        told = milestones.rows(offences=[offence.pk])
        # The worker had the child long before: the day they took this on counts.
        assert [(row.kind, row.day, row.object_id) for row in told] == [
            ("referral", received, made.pk), ("allocation", decided, made.pk),
        ]  # fmt: skip
    services.in_error(row=made, version=made.version, by=manager.user, reason="Entered twice")
    with acting(by=manager.user):
        assert milestones.rows(offences=[offence.pk]) == []


def test_they_stand_on_the_way_out_of_court_between_arrest_and_assessment():
    way = on_route(Route.OUT_OF_COURT)
    assert way.index("arrest") < way.index("referral") < way.index("allocation") < way.index("assessment")
    assert not {"referral", "allocation"} & set(on_route(Route.COURT))


def test_a_referral_weighs_until_a_programme_begins(manager, child, staff):
    worker = staff("practitioner")
    make_allocated(manager.user, child, worker, received_on=TODAY - 5 * ONE_DAY)

    def weighs() -> int:
        with acting(by=manager.user):
            return next(each.load.count("referral") for each in workloads(manager.user) if each.user == worker)

    assert weighs() == 1
    prevention = DisposalType.objects.filter(kind="prevention").first()
    with acting(by=manager.user):
        earlier = Programme.objects.create(child=child, disposal_type=prevention, start_date=TODAY - 6 * ONE_DAY)
    assert weighs() == 1
    with acting(by=manager.user):
        Programme.objects.filter(pk=earlier.pk).update(start_date=TODAY - 5 * ONE_DAY)
    assert weighs() == 0


def test_a_referral_goes_with_the_child_and_is_done_with_once_nobody_works_with_them(manager, child, staff):
    first, second = staff("practitioner"), staff("practitioner")
    make_allocated(manager.user, child, first, received_on=TODAY - 9 * ONE_DAY, day=TODAY - 9 * ONE_DAY)

    def shown() -> dict:
        with acting(by=manager.user):
            return {each.user: each.load.shown for each in workloads(manager.user)}

    with acting(by=manager.user):
        child.refresh_from_db()
        promised = {each.user: each.after.shown for each in choices(child)}
    hand_over(child=child, worker=second, on=TODAY - 5 * ONE_DAY, by=manager.user)
    assert (shown()[first], shown()[second]) == (0, 2) and promised[second] == 2
    hand_over(child=child, worker=None, on=TODAY - 2 * ONE_DAY, by=manager.user)
    hand_over(child=child, worker=first, on=TODAY, by=manager.user)
    assert shown()[first] == 1


def test_a_repeated_word_is_refused_whatever_its_capitals(staff):
    with pytest.raises(ValidationError, match="already"):
        add_kind(by=staff("administrator"), listed="source", label="pOlice", valid_from=TODAY)
    assert kind("source", "police").shipped
