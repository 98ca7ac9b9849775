"""Forms about a referral. They check and save nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from openyj.casework.models import Offence
from openyj.core import clock
from openyj.core.forms import DateField, Form, InlineRadios, YesNoField
from openyj.people.forms import FactForm
from openyj.referrals import rules
from openyj.referrals.models import Referral, ReferralKind

Listed = ReferralKind.Listed
CHILD = ["given_name", "family_name", "date_of_birth"]
NO_VICTIM = "Do not write here who was harmed, nor where they live."


def kind_field(listed: str, label: str, **kwargs: Any) -> forms.ModelChoiceField:
    """A word of one list that may be chosen today; the one a referral has stays on offer."""
    rows = ReferralKind.objects.of(listed).usable_on(clock.today())
    return forms.ModelChoiceField(rows, label=label, empty_label="Select", **kwargs)


class ReferralForm(FactForm):
    """What arrived. About a child on record the names are the record's and are not asked again; about one who is not
    identified they are typed as the referral gives them."""

    received_on = DateField(label="Received on", noun="Day it was received", when="today or past")
    source = forms.ModelChoiceField(
        ReferralKind.objects.none(),
        label="Who refers?",
        empty_label="Select",
        error_messages={"required": "Select who refers"},
    )
    source_name = forms.CharField(label="Their name", max_length=120)
    source_post = forms.CharField(label="Their post or team, if given", max_length=120, required=False)
    source_contact = forms.CharField(label="Telephone or e-mail, if given", max_length=120, required=False)
    police_reference = forms.CharField(label="Police reference, if any", max_length=40, required=False)
    given_name = forms.CharField(label="First name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    date_of_birth = DateField(label="Date of birth, if given", when="today or past", required=False)
    purpose = forms.ModelChoiceField(
        ReferralKind.objects.none(),
        label="What for?",
        empty_label="Select",
        error_messages={"required": "Select what it is for"},
    )
    what = forms.CharField(
        label="What happened, or what is the concern?",
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Enter what happened, or what the concern is"},
        help_text=NO_VICTIM,
    )
    offences = forms.ModelMultipleChoiceField(
        Offence.objects.none(),
        label="Which recorded offences is it about, if any?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgent = YesNoField(label="Must somebody act today to keep the child or anybody else safe?")
    urgent_words = forms.CharField(
        label="If so: what must be done today?", max_length=500, required=False, help_text=NO_VICTIM
    )
    victims = forms.ChoiceField(
        label="Was anybody harmed?",
        choices=Referral.Victims.choices,
        widget=InlineRadios,
        help_text="Directly, as a victim of what happened.",
        error_messages={"required": "Answer whether anybody was harmed"},
    )
    consent = forms.ChoiceField(
        label="If so: may they be contacted?",
        choices=Referral.Consent.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Only the answer. Who they are goes to the victim worker and never on the child’s side.",
    )
    consent_on = DateField(label="Asked on", noun="Day they were asked", required=False, when="today or past")
    consent_by = forms.CharField(
        label="Asked by", max_length=120, required=False, help_text="For example: the officer in the case."
    )
    mark_optional = False  # a label says “if”: some are asked for after all, by what was answered before
    sections = [
        ("Who refers", ["received_on", "source", "source_name", "source_post", "source_contact", "police_reference"]),
        ("The child as the referral names them", CHILD),
        ("What for", ["purpose", "what", "offences", "urgent", "urgent_words"]),
        ("Those who were harmed", ["victims", "consent", "consent_on", "consent_by"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        for name, listed in (("source", Listed.SOURCE), ("purpose", Listed.PURPOSE)):
            rows = ReferralKind.objects.of(listed)
            kept = rows.filter(pk=getattr(self.row, f"{name}_id", None))
            self.fields[name].queryset = (rows.usable_on(today) | kept).order_by("label")
        child = self.row.child if self.row else self.child
        if child:
            for name in CHILD:
                del self.fields[name]
            self.fields["offences"].queryset = Offence.objects.standing().filter(child=child)
        if not child or not self.fields["offences"].queryset:
            del self.fields["offences"]

    @classmethod
    def values_of(cls, row: Referral) -> dict[str, object]:
        """What the form's fields hold for `row`."""
        values = super().values_of(row)
        values["offences"] = [link.offence for link in row.links.standing().select_related("offence")]
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        said = {name: cleaned.get(name) for name in self.base_fields}
        words = {name: said[name] or "" for name in ("urgent_words", "victims", "consent", "consent_by", *CHILD[:2])}
        about = self.row.child if self.row else self.child
        self.refuse(rules.check_referral, **said | words, child=about, row=self.row)
        return cleaned


