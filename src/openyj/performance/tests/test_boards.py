"""Board attendance (KPI 8) on the pages: what the register says, what a quarter without a board says, who may see who
came, and never a child."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from openyj import measures
from openyj.accounts.models import Access
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.columns import SELECTS
from openyj.caselevel.live import tables_of
from openyj.caselevel.services import take_snapshot
from openyj.core import clock
from openyj.meetings.models import Attendance, Level, Meeting, MeetingKind
from openyj.meetings.quorum import Sector
from openyj.performance.tests.boards import hold, make_board_figure, take_seat
from openyj.performance.tests.factories import make_figure, record_begins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]
P = Permission
BOARD = "/performance/board-attendance"
MAY, JULY, AUGUST = date(2026, 5, 11), date(2026, 7, 13), date(2026, 8, 24)
FIVE = "social_care education police probation health"


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def evidence(figure) -> str:
    return f"/performance/figure/{figure.code}"


def meetings(figure) -> str:
    return f"{evidence(figure)}/meetings"


@pytest.fixture
def board(service):
    """Two boards in July to September 2026 and one before; nobody is senior for education or health in July."""
    hold(service, date(2025, 8, 4), senior="police health")
    hold(service, MAY, senior=FIVE, new="health")
    hold(service, JULY, senior="social_care police other", delegate="education", new="education")
    hold(service, AUGUST, senior="police probation", delegate="police")
    return service


def figures_of(service) -> dict[tuple[str, str], measures.Figure]:
    with acting(by=None, services=EVERY_SERVICE):
        found = measures.figures(
            measures.ALL["board-attendance"], tables_of(service), clock.today(), service=service.code
        )
    return {(each.show, each.period.label): each for each in found}


def test_figure_is_what_the_meetings_own_register_says(board):
    """Counted once more from the room's own rows, without tables or measure."""
    statutory = ~Q(agency__sector="other")
    with acting(by=None, services=EVERY_SERVICE):
        came = Attendance.objects.counting().attended().filter(statutory, meeting__service=board)
        quarter = came.filter(meeting__day__range=(date(2026, 7, 1), date(2026, 9, 30)))

        def sectors(**held) -> int:
            return quarter.filter(**held).values("agency__sector").distinct().count()

        counted = (sectors(level="senior"), sectors(level="delegate"), sectors(new_partner=True))
    found = figures_of(board)
    shown = tuple(found[show, "2026Q2"].numerator for show in ("senior", "delegate", "new_partner"))
    assert shown == counted == (3, 2, 1)
    assert {figure.denominator for (_, label), figure in found.items() if label == "2026Q2"} == {5}


@pytest.fixture
def panel(board):
    """Meetings of another kind, to which everybody came: in a quarter with a board and in one without."""
    hold(board, date(2026, 7, 20), senior=FIVE, delegate="other", kind="Referral order panel")
    hold(board, date(2026, 2, 2), senior=FIVE, kind="Referral order panel")


def test_meetings_of_another_kind_than_the_marked_one_are_in_no_figure(board, panel):
    """REC-1, drawn by hand: the two boards of the quarter had senior partners of three sectors, the panel of five."""
    found = figures_of(board)
    assert found["senior", "2026Q2"].numerator == 3 and found["senior", "2025Q4"].value is None
    with acting(by=None, services=EVERY_SERVICE):
        MeetingKind.objects.update(is_board=False)
        MeetingKind.objects.filter(name="Referral order panel").update(is_board=True)
    found = figures_of(board)
    assert (found["senior", "2026Q2"].numerator, found["senior", "2025Q4"].numerator) == (5, 5)
    with acting(by=None, services=EVERY_SERVICE):
        MeetingKind.objects.update(is_board=False)
    assert figures_of(board) == {}


def test_without_the_rule_a_panel_would_be_a_board(board, panel, monkeypatch):
    monkeypatch.setitem(SELECTS, "board_attendance", SELECTS["board_attendance"].replace(" AND k.is_board", ""))
    found = figures_of(board)
    assert (found["senior", "2026Q2"].numerator, found["senior", "2025Q4"].numerator) == (5, 5)


def test_meetings_behind_a_figure_are_the_board_s_alone(board, panel, sign_in):
    rows = sign_in("head_of_service").get(meetings(make_board_figure(board))).context["listing"].rows
    assert {row.day for row in rows} == {JULY, AUGUST}


