"""Form fields people fill in: a date in three boxes, pounds, a whole number, yes or no."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.govuk.widgets import DateWidget, InlineRadios, MoneyWidget, NumberWidget
from openyj.core.words import in_a_sentence

MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
PARTS = (gettext_lazy("day"), gettext_lazy("month"), gettext_lazy("year"))
AMOUNT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?", re.ASCII)


class DateField(forms.Field):
    """A date typed as 4, 6 or June, 2026; a whole date in the first box is read too.

    `when` is "past", "today or past", "future", "today or future" or None. `noun` is what messages call the
    date where the label is a question: `DateField(label="When was the hearing?", noun="Date of the hearing")`.
    Refuses impossible dates, two-figure years (whose century would be a guess) and dates before `earliest`.
    """

    widget = DateWidget

    def __init__(
        self,
        *,
        when: str | None = None,
        noun: str = "",
        earliest: date = date(1900, 1, 1),
        latest: date = date(2199, 12, 31),
        **kwargs: Any,
    ) -> None:
        if when not in {None, *WHEN}:
            raise ValueError(f"when must be one of {sorted(WHEN)}, not {when!r}")
        self.when, self.noun, self.earliest, self.latest = when, noun, earliest, latest
        super().__init__(**kwargs)

    def asks(self) -> str:
        """What the error says when nothing was typed."""
        thing = in_a_sentence(self._called())
        if thing.endswith("?"):
            return _("Enter the date: %(thing)s") % {"thing": self._called()}
        return _("Enter the %(thing)s" if thing.startswith("date") else "Enter %(thing)s") % {"thing": thing}

    def clean(self, value: object) -> date | None:
        """The date; None when left out and that is allowed. Raises ValidationError saying what to type instead."""
        typed = [str(part if part is not None else "").strip() for part in (value or ["", "", ""])]
        if typed[0] and not any(typed[1:]):
            typed = re.split(r"[\s/.\-]+", typed[0]) if _looks_whole(typed[0]) else typed
            if len(typed[0]) == 4 and typed[0].isdecimal():  # 2026-06-04
                typed.reverse()
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if missing := [index for index, part in enumerate(typed) if not part]:
            names = _(" and ").join(str(PARTS[index]) for index in missing)
            raise self._refusal(_("%(date)s must include a %(parts)s"), missing, parts=names)
        found = self._read(typed)
        self._check_when(found)
        self.run_validators(found)
        return found

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether what was typed is another date than before; unreadable typing is a change."""
        try:
            return (initial or None) != DateField(required=False).clean(data)
        except ValidationError:
            return True

    def _called(self) -> str:
        return str(self.noun or self.label or _("Date"))

    def _refusal(self, message: str, boxes: list[int], parts: str = "") -> ValidationError:
        """An error about some of the three boxes: the page marks these and links to the first."""
        words = {"date": self._called(), "parts": parts, "boxes": boxes}
        return ValidationError(message, code="date", params=words)

    def _read(self, typed: list[str]) -> date:
        real = _("%(date)s must be a real date, like 4 6 2026")
        day, month, year = typed
        if not re.fullmatch(r"\d{4}", year, re.ASCII):
            raise self._refusal(_("%(date)s must have a year with 4 numbers, like 2026"), [2])
        if not re.fullmatch(r"\d{1,2}", day, re.ASCII):
            raise self._refusal(real, [0])
        if (number := _month(month)) is None:
            raise self._refusal(real, [1])
        try:
            return date(int(year), number, int(day))
        except ValueError:
            raise self._refusal(real, [0, 1, 2]) from None

    def _check_when(self, found: date) -> None:
        today = clock.today()
        if not self.earliest <= found <= self.latest:
            late = found > self.latest
            raise ValidationError(
                _("%(date)s must be on or before %(limit)s") if late else _("%(date)s must be on or after %(limit)s"),
                code="limit",
                params={"date": self._called(), "limit": say_date(self.latest if late else self.earliest)},
            )
        if self.when and not WHEN[self.when][0](found, today):
            raise ValidationError(str(WHEN[self.when][1]), code="when", params={"date": self._called()})


WHEN = {
    "past": (lambda found, today: found < today, gettext_lazy("%(date)s must be in the past")),
    "today or past": (lambda found, today: found <= today, gettext_lazy("%(date)s must be today or in the past")),
    "future": (lambda found, today: found > today, gettext_lazy("%(date)s must be in the future")),
    "today or future": (
        lambda found, today: found >= today,
        gettext_lazy("%(date)s must be today or in the future"),
    ),
}


class MoneyField(forms.DecimalField):
    """Pounds and pence: 1234, 1,234.50 or £1,234.50. A comma anywhere but at thousands is refused, not guessed."""

    widget = MoneyWidget

    def __init__(self, *, min_value: Decimal | int | None = 0, max_digits: int = 12, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_digits=max_digits, decimal_places=2, **kwargs)

    def to_python(self, value: object) -> Decimal | None:
        """The amount, in pounds. Raises ValidationError saying how to type it."""
        typed = re.sub(r"[£\s]", "", str(value if value is not None else ""))
        if not typed:
            return None
        if not AMOUNT.fullmatch(typed):
            label = str(self.label or _("The amount"))
            raise ValidationError(
                _("%(label)s must be an amount in pounds, like 1,234.50"), code="invalid", params={"label": label}
            )
        return Decimal(typed.replace(",", ""))

    def prepare_value(self, value: object) -> object:
        """An amount from the record with its thousands and pence; what was typed stays as it was typed."""
        return f"{value:,.2f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keypad with a decimal point on a phone."""
        return {"inputmode": "decimal"}


class WholeNumberField(forms.IntegerField):
    """A count: digits, with or without commas at thousands."""

    widget = NumberWidget

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, **kwargs)

    def to_python(self, value: object) -> int | None:
        """The number. Raises ValidationError when it is not a whole one."""
        typed = str(value if value is not None else "").strip()
        if typed and not re.fullmatch(r"-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})", typed, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(typed.replace(",", "")) if typed else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `min` and `max`: they belong to `type=number`."""
        return {}


class YesNoField(forms.TypedChoiceField):
    """Yes or no, neither chosen for the person. The value is True, False or, when left out, None."""

    widget = InlineRadios

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))])
        super().__init__(coerce=lambda chosen: chosen == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: object) -> object:
        """A stored True or False as its answer."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _looks_whole(typed: str) -> bool:
    return len(re.split(r"[\s/.\-]+", typed)) == 3


def _month(typed: str) -> int | None:
    if re.fullmatch(r"\d{1,2}", typed, re.ASCII):
        return int(typed)
    low = typed.lower().rstrip(".")
    if len(low) < 3:
        return None
    # Three letters are enough: no two months share them in either language (a test holds that).
    return next((n for n, names in enumerate(MONTHS, 1) if any(name.startswith(low) for name in names)), None)
