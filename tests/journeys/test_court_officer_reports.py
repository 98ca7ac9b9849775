"""A court asks for a report: recorded and allocated, drafted from the record in Word, uploaded, returned, approved,
signed and sent; refusals, a correction, a lost connection, another service. Accessibility is checked on the way.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from openyj.files.tests import made
from openyj.invented.places import MAIN
from openyj.invented.staff import STAFF
from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, add_offence, fill_date, follow_in_main, press, press_and_wait, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "court_officer"


def answer(page: Page, question: str, label: str | re.Pattern) -> None:
    page.get_by_role("group", name=re.compile(re.escape(question))).get_by_label(label).first.check()


def with_a_hearing(demo_site, start) -> str:
    """A new child with an offence that was heard today; the address of the record."""
    page = start("practitioner")
    record = add_child(page, demo_site.url)
    add_offence(page, record)
    page.goto(f"{record}/hearings/add")
    fill_date(page, "Date of the hearing", date.today())
    page.get_by_label("Theft from a shop").check()
    press_and_wait(page, "Save")
    return record


def ask(page: Page, record: str, author: str) -> str:
    """A pre-sentence report, due by the time limit; its address."""
    page.goto(f"{record}/court-reports")
    assert_accessible(page)
    page.get_by_role("button", name="Record a report a court asked for").click()
    assert_accessible(page)
    press_and_wait(page, "Record and allocate")
    refused(page, "Select kind of report")
    page.locator("select[name=kind]").select_option(label="Pre-sentence report", force=True)
    page.get_by_label("Theft from a shop").check()
    answer(page, "Who writes it?", re.compile(f"^{re.escape(author)}"))
    press_and_wait(page, "Record and allocate")
    said(page, "The report is recorded and allocated")
    assert_accessible(page)
    return page.url


def name_of(role: str) -> str:
    """The name of the demo's person of a role."""
    return next(each.name for each in STAFF if each.service == MAIN.service and each.role == role)


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("The report as a Word document (.docx)").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def written(draft: Path, words: str) -> bytes:
    """The draft as its author finished it."""
    word = docx.Document(str(draft))
    next(p for p in word.paragraphs if p.text == "[Write here]").text = words
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def test_from_the_court_and_back_to_it(demo_site, start, tmp_path):
    record = with_a_hearing(demo_site, start)
    court = start()
    address = ask(court, record, name_of("practitioner"))
    picture(court, "journey-court-report")

    author = start("practitioner")
    expect(author.get_by_role("link", name=re.compile("Pre-sentence report")).first).to_be_visible()  # my work
    author.goto(address)
    author.get_by_role("button", name="Make a Word draft").click()
    assert_accessible(author)
    press_and_wait(author, "Make the draft")
    said(author, "The draft is made")
    with author.expect_download() as download:
        follow_in_main(author, "Draft 1 (Word)")
    draft = tmp_path / "draft.docx"
    download.value.save_as(draft)
    text = "\n".join(p.text for p in docx.Document(str(draft)).paragraphs)
    assert "DRAFT - OFFICIAL-SENSITIVE" in text and "Offences this report is about" in text

    author.goto(f"{address}/versions/add")
    upload(author, "report.pdf", made.pdf("Not a Word file"))
    press_and_wait(author, "Add this version")
    refused(author, "Choose the report as a Word document")
    # The line is lost: nothing is sent, and it goes when the line is back.
    upload(author, "report.docx", written(draft, "It was not planned."))
    author.context.set_offline(True)
    press(author, "Add this version")
    expect(author.get_by_role("alert").filter(has_text="Not sent")).to_be_visible()
    author.context.set_offline(False)
    press_and_wait(author, "Add this version")
    said(author, "The version is added")
    author.goto(f"{address}/submit")
    press_and_wait(author, "Give it to the gatekeeper")
    said(author, "The gatekeeper has it")

    keeper = start("manager")
    expect(keeper.get_by_text("Court reports to gatekeep")).to_be_visible()
    keeper.goto(f"{address}/gatekeep")
    assert_accessible(keeper)
    answer(keeper, "Is it good enough", "No: return it with comments")
    press_and_wait(keeper, "Save what you decided")
    refused(keeper, "Say what is to be put right")
    keeper.get_by_role("textbox", name=re.compile("^Comments")).fill("Say what has helped before.")
    press_and_wait(keeper, "Save what you decided")
    said(keeper, "What you decided is saved")

    author.goto(address)
    expect(author.get_by_text("Say what has helped before.").first).to_be_visible()
    assert_accessible(author)
    author.goto(f"{address}/versions/add")
    upload(author, "report.docx", written(draft, "It was not planned. Practical work has helped before."))
    press_and_wait(author, "Add this version")
    author.get_by_role("link", name="Version 2 beside version 1").click()
    expect(author.locator("ins").first).to_contain_text("Practical")
    assert_accessible(author)
    author.goto(f"{address}/submit")
    press_and_wait(author, "Give it to the gatekeeper")
    keeper.goto(f"{address}/gatekeep")
    answer(keeper, "Is it good enough", "Yes: approve it")
    press_and_wait(keeper, "Save what you decided")

    author.goto(f"{address}/sign")
    assert_accessible(author)
    author.get_by_label("Your name, as you sign").fill("Somebody else")
    author.get_by_label("I have opened this version").check()
    press_and_wait(author, "Sign it")
    refused(author, "Enter the name as the staff list has it")
    author.get_by_label("Your name, as you sign").fill(name_of("practitioner"))
    press_and_wait(author, "Sign it")
    said(author, "It is locked")

    court.goto(f"{address}/sent")
    assert_accessible(court)
    answer(court, "To whom?", "The court")
    court.get_by_label("Name or office").fill("Report desk")
    answer(court, "How?", re.compile("secure e-mail"))
    press_and_wait(court, "Save")
    said(court, "The sending is noted")
    expect(court.get_by_text("Sent to the court").first).to_be_visible()
    assert_accessible(court)


