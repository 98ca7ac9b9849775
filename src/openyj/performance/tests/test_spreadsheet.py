"""The figures as a spreadsheet: read back as numbers and dates, with a sheet that says what they are."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from openyj import measures
from openyj.accounts.models import Access
from openyj.accounts.scope import acting
from openyj.performance.models import Figure
from openyj.performance.tests.factories import entrant, make_population, record_begins

pytestmark = pytest.mark.django_db


def opened(response) -> CalamineWorkbook:
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    return CalamineWorkbook.from_filelike(BytesIO(response.content))


def rows_of(book: CalamineWorkbook, sheet: str) -> list[dict[str, object]]:
    head, *rows = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_numbers_and_dates_come_back_as_they_were(service, sign_in):
    record_begins(service)
    for month in range(1, 7):
        entrant(service, date(2026, month, 3))
    make_population(service)
    client = sign_in("head_of_service")
    book = opened(client.get("/performance/first-time-entrants/spreadsheet?span=rolling_year"))
    rows = rows_of(book, "First time entrants")
    assert len(rows) == 2 * 21
    row = next(r for r in rows if r["Last day"] == date(2026, 9, 30) and "per" in r["Figure"])
    assert row["First day"] == date(2025, 10, 1)
    assert (row["Numerator"], row["Denominator"]) == (6, 23_750)
    assert row["Value"] == pytest.approx(6 / 23_750 * 100_000, abs=1e-9)  # not rounded
    assert row["Lowest (95%)"] < row["Value"] < row["Highest (95%)"]
    assert row["Unit"] == "per 100,000 residents aged 10 to 17"
    assert (row["State"], row["Complete on"]) == ("complete", date(2026, 9, 30))
    with acting(by=client.user):
        assert Figure.objects.get(code=row["Code"]).show == "rate"


def test_what_cannot_be_computed_is_an_empty_cell_and_a_reason(service, sign_in):
    record_begins(service)
    book = opened(sign_in("head_of_service").get("/performance/first-time-entrants/spreadsheet"))
    rates = [row for row in rows_of(book, "First time entrants") if "per" in row["Figure"]]
    assert {row["Value"] for row in rates} == {""}
    assert all(row["State"].startswith("cannot be computed: no population") for row in rates)
    notes = {row[0]: row[1] for row in book.get_sheet_by_name("Notes").to_python()}
    assert notes["Populations"] == "None supplied: rates cannot be computed."


def test_a_cohort_still_followed_says_so(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    book = opened(sign_in("manager").get("/performance/reoffending/spreadsheet?span=quarter"))
    row = next(r for r in rows_of(book, "Proven reoffending") if r["First day"] == date(2026, 1, 1))
    assert (row["State"], row["Complete on"]) == ("still filling until 30 September 2027", date(2027, 9, 30))


def test_a_breakdown_has_a_column(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3), sex="1")
    book = opened(sign_in("manager").get("/performance/first-time-entrants/spreadsheet?span=quarter&by=sex"))
    rows = rows_of(book, "First time entrants")
    assert {row["Sex"] for row in rows} == {"Male", "Unknown"}


def test_the_notes_say_what_the_figures_are(service, sign_in):
    record_begins(service)
    make_population(service)
    client = sign_in("board_member")
    for measure in measures.ALL.values():
        book = opened(client.get(f"/performance/{measure.name}/spreadsheet"))
        notes = {row[0]: row[1] for row in book.get_sheet_by_name("Notes").to_python()}
        assert notes["Measure"] == measure.words.title
        assert notes["Edition"] == measure.edition
        assert notes["Data"] == "The record as it is: live as of 22 November 2026, 12:00"
        assert notes["Suppression"].startswith("None.")
        assert notes["Made by"] == client.user.name
        assert all(f"{id}: " in notes["Rules"] for id in measure.rules)
        assert "2026: Mid-year estimate, for a test" in notes["Populations"]


def test_taking_figures_out_is_logged(service, sign_in):
    client = sign_in("board_member")
    opened(client.get("/performance/custody/spreadsheet"))
    with acting(by=client.user):
        line = Access.objects.get(user=client.user, kind=Access.Kind.EXPORT)
    assert line.reason == "Figures: Use of custody"


def test_no_child_is_in_it(service, sign_in):
    child = record_begins(service).child
    content = sign_in("board_member").get("/performance/first-time-entrants/spreadsheet?by=locality").content
    cells = [str(c) for name in ("First time entrants", "Notes")
             for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name).to_python()
             for c in row]  # fmt: skip
    assert child.family_name not in " ".join(cells)
    assert child.number not in " ".join(cells)
