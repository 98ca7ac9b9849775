"""A device in a child's hands: what opens, what is refused, whose answer it is, and how it comes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.handed_over import EMPTY, EMPTY_ALL, LONGEST
from openyj.accounts.models import Access, History
from openyj.accounts.roles import ROLES
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment import hand_overs, services
from openyj.assessment.models import AssessmentSection, HandOver
from openyj.assessment.readers import TO_A_CHILD, said_of
from openyj.assessment.tests.factories import answer_all, begin, complete, full_answers, make_completed, pdat
from openyj.core import clock
from openyj.people.tests.factories import make_child
from openyj.questionnaires.models import State
from openyj.questionnaires.services import save_section

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet river"
OWN = "own-words"
SAID = {"good-day": "Football and a long sleep", "listened-to": "2", "on-my-mind": ["school"]}


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sheet(child, worker):
    worker.user.set_password(PASSWORD)
    worker.user.save()
    worker.force_login(worker.user)  # a new password ended the session
    return begin(child, worker.user)


@pytest.fixture
def tablet(sheet, worker):
    """The worker's own browser, handed to the child."""
    assert worker.post(at(sheet, "hand_over", OWN)).status_code == 302
    return worker


def at(sheet, name: str, *more) -> str:
    return reverse(f"assessment:{name}", args=[sheet.child_id, sheet.assessment_id, *more])


def page(name: str) -> str:
    return reverse(f"assessment:{name}")


def text(response) -> str:
    return response.content.decode()


def rows(model, **which):
    with acting(by=None, services=EVERY_SERVICE):
        return list(model.objects.filter(**which).select_related("recorded_by"))


def own_section(sheet) -> AssessmentSection:
    return rows(AssessmentSection, sheet=sheet, section=OWN)[0]


def nobody_is_signed_in(client) -> bool:
    return "_auth_user_id" not in client.session


def test_handing_over_signs_out_and_empties_the_browser(sheet, worker):
    before = worker.session.session_key
    response = worker.post(at(sheet, "hand_over", OWN))
    assert (response.status_code, response["Location"]) == (302, page("handed_over"))
    assert response["Clear-Site-Data"] == EMPTY
    assert nobody_is_signed_in(worker) and worker.session.session_key != before
    (found,) = rows(HandOver)
    assert (found.recorded_by, found.ends_at, found.ended_at) == (worker.user, clock.now() + LONGEST, None)


def test_nothing_else_opens_on_the_tablet(sheet, tablet, child):
    """No address of the site, known or not, with or without a body; and nobody's sign-in."""
    addresses = [
        "/", "/sign-in", "/search?q=Ceri", "/account", "/drafts?path=/", "/nowhere", "/whats-new",
        f"/children/{child.pk}", at(sheet, "section", OWN), at(sheet, "assessment"), at(sheet, "hand_over", OWN),
        at(sheet, "end_hand_over", OWN),
    ]  # fmt: skip
    for address in addresses:
        for method in (tablet.get, tablet.post):
            response = method(address, {"login": "x", "password": "y"} if method == tablet.post else None)
            assert response.status_code == 403, address
            assert "This tablet is only for your questions" in text(response)
            assert child.family_name not in text(response)
    assert tablet.get("/alive").status_code == 204
    assert tablet.get(page("handed_over")).status_code == 200


def test_the_childs_pages_show_their_questions_and_nothing_of_the_record(sheet, tablet, child, worker):
    begun = text(tablet.get(page("handed_over")))
    asked = text(tablet.get(page("own_questions")))
    assert f"Hello {child.known_as or child.given_name}" in begun
    for reader in said_of(pdat().definition, pdat().definition.section(OWN)):
        assert reader in begun
    assert "What is a good day like for you?" in asked
    for said in (begun, asked):
        for secret in (
            child.family_name,
            child.number,
            f"/children/{child.pk}",
            "Search",
            "My work",
            worker.user.email,
        ):
            assert secret not in said, secret


def test_who_reads_it_is_what_the_set_says():
    definition = pdat().definition
    section = definition.section(OWN)
    assert definition.readers(section) == ("practitioner", "manager", "head_of_service", "inspector")
    assert said_of(definition, section) == [TO_A_CHILD[role] for role in definition.readers(section)]
    assert set(TO_A_CHILD) <= set(ROLES) and {role for role in definition.seen_by} <= set(TO_A_CHILD)


