"""When a question is shown: data over earlier answers, never code. Nothing here can be true of an unanswered question,
and there is no "not", so that what may still appear on a page is known before it is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
Answers = Mapping[str, Any]


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether `condition` holds over the answers that count; no condition always does."""
    match condition:
        case None:
            return True
        case {"any": parts}:
            return any(holds(part, answers) for part in parts)
        case {"all": parts}:
            return all(holds(part, answers) for part in parts)
        case {"question": key, "is": value}:
            return answers.get(key) == value
        case {"question": key, "includes": value}:
            return value in (answers.get(key) or ())
        case {"question": key, "at least": value}:
            return (answers.get(key) or 0) >= value
    raise ValueError(f"Not a condition: {condition}")


def may_hold(condition: Condition | None, answers: Answers, open_questions: Collection[str]) -> bool:
    """Whether `condition` holds or could, once the questions that are still open on the page are answered."""
    match condition:
        case {"any": parts}:
            return any(may_hold(part, answers, open_questions) for part in parts)
        case {"all": parts}:
            return all(may_hold(part, answers, open_questions) for part in parts)
        case {"question": key} if key in open_questions:
            return True
    return holds(condition, answers)


def asks_of(condition: Condition | None) -> Iterator[Condition]:
    """Each single comparison of a condition."""
    for part in (condition or {}).get("any", (condition or {}).get("all", ())):
        yield from asks_of(part)
    if condition and "question" in condition:
        yield condition


def in_words(condition: Condition, questions: Mapping[str, Any]) -> str:
    """A condition as a person reads it: “Is there a victim?” is “Yes”."""
    if "any" in condition:
        return " or ".join(in_words(part, questions) for part in condition["any"])
    if "all" in condition:
        return " and ".join(in_words(part, questions) for part in condition["all"])
    question = questions[condition["question"]]
    if "at least" in condition:
        return f"“{question.ask}” is {condition['at least']} or more"
    value, verb = (condition["is"], "is") if "is" in condition else (condition["includes"], "includes")
    return f"“{question.ask}” {verb} “{question.labels.get(str(value), value)}”"
