"""Completing, reading and correcting: what is frozen, what is filled, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from openyj.accounts.models import User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.assessment import services
from openyj.assessment.known import known_facts
from openyj.assessment.models import Assessment, AssessmentSection, AssessmentVersion, Judgement
from openyj.assessment.tests.factories import answer_all, begin, complete, make_completed, make_corrected, pdat
from openyj.casework.tests.factories import make_offence
from openyj.circumstances.models import HowToWork
from openyj.people.models import Address
from openyj.people.services import record_in_error
from openyj.questionnaires.comparing import changes
from openyj.questionnaires.loading import load
from openyj.questionnaires.models import QuestionSet, State
from openyj.questionnaires.services import save_section, seen_version, standing_of
from openyj.questionnaires.tests.sets import written

pytestmark = pytest.mark.django_db


def fresh(row):
    with acting(by=None, services=EVERY_SERVICE):
        found = type(row).objects.get(pk=row.pk)
        getattr(found, "assessment", None)  # read while it may be
        return found


def test_completing_freezes_with_who_and_when_and_fills_the_typed_fields(child, worker):
    sheet = fresh(make_completed(child, worker.user))
    assert (sheet.state, sheet.completed_by, sheet.assessment.state) == (State.WAITING, worker.user, State.WAITING)
    assert sheet.assessment.first_completed_on == date(2026, 6, 4)
    with acting(by=worker.user):
        judgement = Judgement.objects.get(assessment=sheet.assessment)
        assert (judgement.safety_wellbeing, judgement.harm_to_others, judgement.offending) == ("low", "low", "low")
        assert (judgement.made_on, judgement.review_on) == (date(2026, 6, 4), date(2026, 12, 1))
        assert Address.objects.get(child=child).suitability == "SUITABLE"


def test_what_is_missing_is_named_and_nothing_is_filled(child, worker):
    sheet = begin(child, worker.user)
    with pytest.raises(ValidationError) as refusal:
        complete(sheet, worker.user)
    assert "Answer: Risk of serious harm to others" in refusal.value.messages
    assert fresh(sheet).open
    with acting(by=worker.user):
        assert not Judgement.objects.exists()


def test_answers_saved_while_they_were_checked_are_not_completed_unseen(child, worker):
    sheet = begin(child, worker.user)
    answer_all(sheet, worker.user)
    with acting(by=worker.user):
        seen = seen_version(sheet)
        row = sheet.sections.get(section="exit")
        save_section(row=row, version=row.version, answers={"ends-how": "Later"}, by=worker.user)
        with pytest.raises(ChangedUnderneath):
            services.complete(sheet=sheet, seen=seen, by=worker.user)
    assert fresh(sheet).open


def test_a_feed_that_cannot_be_written_takes_everything_back(child, worker):
    sheet = begin(child, worker.user)
    answer_all(sheet, worker.user)
    with acting(by=worker.user):
        Address.objects.filter(child=child).update(end_date=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="No main address is recorded"):
        complete(sheet, worker.user)
    assert fresh(sheet).open
    with acting(by=worker.user):
        assert not Judgement.objects.exists()


def test_an_answer_that_is_hidden_feeds_nothing(child, worker):
    """The set is made anew with the judgement behind a condition that does not hold."""
    section = {"section": "only", "title": "Only", "questions": [
        {"question": "gate", "ask": "Gate?", "type": "choice", "options": {"open": "Open", "shut": "Shut"}},
        {"question": "level", "ask": "Level?", "type": "choice", "options": {"low": "Low", "high": "High"},
         "shown when": {"question": "gate", "is": "open"}, "feeds": "judgement.harm_to_others"},
    ]}  # fmt: skip
    gated, _ = load(written(sections=[section]))
    sheet = begin(child, worker.user, question_set=gated)
    answer_all(sheet, worker.user, only={"gate": "shut", "level": "high"})
    complete(sheet, worker.user)
    with acting(by=worker.user):
        assert not Judgement.objects.exists()


def test_a_completed_version_cannot_change_even_past_the_code(child, worker):
    sheet = make_completed(child, worker.user)
    with acting(by=worker.user):
        row = sheet.sections.get(section="talking")
        with pytest.raises(ValidationError, match="completed meanwhile"):
            save_section(row=row, version=row.version, answers={}, by=worker.user)
        for statement in (
            lambda: AssessmentSection.objects.filter(pk=row.pk).update(answers={}),
            lambda: AssessmentVersion.objects.filter(pk=sheet.pk).update(
                completed_by=None, completed_at=None, state="answering"
            ),
            lambda: AssessmentSection.objects.create(child=child, sheet=sheet, section="new"),
        ):
            with pytest.raises(DatabaseError, match="answers_are_frozen"), transaction.atomic():
                statement()


def test_known_facts_are_frozen_as_they_were(child, worker):
    sheet = make_completed(child, worker.user)
    with acting(by=worker.user):
        type(child).objects.filter(pk=child.pk).update(known_as="Another")
        known = {fact["label"]: fact for fact in sheet.sections.get(section="talking").known}
    assert known["Name"] == {
        "label": "Name", "value": "Ceri Morgan", "source": "Details", "url": f"/children/{child.pk}/details",
    }  # fmt: skip
    assert known["Age"]["value"] == "16, born 4 June 2010"


def test_how_to_work_with_the_child_is_beside_the_questions_by_heading(child, worker):
    sheet = begin(child, worker.user)
    with acting(by=worker.user):
        about = {"child": child, "said_by": "Mother", "start_date": date(2026, 5, 1)}
        HowToWork.objects.create(**about, heading="avoid", text="No red ink.")
        HowToWork.objects.create(**about, heading="talking", text="Short sentences", end_date=date(2026, 5, 2))
        HowToWork.objects.create(**about, heading="reading", text="Reads Welsh")
        child.how_to_work_with_me = "Walk and talk."
        found = known_facts(sheet.assessment, worker.user)["how-to-work-with-me"]
        sheet.assessment.child = child
        told = known_facts(sheet.assessment, worker.user)["how-to-work-with-me"]
    headed = "Reading and writing: Reads Welsh (said by Mother). What to avoid: No red ink. (said by Mother)."
    assert found["value"] == headed and told["value"] == f"Walk and talk. {headed}"
    assert (found["source"], found["url"]) == ("About the child", f"/children/{child.pk}/about")


def test_a_question_set_in_use_never_changes_and_a_new_version_is_another(child, worker):
    loaded, _ = load(written())
    assert load(written()) == (loaded, False)
    assert load(written(title="Renamed"))[1]
    begin(child, worker.user, question_set=QuestionSet.objects.get(pk=loaded.pk))
    with acting(by=None), pytest.raises(ValidationError, match="has been used, so it cannot change"):
        load(written(title="Renamed again"))
    second, made = load(written(title="Renamed again", version=2))
    assert made and second.pk != loaded.pk
    assert QuestionSet.objects.get(pk=loaded.pk).definition.title == "Renamed"
    assert [each.number for each in QuestionSet.objects.filter(key="small").latest()] == [2]


def test_returning_needs_a_comment_and_another_person(child, worker, manager, staff):
    sheet = make_completed(child, manager.user)
    for by, state, comments, said in (
        (manager.user, State.COUNTERSIGNED, {}, "You completed this yourself"),
        (staff("manager"), State.RETURNED, {"": "  "}, "at least one comment"),
    ):
        with pytest.raises(ValidationError, match=said):
            services.decide(sheet=sheet, version=sheet.version, state=state, comments=comments, by=by)
    assert fresh(sheet).state == State.WAITING


def test_two_managers_at_once_decide_once(child, worker, manager, staff):
    sheet = make_completed(child, worker.user)
    decided = dict(sheet=sheet, version=sheet.version, comments={"": "See here"})
    services.decide(state=State.RETURNED, by=manager.user, **decided)
    stale = fresh(sheet)
    stale.state = State.WAITING
    with pytest.raises(ChangedUnderneath):
        services.decide(state=State.COUNTERSIGNED, by=staff("manager"), **decided | {"sheet": stale})
    with pytest.raises(ChangedUnderneath):
        services.decide(state=State.COUNTERSIGNED, by=staff("manager"), **decided | {"sheet": fresh(sheet)})
    assert fresh(sheet).state == State.RETURNED


def test_a_correction_is_a_new_version_and_the_old_one_stays(child, worker, manager):
    second = make_corrected(child, worker.user, manager.user)
    with acting(by=worker.user):
        first = AssessmentVersion.objects.get(assessment=second.assessment, number=1)
        assert (first.state, second.number, second.state) == (State.RETURNED, 2, State.WAITING)
        assert [c.section for c in first.comments.all()] == ["", "health"]
        assert list(changes(standing_of(first), standing_of(second))) == []
        with pytest.raises(ValidationError, match="Only a version that was returned"):
            services.correct(sheet=second, by=worker.user)


def test_the_judgement_follows_the_corrected_version(child, worker, manager):
    sheet = make_completed(child, worker.user)
    services.decide(sheet=sheet, version=sheet.version, state=State.RETURNED, comments={"": "Higher"}, by=manager.user)
    second = services.correct(sheet=fresh(sheet), by=worker.user)
    with acting(by=worker.user):
        row = second.sections.get(section="judgement")
        answers = row.answers | {"safety-level": "high"}
        save_section(row=row, version=row.version, answers=answers, by=worker.user)
    complete(second, worker.user)
    with acting(by=worker.user):
        assert Judgement.objects.get().safety_wellbeing == "high"
        first, second = (standing_of(AssessmentVersion.objects.get(number=n)) for n in (1, 2))
        assert [(c.ask, c.before, c.after) for c in changes(first, second)] == [
            ("Safety and wellbeing of the child", "Low concern", "High concern")
        ]


def test_countersigning_dates_the_assessment(child, worker, manager):
    sheet = make_completed(child, worker.user)
    services.decide(sheet=sheet, version=sheet.version, state=State.COUNTERSIGNED, comments={}, by=manager.user)
    assessment = fresh(sheet).assessment
    assert (assessment.state, assessment.countersigned_on) == (State.COUNTERSIGNED, date(2026, 6, 4))


def test_a_decision_out_of_court_needs_its_offence(child, worker):
    with pytest.raises(ValidationError, match="Select the offence"):
        begin(child, worker.user, why=Assessment.Why.OUT_OF_COURT)
    offence = make_offence(child)
    sheet = begin(child, worker.user, why=Assessment.Why.OUT_OF_COURT, offences=[offence])
    with acting(by=worker.user):
        assert sheet.assessment.about == [offence]
        services.change(row=sheet.assessment, version=1, by=worker.user, why=Assessment.Why.PREVENTION, offences=[])
        assert fresh(sheet.assessment).about == []


def test_what_hangs_on_an_assessment_goes_with_it(child, worker):
    from openyj.people.kinds import KINDS

    sheet = make_completed(child, worker.user)
    with acting(by=worker.user):
        row = Assessment.objects.get()
        hanging = KINDS["assessment"].hanging(row)
        record_in_error(
            row=row, version=row.version, by=worker.user, reason="Another child", goes_with_it=hanging.goes_with_it
        )
        assert not Judgement.objects.standing().exists()
        assert not AssessmentVersion.objects.standing().exists()
    assert fresh(sheet).state == State.WAITING


def test_another_services_rows_are_not_there(child, worker, other_service):
    make_completed(child, worker.user)
    stranger = User.objects.create_user("x@example.invalid", name="X", role="manager", service=other_service)
    with acting(by=stranger):
        for model in (Assessment, AssessmentVersion, AssessmentSection, Judgement):
            assert model.objects.count() == 0


def test_the_shipped_set_is_loaded_once():
    asked = pdat().definition
    assert asked.local
    options = [key for key, _ in asked.by_key["where-seen"].options]
    assert options == ["home", "school", "office", "community", "online"]  # in the order they are written