def test_page_shows_quarters_and_says_where_no_board_was_held(board, sign_in):
    response = sign_in("head_of_service").get(BOARD)
    page = text(response)
    lines = {line.label: line for line in response.context["detail"].lines}
    assert lines["July to September 2026"].value == "3 of 5"
    assert lines["April to June 2026"].value == "5 of 5"
    nothing = "cannot be computed: no board that was held is recorded in 2025Q4"
    assert lines["January to March 2026"].value == nothing
    assert nothing in page and lines["January to March 2026"].numerator == "", "and not 0 of 0"
    assert "95% interval</th>" not in page, "there is none to show"
    assert "Management board attendance" in page
    assert "The bar at each point" not in page
    year = sign_in("head_of_service").get(BOARD, {"span": "rolling_year"}).context["detail"].lines
    assert year[1].value == "cannot be computed: no board that was held is recorded in 2025Q3 and 2025Q4"


def test_running_quarter_is_marked_as_still_filling(board, sign_in):
    hold(board, date(2026, 11, 2), senior="police")
    (line, *_) = sign_in("board_member").get(BOARD).context["detail"].lines
    assert (line.value, line.result.is_filling) == ("1 of 5", True)


def test_figure_by_sector(board, sign_in):
    breakdown = sign_in("head_of_service").get(BOARD, {"by": "sector"}).context["breakdown"]
    assert [(line.label, line.value) for line in breakdown.lines] == [
        ("Health", "0 of 1"),
        ("Local authority children's social care", "1 of 1"),
        ("Local authority education", "0 of 1"),
        ("Police", "1 of 1"),
        ("Probation", "1 of 1"),
    ]


def test_first_page_draws_quarters_and_says_the_change_without_chance(board, sign_in):
    overview = next(
        each
        for each in sign_in("head_of_service").get("/performance").context["overviews"]
        if each.measure.name == "board-attendance"
    )
    (line, *_) = overview.lines
    assert (line.period, line.value, line.change) == ("July to September 2026", "3 of 5", "Rose from 2 of 5 to 3 of 5")
    assert overview.chart.title == (
        "Statutory sectors with a senior partner at the board rose from 2 of 5 to 3 of 5, July to September 2026 "
        "against a year earlier"
    )


def test_what_changed_the_register_changes_the_next_page(board, sign_in):
    client = sign_in("head_of_service")
    with acting(by=None, services=EVERY_SERVICE):
        Meeting.objects.filter(day=AUGUST).update(state="cancelled", cancelled_because="Flood")
    assert client.get(BOARD).context["detail"].lines[1].value == "2 of 5"
    with acting(by=None, services=EVERY_SERVICE):
        take_seat(Meeting.objects.get(day=JULY), Sector.HEALTH, Level.SENIOR)
    assert client.get(BOARD).context["detail"].lines[1].value == "3 of 5"


def test_another_service_s_boards_are_in_no_figure(board, other_service, sign_in, staff):
    hold(other_service, JULY, senior=FIVE)
    assert sign_in("head_of_service").get(BOARD).context["detail"].lines[1].value == "3 of 5"
    theirs = make_board_figure(other_service)
    client = sign_in("head_of_service")
    assert client.get(evidence(theirs)).status_code == 404
    assert client.get(meetings(theirs)).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_the_evidence_and_who_the_meetings(role, board, sign_in):
    figure = make_board_figure(board)
    client = sign_in(role)
    page = client.get(evidence(figure))
    assert page.status_code == (200 if client.user.may(P.SEE_FIGURES) else 403)
    drills = client.user.may(P.SEE_FIGURES) and client.user.may(P.SEE_MEETINGS)
    assert (meetings(figure) in page.content.decode()) == drills
    answer = client.get(meetings(figure))
    assert answer.status_code == (200 if drills else 403)
    assert ("Police Senior" in answer.content.decode()) == drills


def test_roles_the_figure_is_for_may_see_its_meetings():
    for role in ("head_of_service", "board_member", "data_officer", "inspector"):
        assert {P.SEE_FIGURES, P.SEE_MEETINGS} <= ROLES[role].grants.keys()


