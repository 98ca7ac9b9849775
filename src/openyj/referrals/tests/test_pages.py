"""The pages of referrals: who may, what is shown and hidden, what is refused, what is sent twice or late."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Offence
from openyj.core import clock
from openyj.people.models import MASK, Child, Opening
from openyj.people.tests.factories import make_child, make_conflict
from openyj.referrals import services
from openyj.referrals.models import Referral, ReferralKind
from openyj.referrals.tests.factories import kind, make_accepted, make_allocated, make_referral

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def sent(**changes) -> dict:
    """The form of a referral as somebody fills it in."""
    return {
        **day("received_on", TODAY),
        "source": kind("source", "police").pk,
        "source_name": "PC Arden",
        "purpose": kind("purpose", "out-of-court").pk,
        "what": "A window was broken",
        "urgent": "no",
        "victims": "no",
    } | changes


def at(name: str, *args) -> str:
    return reverse(f"referrals:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def all_referrals() -> list[Referral]:
    with acting(by=None, services=EVERY_SERVICE):
        return list(Referral.objects.select_related("child", "source").order_by("pk"))


def way_in(client, q="Ceri Morgan 4/6/2010") -> str:
    """The address at which a search lets a referral be recorded without a record."""
    return re.search(r'/referrals/add\?searched=[^"]+', text(client.get(at("begin"), {"q": q})))[0]


# Search before add


def test_without_a_search_nothing_is_recorded_without_a_record(support):
    assert support.get(at("add")).url == at("begin")
    assert support.post(at("add"), sent(family_name="Morgan")).url == at("begin")
    assert not all_referrals()


def test_a_search_shows_the_child_and_the_open_referrals(support, child, manager):
    make_referral(manager.user, child, source="school")
    page = text(support.get(at("begin"), {"q": "Morgan Ceri"}))
    assert at("add_of_child", child.pk) in page and "School or college, 4 June 2026" in page


def test_a_referral_is_recorded_on_the_childs_record(support, child):
    with acting(by=support.user):
        offence = Offence.objects.create(child=child, description="Criminal damage")
    page = text(support.get(at("add_of_child", child.pk)))
    assert "Criminal damage" in page and "As the referral names them" not in page and "Ceri Morgan" in page
    response = support.post(at("add_of_child", child.pk), sent(offences=[offence.pk]))
    made = all_referrals()[0]
    assert response.url == at("referral", made.pk) and made.child == child
    page = text(support.get(response.url))
    assert "PC Arden" in page and "Criminal damage" in page and "A manager decides on it" in page


def test_a_referral_without_a_record_begins_with_what_was_searched_for(support):
    page = support.get(way_in(support))
    form = page.context["form"]
    assert (form["given_name"].value(), form["family_name"].value()) == ("Ceri", "Morgan")
    support.post(way_in(support), sent(given_name="Ceri", family_name="Morgan"))
    assert all_referrals()[0].child is None


def test_sending_twice_records_one(support, child):
    page = text(support.get(at("add_of_child", child.pk)))
    receipt = re.search(r'name="receipt" value="([^"]+)"', page)[1]
    first, second = (support.post(at("add_of_child", child.pk), sent(receipt=receipt)) for _ in range(2))
    assert first.url == second.url and len(all_referrals()) == 1


@pytest.mark.parametrize(
    "fields,message",
    [
        ({"source": ""}, "Select who refers"),
        ({"urgent": ""}, "Answer: Must somebody act today"),
        ({"urgent": "yes"}, "Say what must be done today"),
        ({"victims": ""}, "Answer whether anybody was harmed"),
        ({"victims": "yes"}, "Answer whether those who were harmed may be contacted"),
        ({"victims": "yes", "consent": "yes"}, "Enter the day they were asked"),
    ],
)
def test_what_is_missing_is_asked_for_at_once(fields, message, support, child):
    page = text(support.post(at("add_of_child", child.pk), sent(**fields)))
    assert message in page and not all_referrals()


def test_a_referral_that_is_like_another_is_asked_about(support, child, manager):
    other = make_referral(manager.user, child, source="school", received_on=TODAY - timedelta(days=9))
    address = at("add_of_child", child.pk)
    page = support.post(address, sent())
    assert "Is it one of these again?" in text(page) and at("referral", other.pk) in text(page)
    assert len(all_referrals()) == 1
    support.post(address, sent(another="on", looked_at=str(other.pk)))
    assert len(all_referrals()) == 2


@pytest.mark.parametrize(
    "earlier,now,asks",
    [
        ({"police_reference": "AB/12"}, {"police_reference": "ab/12", "family_name": "Else"}, True),
        ({}, {"given_name": "ceri", "family_name": "MORGAN"}, True),
        ({}, {"given_name": "Ceri", "family_name": "Else"}, False),
        ({"received_on": TODAY - timedelta(days=200)}, {"given_name": "Ceri", "family_name": "Morgan"}, False),
    ],
)
def test_likeness_is_the_police_reference_or_the_names_within_half_a_year(earlier, now, asks, support, manager):
    make_referral(manager.user, **earlier)
    page = support.post(way_in(support), sent(**now))
    assert (page.status_code == 200 and "Is it one of these again?" in text(page)) == asks


# One referral


def test_the_child_is_identified_from_the_records_that_are_like_it(support, child, manager, service):
    make_child(service, given_name="Tomos", family_name="Price")
    made = make_referral(manager.user, date_of_birth=child.date_of_birth)
    page = text(support.get(at("identify", made.pk)))
    assert child.number in page and "Tomos" not in page
    response = support.post(at("identify", made.pk), {"child": child.pk, "version": 1})
    assert response.url == at("referral", made.pk) and all_referrals()[0].child == child
    assert "Ceri Morgan" in text(support.get(reverse("people:timeline", args=[child.pk])))


@pytest.mark.parametrize("number", ["", "x", "99999999999999999999", "0"])
def test_a_record_that_is_none_is_not_chosen(number, support, manager):
    made = make_referral(manager.user)
    assert "Select the record" in text(support.post(at("identify", made.pk), {"child": number, "version": 1}))


def test_a_need_to_know_record_is_chosen_only_after_a_reason(support, manager, service):
    secret = make_child(service, restricted_reason="A relative works here")
    made = make_referral(manager.user, date_of_birth=secret.date_of_birth)
    page = text(support.get(at("identify", made.pk)))
    assert MASK in page and secret.number not in page
    assert "Select the record" in text(support.post(at("identify", made.pk), {"child": secret.pk, "version": 1}))
    support.post(reverse("people:reason", args=[secret.pk]), {"reason": "The police referred this child today"})
    support.post(at("identify", made.pk), {"child": secret.pk, "version": 1})
    assert all_referrals()[0].child == secret


def test_a_child_is_added_after_looking_at_those_like_it(support, child, manager):
    made = make_referral(manager.user, date_of_birth=child.date_of_birth)
    new = {"given_name": "Ceri", "family_name": "Morgan", **day("date_of_birth", child.date_of_birth), "version": 1}
    page = text(support.post(at("add_child", made.pk), new))
    assert "Is it one of these?" in page
    support.post(at("add_child", made.pk), new | {"another_child": "on", "looked_at": str(child.pk)})
    mine = all_referrals()[0].child
    assert mine and mine != child


def test_a_colleagues_change_shows_both_versions(support, child, manager):
    made = make_referral(manager.user, child)
    support.get(at("change", made.pk))
    theirs = manager.post(at("change", made.pk), sent(what="A door was broken", version=1))
    assert theirs.status_code == 302
    page = support.post(at("change", made.pk), sent(what="A gate was broken", version=1))
    assert page.status_code == 409 and "A door was broken" in text(page) and "A gate was broken" in text(page)
    support.post(at("change", made.pk), sent(what="A gate was broken", version=2))
    assert all_referrals()[0].what == "A gate was broken"


def test_deciding_asks_for_what_its_answer_needs(manager, child):
    made = make_referral(manager.user, child)
    assert "Select what you decide" in text(manager.post(at("decide", made.pk), {"version": 1, **day("day", TODAY)}))
    page = text(manager.post(at("decide", made.pk), {"decision": "refuse", "version": 1, **day("day", TODAY)}))
    assert "Select why it is not accepted" in page and "Enter who was told" in page
    page = text(manager.post(at("decide", made.pk), {"decision": "accept", "version": 1, **day("day", TODAY)}))
    assert "Select what work it is accepted for" in page
    accepted = {"decision": "accept", "work": kind("work", "prevention").pk, "version": 1, **day("day", TODAY)}
    manager.post(at("decide", made.pk), accepted)
    assert all_referrals()[0].state == "accepted"


def test_two_managers_at_once_see_what_the_other_decided(manager, sign_in, child):
    made = make_referral(manager.user, child)
    other = sign_in("manager")
    refused = {"decision": "refuse", "why": kind("refusal", "age").pk, "words": "Is nine", "told": "PC", "version": 1}
    other.post(at("decide", made.pk), refused | day("day", TODAY))
    accepted = {"decision": "accept", "work": kind("work", "prevention").pk, "version": 1, **day("day", TODAY)}
    page = manager.post(at("decide", made.pk), accepted)
    assert page.status_code == 409 and "Is nine" in text(page) and all_referrals()[0].state == "refused"
    again = manager.post(at("decide", made.pk), accepted | {"version": 2})
    assert "cannot be done with it now" in text(again)


def test_allocating_offers_each_worker_with_their_number_now_and_after(manager, child, staff, sign_in):
    worker, barred = staff("practitioner"), staff("practitioner")
    make_conflict(child, barred)
    make_child(child.service, worker=worker)
    made = make_accepted(manager.user, child)
    page = text(manager.get(at("allocate", made.pk)))
    assert f"{worker.name}: 1.0 now, 3.0 after" in page and barred.name not in page
    given = {"worker": worker.pk, **day("start_date", TODAY), "version": made.version}
    manager.post(at("allocate", made.pk), given)
    assert all_referrals()[0].state == "allocated"
    with acting(by=manager.user):
        assert Child.objects.get(pk=child.pk).worker == worker
    # The number the page promised is the one every page now shows.
    for client, page in (
        (manager, reverse("workload:workloads")),
        (sign_in(worker), reverse("workload:worker", args=[worker.pk])),
    ):
        assert "3.0" in text(client.get(page))


def test_a_worker_who_is_not_offered_is_not_taken(manager, child, staff):
    barred = staff("practitioner")
    make_conflict(child, barred)
    made = make_accepted(manager.user, child)
    page = manager.post(at("allocate", made.pk), {"worker": barred.pk, **day("start_date", TODAY), "version": 2})
    assert "Select worker from the list" in text(page) and all_referrals()[0].state == "accepted"


def test_a_referral_in_error_is_struck_and_leaves_every_list(support, child, manager):
    made = make_referral(support.user, child)
    support.post(at("in_error", made.pk), {"reason": "Entered twice", "version": 1})
    assert at("referral", made.pk) not in text(support.get(at("queue")))
    page = text(support.get(at("referral", made.pk)))
    assert "Entered twice" in page and "Change</a>" not in page
    assert "Entered twice" in text(support.get(at("of_child", child.pk)))
    for name in ("change", "decide", "identify"):
        assert manager.get(at(name, made.pk)).status_code == 404


def test_business_support_may_not_mark_what_is_decided(support, child, manager):
    made = make_accepted(manager.user, child)
    assert support.get(at("in_error", made.pk)).status_code == 403
    assert support.post(at("in_error", made.pk), {"reason": "Not ours", "version": 2}).status_code == 403
    assert all_referrals()[0].stands


def test_the_wrong_child_is_taken_off(support, child, manager):
    made = make_referral(manager.user, child)
    fields = {"given_name": "Cerys", "family_name": "Morgan", "reason": "The school rang", "version": 1}
    support.post(at("not_this_child", made.pk), fields)
    assert (all_referrals()[0].child, all_referrals()[0].named) == (None, "Cerys Morgan")
    assert "The school rang" in text(support.get(at("referral", made.pk)))


# Who sees what

PAGES = ["referral", "change", "identify", "add_child", "not_this_child", "in_error", "decide", "answered", "reopen",
         "allocate"]  # fmt: skip


@pytest.mark.parametrize("identified", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_another_services_staff_find_nothing(page, identified, manager, child, staff, other_service, sign_in):
    made = make_referral(manager.user, child if identified else None)
    stranger = sign_in(staff("manager", service=other_service))
    for method in (stranger.get, stranger.post):
        assert method(at(page, made.pk)).status_code == 404


@pytest.mark.parametrize("page", ["decide", "reopen", "allocate"])
def test_business_support_does_not_decide(page, support, manager, child):
    made = make_referral(manager.user, child)
    assert support.get(at(page, made.pk)).status_code == 403
    assert support.post(at(page, made.pk)).status_code == 403


@pytest.mark.parametrize("role", ["board_member", "administrator"])
def test_who_sees_no_children_sees_no_referral(role, manager, sign_in):
    made = make_referral(manager.user)
    for page in (at("queue"), at("referral", made.pk)):
        assert sign_in(role).get(page).status_code == 403


def test_a_conflict_of_interest_hides_the_referral(manager, child, sign_in):
    made = make_referral(manager.user, child)
    client = sign_in("practitioner")
    make_conflict(child, client.user)
    assert at("referral", made.pk) not in text(client.get(at("queue")))
    assert client.get(at("referral", made.pk)).status_code == 404


def test_a_need_to_know_child_is_named_in_no_list_and_opens_with_a_reason(manager, service, support):
    secret = make_child(service, given_name="Canary", family_name="Bird", restricted_reason="A relative works here")
    made = make_referral(manager.user, secret, what="Canary sang")
    page = text(support.get(at("queue")))
    assert MASK in page and "Canary" not in page
    sheet = support.get(at("queue"), {"export": "xlsx"}).content
    assert b"Canary" not in sheet
    response = support.get(at("referral", made.pk))
    assert response.status_code == 302 and reverse("people:reason", args=[secret.pk]) in response.url
    with acting(by=None, services=EVERY_SERVICE):
        Opening.objects.create(child=secret, user=support.user, reason="On duty today")
    assert "Canary sang" in text(support.get(at("referral", made.pk)))


def test_every_look_is_logged_with_the_child_it_is_about(support, child, manager):
    unknown, known = make_referral(manager.user), make_referral(manager.user, child)
    support.get(at("referral", unknown.pk))
    support.get(at("referral", known.pk))
    support.get(at("begin"), {"q": "Morgan"})
    with acting(by=None, services=EVERY_SERVICE):
        rows = Access.objects.filter(user=support.user).exclude(kind="sign_in")
        looks = list(rows.order_by("pk").values_list("kind", "child"))
    assert looks == [("read", None), ("read", child.pk), ("search", None)]


# Lists


def test_the_queue_asks_as_often_for_three_as_for_one(support, manager, service, staff):
    worker = staff("practitioner")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert support.get(at("queue")).status_code == 200
        return len(queries)

    make_allocated(manager.user, make_child(service), worker)
    make_referral(manager.user)
    count()
    one = count()
    for _ in range(2):
        make_allocated(manager.user, make_child(service, restricted_reason="Relative"), worker)
        make_referral(manager.user)
    assert count() == one


@pytest.mark.parametrize(
    "asked,expected",
    [
        ("stands=open", {"waiting", "accepted"}),
        ("stands=refused", {"refused"}),
        ("misses=child", {"waiting"}),
        ("misses=consent", {"accepted"}),
        ("misses=victims", {"refused"}),
    ],
)
def test_the_queue_is_filtered_by_its_address(asked, expected, manager, child, support):
    make_referral(manager.user)
    make_accepted(manager.user, child, victims="yes", consent="not_asked")
    refused = make_referral(manager.user, child, victims="not_known")
    services.refuse(
        referral=refused, version=1, by=manager.user, day=TODAY, why=kind("refusal", "age"), words="-", told="PC"
    )
    listing = support.get(f"{at('queue')}?{asked}").context["listing"]
    assert {row.state for row in listing.page.object_list} == expected


def test_days_to_a_decision_run_until_it_or_today(manager, child):
    made = make_accepted(manager.user, child, received_on=TODAY - timedelta(days=10), day=TODAY - timedelta(days=4))
    assert made.waits == 6
    assert make_referral(manager.user, received_on=TODAY - timedelta(days=10)).waits == 10


# Words


def test_an_administrator_adds_a_word_that_can_be_chosen_the_same_day_and_ends_it(sign_in, child, support):
    client = sign_in("administrator")
    new = {"listed": "source", "label": "Youth club", **day("valid_from", TODAY)}
    client.post(at("add_kind"), new)
    added = ReferralKind.objects.get(label="Youth club")
    assert "Youth club" in text(support.get(at("add_of_child", child.pk)))
    assert "already" in text(client.post(at("add_kind"), new | {"label": "youth CLUB"}))
    client.post(at("end_kind", added.pk), {**day("valid_to", TODAY), "version": 1})
    made = make_referral(support.user, child, source=added.code)
    with clock.fixed(TODAY + timedelta(days=1)):
        assert "Youth club" not in text(support.get(at("add_of_child", child.pk)))
        # What was recorded keeps the word, and its form still offers it.
        assert "Youth club" in text(support.get(at("change", made.pk)))


def test_a_word_does_not_end_before_it_began(sign_in):
    client = sign_in("administrator")
    word = kind("source", "police")
    page = client.post(at("end_kind", word.pk), {**day("valid_to", date(1999, 1, 1)), "version": 1})
    assert "cannot end before" in text(page)
