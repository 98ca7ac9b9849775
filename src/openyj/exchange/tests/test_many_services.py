"""The main pages where many services share the database: every question about children is answered through an index, as
the site's role under row-level security, and none by reading the rows of all services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel import live
from openyj.casework.models import Programme
from openyj.exchange.load import load_tables
from openyj.invented.places import Place
from openyj.invented.service import lives
from openyj.people.models import Child

pytestmark = pytest.mark.django_db
SERVICES = 6
OF_ALL_SERVICES = ("people_", "casework_", "accounts_history", "accounts_access")


@pytest.fixture
def loaded():
    """Services with children, the one whose pages are looked at among them."""
    places = [Place(f"M{n}", f"Service {n}", "MX", (("Upper", 1.0),), 1.0, 9000, 0) for n in range(SERVICES)]
    tables = lives(np.random.default_rng(3), places, [40] * SERVICES, 3, date(2026, 9, 30))
    load_tables(tables=tables, by=None)
    return Service.objects.get(code="M1")


@pytest.fixture
def addresses(loaded, staff) -> dict[str, tuple[object, str]]:
    """The pages, as who asks for them."""
    people = {role: staff(role, service=loaded) for role in ("practitioner", "manager", "data_officer")}
    with acting(by=None, services=EVERY_SERVICE):
        mine = Child.objects.standing().filter(service=loaded)
        mine.filter(pk__in=Programme.objects.filter(end_date=None).values("child")).update(
            worker=people["practitioner"]
        )
        child = mine.annotate(count=Count("offences")).order_by("-count").first()
    find, about = reverse("people:search"), [child.pk]
    pages = {
        "my work": ("practitioner", reverse("home:home")),
        "my work of a manager": ("manager", reverse("home:home")),
        "my work of a data officer": ("data_officer", reverse("home:home")),
        "children": ("practitioner", reverse("people:children")),
        "search by name": ("practitioner", f"{find}?q=Suplied+{child.family_name}"),
        "search by number": ("practitioner", f"{find}?q=ZZ19/2099A"),
        "search by date": ("practitioner", f"{find}?q={child.date_of_birth}"),
        "record": ("practitioner", reverse("people:child", args=about)),
        "timeline": ("practitioner", reverse("people:timeline", args=about)),
        "offences": ("practitioner", reverse("casework:offences", args=about)),
        "programmes": ("practitioner", reverse("casework:programmes", args=about)),
        "history": ("practitioner", reverse("people:history", args=about)),
        "who has looked": ("manager", reverse("people:looked", args=about)),
    }
    return {page: (people[role], address) for page, (role, address) in pages.items()}


def read_whole(plan: dict) -> Iterator[str]:
    """The tables that a plan reads from the first row to the last."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from read_whole(part)


def plans_of(statements: list[str], user) -> Iterator[tuple[str, dict]]:
    """How the database would answer each question, if it took any index that serves, however few rows there are."""
    with acting(by=user), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            found = cursor.fetchone()[0]
            yield statement, (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        cursor.execute("SET LOCAL enable_seqscan = on")


def test_no_page_reads_the_rows_of_every_service(addresses, sign_in):
    asked = 0
    for page, (user, address) in addresses.items():
        client = sign_in(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, page
        questions = [q["sql"] for q in queries if q["sql"].lstrip("(").upper().startswith("SELECT")]
        for statement, plan in plans_of(questions, user):
            whole = [table for table in read_whole(plan) if table.startswith(OF_ALL_SERVICES)]
            assert not whole, (page, whole, statement)
            asked += 1
    assert asked > 5 * len(addresses)


def test_a_question_without_an_index_would_be_found(loaded, staff):
    """What this file holds can fail: a number is not what children are found by across services."""
    with acting(by=None, services=EVERY_SERVICE):
        sql = "SELECT * FROM people_child WHERE how_to_work_with_me = 'x'"
        user = staff("data_officer", service=loaded)
    ((_, plan),) = plans_of([sql], user)
    assert list(read_whole(plan)) == ["people_child"]


def test_pages_ask_as_often_for_a_long_record_as_for_a_short_one(addresses, loaded, sign_in):
    user = addresses["record"][0]
    with acting(by=None, services=EVERY_SERVICE):
        counted = Child.objects.standing().filter(service=loaded, restricted_reason="", offences__outcomes__gt=0)
        by_length = counted.annotate(count=Count("offences", distinct=True)).order_by("count", "pk")
        short, long = by_length.first(), by_length.last()
    assert long.count > short.count
    client = sign_in(user)
    client.get(addresses["record"][1])  # a session's first page writes the session
    for name in ("people:child", "people:timeline", "casework:offences"):
        asked = []
        for child in (short, long):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name, args=[child.pk])).status_code == 200
            asked.append(len(queries))
        # A timeline of more than one page counts what there is, which one that fits its page need not.
        assert asked[1] - asked[0] in ((0, 1) if name == "people:timeline" else (0,)), name


def indexes(plan: dict) -> Iterator[str]:
    """The indexes a plan uses."""
    if "Index Name" in plan:
        yield plan["Index Name"]
    for part in plan.get("Plans", ()):
        yield from indexes(part)


def test_the_tables_behind_a_services_figures_are_read_through_indexes(loaded):
    """Every service is in scope here, so nothing but the question keeps it from the rows of all."""
    question = live.statement(loaded).removeprefix("COPY (").removesuffix(") TO STDOUT (FORMAT csv)")
    with acting(by=None, services=EVERY_SERVICE), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {question}")
        (found,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_seqscan = on")
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    assert [table for table in read_whole(plan) if table.startswith(OF_ALL_SERVICES)] == []
    # A person's record and whoever might be the same person, both among the few that have an originating number.
    assert list(indexes(plan)).count("child_by_origin") == 2
