"""A whole document from its parts: the text under its headings, then the lists that let a reader check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openyj.core.dates import say_date, say_datetime
from openyj.documents.filling import Filled
from openyj.documents.reading import read
from openyj.documents.tree import DataTable, Emphasis, Heading, Paragraph, Quoted, Text, Tree, walk

NOT_WRITTEN = "Nothing has been written under this heading."


@dataclass(frozen=True)
class Part:
    """One section: its heading and what was written under it."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Cover:
    """What stands on a document besides its text."""

    title: str
    service: str
    version: str  # "Draft" or "Version 2: for the board"
    draft: bool
    handling: str
    as_of: str
    snapshot: str
    made: str

    @property
    def mark(self) -> str:
        """What every page says at its top: whether it is a draft, and how to handle it."""
        return " - ".join(part for part in ("DRAFT" if self.draft else "", self.handling) if part)


def cover_of(
    *, title: str, service: str, name: str, number: int | None, handling: str, snapshot, at: datetime
) -> Cover:
    """The cover of a rendering against a snapshot."""
    return Cover(
        title=title,
        service=service,
        version=f"Version {number}: {name}" if number else "Draft",
        draft=number is None,
        handling=handling,
        as_of=say_date(snapshot.as_of),
        snapshot=f"Snapshot {snapshot.pk}",
        made=say_datetime(at),
    )


def assemble(parts: Sequence[Part]) -> Tree:
    """The parts in order, each under its heading. An empty one keeps its place and says that it is empty."""
    made: list = []
    for part in parts:
        made.append(Heading(1, (Text(part.heading),)))
        made += read(part.text, deeper=1) or [Paragraph((Emphasis((Text(NOT_WRITTEN),)),))]
    return tuple(made)


def with_lists(filled: Filled, cover: Cover) -> Tree:
    """The filled tree, then its figures with their codes and its quoted numbers with their sources."""
    made = list(filled.tree)
    figures = [value for value in filled.values if value.key.startswith(("figure", "change"))]
    if figures:
        made += [
            Heading(1, (Text("Figures in this document"),)),
            Paragraph(
                (
                    Text(
                        f"Each figure was worked out from the service's record as it was on {cover.as_of} "
                        f"({cover.snapshot}). Its code, typed into the search box of the system by somebody who may "
                        "see it, opens the evidence."
                    ),
                )
            ),
            DataTable(
                "",
                "Figures and their codes",
                ("Code", "Says", "Speaks of"),
                tuple((value.key.split(" ", 1)[1], value.said, value.what) for value in figures),
            ),
        ]
    quoted = filled.quoted
    if quoted:
        made += [
            Heading(1, (Text("Numbers from elsewhere"),)),
            Paragraph((Text("These were typed by the writer and are not worked out from the record."),)),
            DataTable(
                "",
                "Quoted numbers and their sources",
                ("Mark", "Says", "Source"),
                tuple((mark, one.said, one.source) for one, mark in marks_of(filled.tree).items()),
            ),
        ]
    return tuple(made)


def marks_of(tree: Tree) -> dict[Quoted, str]:
    """Q1, Q2 and so on for the quoted numbers, in order; the same number from the same source has one mark."""
    marks: dict[Quoted, str] = {}
    for node in walk(tree):
        if isinstance(node, Quoted):
            marks.setdefault(node, f"Q{len(marks) + 1}")
    return marks
