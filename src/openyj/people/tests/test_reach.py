"""Reach over a child, settled once for a page: it is what the database would say, and nobody else may lean on it."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.models import Team
from openyj.accounts.roles import ROLES, Permission, Scope
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.people import selectors, slots
from openyj.people.access import found
from openyj.people.models import Address, Child, reaches
from openyj.people.tests.factories import make_address, make_child, make_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(service):
    return [Team.objects.create(service=service, name=name) for name in ("North", "Court")]


@pytest.mark.parametrize("in_team", [True, False])
@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if role.scope(Permission.SEE_CHILDREN)])
def test_reach_over_a_child_who_was_read_is_what_the_database_says(role, in_team, staff, teams, service, other_service):
    user = staff(role, team=teams[0] if in_team else None)
    colleague = staff("practitioner")
    for worker in (user, colleague, None):
        for team in (*teams, None):
            make_child(service, worker=worker, team=team)
    make_child(other_service)
    make_conflict(make_child(service, worker=user, team=teams[0]), user)
    with acting(by=user):
        seen = list(Child.objects.visible_to(user))
        assert len(seen) == 9
        for permission in Permission:
            reached = set(Child.objects.visible_to(user, permission).values_list("pk", flat=True))
            assert {child.pk for child in seen if reaches(user, permission, child)} == reached, permission


@pytest.mark.parametrize("in_team", [True, False])
@pytest.mark.parametrize("reach", Scope)
def test_a_child_is_found_by_whom_the_database_shows_it(
    reach, in_team, staff, teams, service, other_service, monkeypatch
):
    """Every reach, though all roles see every child of their service today."""
    user = staff("practitioner", team=teams[0] if in_team else None)
    monkeypatch.setattr(type(user), "scope", lambda self, permission: reach)
    children = [
        make_child(service, worker=worker, team=team)
        for worker in (user, staff("practitioner"), None)
        for team in (*teams, None)
    ]
    children += [make_child(other_service), make_child(service, worker=user, team=teams[0])]
    make_conflict(children[-1], user)
    with acting(by=user):
        seen = {child.pk for child in children if found(child.pk, user)}
        assert seen == set(Child.objects.visible_to(user).values_list("pk", flat=True))
        assert len(seen) == {Scope.OWN: 3, Scope.TEAM: 5 if in_team else 3, Scope.SERVICE: 9}[reach]
        assert found(2**70, user) is None
    monkeypatch.setattr(type(user), "scope", lambda self, permission: None)
    assert found(children[0].pk, user) is None


@pytest.mark.parametrize("scope", [Scope.OWN, Scope.TEAM, Scope.SERVICE, None])
def test_every_extent_of_reach_is_told_alike(scope, staff, teams, service, monkeypatch):
    """No role has the narrowest today."""
    user = staff("practitioner", team=teams[0])
    given = {Permission.SEE_CHILDREN: Scope.SERVICE} | ({Permission.CHANGE_CHILDREN: scope} if scope else {})
    monkeypatch.setattr(type(user), "scope", lambda self, permission: given.get(permission))
    for worker in (user, None):
        for team in (*teams, None):
            make_child(service, worker=worker, team=team)
    with acting(by=user):
        reached = set(Child.objects.visible_to(user, Permission.CHANGE_CHILDREN))
        said = {c for c in Child.objects.visible_to(user) if reaches(user, Permission.CHANGE_CHILDREN, c)}
    assert said == reached and len(said) == {Scope.OWN: 3, Scope.TEAM: 4, Scope.SERVICE: 6, None: 0}[scope]


def test_a_child_nobody_got_is_asked_about_again(staff, service):
    """Facts of a child are shown without asking only to the one for whom `get_child` settled it."""
    child, reader, neighbour = make_child(service), staff("manager"), staff("manager")
    make_address(child)
    make_conflict(child, neighbour)
    for settled_for in (None, reader.pk):
        child.reached_by = settled_for
        with acting(by=neighbour):
            assert list(Address.objects.of(child, neighbour)) == []
            assert selectors.happened(child, neighbour) == []
            assert selectors.how_much_happened(child, neighbour) == 0
        with acting(by=reader):
            assert len(Address.objects.of(child, reader)) == len(selectors.happened(child, reader)) == 1
            assert selectors.how_much_happened(child, reader) == 1


def test_who_may_see_no_child_meets_none_of_the_facts(staff, service):
    child, board = make_child(service), staff("board_member")
    make_address(child)
    with acting(by=board):
        assert list(Address.objects.of(child, board)) == selectors.happened(child, board) == []


def test_another_services_facts_stay_hidden_even_where_reach_is_claimed(staff, service, other_service):
    """Row-level security does not take the site's word."""
    child, stranger = make_child(service), staff("manager", service=other_service)
    make_address(child)
    child.reached_by = stranger.pk
    with acting(by=stranger):
        assert list(Address.objects.of(child, stranger)) == selectors.happened(child, stranger) == []


def test_each_page_puts_its_own_child_into_the_timeline(sign_in, service):
    first, second = make_child(service), make_child(service)
    make_address(first, lines="1 Harbour Row"), make_address(second, lines="2 Quay Street")
    client = sign_in("manager")
    for child, mine, other in [(first, "1 Harbour", "2 Quay"), (second, "2 Quay", "1 Harbour"), (first, "1 H", "2 Q")]:
        page = client.get(f"/children/{child.pk}/timeline").content.decode()
        assert mine in page and other not in page


@pytest.mark.parametrize("name", [name for name, _ in slots.timeline.items()])
def test_what_a_room_tells_the_timeline_depends_on_no_day(name):
    """It is put into SQL once for all pages, so a day in it would stand still."""
    contribution = dict(slots.timeline.items())[name]
    said = []
    for day in (date(2020, 2, 29), date(2031, 7, 1)):
        with clock.fixed(day):
            rows, columns = contribution(child=0)
            annotated = rows.annotate(**{f"x_{key}": value for key, value in columns.items() if not_a_name(value)})
            said.append(str(annotated.query))
    assert said[0] == said[1]


def not_a_name(value: object) -> bool:
    return value is not None and not isinstance(value, str)


def test_reach_is_settled_by_getting_the_child_and_kept_nowhere(sign_in, service):
    client, child = sign_in("manager"), make_child(service)
    assert client.get(f"/children/{child.pk}").context["child"].reached_by == client.user.pk
    with acting(by=None, services=EVERY_SERVICE):
        assert Child.objects.get(pk=child.pk).reached_by is None
