"""What the project ships, put where nothing is yet. Whatever an administrator added or changed stays as it is."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from openyj.reference import code_lists, files
from openyj.reference.models import DisposalType, LegalOutcome, LegalOutcomeMeaning, OffenceCode, PublishedRate
from openyj.tables.mappings import with_sources

DATA = Path(__file__).parent / "data"
READ_FROM_THE_RETURN = "YJB published code"  # only such a code is known to be the return's own


@transaction.atomic
def load_shipped() -> None:
    """Legal outcomes with their meanings, disposal types, common offences, published rates. Safe to run again."""
    legal_outcomes()
    have = set(DisposalType.objects.values_list("code", flat=True))
    types = [row for row in with_sources("disposal_type").to_pylist() if row["disposal_type"] not in have]
    DisposalType.objects.bulk_create(
        DisposalType(code=r["disposal_type"], label=r["label"], kind=r["kind"], source=r["source"]) for r in types
    )
    have = set(OffenceCode.objects.values_list("code", flat=True))
    OffenceCode.objects.bulk_create(OffenceCode(**row) for row in offence_codes() if row["code"] not in have)
    files.put(PublishedRate, published_rates(), key=code_lists.RATE_KEY)


def legal_outcomes() -> None:
    """An outcome that is there keeps its name, dates and meanings, whoever gave them."""
    have = set(LegalOutcome.objects.values_list("code", flat=True))
    for row in with_sources("legal_outcome").to_pylist():
        if row["legal_outcome"] in have:
            continue
        outcome, _ = LegalOutcome.objects.get_or_create(
            code=row["legal_outcome"],
            defaults={
                "label": row["label"],
                "valid_from": row["valid_from"],
                "valid_to": row["valid_to"],
                "shipped": True,
                "source": row["source"],
            },
        )
        LegalOutcomeMeaning.objects.create(
            legal_outcome=outcome,
            outcome_group=row["outcome_group"],
            seriousness_rank=row["seriousness_rank"],
            return_code=outcome.code if row["source"].startswith(READ_FROM_THE_RETURN) else "",
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )


def offence_codes() -> list[dict[str, Any]]:
    source = code_lists.HOME_OFFICE + "." + code_lists.CATEGORY_IS_OURS
    with (DATA / "offence_code.csv").open(encoding="utf-8", newline="") as file:
        return [{**row, "source": source} for row in csv.DictReader(file)]


def published_rates() -> list[dict[str, Any]]:
    """The shipped rates, a row a year; an empty cell is missing."""
    line = ("measure", "measure_label", "year_type", "area", "region")
    rows = []
    with (DATA / "published_rate.csv").open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            same = {name: cells[name] for name in line}
            for year in cells.keys() - set(line):
                value = float(cells[year]) if cells[year] else None
                rows.append({**same, "year": year, "value": value, "note": "", "source": code_lists.RATES})
    return code_lists.without_sums(rows)
