"""Management boards' meetings into the record and out again: the same rows, and no other way in."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.live import tables_of
from openyj.core import clock
from openyj.exchange.load import Refused, load_tables
from openyj.invented.service import UNTIL
from openyj.invented.service import service as invented_service
from openyj.measures import ALL, figures
from openyj.measures.tests.boards import meeting
from openyj.meetings.models import Attendance, Meeting, MeetingKind, Membership
from openyj.tables import CaseTables, read_folder, write_folder

pytestmark = pytest.mark.django_db
MEASURE = ALL["board-attendance"]


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(UNTIL):
        yield


@pytest.fixture(scope="module")
def boards() -> CaseTables:
    """Three years of three invented services' boards."""
    made = invented_service(children=20, years=3)
    return CaseTables({name: made[name] for name in ("service", "board_attendance")})


def rows(tables: CaseTables) -> list[dict]:
    """A table's rows, meetings numbered anew in the order of their days."""
    found = tables["board_attendance"].to_pylist()
    numbered: dict[tuple, int] = {}
    for key in sorted({(row["service"], row["meeting_date"], row["meeting_id"]) for row in found}):
        numbered[key] = len(numbered)
    for row in found:
        row["meeting_id"] = numbered[row["service"], row["meeting_date"], row["meeting_id"]]
    return sorted(found, key=lambda row: (row["meeting_id"], row["sector"]))


def recorded() -> CaseTables:
    with acting(by=None, services=EVERY_SERVICE):
        return tables_of(None)


def test_table_comes_out_of_the_record_as_it_went_in_from_files(boards, tmp_path):
    write_folder(boards, tmp_path / "cases")
    load_tables(tables=read_folder(tmp_path / "cases"), by=None)
    out = recorded()
    assert rows(out) == rows(boards)
    shown = [(each.period.label, each.show, each.numerator, each.denominator) for each in figures(MEASURE, out, UNTIL)]
    expected = [
        (each.period.label, each.show, each.numerator, each.denominator) for each in figures(MEASURE, boards, UNTIL)
    ]
    assert shown == expected
    assert sum(numerator for _, _, numerator, _ in shown) > 0


def test_service_reads_its_own_boards_and_no_other_s(boards):
    load_tables(tables=boards, by=None)
    with acting(by=None, services=EVERY_SERVICE):
        own = tables_of(Service.objects.get(code="DUNVEXLEY"))
    expected = [row for row in boards["board_attendance"].to_pylist() if row["service"] == "DUNVEXLEY"]
    assert len(own["board_attendance"]) == len(expected) > 0
    assert set(own["board_attendance"]["service"].to_pylist()) == {"DUNVEXLEY"}


def test_folder_loaded_twice_adds_no_meeting_twice(boards):
    load_tables(tables=boards, by=None)
    with acting(by=None, services=EVERY_SERVICE):
        before = [model.objects.count() for model in (MeetingKind, Meeting, Membership, Attendance)]
    with pytest.raises(Refused) as refusal:
        load_tables(tables=boards, by=None)
    assert {fault.rule for fault in refusal.value.faults} == {"LOAD-13"}
    with acting(by=None, services=EVERY_SERVICE):
        assert [model.objects.count() for model in (MeetingKind, Meeting, Membership, Attendance)] == before


def test_later_meetings_of_a_board_join_the_earlier(service):
    load_tables(tables=of(service, 1, date(2025, 5, 1)), by=None)
    load_tables(tables=of(service, 1, date(2025, 8, 1)), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert (MeetingKind.objects.count(), Meeting.objects.count(), Membership.objects.count()) == (1, 2, 2)
    assert [row["meeting_date"] for row in rows(recorded()) if row["senior_attended"]] == [
        date(2025, 5, 1),
        date(2025, 8, 1),
    ]


def test_loaded_meetings_are_those_of_the_kind_marked_as_the_board_or_called_so(service):
    common = {"service": service, "recorded_by": None}
    with acting(by=None, services=EVERY_SERVICE):
        called = MeetingKind.objects.create(name="management board", **common)
        panel = MeetingKind.objects.create(name="Panel", **common)
        Meeting.objects.create(
            kind=panel, day=date(2025, 5, 1), begins="10:00", place="Room 1", state="held", **common
        )  # a panel on the board's day is no reason to refuse the load
    load_tables(tables=of(service, 1, date(2025, 5, 1)), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        called.refresh_from_db()
        assert called.is_board and called.meetings.count() == 1
        MeetingKind.objects.filter(pk=called.pk).update(is_board=False)
        MeetingKind.objects.filter(pk=panel.pk).update(is_board=True)
    load_tables(tables=of(service, 2, date(2025, 8, 1)), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert panel.meetings.count() == 2


def of(service: Service, number: int, day: date, **given) -> CaseTables:
    said = {"senior": "POLICE", "delegate": "POLICE", "new": "POLICE"} | given
    return CaseTables.from_rows({"board_attendance": meeting(number, day, service=service.code, **said)})


def test_new_partner_is_said_once_where_two_came(service):
    load_tables(tables=of(service, 1, date(2025, 5, 1)), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert Attendance.objects.filter(new_partner=True).count() == 1
    (police,) = (row for row in rows(recorded()) if row["sector"] == "POLICE")
    assert (police["senior_attended"], police["delegate_attended"], police["new_partner"]) == (True, True, True)


def test_unknown_service_and_a_missing_sector_refuse_the_load(service):
    whole = of(service, 1, date(2025, 5, 1))["board_attendance"].to_pylist()
    for given, rule in (
        ([{**row, "service": "NOWHERE"} for row in whole], "LOAD-2"),
        ([row for row in whole if row["sector"] != "HEALTH"], "BRD-2"),
        ([{**row, "meeting_date": date(2027, 1, 1)} for row in whole], "BRD-1"),
    ):
        with pytest.raises(Refused) as refusal:
            load_tables(tables=CaseTables.from_rows({"board_attendance": given}), by=None)
        assert {fault.rule for fault in refusal.value.faults} == {rule}
    with acting(by=None, services=EVERY_SERVICE):
        assert not Meeting.objects.exists()


def test_meetings_planned_recorded_in_error_or_to_come_are_in_no_row(service):
    load_tables(tables=of(service, 1, date(2025, 5, 1)), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        held = Meeting.objects.get()
        common = {"service": held.service, "kind": held.kind, "begins": held.begins, "place": "Room 1"}
        Meeting.objects.create(day=date(2025, 6, 1), state="planned", **common)
        Meeting.objects.create(day=date(2027, 6, 1), state="cancelled", cancelled_because="Snow", **common)
        wrong = Meeting.objects.create(day=date(2025, 7, 1), state="held", **common)
        wrong.in_error_at, wrong.in_error_reason = clock.now(), "Typed twice"
        wrong.save()
        Attendance.objects.update(in_error_at=clock.now(), in_error_reason="Another meeting")
    found = rows(recorded())
    assert {row["meeting_date"] for row in found} == {date(2025, 5, 1)}
    assert not any(row["senior_attended"] or row["delegate_attended"] for row in found)
