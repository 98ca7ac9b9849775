"""The kinds of validity rule a table may declare beside its columns.

    rules = [not_before("outcome_date", "offence.offence_date", id="OUT-1"), between("term_months", ...)]

A column of another table is written ``table.column``; it is reached by this table's reference to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from openyj.tables.faults import ERROR, WARNING


@dataclass(frozen=True)
class NotBefore:
    """A date may not be earlier than another. Either being null breaks nothing."""

    id: str
    later: str
    earlier: str
    severity: str

    def __str__(self) -> str:
        return f"{self.later} is not before {self.earlier}"


@dataclass(frozen=True)
class Present:
    """A value that may be missing, but whose absence somebody should look at."""

    id: str
    column: str
    why: str
    severity: str = WARNING
    when: str = ""

    def __str__(self) -> str:
        where = f" where {self.when} is" if self.when else ""
        return f"{self.column} is recorded{where}: {self.why}"


@dataclass(frozen=True)
class AnyOf:
    """One of several values at least is there, or the row says nothing."""

    id: str
    columns: tuple[str, ...]
    severity: str = ERROR

    def __str__(self) -> str:
        return f"one of {', '.join(self.columns)} is recorded"


@dataclass(frozen=True)
class NotBoth:
    """Two values that exclude each other."""

    id: str
    column: str
    other: str
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.column} and {self.other} are not both recorded"


@dataclass(frozen=True)
class NotMore:
    """A number should not be larger than another of its row. Either being null breaks nothing."""

    id: str
    column: str
    limit: str
    severity: str

    def __str__(self) -> str:
        return f"{self.column} is not more than {self.limit}"


@dataclass(frozen=True)
class NotAfterAsOf:
    """A fact cannot be dated after the day the tables speak of."""

    id: str
    column: str
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.column} is not after the day the tables speak of"


@dataclass(frozen=True)
class Between:
    """A number lies in a range, both ends included."""

    id: str
    column: str
    least: float
    most: float
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.column} is from {self.least:,} to {self.most:,}"


Rule = NotBefore | Present | AnyOf | NotBoth | NotMore | NotAfterAsOf | Between


def not_before(later: str, earlier: str, *, id: str, severity: str = ERROR) -> NotBefore:
    return NotBefore(id, later, earlier, severity)


def present(column: str, *, id: str, why: str, when: str = "", severity: str = WARNING) -> Present:
    """``when`` is another column: only where that has a value is this one missed."""
    return Present(id, column, why, severity, when)


def any_of(*columns: str, id: str) -> AnyOf:
    return AnyOf(id, columns)


def not_both(column: str, other: str, *, id: str) -> NotBoth:
    return NotBoth(id, column, other)


def not_more(column: str, limit: str, *, id: str, severity: str = ERROR) -> NotMore:
    return NotMore(id, column, limit, severity)


def not_after_as_of(column: str, *, id: str) -> NotAfterAsOf:
    return NotAfterAsOf(id, column)


def between(column: str, least: float, most: float, *, id: str) -> Between:
    return Between(id, column, least, most)


__all__ = [
    "ERROR",
    "WARNING",
    "Rule",
    "any_of",
    "between",
    "not_after_as_of",
    "not_before",
    "not_both",
    "not_more",
    "present",
]
