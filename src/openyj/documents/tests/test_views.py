"""Pages of figures by their codes, and files."""

from __future__ import annotations

import pytest

from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.documents import services
from openyj.documents.assembling import Part
from openyj.documents.figures import Figures
from openyj.documents.filling import fill
from openyj.documents.reading import read
from openyj.documents.selectors import find_by_code
from openyj.documents.tests.examples import COVER, example
from openyj.documents.web import as_blocks, to_html
from openyj.performance.tests.factories import TODAY, entrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(record):
    with acting(by=record.head):
        document = services.new_document(service=record.service, reads=Permission.SEE_PLAN)
        text = f"We saw {{{{ figure {record.count} }}}} children and {{{{ figure {record.money} }}}}."
        parts = [Part("intro", "Introduction", text)]
        made = services.freeze(document=document, title="Plan", parts=parts, name="One", note="", by=record.head)
        made.file = made.files.first().pk
        return made


def test_code_opens_what_the_figure_says_now_and_said_in_frozen_documents(sign_in, record, frozen):
    head = sign_in(record.head)
    with acting(by=record.head):
        assert find_by_code(record.head, f" {record.count.lower()} ") == f"/figures/{record.count}"
        assert find_by_code(record.head, record.money) == f"/figures/{record.money}"
        assert find_by_code(record.head, "ZZZZZZ") is None
    entrant(record.service, TODAY.replace(month=6, day=1))
    page = head.get(f"/figures/{record.count}").content.decode()
    assert "<strong>10</strong>" in page and ">9</td>" in page and f"/performance/figure/{record.count}" in page


def test_frozen_figure_says_what_it_said_from_which_snapshot_and_what_it_says_now(sign_in, record, frozen):
    head = sign_in(record.head)
    address = f"/documents/{frozen.pk}/figures/{record.count}"
    page = head.get(address).content.decode()
    assert "The document says: <strong>9</strong>" in page and f"snapshot {frozen.snapshot_id}" in page
    assert "it says the same" in page
    entrant(record.service, TODAY.replace(month=6, day=1))
    page = head.get(address).content.decode()
    assert "<strong>9</strong>" in page and "it says something else: <strong>10</strong>" in page
    assert f"/performance/figure/{record.count}?snapshot={frozen.snapshot_id}" in page


@pytest.mark.parametrize("role", ["board_member", "data_officer", "inspector", "manager"])
def test_readers_of_the_document_open_its_figures(sign_in, role, record, frozen):
    assert sign_in(role).get(f"/documents/{frozen.pk}/figures/{record.count}").status_code == 200


@pytest.mark.parametrize("role", ["practitioner", "administrator"])
def test_others_find_no_such_page(sign_in, role, record, frozen):
    client = sign_in(role)
    for address in (f"/documents/{frozen.pk}/figures/{record.count}", f"/documents/files/{frozen.file}"):
        assert client.get(address).status_code == 404


def test_manager_may_read_the_plan_s_money_and_not_open_the_money_itself(sign_in, record, frozen):
    manager = sign_in("manager")
    page = manager.get(f"/documents/{frozen.pk}/figures/{record.money}")
    assert page.status_code == 200 and "£200" in page.content.decode()
    assert manager.get(f"/figures/{record.money}").status_code == 404


def test_other_service_finds_nothing(sign_in, staff, other_service, record, frozen):
    stranger = sign_in(staff("head_of_service", service=other_service))
    for address in (
        f"/figures/{record.count}", f"/figures/{record.money}",
        f"/documents/{frozen.pk}/figures/{record.count}", f"/documents/files/{frozen.file}",
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client, record, frozen):
    assert client.get(f"/figures/{record.count}").status_code == 302
    assert client.get(f"/documents/{frozen.pk}/figures/{record.count}").status_code == 302


def test_file_is_handed_out_byte_for_byte_and_logged(sign_in, record, frozen):
    head = sign_in(record.head)
    with acting(by=record.head):
        file = frozen.files.get(format="docx")
    answer = head.get(f"/documents/files/{file.pk}")
    assert answer.content == bytes(file.content)
    assert 'filename="plan-version-1.docx"' in answer["Content-Disposition"]
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(kind="export", path=f"/documents/files/{file.pk}").count() == 1


def test_preview_links_every_figure_to_its_evidence_and_shows_what_was_typed_as_typed(record):
    with acting(by=record.head):
        text = f"# Head\n\n<i>x</i> {{{{ figure {record.count} }}}} {{{{ figure ZZZZZZ }}}}"
        filled = fill(read(text), Figures.live(record.service))
    page = as_blocks(filled.tree, addresses={record.count: "/there"}, lowest=3)
    assert '<h3 class="govuk-heading-m">Head</h3>' in page
    assert "&lt;i&gt;x&lt;/i&gt;" in page and "[ZZZZZZ: no figure]" in page
    assert 'href="/there"' in page and ">9</a>" in page


def test_web_page_stands_alone():
    page = to_html(example(), COVER).decode()
    assert "http" not in page.replace("http://www.w3.org", "") and "<script" not in page
    assert page.count("<h1>") == 1 and '<html lang="en-GB">' in page and "DRAFT - OFFICIAL" in page
    assert '<data value="7K3MQR"' in page and "<sup>7K3MQR</sup>" in page and "<sup>Q1</sup>" in page
    assert 'href="#s0"' in page and 'id="s0"' in page
