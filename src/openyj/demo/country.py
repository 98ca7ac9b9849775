"""The rest of an invented country: 154 services beside the three in the demo’s record, as files and never as children
in the record, so that whoever oversees services has services to compare."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from openyj.invented.country import Country
from openyj.invented.country_files import write_country
from openyj.invented.places import PLACES
from openyj.tables import CaseTables, read_folder

SERVICES, YEARS = 157, 6  # as many services as there are; as many years as the demo's record has


def rest_of_the_country() -> CaseTables:
    """The case-level tables of the other services: made anew each time, and the same each time."""
    with TemporaryDirectory() as folder:
        country = Country(services=SERVICES - len(PLACES.value), years=YEARS)
        write_country(country, Path(folder) / "country")
        return read_folder(Path(folder) / "country")
