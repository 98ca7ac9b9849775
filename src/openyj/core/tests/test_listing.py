"""The one list: filters, order, pages, export, and how often it asks the database."""

import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.listing import Column, Filter, Listing
from openyj.core.tests.gallery import people_list


def shown(listing, column=0):
    return [row[column].text for row in listing.table]


def drawn(listing) -> str:
    return Template("{% load page %}{% listing listing %}").render(
        Context({"listing": listing, "request": listing.request})
    )


@pytest.fixture
def asked(rf):
    def make(address="/list", session=None):
        request = rf.get(address)
        request.session = {} if session is None else session
        return people_list(request)

    return make


def test_a_list_is_sorted_by_the_address_and_says_so(asked):
    up, down = asked("/list?sort=contacts"), asked("/list?sort=-contacts")
    assert shown(up, 2) == [f"{n * 7}" for n in range(1, 26)]
    assert shown(down, 2)[:2] == ["420", "413"]
    assert [head.direction for head in up.heads] == ["", "", "ascending", ""]
    assert [head.direction for head in down.heads] == ["", "", "descending", ""]
    assert up.heads[2].url == "?sort=-contacts"
    assert down.heads[2].url == "?sort=contacts"
    assert up.heads[3].url == ""


def test_an_order_nobody_offers_is_the_usual_one(asked):
    for typed in ("password", "state", "-", "name;drop", "__class__"):
        assert shown(asked(f"/list?sort={typed}"))[0] == "Person 001"


def test_arrows_are_not_read_out_and_every_sortable_head_says_its_state(asked):
    html = drawn(asked("/list?sort=-born"))
    assert re.findall(r'aria-sort="(\w+)"', html) == ["none", "descending", "none"]
    assert len(re.findall(r'<span class="app-sort__arrow" aria-hidden="true">', html)) == 3


def test_filters_narrow_and_stand_as_tags_that_take_them_away(asked):
    listing = asked("/list?state=Overdue&q=00&sort=-name&page=1")
    assert shown(listing) == ["Person 009", "Person 006", "Person 003"]
    assert listing.tags == [
        ("Name", "00", "?state=Overdue&sort=-name"),
        ("State", "Overdue", "?q=00&sort=-name"),
    ]


def test_one_of_several_values_is_taken_away_alone(asked):
    listing = asked("/list?state=Overdue&state=On+time")
    assert [(text, url) for _label, text, url in listing.tags] == [
        ("Overdue", "?state=On+time"),
        ("On time", "?state=Overdue"),
    ]


def test_a_date_filter_is_one_tag_and_goes_as_one(asked):
    listing = asked("/list?since_day=1&since_month=june&since_year=2015&q=person")
    assert listing.tags[1] == ("Born since", "1 June 2015", "?q=person")
    assert min(row["born"] for row in listing.rows) >= date(2015, 6, 1)


def test_a_filter_that_makes_no_sense_is_marked_and_leaves_the_list_whole(asked):
    listing = asked("/list?since_day=31&since_month=2&since_year=2015&state=Nonsense")
    assert listing.page.paginator.count == 60
    assert listing.tags == []
    assert "Born since must be a real date" in drawn(listing)


def test_a_page_that_is_not_there_is_the_last_or_the_first(asked):
    assert shown(asked("/list?page=99"))[0] == "Person 051"
    assert shown(asked("/list?page=x"))[0] == "Person 001"
    assert "Showing 51 to 60 of 60" in drawn(asked("/list?page=3"))


def test_filters_are_kept_for_the_visit_and_cleared_once_for_all(asked):
    session = {}
    assert asked("/list?state=Overdue&page=2", session).response() is None
    back = asked("/list", session).response()
    assert (back.status_code, back.url) == (302, "/list?state=Overdue")
    cleared = asked("/list?clear=1", session).response()
    assert (cleared.status_code, cleared.url) == (302, "/list")
    assert asked("/list", session).response() is None


def test_taking_the_last_filter_away_clears_what_was_kept(asked):
    session = {}
    asked("/list?state=Overdue", session).response()
    (tag,) = asked("/list?state=Overdue", session).tags
    assert asked("/list" + tag[2], session).response().url == "/list"
    assert asked("/list", session).response() is None


def test_what_is_shown_is_escaped(rf):
    rows = [{"name": "<b>x</b>", "at": None}]
    html = drawn(Listing(rf.get("/"), rows, title="<i>", columns=[Column("name", "<u>"), Column("at", "At")]))
    assert "<b>" not in html and "<i>" not in html and "<u>" not in html


def test_an_empty_list_says_so_and_offers_no_spreadsheet(asked):
    html = drawn(asked("/list?q=nobody"))
    assert "Nothing matches these filters." in html
    assert "XLSX" not in html


