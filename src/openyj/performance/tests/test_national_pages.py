"""National pages: what they say is what the measures say, to those it is for, from the snapshot and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from openyj import measures
from openyj.accounts.models import Access
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.returned import Told
from openyj.measures import Quarter
from openyj.performance.national import FEWEST_IN_A_REGION
from openyj.performance.tests.national import SERVICES, built, head_of, publish_nation, regional_user, services, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]
OF_A_MEASURE = (
    "services",
    "regions",
    "time",
    "funnel",
    "service",
    "evidence?show={show}&span=rolling_year&period={period}",
)


@pytest.fixture
def snapshot(db):
    return publish_nation()


@pytest.fixture
def nationwide(sign_in, snapshot):
    return sign_in("national_user")


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def latest_complete(measure) -> str:
    """The last quarter of the measure's latest complete rolling year, worked out here from the calendar."""
    quarter = Quarter.of(built().as_of)
    while measures.figures(measure, tables(), built().as_of, period="rolling_year", first=quarter, last=quarter)[
        0
    ].provisional:
        quarter = quarter.plus(-1)
    return quarter.label


def is_plotted(measure) -> bool:
    """What is a rate or a share has a funnel plot; a count of all there are has no limits of chance."""
    return any(isinstance(show, measures.Rate | measures.Share) for show in measure.shows)


def addresses() -> list[str]:
    found = ["/national", "/national/snapshot"]
    for measure in measures.ALL.values():
        given = {"show": measure.shows[0].name, "period": latest_complete(measure)}
        pages = [page for page in OF_A_MEASURE if page != "funnel" or is_plotted(measure)]
        found += [f"/national/{measure.name}/{page.format(**given)}" for page in pages]
        found += [f"/national/{measure.name}/time?span=quarter"]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_only_who_oversees_services_reads_them(role, snapshot, sign_in):
    client = sign_in(role)
    expected = 200 if client.user.may(Permission.COMPARE_SERVICES) else 403
    assert {client.get(address).status_code for address in addresses()} == {expected}
    built_by = 302 if client.user.may(Permission.BUILD_NATIONAL_SNAPSHOT) else 403
    assert client.post("/national/snapshot/build").status_code == built_by


def test_only_reading_is_answered_and_building_only_asked_for(nationwide):
    assert {nationwide.post(address).status_code for address in addresses()} == {405}
    assert nationwide.get("/national/snapshot/build").status_code == 405


def test_a_national_user_reaches_no_page_of_a_child_and_no_service_s_own_pages(nationwide, service):
    for address in ("/performance", "/children/", "/children/find?q=a", "/search?q=a", "/performance/custody/compared"):
        assert nationwide.get(address).status_code in (403, 404), address


def test_no_page_reads_the_record(nationwide):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in addresses():
            nationwide.get(address)
    tables_read = Counter(re.findall(r'(?:FROM|JOIN) "([a-z_]+)"', " ".join(q["sql"] for q in asked.captured_queries)))
    assert tables_read and not [name for name in tables_read if name.startswith(("people_", "casework_", "finance_"))]
    assert "caselevel_nationaltable" not in tables_read


def test_a_page_asks_the_same_questions_of_all_services_as_of_a_few(nationwide, snapshot, sign_in):
    def asked(client) -> list[int]:
        counts = []
        for address in addresses():
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            # Questions only: every twenty seconds a page also writes that the person is still there.
            counts.append(sum(q["sql"].lstrip("(").startswith("SELECT") for q in queries))
        return counts

    whole = asked(nationwide)
    smallest = Counter(row["region"] for row in services()).most_common()[-1][0]
    assert asked(sign_in(regional_user(smallest))) == whole


