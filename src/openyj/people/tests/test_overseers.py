"""A body that oversees services holds no child, and its people are shown none."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from openyj.accounts.models import Service
from openyj.accounts.scope import acting
from openyj.people.models import Child
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    return Service.objects.create(code="NAT", name="Oversight", oversees="nation", invented=True)


def test_the_database_refuses_a_body_any_child(service, body):
    with pytest.raises(IntegrityError, match="holds no child"), transaction.atomic():
        make_child(body)
    child = make_child(service)
    with acting(by=None, services="*"), pytest.raises(IntegrityError, match="holds no child"), transaction.atomic():
        Child.objects.filter(pk=child.pk).update(service=body)


def test_a_national_user_is_shown_no_row_about_a_child(service, staff):
    make_child(service)
    with acting(by=staff("national_user")), connection.cursor() as cursor:
        assert not Child.objects.exists()
        cursor.execute("SELECT count(*) FROM people_child")
        assert cursor.fetchone() == (0,)
