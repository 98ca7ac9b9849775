"""The main pages on the whole invented country, which `benchmarks.load` put into a database.

    .venv/bin/python -m benchmarks.pages_country [--database openyj_country] [--only in-process|served] [--times 15]
        [--people 1,4,16]

(with PYTHONPATH=src:. in a checkout). First in one process, through every middleware: server time and queries of each
page at the largest service, one of middling size and the smallest, and of the child with the longest record, and how
much of the time a processor worked for it, which other work on the machine changes least. Then against the real site
on 127.0.0.1, as `./run` starts it, with 1, 4 and 16 people of different services at once, each asking for page after
page: the time until the whole page is there, on a machine that the people's side shares.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ops import postgres
from ops.site import free_port, server_command

AT_ONCE = (1, 4, 16)
SHARE = 0.95
MOST_SECONDS = 90  # that one number of people may take


@dataclass(frozen=True)
class Look:
    """One page as one person asks for it."""

    page: str
    service: str
    email: str
    address: str


def start_django(database: str) -> None:
    postgres.start()
    os.environ |= postgres.site_environment(database, mode="test")
    import django

    django.setup()


def services_by_size() -> list:
    """Every service that has children, the one with most first."""
    from django.db.models import Count

    from openyj.accounts.models import Service
    from openyj.accounts.scope import EVERY_SERVICE, acting
    from openyj.people.models import Child

    with acting(by=None, services=EVERY_SERVICE):
        counted = Child.objects.values_list("service").annotate(count=Count("id")).order_by("-count")
        services = Service.objects.in_bulk()
        return [services[pk] for pk, _ in counted]


def looks_of(service, *, longest: bool = False) -> list[Look]:
    """The main pages of one service, about a child its practitioner works with, or the one with the longest record."""
    from django.db.models import Count
    from django.urls import reverse

    from openyj.accounts.models import User
    from openyj.accounts.scope import acting
    from openyj.finance.models import FinancialYear
    from openyj.people.models import Child

    people = {
        role: User.objects.filter(service=service, role=role).order_by("pk").first()
        for role in ("practitioner", "manager", "head_of_service", "data_officer", "administrator")
    }
    with acting(by=None, services=[service]):
        children = Child.objects.standing().filter(restricted_reason="").annotate(count=Count("offences"))
        of_practitioner = children.filter(worker=people["practitioner"]).order_by("count")
        child = children.order_by("-count")[0] if longest else list(of_practitioner)[of_practitioner.count() // 2]
        commonest = (
            Child.objects.values_list("family_name").annotate(count=Count("id")).order_by("-count", "family_name")[0][0]
        )
        money = FinancialYear.objects.filter(service=service).order_by("-starts")[0]
    about = [child.pk]
    find = reverse("people:search")
    asked = [
        ("my work, practitioner", "practitioner", reverse("home:home")),
        ("my work, manager", "manager", reverse("home:home")),
        ("my work, data officer", "data_officer", reverse("home:home")),
        ("children", "practitioner", reverse("people:children")),
        ("children, last page", "practitioner", reverse("people:children") + "?page=9999"),
        ("search, a common name", "practitioner", f"{find}?q={commonest}"),
        ("search, two words misspelt", "practitioner", f"{find}?q={slip(child.given_name)}+{slip(child.family_name)}"),
        ("search, name and date of birth", "practitioner", f"{find}?q={child.family_name}+{child.date_of_birth}"),
        ("search, number", "practitioner", f"{find}?q={child.number}"),
        ("record", "practitioner", reverse("people:child", args=about)),
        ("timeline", "practitioner", reverse("people:timeline", args=about)),
        ("offences and outcomes", "practitioner", reverse("casework:offences", args=about)),
        ("programmes", "practitioner", reverse("casework:programmes", args=about)),
        ("history of the record", "practitioner", reverse("people:history", args=about)),
        ("performance", "head_of_service", reverse("performance:home")),
        ("reoffending", "head_of_service", reverse("performance:measure", args=["reoffending"])),
        ("contributions of a year", "head_of_service", reverse("finance:year", args=[money.starts])),
        ("contributions, years", "head_of_service", reverse("finance:years")),
        ("actions", "head_of_service", reverse("actions:register")),
        ("users", "administrator", reverse("accounts:users")),
    ]
    return [Look(page, service.name, people[role].email, address) for page, role, address in asked]


def slip(name: str) -> str:
    """The name with two letters changed round."""
    return name[:2] + name[3:4] + name[2:3] + name[4:]


def in_process(times: int) -> None:
    """Server time and queries, page by page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.pages import timed

    services = services_by_size()
    for title, looks in [
        ("the largest service", looks_of(services[0])),
        ("a service of middling size", looks_of(services[len(services) // 2])),
        ("the smallest service", looks_of(services[-1])),
        ("the largest service, the child with most offences", [
            look for look in looks_of(services[0], longest=True)
            if look.page in {"record", "timeline", "offences and outcomes", "programmes", "history of the record"}
        ]),
    ]:  # fmt: skip
        print(f"\n{title}\n{'page':<34} {'median':>8} {'95th':>8} {'site':>8} {'database':>8} {'queries':>8}"
              "   (milliseconds of server time; of them on a processor; queries)")  # fmt: skip
        for look in looks:
            client = client_of(look.email)

            def get(client=client, look=look):
                response = client.get(look.address)
                assert response.status_code == 200, (look, response.status_code)

            get()
            site, database = time.process_time(), processor_of_database()
            taken = timed(get, times)
            # `timed` runs it twice more than it counts.
            site = (time.process_time() - site) / (times + 2)
            database = (processor_of_database() - database) / (times + 2)
            with CaptureQueriesContext(connection) as queries:
                get()
            more = f"{site * 1000:>8.1f} {database * 1000:>8.1f} {len(queries):>8}"
            print(row(look.page, [seconds * 1000 for seconds in taken], more), flush=True)


def processor_of_database() -> float:
    """Seconds that the database's process for this connection has spent on a processor. Times on the clock say more
    about who else uses the machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    told = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def client_of(email: str):
    from django.test import Client

    from openyj.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def row(what: str, milliseconds: list[float], more: object) -> str:
    ordered = sorted(milliseconds)
    late = ordered[min(int(len(ordered) * SHARE), len(ordered) - 1)]
    return f"{what:<34} {statistics.median(ordered):>8.1f} {late:>8.1f} {more:>8}"


def served(database: str, at_once: Sequence[int]) -> None:
    """The same pages from the real server, with several people at once."""
    postgres.run_manage("collectstatic", "--noinput", database=database)
    services = services_by_size()
    chosen = [services[round(n * (len(services) - 1) / (max(AT_ONCE) - 1))] for n in range(max(AT_ONCE))]
    people = [[(look, cookie_of(look.email)) for look in looks_of(service)] for service in chosen]
    port = free_port(None)
    server = subprocess.Popen(
        server_command(port),
        env=postgres.site_environment(database),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        for person in people[:4]:
            ask(port, person)  # once, so that no worker's first pages are counted
        for count in at_once:
            report(count, *with_people(port, people, count))
    finally:
        server.terminate()
        server.wait(30)


def cookie_of(email: str) -> str:
    """A session as signing in gives one."""
    client = client_of(email)
    return f"openyj_session={client.cookies['openyj_session'].value}"


def wait_for(port: int) -> None:
    for _ in range(400):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/alive")
            if connection.getresponse().status < 300:
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("The site does not start.")


def ask(port: int, looks: list) -> list[tuple[str, float]]:
    """One person's pages, one after another on one connection: page and milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for look, cookie in looks:
        begun = time.perf_counter()
        connection.request("GET", look.address.replace(" ", "%20"), headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        assert response.status == 200, (look, response.status)
        taken.append((look.page, (time.perf_counter() - begun) * 1000))
    connection.close()
    return taken


def with_people(port: int, people: list, count: int) -> tuple[dict[str, list[float]], float]:
    """`count` people at once, each of another service, until each has gone through the pages often enough."""
    found: dict[str, list[float]] = {}
    lock = threading.Lock()
    rounds = max(16 // count, 2)
    begun = time.perf_counter()
    failed = []

    def work(looks: list) -> None:
        try:
            for turn in range(rounds):
                if time.perf_counter() - begun > MOST_SECONDS:
                    return
                # Each begins at another page, so that not all ask for the same at once.
                start = (turn * 5 + people.index(looks) * 3) % len(looks)
                taken = ask(port, looks[start:] + looks[:start])
                with lock:
                    for page, milliseconds in taken:
                        found.setdefault(page, []).append(milliseconds)
        except BaseException as reason:
            failed.append(reason)

    threads = [threading.Thread(target=work, args=(looks,)) for looks in people[:count]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return found, time.perf_counter() - begun


def report(count: int, found: dict[str, list[float]], seconds: float) -> None:
    answers = sum(map(len, found.values()))
    print(f"\n{count} {'person' if count == 1 else 'people'} at once: {answers} pages in {seconds:.1f} s, "
          f"{answers / seconds:.1f} a second")  # fmt: skip
    print(f"{'page':<34} {'median':>8} {'95th':>8} {'pages':>8}   (milliseconds until the whole page is there)")
    for page, milliseconds in found.items():
        print(row(page, milliseconds, len(milliseconds)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="openyj_country")
    parser.add_argument("--only", choices=["in-process", "served"])
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--people", default=",".join(map(str, AT_ONCE)), help="how many at once, for the served site")
    args = parser.parse_args()
    start_django(args.database)
    if args.only != "served":
        in_process(args.times)
    if args.only != "in-process":
        served(args.database, [int(count) for count in args.people.split(",")])


if __name__ == "__main__":
    main()
