"""Pages of the money, as each role and as another service's staff."""

from __future__ import annotations

import io
import re
import uuid

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.finance import services
from openyj.finance.forms import StartYearForm, cell_name, note_name
from openyj.finance.models import Contribution, FinancialYear, Partner
from openyj.finance.tests.factories import make_year

pytestmark = pytest.mark.django_db
READ = ["/money", "/money/2025", "/money/2025/history", "/money/partners"]
WRITE = ["/money/start", "/money/2025/change", "/money/partners/add"]


@pytest.fixture
def head(staff):
    return staff("head_of_service")


@pytest.fixture
def year(head):
    return make_year(by=head, starts=2025, amounts={"police": {"cash": 100}, "health": {"in_kind": 40}})


@pytest.fixture
def police(head, year):
    with acting(by=head):
        return Partner.objects.get(kind="police").pk


def posted(page, **changes) -> dict[str, str]:
    """The fields of the page's form as a browser would send them, with some changed."""
    form = page.context["form"]
    fields = {name: "" if (v := form[name].value()) is None else str(v) for name in form.fields}
    fields |= {"receipt": str(form.receipt)}
    if form.version is not None:
        fields["version"] = str(form.version)
    return fields | changes


@pytest.mark.parametrize("role", ["head_of_service", "board_member", "data_officer", "inspector"])
@pytest.mark.parametrize("path", READ)
def test_reading_is_for_those_who_may_see_money(role, path, sign_in, year):
    assert sign_in(role).get(path).status_code == 200


@pytest.mark.parametrize("role", ["practitioner", "manager", "administrator"])
@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_other_roles_are_refused(role, path, sign_in, year):
    assert sign_in(role).get(path).status_code == 403


@pytest.mark.parametrize("role", ["board_member", "data_officer", "inspector"])
@pytest.mark.parametrize("path", WRITE)
def test_reader_may_not_change(role, path, sign_in, year):
    client = sign_in(role)
    assert client.get(path).status_code == client.post(path, {}).status_code == 403


@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_nobody_signed_in_is_sent_to_sign_in(path, client, year):
    answer = client.get(path)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("path", ["/money/2025", "/money/2025/change", "/money/2025/history"])
def test_other_service_finds_no_such_year(path, sign_in, staff, other_service, year):
    assert sign_in(staff("head_of_service", service=other_service)).get(path).status_code == 404


def test_other_service_cannot_open_the_partner_or_the_figure(sign_in, staff, other_service, head, year, police):
    with acting(by=head):
        code = services.name_money_figure(year=year, by=head).code
    stranger = sign_in(staff("head_of_service", service=other_service))
    assert stranger.get(f"/money/partners/{police}").status_code == 404
    assert stranger.get(f"/money/figures/{code}").status_code == 404
    assert sign_in(head).get(f"/money/figures/{code}").status_code == 200


def test_year_is_started_and_filled_in(sign_in):
    head = sign_in("head_of_service")
    answer = head.post("/money/start", {"year": "2025/26"}, follow=True)
    assert answer.redirect_chain == [("/money/2025/change", 302)]
    with acting(by=head.user):
        first = Partner.objects.first().pk
    boxes = {
        cell_name(first, "cash"): "£1,234.50",
        cell_name(first, "in_kind"): "-34.50",
        note_name(first): "1 officer",
    }
    page = head.post("/money/2025/change", posted(answer, **boxes), follow=True)
    assert page.redirect_chain == [("/money/2025", 302)]
    shown = page.content.decode()
    assert "£1,234.50" in shown and "-£34.50" in shown and "£1,200" in shown and "1 officer" in shown


def test_amount_that_cannot_be_read_is_refused_and_said_at_its_box(sign_in, head, year, police):
    client = sign_in(head)
    page = client.get("/money/2025/change")
    answer = client.post("/money/2025/change", posted(page, **{cell_name(police, "cash"): "lots"}))
    text = answer.content.decode()
    assert "Police: cash must be an amount in pounds, like 1,234.50" in text
    assert f'href="#id_{cell_name(police, "cash")}"' in text and f'id="id_{cell_name(police, "cash")}"' in text
    assert 'value="lots"' in text
    assert "Error:" in re.search("<title>(.*?)</title>", text, re.S)[1]
    with acting(by=head):
        assert Contribution.objects.get(partner=police).amount == 100


def test_refused_form_can_be_put_right_and_sent_again(sign_in, head, year):
    """A receipt is kept only for what was saved: the same form, corrected, still counts."""
    client = sign_in(head)
    form = {"year": "2025/26", "receipt": str(uuid.uuid4())}
    assert client.post("/money/start", form).status_code == 200
    answer = client.post("/money/start", form | {"year": "2026/27"})
    assert (answer.status_code, answer.url) == (302, "/money/2026/change")


