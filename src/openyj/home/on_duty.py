"""The duty rota on my work. One (what, why, address, day) a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.rota import selectors

Line = tuple[str, str, str, date]


def today(user: User) -> Iterator[Line]:
    """Who is on duty today, to everybody who may look at the rota."""
    if user.may(Permission.SEE_ROTA):
        for each in selectors.on_duty(user, clock.today()):
            said = each.said[:1].upper() + each.said[1:]
            yield f"{each.get_part_display()}: {each.person}", said, reverse("rota:today"), each.day


def own_next(user: User) -> Iterator[Line]:
    """This person's own duties of the next two weeks."""
    if user.may(Permission.SEE_ROTA):
        for each in selectors.own_next(user):
            yield each.get_part_display(), each.place or "You are on duty", each.get_absolute_url(), each.day
