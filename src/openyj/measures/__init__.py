"""Measures: one file each with its words beside it; counting, intervals and breakdowns written once for all.

bench = Workbench(tables)
for figure in figures(ALL["first-time-entrants"], bench, as_of, period="rolling_year"): ...
rows = counted(ALL["first-time-entrants"], bench, as_of, period=figure.period)
"""

from openyj.measures import custody, first_time_entrants, reoffending
from openyj.measures.figures import Figure, as_table, counted, figures
from openyj.measures.measure import Count, Mean, Measure, Rate, Share
from openyj.measures.quarters import Period, Quarter
from openyj.measures.workbench import CannotBeComputed, Workbench

ALL: dict[str, Measure] = {
    each.name: each for each in (first_time_entrants.MEASURE, custody.MEASURE, reoffending.MEASURE)
}

__all__ = [
    "ALL",
    "CannotBeComputed",
    "Count",
    "Figure",
    "Mean",
    "Measure",
    "Period",
    "Quarter",
    "Rate",
    "Share",
    "Workbench",
    "as_table",
    "counted",
    "figures",
]
