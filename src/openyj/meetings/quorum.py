"""Whether enough partners sat at a meeting, by the rule its terms of reference held on the day. Pure: no database.

Q-1  only the five statutory sectors count towards the number of sectors
Q-2  a sector counts once, however many of its people sat
Q-3  a substitute counts for the sector they come from, and for the role of the member they sat in for
Q-4  every role the rule names must have been there
Q-5  who sent apologies or stayed away counts for nothing
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models


class Sector(models.TextChoices):
    """Where an agency stands. The five that must co-operate (Crime and Disorder Act 1998, sections 38 and 39), as KPI 8
    names them, and everybody else."""

    SOCIAL_CARE = "social_care", "Local authority children’s social care"
    EDUCATION = "education", "Local authority education"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    HEALTH = "health", "Health"
    OTHER = "other", "Other"


STATUTORY = tuple(sector for sector in Sector if sector != Sector.OTHER)


class Role(models.TextChoices):
    """What a member is on the board besides a member."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive’s representative"


@dataclass(frozen=True)
class Rule:
    """How many statutory sectors must be there, and which roles."""

    sectors: int
    roles: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """ "3 statutory partners and the chief executive’s representative" """
        parts = [f"{self.sectors} statutory partner{'' if self.sectors == 1 else 's'}"] if self.sectors else []
        parts += [f"the {role_words(role)}" for role in Role if role in self.roles]
        return joined(parts) or "Nobody in particular"


@dataclass(frozen=True)
class Sat:
    """Somebody who sat at the meeting: the sector they came from, the roles of the seat they took."""

    sector: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether the rule was kept, and in words what was there and what was missing."""

    rule: Rule
    there: frozenset[str]
    missing: tuple[str, ...]

    @property
    def quorate(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        """ "Not quorate: 1 more statutory partner was missing. The quorum is ... There: police and health." """
        said = [str(sector.label) for sector in STATUTORY if sector in self.there]
        there = f"There: {joined(said)}" if said else "No statutory partner was there"
        was = "was" if len(self.missing) == 1 and not self.missing[0].startswith(tuple("23456789")) else "were"
        head = "Quorate" if self.quorate else f"Not quorate: {joined(self.missing)} {was} missing"
        return f"{head}. The quorum is {self.rule.words[:1].lower()}{self.rule.words[1:]}. {there}."


def judge(rule: Rule, sat: Iterable[Sat]) -> Verdict:
    """Hold who sat against the rule."""
    sat = list(sat)
    there = frozenset(each.sector for each in sat if each.sector in STATUTORY)
    roles = frozenset(role for each in sat for role in each.roles)
    missing = []
    if short := max(rule.sectors - len(there), 0):
        missing.append(f"{short} more statutory partner{'' if short == 1 else 's'}")
    missing += [f"the {role_words(role)}" for role in Role if role in rule.roles - roles]
    return Verdict(rule, there, tuple(missing))


def role_words(role: str) -> str:
    label = str(Role(role).label)
    return label[:1].lower() + label[1:]


def joined(parts: Collection[str]) -> str:
    """ "a, b and c" """
    parts = list(parts)
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