def test_sent_twice_makes_one(sign_in, head, year, police):
    client = sign_in(head)
    form = posted(client.get("/money/2025/change"), **{cell_name(police, "staffing"): "5"})
    answers = [client.post("/money/2025/change", form) for _ in range(2)]
    assert [(a.status_code, a.url) for a in answers] == [(302, "/money/2025")] * 2
    with acting(by=head):
        assert Contribution.objects.filter(partner=police, stream="staffing").count() == 1
        assert FinancialYear.objects.get(starts=2025).version == year.version + 1


def test_colleague_saved_meanwhile_shows_both_versions_and_lets_the_person_choose(sign_in, staff, head, year, police):
    mine, theirs = sign_in(head), sign_in(staff("head_of_service"))
    cash = cell_name(police, "cash")
    form = posted(mine.get("/money/2025/change"), **{cash: "300"})
    theirs.post("/money/2025/change", posted(theirs.get("/money/2025/change"), **{cash: "200"}))
    answer = mine.post("/money/2025/change", form)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Someone else has saved this table" in text
    clashes = [(c.label, c.saved, c.typed) for c in answer.context["clashes"]]
    assert clashes == [("Police: cash", "£200", "£300")]
    with acting(by=head):
        assert Contribution.objects.standing().get(partner=police).amount == 200
    again = mine.post("/money/2025/change", posted(answer))
    assert again.status_code == 302
    with acting(by=head):
        assert Contribution.objects.standing().get(partner=police).amount == 300


def test_what_was_typed_is_kept_and_can_be_thrown_away(sign_in, head, year, police):
    client = sign_in(head)
    cash = cell_name(police, "cash")
    client.post("/drafts?path=/money/2025/change", posted(client.get("/money/2025/change"), **{cash: "77"}))
    page = client.get("/money/2025/change").content.decode()
    assert "We kept what you typed" in page and 'value="77"' in page
    client.post("/drafts/throw-away?path=/money/2025/change")
    assert 'value="77"' not in client.get("/money/2025/change").content.decode()


def test_spreadsheet_holds_numbers_totals_and_notes_and_is_logged(sign_in, head, year):
    client = sign_in(head)
    answer = client.get("/money/2025/contributions.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].values)
    assert rows[0][:7] == ("Partner", "Counts as", "Cash (£)", "Staffing (£)", "Payments in kind (£)",
                           "Other delegated funds (£)", "Total (£)")  # fmt: skip
    assert rows[1][:7] == ("Police", "Police", 100, None, None, None, 100)
    assert rows[-1][:7] == ("Total", None, 100, None, 40, None, 140)
    notes = dict(row[:2] for row in book["Notes"].values)
    assert notes["Period"] == "1 April 2025 to 31 March 2026"
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(kind="export", user=head).count() == 1


def test_spreadsheet_is_refused_to_who_may_see_and_not_export(sign_in, year):
    assert sign_in("inspector").get("/money/2025/contributions.xlsx").status_code == 403


def test_partner_is_added_renamed_and_a_second_of_the_name_refused(sign_in, head, year):
    client = sign_in(head)
    new = {"name": "Lottery", "kind": "other", "first_year": "2025/26", "last_year": ""}
    assert client.post("/money/partners/add", new).url == "/money/partners"
    assert "There is a partner called Lottery already" in client.post("/money/partners/add", new).content.decode()
    with acting(by=head):
        partner = Partner.objects.get(name="Lottery")
    changed = new | {"name": "Lottery fund", "last_year": "2026/27", "version": str(partner.version)}
    client.post(f"/money/partners/{partner.pk}", changed)
    assert "Lottery fund" in client.get("/money/partners").content.decode()
    stale = client.post(f"/money/partners/{partner.pk}", changed | {"name": "Lotto"}).content.decode()
    assert "Someone else has changed this partner" in stale and 'value="Lotto"' in stale


@pytest.mark.parametrize(
    ("typed", "starts"),
    [("2025/26", 2025), ("2025-26", 2025), (" 2025/2026 ", 2025), ("1999/00", 1999), ("2025", 2025)],
)
def test_year_is_read_as_people_write_it(typed, starts):
    form = StartYearForm({"year": typed})
    assert form.is_valid() and form.cleaned_data["year"] == starts


@pytest.mark.parametrize("typed", ["", "25/26", "2025/27", "1997/98", "next year", "2025/26/27"])
def test_year_that_is_none_is_refused(typed):
    assert not StartYearForm({"year": typed}).is_valid()


def test_years_page_takes_as_many_queries_for_one_year_as_for_three(sign_in, head, year):
    client = sign_in(head)
    client.get("/money")  # the session is written once

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/money")
        return len(captured)

    for_one = queries()
    with acting(by=head):
        for starts in (2023, 2024):
            services.start_year(service=head.service, starts=starts, by=head)
    assert queries() == for_one
