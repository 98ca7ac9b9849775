"""What scripts and broken pages send: answered as a mistake of the sender's, never as an error of the site's."""

from __future__ import annotations

import re
import uuid

import pytest

from openyj.accounts.models import Access, Draft, Receipt
from openyj.accounts.scope import acting
from openyj.people.forms import ChildForm
from openyj.people.models import Opening
from openyj.people.tests.factories import make_child
from openyj.people.views import search as views

pytestmark = pytest.mark.django_db
TOO_LARGE = 2**63  # for a number of the database


def test_a_form_in_another_alphabet_than_the_sites_is_a_bad_request(sign_in):
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    assert sign_in("manager").post("/drafts?path=/", b"a=b", content_type=kind).status_code == 400


def test_a_sign_that_stands_for_many_letters_can_be_searched_for(sign_in, service):
    client = sign_in("manager")
    make_child(service)
    assert client.get("/children/find", {"q": "\ufdfa" * 120}).status_code == 200


@pytest.mark.parametrize("role", ["board_member", "manager"])
def test_a_child_numbered_beyond_any_number_is_refused_or_not_found(sign_in, role):
    client = sign_in(role)
    answer = client.get(f"/children/{TOO_LARGE}/timeline")
    assert answer.status_code == {"board_member": 403, "manager": 404}[role]
    refusals = Access.objects.filter(kind=Access.Kind.REFUSED)
    with acting(by=client.user):
        assert [line.child for line in refusals] == ([None] if role == "board_member" else [])


def test_a_null_byte_in_an_address_is_not_found(sign_in):
    client = sign_in("head_of_service")
    assert client.get("/performance/figure/%00").status_code == 404
    assert client.get("/money/figures/%00").status_code == 404


def test_null_bytes_in_a_draft_or_a_note_of_printing_are_left_out(sign_in, service):
    client = sign_in("manager")
    child = make_child(service)
    address = f"/children/{child.pk}/details/change"
    assert client.post(f"/drafts?path={address}", {"given_name": "Ce\x00ri"}).status_code == 200
    assert Draft.objects.get().fields == {"given_name": ["Ceri"]}
    assert client.post("/drafts?path=/a%00b", {"given_name": "Ceri"}).status_code == 400
    assert client.post("/drafts/throw-away?path=/a%00b").headers["Location"] == "/"
    assert client.post(f"/children/{child.pk}/printed", {"page": "time\x00line"}).status_code == 204
    with acting(by=client.user):
        assert Access.objects.get(kind=Access.Kind.PRINT).reason == "timeline"


@pytest.mark.parametrize("version", ["9" * 5000, "x", ""])
def test_a_version_no_record_has_is_a_clash(sign_in, service, version):
    client = sign_in("manager")
    child = make_child(service)
    sent = {"given_name": "Other", "family_name": "Morgan", "number": child.number, "version": version}
    answer = client.post(f"/children/{child.pk}/details/change", sent)
    assert answer.status_code == 409
    with acting(by=client.user):
        child.refresh_from_db()
    assert child.given_name == "Ceri"


def test_a_very_long_way_on_is_followed_once_a_reason_is_given(sign_in, service):
    client = sign_in("manager")
    child = make_child(service, restricted_reason="Known to staff")
    onward = f"/children/{child.pk}?{'a' * 400}"
    answer = client.post(f"/children/{child.pk}/why?next={onward}", {"reason": "On duty, asked about bail"})
    assert answer.headers["Location"] == onward
    assert Receipt.objects.get().led_to == "/"
    with acting(by=client.user):
        assert Opening.objects.count() == 1


def test_a_number_given_at_the_same_moment_is_refused_with_words(sign_in, service, monkeypatch):
    client = sign_in("manager")
    child, taken = make_child(service), make_child(service)
    # Both pass the form's check before either is saved: only the database sees both.
    monkeypatch.setattr(ChildForm, "clean_number", lambda form: form.cleaned_data["number"])
    sent = {"given_name": "Ceri", "family_name": "Morgan", "number": taken.number, "version": child.version}
    answer = client.post(f"/children/{child.pk}/details/change", sent)
    assert answer.status_code == 200
    assert "Somebody saved the same while you were typing" in answer.content.decode()
    assert Receipt.objects.count() == 0


def test_a_form_sent_twice_is_no_duplicate_of_itself_when_the_first_ends_during_the_check(
    sign_in, service, monkeypatch
):
    client = sign_in("manager")
    token = uuid.uuid4()

    def first_ends(user, form):
        Receipt.objects.create(token=token, user=user, led_to="/children/7")
        return [make_child(service)]

    found = client.get("/children/find", {"q": "Ceri Morgan"}).content.decode()
    address = re.search(r'/children/add\?searched=[^"]+', found)[0]
    monkeypatch.setattr(views, "duplicates", first_ends)
    answer = client.post(address, {"given_name": "Ceri", "family_name": "Morgan", "receipt": str(token)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/children/7")
