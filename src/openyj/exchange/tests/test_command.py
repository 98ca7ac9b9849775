"""`load_tables`: a folder into the record, or nothing with every row that is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.core.management import CommandError, call_command
from pyarrow import parquet

from openyj.accounts.models import Locality, Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Outcome
from openyj.exchange.load import Refused, load_tables
from openyj.invented import command as demo_data
from openyj.people.models import Address, Child, Person
from openyj.reference.models import LegalOutcome
from openyj.tables import CaseTables

pytestmark = pytest.mark.django_db
CHILD = (
    "child_id,person,service,locality,current_yot_id,originating_yot_person_id,date_of_birth,sex,ethnicity,deleted\n"
)
ONE = {
    "service": [{"service": "Z1", "name": "Zelham", "invented": True}],
    "child": [{"child_id": 1, "person": 1, "service": "Z1", "current_yot_id": "A1", "deleted": False}],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The invented service's tables and details, as `openyj demo-data` writes them."""
    from argparse import ArgumentParser

    out = tmp_path_factory.mktemp("invented") / "cases"
    parser = ArgumentParser()
    demo_data.add(parser)
    demo_data.run(parser.parse_args(["--out", str(out), "--children", "30", "--years", "2"]))
    return out


def counts() -> tuple[int, ...]:
    with acting(by=None, services=EVERY_SERVICE):
        return tuple(model.objects.count() for model in (Service, Locality, Person, Child, Address, Outcome))


def refused(capsys, *args) -> list[str]:
    """The rows the command named, once it is sure that nothing was changed."""
    before = counts()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_tables", *args)
    assert counts() == before
    return capsys.readouterr().out.splitlines()


def misfits(**more) -> list[tuple[str, str | None, str | None]]:
    """Rule, key and column of what refuses one child with `more` rows; nothing may be changed."""
    before = counts()
    with pytest.raises(Refused) as refusal:
        load_tables(tables=CaseTables.from_rows(ONE | more), by=None)
    assert counts() == before
    return [(f.rule, f.key, f.column) for f in refusal.value.faults]


def test_a_folder_is_loaded_with_its_details(folder, capsys):
    call_command("load_tables", folder, "--details")
    said = capsys.readouterr().out
    children = parquet.read_table(folder / "details/children.parquet").to_pylist()
    assert dict(line.split()[:2] for line in said.splitlines()[:-1])["child"] == str(len(children))
    with acting(by=None, services=EVERY_SERVICE):
        names = sorted(Child.objects.values_list("given_name", "family_name"))
        assert names == sorted((c["given_name"], c["family_name"]) for c in children)
        assert not Address.objects.filter(lines="Not supplied").exists()


def test_without_details_names_are_said_to_be_not_supplied(folder):
    call_command("load_tables", folder, verbosity=0)
    with acting(by=None, services=EVERY_SERVICE):
        assert set(Child.objects.values_list("given_name", flat=True)) == {"Not supplied"}


