"""A bulk load of case-level tables into the record: all of it or nothing, with history, under the same constraints as
a page.

The tables are checked first, by themselves and against this record (`exchange.fitting`); an error refuses the load with
the row and the reason, and so does a child who is here already. Rows get new numbers, in the order of their old ones.
Names and addresses are no part of the tables: they come beside them as `Beside`, or the record says that they were not
supplied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

from openyj.accounts.models import Locality, Service, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import (
    Hearing,
    HearingOffence,
    Offence,
    Outcome,
    Programme,
    ProgrammeOffence,
    Transfer,
)
from openyj.core import clock
from openyj.exchange.fitting import misfits, number_of
from openyj.people.models import Address, Child, Person
from openyj.reference.models import DisposalType, LegalOutcome, Population
from openyj.tables import CaseTables, Fault, validate
from openyj.tables.codes import LISTS
from openyj.tables.faults import ERROR

AT_ONCE = 20_000  # rows in one INSERT
NOT_SUPPLIED = "Not supplied"


class Refused(Exception):
    """The tables hold errors; nothing was loaded. `faults` says which rows and why."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__(f"{len(faults)} error(s) in the tables; nothing was loaded.")
        self.faults = faults


@dataclass(frozen=True)
class Beside:
    """What the record holds beside the tables, as columns of the record: names of a child by child_id, lines of an
    address by residence_id, words of an offence by offence_id. What is missing is said to be not supplied."""

    children: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    addresses: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    offences: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass
class Loaded:
    """How many rows came into each table, and which new number each old one got."""

    rows: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)


def load_tables(*, tables: CaseTables, by: User | None, beside: Beside | None = None) -> Loaded:
    """Load `tables` into the record as `by` with what comes `beside` them. Services are made where their code is
    new, localities where their name is. Raises Refused before anything is written."""
    errors = [fault for fault in validate(tables, as_of=clock.today()) if fault.severity == ERROR]
    with acting(by=by, services=EVERY_SERVICE):
        errors += misfits(tables)
        if errors:
            raise Refused(errors)
        return Load(tables, beside or Beside(), by).run()


