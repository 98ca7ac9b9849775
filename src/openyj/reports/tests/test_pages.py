"""The pages of court reports: who may, what is shown and hidden, what is refused, what is sent twice or late."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.files.tests import made
from openyj.people.models import MASK
from openyj.people.tests.factories import make_child
from openyj.reports import services
from openyj.reports.models import CourtReport, ReportFacts, ReportKind, ReportVersion
from openyj.reports.tests.conftest import TODAY
from openyj.reports.tests.factories import kind, make_report, make_signed, make_waiting

pytestmark = pytest.mark.django_db


def day(name: str, on) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def at(name: str, *args) -> str:
    return reverse(f"reports:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def report(manager, author, child):
    with acting(by=manager.user):
        return make_report(manager.user, child, author.user)


@pytest.fixture
def waiting(manager, author, child):
    with acting(by=manager.user):
        return make_waiting(manager.user, child, author.user)


@pytest.fixture
def signed(manager, author, child):
    with acting(by=manager.user):
        return make_signed(manager.user, child, author.user)


def asked(hearing, offence, author, **changes) -> dict:
    """The form as somebody fills it in."""
    return {
        "kind": kind().pk, "hearing": hearing.pk, **day("asked_on", TODAY), **day("due_on", TODAY + timedelta(days=9)),
        "persistent": "no", "offences": [offence.pk], "author": author.user.pk,
    } | changes  # fmt: skip


def all_reports() -> list[CourtReport]:
    with acting(by=None, services=EVERY_SERVICE):
        return list(CourtReport.objects.select_related("author", "gatekeeper"))


def test_a_report_is_asked_for_allocated_and_stands_on_the_record(manager, author, child, hearing, offence):
    page = text(manager.get(at("ask", child.pk)))
    assert "Northmere Youth Court" in page and "writes 0 court reports now" in page and "Theft from a shop" in page
    response = manager.post(at("ask", child.pk), asked(hearing, offence, author, gatekeeper=manager.user.pk))
    made_report = all_reports()[0]
    assert response.url == at("report", made_report.pk)
    assert (made_report.author, made_report.gatekeeper) == (author.user, manager.user)
    page = text(manager.get(response.url))
    assert "Due on 13 June 2026" in page and "Your service has no time limit" in page
    assert "Pre-sentence report asked for" in text(manager.get(reverse("people:timeline", args=[child.pk])))
    assert "Pre-sentence report" in text(author.get(at("of_child", child.pk)))
    assert "Court report" in text(manager.get(reverse("people:history", args=[child.pk])))


@pytest.mark.parametrize(
    "fields,message",
    [
        ({"kind": ""}, "Select kind of report"),
        ({"hearing": ""}, "Select the hearing that asked for it"),
        ({"offences": []}, "Select the offences it is about"),
        ({"author": ""}, "Select who writes it"),
        ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "Enter the day it is due"),
    ],
)
def test_what_is_missing_is_asked_for(fields, message, manager, author, child, hearing, offence):
    page = text(manager.post(at("ask", child.pk), asked(hearing, offence, author) | fields))
    assert message in page and not all_reports()


def test_sending_twice_records_one(manager, author, child, hearing, offence):
    receipt = re.search(r'name="receipt" value="([^"]+)"', text(manager.get(at("ask", child.pk))))[1]
    first, second = (
        manager.post(at("ask", child.pk), asked(hearing, offence, author, receipt=receipt)) for _ in range(2)
    )
    assert first.url == second.url and len(all_reports()) == 1


def test_two_who_change_it_see_both(manager, author, report, hearing, offence):
    sent = asked(report.hearing, offence, author, asked_for="One thing", version=1)
    with acting(by=manager.user):
        sent["offences"] = list(report.links.values_list("offence", flat=True))
    assert manager.post(at("change", report.pk), sent).status_code == 302
    response = manager.post(at("change", report.pk), sent | {"asked_for": "Another"})
    assert response.status_code == 409
    assert "One thing" in text(response) and "Another" in text(response)


def test_the_whole_way_on_the_pages(manager, author, report):
    one = at("report", report.pk)
    assert author.post(at("make_draft", report.pk)).url == f"{one}#drafts"
    file = author.get(at("draft", report.pk, 1))
    assert "attachment" in file["Content-Disposition"] and docx.Document(BytesIO(file.content)).paragraphs
    upload = {"file": made.upload("mine.docx", made.word("The child has done well")), "version": report.version}
    assert author.post(at("add_version", report.pk), upload).url == one
    assert author.get(at("open_version", report.pk, 1))["Content-Disposition"].endswith("mine.docx")
    author.post(at("submit", report.pk), {"version": report.version + 1})
    assert "Gatekeep it" in text(manager.get(one)) and "Gatekeep it" not in text(author.get(one))
    verdict = {"verdict": "returned", "comments": "Say what helps", "version": report.version + 2}
    manager.post(at("gatekeep", report.pk), verdict)
    assert "Say what helps" in text(author.get(one))
    upload = {"file": made.upload("mine.docx", made.word("The child has done very well")), "version": 4}
    author.post(at("add_version", report.pk), upload)
    page = text(author.get(at("compare", report.pk, 2, 1)))
    assert "<ins>very </ins>" in page
    author.post(at("submit", report.pk), {"version": 5})
    manager.post(at("gatekeep", report.pk), {"verdict": "approved", "comments": "", "version": 6})
    sign = {"name": author.user.name, **day("day", TODAY), "read": "on", "version": 7}
    assert author.post(at("sign", report.pk), sign).url == one
    page = text(author.get(one))
    with acting(by=author.user):
        assert ReportVersion.objects.get(number=2).stored.digest in page
    sent = {"to": "court", "who": "The youth court office", "how": "secure_mail", **day("on", TODAY), "version": 8}
    assert author.post(at("note_sent", report.pk), sent).url == one
    page = text(author.get(one))
    assert "Sent to the court" in page and "The youth court office" in page
    with acting(by=manager.user):
        sending = report.sendings.get()
    manager.post(at("not_sent", report.pk, sending.pk), {"in_error_reason": "", "reason": "Twice", "version": 1})
    assert "Recorded in error: Twice" in text(author.get(one))


FORMS = ["make_draft", "change", "withdraw", "in_error", "gatekeep", "sign", "submit", "add_version", "note_sent"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("role", ["data_officer", "inspector"])
def test_who_reads_reports_changes_none(name, role, sign_in, report):
    assert sign_in(role).post(at(name, report.pk)).status_code == 403


@pytest.mark.parametrize("role", ["business_support", "board_member", "administrator"])
def test_who_may_not_read_reports_meets_none(role, sign_in, report, child):
    client = sign_in(role)
    for address in (at("reports"), at("of_child", child.pk), at("report", report.pk), at("ask", child.pk)):
        assert client.get(address).status_code == 403, address


def test_a_practitioner_neither_asks_for_a_report_nor_moves_its_day(author, child, report):
    assert author.get(at("ask", child.pk)).status_code == 403
    assert author.get(at("change", report.pk)).status_code == 403
    assert "Record a report" not in text(author.get(at("of_child", child.pk)))


def test_another_practitioner_adds_nothing_to_it(sign_in, report):
    other = sign_in("practitioner")
    file = made.upload("mine.docx", made.word("Mine"))
    page = text(other.post(at("add_version", report.pk), {"file": file, "version": 1}))
    assert "writes this report" in page
    assert "Add a version" not in text(other.get(at("report", report.pk)))


def test_another_service_finds_none_of_it(sign_in, staff, other_service, signed, child):
    other = sign_in(staff("manager", service=other_service))
    one = signed.pk
    for address in (at("report", one), at("open_version", one, 1), at("change", one), at("of_child", child.pk)):
        assert other.get(address).status_code == 404, address
    assert "Nobody" not in text(other.get(at("reports"))) and "Morgan" not in text(other.get(at("reports")))


def test_a_need_to_know_child_is_not_named_in_the_list_and_asks_why(manager, author, service):
    secret = make_child(service, family_name="Secretname", restricted_reason="Family of staff")
    with acting(by=manager.user):
        report = make_report(manager.user, secret, author.user)
    page = text(author.get(at("reports")))
    assert "Secretname" not in page and MASK in page
    assert "Secretname" not in text(author.get("/"))
    assert "/why" in author.get(at("report", report.pk)).url


def test_a_wrong_file_is_refused_beside_its_field(author, report):
    page = text(author.post(at("add_version", report.pk), {"file": made.upload("r.pdf", made.pdf("A")), "version": 1}))
    assert "Choose the report as a Word document" in page


def test_signing_asks_for_the_box(author, manager, waiting):
    with acting(by=manager.user):
        services.gatekeep(report=waiting, version=waiting.version, by=manager.user, verdict="approved", comments="")
    sign = {"name": author.user.name, **day("day", TODAY), "version": waiting.version}
    assert "Open the version, then select the box" in text(author.post(at("sign", waiting.pk), sign))


def test_my_work_has_the_authors_and_the_gatekeepers_by_the_day_they_are_due(author, manager, waiting, child):
    with acting(by=manager.user):
        late = make_report(manager.user, child, author.user, asked_on=TODAY - timedelta(days=30))
    page = text(author.get("/"))
    assert "Court reports you write" in page and at("report", late.pk) in page and "Late. You write it" in page
    page = text(manager.get("/"))
    assert "Court reports to gatekeep" in page and "Late court reports of others" in page
    assert at("report", waiting.pk) in page


def test_the_list_costs_the_same_for_one_and_for_three(manager, author, child, service):
    def asks() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(at("reports")).status_code == 200
        return len(queries)

    with acting(by=manager.user):
        make_report(manager.user, child, author.user)
    asks()
    one = asks()
    with acting(by=manager.user):
        for _ in range(2):
            make_waiting(manager.user, make_child(service), author.user)
    assert asks() == one


def test_one_recorded_in_error_is_struck_read_and_done_nothing_with(manager, author, signed, child):
    assert manager.post(at("in_error", signed.pk), {"reason": "Another child’s", "version": signed.version}).url
    page = text(manager.get(at("report", signed.pk)))
    assert "Another child’s" in page and "SHA-256 of the file" not in page
    assert author.get(at("open_version", signed.pk, 1)).status_code == 404
    assert author.get(at("sign", signed.pk)).status_code == 404
    assert "<s>" in text(manager.get(at("of_child", child.pk)))
    assert at("report", signed.pk) not in text(manager.get(at("reports")))


def test_a_look_at_a_version_is_logged(author, signed, child):
    author.get(at("open_version", signed.pk, 1))
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(child=child.pk, path=at("open_version", signed.pk, 1), kind="read").exists()


def test_a_frozen_draft_says_which_of_its_parts_are_of_health(manager, author, report):
    author.post(at("make_draft", report.pk))
    with acting(by=None, services=EVERY_SERVICE):
        facts = ReportFacts.objects.get()
    assert any(each["health"] for each in facts.content["parts"])


def test_an_administrator_adds_a_kind_and_changes_its_headings(sign_in):
    client = sign_in("administrator")
    client.post(
        at("add_kind"), {"label": "Letter to the court", "headings": "One\n\nTwo\nOne", **day("valid_from", TODAY)}
    )
    made_kind = ReportKind.objects.get(label="Letter to the court")
    assert made_kind.headings == ["One", "Two"] and "Letter to the court" in text(client.get(at("kinds")))
    again = {"label": "letter to the Court", "headings": "One", **day("valid_from", TODAY)}
    assert "a kind of that name already" in text(client.post(at("add_kind"), again))
    change = {"headings": "Three", "version": made_kind.version, **day("valid_to", TODAY)}
    client.post(at("change_kind", made_kind.pk), change)
    made_kind.refresh_from_db()
    assert (made_kind.headings, made_kind.valid_to) == (["Three"], TODAY)
    assert client.post(at("change_kind", made_kind.pk), change | {"headings": "Four"}).status_code == 409


def test_the_only_hearing_fills_in_itself_and_the_day_it_was_adjourned_to(manager, child, hearing):
    with acting(by=None, services=EVERY_SERVICE):
        hearing.adjourned_to = TODAY + timedelta(days=20)
        hearing.save()
    form = manager.get(at("ask", child.pk)).context["form"]
    assert form.initial["hearing"] == hearing and form.initial["adjourned_to"] == TODAY + timedelta(days=20)


def test_a_hearing_that_asked_for_a_report_is_not_recorded_in_error_before_it(manager, report):
    address = reverse("people:in_error", args=[report.child_id, "hearing", report.hearing_id])
    assert "Pre-sentence report asked for on 4 June 2026" in text(manager.get(address))
    manager.post(address, {"reason": "Another child’s", "version": 1})
    with acting(by=manager.user):
        report.hearing.refresh_from_db()
    assert report.hearing.stands


def test_a_child_whose_hearings_are_not_recorded_is_said_so(manager, service):
    page = text(manager.get(at("ask", make_child(service).pk)))
    assert "Record the hearing that asked for it first" in page
