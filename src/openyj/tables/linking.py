"""One person for each child, however many records.

Rule FTE-5 (indicators.md section 1, step 5), applied to the tables before any measure: two child records
with the same originating-service id and the same date of birth are the same child. An id that is absent,
empty, "N/A" or contains a space is no id; a record without a date of birth is linked to none; a deleted
record links nobody, because deleted persons are dropped (step 3) before records are matched (step 5).

It is done here and not in a measure, so that a measure stays a function of one person's rows.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import BY_NAME

RULE = "FTE-5"
NO_ID = "N/A"
LINKED_BY = ("originating_yot_person_id", "date_of_birth")  # what says that two records are of one child


def linked(tables: CaseTables) -> CaseTables:
    """The same tables with ``person`` rewritten everywhere to the smallest of the persons that are one.

    Persons joined through a chain of records are one person. Doing it twice changes nothing.
    """
    renamed = same_persons(tables["child"])
    if not renamed:
        return tables
    old = pa.array(list(renamed), pa.int64())
    new = pa.array(list(renamed.values()), pa.int64())
    rewritten = {}
    for name, table in tables.items():
        column = BY_NAME[name].person
        if column is not None:
            position = table.column_names.index(column)
            person = pc.coalesce(pc.take(new, pc.index_in(table[column], old)), table[column])
            rewritten[name] = table.set_column(position, table.schema.field(column), person)
    return tables.replacing(rewritten)


def same_persons(child: pa.Table) -> dict[int, int]:
    """Each person who is another one, and the smallest person they are."""
    ids = child["originating_yot_person_id"].cast(pa.string())  # it may come as numbers of different texts
    is_id = pc.and_(
        pc.and_(pc.not_equal(ids, ""), pc.not_equal(pc.utf8_upper(ids), NO_ID)),
        pc.invert(pc.match_substring(ids, " ")),
    )
    usable = pc.and_(pc.fill_null(is_id, False), pc.is_valid(child["date_of_birth"]))
    usable = pc.and_(usable, pc.invert(child["deleted"]))
    groups = (
        child.filter(usable).group_by(list(LINKED_BY)).aggregate([("person", "distinct"), ("person", "count_distinct")])
    )
    shared = groups.filter(pc.greater(groups["person_count_distinct"], 1))
    return joined(shared["person_distinct"].to_pylist())


def joined(groups: Iterable[list[int]]) -> dict[int, int]:
    """Groups that share a member are one group: each member that is not the smallest, to the smallest."""
    smallest: dict[int, int] = {}

    def find(person: int) -> int:
        while (parent := smallest.get(person, person)) != person:
            smallest[person] = smallest.get(parent, parent)
            person = parent
        return person

    for group in groups:
        roots = [find(person) for person in group]
        least = min(roots)
        for root in roots:
            smallest[root] = least
    return {person: find(person) for person in smallest if find(person) != person}
