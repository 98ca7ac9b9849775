"""What an administrator does to the reference data: legal outcomes and what they count as, and populations.

A refusal is a ValidationError whose code names the field it is about. The legal outcomes are the site's, shared by all
its services; the database's history says who changed what.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from openyj.accounts.models import User
from openyj.accounts.versions import save_version
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning, Population
from openyj.tables.codes import OUTCOME_GROUPS

ONE_DAY = timedelta(days=1)


def refused(message: str, field: str = "") -> ValidationError:
    return ValidationError(message, code=field or None)


def rank_of(outcome_group: str) -> int:
    """The seriousness rank: 1 for Diversion up to 5 for Custody. Only the order of the groups is published."""
    return OUTCOME_GROUPS.index(outcome_group) + 1


@transaction.atomic
def add_legal_outcome(
    *, by: User, label: str, valid_from: date, outcome_group: str, return_code: str, source: str
) -> LegalOutcome:
    """A new legal outcome that counts as `outcome_group` from its first day. Usable and measured at once."""
    name_is_free(label)
    outcome = LegalOutcome.objects.create(
        code=new_code(label), label=label, valid_from=valid_from, source=source or f"Added by {by.service.name}"
    )
    mean(outcome, outcome_group, return_code, valid_from, None)
    return outcome


@transaction.atomic
def change_legal_outcome(
    *, outcome: LegalOutcome, by: User, version: int, label: str, valid_from: date, valid_to: date | None
) -> LegalOutcome:
    """Another name, first or last day. The first meaning begins on the first day, whichever it is now.

    The last day only ends its use: an outcome given later but recorded all the same still counts as it did.
    """
    name_is_free(label, but=outcome.pk)
    if valid_to and valid_to < valid_from:
        raise refused(f"The last day must be {say_date(valid_from)}, its first day, or later.", "valid_to")
    first = outcome.meanings.standing().order_by("valid_from").first()
    if valid_from != outcome.valid_from:
        if first.valid_to and valid_from > first.valid_to:
            raise refused(
                f"The first day must be {say_date(first.valid_to)} or earlier: after that it counts as something else.",
                "valid_from",
            )
        in_error(first, by, "The first day of the outcome was corrected")
        mean(outcome, first.outcome_group, first.return_code, valid_from, first.valid_to)
    changes = {"label": label, "valid_from": valid_from, "valid_to": valid_to}
    return save_version(outcome, version=version, changes=changes)


@transaction.atomic
def change_meaning(
    *, outcome: LegalOutcome, by: User, version: int, valid_from: date, outcome_group: str, return_code: str
) -> LegalOutcome:
    """Let `outcome` count as something else from a day on. What it counted as before ends the day before."""
    outcome = save_version(outcome, version=version, changes={})
    last = outcome.meanings.standing().order_by("valid_from").last()
    if valid_from <= last.valid_from:
        raise refused(
            f"The day must be after {say_date(last.valid_from)}, when it began to count as {last.outcome_group}. "
            "If that was a mistake, correct it instead.",
            "valid_from",
        )
    if (outcome_group, return_code) == (last.outcome_group, last.return_code):
        raise refused(f"It counts as {outcome_group} already. Select something else.", "outcome_group")
    save_version(last, version=last.version, changes={"valid_to": valid_from - ONE_DAY})
    mean(outcome, outcome_group, return_code, valid_from, None)
    return outcome


@transaction.atomic
def correct_meaning(
    *, meaning: LegalOutcomeMeaning, by: User, version: int, outcome_group: str, return_code: str, reason: str
) -> LegalOutcomeMeaning:
    """What was entered was wrong from the start: the right thing stands for the same days, the wrong one is kept."""
    if (outcome_group, return_code) == (meaning.outcome_group, meaning.return_code):
        raise refused("This is what it says already. Change it, or go back.", "outcome_group")
    in_error(meaning, by, reason, version=version)
    return mean(meaning.legal_outcome, outcome_group, return_code, meaning.valid_from, meaning.valid_to)


@transaction.atomic
def take_back_change(*, meaning: LegalOutcomeMeaning, by: User, version: int, reason: str) -> LegalOutcomeMeaning:
    """The latest change should not have been made, or on another day: what held before goes on holding."""
    standing = list(meaning.legal_outcome.meanings.standing().order_by("valid_from"))
    if len(standing) < 2 or standing[-1].pk != meaning.pk:
        raise refused("Only the latest change can be taken back, and what an outcome first counted as cannot.")
    in_error(meaning, by, reason, version=version)
    before = standing[-2]
    return save_version(before, version=before.version, changes={"valid_to": meaning.valid_to})


def mean(
    outcome: LegalOutcome, outcome_group: str, return_code: str, valid_from: date, valid_to: date | None
) -> LegalOutcomeMeaning:
    return LegalOutcomeMeaning.objects.create(
        legal_outcome=outcome,
        outcome_group=outcome_group,
        seriousness_rank=rank_of(outcome_group),
        return_code=return_code,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def in_error(meaning: LegalOutcomeMeaning, by: User, reason: str, version: int | None = None) -> None:
    changes = {"in_error_at": clock.now(), "in_error_by": by, "in_error_reason": reason}
    save_version(meaning, version=meaning.version if version is None else version, changes=changes)


def name_is_free(label: str, but: int | None = None) -> None:
    if LegalOutcome.objects.filter(label__iexact=label).exclude(pk=but).exists():
        raise refused("There is an outcome of this name already. Enter another name, or change that one.", "label")


def new_code(label: str) -> str:
    """The code in the case-level tables: the name in capitals, with a number where that is taken."""
    plain = re.sub(r"[^A-Z0-9]+", "_", slugify(label).upper()).strip("_")[:70] or "OUTCOME"
    code, number = plain, 1
    while LegalOutcome.objects.filter(code=code).exists():
        number += 1
        code = f"{plain}_{number}"
    return code


@transaction.atomic
def add_population(*, by: User, year: int, aged_10_to_17: int, source: str) -> Population:
    """How many residents of 10 to 17 the area of `by`'s service has. Rates of that year can then be computed."""
    if Population.objects.filter(of_service=by.service, year=year).exists():
        raise refused(f"The population of {year} is there already. Change it in the list.", "year")
    return Population.objects.create(of_service=by.service, year=year, aged_10_to_17=aged_10_to_17, source=source)


@transaction.atomic
def change_population(*, population: Population, by: User, version: int, aged_10_to_17: int, source: str) -> Population:
    """A revised estimate, or a number put right. History keeps the old one; a snapshot keeps what it was made with."""
    changes = {"aged_10_to_17": aged_10_to_17, "source": source, "invented": False}
    return save_version(population, version=version, changes=changes)
