"""What the administrator's pages read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Q, QuerySet

from openyj.accounts.models import History, Locality, Service, Team, User
from openyj.accounts.roles import ROLES
from openyj.core import clock
from openyj.core.components import Tag

NOT_SHOWN = {"id", "version", "password", "last_login", "service_id"}
LABELS = {
    "name": "Name",
    "email": "E-mail address",
    "role": "Role",
    "team_id": "Team",
    "expires_on": "Last day of access",
    "is_active": "May sign in",
    "closed_on": "Last day",
}


def state_of(user: User) -> Tag:
    """Whether this person can sign in now, in words."""
    if not user.is_active:
        return Tag("Has left", "grey")
    if user.expires_on and user.expires_on < clock.today():
        return Tag("Access has ended", "grey")
    if not user.has_usable_password():
        return Tag("No password yet", "yellow")
    return Tag("Yes", "green")


STATES = [("can", "Yes"), ("none", "No password yet"), ("not", "Has left or access has ended")]


def in_state(users: QuerySet[User], state: str) -> QuerySet[User]:
    """The users whose `state_of` is this one of STATES."""
    ended = Q(is_active=False) | Q(expires_on__lt=clock.today())
    unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if state == "not":
        return users.filter(ended)
    return users.exclude(ended).filter(unusable) if state == "none" else users.exclude(ended).exclude(unusable)


def places_of(model: type[Team | Locality], service: Service) -> QuerySet:
    """Teams or localities of a service; a team with its number of people."""
    places = model.objects.filter(service=service)
    if model is Team:
        places = places.annotate(people=Count("members", filter=Q(members__is_active=True)))
    return places


@dataclass(frozen=True)
class Change:
    """One change of one row: when, by whom, and each field before and after, in words."""

    at: datetime
    who: str
    what: list[str]


def changes_of(row: User | Team | Locality) -> list[Change]:
    """What was done to this row, newest first."""
    found = list(History.objects.filter(table=row._meta.db_table, row=row.pk).order_by("-at", "-id")[:100])
    people = dict(User.objects.filter(pk__in={h.user for h in found if h.user}).values_list("pk", "name"))
    teams = dict(Team.objects.filter(service=row.service_id).values_list("pk", "name"))
    changes = []
    for entry in found:
        after, before = entry.after or {}, entry.before or {}
        what = ["Added"] if entry.action == "insert" else []
        for name in after if entry.action == "update" else ():
            if name in LABELS and name not in NOT_SHOWN:
                was, became = (say(name, values.get(name), teams) for values in (before, after))
                what.append(f"{LABELS[name]}: {was} → {became}")
        if what:
            changes.append(Change(entry.at, people.get(entry.user, "The site"), what))
    return changes


def say(name: str, value: object, teams: dict[int, str]) -> str:
    if value is None or value == "":
        return "nothing"
    if name == "role":
        return ROLES[value].label if value in ROLES else str(value)
    if name == "team_id":
        return teams.get(value, "a team")
    if name == "is_active":
        return "yes" if value else "no"
    return str(value)
