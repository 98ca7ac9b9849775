"""What cannot be true of the people around a child. A rule raises ValidationError beside a field and says what to do.

NW-1  somebody is around the child from birth on, since today or before, and ends after they began
NW-2  an answer about parental responsibility has its source and its day, which is today or before
NW-3  a warning has its reason; without a warning there is no reason and no order
NW-4  contact that is not safe, or safe only in some way, says why or how
NW-5  a child has one lead professional at a time
NW-6  a brother or sister who is linked is another child of the service, in this network once
NW-7  somebody already in this network is not added a second time
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from openyj.core import clock
from openyj.network.models import SIBLINGS, Connection, Professional, Relationship, Safety
from openyj.people.models import Child, Person
from openyj.people.rules import in_order, not_before_birth

HOW = {
    Safety.NOT_SAFE: "Enter why it is not safe, and what to do instead",
    Safety.CARE: "Enter when and how it is safe",
}
ENDED_FIRST = "It cannot end before it began ({first}). Check both dates."


def check_days(*, child: Child, start_date: date | None, end_date: date | None) -> None:
    """NW-1."""
    not_before_birth(child, start_date=start_date, end_date=end_date)
    if start_date and start_date > clock.today():
        raise ValidationError({"start_date": "The day must be today or in the past"})
    in_order(start_date, end_date, "end_date", ENDED_FIRST)


def check_connection(
    *,
    child: Child,
    start_date: date | None = None,
    end_date: date | None = None,
    responsibility: str | None = None,
    responsibility_source: str = "",
    responsibility_known_on: date | None = None,
    safety: str | None = None,
    safety_words: str = "",
    caution: str = "",
    caution_reason: str = "",
    caution_order: str = "",
    **_: object,
) -> None:
    """NW-1 to NW-4."""
    check_days(child=child, start_date=start_date, end_date=end_date)
    wrong = missing_of_responsibility(responsibility, responsibility_source, responsibility_known_on)
    if caution and not caution_reason:  # NW-3
        wrong["caution_reason"] = "Enter the reason, so that who reads the warning knows what to do"
    elif not caution and (caution_reason or caution_order):
        wrong["caution"] = "Select the warning that the reason is for, or leave reason and order empty"
    if safety in HOW and not safety_words:  # NW-4
        wrong["safety_words"] = HOW[safety]
    if wrong:
        raise ValidationError(wrong)


def missing_of_responsibility(answer: str | None, source: str, known_on: date | None) -> dict[str, str]:
    """NW-2: what has to be entered, by field."""
    if not answer:
        message = "Answer whether they have parental responsibility, or leave how it is known empty"
        return {"responsibility": message} if source or known_on else {}
    wrong = {}
    if not source:
        wrong["responsibility_source"] = "Enter how it is known: who said so, or which paper says so"
    if not known_on:
        wrong["responsibility_known_on"] = "Enter the day it was known"
    elif known_on > clock.today():
        wrong["responsibility_known_on"] = "The day it was known must be today or in the past"
    return wrong


def check_professional(
    *,
    child: Child,
    start_date: date | None = None,
    end_date: date | None = None,
    lead: bool | None = False,
    row: Professional | None = None,
    **_: object,
) -> None:
    """NW-1 and NW-5."""
    check_days(child=child, start_date=start_date, end_date=end_date)
    if lead and end_date is None:
        others = Professional.objects.standing().filter(child=child, lead=True, end_date=None)
        other = others.exclude(pk=row and row.pk).first()
        if other:
            message = f"{other} is the lead professional. Change that first: a child has one lead at a time."
            raise ValidationError({"lead": message})


def check_person(*, child: Child, person: Person, relationship: Relationship, is_child: bool) -> None:
    """NW-6 and NW-7."""
    if person.pk == child.person_id:
        raise ValidationError("This is the child’s own record. Search for somebody else.")
    if is_child and relationship.code not in SIBLINGS:
        message = "A child’s record is linked only as a brother or sister. Select one of those words."
        raise ValidationError({"relationship": message})
    here = Connection.objects.standing().filter(child=child, person=person, end_date=None).first()
    if here:
        raise ValidationError(f"{here} is in this network already. Change that instead of adding them again.")
