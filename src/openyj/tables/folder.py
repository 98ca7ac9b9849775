"""Case-level tables in a folder: one file a table, Parquet or CSV with a header.

Writing is sorted by person and key and gives the same bytes for the same rows, whatever order they came in,
so that two snapshots of the same facts are the same files.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from openyj.tables.case_tables import CaseTables, fit, repeated_columns
from openyj.tables.contents import ALL, BY_NAME
from openyj.tables.declare import Column, Table
from openyj.tables.faults import Fault, Unfit

SHOWN = 5


def read_folder(folder: str | Path, only: Mapping[str, Collection[str]] | None = None) -> CaseTables:
    """The tables found in a folder: ``offence.parquet`` or ``offence.csv``. With ``only`` other tables than these, and
    other columns of them, are not read, and text of a Parquet file is kept as numbers of different texts.

    A table without a file is not supplied. Other files are left alone. In CSV an empty cell is null, dates
    are written 2024-01-31 and truth is ``true`` or ``false``. Raises Unfit with every fault, and
    FileNotFoundError when the folder is not one.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder. Name the folder that holds the case-level tables")
    there: list[tuple[type[Table], Path]] = []
    faults: list[Fault] = []
    for declared in ALL:
        if only is not None and declared.name not in only:
            continue
        paths = [path for suffix in ("parquet", "csv") if (path := folder / f"{declared.name}.{suffix}").is_file()]
        if len(paths) > 1:
            names = " and ".join(path.name for path in paths)
            faults.append(Fault("SHAPE-6", declared.name, None, None, f"Both {names} are there. Remove one"))
        elif paths:
            there.append((declared, paths[0]))

    def read(one: tuple[type[Table], Path]) -> tuple[pa.Table, list[Fault]]:
        declared, path = one
        return read_file(declared, path, None if only is None else only[declared.name])

    # Several at once: pyarrow reads one file of so few columns hardly faster on two processors than on one.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(read, there))
    faults += [fault for _, wrong in found for fault in wrong]
    if faults:
        raise Unfit(faults)
    tables = {declared.name: table for (declared, _), (table, _) in zip(there, found, strict=True)}
    return CaseTables(tables, only)


def read_file(declared: type[Table], path: Path, only: Collection[str] | None = None) -> tuple[pa.Table, list[Fault]]:
    try:
        if path.suffix == ".parquet" and only is None:
            return fit(declared, parquet.read_table(path, partitioning=None))
        if path.suffix == ".parquet":
            return read_columns(declared, path, only or ())
        text = csv.read_csv(
            path,
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in declared.schema().names},
                # Only an empty cell is null: by default "N/A" would be too, and it is a value of the return.
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except (pa.ArrowInvalid, OSError) as reason:
        return pa.table({}), [Fault("SHAPE-7", declared.name, None, None, f"{path.name} cannot be read: {reason}")]
    table, faults = from_text(declared, text)
    return (table, faults) if faults or only is None else fit(declared, table, only)


def read_columns(declared: type[Table], path: Path, only: Collection[str]) -> tuple[pa.Table, list[Fault]]:
    """These columns of a Parquet file. That it has the declared ones and no others is asked of the whole file."""
    there = parquet.read_schema(path)
    _, faults = fit(declared, there.empty_table())
    if faults:
        return pa.table({}), faults
    text = [name for name in only if pa.types.is_string(there.field(name).type)]
    with parquet.ParquetFile(path, read_dictionary=text) as file:
        return fit(declared, file.read(columns=list(only)), only)


def from_text(declared: type[Table], text: pa.Table) -> tuple[pa.Table, list[Fault]]:
    """A table of text as a table of the declared types, naming the lines that cannot be."""
    faults = repeated_columns(declared, text)
    for column in [] if faults else declared.columns:
        if column.name in text.column_names:
            position = text.column_names.index(column.name)
            values, wrong = parsed(column, text[column.name].combine_chunks())
            faults += [Fault("SHAPE-4", declared.name, None, column.name, message) for message in wrong]
            text = text.set_column(position, column.name, values)
    return (text, faults) if faults else fit(declared, text)


def parsed(column: Column, words: pa.Array) -> tuple[pa.Array, list[str]]:
    try:
        return words.cast(column.arrow.type), []
    except pa.ArrowInvalid:
        bad = [(line, word) for line, word in enumerate(words.to_pylist(), 2) if not can_be(column, word)]
    listed = "; ".join(f"line {line}: {word!r}" for line, word in bad[:SHOWN])
    more = f" and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
    form = {pa.date32(): "a date like 2024-01-31", pa.bool_(): "true or false"}.get(column.arrow.type, "a number")
    return pa.nulls(len(words), column.arrow.type), [f"Not {form}: {listed}{more}"]


def can_be(column: Column, word: str | None) -> bool:
    try:
        pa.array([word], pa.string()).cast(column.arrow.type)
    except pa.ArrowInvalid:
        return False
    return True


def write_folder(tables: CaseTables, folder: str | Path) -> list[Path]:
    """Write each table as Parquet, rows in order of person and key. Returns the files written.

    Refuses a folder that already holds a case-level table, so that two sets never mix.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    there = [path.name for path in sorted(folder.iterdir()) if path.stem in BY_NAME]
    if there:
        raise FileExistsError(f"{folder} already holds {', '.join(there)}. Name an empty folder")
    written = []
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        parquet.write_table(in_order(BY_NAME[name], table), path, compression="zstd", store_schema=False)
        written.append(path)
    return written


def in_order(declared: type[Table], table: pa.Table) -> pa.Table:
    columns = [declared.person] if declared.person else []
    order = [(name, "ascending") for name in [*columns, *declared.key]]
    return table.take(pc.sort_indices(table, sort_keys=order)).combine_chunks()
