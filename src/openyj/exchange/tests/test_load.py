"""The bulk load, and the whole way round: invented tables into the record and out through the loader again."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.db import connection

from openyj.accounts.models import History, Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.live import tables_of
from openyj.exchange import load, staging
from openyj.exchange.load import Beside, Refused, load_tables
from openyj.invented.service import service as invented_service
from openyj.people.models import Address, Child, Person
from openyj.tables import BY_NAME, CaseTables, linked

pytestmark = pytest.mark.django_db
NUMBERED = {  # which table's numbers each column holds
    "person": "person",
    "child_id": "child",
    "offence_id": "offence",
    "outcome_id": "offence_legal_outcome",
    "programme_id": "intervention_programme",
    "programme_breach_id": "intervention_programme",
    "police_bail_id": "police_bail",
    "hearing_id": "hearing",
    "sentence_proposal_id": "sentence_proposal",
    "bail_offer_id": "bail_offer",
    "remand_id": "remand_episode",
    "post_charge_id": "post_charge_accommodation",
    "residence_id": "residence",
    "ete_status_id": "ete_status",
    "care_status_id": "care_status",
    "sendaln_id": "sendaln",
    "mental_health_id": "mental_health",
    "substance_misuse_id": "substance_misuse",
    "partner_referral_id": "partner_referral",
    "parenting_intervention_id": "parenting_intervention",
    "transfer_id": "transfer",
    "requirement_id": "outcome_requirement",
    "entry_id": "requirement_hours",
    "appeal_id": "appeal",
    "contract_id": "referral_order_contract",
    "order_change_id": "order_change",
    "order_transfer_id": "order_transfer",
    "custody_id": "custody_and_licence",
    "custody_programme_id": "intervention_programme",
    "licence_programme_id": "intervention_programme",
    "new_outcome_id": "offence_legal_outcome",
}


@pytest.fixture(scope="module")
def tables() -> CaseTables:
    return invented_service(children=60, years=3)


def renumbered(tables: CaseTables, numbers: dict[str, dict[int, int]]) -> CaseTables:
    """The tables with the record's numbers in place of their own."""
    new = {}
    for name, table in tables.items():
        declared = BY_NAME[name]
        if declared.person:
            for column in table.column_names:
                if column in NUMBERED:
                    of = numbers[NUMBERED[column]]
                    values = [None if v is None else of[v] for v in table[column].to_pylist()]
                    index = table.column_names.index(column)
                    table = table.set_column(index, table.schema.field(column), pa.array(values, pa.int64()))
            order = [declared.person, *declared.key]
            table = table.sort_by([(c, "ascending") for c in order])
        new[name] = table
    return CaseTables(new)


def test_tables_come_back_from_the_record_as_they_went_in(tables):
    done = load_tables(tables=tables, by=None)
    back = tables_of(None)
    sent = linked(renumbered(tables, done.numbers))
    for name in BY_NAME:
        if BY_NAME[name].person:
            assert back[name].to_pylist() == sent[name].to_pylist(), name
    assert done.rows["offence"] == len(tables["offence"]) > 60


def test_a_service_gets_every_row_of_the_persons_it_has_touched_and_no_others(tables):
    load_tables(tables=tables, by=None)
    everybody = tables_of(None)
    main = everybody["service"]["service"][0].as_py()
    mine = tables_of(Service.objects.get(code=main))
    touched = everybody["child"].filter(pc.equal(everybody["child"]["service"], main))["person"].to_pylist()
    expected = everybody.of_persons(touched)
    # What is no person's is the service's own and nobody else's.
    boards = everybody["board_attendance"]
    expected = expected.replacing({"board_attendance": boards.filter(pc.equal(boards["service"], main))})
    assert 0 < len(expected["board_attendance"]) < len(boards)
    assert {n: mine[n].to_pylist() for n in mine} == {n: expected[n].to_pylist() for n in expected}
    assert len(mine["child"]) < len(everybody["child"])