def test_what_the_child_sends_is_on_the_record_as_theirs(sheet, tablet, worker):
    response = tablet.post(page("own_questions"), SAID)
    assert (response.status_code, response["Location"]) == (302, page("own_answers_sent"))
    row = own_section(sheet)
    assert row.answers == {"good-day": "Football and a long sleep", "listened-to": 2, "on-my-mind": ["school"]}
    assert (row.child_answered_at, row.saved_by_id) == (clock.now(), worker.user.pk)
    assert rows(HandOver)[0].sent_at == clock.now()
    assert "Thank you" in text(tablet.get(page("own_answers_sent")))


def test_sending_twice_keeps_it_once_and_the_child_may_change_it(sheet, tablet):
    for _ in range(2):
        tablet.post(page("own_questions"), SAID)
    assert own_section(sheet).version == 2
    assert "Football and a long sleep" in text(tablet.get(page("own_questions")))
    tablet.post(page("own_questions"), SAID | {"good-day": "Rather swimming"})
    row = own_section(sheet)
    assert (row.version, row.answers["good-day"]) == (3, "Rather swimming")
    with acting(by=None, services=EVERY_SERVICE):
        kept = History.objects.filter(table="assessment_assessmentsection", row=row.pk, action="update").last()
    assert kept.before["answers"]["good-day"] == "Football and a long sleep"


def test_what_cannot_be_kept_is_said_and_not_saved(sheet, tablet):
    response = tablet.post(page("own_questions"), {"good-day": "x" * 2001})
    assert response.status_code == 422 and "2000" in text(response)
    assert own_section(sheet).child_answered_at is None
    assert tablet.get(page("own_answers_sent"))["Location"] == page("handed_over")


def test_staff_cannot_change_the_childs_own_words(sheet, tablet, manager):
    tablet.post(page("own_questions"), SAID)
    row = own_section(sheet)
    with pytest.raises(ValidationError, match="answered this section themselves"):
        save_section(row=row, version=row.version, answers={"good-day": "Said otherwise"}, by=manager.user)
    shown = text(manager.get(at(sheet, "section", OWN)))
    assert "Football and a long sleep" in shown and 'name="good-day"' not in shown


def test_while_it_is_out_staff_wait(sheet, tablet, manager):
    shown = text(manager.get(at(sheet, "section", OWN)))
    assert "has been with the child since" in shown and 'name="good-day"' not in shown
    row = own_section(sheet)
    posted = manager.post(at(sheet, "section", OWN), {"version": row.version, "good-day": "Meanwhile"})
    assert "has been with the child since" in text(posted)
    assert own_section(sheet).answers == {}
    assert "has been with the child since" in text(manager.post(at(sheet, "hand_over", OWN), follow=True))
    assert len(rows(HandOver)) == 1 and not nobody_is_signed_in(manager)


def test_it_is_not_completed_while_a_tablet_is_out(sheet, tablet, worker):
    answer_all(sheet, worker.user)
    with pytest.raises(ValidationError, match="has been with the child since"):
        complete(sheet, worker.user)
    hand_overs.end(found=rows(HandOver)[0], how=HandOver.Ended.BACK, by=worker.user)
    assert complete(sheet, worker.user).state == State.WAITING


def test_what_the_child_sends_to_a_version_that_is_over_is_refused_kindly(sheet, tablet, worker):
    """The hand-over was ended from the assessment and the version completed."""
    answer_all(sheet, worker.user)
    hand_overs.end(found=rows(HandOver)[0], how=HandOver.Ended.STOPPED, by=worker.user)
    complete(sheet, worker.user)
    response = tablet.post(page("own_questions"), SAID)
    assert response.status_code == 403 and "The questions are closed" in text(response)
    assert own_section(sheet).child_answered_at is None


def test_the_worker_takes_it_back_with_their_password(sheet, tablet, worker):
    tablet.post(page("own_questions"), SAID)
    response = tablet.post(page("hand_back"), {"password": PASSWORD})
    assert response.status_code == 200 and "The tablet is handed back" in text(response)
    assert response["Clear-Site-Data"] == EMPTY
    assert int(tablet.session["_auth_user_id"]) == worker.user.pk
    assert "handed_over" not in tablet.session
    assert tablet.get(at(sheet, "assessment")).status_code == 200
    assert tablet.get(page("own_questions"))["Location"] == "/"
    (found,) = rows(HandOver)
    assert (found.ended, found.ended_at) == (HandOver.Ended.BACK, clock.now())


def test_throwing_away_is_written_down(sheet, tablet):
    tablet.post(page("hand_back"), {"password": PASSWORD, "throw_away": "on"})
    assert rows(HandOver)[0].ended == HandOver.Ended.THROWN_AWAY


