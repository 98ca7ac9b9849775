"""The police's score apart from the YJB's; charge, plea, place and a code that is not known."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Offence
from openyj.casework.offence_rules import check_scores, in_form, points_to
from openyj.casework.tests.factories import make_offence
from openyj.casework.tests.sending import OFFENCE, add, on, rows
from openyj.people.tests.factories import make_child
from openyj.reference.models import OffenceCode, SeriousnessScore
from openyj.tables.offence_codes import GRAVITY_RANGES

SCORED = {"gravity_matrix": "NPCC_2025", "gravity_score": "4"}


@pytest.mark.django_db
def test_both_scores_stand_on_an_offence_under_their_own_names(manager, child):
    OffenceCode.objects.update_or_create(code="TH00001", defaults={"title": "Theft of a test"})
    SeriousnessScore.objects.create(code="TH00001", score=3, valid_from=date(2020, 1, 1), source="test")
    sent = OFFENCE | SCORED | {"cjs_code": "TH00001", "plea": "GUILTY", "location_postcode": " qm12ab "}
    sent |= {"gravity_reason": "He was the youngest there"} | on("charge_date", 5, 3, 2026)
    assert add(manager, child, "offences", sent).status_code == 302
    (row,) = rows(Offence)
    assert (row.seriousness_score, row.gravity_score, row.gravity_matrix) == (3, 4, "NPCC_2025")
    assert (row.plea, row.location_postcode, row.charge_date) == ("GUILTY", "QM1 2AB", date(2026, 3, 5))
    page = manager.get(f"/children/{child.pk}/offence/{row.pk}").content.decode()
    said = dict(re.findall(r'summary-list__key">\s*(.*?)\s*</dt>\s*<dd[^>]*>\s*(.*?)\s*</dd>', page, re.S))
    assert said["YJB seriousness score (1 to 8, from the code)"] == "3"
    assert said["Police gravity score"] == (
        "4 of 5: a youth conditional caution. NPCC Child Gravity Matrix, revised February 2025"
    )
    assert said["Why the decision departs from the police score"] == "He was the youngest there"
    assert said["Age when charged"] == "15" and said["Plea"] == "Guilty"


@pytest.mark.django_db
def test_the_list_of_offences_has_each_score_in_its_own_column(manager, child):
    make_offence(child, seriousness_score=7, gravity_matrix="ACPO_2013", gravity_score=4, knife_related=True)
    make_offence(child, description="Riding on")
    page = manager.get(f"/children/{child.pk}/offences").content.decode()
    table = re.search(r'aria-label="Offences".*?</table>', page, re.S)[0]
    headers = re.findall(r"<th[^>]*>(.*?)</th>", table)
    at = [headers.index(name) for name in ("YJB seriousness, 1 to 8", "Police gravity")]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in table.split("<tr")[2:]]
    assert [[row[place] for place in at] for row in cells] == [["Not recorded", "Not recorded"], ["7", "4 of 4"]]
    assert table.count("Knife or blade") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (SCORED | {"gravity_score": "6"}, "revised February 2025, scores from 1 to 5. Enter one of these"),
        (SCORED | {"gravity_score": "8"}, "The YJB seriousness score, 1 to 8, follows from the offence code"),
        ({"gravity_matrix": "ACPO_2013", "gravity_score": "5"}, "matrix 2013, scores from 1 to 4"),
        (SCORED | {"gravity_score": "0"}, "Police gravity score must be"),
        ({"gravity_score": "3"}, "Select the edition of the matrix"),
        ({"gravity_matrix": "NPCC_2023"}, "Enter the score, or leave the edition empty"),
        ({"gravity_reason": "Because"}, "Enter the score that the decision departs from"),
        (on("charge_date", 28, 2, 2026), "The charge cannot be before the offence (1 March 2026)"),
        (on("charge_date", 5, 6, 2026), "Date of charge must be today or in the past"),
        ({"location_postcode": "QM1"}, "Enter a whole postcode"),
        ({"location_postcode": "behind the shop"[:10]}, "Enter a whole postcode"),
        ({"cjs_code": "TH00001", "cjs_code_unknown": "on"}, "You gave the code TH00001"),
        ({"plea": "PERHAPS"}, "Select plea from the list"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(manager, child, change, message):
    OffenceCode.objects.update_or_create(code="TH00001", defaults={"title": "Theft of a test"})
    page = add(manager, child, "offences", OFFENCE | change)
    assert page.status_code == 200 and message in page.content.decode()
    assert rows(Offence) == []


@given(
    matrix=st.sampled_from([None, *GRAVITY_RANGES]),
    score=st.none() | st.integers(-2, 10),
    reason=st.sampled_from(["", "Because"]),
)
def test_a_score_is_one_of_its_editions_or_refused(matrix, score, reason):
    whole = (matrix is None) == (score is None) and (not reason or score is not None)
    fits = whole and (matrix is None or GRAVITY_RANGES[matrix][0] <= score <= GRAVITY_RANGES[matrix][1])
    try:
        check_scores(gravity_matrix=matrix, gravity_score=score, gravity_reason=reason)
    except ValidationError:
        assert not fits
    else:
        assert fits


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"gravity_score": 9},
        {"gravity_matrix": "NPCC_2025"},
        {"gravity_matrix": "ACPO_2013", "gravity_score": 5},
        {"gravity_matrix": "NPCC_2025", "gravity_score": 0},
        {"gravity_reason": "Because"},
        {"cjs_code": "X", "cjs_code_unknown": True},
        {"charge_date": date(2026, 2, 28)},
    ],
)
def test_the_database_refuses_it_too(child, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_offence(child, **fields)


def test_what_a_score_points_to_is_said_only_where_it_is_known():
    assert [points_to("NPCC_2023", score) for score in (1, 5)] == ["no further action", "normally a charge"]
    assert points_to("ACPO_2013", 3) == points_to(None, None) == ""


@given(st.text("QqMm12 aAbB", min_size=1, max_size=10))
def test_a_postcode_is_written_one_way_and_writing_it_again_changes_nothing(typed):
    written = in_form(typed)
    assert in_form(written) == written
    assert written.replace(" ", "").lower() == typed.replace(" ", "").lower()
    try:
        check_scores(location_postcode=written)
    except ValidationError:
        return
    assert not written or re.fullmatch(r"[A-Z0-9]{2,4} [0-9][A-Z]{2}", written)


@pytest.mark.django_db
def test_age_at_charge_follows_a_corrected_date_of_birth(service):
    child = make_child(service, date_of_birth=date(2010, 6, 4))
    row = make_offence(child, charge_date=date(2026, 6, 4))
    assert row.age_at_charge == 16
    with acting(by=None, services=EVERY_SERVICE):
        child.date_of_birth = date(2010, 6, 5)
        child.save()
    assert row.age_at_charge == 15
    child.date_of_birth = None
    assert row.age_at_charge is None


@pytest.mark.django_db
def test_history_tells_each_score_by_its_name(manager, child):
    row = make_offence(child, gravity_matrix="ACPO_2013", gravity_score=3)
    sent = OFFENCE | SCORED | {"version": 1}
    assert manager.post(f"/children/{child.pk}/offence/{row.pk}/change", sent).status_code == 302
    page = manager.get(f"/children/{child.pk}/history").content.decode()
    assert "Police gravity score" in page and "revised February 2025" in page


@pytest.mark.django_db
def test_a_birth_after_the_charge_is_refused(service):
    from openyj.people.rules import check_birth

    child = make_child(service, date_of_birth=date(2010, 6, 4))
    make_offence(child, offence_date=None, charge_date=date(2026, 6, 4))
    with acting(by=None, services=EVERY_SERVICE), pytest.raises(ValidationError, match="A charge is recorded"):
        check_birth(child=child, date_of_birth=date(2027, 1, 1))