def test_a_folder_loaded_twice_is_refused_child_by_child(folder, capsys):
    call_command("load_tables", folder)
    capsys.readouterr()
    lines = refused(capsys, folder)
    children = [line for line in lines if line.startswith("error LOAD-5 child ")]
    boards = [line for line in lines if line.startswith("error LOAD-13 board_attendance ")]
    assert len(children) == counts()[3] and len(boards) > 0 and len(children) + len(boards) == len(lines)
    assert "has a child numbered" in lines[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CHILD.encode() + b"1,1,Z1,,A1,,2010-06-04,\xff,,false\n", "cannot be read"),
        (CHILD.encode() + b"1,1,Z1,,A1,,31 Feb 2010,,,false\n", "line 2: '31 Feb 2010'"),
        (CHILD.encode() + b"1,1,Z1,,A1,,2010-02-31,,,false\n", "line 2: '2010-02-31'"),
        (CHILD.encode() + b"1,1,Z1,,A1,,2999-01-01,,,false\n", "CHD-2 child 1 date_of_birth"),
        (b"child_id,person\n1,1\n", "The column is missing"),
        (CHILD.encode() + b"1,1,Z1,,A1,,,,,false\n" * 2, "2 rows have this key"),
        (CHILD.encode() + b"1,1,NO,,A1,,,,,false\n", "There is no service 'NO'"),
        (b"", "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_the_row_and_the_reason(tmp_path, capsys, text, says):
    Service.objects.create(code="Z1", name="Zelham")
    (tmp_path / "child.csv").write_bytes(text)
    assert says in "\n".join(refused(capsys, tmp_path))


def test_a_byte_order_mark_is_no_fault(tmp_path):
    Service.objects.create(code="Z1", name="Zelham")
    (tmp_path / "child.csv").write_bytes(b"\xef\xbb\xbf" + CHILD.encode() + b"1,1,Z1,,A1,,2010-06-04,,,false\n")
    call_command("load_tables", tmp_path, verbosity=0)
    with acting(by=None, services=EVERY_SERVICE):
        assert Child.objects.get().number == "A1"


def test_ten_thousand_wrong_rows_are_each_named(tmp_path, capsys):
    rows = "".join(f"{n},{n},NO,,,,,,,false\n" for n in range(10_000))
    (tmp_path / "child.csv").write_text(CHILD + rows)
    assert len(refused(capsys, tmp_path)) == 10_000


def test_a_folder_that_is_none_or_empty_is_refused(tmp_path):
    for given, says in ((tmp_path / "no", "is not a folder"), (tmp_path, "holds no case-level table")):
        with pytest.raises(CommandError, match=says):
            call_command("load_tables", given)
    (tmp_path / "child.csv").write_text(CHILD)
    with pytest.raises(CommandError, match="holds no details"):
        call_command("load_tables", tmp_path, "--details")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("child_id,given_name\n7,Nia\n", "There is no child 7"),
        ("child_id,given_name\n1,Nia\n1,Nia\n", "2 rows have this number"),
        (f"child_id,given_name\n1,{'x' * 81}\n", "81 characters; shorten it to 80"),
        ("child_id,given_name\n1,a\x00b\n", "null byte"),
        ("child_id,other\n1,Nia\n", "needs the column child_id and one or more of"),
        ("child_id,given_name\nx,Nia\n", "cannot be read"),
    ],
)
def test_bad_details_are_refused(tmp_path, capsys, text, says):
    Service.objects.create(code="Z1", name="Zelham")
    (tmp_path / "child.csv").write_text(CHILD + "1,1,Z1,,A1,,,,,false\n")
    (tmp_path / "details").mkdir()
    (tmp_path / "details/children.csv").write_text(text)
    assert says in "\n".join(refused(capsys, tmp_path, "--details"))


def test_one_child_alone_fits():
    load_tables(tables=CaseTables.from_rows(ONE), by=None)
    assert counts()[3] == 1


def test_rows_that_refer_to_a_table_nobody_supplied_are_refused():
    offence = {"offence_id": 5, "person": 1, "child_id": 1, "programme_breach_id": 3}
    assert misfits(offence=[offence]) == [("LOAD-1", None, "programme_breach_id")]


def test_a_number_given_to_two_children_is_refused():
    children = [{"child_id": n, "person": n, "service": "Z1", "current_yot_id": "A1", "deleted": False} for n in (1, 2)]
    assert misfits(child=children) == [("LOAD-6", "2", "current_yot_id")]


@pytest.mark.parametrize("outcome", ["NO_SUCH_OUTCOME", "NOT_YET_IN_FORCE"])
def test_an_outcome_the_site_does_not_have_on_its_day_is_refused(outcome):
    LegalOutcome.objects.create(code="NOT_YET_IN_FORCE", label="Not yet", valid_from=date(2025, 1, 1))
    offence = {"offence_id": 5, "person": 1, "child_id": 1}
    decided = {"outcome_id": 8, "person": 1, "child_id": 1, "offence_id": 5, "outcome_date": date(2024, 5, 1)}
    found = misfits(offence=[offence], offence_legal_outcome=[decided | {"legal_outcome": outcome}])
    assert found == [("LOAD-3", "8", "legal_outcome")]


def test_a_kind_of_programme_the_site_does_not_have_is_refused():
    row = {"programme_id": 3, "person": 1, "child_id": 1, "disposal_type": "NO", "start_date": date(2024, 1, 1)}
    assert misfits(intervention_programme=[row]) == [("LOAD-4", "3", "disposal_type")]


