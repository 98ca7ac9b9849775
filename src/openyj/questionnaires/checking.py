"""Whether a question set is right: its YAML, its shape, and what only the whole can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openyj.accounts.roles import ROLES
from openyj.questionnaires import shape
from openyj.questionnaires.conditions import asks_of
from openyj.questionnaires.definition import CHOICE, CHOICES, GROUP, SCALE, Definition, Question, defined, question
from openyj.questionnaires.uses import USES, Use
from openyj.questionnaires.yaml_lines import Path, Unreadable, Wrong, read

FITS_TYPE = {"is": (CHOICE, SCALE), "includes": (CHOICES,), "at least": (SCALE,)}
# `initial` and the like are names a form has already.
TAKEN = {"receipt", "version", "csrfmiddlewaretoken"}


class NotASet(Exception):
    """A file that is no right question set. `wrongs` says everything that is wrong, by line."""

    def __init__(self, wrongs: list[Wrong]):
        super().__init__("; ".join(str(wrong) for wrong in wrongs))
        self.wrongs = wrongs


def checked(text: str) -> tuple[Definition, dict[str, Any]]:
    """The definition in a YAML text, and its data as they are kept; raises NotASet with every fault."""
    try:
        data, lines = read(text)
    except Unreadable as refusal:
        raise NotASet([refusal.wrong]) from refusal
    wrongs = shape.faults(data, lines) or [*meaning(data, lines)]
    if wrongs:
        raise NotASet(sorted(wrongs, key=lambda wrong: wrong.line))
    return defined(data), data


def meaning(data: dict[str, Any], lines: dict[Path, int]) -> Iterator[Wrong]:
    """What the shape cannot show: names that stand twice or nowhere, conditions that look ahead, feeds that do not
    fit."""

    def wrong(path: Path, message: str) -> Wrong:
        return Wrong(shape.line_of(path, lines), message)

    use = USES.get(data["use"])
    if use is None:
        yield wrong(("use",), f"There is no use “{data['use']}”. There are: {', '.join(USES)}")
    yield from (wrong(path, message) for path, message in roles(data))
    earlier: dict[str, Question] = {}
    sections: set[str] = set()
    fed: dict[str, str] = {}
    for number, section in enumerate(data["sections"]):
        at: Path = ("sections", number)
        if section["section"] in sections:
            yield wrong((*at, "section"), f"There is an earlier section “{section['section']}”")
        sections.add(section["section"])
        yield from (wrong((*at, "shown when"), m) for m in condition(section.get("shown when"), earlier))
        yield from (wrong((*at, *path), message) for path, message in childs(section))
        for fact in section.get("known", ()):
            if use and fact not in use.known:
                yield wrong((*at, "known"), f"“{fact}” is not known here. Known are: {', '.join(use.known)}")
        for place, asked in enumerate(section["questions"]):
            here: Path = (*at, "questions", place)
            yield from (wrong((*here, *path), message) for path, message in one(asked, earlier, use, fed))
            earlier[asked["question"]] = question(asked)


def roles(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    seen = set(data["seen by"])
    acting = [*data["answered by"], *data["countersigned by"]]
    lists: list[tuple[Path, list[str]]] = [((name,), data[name]) for name in LISTS_OF_ROLES]
    for number, section in enumerate(data["sections"]):
        if "seen by" in section:
            path: Path = ("sections", number, "seen by")
            lists.append((path, section["seen by"]))
            if blind := [role for role in dict.fromkeys(acting) if role not in section["seen by"]]:
                yield path, f"{', '.join(blind)} must see this section too, to answer or countersign the whole"
            if odd := [role for role in section["seen by"] if role not in seen]:
                yield path, f"{', '.join(odd)} may not see the set at all. Add them to its “seen by”, or take them out"
    for path, named in lists:
        for role in named:
            if role not in ROLES:
                yield path, f"There is no role “{role}”. There are: {', '.join(ROLES)}"
    if blind := [role for role in dict.fromkeys(acting) if role not in seen]:
        yield ("seen by",), f"{', '.join(blind)} must be in “seen by” too, to answer or countersign"


LISTS_OF_ROLES = ("seen by", "answered by", "countersigned by")


def one(
    asked: dict[str, Any], earlier: dict[str, Question], use: Use | None, fed: dict[str, str]
) -> Iterator[tuple[Path, str]]:
    """What is wrong with one question, given those before it."""
    key = asked["question"]
    if key in earlier or key in TAKEN:
        yield ("question",), f"There is an earlier question “{key}”" if key in earlier else f"“{key}” is a name of ours"
    yield from ((("shown when",), message) for message in condition(asked.get("shown when"), earlier))
    if asked["type"] == GROUP:
        yield from within_group(asked)
    if "feeds" in asked and use:
        yield from ((("feeds",), message) for message in feed(asked, use, fed))


def childs(section: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """What a section that the child answers may not have: anything that shows what others wrote, asks more than the
    child wants to say, or counts what the child says as a fact of the record."""
    if section.get("answered by") != "child":
        return
    if "known" in section:
        yield ("known",), "A section that the child answers shows no facts of the record"
    for place, asked in enumerate(section["questions"]):
        at: Path = ("questions", place)
        if asked["type"] == GROUP:
            yield (*at, "type"), "A section that the child answers has no groups"
        if asked.get("required"):
            yield (*at, "required"), "A child may leave any question out, so none may be required here"
        for word in ("shown when", "feeds"):
            if word in asked:
                yield (*at, word), f"A question that the child answers may not have “{word}”"


def within_group(asked: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    names = [each["question"] for each in asked["questions"]]
    for number, each in enumerate(asked["questions"]):
        at: Path = ("questions", number)
        if each["question"] in names[:number]:
            yield at, f"There is an earlier question “{each['question']}” in this group"
        for word in ("shown when", "feeds"):
            if word in each:
                yield (*at, word), f"A question of a group may not have “{word}”"
        if each["type"] == GROUP:
            yield (*at, "type"), "A group may not hold another group"


def feed(asked: dict[str, Any], use: Use, fed: dict[str, str]) -> Iterator[str]:
    address = asked["feeds"]
    name, field = address.split(".")
    if asked["type"] == GROUP:
        yield "A group feeds nothing"
    elif name not in use.targets:
        yield f"There is nothing called {name} to feed. There is: {', '.join(use.targets) or 'nothing'}"
    elif refusal := use.targets[name].refuses(question(asked), field):
        yield f"{address} cannot be fed: {refusal}"
    if address in fed:
        yield f"“{fed[address]}” feeds {address} already"
    fed.setdefault(address, asked["question"])


def condition(given: dict[str, Any] | None, earlier: dict[str, Question]) -> Iterator[str]:
    """Whether every comparison is with an earlier question, in a way and with a value that question has."""
    for part in asks_of(given):
        key = part["question"]
        asked = earlier.get(key)
        if asked is None:
            yield f"There is no earlier question “{key}” to look at"
            continue
        verb = next(word for word in FITS_TYPE if word in part)
        if asked.type not in FITS_TYPE[verb]:
            yield f"“{verb}” does not fit “{key}”, which is of type {asked.type}"
        elif asked.type == SCALE:
            low, high, *_ = asked.scale
            if not isinstance(part[verb], int) or not low <= part[verb] <= high:
                yield f"“{key}” goes from {low} to {high}; it is never {part[verb]}"
        elif part[verb] not in asked.labels:
            yield f"“{key}” has no option “{part[verb]}”. It has: {', '.join(asked.labels)}"