class AddReferralForm(ReferralForm):
    """A new referral, with the question whether it is one of those found."""

    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(label="I have looked at these: this is another referral", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Referral] = []
        self._question = self.fields.pop("another")

    def ask_about(self, alike: list[Referral]) -> bool:
        """Show `alike` and ask; True when this person has seen each of them and said no."""
        self.alike = alike
        if not alike:
            return True
        self.fields["another"] = self._question
        seen = set(self.data.get("looked_at", "").split(","))
        now = [str(each.pk) for each in alike]
        if self.data.get("another") and seen >= set(now):
            return True
        self.data = self.data.copy()
        self.data["looked_at"] = ",".join(now)
        self.data.pop("another", None)
        self.add_error("another", "Look at these. If this is another referral, select the box and save again")
        return False

    @property
    def facts(self) -> dict[str, Any]:
        """What is saved."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("looked_at", "another")}


class NotThisChildForm(Form):
    """The names that a referral gives, when it was put on another child's record."""

    given_name = forms.CharField(label="First name, as the referral gives it", max_length=80, required=False)
    family_name = forms.CharField(label="Family name, as the referral gives it", max_length=80, required=False)
    date_of_birth = DateField(label="Date of birth", when="today or past", required=False)
    reason = forms.CharField(
        label="How do you know that it is another child?", max_length=500, widget=forms.Textarea({"rows": 2})
    )


ACCEPT, REFUSE, ASK = "accept", "refuse", "ask"


class DecideForm(Form):
    """What is to become of a referral. Nothing is chosen beforehand."""

    mark_optional = False

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(ACCEPT, "Accept it"), (ASK, "Ask for more first"), (REFUSE, "Do not accept it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    day = DateField(label="Decided on", noun="Day of the decision", when="today or past")
    work = forms.ModelChoiceField(
        ReferralKind.objects.none(), label="If you accept it: what work?", required=False, empty_label="Select"
    )
    why = forms.ModelChoiceField(
        ReferralKind.objects.none(), label="If you do not: why?", required=False, empty_label="Select"
    )
    words = forms.CharField(
        label="In your words",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"What weighs, what is missing, or why not. {NO_VICTIM}",
    )
    told = forms.CharField(
        label="If you refuse or ask: who was told?",
        max_length=200,
        required=False,
        help_text="For example: the referring officer by e-mail; the parent by telephone.",
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, version=referral.version, initial={"day": clock.today()}, **kwargs)
        for name, listed in (("work", Listed.WORK), ("why", Listed.REFUSAL)):
            self.fields[name].queryset = ReferralKind.objects.of(listed).usable_on(clock.today())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        decision = cleaned.get("decision")
        needs: dict[str, dict[str, str]] = {
            ACCEPT: {"work": "Select what work it is accepted for"},
            ASK: {"words": "Enter what is missing", "told": "Enter whom you asked"},
            REFUSE: {
                "why": "Select why it is not accepted",
                "words": "Say in your words why it is not accepted",
                "told": "Enter who was told that it is not accepted",
            },
        }
        for name, message in needs.get(decision, {}).items():
            if not cleaned.get(name) and not self.errors.get(name):
                self.add_error(name, message)
        return cleaned


class AnswerForm(Form):
    """What came after it was asked for."""

    day = DateField(label="Came on", noun="Day it came", when="today or past")
    words = forms.CharField(
        label="What has come?", max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=NO_VICTIM
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, version=referral.version, initial={"day": clock.today()}, **kwargs)


class ReopenForm(Form):
    """Why a decision is taken back."""

    words = forms.CharField(
        label="Why is it opened again?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="The decision and this reason stay on the referral.",
    )


class AddKindForm(Form):
    """A new word of a list."""

    listed = forms.ChoiceField(label="List", choices=[("", "Select"), *Listed.choices])
    label = forms.CharField(label="The word, as people choose it", max_length=120)
    valid_from = DateField(label="From", noun="Day it can be chosen from")


class EndKindForm(Form):
    """The last day a word can be chosen."""

    valid_to = DateField(
        label="Last day", required=False, help_text="Leave it empty to let it go on. What was recorded keeps the word."
    )


def names(kinds: Iterable[ReferralKind]) -> list[tuple[str, str]]:
    """Words of a list as a filter's choices."""
    return [("", "All"), *((str(kind.pk), kind.label) for kind in kinds)]
