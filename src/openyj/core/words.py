"""Small rules of wording that messages share."""

from __future__ import annotations


def in_a_sentence(label: str) -> str:
    """A label inside a sentence: "First name" becomes "first name", "PNC number" and "I agree" stay."""
    if len(label) < 2 or label[1].isupper() or not label[1].isalpha():
        return label
    return label[0].lower() + label[1:]
