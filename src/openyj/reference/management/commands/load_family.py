"""`load_family FILE`: the services a service is compared with.

A CSV file with the columns service, area, valid_from, source.
"""

from __future__ import annotations

from openyj.reference.code_lists import load_family
from openyj.reference.loading import LoadCommand


class Command(LoadCommand):
    help = "Load the services a service is compared with from a CSV file. Columns: service, area, valid_from, source."
    load = staticmethod(load_family)
