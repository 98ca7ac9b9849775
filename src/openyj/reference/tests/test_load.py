"""Loading lists and tables from files: all of it or nothing, wrong rows named, twice the same as once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from openyj.reference.code_lists import without_sums
from openyj.reference.models import Family, OffenceCode, Population, PublishedRate, SeriousnessScore
from openyj.reference.tests.test_shipped import OPEN_LISTS, needs_open_lists

HEAD_OFFENCES = "ho_category,ho_code,sub_category_description\n"
HEAD_RATES = "measure,measure_label,year_type,year,area,region,value\n"


def run(capsys, *args) -> str:
    call_command(*args)
    return capsys.readouterr().out


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@needs_open_lists
@pytest.mark.django_db
def test_open_lists_load_whole_and_twice_is_once(capsys):
    shipped_codes, shipped_rates = OffenceCode.objects.count(), PublishedRate.objects.count()
    out = run(capsys, "load_code_lists", OPEN_LISTS)
    assert OffenceCode.objects.count() == 3039 + 696
    assert PublishedRate.objects.count() == 7990
    assert f"{3039 - shipped_codes} added, 0 changed, {shipped_codes} already there" in out
    assert f"{7990 - shipped_rates} added, 0 changed, {shipped_rates} already there" in out
    assert "England, 2016: Published as 3071" in out
    assert OffenceCode.objects.get(code="034/01").category == "ROBBERY"
    again = run(capsys, "load_code_lists", OPEN_LISTS)
    assert re.findall(r"(\d+) added, (\d+) changed", again) == [("0", "0")] * 3


@pytest.mark.django_db
def test_a_wrong_row_is_named_and_nothing_is_changed(tmp_path):
    write(tmp_path, "home_office_offence_codes.csv", HEAD_OFFENCES + "999,999/98,A new offence\n")
    write(
        tmp_path,
        "national_comparators_england.csv",
        HEAD_RATES
        + "FirstYJS,First,calendar year,2016,Sefton,North West,many\n"
        + "FirstYJS,First,calendar year,2017,Sefton,North West,12\n"
        + "FirstYJS,First,calendar year,2017,Sefton,North West,13\n",
    )
    before = list(PublishedRate.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        call_command("load_code_lists", tmp_path)
    assert str(refused.value).splitlines() == [
        "national_comparators_england.csv was refused; nothing was changed.",
        "  line 2: value is 'many'; write a number, or \"-\" where none is published",
        "  line 4: says again what line 3 says. Keep one",
        "No list was loaded.",
    ]
    assert not OffenceCode.objects.filter(code="999/98").exists()
    assert list(PublishedRate.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_category_that_somebody_chose_stays(tmp_path):
    OffenceCode.objects.filter(code="034/01").update(category="OTHER")
    write(tmp_path, "home_office_offence_codes.csv", HEAD_OFFENCES + "34,034/01,Robbery of a person\n")
    call_command("load_code_lists", tmp_path, verbosity=0)
    robbery = OffenceCode.objects.get(code="034/01")
    assert (robbery.title, robbery.category) == ("Robbery of a person", "OTHER")


@pytest.mark.django_db
def test_a_folder_without_lists_is_refused(tmp_path):
    with pytest.raises(CommandError, match="holds none of"):
        call_command("load_code_lists", tmp_path)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e999", "", "NA"])
@pytest.mark.django_db
def test_what_is_no_number_is_no_rate(tmp_path, value):
    write(
        tmp_path, "national_comparators_england.csv", HEAD_RATES + f"M,M,calendar year,2030,Here,North West,{value}\n"
    )
    with pytest.raises(CommandError, match="line 2: value is"):
        call_command("load_code_lists", tmp_path)
    assert not PublishedRate.objects.filter(year="2030").exists()


@pytest.mark.django_db
class TestSuppliedTables:
    def test_seriousness_is_absent_until_supplied(self, tmp_path, capsys):
        assert SeriousnessScore.objects.count() == 0
        path = write(tmp_path, "scores.csv", "code,score,valid_from,source\nAA11001,4,2026-04-01,Supplied by Ada\n")
        assert "1 added, 0 changed" in run(capsys, "load_seriousness", path)
        path = write(tmp_path, "scores.csv", "code,score,valid_from,source\nAA11001,5,2026-04-01,Supplied by Ada\n")
        assert "0 added, 1 changed" in run(capsys, "load_seriousness", path)
        assert list(SeriousnessScore.objects.values_list("code", "score", "valid_from")) == [
            ("AA11001", 5, date(2026, 4, 1))
        ]

    def test_a_bad_score_is_named_with_its_line(self, tmp_path):
        rows = "AA11001,9,2026-04-01,S\nAA11002,3,1/4/2026,S\n,3,2026-04-01,S\nAA11003,3,2026-04-01,S\n"
        path = write(tmp_path, "scores.csv", "code,score,valid_from,source\n" + rows)
        with pytest.raises(CommandError) as refused:
            call_command("load_seriousness", path)
        assert [line.strip() for line in str(refused.value).splitlines()[1:]] == [
            "line 2: score is '9'; write a whole number from 1 to 8",
            "line 3: valid_from is '1/4/2026'; write the date like 2026-04-01",
            "line 4: code is empty. Fill it in",
        ]
        assert SeriousnessScore.objects.count() == 0

    def test_populations_name_a_service_of_this_site(self, tmp_path, service, capsys):
        head = "service,year,aged_10_to_17,source\n"
        with pytest.raises(CommandError, match="there is no service 'T9' on this site; its services are T1"):
            call_command("load_populations", write(tmp_path, "p.csv", head + "T9,2024,23750,ONS mid-year\n"))
        with pytest.raises(CommandError, match="aged_10_to_17 is '0'"):
            call_command("load_populations", write(tmp_path, "p.csv", head + "T1,2024,0,ONS mid-year\n"))
        run(capsys, "load_populations", write(tmp_path, "p.csv", head + "T1,2024,23750,ONS mid-year\n"))
        run(capsys, "load_populations", write(tmp_path, "p.csv", head + "T1,2024,23760,ONS mid-year\n"))
        found = Population.objects.get(of_service=service)
        assert (found.year, found.aged_10_to_17, found.invented, found.version) == (2024, 23760, False, 2)

    def test_family_is_directional(self, tmp_path, service, other_service, capsys):
        path = write(tmp_path, "f.csv", "service,area,valid_from,source\nT1,Brackwater,2026-04-01,YJB list\n")
        run(capsys, "load_family", path)
        assert [(f.of_service.code, f.area) for f in Family.objects.all()] == [("T1", "Brackwater")]

    def test_a_missing_column_cell_or_encoding_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="line 1: there is no column valid_from, source"):
            call_command("load_seriousness", write(tmp_path, "a.csv", "code,score\nA,1\n"))
        with pytest.raises(CommandError, match="line 2: write 4 cells"):
            call_command("load_seriousness", write(tmp_path, "b.csv", "code,score,valid_from,source\nA,1\n"))
        bad = tmp_path / "c.csv"
        bad.write_bytes("code,score,valid_from,source\nA,1,2026-04-01,Caf\xe9\n".encode("latin-1"))
        with pytest.raises(CommandError, match="Save it as “CSV UTF-8”"):
            call_command("load_seriousness", bad)
        with pytest.raises(CommandError, match="There is no file"):
            call_command("load_seriousness", tmp_path / "none.csv")


def rate(area: str, value: float | None, label: str = "Rate") -> dict:
    return {"measure": "M", "measure_label": label, "year_type": "y", "year": "2024", "area": area, "region": "",
            "value": value, "note": ""}  # fmt: skip


@given(st.lists(st.floats(0.1, 1000), min_size=2, max_size=9), st.floats(0, 1))
def test_any_possible_rate_of_england_is_kept_and_a_sum_is_not(regions, weight):
    """A weighted mean lies between its parts; the sum of two or more positive rates is above all of them."""
    possible = min(regions) + weight * (max(regions) - min(regions))
    rows = [rate(f"Region {n}", value) for n, value in enumerate(regions)]
    kept = without_sums([rate("England", min(possible, max(regions))), *rows])
    assert kept[0]["value"] == min(possible, max(regions))
    taken_out = without_sums([rate("England", sum(regions)), *rows])
    assert taken_out[0]["value"] is None and taken_out[0]["note"]
    assert taken_out[1:] == rows


def test_pounds_may_be_summed():
    rows = [rate("England", 30, "Expenditure, £"), rate("A", 10, "Expenditure, £"), rate("B", 20, "Expenditure, £")]
    assert without_sums(rows) == rows


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ho_code,ho_code,sub_category_description\n1,2,x\n", "the column ho_code is there twice"),
        ("ho_code,sub_category_description\n1,a\x00b\n", "line 2: sub_category_description holds a null byte"),
    ],
)
def test_a_file_that_could_be_read_in_two_ways_or_not_held_is_refused(tmp_path, text, says):
    before = OffenceCode.objects.count()
    write(tmp_path, "home_office_offence_codes.csv", text)
    with pytest.raises(CommandError, match=says):
        call_command("load_code_lists", tmp_path)
    assert OffenceCode.objects.count() == before


@pytest.mark.django_db
def test_a_region_longer_than_its_place_and_a_number_beyond_counting_are_refused(tmp_path, service):
    rates = write(tmp_path, "national_comparators_england.csv", HEAD_RATES + f"m,M,y,2020,A,{'r' * 61},1\n")
    with pytest.raises(CommandError, match="line 2: region has 61 characters"):
        call_command("load_code_lists", rates.parent)
    people = write(tmp_path, "p.csv", f"service,year,aged_10_to_17,source\nT1,2024,{'9' * 5000},x\n")
    with pytest.raises(CommandError, match="write a whole number"):
        call_command("load_populations", people)
