"""The site's own work by the clock."""

from __future__ import annotations

from django.contrib.sessions.models import Session

from openyj.core import clock
from openyj.jobs.declaring import system_job
from openyj.jobs.running import Work


@system_job("Clear sign-ins that have ended", cron="10 3 * * *")
def clear_sessions(work: Work) -> None:
    """Delete sessions past their last moment (settings.SESSION_COOKIE_AGE): nobody can use them any more."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
