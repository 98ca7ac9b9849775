"""Putting the invented service into the record, through the same doors as anybody's data."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.contrib.auth.hashers import make_password

from openyj.accounts.models import Service, Team, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.national import build
from openyj.demo.about import add_about
from openyj.demo.assessments import add_assessments
from openyj.demo.board import add_board
from openyj.demo.duties import add_duties
from openyj.demo.lately import add_last_weeks
from openyj.demo.network import add_networks
from openyj.demo.offences import add_to_offences
from openyj.demo.packs import add_pack
from openyj.demo.papers import add_evidence, add_files
from openyj.demo.paperwork import add_contributions, add_draft_plan
from openyj.demo.people import OVERSEERS, PASSWORD
from openyj.demo.referrals import add_referrals
from openyj.demo.reports import add_reports
from openyj.demo.rota import add_rota
from openyj.exchange.load import Beside, load_tables
from openyj.invented.details import Details, details
from openyj.invented.places import MAIN, PLACES, REGION
from openyj.invented.service import service as invented_service
from openyj.tables import CaseTables

KEPT = ("given_name", "family_name", "known_as", "how_to_work_with_me", "restricted_reason")


def load_demo() -> None:
    """Load the invented service and its neighbours: people, children, casework, contributions and a
    draft Plan; and build the national snapshot of them and an invented country. All of it or nothing."""
    # A year more than the five that pages show: the first rolling year needs the year before it.
    tables = invented_service(children=480, years=6)
    given = details(tables)
    with acting(by=None, services=EVERY_SERVICE):
        for place in PLACES.value:
            Service.objects.create(code=place.service, name=place.name, region=REGION.value, invented=True)
        for each in OVERSEERS:
            Service.objects.create(
                code=each.code, name=each.body, region=each.region, oversees=each.oversees, invented=True
            )
        staff, teams = add_staff(given.staff.to_pylist())
        officer = next(u for u in staff.values() if u.role == "data_officer")
        load_tables(tables=neighbours_boards(tables), by=officer, beside=beside(given, staff, teams))
        head = next(u for u in staff.values() if u.role == "head_of_service")
        add_board(service=head.service)  # before the Plan, which cites who came to it
        with acting(by=head):
            starts = add_contributions(service=head.service, by=head)
            add_draft_plan(service=head.service, starts=starts, by=head)
        add_last_weeks(service=head.service)
        add_to_offences(service=head.service)
        add_duties(service=head.service)
        add_referrals(service=head.service)
        add_about(service=head.service)
        add_networks(service=head.service)
        add_files(service=head.service)
        add_evidence(service=head.service)
        add_assessments(service=head.service)
        add_reports(service=head.service)
        add_rota(service=head.service)
        add_pack(service=head.service)
        overseer = User.objects.get(role="national_user")
        with acting(by=overseer):
            build(by=overseer)


def neighbours_boards(tables: CaseTables) -> CaseTables:
    """The tables without the main service's board, whose meetings are told in the register: who sat, what was said."""
    boards = tables["board_attendance"]
    return tables.replacing({"board_attendance": boards.filter(pc.not_equal(boards["service"], MAIN.service))})


def add_staff(rows: list[dict[str, Any]]) -> tuple[dict[int, User], dict[tuple[str, str], Team]]:
    """The invented staff by staff_id and their teams by service and name. All have the one password, hashed once."""
    services = {s.code: s for s in Service.objects.all()}
    teams = {
        (code, name): Team.objects.create(service=services[code], name=name)
        for code, name in sorted({(r["service"], r["team"]) for r in rows if r["team"]})
    }
    password = make_password(PASSWORD)
    staff = {}
    for row in rows:
        staff[row["staff_id"]] = User.objects.create(
            email=row["email"],
            name=row["name"],
            role=row["role"],
            service=services[row["service"]],
            team=teams.get((row["service"], row["team"])),
            password=password,
        )
    for each in OVERSEERS:
        User.objects.create(
            email=each.email, name=each.name, role=each.role, service=services[each.code], password=password
        )
    return staff, teams


def beside(given: Details, staff: dict[int, User], teams: dict[tuple[str, str], Team]) -> Beside:
    """The invented details as columns of the record."""
    children = given.children
    workers = [worker and staff[worker].pk for worker in children["worker_id"].to_pylist()]
    of_teams = [team and teams[MAIN.service, team].pk for team in children["team"].to_pylist()]
    kept = children.select(["child_id", *KEPT])
    return Beside(
        children=kept.append_column("worker_id", pa.array(workers, pa.int64())).append_column(
            "team_id", pa.array(of_teams, pa.int64())
        ),
        addresses=given.addresses,
        offences=given.offences,
        police_bails=given.police_bails,
    )
