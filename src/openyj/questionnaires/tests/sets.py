"""Question sets made for tests, in the words people write them."""

from __future__ import annotations

import json
from typing import Any

import yaml

from openyj.questionnaires.definition import Definition, defined

SMALL = """
question set: small
version: 1
title: A small set
use: assessment
local: true
source: Made for a test
seen by: [practitioner, manager, data_officer]
answered by: [practitioner, manager]
countersigned by: [manager]
sections:
  - section: one
    title: Section one
    known: [name]
    questions:
      - {question: pets, ask: "Have you pets?", type: choice, options: {"yes": "Yes", "no": "No"}, required: true}
      - {question: which, ask: "Which?", type: choices, options: {dog: A dog, cat: A cat}, shown when: {question: pets, is: "yes"}}
      - {question: dog-name, ask: "What is the dog called?", type: text, longest: 20, required: true, shown when: {question: which, includes: dog}}
      - question: people
        ask: Who lives with you?
        type: group
        one: Person
        at most: 3
        questions:
          - {question: name, ask: Name, type: text, required: true}
          - {question: born, ask: Born, type: date, when: past}
  - section: two
    title: Section two
    seen by: [practitioner, manager]
    questions:
      - {question: happy, ask: "How happy are you?", type: scale, required: true, scale: {lowest: 1, highest: 5, lowest means: not at all, highest means: very}}
      - {question: why, ask: "Why?", type: long text, shown when: {any: [{question: happy, at least: 4}, {all: [{question: pets, is: "yes"}, {question: which, includes: cat}]}]}}
  - section: three
    title: Section three
    shown when: {question: pets, is: "no"}
    questions:
      - {question: wish, ask: "Which pet would you like?", type: text, required: true}
"""  # noqa: E501


def written(**changes: Any) -> str:
    """The small set as YAML with other values at its top."""
    return json.dumps(yaml.safe_load(SMALL) | changes, ensure_ascii=False)  # JSON is YAML too


def small() -> Definition:
    return defined(yaml.safe_load(SMALL))


def large(questions: int = 500, a_section: int = 20) -> str:
    """A set of so many questions of every type, half of them with a condition over the one before."""
    kinds: list[dict[str, Any]] = [
        {"type": "choice", "options": {"y": "Yes", "n": "No"}},
        {"type": "long text"},
        {"type": "scale", "scale": {"lowest": 1, "highest": 5, "lowest means": "low", "highest means": "high"}},
        {"type": "choices", "options": {"a": "First", "b": "Second", "c": "Third"}},
        {"type": "date"},
        {"type": "text"},
    ]
    made = []
    for number in range(questions):
        asked = {"question": f"q{number}", "ask": f"Question {number}?"} | kinds[number % len(kinds)]
        if number % len(kinds) == 1:
            asked["shown when"] = {"question": f"q{number - 1}", "is": "y"}
        if number % len(kinds) == 4:
            asked["shown when"] = {"question": f"q{number - 1}", "includes": "a"}
        made.append(asked)
    sections = [
        {"section": f"s{start}", "title": f"Section {start}", "questions": made[start : start + a_section]}
        for start in range(0, questions, a_section)
    ]
    return written(**{"question set": "large", "title": "A large set", "sections": sections})
