"""The forms of a contract, of a change of an order, of custody and licence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from openyj.casework.forms.requirement import OnOrderForm, OrderField
from openyj.casework.models import CaseWord, OrderChange
from openyj.casework.orders import order_rules as rules
from openyj.casework.orders.dates import DTO, REFERRAL_ORDER
from openyj.core import clock
from openyj.core.forms import DateField, NumberWidget
from openyj.people.forms import code_field


class ContractForm(OnOrderForm):
    """The contract of a referral order."""

    check = staticmethod(rules.check_contract)
    code = REFERRAL_ORDER
    outcome = OrderField(label="Of which order?", error_messages={"required": "Select the referral order"})
    signed_on = DateField(
        label="Contract signed on", noun="Date the contract was signed", when="today or past",
        help_text="The order runs from this day. For example: 4 6 2026",
    )  # fmt: skip
    signed_by = forms.CharField(
        label="Who signed it?",
        max_length=200,
        help_text="For example: the child, a parent and the panel",
        error_messages={"required": "Enter who signed it"},
    )
    late_reason = forms.CharField(label="If it was late: why?", max_length=300, required=False)


class OrderChangeForm(OnOrderForm):
    """An order was made longer, or ended before its time."""

    check = staticmethod(rules.check_change)
    outcome = OrderField(label="Which order?", error_messages={"required": "Select the order"})
    how = code_field(
        "order_change", "What was decided?", required=True, error_messages={"required": "Select what was decided"}
    )
    decided_on = DateField(
        label="From which day?", noun="Date it was decided", when="today or past",
        help_text="The day it was made longer or ended.",
    )  # fmt: skip
    months = forms.FloatField(
        label="If it was made longer: by how many months?", required=False, min_value=0.1, max_value=36,
        widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": "Months must be a number, like 3"},
    )  # fmt: skip
    by_whom = forms.CharField(
        label="By whom?",
        max_length=120,
        help_text="For example: the youth court",
        error_messages={"required": "Enter by whom it was decided"},
    )
    why = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Enter why it was decided"})

    @classmethod
    def values_of(cls, row: OrderChange) -> dict[str, object]:
        return super().values_of(row) | {"months": None if row.months is None else f"{row.months:g}"}


class CustodyForm(OnOrderForm):
    """Custody and licence of a detention and training order."""

    check = staticmethod(rules.check_custody)
    code = DTO
    outcome = OrderField(label="Of which order?", error_messages={"required": "Select the detention order"})
    establishment = forms.ModelChoiceField(
        CaseWord.objects.none(), label="Establishment", required=False, empty_label="Not recorded",
        help_text="If it is not in the list, ask an administrator to add it.",
    )  # fmt: skip
    letter_on = DateField(
        label="Date of the establishment’s letter", when="today or past", required=False,
        help_text="Until its letter has come, leave these three dates empty: what is shown is an estimate.",
    )  # fmt: skip
    release_on = DateField(label="Release, as the letter says", noun="Date of release", required=False)
    expiry_on = DateField(label="End of the licence, as the letter says", noun="End of the licence", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = CaseWord.objects.filter(listed=CaseWord.Listed.ESTABLISHMENT)
        today = clock.today()
        usable = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
        kept = Q(pk=self.row.establishment_id) if self.row else Q(pk=None)
        self.fields["establishment"].queryset = words.filter(usable | kept).order_by("label")
