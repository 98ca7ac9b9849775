"""Reading a table that somebody supplies: every wrong row is named with its line, and then nothing is taken from it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from openyj.accounts.models import Versioned

SHOWN = 20


class Wrong(ValueError):
    """A cell says something it cannot say. The text says what to write instead."""


class FileRefused(Exception):
    """A file holds wrong rows; nothing was taken from it. `problems` are sentences, each with its line."""

    def __init__(self, path: Path, problems: Sequence[str]):
        self.path, self.problems = path, list(problems)
        shown = "\n".join(f"  {p}" for p in self.problems[:SHOWN])
        more = f"\n  and {len(self.problems) - SHOWN} more" if len(self.problems) > SHOWN else ""
        super().__init__(f"{path.name} was refused; nothing was changed.\n{shown}{more}")


@dataclass
class Counts:
    """What became of the rows of a file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    remarks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.unchanged} already there"


def lines_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line in the file, cells by column, trimmed) for each row. Raises FileRefused when the file cannot be read so."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise FileRefused(path, [f"line 1: there is no column {', '.join(missing)}. Add it"])
            if repeated := [c for c in columns if reader.fieldnames.count(c) > 1]:
                raise FileRefused(path, [f"line 1: the column {', '.join(repeated)} is there twice. Keep one"])
            for row in reader:
                if None in row or None in row.values():
                    cells = f"{len(reader.fieldnames)} cells, as its first line has"
                    raise FileRefused(path, [f"line {reader.line_num}: write {cells}"])
                yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except UnicodeDecodeError:
        raise FileRefused(path, ["It is not UTF-8 text. Save it as “CSV UTF-8” and try again"]) from None
    except csv.Error as reason:
        raise FileRefused(path, [f"It cannot be read as CSV: {reason}"]) from None


def read_table(
    path: Path, columns: Sequence[str], read: Callable[[dict[str, str]], dict[str, Any]], key: Sequence[str]
) -> list[dict[str, Any]]:
    """`read` of every row. Raises FileRefused naming every row that is wrong or repeats an earlier row's `key`."""
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in lines_of(path, columns):
        try:
            if holding := [name for name, cell in cells.items() if "\x00" in cell]:
                raise Wrong(f"{', '.join(holding)} holds a null byte. Take it out")
            row = read(cells)
        except Wrong as wrong:
            problems.append(f"line {line}: {wrong}")
            continue
        own = tuple(row[name] for name in key)
        if own in seen:
            problems.append(f"line {line}: says again what line {seen[own]} says. Keep one")
        seen.setdefault(own, line)
        rows.append(row)
    if problems:
        raise FileRefused(path, problems)
    return rows


def put(
    model: type[models.Model], rows: Sequence[dict[str, Any]], *, key: Sequence[str], keep: Sequence[str] = ()
) -> Counts:
    """Add the rows that are new by `key`, and change those that differ, except in the columns to `keep`.

    All or nothing. Doing it twice changes nothing the second time.
    """
    counts = Counts()
    with transaction.atomic():
        there = {tuple(getattr(found, name) for name in key): found for found in model._base_manager.all()}
        new, differing = [], []
        for row in rows:
            found = there.get(tuple(row[name] for name in key))
            if found is None:
                new.append(model(**row))
            elif any(getattr(found, name) != value for name, value in row.items() if name not in keep):
                for name, value in row.items():
                    if name not in keep:
                        setattr(found, name, value)
                if isinstance(found, Versioned):
                    found.version += 1
                differing.append(found)
        model._base_manager.bulk_create(new, batch_size=2000)
        if differing:
            columns = [name for name in rows[0] if name not in {*key, *keep}]
            columns += ["version"] * issubclass(model, Versioned)
            model._base_manager.bulk_update(differing, columns, batch_size=500)
    counts.added, counts.changed = len(new), len(differing)
    counts.unchanged = len(rows) - counts.added - counts.changed
    return counts


def text(cells: dict[str, str], column: str, longest: int) -> str:
    """A cell that must say something, and not more than its place holds."""
    value = cells[column]
    if not value:
        raise Wrong(f"{column} is empty. Fill it in")
    if len(value) > longest:
        raise Wrong(f"{column} has {len(value)} characters; shorten it to {longest}")
    return value


def whole_number(cells: dict[str, str], column: str, least: int, most: int) -> int:
    """A cell of digits between two numbers."""
    value = cells[column]
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not digits or not least <= int(value) <= most:
        raise Wrong(f"{column} is {value!r}; write a whole number from {least} to {most}")
    return int(value)


def day(cells: dict[str, str], column: str) -> date:
    """A cell with a date written 2026-04-01."""
    try:
        return date.fromisoformat(cells[column])
    except ValueError:
        raise Wrong(f"{column} is {cells[column]!r}; write the date like 2026-04-01") from None
