"""The form of an offence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from openyj.casework import rules
from openyj.casework.models import Programme
from openyj.casework.offence_rules import check_scores, in_form
from openyj.core.dates import say_date
from openyj.core.forms import DateField, WholeNumberField, YesNoField
from openyj.people.forms import FactForm, code_field
from openyj.reference.models import OffenceCode


class OffenceForm(FactForm):
    """One offence. An unusual age is asked about, not refused."""

    offence_date = DateField(
        label="Date of the offence", when="today or past", required=False,
        help_text="For example: 4 6 2026. Leave it empty only if it is not known yet.",
    )  # fmt: skip
    arrest_date = DateField(label="Date of arrest", when="today or past", required=False)
    charge_date = DateField(
        label="Date of charge", when="today or past", required=False,
        help_text="The child’s age on that day is worked out from it.",
    )  # fmt: skip
    description = forms.CharField(
        label="What happened", max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text="The offence as charged or reported. Do not name the victim or anybody who was there.",
    )  # fmt: skip
    location_postcode = forms.CharField(
        label="Postcode of where it happened", max_length=10, required=False,
        help_text="Of the place, not of the child or the victim. For example: QM1 2AB",
    )  # fmt: skip
    cjs_code = forms.CharField(
        label="Offence code", max_length=20, required=False, empty_value=None,
        widget=forms.TextInput({"list": "offence-codes"}),
        help_text="Type a word of the offence, such as theft, and choose from the list; or the code itself.",
    )  # fmt: skip
    cjs_code_unknown = forms.BooleanField(
        label="The code is not known", required=False,
        help_text="Nobody can say which code it is. Leave it if the code is only not entered yet.",
    )  # fmt: skip
    category = code_field(
        "yjb_offence_category", "Category", help_text="Leave it empty to take it from the code, where the code has one."
    )
    knife_related = YesNoField(label="Was a knife or blade involved?", required=False)
    recordable = YesNoField(label="Is it a recordable offence?", required=False)
    plea = code_field(
        "plea", "Plea", help_text="The words are general knowledge, to be confirmed: the national list was not found."
    )
    gravity_matrix = code_field("gravity_matrix", "Edition of the police gravity matrix")
    gravity_score = WholeNumberField(
        label="Police gravity score", min_value=1, required=False,
        help_text="The score the police gave, after what they counted for and against. 1 to 5; 1 to 4 in the edition "
        "of 2013. It is not the YJB seriousness score, which follows from the offence code.",
    )  # fmt: skip
    gravity_reason = forms.CharField(
        label="If the decision departs from that score: why?", max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}), help_text="As the police or the panel gave it.",
    )  # fmt: skip
    programme_breached = forms.ModelChoiceField(
        Programme.objects.none(),
        label="If it is a breach: of which programme?",
        required=False,
        empty_label="Not a breach",
    )

    sections = [
        ("The offence", ["offence_date", "description", "location_postcode", "knife_related"]),
        ("Arrest and charge", ["arrest_date", "charge_date", "plea"]),
        ("Code", ["cjs_code", "cjs_code_unknown", "category", "recordable", "programme_breached"]),
        ("Police gravity score", ["gravity_matrix", "gravity_score", "gravity_reason"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.standing().filter(child=self.child).select_related("disposal_type")
        self.fields["programme_breached"].queryset = programmes
        self.fields["programme_breached"].label_from_instance = lambda programme: (
            f"{programme}, from {say_date(programme.start_date)}"
        )

    def clean_location_postcode(self) -> str:
        return in_form(self.cleaned_data["location_postcode"])

    def clean_cjs_code_unknown(self) -> bool | None:
        return self.cleaned_data["cjs_code_unknown"] or None

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
        dates = {name: cleaned.get(name) for name in ("offence_date", "arrest_date", "charge_date")}
        self.refuse(rules.check_offence, child=self.child, row=self.row, **dates)
        # What was refused already is not asked about again, nor what depends on it.
        if not {"gravity_score", "gravity_matrix", "cjs_code"} & set(self.errors):
            self.refuse(check_scores, **cleaned)
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
