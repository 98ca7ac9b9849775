"""The forms of requirements, of hours done on them, and of their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from openyj.casework.models import CaseWord, Outcome, Requirement
from openyj.casework.orders import rules
from openyj.casework.orders.selectors import given_together, standing_outcomes
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.forms import DateField, Form, NumberWidget, YesNoField
from openyj.people.forms import FactForm, code_field
from openyj.tables.orders import HOURS_IN_A_DAY, MOST_HOURS


class OrderField(forms.ModelChoiceField):
    """The orders of a child: outcomes given together are one choice, and the fact hangs on the first of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Outcome.objects.none(), empty_label="Select", **kwargs)

    def label_from_instance(self, outcome: Outcome) -> str:
        return str(self.orders[outcome.pk])


class OnOrderForm(FactForm):
    """A form with the field `outcome`: of which order the fact is. `check` is the rule; with a `code` only orders of
    that legal outcome are offered."""

    check: Any
    code = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = standing_outcomes(self.child)
        outcomes = outcomes.filter(legal_outcome__code=self.code) if self.code else outcomes
        orders = {order.head.pk: order for order in given_together(outcomes)}
        if self.row and self.row.outcome_id not in orders:
            # It hangs on another outcome of its order: that one stays chosen.
            own = next((o for o in orders.values() if self.row.outcome in o.outcomes), None)
            if own:
                orders[self.row.outcome_id] = orders.pop(own.head.pk)
        field = self.fields["outcome"]
        field.orders = orders
        field.queryset = Outcome.objects.filter(pk__in=orders).select_related("legal_outcome").order_by("-outcome_date")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.refuse(self.check, child=self.child, row=self.row, **cleaned)
        return cleaned


class RequirementForm(OnOrderForm):
    """A requirement or condition. What is unusual is saved and said beside it."""

    check = staticmethod(rules.check_requirement)
    outcome = OrderField(label="Under which order?", error_messages={"required": "Select the order it belongs to"})
    kind = forms.ModelChoiceField(
        CaseWord.objects.none(), label="Requirement or condition", empty_label="Select",
        error_messages={"required": "Select the requirement or condition"},
    )  # fmt: skip
    start_date = DateField(label="From", noun="Date it began", required=False, help_text="For example: 4 6 2026")
    end_date = DateField(label="Until", noun="Date it ends", required=False, help_text="As the order says it.")
    term = forms.CharField(
        label="Length, as the order says it", max_length=60, required=False, help_text="For example: 90 days"
    )
    hours_ordered = forms.FloatField(
        label="Hours ordered", required=False, min_value=0.1, max_value=MOST_HOURS,
        widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": "Hours ordered must be a number, like 60"},
        help_text="Hours done are recorded day by day, and added up from there.",
    )  # fmt: skip
    substantive = YesNoField(label="Is it a substantive requirement?", required=False)
    ended_early_on = DateField(
        label="If it ended early or was changed: when?",
        noun="Date it ended early",
        when="today or past",
        required=False,
    )
    ended_early_how = code_field("early_end", "How?")
    ended_early_why = forms.CharField(label="By whom, and why?", max_length=300, required=False)
    sections = [
        ("The requirement", ["outcome", "kind", "start_date", "end_date", "term", "hours_ordered", "substantive"]),
        ("If it ended early", ["ended_early_on", "ended_early_how", "ended_early_why"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = CaseWord.objects.filter(listed=CaseWord.Listed.REQUIREMENT)
        kept = Q(pk=self.row.kind_id) if self.row else Q()
        # Those of the past too: a requirement is of a kind in use on the day of its outcome (OR-1).
        self.fields["kind"].queryset = words.filter(Q(valid_from__lte=clock.today()) | kept).order_by("label")

    @classmethod
    def values_of(cls, row: Requirement) -> dict[str, object]:
        hours = None if row.hours_ordered is None else f"{row.hours_ordered:g}"
        return super().values_of(row) | {"hours_ordered": hours}


class HoursForm(FactForm):
    """Hours done on one day."""

    requirement = forms.ModelChoiceField(
        Requirement.objects.none(), label="Under which requirement?", empty_label="Select",
        error_messages={"required": "Select the requirement"},
    )  # fmt: skip
    day = DateField(label="Day", when="today or past", help_text="For example: 4 6 2026")
    hours = forms.FloatField(
        label="Hours done", min_value=0.1, max_value=HOURS_IN_A_DAY, widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": "Hours done must be a number, like 7 or 3.5"},
    )  # fmt: skip
    supervised_by = forms.CharField(label="With whom", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Requirement.objects.standing().filter(child=self.child, outcome__in_error_at=None)
        rows = rows.select_related("kind", "outcome__legal_outcome")
        self.fields["requirement"].queryset = rows
        self.fields["requirement"].label_from_instance = lambda requirement: (
            f"{requirement}, under {requirement.outcome}, {say_date(requirement.outcome.outcome_date)}"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        facts = {name: cleaned.get(name) for name in ("requirement", "day")}
        self.refuse(rules.check_hours, child=self.child, **facts)
        return cleaned


class AddWordForm(Form):
    """A new word of a list."""

    listed = forms.ChoiceField(label="List", choices=CaseWord.Listed.choices)
    label = forms.CharField(label="The word, as people choose it", max_length=120)
    source = forms.CharField(label="Where does it come from?", max_length=300, help_text="For example: our court")
    valid_from = DateField(label="From", noun="Day it can be chosen from")


class EndWordForm(Form):
    """The last day a word can be chosen."""

    valid_to = DateField(
        label="Last day", required=False, help_text="Leave it empty to let it go on. What was recorded keeps the word."
    )
