"""Pages of packs: who makes and who reads them, made once, frozen, refused in words."""

from __future__ import annotations

import uuid
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.documents.models import Rendition, RenditionFile
from openyj.files.tests.made import pdf
from openyj.meetings.models import Paper
from openyj.meetings.services import business
from openyj.meetings.services.meeting import cancel_meeting
from openyj.packs.models import Pack, PackFigures
from openyj.packs.services import make_pack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scope():
    with acting(by=None, services=EVERY_SERVICE):
        yield


@pytest.fixture
def at(told) -> str:
    return f"/meetings/{told.coming.pk}/packs"


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def attach(told, content: bytes, title: str = "Report", **fields) -> Paper:
    by = told.board.by
    with acting(by=by), clock.fixed(date(2026, 11, 19)):
        paper = business.expect_paper(item=told.item, by=by, title=title, owner=None, owner_name="Health", **fields)
        return business.attach_paper(row=paper, version=1, by=by, file=SimpleUploadedFile("a.pdf", content))


def test_made_by_business_support_and_read_by_a_board_member(sign_in, told, at):
    attach(told, pdf("Pages of the report"))
    clerk, member = sign_in("business_support"), sign_in("board_member")
    assert "No pack has been made" in page(member, at) and "Make the pack" not in page(member, at)
    assert "/packs" not in page(member, f"/meetings/{told.coming.pk}"), "nothing is there to read yet"
    assert f"{at}/make" in page(clerk, at) and "Paper 1: Report" in page(clerk, f"{at}/preview")
    with acting(by=told.board.by):
        business.expect_paper(item=told.item, by=told.board.by, title="Plan", owner=None, owner_name="Health")
    assert "Not here yet: Paper 2: Plan." in page(clerk, f"{at}/make")
    assert not Pack.objects.exists()
    sent = {"receipt": str(uuid.uuid4())}
    for _ in range(2):
        assert clerk.post(f"{at}/make", sent).headers["Location"] == f"{at}/1"
    assert Rendition.objects.count() == 1, "twice makes one"
    assert at in page(member, f"/meetings/{told.coming.pk}") and "Version 1" in page(member, at)
    text = page(member, f"{at}/1")
    assert "Paper 1: Report" in text and "Much was said" in text and "Make the pack" not in text
    before = Access.objects.filter(kind="export").count()
    files = {each.format: member.get(f"/documents/files/{each.pk}").content for each in RenditionFile.objects.all()}
    assert sorted(files) == ["docx", "pdf"] and Access.objects.filter(kind="export").count() == before + 2
    with pypdfium2.PdfDocument(files["pdf"]) as opened:
        pages = [each.get_textpage().get_text_range() for each in opened]
    assert "Pages of the report" in pages[-1] and "Paper 1: Report" in pages[-1]
    word = [paragraph.text for paragraph in docx.Document(BytesIO(files["docx"])).paragraphs]
    assert "Minutes of the last meeting" in word and "1. Money" in word


def test_a_pack_stays_as_it_was_made_and_the_next_is_another_version(head, told, at):
    for _ in range(2):
        assert head.post(f"{at}/make").status_code == 302
        item = told.last.items.get()
        with acting(by=head.user):
            business.change_item(row=item, version=item.version, by=head.user, said="Something else was said")
    assert "Much was said" in page(head, f"{at}/1") and "Read version 2" in page(head, f"{at}/1")
    assert "Something else was said" in page(head, f"{at}/2") and "newer pack" not in page(head, f"{at}/2")
    assert head.get(f"{at}/3").status_code == 404


def test_after_the_meeting_and_when_it_is_cancelled_none_is_made(head, told, at):
    head.post(f"{at}/make")
    with acting(by=head.user):
        told.coming.refresh_from_db()
        cancel_meeting(row=told.coming, version=told.coming.version, by=head.user, cancelled_because="Flooding")
    assert "held or cancelled" in head.post(f"{at}/make").content.decode()
    assert "Make the pack" not in page(head, at) and "Version 1" in page(head, at)
    assert "held or cancelled" in head.post(f"/meetings/{told.last.pk}/packs/make").content.decode()


