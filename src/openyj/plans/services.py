"""Starting a Plan, writing its sections, producing drafts, freezing versions."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.accounts.versions import save_version
from openyj.documents import services as documents
from openyj.documents.models import Rendition, RenditionFile
from openyj.plans.checks import NotReady, check
from openyj.plans.models import Plan, Section
from openyj.plans.structures import structures


class AlreadyThere(ValueError):
    """The year has a Plan. The text says so to the person."""


@transaction.atomic
def start_plan(
    *, service: Service, starts: int, structure: str, by: User | None, text: Mapping[str, str] | None = None
) -> Plan:
    """A draft Plan for the year that begins in `starts`, with the structure's headings and, by their keys, `text`.

    Raises KeyError for a structure there is none of, or text for a heading it does not have.
    """
    headings = structures()[structure].sections
    text = dict(text or {})
    if unknown := set(text) - {heading.key for heading in headings}:
        raise KeyError(f"The structure {structure} has no {', '.join(sorted(unknown))}")
    document = documents.new_document(service=service, reads=Permission.SEE_PLAN)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                service=service, starts=starts, structure=structure, document=document, started_by=by
            )
    except IntegrityError:
        raise AlreadyThere("There is a Plan for this year already. Choose it from the list.") from None
    now = timezone.now()
    Section.objects.bulk_create(
        Section(
            service=service,
            plan=plan,
            key=heading.key,
            heading=heading.heading,
            about=heading.about,
            order=order,
            text=text.get(heading.key, ""),
            changed_at=now if heading.key in text else None,
            changed_by=by if heading.key in text else None,
        )
        for order, heading in enumerate(headings, 1)
    )
    return plan


def write_section(*, section: Section, version: int, text: str, by: User) -> Section:
    """Save a section's text. Raises ChangedUnderneath when somebody saved it since it was read."""
    changes = {"text": text.replace("\r\n", "\n").strip(), "changed_at": timezone.now(), "changed_by": by}
    return save_version(section, version=version, changes=changes)


def produce_draft(*, plan: Plan, format: str, by: User) -> RenditionFile:
    """The draft as it is now, as one file, marked DRAFT. Takes a snapshot first."""
    return documents.produce(
        document=plan.document, title=plan.title, parts=[s.part for s in plan.sections.all()], format=format, by=by
    )


@transaction.atomic
def freeze_version(*, plan: Plan, name: str, note: str, by: User) -> Rendition:
    """Freeze the Plan as it is now under a name. Raises NotReady while a number in it cannot be followed.

    The sections are locked while they are read, so that what was checked is what is frozen.
    """
    parts = [section.part for section in plan.sections.select_for_update()]
    found = check(plan.service, parts)
    if not found.ready:
        raise NotReady(found)
    return documents.freeze(document=plan.document, title=plan.title, parts=parts, name=name, note=note, by=by)
