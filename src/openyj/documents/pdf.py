"""A document as a tagged PDF (PDF/UA-1), set by Typst from the tree as data: no text is ever read as markup."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from openyj.documents import appending
from openyj.documents.assembling import Cover, marks_of
from openyj.documents.tree import DataTable, Picture, Quoted, Tree, as_json, change, walk

SETTING = "document.typ"
SECONDS = 120  # for a document with others' pages


@dataclass(frozen=True)
class Appended:
    """Somebody else's PDF, whose pages follow a document under a heading."""

    heading: str
    content: bytes


class CannotAppend(ValueError):
    """Pages that cannot be put at the end of a document; `heading` says whose."""

    def __init__(self, heading: str):
        super().__init__(f"The pages of {heading} cannot be read.")
        self.heading = heading


def to_pdf(tree: Tree, cover: Cover, *, system_fonts: bool = True, appended: Sequence[Appended] = ()) -> bytes:
    """The bytes of the PDF. Typst refuses what would not be accessible: a picture without words, a level left out.

    Set in Arial's double where the machine has it, else in a face that comes with Typst, so it needs no fonts. With
    others' pages at its end it is tagged all the same, each of these pages as a picture with its text as words, and
    does not call itself PDF/UA, which it cannot vouch for. Raises CannotAppend.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        written = in_files(tree, folder)
        weights = [node.weights for node in walk(written) if isinstance(node, DataTable) and not node.problem]
        data = {"tree": as_json(written), "weights": weights, "cover": asdict(cover) | {"mark": cover.mark}}
        data["appended"] = [each.heading for each in appended]
        (folder / "document.json").write_text(json.dumps(data))
        (folder / SETTING).write_text(files("openyj.documents").joinpath("typst", SETTING).read_text())
        if appended:
            return set_with(appended, folder)
        return typst.compile(
            str(folder / SETTING),
            root=str(folder),
            format="pdf",
            pdf_standards="ua-1",
            font_paths=fonts(system_fonts),
        )


def set_with(appended: Sequence[Appended], folder: Path) -> bytes:
    """The PDF with others' pages, set in a process of its own: they come from outside."""
    for number, each in enumerate(appended):
        (folder / f"appended-{number}.pdf").write_bytes(each.content)
    command = [sys.executable, "-I", appending.__file__, str(folder), SETTING, str(len(appended))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise CannotAppend(" and ".join(each.heading for each in appended)) from None
    if done.returncode == 0:
        return (folder / "set.pdf").read_bytes()
    told = done.stdout.decode(errors="replace").strip()
    if told.isdecimal():
        raise CannotAppend(appended[int(told)].heading)
    raise RuntimeError(f"The document could not be set: {done.stderr.decode(errors='replace')[-2000:]}")


@lru_cache(maxsize=2)
def fonts(system: bool) -> typst.Fonts:
    """The faces there are. Looking for them takes longer than setting a page, so it is done once."""
    return typst.Fonts(include_system_fonts=system)


def in_files(tree: Tree, folder: Path) -> Tree:
    """The tree with each drawing in a file of its own, named in the place of its bytes; and with the quoted numbers'
    marks in the place of their sources, which stand in the list at the end."""
    marks = marks_of(tree)
    drawn = 0

    def leaf(node):
        nonlocal drawn
        if isinstance(node, Picture) and node.png:
            drawn += 1
            path = folder / f"chart-{drawn}.png"
            path.write_bytes(node.png)
            return Picture(node.code, node.caption, node.alt, node.notes, svg=path.name)
        if isinstance(node, Quoted):
            return Quoted(node.said, marks[node])
        return node

    return change(tree, leaf)