def test_nobody_elses_password_takes_it_back(sheet, tablet, staff, other_service):
    """Not a wrong one, nor that of a colleague or of another service's manager."""
    for other in (staff("manager"), staff("manager", service=other_service)):
        other.set_password(f"{PASSWORD} of {other.pk}")
        other.save()
        response = tablet.post(page("hand_back"), {"password": f"{PASSWORD} of {other.pk}"})
        assert response.status_code == 403 and "This is not the password of" in text(response)
        assert nobody_is_signed_in(tablet) and "handed_over" in tablet.session
    assert tablet.get("/").status_code == 403, "still locked"
    assert rows(HandOver)[0].ended_at is None
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(kind=Access.Kind.FAILED_SIGN_IN).count() == 2


def test_guesses_are_limited(sheet, tablet):
    answers = [tablet.post(page("hand_back"), {"password": f"guess {n}"}).status_code for n in range(6)]
    assert answers == [403] * 5 + [429]
    right = tablet.post(page("hand_back"), {"password": PASSWORD})
    assert right.status_code == 429 and "Try again after" in text(right)
    assert nobody_is_signed_in(tablet) and tablet.get(page("own_questions")).status_code == 200


def test_somebody_who_left_meanwhile_cannot_take_it_back(sheet, tablet, worker):
    worker.user.is_active = False
    worker.user.save()
    response = tablet.post(page("hand_back"), {"password": PASSWORD})
    assert response.status_code == 403 and "The questions are closed" in text(response)
    assert "handed_over" not in tablet.session


def test_left_alone_it_ends_with_nobody_signed_in(sheet, tablet):
    response = tablet.post(page("leave_hand_over"))
    assert response.status_code == 403 and response["Clear-Site-Data"] == EMPTY_ALL
    assert nobody_is_signed_in(tablet) and "handed_over" not in tablet.session
    assert rows(HandOver)[0].ended == HandOver.Ended.LEFT
    assert "/sign-in" in tablet.get(page("own_questions"))["Location"]


def test_what_ended_stays_as_it_ended(sheet, tablet, worker):
    (found,) = rows(HandOver)  # as two answers of one page read it
    hand_overs.end(found=found, how=HandOver.Ended.LEFT, by=worker.user)
    assert hand_overs.end(found=found, how=HandOver.Ended.BACK, by=worker.user).ended == HandOver.Ended.LEFT
    assert rows(HandOver)[0].version == 2


def test_the_section_tells_when_a_tablet_was_handed_over(sheet, tablet, worker):
    tablet.post(page("own_questions"), SAID)
    tablet.post(page("hand_back"), {"password": PASSWORD})
    shown = text(tablet.get(at(sheet, "section", OWN)))
    assert "When a tablet was handed over" in shown and "Handed back. The child sent answers 4 June 2026" in shown


def test_after_two_hours_nothing_opens_or_arrives(sheet, tablet, manager):
    late = datetime.combine(date(2026, 6, 4), datetime.min.time()).replace(hour=12, tzinfo=clock.LONDON) + LONGEST
    with clock.fixed(late - timedelta(seconds=1)):
        assert tablet.get(page("own_questions")).status_code == 200
    with clock.fixed(late):
        response = tablet.post(page("own_questions"), SAID)
        assert response.status_code == 403 and response["Clear-Site-Data"] == EMPTY_ALL
        assert own_section(sheet).child_answered_at is None
        # Nobody has to end what ended by itself: the next hand-over does.
        assert manager.post(at(sheet, "hand_over", OWN))["Location"] == page("handed_over")
    first, second = sorted(rows(HandOver), key=lambda found: found.pk)
    assert (first.ended, first.ended_at) == (HandOver.Ended.LEFT, late)
    assert second.ended_at is None


def test_a_tablet_that_cannot_be_found_is_locked_out_from_the_assessment(sheet, tablet, manager):
    assert manager.post(at(sheet, "end_hand_over", OWN)).status_code == 302
    assert rows(HandOver)[0].ended == HandOver.Ended.STOPPED
    response = tablet.post(page("own_questions"), SAID)
    assert response.status_code == 403 and own_section(sheet).child_answered_at is None
    assert 'name="good-day"' in text(manager.get(at(sheet, "section", OWN)))


def test_a_child_given_to_another_team_ends_the_hand_over(sheet, tablet, service, child):
    from openyj.accounts.models import Team

    with acting(by=None, services=EVERY_SERVICE):
        type(child).objects.filter(pk=child.pk).update(
            team=Team.objects.create(service=service, name="Elsewhere"), worker=None
        )
    assert tablet.post(page("own_questions"), SAID).status_code == 403
    assert own_section(sheet).child_answered_at is None


