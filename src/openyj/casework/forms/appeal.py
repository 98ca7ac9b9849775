"""The forms of an appeal."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework.models import Appeal, Outcome
from openyj.casework.orders import appeal_rules as rules
from openyj.casework.orders.selectors import standing_outcomes
from openyj.core.dates import say_date
from openyj.core.forms import DateField
from openyj.people.forms import FactForm, code_field


def say_outcome(outcome: Outcome) -> str:
    """An outcome as a choice."""
    return f"{outcome}, {say_date(outcome.outcome_date)} ({outcome.offence})"


class AppealForm(FactForm):
    """An appeal against an outcome that is known already."""

    appealed_on = DateField(label="Date of the appeal", when="today or past", help_text="For example: 4 6 2026")
    about = code_field("appeal_about", "Against what?")
    result = code_field("outcome_appeal_status", "Result", help_text="Leave it empty while the appeal is not decided.")
    result_on = DateField(label="Date of the result", when="today or past", required=False)
    new_outcome = forms.ModelChoiceField(
        Outcome.objects.none(), label="The new outcome, if there is one", required=False, empty_label="None",
        help_text="Record the new outcome first, on the same offences.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_outcome"].queryset = standing_outcomes(self.child)
        self.fields["new_outcome"].label_from_instance = say_outcome

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            against = cleaned.get("outcomes") if "outcomes" in self.fields else [self.row.outcome]
            facts = {name: cleaned.get(name) for name in AppealForm.base_fields}
            self.refuse(rules.check_appeal, child=self.child, outcomes=against, row=self.row, **facts)
        return cleaned

    @classmethod
    def values_of(cls, row: Appeal) -> dict[str, object]:
        return super().values_of(row) | {"new_outcome": row.new_outcome_id}


class OutcomesField(forms.ModelMultipleChoiceField):
    """The outcomes of a child, as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Outcome.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, outcome: Outcome) -> str:
        return say_outcome(outcome)


class AddAppealForm(AppealForm):
    """An appeal against one or several outcomes at once."""

    outcomes = OutcomesField(
        label="What was appealed?", error_messages={"required": "Select each outcome that was appealed"}
    )
    field_order = ["outcomes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcomes"].queryset = standing_outcomes(self.child)
