"""My work: what this person asked for that failed behind their back, or that an administrator is to mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from openyj.accounts.models import User
from openyj.accounts.scope import reading_every_service
from openyj.core import clock
from openyj.jobs.models import State as JobState
from openyj.jobs.selectors import jobs_for
from openyj.outbox.models import State as MessageState
from openyj.outbox.selectors import messages_for, what_became_of_it

REMEMBERED = timedelta(days=14)  # a message that did not arrive is old news after this


def failures(user: User) -> Iterator[tuple[str, str, str]]:
    """(what, why, address) of each, jobs first. For an administrator also the site's own work, which belongs to no
    service: `jobs_for` decides."""
    with reading_every_service():
        failed = list(jobs_for(user).filter(state=JobState.FAILED).order_by("-ended_at"))
    for job in failed:
        yield job.words, job.trouble, job.get_absolute_url()
    recent = Q(state=MessageState.FAILED, ended_at__gte=clock.now() - REMEMBERED)
    for message in messages_for(user).filter(recent, by=user).order_by("-ended_at"):
        yield f"{message.words} that did not arrive", what_became_of_it(message), message.get_absolute_url()
