"""The main pages of the demo: server time and number of queries, each page as a person who uses it.

    .venv/bin/python benchmarks/pages.py [--times 20]

Runs in one process against a copy of the demo's database, through every middleware, without network and browser: what
is measured is what the server does for a page. Prints median, 95th percentile and queries; then the time from a
change in the record to the service's page saying it, and a document's build.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from ops import postgres  # noqa: E402
from ops.databases import clone_demo  # noqa: E402

DATABASE = f"openyj_test_benchmark_{os.getpid()}"


def start_django() -> None:
    postgres.start()
    clone_demo(DATABASE)
    os.environ |= postgres.site_environment(DATABASE, mode="test")
    import django

    django.setup()


def pages() -> list[tuple[str, str, str]]:
    """(what, role, address) of the main pages, about a child with much on their record."""
    from django.db.models import Count
    from django.urls import reverse

    from openyj.accounts.scope import EVERY_SERVICE, acting
    from openyj.invented.places import MAIN
    from openyj.people.models import Child

    with acting(by=None, services=EVERY_SERVICE):
        child = (
            Child.objects.standing()
            .filter(service__code=MAIN.service, restricted_reason="")
            .annotate(n=Count("offences"))
            .order_by("-n")
            .first()
        )
    of_child = {"child_id": child.pk}
    return [
        ("my work", "practitioner", reverse("home:home")),
        ("children", "practitioner", reverse("people:children")),
        ("search by name", "practitioner", reverse("people:search") + f"?q={child.family_name[:5]}"),
        ("record", "practitioner", reverse("people:child", kwargs=of_child)),
        ("timeline", "practitioner", reverse("people:timeline", kwargs=of_child)),
        ("offences and outcomes", "practitioner", reverse("casework:offences", kwargs=of_child)),
        ("history of the record", "practitioner", reverse("people:history", kwargs=of_child)),
        ("performance", "head_of_service", reverse("performance:home")),
        ("first time entrants", "head_of_service", reverse("performance:measure", args=["first-time-entrants"])),
        ("reoffending", "head_of_service", reverse("performance:measure", args=["reoffending"])),
        ("contributions", "head_of_service", reverse("finance:years")),
        ("Plans", "head_of_service", reverse("plans:home")),
        ("users", "administrator", reverse("accounts:users")),
    ]


def client_of(role: str):
    from django.test import Client

    from openyj.accounts.models import User
    from openyj.invented.places import MAIN

    client = Client()
    client.force_login(User.objects.filter(service__code=MAIN.service, role=role).order_by("pk").first())
    return client


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each of `times` runs, after two that are not counted."""
    work(), work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)


def row(what: str, taken: list[float], queries: int | str) -> str:
    median = statistics.median(taken) * 1000
    late = taken[min(int(len(taken) * 0.95), len(taken) - 1)] * 1000
    return f"{what:<44} {median:>8.1f} {late:>8.1f} {queries:>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    args = parser.parse_args()
    start_django()
    try:
        measure(args.times)
    finally:
        from django.db import connection

        connection.close()
        postgres.drop(DATABASE)


def measure(times: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print(f"{'page':<44} {'median':>8} {'95th':>8} {'queries':>8}   (milliseconds of server time)")
    for what, role, address in pages():
        client = client_of(role)

        def get(client=client, address=address):
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        taken = timed(get, times)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get()
        print(row(f"{what} ({role.replace('_', ' ')})", taken, len(queries)))
    print(row("from a change to the page that says it", timed(change_and_look, max(times // 4, 3)), ""))
    for format in ("html", "docx", "pdf"):
        print(row(f"the draft Plan as {format}", timed(lambda f=format: build_plan(f), max(times // 4, 3)), ""))


def change_record() -> None:
    """Mark the service's latest outcome as recorded in error, so that nothing worked out before still holds."""
    from openyj.accounts.models import User
    from openyj.accounts.scope import acting
    from openyj.casework.models import Outcome
    from openyj.core import clock
    from openyj.invented.places import MAIN

    officer = User.objects.get(service__code=MAIN.service, role="data_officer")
    error = {"in_error_at": clock.now(), "in_error_by": officer, "in_error_reason": "A benchmark"}
    with acting(by=officer):
        last = Outcome.objects.filter(service=officer.service_id, in_error_at=None).order_by("outcome_date").last()
        Outcome.objects.filter(pk=last.pk).update(**error)


def change_and_look() -> None:
    from django.urls import reverse

    change_record()
    response = client_of("head_of_service").get(reverse("performance:measure", args=["first-time-entrants"]))
    assert response.status_code == 200


def build_plan(format: str) -> None:
    """The whole draft Plan as one file: snapshot, figures, charts, the file itself."""
    from openyj.accounts.models import User
    from openyj.accounts.scope import acting
    from openyj.invented.places import MAIN
    from openyj.plans.models import Plan
    from openyj.plans.services import produce_draft

    change_record()  # else the file made before would be handed out again
    head = User.objects.get(service__code=MAIN.service, role="head_of_service")
    with acting(by=head):
        file = produce_draft(plan=Plan.objects.visible_to(head).first(), format=format, by=head)
        assert len(file.content) > 1000


if __name__ == "__main__":
    main()
