"""What upper rooms let question sets be about. A room registers its use in AppConfig.ready; a set names one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from openyj.questionnaires.definition import CHOICE, DATE, LONG_TEXT, SCALE, TEXT, Question


@dataclass(frozen=True)
class Target:
    """Typed fields that answers may feed. `write(sheet, values, by)` saves them in the transaction of completion;
    `values` holds the answered fields only."""

    model: type[models.Model]
    fields: tuple[str, ...]
    write: Callable[[Any, Mapping[str, Any], Any], None]

    def refuses(self, question: Question, name: str) -> str:
        """Why `question` cannot feed the field `name`; "" where it can."""
        if name not in self.fields:
            return f"it has no field {name}. It has: {', '.join(self.fields)}"
        column = self.model._meta.get_field(name)
        if column.choices:
            if question.type != CHOICE:
                return f"{name} holds one of several codes, so the question must be a choice"
            odd = [key for key in question.labels if key not in {str(value) for value, _ in column.flatchoices}]
            known = ", ".join(str(value) for value, _ in column.flatchoices)
            return f"{name} does not know {', '.join(odd)}. It knows: {known}" if odd else ""
        fits = next((types for kind, types in FITS.items() if isinstance(column, kind)), ())
        if question.type not in fits:
            return f"a question of type {question.type} does not fit {name}"
        if column.max_length and question.longest > column.max_length:
            return f"{name} holds {column.max_length} characters; say “longest: {column.max_length}” or less"
        return ""


# Which questions fill which columns; a date column is no integer to Django, so the order does not matter.
FITS: dict[type[models.Field], tuple[str, ...]] = {
    models.DateField: (DATE,),
    models.CharField: (TEXT, LONG_TEXT),
    models.TextField: (TEXT, LONG_TEXT),
    models.IntegerField: (SCALE,),
}


@dataclass(frozen=True)
class Use:
    """One use of question sets: what is known beforehand (key: what it is called) and what may be fed."""

    name: str
    known: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)


USES: dict[str, Use] = {}


def register(use: Use) -> Use:
    """Add a use at start-up; the same name twice is a mistake and is refused."""
    if use.name in USES:
        raise ValueError(f"There is already a use of question sets called {use.name!r}")
    USES[use.name] = use
    return use
