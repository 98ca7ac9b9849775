"""Finding a child by a name heard over the telephone and a date of birth read off a bad copy.

Names are compared without accents and in any order, by letters, by sound and by Welsh spelling; dates of birth also
with day and month changed round, one figure wrong or a year out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from openyj.accounts.models import User
from openyj.core.forms import DateField
from openyj.people.models import Child, ChildName, Identifier, Plain

ALIKE = 0.6  # the least alikeness of a name that is shown, from 0 to 1
SHORTEST = 4  # letters and figures of a number somebody else gave that is looked for
LONGEST = 120  # characters that are read of what was typed
DATE_IN_TEXT = re.compile(r"\b\d{1,2}[/.\- ](?:\d{1,2}|[a-z]{3,10})[/.\- ]\d{4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b", re.I)
# Spellings that sound the same in Welsh, and where English writes a Welsh name by ear: Siân and Shan, Gruffydd and
# Griffith, Dafydd and David, Rhys and Rees. Applied in this order to both sides, so only the likeness matters.
WELSH = [("dd", "th"), ("ff", "f"), ("ph", "f"), ("ll", "l"), ("rh", "r"), ("si", "sh"), ("w", "u"), ("y", "i"),
         ("u", "i"), ("ee", "i"), ("c", "k")]  # fmt: skip
HOW_DATES_MATCH = {
    "same": (1.0, "Same date of birth"),
    "swapped": (0.9, "Date of birth with day and month changed round"),
    "digit": (0.8, "Date of birth with one figure different"),
    "year": (0.7, "Date of birth one year out"),
}


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of a name, what may be one of our numbers, a date of birth."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    date_of_birth: date | None

    @property
    def nothing(self) -> bool:
        return not (self.words or self.numbers or self.date_of_birth)


def read(text: str, date_of_birth: date | None = None) -> Asked:
    """Tell name, number and date apart in one line such as "evans rhys 4/6/2010". A date given beside it holds."""
    text = " ".join(text.replace("\x00", "").split())[:LONGEST]
    for found in [] if date_of_birth else DATE_IN_TEXT.findall(text):
        try:
            date_of_birth = DateField(required=False).clean(
                [*re.split(r"[/.\- ]", found)[:: -1 if found[4:5] == "-" else 1]]
            )
        except ValidationError:
            continue
        text = text.replace(found, " ")
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    # A single sign can stand for many letters, and the database compares no more than 255.
    words = [plain(part)[:LONGEST] for part in parts if not any(letter.isdecimal() for letter in part)]
    numbered = [part for part in parts if any(letter.isdecimal() for letter in part)]
    numbers = dict.fromkeys([*numbered, *([text.strip()] if numbered else [])])
    return Asked(tuple(dict.fromkeys(word for word in words if word)), tuple(numbers), date_of_birth)


def plain(word: str) -> str:
    """A word of a name with nothing but its letters, small and without accents; the database does it likewise."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def swaps(word: str) -> str:
    """The word with each two neighbouring letters changed round, separated by blanks: the commonest slip in typing."""
    made = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return " ".join(sorted(made))


class NameAlikeness(Func):
    """How alike the child's names are to the words asked for, from 0 to 1: the mean over the words of each word's
    best likeness to any of the parts of names. So order does not matter, nor a missing middle name.
    """

    output_field = FloatField()

    def __init__(self, words: Iterable[str], parts: Expression | F) -> None:
        texts = ArrayField(TextField())
        super().__init__(*(Value(listed, output_field=texts) for listed in asked_for(words)), parts)

    def as_sql(self, compiler, connection, **extra):
        compiled = [compiler.compile(expression) for expression in self.source_expressions]
        (words, words_given), (swapped, swapped_given), (parts, parts_given) = compiled
        sql = f"""(SELECT coalesce(avg(best), 0) FROM (
            SELECT max({LIKENESS}) AS best
            FROM {asked_as_rows(words, swapped)} AS q CROSS JOIN unnest({parts}) AS n (name)
            GROUP BY q.word) AS scored)"""  # noqa: S608  (no value is put into the text)
        return sql, [*words_given, *swapped_given, *parts_given]


