"""The management board of the invented service over two years: members, meetings, papers, decisions, minutes. Through
the services a person would use; the same for the same day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import typst
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.services import say_done
from openyj.core import clock
from openyj.meetings.models import AgendaItem, Decision, Meeting, MeetingKind, Membership
from openyj.meetings.selectors import expected_at, verdict_of
from openyj.meetings.services import board, business, meeting
from openyj.meetings.services.meeting import Seat
from openyj.meetings.services.minutes import agree_minutes

MONTHS = (2, 5, 8, 11)
BEGINS, ENDS = time(14), time(15, 45)
ONE_DAY = timedelta(days=1)


def third_thursdays(today: date) -> Iterator[date]:
    """The board's days, from three years before `today` on."""
    for year in range(today.year - 3, today.year + 3):
        for month in MONTHS:
            first = date(year, month, 1)
            yield first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def board_days(today: date, held: int, planned: int) -> tuple[list[date], list[date]]:
    """The latest days before `today`, oldest first, and those that follow."""
    days = list(third_thursdays(today))
    before = [day for day in days if day < today]
    return before[-held:], days[len(before) : len(before) + planned]


@dataclass
class Board:
    """The board while it is being put together. `noted` are decisions that wait, by the word the file calls them."""

    kind: MeetingKind
    by: User
    people: dict[str, User]
    also: str
    place: str
    members: dict[str, Membership] = field(default_factory=dict)
    noted: dict[str, Decision] = field(default_factory=dict)
    unagreed: list[Meeting] = field(default_factory=list)


def add_board(*, service: Service) -> None:
    """Put the board and its meetings on the record, by business support."""
    told = yaml.safe_load(files("openyj.demo").joinpath("data/board.yaml").read_text(encoding="utf-8"))
    clerk = User.objects.get(service=service, role="business_support")
    before, after = board_days(clock.today(), len(told["meetings"]), len(told["planned"]))
    people = {user.role: user for user in User.objects.filter(service=service).order_by("-pk")}
    with acting(by=clerk):
        kind = board.add_kind(by=clerk, **told["kind"])
        made = Board(kind, clerk, people, told["also"], told["place"])
        began = before[0] - timedelta(days=300)
        board.begin_terms(kind=kind, by=clerk, valid_from=began, **told["terms"])
        add_members(made, told, before, began)
        for each in told["standing"]:
            given = {"months": [], "of_quarter": False, "last_on": None} | each
            board.add_standing_item(kind=kind, by=clerk, **given)
        for day, each in zip(before, told["meetings"], strict=True):
            add_meeting(made, day, each)
        for day, each in zip(after, told["planned"], strict=True):
            row = plan(made, day)
            for paper in each["papers"]:
                add_paper(made, item_of(made, row, paper["item"]), paper, clock.today() if "came" in paper else None)


def add_members(made: Board, told: dict[str, Any], days: list[date], began: date) -> None:
    agencies = {
        name: board.add_agency(by=made.by, name=name, sector=sector) for name, sector in told["agencies"].items()
    }
    signed = {user.name: user for user in User.objects.filter(service=made.kind.service_id, role="board_member")}
    for each in told["members"]:
        row = board.add_member(
            kind=made.kind, by=made.by, name=each["name"], post=each["post"], agency=agencies[each["agency"]],
            level=each["level"], roles=each.get("roles", []), user=signed[each["name"]] if "user" in each else None,
            valid_from=days[each["from"] - 1] + ONE_DAY if "from" in each else began,
            valid_to=days[each["to"] - 1] if "to" in each else None,
        )  # fmt: skip
        if change := each.get("change"):
            row = board.change_seat(
                row=row, version=row.version, by=made.by, valid_from=days[change["from"] - 1] + ONE_DAY,
                post=row.post, agency=row.agency, level=row.level, roles=change["roles"],
            )  # fmt: skip


def plan(made: Board, day: date) -> Meeting:
    return meeting.plan_meeting(
        kind=made.kind, by=made.by, day=day, begins=BEGINS, ends=None if day < clock.today() else ENDS, place=made.place
    )


