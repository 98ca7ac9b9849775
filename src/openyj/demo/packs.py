"""The pack of the invented board's next meeting, made today by business support."""

from __future__ import annotations

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.meetings.models import Meeting
from openyj.packs.services import choose_figures, make_pack

CHOSEN = ("first-time-entrants:rate", "custody:count", "reoffending:binary", "board-attendance:senior")


def add_pack(*, service: Service) -> None:
    """Choose the board's figures and make the pack: what has not come of its papers is named in it as missing."""
    clerk = User.objects.get(service=service, role="business_support")
    with acting(by=clerk):
        meeting = Meeting.objects.to_come().filter(service=service).select_related("kind", "service").first()
        choose_figures(kind=meeting.kind, version=0, by=clerk, figures=CHOSEN)
        make_pack(meeting=meeting, by=clerk)
