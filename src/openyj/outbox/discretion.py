"""What a message must not say. Whoever finds the phone on a table learns nothing from it.

A message never names the service, where it is, its teams, what it does, or a child. It gives no place at all, so none
where exploitation is flagged. The rule is of this project's users ("messages never name the service and never give a
venue where exploitation is flagged"); the list of words is ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from openyj.accounts.models import Locality, Service, Team

# What gives the sender away. Each is looked for as the beginning of a word: "offend" finds "offending".
GIVING_AWAY = (
    "youth justice", "youth offend", "youth court", "yjs", "yot", "yjb", "offend", "offence", "crime", "criminal",
    "court", "police", "probation", "caution", "custod", "prison", "bail", "remand", "sentence", "convict", "victim",
    "referral order", "panel", "magistrate", "tagged", "exploit", "gang", "county line", "social work", "safeguard",
    "out of court", "turnaround", "assetplus", "childview",
)  # fmt: skip
# Parts of names that say nothing by themselves: "Northford Youth Justice Service" is given away by "Northford".
EVERYDAY = {
    "and", "the", "for", "of", "council", "service", "services", "team", "teams", "partnership", "support", "area",
    "north", "south", "east", "west", "central", "city", "town", "borough", "county", "district", "community", "work",
    "duty", "early", "help", "new", "old", "upon", "with", "young", "people", "youth", "justice", "rest", "all",
}  # fmt: skip
LONG_ENOUGH = 6  # letters from which a word is also found inside others or with its letters set apart


def refuse_what_gives_away(text: str, service: Service, never: Iterable[str] = ()) -> None:
    """Raise ValidationError where `text` holds a word of the list, of the service's names, or of `never` (a child's
    names, for example)."""
    found: dict[str, str] = {}
    for word in (*names_of(service), *never, *GIVING_AWAY):
        if says(text, word):
            found.setdefault(letters_of(word), word)
    if found:
        listed = ", ".join(f"“{word}”" for word in found.values())
        raise ValidationError(
            f"Take out {listed}. A message may be read by anybody who sees the phone, so it never says what service "
            "it comes from, where that is or whom it is about.",
            code="body",
        )


def names_of(service: Service) -> Iterator[str]:
    """The service's name, code and places, and each telling word of them."""
    if len(service.code) > 2:
        yield service.code
    places = [
        *Locality.objects.filter(service=service).values_list("name", flat=True),
        *Team.objects.filter(service=service).values_list("name", flat=True),
    ]
    for name in (service.name, service.region, *places):
        words = [w for w in letters_of(name).split() if len(w) > 2 and w not in EVERYDAY]
        if words:
            yield name
            yield from words


def says(text: str, word: str) -> bool:
    """Whether a text holds a word: as the beginning of a word, in whatever case and with whatever accents; a long one
    also run together or with its letters set apart."""
    plain, sought = letters_of(text), letters_of(word)
    if not sought:
        return False
    if re.search(rf"\b{re.escape(sought)}", plain):
        return True
    closed = sought.replace(" ", "")
    return len(closed) >= LONG_ENOUGH and closed in plain.replace(" ", "")


def letters_of(text: str) -> str:
    """Small letters and figures without accents, everything else one space; what cannot be seen is left out."""
    seen = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(re.findall(r"[^\W_]+", seen.casefold()))
