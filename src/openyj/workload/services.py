"""What a service sets for the workload number. Nothing is overwritten: a change ends what held the day before, and on
the same day what was set is kept, marked as recorded in error.

A refusal is a ValidationError whose code names the field it is about.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core.dates import say_date
from openyj.people.services import record_in_error
from openyj.workload.models import Hours, Weight

ONE_DAY = timedelta(days=1)
SAME_DAY = "Set again for the same day"
Row = TypeVar("Row", Weight, Hours)


def set_weight(*, by: User, seen: int | None, part: str, weight: Decimal, valid_from: date, source: str) -> Weight:
    """Another weight from a day on. `seen` is the row that held as it was read (its number), None for none."""
    return put(Weight, by, seen, valid_from, {"part": part}, {"weight": weight, "source": source})


def set_hours(*, by: User, seen: int | None, user: User, percent: int, valid_from: date) -> Hours:
    """Other hours from a day on. Refuses somebody of another service."""
    if user.service_id != by.service_id:
        raise ValidationError("Select somebody of this service")
    return put(Hours, by, seen, valid_from, {"user": user}, {"percent": percent})


def put(
    model: type[Row], by: User, seen: int | None, valid_from: date, of: dict[str, Any], says: dict[str, Any]
) -> Row:
    with acting(by=by):
        last = model.objects.visible_to(by).standing().filter(**of).order_by("-valid_from").first()
        if (last and last.pk) != seen:
            raise ValidationError("A colleague has set this meanwhile. Open the page again and read what holds now.")
        if last:
            if valid_from < last.valid_from:
                begins = say_date(last.valid_from)
                raise ValidationError(f"What holds now began on {begins}. Enter that day or a later one.", "valid_from")
            if valid_from == last.valid_from:
                record_in_error(row=last, version=last.version, by=by, reason=SAME_DAY)
            else:
                save_version(last, version=last.version, changes={"valid_to": valid_from - ONE_DAY})
        return model.objects.create(service=by.service, recorded_by=by, valid_from=valid_from, **of, **says)