def test_a_filter_may_not_take_the_lists_own_words(rf):
    with pytest.raises(ValueError, match="sort"):
        Listing(rf.get("/"), [], title="", columns=[], filters=[Filter("sort", forms.CharField())])


# export


def exported(listing):
    response = listing.response()
    assert response["Content-Type"].startswith("application/vnd.openxmlformats")
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_the_spreadsheet_holds_every_page_in_order_with_real_dates_and_numbers(asked):
    book = exported(asked("/list?export=xlsx&sort=-born&state=Overdue&page=2"))
    sheet = book["People"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Name", "Date of birth", "Contacts", "State")
    assert len(rows) == 21
    assert rows[1] == ("Person 060", datetime(2016, 1, 30), 420, "Overdue")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D21"
    notes = dict(book["Notes"].iter_rows(values_only=True))
    assert notes["List"] == "People"
    assert notes["Filter: State"] == "Overdue"


def test_the_spreadsheet_says_when_it_was_made(asked):
    with clock.fixed(datetime(2026, 6, 4, 14, 2)):
        listing = asked("/list?export=xlsx")
        response = listing.response()
        assert response["Content-Disposition"] == 'attachment; filename="people-2026-06-04.xlsx"'
        notes = dict(exported(listing)["Notes"].iter_rows(values_only=True))
    assert notes["Made at"] == "4 June 2026, 14:02"


def test_whoever_logs_an_export_can_refuse_it(rf):
    seen = []

    def refuse(listing):
        seen.append(listing.page.paginator.count)
        raise PermissionDenied

    rows = [{"a": 1}]
    listing = Listing(rf.get("/?export=xlsx"), rows, title="T", columns=[Column("a", "A")], on_export=refuse)
    with pytest.raises(PermissionDenied):
        listing.response()
    assert seen == [1]


def test_a_list_that_may_not_leave_does_not(rf):
    listing = Listing(rf.get("/?export=xlsx"), [], title="T", columns=[], export=False)
    assert listing.response() is None
    assert listing.export_url == ""


# querysets


def kinds(rf, address="/"):
    return Listing(
        rf.get(address),
        ContentType.objects.filter(app_label__startswith="listed"),
        title="Kinds",
        columns=[
            Column("app_label", "Room", sort="app_label"),
            Column("model", "Kind", sort=("model", "app_label"), value=lambda row: Tag(row.model)),
        ],
        filters=[
            Filter("app_label", forms.MultipleChoiceField(choices=[("listed0", "0"), ("listed1", "1")])),
            Filter("model", forms.CharField(label="Kind")),
        ],
        sort="app_label",
        per_page=3,
    )


def make_kinds(numbers):
    ContentType.objects.bulk_create(ContentType(app_label=f"listed{n % 2}", model=f"kind{n:03}") for n in numbers)


@pytest.mark.django_db
def test_a_queryset_is_sorted_and_filtered_by_the_database(rf):
    make_kinds(range(7))
    assert shown(kinds(rf, "/?sort=-model")) == ["listed0", "listed1", "listed0"]
    assert [cell.tag.text for row in kinds(rf, "/?app_label=listed1").table for cell in row[1:]] == [
        "kind001",
        "kind003",
        "kind005",
    ]
    assert kinds(rf, "/?model=kind004").page.paginator.count == 1


@pytest.mark.django_db
def test_rows_that_tie_never_change_pages(rf):
    make_kinds(range(9))
    seen = [row.model for n in (1, 2, 3) for row in kinds(rf, f"/?page={n}&sort=app_label").page.object_list]
    assert sorted(seen) == [f"kind{n:03}" for n in range(9)]
    assert kinds(rf).rows.query.order_by == ("app_label", "pk")


@pytest.mark.parametrize(("sort", "names"), [("n", ["B", "A", "none"]), ("-n", ["A", "B", "none"])])
def test_what_is_missing_comes_last_whichever_way_a_list_is_sorted(rf, sort, names):
    request = rf.get(f"/?sort={sort}")
    request.session = {}
    columns = [Column("name", "Name"), Column("n", "Number", sort="n")]
    rows = [{"name": "none", "n": None}, {"name": "A", "n": 2}, {"name": "B", "n": 1}]
    assert shown(Listing(request, rows, title="Numbers", columns=columns)) == names


@pytest.mark.django_db
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_thirty(rf):
    from django.db import connection

    counts = []
    for first, last in ((0, 3), (3, 30)):
        make_kinds(range(first, last))
        with CaptureQueriesContext(connection) as asked:
            drawn(kinds(rf, "/?app_label=listed0&app_label=listed1"))
        counts.append(len(asked))
    assert counts == [2, 2]
