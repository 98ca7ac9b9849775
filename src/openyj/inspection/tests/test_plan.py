"""The action plan that answers an inspection: its pages, its files, and who may."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action
from openyj.actions.services import note_progress, say_done
from openyj.actions.tests.factories import make_action
from openyj.inspection import services
from openyj.inspection.models import Answer, Recommendation, Report
from openyj.inspection.selectors import COLUMNS
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def on(name: str, day: int, month: int, year: int = 2026) -> dict[str, int]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


ACTION = {"what": "Write to every victim within ten days", "owner_name": "Victim worker"} | on("due_on", 1, 9)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def answered(head, asked, **fields) -> Action:
    given = {"what": "Write to every victim", "owner_name": "Victim worker", "due_on": date(2026, 9, 1)} | fields
    return services.answer_with_new(recommendation=asked, by=head.user, **given)[0]


def plan_at(report) -> str:
    return f"/inspections/{report.pk}"


def test_from_a_report_to_an_action_on_the_register(head):
    sent = {"title": "Inspection of 2026", "by_whom": "The inspectorate"} | on("published_on", 1, 5)
    plan = head.post("/inspections/add", sent).headers["Location"]
    sent = {"number": "1", "text": "Contact victims as they wish", "addressed_to": "The board"}
    assert head.post(f"{plan}/recommendations/add", sent).status_code == 302
    assert "1 recommendation has no action yet" in page(head, plan)
    with acting(by=head.user):
        asked = Recommendation.objects.get()
    at = f"/inspections/recommendations/{asked.pk}/actions/add"
    sent = ACTION | {"plan_wording": "We write to every victim.", "receipt": "5b4e7a52-2f0e-4a3c-9d5e-0b5f6f6c1a12"}
    assert {head.post(at, sent).status_code for _ in range(2)} == {302}
    with acting(by=head.user):
        action = Action.objects.get()
    text = page(head, plan)
    for said in (*COLUMNS, ACTION["what"], "Victim worker", "1 September 2026", "We write to every victim.", "G Green"):
        assert said in text, said
    assert "no action yet" not in text
    assert "Recommendation 1 of Inspection of 2026" in page(head, f"/actions/{action.pk}")
    assert "Recommendation 1 of Inspection of 2026" in page(head, "/actions?arose=recommendation")


def test_the_plan_shows_what_was_noted_last_and_what_came_of_it(head, report, asked):
    action = answered(head, asked, success="Victims say so", due_on=date(2026, 6, 20))
    text = page(head, plan_at(report))
    assert "Nothing noted yet" in text and "We will know by: Victims say so" in text
    note_progress(action=action, by=head.user, text="A letter is drafted")
    note_progress(action=action, by=head.user, text="A letter is sent")
    text = page(head, plan_at(report))
    assert "4 June 2026: A letter is sent" in text and "drafted" not in text
    say_done(action=action, version=1, by=head.user, done_on=date(2026, 6, 4), evidence="Nine of ten answered")
    text = page(head, plan_at(report))
    assert "Done on 4 June 2026. Nine of ten answered" in text and "B Blue" in text


def test_one_action_answers_two_recommendations(head, report, asked):
    action = answered(head, asked)
    other = services.add_recommendation(report=report, by=head.user, number="2", text="Find safe rooms")
    at = f"/inspections/recommendations/{other.pk}/actions/known"
    assert head.post(at, {"action": action.pk}).status_code == 302
    assert "This action answers the recommendation already" in head.post(at, {"action": action.pk}).content.decode()
    assert page(head, plan_at(report)).count(f'href="/actions/{action.pk}"') == 2
    assert "Recommendation 1 of Inspection of 2026 and 1 more" in page(head, f"/actions/{action.pk}")
    assert [cell.value for cell in row_of(head, 0)] == [2, 0, 1, 0], "an action counts once"


def row_of(client, number: int):
    sheet = openpyxl.load_workbook(BytesIO(client.get("/inspections?export=xlsx").content))["Inspections"]
    return sheet[number + 2][3:7]


def test_a_child_s_action_answers_no_recommendation(head, asked, service):
    about = make_action(service, child=make_child(service), what="Ring the school")
    at = f"/inspections/recommendations/{asked.pk}/actions/known"
    assert "Ring the school" not in page(head, at)
    assert head.post(at, {"action": about.pk}).status_code == 200
    with acting(by=head.user):
        assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "sent", "message"),
    [
        ("/inspections/add", {}, "Enter who inspected"),
        ("/inspections/add", on("published_on", 5, 6), "Day it was published must be today or in the past"),
        ("{plan}/recommendations/add", {"number": "1", "text": "x"}, "The report has a recommendation 1 already"),
        ("{plan}/recommendations/add", {"number": "2"}, "Enter what is recommended"),
        ("{asked}/actions/add", {}, "Enter what has to be done"),
        ("{asked}/actions/known", {}, "Select which action answers it"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(head, report, asked, address, sent, message):
    at = address.format(plan=plan_at(report), asked=f"/inspections/recommendations/{asked.pk}")
    answer = head.post(at, sent)
    assert answer.status_code == 200 and message in answer.content.decode()


def test_two_people_at_once_see_both_versions(head, report, asked):
    for at, sent in (
        (f"{plan_at(report)}/change", {"title": "A", "by_whom": "B"} | on("published_on", 1, 5)),
        (f"/inspections/recommendations/{asked.pk}/change", {"number": "1", "text": "A"}),
    ):
        assert head.post(at, sent | {"version": 1}).status_code == 302
        clash = head.post(at, {**sent, **{k: "Mine" for k in ("title", "text") if k in sent}, "version": 1})
        assert clash.status_code == 409 and "Mine" in clash.content.decode()


def test_what_was_recorded_in_error_comes_off_from_the_inside(head, report, asked):
    action = answered(head, asked)
    reason = {"reason": "On the wrong report", "version": 1}
    assert "has recommendations" in head.post(f"{plan_at(report)}/in-error", reason).content.decode()
    at = f"/inspections/recommendations/{asked.pk}/in-error"
    assert "Take each of them off it first" in head.post(at, reason).content.decode()
    with acting(by=head.user):
        answer = Answer.objects.get()
    assert head.post(f"/inspections/answers/{answer.pk}/in-error", reason).status_code == 302
    assert head.post(at, reason).status_code == 302
    assert head.post(f"{plan_at(report)}/in-error", reason).status_code == 302
    assert head.get(plan_at(report)).status_code == 404 and "Inspection of 2026" not in page(head, "/inspections")
    assert head.get(f"/actions/{action.pk}").status_code == 200, "the action stays"


# Files


def test_the_word_file_has_the_columns_and_a_header_row(head, report, asked):
    answered(head, asked)
    services.add_recommendation(report=report, by=head.user, number="2", text="Find safe rooms")
    body = head.get(f"{plan_at(report)}/action-plan.docx").content
    word = docx.Document(BytesIO(body))
    (table,) = word.tables
    assert tuple(cell.text for cell in table.rows[0].cells) == COLUMNS
    assert [cell.text for cell in table.rows[1].cells][:3] == [
        "Write to every victim", "Victim worker", "1 September 2026",
    ]  # fmt: skip
    assert table.rows[1].cells[5].text == "G Green: on course"
    assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")
    text = "\n".join(p.text for p in word.paragraphs)
    assert "Recommendation 2" in text and "No action answers this yet." in text
    assert word.sections[0].page_width > word.sections[0].page_height
    assert Access.objects.filter(kind="export", user=head.user).count() == 1


def test_the_spreadsheet_has_real_dates(head, report, asked):
    answered(head, asked)
    book = openpyxl.load_workbook(BytesIO(head.get(f"{plan_at(report)}/action-plan.xlsx").content))
    row = {cell.value: book["Action plan"].cell(2, cell.column).value for cell in book["Action plan"][1]}
    assert row["Recommendation"] == "1" and row["Due"].date() == date(2026, 9, 1) and row["RAG"] == "G"
    assert "Notes" in book.sheetnames


# Who


@pytest.mark.parametrize(("role", "reads"), [("board_member", True), ("practitioner", True), ("administrator", False)])
def test_who_reads_and_who_writes(sign_in, head, report, asked, role, reads):
    answered(head, asked)
    client = sign_in(role)
    reading = [plan_at(report), f"{plan_at(report)}/action-plan.docx", f"{plan_at(report)}/action-plan.xlsx"]
    assert {client.get(each).status_code for each in reading} == {200 if reads else 403}
    with acting(by=head.user):
        answer = Answer.objects.get()
    writing = [
        "/inspections/add", f"{plan_at(report)}/change", f"{plan_at(report)}/recommendations/add",
        *(f"/inspections/recommendations/{asked.pk}/{each}" for each in ("change", "in-error", "actions/add")),
        f"/inspections/answers/{answer.pk}/wording", f"/inspections/answers/{answer.pk}/in-error",
    ]  # fmt: skip
    assert {client.get(each).status_code for each in writing} == {403}
    assert {client.post(each, {"reason": "x"}).status_code for each in writing} == {403}
    if reads:
        assert "Add a recommendation" not in page(client, plan_at(report))


def test_another_service_finds_none(sign_in, other_service, head, report, asked):
    answered(head, asked)
    client = sign_in("head_of_service", service=other_service)
    with acting(by=head.user):
        answer = Answer.objects.get()
    for each in (
        plan_at(report), f"{plan_at(report)}/change", f"{plan_at(report)}/action-plan.docx",
        f"/inspections/recommendations/{asked.pk}/change", f"/inspections/recommendations/{asked.pk}/actions/known",
        f"/inspections/answers/{answer.pk}/wording",
    ):  # fmt: skip
        assert client.get(each).status_code == 404, each
    assert "Inspection of 2026" not in page(client, "/inspections")


def test_a_plan_asks_as_often_for_one_action_as_for_many(head, report, asked):
    answered(head, asked)
    page(head, plan_at(report))
    with CaptureQueriesContext(connection) as few:
        page(head, plan_at(report))
    for number in "234":
        other = services.add_recommendation(report=report, by=head.user, number=number, text="x")
        for _ in range(3):
            note_progress(action=answered(head, other, owner=head.user, owner_name=""), by=head.user, text="x")
    with CaptureQueriesContext(connection) as many:
        page(head, plan_at(report))
    assert len(many) == len(few)


def test_a_report_of_nobody_is_empty_words(head):
    assert "No report is recorded" in page(head, "/inspections")
    with acting(by=None, services=EVERY_SERVICE):
        assert Report.objects.count() == 0
