"""Where the totals of services and the total of the nation come from, row by row and in words.

A measure looks at everything that was recorded of a person and then says which service the counted unit belongs to.
So the services add up to the nation, but for units that belong to none; and a service that computed from its own
rows alone would count more, because it cannot see what came first elsewhere. Each such row is explained here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.country_held import Differs, Held, lives_of, rows_of
from openyj.measures import OF_CHILDREN, Measure, Workbench
from openyj.measures.references.reoffending import reoffences
from openyj.tables import BY_NAME, CaseTables, codes

Row = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """What a measure counts once (``unit``), and the rules that drop or hide a unit after it was chosen."""

    unit: tuple[str, ...]
    after: frozenset[str]


ACCOUNTS = {
    "first-time-entrants": Account(("person",), frozenset({"FTE-6"})),
    "custody": Account(("person", "date"), frozenset()),
    "reoffending": Account(("person", "quarter"), frozenset({"REOFF-6"})),
}


def account_of(name: str) -> Account:
    if name not in ACCOUNTS:
        raise Differs(f"What {name} counts once is not written in ACCOUNTS, so its services cannot be accounted for")
    return ACCOUNTS[name]


# --- services and nation -----------------------------------------------------------------------------


def added_up(held: Held, alone: int = 8) -> Iterator[str]:
    """The services added up; and some of them measured each by itself, with all rows of all persons it knows."""
    services = held.tables["service"]["service"].to_pylist()
    for name, cohort in held.cohorts.items():
        account_of(name)
        by_service = Counter(cohort["service"].to_pylist())
        nobodys = cohort.filter(pc.is_null(cohort["service"])).to_pylist()
        wrong = [row for row in nobodys if name != "reoffending" or row["residence"] != codes.OTHER]
        unknown = set(by_service) - set(services) - {None}
        if wrong or unknown:
            raise Differs(f"{name}: rows that belong to no service without a reason: {wrong[:3]} {unknown}")
        none = f" + {len(nobodys):,} in none, whose children lived elsewhere (OTHER)" if nobodys else ""
        yield (
            f"{name}: {len(cohort):,} in the nation = {len(cohort) - len(nobodys):,} in {len(services)} services{none}"
        )
    chosen = some_services(held, alone)
    for service in chosen:
        persons = held.query("SELECT DISTINCT person FROM child WHERE service = $service", {"service": service})
        bench = Workbench(held.tables.of_persons(person for (person,) in persons))
        for name, measure in OF_CHILDREN.items():
            own, nations = (
                cohort.filter(pc.equal(cohort["service"], service))
                for cohort in (rows_of(measure, bench, held.as_of), held.cohorts[name])
            )
            if not own.equals(nations):
                raise Differs(f"{name}: {service} by itself has {len(own)} rows, in the nation {len(nations)}")
    yield f"each of {len(chosen)} services measured by itself has the rows the nation gives it"


def some_services(held: Held, number: int) -> list[str]:
    """The largest and smallest, those that are late, and others."""
    sizes = [service for (service,) in held.query("SELECT service FROM child GROUP BY ALL ORDER BY count(*) DESC, 1")]
    late = held.returns["service"].to_pylist()[:2]
    return list(dict.fromkeys([sizes[0], sizes[-1], *late, *sizes[1 :: max(len(sizes) // number, 1)], *sizes]))[:number]


# --- a service that sees only its own rows -----------------------------------------------------------


def apart(tables: CaseTables) -> tuple[CaseTables, dict[int, int]]:
    """The same rows with a person for each service that knows them, and the person each of these is.

    By the law of the split its cohort is that of every service computing from its own rows alone."""
    child = tables["child"]
    service = child["service"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    keys, number = np.unique(child["person"].to_numpy() * (service.max() + 1) + service, return_inverse=True)
    number += 1
    of_child = np.zeros(pc.max(child["child_id"]).as_py() + 1, dtype=np.int64)
    of_child[child["child_id"].to_numpy()] = number
    offence = tables["offence"]
    of_offence = np.zeros((pc.max(offence["offence_id"]).as_py() or 0) + 1, dtype=np.int64)
    of_offence[offence["offence_id"].to_numpy()] = of_child[offence["child_id"].to_numpy()]
    changed = {}
    for name, table in tables.items():
        if not BY_NAME[name].person:
            continue
        column = "child_id" if "child_id" in table.column_names else "offence_id"
        person = (of_child if column == "child_id" else of_offence)[table[column].to_numpy()]
        changed[name] = put(table, "person", pa.array(person))
    # Records are linked already; by their ids they would be linked across services again.
    nobody = pa.nulls(len(child), pa.string())
    changed["child"] = put(changed["child"], "originating_yot_person_id", nobody)
    return tables.replacing(changed), dict(enumerate((keys // (service.max() + 1)).tolist(), 1))


def put(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    position = table.column_names.index(name)
    return table.set_column(position, table.schema.field(position), values)


def known_only_to_one(held: Held) -> Iterator[str]:
    """What every service would count from its own rows, less what the nation counts: each row with its reason."""
    tables, person_of = apart(held.tables)
    bench = Workbench(tables)
    for name, measure in OF_CHILDREN.items():
        own = rows_of(measure, bench, held.as_of).to_pylist()
        for row in own:
            row["person"] = person_of[row["person"]]
        nation = [row for row in held.cohorts[name].to_pylist() if row["service"] is not None]
        yield from explained(held, measure, [row for row in own if row["service"] is not None], nation)


def explained(held: Held, measure: Measure, own: list[Row], nation: list[Row]) -> Iterator[str]:
    account = account_of(measure.name)
    counted = {key_of(row): row for row in nation}
    seen = {key_of(row): row for row in own}
    lost = [row for key, row in counted.items() if key not in seen]
    if lost:
        raise Differs(f"{measure.name}: the nation counts what no service sees in its own rows: {lost[:3]}")
    chosen = {unit_of(account, row): row for row in before_dropping(held, measure, account)}
    recorded_by = dict(held.query("SELECT child_id, service FROM child"))
    why: Counter[str] = Counter()
    for key, row in seen.items():
        if key in counted:
            continue
        instead = chosen[unit_of(account, row)]
        if instead["date"] > row["date"] or recorded_by[instead["child_id"]] == row["service"]:
            raise Differs(f"{measure.name}: nothing explains why {row} is not counted; chosen was {instead}")
        why[reason(measure.name, instead)] += 1
    yield (
        f"{measure.name}: services from their own rows {len(own):,} = nation {len(nation):,} + {sum(why.values()):,} "
        "that a service counts for want of knowing better"
    )
    for words, number in why.most_common():
        yield f"  {number:,}: {words}"
    if measure.name == "reoffending":
        yield from reoffences_elsewhere(held, counted, seen)


def key_of(row: Row) -> tuple[Any, ...]:
    return (row["person"], row["outcome_id"], row["date"])


def unit_of(account: Account, row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in account.unit)


def before_dropping(held: Held, measure: Measure, account: Account) -> list[Row]:
    """The unit chosen for each person of the nation, before the rules that come after the choice."""
    whole = replace(measure, cohort=partial(measure.cohort, without=account.after))
    return rows_of(whole, Workbench(held.tables), held.as_of).to_pylist()


def reason(name: str, chosen: Row) -> str:
    """Why a service's row is not counted, in words, from what the nation chose for the unit on another's record."""
    if name == "custody":
        return "another service counts the sentence of that day"
    elsewhere = chosen["residence"] == codes.OTHER
    if name == "first-time-entrants":
        return (
            "the first outcome was earlier and elsewhere, as OTHER: nobody's first time entrant"
            if elsewhere
            else "the first outcome was at another service, which counts the child"
        )
    if not 10 <= chosen["age"] <= 17:
        return "the quarter's first event, which another service knows, was at another age than 10 to 17"
    return (
        "the quarter's first event was elsewhere, as OTHER: in no service's cohort"
        if elsewhere
        else "the quarter's first event was at another service, which has the child in its cohort"
    )


def reoffences_elsewhere(held: Held, counted: dict[tuple, Row], seen: dict[tuple, Row]) -> Iterator[str]:
    """Where a service's own rows show fewer reoffences: each that is missing stands on another service's record."""
    fewer = [row for key, row in counted.items() if seen[key]["reoffences"] != row["reoffences"]]
    lives = lives_of(held, sorted({row["person"] for row in fewer}))
    missing = 0
    for row in fewer:
        life = lives[row["person"]]
        service = {child["child_id"]: child["service"] for child in life.all("child")}
        elsewhere = {
            offence["offence_id"] for offence in life.all("offence") if service[offence["child_id"]] != row["service"]
        }
        known = reoffences(life, row["date"], held.as_of) - elsewhere
        own = seen[key_of(row)]["reoffences"]
        if len(known) != own:
            raise Differs(f"reoffending: {row} has {len(known)} reoffences on its own service's records, found {own}")
        missing += row["reoffences"] - own
    yield (
        f"  {len(fewer):,} children of the cohorts have fewer reoffences in their service's own rows: "
        f"{missing:,} stand on another service's record"
    )


# --- children nothing links --------------------------------------------------------------------------


def nobody_in_common(held: Held) -> Iterator[str]:
    """What would be counted if it were known who is who: every row that differs is of a child nothing links."""
    truth = dict(held.query("SELECT child_id, true_person FROM planted"))
    child = held.tables["child"]
    true_of: dict[int, int] = {}
    for person, child_id in zip(child["person"].to_pylist(), child["child_id"].to_pylist(), strict=True):
        if true_of.setdefault(person, truth[child_id]) != truth[child_id]:
            raise Differs(f"Person {person} was linked from two children: {true_of[person]} and {truth[child_id]}")
    unlinked = {person for (person,) in held.query("SELECT true_person FROM planted WHERE found = 'not found'")}
    old = pa.array(list(true_of), pa.int64())
    new = pa.array(list(true_of.values()), pa.int64())
    renamed = {
        name: put(table, "person", pc.take(new, pc.index_in(table["person"], old)))
        for name, table in held.tables.items()
        if BY_NAME[name].person
    }
    bench = Workbench(held.tables.replacing(renamed))
    for name, measure in OF_CHILDREN.items():
        known = rows_of(measure, bench, held.as_of)
        cohort = held.cohorts[name]
        found = put(cohort, "person", pc.take(new, pc.index_in(cohort["person"], old)))
        left, right = ({tuple(row.items()) for row in table.to_pylist()} for table in (found, known))
        strangers = [row for row in left ^ right if dict(row)["person"] not in unlinked]
        if strangers:
            raise Differs(f"{name}: rows differ of children whose records are linked: {strangers[:3]}")
        yield (
            f"{name}: {len(found):,} counted, {len(known):,} if it were known who is who; "
            f"the {len(left ^ right):,} rows that differ are of children with a record that nothing links"
        )
