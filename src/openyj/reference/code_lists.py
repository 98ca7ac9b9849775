"""The open lists: Home Office and CJS offence codes, published rates; and the tables a service must supply itself:
seriousness scores, populations, its family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from openyj.accounts.models import Service
from openyj.reference import files
from openyj.reference.files import Counts, FileRefused, Wrong
from openyj.reference.models import Family, OffenceCode, Population, PublishedRate, SeriousnessScore

HOME_OFFICE = "Home Office offence classification (MoJ hmpps-manage-offences-api, commit daf5d376). OGL v3.0"
CJS = "CJS encouragement offences (MoJ hmpps-manage-offences-api, commit daf5d376). OGL v3.0"
RATES = (
    "Department for Education, Local Authority Interactive Tool (commit 2e30e395), from Youth Justice Statistics. "
    "OGL v3.0"
)
CATEGORY_IS_OURS = " Category: this project's reading (GK), not official"
MISSING = "-"
NO_REGION = "NA"
WHOLE = "England"
PARTS_OF_A_REGION = ("London (Inner)", "London (Outer)")
RATE_KEY = ("measure", "year_type", "year", "area")


def home_office(path: Path) -> list[dict[str, Any]]:
    """Home Office class codes as offence codes; the category of an offence is not in the list and stays empty."""

    def read(cells: dict[str, str]) -> dict[str, Any]:
        code = files.text(cells, "ho_code", 20)
        return {"code": code, "title": files.text(cells, "sub_category_description", 1200), "source": HOME_OFFICE}

    return files.read_table(path, ["ho_code", "sub_category_description"], read, ["code"])


def encouragement(path: Path) -> list[dict[str, Any]]:
    """CJS codes of encouragement offences: the only CJS codes with titles in an open list."""

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return {"code": files.text(cells, "cjs_code", 20), "title": files.text(cells, "title", 1200), "source": CJS}

    return files.read_table(path, ["cjs_code", "title"], read, ["code"])


def published_rates(path: Path) -> list[dict[str, Any]]:
    """Published figures, a row for an area and year. "-" was published for missing; the year is kept as written."""

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return {
            "measure": files.text(cells, "measure", 40),
            "measure_label": files.text(cells, "measure_label", 120),
            "year_type": files.text(cells, "year_type", 30),
            "year": files.text(cells, "year", 20),
            "area": files.text(cells, "area", 80),
            "region": "" if cells["region"] in {NO_REGION, ""} else files.text(cells, "region", 60),
            "value": number(cells["value"]),
            "note": "",
            "source": RATES,
        }

    columns = ["measure", "measure_label", "year_type", "year", "area", "region", "value"]
    return without_sums(files.read_table(path, columns, read, RATE_KEY))


def number(cell: str) -> float | None:
    """A published value; None for "-". Raises Wrong for anything else that is not a number from 0 up."""
    if cell == MISSING:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise Wrong(f'value is {cell!r}; write a number, or "-" where none is published')
    return value


def without_sums(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, with a whole's rate taken out where it is above the rate of every one of its parts.

    A rate of the whole lies between the rates of its parts. England's published rates of first time entrants are the
    sum of its nine regions' rates, so they are kept as missing with a note, never shown as a rate. Pounds may be
    summed.
    """
    highest: dict[tuple[str, ...], float] = {}
    for row in rows:
        is_region = not row["region"] and row["area"] not in {WHOLE, *PARTS_OF_A_REGION}
        if is_region and row["value"] is not None:
            of = (row["measure"], row["year_type"], row["year"])
            highest[of] = max(row["value"], highest.get(of, 0.0))
    checked = []
    for row in rows:
        top = highest.get((row["measure"], row["year_type"], row["year"]))
        value = row["value"]
        if row["area"] == WHOLE and "£" not in row["measure_label"] and None not in (top, value) and value > top:
            note = f"Published as {value:g}, above every region's rate: a sum of rates, not a rate. Not used."
            row = {**row, "value": None, "note": note}
        checked.append(row)
    return checked


LISTS: dict[str, tuple[Callable[[Path], list[dict[str, Any]]], type, tuple[str, ...]]] = {
    "home_office_offence_codes.csv": (home_office, OffenceCode, ("code",)),
    "cjs_inchoate_offence_codes.csv": (encouragement, OffenceCode, ("code",)),
    "national_comparators_england.csv": (published_rates, PublishedRate, RATE_KEY),
}


def load_lists(folder: Path) -> dict[str, Counts | None]:
    """Load every open list found in `folder`; None for one that is not there. Raises FileRefused: nothing is loaded.

    What somebody decided here stays: the category of an offence, and the words of a source that names it.
    """
    done: dict[str, Counts | None] = {}
    with transaction.atomic():
        for name, (read, model, key) in LISTS.items():
            path = folder / name
            if not path.is_file():
                done[name] = None
                continue
            rows = read(path)
            done[name] = files.put(model, rows, key=key, keep=("source",) if model is OffenceCode else ())
            done[name].remarks = [f"{r['area']}, {r['year']}: {r['note']}" for r in rows if r.get("note")]
    return done


def load_seriousness(path: Path) -> Counts:
    """Seriousness scores: columns code, score (1 to 8), valid_from, source."""

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return {
            "code": files.text(cells, "code", 20),
            "valid_from": files.day(cells, "valid_from"),
            "score": files.whole_number(cells, "score", 1, 8),
            "source": files.text(cells, "source", 300),
        }

    key = ("code", "valid_from")
    rows = files.read_table(path, ["code", "score", "valid_from", "source"], read, key)
    return files.put(SeriousnessScore, rows, key=key)


def load_populations(path: Path) -> Counts:
    """Populations: columns service (its code), year, aged_10_to_17, source."""
    services = dict(Service.objects.values_list("code", "pk"))

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return {
            "of_service_id": service(cells, services),
            "year": files.whole_number(cells, "year", 1981, 2100),
            "aged_10_to_17": files.whole_number(cells, "aged_10_to_17", 1, 10_000_000),
            "source": files.text(cells, "source", 300),
            "invented": False,
        }

    key = ("of_service_id", "year")
    rows = files.read_table(path, ["service", "year", "aged_10_to_17", "source"], read, key)
    return files.put(Population, rows, key=key)


def load_family(path: Path) -> Counts:
    """The services a service is compared with: columns service (its code), area (as published), valid_from, source."""
    services = dict(Service.objects.values_list("code", "pk"))

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return {
            "of_service_id": service(cells, services),
            "area": files.text(cells, "area", 80),
            "valid_from": files.day(cells, "valid_from"),
            "source": files.text(cells, "source", 300),
        }

    key = ("of_service_id", "area", "valid_from")
    rows = files.read_table(path, ["service", "area", "valid_from", "source"], read, key)
    return files.put(Family, rows, key=key)


def service(cells: dict[str, str], known: dict[str, int]) -> int:
    code = files.text(cells, "service", 20)
    if code not in known:
        raise Wrong(f"there is no service {code!r} on this site; its services are {', '.join(sorted(known)) or 'none'}")
    return known[code]


__all__ = ["FileRefused", "load_family", "load_lists", "load_populations", "load_seriousness"]
