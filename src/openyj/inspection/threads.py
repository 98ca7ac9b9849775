"""Where actions arose: the recommendation that an action answers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.actions.slots import Origin, origins
from openyj.core.components import Link
from openyj.inspection.models import Answer


def links(user: User, numbers: Collection[int]) -> dict[int, Link]:
    """The first recommendation each action answers, with how many more there are."""
    rows = Answer.objects.visible_to(user).standing().filter(action__in=numbers, recommendation__in_error_at=None)
    found: dict[int, list[Answer]] = {}
    for row in rows.select_related("recommendation__report").order_by("pk"):
        found.setdefault(row.action_id, []).append(row)
    return {action: link(rows) for action, rows in found.items()}


def link(rows: list[Answer]) -> Link:
    first = rows[0].recommendation
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    return Link(f"{first} of {first.report}{more}", f"{first.report.get_absolute_url()}#recommendation-{first.pk}")


def numbers() -> QuerySet:
    return Answer.objects.standing().values("action")


origins.add("recommendation", Origin("An inspection’s recommendation", links, numbers))
