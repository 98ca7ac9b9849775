"""The words of orders as the project ships them. What an administrator did to one stays."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from openyj.casework.models import CaseWord

# Before anything that is likely to be recorded; the words are dated so that an administrator can end one.
FROM = date(2000, 1, 1)
SOURCE = "General knowledge, to confirm: no published list was found"


def load_words() -> None:
    """Put the shipped words where they are not yet. Safe to run again."""
    have = set(CaseWord.objects.values_list("listed", "code"))
    text = files("openyj.casework").joinpath("data/words.csv").read_text(encoding="utf-8")
    CaseWord.objects.bulk_create(
        CaseWord(**row, source=SOURCE, valid_from=FROM, shipped=True)
        for row in csv.DictReader(text.splitlines())
        if (row["listed"], row["code"]) not in have
    )
