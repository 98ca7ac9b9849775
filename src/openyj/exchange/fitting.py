"""What case-level tables may say and this record cannot hold: asked before a row is written, answered row by row.

The tables' own rules (`openyj.tables.validate`) ask whether rows can be true. These ask whether they fit here: whether
what they refer to is known, nothing is here already, and no constraint of the record refuses them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Model

from openyj.accounts.models import Locality, Service
from openyj.casework.models import Offence, Transfer
from openyj.people.models import Child
from openyj.reference.models import DisposalType, LegalOutcome, Population
from openyj.tables import CaseTables, Fault
from openyj.tables.contents import BY_NAME

# Text of the tables by the field of the record that it becomes.
TEXTS: list[tuple[str, str, type[Model], str]] = [
    ("service", "service", Service, "code"),
    ("service", "name", Service, "name"),
    ("service", "region", Service, "region"),
    ("population", "source", Population, "source"),
    ("child", "locality", Locality, "name"),
    ("child", "current_yot_id", Child, "number"),
    ("child", "originating_yot_person_id", Child, "originating_number"),
    ("transfer", "description", Transfer, "description"),
    ("offence", "cjs_code", Offence, "cjs_code"),
]
FIRST_AND_LAST = ("valid_from", "valid_to")
MOST_SMALL = 32_767  # PostgreSQL's smallint


def misfits(tables: CaseTables) -> list[Fault]:
    """Every row that this record cannot hold, and why. Read with every service in scope."""
    faults = list(not_supplied(tables))
    if faults:
        return faults
    for part in (
        unknown_services, unknown_outcomes, unknown_programmes, taken_numbers, two_main_addresses,
        arrests_before_offences, odd_populations, texts_too_long,
    ):  # fmt: skip
        faults += part(tables)
    return faults


def number_of(row: Mapping[str, Any]) -> str:
    """The service's number of a child; one that has none keeps its number in the tables."""
    return row["current_yot_id"] or str(row["child_id"])


def rows(tables: CaseTables, name: str) -> list[dict[str, Any]]:
    return tables[name].to_pylist() if name in tables else []


def fault(rule: str, table: str, row: Mapping[str, Any] | None, column: str | None, message: str) -> Fault:
    key = ", ".join(str(row[part]) for part in BY_NAME[table].key) if row else None
    return Fault(rule, table, key, column, message)


def not_supplied(tables: CaseTables) -> Iterator[Fault]:
    """A row cannot be loaded without the row it refers to."""
    for name, table in tables.items():
        for column in BY_NAME[name].columns:
            wanted = column.refers_to
            if wanted and wanted not in tables and table[column.name].null_count < len(table):
                message = f"Rows refer to the table {wanted}, which was not supplied. Put it into the folder"
                yield fault("LOAD-1", name, None, column.name, message)


def unknown_services(tables: CaseTables) -> Iterator[Fault]:
    known = set(Service.objects.values_list("code", flat=True)) | {r["service"] for r in rows(tables, "service")}
    for name in ("child", "population"):
        for row in rows(tables, name):
            if row["service"] not in known:
                message = f"There is no service '{row['service']}' here, nor in a table of services. Add it to one"
                yield fault("LOAD-2", name, row, "service", message)


def unknown_outcomes(tables: CaseTables) -> Iterator[Fault]:
    known = {code: (first, last) for code, first, last in LegalOutcome.objects.values_list("code", *FIRST_AND_LAST)}
    for row in rows(tables, "offence_legal_outcome"):
        code, day = row["legal_outcome"], row["outcome_date"]
        first, last = known.get(code, (None, None))
        message = ""
        if first is None:
            message = f"This site has no legal outcome '{code}'. Let an administrator add it"
        elif day < first or (last and day > last):
            until = f" to {last}" if last else ""
            message = f"'{code}' could be given from {first}{until}, not on {day}. Correct the date or the outcome"
        if message:
            yield fault("LOAD-3", "offence_legal_outcome", row, "legal_outcome", message)


def unknown_programmes(tables: CaseTables) -> Iterator[Fault]:
    known = set(DisposalType.objects.values_list("code", flat=True))
    for row in rows(tables, "intervention_programme"):
        if row["disposal_type"] not in known:
            message = f"This site has no kind of programme '{row['disposal_type']}'. Use one it has"
            yield fault("LOAD-4", "intervention_programme", row, "disposal_type", message)


def taken_numbers(tables: CaseTables) -> Iterator[Fault]:
    """A child is here already when its service has a child of that number: a folder loaded twice adds nobody twice."""
    services = {row["service"] for row in rows(tables, "child")}
    here = set(Child.objects.filter(service__code__in=services).values_list("service__code", "number"))
    seen: dict[tuple[str, str], int] = {}
    for row in rows(tables, "child"):
        own = (row["service"], number_of(row))
        if own in here:
            message = (
                f"Service '{own[0]}' has a child numbered '{own[1]}' already. If this folder was loaded before, there "
                "is nothing to do; if it is another child, give it another number"
            )
            yield fault("LOAD-5", "child", row, "current_yot_id", message)
        elif own in seen:
            message = f"Child {seen[own]} of service '{own[0]}' has the number '{own[1]}' too. Give one another number"
            yield fault("LOAD-6", "child", row, "current_yot_id", message)
        seen.setdefault(own, row["child_id"])


def two_main_addresses(tables: CaseTables) -> Iterator[Fault]:
    """The record holds one main address at a time; one may begin on the day the other ends."""
    of_child: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(tables, "residence"):
        # Left on the day it began holds no day, and so overlaps none.
        if row["primary_residence"] and row["end_date"] != row["start_date"]:
            of_child[row["child_id"]].append(row)
    for found in of_child.values():
        found.sort(key=lambda row: (row["start_date"], row["residence_id"]))
        last = found[0]
        for row in found[1:]:
            if row["start_date"] < (last["end_date"] or date.max):
                message = (
                    f"Residence {last['residence_id']} is the main one on {row['start_date']} too. End one before, or "
                    "say of one that it is not the main one"
                )
                yield fault("LOAD-7", "residence", row, "start_date", message)
            last = max(last, row, key=lambda each: each["end_date"] or date.max)


def arrests_before_offences(tables: CaseTables) -> Iterator[Fault]:
    for row in rows(tables, "offence"):
        if row["arrest_date"] and row["offence_date"] and row["arrest_date"] < row["offence_date"]:
            message = f"{row['arrest_date']} is before the offence of {row['offence_date']}. Correct whichever is wrong"
            yield fault("LOAD-8", "offence", row, "arrest_date", message)


def odd_populations(tables: CaseTables) -> Iterator[Fault]:
    for row in rows(tables, "population"):
        if not 0 <= row["year"] <= MOST_SMALL:
            yield fault("LOAD-9", "population", row, "year", f"{row['year']} is no year. Write one like 2024")


def texts_too_long(tables: CaseTables) -> Iterator[Fault]:
    for name, column, model, field_name in TEXTS:
        if name not in tables:
            continue
        field = model._meta.get_field(field_name)
        assert isinstance(field, CharField)
        for row in rows(tables, name):
            if reason := unfit_text(row[column], field.max_length):
                yield fault("LOAD-10", name, row, column, reason)


def unfit_text(text: str | None, longest: int | None) -> str | None:
    """Why the record cannot hold `text`; None where it can."""
    if text is None:
        return None
    if longest is not None and len(text) > longest:
        return f"{len(text)} characters; shorten it to {longest}"
    return "It holds a null byte. Take it out" if "\x00" in text else None
