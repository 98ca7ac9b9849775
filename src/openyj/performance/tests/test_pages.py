"""The performance page and each measure's page, as each role sees them."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj import measures
from openyj.accounts.models import History
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.performance.models import Figure
from openyj.performance.tests.boards import hold
from openyj.performance.tests.factories import entrant, make_population, outcome_of, record_begins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]
HOME = "/performance"
FTE = "/performance/first-time-entrants"


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


@pytest.mark.parametrize("role", ROLES)
def test_who_may_look_at_figures_and_who_may_not(role, service, sign_in):
    record_begins(service)
    client = sign_in(role)
    expected = 200 if client.user.may(Permission.SEE_FIGURES) else 403
    for address in (HOME, *(f"/performance/{name}" for name in measures.ALL)):
        assert client.get(address).status_code == expected, address
    exporting = 200 if client.user.may(Permission.EXPORT_FIGURES) and expected == 200 else 403
    assert client.get(f"{FTE}/spreadsheet").status_code == exporting


def test_nobody_is_let_in_without_signing_in(client, service):
    assert client.get(HOME)["Location"].startswith("/sign-in")


def test_only_reading_is_answered(service, sign_in):
    client = sign_in("head_of_service")
    assert client.post(HOME).status_code == 405
    assert client.post(FTE).status_code == 405


def test_a_measure_that_is_not_there_is_not_found(service, sign_in):
    assert sign_in("head_of_service").get("/performance/happiness").status_code == 404


def test_the_first_page_shows_every_measure_with_its_latest_final_figures(service, sign_in):
    record_begins(service)
    entrant(service, date(2025, 12, 1))
    make_population(service)
    response = sign_in("head_of_service").get(HOME)
    page = text(response)
    for measure in measures.ALL.values():
        assert measure.words.title in page
        assert reverse("performance:measure", args=[measure.name]) in page
    # October to December 2026 is not over, so the latest final year ends with September.
    entrants = response.context["overviews"][0]
    assert {line.period for line in entrants.lines} == {"October 2025 to September 2026"}
    assert "4 per 100,000" in page
    assert "No clear change (0, then 4 per 100,000; the difference could be chance)" in page
    assert "Live as of 22 November 2026" in page


def test_an_empty_record_says_so_and_invents_no_0(service, sign_in):
    page = text(sign_in("head_of_service").get(HOME))
    assert page.count("Nothing is counted yet: no outcome is recorded.") == 3
    assert "<svg" not in page
    assert "Nothing is counted yet" in text(sign_in("head_of_service").get(FTE))


def test_figures_are_of_the_user_s_own_service(service, other_service, sign_in, staff):
    record_begins(service)
    for _ in range(3):
        entrant(service, date(2026, 2, 3))
    record_begins(other_service)
    entrant(other_service, date(2026, 2, 3))
    client = sign_in(staff("head_of_service", service=other_service))
    context = client.get(FTE, {"show": "count"}).context
    assert context["reading"].service == other_service
    year = next(line for line in context["detail"].lines if line.result.spec.period == "2026Q2")
    assert year.value == "1"


def test_a_change_to_the_record_is_on_the_next_page(service, sign_in):
    record_begins(service)
    client = sign_in("head_of_service")

    def latest():
        return client.get(FTE, {"show": "count", "span": "quarter"}).context["detail"].lines[0].value

    before = latest()
    outcome = entrant(service, date(2026, 10, 20))
    assert (before, latest()) == ("0", "1")
    with acting(by=None, services=EVERY_SERVICE):
        outcome.in_error_at, outcome.in_error_reason = outcome.recorded_at, "Typed twice"
        outcome.save()
    assert latest() == "0"


@pytest.mark.parametrize("name", list(measures.ALL))
@pytest.mark.parametrize("span", ["quarter", "rolling_year", "year"])
def test_every_figure_is_there_over_five_years(name, span, service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3), "DETENTION_AND_TRAINING_ORDER")
    make_population(service)
    hold(service, date(2020, 1, 6), senior="police")
    client = sign_in("head_of_service")
    for show in measures.ALL[name].shows:
        detail = client.get(f"/performance/{name}", {"show": show.name, "span": span}).context["detail"]
        assert len(detail.lines) == {"quarter": 21, "rolling_year": 21, "year": 6}[span]
        assert detail.lines[0].result.is_filling or detail.lines[0].result.value is None


def test_the_page_agrees_with_the_measure(service, sign_in):
    from openyj.caselevel.live import tables_of
    from openyj.performance.tests.factories import TODAY

    record_begins(service)
    for day in (date(2023, 5, 1), date(2024, 5, 1), date(2024, 8, 1), date(2026, 2, 3)):
        child = entrant(service, day).child
        outcome_of(child, date(day.year, 12, 1))
    make_population(service)
    for month in (2, 5, 8, 11):
        hold(service, date(2024, month, 6), senior="police", delegate="health")
    client = sign_in("head_of_service")
    with acting(by=client.user):
        tables = tables_of(service)
    for measure in measures.ALL.values():
        found = {
            (f.show, f.period.label): f
            for f in measures.figures(measure, tables, TODAY, service="T1", period="rolling_year")
        }
        for show in measure.shows:
            asked = {"show": show.name, "span": "rolling_year"}
            lines = client.get(f"/performance/{measure.name}", asked).context["detail"].lines
            assert [line.result.figure for line in lines] == [
                found[show.name, line.result.spec.period] for line in lines
            ]


def test_a_cohort_still_followed_is_marked_wherever_it_is_shown(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    response = sign_in("head_of_service").get("/performance/reoffending", {"span": "quarter"})
    line = next(line for line in response.context["detail"].lines if line.result.spec.period == "2025Q4")
    assert line.state == "Still filling until 30 September 2027"
    assert "it is drawn hollow and marked as still filling" in text(response)
    final = response.context["detail"].chart.points[-8]
    assert (response.context["detail"].chart.points[-4].filling, final.filling) == (True, False)


def test_without_population_the_page_says_so_and_still_counts(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    client = sign_in("head_of_service")
    response = client.get(FTE)
    line = next(line for line in response.context["detail"].lines if line.result.spec.period == "2026Q2")
    assert (line.numerator, line.denominator) == ("1", "")
    assert line.value == "cannot be computed: no population of T1 for 2026 or before"
    assert "<svg" not in str(response.context["detail"].chart.svg("x"))
    # The first page then draws the count.
    assert client.get(HOME).context["overviews"][0].chart.axis == "Number of children"


@pytest.mark.parametrize("by", [b for b in measures.ALL["first-time-entrants"].by if b != "service"])
def test_a_breakdown_adds_up_to_the_whole(by, service, sign_in):
    from openyj.accounts.models import Locality

    record_begins(service)
    with acting(by=None, services=EVERY_SERVICE):
        places = [Locality.objects.create(service=service, name=name) for name in ("North", "South")]
    entrant(service, date(2026, 2, 3), sex="1", ethnicity="W1", locality=places[0])
    entrant(service, date(2026, 2, 3), "REFERRAL_ORDER", sex="2", ethnicity="B2")
    entrant(service, date(2026, 2, 4), sex=None)
    response = sign_in("head_of_service").get(FTE, {"show": "count", "by": by})
    found = response.context["breakdown"]
    assert sum(line.result.numerator for line in found.lines) == 3
    assert "October 2025 to September 2026" in found.title
    if by == "locality":
        assert [(line.label, line.value) for line in found.lines] == [("North", "1"), ("Not recorded", "2")]


def test_a_rate_is_broken_down_as_counts_because_residents_are_not_known_by_group(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3), sex="1")
    make_population(service)
    found = sign_in("head_of_service").get(FTE, {"show": "rate", "by": "sex"}).context["breakdown"]
    assert [line.value for line in found.lines] == ["1"]
    assert "Counts, not rates" in found.note


def test_a_legal_outcome_is_said_in_words(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3), "DETENTION_AND_TRAINING_ORDER")
    found = sign_in("head_of_service").get("/performance/custody", {"show": "count", "by": "legal_outcome"})
    assert [line.label for line in found.context["breakdown"].lines] == ["Detention and training order"]


def test_chosen_areas_stand_in_the_address_and_can_be_taken_out(service, sign_in):
    client = sign_in("head_of_service")
    added = client.get(FTE, {"add": "Sefton", "area": "Lambeth", "span": "quarter"})
    assert added["Location"] == f"{FTE}?area=Lambeth&area=Sefton&span=quarter"
    page = client.get(added["Location"])
    assert [area for area, _url in page.context["chosen"]] == ["Lambeth", "Sefton"]
    assert page.context["chosen"][0][1] == f"{FTE}?area=Sefton&span=quarter"
    assert "241" in text(page)


def test_no_more_areas_than_can_be_told_apart(service, sign_in):
    from openyj.performance.charts import LINES
    from openyj.performance.published import areas_to_choose

    areas = areas_to_choose("first-time-entrants")[:8]
    added = sign_in("head_of_service").get(FTE, {"add": areas[-1], "area": areas[:-1]})
    assert added["Location"].count("area=") + 2 <= len(LINES)


@pytest.mark.parametrize(
    "query",
    [
        {"show": "nothing"},
        {"span": "century"},
        {"by": "service"},
        {"by": "<script>"},
        {"area": "Atlantis"},
        {"add": "Atlantis"},
        {"show": "rate", "span": "quarter", "by": "event"},
    ],
)
def test_an_address_that_means_nothing_shows_the_ordinary_page(query, service, sign_in):
    record_begins(service)
    response = sign_in("head_of_service").get(FTE, query)
    assert "<script>alert" not in text(response)
    assert response.context["areas"] == []
    assert response.context["form"].cleaned_data["show"] == "rate"


def test_a_measure_without_published_rates_says_so(service, sign_in):
    page = text(sign_in("head_of_service").get("/performance/custody"))
    assert "there is nothing to set beside it" in page


def test_the_definition_is_on_the_page(service, sign_in):
    for measure in measures.ALL.values():
        page = text(sign_in("board_member").get(f"/performance/{measure.name}"))
        assert f"Edition {measure.edition}. To be reviewed 1 April 2027." in page
        for id, words in measure.rules.items():
            assert f">{id}</dt>" in page
            assert words in page
        for section in measure.words.sections:
            assert f">{section}</h3>" in page


def test_every_number_in_the_table_leads_to_its_evidence_and_carries_its_code_in_print(service, sign_in):
    record_begins(service)
    response = sign_in("head_of_service").get(FTE)
    for line in response.context["detail"].lines:
        assert f'href="/performance/figure/{line.figure.code}"' in text(response)
        assert f'app-print-only app-code">{line.figure.code}<' in text(response)


@pytest.mark.parametrize("address", [HOME, FTE, "/performance/reoffending?by=sex", f"{FTE}/spreadsheet"])
def test_as_many_queries_for_three_children_as_for_one(address, service, sign_in):
    record_begins(service)
    make_population(service)
    client = sign_in("head_of_service")
    entrant(service, date(2024, 2, 3), sex="1")
    client.get(address)  # names the figures

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    one = queries()
    entrant(service, date(2024, 3, 3), sex="1")
    entrant(service, date(2024, 4, 3), sex="1")
    assert queries() == one
    assert one < 20


def test_looking_changes_nothing_but_names(service, sign_in):
    record_begins(service)
    client = sign_in("inspector")
    with acting(by=client.user):
        before = History.objects.exclude(table="performance_figure").count()
    client.get(HOME)
    client.get(FTE)
    with acting(by=client.user):
        assert Figure.objects.exists()
        assert History.objects.exclude(table="performance_figure").count() == before
