"""The forms of outcomes and of the first contact after one."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework import rules
from openyj.casework.forms.choosing import OffencesField, OffencesForm
from openyj.casework.models import FirstContact, Outcome
from openyj.core.dates import say_date
from openyj.core.forms import DateField, NumberWidget
from openyj.people.forms import FactForm, code_field
from openyj.people.record import Recorded
from openyj.reference.models import LegalOutcome, choices


class OutcomeForm(FactForm):
    """What was decided, on an offence that is known already."""

    outcome_date = DateField(label="Date of the outcome", when="today or past", help_text="For example: 4 6 2026")
    legal_outcome = forms.ModelChoiceField(LegalOutcome.objects.all(), label="Outcome", empty_label="Select")
    residence = forms.ChoiceField(
        label="Where did the child live on that day?",
        choices=choices("residence_on_legal_outcome_date"),
        widget=forms.RadioSelect,
        help_text="Figures count an outcome for the service where the child lived on the day.",
        error_messages={"required": "Select where the child lived on the day of the outcome"},
    )
    term_months = forms.FloatField(
        label="Length in months", required=False, min_value=0.1, max_value=1200,
        widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": "Length in months must be a number, like 12"},
        help_text="Without an end date below, the record shows an end worked out from this as an estimate.",
    )  # fmt: skip
    end_date = DateField(
        label="End of the outcome",
        required=False,
        help_text="Only from a written authority, such as the court’s order.",
    )
    main_or_other = code_field(
        "main_or_other", "If several were given together", help_text="Whether this is the main one."
    )
    appeal_status = code_field("outcome_appeal_status", "Appeal", help_text="Leave it empty if there was no appeal.")

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        values = super().values_of(row)
        return values | {"term_months": f"{row.term_months:g}" if row.term_months else None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("offences", []) if "offences" in self.fields else [self.row.offence]
        facts = {name: cleaned.get(name) for name in ("legal_outcome", "outcome_date", "end_date")}
        self.refuse(rules.check_outcome, child=self.child, offences=on, **facts)
        if self.row:
            self.refuse(rules.check_appeal_status, row=self.row, appeal_status=cleaned.get("appeal_status"))
        return cleaned


class AddOutcomeForm(OutcomeForm, OffencesForm):
    """What was decided on one or several offences at once."""

    offences = OffencesField(
        label="On which offences?", error_messages={"required": "Select each offence that was decided"}
    )
    field_order = ["offences"]


class FirstContactForm(FactForm):
    """The first contact with a child after an outcome."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.none(), label="After which outcome?", empty_label="Select",
        error_messages={"required": "Select the outcome it followed"},
        help_text="One first contact answers all outcomes of the same day.",
    )  # fmt: skip
    contact_date = DateField(
        label="Date of first contact", when="today or past",
        help_text="The first day somebody of the service was in touch with the child. For example: 4 6 2026",
    )  # fmt: skip
    how = forms.ChoiceField(label="How?", choices=FirstContact.How.choices, widget=forms.RadioSelect)
    late_reason = forms.CharField(label="If it was late: why?", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = Outcome.objects.standing().filter(child=self.child).select_related("legal_outcome", "offence")
        self.fields["outcome"].queryset = outcomes
        self.fields["outcome"].label_from_instance = lambda outcome: (
            f"{outcome}, {say_date(outcome.outcome_date)} ({outcome.offence})"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        facts = {name: cleaned.get(name) for name in ("outcome", "contact_date")}
        self.refuse(rules.check_first_contact, child=self.child, row=self.row, **facts)
        return cleaned
