"""Forms about time limits and bank holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from openyj.actions.deadlines import Usual, events
from openyj.actions.models import TimeLimit, Unit
from openyj.core.forms import DateField, Form, WholeNumberField

EARLIEST = date(2012, 1, 1)  # the first year of the shipped bank holidays
WHAT_WAS_WRONG = {"label": "What was wrong?", "max_length": 300, "error_messages": {"required": "Say what was wrong"}}


def days_field() -> WholeNumberField:
    return WholeNumberField(label="Days", min_value=1, max_value=1000, help_text="The event’s own day is not counted.")


def unit_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Counted in",
        choices=[(Unit.WORKING, "Working days"), (Unit.CALENDAR, "Calendar days")],
        widget=forms.RadioSelect,
        help_text="Working days leave out Saturdays, Sundays and the bank holidays of England and Wales.",
        error_messages={"required": "Select which days are counted"},
    )


def source_field() -> forms.CharField:
    return forms.CharField(
        label="Where this limit comes from",
        max_length=300,
        help_text="The standard, guidance or local policy that says so.",
        error_messages={"required": "Enter where this limit comes from"},
    )


class AddLimitForm(Form):
    """A limit for something that has none."""

    what = forms.ChoiceField(label="For what?", error_messages={"required": "Select what the limit is for"})
    days = days_field()
    unit = unit_field()
    valid_from = DateField(
        label="From which day?", noun="The day", earliest=EARLIEST,
        help_text="For events on this day or later. Earlier events have no deadline by this limit.",
    )  # fmt: skip
    source = source_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(f"{name}|{case}", said(name, case)) for name, event in events.items() for case, _ in cases(event)]
        self.fields["what"].choices = [("", "Select"), *offered]

    def limit(self) -> dict[str, Any]:
        """What `limits.add_limit` takes."""
        cleaned = dict(self.cleaned_data)
        event, case = cleaned.pop("what").split("|", 1)
        return cleaned | {"event": event, "applies_to": case}


class ChangeLimitForm(Form):
    """Another limit from a day on."""

    valid_from = DateField(
        label="From which day?", noun="The day", earliest=EARLIEST,
        help_text="Events on this day or later have the new limit; those before keep theirs.",
    )  # fmt: skip
    days = days_field()
    unit = unit_field()
    source = source_field()


class CorrectLimitForm(Form):
    """What should have been entered."""

    days = days_field()
    unit = unit_field()
    source = source_field()
    reason = forms.CharField(**WHAT_WAS_WRONG)


class EndLimitForm(Form):
    """The last day of a limit."""

    valid_to = DateField(label="Last day", required=False, help_text="Leave it empty while the limit goes on.")


class BeginForm(Form):
    """Which of the usual limits hold, and from when."""

    which = forms.MultipleChoiceField(
        label="Which of them?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select each limit your service has"},
        help_text="Those with a source that can be read are selected. The others are general knowledge: select one "
        "only if it is your policy.",
    )  # fmt: skip

    valid_from = DateField(
        label="From which day?", noun="The day", earliest=EARLIEST,
        help_text="For events on this day or later. Choose a day from which the answers are recorded here.",
    )  # fmt: skip

    def __init__(self, *args: Any, usual: Mapping[str, tuple[str, Usual]], **kwargs: Any) -> None:
        known = [word for word, (_event, limit) in usual.items() if limit.known]
        super().__init__(*args, **{"initial": {"which": known}} | kwargs)
        self.fields["which"].choices = [(word, describe(event, limit)) for word, (event, limit) in usual.items()]


class BankHolidayForm(Form):
    """A day that a proclamation adds."""

    day = DateField(label="Day", earliest=EARLIEST)
    name = forms.CharField(label="What it is called", max_length=120)
    source = forms.CharField(
        label="Where this comes from", max_length=300, help_text="For example: royal proclamation of 19 September 2022."
    )


class HolidayInErrorForm(Form):
    """Why a day was no bank holiday."""

    reason = forms.CharField(**WHAT_WAS_WRONG)


def cases(event) -> list[tuple[str, str]]:
    return [("", "any"), *event.cases()]


def describe(event: str, usual: Usual) -> str:
    """ "First contact after an outcome: Referral order, 5 working days. <its source>" """
    within = TimeLimit(days=usual.days, unit=usual.unit).within
    return f"{said(event, usual.applies_to)}, {within}. {usual.source}"


def said(name: str, case: str) -> str:
    """What a limit is for, in words: "First contact after an outcome: Referral order"."""
    found = dict(events.items()).get(name)
    if found is None:
        return name
    label = dict(cases(found)).get(case, case)
    return f"{found.label}: {label}"


def limit_values(limit: TimeLimit) -> dict[str, object]:
    return {name: getattr(limit, name) for name in ("days", "unit", "source", "valid_to")}
