"""A bulk load of case-level tables into the record: one service or all of them, all of it or nothing, with history,
under the same constraints as a page.

The tables are checked first, by themselves and against this record (`exchange.fitting`); an error refuses the load with
the row and the reason, and so does a child who is here already. Rows get new numbers, in the order of their old ones.
Names and addresses are no part of the tables: they come beside them as `Beside`, or the record says that they were not
supplied.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from openyj.accounts.models import History, Locality, Service, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import CaseWord
from openyj.core import clock
from openyj.exchange import boards, staging
from openyj.exchange.fitting import misfits
from openyj.exchange.numbering import Numbers
from openyj.exchange.shapes import SHAPES, Known, Shape
from openyj.people.models import Person
from openyj.reference.models import DisposalType, LegalOutcome, Population
from openyj.tables import CaseTables, Fault, validate
from openyj.tables.faults import ERROR

AT_ONCE = 4_000  # children whose rows are written together: some 60,000 rows, a few dozen megabytes


class Refused(Exception):
    """The tables hold errors; nothing was loaded. `faults` says which rows and why."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__(f"{len(faults)} error(s) in the tables; nothing was loaded.")
        self.faults = faults


@dataclass(frozen=True)
class Beside:
    """What the record holds beside the tables, each an Arrow table: its first column the number in the case-level
    table (child_id, residence_id, offence_id, police_bail_id), the others columns of the record, such as names of a
    child, lines of an address, words of an offence, conditions of bail. What is missing or null is not supplied."""

    children: pa.Table | None = None
    addresses: pa.Table | None = None
    offences: pa.Table | None = None
    police_bails: pa.Table | None = None

    @classmethod
    def from_rows(cls, **parts: Mapping[int, Mapping[str, Any]]) -> Beside:
        """From plain rows by their number; a column left out of a row is not supplied."""
        made = {}
        for name, rows in parts.items():
            columns = dict.fromkeys(column for row in rows.values() for column in row)
            listed = {column: [row.get(column) for row in rows.values()] for column in columns}
            # A name no column of the record has: a child has a "number" of its own.
            made[name] = pa.table({"its number": pa.array(rows, pa.int64()), **listed})
        return cls(**made)

    def of(self, table: str) -> pa.Table | None:
        """What stands beside a case-level table."""
        return {
            "child": self.children,
            "residence": self.addresses,
            "offence": self.offences,
            "police_bail": self.police_bails,
        }.get(table)


@dataclass
class Loaded:
    """How many rows came into each table, in how many seconds, and which new number each old one got."""

    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, Numbers] = field(default_factory=dict)


def load_tables(
    *,
    tables: CaseTables,
    by: User | None,
    beside: Beside | None = None,
    told: Callable[[int, int], None] = lambda loaded, of: None,
) -> Loaded:
    """Load `tables` into the record as `by` with what comes `beside` them. Services are made where their code is
    new, localities where their name is. `told` hears how many children of how many are written so far.

    Raises Refused before anything is written. One transaction: whatever stops it leaves the record as it was."""
    errors = [fault for fault in validate(tables, as_of=clock.today()) if fault.severity == ERROR]
    with acting(by=by, services=EVERY_SERVICE):
        errors += misfits(tables)
        if errors:
            raise Refused(errors)
        done = Loaded()
        known = references(tables, by)
        if "child" in tables:
            write(tables, beside or Beside(), known, done, told)
        if boards.TABLE in tables:
            begun = time.perf_counter()
            done.rows[boards.TABLE] = boards.write_boards(tables, known.by)
            done.seconds[boards.TABLE] = time.perf_counter() - begun
        return done


def references(tables: CaseTables, by: User | None) -> Known:
    """Services, localities and populations, made where they are new; what an outcome counts as is reference data of
    the site and is not loaded."""
    services = set(Service.objects.values_list("code", flat=True))
    Service.objects.bulk_create(
        Service(
            code=row["service"],
            name=row["name"],
            region=row["region"] or "",
            country=row["country"] or "England",
            invented=row["invented"],
        )
        for row in rows_of(tables, "service")
        if row["service"] not in services
    )
    by_code = dict(Service.objects.values_list("code", "id"))
    populations = set(Population.objects.values_list("of_service_id", "year"))
    Population.objects.bulk_create(
        Population(
            of_service_id=by_code[row["service"]],
            year=row["year"],
            **{name: row[name] for name in ("aged_10_to_17", "source", "invented")},
        )
        for row in rows_of(tables, "population")
        if (by_code[row["service"]], row["year"]) not in populations
    )
    # As a page does, the record takes North and NORTH for one locality; the first in the alphabet gives the name.
    named: dict[tuple[int, str], str] = {}
    if "child" in tables:
        pairs = tables["child"].group_by(["service", "locality"]).aggregate([]).to_pylist()
        for service, name in sorted((by_code[p["service"]], p["locality"]) for p in pairs if p["locality"]):
            named.setdefault((service, name.lower()), name)
    here = {(service, name.lower()) for service, name in Locality.objects.values_list("service_id", "name")}
    Locality.objects.bulk_create(
        Locality(service_id=service, name=name) for (service, lower), name in named.items()
        if (service, lower) not in here
    )  # fmt: skip
    return Known(
        services=by_code,
        localities={(s, n.lower()): pk for pk, s, n in Locality.objects.values_list("id", "service_id", "name")},
        outcomes=dict(LegalOutcome.objects.values_list("code", "id")),
        disposals=dict(DisposalType.objects.values_list("code", "id")),
        requirements=dict(CaseWord.objects.filter(listed="requirement").values_list("code", "id")),
        establishments=dict(CaseWord.objects.filter(listed="establishment").values_list("code", "id")),
        by=by.pk if by else None,
    )