def test_a_paper_that_cannot_be_read_is_named_and_nothing_is_made(head, told, at, monkeypatch):
    from openyj.packs import services

    attach(told, pdf("Pages"), "Broken report")
    monkeypatch.setattr(services, "appended", lambda paper: services.Appended(paper.heading, b"%PDF-1.7 no"))
    text = head.post(f"{at}/make").content.decode()
    assert "Paper 1: Broken report cannot be put into the pack" in text and not Rendition.objects.exists()


def test_who_reads_makes_none_and_who_may_not_read_meets_none(sign_in, head, told, at, other_service):
    with acting(by=head.user):
        make_pack(meeting=told.coming, by=head.user)
    kind = f"/meetings/kinds/{told.board.kind.pk}/pack-figures"
    reads, writes = [at, f"{at}/1"], [f"{at}/make", kind]
    files = [f"/documents/files/{each.pk}" for each in RenditionFile.objects.all()]
    for role in ("board_member", "inspector", "data_officer"):
        client = sign_in(role)
        assert {client.get(a).status_code for a in [*reads, *files]} == {200}
        assert {method(a).status_code for a in writes for method in (client.get, client.post)} == {403}
        assert client.get(f"{at}/preview").status_code == 403
    practitioner = sign_in("practitioner")
    assert {practitioner.get(a).status_code for a in [*reads, *writes]} == {403}
    assert {practitioner.get(a).status_code for a in files} == {404}
    for role in ("head_of_service", "board_member"):
        stranger = sign_in(role, service=other_service)
        assert {stranger.get(a).status_code for a in [*reads, *files]} == {404}
    stranger = sign_in("head_of_service", service=other_service)
    assert {stranger.get(a).status_code for a in [*writes, f"{at}/preview"]} == {404}


def test_figures_are_chosen_and_two_people_at_once_see_both(head, told, sign_in):
    at = f"/meetings/kinds/{told.board.kind.pk}/pack-figures"
    assert head.post(at, {"figures": ["custody:count"], "version": "0"}).status_code == 302
    assert PackFigures.objects.get().figures == ["custody:count"]
    other = sign_in("manager")
    clash = other.post(at, {"figures": ["board-attendance:senior"], "version": "0"})
    assert clash.status_code == 409 and "Use of custody" in clash.content.decode()
    assert other.post(at, {"figures": ["board-attendance:senior"], "version": "1"}).status_code == 302
    assert head.post(at, {"figures": ["nothing:count"], "version": "2"}).status_code == 200
    assert PackFigures.objects.get().figures == ["board-attendance:senior"]


def test_a_paper_about_a_child_is_opened_by_those_who_may_see_children(head, sign_in, told):
    paper = attach(told, pdf("Canary"), "Canary report", about_child=True)
    member, officer = sign_in("board_member"), sign_in("data_officer")
    text = page(member, f"/meetings/{told.coming.pk}")
    assert "Canary" not in text and "A paper about a child" in text
    assert member.get(f"/meetings/papers/{paper.pk}").status_code == 404
    assert "Canary report" in page(officer, f"/meetings/{told.coming.pk}")
    assert officer.get(f"/meetings/papers/{paper.pk}").status_code == 200
    sent = {"title": "Another", "owner": member.user.pk, "about_child": "on"}
    refused = head.post(f"/meetings/items/{told.item.pk}/papers/add", sent).content.decode()
    assert "may look at no child" in refused


def test_the_list_asks_as_often_for_three_packs_as_for_one(head, told, at):
    asked = []
    for more in (1, 2):
        with acting(by=head.user):
            for _ in range(more):
                make_pack(meeting=told.coming, by=head.user)
        head.get(at)
        with CaptureQueriesContext(connection) as queries:
            head.get(at)
        asked.append(len(queries))
    assert asked[0] == asked[1]
