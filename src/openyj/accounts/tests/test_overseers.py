"""Bodies that oversee services: their people belong to them and hold no other role."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from openyj.accounts.models import Service, User
from openyj.accounts.roles import ROLES, Permission, roles_at
from openyj.accounts.scope import acting
from openyj.accounts.services import add_user, change_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    return Service.objects.create(code="NAT", name="Oversight", oversees="nation", invented=True)


def test_a_national_role_given_at_a_service_reaches_nothing(service, staff):
    lost = User.objects.create_user("a@example.invalid", name="A", role="national_user", service=service)
    assert not any(lost.may(permission) for permission in Permission)
    assert staff("national_user").may(Permission.COMPARE_SERVICES)


def test_a_regional_role_at_a_national_body_reaches_nothing(body):
    lost = User.objects.create_user("a@example.invalid", name="A", role="regional_user", service=body)
    assert not any(lost.may(permission) for permission in Permission)


@pytest.mark.parametrize("role", [r for r in ROLES.values() if r.oversees], ids=lambda r: r.name)
def test_a_role_of_overseers_sees_no_child_and_no_money(role):
    assert not set(role.grants) & {
        Permission.SEE_CHILDREN,
        Permission.SEE_CHILDREN_BEHIND_FIGURES,
        Permission.SEE_FIGURES,
        Permission.SEE_MONEY,
        Permission.SEE_PLAN,
    }


def test_the_roles_to_choose_from_are_those_of_the_organisation(service, body, sign_in, staff):
    at_service = sign_in("administrator").get("/users/add").content.decode()
    assert 'value="practitioner"' in at_service and "national_user" not in at_service
    at_body = sign_in(staff("administrator", service=body)).get("/users/add").content.decode()
    assert 'value="national_user"' in at_body and "practitioner" not in at_body and "regional_user" not in at_body
    assert {r.name for r in roles_at("region")} == {"regional_user", "administrator"}


@pytest.mark.parametrize("role", ["national_user", "regional_user"])
def test_an_administrator_of_a_service_can_make_nobody_an_overseer(role, service, staff):
    administrator = staff("administrator")
    given = {"name": "B", "email": "b@example.invalid", "role": role, "team": None, "expires_on": None}
    with acting(by=administrator):
        with pytest.raises(ValidationError, match="Nobody at Aldermere"):
            add_user(by=administrator, **given)
        worker = staff("practitioner")
        with pytest.raises(ValidationError, match="Nobody at Aldermere"):
            change_user(user=worker, by=administrator, version=worker.version, **given)


def test_a_regional_body_has_a_region():
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(code="REG", name="Oversight", oversees="region")


def test_a_body_comes_with_an_administrator_who_lets_the_others_in(service, client):
    out = StringIO()
    about = {"administrator": "lead@oversight.example", "called": "Lead"}
    call_command("add_overseer", "NAT", "Oversight", **about, stdout=out)
    body = Service.objects.get(code="NAT")
    assert (body.oversees, body.region) == ("nation", "")
    link = re.search(r"(/\S+) \(of this site\)", out.getvalue())[1]
    assert client.get(link, follow=True).status_code == 200
    call_command("add_overseer", "WM", "West", region="West Midlands", **about | {"administrator": "w@x.example"})
    assert Service.objects.get(code="WM").oversees == "region"


@pytest.mark.parametrize(
    "code,region,email,why",
    [
        ("T1", "", "a@b.example", "the code T1 already"),
        ("N", "Atlantis", "a@b.example", "Known regions: West Midlands"),
        ("N", "", "taken@b.example", "already"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_with_the_reason(service, code, region, email, why):
    User.objects.create_user("taken@b.example", name="T", role="manager", service=service)
    with pytest.raises(CommandError, match=why):
        call_command("add_overseer", code, "Oversight", region=region, administrator=email, called="A")
    assert Service.objects.count() == 1
