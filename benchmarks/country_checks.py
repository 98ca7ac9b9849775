"""Whether the measures are right at the size of the country: what is compared, and that nothing differs.

    PYTHONPATH=src:. python -m benchmarks.country_checks --data COUNTRY

COUNTRY is what ``openyj demo-data --services 157 --years 10 --out COUNTRY`` wrote. Every check compares rows, not
totals, and stops with the rows that differ. ``country_accounts`` says why services do not add up to the nation.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.country_accounts import added_up, known_only_to_one, nobody_in_common
from benchmarks.country_held import Differs, Held, in_order, lives_of, rows_of
from openyj.invented.country_parameters import CAUTIONED_OR_SENTENCED, CUSTODIAL_SENTENCES, FIRST_TIME_ENTRANTS
from openyj.measures import OF_CHILDREN, Workbench
from openyj.measures.references.life import Life

SHOWN = 5
LATELY = 180  # days before a late service's last day


def must_be_equal(what: str, found: pa.Table, expected: pa.Table) -> int:
    """The number of rows compared. Raises Differs showing rows that are on one side only."""
    if not found.equals(expected):
        left, right = ({tuple(row.items()) for row in table.to_pylist()} for table in (found, expected))
        raise Differs(
            f"{what}: {len(found)} rows found, {len(expected)} expected. Only found: {list(left - right)[:SHOWN]}. "
            f"Only expected: {list(right - left)[:SHOWN]}"
        )
    return len(expected)


# --- the law of the split ----------------------------------------------------------------------------


def by_hash(persons: np.ndarray, parts: int) -> np.ndarray:
    """A part for each person that has nothing to do with when or where they were recorded."""
    return ((persons.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)).astype(np.int64) % parts


def by_range(persons: np.ndarray, parts: int) -> np.ndarray:
    """Persons one after another, about as many in each part. ``persons`` are in order."""
    return np.arange(len(persons)) * parts // len(persons)


def split_by_person(held: Held, parts: int) -> Iterator[str]:
    """cohort(all) = union of cohort(each part): every column of every row, for every measure."""
    persons = np.array(held.tables.persons())
    for words, split in (("a hash of the person", by_hash), ("ranges of persons", by_range)):
        part = split(persons, parts)
        found: dict[str, list[pa.Table]] = {name: [] for name in OF_CHILDREN}
        for number in range(parts):
            bench = Workbench(held.tables.of_persons(persons[part == number].tolist()))
            for name, measure in OF_CHILDREN.items():
                found[name].append(rows_of(measure, bench, held.as_of))
        for name, tables in found.items():
            what = f"{name} in {parts} parts by {words}"
            rows = must_be_equal(what, in_order(pa.concat_tables(tables)), held.cohorts[name])
            yield f"{what}: the union is the whole, {rows:,} rows"


# --- the plain-Python reference ----------------------------------------------------------------------


def sample(held: Held, number: int, seed: int) -> dict[str, list[int]]:
    """Persons of each kind that is easily counted wrong, about as many of each, and anybody; nobody twice."""
    rng = np.random.default_rng(seed)
    planted = "SELECT DISTINCT c.person FROM planted p JOIN child c USING (child_id) WHERE p."
    # The rarest first, while there are enough of them to choose from.
    kinds = {
        "a record nothing links": planted + "found = 'not found'",
        "of a late service, lately": (
            "SELECT DISTINCT c.person FROM child c JOIN returns r USING (service) "
            "JOIN offence_legal_outcome o USING (child_id) "
            f"WHERE o.outcome_date > r.returned_until - INTERVAL {LATELY} DAY"
        ),
        "in custody": (
            "SELECT DISTINCT p.person FROM intervention_programme p JOIN disposal_type d USING (disposal_type) "
            "WHERE d.kind = 'custody'"
        ),
        "recorded twice": planted + "kind = 'recorded twice'",
        "seen in another court": planted + "kind = 'other court'",
        "moved": planted + "kind = 'moved'",
        "anybody": "SELECT DISTINCT person FROM child",
    }
    taken: set[int] = set()
    chosen = {}
    for left, (words, sql) in zip(range(len(kinds), 0, -1), kinds.items(), strict=True):
        of = [person for (person,) in held.query(f"{sql} ORDER BY 1") if person not in taken]
        each = min(len(of), (number - len(taken)) // left)
        chosen[words] = sorted(rng.choice(of, each, replace=False).tolist()) if each else []
        taken |= set(chosen[words])
    return chosen


def agree_with_reference(held: Held, number: int, seed: int) -> Iterator[str]:
    """The cohort of the whole country, for the sampled persons, is what the plain reference counts of each life."""
    chosen = sample(held, number, seed)
    yield f"{sum(map(len, chosen.values())):,} persons: " + ", ".join(
        f"{len(p)} {words}" for words, p in chosen.items()
    )
    lives = lives_of(held, [person for persons in chosen.values() for person in persons])
    for name in OF_CHILDREN:
        counted: Callable[[Life, date], list[dict[str, Any]]] = import_module(
            f"openyj.measures.references.{name.replace('-', '_')}"
        ).counted
        cohort = held.cohorts[name]
        expected = [row for life in lives.values() for row in counted(life, held.as_of)]
        reference = in_order(pa.Table.from_pylist(expected, schema=cohort.schema))
        rows = must_be_equal(f"{name} beside the reference", held.of_persons(cohort, list(lives)), reference)
        yield f"{name}: the reference counts the same {rows:,} rows"


# --- the published totals ----------------------------------------------------------------------------

CAUTIONED = """
    SELECT count(DISTINCT o.person) FROM offence_legal_outcome o JOIN child c USING (child_id)
    JOIN legal_outcome m ON m.legal_outcome = o.legal_outcome AND m.outcome_group <> 'Diversion'
    WHERE NOT c.deleted AND coalesce(o.residence_on_legal_outcome_date, '') <> 'OTHER'
    AND coalesce(o.outcome_appeal_status, '') NOT IN ('Changed on appeal', 'Result of appeal successful')
    AND o.outcome_date > $end - INTERVAL 1 YEAR AND o.outcome_date <= $end
