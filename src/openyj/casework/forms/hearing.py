"""The form of a hearing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from openyj.accounts.models import User
from openyj.casework import rules
from openyj.casework.forms.choosing import OffencesField, OffencesForm
from openyj.core.forms import DateField
from openyj.people.forms import code_field


def words_field(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False, **kwargs)


class HearingForm(OffencesForm):
    """One day in court: what the service proposed about bail and remand, and apart from it what the court decided."""

    hearing_date = DateField(label="Date of the hearing", help_text="For example: 4 6 2026. It may be in the future.")
    court_type = code_field("court_type", "Kind of court")
    court_name = forms.CharField(label="Name of the court", max_length=120, required=False)
    offences = OffencesField(
        label="Which offences did it deal with?", error_messages={"required": "Select each offence it dealt with"}
    )
    in_court = forms.ModelChoiceField(
        User.objects.none(), label="Who of us was in court?", required=False, empty_label="Not recorded"
    )
    remand_proposal = code_field("remand_type", "What did we propose about bail or remand?")
    remand_proposal_words = words_field("Our proposal in our own words")
    remand_decision = code_field(
        "remand_type", "What did the court decide about bail or remand?",
        help_text="Leave it empty before the hearing, and where bail and remand were no question.",
    )  # fmt: skip
    remand_decision_words = words_field("The decision in the court’s words")
    bail_conditions = forms.CharField(
        label="Conditions", max_length=600, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Of bail or of local authority accommodation: curfew, tag, whom and where to keep away from. Whoever "
        "opens the record sees them. Name no victim and no other child.",
    )  # fmt: skip
    adjourned_to = DateField(label="Adjourned to", noun="Day it was adjourned to", required=False)
    adjourned_reason = words_field("Why was it adjourned?")
    sections = [
        ("The day in court", ["hearing_date", "court_type", "court_name", "offences", "in_court"]),
        ("What we proposed", ["remand_proposal", "remand_proposal_words"]),
        ("What the court decided", ["remand_decision", "remand_decision_words", "bail_conditions"]),
        ("If it goes on another day", ["adjourned_to", "adjourned_reason"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = Q(service=self.child.service_id, is_active=True)
        kept = Q(pk=self.row.in_court_id if self.row else None)
        self.fields["in_court"].queryset = User.objects.filter(working | kept).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        facts = {"hearing_date": cleaned.get("hearing_date"), "offences": cleaned.get("offences", [])}
        self.refuse(rules.check_hearing, child=self.child, **cleaned | facts)
        return cleaned
