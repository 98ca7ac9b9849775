"""A filled document for tests of how it is written, without a database."""

from __future__ import annotations

from openyj.documents.assembling import Cover, Part, assemble, with_lists
from openyj.documents.filling import Filled, Value
from openyj.documents.tree import DataTable, Figure, Picture, Tree, change
from openyj.performance.charts import Chart, Point

CHART = Chart(
    "First time entrants fell from 92 to 51",
    "2 rolling years. Lowest 51, highest 92.",
    "Number of children",
    (Point("Year to", "Jun 2025", 92, 80, 104), Point("Year to", "Jun 2026", 51, 40, 62)),
    band=True,
    notes=("Shaded: the 95% interval.",),
)
ROWS = tuple((f"July {year} to June {year + 1}", "51", "221 per 100,000") for year in range(1980, 2026))
COVER = Cover(
    "Youth Justice Plan 2026/27", "Aldermere", "Draft", True, "OFFICIAL", "22 November 2026", "Snapshot 7", "today"
)
TEXT = """In all {{ figure 7K3MQR }} children & <others>, **{{ figure 4CDFGH }}** of them boys, and
{{ quoted "47" source="Pupil survey" }} pupils. The rate {{ change 4CDFGH 7K3MQR }}.

## What we saw

- one
- two
  1. nested

1. first
2. second

#### Deep

{{ chart 7K3MQR }}

{{ table 7K3MQR }}

Not to be said: {{ figure ZZZZZZ }}.
"""
PARTS = [Part("a", "Introduction", TEXT), Part("b", "Local context", ""), Part("c", "Resources", "1. again\n2. two")]


def leaf(node):
    if isinstance(node, Figure) and node.code == "ZZZZZZ":
        return Figure("ZZZZZZ", problem="There is no figure with this code.")
    if isinstance(node, Figure):
        said = "rose from 51 to 92" if node.change else "51"
        return Figure(node.code, node.later, node.change, said, "First time entrants, July 2025 to June 2026")
    if isinstance(node, DataTable):
        return DataTable(node.code, "First time entrants", ("Period", "Children", "Figure"), ROWS, (1, 2))
    if isinstance(node, Picture):
        return Picture(node.code, CHART.title, CHART.description, CHART.notes, CHART.svg("chart-1"), CHART.png())
    return node


def example() -> Tree:
    values = (Value("figure 7K3MQR", "7K3MQR", "51", "First time entrants"),)
    return with_lists(Filled(change(assemble(PARTS), leaf), values), COVER)
