"""A message to a person about what is due and late: two numbers, no name. Daily on working days, or on Mondays, or
never, as they choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import acting
from openyj.actions.days import Calendar
from openyj.actions.deadlines import deadlines, read_calendar
from openyj.actions.models import Action, Reminder
from openyj.core import clock
from openyj.jobs.declaring import system_job
from openyj.jobs.running import Work
from openyj.outbox.kinds import message_kind
from openyj.outbox.services import send
from openyj.people.models import Child

AHEAD = timedelta(days=7)
MONDAY = 0
READERS = [role.name for role in ROLES.values() if role.scope(Permission.SEE_ACTIONS)]

MESSAGE = message_kind(
    "actions.digest",
    "What is due and late",
    channel="email",
    subject="What is due",
    body="Due in the next 7 days: {due}. Late: {late}. Sign in to see what it is. You can choose there how often this "
    "message comes, or that it does not.",
    takes={"due": int, "late": int},
)


@dataclass(frozen=True)
class Counts:
    """What a person's message says."""

    due: int
    late: int


def counts_for(user: User, today: date) -> Counts:
    """Their own open actions, and the time limits of the children they work with."""
    days = list(Action.objects.visible_to(user).open().owned_by(user).values_list("due_on", flat=True))
    late = sum(day < today for day in days)
    due = sum(today <= day <= today + AHEAD for day in days)
    if user.may(Permission.CHANGE_CHILDREN):
        mine = Child.objects.visible_to(user, Permission.CHANGE_CHILDREN).standing().filter(worker=user)
        for each in deadlines(children=mine, service=user.service_id, only_open=True):
            late += each.late > 0
            due += not each.late and each.due <= today + AHEAD
    return Counts(due, late)


def comes_today(rhythm: str, today: date, calendar: Calendar) -> bool:
    """Daily means on working days; weekly on Monday, or on the first working day after a Monday that is none."""
    if rhythm == Reminder.Rhythm.NEVER or not calendar.is_working(today):
        return False
    monday = today - timedelta(days=today.weekday() - MONDAY)
    return rhythm == Reminder.Rhythm.DAILY or calendar.passed(monday - timedelta(days=1), today) == 1


def rhythm_of(user: User) -> str:
    """What the person chose; weekly until they choose."""
    chosen = Reminder.objects.filter(user=user).first()
    return chosen.rhythm if chosen else Reminder.Rhythm.WEEKLY


@system_job("Tell people what is due and late", cron="15 6 * * *", counts=("people",))
def send_digests(work: Work) -> None:
    """One message to everyone who has something due or late and wants to hear of it today. Within one transaction, so
    that a worker that is killed sends nobody two."""
    today, calendar = clock.today(), read_calendar()
    chosen = dict(Reminder.objects.values_list("user_id", "rhythm"))
    people = [
        user
        for user in User.objects.filter(is_active=True, role__in=READERS).order_by("pk")
        if user.may_sign_in and comes_today(chosen.get(user.pk, Reminder.Rhythm.WEEKLY), today, calendar)
    ]
    for done, user in enumerate(people, 1):
        with acting(by=user):
            counts = counts_for(user, today)
        if counts.due or counts.late:
            try:
                send(MESSAGE, to=user, by=None, due=counts.due, late=counts.late)
            except ValidationError:
                continue  # an address that is known not to work: the outbox's own page says so
        work.progress(done, len(people), "people")
