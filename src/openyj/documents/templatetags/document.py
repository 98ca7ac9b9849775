"""`{% load document %}`: what the templates of a document ask about its nodes."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def kind(node: object) -> str:
    """The node's kind: "Heading", "Figure" and so on."""
    return type(node).__name__


@register.filter
def level(heading, lowest: int) -> int:
    """The heading's level on its page, whose own headings are above it."""
    return min(heading.level - 1 + lowest, 6)


@register.filter
def look(heading, lowest: int) -> str:
    """The size a heading of this level has on the site."""
    return {1: "l", 2: "l", 3: "m"}.get(level(heading, lowest), "s")


@register.filter
def mark(quoted, marks) -> str:
    """The mark of a quoted number in the list of sources."""
    return marks.get(quoted, "")


@register.filter
def address(code: str, addresses) -> str:
    """Where the evidence of a code is; empty where it is no link."""
    return (addresses or {}).get(code, "")


@register.filter
def drawing(picture) -> SafeString:
    """The chart's own SVG, made by the charts of this project from numbers and escaped words."""
    return mark_safe(picture.svg)  # noqa: S308 see above
