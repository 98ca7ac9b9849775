"""Pages of the Plan, as each role, as another service's staff, and with two people at once."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Draft
from openyj.accounts.scope import acting
from openyj.caselevel.models import Snapshot
from openyj.performance.tests.factories import TODAY, entrant
from openyj.plans import services
from openyj.plans.models import Plan, Section

pytestmark = pytest.mark.django_db
READ = ["/plans", "/plans/2026", "/plans/2026/preview", "/plans/2026/changes", "/plans/2026/versions/1"]
WRITE = ["/plans/start", "/plans/2026/sections/introduction", "/plans/2026/freeze"]
SECTION = "/plans/2026/sections/introduction"


@pytest.fixture
def frozen(record, plan):
    with acting(by=record.head):
        return services.freeze_version(plan=plan, name="For the board", note="", by=record.head)


@pytest.fixture
def head(sign_in, record):
    return sign_in(record.head)


def text_now(record) -> str:
    with acting(by=record.head):
        return Section.objects.get(key="introduction").text


def posted(page, **changes) -> dict[str, str]:
    """The section form's fields as a browser would send them, with some changed."""
    form = page.context["form"]
    fields = {"text": form["text"].value() or "", "receipt": str(form.receipt), "version": str(form.version)}
    for _place, number in page.context["numbers"]:
        fields |= {number.add_prefix(name): "" for name in number.fields}
    return fields | {"insert-figure": "", "insert-code": "", "insert-kind": "figure"} | changes


@pytest.mark.parametrize("role", ["head_of_service", "board_member", "manager", "data_officer", "inspector"])
@pytest.mark.parametrize("path", READ)
def test_readers_read(role, path, sign_in, frozen):
    assert sign_in(role).get(path).status_code == 200


@pytest.mark.parametrize("role", ["practitioner", "administrator"])
@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_others_are_refused(role, path, sign_in, frozen):
    assert sign_in(role).get(path).status_code == 403


@pytest.mark.parametrize("role", ["board_member", "manager", "data_officer", "inspector"])
@pytest.mark.parametrize("path", WRITE)
def test_readers_do_not_write_or_freeze(role, path, sign_in, frozen):
    client = sign_in(role)
    assert client.get(path).status_code == client.post(path, {"text": "x", "name": "x"}).status_code == 403
    page = client.get("/plans/2026").content.decode()
    assert "/sections/" not in page and "/freeze" not in page


@pytest.mark.parametrize("path", [p for p in [*READ, *WRITE] if "2026" in p])
def test_other_service_finds_no_such_plan(path, sign_in, staff, other_service, frozen):
    stranger = sign_in(staff("head_of_service", service=other_service))
    assert stranger.get(path).status_code == 404
    assert stranger.post("/plans/2026/draft/docx").status_code == 404


@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_nobody_signed_in_is_sent_to_sign_in(path, client, frozen):
    assert client.get(path).status_code == 302


def test_plan_is_started_once_however_often_the_form_is_sent(head, record):
    page = head.get("/plans/start")
    form = {"year": "2027/28", "structure": "2024", "receipt": str(page.context["form"].receipt)}
    assert [head.post("/plans/start", form).url for _ in range(2)] == ["/plans/2027"] * 2
    again = head.post("/plans/start", {"year": "2027/28", "structure": "2024"})
    assert "There is a Plan for this year already" in again.content.decode()
    with acting(by=record.head):
        assert Plan.objects.filter(starts=2027).count() == 1


def test_section_is_saved_and_reads_with_its_figures(head, record, plan):
    text = f"A rate of {{{{ figure {record.rate} }}}}."
    page = head.post(SECTION, posted(head.get(SECTION), text=text), follow=True)
    assert page.redirect_chain == [(SECTION, 302)]
    shown = page.content.decode()
    assert "38 per 100,000</a>" in shown and f'href="/figures/{record.rate}"' in shown