@pytest.mark.parametrize("measure", measures.ALL.values(), ids=measures.ALL)
def test_the_numbers_by_service_are_those_of_the_measures(nationwide, measure):
    """Every figure on the page, worked out from the tables with nothing of the pages between."""
    label = latest_complete(measure)
    quarter = Quarter.labelled(label)
    found = measures.figures(
        measure, tables(), built().as_of, by=("service",), period="rolling_year", first=quarter, last=quarter
    )
    for show in measure.shows:
        response = nationwide.get(f"/national/{measure.name}/services?show={show.name}&export=xlsx")
        head, *rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        expected = {f.breakdown["service"]: f for f in found if f.show == show.name and f.breakdown["service"]}
        names = {row["name"]: row["service"] for row in services()}
        assert {names[row[0]] for row in rows} == set(expected) and len(rows) == SERVICES
        for row in rows:
            figure = expected[names[row[0]]]
            value = row[head.index("Figure")]
            assert value == ("" if figure.value is None else pytest.approx(figure.value))
            assert row[2] == figure.numerator
            assert row[head.index("Lowest (95%)")] == ("" if figure.low is None else pytest.approx(figure.low))
            assert row[head.index("Highest (95%)")] == ("" if figure.high is None else pytest.approx(figure.high))
        listed = nationwide.get(f"/national/{measure.name}/services?show={show.name}").context["listing"]
        assert {line.told.code: line.result.value for line in listed.rows} == {c: f.value for c, f in expected.items()}


@pytest.mark.parametrize("measure", measures.ALL.values(), ids=measures.ALL)
def test_regions_and_those_of_no_service_add_up_to_the_nation_on_the_page(nationwide, measure):
    page = nationwide.get(f"/national/{measure.name}/regions?show={measure.shows[0].name}")
    lines = list(page.context["listing"].rows)
    *parts, nation = lines
    assert nation.area.kind == "nation" and sum(line.numerator for line in parts) == nation.numerator > 0
    lived_nowhere = any(line.area.kind == "none" for line in parts)
    assert lived_nowhere == (measure.name == "reoffending")
    assert ("add up to the nation. Those children were given an outcome" in text(page)) == lived_nowhere


def test_tally_has_no_funnel_plot_no_caution_of_chance_and_no_rank(nationwide):
    measure = measures.ALL["board-attendance"]
    assert nationwide.get(f"/national/{measure.name}/funnel").status_code == 404
    for page in ("services", "regions", "time", "service"):
        shown = text(nationwide.get(f"/national/{measure.name}/{page}?span=quarter"))
        assert f"/national/{measure.name}/funnel" not in shown
        assert "mostly chance" not in shown
    assert "/national/board-attendance/funnel" not in text(nationwide.get("/national"))
    assert "/national/custody/funnel" in text(nationwide.get("/national"))
    compared = nationwide.get("/national/board-attendance/service?span=quarter").context["comparison"]
    assert compared.sentence.endswith("of 5. All there are were counted, so none of it is chance.")


def test_the_overview_says_which_snapshot_and_what_it_lacks(nationwide, snapshot):
    page = text(nationwide.get("/national"))
    late = [Told.from_json(each) for each in snapshot.services]
    late = [each for each in late if each.late or each.silent]
    assert late and f"{len(late)} service" in page and "not told everything" in page
    assert f"{SERVICES} services, invented ones among them" in page and "software 0.1.0" in page
    assert "not for publication" in page
    page = text(nationwide.get("/national/snapshot"))
    assert all(each.name in page for each in late) and snapshot.digest in page


def test_every_number_of_the_overview_leads_to_its_evidence(nationwide):
    page = nationwide.get("/national")
    lines = [line for overview in page.context["overviews"] for line in overview.lines]
    assert len(lines) == sum(len(measure.shows) for measure in measures.ALL.values())
    for line in lines:
        evidence = text(nationwide.get(line.evidence))
        assert line.value in evidence and "From the national snapshot" in evidence
        assert "What it counts cannot be seen from here, by anybody" in evidence