def test_nobody_is_let_in_without_signing_in(client, board):
    assert client.get(meetings(make_board_figure(board)))["Location"].startswith("/sign-in")


def test_evidence_says_value_rules_and_data_and_leads_to_no_child(board, sign_in):
    figure = make_board_figure(board)
    page = text(sign_in("head_of_service").get(evidence(figure)))
    for words in (
        "3 of 5",
        "None: all there are were counted, so none of it is chance",
        "Rose from 2 of 5 to 3 of 5",
        "24 rows of the table board_attendance, all of this service",
        "[D] Of several boards in a quarter one is enough",
    ):
        assert words in page
    assert "children it counts" not in page
    assert sign_in("head_of_service").get(f"{evidence(figure)}/children").status_code == 404


def test_children_s_figure_has_no_meetings(service, sign_in):
    record_begins(service)
    assert sign_in("head_of_service").get(meetings(make_figure(service))).status_code == 404


def test_meetings_behind_a_figure_are_listed_by_sector_with_names_and_what_is_not_counted(board, sign_in):
    hold(board, date(2026, 9, 7), state="cancelled", cancelled_because="Flood")
    response = sign_in("board_member").get(f"{meetings(make_board_figure(board))}?sort=day")
    rows = response.context["listing"].rows
    assert len(rows) == 18
    found = {(row.day, row.sector): row for row in rows}
    police = found[AUGUST, "Police"]
    assert (police.came, police.who) == ("Senior partner and Delegate", "Police Delegate, Police Senior")
    assert found[JULY, "Local authority education"].new
    assert found[JULY, "Other"].note == "Not counted: not a statutory sector"
    assert found[date(2026, 9, 7), "Police"].note == "Not counted: the meeting was cancelled"
    assert len({row.sector for row in rows if row.counted and row.senior}) == 3
    with acting(by=None, services=EVERY_SERVICE):
        assert f'href="/meetings/{Meeting.objects.get(day=JULY).pk}"' in text(response)


def test_sector_s_own_figure_lists_only_that_sector(board, sign_in):
    figure = make_board_figure(board, where={"sector": "Police"})
    rows = sign_in("head_of_service").get(meetings(figure)).context["listing"].rows
    assert {row.sector for row in rows} == {"Police"}
    assert len(rows) == 2


def test_spreadsheet_of_the_meetings_is_logged_and_not_there_for_who_may_not(board, sign_in):
    figure = make_board_figure(board)
    client = sign_in("head_of_service")
    assert client.get(f"{meetings(figure)}?export=xlsx").status_code == 200
    with acting(by=client.user):
        assert Access.objects.filter(kind=Access.Kind.EXPORT, user=client.user).exists()
    page = sign_in("inspector").get(f"{meetings(figure)}?export=xlsx")
    assert page["Content-Type"].startswith("text/html")
    assert "export=xlsx" not in text(page)


def test_list_asks_as_often_of_three_meetings_as_of_one(service, sign_in):
    client = sign_in("head_of_service")
    figure = make_board_figure(service)
    counts = []
    for days in ((JULY,), (AUGUST, date(2026, 9, 7))):
        for day in days:
            hold(service, day, senior=FIVE, delegate=FIVE)
        client.get(meetings(figure))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(meetings(figure))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_snapshot_keeps_saying_what_it_said(board, sign_in):
    figure = make_board_figure(board)
    with acting(by=None, services=[board.pk]):
        snapshot = take_snapshot(service=board, by=None, reason="test")
        Meeting.objects.filter(day=AUGUST).update(in_error_at=clock.now(), in_error_reason="Never took place")
    client = sign_in("head_of_service")
    assert "2 of 5" in text(client.get(evidence(figure)))
    assert "3 of 5" in text(client.get(f"{evidence(figure)}?snapshot={snapshot.pk}"))
    rows = client.get(f"{meetings(figure)}?snapshot={snapshot.pk}").context["listing"].rows
    assert {row.day for row in rows} == {JULY, AUGUST}
    assert {row.who for row in rows if row.day == AUGUST} == {""}


def test_empty_record_says_so_and_invents_no_0(service, sign_in):
    page = text(sign_in("head_of_service").get(BOARD))
    assert "Nothing is counted yet: no meeting of the management board is recorded." in page
