"""The three measures in pandas, as a careful analyst would write them: whole columns, no loop over children.

Only the needed columns are read; words that repeat are categories; dates are whole seconds. The definitions are
those of openyj.measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pyarrow import parquet

from benchmarks.measures_worker import Library, Sums
from openyj.tables import codes

COUNTING = ["pre-court", "first-tier", "community", "custody"]
OVERTURNED = list(codes.APPEAL_STATUS.in_group(codes.OVERTURNED))
KEYS = ["service", "quarter"]
COLUMNS = {
    "child": ["child_id", "service", "date_of_birth", "deleted"],
    "offence": [
        "offence_id", "offence_date", "arrest_date", "recordable", "programme_breach_id", "yjb_offence_category",
    ],
    "offence_legal_outcome": [
        "outcome_id", "person", "child_id", "offence_id", "legal_outcome", "outcome_date", "outcome_appeal_status",
        "residence_on_legal_outcome_date",
    ],
    "legal_outcome": ["legal_outcome", "outcome_group", "seriousness_rank", "valid_from", "valid_to"],
    "hearing": ["hearing_id", "hearing_date"],
    "link_hearing_offence": ["hearing_id", "offence_id"],
    "intervention_programme": ["programme_id", "disposal_type", "end_date"],
    "disposal_type": ["disposal_type", "kind"],
    "link_offence_intervention_programme": ["offence_id", "programme_id"],
}  # fmt: skip
REPEATING = ["service", "yjb_offence_category", "outcome_appeal_status", "residence_on_legal_outcome_date"]
Frames = dict[str, pd.DataFrame]


class Pandas(Library):
    def open(self, folder: Path) -> Frames:
        return {name: frame(folder / f"{name}.parquet", columns) for name, columns in COLUMNS.items()}

    load = open

    def measures(self, state: Frames, as_of: date, names: Sequence[str]) -> Sums:
        return measures(state, as_of, names)


def frame(path: Path, columns: list[str]) -> pd.DataFrame:
    table = parquet.read_table(path, columns=columns)
    made = table.to_pandas(date_as_object=False, categories=[name for name in columns if name in REPEATING])
    return made.astype({column: "datetime64[s]" for column in made.select_dtypes("datetime").columns})


def measures(t: Frames, as_of: date, names: Sequence[str]) -> Sums:
    o = decided(t)
    o = o[(o.outcome_date <= pd.Timestamp(as_of)) & ~o.deleted & ~o.outcome_appeal_status.isin(OVERTURNED)]
    found = {}
    if {"first-time-entrants", "custody"} & set(names):
        heard = t["link_hearing_offence"].merge(t["hearing"], on="hearing_id")
        first = heard.groupby("offence_id").hearing_date.min().rename("first_hearing")
        h = o.merge(first, on="offence_id", how="left")
        h["age_heard"] = ages(h.first_hearing, h.date_of_birth)
        if "first-time-entrants" in names:
            found["first-time-entrants"] = first_time_entrants(h)
        if "custody" in names:
            found["custody"] = custody(h)
    if "reoffending" in names:
        found["reoffending"] = reoffending(t, o, as_of)
    return found


def decided(t: Frames) -> pd.DataFrame:
    o = t["offence_legal_outcome"].merge(t["legal_outcome"], on="legal_outcome")
    o = o[(o.outcome_date >= o.valid_from) & (o.valid_to.isna() | (o.outcome_date <= o.valid_to))]
    o = o.merge(t["offence"], on="offence_id").merge(t["child"], on="child_id")
    o["group"] = o.outcome_group.str.lower()
    o["other"] = (o.residence_on_legal_outcome_date == "OTHER").astype(bool)
    return o


def first_time_entrants(h: pd.DataFrame) -> list[tuple]:
    age = ages(h.arrest_date.fillna(h.offence_date), h.date_of_birth)
    h = h[h.group.isin(COUNTING) & age.between(10, 17) & (h.first_hearing.isna() | (h.age_heard <= 17))]
    h = h.sort_values(
        ["person", "outcome_date", "seriousness_rank", "other", "outcome_id"], ascending=[True, True, False, True, True]
    ).drop_duplicates("person")
    h = h[~h.other]
    return counted(h.assign(quarter=quarters(h.outcome_date)))


def custody(h: pd.DataFrame) -> list[tuple]:
    h = h[(h.group == "custody") & ~h.other & h.age_heard.between(10, 17)]
    h = h.sort_values(["seriousness_rank", "outcome_id"], ascending=[False, True])
    h = h.drop_duplicates(["person", "outcome_date"])
    return counted(h.assign(quarter=quarters(h.outcome_date)))


def reoffending(t: Frames, o: pd.DataFrame, as_of: date) -> list[tuple]:
    columns = ["person", "service", "date_of_birth", "seriousness_rank", "other", "outcome_id", "date", "programme_id"]
    given = o[o.group.isin(COUNTING[:-1])].assign(date=lambda x: x.outcome_date, programme_id=0)[columns]
    served = t["intervention_programme"].merge(t["disposal_type"], on="disposal_type")
    served = served[(served.kind == "custody") & (served.end_date <= pd.Timestamp(as_of))]
    releases = o[o.group == "custody"].merge(t["link_offence_intervention_programme"], on="offence_id")
    releases = releases.merge(served[["programme_id", "end_date"]], on="programme_id")
    events = pd.concat([given, releases.assign(date=releases.end_date)[columns]], ignore_index=True)
    events["quarter"] = quarters(events.date)
    index = events.sort_values(
        ["date", "other", "seriousness_rank", "outcome_id", "programme_id"], ascending=[True, True, False, True, True]
    ).drop_duplicates(["person", "quarter"])
    index = index[ages(index.date, index.date_of_birth).between(10, 17)]

    proven = o[
        o.group.isin(COUNTING)
        & ~o.yjb_offence_category.isin(codes.BREACH_CATEGORIES)
        & o.programme_breach_id.isna()
        & (o.recordable != False)  # noqa: E712  (null is not False)
    ]
    proven = proven.groupby(["person", "offence_id"], as_index=False).agg(
        offence_date=("offence_date", "first"), proven=("outcome_date", "min")
    )
    again = index[["person", "quarter", "date"]].merge(proven, on="person")
    again = again[(again.offence_date > again.date)]
    again = again[
        (again.offence_date <= again.date + pd.DateOffset(months=12))
        & (again.proven <= again.date + pd.DateOffset(months=18))
    ]
    times = again.groupby(["person", "quarter"]).size().rename("reoffences").reset_index()
    index = index.merge(times, on=["person", "quarter"], how="left")
    index["reoffences"] = index.reoffences.fillna(0).astype(int)
    index["reoffended"] = index.reoffences > 0
    index["service"] = index.service.where(~index.other)
    sums = index.groupby(KEYS, dropna=False, observed=True).agg(
        cohort=("person", "size"), reoffended=("reoffended", "sum"), reoffences=("reoffences", "sum")
    )
    return in_order(sums)


def ages(day: pd.Series, born: pd.Series) -> pd.Series:
    before = day.dt.month * 100 + day.dt.day < born.dt.month * 100 + born.dt.day
    return day.dt.year - born.dt.year - before.astype(int)


def quarters(day: pd.Series) -> pd.Series:
    year = (day.dt.year - (day.dt.month < 4).astype(int)).astype(int).astype(str)
    return year + "Q" + ((day.dt.month + 8) % 12 // 3 + 1).astype(int).astype(str)


def counted(rows: pd.DataFrame) -> list[tuple]:
    return in_order(rows.groupby(KEYS, dropna=False, observed=True).size().to_frame())


def in_order(sums: pd.DataFrame) -> list[tuple]:
    rows = sums.reset_index().itertuples(index=False, name=None)
    return [(s if isinstance(s, str) else None, *rest) for s, *rest in rows]


ENGINE = Pandas()
