"""Forms about packs."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.core.forms import Form
from openyj.packs.figures import offered
from openyj.packs.models import PackFigures


class FiguresForm(Form):
    """Which figures a board wants in its packs."""

    figures = forms.MultipleChoiceField(
        label="Figures in the pack",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each pack has the latest of each whose period is over, with what became of it since a year before.",
    )

    def __init__(self, *args: Any, row: PackFigures | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"figures": row.figures if row else []})
        super().__init__(*args, version=row.version if row else 0, **kwargs)
        self.fields["figures"].choices = offered()


class MakeForm(Form):
    """Nothing to fill in: what goes into a pack is what the record says."""
