"""`load_seriousness FILE`: seriousness scores of offence codes.

A CSV file with the columns code, score, valid_from, source.
"""

from __future__ import annotations

from openyj.reference.code_lists import load_seriousness
from openyj.reference.loading import LoadCommand


class Command(LoadCommand):
    help = "Load seriousness scores of offence codes from a CSV file. Columns: code, score, valid_from, source."
    load = staticmethod(load_seriousness)
