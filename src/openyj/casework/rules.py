"""What cannot be true of offences, hearings, outcomes and programmes. Each rule raises ValidationError beside a field
and says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.casework.bail_rules import check_offence_on_bail
from openyj.casework.models import FirstContact, Hearing, Offence, Outcome, Programme, Transfer
from openyj.casework.offence_rules import check_charge, check_scores
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.reference.models import LegalOutcome
from openyj.tables.court_codes import ON_BAIL, OTHER, TO_LOCAL_AUTHORITY, TO_YOUTH_DETENTION

# The age of criminal responsibility (Children and Young Persons Act 1933, section 50), and the age at which a person
# is no longer a child. Outside them an offence may still be true, so it is asked about, not refused.
YOUNGEST, ADULT = 10, 18


def odd_age(child: Child, offence_date: date | None) -> str | None:
    """The question to ask where the child's age at the offence is unusual; None where it is not."""
    if not offence_date or not child.date_of_birth or offence_date < child.date_of_birth:
        return None
    age = child.age_on(offence_date)
    if YOUNGEST <= age < ADULT:
        return None
    meaning = "below the age of criminal responsibility" if age < YOUNGEST else "no longer a child"
    return (
        f"{child.name} was {age} on {say_date(offence_date)}, {meaning}. Check both dates; if they are right, confirm"
    )


def check_offence(
    *,
    child: Child,
    offence_date: date | None,
    arrest_date: date | None,
    charge_date: date | None = None,
    row: Offence | None = None,
    **scores: Any,
) -> None:
    """An offence: after birth, before its arrest and charge, not after what was decided on it, and as `offence_rules`
    ask."""
    check_charge(child=child, offence_date=offence_date, charge_date=charge_date)
    check_scores(**scores)
    not_before_birth(child, offence_date=offence_date, arrest_date=arrest_date)
    in_order(
        offence_date, arrest_date, "arrest_date",
        "The arrest cannot be before the offence ({first}). Check both dates.",
    )  # fmt: skip
    if row is None:
        return
    check_offence_on_bail(row=row, offence_date=offence_date, charge_date=charge_date)
    if not offence_date:
        return
    later = [(o.outcome_date, f"the outcome {o}") for o in row.outcomes.standing()]
    later += [
        (h.hearing_date, str(h)) for h in Hearing.objects.standing().filter(links__offence=row, links__in_error_at=None)
    ]
    for day, what in sorted(later, key=lambda each: each[0]):
        if day < offence_date:
            message = f"This is after {what} of {say_date(day)}. Check the date; if it is right, correct that first."
            raise ValidationError({"offence_date": message})


def check_hearing(
    *,
    child: Child,
    hearing_date: date | None,
    offences: Iterable[Offence],
    remand_proposal: str | None = None,
    remand_proposal_words: str = "",
    remand_decision: str | None = None,
    remand_decision_words: str = "",
    bail_conditions: str = "",
    adjourned_to: date | None = None,
    adjourned_reason: str = "",
    **_: object,
) -> None:
    """A hearing: after birth and after the offences it dealt with; decided only once it has been, and as the law has
    it for a child of that age; adjourned to a day after it (HRG-2)."""
    not_before_birth(child, hearing_date=hearing_date)
    not_before_offences("hearing_date", "hearing", hearing_date, offences)
    for field, chosen, said in (
        ("remand_proposal_words", remand_proposal, remand_proposal_words),
        ("remand_decision_words", remand_decision, remand_decision_words),
    ):
        if chosen == OTHER and not said:
            raise ValidationError({field: "Write in words what it was, since none of the list fits"})
    if remand_decision and hearing_date and hearing_date > clock.today():
        message = f"The hearing is on {say_date(hearing_date)}. Leave the decision empty until it has been."
        raise ValidationError({"remand_decision": message})
    if remand_decision in TO_YOUTH_DETENTION:
        old_enough_for_detention(child, hearing_date, "remand_decision")
    if bail_conditions and remand_decision not in (*ON_BAIL, *TO_LOCAL_AUTHORITY, OTHER):
        message = "Conditions go with bail or local authority accommodation. Select what the court decided first"
        raise ValidationError({"remand_decision": message})
    in_order(
        hearing_date, adjourned_to, "adjourned_to", "It cannot be adjourned to a day before it ({first}). Check both."
    )
    if adjourned_reason and not adjourned_to:
        raise ValidationError({"adjourned_to": "Enter the day it was adjourned to, or leave the reason empty"})


# Practice notes, section 5 (source S22): a child of 10 or 11 whose bail is refused must go to local authority
# accommodation; one of 12 to 17 may go to youth detention accommodation.
YOUNGEST_IN_DETENTION = 12


