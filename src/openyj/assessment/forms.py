"""Forms about an assessment as a whole. The pages of questions are `questionnaires.forms`."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import User
from openyj.assessment.models import Assessment
from openyj.assessment.selectors import sets_to_answer
from openyj.assessment.services import check
from openyj.casework.forms import OffencesField, OffencesForm
from openyj.core.forms import Form
from openyj.questionnaires.models import QuestionSet, State
from openyj.questionnaires.standing import Standing


class AssessmentForm(OffencesForm):
    """Why an assessment is made and what it is about."""

    why = forms.ChoiceField(label="Why is it made?", choices=Assessment.Why.choices, widget=forms.RadioSelect)
    offences = OffencesField(
        label="Which offences is it about?",
        required=False,
        help_text="For a decision out of court, the offences to be decided. Leave it empty for prevention.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.refuse(check, why=cleaned["why"], offences=list(cleaned["offences"]))
        return cleaned


class BeginForm(AssessmentForm):
    """A new assessment; which question set is asked only where there are several."""

    question_set = forms.ModelChoiceField(
        QuestionSet.objects.none(), label="Question set", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets = sets_to_answer(user)
        field = self.fields["question_set"]
        field.queryset = QuestionSet.objects.filter(pk__in=[each.pk for each in self.sets])
        if len(self.sets) == 1:
            del self.fields["question_set"]
        else:
            self.order_fields(["question_set", "why", "offences"])

    def chosen(self) -> QuestionSet:
        return self.cleaned_data.get("question_set") or self.sets[0]


class CompleteForm(Form):
    """Nothing but the version that was seen: what is checked is the answers themselves."""


class DecideForm(Form):
    """What whoever read a version says of each section, and whether it goes back or is countersigned."""

    RETURN, COUNTERSIGN = "return", "countersign"
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(RETURN, "Return it with my comments"), (COUNTERSIGN, "Countersign it")],
        widget=forms.RadioSelect,
        help_text="It cannot be taken back. A returned assessment is corrected in a new version.",
    )
    STATES = {RETURN: State.RETURNED, COUNTERSIGN: State.COUNTERSIGNED}

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        self.commented = [each.section for each in standing.sections if each.shown]
        comments = {f"comment_{section.key}": comment_field(f"“{section.title}”") for section in self.commented}
        self.base_fields = {**comments, "comment_": comment_field("the whole"), **self.base_fields}
        super().__init__(*args, **kwargs)

    def comments(self) -> dict[str, str]:
        """What was written, by section; "" for the whole."""
        return {
            name.removeprefix("comment_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("comment_") and text
        }


def comment_field(title: str) -> forms.CharField:
    return forms.CharField(
        label=f"Comment on {title}", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
