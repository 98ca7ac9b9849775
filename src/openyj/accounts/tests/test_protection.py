"""The database's own guards, tried as the site's role, which is what every test runs as."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from openyj.accounts.models import Access, History, Service, User
from openyj.accounts.protection import (
    SEEN_ACROSS_SERVICES,
    WITHOUT_HISTORY,
    add_only_tables,
    tables_and_columns,
    worked_out_tables,
)
from openyj.accounts.scope import EVERY_SERVICE, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return Service.objects.create(code="X1", name="Aldermere", invented=True)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_tests_run_as_the_app_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        assert cursor.fetchone() == ("openyj_app", False)


def test_every_table_keeps_history_or_says_why_not():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname IN ('record_history', 'record_added') "
            "GROUP BY 1 HAVING count(*) = 2"
        )
        with_trigger = {row[0] for row in cursor.fetchall()}
        unchanging = add_only_tables(cursor) | worked_out_tables(cursor)
        assert set(tables_and_columns(cursor)) - with_trigger == WITHOUT_HISTORY | unchanging


def test_every_table_of_a_service_has_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        secured = {row[0] for row in cursor.fetchall()}
        of_service = {t for t, columns in tables_and_columns(cursor).items() if "service_id" in columns}
        assert of_service - secured == SEEN_ACROSS_SERVICES


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE accounts_user ADD COLUMN x int",
        "DELETE FROM accounts_user",
        "TRUNCATE accounts_service CASCADE",
        "INSERT INTO accounts_history (at, table_name, action) VALUES (now(), 'x', 'insert')",
        "UPDATE accounts_history SET action = 'none'",
        "DELETE FROM accounts_history",
        "UPDATE accounts_access SET path = ''",
        "DELETE FROM accounts_access",
        "ALTER TABLE accounts_user DISABLE TRIGGER record_history",
        "SET ROLE openyj_owner",
    ],
)
def test_app_role_is_refused(sql):
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql)


def test_history_says_who_changed_what_and_never_a_password(service):
    user = User.objects.create_user(
        "ada@example.invalid", "correct horse battery", name="Ada", service=service, role="manager"
    )
    with acting(by=user):
        User.objects.filter(pk=user.pk).update(name="Ada B", password="secret")
    with acting(by=None, services=EVERY_SERVICE):
        rows = list(History.objects.filter(table="accounts_user", row=user.pk).order_by("id"))
    assert [r.action for r in rows] == ["insert", "update"]
    assert (rows[1].user, rows[1].before, rows[1].after) == (user.pk, {"name": "Ada"}, {"name": "Ada B"})
    assert "password" not in rows[0].after


def test_rows_added_together_have_the_history_of_rows_added_alone():
    alone = Service.objects.create(code="X3", name="Corrow", invented=True)
    first, second = Service.objects.bulk_create([Service(code=f"X{n}", name="Corrow", invented=True) for n in (4, 5)])
    written = History.objects.filter(table="accounts_service").order_by("id")
    with acting(by=None, services=EVERY_SERVICE):
        (one,) = written.filter(row=alone.pk)
        two = list(written.filter(row__in=[first.pk, second.pk]))
    assert [(h.row, h.action, h.before, h.child, h.service) for h in two] == [
        (row.pk, "insert", one.before, one.child, one.service) for row in (first, second)
    ]
    assert [h.after for h in two] == [one.after | {"id": row.pk, "code": row.code} for row in (first, second)]


def test_adding_or_else_changing_is_written_down_as_what_it_was(service):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_service (code, name, region, country, oversees, invented) "
            "VALUES ('X1', 'Aldermere', '', 'Wales', '', true), ('X6', 'Dunmarl', '', 'Wales', '', true) "
            "ON CONFLICT (code) DO UPDATE SET country = excluded.country"
        )
    with acting(by=None, services=EVERY_SERVICE):
        found = list(History.objects.filter(table="accounts_service").values_list("action", "after__country"))
    assert sorted(found) == [("insert", "England"), ("insert", "Wales"), ("update", "Wales")]


def test_an_update_that_changes_nothing_leaves_no_history(service):
    Service.objects.filter(pk=service.pk).update(name=service.name)
    assert History.objects.filter(table="accounts_service", row=service.pk, action="update").count() == 0


def test_access_log_is_seen_by_its_service_only(service):
    other = Service.objects.create(code="X2", name="Brackwater", invented=True)
    for email, of in (("a@example.invalid", service), ("b@example.invalid", other)):
        user = User.objects.create_user(email, name="Ada", service=of, role="manager")
        Access.objects.add(user=user, kind=Access.Kind.READ, path=f"/{of.code}")
    with acting(by=None, services=[service]):
        assert [a.path for a in Access.objects.all()] == ["/X1"]
    with acting(by=None, services=[]):
        assert Access.objects.count() == 0
