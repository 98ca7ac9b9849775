"""Legal outcomes and what they count as: added, changed, corrected, taken back; never overwritten, never two a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from openyj.accounts.models import Service, User
from openyj.accounts.versions import ChangedUnderneath
from openyj.reference import services
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning
from openyj.reference.services import (
    add_legal_outcome,
    change_legal_outcome,
    change_meaning,
    correct_meaning,
    take_back_change,
)
from openyj.tables.codes import OUTCOME_GROUPS

START, CHANGE = date(2026, 4, 1), date(2026, 9, 1)


@pytest.fixture
def ada(staff) -> User:
    return staff("administrator")


@pytest.fixture
def scheme(ada) -> LegalOutcome:
    return add_legal_outcome(
        by=ada, label="Local caution scheme", valid_from=START, outcome_group="Pre-Court", return_code="", source=""
    )


def said(outcome: LegalOutcome) -> list[tuple]:
    """What stands, in order of days."""
    return list(
        outcome.meanings.standing().order_by("valid_from").values_list("valid_from", "valid_to", "outcome_group")
    )


def change(outcome: LegalOutcome, by: User, day: date = CHANGE, group: str = "Diversion") -> LegalOutcome:
    return change_meaning(
        outcome=outcome, by=by, version=outcome.version, valid_from=day, outcome_group=group, return_code=""
    )


@pytest.mark.django_db
class TestAdd:
    def test_counts_from_its_first_day(self, scheme):
        assert (scheme.code, scheme.shipped, said(scheme)) == (
            "LOCAL_CAUTION_SCHEME", False, [(START, None, "Pre-Court")],
        )  # fmt: skip
        assert scheme.meanings.get().seriousness_rank == 2
        assert scheme in LegalOutcome.objects.usable_on(START)
        assert scheme not in LegalOutcome.objects.usable_on(START - timedelta(1))

    def test_ranks_are_the_shipped_ones(self):
        shipped = set(LegalOutcomeMeaning.objects.values_list("outcome_group", "seriousness_rank"))
        assert shipped == {(group, services.rank_of(group)) for group in OUTCOME_GROUPS}

    @pytest.mark.parametrize("label", ["LOCAL CAUTION SCHEME", "youth caution"])
    def test_a_name_that_is_there_is_refused(self, ada, scheme, label):
        with pytest.raises(ValidationError, match="There is an outcome of this name already"):
            add_legal_outcome(by=ada, label=label, valid_from=START, outcome_group="Custody", return_code="", source="")

    def test_names_that_differ_in_marks_only_get_codes_of_their_own(self, ada, scheme):
        for label in ("Local caution: scheme", "Rhybudd lleol", "中"):
            add_legal_outcome(
                by=ada, label=label, valid_from=START, outcome_group="Diversion", return_code="", source=""
            )
        codes = set(LegalOutcome.objects.filter(shipped=False).values_list("code", flat=True))
        assert codes == {"LOCAL_CAUTION_SCHEME", "LOCAL_CAUTION_SCHEME_2", "RHYBUDD_LLEOL", "OUTCOME"}


@pytest.mark.django_db
class TestChange:
    def test_the_old_meaning_ends_the_day_before(self, scheme, ada):
        change(scheme, ada)
        assert said(scheme) == [
            (START, CHANGE - timedelta(1), "Pre-Court"),
            (CHANGE, None, "Diversion"),
        ]

    @pytest.mark.parametrize("day", [START, START - timedelta(1)])
    def test_a_day_before_the_last_change_is_refused(self, scheme, ada, day):
        with pytest.raises(ValidationError, match="The day must be after 1 April 2026"):
            change(scheme, ada, day)
        assert said(scheme) == [(START, None, "Pre-Court")]

    def test_no_change_is_refused(self, scheme, ada):
        with pytest.raises(ValidationError, match="It counts as Pre-Court already"):
            change(scheme, ada, group="Pre-Court")

    def test_from_an_older_reading_is_refused(self, scheme, ada):
        change(scheme, ada)
        with pytest.raises(ChangedUnderneath):
            change_meaning(
                outcome=scheme, by=ada, version=1, valid_from=date(2027, 1, 1), outcome_group="Custody", return_code=""
            )

    def test_the_database_refuses_two_meanings_a_day(self, scheme):
        with pytest.raises(IntegrityError), transaction.atomic():
            services.mean(scheme, "Custody", "", CHANGE, None)

    def test_ending_an_outcome_ends_its_use_and_not_its_meaning(self, scheme, ada):
        change_legal_outcome(outcome=scheme, by=ada, version=1, label=scheme.label, valid_from=START, valid_to=CHANGE)
        assert scheme not in LegalOutcome.objects.usable_on(CHANGE + timedelta(1))
        assert said(scheme) == [(START, None, "Pre-Court")]
        with pytest.raises(ValidationError, match="must be 1 April 2026, its first day, or later"):
            change_legal_outcome(
                outcome=scheme, by=ada, version=2, label=scheme.label, valid_from=START,
                valid_to=START - timedelta(1),
            )  # fmt: skip


@pytest.mark.django_db
class TestCorrect:
    def test_the_right_thing_stands_for_the_same_days_and_the_wrong_is_kept(self, scheme, ada):
        wrong = scheme.meanings.get()
        change(scheme, ada)
        wrong.refresh_from_db()
        correct_meaning(
            meaning=wrong, by=ada, version=wrong.version, outcome_group="First-tier", return_code="", reason="Misread"
        )
        assert said(scheme) == [
            (START, CHANGE - timedelta(1), "First-tier"),
            (CHANGE, None, "Diversion"),
        ]
        wrong.refresh_from_db()
        assert (wrong.outcome_group, wrong.in_error_by, wrong.in_error_reason) == ("Pre-Court", ada, "Misread")

    def test_to_what_it_says_already_is_refused(self, scheme, ada):
        with pytest.raises(ValidationError, match="says already"):
            correct_meaning(
                meaning=scheme.meanings.get(), by=ada, version=1, outcome_group="Pre-Court", return_code="", reason="x"
            )

    def test_taking_a_change_back_lets_the_old_meaning_go_on(self, scheme, ada):
        change(scheme, ada)
        latest = scheme.meanings.standing().get(valid_from=CHANGE)
        take_back_change(meaning=latest, by=ada, version=1, reason="Wrong day")
        assert said(scheme) == [(START, None, "Pre-Court")]
        change(scheme, ada, CHANGE + timedelta(30))
        assert said(scheme)[1][0] == CHANGE + timedelta(30)

    def test_the_first_meaning_and_one_that_is_not_the_latest_cannot_be_taken_back(self, scheme, ada):
        first = scheme.meanings.get()
        for _ in range(2):
            with pytest.raises(ValidationError, match="Only the latest change"):
                take_back_change(meaning=first, by=ada, version=first.version, reason="x")
            if scheme.meanings.count() == 1:
                change(scheme, ada)
                first.refresh_from_db()

    @pytest.mark.parametrize("day", [START - timedelta(20), START + timedelta(20)])
    def test_a_corrected_first_day_moves_the_first_meaning(self, scheme, ada, day):
        change(scheme, ada)
        scheme.refresh_from_db()
        change_legal_outcome(
            outcome=scheme, by=ada, version=scheme.version, label="Scheme", valid_from=day, valid_to=None
        )
        assert said(scheme) == [
            (day, CHANGE - timedelta(1), "Pre-Court"),
            (CHANGE, None, "Diversion"),
        ]
        scheme.refresh_from_db()
        with pytest.raises(ValidationError, match="after that it counts as something else"):
            change_legal_outcome(
                outcome=scheme, by=ada, version=scheme.version, label="Scheme", valid_from=CHANGE, valid_to=None
            )


class TestAnyHistory(TestCase):
    """Whatever an administrator does, each day from the first has exactly one meaning, and nothing is lost."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["change", "correct", "take back"]),
                st.integers(-30, 400),
                st.sampled_from(OUTCOME_GROUPS),
            ),
            max_size=8,
        )
    )
    def test_one_meaning_a_day(self, acts):
        service, _ = Service.objects.get_or_create(code="H1", defaults={"name": "Aldermere", "invented": True})
        ada = User.objects.filter(email="ada@example.invalid").first() or User.objects.create_user(
            "ada@example.invalid", name="Ada", role="administrator", service=service
        )
        outcome = add_legal_outcome(
            by=ada, label=f"Scheme {LegalOutcome.objects.count()}", valid_from=START, outcome_group="Pre-Court",
            return_code="", source="",
        )  # fmt: skip
        every = 1
        for act, days, group in acts:
            outcome.refresh_from_db()
            latest = outcome.meanings.standing().order_by("valid_from").last()
            try:
                with transaction.atomic():
                    if act == "change":
                        change(outcome, ada, START + timedelta(days), group)
                        every += 1
                    elif act == "correct":
                        correct_meaning(
                            meaning=latest, by=ada, version=latest.version, outcome_group=group, return_code="",
                            reason="x",
                        )  # fmt: skip
                        every += 1
                    else:
                        take_back_change(meaning=latest, by=ada, version=latest.version, reason="x")
            except ValidationError:
                pass
        standing = said(outcome)
        assert standing[0][0] == START and standing[-1][1] is None
        for before, after in pairwise(standing):
            assert before[1] + timedelta(1) == after[0]
        assert outcome.meanings.count() == every