def test_chosen_figure_goes_where_the_writer_wrote_here_or_at_the_end(head, record, plan):
    page = head.get(SECTION)
    given = {
        "insert": "yes",
        "insert-figure": record.rate,
        "insert-kind": "figure",
        "text": "A rate of [here], we saw.",
    }
    page = head.post(SECTION, posted(page, **given), follow=True)
    assert text_now(record) == f"A rate of {{{{ figure {record.rate} }}}}, we saw."
    given = {"insert": "yes", "insert-code": record.count.lower(), "insert-kind": "chart"}
    head.post(SECTION, posted(page, **given), follow=True)
    assert text_now(record).endswith(f", we saw.\n\n{{{{ chart {record.count} }}}}")


def test_nothing_chosen_is_refused_and_what_was_typed_stays(head, record, plan):
    page = head.post(SECTION, posted(head.get(SECTION), insert="yes", text="Kept."))
    shown = page.content.decode()
    assert "Choose a figure from the list, or type its code" in shown and "Kept.</textarea>" in shown
    assert 'href="#id_insert-figure"' in shown and 'id="id_insert-figure"' in shown
    assert "We met" in text_now(record)


def test_unknown_code_is_refused(head, record, plan):
    given = {"insert": "yes", "insert-code": "ZZZZZZ"}
    assert (
        "There is no figure with this code" in head.post(SECTION, posted(head.get(SECTION), **given)).content.decode()
    )
    assert "ZZZZZZ" not in text_now(record)


def test_typed_number_asks_and_is_settled_by_choosing_or_quoting(head, record, plan):
    page = head.post(SECTION, posted(head.get(SECTION), text="We saw 9 children and 9 boys."), follow=True)
    numbers = page.context["numbers"]
    assert [place for place, _form in numbers] == ["number0|1:9", "number1|2:9"]
    given = {"settle": "number1|2:9", "number1-source": "The school census"}
    page = head.post(SECTION, posted(page, **given), follow=True)
    given = {"settle": "number0|1:9", "number0-figure": record.count}
    page = head.post(SECTION, posted(page, **given), follow=True)
    assert text_now(record) == (
        f'We saw {{{{ figure {record.count} }}}} children and {{{{ quoted "9" source="The school census" }}}} boys.'
    )
    assert page.context["numbers"] == []


@pytest.mark.parametrize("given", [{}, {"number0-source": "x", "number0-figure": "COUNT"}])
def test_typed_number_settled_neither_or_both_ways_is_refused_at_its_place(head, record, plan, given):
    page = head.post(SECTION, posted(head.get(SECTION), text="We saw 9 children."), follow=True)
    given = {name: value.replace("COUNT", record.count) for name, value in given.items()}
    answer = head.post(SECTION, posted(page, settle="number0|1:9", **given))
    assert answer.status_code == 200
    assert "Choose the figure this number is, or say where it comes from" in answer.content.decode()
    assert text_now(record) == "We saw 9 children."


def test_number_that_is_no_longer_there_is_not_settled(head, record, plan):
    page = head.post(SECTION, posted(head.get(SECTION), text="We saw 9 children."), follow=True)
    given = {"settle": "number0|1:9", "number0-source": "x", "text": "We saw many children."}
    assert head.post(SECTION, posted(page, **given)).status_code == 200
    assert text_now(record) == "We saw 9 children."


def test_colleague_saved_meanwhile_shows_both_and_lets_the_writer_choose(head, record, plan, sign_in):
    mine = posted(head.get(SECTION), text="My words.")
    other = sign_in("head_of_service")
    other.post(SECTION, posted(other.get(SECTION), text="Their words."))
    answer = head.post(SECTION, mine)
    shown = answer.content.decode()
    assert f"{other.user.name} has saved this section" in shown
    assert "Their words." in shown and "<ins>My </ins>" in shown and "My words.</textarea>" in shown
    assert text_now(record) == "Their words."
    head.post(SECTION, posted(answer))
    assert text_now(record) == "My words."


