"""Numbers as a Plan prints them: value, unit, how many places, and whether the print itself is malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

POUNDS, PERCENT, POINTS, COUNT = "pounds", "percent", "percentage points", "count"

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_IN_TEXT = re.compile(
    rf"(?P<pound>£\s?)?(?P<sign>(?<![\w)])[-−–](?=[\d£.]))?(?P<digits>{_DIGITS})"
    r"(?P<tail>\s?(?:%|per\s?cent\b|pp\b|percentage[- ]points?\b|(?:k|K|m)\b|million\b|thousand\b))?"
)
_CELL = re.compile(
    rf"^(?P<open>\(\s*)?(?P<sign>[-−–]\s?)?(?P<pound>£\s?)?(?P<minus>[-−–])?(?P<digits>{_DIGITS})"
    r"(?P<foot>(?<=,\d{3})\d)?\s?(?P<tail>%|pp|k|K|m)?\s*(?P<close>\))?\.?(?P<marks>\s?[*†‡#]+)?$"
)
_SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}


@dataclass(frozen=True)
class Number:
    """One printed number. ``value`` is in single units (£358K is 358000); ``step`` is what its last place is worth.

    ``bracketed`` says that it stands in brackets: a minus in accounts, a note elsewhere; no rule may take it
    for a minus on its own.
    """

    printed: str
    value: Decimal
    unit: str
    step: Decimal
    line: int = 0
    start: int = 0
    end: int = 0
    bracketed: bool = False
    footnote: bool = False  # "6,7711": a superscript 1 that ran into 6,771

    @property
    def size(self) -> Decimal:
        """The value without its sign."""
        return abs(self.value)


def _made(m: re.Match[str], line: int, offset: int = 0) -> Number:
    digits = m["digits"]
    plain = Decimal(digits.replace(",", ""))
    tail = (m["tail"] or "").strip().lower()
    scale = _SCALES.get(tail, 1)
    places = len(digits.partition(".")[2])
    unit = COUNT
    if tail in {"%", "percent", "per cent"}:
        unit = PERCENT
    elif tail.startswith("p"):
        unit = POINTS
    elif m["pound"]:
        unit = POUNDS
    groups = m.groupdict()
    negative = bool(m["sign"] or groups.get("minus"))
    return Number(
        printed=m.group(0).strip().rstrip("*†‡# "),
        value=-plain * scale if negative else plain * scale,
        unit=unit,
        step=Decimal(scale) / (Decimal(10) ** places),
        line=line,
        start=m.start() + offset,
        end=m.end() + offset,
        bracketed=bool(groups.get("open") and groups.get("close")),
        footnote=bool(groups.get("foot")),
    )


def cell_number(text: str, line: int = 0) -> Number | None:
    """The figure a whole cell holds, or None when the cell holds words or several figures."""
    m = _CELL.match(text.strip())
    return _made(m, line) if m else None


def numbers_in(text: str, line: int = 0) -> Iterator[Number]:
    """Every number in a piece of prose. Parts of dates, of words and of longer numbers are left out."""
    for m in _IN_TEXT.finditer(text):
        before, after = text[: m.start()][-1:], text[m.end() :][:1]
        glued = bool(before) and (before.isalnum() or before in "./_")
        if glued or (after.isalpha() and not m["tail"]) or (after and after in "/_"):
            continue
        if after == "," and text[m.end() :][1:2].isdigit():
            continue
        yield _made(m, line)


def rounds_to(value: Decimal, printed: Number) -> bool:
    """Whether a worked-out value may be printed so: rounded half either way, or cut off after the last place."""
    return abs(value - printed.value) <= printed.step / 2 or 0 <= value - printed.value < printed.step


def grouped(value: Decimal) -> str:
    """A worked-out number the way a Plan would print it."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Part of whole in per cent; the caller sees to it that whole is not 0."""
    return part * 100 / whole
