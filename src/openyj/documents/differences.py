"""What changed between a frozen version and the text as it is now: figures, and words by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from openyj.documents.assembling import Part


@dataclass(frozen=True)
class FigureChange:
    """A number that says something else now, is new in the text or is gone from it (then one side is empty)."""

    code: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Piece:
    """A run of words: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class PartChange:
    """A section whose words differ, as runs of words."""

    key: str
    heading: str
    pieces: tuple[Piece, ...]


def figure_changes(before: Iterable, after: Iterable) -> list[FigureChange]:
    """The values that differ, in the order of the text as it is now, those that are gone last.

    Of tables and charts only that they changed is said, without their rows.
    """
    old, new = {value.key: value for value in before}, {value.key: value for value in after}
    changed = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if was and now and was.said == now.said:
            continue
        one = now or was
        block = key.startswith(("table", "chart"))
        what = f"{key.split(' ')[0].capitalize()}: {one.what}" if block else one.what
        before = "" if was is None else "As it was frozen" if block else was.said
        after = "" if now is None else "With other values" if block else now.said
        changed.append(FigureChange(one.code, what, before, after))
    return changed


def part_changes(before: Sequence[Part], after: Sequence[Part]) -> list[PartChange]:
    """The sections whose heading or words differ, in the order of the text as it is now, those that are gone last."""
    old, new = {part.key: part for part in before}, {part.key: part for part in after}
    changed = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        texts = [f"{part.heading}\n\n{part.text}" if part and was and now and was.heading != now.heading else
                 (part.text if part else "") for part in (was, now)]  # fmt: skip
        changed.append(PartChange(key, (now or was).heading, tuple(pieces(*texts))))
    return changed


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts as runs of words. Joined without the new they are the old text, without the gone the new."""
    old, new = words(before), words(after)
    made = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            made.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            made.append(Piece("new", "".join(new[c:d])))
    return made


def words(text: str) -> list[str]:
    """Words with the space after them; a token in braces is one word."""
    return re.findall(r"\{\{.*?\}\}\s*|\S+\s*|\s+", text, re.S)
