"""The year's table as one form, starting a year, and the list of partners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django import forms

from openyj.core.forms import Form, MoneyField
from openyj.finance.contributions import YearTable
from openyj.finance.models import Partner, Stream, label_of

LABEL = re.compile(r"\s*(\d{4})\s*(?:[/\-–]\s*(\d{2}|\d{4}))?\s*")  # 2019/20, 2019-20, 2019-2020, 2019


class YearField(forms.CharField):
    """A financial year typed as 2019/20. The value is the calendar year it begins in."""

    def __init__(self, **kwargs):
        super().__init__(max_length=9, **kwargs)

    def to_python(self, value):
        return value if isinstance(value, int) else super().to_python(value)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = LABEL.fullmatch(typed)
        if not found:
            raise forms.ValidationError(f"{self.label} must be a financial year, like 2019/20")
        starts = int(found[1])
        if found[2] and int(found[2]) % 100 != (starts + 1) % 100:
            raise forms.ValidationError(
                f"{self.label} must run over two years that follow each other, like {label_of(starts)}"
            )
        if not 1998 <= starts <= 2150:
            raise forms.ValidationError(f"{self.label} must be 1998/99 or later: youth justice services began in 1998")
        return starts

    def prepare_value(self, value):
        return label_of(value) if isinstance(value, int) else value


class StartYearForm(Form):
    year = YearField(label="Financial year", help_text="For example, 2026/27")


class PartnerForm(Form):
    name = forms.CharField(label="Name of the partner", max_length=80)
    kind = forms.ChoiceField(
        label="Counts as",
        choices=[("", "Choose"), *Partner.Kind.choices],
        help_text="The row of the national table this partner's money is added to",
    )
    first_year = YearField(label="First year", help_text="For example, 2026/27")
    last_year = YearField(label="Last year", required=False, help_text="Leave empty while they still contribute")

    def clean(self):
        found = super().clean()
        first, last = found.get("first_year"), found.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", "Last year must be the same as the first year or later")
        return found


class ContributionsForm(Form):
    """A box for every partner and way of giving, and a note a partner. Empty means nothing is recorded."""

    mark_optional = False

    def __init__(self, *args, partners: Sequence[Partner], **kwargs):
        self.partners = list(partners)
        super().__init__(*args, **kwargs)
        for partner in self.partners:
            for stream in Stream:
                self.fields[cell_name(partner.pk, stream)] = MoneyField(
                    label=f"{partner.name}: {stream.label.lower()}", required=False, min_value=None
                )
            self.fields[note_name(partner.pk)] = forms.CharField(
                label=f"{partner.name}: note", required=False, max_length=200
            )

    def rows(self):
        """(partner, boxes, note) in the order of the table."""
        for partner in self.partners:
            yield partner, [self[cell_name(partner.pk, s)] for s in Stream], self[note_name(partner.pk)]

    def amounts(self) -> dict[tuple[int, str], Decimal | None]:
        return {(p.pk, s.value): self.cleaned_data[cell_name(p.pk, s)] for p in self.partners for s in Stream}

    def notes(self) -> dict[int, str]:
        return {p.pk: self.cleaned_data[note_name(p.pk)] for p in self.partners}


def cell_name(partner: int, stream: str) -> str:
    return f"p{partner}_{stream}"


def note_name(partner: int) -> str:
    return f"p{partner}_note"


def initial_of(table: YearTable) -> dict[str, object]:
    """What the form's boxes say before anybody types."""
    boxes: dict[str, object] = {}
    for line in table.lines:
        boxes |= {cell_name(line.partner.pk, s): cell for s, cell in zip(Stream, line.cells, strict=True)}
        boxes[note_name(line.partner.pk)] = line.note
    return boxes
