"""`{% load page %}`: the components of a page. What each draws and takes: docs/reference/page-components.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from openyj.core import clock, dates
from openyj.core.components import COLOURS, IdentityBar, NavItem, Row, Table, TimelineItem

register = template.Library()


@register.filter
def say_date(day: date | None) -> str:
    """4 June 2026."""
    return dates.say_date(day)


@register.filter
def say_datetime(moment: datetime | None) -> str:
    """4 June 2026, 14:02; a bare date gets no time."""
    return dates.say_datetime(moment)


@register.filter
def age(born: date | None) -> int | str:
    """Completed years today; empty when the date of birth is not known."""
    return "" if born is None else dates.age_on(born, clock.today())


@register.inclusion_tag("core/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """The list of everything wrong in these forms, each linked to the control it is about. First on the page."""
    problems: list[tuple[str, str]] = []
    for form in forms:
        if not form or not form.errors:
            continue
        problems += form.problems() if hasattr(form, "problems") else _problems_of(form)
    return {"problems": problems}


def _problems_of(form: Any) -> list[tuple[str, str]]:
    """For forms that are not core's own, such as a library's."""
    visible = form.visible_fields()
    first = visible[0].error_anchor if visible else ""
    return [(str(error), first) for error in form.non_field_errors()] + [
        (str(error), bound.error_anchor) for bound in visible for error in bound.errors
    ]


@register.inclusion_tag("core/receipt.html", takes_context=True)
def receipt(context: template.Context, form: Any) -> dict[str, Any]:
    """CSRF token, receipt and version, for a `<form>` written out by hand. `whole_form` has them already."""
    return {"csrf_token": context.get("csrf_token"), "form": form}


@register.inclusion_tag("core/whole_form.html", takes_context=True)
def whole_form(
    context: template.Context,
    form: Any,
    button: str = "",
    cancel: str = "",
    draft: str = "",
    action: str = "",
    warning: bool = False,
    name: str = "",
) -> dict[str, Any]:
    """A complete `<form method="post">`: receipt, version, fields, button, cancel link, autosave to `draft`."""
    return {
        "form": form,
        "button_text": button,
        "cancel": cancel,
        "draft": draft,
        "action": action,
        "warning": warning,
        "name": name,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("core/button.html")
def button(text: str, href: str = "", kind: str = "", name: str = "", value: str = "") -> dict[str, str]:
    """A button, or with `href` a link that looks like one. Kinds: "", "secondary", "warning", "inverse"."""
    if kind not in {"", "secondary", "warning", "inverse"}:
        raise template.TemplateSyntaxError(f"There is no button of kind {kind!r}")
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("core/summary_list.html")
def summary_list(rows: Iterable[Row | tuple[Any, ...]], title: str = "", no_border: bool = False) -> dict[str, Any]:
    """Facts and their labels; with a title, as a card. An empty value says "Not recorded"."""
    made = [row if isinstance(row, Row) else Row(*row) for row in rows]
    return {"rows": made, "title": title, "no_border": no_border, "any_actions": any(r.actions for r in made)}


@register.inclusion_tag("core/identity_bar.html")
def identity_bar(bar: IdentityBar) -> dict[str, Any]:
    """Whose record this is."""
    return {"bar": bar}


@register.inclusion_tag("core/sub_navigation.html")
def sub_navigation(items: Sequence[NavItem | tuple[Any, ...]], label: str) -> dict[str, Any]:
    """The pages of one record. The label tells this navigation from the others on the page."""
    return {"items": [i if isinstance(i, NavItem) else NavItem(*i) for i in items], "label": label}


@register.inclusion_tag("core/timeline.html")
def timeline(items: Iterable[TimelineItem], level: int = 2) -> dict[str, Any]:
    """What happened, newest first, grouped by month. `level` is the heading level of the months."""
    in_order = sorted(items, key=lambda item: _moment(item.date), reverse=True)
    months = [
        (dates.say_month(_day(group[0].date)), group)
        for _month, found in groupby(in_order, key=lambda item: (_day(item.date).year, _day(item.date).month))
        if (group := list(found))
    ]
    return {"months": months, "level": level, "below": level + 1}


def _day(moment: date | datetime) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(clock.LONDON).date()
    return moment


def _moment(moment: date | datetime) -> tuple[date, int]:
    """Newest first; within a day, what has a time by its time, after what has none."""
    if not isinstance(moment, datetime):
        return moment, -1
    local = moment.astimezone(clock.LONDON)
    return local.date(), local.hour * 3600 + local.minute * 60 + local.second


@register.inclusion_tag("core/tag.html")
def tag(text: str, colour: str = "blue") -> dict[str, str]:
    """A state in words on a colour that only repeats it."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(f"There is no tag colour {colour!r}")
    return {"text": text, "colour": colour}


@register.inclusion_tag("core/table.html")
def table(data: Table, level: str = "m") -> dict[str, Any]:
    """A small table: caption, header row, numbers on the right."""
    return {"table": data, "level": level}


@register.inclusion_tag("core/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Links to the pages of a list; nothing when there is only one. Keeps the rest of the address."""
    request = context.get("request")
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(n, _address(request, name, n)) if isinstance(n, int) else (None, "") for n in shown],
        "previous": _address(request, name, page.number - 1) if page.has_previous() else "",
        "next": _address(request, name, page.number + 1) if page.has_next() else "",
    }


def _address(request: Any, name: str, number: int) -> str:
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("core/listing.html", takes_context=True)
def listing(context: template.Context, listing: Any) -> dict[str, Any]:
    """A whole list: filters, tags, table, pages, export. See openyj.core.listing."""
    return {"listing": listing, "request": context.get("request")}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """A passage set off from the text around it."""
    return _block("inset", content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Something that has consequences if it is missed."""
    return _block("warning", content=content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """Text behind a click: help that most people do not need."""
    return _block("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def banner(content: str, title: str = "", kind: str = "") -> SafeString:
    """A notice at the top of the page. Kind "success" says that what was asked for is done."""
    return _block("banner", content=content, title=title, kind=kind)


def _block(name: str, **context: Any) -> SafeString:
    context["content"] = mark_safe(conditional_escape(context["content"]))  # noqa: S308 the template made it
    return render_to_string(f"core/{name}.html", context)
