"""What a person chooses to see of the clock; and whose the days up to a stage are."""

from __future__ import annotations

from django import forms

from openyj.casework.slots import Whose
from openyj.core.forms import DateField, Form
from openyj.core.windows import LAST_YEAR, Window, windows
from openyj.delays.figures import BREAKDOWNS
from openyj.delays.models import Turn
from openyj.delays.turns import ALWAYS


class ChooseForm(Form):
    """Which decisions, broken down by what. A word in the address that means nothing is as if it were not there."""

    mark_optional = False
    period = forms.ChoiceField(label="Decisions of")
    by = forms.ChoiceField(label="Break down by", required=False, choices=[("", "Nothing"), *BREAKDOWNS.items()])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.windows = {window.name: window for window in windows()}
        self.fields["period"].choices = [(window.name, window.label) for window in self.windows.values()]

    @property
    def window(self) -> Window:
        return self.windows[self.cleaned_data["period"]]

    @property
    def by_what(self) -> str:
        return self.cleaned_data["by"]


def read_choice(given: dict[str, str]) -> ChooseForm:
    """The form as an address has it, always valid."""
    first = {"period": LAST_YEAR, "by": ""}
    asked = ChooseForm(first | {name: given[name] for name in first if name in given})
    if not asked.is_valid():
        asked = ChooseForm(first | {n: v for n, v in given.items() if n in first and n not in asked.errors})
        asked.is_valid()
    return asked


def whose_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who has it in hand in these days?",
        choices=Whose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who has it in hand"},
    )


def source_field() -> forms.CharField:
    return forms.CharField(
        label="Where this comes from", max_length=300,
        help_text="The guidance, protocol or local agreement that says so.",
        error_messages={"required": "Enter where this comes from"},
    )  # fmt: skip


class ChangeTurnForm(Form):
    """Another from a day on."""

    valid_from = DateField(
        label="From which day?", noun="The day", earliest=ALWAYS,
        help_text="For a stage reached on this day or later.",
    )  # fmt: skip
    whose = whose_field()
    source = source_field()


class CorrectTurnForm(Form):
    """What should have been said."""

    whose = whose_field()
    source = source_field()
    reason = forms.CharField(label="What was wrong?", max_length=300, error_messages={"required": "Say what was wrong"})


def turn_values(turn: Turn) -> dict[str, object]:
    """What the forms hold of it, but for the day from which a change holds: nobody chose one yet."""
    return {"whose": turn.whose, "source": turn.source}
