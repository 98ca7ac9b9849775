"""Producing files and freezing versions. Each is rendered against a snapshot that is taken first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.caselevel.models import Snapshot
from openyj.caselevel.services import take_snapshot
from openyj.core import clock
from openyj.documents.assembling import Cover, Part, assemble, cover_of, with_lists
from openyj.documents.figures import Figures
from openyj.documents.filling import Filled, fill
from openyj.documents.models import Document, Format, Rendition, RenditionFile, RenditionValue
from openyj.documents.pdf import Appended, to_pdf
from openyj.documents.tree import as_json, from_json
from openyj.documents.web import to_html
from openyj.documents.word import to_docx

WRITERS: dict[str, Callable[..., bytes]] = {Format.DOCX: to_docx, Format.PDF: to_pdf, Format.HTML: to_html}


def new_document(*, service: Service, reads: Permission) -> Document:
    """Something to render; whoever has the permission `reads` may open what is rendered of it."""
    return Document.objects.create(service=service, reads=reads.value)


@transaction.atomic
def produce(*, document: Document, title: str, parts: Sequence[Part], format: str, by: User) -> RenditionFile:
    """The parts as a draft file. A snapshot is taken first; where neither text nor figures have changed since the
    last draft, that draft's own file is handed out again."""
    made = Rendered(document, title, parts, by, reason=f"Draft of {title}")
    same = document.renditions.filter(number=None, digest=made.digest, snapshot=made.snapshot).first()
    rendition = same or keep(made, document, title, number=None, name="", note="", by=by)
    return rendition.files.filter(format=format).first() or write_file(rendition, format)


@transaction.atomic
def freeze(
    *,
    document: Document,
    title: str,
    parts: Sequence[Part],
    name: str,
    note: str,
    by: User,
    formats: Sequence[str] = Format.values,
    appended: Sequence[Appended] = (),
) -> Rendition:
    """The parts as the next numbered version: text, every number as it is said, and its files, never to change. The
    PDF has the pages of `appended` at its end.

    Raises ValueError when a name is missing: a version is spoken of by it; CannotAppend for pages that cannot be.
    """
    if not name.strip():
        raise ValueError("Give the version a name, such as 'For the board of 30 July'.")
    Document.objects.select_for_update().get(pk=document.pk)  # two people freezing at once get two numbers
    number = 1 + (document.renditions.aggregate(Max("number"))["number__max"] or 0)
    made = Rendered(document, title, parts, by, reason=f"{title}, version {number}: {name}"[:200])
    rendition = keep(made, document, title, number=number, name=name.strip(), note=note, by=by)
    for format in formats:
        write_file(rendition, format, appended)
    return rendition


class Rendered:
    """The parts worked out against a snapshot taken now, and a digest of all that a reader would see."""

    def __init__(self, document: Document, title: str, parts: Sequence[Part], by: User, *, reason: str):
        self.snapshot: Snapshot = take_snapshot(service=document.service, by=by, reason=reason[:200])
        self.parts = [asdict(part) for part in parts]
        self.filled: Filled = fill(assemble(parts), Figures.frozen(self.snapshot), png=True)
        said = [[value.key, value.said] for value in self.filled.values]
        content = json.dumps([title, self.parts, said], sort_keys=True)
        self.digest = hashlib.sha256(content.encode()).hexdigest()


def keep(
    made: Rendered, document: Document, title: str, *, number: int | None, name: str, note: str, by: User
) -> Rendition:
    rendition = Rendition.objects.create(
        service_id=document.service_id,
        document=document,
        number=number,
        title=title,
        name=name,
        note=note,
        made_at=clock.now(),
        made_by=by,
        snapshot=made.snapshot,
        parts=made.parts,
        tree=as_json(made.filled.tree),
        digest=made.digest,
    )
    RenditionValue.objects.bulk_create(
        RenditionValue(
            service_id=document.service_id,
            rendition=rendition,
            order=order,
            key=value.key,
            code=value.code,
            said=value.said,
            what=value.what,
            facts=value.facts,
        )
        for order, value in enumerate(made.filled.values)
    )
    return rendition


def write_file(rendition: Rendition, format: str, appended: Sequence[Appended] = ()) -> RenditionFile:
    """One file of a rendition, from what it kept and, in a PDF, others' pages after it."""
    tree = with_lists(filled_of(rendition), cover(rendition))
    with_pages = {"appended": appended} if format == Format.PDF else {}
    content = WRITERS[format](tree, cover(rendition), **with_pages)
    return RenditionFile.objects.create(
        service_id=rendition.service_id,
        rendition=rendition,
        format=format,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def filled_of(rendition: Rendition) -> Filled:
    """The tree and values a rendition kept."""
    return Filled(from_json(rendition.tree), tuple(rendition.values.all()))


def cover(rendition: Rendition) -> Cover:
    return cover_of(
        title=rendition.title,
        service=rendition.service.name,
        name=rendition.name,
        number=rendition.number,
        handling=getattr(settings, "DOCUMENT_HANDLING_MARK", "OFFICIAL"),
        snapshot=rendition.snapshot,
        at=rendition.made_at,
    )
