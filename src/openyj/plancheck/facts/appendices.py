"""The appendices of a Plan: which there are, what they are called, where they begin, and who refers to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openyj.plancheck.reading.document import Document

_NUMBERS = {
    w: str(i)
    for i, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_ID = rf"\d{{1,2}}|[A-Z]\b|{'|'.join(_NUMBERS)}|[ivx]{{1,4}}\b"
_NAME = rf"(?:appendix|annex)\s*[-–:]?\s*(?P<id>{_ID})(?![\w])"
NAMED = re.compile(_NAME, re.I)
ENTRY = re.compile(rf"^[\s>•*#-]*(?:\d+(?:\.\d+)*\.?\s+)?{_NAME}\s*[-–:.)]*\s*(?P<title>.*?)\s*$", re.I)
SUBJECT = 8  # words at the head of a sentence that name what it is about
ANAPHORA = re.compile(r"(?:the|this|these|it|they|which)\b", re.I)
PAGE = re.compile(r"[\s.…\t]+(?:page\s*|p\.?\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*$", re.I)
COMMON = set(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "for",
        "in",
        "on",
        "at",
        "to",
        "with",
        "by",
        "is",
        "are",
        "our",
        "this",
        "that",
        "which",
        "from",
        "as",
        "be",
        "will",
        "has",
        "have",
        "been",
        "it",
        "its",
        "their",
        "all",
        "appendix",
        "annex",
        "appendices",
        "see",
        "also",
        "attached",
        "included",
        "including",
        "contained",
        "detailed",
        "details",
        "found",
        "shown",
        "set",
        "out",
        "full",
        "further",
        "information",
        "please",
        "refer",
        "reference",
        "below",
        "above",
        "report",
        "plan",
        "youth",
        "justice",
        "service",
        "services",
        "team",
        "offending",
        "yos",
        "yot",
        "yjs",
        "young",
        "people",
        "children",
        "city",
        "council",
        "county",
        "borough",
        "local",
        "board",
        "strategic",
        "overview",
        "copy",
        "latest",
        "current",
        "new",
        "year",
        "these",
        "those",
        "can",
        "within",
        "through",
        "under",
        "about",
        "table",
        "breakdown",
        "provides",
        "provide",
        "outlines",
        "list",
        "during",
        "seen",
        "made",
        "shows",
    ]
)


@dataclass
class Appendix:
    """One appendix: every title it is given, and where its own text begins."""

    key: str
    titles: list[tuple[str, int]] = field(default_factory=list)
    begins: int = 0
    below: set[int] = field(default_factory=set)  # lines whose title was only taken from the line under them

    @property
    def printed(self) -> str:
        return f"Appendix {self.key}"


@dataclass(frozen=True)
class Reference:
    """A place in the text that refers to an appendix: its words, and the line."""

    key: str
    printed: str
    line: int
    sentence: str
    clause: str


def key_of(name: str) -> str:
    """One key for 4, Four, four and iv; letters stay letters."""
    low = name.lower()
    if low in _NUMBERS:
        return _NUMBERS[low]
    if name.isupper() and len(name) == 1 and name not in "IVX":
        return name
    return _ROMAN.get(low, name.upper())


def appendices_in(document: Document) -> dict[str, Appendix]:
    """Appendices by key, from contents, lists of appendices and their own headings."""
    found: dict[str, Appendix] = {}
    lines = document.lines
    for line in lines:
        text = line.text.strip()
        m = ENTRY.match(text)
        if not m or len(text) > 130 or not _is_title(m["title"], text):
            continue
        if re.search(r"[a-z]{3}[.;]\s*$", text) and not re.match(r"\s*[-–:]", text[m.end("id") :]):
            continue
        title = PAGE.sub("", "\t" + m["title"]).strip(" \t.:-–")
        appendix = found.setdefault(key_of(m["id"]), Appendix(key_of(m["id"])))
        if not title:
            appendix.below.add(line.number)
            title = next((x.text.strip() for x in lines[line.number : line.number + 6] if x.text.strip()), "")[:120]
        appendix.titles.append((title, line.number))
        appendix.begins = line.number
    return found


def _is_title(rest: str, whole: str) -> bool:
    """ "Appendix B highlights data for" is a sentence; a title begins with a capital or there is none."""
    return not rest.strip() or not re.match(r"\s*[a-z]", rest) or whole.isupper()


def references_in(document: Document, appendices: dict[str, Appendix]) -> list[Reference]:
    """Every mention of an appendix that is not its own heading or entry."""
    own = {line for a in appendices.values() for _, line in a.titles}
    found = []
    for i, sentence in enumerate(document.sentences):
        above = document.sentences[i - 1] if i else sentence
        before = above.text if i and above.passage is sentence.passage else ""
        for m in NAMED.finditer(sentence.text):
            line = sentence.line_at(m.start())
            if line in own or (ENTRY.match(sentence.text.strip()) and len(sentence.text) < 60):
                continue
            clause = _clause(sentence.text, m)
            if not clause and m.start() < 3:
                clause = before.strip()  # in brackets after a full stop: it belongs to the sentence before
            elif ANAPHORA.match(clause) and len(stems(clause)) < 3:
                subject = " ".join(before.split()[:SUBJECT])
                clause = f"{subject}, {clause}"  # "The Framework can be seen at": named before
            found.append(Reference(key_of(m["id"]), m.group(0), line, sentence.text.strip(), clause))
    return found


def _clause(text: str, m: re.Match[str]) -> str:
    """The words that say what is to be found there: those before the mention, back to a stop or another mention."""
    before = text[: m.start()]
    cut = max((x.end() for x in NAMED.finditer(before)), default=0)
    before = re.split(r"[;•]", before[cut:])[-1]
    return before.strip(" (,")


def stems(text: str) -> set[str]:
    """The telling words of a text, cut to their first six letters so that plurals and endings agree."""
    words = re.findall(r"[A-Za-z]{3,}", text.lower())
    return {w[:6] for w in words if w not in COMMON and w.rstrip("s") not in COMMON}
