"""The form of a transfer of an order."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import Service
from openyj.casework.forms.requirement import OnOrderForm, OrderField
from openyj.casework.orders import transfers
from openyj.core.forms import DateField
from openyj.people.forms import code_field


class OrderTransferForm(OnOrderForm):
    """Another service looks after an order or takes it over, or this service theirs."""

    check = staticmethod(transfers.check_transfer)
    outcome = OrderField(label="Which order?", error_messages={"required": "Select the order"})
    how = code_field(
        "order_transfer", "What was asked?", required=True, error_messages={"required": "Select what was asked"}
    )
    other_service = forms.ModelChoiceField(
        Service.objects.none(), label="The other service", empty_label="Select",
        error_messages={"required": "Select the other service"},
    )  # fmt: skip
    asked_on = DateField(label="Asked on", noun="Date it was asked", when="today or past")
    answer = code_field("transfer_answer", "Answer", help_text="Leave it empty while there is none.")
    answered_on = DateField(label="Date of the answer", when="today or past", required=False)
    starts_on = DateField(
        label="If it was accepted: from which day?", noun="Date it starts", required=False,
        help_text="The day from which the other service has the order, or this one has.",
    )  # fmt: skip
    reason = forms.CharField(label="Why, or why it was refused", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Service.objects.with_children().exclude(pk=self.child.service_id)
        self.fields["other_service"].queryset = others.order_by("name")
