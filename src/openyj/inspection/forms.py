"""Forms about reports, recommendations and what answers them."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import User
from openyj.actions.forms import AddActionForm
from openyj.actions.models import Action
from openyj.core.forms import DateField, Form


class ReportForm(Form):
    """A report about the service."""

    title = forms.CharField(label="Title", max_length=160, help_text="For example: Inspection of 2026")
    by_whom = forms.CharField(
        label="Who inspected",
        max_length=120,
        help_text="The inspectorate, the peer reviewers or your own auditors.",
        error_messages={"required": "Enter who inspected"},
    )
    published_on = DateField(label="Published on", noun="Day it was published", when="today or past")


class RecommendationForm(Form):
    """One thing a report asks for."""

    number = forms.CharField(label="Number", max_length=10, help_text="As the report has it, like 3 or b.")
    text = forms.CharField(
        label="What is recommended",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter what is recommended"},
    )
    addressed_to = forms.CharField(
        label="To whom", max_length=120, required=False, help_text="For example: the management board."
    )


def wording_field() -> forms.CharField:
    return forms.CharField(
        label="Wording in the Plan",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="How the Youth Justice Plan puts it, if it does.",
    )


class AnswerForm(AddActionForm):
    """A new action that answers a recommendation."""

    plan_wording = wording_field()


class KnownAnswerForm(Form):
    """An action that is there already answers a recommendation too."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        label="Which action?",
        empty_label="Select",
        error_messages={"required": "Select which action answers it"},
    )
    plan_wording = wording_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Action.objects.visible_to(user).of_service().standing()
        self.fields["action"].queryset = rows.order_by("what", "pk")


class WordingForm(Form):
    """How the Plan puts an action."""

    plan_wording = wording_field()