def old_enough_for_detention(child: Child, day: date | None, field: str) -> None:
    """Refuse youth detention accommodation for a child of 10 or 11. An unknown age refuses nothing."""
    age = child.age_on(day) if day else None
    if age is not None and age < YOUNGEST_IN_DETENTION:
        message = (
            f"{child.name} was {age} on {say_date(day)}. A child under {YOUNGEST_IN_DETENTION} whose bail is refused "
            "is remanded to local authority accommodation; youth detention accommodation is for ages 12 to 17. Check "
            "the date of birth, or select local authority accommodation."
        )
        raise ValidationError({field: message})


def check_outcome(
    *,
    child: Child,
    offences: Iterable[Offence],
    legal_outcome: LegalOutcome | None,
    outcome_date: date | None,
    end_date: date | None,
    **_: object,
) -> None:
    """An outcome: after its offences, in use on its day, and ending after it was given."""
    not_before_birth(child, outcome_date=outcome_date)
    not_before_offences("outcome_date", "outcome", outcome_date, offences)
    in_order(outcome_date, end_date, "end_date", "It cannot end before it was given ({first}). Check both dates.")
    if legal_outcome and outcome_date and not LegalOutcome.objects.usable_on(outcome_date).filter(pk=legal_outcome.pk):
        until = f" and ended on {say_date(legal_outcome.valid_to)}" if legal_outcome.valid_to else ""
        message = (
            f"{legal_outcome} could not be given on {say_date(outcome_date)}: it began on "
            f"{say_date(legal_outcome.valid_from)}{until}. Check the date, or select another outcome."
        )
        raise ValidationError({"legal_outcome": message})


def check_first_contact(
    *, child: Child, outcome: Outcome | None, contact_date: date | None, row: FirstContact | None = None, **_: object
) -> None:
    """A first contact: on the day of its outcome or after it, and one for all outcomes of one day."""
    not_before_birth(child, contact_date=contact_date)
    if outcome is None:
        return
    in_order(
        outcome.outcome_date, contact_date, "contact_date",
        "The first contact after an outcome cannot be before it ({first}). Check both dates.",
    )  # fmt: skip
    others = FirstContact.objects.standing().filter(child=child, outcome__outcome_date=outcome.outcome_date)
    if other := others.exclude(pk=row and row.pk).first():
        message = (
            f"A first contact after the outcomes of {say_date(outcome.outcome_date)} is recorded, on "
            f"{say_date(other.contact_date)}. If that is wrong, change that one."
        )
        raise ValidationError({"outcome": message})


def check_contacts_after(*, row: Outcome, outcome_date: date | None) -> None:
    """An outcome's new date is not after the first contact that followed it."""
    first = row.first_contacts.standing().order_by("contact_date").first()
    if first and outcome_date and first.contact_date < outcome_date:
        message = (
            f"This is after the first contact of {say_date(first.contact_date)} that followed the outcome. Check the "
            "date; if it is right, correct that first."
        )
        raise ValidationError({"outcome_date": message})


def check_appeal_status(*, row: Outcome, appeal_status: str | None) -> None:
    """An outcome's appeal status is what its appeal says, where one with a result is recorded."""
    decided = row.appeals.standing().exclude(result=None).exists()
    if decided and appeal_status != row.appeal_status:
        message = "This follows from the appeal that is recorded. If it is wrong, change that on the page of orders."
        raise ValidationError({"appeal_status": message})


def check_programme(
    *,
    child: Child,
    start_date: date | None,
    end_date: date | None,
    successfully_completed: bool | None,
    **_: object,
) -> None:
    """A programme: after birth, ended after it began, and completed only when it has ended."""
    not_before_birth(child, start_date=start_date)
    in_order(start_date, end_date, "end_date", "It cannot end before it started ({first}). Check both dates.")
    if successfully_completed is not None and not end_date:
        raise ValidationError({"end_date": "Enter the day it ended, or leave open whether it was completed"})


def check_transfer(*, child: Child, transfer_date: date | None, **_: object) -> None:
    """A transfer: after birth."""
    not_before_birth(child, transfer_date=transfer_date)


def not_before_offences(field: str, noun: str, day: date | None, offences: Iterable[Offence]) -> None:
    for offence in offences:
        if day and offence.offence_date and day < offence.offence_date:
            message = (
                f"The {noun} cannot be before the offence “{offence}” of {say_date(offence.offence_date)}. "
                "Check the date, or take the offence out."
            )
            raise ValidationError({field: message})


def earliest_fact(child: Child) -> tuple[date, str] | None:
    """The earliest day of anything recorded here about a child, and what it is."""
    firsts = []
    for model, column, noun in (
        (Offence, "offence_date", "An offence"),
        (Offence, "arrest_date", "An arrest"),
        (Offence, "charge_date", "A charge"),
        (Hearing, "hearing_date", "A hearing"),
        (Outcome, "outcome_date", "An outcome"),
        (FirstContact, "contact_date", "A first contact"),
        (Programme, "start_date", "A programme"),
        (Transfer, "transfer_date", "A transfer"),
    ):
        rows = model.objects.standing().filter(child=child, **{f"{column}__isnull": False})
        if day := rows.order_by(column).values_list(column, flat=True).first():
            firsts.append((day, noun))
    return min(firsts, default=None)
