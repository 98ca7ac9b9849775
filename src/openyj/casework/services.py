"""Writing what happened and what was decided. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework import rules
from openyj.casework.models import (
    FirstContact,
    Hearing,
    HearingOffence,
    Offence,
    Outcome,
    PoliceBail,
    PoliceBailOffence,
    Programme,
    ProgrammeOffence,
    Transfer,
)
from openyj.people.models import Child
from openyj.reference.models import OffenceCode, SeriousnessScore

TAKEN_OFF = "Taken off when it was changed"


def add_offence(*, child: Child, by: User, **fields: Any) -> Offence:
    """An offence. The category comes from the code where none is given; the seriousness score from the imported
    table where the service has one."""
    rules.check_offence(child=child, **fields)
    with acting(by=by):
        return Offence.objects.create(child=child, recorded_by=by, **fields | follows_from_code(fields))


def change_offence(*, row: Offence, version: int, by: User, **fields: Any) -> Offence:
    """Change an offence. Raises ChangedUnderneath."""
    rules.check_offence(child=row.child, row=row, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields | follows_from_code(fields))


def follows_from_code(fields: dict[str, Any]) -> dict[str, Any]:
    """What the offence code says that nobody typed: the seriousness score on the day, and a missing category."""
    code, day = fields.get("cjs_code"), fields.get("offence_date")
    scores = SeriousnessScore.objects.filter(code=code or "").order_by("-valid_from")
    scores = scores.filter(valid_from__lte=day) if day else scores
    follows: dict[str, Any] = {"seriousness_score": scores.values_list("score", flat=True).first()}
    if code and not fields.get("category"):
        known = OffenceCode.objects.filter(code=code).values_list("category", flat=True).first()
        follows["category"] = known or None
    return follows


def add_hearing(*, child: Child, by: User, offences: Iterable[Offence], **fields: Any) -> Hearing:
    """A day in court and the offences it dealt with."""
    offences = list(offences)
    rules.check_hearing(child=child, offences=offences, **fields)
    with acting(by=by):
        hearing = Hearing.objects.create(child=child, recorded_by=by, **fields)
        join(HearingOffence, "hearing", hearing, offences, by)
        return hearing


def change_hearing(*, row: Hearing, version: int, by: User, offences: Iterable[Offence], **fields: Any) -> Hearing:
    """Change a hearing and which offences it dealt with. Raises ChangedUnderneath."""
    offences = list(offences)
    rules.check_hearing(child=row.child, offences=offences, **fields)
    with acting(by=by):
        save_version(row, version=version, changes=fields)
        join(HearingOffence, "hearing", row, offences, by)
        return row


def add_outcomes(*, child: Child, by: User, offences: Iterable[Offence], **fields: Any) -> list[Outcome]:
    """The same outcome on one or several offences, as one sentencing occasion: a row for each offence."""
    offences = list(offences)
    rules.check_outcome(child=child, offences=offences, **fields)
    with acting(by=by):
        made = [Outcome.objects.create(child=child, recorded_by=by, offence=o, **fields) for o in offences]
        if made:
            Outcome.objects.filter(pk__in=[o.pk for o in made]).update(occasion=made[0].pk)
        return made


def change_outcome(*, row: Outcome, version: int, by: User, **fields: Any) -> Outcome:
    """Change an outcome of one offence. Raises ChangedUnderneath."""
    rules.check_outcome(child=row.child, offences=[row.offence], **fields)
    rules.check_contacts_after(row=row, outcome_date=fields["outcome_date"])
    rules.check_appeal_status(row=row, appeal_status=fields.get("appeal_status"))
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_first_contact(*, child: Child, by: User, **fields: Any) -> FirstContact:
    """The first time somebody was in touch with the child after an outcome."""
    rules.check_first_contact(child=child, **fields)
    with acting(by=by):
        return FirstContact.objects.create(child=child, recorded_by=by, **fields)


def change_first_contact(*, row: FirstContact, version: int, by: User, **fields: Any) -> FirstContact:
    """Change a first contact. Raises ChangedUnderneath."""
    rules.check_first_contact(child=row.child, row=row, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_programme(*, child: Child, by: User, offences: Iterable[Offence], **fields: Any) -> Programme:
    """A programme and the offences it answers to."""
    offences = list(offences)
    rules.check_programme(child=child, **fields)
    with acting(by=by):
        programme = Programme.objects.create(child=child, recorded_by=by, **fields)
        join(ProgrammeOffence, "programme", programme, offences, by)
        return programme


def change_programme(
    *, row: Programme, version: int, by: User, offences: Iterable[Offence], **fields: Any
) -> Programme:
    """Change a programme and which offences it answers to. Raises ChangedUnderneath."""
    offences = list(offences)
    rules.check_programme(child=row.child, **fields)
    with acting(by=by):
        save_version(row, version=version, changes=fields)
        join(ProgrammeOffence, "programme", row, offences, by)
        return row


def add_transfer(*, child: Child, by: User, **fields: Any) -> Transfer:
    """A move to or from another service."""
    rules.check_transfer(child=child, **fields)
    with acting(by=by):
        return Transfer.objects.create(child=child, recorded_by=by, **fields)


def change_transfer(*, row: Transfer, version: int, by: User, **fields: Any) -> Transfer:
    """Change a transfer. Raises ChangedUnderneath."""
    rules.check_transfer(child=row.child, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def join(
    link: type[HearingOffence] | type[PoliceBailOffence] | type[ProgrammeOffence],
    side: str,
    row: Hearing | PoliceBail | Programme,
    offences: list[Offence],
    by: User,
) -> None:
    """Make the standing links of `row` exactly those to `offences`. A link taken off is marked, never deleted."""
    standing = {each.offence_id: each for each in link.objects.standing().filter(**{side: row})}
    for offence in offences:
        if offence.pk not in standing:
            link.objects.create(child=row.child, offence=offence, recorded_by=by, **{side: row})
    for number, each in standing.items():
        if number not in {offence.pk for offence in offences}:
            mark = {"in_error_at": timezone.now(), "in_error_by": by, "in_error_reason": TAKEN_OFF}
            save_version(each, version=each.version, changes=mark)


def estimated_end(outcome_date: date, term_months: float) -> date | None:
    """The last day of a sentence of so many whole months: the same day that many months on, less one.

    The rule of the YJB's own calculator (11 months from 29 June 2026 end on 28 May 2027); where the month is too short
    its last day stands for the day it does not have. None for parts of a month: their rounding is not published.
    """
    if term_months <= 0 or term_months != int(term_months):
        return None
    years, month = divmod(outcome_date.month - 1 + int(term_months), 12)
    year, month = outcome_date.year + years, month + 1
    if year > date.max.year:
        return None
    return date(year, month, min(outcome_date.day, monthrange(year, month)[1])) - timedelta(days=1)
