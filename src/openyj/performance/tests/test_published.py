"""Published rates: apart from the service's own count, missing kept missing, years of their own kind."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import acting
from openyj.performance.published import areas_to_choose, panels, regions_named
from openyj.performance.reading import read_live
from openyj.performance.tests.factories import entrant, make_population, make_rate, record_begins
from openyj.reference.models import PublishedRate

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates(service):
    PublishedRate.objects.filter(measure="FirstYJS").update(measure="put aside")
    for year, value in [("2023", 141.0), ("2024", 141.0)]:
        make_rate("West Midlands", year, value)
        make_rate("North East", year, value + 40)
        make_rate("Coventry", year, 170.5, region="West Midlands")
        make_rate("Solihull", year, None, region="West Midlands")
    make_rate("England", "2023", 150.0)
    make_rate("England", "2024", None, note="Published as 1258, above every region's rate. Not used.")


def only(found):
    (panel,) = found
    return panel


def test_england_the_region_and_chosen_areas_stand_side_by_side(service, rates):
    panel = only(panels("first-time-entrants", service, ["Coventry"], []))
    assert panel.table.head == ["Year", "England", "West Midlands", "Coventry", "Lowest and highest region"]
    assert panel.table.rows == [
        ["2024", "missing", "141", "170.5", "141 to 181"],
        ["2023", "150", "141", "170.5", "141 to 181"],
    ]
    assert panel.chart.lines == ("England", "West Midlands", "Coventry")
    assert "calendar year" in panel.chart.title
    assert panel.source == "A published table"


def test_missing_is_never_0_and_its_reason_is_told(service, rates):
    panel = only(panels("first-time-entrants", service, ["Solihull"], []))
    assert panel.missing == ("Solihull",)
    assert [row[3] for row in panel.table.rows] == ["missing", "missing"]
    assert "Solihull" not in panel.chart.lines
    assert panel.notes == ("England, 2024: Published as 1258, above every region's rate. Not used.",)


def test_the_service_s_own_count_has_a_column_of_its_own_of_the_same_months(service, rates, staff):
    record_begins(service)
    entrant(service, date(2024, 1, 1))
    entrant(service, date(2024, 12, 31))
    entrant(service, date(2025, 1, 1))
    make_population(service, 20_000)
    with acting(by=staff("head_of_service")):
        reading = read_live(service)
        from openyj.measures import ALL

        own = reading.series(ALL["first-time-entrants"], "rolling_year")
        panel = only(panels("first-time-entrants", service, [], own))
    assert panel.table.head[-1] == "This service, local count"
    assert [row[-1] for row in panel.table.rows] == ["10", "0"]
    # Only the published areas are lines of the chart.
    assert panel.chart.lines == ("England", "West Midlands")


def test_a_real_service_finds_its_own_published_rate(service, rates):
    service.name = "Coventry"
    assert "Coventry" in only(panels("first-time-entrants", service, [], [])).table.head


def test_custody_has_no_published_series(service):
    assert panels("custody", service, [], []) == []
    assert areas_to_choose("custody") == []


def test_reoffending_is_shown_by_age_and_never_beside_the_service_s_own(service, staff):
    record_begins(service)
    with acting(by=staff("head_of_service")):
        from openyj.measures import ALL

        own = read_live(service).series(ALL["reoffending"], "rolling_year")
        found = panels("reoffending", service, [], own)
    assert [panel.name for panel in found] == [
        "Children aged 10 to 14 who reoffended, per cent",
        "Children aged 15 to 17 who reoffended, per cent",
    ]
    assert all("local count" not in " ".join(panel.table.head) for panel in found)
    assert all("Police National Computer" in panel.caution for panel in found)


def test_the_shipped_rates_are_there(service):
    assert "Lambeth" in areas_to_choose("first-time-entrants")
    panel = only(panels("first-time-entrants", service, ["Lambeth"], []))
    assert dict(zip(panel.table.head, panel.table.rows[0], strict=True))["Lambeth"] == "241"
    # England's published figures are sums of its regions' rates: kept as missing.
    assert panel.missing == ("England",)


def test_without_loaded_rates_there_is_no_panel(service):
    PublishedRate.objects.filter(measure="FirstYJS").update(measure="put aside")
    assert panels("first-time-entrants", service, [], []) == []


def test_a_region_is_found_by_the_name_the_publication_gives_it():
    assert regions_named("North West") == ["North West"]
    assert regions_named("Inner London") == ["London (Inner)", "London"]
    assert regions_named("") == []
