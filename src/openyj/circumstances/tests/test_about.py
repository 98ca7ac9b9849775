"""The child as a person: how to work with them, what they are called, their numbers and languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.sending import on, rows
from openyj.circumstances.models import HowToWork, LanguageNeed
from openyj.circumstances.tests.samples import SAMPLES
from openyj.circumstances.tests.test_pages import add, page_of
from openyj.people.models import Child, ChildName, Identifier
from openyj.people.rules import is_nhs_number
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db


def again(child: Child) -> Child:
    with acting(by=None, services=EVERY_SERVICE):
        return Child.objects.get(pk=child.pk)


def find(client, text: str) -> str:
    return client.get("/children/find", {"q": text}).content.decode()


def refused(client, child, name: str, message: str, /, **change) -> None:
    before = len(rows(ChildName)) + len(rows(Identifier)) + len(rows(LanguageNeed))
    answer = add(client, child, name, **change)
    assert answer.status_code == 200 and message in answer.content.decode(), answer.content.decode()
    assert len(rows(ChildName)) + len(rows(Identifier)) + len(rows(LanguageNeed)) == before


def test_how_to_work_stands_first_by_heading_on_screen_and_paper(manager, service):
    child = make_child(service, how_to_work_with_me="Walk and talk.")
    add(manager, child, "how-to-work", heading="avoid", text="No red ink.")
    add(manager, child, "how-to-work")
    overview = page_of(manager, child, "")
    order = ["How to work with me</h2>", "Walk and talk.", "Short sentences", "No red ink.", "About the child</h2>"]
    places = [overview.index(words) for words in order]
    assert places == sorted(places)
    printed = page_of(manager, child, "/print")
    assert printed.index("Short sentences") < printed.index(">Details</h2>")


def test_what_is_recorded_as_circumstances_is_pointed_to_and_health_only_for_who_may(manager, sign_in, child):
    for name in ("send-aln", "mental-health"):
        add(manager, child, name)
    add(manager, child, "partner-referral")
    page = page_of(manager, child, "/about")
    assert "Identified, Speech and language, no formal plan" in page and "#send-aln" in page
    assert "accepted on 8 May 2026" in page and "waiting for 30 days" in page
    support = page_of(sign_in("business_support"), child, "/about")
    assert "#send-aln" in support and "#mental-health" not in support


def test_what_holds_now_follows_what_held(manager, child):
    add(manager, child, "how-to-work")
    row = rows(HowToWork)[0]
    sent = {"heading": "talking", "text": "Pictures help", "said_by": "School", "version": 1} | on(
        "start_date", 1, 6, 2026
    )
    assert manager.post(f"/children/{child.pk}/circumstances/how-to-work/{row.pk}/next", sent).status_code == 302
    assert {(each.text, each.end_date) for each in rows(HowToWork)} == {
        ("Short sentences, then wait", date(2026, 5, 31)),
        ("Pictures help", None),
    }


def test_a_name_to_be_called_by_ends_the_one_before_and_stands_on_every_page(manager, child):
    add(manager, child, "name")
    assert again(child).known_as == "Bex" and "Bex Morgan" in page_of(manager, child, "/timeline")
    assert add(manager, child, "name", name="Rae", **on("start_date", 1, 6, 2026)).status_code == 302
    assert {(each.name, each.end_date) for each in rows(ChildName)} == {("Bex", date(2026, 6, 1)), ("Rae", None)}
    assert again(child).known_as == "Rae"
    refused(
        manager,
        child,
        "name",
        "has been the name in use since 1 June 2026",
        name="Old",
        **on("start_date", 31, 5, 2026),
    )
    assert again(child).known_as == "Rae"


def test_a_name_in_error_is_no_longer_in_use_nor_found(manager, child):
    add(manager, child, "name", name="Zebulon")
    row = rows(ChildName)[0]
    assert child.number in find(manager, "Zebulon Morgan")
    marked = manager.post(
        f"/children/{child.pk}/name/{row.pk}/in-error", {"reason": "Another child", "version": row.version}
    )
    assert marked.status_code == 302 and again(child).known_as == ""
    assert child.number not in find(manager, "Zebulon")


def test_a_name_that_was_loaded_stays_findable_when_another_follows(manager, service):
    child = make_child(service, known_as="Zebulon")
    assert "Zebulon" in page_of(manager, child, "/about")
    add(manager, child, "name")
    assert {(each.name, each.end_date) for each in rows(ChildName)} == {("Zebulon", date(2026, 5, 1)), ("Bex", None)}
    page = find(manager, "Zebulon")
    assert child.number in page and "Same name among their other names" in page


def test_changing_the_details_keeps_names_and_name_in_use_together(manager, child):
    sent = {"given_name": "Ceri", "family_name": "Morgan", "number": child.number, "version": 1}
    sent |= on("date_of_birth", 4, 6, 2010)
    assert manager.post(f"/children/{child.pk}/details/change", sent | {"known_as": "Cez"}).status_code == 302
    assert [(each.name, each.start_date) for each in rows(ChildName)] == [("Cez", date(2026, 6, 4))]
    sent |= {"version": again(child).version, "known_as": ""}
    assert manager.post(f"/children/{child.pk}/details/change", sent).status_code == 302
    assert [each.end_date for each in rows(ChildName)] == [date(2026, 6, 4)] and again(child).known_as == ""


def test_one_name_to_be_called_by_whoever_writes(manager, child):
    add(
        manager,
        child,
        "name",
        use="former",
        name="Hughes",
        **on("start_date", 4, 6, 2010),
        **on("end_date", 1, 1, 2020),
    )
    add(manager, child, "name")
    former = next(each for each in rows(ChildName) if each.use == "former")
    sent = {"use": "called", "name": "Hughes", "version": 1}
    page = manager.post(f"/children/{child.pk}/name/{former.pk}/change", sent)
    assert page.status_code == 200 and "Bex is what the child wants to be called now" in page.content.decode()
    assert manager.post(f"/children/{child.pk}/name/{former.pk}/change", sent | {"use": "other"}).status_code == 302
    assert again(child).known_as == "Bex"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("start_date", 3, 6, 2010), "before the child was born"),
        ({"use": "former"}, "Enter the day it stopped being their name"),
        ({"use": "other"} | on("end_date", 30, 4, 2026), "It cannot end before it began"),
        ({"name": ""}, "Enter name"),
        ({"use": ""}, "Select kind of name"),
    ],
)
def test_a_name_is_refused(manager, child, change, message):
    refused(manager, child, "name", message, **change)


def test_a_former_name_is_found_and_counts_as_a_possible_duplicate(manager, service, other_service):
    mine, theirs = make_child(service), make_child(other_service)
    for child, by in ((mine, manager.user), (theirs, None)):
        with acting(by=by, services=None if by else EVERY_SERVICE):
            ChildName.objects.create(child=child, use="former", name="Quarrington-Blythe")
    page = find(manager, "ceri blythe 4/6/2010")
    assert mine.number in page and theirs.number not in page


# The example of the Data Dictionary's readers, 943 476 5919, and another one made by hand: 999 000 0018.
def test_an_nhs_number_has_ten_figures_and_its_check_digit():
    assert is_nhs_number("943 476 5919") and is_nhs_number("943-476-5919") and is_nhs_number("9990000018")
    for wrong in ("943 476 5918", "943 476 591", "94347659190", "943 476 591X", "", "٩٤٣٤٧٦٥٩١٩"):
        assert not is_nhs_number(wrong), wrong


@given(st.integers(0, 10**9 - 1))
def test_of_ten_numbers_at_most_one_fits_and_a_single_slip_never_does(nine):
    fitting = [figure for figure in range(10) if is_nhs_number(f"{nine:09d}{figure}")]
    assert len(fitting) <= 1
    for figure in fitting:
        slipped = f"{(nine + 10**8) % 10**9:09d}{figure}"
        assert not is_nhs_number(slipped)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "943 476 5918"}, "This is not an NHS number"),
        ({"scheme": "pnc", "value": "<12>"}, "Enter letters and figures only"),
        ({"scheme": "pnc", "value": "12", "given_by": ""}, "Enter who gave it to us"),
        (on("start_date", 3, 6, 2010), "before the child was born"),
        (on("end_date", 30, 4, 2026), "It cannot end before it began"),
    ],
)
def test_a_number_is_refused(manager, child, change, message):
    refused(manager, child, "identifier", message, **change)


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_number_is_found_however_it_is_spaced(manager, child, typed):
    add(manager, child, "identifier")
    page = find(manager, typed)
    assert child.number in page and "Same number" in page
    assert child.number not in find(manager, "9434765910")


def test_the_same_number_on_another_record_is_pointed_out_to_who_may_find_it(manager, service, other_service, child):
    secret = make_child(service, given_name="Secretly", number="T-SECRET", restricted_reason="Known here")
    hidden, stranger = make_child(service, given_name="Hidden"), make_child(other_service, given_name="Stranger")
    make_conflict(hidden, manager.user)
    twin = make_child(service, given_name="Ceridwen", number="T-TWIN")
    with acting(by=None, services=EVERY_SERVICE):
        for other in (secret, hidden, stranger, twin):
            Identifier.objects.create(child=other, scheme="nhs", value="9434765919", given_by="A school")
        Identifier.objects.create(child=twin, scheme="upn", value="943 476 5919 B", given_by="A school")
    assert "on another record" not in page_of(manager, child, "/about")
    add(manager, child, "identifier")
    page = page_of(manager, child, "/about")
    assert "The same number is on another record" in page and "Ceridwen Morgan (T-TWIN)" in page
    assert "A record that only those who need to know may open" in page
    for word in ("Secretly", "T-SECRET", "Hidden", "Stranger"):
        assert word not in page, word
    assert "twice on this record" not in page
    add(manager, child, "identifier", value="943-476-5919")
    assert page_of(manager, child, "/about").count("This number stands twice on this record.") == 2


def test_languages_need_an_answer_and_unknown_is_one(manager, child):
    nothing = dict.fromkeys(SAMPLES["languages"][0], "") | on("start_date", 1, 5, 2026)
    refused(manager, child, "languages", "Answer one question at least", **nothing)
    assert add(manager, child, "languages", **nothing | {"interpreter": "NOT_KNOWN"}).status_code == 302
    page = page_of(manager, child, "/about")
    assert (
        "First language not recorded, interpreter recorded as unknown, what they read not recorded, preferred language "
        "not recorded" in page
    )
