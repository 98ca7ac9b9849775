"""Forms about court, bail and remand. They check and save nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from openyj.casework.models import Hearing
from openyj.circumstances.forms import CheckedForm, first_day, last_day
from openyj.core.fields import MoneyField, WholeNumberField, YesNoField
from openyj.core.forms import DateField
from openyj.court import rules
from openyj.people.forms import code_field
from openyj.people.record import Recorded
from openyj.reference.models import LegalOutcome
from openyj.tables.court import MOST_A_DAY


def words(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, **{"max_length": 300} | kwargs)


def long_words(label: str, **kwargs: Any) -> forms.CharField:
    return words(label, max_length=600, widget=forms.Textarea({"rows": 3}), **kwargs)


class HearingField(forms.ModelChoiceField):
    """One of the child's standing hearings, with what was decided about bail and remand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Hearing.objects.none(), **kwargs)

    def label_from_instance(self, hearing: Hearing) -> str:
        decided = hearing.get_remand_decision_display()
        return f"{hearing}{f', {hearing.court_name}' if hearing.court_name else ''}{f': {decided}' if decided else ''}"


class CourtForm(CheckedForm):
    """What the forms share: a hearing of this child, and rules that see the fact that is being changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "hearing" in self.fields:
            self.fields["hearing"].queryset = Hearing.objects.standing().filter(child=self.child)

    def clean(self) -> dict[str, Any]:
        cleaned = super(CheckedForm, self).clean()
        if not self.errors:
            self.refuse(self.check, child=self.child, row=self.row, **cleaned)
        return cleaned


class ProposalForm(CourtForm):
    """A sentence proposed at a hearing."""

    hearing = HearingField(label="At which hearing?", empty_label="Select")
    order = WholeNumberField(
        label="Place", min_value=1, max_value=9,
        help_text="1 is what we asked for. A second or third is what we named besides.",
    )  # fmt: skip
    proposal = forms.ModelChoiceField(LegalOutcome.objects.all(), label="Which sentence?", empty_label="Select")
    description = words("In your own words", help_text="Requirements, length. For example: supervision, 12 months.")
    check = staticmethod(rules.check_proposal)


class BailOfferForm(CourtForm):
    """A bail support package."""

    date_offered = DateField(label="Offered on", noun="Day it was offered", when="today or past")
    hearing = HearingField(label="At which hearing?", required=False, empty_label="Not yet in court")
    package = long_words(
        "What did we offer?", help_text="Supervision, activities, hours a week, where the child lives."
    )
    conditions = long_words("Which conditions did we offer?", help_text="Name no victim and no other child.")
    provider = words("Who provides it?", max_length=120)
    accepted = YesNoField(label="Did the court accept it?", required=False)
    reason = words("The court’s reason", help_text="If it was not accepted: as the court said it.")
    check = staticmethod(rules.check_bail_offer)


class RemandForm(CourtForm):
    """A remand from a day to a day."""

    hearing = HearingField(
        label="At which hearing was the child remanded?", empty_label="Select",
        help_text="The hearing and what the court decided there are recorded first.",
    )  # fmt: skip
    remand_kind = code_field("remand_kind", "Remanded to what?", required=True)
    conditions_met = long_words(
        "Which conditions did the court find met?",
        help_text="For youth detention accommodation: what the court said of age, offence, history, necessity and "
        "representation.",
    )  # fmt: skip
    establishment = words("Where is the child?", max_length=120, help_text="The establishment, home or placement.")
    accommodation_type = code_field("accommodation_type", "What kind of place is it?")
    start_date = first_day()
    end_date = last_day()
    looked_after_from = DateField(
        label="Looked after from", noun="Day the child became looked after", required=False,
        help_text="Every remand makes the child looked after. Children’s services record it: tell them.",
    )  # fmt: skip
    looked_after_until = DateField(label="Looked after until", noun="Last day of being looked after", required=False)
    told_on = DateField(
        label="Children’s services told on", noun="Day they were told", when="today or past", required=False
    )
    cost = MoneyField(
        label="Cost of a day", required=False, max_value=Decimal(MOST_A_DAY) / 100, help_text="In pounds and pence."
    )
    cost_source = words("Where does the cost come from?", max_length=200, help_text="Such as the invoice, or a letter.")
    sections = [
        ("What the court decided", ["hearing", "remand_kind", "conditions_met"]),
        ("Where and when", ["establishment", "accommodation_type", "start_date", "end_date"]),
        ("Looked after", ["looked_after_from", "looked_after_until", "told_on"]),
        ("What it costs", ["cost", "cost_source"]),
    ]
    check = staticmethod(rules.check_remand)

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        pence = row.cost_a_day_pence
        return super().values_of(row) | {"cost": None if pence is None else Decimal(pence) / 100}


class PostChargeForm(CourtForm):
    """Accommodation asked for after a charge."""

    date_asked = DateField(label="Asked for on", noun="Day it was asked for", when="today or past")
    asked_for = code_field("post_charge_kind", "What did the police ask for?")
    offered = YesNoField(label="Did the local authority offer a place?", required=False)
    why_not = words("If the child was not moved: why?")
    kept_overnight = code_field("kept_overnight", "Where was the child that night?")
    check = staticmethod(rules.check_post_charge)
