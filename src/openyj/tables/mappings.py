"""The small mappings the project ships: what each legal outcome counts as, what kind each disposal type is.

Written for the project, each row with its source (``data/*.csv``). A service may supply its own tables in
their place; the seriousness rank is the group's order and nothing finer, because nothing finer is published.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from openyj.tables.case_tables import CaseTables

MAPPINGS = ("legal_outcome", "disposal_type")
DATA = Path(__file__).parent / "data"


@cache
def shipped() -> dict[str, pa.Table]:
    """The shipped mappings by table name, in the declared shape."""
    tables = {name: with_sources(name).drop_columns(["source"]) for name in MAPPINGS}
    return dict(CaseTables(tables))


def with_shipped(tables: CaseTables) -> CaseTables:
    """The same set with the shipped mappings where none was supplied. Populations are never filled in:
    without them a rate cannot be computed."""
    return tables.replacing({name: table for name, table in shipped().items() if name not in tables})


def with_sources(name: str) -> pa.Table:
    """A shipped mapping with the column that says where each row is from."""
    options = csv.ConvertOptions(strings_can_be_null=True, null_values=[""])
    return csv.read_csv(DATA / f"{name}.csv", convert_options=options)
