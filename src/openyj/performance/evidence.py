"""What stands behind one figure: its words, rules and data."""

from __future__ import annotations

from dataclasses import dataclass

import openyj
from openyj.core.components import Row
from openyj.core.dates import say_date, say_datetime
from openyj.measures import Count, Measure, Rate, Tally
from openyj.measures.about import CHILDREN
from openyj.performance.models import Figure
from openyj.performance.reading import Reading
from openyj.performance.selectors import changed
from openyj.performance.series import made_of
from openyj.performance.spec import BREAKDOWNS, Result
from openyj.performance.words import capital, number, say, say_group, say_interval, say_period, say_spec, say_state


@dataclass(frozen=True)
class Evidence:
    """A figure's evidence page."""

    title: str
    value: str
    figure: Figure
    result: Result
    facts: list[Row]
    data: list[Row]
    rules: list[Row]


def evidence_of(figure: Figure, result: Result, before: Result, reading: Reading) -> Evidence:
    """``before`` is the same figure a year earlier, from the same reading."""
    spec = result.spec
    measure = spec.definition
    top, bottom = made_of(result)
    facts = [
        Row("What it speaks of", spec.shows.label),
        Row("Service", figure.service.name),
        Row("Period", f"{capital(say_period(spec.when))}: {say_date(spec.when.start)} to {say_date(spec.when.end)}"),
        *(Row(BREAKDOWNS[name], say_group(name, value, reading.outcome_labels)) for name, value in spec.where.items()),
        Row(f"Numerator: {top.lower()}", number(result.numerator)),
        Row(
            "Denominator" if isinstance(spec.shows, Count) else f"Denominator: {bottom.lower()}",
            denominator(result, reading),
        ),
        Row("95% interval", interval(result)),
        Row("State", capital(say_state(result))),
        Row("Against a year earlier", changed(result, [before])),
    ]
    return Evidence(
        say_spec(spec, reading.outcome_labels),
        capital(say(result)),
        figure,
        result,
        facts,
        [
            *data_of(reading, measure),
            Row("Definition", f"Edition {spec.edition}, to be reviewed {say_date(measure.review)}"),
        ],
        [Row(id, text) for id, text in measure.rules.items()],
    )


def denominator(result: Result, reading: Reading) -> str:
    if isinstance(result.show, Count):
        return "None: it is a count"
    words = number(result.denominator)
    if isinstance(result.show, Rate) and result.figure.population_year is not None:
        source, invented = reading.populations.get(result.figure.population_year, ("", False))
        words += f", mid-{result.figure.population_year} estimate. Source: {source}"
        words += " (invented)" if invented and "nvented" not in source else ""
    return words


def interval(result: Result) -> str:
    if isinstance(result.show, Tally):
        return "None: all there are were counted, so none of it is chance"
    return (
        f"{say_interval(result)}. {result.method}."
        if result.interval
        else "None can be given: too few, or all the same"
    )


def data_of(reading: Reading, measure: Measure) -> list[Row]:
    """Where the figure's rows came from: the live record, or a snapshot with what its manifest says."""
    tables = reading.bench.tables
    if reading.snapshot is None and measure.about is not CHILDREN:
        table = measure.about.listed
        return [
            Row("Data", f"The record as it is: live as of {say_datetime(reading.at)}"),
            Row("Read", f"{len(tables[table]):,} rows of the table {table}, all of this service"),
            Row("Software", f"Version {openyj.__version__}"),
        ]
    if reading.snapshot is None:
        held = f"{len(tables['child']):,} child records and {len(tables['offence_legal_outcome']):,} outcomes"
        return [
            Row("Data", f"The record as it is: live as of {say_datetime(reading.at)}"),
            Row("Read", f"{held}, of every person the service has touched"),
            Row("What outcomes count as", f"The site's reference data, {len(tables['legal_outcome']):,} dated rows"),
            Row("Software", f"Version {openyj.__version__}"),
        ]
    manifest = reading.snapshot.manifest
    hashes = "; ".join(f"{name} {frozen.sha256[:12]}" for name, frozen in sorted(manifest.tables.items()))
    return [
        Row("Data", f"{reading.snapshot}, taken {say_datetime(manifest.taken_at)} from {manifest.source}"),
        Row("Speaks of", say_date(manifest.as_of)),
        Row("Rows", "; ".join(f"{name} {frozen.rows:,}" for name, frozen in manifest.tables.items())),
        Row("Hashes (SHA-256, first 12)", hashes),
        Row("Manifest", reading.snapshot.digest),
        Row("What outcomes count as", "; ".join(f"{name} {how}" for name, how in manifest.mappings.items())),
        Row("Software", f"Version {manifest.code_version}"),
    ]
