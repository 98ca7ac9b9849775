"""openyj itself: the measures' own definitions (Ibis), compiled for DuckDB and run on a workbench."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from benchmarks.measures_worker import Library, Sums
from openyj.measures import ALL, Workbench
from openyj.measures.workbench import read_by
from openyj.tables import CaseTables, read_folder, with_shipped

SUMS = {
    "first-time-entrants": "count(*)",
    "custody": "count(*)",
    "reoffending": "count(*), sum(CASE WHEN reoffended THEN 1 ELSE 0 END), sum(reoffences)",
}
COLUMNS = {"reoffending": ("reoffended", "reoffences")}


class Openyj(Library):
    def open(self, folder: Path) -> CaseTables:
        return with_shipped(read_folder(folder, read_by(ALL[name] for name in SUMS)))

    load = open

    def measures(self, state: CaseTables, as_of: date, names: Sequence[str]) -> Sums:
        return by_service_and_quarter(Workbench(state), as_of, names)


def by_service_and_quarter(bench: Workbench, as_of: date, names: Sequence[str]) -> Sums:
    """Each measure's sums, from the very cohort table that figures read."""
    found = {}
    for name in names:
        cohort = bench.cohort(ALL[name], as_of, {"service", "quarter", *COLUMNS.get(name, ())})
        found[name] = rows(bench.query(grouped(name, cohort)))
    return found


def grouped(name: str, cohort: str) -> str:
    return f"SELECT service, quarter, {SUMS[name]} FROM {cohort} GROUP BY service, quarter"


def rows(found: pa.Table) -> list[tuple]:
    """Rows with nulls as None and sums as whole numbers, as every engine has to give them."""
    service, quarter, *sums = (column.to_pylist() for column in found.columns)
    return list(zip(service, quarter, *(map(int, each) for each in sums), strict=True))


ENGINE = Openyj()