def rows_of(tables: CaseTables, name: str) -> list[dict[str, Any]]:
    return tables[name].to_pylist() if name in tables else []


def write(tables: CaseTables, beside: Beside, known: Known, done: Loaded, told: Callable[[int, int], None]) -> None:
    """Give out numbers, then write child after child, a service's children together, so that a record's rows lie side
    by side in the database. Every reference is checked as its rows are written: nothing piles up until the end."""
    children = tables["child"]
    order = np.lexsort((column(children, "child_id"), column(children, "service").astype(str)))
    place = Numbers(column(children, "child_id")[order], np.arange(len(order)))
    shapes = [shape for shape in SHAPES if shape.table in tables]
    known.child_of_offence = (
        Numbers(column(tables["offence"], "offence_id"), column(tables["offence"], "child_id"))
        if "offence" in tables
        else Numbers.none()
    )
    known.service_of_child = Numbers(column(children, "child_id"), known.service_ids(children["service"]))
    persons = np.unique(column(children, "person"))
    done.numbers["person"] = Numbers(persons, staging.next_numbers(Person, len(persons)))
    staging.insert_persons(done.numbers["person"].new)

    plans = [planned(shape, tables, place, known, done) for shape in shapes]
    common = {"recorded_by_id": known.by, "recorded_at": clock.now()}
    stages: dict[str, staging.Stage] = {}
    with staging.checked_at_once():
        for first in range(0, len(order), AT_ONCE):
            for plan in plans:
                begun, shape, name = time.perf_counter(), plan.shape, plan.shape.table
                chosen = plan.between(first, first + AT_ONCE)
                if len(chosen):
                    part = tables[name].take(pa.array(chosen))
                    made = shape.made(part, plan.new[chosen], known, done.numbers, beside.of(name))
                    first_of_all = name not in stages
                    if first_of_all:
                        stages[name] = staging.Stage(shape.model, made.column_names, common)
                    stages[name].insert(made)
                    if first_of_all:
                        # Else the checks that follow are planned for an empty table, and each reads a whole service.
                        staging.refresh_statistics([shape.model])
                done.rows[name] = done.rows.get(name, 0) + len(chosen)
                done.seconds[name] = done.seconds.get(name, 0.0) + time.perf_counter() - begun
            told(min(first + AT_ONCE, len(order)), len(order))
        staging.refresh_statistics([Person, History, *(shape.model for shape in shapes)])


@dataclass(frozen=True)
class Plan:
    """In which order a table's rows are written: `order` row numbers by the `place` of their child, and by row the new
    number."""

    shape: Shape
    order: np.ndarray
    place: np.ndarray
    new: np.ndarray

    def between(self, first: int, last: int) -> np.ndarray:
        """The rows of the children at these places."""
        start, stop = np.searchsorted(self.place, [first, last])
        return self.order[start:stop]


def planned(shape: Shape, tables: CaseTables, place: Numbers, known: Known, done: Loaded) -> Plan:
    table = tables[shape.table]
    children = column(table, "child_id") if shape.key else known.child_of_offence[column(table, "offence_id")]
    places = place[children]
    keys = column(table, shape.key) if shape.key else np.arange(len(table))
    order = np.lexsort((keys, places))
    fresh = staging.next_numbers(shape.model, len(table))
    if not shape.key:
        new = np.empty(len(table), np.int64)
        new[order] = fresh
        return Plan(shape, order, places[order], new)
    by_key = np.argsort(keys, kind="stable")
    new = np.empty(len(table), np.int64)
    new[by_key] = fresh
    done.numbers[shape.table] = Numbers(keys, new)
    return Plan(shape, order, places[order], new)


def column(table: pa.Table, name: str) -> np.ndarray:
    return table[name].to_numpy()
