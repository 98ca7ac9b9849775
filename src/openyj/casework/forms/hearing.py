"""The form of a hearing."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework import rules
from openyj.casework.forms.choosing import OffencesField, OffencesForm
from openyj.core.forms import DateField
from openyj.people.forms import code_field


class HearingForm(OffencesForm):
    """One day in court."""

    hearing_date = DateField(label="Date of the hearing", help_text="For example: 4 6 2026. It may be in the future.")
    court_type = code_field("court_type", "Kind of court")
    court_name = forms.CharField(label="Name of the court", max_length=120, required=False)
    offences = OffencesField(
        label="Which offences did it deal with?", error_messages={"required": "Select each offence it dealt with"}
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(
            rules.check_hearing, child=self.child,
            hearing_date=cleaned.get("hearing_date"), offences=cleaned.get("offences", []),
        )  # fmt: skip
        return cleaned
