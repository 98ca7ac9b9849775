"""Finding numbers that were typed into a text where a figure should stand.

A typed number goes stale the day a fact changes, so each is asked about: choose the figure, or say where it comes
from. What is no measurement (a year, a date, a section's number, an age in law) is not asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openyj.documents.tokens import BRACES, write_quoted

SMALL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
TEN_UP = rf"(?:{TENS})(?:[- ](?:one|{SMALL}))?"
WORD = rf"(?:(?:(?:{TEN_UP}|{SMALL}|a|one)\s)?(?:hundred|thousand|million|dozen)s?|{TEN_UP}|{SMALL})"
DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
PER_CENT = r"\s?%|\s?per\s?cent\b|[ -]percentage\spoints?\b"
SCALE = r"\s?(?:k|m|bn|million|billion|thousand|hundred)\b"
SHARE = rf"\s(?:in|out of)\s(?:every\s)?(?:{DIGITS}|{WORD})\b"
MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
YEAR = r"(?:19|20|21)\d\d"
NTH = r"(?:st|nd|rd|th)?"
AGE = r"(?:[1-9]|1\d|2[0-5])"  # of a child or a young adult
# What number words must be counting before they are asked about: "two boards merged" tells a story, "forty children"
# is a measurement.
COUNTED = (
    "child(?:ren)?|young people|girls?|boys?|teenagers?|families|victims?|offences?|re-?offences?|reoffenders?"
    "|entrants?|cautions?|sentences?|orders?|outcomes?|referrals?|cases?|remands?|volunteers?|staff|workers?"
    "|officers?|practitioners?|pounds|times as (?:many|likely)|fold"
)

PARTS = (
    rf"(?:(?:one|two|three|four)[ -])?(?:half|thirds?|quarters?|fifths?|tenths?)\sof\s(?:\w+\s){{0,2}}?(?:{COUNTED})\b"
)

# A number is whatever one of these finds, the longest first, that is not passed over by one of PASSED.
ASKED = re.compile(
    "|".join(
        [
            rf"[£€$]\s?-?{DIGITS}(?:{SCALE})?(?:{SHARE})?",  # money
            # digits with what belongs to them, and ratios such as 4:10
            rf"(?<![\w£€$.,:/-])[-−]?{DIGITS}(?:{SCALE}|{PER_CENT})?(?:{SHARE})?(?:\s?:\s?\d+)?",
            rf"\b{WORD}(?:{PER_CENT}|{SHARE})",  # sixty per cent, four in ten
            rf"\bone(?:{SHARE}|\sper\s?cent\b)",
            rf"\b{PARTS}",  # two thirds of our children
            rf"\b{WORD}(?=\s(?:[a-z-]+\s){{0,2}}?(?:{COUNTED})\b)",  # forty children, twelve community orders
            r"\b(?:doubled|trebled|tripled|quadrupled|halved)\b",
        ]
    ),
    re.I,
)

# Each kind of number that is no measurement, by what a reader would call it.
PASSED: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(patterns), re.I | re.M)
    for name, patterns in {
        "financial year": [rf"\b{YEAR}\s?[/–-]\s?\d\d(?:\d\d)?\b(?!\s?(?:%|per cent))"],
        "date": [
            rf"\b\d{{1,2}}{NTH}(?:\s?(?:and|to|or|–|-)\s?\d{{1,2}}{NTH})?\s(?:{MONTHS})\b(?:,?\s{YEAR}\b)?",
            rf"\b(?:{MONTHS})\s\d{{1,2}}{NTH}(?:,?\s{YEAR})?\b(?!\d|,\d|\s(?:{COUNTED})\b)",
            rf"\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|\d\d)\b",
            rf"\b{YEAR}-\d\d-\d\d\b",
        ],
        "year": [rf"(?<![\d.,£-]){YEAR}s?(?![\d%]|,\d|\.\d|\s(?:{COUNTED}|per\s?cent)\b)"],
        "time of day": [
            r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|noon|midnight)\b",
            r"\b(?:at|from|until|till|by|to|and|between)\s(?:[01]?\d|2[0-3]):[0-5]\d\b",
            r"\b24/7\b",
        ],
        "part of a document or a law": [
            r"(?<!['’\w])(?:sections?|ss?|paragraphs?|para|chapters?|appendix|appendices|annex(?:es)?|pages?|pp?|tables?"
            r"|figures?|article|regulations?|schedules?|standards?|priority|priorities|objectives?|outcome|kpis?"
            r"|key stage|stage|step|phase|tier|level|(?-i:Part|Years?|Ward)|item|version|domain|strand|pillar|no\.)\.?"
            r"\s?\(?\d{1,3}(?:\.\d+)*[a-z]?\b\)?(?:(?:,\s|\s?[-–]\s?|\sand\s|\sto\s)\d{1,3}(?:\.\d+)*[a-z]?\b)*"
            rf"(?!\d|,\d|\s?%|\s?per\s?cent|\s(?:[a-z-]+\s)?(?:{COUNTED}|times|were|are|was)\b)",
            r"\bquarters?\s[1-4](?:\s(?:and|to)\s[1-4])?\b(?![\d%]|,\d)",
        ],
        "number of a heading or item": [r"^\s{0,8}\d+[.)]\s", r"^#+\s*\d+(?:\.\d+)*[.)]?\s"],
        "age": [
            rf"\b(?:aged?|ages|age of|turn(?:s|ed|ing)?)\s(?:between\s|from\s|of\s)?(?:{AGE}|{SMALL})\b"
            rf"(?:\s?(?:-|–|to|and|or)\s?(?:{AGE}|{SMALL})\b)?(?!\d|,\d|\.\d|\s?%|\s?per\s?cent)",
            rf"\b(?:under|over)[- ]{AGE}s\b",
            rf"\b(?:under|over)[- ]{AGE}\b(?=\s*(?:[.,;:)](?!\d)|$)|\s(?:who|and|in|are|years of age)\b)",
            rf"\b{AGE}(?:\s?(?:-|–|to|and|or)\s?{AGE})?[- ]years?[- ]olds?\b",
            rf"\b{AGE}\s?(?:-|–|to)\s?{AGE} years of age\b",
        ],
        "length of time agreed on": [
            rf"\b(?:within|every|each|next|last|past|previous|coming|first|final)\s(?:the\s)?(?:{DIGITS}|{WORD})[- ]"
            r"(?:working |calendar |school )?(?:minutes?|hours?|days?|weeks?|months?|years?|quarters?)\b",
            rf"\b(?:{DIGITS}|{WORD})-(?:minute|hour|day|week|month|year)\b",
        ],
        "base of a rate": [
            rf"\bper\s(?:{DIGITS}|hundred thousand|thousand|hundred)\b",
            r"\b(?:each|every)\s(?:hundred thousand|thousand|hundred)\b",
        ],
        "telephone number": [r"(?<!\d)(?:\+44\s?\d|0\d)(?:[\s-]?\d){8,9}\b"],
        "address or name with digits": [
            r"\bhttps?://\S+|\bwww\.\S+|\S+@\S+",
            r"\b[a-z]+[-–/]?\d[\w-]*\b",
            r"\b\d+(?:st|nd|rd|th)\b",
            r"\b\d+[A-Z]{1,2}\d\w*\b",
        ],
    }.items()
}


@dataclass(frozen=True)
class TypedNumber:
    """A number as typed, where it stands in the text, and a few words around it."""

    said: str
    start: int
    end: int
    before: str
    after: str


def typed_numbers(text: str) -> list[TypedNumber]:
    """The numbers of a text that are neither in a token nor plainly no measurement, in order."""
    readable = BRACES.sub(lambda found: "\x00" * len(found[0]), text)
    passed = [found.span() for pattern in PASSED.values() for found in pattern.finditer(readable)]
    numbers = []
    for found in ASKED.finditer(readable):
        start, end = found.span()
        if any(first < end and start < last for first, last in passed):
            continue
        said = found[0].rstrip()
        end = start + len(said)
        before, after = around(readable, start, end)
        numbers.append(TypedNumber(said, start, end, before, after))
    return numbers


def around(text: str, start: int, end: int, width: int = 40) -> tuple[str, str]:
    """A few whole words before and after, with a token shown as an ellipsis."""
    before = text[max(0, start - width) : start].rpartition("\n")[2]
    after = text[end : end + width].partition("\n")[0]
    if start > width and " " in before:
        before = before.partition(" ")[2]
    if len(text) > end + width and " " in after:
        after = after.rpartition(" ")[0]
    return tuple(re.sub("\x00+", "…", part) for part in (before, after))


class NotThere(ValueError):
    """The number is no longer where it was when the page was shown: the text has changed since."""


def quote_at(text: str, number: TypedNumber, source: str) -> str:
    """The text with that number marked as quoted from `source`. Raises NotThere when the text has changed."""
    return replace_at(text, number, write_quoted(number.said, source))


def replace_at(text: str, number: TypedNumber, token: str) -> str:
    """The text with a token in the number's place. Raises NotThere when the text has changed."""
    if text[number.start : number.end] != number.said:
        raise NotThere("The text has changed since this number was found. Look at the list again.")
    return text[: number.start] + token + text[number.end :]
