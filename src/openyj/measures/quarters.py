"""Financial quarters and the periods a figure may speak of.

Q1 is April to June and Q4 January to March; ``2023Q4`` is 1 January to 31 March 2024, named after the year
in which the financial year starts (indicators.md section 0).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Span = Literal["quarter", "rolling_year", "year"]
SPANS: tuple[Span, ...] = ("quarter", "rolling_year", "year")
QUARTERS_IN = {"quarter": 1, "rolling_year": 4, "year": 4}


@dataclass(frozen=True, order=True)
class Quarter:
    """One financial quarter, by the year its financial year starts and its number from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year - (day.month < 4), (day.month + 8) % 12 // 3 + 1)

    @classmethod
    def labelled(cls, label: str) -> Quarter:
        """The quarter of a label such as ``2023Q4``. Raises ValueError saying what a label looks like."""
        year, q, number = label.partition("Q")
        if not (q and len(year) == 4 and year.isdecimal() and number in ("1", "2", "3", "4")):
            raise ValueError(f"{label!r} is not a quarter. Write one like 2023Q4 (January to March 2024)")
        return cls(int(year), int(number))

    @property
    def label(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def start(self) -> date:
        return date(self.year + (self.number == 4), (self.number * 3 + 1) % 12, 1)

    @property
    def end(self) -> date:
        return self.plus(1).start - timedelta(days=1)

    def plus(self, quarters: int) -> Quarter:
        whole = self.year * 4 + self.number - 1 + quarters
        return Quarter(whole // 4, whole % 4 + 1)


@dataclass(frozen=True)
class Period:
    """What a figure speaks of: a quarter, the four quarters ending with one, or a financial year.

    A rolling year is labelled by its last quarter; a financial year as ``2023/24``.
    """

    span: Span
    last: Quarter

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(self.last.plus(-back) for back in reversed(range(QUARTERS_IN[self.span])))

    @property
    def label(self) -> str:
        if self.span == "year":
            return f"{self.last.year}/{(self.last.year + 1) % 100:02d}"
        return self.last.label

    @property
    def start(self) -> date:
        return self.quarters[0].start

    @property
    def end(self) -> date:
        return self.last.end


def periods(span: Span, first: Quarter, last: Quarter) -> Iterator[Period]:
    """Every period of this span that ends in these quarters, both included."""
    quarter = first
    while quarter <= last:
        if span != "year" or quarter.number == 4:
            yield Period(span, quarter)
        quarter = quarter.plus(1)


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, or that month's last day where it has no such day."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, min(day.day, last.day))
