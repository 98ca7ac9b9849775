"""The administrator's pages of reference data."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.models import History
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import acting
from openyj.reference import services, slots
from openyj.reference.models import LegalOutcome, Population, SeriousnessScore

pytestmark = pytest.mark.django_db
SCHEME = {
    "label": "Local caution scheme", "valid_from_day": "1", "valid_from_month": "4", "valid_from_year": "2026",
    "outcome_group": "Pre-Court", "return_code": "", "source": "Agreed with the police",
}  # fmt: skip


def from_day(day: int, month: int, year: int) -> dict[str, str]:
    return {"valid_from_day": str(day), "valid_from_month": str(month), "valid_from_year": str(year)}


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


@pytest.fixture
def scheme(administrator) -> LegalOutcome:
    administrator.post(reverse("reference:add_outcome"), SCHEME)
    return LegalOutcome.objects.get(label="Local caution scheme")


@pytest.fixture
def population(service) -> Population:
    return Population.objects.create(of_service=service, year=2024, aged_10_to_17=23750, source="ONS")


def addresses(scheme: LegalOutcome, population: Population) -> list[str]:
    meaning = scheme.meanings.get()
    return [
        *(
            reverse(f"reference:{name}")
            for name in ("index", "outcomes", "add_outcome", "populations", "add_population")
        ),
        *(reverse(f"reference:{name}", args=[scheme.pk]) for name in ("outcome", "change_outcome", "change_meaning")),
        *(reverse(f"reference:{name}", args=[scheme.pk, meaning.pk]) for name in ("correct_meaning", "take_back")),
        reverse("reference:change_population", args=[population.pk]),
    ]


def test_only_administrators_get_in(administrator, client, sign_in, scheme, population):
    pages = addresses(scheme, population)
    assert [administrator.get(page).status_code for page in pages] == [200] * len(pages)
    assert [client.get(page).status_code for page in pages] == [302] * len(pages)
    for role in ROLES:
        if Permission.MANAGE_REFERENCE not in ROLES[role].grants:
            other = sign_in(role)
            assert [other.get(page).status_code for page in pages] == [403] * len(pages), role


def test_an_outcome_sent_twice_is_added_once(administrator):
    page = administrator.get(reverse("reference:add_outcome")).content.decode()
    sent = SCHEME | {"receipt": re.search(r'name="receipt" value="([^"]+)"', page)[1]}
    first, second = (administrator.post(reverse("reference:add_outcome"), sent) for _ in range(2))
    assert first.url == second.url == reverse("reference:outcome", args=[LegalOutcome.objects.get(shipped=False).pk])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"label": ""}, "Enter name"),
        ({"label": "Youth caution"}, "There is an outcome of this name already"),
        ({"outcome_group": ""}, "Select what it counts as"),
        ({"outcome_group": "Pardon"}, "Select counts as from the list"),
        ({"return_code": "made up"}, "must be capitals and figures"),
        (from_day(31, 4, 2026), "must be a real date"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(administrator, changed, says):
    response = administrator.post(reverse("reference:add_outcome"), SCHEME | changed)
    assert response.status_code == 200 and says in response.content.decode()
    assert not LegalOutcome.objects.filter(shipped=False).exists()


def test_history_keeps_who_added_it(administrator, scheme):
    with acting(by=None, services="*"):
        entry = History.objects.get(table="reference_legaloutcome", row=scheme.pk)
    assert (entry.action, entry.user) == ("insert", administrator.user.pk)


def test_a_change_says_how_many_recorded_outcomes_it_touches_first(administrator, scheme, monkeypatch):
    asked = []
    monkeypatch.setattr(slots.recorded_outcomes, "_found", {})
    slots.recorded_outcomes.add("casework", lambda outcome, first, last: asked.append((first, last)) or 3)
    url = reverse("reference:change_meaning", args=[scheme.pk])
    sent = {"outcome_group": "Diversion", "return_code": "", "version": "1"} | from_day(1, 9, 2026)
    first = administrator.post(url, sent)
    assert "3 outcomes recorded at your service will count differently" in first.content.decode()
    assert asked == [(date(2026, 9, 1), None)]
    assert scheme.meanings.count() == 1
    second = administrator.post(url, sent | {"understood": "on"})
    assert second.status_code == 302 and scheme.meanings.count() == 2


def test_the_page_shows_every_meaning_it_ever_had(administrator, scheme):
    url = reverse("reference:change_meaning", args=[scheme.pk])
    administrator.post(url, {"outcome_group": "Diversion", "version": "1"} | from_day(1, 9, 2026))
    meaning = scheme.meanings.get(outcome_group="Pre-Court")
    sent = {"outcome_group": "First-tier", "reason": "Misread the circular", "version": str(meaning.version)}
    administrator.post(reverse("reference:correct_meaning", args=[scheme.pk, meaning.pk]), sent)
    page = administrator.get(reverse("reference:outcome", args=[scheme.pk])).content.decode()
    for text in ("31 August 2026", "1 September 2026", "First-tier", "Diversion", "Recorded in error", "Misread the"):
        assert text in page
    gone = administrator.get(reverse("reference:correct_meaning", args=[scheme.pk, meaning.pk]))
    assert gone.status_code == 404, "what is in error is not corrected again"


def test_two_administrators_at_once_see_both_versions(administrator, staff, scheme):
    colleague = staff("administrator")
    services.change_legal_outcome(
        outcome=scheme, by=colleague, version=1, label="Saved first", valid_from=scheme.valid_from, valid_to=None
    )
    url = reverse("reference:change_outcome", args=[scheme.pk])
    clash = administrator.post(url, {"label": "Typed second", "version": "1"} | from_day(1, 4, 2026))
    assert clash.status_code == 409
    assert "Saved first" in clash.content.decode() and "Typed second" in clash.content.decode()


def test_a_stale_change_of_meaning_is_refused(administrator, scheme):
    url = reverse("reference:change_meaning", args=[scheme.pk])
    sent = {"outcome_group": "Diversion", "version": "1"}
    administrator.post(url, sent | from_day(1, 9, 2026))
    clash = administrator.post(url, sent | {"outcome_group": "Custody"} | from_day(1, 12, 2026))
    assert clash.status_code == 409 and scheme.meanings.count() == 2


def test_absent_tables_say_what_cannot_be_computed(administrator):
    page = administrator.get(reverse("reference:index")).content.decode()
    assert "Absent until supplied: measures that use the YJB seriousness score cannot be computed" in page
    assert page.count("Absent until supplied") == 4
    SeriousnessScore.objects.create(code="A", score=1, valid_from=date(2026, 4, 1), source="S")
    page = administrator.get(reverse("reference:index")).content.decode()
    assert "1 score<" in page and page.count("Absent until supplied") == 3


class TestPopulations:
    SENT = {"year": "2024", "aged_10_to_17": "23,750", "source": "ONS mid-year estimates"}

    def test_added_for_ones_own_service_and_shown_with_its_source(self, administrator, service):
        administrator.post(reverse("reference:add_population"), self.SENT)
        found = Population.objects.get()
        assert (found.of_service, found.year, found.aged_10_to_17) == (service, 2024, 23750)
        page = administrator.get(reverse("reference:populations")).content.decode()
        assert "23,750" in page and "ONS mid-year estimates" in page

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"aged_10_to_17": "0"}, "must be 1 or more"),
            ({"aged_10_to_17": "many"}, "must be a whole number"),
            ({"source": ""}, "Enter where the number comes from"),
            ({"year": "2999"}, "there is no estimate of the future"),
        ],
    )
    def test_what_cannot_be_is_refused(self, administrator, changed, says):
        response = administrator.post(reverse("reference:add_population"), self.SENT | changed)
        assert says in response.content.decode() and not Population.objects.exists()

    def test_a_year_that_is_there_is_refused(self, administrator, population):
        response = administrator.post(reverse("reference:add_population"), self.SENT)
        assert "The population of 2024 is there already" in response.content.decode()

    def test_changed_by_version(self, administrator, population):
        url = reverse("reference:change_population", args=[population.pk])
        sent = {"aged_10_to_17": "23760", "source": "ONS, revised", "version": "1"}
        administrator.post(url, sent)
        population.refresh_from_db()
        assert (population.aged_10_to_17, population.version) == (23760, 2)
        assert administrator.post(url, sent | {"aged_10_to_17": "1"}).status_code == 409

    def test_another_services_is_not_found(self, administrator, other_service):
        theirs = Population.objects.create(of_service=other_service, year=2024, aged_10_to_17=5, source="CANARY")
        url = reverse("reference:change_population", args=[theirs.pk])
        assert administrator.get(url).status_code == administrator.post(url, self.SENT).status_code == 404
        assert "CANARY" not in administrator.get(reverse("reference:populations")).content.decode()


@pytest.mark.parametrize("name", ["outcomes", "populations"])
def test_lists_ask_as_much_for_more_rows(administrator, service, name):
    url = reverse(f"reference:{name}")
    administrator.get(url)
    counts = []
    for rows in (1, 3):
        for n in range(rows):
            Population.objects.create(of_service=service, year=1990 + 10 * rows + n, aged_10_to_17=5, source="S")
            LegalOutcome.objects.create(code=f"C{rows}{n}", label=f"L{rows}{n}", valid_from=date(2026, 1, 1))
        with CaptureQueriesContext(connection) as asked:
            administrator.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
