"""What is wrong with the rows of a set of case-level tables.

Shape (columns, types, required values) is settled when the tables are put together; this looks at the facts:
keys, references, codes, the order of dates, and what would make a figure doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb

from openyj.tables import codes
from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import BY_NAME
from openyj.tables.declare import Table
from openyj.tables.faults import ERROR, WARNING, Fault
from openyj.tables.rules import AnyOf, Between, NotAfterAsOf, NotBefore, NotBoth, NotMore, Present


def validate(tables: CaseTables, as_of: date | None = None) -> list[Fault]:
    """Every fault, in order of table, rule and key. An empty list means nothing was found wrong.

    ``as_of`` is the day the tables speak of; without it nothing is said about dates in the future.
    """
    look = Look(tables)
    faults: list[Fault] = []
    for name in tables:
        declared = BY_NAME[name]
        for part in (repeated_keys, references, unknown_codes):
            faults += part(look, declared)
        for rule in declared.rules:
            faults += check(look, declared, rule, as_of)
    for whole in (unknown_services, unmapped, overlapping_mappings, unlinked_custody, unlike_boards):
        faults += whole(look)
    return faults


class Look:
    """The tables as DuckDB sees them, without copying."""

    def __init__(self, tables: CaseTables) -> None:
        self.tables = tables
        self.connection = duckdb.connect(":memory:")
        for name, table in tables.items():
            self.connection.register(name, table)

    def faults(
        self,
        rule: str,
        declared: type[Table],
        column: str | None,
        message: str,
        severity: str,
        sql: str,
        *values: Any,
    ) -> Iterator[Fault]:
        """A fault for each row of ``sql``, which gives the key of a row of the table and then what the
        message mentions as {0}, {1}, ..."""
        width = len(declared.key)
        # Names come from the declarations, never from data; values are bound.
        for row in sorted(self.connection.execute(sql, list(values)).fetchall(), key=str):
            key = ", ".join(str(part) for part in row[:width])
            yield Fault(rule, declared.name, key, column, message.format(*row[width:]), severity)


def keys(declared: type[Table], row: str = "r") -> str:
    return ", ".join(f"{row}.{column}" for column in declared.key)


def repeated_keys(look: Look, declared: type[Table]) -> Iterator[Fault]:
    sql = f"SELECT {keys(declared)}, count(*) FROM {declared.name} r GROUP BY ALL HAVING count(*) > 1"  # noqa: S608
    message = "{0} rows have this key. Keep one"
    return look.faults("KEY-1", declared, declared.key[0], message, ERROR, sql)


def references(look: Look, declared: type[Table]) -> Iterator[Fault]:
    for column in declared.columns:
        if column.refers_to is None:
            continue
        other = BY_NAME[column.refers_to]
        if other.name not in look.tables:
            if look.tables[declared.name][column.name].null_count < len(look.tables[declared.name]):
                message = f"Rows refer to the table {other.name}, which was not supplied"
                yield Fault("REF-3", declared.name, None, column.name, message, WARNING)
            continue
        joined = f"FROM {declared.name} r LEFT JOIN {other.name} o ON o.{other.key[0]} = r.{column.name}"
        yield from look.faults(
            "REF-1",
            declared,
            column.name,
            f"There is no {other.name} {{0}}",
            ERROR,
            f"SELECT {keys(declared)}, r.{column.name} {joined} "
            f"WHERE r.{column.name} IS NOT NULL AND o.{other.key[0]} IS NULL",
        )
        if declared.person and other.person:
            yield from look.faults(
                "REF-2",
                declared,
                declared.person,
                f"Says person {{0}}, but its {other.name} {{1}} says person {{2}}",
                ERROR,
                f"SELECT {keys(declared)}, r.{declared.person}, r.{column.name}, o.{other.person} {joined} "
                f"WHERE o.{other.person} <> r.{declared.person}",
            )


def unknown_codes(look: Look, declared: type[Table]) -> Iterator[Fault]:
    for column in declared.columns:
        if column.code_list is None:
            continue
        listed = codes.LISTS[column.code_list]
        written = f"lower(r.{column.name})" if listed.any_case else f"r.{column.name}"
        yield from look.faults(
            "CODE-1",
            declared,
            column.name,
            f"'{{0}}' is not a code of the list {listed.name}. Use one of its codes or leave it empty"
            if column.nullable
            else f"'{{0}}' is not a code of the list {listed.name}. Use one of its codes",
            ERROR,
            f"SELECT {keys(declared)}, r.{column.name} FROM {declared.name} r "  # noqa: S608
            f"WHERE r.{column.name} IS NOT NULL AND NOT list_contains(?, {written})",
            sorted(listed.codes),
        )


def check(look: Look, declared: type[Table], rule: Any, as_of: date | None) -> Iterator[Fault]:
    match rule:
        case Present(id, column, why, severity, when):
            also = f" AND r.{when} IS NOT NULL" if when else ""
            sql = f"SELECT {keys(declared)} FROM {declared.name} r WHERE r.{column} IS NULL{also}"  # noqa: S608
            yield from look.faults(id, declared, column, f"Not recorded. Record it: {why}", severity, sql)
        case Between(id, column, least, most, severity):
            sql = (
                f"SELECT {keys(declared)}, r.{column} FROM {declared.name} r "  # noqa: S608
                f"WHERE r.{column} NOT BETWEEN ? AND ?"
            )
            message = f"{{0}} is not from {least:,} to {most:,}"
            yield from look.faults(id, declared, column, message, severity, sql, least, most)
        case AnyOf(id, columns, severity):
            sql = f"SELECT {keys(declared)} FROM {declared.name} r WHERE coalesce(r.{', r.'.join(columns)}) IS NULL"  # noqa: S608
            message = f"Says nothing. Record one of {', '.join(columns)}"
            yield from look.faults(id, declared, columns[0], message, severity, sql)
        case NotBoth(id, column, other, severity):
            sql = (
                f"SELECT {keys(declared)}, r.{column}, r.{other} FROM {declared.name} r "  # noqa: S608
                f"WHERE r.{column} IS NOT NULL AND r.{other} IS NOT NULL"
            )
            message = f"{{0}} and {other} {{1}} exclude each other. Correct whichever is wrong"
            yield from look.faults(id, declared, column, message, severity, sql)
        case NotMore(id, column, limit, severity):
            sql = f"SELECT {keys(declared)}, r.{column}, r.{limit} FROM {declared.name} r WHERE r.{column} > r.{limit}"  # noqa: S608
            message = f"{{0:g}} is more than {limit} {{1:g}}. Check both"
            yield from look.faults(id, declared, column, message, severity, sql)
        case NotAfterAsOf(id, column, severity) if as_of is not None:
            sql = f"SELECT {keys(declared)}, r.{column} FROM {declared.name} r WHERE r.{column} > ?"  # noqa: S608
            message = f"{{0}} is after {as_of}, the day the tables speak of"
            yield from look.faults(id, declared, column, message, severity, sql, as_of)
        case NotBefore(id, later, earlier, severity):
            yield from dates_out_of_order(look, declared, id, later, earlier, severity)


def dates_out_of_order(
    look: Look, declared: type[Table], id: str, later: str, earlier: str, severity: str
) -> Iterator[Fault]:
    joined, limit = f"{declared.name} r", f"r.{earlier}"
    if "." in earlier:
        table, column = earlier.split(".")
        if table not in look.tables:
            return
        # The first that refers to it: an appeal names the new outcome after the one appealed.
        own = next(each.name for each in declared.columns if each.refers_to == table)
        joined, limit = f"{joined} JOIN {table} o ON o.{BY_NAME[table].key[0]} = r.{own}", f"o.{column}"
    sql = f"SELECT {keys(declared)}, r.{later}, {limit} FROM {joined} WHERE r.{later} < {limit}"  # noqa: S608
    message = f"{{0}} is before {earlier.replace('.', ' ')} {{1}}. Correct whichever is wrong"
    yield from look.faults(id, declared, later, message, severity, sql)


def unknown_services(look: Look) -> Iterator[Fault]:
    if "service" not in look.tables:
        return
    for name in ("child", "population", "board_attendance"):
        if name in look.tables:
            sql = f"SELECT {keys(BY_NAME[name])}, r.service FROM {name} r ANTI JOIN service s USING (service)"  # noqa: S608
            message = "There is no service '{0}' in the table of services"
            yield from look.faults("SRV-1", BY_NAME[name], "service", message, ERROR, sql)


def unmapped(look: Look) -> Iterator[Fault]:
    if {"offence_legal_outcome", "legal_outcome"} <= set(look.tables):
        yield from look.faults(
            "OUT-8",
            BY_NAME["offence_legal_outcome"],
            "legal_outcome",
            "What '{0}' counts as on {1} is not in the table legal_outcome, so it is in no figure. Add it",
            ERROR,
            "SELECT r.outcome_id, r.legal_outcome, r.outcome_date FROM offence_legal_outcome r "
            "ANTI JOIN legal_outcome m ON m.legal_outcome = r.legal_outcome "
            "AND r.outcome_date BETWEEN m.valid_from AND coalesce(m.valid_to, DATE '9999-12-31')",
        )
    if {"intervention_programme", "disposal_type"} <= set(look.tables):
        yield from look.faults(
            "PRG-3",
            BY_NAME["intervention_programme"],
            "disposal_type",
            "The kind of programme that '{0}' is stands in no row of disposal_type. Add it",
            ERROR,
            "SELECT r.programme_id, r.disposal_type FROM intervention_programme r "
            "ANTI JOIN disposal_type d USING (disposal_type)",
        )


def overlapping_mappings(look: Look) -> Iterator[Fault]:
    if "legal_outcome" in look.tables:
        yield from look.faults(
            "MAP-2",
            BY_NAME["legal_outcome"],
            "valid_to",
            "Another row of the same outcome starts on {0}, while this one still holds. End this one before",
            ERROR,
            "SELECT r.legal_outcome, r.valid_from, o.valid_from FROM legal_outcome r JOIN legal_outcome o "
            "ON o.legal_outcome = r.legal_outcome AND o.valid_from > r.valid_from "
            "AND o.valid_from <= coalesce(r.valid_to, DATE '9999-12-31')",
        )


def unlinked_custody(look: Look) -> Iterator[Fault]:
    """A custodial programme that answers to no offence: its end cannot be seen as a release (REOFF-3)."""
    if {"intervention_programme", "disposal_type", "link_offence_intervention_programme"} <= set(look.tables):
        yield from look.faults(
            "PRG-4",
            BY_NAME["intervention_programme"],
            "programme_id",
            "Custody linked to no offence, so its end is not counted as a release. Link it to its offences",
            WARNING,
            "SELECT r.programme_id FROM intervention_programme r JOIN disposal_type d USING (disposal_type) "
            "ANTI JOIN link_offence_intervention_programme l ON l.programme_id = r.programme_id "
            "WHERE d.kind = 'custody'",
        )


def unlike_boards(look: Look) -> Iterator[Fault]:
    """What the rows of one board's meeting have to say together, because each of them says it of its sector."""
    if "board_attendance" not in look.tables:
        return
    declared = BY_NAME["board_attendance"]
    sectors = ", ".join(f"('{code}')" for code in codes.STATUTORY_SECTORS)
    yield from look.faults(
        "BRD-2",
        declared,
        "sector",
        "The meeting has no row for this statutory sector, so the sector is missing from what is counted. Add it",
        ERROR,
        f"SELECT DISTINCT r.service, r.meeting_id, s.sector FROM board_attendance r, (VALUES {sectors}) s (sector) "  # noqa: S608
        "ANTI JOIN board_attendance o ON (o.service, o.meeting_id, o.sector) = (r.service, r.meeting_id, s.sector)",
    )
    yield from look.faults(
        "BRD-3",
        declared,
        "meeting_date",
        "Another row of this meeting says another day, or another word on whether it was held. Make them one",
        ERROR,
        f"SELECT {keys(declared)} FROM board_attendance r JOIN board_attendance o USING (service, meeting_id) "  # noqa: S608
        "WHERE o.sector < r.sector AND (o.meeting_date, o.held) <> (r.meeting_date, r.held) GROUP BY ALL",
    )
    somebody = "(r.senior_attended OR r.delegate_attended)"
    yield from look.faults(
        "BRD-4",
        declared,
        "new_partner",
        "A new partner is said to have come, and nobody came. Correct whichever is wrong",
        WARNING,
        f"SELECT {keys(declared)} FROM board_attendance r WHERE r.new_partner AND NOT {somebody}",  # noqa: S608
    )
    yield from look.faults(
        "BRD-5",
        declared,
        "held",
        "Somebody is said to have come to a meeting that was not held. Correct whichever is wrong",
        WARNING,
        f"SELECT {keys(declared)} FROM board_attendance r WHERE NOT r.held AND {somebody}",  # noqa: S608
    )
