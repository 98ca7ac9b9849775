"""What is written about a referral and what is refused: every rule by its id."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.casework.models import Offence
from openyj.people.models import Allocation, Child
from openyj.people.tests.factories import make_child, make_conflict
from openyj.referrals import services
from openyj.referrals.models import MOVES, Referral, ReferralOffence, ReferralStep, State
from openyj.referrals.tests.factories import kind, make_accepted, make_allocated, make_referral

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)
ONE_DAY = timedelta(days=1)


def steps(referral: Referral) -> list[str]:
    with acting(by=None, services=EVERY_SERVICE):
        return list(ReferralStep.objects.filter(referral=referral).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    "fields,field",
    [
        ({"received_on": TODAY + ONE_DAY}, "received_on"),  # RF-1
        ({"received_on": date(2009, 1, 1)}, "received_on"),  # RF-1: before the child was born
        ({"victims": "yes"}, "consent"),  # RF-2
        ({"victims": "yes", "consent": "yes", "consent_by": "PC Arden"}, "consent_on"),  # RF-2
        ({"victims": "yes", "consent": "no", "consent_on": TODAY}, "consent_by"),  # RF-2
        ({"victims": "yes", "consent": "no", "consent_on": TODAY + ONE_DAY, "consent_by": "PC"}, "consent_on"),
        ({"urgent": True}, "urgent_words"),  # RF-3
    ],
)
def test_what_cannot_have_arrived_is_refused_beside_its_field(fields, field, manager, child):
    with pytest.raises(ValidationError) as refused:
        make_referral(manager.user, child, **fields)
    assert list(refused.value.error_dict) == [field]


def test_somebody_must_be_named_where_the_child_is_not_identified(manager):
    with pytest.raises(ValidationError) as refused:
        make_referral(manager.user, given_name="", family_name="")
    assert "family_name" in refused.value.error_dict


def test_answers_to_questions_that_no_longer_arise_are_not_kept(manager, child):
    asked = {"consent_on": TODAY, "consent_by": "PC Arden"}
    made = make_referral(manager.user, child, victims="no", consent="yes", urgent_words="Ring", **asked)
    assert (made.consent, made.consent_on, made.consent_by, made.urgent_words) == ("", None, "", "")
    made = make_referral(manager.user, child, victims="yes", consent="not_asked", **asked)
    assert (made.consent, made.consent_on, made.consent_by) == ("not_asked", None, "")


@pytest.mark.parametrize(
    "changes",
    [
        {"victims": "no", "consent": "yes", "consent_on": TODAY, "consent_by": "PC"},
        {"victims": "yes", "consent": ""},
        {"victims": "yes", "consent": "yes"},
        {"urgent": True},
        {"state": "accepted"},
        {"state": "refused"},
        {"decided_on": TODAY},
    ],
)
def test_the_database_refuses_half_an_answer(changes, manager, child):
    made = make_referral(manager.user, child)
    with acting(by=manager.user), pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(**changes)


def test_a_referral_names_somebody_in_the_database_too(manager):
    made = make_referral(manager.user)
    with acting(by=manager.user), pytest.raises(IntegrityError, match="names_somebody"), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(given_name="", family_name="")


def test_accepting_allocating_and_what_is_written_down(manager, child, staff):
    worker = staff("practitioner")
    made = make_allocated(manager.user, child, worker, received_on=TODAY - timedelta(days=3))
    assert (made.state, made.decided_on, made.work.code) == ("allocated", TODAY, "out-of-court")
    with acting(by=manager.user):
        now = Allocation.objects.get(child=child)
        assert (now, now.worker, now.start_date) == (made.allocation, worker, TODAY)
        assert Child.objects.get(pk=child.pk).worker == worker
    assert steps(made) == ["accepted", "allocated"]


def test_whoever_works_with_the_child_takes_another_referral_without_a_new_allocation(manager, child, staff):
    worker = staff("practitioner")
    first = make_allocated(manager.user, child, worker)
    second = make_allocated(manager.user, child, worker, purpose="prevention")
    assert second.allocation_id == first.allocation_id


def test_a_worker_with_a_conflict_of_interest_cannot_be_chosen(manager, child, staff):
    worker = staff("practitioner")
    make_conflict(child, worker)
    made = make_accepted(manager.user, child)
    with pytest.raises(ValidationError, match="may not work with this child"):
        services.allocate(referral=made, version=made.version, by=manager.user, worker=worker, start_date=TODAY)
    with acting(by=manager.user):
        assert Referral.objects.get(pk=made.pk).state == "accepted"


def test_refusing_says_why_and_who_was_told_and_can_be_opened_again(manager, child):
    made = make_referral(manager.user, child)
    why = kind("refusal", "age")
    services.refuse(referral=made, version=1, by=manager.user, day=TODAY, why=why, words="She is nine", told="PC Arden")
    with acting(by=manager.user):
        step = made.steps.get()
        assert (step.why, step.words, step.told, made.decided_on) == (why, "She is nine", "PC Arden", TODAY)
    services.reopen(referral=made, version=made.version, by=manager.user, words="The date of birth was wrong")
    assert (made.state, made.decided_on) == ("waiting", None)
    assert steps(made) == ["refused", "reopened"]


def test_asking_for_more_and_its_answer_bring_it_back(manager, child):
    made = make_referral(manager.user, child)
    services.ask_for_more(referral=made, version=1, by=manager.user, day=TODAY, words="Where?", told="PC Arden")
    assert (made.state, made.decided_on) == ("asked", None)
    services.note_answer(referral=made, version=2, by=manager.user, day=TODAY, words="At school")
    assert made.state == "waiting" and steps(made) == ["asked", "answered"]


@pytest.mark.parametrize("day", [TODAY - 2 * ONE_DAY, TODAY + ONE_DAY])
def test_a_decision_before_it_was_received_or_after_today_is_refused(day, manager, child):
    made = make_referral(manager.user, child, received_on=TODAY - ONE_DAY)
    with pytest.raises(ValidationError) as refused:  # RF-4
        services.accept(referral=made, version=1, by=manager.user, day=day, work=kind("work", "prevention"))
    assert "day" in refused.value.error_dict


def test_the_day_it_was_received_may_not_move_behind_the_decision(manager, child):
    made = make_accepted(manager.user, child, received_on=TODAY - 3 * ONE_DAY, day=TODAY - 2 * ONE_DAY)
    with acting(by=manager.user):
        fields = {f: getattr(made, f) for f in (
            "source", "source_name", "source_post", "source_contact", "police_reference", "purpose", "what", "urgent",
            "urgent_words", "victims", "consent", "consent_on", "consent_by",
        )}  # fmt: skip
    with acting(by=manager.user), pytest.raises(ValidationError) as refused:  # RF-4
        services.change_referral(row=made, version=made.version, by=manager.user, received_on=TODAY, **fields)
    assert "received_on" in refused.value.error_dict


def test_a_child_who_is_not_identified_is_not_accepted_but_may_be_refused(manager):
    made = make_referral(manager.user)
    with pytest.raises(ValidationError, match="not identified"):  # RF-5
        services.accept(referral=made, version=1, by=manager.user, day=TODAY, work=kind("work", "prevention"))
    services.refuse(
        referral=made, version=1, by=manager.user, day=TODAY, why=kind("refusal", "withdrawn"), words="-", told="PC"
    )
    assert made.state == "refused"


def test_nothing_leads_out_of_a_state_that_its_moves_do_not_say(manager, child):
    """RF-6 for every pair of states."""
    made = make_referral(manager.user, child)
    for stands in State:
        made.state = stands
        for to in State:
            if to in MOVES[stands]:
                services.rules.check_step(referral=made, to=to, day=TODAY)
            else:
                with pytest.raises(ValidationError, match="cannot be done with it now"):
                    services.rules.check_step(referral=made, to=to, day=TODAY)


def test_two_who_decide_at_once_do_not_both(manager, child, staff):
    made = make_referral(manager.user, child)
    with acting(by=manager.user):
        theirs = Referral.objects.get(pk=made.pk)
    services.ask_for_more(referral=theirs, version=1, by=staff("manager"), day=TODAY, words="Where?", told="PC")
    with pytest.raises(ChangedUnderneath):
        services.accept(referral=made, version=1, by=manager.user, day=TODAY, work=kind("work", "prevention"))
    assert steps(made) == ["asked"]


def test_identifying_puts_it_on_the_record_once(manager, child, service):
    made = make_referral(manager.user)
    services.identify(referral=made, version=1, by=manager.user, child=child)
    assert made.child_id == child.pk and steps(made) == ["identified"]
    with pytest.raises(ChangedUnderneath):
        services.identify(referral=made, version=2, by=manager.user, child=make_child(service))


def test_identifying_refuses_a_child_born_after_it_and_another_services(manager, service, other_service):
    made = make_referral(manager.user)
    with pytest.raises(ValidationError, match="before the child was born"):
        services.identify(
            referral=made, version=1, by=manager.user, child=make_child(service, date_of_birth=TODAY + ONE_DAY)
        )
    with pytest.raises(ValidationError, match="cannot be used"):
        services.identify(referral=made, version=1, by=manager.user, child=make_child(other_service))


def test_a_new_child_and_its_referral_are_both_saved_or_neither(manager):
    made = make_referral(manager.user)
    with pytest.raises(ChangedUnderneath):
        services.add_its_child(referral=made, version=9, by=manager.user, given_name="Ceri", family_name="Morgan")
    with acting(by=manager.user):
        assert not Child.objects.exists()
        made.refresh_from_db()
    services.add_its_child(referral=made, version=1, by=manager.user, given_name="Ceri", family_name="Morgan")
    with acting(by=manager.user):
        assert made.child.name == "Ceri Morgan"


def test_the_wrong_childs_referral_leaves_the_record_with_its_offences(manager, child):
    with acting(by=manager.user):
        offence = Offence.objects.create(child=child, description="Criminal damage")
    made = make_referral(manager.user, child, offences=[offence])
    services.not_this_child(
        referral=made, version=1, by=manager.user, reason="Another Ceri", given_name="Ceri", family_name="Morgans"
    )
    assert (made.child, made.named) == (None, "Ceri Morgans")
    with acting(by=manager.user):
        assert not ReferralOffence.objects.standing().filter(referral=made).exists()
    accepted = make_accepted(manager.user, child)
    with pytest.raises(ValidationError, match="Open the decision again first"):
        services.not_this_child(
            referral=accepted, version=2, by=manager.user, reason="Another", given_name="A", family_name="B"
        )


def test_offences_are_joined_and_taken_off_and_never_deleted(manager, child):
    with acting(by=manager.user):
        first, second = (Offence.objects.create(child=child, description=text) for text in ("One", "Two"))
    made = make_referral(manager.user, child, offences=[first])
    with acting(by=manager.user):
        services.join(made, [second], manager.user)
        assert [link.offence for link in made.links.standing()] == [second]
        assert made.links.count() == 2


def test_what_is_in_error_is_moved_no_more(manager, child):
    made = make_referral(manager.user, child)
    services.in_error(row=made, version=1, by=manager.user, reason="Entered twice")
    with pytest.raises(ChangedUnderneath):
        services.accept(referral=made, version=2, by=manager.user, day=TODAY, work=kind("work", "prevention"))
