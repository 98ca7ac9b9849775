"""Widgets that Django does not have: a date in three boxes, a sum of money, radios on one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DateWidget(forms.MultiWidget):
    """Day, month and year as people write them. A picker is slower for a date somebody reads from a paper."""

    template_name = "core/govuk/date.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        self.bad_parts: set[int] = set()
        names = ("day", "month", "year")
        super().__init__({name: forms.TextInput() for name in names}, attrs)

    def decompress(self, value: date | None) -> list[object]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for index, part in enumerate(context["widget"]["subwidgets"]):
            part["label"] = self.labels[index]
            part["width"] = 4 if index == 2 else 2
            part["bad"] = index in self.bad_parts
            # A date of birth asked of the person herself may be filled in by her browser (WCAG 1.3.5).
            if self.attrs.get("autocomplete") == "bday":
                part["attrs"]["autocomplete"] = f"bday-{('day', 'month', 'year')[index]}"
            else:
                part["attrs"]["autocomplete"] = "off"
        return context

    def id_for_label(self, id_: str) -> str:
        return ""


class MoneyWidget(forms.TextInput):
    """Pounds, with the sign before the box."""

    longest = 10


class NumberWidget(forms.TextInput):
    """Digits. Not `type=number`: its arrows and the scroll wheel change a figure without anybody noticing."""

    longest = 5

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", **(attrs or {})})


class InlineRadios(forms.RadioSelect):
    """Two or three short answers on one line."""
