"""Forms about a child, and what every form about a fact of a child has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openyj.accounts.models import Locality, Team, User
from openyj.core.forms import UNSEEN, DateField, Form, YesNoField, read_version
from openyj.files.forms import UploadField
from openyj.people import rules
from openyj.people.models import Child
from openyj.people.record import Recorded
from openyj.reference.models import choices


def code_field(list_name: str, label: str, *, required: bool = False, **kwargs: Any) -> forms.TypedChoiceField:
    """A choice from a code list of the case-level tables, nothing chosen beforehand; left out is None."""
    blank = "Select" if required else "Not recorded"
    offered = [("", blank), *choices(list_name)]
    return forms.TypedChoiceField(label=label, choices=offered, required=required, empty_value=None, **kwargs)


class FactForm(Form):
    """A form about one fact of `child`. `row` is the fact where it is being changed: it fills the form in, and the
    form carries its version."""

    def __init__(self, *args: Any, child: Child | None = None, row: Recorded | None = None, **kwargs: Any) -> None:
        self.child, self.row = child, row
        if row is not None:
            kwargs.setdefault("initial", self.values_of(row))
            kwargs.setdefault("version", row.version)
        super().__init__(*args, **kwargs)

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        """What the form's fields hold for `row`."""
        return {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}

    def comparable(self) -> Iterable[str]:
        """The fields that two versions are compared by."""
        return self.base_fields

    def refuse(self, check: Any, **facts: Any) -> None:
        """Run a rule; what it refuses becomes an error beside its field."""
        try:
            check(**facts)
        except ValidationError as refusal:
            self.add_error(None, refusal)


def version_seen(form: Form) -> int:
    """The version that was posted; without one, a version no row has, so that the save is refused."""
    posted = read_version(form.data.get("version"))
    return UNSEEN if posted is None else posted


class SearchForm(Form):
    """What a person may know of a child they look for."""

    mark_optional = False
    q = forms.CharField(
        label="Name or number",
        max_length=120,
        required=False,
        help_text="Any order. It need not be spelt right. For example: Evans Rhys",
    )
    dob = DateField(label="Date of birth", required=False, help_text="If you know it. For example: 4 6 2010")


