"""What the project ships: there after `prepare`, put back where it is missing, never over what somebody changed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from openyj.reference import open_data
from openyj.reference.models import DisposalType, LegalOutcome, LegalOutcomeMeaning, OffenceCode, PublishedRate
from openyj.reference.shipped import load_shipped
from openyj.tables.codes import OFFENCE_CATEGORY
from openyj.tables.mappings import shipped

OPEN_LISTS = Path(__file__).parents[5] / "shared" / "data"
needs_open_lists = pytest.mark.skipif(
    not OPEN_LISTS.is_dir(), reason="the open lists are not beside this checkout (a sibling folder shared/data)"
)


@pytest.mark.django_db
def test_the_record_has_the_shipped_mappings_exactly():
    meanings = LegalOutcomeMeaning.objects.values_list(
        "legal_outcome__code", "legal_outcome__label", "outcome_group", "seriousness_rank", "valid_from", "valid_to"
    )
    assert sorted(meanings) == sorted(tuple(row.values()) for row in shipped()["legal_outcome"].to_pylist())
    kinds = DisposalType.objects.values_list("code", "label", "kind")
    assert sorted(kinds) == sorted(tuple(row.values()) for row in shipped()["disposal_type"].to_pylist())


@pytest.mark.django_db
def test_every_shipped_row_has_its_source():
    for model in (LegalOutcome, DisposalType, OffenceCode, PublishedRate):
        assert model.objects.exists() and not model.objects.filter(source="").exists()


@pytest.mark.django_db
def test_a_return_code_is_only_claimed_where_it_was_read_from_the_return():
    claimed = dict(LegalOutcomeMeaning.objects.values_list("legal_outcome__code", "return_code"))
    assert (claimed["YOUTH_CAUTION"], claimed["OUTCOME_23"], claimed["FINE"]) == ("YOUTH_CAUTION", "", "")


@pytest.mark.django_db
def test_loading_again_changes_nothing_an_administrator_changed():
    LegalOutcome.objects.filter(code="FINE").update(label="Fine, as we say it")
    LegalOutcomeMeaning.objects.filter(legal_outcome__code="FINE").update(outcome_group="Diversion")
    OffenceCode.objects.filter(code="034/01").update(category="OTHER")
    before = [model.objects.count() for model in (LegalOutcome, LegalOutcomeMeaning, DisposalType, OffenceCode)]
    load_shipped()
    assert LegalOutcome.objects.get(code="FINE").label == "Fine, as we say it"
    assert LegalOutcomeMeaning.objects.get(legal_outcome__code="FINE").outcome_group == "Diversion"
    assert OffenceCode.objects.get(code="034/01").category == "OTHER"
    after = [model.objects.count() for model in (LegalOutcome, LegalOutcomeMeaning, DisposalType, OffenceCode)]
    assert before == after


@pytest.mark.django_db
def test_categories_are_of_the_list_and_marked_as_ours():
    assert set(OffenceCode.objects.values_list("category", flat=True)) <= OFFENCE_CATEGORY.codes
    assert not OffenceCode.objects.exclude(source__contains="not official").exists()


@pytest.mark.django_db
def test_a_rate_is_as_published_and_a_dash_is_missing():
    def value(measure, area, year):
        return PublishedRate.objects.get(measure=measure, area=area, year=year).value

    assert value("FirstYJS", "Sefton", "2018") == 230.0
    assert value("ReoffYO", "Solihull", "2024") is None
    assert value("ReoffYO15-17", "England", "2020") is None


@pytest.mark.django_db
def test_a_sum_of_rates_is_not_a_rate():
    row = PublishedRate.objects.get(measure="FirstYJS", area="England", year="2016")
    assert (row.value, row.note) == (
        None,
        "Published as 3071, above every region's rate: a sum of rates, not a rate. Not used.",
    )
    assert not PublishedRate.objects.exclude(area="England").exclude(note="").exists()


@needs_open_lists
def test_shipped_files_are_what_the_open_lists_say():
    for name, (head, rows) in {
        "offence_code.csv": open_data.offences(OPEN_LISTS),
        "published_rate.csv": open_data.rates(OPEN_LISTS),
    }.items():
        made = [",".join(head).split(","), *rows]
        with (open_data.DATA / name).open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == made
