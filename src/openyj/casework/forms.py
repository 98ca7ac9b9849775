"""Forms about offences, hearings, outcomes, programmes and transfers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from openyj.casework import rules
from openyj.casework.models import FirstContact, Offence, Outcome, Programme
from openyj.core.dates import say_date
from openyj.core.forms import DateField, NumberWidget, YesNoField
from openyj.people.forms import FactForm, code_field
from openyj.people.models import Child
from openyj.people.record import Recorded
from openyj.reference.models import DisposalType, LegalOutcome, OffenceCode, choices


class OffencesField(forms.ModelMultipleChoiceField):
    """The standing offences of a child, as boxes to tick: those without an outcome first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Offence.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, offence: Offence) -> str:
        decided = ", has an outcome" if offence.decided else ""
        return f"{offence}, {say_date(offence.offence_date) or 'no date'}{decided}"


def to_choose(child: Child) -> QuerySet[Offence]:
    """A child's standing offences, each with whether it is `decided`, those that are not first."""
    outcome = Outcome.objects.standing().filter(offence=OuterRef("pk"))
    offences = Offence.objects.standing().filter(child=child).annotate(decided=Exists(outcome))
    return offences.order_by("decided", "-offence_date", "-pk")


class OffencesForm(FactForm):
    """A form with the field `offences`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "offences" in self.fields:
            self.fields["offences"].queryset = to_choose(self.child)

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        values = super().values_of(row)
        if "offences" in cls.base_fields:
            values["offences"] = to_choose(row.child).filter(pk__in=row.links.standing().values("offence"))
        return values


class OffenceForm(FactForm):
    """One offence. An unusual age is asked about, not refused."""

    offence_date = DateField(
        label="Date of the offence", when="today or past", required=False,
        help_text="For example: 4 6 2026. Leave it empty only if it is not known yet.",
    )  # fmt: skip
    arrest_date = DateField(label="Date of arrest", when="today or past", required=False)
    description = forms.CharField(
        label="What happened", max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text="The offence as charged or reported. Do not name the victim.",
    )  # fmt: skip
    cjs_code = forms.CharField(
        label="Offence code", max_length=20, required=False, empty_value=None,
        widget=forms.TextInput({"list": "offence-codes"}),
        help_text="Type a word of the offence, such as theft, and choose from the list; or the code itself.",
    )  # fmt: skip
    category = code_field(
        "yjb_offence_category", "Category", help_text="Leave it empty to take it from the code, where the code has one."
    )
    knife_related = YesNoField(label="Was a knife or blade involved?", required=False)
    recordable = YesNoField(label="Is it a recordable offence?", required=False)
    programme_breached = forms.ModelChoiceField(
        Programme.objects.none(),
        label="If it is a breach: of which programme?",
        required=False,
        empty_label="Not a breach",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.standing().filter(child=self.child).select_related("disposal_type")
        self.fields["programme_breached"].queryset = programmes
        self.fields["programme_breached"].label_from_instance = lambda programme: (
            f"{programme}, from {say_date(programme.start_date)}"
        )

    def clean_cjs_code(self) -> str | None:
        """A code of the list; an unknown one is refused with the nearest ones. A kept one may have left the list."""
        typed = (self.cleaned_data["cjs_code"] or "").strip()
        if not typed or (self.row and typed == self.row.cjs_code):
            return typed or None
        if found := OffenceCode.objects.filter(code__iexact=typed).first():
            return found.code
        near = [f"{each.code} {each.title}" for each in codes_like(typed)[:3]]
        also = f" Perhaps: {'; '.join(near)}." if near else ""
        raise ValidationError(f"“{typed}” is not a code of the list.{also} Enter a code, or leave it empty for now")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(
            rules.check_offence, child=self.child, row=self.row,
            offence_date=cleaned.get("offence_date"), arrest_date=cleaned.get("arrest_date"),
        )  # fmt: skip
        question = rules.odd_age(self.child, cleaned.get("offence_date"))
        if question:
            day = cleaned["offence_date"].isoformat()
            box = forms.CheckboxInput(check_test=lambda ticked: ticked and self.data.get("age_is_right") == day)
            box.attrs["value"] = day
            self.fields["age_is_right"] = forms.BooleanField(
                label="The dates are right: this was the child’s age", required=False, widget=box
            )
            # Confirmed for this date only: another date asks again.
            if self.data.get("age_is_right") != day and not (
                self.row and self.row.offence_date == cleaned["offence_date"]
            ):
                self.add_error("age_is_right", question)
        return cleaned


def codes_like(typed: str) -> QuerySet[OffenceCode]:
    """Offence codes whose code begins with, or whose title is like, what was typed; likeliest first."""
    like = TrigramWordSimilarity(typed, "title")
    rows = OffenceCode.objects.annotate(like=like)
    words = Q()
    for word in typed.split():
        words &= Q(title__icontains=word)
    return rows.filter(Q(code__istartswith=typed) | words | Q(like__gte=0.4)).order_by("-like", "title")


class HearingForm(OffencesForm):
    """One day in court."""

    hearing_date = DateField(label="Date of the hearing", help_text="For example: 4 6 2026. It may be in the future.")
    court_type = code_field("court_type", "Kind of court")
    court_name = forms.CharField(label="Name of the court", max_length=120, required=False)
    offences = OffencesField(
        label="Which offences did it deal with?", error_messages={"required": "Select each offence it dealt with"}
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse(
            rules.check_hearing, child=self.child,
            hearing_date=cleaned.get("hearing_date"), offences=cleaned.get("offences", []),
        )  # fmt: skip
        return cleaned


class OutcomeForm(FactForm):
    """What was decided, on an offence that is known already."""

    outcome_date = DateField(label="Date of the outcome", when="today or past", help_text="For example: 4 6 2026")
    legal_outcome = forms.ModelChoiceField(LegalOutcome.objects.all(), label="Outcome", empty_label="Select")
    residence = forms.ChoiceField(
        label="Where did the child live on that day?",
        choices=choices("residence_on_legal_outcome_date"),
        widget=forms.RadioSelect,
        help_text="Figures count an outcome for the service where the child lived on the day.",
        error_messages={"required": "Select where the child lived on the day of the outcome"},
    )
    term_months = forms.FloatField(
        label="Length in months", required=False, min_value=0.1, max_value=1200,
        widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": "Length in months must be a number, like 12"},
        help_text="Without an end date below, the record shows an end worked out from this as an estimate.",
    )  # fmt: skip
    end_date = DateField(
        label="End of the outcome",
        required=False,
        help_text="Only from a written authority, such as the court’s order.",
    )
    main_or_other = code_field(
        "main_or_other", "If several were given together", help_text="Whether this is the main one."
    )
    appeal_status = code_field("outcome_appeal_status", "Appeal", help_text="Leave it empty if there was no appeal.")

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        values = super().values_of(row)
        return values | {"term_months": f"{row.term_months:g}" if row.term_months else None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("offences", []) if "offences" in self.fields else [self.row.offence]
        facts = {name: cleaned.get(name) for name in ("legal_outcome", "outcome_date", "end_date")}
        self.refuse(rules.check_outcome, child=self.child, offences=on, **facts)
        return cleaned


class AddOutcomeForm(OutcomeForm, OffencesForm):
    """What was decided on one or several offences at once."""

    offences = OffencesField(
        label="On which offences?", error_messages={"required": "Select each offence that was decided"}
    )
    field_order = ["offences"]


class FirstContactForm(FactForm):
    """The first contact with a child after an outcome."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.none(), label="After which outcome?", empty_label="Select",
        error_messages={"required": "Select the outcome it followed"},
        help_text="One first contact answers all outcomes of the same day.",
    )  # fmt: skip
    contact_date = DateField(
        label="Date of first contact", when="today or past",
        help_text="The first day somebody of the service was in touch with the child. For example: 4 6 2026",
    )  # fmt: skip
    how = forms.ChoiceField(label="How?", choices=FirstContact.How.choices, widget=forms.RadioSelect)
    late_reason = forms.CharField(label="If it was late: why?", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = Outcome.objects.standing().filter(child=self.child).select_related("legal_outcome", "offence")
        self.fields["outcome"].queryset = outcomes
        self.fields["outcome"].label_from_instance = lambda outcome: (
            f"{outcome}, {say_date(outcome.outcome_date)} ({outcome.offence})"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        facts = {name: cleaned.get(name) for name in ("outcome", "contact_date")}
        self.refuse(rules.check_first_contact, child=self.child, row=self.row, **facts)
        return cleaned


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
