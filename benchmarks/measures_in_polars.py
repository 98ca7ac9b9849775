"""The three measures in Polars, lazily: the same definitions as openyj.measures, by service and quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.measures_worker import Library, Sums
from openyj.tables import codes

COUNTING = ["pre-court", "first-tier", "community", "custody"]
OVERTURNED = list(codes.APPEAL_STATUS.in_group(codes.OVERTURNED))
TABLES = (
    "child", "offence", "offence_legal_outcome", "legal_outcome", "hearing", "link_hearing_offence",
    "intervention_programme", "disposal_type", "link_offence_intervention_programme",
)  # fmt: skip
Frames = dict[str, pl.LazyFrame]
c = pl.col


class Polars(Library):
    def open(self, folder: Path) -> Frames:
        return {name: pl.scan_parquet(folder / f"{name}.parquet") for name in TABLES}

    def load(self, folder: Path) -> Frames:
        return {name: pl.read_parquet(folder / f"{name}.parquet").lazy() for name in TABLES}

    def measures(self, state: Frames, as_of: date, names: Sequence[str]) -> Sums:
        asked = plans(state, as_of)
        # Collected together, parts that several plans have in common are computed once.
        found = pl.collect_all([asked[name] for name in names])
        return {name: frame.rows() for name, frame in zip(names, found, strict=True)}


def plans(t: Frames, as_of: date) -> dict[str, pl.LazyFrame]:
    o = decided(t).filter(
        c.outcome_date <= as_of, ~c.deleted, ~c.outcome_appeal_status.is_in(OVERTURNED).fill_null(False)
    )
    heard = t["link_hearing_offence"].join(t["hearing"].select("hearing_id", "hearing_date"), on="hearing_id")
    first = heard.group_by("offence_id").agg(first_hearing=c.hearing_date.min())
    h = o.join(first, on="offence_id", how="left").with_columns(age_heard=age(c.first_hearing))
    return {
        "first-time-entrants": first_time_entrants(h),
        "custody": custody(h),
        "reoffending": reoffending(t, o, as_of),
    }


def decided(t: Frames) -> pl.LazyFrame:
    o = t["offence_legal_outcome"].drop("child_id").join(t["legal_outcome"].drop("label"), on="legal_outcome")
    o = o.filter(c.outcome_date >= c.valid_from, c.valid_to.is_null() | (c.outcome_date <= c.valid_to))
    o = o.join(t["offence"].drop("person"), on="offence_id")
    o = o.join(t["child"].select("child_id", "service", "date_of_birth", "deleted"), on="child_id")
    other = (c.residence_on_legal_outcome_date == "OTHER").fill_null(False)
    return o.with_columns(group=c.outcome_group.str.to_lowercase(), other=other)


def first_time_entrants(h: pl.LazyFrame) -> pl.LazyFrame:
    h = h.filter(
        c.group.is_in(COUNTING),
        age(pl.coalesce("arrest_date", "offence_date")).is_between(10, 17),
        c.first_hearing.is_null() | (c.age_heard <= 17),
    )
    h = h.sort(["outcome_date", "seriousness_rank", "other", "outcome_id"], descending=[False, True, False, False])
    return counted(h.unique("person", keep="first", maintain_order=True).filter(~c.other))


def custody(h: pl.LazyFrame) -> pl.LazyFrame:
    h = h.filter(c.group == "custody", ~c.other, c.age_heard.is_between(10, 17))
    h = h.sort(["seriousness_rank", "outcome_id"], descending=[True, False])
    return counted(h.unique(["person", "outcome_date"], keep="first", maintain_order=True))


def reoffending(t: Frames, o: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    own = ["person", "service", "date_of_birth", "seriousness_rank", "other", "outcome_id"]
    given = o.filter(c.group.is_in(COUNTING[:-1])).select(*own, date="outcome_date", programme_id=pl.lit(0, pl.Int64))
    served = t["intervention_programme"].join(t["disposal_type"], on="disposal_type")
    served = served.filter(c.kind == "custody", c.end_date <= as_of).select("programme_id", "end_date")
    links = t["link_offence_intervention_programme"].select("offence_id", "programme_id")
    releases = o.filter(c.group == "custody").join(links, on="offence_id").join(served, on="programme_id")
    events = pl.concat([given, releases.select(*own, date="end_date", programme_id="programme_id")])
    index = (
        events.with_columns(quarter=quarter(c.date))
        .sort(
            ["date", "other", "seriousness_rank", "outcome_id", "programme_id"],
            descending=[False, False, True, False, False],
        )
        .unique(["person", "quarter"], keep="first", maintain_order=True)
        .filter(age(c.date).is_between(10, 17))
    )
    proven = o.filter(
        c.group.is_in(COUNTING),
        ~c.yjb_offence_category.is_in(codes.BREACH_CATEGORIES).fill_null(False),
        c.programme_breach_id.is_null(),
        c.recordable.fill_null(True),
    )
    proven = proven.group_by("person", "offence_id").agg(c.offence_date.first(), proven=c.outcome_date.min())
    again = index.select("person", "quarter", "date").join(proven, on="person")
    again = again.filter(
        c.offence_date > c.date,
        c.offence_date <= c.date.dt.offset_by("12mo"),
        c.proven <= c.date.dt.offset_by("18mo"),
    )
    times = again.group_by("person", "quarter").agg(reoffences=pl.len())
    index = index.join(times, on=["person", "quarter"], how="left").with_columns(c.reoffences.fill_null(0))
    service = pl.when(~c.other).then(c.service).alias("service")
    return (
        index.with_columns(service)
        .group_by("service", "quarter")
        .agg(cohort=pl.len(), reoffended=(c.reoffences > 0).sum(), reoffences=c.reoffences.sum())
    )


def age(day: pl.Expr) -> pl.Expr:
    born = c.date_of_birth
    before = day.dt.month().cast(pl.Int32) * 100 + day.dt.day() < born.dt.month().cast(pl.Int32) * 100 + born.dt.day()
    return day.dt.year() - born.dt.year() - before.cast(pl.Int32)


def quarter(day: pl.Expr) -> pl.Expr:
    year = day.dt.year() - (day.dt.month() < 4).cast(pl.Int32)
    return year.cast(pl.String) + "Q" + ((day.dt.month() + 8) % 12 // 3 + 1).cast(pl.String)


def counted(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.with_columns(quarter=quarter(c.outcome_date)).group_by("service", "quarter").agg(pl.len())


ENGINE = Polars()
