"""What the page of a section can be asked to do with the text that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from openyj.documents.numbers import TypedNumber, replace_at, typed_numbers
from openyj.plans.forms import InsertForm, NumberForm, inserted


def places(numbers: Sequence[TypedNumber]) -> list[tuple[str, TypedNumber]]:
    """Each number with a name that outlives other edits of the text: what was typed, and which of its like it is."""
    seen: dict[str, int] = {}
    named = []
    for number in numbers:
        seen[number.said] = seen.get(number.said, 0) + 1
        named.append((f"{seen[number.said]}:{number.said}", number))
    return named


def insert(text: str, data: Mapping, known: Callable[[str], bool]) -> tuple[str, InsertForm]:
    """The text with the chosen figure in it; as it was where the form has errors."""
    form = InsertForm(data, known=known, prefix="insert")
    return (inserted(text, form.token) if form.is_valid() else text), form


def settle(text: str, place: str, data: Mapping, prefix: str, known: Callable[[str], bool]) -> tuple[str, NumberForm]:
    """The text with one typed number chosen or quoted; as it was where the form has errors."""
    number = dict(places(typed_numbers(text))).get(place)
    form = NumberForm(data, known=known, number=number, prefix=prefix)
    if not form.is_valid():
        return text, form
    if number is None:
        form.add_error("source", "This number is no longer in the text. Look at the list again")
        return text, form
    return replace_at(text, number, form.token_for(number.said)), form