"""
MEASURED = "SELECT count(*) FROM {} WHERE date > $end - INTERVAL 1 YEAR AND date <= $end"


def beside_published(held: Held, times: float, begins: date) -> Iterator[tuple[str, date, int, int]]:
    """What is counted of each published year that lies within the window, beside the published figure.

    ``times`` is how many times the children of England and Wales the country has."""
    held.connection.register("entrants", held.cohorts["first-time-entrants"])
    held.connection.register("sentences", held.cohorts["custody"])
    for what, published, sql in (
        ("first time entrants", FIRST_TIME_ENTRANTS, MEASURED.format("entrants")),
        ("cautioned or sentenced", CAUTIONED_OR_SENTENCED, CAUTIONED),
        ("custodial sentences", CUSTODIAL_SENTENCES, MEASURED.format("sentences")),
    ):
        for end, number, _ in published.value:
            if end.replace(year=end.year - 1) >= begins:
                ((counted,),) = held.query(sql, {"end": end})
                yield what, end, counted, round(number * times)


# --- the command -------------------------------------------------------------------------------------


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, type=Path, metavar="COUNTRY")
    options.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 9, 30))
    options.add_argument("--years", type=int, default=10, help="the years of the window")
    options.add_argument("--size", type=float, default=1, help="times the children of England and Wales")
    options.add_argument("--parts", type=int, default=7)
    options.add_argument("--sample", type=int, default=1000, help="persons the plain reference counts")
    options.add_argument("--alone", type=int, default=8, help="services measured each by itself")
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    held = Held.read(args.data, args.as_of)
    print(f"{args.data}: " + ", ".join(f"{len(table):,} {name}" for name, table in held.tables.items()))
    checks: dict[str, Callable[[], Iterator[str]]] = {
        "Split by person": lambda: split_by_person(held, args.parts),
        "Plain reference": lambda: agree_with_reference(held, args.sample, args.seed),
        "Services and nation": lambda: added_up(held, args.alone),
        "A service that sees only its own rows": lambda: known_only_to_one(held),
        "Children nothing links": lambda: nobody_in_common(held),
    }
    for words, check in checks.items():
        since = time.perf_counter()
        print(f"\n{words}")
        try:
            for line in check():
                print(f"  {line}")
        except Differs as reason:
            print(f"  DIFFERS: {reason}")
            return 1
        print(f"  ({time.perf_counter() - since:.1f} seconds)")
    begins = held.as_of.replace(year=held.as_of.year - args.years)
    print("\n| twelve months to | | counted | published | difference |\n| --- | --- | --- | --- | --- |")
    for what, end, counted, number in beside_published(held, args.size, begins):
        print(f"| {end} | {what} | {counted:,} | {number:,} | {100 * (counted / number - 1):+.1f}% |")
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
