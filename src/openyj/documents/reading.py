"""Reading a text: a small part of Markdown, with tokens in double braces.

Headings (# to ###), paragraphs, lists (- and 1.), **strong**, *emphasis*. Nothing else: a link, HTML or a picture
typed in stays the characters that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token as Mark

from openyj.documents.tokens import BRACES, read_token
from openyj.documents.tree import (
    Block,
    DataTable,
    Emphasis,
    Heading,
    Inline,
    Items,
    Mistake,
    Paragraph,
    Picture,
    Strong,
    Text,
    Tree,
)

DEEPEST = 3  # heading levels a writer has


def braces(state: StateInline, silent: bool) -> bool:
    """Takes a token in braces whole, so that a star or a quotation mark inside it stays its own."""
    found = BRACES.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("braces", "", 0).content = found[1]
    state.pos = found.end()
    return True


PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def as_typed(text: str) -> str:
    """Words of the record as a piece of a text: whatever is in them, `read` gives the very same characters, in one
    line, and never a list, a heading or a token."""
    return PUNCTUATION.sub(r"\\\1", " ".join(text.replace("\0", "").split()))


def maker() -> MarkdownIt:
    made = MarkdownIt("zero").enable(["heading", "list", "emphasis", "escape", "newline"])
    made.inline.ruler.before("escape", "braces", braces)
    return made


MARKDOWN = maker()


def read(text: str, *, deeper: int = 0) -> Tree:
    """The tree of a text. `deeper` is added to heading levels, for a text that stands under a heading of its own.

    No level is left out: the first heading is the highest, and one never jumps down by two, because a reader who
    goes by headings would look for what is between.
    """
    marks = MARKDOWN.parse(text.replace("\r\n", "\n").replace("\0", ""))
    return levelled(tuple(blocks(marks)), deeper)


def levelled(tree: Tree, deeper: int) -> Tree:
    above = deeper
    made: list[Block] = []
    for block in tree:
        if isinstance(block, Heading):
            above = min(block.level + deeper, above + 1)
            block = Heading(above, block.inlines)
        made.append(block)
    return tuple(made)


def blocks(marks: Sequence[Mark]) -> Iterator[Block]:
    place = 0
    while place < len(marks):
        mark = marks[place]
        end = closing(marks, place)
        inner = marks[place + 1 : end]
        match mark.type:
            case "heading_open":
                level = min(int(mark.tag[1]), DEEPEST)
                yield Heading(level, only_inline(inlines(inner[0].children or [])))
            case "paragraph_open":
                yield from paragraph(inlines(inner[0].children or []))
            case "bullet_list_open" | "ordered_list_open":
                yield Items(mark.type.startswith("ordered"), tuple(items(inner)))
        place = end + 1


def closing(marks: Sequence[Mark], place: int) -> int:
    """Where the mark at `place` ends."""
    level = 0
    for at in range(place, len(marks)):
        level += marks[at].nesting
        if level == 0:
            return at
    return len(marks) - 1


def items(marks: Sequence[Mark]) -> Iterator[tuple[Block, ...]]:
    place = 0
    while place < len(marks):
        end = closing(marks, place)
        yield tuple(without_headings(blocks(marks[place + 1 : end])))
        place = end + 1


def without_headings(found: Iterator[Block]) -> Iterator[Block]:
    """In a list a heading is only strong words: as a heading it would break the outline of the document."""
    for block in found:
        yield Paragraph((Strong(block.inlines),)) if isinstance(block, Heading) else block


def paragraph(found: tuple[Inline | DataTable | Picture, ...]) -> Iterator[Block]:
    """A paragraph; a table or chart in it stands alone, between what is before and after."""
    run: list[Inline] = []
    for one in found:
        if isinstance(one, DataTable | Picture):
            yield from nonempty(run)
            run = []
            yield one
        else:
            run.append(one)
    yield from nonempty(run)


def nonempty(run: list[Inline]) -> Iterator[Paragraph]:
    if any(not isinstance(one, Text) or one.text.strip() for one in run):
        yield Paragraph(tuple(trimmed(run)))


def trimmed(run: list[Inline]) -> list[Inline]:
    """Without the space at its ends that was beside a table or chart."""
    run = list(run)
    if isinstance(run[0], Text):
        run[0] = Text(run[0].text.lstrip())
    if isinstance(run[-1], Text):
        run[-1] = Text(run[-1].text.rstrip())
    return [one for one in run if one != Text("")]


def only_inline(found: tuple[Inline | DataTable | Picture, ...]) -> tuple[Inline, ...]:
    return tuple(
        Mistake("", "A table or chart stands in a paragraph of its own.") if isinstance(o, DataTable | Picture) else o
        for o in found
    )


def inlines(marks: Sequence[Mark]) -> tuple[Inline | DataTable | Picture, ...]:
    made: list[Inline | DataTable | Picture] = []
    place = 0
    while place < len(marks):
        mark = marks[place]
        end = closing(marks, place)
        match mark.type:
            case "strong_open":
                made.append(Strong(only_inline(inlines(marks[place + 1 : end]))))
            case "em_open":
                made.append(Emphasis(only_inline(inlines(marks[place + 1 : end]))))
            case "braces":
                made.append(read_token(mark.content))
            case "softbreak" | "hardbreak":
                made.append(Text(" "))
            case _:
                made.append(Text(mark.content))
        place = end + 1
    return tuple(joined(made))


def joined(run: list[Inline | DataTable | Picture]) -> Iterator[Inline | DataTable | Picture]:
    """Neighbouring pieces of text as one, and none that is empty."""
    held = ""
    for one in run:
        if isinstance(one, Text):
            held += one.text
            continue
        if held:
            yield Text(held)
            held = ""
        yield one
    if held:
        yield Text(held)


def leaves_no_level_out(tree: Tree, deeper: int = 0) -> bool:
    """Whether no heading is more than one level below the one before it."""
    levels = [deeper, *(block.level for block in tree if isinstance(block, Heading))]
    return all(after <= before + 1 for before, after in pairwise(levels))
