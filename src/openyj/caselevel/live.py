"""Reading the record into case-level tables, as it is now.

All tables come in one statement, because one statement sees one state of the record: a colleague who saves between
two reads cannot make an outcome without its offence. Each row is sent as text with the number of its table in front.
"""

from __future__ import annotations

from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from pyarrow import csv

from openyj.accounts.models import Service
from openyj.accounts.scope import reading_every_service
from openyj.caselevel.columns import SELECTS
from openyj.core import clock
from openyj.tables import BY_NAME, CaseTables, linked

WIDEST = max(len(BY_NAME[name].columns) for name in SELECTS)
NAMES = ["table", *(f"c{n}" for n in range(WIDEST))]
# A service's figures need every record of the people it has touched: a child's first outcome may be elsewhere. Two
# persons may be one by their originating numbers (tables.linking decides, rule FTE-5), so whoever might be is read too.
# "<> ''" is said of both, because only then is either found by the index of those that have a number; and the persons
# are gathered first (ARRAY), because a service's are few among those of a country, which the planner cannot know.
TOUCHED = """
    SELECT id, person_id FROM people_child WHERE person_id = ANY (ARRAY(
        WITH RECURSIVE touched (person_id) AS (
            SELECT person_id FROM people_child WHERE service_id = {service}
            UNION
            SELECT other.person_id
            FROM touched JOIN people_child known USING (person_id)
            JOIN people_child other USING (originating_number, date_of_birth)
            WHERE known.originating_number <> '' AND other.originating_number <> ''
        ) SELECT person_id FROM touched))
"""
EVERYBODY = "SELECT id, person_id FROM people_child"
# What is a service's own and no person's, such as its board's meetings: those of no other service are read.
OWN = "SELECT id, DATE '{today}' AS today FROM accounts_service WHERE oversees = ''"


def tables_of(service: Service | None) -> CaseTables:
    """The case-level tables of every person `service` has touched, or of everybody for None, with the reference
    tables; persons who are one by their originating numbers are one (rule FTE-5).

    Reads other services' rows of those persons, so what is shown from it must be filtered to the service.
    """
    with reading_every_service(), connection.cursor() as cursor:
        data = BytesIO()
        with cursor.copy(statement(service)) as copy:
            for part in copy:
                data.write(part)
    return linked(CaseTables(split(data)))


def statement(service: Service | None) -> str:
    """One COPY of every table; nothing in it comes from outside this room."""
    # Django's cursor takes no parameters beside a COPY; a service's number is a whole number and nothing else.
    mine = TOUCHED.format(service=int(service.pk)) if service else EVERYBODY
    ours = OWN.format(today=clock.today()) + (f" AND id = {int(service.pk)}" if service else "")
    parts = []
    for number, (name, select) in enumerate(SELECTS.items()):
        width = len(BY_NAME[name].columns)
        inner = ", ".join(f"c{n}" for n in range(width))
        outer = ", ".join(f"c{n}::text" if n < width else "NULL" for n in range(WIDEST))
        parts.append(f"SELECT {number}, {outer} FROM ({select}) AS t{number} ({inner})")  # noqa: S608
    with_them = f"WITH mine AS MATERIALIZED ({mine}), ours AS ({ours}) "
    return f"COPY ({with_them}" + " UNION ALL ".join(parts) + ") TO STDOUT (FORMAT csv)"


def split(data: BytesIO) -> dict[str, pa.Table]:
    """The text rows as one typed table each, sorted by person and key so that the same record gives the same bytes."""
    if not data.tell():
        return {name: BY_NAME[name].schema().empty_table() for name in SELECTS}
    data.seek(0)
    rows = csv.read_csv(
        data,
        read_options=csv.ReadOptions(column_names=NAMES),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types={"table": pa.int8(), **dict.fromkeys(NAMES[1:], pa.string())},
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    tables = {}
    for number, name in enumerate(SELECTS):
        declared = BY_NAME[name]
        chosen = rows.filter(pc.equal(rows["table"], number))
        arrays = [chosen[f"c{n}"].cast(column.arrow.type) for n, column in enumerate(declared.columns)]
        table = pa.Table.from_arrays(arrays, schema=declared.schema())
        order = [*([declared.person] if declared.person else []), *declared.key]
        tables[name] = table.sort_by([(column, "ascending") for column in order])
    return tables