def test_the_secret_is_in_the_session_alone_and_another_for_each_hand_over(sheet, tablet, manager):
    secret = tablet.post(page("hand_over_secret")).content
    assert len(secret) == 32
    assert secret.hex() not in text(tablet.get(page("own_questions")))
    assert tablet.get(page("hand_over_secret")).status_code == 405
    tablet.post(page("leave_hand_over"))
    manager.post(at(sheet, "hand_over", OWN))
    assert manager.post(page("hand_over_secret")).content != secret


@pytest.mark.parametrize("name", ["hand_over", "end_hand_over"])
def test_who_may_not_hand_over(name, sheet, worker, sign_in, staff, other_service, client):
    neighbour = sign_in(staff("manager", service=other_service))
    assert neighbour.post(at(sheet, name, OWN)).status_code == 404
    for role in ("head_of_service", "data_officer", "administrator", "board_member"):
        assert sign_in(role).post(at(sheet, name, OWN)).status_code == 403
    assert "/sign-in" in client.post(at(sheet, name, OWN))["Location"]
    assert rows(HandOver) == []


def test_only_a_childs_section_of_an_open_version_is_handed_over(sheet, child, worker, manager, service):
    for section in ("talking", "no-such"):
        assert worker.post(at(sheet, "hand_over", section)).status_code == 404
    done = make_completed(child, worker.user)
    assert worker.get(at(done, "hand_over", OWN)).status_code == 404
    other = make_child(service, team=child.team, worker=worker.user)
    elsewhere = at(sheet, "hand_over", OWN).replace(f"/children/{child.pk}/", f"/children/{other.pk}/")
    assert worker.post(elsewhere).status_code == 404
    assert rows(HandOver) == []


def test_two_hand_overs_of_one_section_at_once_are_refused_by_the_database(sheet, tablet, worker):
    (found,) = rows(HandOver)
    with acting(by=worker.user), pytest.raises(IntegrityError, match="hand_over_one_at_a_time"), transaction.atomic():
        HandOver.objects.create(child_id=found.child_id, section_id=found.section_id, ends_at=found.ends_at)
    with acting(by=worker.user), pytest.raises(IntegrityError, match="hand_over_end_is_whole"), transaction.atomic():
        HandOver.objects.filter(pk=found.pk).update(ended_at=clock.now())


def test_a_correction_keeps_who_answered(sheet, tablet, worker, manager):
    tablet.post(page("own_questions"), SAID)
    tablet.post(page("hand_back"), {"password": PASSWORD})
    row = own_section(sheet)
    answers = full_answers(pdat().definition)
    with acting(by=worker.user):
        for each in sheet.sections.exclude(section=OWN):
            save_section(row=each, version=each.version, answers=answers[each.section], by=worker.user)
    sheet = complete(sheet, worker.user)
    services.decide(sheet=sheet, version=sheet.version, state=State.RETURNED, comments={"": "More"}, by=manager.user)
    read = manager.get(at(sheet, "version", 1))
    assert "Answered by the child" in text(read) and f"tablet that {worker.user} handed over" in text(read)
    with acting(by=worker.user):
        sheet.refresh_from_db()
        second = services.correct(sheet=sheet, by=worker.user)
    copied = own_section(second)
    assert (copied.answers, copied.child_answered_at) == (row.answers, row.child_answered_at)
    assert (copied.saved_at, copied.saved_by_id) == (row.saved_at, worker.user.pk)


def test_what_a_worker_wrote_down_is_not_said_to_be_the_childs(sheet, worker, manager):
    row = own_section(sheet)
    save_section(row=row, version=row.version, answers={"good-day": "Said aloud"}, by=worker.user)
    assert "Written down for the child" in text(manager.get(at(sheet, "version", 1)))
    assert "Answered by the child" not in text(manager.get(at(sheet, "version", 1)))
    assert "The child will see what is written" in text(worker.get(at(sheet, "hand_over", OWN)))


def test_the_same_words_sent_by_the_child_become_the_childs(sheet, worker):
    row = own_section(sheet)
    save_section(row=row, version=row.version, answers={"good-day": "Said aloud"}, by=worker.user)
    worker.post(at(sheet, "hand_over", OWN))
    worker.post(page("own_questions"), {"good-day": "Said aloud"})
    assert own_section(sheet).child_answered_at == clock.now()


def test_the_childs_pages_ask_little(sheet, tablet):
    tablet.get(page("own_questions"))
    with CaptureQueriesContext(connection) as asked:
        tablet.get(page("own_questions"))
    assert len(asked) <= 15