def test_sorting_by_figure_sorts_numbers_and_filtering_keeps_the_choice(nationwide):
    page = nationwide.get("/national/first-time-entrants/services?show=count&sort=-shown&span=year")
    values = [line.result.value for line in page.context["listing"].rows]
    assert values == sorted(values, reverse=True) and len(set(values)) > 5
    region = services()[0]["region"]
    page = nationwide.get(f"/national/first-time-entrants/services?show=count&sort=-shown&span=year&region={region}")
    assert {line.region for line in page.context["listing"].rows} == {region}
    assert "sort=shown" in page.content.decode() and "span=year" in page.content.decode()


def test_the_spreadsheet_says_what_it_is_and_taking_it_is_logged(nationwide, snapshot):
    response = nationwide.get("/national/custody/services?export=xlsx")
    notes = dict(CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("Notes").to_python())
    assert notes["Manifest (SHA-256)"] == snapshot.digest and "not for publication" in notes["Suppression"]
    assert notes["Services"] == SERVICES
    with acting(by=None, services=EVERY_SERVICE):
        line = Access.objects.get(kind="export")
    assert line.user == nationwide.user and line.reason.startswith("National figures: Custodial sentences")


@pytest.mark.parametrize(
    "query",
    [
        "show=nothing&span=century&period=never",
        "period=2026Q9&service=%00",
        "area=service:NOBODY&sort=-nothing&page=900",
        "show=&span=&period=&region=Atlantis&limits=none",
    ],
)
def test_an_address_that_means_nothing_is_no_error(nationwide, query):
    for page in ("services", "regions", "time", "funnel", "service", "evidence"):
        assert nationwide.get(f"/national/custody/{page}?{query}").status_code in (200, 404)
    assert nationwide.get("/national/happiness/services").status_code == 404


# who sees whom


def names_in(page: str, rows: list[dict]) -> list[str]:
    return [row["name"] for row in rows if row["name"] in page or row["service"] in page]


def test_a_regional_user_meets_the_name_of_no_service_elsewhere(snapshot, sign_in):
    region = Counter(row["region"] for row in services()).most_common(1)[0][0]
    client = sign_in(regional_user(region))
    elsewhere = [row for row in services() if row["region"] != region]
    here = [row for row in services() if row["region"] == region]
    seen = set()
    for address in [*addresses(), *(f"/national/{name}/services?export=xlsx" for name in measures.ALL)]:
        response = client.get(address)
        if "xlsx" in address:
            page = str(CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python())
        else:
            page = text(response)
        assert names_in(page, elsewhere) == [], address
        seen |= set(names_in(page, here))
    assert seen == {row["name"] for row in here}
    period = latest_complete(measures.ALL["custody"])
    other = elsewhere[0]
    assert client.get(f"/national/custody/service?service={other['service']}").status_code == 404
    for area in (f"service:{other['service']}", f"region:{other['region']}", "none"):
        given = f"show=count&span=rolling_year&period={period}&area={area}"
        assert client.get(f"/national/custody/evidence?{given}").status_code == 404
    given = f"show=count&span=rolling_year&period={period}&area=region:{region}"
    assert client.get(f"/national/custody/evidence?{given}").status_code == 200
    marked = client.get(f"/national/custody/funnel?service={other['service']}")
    assert marked.context["plot"].marked == ""


@pytest.fixture
def in_a_large_region():
    region, size = Counter(row["region"] for row in services()).most_common(1)[0]
    assert size >= FEWEST_IN_A_REGION
    return next(row for row in services() if row["region"] == region)