class Load:
    """One load: the tables, the numbers given out so far, and one method a table in order of dependency."""

    def __init__(self, tables: CaseTables, beside: Beside, by: User | None):
        self.tables, self.beside, self.by = tables, beside, by
        self.done = Loaded()

    def run(self) -> Loaded:
        self.references()
        self.children()
        self.addresses()
        self.casework()
        return self.done

    def rows(self, name: str) -> list[dict[str, Any]]:
        return self.tables[name].to_pylist() if name in self.tables else []

    def new(self, name: str, old: int | None) -> int | None:
        return None if old is None else self.done.numbers[name][old]

    def add(self, name: str, model: type[Model], key: str | None, rows: list[dict[str, Any]]) -> None:
        """Insert rows of a declared table; `key` names the column of the old number, replaced by a new one."""
        if key:
            rows.sort(key=lambda row: row[key])
        numbers = next_numbers(model, len(rows))
        if key:
            self.done.numbers[name] = {row.pop(key): number for row, number in zip(rows, numbers, strict=True)}
        for row, number in zip(rows, numbers, strict=True):
            row["id"] = number
        insert(model, rows)
        self.done.rows[name] = len(rows)

    def references(self) -> None:
        """Services, localities and populations; the mappings of outcomes are reference data and are not loaded."""
        for row in self.rows("service"):
            Service.objects.get_or_create(
                code=row["service"],
                defaults={
                    "name": row["name"],
                    "region": row["region"] or "",
                    "country": row["country"] or "England",
                    "invented": row["invented"],
                },
            )
        self.services = dict(Service.objects.values_list("code", "id"))
        for row in self.rows("population"):
            Population.objects.get_or_create(
                of_service_id=self.services[row["service"]],
                year=row["year"],
                defaults={k: row[k] for k in ("aged_10_to_17", "source", "invented")},
            )
        for service, name in sorted({(r["service"], r["locality"]) for r in self.rows("child") if r["locality"]}):
            Locality.objects.get_or_create(
                service_id=self.services[service], name__iexact=name, defaults={"name": name}
            )
        # As a page does, the record takes North and NORTH for one locality.
        self.localities = {(s, n.lower()): pk for pk, s, n in Locality.objects.values_list("id", "service_id", "name")}
        self.outcomes = dict(LegalOutcome.objects.values_list("code", "id"))
        self.disposals = dict(DisposalType.objects.values_list("code", "id"))

    def children(self) -> None:
        rows = self.rows("child")
        persons = sorted({row["person"] for row in rows})
        numbers = next_numbers(Person, len(persons))
        insert(Person, [{"id": n, "made_at": clock.now()} for n in numbers])
        self.done.numbers["person"] = dict(zip(persons, numbers, strict=True))
        self.service_of = {row["child_id"]: self.services[row["service"]] for row in rows}
        new = []
        for row in rows:
            service = self.services[row["service"]]
            number = number_of(row)
            new.append(
                {
                    "child_id": row["child_id"],
                    "service_id": service,
                    "person_id": self.done.numbers["person"][row["person"]],
                    "locality_id": self.localities.get((service, (row["locality"] or "").lower())),
                    "number": number,
                    "originating_number": row["originating_yot_person_id"] or "",
                    "given_name": NOT_SUPPLIED,
                    "family_name": number,
                    **dict.fromkeys(("known_as", "how_to_work_with_me", "restricted_reason"), ""),
                    **dict.fromkeys(("worker_id", "team_id")),
                    **{k: row[k] for k in ("date_of_birth", "sex", "ethnicity")},
                    **self.recorded(deleted=row["deleted"]),
                    **self.beside.children.get(row["child_id"], {}),
                }
            )
        self.add("child", Child, "child_id", new)

    def recorded(self, *, deleted: bool = False) -> dict[str, Any]:
        return {
            "version": 1,
            "recorded_at": clock.now(),
            "recorded_by_id": self.by and self.by.pk,
            "in_error_at": clock.now() if deleted else None,
            "in_error_by_id": self.by and self.by.pk if deleted else None,
            "in_error_reason": "Deleted in the data that was loaded" if deleted else "",
        }

    def about(self, child: int) -> dict[str, Any]:
        return {"child_id": self.new("child", child), "service_id": self.service_of[child], **self.recorded()}

    def addresses(self) -> None:
        rows = []
        for row in self.rows("residence"):
            rows.append(
                {
                    "residence_id": row["residence_id"],
                    **self.about(row["child_id"]),
                    **{k: row[k] for k in ("start_date", "end_date", "accommodation_type", "suitability")},
                    "primary": row["primary_residence"],
                    "lines": NOT_SUPPLIED,
                    "postcode": "",
                    **self.beside.addresses.get(row["residence_id"], {}),
                }
            )
        self.add("residence", Address, "residence_id", rows)

    def casework(self) -> None:
        self.simple("transfer", Transfer, ("transfer_date", "description"))
        programmes = [
            {
                "programme_id": row["programme_id"],
                **self.about(row["child_id"]),
                "disposal_type_id": self.disposals[row["disposal_type"]],
                **{k: row[k] for k in ("start_date", "end_date", "successfully_completed")},
            }
            for row in self.rows("intervention_programme")
        ]
        self.add("intervention_programme", Programme, "programme_id", programmes)
        categories = LISTS["yjb_offence_category"].labels()
        offences = [
            {
                "offence_id": row["offence_id"],
                **self.about(row["child_id"]),
                **{k: row[k] for k in ("offence_date", "arrest_date", "cjs_code", "recordable")},
                "category": row["yjb_offence_category"],
                "description": categories.get(row["yjb_offence_category"], "Offence not described"),
                "seriousness_score": row["yjb_seriousness_score"],
                "knife_related": row["knife_related_offence"],
                "programme_breached_id": self.new("intervention_programme", row["programme_breach_id"]),
                **self.beside.offences.get(row["offence_id"], {}),
            }
            for row in self.rows("offence")
        ]
        self.add("offence", Offence, "offence_id", offences)
        self.simple("hearing", Hearing, ("hearing_date", "court_type"), court_name="")
        self.links("link_hearing_offence", HearingOffence, ("hearing", "hearing_id"))
        outcomes = [
            {
                "outcome_id": row["outcome_id"],
                **self.about(row["child_id"]),
                "offence_id": self.new("offence", row["offence_id"]),
                "legal_outcome_id": self.outcomes[row["legal_outcome"]],
                "end_date": row["outcome_end_date"],
                "appeal_status": row["outcome_appeal_status"],
                "residence": row["residence_on_legal_outcome_date"],
                "occasion": row["sentencing_occasion_id"],
                **{k: row[k] for k in ("outcome_date", "main_or_other", "term_months")},
            }
            for row in self.rows("offence_legal_outcome")
        ]
        self.add("offence_legal_outcome", Outcome, "outcome_id", outcomes)
        self.links("link_offence_intervention_programme", ProgrammeOffence, ("intervention_programme", "programme_id"))

    def simple(self, name: str, model: type[Model], columns: tuple[str, ...], **same: Any) -> None:
        """A table whose columns have the same names on both sides."""
        key = f"{name}_id"
        rows = [
            {key: row[key], **self.about(row["child_id"]), **{k: row[k] for k in columns}, **same}
            for row in self.rows(name)
        ]
        self.add(name, model, key, rows)

    def links(self, name: str, model: type[Model], other: tuple[str, str]) -> None:
        child_of = {row["offence_id"]: row["child_id"] for row in self.rows("offence")}
        table, column = other
        rows = [
            {
                column: self.new(table, row[column]),
                "offence_id": self.new("offence", row["offence_id"]),
                **self.about(child_of[row["offence_id"]]),
            }
            for row in self.rows(name)
        ]
        self.add(name, model, None, rows)


def next_numbers(model: type[Model], count: int) -> list[int]:
    """`count` fresh primary keys, rising."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """One INSERT of many rows, a column an array: COPY is refused where row-level security holds, and this is as
    quick. The types are the database's own, read from the model."""
    if not rows:
        return
    fields = {f.column: f for f in model._meta.concrete_fields if f.column in rows[0]}
    columns = ", ".join(f'"{c}"' for c in fields)
    arrays = ", ".join(f"%s::{array_type(f)}[]" for f in fields.values())
    sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT * FROM unnest({arrays})'  # noqa: S608 (no input in it)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            cursor.execute(sql, [[row[c] for row in part] for c in fields])


def array_type(field) -> str:
    """The PostgreSQL type of a column without its length, as an array's member."""
    return (field.target_field if field.is_relation else field).cast_db_type(connection).split("(")[0]
