"""Finding a child by a name heard badly and a date read off a bad copy."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openyj.accounts.models import Access, History
from openyj.accounts.scope import acting
from openyj.people import search
from openyj.people.models import MASK
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
# The database and the children are made once for all examples of a test; no example changes them.
shared = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BORN = date(2010, 6, 4)


def names(user, text, born=None):
    with acting(by=user):
        return [child.name for child in search.search_children(user, text, born)]


@pytest.fixture
def worker(staff):
    return staff("practitioner")


@pytest.fixture
def siblings(service):
    return [
        make_child(service, given_name=given, family_name=family, date_of_birth=born)
        for given, family, born in [
            ("Gruffydd", "Llewelyn", BORN),
            ("Siân", "O’Neill", date(2009, 12, 31)),
            ("Kwame", "Mensah-Boateng", date(2011, 2, 7)),
            ("Jo", "Li", date(2008, 8, 8)),
        ]
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Gruffydd Llewelyn", "Gruffydd Llewelyn"),
        ("llewelyn gruffydd", "Gruffydd Llewelyn"),
        ("Llewelyn, Gruffydd", "Gruffydd Llewelyn"),
        ("Griffith", "Gruffydd Llewelyn"),
        ("Llywelyn", "Gruffydd Llewelyn"),
        ("Gruff", "Gruffydd Llewelyn"),
        ("Sian", "Siân O’Neill"),
        ("Shan ONeil", "Siân O’Neill"),
        ("O'Neill", "Siân O’Neill"),
        ("Boateng", "Kwame Mensah-Boateng"),
        ("Mensah Boateng", "Kwame Mensah-Boateng"),
        ("mensahboateng", "Kwame Mensah-Boateng"),
        ("Gruffydd Owen Llewelyn", "Gruffydd Llewelyn"),
    ],
)
def test_search_finds_first_by_name(worker, siblings, typed, found):
    assert names(worker, typed)[:1] == [found]


@pytest.mark.parametrize("typed", ["Zebedee", "Tomos Pryce", "", "   ", "%", "__", "\x00", "'; DROP TABLE x --"])
def test_search_finds_nobody_unlike(worker, siblings, typed):
    assert names(worker, typed) == []


def test_search_finds_by_name_in_use_and_by_number(worker, service):
    make_child(service, given_name="Elizabeth", known_as="Bess", number="YJ/0042")
    assert names(worker, "bess") == ["Bess Morgan"]
    assert names(worker, "yj/0042") == ["Bess Morgan"]
    assert names(worker, "0042") == ["Bess Morgan"]
    assert names(worker, "YJ/0043") == []


@st.composite
def slips(draw, words):
    """A name with one slip of the hand: a letter wrong, missing, too many, or two neighbours changed round."""
    word = draw(st.sampled_from(words))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    made = [word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:]]
    if len(word) > 2:
        made.append(word[:at] + word[at + 1 :])
        made.append(word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :])
    return word, draw(st.sampled_from(made))


@shared
@given(slip=slips(["Gruffydd", "Llewelyn", "Siân", "Kwame", "Jo", "Li"]))
def test_one_slip_in_a_name_still_finds_the_child(worker, siblings, slip):
    word, typed = slip
    found = names(worker, typed)
    assert any(word in name for name in found), (word, typed)


@shared
@given(day=st.integers(1, 12), month=st.integers(1, 12))
def test_day_and_month_changed_round_find_the_child(service, worker, day, month):
    child = make_child(service, given_name="Nia", family_name="Hughes", date_of_birth=date(2010, month, day))
    with acting(by=worker):
        found = {c.pk: search.why(c) for c in search.search_children(worker, "", date(2010, day, month))}
    expected = "Same date of birth" if day == month else "Date of birth with day and month changed round"
    assert found[child.pk] == expected


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("4/6/2010", "Same date of birth"),
        ("2010-06-04", "Same date of birth"),
        ("4 June 2010", "Same date of birth"),
        ("6.4.2010", "Date of birth with day and month changed round"),
        ("14/6/2010", "Date of birth with one figure different"),
        ("4/6/2019", "Date of birth with one figure different"),
        ("4/6/2009", "Date of birth one year out"),
        ("morgan 4/6/2010", "Same name; same date of birth"),
        ("Morgen", "Similar name"),
    ],
)
def test_search_says_why(service, worker, typed, why):
    make_child(service)
    with acting(by=worker):
        assert [search.why(child) for child in search.search_children(worker, typed)] == [why]


def test_a_date_that_cannot_be_is_no_reason_to_find(service, worker):
    make_child(service)
    assert names(worker, "31/2/2010") == []


def test_leap_day_one_year_out():
    assert search.dates_like(date(2012, 2, 29))["year"] == {
        date(2011, 2, 28),
        date(2011, 3, 1),
        date(2013, 2, 28),
        date(2013, 3, 1),
    }


def test_likeliest_first(service, worker):
    make_child(service, given_name="Ceri", family_name="Morgan", date_of_birth=date(2009, 1, 1))
    make_child(service, given_name="Cari", family_name="Morgan")
    assert names(worker, "Ceri Morgan", BORN)[0] == "Cari Morgan"
    assert names(worker, "Ceri Morgan")[0] == "Ceri Morgan"


def test_search_keeps_to_what_may_be_seen(service, other_service, staff, worker):
    make_child(service, given_name="Ours")
    make_child(other_service, given_name="Theirs")
    make_child(service, given_name="Wrong", in_error_at="2026-01-01T00:00Z", in_error_reason="A test")
    hidden = make_child(service, given_name="Neighbour")
    make_conflict(hidden, worker)
    assert names(worker, "morgan") == ["Ours Morgan"]
    assert names(staff("practitioner"), "morgan") == ["Neighbour Morgan", "Ours Morgan"]
    assert names(staff("board_member"), "morgan") == []
    assert names(staff("administrator"), "morgan") == []


def test_need_to_know_record_is_found_masked(service, sign_in):
    client = sign_in("practitioner")
    make_child(service, given_name="Canary", family_name="Quill", number="SECRET1", restricted_reason="Witness")
    page = client.get("/children/find", {"q": "canary quill"}).content.decode()
    assert MASK in page and "1 record found" in page
    assert "Quill" not in page.replace("canary quill", "") and "SECRET1" not in page and "4 June 2010" not in page


def test_search_is_logged_with_what_was_asked(service, sign_in):
    client = sign_in("practitioner")
    client.get("/children/find", {"q": "morgan", "dob_day": "4", "dob_month": "6", "dob_year": "2010"})
    with acting(by=client.user):
        assert [a.reason for a in Access.objects.filter(kind=Access.Kind.SEARCH)] == ["morgan 2010-06-04"]


def test_search_asks_the_same_number_of_queries(service, sign_in):
    client, counts = sign_in("practitioner"), []
    client.get("/children/find")  # the first request writes the session
    for _ in range(2):
        make_child(service)
        make_child(service)
        with CaptureQueriesContext(connection) as found:
            client.get("/children/find?q=morgan")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_empty_and_impossible_searches_say_what_to_do(sign_in):
    client = sign_in("practitioner")
    assert b"Enter a name, a number or a date of birth" in client.get("/children/find?q=").content
    assert b"must be a real date" in client.get("/children/find?q=&dob_day=31&dob_month=2&dob_year=2010").content


@shared
@given(
    typed=st.lists(
        st.one_of(
            st.sampled_from(["Gruffydd", "Siân", "O'Neill", "Mensah-Boateng", "Li", "Jo"]),
            st.text(string.ascii_lowercase, min_size=1, max_size=9),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_looking_only_at_children_with_an_alike_part_loses_nobody(worker, siblings, typed):
    every = [part for child in siblings for part in child.name_parts]
    found = names(worker, " ".join(typed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "alike_parts", lambda user, words: every)
        assert names(worker, " ".join(typed)) == found


def test_parts_of_a_name_follow_its_change_and_are_no_history(worker, siblings):
    child = siblings[1]
    assert sorted(child.name_parts) == ["neill", "o", "oneill", "sian"]
    with acting(by=worker):
        type(child).objects.filter(pk=child.pk).update(family_name="Puw")
        assert names(worker, "Puw") == ["Siân Puw"]
        last = History.objects.filter(table="people_child", row=child.pk).order_by("-id").first()
    assert last.after == {"family_name": "Puw"}
    with acting(by=worker):
        first = History.objects.get(table="people_child", row=child.pk, action="insert")
    assert "name_parts" not in first.after and first.after["given_name"] == "Siân"


NAMES = st.text(alphabet="abZé ŵO'-’3", max_size=12)


@shared
@given(NAMES, NAMES, NAMES)
def test_parts_of_a_name_are_its_words_and_each_name_as_one_word(db, first, family, used):
    """Each once: "Ann-Marie" is found as ann, marie and annmarie."""
    given_names = [name.translate(str.maketrans("éŵ", "ew")).lower() for name in (first, family, used)]
    words = {word for name in given_names for word in re.split(r"[^a-z0-9]+", name)}
    whole = {re.sub(r"[^a-z0-9]", "", name) for name in given_names}
    with connection.cursor() as cursor:
        cursor.execute("SELECT openyj_name_parts(%s, %s, %s)", [first, family, used])
        (parts,) = cursor.fetchone()
    assert sorted(parts) == sorted((words | whole) - {""})


def test_parts_of_names_nobody_gave_are_none(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT openyj_name_parts(NULL, '', ' - '), openyj_name_parts(%s, 'Li', NULL)", ["x" * 90])
        assert cursor.fetchone() == ([], ["x" * 80, "li"])
