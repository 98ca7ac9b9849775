"""The forms about who else did an offence."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework.models import Offence
from openyj.core.dates import say_date
from openyj.core.forms import Form
from openyj.people.forms import FactForm
from openyj.people.models import Child


class FindRecordForm(Form):
    """Another child of the service, looked for by name or number."""

    mark_optional = False
    q = forms.CharField(label="Name or number", max_length=120, help_text="All or part of it. For example: Evans")


class CoDefendantForm(FactForm):
    """How it is known that the offence was done together. Who it was is not changed: that is another fact."""

    source = forms.CharField(
        label="How is it known?", max_length=200, required=False,
        help_text="For example: the police report. Name nobody here.",
    )  # fmt: skip


class OffenceField(forms.ModelChoiceField):
    """One standing offence of a child."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Offence.objects.none(), empty_label="Select", **kwargs)

    def label_from_instance(self, offence: Offence) -> str:
        return f"{offence}, {say_date(offence.offence_date) or 'no date'}"

    def of(self, child: Child) -> None:
        self.queryset = Offence.objects.standing().filter(child=child)


class AddCoDefendantForm(CoDefendantForm):
    """Which offence, with whom. With the record of another child it asks for the offence there, and for no name."""

    offence = OffenceField(
        label="Which offence of this child?", error_messages={"required": "Select the offence of this child"}
    )
    their_offence = OffenceField(
        label="Which offence of the other child?", error_messages={"required": "Select the offence of the other child"}
    )
    name = forms.CharField(
        label="Name", max_length=120, required=False,
        help_text="Leave it empty if nobody knows it. It is on the screen only: on no paper and in no document. Do not "
        "write the name of a child with a record here: search for them instead.",
    )  # fmt: skip
    field_order = ["offence", "their_offence", "name", "source"]

    def __init__(self, *args: Any, record: Child | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offence"].of(self.child)
        if record:
            del self.fields["name"]
            self.fields["their_offence"].of(record)
        else:
            del self.fields["their_offence"]
