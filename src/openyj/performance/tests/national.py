"""A small invented nation for tests of national pages: some services in a snapshot, and no child in the record."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openyj.accounts.models import Service, User
from openyj.caselevel import national
from openyj.caselevel.models import NationalSnapshot
from openyj.invented.country import Country
from openyj.invented.country_files import write_country
from openyj.tables import CaseTables, read_folder

SERVICES = 44


@cache
def tables() -> CaseTables:
    """Four years of services enough that some region has five; some have not told everything."""
    with TemporaryDirectory() as folder:
        write_country(Country(services=SERVICES, years=4, scale=0.1), Path(folder) / "country")
        return read_folder(Path(folder) / "country")


@cache
def built() -> national.Built:
    """What a build makes of them, once for all tests."""
    read = national.tables_of
    national.tables_of = lambda service: tables()
    try:
        return national.made(lambda *step: None)
    finally:
        national.tables_of = read


def publish_nation() -> NationalSnapshot:
    """The nation's snapshot, as a build publishes it."""
    return national.publish(built(), by=None, seconds=1)


def services() -> list[dict]:
    """The nation's services: code, name, region."""
    return tables()["service"].to_pylist()


def regional_user(region: str) -> User:
    body = Service.objects.create(code="REGIONAL", name="Oversight", region=region, oversees="region")
    return User.objects.create_user("regional@example.invalid", name="R", role="regional_user", service=body)


def head_of(row: dict) -> User:
    """The head of one of the nation's services."""
    here = Service.objects.create(code=row["service"], name=row["name"], region=row["region"] or "")
    return User.objects.create_user("head@example.invalid", name="H", role="head_of_service", service=here)
