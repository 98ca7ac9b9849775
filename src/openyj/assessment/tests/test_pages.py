"""The pages of an assessment: who may, what is shown, what is refused, what is sent twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.models import Access, Draft
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment.models import Assessment, AssessmentSection, AssessmentVersion
from openyj.assessment.tests.factories import answer_all, begin, make_completed, make_corrected
from openyj.people.tests.factories import make_child
from openyj.questionnaires.loading import load
from openyj.questionnaires.services import seen_version
from openyj.questionnaires.tests.sets import large, written

pytestmark = pytest.mark.django_db


def at(sheet: AssessmentVersion, name: str, *more) -> str:
    return reverse(f"assessment:{name}", args=[sheet.child_id, sheet.assessment_id, *more])


def text(response) -> str:
    return response.content.decode()


def section_of(sheet: AssessmentVersion, key: str) -> AssessmentSection:
    with acting(by=None, services=EVERY_SERVICE):
        return AssessmentSection.objects.get(sheet=sheet, section=key)


def seen(sheet: AssessmentVersion) -> int:
    with acting(by=None, services=EVERY_SERVICE):
        return seen_version(AssessmentVersion.objects.get(pk=sheet.pk))


PAGES = ["assessment", "section", "check", "decide", "version", "print", "compare"]


def address(sheet: AssessmentVersion, page: str) -> str:
    return at(sheet, page, *{"section": ["talking"], "version": [1], "print": [1], "compare": [1, 2]}.get(page, []))


@pytest.mark.parametrize("page", PAGES)
def test_another_services_manager_finds_nothing(page, child, worker, manager, sign_in, staff, other_service):
    sheet = make_corrected(child, worker.user, manager.user)
    stranger = sign_in(staff("manager", service=other_service))
    assert stranger.get(address(sheet, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_another_childs_address_finds_nothing(page, child, worker, manager, service):
    sheet = make_corrected(child, worker.user, manager.user)
    other = make_child(service, team=child.team, worker=worker.user)
    elsewhere = address(sheet, page).replace(f"/children/{child.pk}/", f"/children/{other.pk}/")
    assert manager.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    "role,page,status",
    [
        ("inspector", "assessment", 200), ("inspector", "version", 200), ("inspector", "section", 403),
        ("head_of_service", "version", 200), ("head_of_service", "decide", 403), ("data_officer", "version", 200),
        ("board_member", "assessment", 403), ("practitioner", "decide", 403), ("administrator", "version", 403),
        ("practitioner", "section", 403),
    ],
)  # fmt: skip
def test_a_role_gets_what_it_may(role, page, status, child, worker, manager, sign_in):
    """The practitioner here is of no team, so the child is out of reach for answering."""
    sheet = make_corrected(child, worker.user, manager.user)
    assert sign_in(role).get(address(sheet, page)).status_code == status


def test_a_section_some_roles_do_not_see_is_told_of_and_not_shown(child, worker, manager, sign_in):
    sheet = make_corrected(child, worker.user, manager.user, "Whisper")
    for role, sees in (("inspector", True), ("data_officer", False)):
        client = sign_in(role)
        for page in ("version", "print"):
            said = text(client.get(address(sheet, page)))
            assert ("Which needs did you find" in said) is sees
            assert ("Your role does not see: Health" in said) is not sees
            assert ("Whisper of health" in said) is sees


def test_beginning_twice_makes_one(child, worker):
    form = reverse("assessment:begin", args=[child.pk])
    refused = worker.post(form, {"why": "out_of_court"})
    assert "Select the offence that is to be decided" in text(refused)
    sent = {"why": "prevention", "receipt": "6f1f2f9e-0000-4000-8000-000000000001"}
    first, second = worker.post(form, sent), worker.post(form, sent)
    assert first["Location"] == second["Location"]
    with acting(by=worker.user):
        assert Assessment.objects.count() == 1


def test_saving_a_section_leads_on_and_keeps_what_was_typed(child, worker):
    sheet = begin(child, worker.user)
    sent = {"consent": "Agreed", "where-seen": ["home"], "version": 1}
    done = worker.post(at(sheet, "section", "talking"), sent)
    assert done["Location"] == at(sheet, "section", "circumstances")
    assert section_of(sheet, "talking").answers == {"consent": "Agreed", "where-seen": ["home"]}
    assert "2 to answer" not in text(worker.get(at(sheet, "assessment")))
    assert "1 to answer" in text(worker.get(at(sheet, "assessment")))


def test_an_answer_that_brings_up_a_section_leads_there(child, worker):
    sheet = begin(child, worker.user)
    page = at(sheet, "section", "behaviour")
    assert worker.post(page, {"harmed": "nobody", "version": 1})["Location"] == at(sheet, "section", "judgement")
    assert worker.post(page, {"harmed": "person", "version": 2})["Location"] == at(sheet, "section", "repair")
    assert worker.post(at(sheet, "section", "exit"), {"version": 1})["Location"] == at(sheet, "check")


def test_what_cannot_be_is_refused_and_kept_on_the_page(child, worker):
    sheet = begin(child, worker.user)
    day = {"seen-on_day": "31", "seen-on_month": "2", "seen-on_year": "2026"}
    refused = worker.post(at(sheet, "section", "talking"), day | {"consent": "Agreed", "version": 1})
    assert refused.status_code == 200 and "must be a real date" in text(refused)
    assert "Agreed" in text(refused)
    assert section_of(sheet, "talking").answers == {}


def test_two_people_in_one_section_see_both_versions(child, worker, manager):
    sheet = begin(child, worker.user)
    page = at(sheet, "section", "talking")
    worker.post(page, {"consent": "Mine", "version": 1})
    clash = manager.post(page, {"consent": "Theirs", "version": 1})
    said = text(clash)
    assert clash.status_code == 409
    assert f"{worker.user.name} saved this section while you were typing" in said
    assert said.count("Mine") == 1 and "Theirs" in said
    assert section_of(sheet, "talking").answers == {"consent": "Mine"}
    assert manager.post(page, {"consent": "Theirs", "version": 2}).status_code == 302
    assert section_of(sheet, "talking").answers == {"consent": "Theirs"}


def test_two_people_in_two_sections_do_not_meet(child, worker, manager):
    sheet = begin(child, worker.user)
    assert worker.post(at(sheet, "section", "talking"), {"consent": "A", "version": 1}).status_code == 302
    assert manager.post(at(sheet, "section", "own-plan"), {"good-at": "B", "version": 1}).status_code == 302


def test_a_form_without_a_version_overwrites_nothing(child, worker):
    sheet = begin(child, worker.user)
    assert worker.post(at(sheet, "section", "talking"), {"consent": "A"}).status_code == 409
    assert section_of(sheet, "talking").answers == {}


def test_adding_and_removing_a_row_saves_nothing_and_loses_nothing(child, worker):
    sheet = begin(child, worker.user)
    page = at(sheet, "section", "talking")
    typed = {"others-spoken-to_rows": 1, "others-spoken-to_0_name": "Ada", "version": 1, "consent": "Half a"}
    more = text(worker.post(page, typed | {"and_add": "others-spoken-to"}))
    assert "Person 2" in more and "Ada" in more and "Half a" in more
    two = typed | {"others-spoken-to_rows": 2, "others-spoken-to_1_name": "Bo"}
    less = text(worker.post(page, two | {"and_remove": "others-spoken-to_0"}))
    assert "Bo" in less and "Ada" not in less
    for odd in ("nothing", "others-spoken-to_x", "consent_1", "others-spoken-to_99"):
        assert worker.post(page, two | {"and_remove": odd}).status_code == 200
        assert worker.post(page, two | {"and_add": odd}).status_code == 200
    assert section_of(sheet, "talking").answers == {}


def test_a_draft_comes_back_and_completing_waits_for_it(child, worker):
    sheet = begin(child, worker.user)
    answer_all(sheet, worker.user)
    page = at(sheet, "section", "own-plan")
    Draft.objects.create(user=worker.user, path=page, fields={"good-at": ["Drawing"], "version": ["2"]})
    assert "We kept what you typed" in text(worker.get(page)) and "Drawing" in text(worker.get(page))
    assert "You typed answers here that are not saved yet" in text(worker.get(at(sheet, "assessment")))
    refused = worker.post(at(sheet, "check"), {"version": seen(sheet)})
    assert "Open and save: The child’s own plan" in text(refused)
    with acting(by=worker.user):
        assert AssessmentVersion.objects.get(pk=sheet.pk).open


def test_what_is_missing_leads_to_its_question(child, worker):
    sheet = begin(child, worker.user)
    refused = text(worker.post(at(sheet, "check"), {"version": seen(sheet)}))
    for section, anchor in (("judgement", "id_harm-level_0"), ("own-plan", "id_good-at"), ("plan", "group-steps")):
        link = f"{at(sheet, 'section', section)}#{anchor}"
        assert f'<li><a href="{link}">Answer: ' in refused
        assert f'id="{anchor}"' in text(worker.get(at(sheet, "section", section)))


def test_hidden_answers_are_kept_said_and_not_printed(child, worker, manager):
    sheet = make_completed(child, worker.user, "Hushed", talking={"where-seen": ["home"]})
    said = text(manager.get(at(sheet, "version", 1)))
    assert "1 answer kept and not counted" in said
    printed = text(manager.get(at(sheet, "print", 1)))
    assert "Answers that other answers hide are kept and not printed" in printed


def test_completing_leads_to_the_manager_and_back(child, worker, manager, sign_in):
    sheet = begin(child, worker.user)
    answer_all(sheet, worker.user)
    stale = worker.post(at(sheet, "check"), {"version": seen(sheet) - 1})
    assert stale.status_code == 409 and "Check them again" in text(stale)
    before = seen(sheet)
    assert worker.post(at(sheet, "check"), {"version": before}).status_code == 302
    again = worker.post(at(sheet, "check"), {"version": before})
    assert again.status_code == 409 and "Complete the assessment" not in text(again)
    with acting(by=worker.user):
        version = AssessmentVersion.objects.get(pk=sheet.pk).version - 1
    assert "waiting for your countersignature" in text(manager.get("/"))
    stale = manager.post(at(sheet, "decide"), {"decision": "countersign", "version": version})
    assert stale.status_code == 409 and "Somebody decided on this" in text(stale)
    none = manager.post(at(sheet, "decide"), {"version": version + 1})
    assert "Select what do you decide" in text(none) or "There is a problem" in text(none)
    empty = manager.post(at(sheet, "decide"), {"decision": "return", "version": version + 1})
    assert "Write at least one comment" in text(empty)
    sent = {"decision": "return", "comment_health": "Say more here", "version": version + 1}
    assert manager.post(at(sheet, "decide"), sent).status_code == 302
    assert "Returned to you with comments" in text(worker.get("/"))
    assert worker.post(at(sheet, "correct")).status_code == 302
    again = worker.post(at(sheet, "correct"))
    assert again.status_code == 302
    with acting(by=worker.user):
        assert AssessmentVersion.objects.count() == 2
    assert "Say more here" in text(worker.get(at(sheet, "section", "health")))
    assert "1 comment to answer" in text(worker.get(at(sheet, "assessment")))


def test_nobody_countersigns_their_own(child, manager):
    sheet = make_completed(child, manager.user)
    assert "another manager" in text(manager.get(at(sheet, "assessment")))
    assert manager.get(at(sheet, "decide")).status_code == 302
    refused = manager.post(at(sheet, "decide"), {"decision": "countersign", "version": sheet.version})
    assert "You completed this yourself" in text(refused)


def test_a_completed_assessment_keeps_what_is_typed_into_it_late(child, worker):
    sheet = make_completed(child, worker.user)
    late = worker.post(at(sheet, "section", "own-plan"), {"good-at": "Late words", "version": 2})
    assert "This version was completed meanwhile" in text(late) and "Late words" in text(late)
    assert worker.get(at(sheet, "section", "own-plan")).status_code == 302
    assert worker.get(at(sheet, "check")).status_code == 302
    page = at(sheet, "section", "own-plan")
    Draft.objects.create(user=worker.user, path=page, fields={"good-at": ["Drafted late"], "version": ["2"]})
    left = text(worker.get(page))
    assert "This version was completed meanwhile" in left and "Drafted late" in left


def test_looking_and_printing_are_logged(child, worker, manager):
    sheet = make_completed(child, worker.user)
    manager.get(at(sheet, "version", 1))
    manager.get(at(sheet, "print", 1))
    with acting(by=manager.user):
        kinds = list(
            Access.objects.filter(user=manager.user, child=child.pk).order_by("pk").values_list("kind", flat=True)
        )
    assert kinds == [Access.Kind.READ, Access.Kind.PRINT]


def test_it_stands_on_the_record_and_is_struck_when_in_error(child, worker, manager):
    sheet = make_completed(child, worker.user)
    record = f"/children/{child.pk}"
    assert "Prevention and diversion assessment: waiting for countersignature" in text(
        manager.get(f"{record}/timeline")
    )
    assert "Safety and wellbeing" in text(manager.get(record))
    assert "Version of an assessment" in text(manager.get(f"{record}/history"))
    assert manager.get(f"{record}/assessment/{sheet.assessment_id}")["Location"] == at(sheet, "assessment")
    assert manager.get(f"{record}/print").status_code == 200
    with acting(by=manager.user):
        version = Assessment.objects.get().version
    in_error = f"{record}/assessment/{sheet.assessment_id}/in-error"
    manager.post(in_error, {"reason": "Another child", "version": version})
    assert "Recorded in error" in text(manager.get(at(sheet, "assessment")))
    assert "waiting for countersignature" not in text(manager.get(f"{record}/timeline"))
    assert "waiting for your countersignature" not in text(manager.get("/"))
    assert manager.get(at(sheet, "decide")).status_code == 302
    assert worker.get(at(sheet, "section", "talking")).status_code == 404


def test_lists_ask_as_much_for_three_as_for_one(child, worker, manager):
    pages = [(worker, reverse("assessment:assessments", args=[child.pk])), (manager, "/"), (worker, "/")]
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_completed(child, worker.user)
            begin(child, worker.user)
        found = []
        for client, page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]


def test_five_hundred_questions_ask_no_more_than_seven(child, worker, manager):
    """The number of queries of every page is that of a small set."""
    counts = []
    for text_of_set in (written(), large()):
        loaded, _ = load(text_of_set)
        sheet = begin(child, worker.user, question_set=loaded)
        answer_all(sheet, worker.user)
        first = loaded.definition.sections[0].key
        found = []
        for page in (at(sheet, "assessment"), at(sheet, "section", first), at(sheet, "check"), at(sheet, "version", 1)):
            worker.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert worker.get(page).status_code == 200
            found.append(len(asked))
        counts.append(found)
    small, many = counts
    # The small set shows one known fact beside its first section; the large one shows none and asks less.
    assert all(count <= least for count, least in zip(many, small, strict=True))
