"""A measure's figures as a spreadsheet: real numbers and dates, and a sheet that says what they are."""

from __future__ import annotations

from collections.abc import Sequence

from openyj.accounts.models import User
from openyj.core import clock, xlsx
from openyj.core.dates import say_datetime
from openyj.measures import Measure
from openyj.performance.changes import METHOD
from openyj.performance.figures import name_figures
from openyj.performance.reading import Reading
from openyj.performance.spec import BREAKDOWNS, Result
from openyj.performance.words import NOT_RECORDED, capital, say_group, say_period, say_state

HEAD = (
    "Figure",
    "Period",
    "First day",
    "Last day",
    "Numerator",
    "Denominator",
    "Value",
    "Unit",
    "Lowest (95%)",
    "Highest (95%)",
    "Interval",
    "State",
    "Complete on",
    "Code",
)


def workbook_of(reading: Reading, user: User, measure: Measure, results: Sequence[Result], by: str = "") -> bytes:
    """The bytes of an .xlsx of these figures; ``by`` names the breakdown they have, if they have one."""
    named = name_figures(service=reading.service, specs=[result.spec for result in results], by=user)
    head = [*([BREAKDOWNS[by]] if by else []), *HEAD]
    rows = [
        [
            *([say_group(by, result.spec.where[by], reading.outcome_labels)] if by else []),
            result.show.label,
            capital(say_period(result.spec.when)),
            result.spec.when.start,
            result.spec.when.end,
            result.numerator,
            result.denominator,
            result.value,
            in_units(result),
            *(result.interval or (None, None)),
            result.method,
            say_state(result),
            result.spec.complete_on,
            named[result.spec.key].code,
        ]
        for result in results
    ]
    return xlsx.workbook(
        [xlsx.Sheet(measure.words.title, head, rows)],
        notes=notes_of(reading, measure, by),
        made_by=user.name,
        made_at=clock.now(),
    )


def in_units(result: Result) -> str:
    return result.show.label.partition(" per ")[2] and "per " + result.show.label.partition(" per ")[2]


def notes_of(reading: Reading, measure: Measure, by: str) -> list[tuple[str, object]]:
    words = measure.words
    return [
        ("Measure", words.title),
        ("Service", reading.service.name),
        ("Data", f"The record as it is: live as of {say_datetime(reading.at)}"),
        ("Broken down by", BREAKDOWNS[by] if by else "nothing"),
        ("Definition", words.lead.replace("\n", " ")),
        *((name, text.replace("\n", " ")) for name, text in words.sections.items()),
        ("Edition", measure.edition),
        ("Next review", measure.review),
        ("Rules", "\n".join(f"{id}: {text}" for id, text in measure.rules.items())),
        ("Periods", "Financial quarters: April to June is the first. A rolling year is four quarters."),
        ("State", "A figure still filling may still change with time alone; it is not final."),
        ("Change", METHOD),
        ("Not computed", "An empty value cannot be computed; the state says why. It is never 0."),
        ("Suppression", "None. Small numbers are shown as they are: not to be published without suppressing them."),
        ("Codes", "Type a code into the search to open the evidence of its figure."),
        ("Not recorded", f"“{NOT_RECORDED}” is a group of its own where the record does not say."),
        ("Populations", populations(reading)),
    ]


def populations(reading: Reading) -> str:
    if not reading.populations:
        return "None supplied: rates cannot be computed."
    return "; ".join(
        f"{year}: {source}{' (invented)' if invented and 'nvented' not in source else ''}"
        for year, (source, invented) in sorted(reading.populations.items())
    )


def file_name(reading: Reading, measure: Measure) -> str:
    return f"{measure.name}-{reading.service.code.lower()}-{reading.as_of:%Y-%m-%d}.xlsx"
