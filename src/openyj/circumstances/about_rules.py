"""What cannot be true of how to reach a child and of their languages, and what is dangerous and is said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from openyj.circumstances.models import ContactDetail
from openyj.circumstances.rules import check_episode
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Address, Child
from openyj.people.rules import in_order

SAYS = ("first_language", "interpreter", "sign_language", "reads", "prefers", "welsh_offered")


def check_languages(*, child: Child, start_date: date | None, end_date: date | None, **answers: object) -> None:
    """Languages: one answer at least, from birth on."""
    check_episode(child=child, start_date=start_date, end_date=end_date)
    if not any(answers[name] for name in SAYS):
        raise ValidationError({"first_language": "Answer one question at least. “Recorded as unknown” is an answer."})


def check_contact(
    *,
    child: Child,
    way: str,
    value: str,
    address: Address | None,
    start_date: date,
    review_on: date,
    end_date: date | None,
    **_: object,
) -> None:
    """A way to contact: where it goes, from birth on, and asked about again after it was asked."""
    check_episode(child=child, start_date=start_date, end_date=end_date)
    if way == "address":
        if address is None:
            raise ValidationError({"address": "Select an address of the record, or add one there first"})
        if value:
            raise ValidationError({"value": "Leave this empty for a letter or visit: the address is on the record"})
    else:
        if not value:
            raise ValidationError({"value": "Enter the number or e-mail address"})
        if address is not None:
            raise ValidationError({"address": "Select an address only for a letter or visit"})
    in_order(start_date, review_on, "review_on", "Enter a day after they were asked ({first})")


def one_way(way: str, value: str) -> str:
    """A telephone number or e-mail address in one way, so that it is known again. Raises ValidationError for none."""
    if way == "email":
        validate_email(value)
        return value.lower()
    number = re.sub(r"^(\+44|0044)", "0", re.sub(r"[\s()-]", "", value))
    if not re.fullmatch(r"0\d{9,10}", number):
        raise ValidationError("Enter a UK telephone number, for example 07700 900123")
    return number


def warnings(row: ContactDetail) -> Iterator[str]:
    """What somebody who is about to ring must read."""
    if row.safe == "NOT_SAFE":
        yield "Not safe. Do not ring, write or visit here: somebody else may hear, read or open it."
    elif row.safe == "NOT_KNOWN":
        yield "Nobody knows whether this is safe. Ask the child in person before you use it."
    elif row.review_on < clock.today():
        yield f"It was to be asked again by {say_date(row.review_on)} whether this is safe. Ask before you use it."
