"""What the pages of background work read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from croniter import croniter
from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from procrastinate.contrib.django.models import ProcrastinateWorker

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import reading_every_service
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date, say_datetime, say_time
from openyj.jobs.declaring import KINDS
from openyj.jobs.models import Job, State

QUIET = timedelta(minutes=1)  # a worker says every few seconds that it lives
COLOURS = {
    State.WAITING: "blue",
    State.RUNNING: "purple",
    State.DONE: "green",
    State.FAILED: "red",
    State.GIVEN_UP: "grey",
}


@dataclass(frozen=True)
class Pulse:
    """Whether background work goes on, and when it last did anything."""

    beating: bool
    last: datetime | None

    @property
    def words(self) -> str:
        """What to say where it does not; nothing where it does."""
        if self.beating:
            return ""
        if self.last is None:
            return "Background work has not been started on this site. Nothing that waits will begin."
        same_day = clock.now().date() == self.last.astimezone(clock.LONDON).date()
        when = say_time(self.last) if same_day else say_datetime(self.last)
        return f"Background work has not moved since {when}. Nothing that waits will begin until it is started again."


def pulse() -> Pulse:
    """The last sign of life of any worker, or of any job where no worker is left."""
    beat = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if beat is not None and clock.now() - beat < QUIET:
        return Pulse(True, beat)
    with reading_every_service():  # only the latest moment leaves this block
        moved = Job.objects.aggregate(started=Max("started_at"), ended=Max("ended_at"))
    return Pulse(False, max((m for m in (beat, *moved.values()) if m), default=None))


def watches(user: User) -> bool:
    return user.may(Permission.WATCH_BACKGROUND_WORK)


def jobs_for(user: User) -> QuerySet[Job]:
    """The jobs this person may look at: what they asked for; for who watches background work, all of their service and
    the system's own, which belong to no service."""
    jobs = Job.objects.select_related("by", "progress")
    if not watches(user):
        return jobs.asked_by(user)
    return jobs.filter(Q(service=user.service_id) | Q(service=None))


def needing_first(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """With `needs`: what failed, what goes on, what has ended."""
    return jobs.annotate(
        needs=Case(
            When(state=State.FAILED, then=Value(0)),
            When(state__in=[State.RUNNING, State.WAITING], then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )


def state_tag(job: Job) -> Tag:
    words = job.get_state_display()
    if job.state == State.WAITING and job.next_try_at:
        words = "Will be tried again"
    return Tag(words, COLOURS[job.state])


def how_far(job: Job) -> str:
    """How far a job is, in a sentence."""
    if job.state == State.RUNNING:
        progress = getattr(job, "progress", None)
        is_of_this_try = progress is not None and job.started_at and progress.at >= job.started_at
        return str(progress) if is_of_this_try else "Begun"
    if job.state == State.WAITING and job.next_try_at:
        moment = say_time(job.next_try_at)
        if job.next_try_at.astimezone(clock.LONDON).date() != clock.today():
            moment = say_datetime(job.next_try_at)
        return f"Did not work at try {job.attempts}. Will be tried again at {moment}"
    if job.state == State.WAITING:
        return "Waits for its turn"
    if job.state == State.DONE:
        return f"Done {say_datetime(job.ended_at)}"
    return f"{job.get_state_display()} {say_datetime(job.ended_at)}"


def asked_by(job: Job, reader: User) -> str:
    """Who asked, as `reader` may know it: the system's own work shows no name of another service's staff."""
    if job.by is None:
        return "The system"
    return job.by.name if job.by.service_id == reader.service_id else "An administrator of another service"


def begun_words(job: Job) -> str:
    return f"{say_date(job.asked_at)}, {say_time(job.asked_at)}"


@dataclass(frozen=True)
class Clockwork:
    """Work the site does by itself at a time of day."""

    name: str
    words: str
    next: datetime
    done: datetime | None


def clockwork() -> list[Clockwork]:
    """What is done by the clock, with when it was last done and when it begins next."""
    begun = {name: kind for name, kind in KINDS.items() if kind.cron}
    with reading_every_service():  # the system's own jobs belong to no service
        done = dict(
            Job.objects.filter(service=None, name__in=begun, state=State.DONE)
            .values_list("name")
            .annotate(last=Max("ended_at"))
        )
    now = clock.now().astimezone(UTC)
    return [
        Clockwork(name, kind.words, croniter(kind.cron, now).get_next(datetime), done.get(name))
        for name, kind in sorted(begun.items(), key=lambda item: item[1].words)
    ]