def test_a_head_of_service_sees_their_own_and_no_other_by_name(snapshot, sign_in, in_a_large_region):
    client = sign_in(head_of(in_a_large_region))
    others = [row for row in services() if row != in_a_large_region]
    for name in measures.ALL:
        page = text(client.get(f"/performance/{name}/compared"))
        assert names_in(page, others) == []
        assert in_a_large_region["name"] in page and in_a_large_region["region"] in page
        assert "Other services are not named here" in page
        assert ("How many services lie where" in page) == is_plotted(measures.ALL[name])
    period = latest_complete(measures.ALL["custody"])
    given = f"show=count&span=rolling_year&period={period}"
    own = f"area=service:{in_a_large_region['service']}"
    assert client.get(f"/performance/custody/compared/evidence?{given}&{own}").status_code == 200
    for area in (f"service:{others[0]['service']}", "none", "region:Atlantis"):
        assert client.get(f"/performance/custody/compared/evidence?{given}&area={area}").status_code == 404


def test_a_region_of_few_services_is_not_shown_to_one_of_them(snapshot, sign_in):
    """With one's own known, the rest of it would be a few others' own figures."""
    region, size = Counter(row["region"] for row in services()).most_common()[-1]
    assert size < FEWEST_IN_A_REGION
    client = sign_in(head_of(next(row for row in services() if row["region"] == region)))
    page = client.get("/performance/custody/compared")
    assert [row.label for row in page.context["sides"] if row.label.startswith(region)] == []
    assert not any(side.area and side.area.kind == "region" for side in page.context["comparison"].sides)


def test_a_service_that_is_not_in_the_snapshot_has_no_comparison(snapshot, service, sign_in):
    client = sign_in("head_of_service")
    assert "no national snapshot with figures for you" in text(client.get("/performance/custody/compared"))
    assert "Compare with the other services" not in text(client.get("/performance/custody"))


def test_a_measure_s_own_page_leads_to_the_comparison(snapshot, sign_in, in_a_large_region):
    page = text(sign_in(head_of(in_a_large_region)).get("/performance/custody"))
    assert "/performance/custody/compared" in page


def test_before_there_is_a_snapshot_it_says_so(sign_in):
    page = text(sign_in("national_user").get("/national"))
    assert "There is no national snapshot" in page and "Have the first one built" in page
    page = text(sign_in("regional_user").get("/national/custody/funnel"))
    assert "A national user can have one built" in page


# the funnel on the page


@pytest.mark.parametrize("name,show", [("first-time-entrants", "rate"), ("reoffending", "binary")])
def test_the_title_counts_those_outside_and_who_has_not_told_takes_no_part(nationwide, name, show):
    page = nationwide.get(f"/national/{name}/funnel?show={show}")
    plot = page.context["plot"]
    far = [dot for dot in plot.dots if dot.position and "99.8%" in dot.position.value]
    assert f"{len(far)} of {len(plot.compared)} services lie outside the 99.8% limits" in text(page)
    left_out = [dot for dot in plot.dots if dot.position is None]
    assert len(plot.compared) + len(left_out) == len(plot.dots) > 30
    if name == "first-time-entrants":
        assert left_out and all(dot.missing.startswith("Nothing") for dot in left_out)
        counted = sum(dot.result.numerator for dot in plot.compared)
        residents = sum(dot.result.denominator for dot in plot.compared)
        assert plot.funnel.target == pytest.approx(counted / residents)
    assert sum(number for _, number in page.context["counted"]) == len(plot.dots)


def test_a_marked_service_is_said_in_words_and_the_limits_can_be_those_of_chance(nationwide):
    own = services()[3]
    page = nationwide.get(f"/national/first-time-entrants/funnel?service={own['service']}&limits=chance")
    assert f"{own['name']} is marked:" in page.context["plot"].description
    assert not page.context["plot"].funnel.widened
    assert "The limits are those of chance alone" in text(page)


def test_a_count_and_a_mean_have_no_funnel(nationwide):
    form = nationwide.get("/national/reoffending/funnel?show=per_child").context["form"]
    assert [value for value, _ in form.fields["show"].choices] == ["binary"]
    assert nationwide.get("/national/reoffending/funnel?show=per_child").context["plot"].spec.show == "binary"
