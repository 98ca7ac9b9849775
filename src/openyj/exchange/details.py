"""Names, addresses and descriptions beside a folder of case-level tables: `children`, `addresses`, `offences` and
`police_bails`, each Parquet or CSV with a header, each row named by the number it has in the tables. Other columns are
left alone."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import CharField, Model, TextField
from pyarrow import csv, parquet

from openyj.casework.models import Offence, PoliceBail
from openyj.exchange.fitting import unfit_rows, unfit_text
from openyj.exchange.load import Beside
from openyj.people.models import Address, Child
from openyj.tables import CaseTables, Fault, Unfit
from openyj.tables.offence_codes import UNDER_INVESTIGATION

# By file: the table whose rows it adds to, its key there, the record's model and the columns that are taken.
PARTS: dict[str, tuple[str, str, type[Model], tuple[str, ...]]] = {
    "children": (
        "child", "child_id", Child,
        ("given_name", "family_name", "known_as", "how_to_work_with_me", "restricted_reason"),
    ),
    "addresses": ("residence", "residence_id", Address, ("lines", "postcode")),
    "offences": ("offence", "offence_id", Offence, ("description",)),
    "police_bails": ("police_bail", "police_bail_id", PoliceBail, ("conditions", "police")),
}  # fmt: skip


def read_details(folder: Path, tables: CaseTables) -> Beside:
    """The details found in `folder`. An empty cell is not supplied. Raises Unfit naming every fault, and
    FileNotFoundError where there are none."""
    paths = {name: p for name in PARTS for suffix in ("parquet", "csv") if (p := folder / f"{name}.{suffix}").is_file()}
    if not paths:
        wanted = ", ".join(f"{name}.csv" for name in PARTS)
        raise FileNotFoundError(f"{folder} holds no details. Put {wanted} there, or leave --details out")
    faults: list[Fault] = []
    found = {name: read_part(name, path, tables, faults) for name, path in paths.items()}
    faults += conditions_without_bail(found.get("police_bails"), tables)
    if faults:
        raise Unfit(faults)
    return Beside(**found)


def conditions_without_bail(bails: pa.Table | None, tables: CaseTables) -> list[Fault]:
    """Conditions of somebody who was released under investigation: the record holds none."""
    if bails is None or "conditions" not in bails.column_names or "police_bail" not in tables:
        return []
    table = tables["police_bail"]
    free = table.filter(pc.equal(table["bail_status"], UNDER_INVESTIGATION))["police_bail_id"]
    wrong = bails.filter(pc.and_(pc.is_valid(bails["conditions"]), pc.is_in(bails["police_bail_id"], free)))
    message = "Released under investigation, so under no conditions. Take them out, or correct the status"
    return [
        Fault("LOAD-11", "details police_bails", str(number), "conditions", message)
        for number in wrong["police_bail_id"].to_pylist()
    ]


def read_part(name: str, path: Path, tables: CaseTables, faults: list[Fault]) -> pa.Table | None:
    """The rows of one file, an empty cell null; what is wrong is added to `faults`."""
    table_name, key, model, columns = PARTS[name]

    def wrong(number: object, column: str | None, message: str) -> None:
        faults.append(Fault("LOAD-11", f"details {name}", None if number is None else str(number), column, message))

    try:
        table = read_file(path, key, columns)
    except (pa.ArrowException, OSError) as reason:
        wrong(None, None, f"{path.name} cannot be read: {reason}")
        return None
    taken = [column for column in columns if column in table.column_names]
    if key not in table.column_names or not taken:
        wrong(None, None, f"{path.name} needs the column {key} and one or more of {', '.join(columns)}")
        return None
    known = tables[table_name][key] if table_name in tables else pa.array([], pa.int64())
    counted = table.group_by(key, use_threads=False).aggregate([([], "count_all")])
    unknown = pc.invert(pc.is_in(counted[key], known))
    for row in counted.filter(pc.or_(unknown, pc.greater(counted["count_all"], 1))).to_pylist():
        if row["count_all"] > 1:
            wrong(row[key], key, f"{row['count_all']} rows have this number. Keep one")
        else:
            wrong(row[key], key, f"There is no {table_name} {row[key]} in the tables")
    for column in taken:
        field = model._meta.get_field(column)
        assert isinstance(field, CharField | TextField)
        for row in unfit_rows(table, column, field.max_length).to_pylist():
            wrong(row[key], column, unfit_text(row[column], field.max_length))
        text = table[column]
        supplied = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
        table = table.set_column(table.column_names.index(column), column, supplied)
    return table.select([key, *taken])


def read_file(path: Path, key: str, columns: tuple[str, ...]) -> pa.Table:
    """What the file has of `key`, as whole numbers, and `columns`, as text. Raises ArrowException."""
    types = {key: pa.int64(), **dict.fromkeys(columns, pa.string())}
    if path.suffix == ".parquet":
        table = parquet.read_table(path, partitioning=None)
    else:
        options = csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
        table = csv.read_csv(path, convert_options=options)
    wanted = [name for name in table.column_names if name in types]
    return table.select(wanted).cast(pa.schema([(name, types[name]) for name in wanted]))
