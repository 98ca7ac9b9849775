"""The rules, one file each: what it looks for and why stands at the top of the file.

A rule is a module with ``ID`` (never changed once published: dismissals name it), ``TITLE``, a docstring that
explains it to the people who read the report, and ``check(document)``, which yields findings. It reads nothing
but the document.
"""

from __future__ import annotations

from types import ModuleType

from openyj.plancheck.rules import (
    appendices,
    changes,
    contents,
    dates,
    directions,
    malformed,
    money,
    owners,
    parts,
    rates,
    ratios,
    sections,
    series,
    shares,
    sums,
    two_values,
    units,
)

RULES: tuple[ModuleType, ...] = (
    sums,
    money,
    two_values,
    rates,
    shares,
    parts,
    changes,
    series,
    directions,
    ratios,
    units,
    malformed,
    dates,
    appendices,
    contents,
    owners,
    sections,
)
