"""Names, addresses and descriptions for the invented country, beside its case-level tables.

The details of the one invented service (`openyj.invented.details`), with names as unequal as names are: a few are very
common, most are rare, so that searching for a common one finds many. Seeded; nobody in it exists.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from openyj.invented import names
from openyj.invented.details import column, details
from openyj.tables import CaseTables, linked

SEED = 2026
FLATTENING = 12.0  # the commonest family name is about 1.2% of all, as the commonest of England and Wales are


def write_details(tables: CaseTables, folder: Path) -> None:
    """`folder`/details, as `load_tables --details` reads it; what is there already stays."""
    beside = folder / "details"
    if beside.is_dir():
        return
    made = details(tables, SEED)
    children = made.children.drop_columns(["worker_id", "team", "phone", "school", "carer", "carer_phone"])
    rng = np.random.default_rng([SEED, 2])
    _, person = np.unique(column(linked(tables)["child"], "person"), return_inverse=True)
    family = common_names(rng, person.max() + 1)[person]
    children = children.set_column(children.column_names.index("family_name"), "family_name", pa.array(family))
    aside = folder / "details.part"
    aside.mkdir(exist_ok=True)
    parts = {"children": children, "addresses": made.addresses, "offences": made.offences}
    for name, table in (parts | {"police_bails": made.police_bails}).items():
        parquet.write_table(table, aside / f"{name}.parquet", compression="zstd", store_schema=False)
    aside.rename(beside)


def common_names(rng: np.random.Generator, count: int) -> np.ndarray:
    """Family names, each as likely as its place in a list of names by how common they are makes it."""
    known = np.unique(names.family_names(rng, 40_000))
    rng.shuffle(known)
    weights = 1 / (np.arange(len(known)) + FLATTENING)
    return known[rng.choice(len(known), count, p=weights / weights.sum())]
