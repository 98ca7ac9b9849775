"""Doing once, when a worker starts, what the first page would otherwise wait for."""

from __future__ import annotations

from openyj import measures
from openyj.core import clock
from openyj.measures import Quarter, Workbench
from openyj.performance.charts import Chart, Point
from openyj.tables import BY_NAME, CaseTables


def warm_up() -> None:
    """Translate today's definitions and start the drawing of charts: about three seconds.

    For a worker that serves pages, called once where it starts. Never in a process that forks afterwards: a child of
    one that has drawn a chart waits for ever at its first. A management command does not need it.
    """
    bench = Workbench(CaseTables({name: table.schema().empty_table() for name, table in BY_NAME.items()}))
    day = clock.today()
    for measure in measures.ALL.values():
        measures.figures(measure, bench, day, first=Quarter.of(day), last=Quarter.of(day))
    Chart("", "", "", (Point("a", "b", 1.0, 0.5, 2.0), Point("c", "d", 2.0, 1.0, 3.0, filling=True))).svg("warm")
