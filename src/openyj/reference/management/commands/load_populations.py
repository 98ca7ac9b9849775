"""`load_populations FILE`: residents aged 10 to 17 of services' areas.

A CSV file with the columns service, year, aged_10_to_17, source.
"""

from __future__ import annotations

from openyj.reference.code_lists import load_populations
from openyj.reference.loading import LoadCommand


class Command(LoadCommand):
    help = "Load residents aged 10 to 17 from a CSV file. Columns: service, year, aged_10_to_17, source."
    load = staticmethod(load_populations)
