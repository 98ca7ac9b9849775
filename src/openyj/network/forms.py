"""Forms about the people around a child. They check and save nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import TextChoices

from openyj.core import clock
from openyj.core.forms import DateField, Form, YesNoField
from openyj.network import rules
from openyj.network.models import NO_AGENCY, Answer, Caution, Connection, Relationship, Responsibility, Safety
from openyj.people.forms import FactForm
from openyj.people.models import Child
from openyj.referrals.models import ReferralKind


def answer_field(label: str, kind: type[TextChoices] = Answer, **kwargs: Any) -> forms.TypedChoiceField:
    """An answer, nothing chosen beforehand; left out is None."""
    offered = [("", "Not recorded"), *kind.choices]
    return forms.TypedChoiceField(label=label, choices=offered, required=False, empty_value=None, **kwargs)


def first_day() -> DateField:
    return DateField(
        label="From", noun="Day it began", required=False, when="today or past",
        help_text="If it began on a day, as with a new carer. Leave it empty if it has always been so.",
    )  # fmt: skip


def last_day() -> DateField:
    return DateField(
        label="Until", noun="Day it ended", required=False, help_text="The last day. Leave it empty while it goes on."
    )


class NetworkForm(FactForm):
    """What the forms about somebody around a child share: answers that a rule checks together."""

    check: Any

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.refuse(self.check, child=self.child, row=self.row, **cleaned)
        return cleaned


class ConnectionForm(NetworkForm):
    """Somebody of the family or close to the child. Without a name for a brother or sister whose record is linked."""

    name = forms.CharField(
        label="Name", max_length=120, required=False,
        help_text="Leave it empty if nobody knows it. Do not write the name of a brother or sister who has a record "
        "of their own: search for them instead.",
    )  # fmt: skip
    relationship = forms.ModelChoiceField(
        Relationship.objects.none(), label="What are they to the child?", empty_label="Select",
        error_messages={"required": "Select what they are to the child"},
    )  # fmt: skip
    start_date = first_day()
    end_date = last_day()
    lives_with = answer_field("Do they live with the child?")
    carer = answer_field("Do they care for the child?", help_text="Day to day, as a parent or carer does.")
    responsibility = answer_field(
        "Do they have parental responsibility?", Responsibility,
        help_text="The right to decide for the child. Being a parent or carer does not prove it.",
    )  # fmt: skip
    responsibility_source = forms.CharField(
        label="How is it known?", max_length=200, required=False,
        help_text="Who said so, or which paper. For example: birth certificate seen; care order of the family court.",
    )  # fmt: skip
    responsibility_known_on = DateField(
        label="When was it known?", noun="Day it was known", required=False, when="today or past",
        help_text="The day you were told or saw the paper. For example: 4 6 2026",
    )  # fmt: skip
    trusted = answer_field("Has the child named them as an adult they trust?")
    appropriate_adult = answer_field(
        "Could they be the appropriate adult?", help_text="Willing, and neither a victim, a witness nor a suspect."
    )
    may_be_told = answer_field(
        "May they be told about the child’s case?", help_text="What the child, or the law, says they may be told."
    )
    told_words = forms.CharField(label="What may they be told, or not?", max_length=300, required=False)
    contact = forms.CharField(label="Telephone or e-mail", max_length=120, required=False)
    safety = answer_field("Is it safe to contact them?", Safety)
    safety_words = forms.CharField(
        label="When and how is it safe, or why is it not?", max_length=300, required=False,
        help_text="For example: only by text before 3pm; never name the service.",
    )  # fmt: skip
    caution = forms.ChoiceField(
        label="Is there a warning?", choices=[("", "None"), *Caution.choices], required=False,
        help_text="Who may see the child’s record sees it. It is on no paper.",
    )  # fmt: skip
    caution_reason = forms.CharField(
        label="If so: why?", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="What is known, and from whom. Name no other child and no victim.",
    )  # fmt: skip
    caution_order = forms.CharField(
        label="Order or condition, if any", max_length=200, required=False,
        help_text="For example: non-molestation order until 1 March 2027.",
    )  # fmt: skip
    mark_optional = False  # some are asked for after all, by what was answered before
    sections = [
        ("Who they are", ["name", "relationship", "start_date", "end_date", "lives_with", "carer"]),
        ("Parental responsibility", ["responsibility", "responsibility_source", "responsibility_known_on"]),
        ("What the child wants", ["trusted", "appropriate_adult", "may_be_told", "told_words"]),
        ("Getting in touch", ["contact", "safety", "safety_words"]),
        ("Warning", ["caution", "caution_reason", "caution_order"]),
    ]
    check = staticmethod(rules.check_connection)

    def __init__(self, *args: Any, record: Child | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Relationship.objects.all()
        if record:
            del self.fields["name"]
            rows = rows.filter(code__in=rules.SIBLINGS)
        kept = rows.filter(pk=getattr(self.row, "relationship_id", None))
        self.fields["relationship"].queryset = (rows.usable_on(clock.today()) | kept).order_by("label")

    @classmethod
    def begins(cls, row: Connection) -> dict[str, object]:
        """What is so of the same person in another child's network and may be taken over: nothing about this child."""
        return {"name": row.name, "contact": row.contact}


class ProfessionalForm(NetworkForm):
    """Somebody of another agency who works with the child or family."""

    name = forms.CharField(label="Name", max_length=120)
    job = forms.CharField(label="Job", max_length=120, help_text="For example: social worker")
    agency_kind = forms.ModelChoiceField(
        ReferralKind.objects.none(), label="Kind of agency", empty_label="Select",
        error_messages={"required": "Select the kind of agency"},
    )  # fmt: skip
    agency = forms.CharField(label="Agency or team", max_length=120, required=False)
    contact = forms.CharField(label="Telephone or e-mail", max_length=120, required=False)
    start_date = first_day()
    end_date = last_day()
    lead = YesNoField(
        label="Are they the lead professional?", help_text="Who brings the others together. One at a time."
    )
    check = staticmethod(rules.check_professional)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = ReferralKind.objects.of(ReferralKind.Listed.SOURCE).exclude(code__in=NO_AGENCY)
        kept = rows.filter(pk=getattr(self.row, "agency_kind_id", None))
        self.fields["agency_kind"].queryset = (rows.usable_on(clock.today()) | kept).order_by("label")


class EndForm(FactForm):
    """The last day somebody was around the child."""

    end_date = DateField(label="Last day", when="today or past", help_text="For example: 4 6 2026")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            started = self.row.start_date
            self.refuse(rules.check_days, child=self.child, start_date=started, end_date=cleaned["end_date"])
        return cleaned


class FindForm(Form):
    """Somebody who may be in the network of a brother or sister, or have a record."""

    mark_optional = False
    q = forms.CharField(label="Name", max_length=120, help_text="All or part of it. For example: Evans")


class AddRelationshipForm(Form):
    """A new word for what somebody is to a child."""

    label = forms.CharField(label="The word, as people choose it", max_length=80)
    valid_from = DateField(label="From", noun="Day it can be chosen from")


class EndRelationshipForm(Form):
    """The last day a word can be chosen."""

    valid_to = DateField(
        label="Last day", required=False, help_text="Leave it empty to let it go on. What was recorded keeps the word."
    )
