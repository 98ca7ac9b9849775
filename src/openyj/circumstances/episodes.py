"""What the topics share: the earliest day, and codes and days in words where the database puts a list together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, CharField, F, Func, TextField, Value, When
from django.db.models.functions import Concat

from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.reference.models import choices


def earliest_of(model: type[AboutChild], column: str, noun: str, child: Child) -> tuple[date, str] | None:
    """The first day of a child's facts of a kind, which no date of birth may come after."""
    rows = model.objects.standing().filter(child=child, **{f"{column}__isnull": False})
    day = rows.order_by(column).values_list(column, flat=True).first()
    return (day, noun) if day else None


def label_of(column: str, list_name: str, missing: str) -> Case:
    """The label of a code, where a list of many kinds is put together by the database."""
    return label_in(column, choices(list_name), missing)


def label_in(column: str, offered: Iterable[tuple[str, str]], missing: str) -> Case:
    """The same of answers that are offered as (answer, label)."""
    labels = [When(**{column: key}, then=Value(label)) for key, label in offered]
    return Case(*labels, default=Value(missing), output_field=CharField())


def steps_of(words: Mapping[str, str]) -> Func:
    """ "screened 4 June 2026, referred 9 June 2026": the steps that have a day, by the words for their columns."""
    said = []
    for column, word in words.items():
        day = Func(F(column), Value("FMDD FMMonth YYYY"), function="to_char", output_field=TextField())
        spoken = Concat(Value(f"{word} "), day, output_field=TextField())
        said.append(Case(When(**{f"{column}__isnull": False}, then=spoken), output_field=TextField()))
    return Func(Value(", "), *said, function="concat_ws", output_field=TextField())
