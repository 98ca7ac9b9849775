"""Sign-in: who gets in, who does not, and what neither can learn from it."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from openyj.accounts import services
from openyj.accounts.models import Access, Draft, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet river"
TODAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def no_counts_from_other_tests(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of tries; argon2 is slow


@pytest.fixture
def ada(staff) -> User:
    user = staff("practitioner")
    user.set_password(PASSWORD)
    user.save()
    return user


def try_password(client: Client, email: str, password: str, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def body(response) -> str:
    """The page without what differs on every answer."""
    text = response.content.decode()
    return re.sub(r'(value|nonce)="[^"]*"', "", text)


def test_the_right_password_signs_in_and_is_logged(client, ada):
    response = try_password(client, ada.email.upper(), PASSWORD)
    assert (response.status_code, response.url, signed_in(client)) == (302, "/", True)
    with acting(by=None, services=EVERY_SERVICE):
        assert list(Access.objects.values_list("kind", "user")) == [("sign_in", ada.pk)]


def test_a_link_may_fill_the_address_in_and_nothing_else(client):
    text = client.get(reverse("account_login"), {"as": 'nia@example.invalid"><b>'}).content.decode()
    assert 'value="nia@example.invalid&quot;&gt;&lt;b&gt;"' in text
    assert 'type="password" name="password" value' not in text


def test_nobody_can_learn_who_works_here(client, ada, staff):
    """Unknown address, wrong password, leaver and ended access with the right password: the same page."""
    leaver, ended = staff("manager"), staff("manager", expires_on=clock.today() - timedelta(1))
    for user in (leaver, ended):
        user.set_password(PASSWORD)
    leaver.is_active = False
    for user in (leaver, ended):
        user.save()
    tries = [
        ("nobody@example.invalid", PASSWORD),
        (ada.email, "wrong"),
        (leaver.email, PASSWORD),
        (ended.email, PASSWORD),
    ]
    answers = [try_password(Client(), email, password) for email, password in tries]
    assert {answer.status_code for answer in answers} == {200}
    pages = {body(answer).replace(email, "") for answer, (email, _) in zip(answers, tries, strict=True)}
    assert len(pages) == 1
    with acting(by=None, services=EVERY_SERVICE):
        assert [a.kind for a in Access.objects.all()] == ["failed_sign_in"] * 4


@pytest.mark.parametrize("who", ["somebody", "nobody", "leaver"])
def test_five_wrong_passwords_lock_an_address_wherever_they_come_from(ada, who):
    email = ada.email if who != "nobody" else "nobody@example.invalid"
    if who == "leaver":
        User.objects.filter(pk=ada.pk).update(is_active=False)
    password = PASSWORD if who == "leaver" else "wrong"
    for machine in range(5):
        assert try_password(Client(), email, password, REMOTE_ADDR=f"10.0.0.{machine}").status_code == 200
    locked = try_password(Client(), email.upper(), PASSWORD, REMOTE_ADDR="10.0.0.9")
    assert locked.status_code == 429
    assert "You can try again at" in locked.content.decode()


def test_the_lock_opens_when_it_says(client, ada, monkeypatch):
    start = time.time() // 60 * 60 + 30  # half past a minute: it opens five minutes later, so at the minute after that
    for n in range(5):
        monkeypatch.setattr("time.time", lambda n=n: start + n)
        try_password(client, ada.email, "wrong")
    monkeypatch.setattr("time.time", lambda: start + 200)
    locked = try_password(client, ada.email, PASSWORD)
    assert (locked.status_code, signed_in(client)) == (429, False)
    says = datetime.fromtimestamp(start + 330, clock.LONDON)
    assert f"You can try again at {says:%H:%M}." in locked.content.decode()
    monkeypatch.setattr("time.time", says.timestamp)
    assert try_password(client, ada.email, PASSWORD).status_code == 302


def test_a_right_password_in_between_does_not_open_more_tries(client, ada):
    for n in range(5):
        try_password(client, ada.email, "wrong")
        if n == 3:
            try_password(Client(), ada.email, PASSWORD)
    assert try_password(client, ada.email, PASSWORD).status_code == 429


def test_one_locked_address_does_not_lock_an_office(ada, staff):
    for _ in range(5):
        try_password(Client(), "other@example.invalid", "wrong")
    assert try_password(Client(), ada.email, PASSWORD).status_code == 302


def test_one_machine_cannot_try_address_after_address(ada):
    for n in range(20):
        try_password(Client(), f"name{n}@example.invalid", "wrong", REMOTE_ADDR="10.0.0.1")
    assert try_password(Client(), ada.email, PASSWORD, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert try_password(Client(), ada.email, PASSWORD, REMOTE_ADDR="10.0.0.2").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_leads_nowhere_else(client, ada, target):
    response = client.post(reverse("account_login") + f"?next={target}", {"login": ada.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/")


def test_sign_in_leads_back_to_the_page_asked_for(client, ada):
    response = client.post(
        reverse("account_login") + "?next=/roles", {"login": ada.email, "password": PASSWORD, "next": "/roles"}
    )
    assert response.url == "/roles"


def test_a_leaver_is_refused_at_their_next_click(sign_in, staff):
    client, administrator = sign_in("practitioner"), staff("administrator")
    assert client.get(reverse("accounts:account")).status_code == 200
    services.end_access(user=client.user, by=administrator, version=client.user.version)
    assert client.get(reverse("accounts:account")).url.startswith(reverse("account_login"))
    services.let_back_in(user=User.objects.get(pk=client.user.pk), by=administrator, version=client.user.version)
    assert client.get(reverse("accounts:account")).status_code == 302, "the old session stays void"


def test_access_that_ends_today_ends_tonight(sign_in):
    client = sign_in("inspector", expires_on=TODAY)
    with clock.fixed(TODAY):
        assert client.get(reverse("accounts:account")).status_code == 200
    with clock.fixed(TODAY + timedelta(1)):
        response = client.get(reverse("accounts:account"))
        assert response.url.startswith(reverse("account_login"))
        assert not signed_in(client)


def test_after_a_rest_the_page_says_why_and_what_was_typed_is_kept(sign_in, monkeypatch):
    client = sign_in("administrator")
    client.get(reverse("accounts:users"))
    now = time.time()
    monkeypatch.setattr("openyj.accounts.middleware.time.time", lambda: now + 31 * 60)
    response = client.post(reverse("accounts:add_user"), {"name": "Grace"}, follow=True)
    assert "You were signed out because nothing was sent for 30 minutes." in response.content.decode()
    assert Draft.objects.get(user=client.user, path=reverse("accounts:add_user")).fields == {"name": ["Grace"]}


def test_asking_whether_the_site_is_there_after_a_rest_leaves_the_form_that_follows_to_be_kept(sign_in, monkeypatch):
    """What a page does when its button is pressed after a rest: it asks, then sends the draft or the form."""
    client = sign_in("administrator")
    add = reverse("accounts:add_user")
    client.get(add)
    now = time.time()
    monkeypatch.setattr("openyj.accounts.middleware.time.time", lambda: now + 31 * 60)
    assert client.head("/alive?signed-in").status_code == 401
    assert client.post(f"/drafts?path={add}", {"name": "Grace"}).status_code == 302
    assert not signed_in(client)
    assert [(d.path, d.fields) for d in Draft.objects.all()] == [(add, {"name": ["Grace"]})]
    assert client.head("/alive?signed-in").status_code == 401
    assert client.head("/alive").status_code == 204


class TestLink:
    """The link an administrator hands out."""

    def open(self, client: Client, user: User):
        path, _ = services.password_link(user)
        return client.get(path, follow=True)

    def set(self, client: Client, page, password: str):
        return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password}, follow=True)

    def test_sets_a_password_once(self, client, staff):
        user = staff("practitioner")
        path, until = services.password_link(user)
        assert timedelta(days=2) < until - clock.now() <= timedelta(days=3)
        page = client.get(path, follow=True)
        assert "at least 12 characters" in page.content.decode(), "the rules are shown before typing"
        done = self.set(client, page, PASSWORD)
        assert "Your password is set" in done.content.decode()
        user.refresh_from_db()
        assert check_password(PASSWORD, user.password) and not signed_in(client)
        assert "This link does not work" in client.get(path, follow=True).content.decode()
        with acting(by=None, services=EVERY_SERVICE):
            assert list(Access.objects.values_list("kind", "user")) == [("password_set", user.pk)]

    @pytest.mark.parametrize("password", ["short", "password1234", "practitioner1@example"])
    def test_a_weak_password_is_refused(self, client, staff, password):
        user = staff("practitioner")
        done = self.set(client, self.open(client, user), password)
        assert "There is a problem" in done.content.decode()
        user.refresh_from_db()
        assert not user.has_usable_password()

    def test_a_leavers_link_is_like_one_never_made(self, client, staff):
        user = staff("practitioner")
        path, _ = services.password_link(user)
        never = client.get(path[:-3] + "xyz", follow=True)
        User.objects.filter(pk=user.pk).update(is_active=False)
        left = client.get(path, follow=True)
        assert "This link does not work" in left.content.decode()
        assert body(left) == body(never)

    def test_it_ends(self, client, staff, settings):
        user = staff("practitioner")
        path, _ = services.password_link(user)
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert "This link does not work" in client.get(path, follow=True).content.decode()


def test_changing_a_password_asks_for_the_old_one_and_ends_other_sessions(ada):
    here, elsewhere = Client(), Client()
    for each in (here, elsewhere):
        try_password(each, ada.email, PASSWORD)
    url, new = reverse("account_change_password"), "another long quiet river"
    wrong = here.post(url, {"oldpassword": "wrong", "password1": new, "password2": new})
    assert wrong.status_code == 200
    here.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get(reverse("accounts:account")).status_code == 200
    assert elsewhere.get(reverse("accounts:account")).status_code == 302


def test_nobody_signs_up_or_asks_for_mail(client):
    for method in (client.get, client.post):
        assert "You cannot sign up" in method(reverse("account_signup")).content.decode()
    assert client.post(reverse("account_reset_password"), {"email": "a@example.invalid"}).status_code == 405
    assert "Ask whoever administers this site" in client.get(reverse("account_reset_password")).content.decode()


def test_signing_out_takes_a_press_not_a_link(sign_in):
    client = sign_in("practitioner")
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)
