"""Measures: one file each with its words beside it; counting, intervals and breakdowns written once for all.

bench = Workbench(tables)
for figure in figures(ALL["first-time-entrants"], bench, as_of, period="rolling_year"): ...
rows = counted(ALL["first-time-entrants"], bench, as_of, period=figure.period)
"""

from openyj.measures import board_attendance, custody, first_time_entrants, reoffending
from openyj.measures.about import CHILDREN
from openyj.measures.figures import Figure, as_table, counted, figures
from openyj.measures.measure import Count, Mean, Measure, Rate, Share, Tally
from openyj.measures.quarters import Period, Quarter
from openyj.measures.workbench import CannotBeComputed, Workbench

ALL: dict[str, Measure] = {
    each.name: each
    for each in (first_time_entrants.MEASURE, custody.MEASURE, reoffending.MEASURE, board_attendance.MEASURE)
}
# Those whose counted units are children: functions of one person's rows.
OF_CHILDREN: dict[str, Measure] = {name: measure for name, measure in ALL.items() if measure.about is CHILDREN}

__all__ = [
    "ALL",
    "OF_CHILDREN",
    "CannotBeComputed",
    "Count",
    "Figure",
    "Mean",
    "Measure",
    "Period",
    "Quarter",
    "Rate",
    "Share",
    "Tally",
    "Workbench",
    "as_table",
    "counted",
    "figures",
]
