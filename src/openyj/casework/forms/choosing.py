"""Choosing the offences that something is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from openyj.casework.models import Offence, Outcome
from openyj.core.dates import say_date
from openyj.people.forms import FactForm
from openyj.people.models import Child
from openyj.people.record import Recorded


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
