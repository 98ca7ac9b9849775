"""Whether a file has the shape of a question set: the published JSON Schema, its complaints in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from openyj.questionnaires.yaml_lines import Path, Wrong

KINDS = {"object": "a block of names and values", "array": "a list", "string": "text", "boolean": "true or false"}
KINDS |= {"integer": "a whole number"}
CONDITIONS = (
    "A condition is “question:” with “is:”, “includes:” or “at least:”; or “any:” or “all:” with a list of conditions"
)


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(files("openyj.questionnaires").joinpath("data/question-set.schema.json").read_text())
    return Draft202012Validator(schema)


def faults(data: object, lines: dict[Path, int]) -> list[Wrong]:
    """Everything in which `data` departs from the schema, by line."""
    found: list[tuple[Path, str, Wrong]] = []
    for error in validator().iter_errors(data):
        path = tuple(error.absolute_path)
        for line, message in in_words(error, path, lines):
            found.append((path, str(error.validator), Wrong(line, message)))
    # A part that is wrong itself also counts as "not known here" to the schema; once is enough.
    wrong_parts = {path for path, rule, _ in found if rule != "unevaluatedProperties"}
    kept = [
        wrong
        for path, rule, wrong in found
        if rule != "unevaluatedProperties" or not any(other[: len(path)] == path for other in wrong_parts)
    ]
    return sorted(set(kept), key=lambda wrong: (wrong.line, wrong.message))


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a part, or of the nearest part that holds it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def in_words(error: ValidationError, path: Path, lines: dict[Path, int]) -> Iterator[tuple[int, str]]:
    """(line, message) of one complaint of the schema."""
    line, name, rule = line_of(path, lines), named(path), str(error.validator)
    if rule in ("additionalProperties", "unevaluatedProperties"):
        for key, also in unknown(error):
            yield line_of((*path, key), lines), f"“{key}” is not known here{also}"
    elif rule == "required":
        for key in re.findall(r"^'([^']+)'", error.message):
            yield line, f"“{key}:” is missing here"
    elif rule in SAYS:
        limit = error.validator_value
        yield line, f"{name} {SAYS[rule](limit, error.instance)}"
    else:
        yield line, CONDITIONS if rule == "oneOf" else f"{name}: {error.message}"


def unknown(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Each name the schema does not know, and which it does where that can be told."""
    if error.validator == "unevaluatedProperties":
        yield from ((key, "") for key in re.findall(r"'([^']+)'", error.message))
        return
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key not in known:
            yield key, f". Known here: {', '.join(known)}"


def kinds(limit: str | list[str]) -> str:
    return " or ".join(KINDS[kind] for kind in (limit if isinstance(limit, list) else [limit]))


SAYS: dict[str, Callable[[Any, Any], str]] = {
    "type": lambda limit, value: f"must be {kinds(limit)}",
    "enum": lambda limit, value: f"must be one of: {', '.join(map(str, limit))}; it is “{value}”",
    "pattern": lambda limit, value: f"is “{value}”; it must be {spelt(limit)}",
    "minLength": lambda limit, value: "is empty",
    "maxLength": lambda limit, value: f"has {len(value)} characters; at most {limit} fit",
    "minimum": lambda limit, value: f"must be at least {limit}; it is {value}",
    "maximum": lambda limit, value: f"must be at most {limit}; it is {value}",
    "minItems": lambda limit, value: f"must have at least {limit}; it has {len(value)}",
    "minProperties": lambda limit, value: f"must have at least {limit}; it has {len(value)}",
    "maxItems": lambda limit, value: f"may have at most {limit}; it has {len(value)}",
    "maxProperties": lambda limit, value: f"may have at most {limit}; it has {len(value)}",
    "uniqueItems": lambda limit, value: "names something twice",
}


def named(path: Path) -> str:
    """What a part is called in a message."""
    words = [part for part in path if isinstance(part, str)]
    return f"“{words[-1]}”" if words else "The file"


def spelt(pattern: str) -> str:
    if "A-Z" in pattern:
        return "letters, figures, - or _ without spaces"
    if "\\." in pattern:
        return "a target and its field with a full stop between, like judgement.made_on"
    return "small letters, figures and hyphens, beginning with a letter" if "-]" in pattern else "the name of a role"
