"""Making a pack, and choosing the figures in it. Who may is the view's to ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.storage import storages

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.documents.models import Format, Rendition
from openyj.documents.pdf import Appended, CannotAppend
from openyj.documents.services import freeze, new_document
from openyj.meetings.models import Meeting, MeetingKind
from openyj.packs.content import Numbered, pack_of
from openyj.packs.models import Pack, PackFigures
from openyj.performance.reading import read_live

FORMATS = (Format.PDF, Format.DOCX)


def make_pack(*, meeting: Meeting, by: User) -> Rendition:
    """The pack of a planned meeting as the record has it now, frozen as its next version. Whoever may read the
    meetings may read it, and the figures in it. Refused once the meeting was held or cancelled."""
    if not meeting.is_planned:
        raise ValidationError("A pack is made before a meeting, and this one was held or cancelled.")
    with acting(by=by):
        pack = Pack.objects.filter(meeting=meeting).first() or begun(meeting)
        content = pack_of(meeting, read_live(meeting.service), by)
        try:
            return freeze(
                document=pack.document, title=title_of(meeting), parts=content.parts, by=by, note="", formats=FORMATS,
                name=f"as the record was on {say_date(clock.today())}",
                appended=[appended(paper) for paper in content.papers if paper.is_appended],
            )  # fmt: skip
        except CannotAppend as refusal:
            message = (
                f"{refusal.heading} cannot be put into the pack: its pages cannot be read. Take that paper off its "
                "item, and attach it anew, saved as another PDF or as another kind of file"
            )
            raise ValidationError(message) from refusal


def title_of(meeting: Meeting) -> str:
    return f"{meeting.kind}: pack for {say_date(meeting.day)}"


def begun(meeting: Meeting) -> Pack:
    document = new_document(service=meeting.service, reads=Permission.SEE_MEETINGS)
    return Pack.objects.create(service_id=meeting.service_id, meeting=meeting, document=document)


def appended(paper: Numbered) -> Appended:
    with storages["files"].open(paper.line.paper.stored.key) as content:
        return Appended(paper.heading, content.read())


def choose_figures(*, kind: MeetingKind, version: int, by: User, figures: Sequence[str]) -> PackFigures:
    """Which figures the packs of a kind of meeting have from now on. Raises ChangedUnderneath."""
    with acting(by=by):
        row = PackFigures.objects.filter(kind=kind).first()
        if row is None:
            return PackFigures.objects.create(
                service_id=kind.service_id, kind=kind, figures=list(figures), changed_by=by
            )
        return save_version(row, version=version, changes={"figures": list(figures), "changed_by": by})