def add_meeting(made: Board, day: date, each: dict[str, Any]) -> None:
    with at(day - timedelta(days=40)):
        row = plan(made, day)
    for name, said in each.get("items", {}).items():
        if "paper" in said:
            item = item_of(made, row, name)
            came = day - timedelta(days=9 if not said["paper"]["late"] else 7 - said["paper"]["late"])
            owner = "head_of_service" if item.lead == "Head of service" else "data_officer"
            add_paper(made, item, said["paper"] | {"title": item.title, "owner": owner}, came)
    with at(day):
        if "cancelled" in each:
            meeting.cancel_meeting(row=row, version=row.version, by=made.by, cancelled_because=each["cancelled"])
            return
        row = hold(made, row, each)
        for name, said in each["items"].items():
            do_business(made, item_of(made, row, name), said)
        verdict = verdict_of(row)
        if verdict is not None and verdict.quorate:
            for earlier in made.unagreed:
                agree_minutes(meeting=earlier, by=made.by, agreed_at=row)
            made.unagreed = []
    made.unagreed.append(row)


def hold(made: Board, row: Meeting, each: dict[str, Any]) -> Meeting:
    def seat(member: Membership) -> Seat:
        first = member.name.split()[0]
        if came := each.get("substitutes", {}).get(first):
            return Seat("substitute", False, came["name"], came["post"], member.agency_id, came["level"])
        how = next((how for how in ("apologies", "absent") if first in each.get(how, [])), "present")
        return Seat(how, new_partner=how == "present" and first in each.get("new", []))

    return meeting.record_attendance(
        meeting=row, version=row.version, by=made.by, seats={m: seat(m) for m in expected_at(row)},
        also_there=made.also, ends=ENDS,
    )  # fmt: skip


def do_business(made: Board, item: AgendaItem, said: dict[str, Any]) -> None:
    business.change_item(row=item, version=item.version, by=made.by, said=said["said"])
    for each in said.get("decisions", []):
        decision = business.decide(item=item, by=made.by, text=each["text"], reason=each["reason"])
        if "key" in each:
            made.noted[each["key"]] = decision
        if unlike := each.get("dissent"):
            who = item.meeting.attendances.get(membership__name__startswith=unlike["who"])
            business.dissent(decision=decision, by=made.by, attendance=who, reason=unlike["why"])
    if given := said.get("answers"):
        noted = made.noted[given["key"]]
        business.decide(
            item=item, by=made.by, text=noted.text, reason=given["reason"], answers=noted, verdict=given["verdict"]
        )
    for each in said.get("actions", []):
        add_action(made, item, each)


def add_action(made: Board, item: AgendaItem, each: dict[str, Any]) -> None:
    day, owner = item.meeting.day, made.people.get(each["owner"])
    action = business.agree_action(
        item=item, by=made.by, what=each["what"], owner=owner, owner_name="" if owner else each["owner"],
        due_on=day + timedelta(days=each["due"]),
    )  # fmt: skip
    if "done" in each:
        done = day + timedelta(days=each["done"])
        with at(done):
            say_done(action=action, version=action.version, by=made.by, done_on=done, evidence=each["evidence"])


def add_paper(made: Board, item: AgendaItem, said: dict[str, Any], came: date | None) -> None:
    owner = made.people.get(said["owner"])
    row = business.expect_paper(
        item=item, by=made.by, title=said["title"], owner=owner, owner_name="" if owner else said["owner"]
    )
    if came:
        with at(came):
            file = SimpleUploadedFile("paper.pdf", paper_pdf(said["title"], said["text"]))
            business.attach_paper(row=row, version=row.version, by=made.by, file=file)


def paper_pdf(title: str, text: str) -> bytes:
    words = f"= {title}\n{text}\n\n_Invented for the demo. It names no child._\n"
    look = '#set text(lang: "en", region: "GB", font: "Libertinus Serif")\n'
    return typst.compile(f'#set document(title: "{title}")\n{look}{words}'.encode())


def item_of(made: Board, row: Meeting, word: str) -> AgendaItem:
    """The item whose title holds a word. One that does not come up in the meeting's month is put on its agenda."""
    found = row.items.select_related("meeting__kind").filter(title__contains=word).first()
    if found is None:
        standing = made.kind.standing_items.get(title__contains=word)
        found = business.add_item(
            meeting=row, by=made.by, title=standing.title, lead=standing.lead, purpose=AgendaItem.Purpose.DISCUSSION
        )
    return found


def at(day: date) -> Any:
    """As if it were that afternoon."""
    return clock.fixed(datetime.combine(day, time(16, 20)))
