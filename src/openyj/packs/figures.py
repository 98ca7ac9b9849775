"""The figures of a pack: which there are to choose from, and what is said of the chosen ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openyj import measures
from openyj.accounts.models import User
from openyj.documents.reading import as_typed
from openyj.documents.tokens import write_token
from openyj.performance.figures import change_between, name_figure
from openyj.performance.reading import Reading
from openyj.performance.selectors import drawn_over, latest_of, series_of
from openyj.performance.spec import Result
from openyj.performance.words import capital, say, say_spec, say_state


def offered() -> list[tuple[str, str]]:
    """Every figure of a service, by the word it is kept under and in words."""
    return [
        (f"{measure.name}:{show.name}", f"{measure.words.title}: {show.label}")
        for measure in measures.ALL.values()
        for show in measure.shows
    ]


def said_of(reading: Reading, chosen: Iterable[str], by: User) -> Iterator[str]:
    """A line for each chosen figure: of which period it speaks, its token, its state, and what became of it since a
    year before where the two can be compared. The latest that no longer changes with time; failing that the latest."""
    known = [word for word, _ in offered()]
    series: dict[str, Sequence[Result]] = {}
    for word in chosen:
        if word not in known:
            continue  # a figure that an earlier edition had
        name, show = word.split(":")
        measure = measures.ALL[name]
        if name not in series:
            series[name] = series_of(reading, measure, drawn_over(measure))
        result = latest_of(series[name], show)
        if result is None:
            yield f"{as_typed(measure.show(show).label)}: nothing has been recorded yet."
        elif result.value is None:
            yield f"{as_typed(say_spec(result.spec))}: {as_typed(say(result))}."
        else:
            code = name_figure(service=reading.service, spec=result.spec, by=by).code
            what = f"{as_typed(say_spec(result.spec))}: {write_token('figure', code)}"
            yield f"{what}. {as_typed(capital(say_state(result)))}.{since(result, series[name], code)}"


def since(result: Result, results: Sequence[Result], code: str) -> str:
    wanted = result.spec.year_before().key
    before = next((each for each in results if each.spec.key == wanted), None)
    if before is None or change_between(before, result).startswith("not compared"):
        return " No figure of the year before can be compared with it."
    return f" Against the year before: {write_token('change', code)}."
