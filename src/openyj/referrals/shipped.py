"""The words a referral is described with, as the project ships them. What an administrator did to one stays."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from openyj.referrals.models import ReferralKind

# Before any referral that is likely to be recorded; the words are dated so that an administrator can end one.
FROM = date(2000, 1, 1)


def load_kinds() -> None:
    """Put the shipped words where they are not yet. Safe to run again."""
    have = set(ReferralKind.objects.values_list("listed", "code"))
    text = files("openyj.referrals").joinpath("data/kinds.csv").read_text(encoding="utf-8")
    ReferralKind.objects.bulk_create(
        ReferralKind(**row, valid_from=FROM, shipped=True)
        for row in csv.DictReader(text.splitlines())
        if (row["listed"], row["code"]) not in have
    )