def test_a_correction_and_who_may_not(demo_site, start):
    record = with_a_hearing(demo_site, start)
    court = start()
    address = ask(court, record, name_of("practitioner"))
    # The court changes its mind; somebody else changed the report meanwhile.
    second = start("manager")
    second.goto(f"{address}/change")
    court.goto(f"{address}/change")
    court.get_by_label("What the court asked to know").fill("Whether an order would be kept to")
    press_and_wait(court, "Save")
    said(court, "The report is changed")
    second.get_by_label("What the court asked to know").fill("Nothing more")
    press_and_wait(second, "Save")
    expect(second.get_by_text("Someone else has changed this since you opened it")).to_be_visible()
    expect(second.get_by_role("cell", name="Whether an order would be kept to")).to_be_visible()
    assert_accessible(second)
    court.goto(f"{address}/not-needed")
    court.get_by_label("Why?").fill("The plea was changed")
    press_and_wait(court, "It is no longer needed")
    said(court, "it is no longer needed")
    court.goto(f"{address}/in-error")
    court.get_by_label("What was wrong?").fill("Recorded on the wrong child")
    press_and_wait(court, "Mark as recorded in error")
    court.goto(f"{record}/court-reports")
    expect(court.locator("s", has_text="Pre-sentence report")).to_be_visible()
    assert_accessible(court)

    practitioner = start("practitioner")
    assert practitioner.goto(f"{record}/court-reports/add").status == 403
    other = start("neighbour")
    assert other.goto(address).status == 404
    assert start("board_member").goto(address).status == 403


def test_the_duty_rota(demo_site, start):
    court = start()
    expect(court.get_by_text("On duty today")).to_be_visible()
    court.goto(f"{demo_site.url}/duty-rota/plan")
    assert_accessible(court)
    # A Sunday far ahead, on which nobody is planned.
    person = name_of("practitioner")
    court.locator("select[name=person]").select_option(label=person, force=True)
    court.get_by_label("Out of hours").check()
    fill_date(court, "From", date(2027, 3, 7))
    court.get_by_label("Telephone while on duty").fill("07700 900199")
    press_and_wait(court, "Put on the rota")
    said(court, f"One duty planned for {person}")
    expect(court.get_by_role("heading", name="Duty rota, March 2027")).to_be_visible()
    expect(court.get_by_text("telephone 07700 900199")).to_be_visible()
    assert_accessible(court)
    picture(court, "journey-duty-rota")

    court.goto(f"{demo_site.url}/duty-rota/plan")
    court.locator("select[name=person]").select_option(label=person, force=True)
    court.get_by_label("Out of hours").check()
    fill_date(court, "From", date(2027, 3, 7))
    press_and_wait(court, "Put on the rota")
    refused(court, "is on duty already: out of hours, 7 March 2027")

    court.goto(f"{demo_site.url}/duty-rota/?month=2027-03")
    court.get_by_role("link", name=re.compile("^Swap")).click()
    assert_accessible(court)
    court.locator("select[name=person]").select_option(label=name_of("manager"), force=True)
    court.get_by_label("Why?").fill("Training")
    press_and_wait(court, "Swap")
    said(court, "Swapped")
    expect(court.get_by_role("cell").filter(has_text=name_of("manager"))).to_be_visible()

    practitioner = start("practitioner")
    practitioner.goto(f"{demo_site.url}/duty-rota/today")
    assert_accessible(practitioner)
    assert practitioner.goto(f"{demo_site.url}/duty-rota/plan").status == 403
    other = start("neighbour")
    other.goto(f"{demo_site.url}/duty-rota/?month=2027-03")
    expect(other.get_by_text(name_of("manager"))).to_have_count(0)
