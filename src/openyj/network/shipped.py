"""The words for what somebody is to a child, as the project ships them. What an administrator did to one stays."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from openyj.network.models import Relationship

# Before anything that is likely to be recorded; the words are dated so that an administrator can end one.
FROM = date(2000, 1, 1)


def load_relationships() -> None:
    """Put the shipped words where they are not yet. Safe to run again."""
    have = set(Relationship.objects.values_list("code", flat=True))
    text = files("openyj.network").joinpath("data/relationships.csv").read_text(encoding="utf-8")
    Relationship.objects.bulk_create(
        Relationship(**row, valid_from=FROM, shipped=True)
        for row in csv.DictReader(text.splitlines())
        if row["code"] not in have
    )
