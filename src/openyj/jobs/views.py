"""Pages of background work: one's own, and for an administrator all of the service's; one job with its progress."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openyj.accounts.access import access, signed_in
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import reading_every_service
from openyj.core.components import Link, Row
from openyj.core.dates import say_datetime
from openyj.core.listing import Column, Filter, Listing
from openyj.jobs import services
from openyj.jobs.declaring import KINDS
from openyj.jobs.models import Job, State
from openyj.jobs.selectors import (
    asked_by,
    begun_words,
    clockwork,
    how_far,
    jobs_for,
    needing_first,
    pulse,
    state_tag,
    watches,
)

WATCH = Permission.WATCH_BACKGROUND_WORK


def get_job(request: HttpRequest, job_id: int) -> Job:
    """A job this person may look at, or 404. The system's own jobs belong to no service, so they are read past
    row-level security, and `jobs_for` alone decides."""
    with reading_every_service():
        found = jobs_for(request.user).filter(pk=job_id).first()
    if found is None:
        raise Http404
    return found


def jobs_row(user: User) -> Row:
    """The line of a person's account page that leads to what they asked for."""
    said = "Long work, while it runs and afterwards"
    return Row("What I asked for in the background", said, [Link("Open", reverse("jobs:all"), "background work")])


@signed_in
@require_safe
def all_jobs(request: HttpRequest) -> HttpResponse:
    """What was asked for in the background, what failed first."""
    everything = watches(request.user)
    states = [("", "All"), *State.choices]
    with reading_every_service():
        listing = Listing(
            request,
            needing_first(jobs_for(request.user)),
            title="Background work" if everything else "What I asked for in the background",
            columns=[
                Column("name", "What", value=lambda j: j.words, sort="name", link=Job.get_absolute_url),
                Column("state", "State", value=state_tag, sort=("needs", "-asked_at")),
                Column("how_far", "How far", value=how_far),
                Column("by", "Asked for by", value=lambda j: asked_by(j, request.user), sort=("by__name", "-asked_at")),
                Column("asked_at", "Asked for", value=begun_words, sort="asked_at"),
            ],
            filters=[Filter("state", forms.ChoiceField(label="State", choices=states))],
            sort="state",
            export=False,
            empty="Nothing yet. Long work, such as building a snapshot, is listed here while it runs and afterwards.",
        )
        response = listing.response()
        if response is None:
            context = {
                "listing": listing,
                "pulse": pulse(),
                "everything": everything,
                "clockwork": clockwork() if everything else [],
            }
            response = render(request, "jobs/all.html", context)
    return response


@signed_in
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job: how far it is, why it failed, what came of it."""
    found = get_job(request, job_id)
    rows = [
        Row("Asked for by", asked_by(found, request.user)),
        Row("Asked for", say_datetime(found.asked_at)),
        Row("Begun", say_datetime(found.started_at) if found.started_at else "Not yet"),
        Row("Tries", found.attempts),
    ]
    if found.trouble and found.state != State.DONE:
        rows.append(Row("Why it did not work", found.trouble))
    if found.led_to and found.state == State.DONE:
        rows.append(Row("What came of it", "Ready", [Link("Open", found.led_to, found.words)]))
    context = {
        "job": found,
        "mark": mark(found),
        "state": state_tag(found),
        "how_far": how_far(found),
        "progress": getattr(found, "progress", None) if found.state == State.RUNNING else None,
        "rows": rows,
        "pulse": pulse(),
        "may_try_again": watches(request.user) and (found.state == State.FAILED or found.next_try_at is not None),
        "may_give_up": watches(request.user) and found.state not in (State.DONE, State.GIVEN_UP),
        "watches": watches(request.user),
        "back": reverse("jobs:all"),
    }
    return render(request, "jobs/job.html", context)


@signed_in
@require_safe
def state(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far a job is, for the page that shows it."""
    found = get_job(request, job_id)
    progress = getattr(found, "progress", None) if found.state == State.RUNNING else None
    return JsonResponse(
        {
            "mark": mark(found),
            "words": how_far(found),
            "done": progress and progress.done,
            "total": progress and progress.total,
        }
    )


def mark(job: Job) -> str:
    """Changes when the page has something else to say than how far the job is."""
    return f"{job.state} {job.attempts}"


@access(WATCH)
@require_POST
def try_again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a failed job begin now."""
    return decide(request, job_id, services.try_again, "It will be tried again now.")


@access(WATCH)
@require_POST
def give_up(request: HttpRequest, job_id: int) -> HttpResponse:
    """Do not try a job again; stop it if it runs."""
    return decide(request, job_id, services.give_up, "It is given up. Nothing it had begun is kept.")


@access(WATCH)
@require_POST
def begin_now(request: HttpRequest, name: str) -> HttpResponse:
    """Begin work of the clock now. Pressed twice, it waits once."""
    kind = KINDS.get(name)
    if kind is None or kind.cron is None:
        raise Http404
    return redirect(services.start(kind.function, by=request.user, key="clock"))


def decide(request: HttpRequest, job_id: int, do: Callable[..., Job], said: str) -> HttpResponse:
    """Do one of the two and go back to the job; a refusal (somebody was quicker) is said there."""
    found = get_job(request, job_id)
    try:
        with reading_every_service():
            do(job=found)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, said)
    return redirect(found)
