"""The form of a transfer."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework import rules
from openyj.core.forms import DateField
from openyj.people.forms import FactForm


class TransferForm(FactForm):
    """A move to or from another service."""

    transfer_date = DateField(label="Date of the transfer", when="today or past", help_text="For example: 4 6 2026")
    description = forms.CharField(
        label="To or from which service, and why", max_length=300, required=False, empty_value=None
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(rules.check_transfer, child=self.child, transfer_date=cleaned.get("transfer_date"))
        return cleaned
