"""What a person chooses to see of a measure. Everything chosen stands in the address."""

from __future__ import annotations

from django import forms

from openyj.core.forms import Form
from openyj.measures import Measure
from openyj.performance.spec import BREAKDOWNS

SPANS = [("rolling_year", "Rolling years"), ("quarter", "Quarters"), ("year", "Financial years")]


class MeasureForm(Form):
    """Which of a measure's figures, over what periods, broken down by what, beside which areas' published rates."""

    mark_optional = False

    show = forms.ChoiceField(label="Figure")
    span = forms.ChoiceField(label="Period", choices=SPANS)
    by = forms.ChoiceField(label="Break down by", required=False)
    add = forms.ChoiceField(label="Published rates of another area", required=False)

    def __init__(self, *args, measure: Measure, areas: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["show"].choices = [(show.name, show.label) for show in measure.shows]
        breakdowns = [(name, BREAKDOWNS[name]) for name in measure.by if name in BREAKDOWNS]
        self.fields["by"].choices = [("", "Nothing"), *breakdowns]
        if areas:
            self.fields["add"].choices = [("", "None"), *((area, area) for area in areas)]
        else:
            del self.fields["add"]
