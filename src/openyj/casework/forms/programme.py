"""The form of a programme."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework import rules
from openyj.casework.forms.choosing import OffencesField, OffencesForm
from openyj.core.forms import DateField, YesNoField
from openyj.reference.models import DisposalType


class ProgrammeForm(OffencesForm):
    """What the service does with a child under an outcome."""

    disposal_type = forms.ModelChoiceField(DisposalType.objects.all(), label="Kind of programme", empty_label="Select")
    offences = OffencesField(
        label="Which offences does it answer to?", required=False, help_text="None, for prevention without an offence."
    )
    start_date = DateField(label="Start", noun="Date it started", help_text="For example: 4 6 2026")
    end_date = DateField(label="End", noun="Date it ended", required=False)
    successfully_completed = YesNoField(
        label="Was it completed successfully?", required=False, help_text="Answer when it has ended."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        facts = {name: cleaned.get(name) for name in ("start_date", "end_date", "successfully_completed")}
        if not self.errors.get("end_date"):
            self.refuse(rules.check_programme, child=self.child, **facts)
        return cleaned