class ChildForm(FactForm):
    """Who the child is."""

    given_name = forms.CharField(label="First name", max_length=80)
    family_name = forms.CharField(label="Family name", max_length=80)
    known_as = forms.CharField(
        label="Name in use", max_length=80, required=False, help_text="What the child is called, if not the first name"
    )
    date_of_birth = DateField(
        label="Date of birth",
        when="today or past",
        required=False,
        help_text="For example: 4 6 2010. Leave it empty only if nobody knows it.",
    )
    sex = code_field("sex", "Sex")
    ethnicity = code_field("ethnicity", "Ethnicity", help_text="As the child or family describe it")
    number = forms.CharField(
        label="Our number", max_length=30, required=False, help_text="Leave it empty to be given the next one"
    )
    originating_number = forms.CharField(
        label="Number at the originating service",
        max_length=40,
        required=False,
        help_text="Only for a child transferred to you",
    )
    locality = forms.ModelChoiceField(
        Locality.objects.none(), label="Locality", required=False, empty_label="Not recorded"
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Team", required=False, empty_label="No team yet")
    worker = forms.ModelChoiceField(User.objects.none(), label="Worker", required=False, empty_label="No worker yet")
    how_to_work_with_me = forms.CharField(
        label="How to work with me, in my own words",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="In the child’s words where you can. All who open the record see it first. What is to be known about "
        "talking, reading, noise and so on has its own lines on About the child.",
    )
    sections = [
        ("Who the child is", ["given_name", "family_name", "known_as", "date_of_birth", "sex", "ethnicity"]),
        ("Numbers", ["number", "originating_number"]),
        ("Who works with the child", ["locality", "team", "worker", "how_to_work_with_me"]),
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = user.service_id
        here = {"service": user.service_id}
        kept = {name: getattr(self.row, f"{name}_id", None) for name in ("locality", "team", "worker")}
        for name, model in (("locality", Locality), ("team", Team)):
            open_or_kept = model.objects.filter(**here, closed_on=None) | model.objects.filter(**here, pk=kept[name])
            self.fields[name].queryset = open_or_kept.order_by("name")
        working = User.objects.filter(**here, is_active=True, role__in=["practitioner", "manager"])
        if self.child:
            noted = self.child.conflicts.filter(in_error_at=None).values("user")
            working = working.exclude(pk__in=noted)
        self.fields["worker"].queryset = (working | User.objects.filter(**here, pk=kept["worker"])).order_by("name")

    def clean_number(self) -> str:
        """Refuse a number another child of the service has."""
        number = self.cleaned_data["number"].strip()
        taken = Child.objects.filter(service=self.service, number=number).exclude(pk=self.row and self.row.pk)
        if number and taken.exists():
            raise ValidationError("Another child has this number. Enter a different one, or leave it empty.")
        return number or (self.row.number if self.row else "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.row is not None and not self.errors.get("date_of_birth"):
            self.refuse(rules.check_birth, child=self.row, date_of_birth=cleaned.get("date_of_birth"))
        return cleaned


class AddChildForm(ChildForm):
    """A new child, with the question whether one of the records found is the same child."""

    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)
    another_child = forms.BooleanField(label="I have looked at these records: this is another child", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicates: list[Child] = []
        self._question = self.fields.pop("another_child")

    def ask_about(self, duplicates: list[Child]) -> bool:
        """Show `duplicates` and ask; True when this person has already seen each of them and said no."""
        self.duplicates = duplicates
        if not duplicates:
            return True
        seen = set(self.data.get("looked_at", "").split(","))
        now = [str(child.pk) for child in duplicates]
        self.fields["another_child"] = self._question
        if self.data.get("another_child") and seen >= set(now):
            return True
        self.data = self.data.copy()
        self.data["looked_at"] = ",".join(now)
        self.data.pop("another_child", None)
        self.add_error("another_child", "Look at these records. If none is this child, select the box and save again")
        return False

    @property
    def child_fields(self) -> dict[str, Any]:
        """What is saved."""
        return {name: self.cleaned_data[name] for name in ChildForm.base_fields}


class AddressForm(FactForm):
    """Where a child lives or lived."""

    lines = forms.CharField(label="Address", max_length=300, help_text="House, street, town")
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    start_date = DateField(label="Lived there from", noun="Date they lived there from", when="today or past")
    end_date = DateField(
        label="Until",
        noun="Date they lived there until",
        required=False,
        help_text="The day they left. Leave it empty if they live there now.",
    )
    primary = YesNoField(
        label="Is it the main address?",
        help_text="A child has one main address at a time; other addresses may overlap.",
    )
    accommodation_type = code_field("accommodation_type", "Kind of accommodation")
    suitability = code_field("suitability", "Is it suitable?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(
            rules.check_address,
            child=self.child,
            start_date=cleaned.get("start_date"),
            end_date=cleaned.get("end_date"),
        )
        return cleaned


class AllocationForm(FactForm):
    """Since when somebody works with the child, and why they."""

    start_date = DateField(label="Worker from", noun="Day they began", when="today or past")
    why = forms.CharField(label="Why this worker", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(
            rules.check_allocation,
            child=self.child,
            start_date=cleaned.get("start_date"),
            end_date=self.row and self.row.end_date,
            row=self.row,
        )
        return cleaned


class ReasonForm(Form):
    """Why a need-to-know record is opened."""

    reason = forms.CharField(
        label="Why do you need to open it?",
        max_length=500,
        min_length=10,
        widget=forms.Textarea({"rows": 3}),
        help_text="A manager reads every reason. For example: on duty, the police are asking about bail.",
        error_messages={"min_length": "Say in a sentence why you need to open it"},
    )


class InErrorForm(Form):
    """Why a fact is marked as recorded in error."""

    reason = forms.CharField(
        label="What was wrong?",
        max_length=300,
        min_length=5,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example: recorded on the wrong child. It stays on the record, struck out, with this reason.",
        error_messages={"min_length": "Say in a few words what was wrong"},
    )


class RestrictForm(FactForm):
    """Whether only those who need to know may open a record, and why."""

    restricted_reason = forms.CharField(
        label="Why may only those who need to know open it?",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Its worker opens it as usual; anyone else says why first. Empty it to open the record to all again.",
    )


class ConflictForm(Form):
    """A member of staff who must not open a child's record."""

    user = forms.ModelChoiceField(User.objects.none(), label="Member of staff", empty_label="Select")
    reason = forms.CharField(
        label="Why must they not open it?",
        max_length=300,
        help_text="For example: lives next door. They will not see it.",
    )

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noted = child.conflicts.filter(in_error_at=None).values("user")
        self.fields["user"].queryset = User.objects.working_at(child.service_id).exclude(pk__in=noted).order_by("name")


class ChildFileForm(FactForm):
    """What a file on a record is."""

    title = forms.CharField(
        label="What is it?",
        max_length=120,
        help_text="As a colleague would look for it. For example: school report, spring",
    )
    dated = DateField(
        label="Date on it",
        when="today or past",
        required=False,
        help_text="For example: 4 6 2026. Leave it empty if there is none.",
    )


class AddFileForm(ChildFileForm):
    """A file and what it is."""

    file = UploadField(label="File")
    field_order = ["file", "title", "dated"]