def every_part() -> Func:
    """The parts of a child's names now and of all their other names."""
    others = ChildName.objects.standing().filter(child=OuterRef("pk"))
    parts = others.annotate(part=Func("name_parts", function="unnest", output_field=TextField())).values("part")
    texts = ArrayField(TextField())
    return Func("name_parts", ArraySubquery(parts), function="array_cat", output_field=texts)


def asked_for(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words, and beside each its likeliest slips."""
    words = list(words)
    return words, [swaps(word) for word in words]


def asked_as_rows(words: str, swapped: str) -> str:
    """SQL for the words asked for, with all that they are compared by, worked out once."""
    return f"""(SELECT word, string_to_array(slips, ' ') AS slips, {welsh("word")} AS sounds,
                dmetaphone(word) AS heard
                FROM unnest({words}::text[], {swapped}::text[]) AS asked (word, slips) OFFSET 0)"""  # noqa: S608


def alike_parts(user: User, words: Iterable[str]) -> list[str]:
    """The parts of names at this person's service that are alike to one of the words.

    A child whose names are alike on the whole has such a part, since a mean is no more than the best of what it is
    the mean of. Names repeat, so the parts of a service are far fewer than its children."""
    words, swapped = asked_for(words)
    sql = f"""SELECT DISTINCT n.name
        FROM (SELECT unnest(name_parts) AS name FROM people_child WHERE service_id = %s AND in_error_at IS NULL
              UNION SELECT unnest(name_parts) FROM people_childname
              WHERE service_id = %s AND in_error_at IS NULL) AS n
        CROSS JOIN {asked_as_rows("%s", "%s")} AS q
        WHERE {LIKENESS} >= %s"""  # noqa: S608
    with connection.cursor() as cursor:
        # A hair less, because a mean is rounded.
        cursor.execute(sql, [user.service_id, user.service_id, words, swapped, ALIKE - 1e-6])
        return [name for (name,) in cursor.fetchall()]


def welsh(sql: str) -> str:
    """SQL for the name as Welsh sounds it."""
    for spelt, sounds in WELSH:
        sql = f"replace({sql}, '{spelt}', '{sounds}')"
    return sql


# How alike the part n.name of a child's name and the word q.word asked for are.
LIKENESS = f"""CASE
    WHEN n.name = q.word THEN 1.0
    WHEN length(q.word) > 2 AND starts_with(n.name, q.word) THEN 0.9
    WHEN n.name = ANY (q.slips) THEN 0.85
    WHEN {welsh("n.name")} = q.sounds THEN 0.85
    WHEN levenshtein_less_equal(n.name, q.word, 2) <= CASE WHEN length(q.word) > 5 THEN 2 ELSE 1 END THEN 0.8
    WHEN length(q.word) > 2 AND dmetaphone(n.name) = q.heard THEN 0.7
    ELSE 0.8 * similarity(n.name, q.word) END"""


def dates_like(day: date) -> dict[str, set[date]]:
    """The dates a person may have meant or misread, by how they differ; each date stands once, in the best place."""
    found: dict[str, set[date]] = {"same": {day}, "swapped": set(), "digit": set(), "year": set()}
    found["swapped"] = set(made(day.year, day.day, day.month))
    figures = f"{day:%d%m}{day.year:04d}"
    for at in range(8):
        for figure in "0123456789":
            changed = figures[:at] + figure + figures[at + 1 :]
            found["digit"] |= set(made(int(changed[4:]), int(changed[2:4]), int(changed[:2])))
    for year in (day.year - 1, day.year + 1):
        found["year"] |= set(made(year, day.month, day.day)) or {date(year, 2, 28), date(year, 3, 1)}
    seen: set[date] = set()
    for how in found:
        found[how] -= seen
        seen |= found[how]
    return found


def made(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def search_children(user: User, text: str, date_of_birth: date | None = None) -> QuerySet[Child]:
    """The children `user` may see who may be meant, likeliest first, with `masked` and what `why` needs.

    Nothing asked finds nothing. A child with a conflict of interest for this user is not found; a need-to-know
    record is found masked. What was recorded in error is not found.
    """
    asked = read(text, date_of_birth)
    found = Child.objects.visible_to(user).standing().with_masks(user)
    if asked.nothing:
        return found.none()
    number = Q(pk__in=[])
    given = [plain(typed).upper() for typed in asked.numbers]
    if given := [typed for typed in given if len(typed) >= SHORTEST]:
        known = Identifier.objects.standing().filter(service=user.service_id, plain__in=given)
        number |= Q(pk__in=known.values("child"))
    for typed in asked.numbers:
        number |= Q(number__iexact=typed) | Q(originating_number__iexact=typed)
        if len(typed) > 2:
            number |= Q(number__iendswith=typed)
    names = Q(pk__in=[])
    if asked.words:
        parts = alike_parts(user, asked.words)
        others = ChildName.objects.standing().filter(service=user.service_id, name_parts__overlap=parts)
        names = Q(name_parts__overlap=parts) | Q(pk__in=others.values("child"))
    likely = dates_like(asked.date_of_birth) if asked.date_of_birth else {}
    days = {day for found_days in likely.values() for day in found_days}
    # Only these can be kept below; they are few, and comparing whole names is what takes time.
    found = found.filter(names | number | Q(date_of_birth__in=days))
    how = [When(date_of_birth__in=days, then=Value(name)) for name, days in likely.items() if days]
    worth = [When(dates=name, then=Value(score)) for name, (score, _) in HOW_DATES_MATCH.items()]
    found = found.annotate(
        names=NameAlikeness(asked.words, every_part()) if asked.words else Value(0.0),
        names_now=NameAlikeness(asked.words, F("name_parts")) if asked.words else Value(0.0),
        dates=Case(*how, default=Value(""), output_field=CharField()) if how else Value(""),
        same_number=Case(When(number, then=Value(1.0)), default=Value(0.0)),
    ).annotate(same_date=Case(*worth, default=Value(0.0), output_field=FloatField()))
    keep = Q(names__gte=ALIKE) | Q(same_number=1.0) | Q(same_date__gte=0.9 if asked.words else 0.1)
    rank = F("same_number") * 2 + F("names") * 0.6 + F("same_date") * 0.4
    return found.filter(keep).annotate(rank=rank).order_by("-rank", Plain("family_name"), Plain("given_name"), "pk")


def why(child: Child) -> str:
    """Why the search found this child, in words."""
    reasons = []
    if child.same_number:
        reasons.append("Same number")
    if child.names >= ALIKE:
        same = "Same" if child.names == 1 else "Similar"
        reasons.append(f"{same} name" if child.names_now == child.names else f"{same} name among their other names")
    if child.dates:
        reasons.append(HOW_DATES_MATCH[child.dates][1])
    said = "; ".join(reasons)
    return said[:1] + said[1:].replace("; S", "; s").replace("; D", "; d")


def possible_duplicates(user: User, *, given_name: str, family_name: str, date_of_birth: date | None) -> list[Child]:
    """Records that may already be this child's: a very similar name and a date of birth that may be the same, or the
    same date of birth and a name not wholly different. At most ten, likeliest first."""
    found = search_children(user, f"{given_name} {family_name}".replace("/", " "), date_of_birth)
    if date_of_birth is None:
        return list(found.filter(names__gte=0.85)[:10])
    maybe = Q(names__gte=0.75) & (Q(same_date__gt=0) | Q(date_of_birth=None)) | Q(names__gte=0.5, dates="same")
    return list(found.filter(maybe)[:10])