def test_two_main_addresses_at_once_are_refused_as_on_a_page():
    first = {"residence_id": 1, "person": 1, "child_id": 1, "primary_residence": True}
    first |= {"start_date": date(2024, 1, 1), "end_date": date(2024, 6, 1)}
    touching = first | {"residence_id": 2, "start_date": date(2024, 6, 1), "end_date": None}
    empty = first | {"residence_id": 3, "start_date": date(2024, 7, 1), "end_date": date(2024, 7, 1)}
    other = first | {"residence_id": 4, "start_date": date(2024, 7, 1), "primary_residence": False, "end_date": None}
    load_tables(tables=CaseTables.from_rows(ONE | {"residence": [first, touching, empty, other]}), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert Address.objects.count() == 4
    again = {"child": [ONE["child"][0] | {"current_yot_id": "A2"}]}
    early = touching | {"start_date": first["end_date"] - timedelta(days=1)}
    assert misfits(**again, residence=[first, early]) == [("LOAD-7", "2", "start_date")]
    # The longest of the earlier ones counts, not the latest.
    inside = first | {"residence_id": 5, "start_date": date(2024, 2, 1), "end_date": date(2024, 3, 1)}
    after = first | {"residence_id": 6, "start_date": date(2024, 4, 1), "end_date": date(2024, 5, 1)}
    assert [key for _, key, _ in misfits(**again, residence=[first, inside, after])] == ["5", "6"]


def test_a_row_that_refers_to_another_childs_record_is_refused():
    """One person known to two services: the record of one holds nothing of the other's."""
    first = ONE["child"][0]
    two = {
        "service": [*ONE["service"], {"service": "Z2", "name": "Zorrow", "invented": True}],
        "child": [first, first | {"child_id": 2, "service": "Z2"}],
        "offence": [{"offence_id": 5, "person": 1, "child_id": 1}, {"offence_id": 6, "person": 1, "child_id": 2}],
        "hearing": [{"hearing_id": 7, "person": 1, "child_id": 2, "hearing_date": date(2024, 5, 1)}],
    }
    decided = {"outcome_id": 8, "person": 1, "child_id": 2, "legal_outcome": "YOUTH_CAUTION"}
    decided |= {"offence_id": 5, "outcome_date": date(2024, 5, 1)}
    link = {"hearing_id": 7, "offence_id": 5, "person": 1}
    found = misfits(**two, offence_legal_outcome=[decided], link_hearing_offence=[link])
    assert found == [("LOAD-12", "8", "offence_id"), ("LOAD-12", "7, 5", "hearing_id")]
    load_tables(tables=CaseTables.from_rows(two | {"link_hearing_offence": [link | {"offence_id": 6}]}), by=None)


def test_an_arrest_before_its_offence_is_refused_as_on_a_page():
    row = {"offence_id": 5, "person": 1, "child_id": 1}
    row |= {"offence_date": date(2024, 1, 2), "arrest_date": date(2024, 1, 1)}
    assert misfits(offence=[row]) == [("LOAD-8", "5", "arrest_date")]


@pytest.mark.parametrize(
    ("matrix", "score"), [("ACPO_2013", 5), ("ACPO_2013", 0), ("NPCC_2023", 6), ("NPCC_2025", None)]
)
def test_a_score_its_edition_does_not_have_is_refused_as_on_a_page(matrix, score):
    row = {"offence_id": 5, "person": 1, "child_id": 1, "gravity_matrix": matrix, "gravity_score": score}
    assert ("LOAD-14", "5", "gravity_score") in misfits(offence=[row])


def test_a_code_that_is_given_and_not_known_is_refused_as_on_a_page():
    row = {"offence_id": 5, "person": 1, "child_id": 1, "cjs_code": "OF61102", "cjs_code_unknown": True}
    assert misfits(offence=[row]) == [("LOAD-15", "5", "cjs_code_unknown")]


def test_a_population_of_no_year_is_refused():
    row = {"service": "Z1", "year": 99_999, "aged_10_to_17": 5000, "source": "x", "invented": True}
    assert misfits(population=[row]) == [("LOAD-9", "Z1, 99999", "year")]


@pytest.mark.parametrize(
    ("column", "text"), [("locality", "x" * 81), ("current_yot_id", "x" * 31), ("current_yot_id", "a\x00b")]
)
def test_text_the_record_cannot_hold_is_refused(column, text):
    assert misfits(child=[ONE["child"][0] | {column: text}]) == [("LOAD-10", "1", column)]


def test_a_locality_written_in_two_ways_is_one():
    children = [
        {"child_id": n, "person": n, "service": "Z1", "locality": name, "deleted": False}
        for n, name in ((1, "North"), (2, "NORTH"), (3, None))
    ]
    load_tables(tables=CaseTables.from_rows(ONE | {"child": children}), by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert sorted(str(child.locality) for child in Child.objects.all()) == ["NORTH", "NORTH", "None"]


def test_a_table_in_arrow_with_a_date_no_calendar_has_is_refused(tmp_path, capsys):
    table = CaseTables.from_rows(ONE)["child"]
    days = pa.array([2**30], pa.int32()).cast(pa.date32())
    table = table.set_column(table.schema.get_field_index("date_of_birth"), "date_of_birth", days)
    parquet.write_table(table, tmp_path / "child.parquet")
    assert "years 1 to 9999" in refused(capsys, tmp_path)[0]
