"""The two shipped tables that are drawn from open data: a few offence codes and published rates.

    python -m openyj.reference.open_data FOLDER     # writes data/offence_code.csv and data/published_rate.csv

FOLDER holds the open lists (`load_code_lists` says which). The result is committed; the lists are not. Which rows are
drawn, and the category of each offence, are said here; every title, year and rate is as it was published.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"

# Common offences of children by Home Office code, with the category this project puts them in. The code and its title
# are the Home Office's; the category is our reading (GK), to be confirmed by the service that uses it.
OFFENCES = {
    "005/01": "VIOLENCE_AGAINST_THE_PERSON",
    "008/01": "VIOLENCE_AGAINST_THE_PERSON",
    "008/06": "VIOLENCE_AGAINST_THE_PERSON",
    "008/11": "VIOLENCE_AGAINST_THE_PERSON",
    "008/26": "VIOLENCE_AGAINST_THE_PERSON",
    "008/27": "VIOLENCE_AGAINST_THE_PERSON",
    "008/57": "RACIALLY_AGGRAVATED",
    "104/23": "VIOLENCE_AGAINST_THE_PERSON",
    "105/01": "VIOLENCE_AGAINST_THE_PERSON",
    "020/05": "SEXUAL_OFFENCES",
    "028/03": "DOMESTIC_BURGLARY",
    "030/02": "NON_DOMESTIC_BURGLARY",
    "034/01": "ROBBERY",
    "039/00": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "044/00": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "045/10": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "046/00": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "049/10": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "054/01": "THEFT_AND_HANDLING_STOLEN_GOODS",
    "130/01": "VEHICLE_THEFT_UNAUTHORISED_TAKING",
    "056/02": "ARSON",
    "058/00": "CRIMINAL_DAMAGE",
    "066/01": "PUBLIC_ORDER",
    "125/09": "PUBLIC_ORDER",
    "125/11": "PUBLIC_ORDER",
    "092/61": "DRUGS",
    "092/30": "DRUGS",
    "807/02": "MOTORING_OFFENCES",
    "809/01": "MOTORING_OFFENCES",
    "083/01": "BREACH_OF_BAIL",
    "195/60": "BREACH_OF_STATUTORY_ORDER",
}
MEASURES = ("FirstYJS", "ReoffYO", "ReoffYO15-17")
AUTHORITIES = (
    "Lambeth",
    "Leicester",
    "Medway",
    "Milton Keynes",
    "Newham",
    "Plymouth",
    "Rotherham",
    "Salford",
    "Sefton",
    "Sheffield",
    "Solihull",
    "Stockport",
)
NOT_IN_A_REGION = "NA"  # England and the regions themselves


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def offences(folder: Path) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the shipped offence codes, in order of code."""
    titles = {row["ho_code"]: row["sub_category_description"] for row in read(folder / "home_office_offence_codes.csv")}
    return ["code", "title", "category"], [[code, titles[code], OFFENCES[code]] for code in sorted(OFFENCES)]


def rates(folder: Path) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the shipped rates, a column a year, an empty cell where "-" was published."""
    published = read(folder / "national_comparators_england.csv")
    wanted = [
        row
        for row in published
        if row["measure"] in MEASURES and (row["region"] == NOT_IN_A_REGION or row["area"] in AUTHORITIES)
    ]
    years = sorted({row["year"] for row in wanted})
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    for row in wanted:
        region = "" if row["region"] == NOT_IN_A_REGION else row["region"]
        line = (row["measure"], row["measure_label"], row["year_type"], row["area"], region)
        lines.setdefault(line, {})[row["year"]] = "" if row["value"] == "-" else row["value"]
    head = ["measure", "measure_label", "year_type", "area", "region", *years]
    return head, [[*line, *(by_year.get(year, "") for year in years)] for line, by_year in sorted(lines.items())]


def main(folder: Path) -> None:
    write(DATA / "offence_code.csv", *offences(folder))
    write(DATA / "published_rate.csv", *rates(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
