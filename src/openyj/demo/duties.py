"""What the invented service is held to and has set itself: time limits with first contacts, an inspection's action
plan, and actions about children. Through the services a person would use; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.deadlines import deadlines, events, read_calendar
from openyj.actions.limits import begin_usual, usual_limits
from openyj.actions.models import Action
from openyj.actions.services import add_action, colour_by_hand, note_progress, say_done
from openyj.casework.models import FirstContact, Outcome
from openyj.casework.services import add_first_contact
from openyj.core import clock
from openyj.inspection import services as inspection
from openyj.invented.service import UNTIL as LIVES_END
from openyj.people.models import Child

SEED = 20261123
HELD_SINCE = date(2026, 4, 1)  # the invented service began its time limits with the financial year
HELD_TO = ("first-contact", "review")  # a court's assessments are not in the demo: nothing would answer their limits
KEPT, LATE = 0.8, 0.95  # of first contacts: in time; in time or late; the rest is not recorded yet
WHY_LATE = (
    "The family had moved and the new address came late",
    "The child was in hospital",
    "Court told us of the order a week after the hearing",
    "Two home visits, nobody in; then by appointment",
)


def add_duties(*, service: Service) -> None:
    """Begin the time limits, record first contacts, and put the actions on the register."""
    draw = Random(SEED)  # noqa: S311 (an invented service needs no secrecy)
    administrator = User.objects.get(service=service, role="administrator")
    usual = usual_limits(service)
    with acting(by=administrator):
        begin_usual(
            service=service, by=administrator, valid_from=HELD_SINCE,
            which=[word for word, (event, _limit) in usual.items() if event in HELD_TO],
        )  # fmt: skip
    add_contacts(service, draw)
    told = yaml.safe_load(files("openyj.demo").joinpath("data/duties.yaml").read_text(encoding="utf-8"))
    add_inspection(service, told["report"])
    add_actions_of_children(service, told["about_children"])


def add_contacts(service: Service, draw: Random) -> None:
    """A first contact after each outcome of the invented lives that a limit holds for: most in time, some late."""
    officer = User.objects.get(service=service, role="data_officer")
    calendar = read_calendar()
    contact = dict(events.items())["first-contact"]
    with acting(by=officer):
        for each in deadlines(children=Child.objects.standing().filter(service=service), service=service):
            happened = each.happened
            if each.event is not contact or happened.day > LIVES_END:
                continue  # `demo.lately` says what became of the last weeks
            chance, within = draw.random(), each.limit.days
            if chance >= LATE:
                continue
            days = draw.randint(1, within) if chance < KEPT else within + draw.randint(1, 6)
            outcome = Outcome.objects.standing().filter(child=happened.child, outcome_date=happened.day).first()
            add_first_contact(
                child=happened.child, by=officer, outcome=outcome,
                contact_date=calendar.after(happened.day, days),
                how=draw.choice([FirstContact.How.AT_HOME, FirstContact.How.OFFICE, FirstContact.How.PHONE]),
                late_reason="" if days <= within else draw.choice(WHY_LATE),
            )  # fmt: skip


def add_inspection(service: Service, told: dict[str, Any]) -> None:
    """An invented report with its recommendations and the actions that answer them."""
    head = User.objects.get(service=service, role="head_of_service")
    people = {user.role: user for user in User.objects.filter(service=service).order_by("-pk")}
    with acting(by=head):
        report = inspection.add_report(
            by=head, title=told["title"], by_whom=told["by_whom"], published_on=ago(told["published_days_ago"])
        )
        for number, asked in enumerate(told["recommendations"], 1):
            recommendation = inspection.add_recommendation(
                report=report, by=head, number=str(number), text=asked["text"], addressed_to=asked["to"]
            )
            for each in asked["actions"]:
                action, _answer = inspection.answer_with_new(
                    recommendation=recommendation, by=head, plan_wording=each.get("plan", ""),
                    **said(each, people.get(each["owner"])),
                )  # fmt: skip
                go_on(action, each, by=head)


def add_actions_of_children(service: Service, told: list[dict[str, Any]]) -> None:
    """Actions about children their worker has, in turn of the workers, so that each practitioner has some."""
    for each, child in zip(told * 2, in_turn(service), strict=False):
        with acting(by=child.worker):
            action = add_action(by=child.worker, service=service, child=child, **said(each, child.worker))
            go_on(action, each, by=child.worker)


def in_turn(service: Service) -> Iterator[Child]:
    """Children who have a practitioner and are not need-to-know: the first of each worker, then the second."""
    rows = Child.objects.standing().filter(service=service, worker__role="practitioner", restricted_reason="")
    by_worker: dict[int, list[Child]] = {}
    for child in rows.select_related("worker").order_by("worker_id", "pk"):
        by_worker.setdefault(child.worker_id, []).append(child)
    for place in range(3):
        yield from (children[place] for children in by_worker.values() if len(children) > place)


def said(each: dict[str, Any], owner: User | None) -> dict[str, Any]:
    """What `add_action` takes. `due` and `set` are days from today; an owner that is no role is a partner's name."""
    return {
        "what": each["what"], "why": each.get("why", ""), "success": each.get("success", ""), "owner": owner,
        "owner_name": "" if owner else each["owner"], "set_on": ago(each["set"]), "due_on": ago(-each["due"]),
    }  # fmt: skip


def go_on(action: Action, each: dict[str, Any], *, by: User) -> None:
    """What was noted since, and whether it is done."""
    for noted in each.get("notes", []):
        with clock.fixed(datetime.combine(ago(noted["ago"]), time(15, 40))):
            note_progress(action=action, by=by, text=noted["text"])
    if "colour" in each:
        action = colour_by_hand(
            action=action, version=action.version, by=by, rag_by_hand=each["colour"], rag_reason=each["because"]
        )
    if "done" in each:
        day = ago(each["done"])
        with clock.fixed(datetime.combine(day, time(16, 5))):
            say_done(action=action, version=action.version, by=by, done_on=day, evidence=each["evidence"])


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)
