"""What a person chooses to see of the nation. Everything chosen stands in the address; what means nothing is as if it
were not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from openyj.core.forms import Form
from openyj.measures import Measure
from openyj.performance.forms import SPANS
from openyj.performance.national import National
from openyj.performance.spec import Spec
from openyj.performance.words import capital, say_period

LIMITS = [("", "Widened for differences between places"), ("chance", "Chance alone")]


@dataclass(frozen=True)
class Choice:
    """A figure of a complete period, or of none when no period is complete yet."""

    measure: Measure
    show: str
    span: str
    period: str

    @property
    def spec(self) -> Spec:
        return Spec(self.measure.name, self.show, self.span, self.period)

    @property
    def query(self) -> str:
        """The choice as an address has it."""
        given = QueryDict(mutable=True)
        given.update({"show": self.show, "span": self.span, "period": self.period})
        return given.urlencode()


class NationalForm(Form):
    """Which figure, over what period, of whom. A page leaves out what it does not ask."""

    mark_optional = False

    show = forms.ChoiceField(label="Figure")
    span = forms.ChoiceField(label="Kind of period")
    period = forms.ChoiceField(label="Period")
    area = forms.ChoiceField(label="Of", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    limits = forms.ChoiceField(label="Limits", required=False)

    def __init__(self, *args, choices: dict[str, Sequence[tuple[str, str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in choices:
                del self.fields[name]
            else:
                self.fields[name].choices = choices[name]


def choose(given: QueryDict, national: National, measure: Measure, shows: Sequence[str]) -> Choice | None:
    """The figure the address names, of the latest complete period unless it names another; None when no period is
    complete yet."""
    show = given.get("show") if given.get("show") in shows else shows[0]
    span = given.get("span") if given.get("span") in dict(SPANS) else SPANS[0][0]
    periods = [period.label for period in national.complete(measure, span)]
    if not periods:
        return None
    return Choice(measure, show, span, given.get("period") if given.get("period") in periods else periods[0])


def shows_of(measure: Measure, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, measure.show(name).label) for name in names]


def periods_of(national: National, choice: Choice) -> list[tuple[str, str]]:
    return [(each.label, capital(say_period(each))) for each in national.complete(choice.measure, choice.span)]
