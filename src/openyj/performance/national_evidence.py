"""What stands behind one figure of a national snapshot: its words, rules and data. Never the children: no page leads
from a national figure to anybody's record."""

from __future__ import annotations

from openyj.core.components import Row
from openyj.core.dates import say_date, say_datetime
from openyj.measures import Count, Rate
from openyj.performance.evidence import interval
from openyj.performance.national import Area, National
from openyj.performance.selectors import changed
from openyj.performance.series import made_of
from openyj.performance.spec import Result
from openyj.performance.words import capital, number, say, say_period, say_spec, say_state


def evidence_rows(national: National, area: Area, result: Result, before: Result | None) -> dict[str, object]:
    """The evidence page's title and rows. ``before`` is the same figure a year earlier."""
    spec, top_and_bottom = result.spec, made_of(result)
    top, bottom = top_and_bottom
    told = national.by_code.get(area.code) if area.kind == "service" else None
    missing = national.missing(told, spec) if told else ""
    facts = [
        Row("What it speaks of", spec.shows.label),
        Row({"service": "Service", "region": "Region"}.get(area.kind, "Of"), area.name),
        Row("Period", f"{capital(say_period(spec.when))}: {say_date(spec.when.start)} to {say_date(spec.when.end)}"),
        Row(f"Numerator: {top.lower()}", number(result.numerator)),
        Row(
            "Denominator" if isinstance(spec.shows, Count) else f"Denominator: {bottom.lower()}",
            denominator(result),
        ),
        Row("95% interval", interval(result)),
        Row("State", capital(say_state(result))),
        Row("Against a year earlier", changed(result, [before] if before else [])),
        *([Row("Not told", missing)] if missing else []),
    ]
    return {
        "title": f"{say_spec(spec)}: {area.name}",
        "value": capital(say(result)),
        "result": result,
        "facts": facts,
        "rules": [Row(id, text) for id, text in spec.definition.rules.items()],
        "data": data_rows(national),
    }


def denominator(result: Result) -> str:
    if isinstance(result.show, Count):
        return "None: it is a count"
    words = number(result.denominator)
    if isinstance(result.show, Rate) and result.figure.population_year is not None:
        words += f", mid-{result.figure.population_year} estimates"
    return words


def data_rows(national: National) -> list[Row]:
    """Which snapshot, and what proves it unchanged."""
    snapshot = national.snapshot
    manifest = snapshot.manifest
    populations = "; ".join(
        f"{each['source']}{' (invented)' if each['invented'] and 'nvented' not in each['source'] else ''}, "
        f"{each['years'][0]} to {each['years'][-1]}, {each['services']} services"
        for each in manifest.populations
    )
    return [
        Row("Data", f"{snapshot}, taken {say_datetime(snapshot.taken_at)} from {snapshot.source}"),
        Row("Speaks of", say_date(snapshot.as_of)),
        Row("Services", f"{len(national.every):,}{', invented ones among them' if national.is_invented else ''}"),
        Row("Rows", "; ".join(f"{name} {frozen.rows:,}" for name, frozen in manifest.tables.items())),
        Row("Populations", populations or "None supplied: rates cannot be computed"),
        Row("Manifest (SHA-256)", snapshot.digest),
        Row("Software", f"Version {snapshot.code_version}"),
    ]
