"""The administrator's users, teams and localities."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from openyj.accounts import role_words, services, slots
from openyj.accounts.models import Access, Locality, Team, User
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import acting
from openyj.accounts.slots import Holding
from openyj.accounts.versions import ChangedUnderneath
from openyj.core import clock

pytestmark = pytest.mark.django_db
GRACE = {"name": "Grace", "email": "Grace@Example.invalid", "role": "practitioner", "team": ""}
MANAGED = [
    "users", "add_user", "user", "change_user", "end_access", "let_back_in", "make_link",
    "teams", "add_team", "change_team", "localities", "add_locality", "change_locality",
]  # fmt: skip


def receipt(page) -> str:
    return re.search(r'name="receipt" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def administrator(sign_in) -> Client:
    return sign_in("administrator")


@pytest.fixture
def things(staff, service) -> dict[str, object]:
    """One of each thing the pages are about."""
    return {
        "user": staff("practitioner"),
        "team": Team.objects.create(service=service, name="North"),
        "locality": Locality.objects.create(service=service, name="Hill"),
    }


def address(name: str, things: dict[str, object]) -> str:
    of = {"user": "user", "change_user": "user", "end_access": "user", "let_back_in": "user", "make_link": "user"}
    of |= {"change_team": "team", "change_locality": "locality"}
    return reverse(f"accounts:{name}", args=[things[of[name]].pk] if name in of else [])


def open_page(client: Client, url: str):
    return client.post(url) if url.endswith("/link") else client.get(url)


@pytest.mark.parametrize("role", [r for r in ROLES if Permission.MANAGE_USERS not in ROLES[r].grants])
def test_other_roles_are_refused(sign_in, things, role):
    client = sign_in(role)
    assert [open_page(client, address(name, things)).status_code for name in MANAGED] == [403] * len(MANAGED)


def test_anonymous_people_are_asked_to_sign_in(client, things):
    assert [open_page(client, address(name, things)).status_code for name in MANAGED] == [302] * len(MANAGED)


def test_another_services_administrator_finds_nothing(sign_in, staff, other_service, things):
    client = sign_in(staff("administrator", service=other_service))
    for name in MANAGED:
        expected = 200 if name in {"users", "add_user", "teams", "add_team", "localities", "add_locality"} else 404
        response = open_page(client, address(name, things))
        assert response.status_code == expected, name
        for thing in things.values():
            assert str(thing) not in response.content.decode()
    posts = ["change_user", "end_access", "let_back_in", "change_team", "change_locality"]
    assert [client.post(address(name, things), {"name": "Mine"}).status_code for name in posts] == [404] * 5


def test_add_a_user_twice_makes_one(administrator, service):
    url = reverse("accounts:add_user")
    sent = GRACE | {"receipt": receipt(administrator.get(url))}
    first, second = administrator.post(url, sent), administrator.post(url, sent)
    grace = User.objects.get(email="grace@example.invalid")
    assert (grace.name, grace.role, grace.service, grace.has_usable_password()) == (
        "Grace", "practitioner", service, False,
    )  # fmt: skip
    assert first.url == second.url == reverse("accounts:user", args=[grace.pk])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": " "}, "Enter their name"),
        ({"email": "grace"}, "Enter an email address in the correct format"),
        ({"email": "administrator1@example.invalid"}, "Somebody already signs in with this e-mail address"),
        ({"role": ""}, "Select their role"),
        ({"role": "king"}, "Select role from the list"),
        ({"team": "999999"}, "Select team from the list"),
        ({"expires_on_day": "31", "expires_on_month": "2", "expires_on_year": "2027"}, "must be a real date"),
        ({"expires_on_day": "1", "expires_on_month": "2", "expires_on_year": "2020"}, "must be today or later"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(administrator, changed, says):
    response = administrator.post(reverse("accounts:add_user"), GRACE | changed)
    assert response.status_code == 200 and says in response.content.decode()
    assert not User.objects.filter(name="Grace").exists()


def test_a_team_of_another_service_cannot_be_chosen(administrator, other_service):
    team = Team.objects.create(service=other_service, name="Theirs")
    response = administrator.post(reverse("accounts:add_user"), GRACE | {"team": team.pk})
    assert "Select team from the list" in response.content.decode()
    with pytest.raises(ValidationError):
        services.add_user(
            by=administrator.user, name="G", email="g@example.invalid", role="manager", team=team, expires_on=None
        )


def test_a_change_is_kept_with_who_did_it(administrator, things, service):
    user = things["user"]
    with acting(by=administrator.user):
        services.change_user(
            user=user, by=administrator.user, version=1, name="Ada B", email=user.email, role="manager",
            team=things["team"], expires_on=None,
        )  # fmt: skip
    page = administrator.get(reverse("accounts:user", args=[user.pk])).content.decode()
    for said in ("Name: Practitioner 2 → Ada B", "Role: Practitioner → Team manager", "Team: nothing → North"):
        assert said in page
    assert administrator.user.name in page


def test_two_administrators_at_once_see_both_versions(administrator, things):
    user = things["user"]
    url = reverse("accounts:change_user", args=[user.pk])
    administrator.get(url)
    User.objects.filter(pk=user.pk).update(name="Saved first", version=2)
    sent = {"name": "Typed second", "email": user.email, "role": user.role, "team": "", "version": "1"}
    clash = administrator.post(url, sent)
    assert clash.status_code == 409
    for said in ("Someone else has changed this", "Saved first", "Typed second", 'name="version" value="2"'):
        assert said in clash.content.decode()
    user.refresh_from_db()
    assert user.name == "Saved first"
    administrator.post(url, sent | {"version": "2"})
    user.refresh_from_db()
    assert (user.name, user.version) == ("Typed second", 3)


class TestAdministrators:
    """A service is never left without one, and nobody changes their own power."""

    def change(self, user: User, by: User, **changes):
        now = {"name": user.name, "email": user.email, "role": user.role, "team": None, "expires_on": None}
        return services.change_user(user=user, by=by, version=user.version, **now | changes)

    def test_own_role_last_day_and_leaving_are_refused(self, staff):
        one, _other = staff("administrator"), staff("administrator")
        for attempt in (
            lambda: self.change(one, one, role="manager"),
            lambda: self.change(one, one, expires_on=clock.today()),
            lambda: services.end_access(user=one, by=one, version=1),
        ):
            with pytest.raises(ValidationError, match="Ask another administrator"):
                attempt()
        assert self.change(one, one, name="Ada").name == "Ada"

    def test_the_only_lasting_one_stays(self, staff):
        lasting, passing = staff("administrator"), staff("administrator", expires_on=clock.today() + timedelta(9))
        for attempt in (
            lambda: self.change(lasting, passing, role="manager"),
            lambda: self.change(lasting, passing, expires_on=clock.today()),
            lambda: services.end_access(user=lasting, by=passing, version=1),
        ):
            with pytest.raises(ValidationError, match="is the only administrator"):
                attempt()
        assert not services.end_access(user=passing, by=lasting, version=1).is_active

    def test_another_services_administrator_does_not_count(self, staff, other_service):
        lasting, passing = staff("administrator"), staff("administrator", expires_on=clock.today())
        staff("administrator", service=other_service)
        with pytest.raises(ValidationError):
            services.end_access(user=lasting, by=passing, version=1)

    def test_the_page_says_so(self, administrator):
        url = reverse("accounts:change_user", args=[administrator.user.pk])
        me = administrator.user
        response = administrator.post(url, {"name": me.name, "email": me.email, "role": "manager", "version": "1"})
        assert "You cannot change your own role" in response.content.decode()
        me.refresh_from_db()
        assert me.role == "administrator"


def test_a_leaver_can_come_back_with_a_new_link(administrator, things):
    user = things["user"]
    user.set_password("a long and quiet river")
    user.save()
    administrator.post(reverse("accounts:end_access", args=[user.pk]), {"version": "1"})
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)
    refused = administrator.post(reverse("accounts:make_link", args=[user.pk]), follow=True)
    assert "a link would not work" in refused.content.decode()
    administrator.post(reverse("accounts:let_back_in", args=[user.pk]), {"version": "2"})
    user.refresh_from_db()
    assert user.may_sign_in


def test_a_stale_press_on_has_left_is_refused(staff):
    user, administrator = staff("manager"), staff("administrator")
    with pytest.raises(ChangedUnderneath):
        services.end_access(user=user, by=administrator, version=7)


def test_what_a_leaver_leaves_behind_is_said(administrator, things, monkeypatch):
    monkeypatch.setattr(slots.holdings, "_found", {})
    slots.holdings.add("children", lambda thing: Holding(12, "children"))
    slots.holdings.add("nothing", lambda thing: Holding(0, "cats"))
    page = administrator.get(reverse("accounts:end_access", args=[things["user"].pk])).content.decode()
    assert "still has 12 children. Give them to somebody else." in page


def test_the_link_is_shown_once_logged_and_works(administrator, things, client):
    user = things["user"]
    page = administrator.post(reverse("accounts:make_link", args=[user.pk])).content.decode()
    link = re.search(r"http://testserver(/set-password/[\w-]+)", page)[1]
    assert "Set your password" in client.get(link, follow=True).content.decode()
    assert "/set-password/" not in administrator.get(reverse("accounts:user", args=[user.pk])).content.decode()
    with acting(by=administrator.user):
        made = Access.objects.get(kind=Access.Kind.PASSWORD_LINK)
    assert (made.user, made.reason) == (administrator.user, f"For user {user.pk}")
    assert link.split("-")[-1] not in made.path + made.reason


@pytest.mark.parametrize("list_name", ["users", "teams", "localities"])
def test_lists_ask_as_much_for_three_rows_as_for_one(
    administrator, staff, service, list_name, django_assert_num_queries, django_assert_max_num_queries
):
    url = reverse(f"accounts:{list_name}")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def make(n):
        team = Team.objects.create(service=service, name=f"Team {n}")
        Locality.objects.create(service=service, name=f"Place {n}")
        staff("practitioner", team=team)

    counts = []
    administrator.get(url)
    for rows in (1, 2):
        for n in range(rows):
            make(f"{rows}{n}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert administrator.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_users_can_be_filtered_by_whether_they_can_sign_in(administrator, staff):
    names = {"can": "Cam", "none": "Nia", "not": "Lee"}
    for state, name in names.items():
        user = staff("manager")
        user.name, user.is_active = name, state != "not"
        if state == "can":
            user.set_password("a long and quiet river")
        user.save()
    for state, name in names.items():
        page = administrator.get(reverse("accounts:users"), {"state": state}).content.decode()
        assert {n for n in names.values() if f">{n}<" in page} == {name}


class TestPlaces:
    def test_add_rename_and_close(self, administrator, service):
        for kind, model in (("team", Team), ("locality", Locality)):
            url = reverse(f"accounts:add_{kind}")
            sent = {"name": "  North   side ", "receipt": receipt(administrator.get(url))}
            administrator.post(url, sent)
            administrator.post(url, sent)
            place = model.objects.get(service=service)
            assert place.name == "North side"
            change = reverse(f"accounts:change_{kind}", args=[place.pk])
            with clock.fixed(date(2026, 6, 4)):
                closed = {
                    "name": "North",
                    "closed_on_day": "4",
                    "closed_on_month": "6",
                    "closed_on_year": "2026",
                    "version": "1",
                }
                administrator.post(change, closed)
            place.refresh_from_db()
            assert (place.name, place.closed_on, place.version) == ("North", date(2026, 6, 4), 2)
            administrator.post(change, {"name": "North", "version": "2"})
            place.refresh_from_db()
            assert place.closed_on is None

    def test_the_same_name_in_other_capitals_is_refused(self, administrator, things):
        response = administrator.post(reverse("accounts:add_team"), {"name": "NORTH"})
        assert "There is one of this name already" in response.content.decode()

    def test_a_team_with_people_is_not_closed(self, administrator, staff, things):
        team = things["team"]
        member = staff("practitioner", team=team)
        day = {"closed_on_day": "1", "closed_on_month": "6", "closed_on_year": "2026", "name": "North", "version": "1"}
        response = administrator.post(reverse("accounts:change_team", args=[team.pk]), day)
        assert "1 person is still in this team. Move them to another team first." in response.content.decode()
        User.objects.filter(pk=member.pk).update(is_active=False)
        administrator.post(reverse("accounts:change_team", args=[team.pk]), day)
        team.refresh_from_db()
        assert team.closed_on == date(2026, 6, 1)

    def test_a_closed_team_is_not_offered_except_to_who_is_in_it(self, administrator, staff, things):
        team = things["team"]
        inside = staff("practitioner", team=team)
        Team.objects.filter(pk=team.pk).update(closed_on=date(2026, 6, 1))
        offered = f'<option value="{team.pk}"'
        assert offered not in administrator.get(reverse("accounts:add_user")).content.decode()
        assert offered in administrator.get(reverse("accounts:change_user", args=[inside.pk])).content.decode()

    def test_two_administrators_at_once(self, administrator, things):
        team = things["team"]
        Team.objects.filter(pk=team.pk).update(name="Saved first", version=2)
        sent = {"name": "Typed second", "version": "1"}
        clash = administrator.post(reverse("accounts:change_team", args=[team.pk]), sent)
        assert clash.status_code == 409 and "Saved first" in clash.content.decode()


def test_every_role_is_described_to_everybody(sign_in):
    page = sign_in("board_member").get(reverse("accounts:roles")).content.decode()
    for role in ROLES.values():
        assert f">{role.label}</h2>" in page


def test_permissions_page_is_current():
    page = Path(__file__).parents[4] / "docs" / "reference" / "permissions.md"
    assert page.read_text(encoding="utf-8") == role_words.markdown(), (
        "Run: python -m openyj.accounts.role_words > docs/reference/permissions.md"
    )


@pytest.mark.parametrize("what", ["teams", "localities"])
def test_a_name_taken_at_the_same_moment_is_refused_with_words(administrator, service, monkeypatch, what):
    {"teams": Team, "localities": Locality}[what].objects.create(service=service, name="North")
    # Both pass the check before either is saved: only the database sees both.
    monkeypatch.setattr(services, "name_is_free", lambda *args, **kwargs: None)
    answer = administrator.post(f"/{what}/add", {"name": "NORTH"})
    assert answer.status_code == 200
    assert "Somebody saved the same while you were typing" in answer.content.decode()
