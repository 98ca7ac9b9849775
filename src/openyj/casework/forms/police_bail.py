"""The form of police bail."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework.bail_rules import check_police_bail
from openyj.casework.forms.choosing import OffencesField, OffencesForm
from openyj.core.forms import DateField
from openyj.people.forms import code_field


class PoliceBailForm(OffencesForm):
    """How the police let a child go, for which offences, and on which conditions."""

    offences = OffencesField(label="For which offences?", error_messages={"required": "Select each offence it is for"})
    status = code_field(
        "police_bail_status", "How was the child released?", required=True,
        error_messages={"required": "Select how the police released the child"},
        help_text="By the police. What a court orders is recorded with the hearing. The words are this project’s own.",
    )  # fmt: skip
    start_date = DateField(label="From", noun="Day it began", when="today or past", help_text="For example: 4 6 2026")
    end_date = DateField(
        label="Until", noun="Day it ended", required=False, help_text="The last day. Leave it empty while it goes on."
    )
    police = forms.CharField(label="Police force and station", max_length=120, required=False)
    conditions = forms.CharField(
        label="Conditions", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="What the child must and must not do, so that somebody on duty can say it. Name nobody: write “the "
        "other child” or “the person harmed”.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.refuse(check_police_bail, child=self.child, row=self.row, **cleaned)
        return cleaned