def test_an_error_in_one_row_refuses_the_load_and_changes_nothing(tables):
    rows = tables["offence"].to_pylist()
    rows[3]["yjb_offence_category"] = "NO_SUCH_CATEGORY"
    broken = tables.replacing({"offence": pa.Table.from_pylist(rows, schema=tables["offence"].schema)})
    with pytest.raises(Refused) as refused:
        load_tables(tables=broken, by=None)
    assert [(f.table, f.column) for f in refused.value.faults] == [("offence", "yjb_offence_category")]
    assert str(rows[3]["offence_id"]) in refused.value.faults[0].key
    with acting(by=None, services=EVERY_SERVICE):
        assert Child.objects.count() == 0


def test_names_come_beside_the_tables_or_are_said_to_be_missing(tables):
    first = tables["child"]["child_id"][0].as_py()
    beside = Beside.from_rows(children={first: {"given_name": "Tamsin", "family_name": "Oddlow"}})
    load_tables(tables=tables, by=None, beside=beside)
    with acting(by=None, services=EVERY_SERVICE):
        assert Child.objects.filter(given_name="Tamsin").count() == 1
        others = Child.objects.exclude(given_name="Tamsin").values_list("given_name", flat=True)
        assert set(others) == {"Not supplied"}
        assert Address.objects.exists()


def test_loaded_rows_have_history(tables):
    load_tables(tables=tables, by=None)
    with acting(by=None, services=EVERY_SERVICE):
        assert History.objects.filter(table="casework_offence", action="insert").count() == len(tables["offence"])


def test_children_written_a_few_at_a_time_are_the_same(tables, monkeypatch):
    monkeypatch.setattr(load, "AT_ONCE", 7)
    told = []
    done = load_tables(tables=tables, by=None, told=lambda *counts: told.append(counts))
    sent, back = linked(renumbered(tables, done.numbers)), tables_of(None)
    for name in BY_NAME:
        if BY_NAME[name].person:
            assert back[name].to_pylist() == sent[name].to_pylist(), name
    assert told[0] == (7, len(tables["child"])) and told[-1] == (len(tables["child"]), len(tables["child"]))


def test_services_are_matched_by_code_and_persons_linked_across_them(tables):
    code = tables["service"]["service"][1].as_py()
    here = Service.objects.create(code=code, name="Known before", invented=True)
    load_tables(tables=tables, by=None)
    here.refresh_from_db()
    assert here.name == "Known before" and Service.objects.count() == len(tables["service"])
    with acting(by=None, services=EVERY_SERVICE):
        known = dict(Child.objects.values_list("number", "person"))
        assert Person.objects.count() == len(set(known.values())) == len(tables.persons())
        persons = {r["current_yot_id"]: r["person"] for r in tables["child"].to_pylist() if r["current_yot_id"]}
        together = {(persons[number], person) for number, person in known.items() if number in persons}
    assert len(together) == len({old for old, _ in together}) == len({new for _, new in together})


def test_a_load_that_breaks_off_changes_nothing(tables, monkeypatch):
    insert, calls = staging.Stage.insert, []

    def broken(stage, rows):
        calls.append(stage.table)
        if len(calls) == 12:
            raise OSError("No space left on device")
        insert(stage, rows)

    monkeypatch.setattr(load, "AT_ONCE", 9)
    monkeypatch.setattr(staging.Stage, "insert", broken)
    with pytest.raises(OSError, match="No space"):
        load_tables(tables=tables, by=None)
    assert len(calls) == 12
    with acting(by=None, services=EVERY_SERVICE):
        assert (Child.objects.count(), Person.objects.count(), Service.objects.count()) == (0, 0, 0)
        assert not History.objects.filter(table__in=["people_child", "people_address", "accounts_service"]).exists()


def test_after_a_load_references_wait_for_the_end_again_and_tables_are_counted(tables):
    load_tables(tables=tables, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'casework_offence'")
        assert cursor.fetchone() == (len(tables["offence"]),)
        with acting(by=None, services=EVERY_SERVICE):
            # Refused only when the transaction is asked to hold; put right before that, it holds.
            child = Child.objects.first()
            Child.objects.filter(pk=child.pk).update(person_id=0)
            Child.objects.filter(pk=child.pk).update(person_id=child.person_id)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
