"""Forms about workloads: who a child is allocated to, what a part weighs, somebody's hours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from openyj.accounts.models import Team, User
from openyj.core import clock
from openyj.core.forms import DateField, Form, WholeNumberField
from openyj.people.models import Child
from openyj.workload.selectors import Choice, choices, workers


class AllocateForm(Form):
    """Who works with a child from a day on, with what each would then have."""

    worker = forms.ChoiceField(label="Worker", widget=forms.RadioSelect)
    start_date = DateField(label="From", noun="Day they begin", when="today or past")
    team = forms.ModelChoiceField(
        Team.objects.none(), label="Team", required=False, empty_label="As it is now",
        help_text="The team records facts about the child.",
    )  # fmt: skip
    why = forms.CharField(label="Why this worker", max_length=300, required=False)

    def __init__(self, *args: Any, child: Child, new: Iterable[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"start_date": clock.today()})
        super().__init__(*args, **kwargs)
        self.offered = [each for each in choices(child, new) if self.is_offered(child, each)]
        self.fields["worker"].choices = [(str(each.user.pk), said(each)) for each in self.offered]
        self.fields["team"].queryset = Team.objects.filter(service=child.service_id, closed_on=None).order_by("name")

    def is_offered(self, child: Child, choice: Choice) -> bool:
        """Whoever works with the child already is no choice, unless a form of an upper room says so."""
        return choice.user.pk != child.worker_id

    @property
    def allocation(self) -> dict[str, Any]:
        """What is saved: the worker, the day, why, and the team where another one was chosen."""
        cleaned = self.cleaned_data
        worker = next(each.user for each in self.offered if str(each.user.pk) == cleaned["worker"])
        also = {"team": cleaned["team"]} if cleaned["team"] else {}
        return {"worker": worker, "day": cleaned["start_date"], "why": cleaned["why"], "also": also}


def said(choice: Choice) -> str:
    """Somebody with their number now and after: "Nia Hughes: 9.0 now, 12.0 after. Resettlement; 6 children"."""
    children = choice.now.count("child")
    with_hours = f"; {choice.now.share:.0%} of full time" if choice.now.share < 1 else ""
    team = f"{choice.user.team}; " if choice.user.team else ""
    return (
        f"{choice.user.name}: {choice.now.shown} now, {choice.after.shown} after. "
        f"{team}{children} {'child' if children == 1 else 'children'}{with_hours}"
    )


class WeightForm(Form):
    """What one thing of a part counts from a day on."""

    weight = forms.DecimalField(
        label="One of these counts", min_value=0, max_digits=4, decimal_places=2, help_text="For example: 1 or 2.5"
    )
    valid_from = DateField(label="From", noun="Day it holds from")
    source = forms.CharField(
        label="Where it comes from",
        max_length=300,
        help_text="For example: agreed in the managers’ meeting of 4 June 2026.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"].widget = forms.TextInput({"inputmode": "decimal"})


class HoursForm(Form):
    """Which share of full-time hours somebody is contracted for."""

    user = forms.ModelChoiceField(User.objects.none(), label="Worker", empty_label="Select")
    percent = WholeNumberField(
        label="Share of full-time hours, in per cent", min_value=1, max_value=100, help_text="For example: 60"
    )
    valid_from = DateField(label="From", noun="Day it holds from")

    def __init__(self, *args: Any, service: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = workers(service)
