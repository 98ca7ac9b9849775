"""Forms about an action."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import Service, User
from openyj.accounts.roles import ROLES, Permission
from openyj.actions import rag
from openyj.actions.models import Reminder
from openyj.core.forms import DateField, Form
from openyj.people.forms import FactForm
from openyj.people.record import Recorded


def may(permission: Permission) -> list[str]:
    """The roles that have a permission."""
    return [role.name for role in ROLES.values() if role.scope(permission)]


class ActionForm(FactForm):
    """An action of a service, about a child where one is given."""

    what = forms.CharField(
        label="What has to be done?",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Enter what has to be done"},
        help_text="One thing a person can do and say done.",
    )
    why = forms.CharField(label="Why?", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who has to do it?", required=False, empty_label="Somebody outside the staff list"
    )
    owner_name = forms.CharField(
        label="Or a partner, by name",
        max_length=120,
        required=False,
        help_text="For example: the board’s chair; the health partner. They cannot be reminded from here.",
    )
    due_on = DateField(label="Due", noun="Day it is due", help_text="For example: 4 6 2026")
    success = forms.CharField(
        label="How will we know it worked?", max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = service or (self.child or self.row).service
        reads = may(Permission.SEE_CHILDREN if self.child else Permission.SEE_ACTIONS)
        self.fields["owner"].queryset = User.objects.working_at(service).filter(role__in=reads)
        self.fields["owner"].error_messages["required"] = "Select who has to do it"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors.get("owner") and bool(cleaned.get("owner")) == bool(cleaned.get("owner_name")):
            self.add_error("owner", "Select who has to do it, or name them below: one of the two")
        return cleaned


class AddActionForm(ActionForm):
    """A new action; it may have been agreed before today, at a meeting."""

    set_on = DateField(
        label="Agreed on", when="today or past", required=False, help_text="Leave it empty if that is today."
    )


class ChangeActionForm(ActionForm):
    """An action as it stands, with a reason where its day moves."""

    reason = forms.CharField(
        label="If it is due on another day now: why?",
        max_length=300,
        required=False,
        help_text="The day before and this reason stay among the notes.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        due = cleaned.get("due_on")
        if due and self.row and due != self.row.due_on and not cleaned.get("reason"):
            self.add_error("reason", "Say why the day is another one")
        return cleaned


class ProgressForm(Form):
    """What has happened since."""

    text = forms.CharField(
        label="What has happened?",
        max_length=1900,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter what has happened"},
        help_text="It is added to the notes with your name and cannot be changed.",
    )


class DoneForm(Form):
    """When it was done and what came of it."""

    done_on = DateField(label="Done on", noun="Day it was done", when="today or past")
    evidence = forms.CharField(
        label="What came of it, and where is the evidence?",
        max_length=1900,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter what came of it, and where the evidence is"},
    )


class ReopenForm(Form):
    """Why it was not done after all."""

    reason = forms.CharField(
        label="Why is it open again?",
        max_length=1900,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it is open again"},
    )


class ColourForm(Form):
    """Another letter than the dates give, with a reason."""

    rag_by_hand = forms.ChoiceField(
        label="Colour to show",
        choices=[("", "As the dates say"), *((value, f"{value} {label}") for value, label in rag.BY_HAND)],
        widget=forms.RadioSelect,
        required=False,
    )
    rag_reason = forms.CharField(
        label="Why, if it is another than the dates give?",
        max_length=300,
        required=False,
        help_text="Both colours are shown, with this reason.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("rag_by_hand") and not cleaned.get("rag_reason"):
            self.add_error("rag_reason", "Say why the colour is another than the dates give")
        return cleaned


class ReminderForm(Form):
    """How often a message comes."""

    rhythm = forms.ChoiceField(
        label="How often should we write to you?",
        choices=Reminder.Rhythm.choices,
        widget=forms.RadioSelect,
        help_text="Two numbers: how many things are due and how many are late. No name and no address is in it.",
        error_messages={"required": "Select how often we should write to you"},
    )


def action_values(action: Recorded) -> dict[str, object]:
    """An action as the fields of `ActionForm`."""
    return ActionForm.values_of(action)
