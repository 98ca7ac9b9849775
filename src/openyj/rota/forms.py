"""Forms about the rota. They check and save nothing."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import User
from openyj.core import clock
from openyj.core.forms import DateField, Form, WholeNumberField
from openyj.rota.models import Days, Part
from openyj.rota.selectors import people

WEEKDAYS = [("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"),
            ("5", "Saturday"), ("6", "Sunday")]  # fmt: skip


class PlanForm(Form):
    """Who is on duty, in which parts of which weekdays, from when to when."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who is on duty?", empty_label="Select",
        error_messages={"required": "Select who is on duty"},
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="In which parts of the day?", choices=Part.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one part of the day"},
    )  # fmt: skip
    first = DateField(label="From", noun="First day")
    last = DateField(label="Until", noun="Last day", required=False, help_text="Leave it empty for one day only.")
    weekdays = forms.MultipleChoiceField(
        label="On which weekdays, if for longer?", choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        required=False, help_text="None selected means every day.",
    )  # fmt: skip
    place = forms.CharField(label="Where, if in a court", max_length=120, required=False)
    phone = forms.CharField(
        label="Telephone while on duty", max_length=40, required=False,
        help_text="Everybody who sees the rota sees it. Left empty, it is the one they gave last.",
    )  # fmt: skip
    reason = forms.CharField(label="If a day has gone by: why it is planned now", max_length=300, required=False)
    mark_optional = False

    def __init__(self, *args: Any, service: int, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"first": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people(service)

    @property
    def planned(self) -> dict[str, Any]:
        """What is saved: one day where no last one is given, every weekday where none is selected."""
        given = dict(self.cleaned_data)
        given["last"] = given["last"] or given["first"]
        given["weekdays"] = {int(each) for each in given["weekdays"]} or set(range(7))
        return given


class CopyForm(Form):
    """A week planned again."""

    week = DateField(label="Copy the week of", noun="Day of the week to copy", help_text="Any day of that week.")
    into = DateField(label="Into the week of", noun="Day of the week to copy into", help_text="Any day of that week.")
    weeks = WholeNumberField(label="And into so many weeks in all", min_value=1, max_value=12)


class SwapForm(Form):
    """Who takes a duty over, and why."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who takes it over?", empty_label="Select",
        error_messages={"required": "Select who takes it over"},
    )  # fmt: skip
    phone = forms.CharField(label="Their telephone while on duty", max_length=40, required=False)
    reason = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Say why it is swapped"})

    def __init__(self, *args: Any, service: int, but: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people(service).exclude(pk=but)


class TakeOffForm(Form):
    """Why a duty is taken off."""

    reason = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Say why it is taken off"})


class CoverForm(Form):
    """When somebody has to be on duty."""

    needed = forms.MultipleChoiceField(
        label="Somebody has to be on duty", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(f"{day}:{part}", f"{day.label}, {part.label.lower()}") for day in Days for part in Part],
        help_text="Where nobody is, the rota shows a gap.",
    )  # fmt: skip
