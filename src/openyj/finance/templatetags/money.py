"""`{% load money %}`: sums as people read them."""

from decimal import Decimal

from django import template

from openyj.finance.contributions import Change, say_percent, say_pounds

register = template.Library()


@register.filter
def pounds(amount: Decimal | None) -> str:
    """£1,234,757; empty where nothing is recorded."""
    return say_pounds(amount)


@register.filter
def difference(change: Change) -> str:
    """+£500 or -£500; empty where there is no year to compare with, or nothing in either."""
    if change.now is None and not change.before:
        return ""
    return say_pounds(change.pounds, sign=True)


@register.filter
def percent(change: Change) -> str:
    """+4.1%, or "new"."""
    return say_percent(change)
