"""The forms of legal outcomes and populations."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

from openyj.core import clock
from openyj.core.forms import DateField, Form, WholeNumberField
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning, Population
from openyj.tables.codes import OUTCOME_GROUPS

WHAT_IT_MEANS = {
    "Diversion": "no first time entrant, no reoffence",
    "Pre-Court": "a caution",
    "First-tier": "from a discharge to a referral order",
    "Community": "a youth rehabilitation order",
    "Custody": "detention",
}


def group_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Counts as",
        widget=forms.RadioSelect,
        choices=[(group, f"{group}: {WHAT_IT_MEANS[group]}") for group in OUTCOME_GROUPS],
        help_text="From least to most serious. When a child has several outcomes on one day, the most serious counts.",
        error_messages={"required": "Select what it counts as"},
    )


def code_field() -> forms.CharField:
    return forms.CharField(
        label="Its code in the national return",
        max_length=80,
        required=False,
        help_text="In capitals, like YOUTH_CAUTION. Leave empty if none is published: do not make one up.",
        validators=[
            RegexValidator(
                r"^[A-Z0-9]+(_[A-Z0-9]+)*$",
                "Its code in the national return must be capitals and figures, like YOUTH_CAUTION",
            )
        ],
    )


class LegalOutcomeForm(Form):
    """A new legal outcome."""

    label = forms.CharField(label="Name", max_length=160)
    valid_from = DateField(label="First day it can be given")
    outcome_group = group_field()
    return_code = code_field()
    source = forms.CharField(
        label="Where this comes from",
        max_length=300,
        required=False,
        help_text="The law, circular or local agreement that says so.",
    )

    def clean_label(self):
        return " ".join(self.cleaned_data["label"].split())


class ChangeLegalOutcomeForm(Form):
    """A legal outcome's name, first and last day."""

    label = forms.CharField(label="Name", max_length=160)
    valid_from = DateField(label="First day it can be given")
    valid_to = DateField(
        label="Last day it can be given",
        required=False,
        help_text="Leave empty while it is in use. Outcomes recorded already stay and count as before.",
    )

    def clean_label(self):
        return " ".join(self.cleaned_data["label"].split())


class MeaningForm(Form):
    """What an outcome counts as from a day on."""

    valid_from = DateField(
        label="From which day?",
        noun="The day",
        help_text="Outcomes given on this day or later count in the new way; those before keep theirs.",
    )
    outcome_group = group_field()
    return_code = code_field()


class CorrectMeaningForm(Form):
    """What should have been entered, and why it was wrong."""

    outcome_group = group_field()
    return_code = code_field()
    reason = forms.CharField(label="What was wrong", max_length=300, error_messages={"required": "Say what was wrong"})


class TakeBackForm(Form):
    """Why a change is taken back."""

    reason = forms.CharField(label="What was wrong", max_length=300, error_messages={"required": "Say what was wrong"})


class PopulationForm(Form):
    """A year's residents of 10 to 17."""

    year = WholeNumberField(label="Year", min_value=1981, help_text="Of the mid-year estimate, like 2024.")
    aged_10_to_17 = WholeNumberField(label="Residents aged 10 to 17", min_value=1, max_value=10_000_000)
    source = forms.CharField(
        label="Where the number comes from",
        max_length=300,
        help_text="Like: ONS mid-year population estimates, published July 2025.",
    )

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > clock.today().year:
            raise forms.ValidationError(
                f"Year must be {clock.today().year} or earlier: there is no estimate of the future"
            )
        return year


class ChangePopulationForm(PopulationForm):
    """The same year, with another number or source."""

    year = None


def outcome_values(outcome: LegalOutcome) -> dict[str, object]:
    """An outcome as the fields of `ChangeLegalOutcomeForm`."""
    return {"label": outcome.label, "valid_from": outcome.valid_from, "valid_to": outcome.valid_to}


def meaning_values(meaning: LegalOutcomeMeaning) -> dict[str, object]:
    """A meaning as the fields of `CorrectMeaningForm`."""
    return {"outcome_group": meaning.outcome_group, "return_code": meaning.return_code}


def population_values(population: Population) -> dict[str, object]:
    """A population as the fields of `ChangePopulationForm`."""
    return {"aged_10_to_17": population.aged_10_to_17, "source": population.source}
