"""What a figure measures and for whom, by the words around it.

The measures are those every Plan reports (the YJB's national indicators and the service's own staff and money);
a figure whose words name none of them, or two, is left alone.
"""

from __future__ import annotations

import re

MEASURES: dict[str, re.Pattern[str]] = {
    "frequency": re.compile(
        r"re-?\s?offen[cs]es per re-?\s?offender|offences per re-?\s?offender|frequency|per reoffender", re.I
    ),
    "reoffending": re.compile(
        r"binary|re-?\s?offending rate|rates? of (?:proven )?re-?\s?offending"
        r"|proportion\b.{0,25}\bre-?\s?offend|% re-?\s?offending|re-?\s?offend",
        re.I,
    ),
    "first time entrants": re.compile(
        r"first[- ]time[- ]entrants?|\bFTEs?\b(?!\s*(?:post|staff|equivalent))|entrants to the", re.I
    ),
    "remand": re.compile(r"\bremand", re.I),
    "custody": re.compile(r"\bcustod(?:y|ial)|sentenced to custody", re.I),
}
OTHERS = re.compile(
    r"\b(?:family|comparator|comparison group|similar|national(?:ly)?|england|wales|region(?:al)?|PCC|area|neighbours?|"
    r"south ?-?(?:west|east)|north ?-?(?:west|east)|midlands|london|country|average|merseyside"
    r"|yorkshire|avon|target)\b",
    re.I,
)


def measure_in(text: str) -> str:
    """The one measure the words name; "frequency" wins over "reoffending", which its words contain."""
    named = [name for name, words in MEASURES.items() if words.search(text)]
    if named[:2] == ["frequency", "reoffending"]:
        named.remove("reoffending")
    return named[0] if len(named) == 1 else ""


def nearest_measure(text: str, offset: int) -> str:
    """The measure named last before a place in the text, else first after it."""
    before = [(m.end(), name) for name, words in MEASURES.items() for m in words.finditer(text[:offset])]
    if before:
        last = max(before)
        return (
            "frequency"
            if last[1] == "reoffending" and any(n == "frequency" and e >= last[0] - 3 for e, n in before)
            else last[1]
        )
    after = [(m.start(), name) for name, words in MEASURES.items() for m in words.finditer(text, offset)]
    return min(after)[1] if after else ""


def speaks_of_others(text: str) -> bool:
    """Whether the words are about the family, the region, the nation or a target, not the service itself."""
    return bool(OTHERS.search(text))
