"""Comparing markup by its bones: elements, classes, roles and links between them, without texts and ids."""

import json
from pathlib import Path

import lxml.html
import pytest

REFERENCE = Path(__file__).parents[4] / ".data" / "reference"
KEPT = ("type", "role", "data-module", "rel", "aria-hidden", "inputmode", "hidden", "scope")
# Choices every component leaves to its user: the size of a label, the width of a box.
FREE = {"govuk-label--s", "govuk-fieldset__legend--s", "govuk-link--no-visited-state"}


def bones(html: str, free: set[str] = frozenset()) -> list:
    """The tree of a piece of markup as nested tuples."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    known = {node.get("id") for node in tree.iter() if node.get("id")}
    return [_bones(child, known, FREE | free) for child in tree if isinstance(child.tag, str)]


def _bones(node, known, free):
    classes = frozenset(
        c for c in (node.get("class") or "").split() if c not in free and "--width-" not in c and "app-" not in c
    )
    kept = {name: node.get(name) for name in KEPT if node.get(name) is not None}
    for name in ("for", "aria-describedby", "aria-controls"):
        if node.get(name):
            kept[name] = [target in known for target in node.get(name).split()]
    inside = [_bones(child, known, free) for child in node if isinstance(child.tag, str) and child.tag != "path"]
    return node.tag, classes, tuple(sorted((k, str(v)) for k, v in kept.items())), inside


def example(component: str, name: str) -> str:
    """GOV.UK's own markup of one of its examples."""
    path = REFERENCE / f"{component}.json"
    if not path.exists():
        pytest.skip("GOV.UK's examples are not here; ./run test brings them")
    found = {each["name"]: each["html"] for each in json.loads(path.read_text())["fixtures"]}
    return found[name]


def find(tree, tag: str = "*", class_: str = "", **attributes) -> list:
    """Elements below `tree` by name, one of their classes, and attributes (True: has one)."""
    found = []
    for node in tree.iter():
        if not isinstance(node.tag, str) or tag not in {"*", node.tag}:
            continue
        if class_ and class_ not in (node.get("class") or "").split():
            continue
        given = {name.replace("_", "-"): value for name, value in attributes.items()}
        if all(node.get(n) is not None if v is True else node.get(n) == v for n, v in given.items()):
            found.append(node)
    return found
