"""What is wrong with a set of case-level tables, said so that somebody can put it right."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one row or one table.

    ``rule`` is the rule's id; ``key`` the row's key as text, null when the fault is the table's own.
    An error makes a figure wrong or impossible; a warning makes it doubtful.
    """

    rule: str
    table: str
    key: str | None
    column: str | None
    message: str
    severity: str = ERROR

    def __str__(self) -> str:
        where = " ".join(filter(None, [self.table, self.key, self.column]))
        return f"{self.severity} {self.rule} {where}: {self.message}"


class Unfit(ValueError):
    """The tables do not have the declared shape. ``faults`` says everything that is wrong, not the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class TableNotSupplied(KeyError):
    """A table is needed that nobody supplied. That is not the same as an empty table: nothing can be said."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"table {self.name} was not supplied"
