"""The pages of the network: recorded, shown, drawn, changed, ended, corrected, printed; and who may."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import History, Team
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.sending import on, rows
from openyj.network.models import Connection, Professional, Relationship
from openyj.network.tests.factories import make_connection, make_professional, word
from openyj.network.tests.samples import RESPONSIBLE, add, page_of, person, professional
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db
WARNED = {"caution": "BOTH", "caution_reason": "Violent to the mother", "caution_order": "Order until March"}
UNSAFE = {"contact": "07700 900123", "safety": "NOT_SAFE", "safety_words": "He takes her telephone"}


def test_nothing_recorded_says_what_is_not_known(manager, child):
    page, overview = page_of(manager, child), page_of(manager, child, "")
    assert "Who has parental responsibility is not recorded." in page
    assert "Whom the child lives with is not recorded." in page
    assert "Nobody is recorded." in page and "No professional of another agency is recorded." in page
    assert "no youth justice worker yet" in page and "<svg" not in page
    assert "Who has parental responsibility is not recorded" in overview


def test_somebody_recorded_stands_on_page_drawing_overview_timeline_and_history(manager, child):
    sent = person(lives_with="YES", trusted="YES", contact="07700 900123", safety="SAFE") | RESPONSIBLE
    assert add(manager, child, sent=sent).status_code == 302
    row = rows(Connection)[0]
    assert row.child == child and row.recorded_by == manager.user and row.service_id == child.service_id
    page = page_of(manager, child)
    assert "Parental responsibility: Dilys Morgan" in page and "Birth certificate, 1 May 2026" in page
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert drawing.count(">Dilys Morgan<") == 1 and ">Mother<" in drawing
    assert "has responsibility" in drawing and "trusted adult" in drawing and "dasharray" not in drawing
    assert "not recorded." not in page[: page.index("<figure")]
    overview = page_of(manager, child, "")
    assert "Dilys Morgan (mother)" in overview
    assert "In the network: Mother" in page_of(manager, child, "/timeline")
    assert "07700 900123" in page_of(manager, child, "/print")
    own = page_of(manager, child, f"/network/people/{row.pk}")
    assert "Dilys Morgan, mother" in own and "Added" in own
    assert manager.get(f"/children/{child.pk}/person/{row.pk}").headers["Location"] == row.get_absolute_url()
    with acting(by=None, services=EVERY_SERVICE):
        assert History.objects.filter(table="network_connection", row=row.pk, child=child.pk).count() == 1


def test_a_professional_and_the_services_own_worker(manager, child, staff):
    with acting(by=None, services=EVERY_SERVICE):
        child.worker = staff("practitioner")
        child.save()
    assert add(manager, child, "add-professional", professional(lead="yes", agency="Family team")).status_code == 302
    row = rows(Professional)[0]
    page = page_of(manager, child)
    assert "Idris Vale, social worker" in page and "Children’s social care, Family team" in page
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert drawing.count(f">{child.worker.name}<") == 1 and ">Idris Vale<" in drawing and "lead professional" in drawing
    assert "Youth justice worker" in page and child.worker.email in page
    assert "Idris Vale, social worker" in page_of(manager, child, "")
    assert "Professional: Social worker" in page_of(manager, child, "/timeline")
    assert "Family team" in page_of(manager, child, f"/network/professionals/{row.pk}")


@pytest.mark.parametrize(("page", "sent", "model"), [("add", person, Connection), ("add-professional", professional,
                                                                                     Professional)])  # fmt: skip
def test_sending_twice_makes_one(manager, child, page, sent, model):
    receipt = re.search(r'name="receipt" value="([^"]+)"', page_of(manager, child, f"/network/{page}"))[1]
    for _ in range(2):
        assert add(manager, child, page, sent(receipt=receipt)).status_code == 302
    assert len(rows(model)) == 1


@pytest.mark.parametrize("kind", ["person", "professional"])
def test_an_older_version_is_refused_with_both_shown(manager, child, kind):
    make, sent = {"person": (make_connection, person), "professional": (make_professional, professional)}[kind]
    row = make(child)
    address = f"/children/{child.pk}/{kind}/{row.pk}/change"
    assert manager.post(address, sent(name="Dilys Vale", version=1)).status_code == 302
    answer = manager.post(address, sent(name="Delyth Vale", version=1))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Dilys Vale" in page and "Delyth Vale" in page
    assert rows(type(row))[0].name == "Dilys Vale"


@pytest.mark.parametrize("kind", ["person", "professional"])
def test_ended_is_before_and_a_second_end_shows_the_first(manager, child, kind):
    make, folder = {"person": (make_connection, "people"), "professional": (make_professional, "professionals")}[kind]
    row = make(child)
    address = f"/children/{child.pk}/network/{folder}/{row.pk}/end"
    assert manager.get(address).status_code == 200
    refused = manager.post(address, {"version": 1} | on("end_date", 5, 6, 2026))
    assert "must be today or in the past" in refused.content.decode()
    assert manager.post(address, {"version": 1} | on("end_date", 3, 6, 2026)).status_code == 302
    page = page_of(manager, child)
    assert page.index(">Before<") < page.index(row.name) and "3 June 2026" in page and "<svg" not in page
    assert manager.get(address).status_code == 302
    assert manager.post(address, {"version": 1} | on("end_date", 1, 6, 2026)).status_code == 409
    assert str(rows(type(row))[0].end_date) == "2026-06-03"


def test_a_mistake_is_struck_out_and_drawn_no_more(manager, child):
    row = make_connection(child)
    address = f"/children/{child.pk}/person/{row.pk}/in-error"
    assert manager.post(address, {"reason": "Another child’s mother", "version": 1}).status_code == 302
    page = page_of(manager, child)
    assert "Another child’s mother" in page and "<s><a" in page and "<svg" not in page
    assert "In the network" not in page_of(manager, child, "/timeline")
    assert manager.get(f"/children/{child.pk}/network/people/{row.pk}/end").status_code == 302
    stale = manager.post(
        f"/children/{child.pk}/network/people/{row.pk}/end", {"version": 2} | on("end_date", 1, 6, 2026)
    )
    assert stale.status_code == 409


def off_paper(page: str) -> str:
    """The page without what a printer leaves out, counted by whole elements."""
    found = re.search(r'<(\w+)[^>]*class="[^"]*app-no-print[^"]*"[^>]*>', page)
    while found:
        tag, depth, at = found[1], 1, found.end()
        for each in re.finditer(rf"<(/?){tag}\b[^>]*>", page[found.end() :]):
            depth += -1 if each[1] else 1
            if depth == 0:
                at = found.end() + each.end()
                break
        page = page[: found.start()] + page[at:]
        found = re.search(r'<(\w+)[^>]*class="[^"]*app-no-print[^"]*"[^>]*>', page)
    return page


def test_who_must_not_be_contacted_is_warned_of_on_the_screen_and_on_no_paper(manager, child):
    row = make_connection(child, "step-parent", name="Rhys Vale", **WARNED, **UNSAFE)
    make_connection(child, responsibility="YES", responsibility_source="Court", responsibility_known_on="2026-05-01")
    page = page_of(manager, child)
    assert "Rhys Vale, step-parent: a risk, and must not be contacted" in page
    assert "Violent to the mother. Order: Order until March." in page and "Risk: do not contact" in page
    own = page_of(manager, child, f"/network/people/{row.pk}")
    assert "Violent to the mother" in own and "07700 900123" in own
    for address in ("", "/network", "/timeline", "/history", "/print", f"/network/people/{row.pk}"):
        paper = off_paper(page_of(manager, child, address))
        for secret in ("Violent", "Order until", "07700 900123", "Risk: do not"):
            assert secret not in paper, f"{secret} {address}"
        if address not in ("/history", f"/network/people/{row.pk}"):
            assert "Rhys Vale" not in paper, address
    assert "Dilys Morgan" in off_paper(page) and "Left out of paper" in page
    assert "1 with a warning: read the network first" in page_of(manager, child, "")


def test_a_number_that_is_not_safe_is_on_its_own_page_with_a_warning_and_on_no_paper(manager, child):
    row = make_connection(child, **UNSAFE)
    page = page_of(manager, child)
    assert "Not safe to contact. He takes her telephone." in page and "07700 900123" not in page
    assert "07700 900123" in page_of(manager, child, f"/network/people/{row.pk}")
    for address in ("/network", "/print", "/history", f"/network/people/{row.pk}"):
        assert "07700 900123" not in off_paper(page_of(manager, child, address)), address
    assert "Dilys Morgan" in page_of(manager, child, "/print")


def test_who_has_responsibility_and_a_warning_is_not_named_on_paper(manager, child):
    make_connection(
        child, responsibility="SHARED", responsibility_source="Court", responsibility_known_on="2026-05-01", **WARNED
    )
    assert "somebody with a warning, shared with somebody else" in page_of(manager, child, "")


def test_who_may(sign_in, service, other_service, child):
    someone, worker = make_connection(child), make_professional(child)
    reads = ["/network", f"/network/people/{someone.pk}", f"/network/professionals/{worker.pk}"]
    writes = [
        "/network/add", "/network/find", "/network/add-professional", f"/network/people/{someone.pk}/end",
        f"/network/professionals/{worker.pk}/end", f"/person/{someone.pk}/change",
    ]  # fmt: skip

    def statuses(client, pages):
        return {client.get(f"/children/{child.pk}{page}").status_code for page in pages}

    assert statuses(sign_in("inspector"), reads) == {200} and statuses(sign_in("inspector"), writes) == {403}
    assert "Add family" not in page_of(sign_in("inspector"), child)
    another_team = sign_in("practitioner", team=Team.objects.create(service=service, name="Court"))
    assert statuses(another_team, reads) == {200} and statuses(another_team, writes) == {403}
    assert statuses(sign_in("manager", service=other_service), reads + writes) == {404}
    assert statuses(sign_in("board_member"), reads + writes) == {403}


def test_another_childs_people_are_not_found_here(manager, service, child):
    row, staff, other = make_connection(child), make_professional(child), make_child(service, given_name="Bryn")
    for page in (f"people/{row.pk}", f"people/{row.pk}/end", f"professionals/{staff.pk}",
                 f"professionals/{staff.pk}/end", f"people/{staff.pk + 999}"):  # fmt: skip
        assert manager.get(f"/children/{other.pk}/network/{page}").status_code == 404, page


def test_no_more_queries_for_three_than_for_one(manager, child):
    def queries(page: str) -> int:
        page_of(manager, child, page)
        with CaptureQueriesContext(connection) as asked:
            page_of(manager, child, page)
        return len(asked)

    def more() -> None:
        make_connection(child, "sibling", name="Bryn Morgan")
        make_professional(child)

    more()
    one = [queries("/network"), queries(""), queries("/network/find?q=morgan")]
    more()
    more()
    assert [queries("/network"), queries(""), queries("/network/find?q=morgan")] == one


def test_no_birth_after_a_fact(manager, child):
    make_professional(child, start_date="2026-03-01")
    sent = {"given_name": "Ceri", "family_name": "Morgan", "number": child.number, "version": 1}
    page = manager.post(f"/children/{child.pk}/details/change", sent | on("date_of_birth", 2, 3, 2026))
    assert page.status_code == 200 and "before this date of birth" in page.content.decode()


def test_a_word_is_added_and_ended_and_what_was_recorded_keeps_it(sign_in, manager, child):
    admin = sign_in("administrator")
    assert "Foster carer" in admin.get("/network/words").content.decode()
    assert "Words of the network" in admin.get("/reference/").content.decode()
    sent = {"label": "Godparent"} | on("valid_from", 1, 6, 2026)
    for _ in range(2):
        answer = admin.post("/network/words/add", sent)
    assert "has that word already" in answer.content.decode()
    made = Relationship.objects.get(code="godparent")
    row = make_connection(child, "godparent")
    ended = admin.post(f"/network/words/{made.pk}", {"version": 1} | on("valid_to", 3, 6, 2026))
    assert ended.status_code == 302
    assert ">Godparent<" not in page_of(manager, child, "/network/add")
    assert ">Godparent<" in page_of(manager, child, f"/person/{row.pk}/change")
    early = admin.post(f"/network/words/{made.pk}", {"version": 2} | on("valid_to", 1, 5, 2026))
    assert "cannot end before" in early.content.decode()
    assert manager.get("/network/words").status_code == 403


def test_the_shipped_words_are_there_once_and_siblings_among_them():
    from openyj.network.models import SIBLINGS
    from openyj.network.shipped import load_relationships

    before = Relationship.objects.count()
    load_relationships()
    assert Relationship.objects.count() == before >= 20
    assert {word(code).code for code in SIBLINGS} == SIBLINGS
