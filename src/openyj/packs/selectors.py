"""Reading packs for their pages. Never writes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.core.components import Link
from openyj.documents.models import Rendition
from openyj.meetings.models import Meeting, MeetingKind
from openyj.packs.models import PackFigures


def versions_of(user: User, meeting: Meeting) -> QuerySet[Rendition]:
    """The packs that were made for a meeting, as far as this person may read them, newest first."""
    found = Rendition.objects.visible_to(user).frozen().filter(document__in=meeting_documents(meeting))
    return found.select_related("made_by", "snapshot", "service").order_by("-number")


def meeting_documents(meeting: Meeting) -> list[int]:
    pack = getattr(meeting, "pack", None)
    return [pack.document_id] if pack else []


def figures_of(kind: MeetingKind) -> PackFigures | None:
    """Which figures the packs of a kind of meeting have; None where nobody has chosen."""
    return PackFigures.objects.filter(kind=kind).first()


def link_beside(user: User, meeting: Meeting) -> Link | None:
    """On a meeting's page: its packs, where there are any or this person may make one."""
    if not meeting_documents(meeting) and not (meeting.is_planned and user.may(Permission.RUN_MEETINGS)):
        return None
    return Link("Pack for this meeting", reverse("packs:packs", args=[meeting.pk]))
