"""Reading YAML with the line of everything in it, so that a mistake can be named by its line.

A smaller YAML than the library's: text is text unless it is a whole number, true, false or null (`yes` stays a word),
a key may stand once, and references (`&`, `*`) are refused, because with them a small file can grow without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

LARGEST = 2_000_000  # characters; 500 questions with help are a tenth of it
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
QUOTES = "Text that holds : ? # { } [ ] , or a quotation mark goes in quotes"
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a file, in words that say what to do."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class Unreadable(Exception):
    """The file is not YAML as it is read here. `wrong` says where and why."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.wrong = Wrong(line, message)


def read(text: str) -> tuple[object, dict[Path, int]]:
    """The data of a YAML text and the line of each part by its path; raises Unreadable."""
    if len(text) > LARGEST:
        raise Unreadable(1, f"The file has more than {LARGEST:,} characters. Split it into several question sets")
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                sign = {"AliasToken": "*", "AnchorToken": "&", "TagToken": "!"}[type(token).__name__]
                raise Unreadable(token.start_mark.line + 1, f"A word may not begin with {sign} here. Put it in quotes")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            raise Unreadable(1, "The file is empty")
        lines: dict[Path, int] = {}
        return built(node, (), lines), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, f"This is not YAML: {error.problem}. {QUOTES}") from error
    except yaml.YAMLError as error:  # a character YAML does not allow
        raise Unreadable(1, f"This is not YAML: {error}") from error
    except RecursionError as error:
        raise Unreadable(1, "The parts of the file are nested too deep") from error


def built(node: yaml.Node, path: Path, lines: dict[Path, int]) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, object] = {}
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            line = key_node.start_mark.line + 1
            if not key or key in found:
                raise Unreadable(line, f"“{key}” stands here twice" if key else "A name is missing before the colon")
            found[key] = built(value, (*path, key), lines)
            lines[(*path, key)] = line
        return found
    if isinstance(node, yaml.SequenceNode):
        return [built(each, (*path, number), lines) for number, each in enumerate(node.value)]
    if node.style is None:
        if node.value in WORDS:
            return WORDS[node.value]
        if WHOLE.fullmatch(node.value):
            return int(node.value)
    return node.value
