"""`{% load performance %}`: a chart, and the words of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from openyj.performance.charts import Chart

register = template.Library()
# The words of measures are the project's own files; raw HTML in them is shown as text all the same.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@register.inclusion_tag("performance/chart.html")
def chart(drawn: Chart, id: str) -> dict[str, object]:
    """A chart for wide screens and print, and the same for a phone; only one of them is ever shown or read out."""
    return {
        "chart": drawn,
        "id": id,
        "wide": mark_safe(drawn.svg(f"{id}-wide")),  # noqa: S308 drawn here, its words escaped
        "narrow": mark_safe(drawn.svg(f"{id}-narrow", narrow=True)),  # noqa: S308
    }


@register.filter
def prose(text: str) -> SafeString:
    """Paragraphs and lists of a measure's Markdown, for a template that gives them their look."""
    return mark_safe(MARKDOWN.render(text))  # noqa: S308 raw HTML is off


@register.filter
def any_interval(lines: Sequence[Any]) -> bool:
    """Whether any of a table's figures has an interval: of what was counted whole, none has."""
    return any(line.interval for line in lines)