def test_what_was_typed_is_kept_as_a_draft_with_the_version_it_was_typed_on(head, record, plan, sign_in):
    head.post(f"/drafts?path={SECTION}", posted(head.get(SECTION), text="Half a sentence"))
    other = sign_in("head_of_service")
    other.post(SECTION, posted(other.get(SECTION), text="Their words."))
    page = head.get(SECTION)
    assert "We kept what you typed" in page.content.decode() and "Half a sentence</textarea>" in page.content.decode()
    assert "has saved this section" in head.post(SECTION, posted(page)).content.decode()
    assert Draft.objects.filter(user=record.head).count() == 1
    head.post(f"/drafts/throw-away?path={SECTION}")
    assert "Their words.</textarea>" in head.get(SECTION).content.decode()


@pytest.mark.parametrize(("format", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype")])
def test_draft_file_is_made_from_a_snapshot_and_marked(head, record, plan, format, start):
    answer = head.post(f"/plans/2026/draft/{format}", follow=True)
    assert answer.status_code == 200 and answer.content.startswith(start)
    with acting(by=record.head):
        assert Snapshot.objects.count() == 1
    if format == "docx":
        word = docx.Document(BytesIO(answer.content))
        assert "DRAFT" in word.sections[0].header.paragraphs[0].text


def test_draft_of_an_unknown_kind_is_not_found(head, plan):
    assert head.post("/plans/2026/draft/exe").status_code == 404


def test_board_member_takes_the_draft_as_a_file(sign_in, plan):
    assert sign_in("board_member").post("/plans/2026/draft/pdf", follow=True).content.startswith(b"%PDF")


def test_freezing_shows_what_is_missing_and_refuses_while_a_number_cannot_be_followed(head, record, plan):
    head.post(SECTION, posted(head.get(SECTION), text="We saw 9 children."))
    page = head.get("/plans/2026/freeze").content.decode()
    assert "“9”" in page and "Sections nobody has written" in page and "Freeze this version" not in page
    answer = head.post("/plans/2026/freeze", {"name": "One"})
    assert "Some numbers cannot be followed" in answer.content.decode()
    with acting(by=record.head):
        assert plan.document.renditions.count() == 0


def test_quoted_numbers_are_listed_with_their_sources_before_freezing(head, plan):
    head.post(SECTION, posted(head.get(SECTION), text='{{ quoted "47%" source="Pupil survey" }} said so.'))
    page = head.get("/plans/2026/freeze").content.decode()
    assert "47%" in page and "Pupil survey" in page and "Freeze this version" in page


def test_frozen_once_however_often_the_form_is_sent(head, record, plan):
    page = head.get("/plans/2026/freeze")
    form = {"name": "For the board", "note": "", "receipt": str(page.context["form"].receipt)}
    assert [head.post("/plans/2026/freeze", form).url for _ in range(2)] == ["/plans/2026/versions/1"] * 2
    with acting(by=record.head):
        assert plan.document.renditions.count() == 1


def test_record_changes_the_frozen_plan_does_not_and_the_page_shows_what_changed(head, record, plan, frozen):
    assert "nothing changed" in head.get("/plans/2026").content.decode()
    entrant(record.service, TODAY.replace(month=6, day=1))
    head.post(SECTION, posted(head.get(SECTION), text=f"Only {{{{ figure {record.count} }}}} children were new."))
    version = head.get("/plans/2026/versions/1").content.decode()
    assert ">9</a>" in version and f"/documents/{frozen.pk}/figures/{record.count}" in version
    assert ">10</a>" in head.get("/plans/2026/preview").content.decode()
    assert "1 figure and the text of 1 section changed" in head.get("/plans/2026").content.decode()
    changed = head.get("/plans/2026/changes").content.decode()
    assert re.search(r"<td[^>]*>9</td><td[^>]*>10</td>", changed)
    assert "<del>We met </del>" in changed and "<ins>Only </ins>" in changed


def test_plan_page_takes_as_many_queries_for_one_version_and_section_as_for_three(head, record, plan, frozen):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            head.get("/plans/2026")
        return len(captured)

    queries()
    for_one = queries()
    with acting(by=record.head):
        for key in ("risks", "progress"):
            section = plan.sections.get(key=key)
            text = f"See {{{{ figure {record.rate} }}}}."
            services.write_section(section=section, version=section.version, text=text, by=record.head)
        for name in ("Two", "Three"):
            services.freeze_version(plan=plan, name=name, note="", by=record.head)
    assert queries() == for_one
