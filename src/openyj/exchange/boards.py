"""A bulk load of the management boards' meetings: who came for which sector.

The table names nobody. A seat is recorded as that of an unnamed partner of its sector, senior or not; a board's terms
of reference, its papers and minutes are no part of the table, and the record says that they were not supplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

import pyarrow as pa
from django.db.models import Q

from openyj.accounts.models import Service
from openyj.accounts.versions import save_version
from openyj.meetings.models import Agency, Attendance, Level, Meeting, MeetingKind, Membership, Terms
from openyj.meetings.quorum import Sector
from openyj.tables import CaseTables, Fault
from openyj.tables.contents import BY_NAME
from openyj.tables.validity import Look, keys

TABLE = "board_attendance"
BOARD = "Management board"
NOT_SUPPLIED = "Not supplied"
# The record wants an hour, and the table has none. No board meets at midnight, so it is seen not to be known.
NO_HOUR = time(0, 0)
# A kind of this name that nobody has marked yet is the board too: the load marks it.
OF_BOARD = Q(kind__is_board=True) | Q(kind__name__iexact=BOARD)
Row = Mapping[str, Any]


def boards_here(look: Look) -> Iterator[Fault]:
    """A board's meeting is here already when its service has one of that day: a folder loaded twice adds none twice."""
    if TABLE not in look.tables:
        return
    here = Meeting.objects.standing().filter(OF_BOARD).values_list("service__code", "day")
    codes, days = zip(*here, strict=True) if here else ((), ())
    known = {"service": pa.array(codes, pa.string()), "day": pa.array(days, pa.date32())}
    look.connection.register("known_meeting", pa.table(known))
    yield from look.faults(
        "LOAD-13",
        BY_NAME[TABLE],
        "meeting_date",
        "Service '{0}' has a meeting on {1} already. If this folder was loaded before, there is nothing to do; if it "
        "is another meeting, record it in the meetings",
        "error",
        f"SELECT {keys(BY_NAME[TABLE])}, r.service, r.meeting_date FROM {TABLE} r "  # noqa: S608
        "SEMI JOIN known_meeting k ON k.service = r.service AND k.day = r.meeting_date "
        "QUALIFY row_number() OVER (PARTITION BY r.service, r.meeting_id ORDER BY r.sector) = 1",
    )


def write_boards(tables: CaseTables, by: int | None) -> int:
    """Write the table's meetings and seats into the record; how many rows of the table there were."""
    rows = tables[TABLE].to_pylist()
    services = {service.code: service for service in Service.objects.filter(code__in={row["service"] for row in rows})}
    for code, service in sorted(services.items()):
        own = [row for row in rows if row["service"] == code]
        write_board(service, own, {"service": service, "recorded_by_id": by})
    return len(rows)


def write_board(service: Service, rows: list[Row], common: dict[str, Any]) -> None:
    """One service's meetings."""
    begun = min(row["meeting_date"] for row in rows)
    kind = board_of(service, begun, common)
    members = members_of(kind, rows, begun, common)
    by_number = {row["meeting_id"]: row for row in rows}
    meetings = Meeting.objects.bulk_create(
        Meeting(
            kind=kind,
            day=row["meeting_date"],
            begins=NO_HOUR,
            place=NOT_SUPPLIED,
            state=Meeting.State.HELD if row["held"] else Meeting.State.CANCELLED,
            cancelled_because="" if row["held"] else NOT_SUPPLIED,
            **common,
        )
        for row in by_number.values()
    )
    made = dict(zip(by_number, meetings, strict=True))
    Attendance.objects.bulk_create(
        Attendance(
            meeting=made[row["meeting_id"]],
            membership=members[row["sector"], level],
            how=Attendance.How.PRESENT,
            agency=members[row["sector"], level].agency,
            level=level,
            # Which of two it was the table does not say.
            new_partner=bool(row["new_partner"]) and level == levels_of(row)[0],
            **common,
        )
        for row in rows
        for level in levels_of(row)
    )


def levels_of(row: Row) -> list[Level]:
    """Who came for a sector."""
    came = ((Level.SENIOR, row["senior_attended"]), (Level.DELEGATE, row["delegate_attended"]))
    return [level for level, there in came if there]


def board_of(service: Service, begun: date, common: dict[str, Any]) -> MeetingKind:
    """The service's management board: the kind marked as it; else the one called so, which is then marked; else a new
    one, with terms that ask for nothing."""
    kinds = MeetingKind.objects.standing().filter(service=service)
    if marked := kinds.filter(is_board=True).first():
        return marked
    if named := kinds.filter(name__iexact=BOARD).first():
        return save_version(named, version=named.version, changes={"is_board": True})
    kind = MeetingKind.objects.create(name=BOARD, is_board=True, **common)
    Terms.objects.create(kind=kind, valid_from=begun, sectors=0, papers_days=0, source=NOT_SUPPLIED, **common)
    return kind


def members_of(
    kind: MeetingKind, rows: Iterable[Row], begun: date, common: dict[str, Any]
) -> dict[tuple[str, Level], Membership]:
    """An unnamed member for each sector and seniority that came, known before or made."""
    wanted = sorted({(row["sector"], level) for row in rows for level in levels_of(row)})
    agencies = {a.name: a for a in Agency.objects.standing().filter(service=kind.service)}
    members = {m.name: m for m in Membership.objects.standing().filter(kind=kind).select_related("agency")}
    found = {}
    for code, level in wanted:
        sector = Sector(code.lower())
        agency_name = f"{sector.label}, not named"
        if agency_name not in agencies:
            agencies[agency_name] = Agency.objects.create(name=agency_name, sector=sector, **common)
        name = f"{level.label}, {str(sector.label).lower()}"
        if name not in members:
            members[name] = Membership.objects.create(
                kind=kind,
                name=name,
                post=NOT_SUPPLIED,
                agency=agencies[agency_name],
                level=level,
                valid_from=begun,
                **common,
            )
        found[code, level] = members[name]
    return found
