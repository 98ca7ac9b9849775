"""Every validity rule finds what it is for, on the row it is about, and nothing in sound tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from openyj.tables import ALL, CaseTables, Fault, validate
from openyj.tables.tests.rows import NO_STEPS, Rows, case_tables, sound, with_change

AS_OF = date(2022, 3, 31)
TOMORROW = AS_OF + timedelta(days=1)
BEFORE_BIRTH = date(2006, 5, 14)


def test_sound_tables_have_no_fault() -> None:
    assert validate(case_tables(sound()), AS_OF) == []


# rule's number, column, what is put into the first row, part of the message
NEEDS: list[tuple[int, str, dict[str, Any], str]] = [
    (1, "date_referred", {"date_referred": date(2021, 4, 5)}, "before date_screened 2021-04-06"),
    (2, "date_offered", {"date_offered": date(2021, 4, 5)}, "before date_screened 2021-04-06"),
    (3, "date_attended_start", {"date_attended_start": date(2021, 4, 30)}, "before date_offered 2021-05-01"),
    (4, "date_attended_end", {"date_attended_end": date(2021, 5, 7)}, "before date_attended_start 2021-05-08"),
    (5, "date_offered", {"date_referred": date(2021, 5, 2)}, "before date_referred 2021-05-02"),
    (6, "intervention_type", {"intervention_type": None}, "the offer counts as none"),
    (7, "date_screened", NO_STEPS, "Says nothing"),
    (8, "date_attended_start", {"date_attended_start": None}, "what ended has begun"),
    (9, "date_screened", {"date_screened": BEFORE_BIRTH}, "before child date_of_birth"),
    (10, "date_referred", {"date_referred": BEFORE_BIRTH}, "before child date_of_birth"),
]
# rule, table, column, what is put into the first row of the table, part of the message
CHANGES: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("CHD-1", "child", "date_of_birth", {"date_of_birth": None}, "Record it"),
    ("CHD-2", "child", "date_of_birth", {"date_of_birth": TOMORROW}, "is after 2022-03-31"),
    ("CODE-1", "child", "sex", {"sex": "F"}, "'F' is not a code of the list sex"),
    ("CODE-1", "legal_outcome", "outcome_group", {"outcome_group": "Prison"}, "'Prison' is not a code"),
    ("SRV-1", "child", "service", {"service": "Nort"}, "There is no service 'Nort'"),
    ("SRV-1", "population", "service", {"service": "Nort"}, "There is no service 'Nort'"),
    ("POP-1", "population", "aged_10_to_17", {"aged_10_to_17": 0}, "0 is not from 1 to 10,000,000"),
    ("RES-1", "residence", "end_date", {"end_date": BEFORE_BIRTH}, "is before start_date 2006-05-15"),
    ("RES-2", "residence", "start_date", {"start_date": BEFORE_BIRTH}, "before child date_of_birth 2006-05-15"),
    ("ETE-1", "ete_status", "end_date", {"end_date": date(2020, 8, 31)}, "is before start_date 2020-09-01"),
    ("ETE-2", "ete_status", "start_date", {"start_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("ETE-3", "ete_status", "hours", {"hours": 25.5}, "25.5 is more than hours_offered 25. Check both"),
    ("ETE-4", "ete_status", "hours_offered", {"hours_offered": 169.0}, "169.0 is not from 0 to 168"),
    ("ETE-5", "ete_status", "hours", {"hours": -1.0}, "-1.0 is not from 0 to 168"),
    ("CODE-1", "ete_status", "provision_type", {"provision_type": "CIRCUS"}, "'CIRCUS' is not a code of the list"),
    ("CAR-1", "care_status", "end_date", {"end_date": date(2020, 2, 29)}, "is before start_date 2020-03-01"),
    ("CAR-2", "care_status", "start_date", {"start_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("SEN-1", "sendaln", "send_end_date", {"send_end_date": date(2019, 1, 6)}, "before send_start_date 2019-01-07"),
    ("SEN-2", "sendaln", "send_start_date", {"send_start_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("REQ-1", "outcome_requirement", "start_date", {"start_date": date(2021, 4, 4)}, "before offence_legal_outcome"),
    ("REQ-2", "outcome_requirement", "end_date", {"end_date": date(2021, 4, 4)}, "is before start_date 2021-04-05"),
    ("REQ-3", "outcome_requirement", "ended_early_on", {"ended_early_on": date(2021, 4, 4)}, "is before start_date"),
    ("REQ-4", "outcome_requirement", "hours_ordered", {"hours_ordered": 0.0}, "0.0 is not from 0.1 to 5,000"),
    ("REQ-5", "outcome_requirement", "ended_early_how", {"ended_early_how": None}, "are not the same"),
    ("CODE-1", "outcome_requirement", "ended_early_how", {"ended_early_how": "LUCK"}, "'LUCK' is not a code"),
    ("APP-1", "appeal", "appealed_on", {"appealed_on": date(2021, 4, 4)}, "before offence_legal_outcome outcome_date"),
    ("APP-2", "appeal", "result_on", {"result_on": date(2021, 4, 19)}, "is before appealed_on 2021-04-20"),
    ("APP-3", "appeal", "appealed_on", {"appealed_on": TOMORROW, "result_on": TOMORROW}, "is after 2022-03-31"),
    ("APP-4", "appeal", "result", {"result": None}, "whether the outcome counts depends on it"),
    ("APP-5", "appeal", "result_on", {"result_on": None}, "a result has its day"),
    ("CODE-1", "appeal", "appeal_about", {"appeal_about": "LUCK"}, "'LUCK' is not a code"),
    ("RFC-1", "referral_order_contract", "signed_on", {"signed_on": date(2021, 4, 4)}, "before offence_legal_outcome"),
    ("RFC-2", "referral_order_contract", "signed_on", {"signed_on": TOMORROW}, "is after 2022-03-31"),
    ("OCH-1", "order_change", "decided_on", {"decided_on": date(2021, 4, 4)}, "before offence_legal_outcome"),
    ("OCH-2", "order_change", "decided_on", {"decided_on": TOMORROW}, "is after 2022-03-31"),
    ("OCH-3", "order_change", "months", {"months": 37.0}, "37.0 is not from 0.1 to 36"),
    ("CODE-1", "order_change", "how", {"how": "LUCK"}, "'LUCK' is not a code"),
    ("CUS-1", "custody_and_licence", "release_on", {"release_on": date(2021, 4, 4)}, "before offence_legal_outcome"),
    ("CUS-2", "custody_and_licence", "expiry_on", {"expiry_on": date(2021, 7, 4)}, "is before release_on 2021-07-05"),
    ("CUS-3", "custody_and_licence", "letter_on", {"letter_on": TOMORROW}, "is after 2022-03-31"),
    ("CUS-4", "custody_and_licence", "letter_on", {"letter_on": None}, "a written date has its letter"),
    ("CUS-5", "custody_and_licence", "letter_on", {"letter_on": None, "release_on": None}, "has its letter"),
    (
        "OTR-1",
        "order_transfer",
        "asked_on",
        {"asked_on": date(2021, 4, 4)},
        "before offence_legal_outcome outcome_date",
    ),
    ("OTR-2", "order_transfer", "answered_on", {"answered_on": date(2021, 4, 19)}, "is before asked_on 2021-04-20"),
    ("OTR-3", "order_transfer", "asked_on", {"asked_on": TOMORROW, "answered_on": TOMORROW}, "is after 2022-03-31"),
    ("OTR-4", "order_transfer", "answer", {"answer": None}, "who is responsible depends on it"),
    ("OTR-5", "order_transfer", "answered_on", {"answered_on": None}, "an answer has its day"),
    ("CODE-1", "order_transfer", "how", {"how": "LUCK"}, "'LUCK' is not a code"),
    ("CODE-1", "order_transfer", "answer", {"answer": "LUCK"}, "'LUCK' is not a code"),
    ("REH-1", "requirement_hours", "day", {"day": date(2021, 4, 4)}, "before outcome_requirement start_date"),
    ("REH-2", "requirement_hours", "hours", {"hours": 24.5}, "24.5 is not from 0.1 to 24"),
    ("REH-3", "requirement_hours", "day", {"day": TOMORROW}, "is after 2022-03-31"),
    *[
        (f"{letters}-{rule}", table, column, change, message)
        for letters, table in (("MH", "mental_health"), ("SM", "substance_misuse"))
        for rule, column, change, message in NEEDS
    ],
    ("PTR-1", "partner_referral", "date_accepted", {"date_accepted": date(2021, 5, 2)}, "before date_referred"),
    (
        "PTR-2",
        "partner_referral",
        "date_declined",
        {"date_accepted": None, "date_first_seen": None, "date_declined": date(2021, 5, 2)},
        "before date_referred 2021-05-03",
    ),
    ("PTR-3", "partner_referral", "date_first_seen", {"date_first_seen": date(2021, 5, 2)}, "before date_referred"),
    ("PTR-4", "partner_referral", "date_ended", {"date_ended": date(2021, 5, 2)}, "before date_referred"),
    ("PTR-5", "partner_referral", "date_referred", {"date_referred": BEFORE_BIRTH}, "before child date_of_birth"),
    ("PTR-6", "partner_referral", "date_accepted", {"date_declined": date(2021, 5, 4)}, "exclude each other"),
    ("PTR-7", "partner_referral", "date_first_seen", {"date_declined": date(2021, 5, 4)}, "exclude each other"),
    (
        "PTR-8",
        "partner_referral",
        "decline_reason",
        {"date_accepted": None, "date_first_seen": None, "date_declined": date(2021, 5, 4)},
        "unmet need is counted by reason",
    ),
    ("PTR-9", "partner_referral", "date_first_seen", {"date_first_seen": date(2021, 5, 9)}, "before date_accepted"),
    (
        "PAR-1",
        "parenting_intervention",
        "intervention_end_date",
        {"intervention_end_date": date(2021, 4, 30)},
        "before intervention_start_date 2021-05-01",
    ),
    (
        "PAR-2",
        "parenting_intervention",
        "intervention_start_date",
        {"intervention_start_date": BEFORE_BIRTH},
        "before child date_of_birth",
    ),
    ("PAR-3", "parenting_intervention", "sessions_attended", {"sessions_attended": 9}, "9 is more than sessions_pl"),
    ("PAR-4", "parenting_intervention", "sessions_planned", {"sessions_planned": 1001}, "is not from 0 to 1,000"),
    ("PAR-5", "parenting_intervention", "sessions_attended", {"sessions_attended": -1}, "-1 is not from 0"),
    (
        "PAR-6",
        "parenting_intervention",
        "intervention_start_date",
        {"date_referred": date(2021, 5, 2)},
        "before date_referred 2021-05-02",
    ),
    (
        "PAR-7",
        "parenting_intervention",
        "date_referred",
        dict.fromkeys(["date_referred", "intervention_start_date", "intervention_end_date"]),
        "Says nothing",
    ),
    (
        "PAR-8",
        "parenting_intervention",
        "intervention_start_date",
        {"intervention_start_date": None},
        "what ended has begun",
    ),
    ("PAR-9", "parenting_intervention", "date_referred", {"date_referred": BEFORE_BIRTH}, "child date_of_birth"),
    ("REF-1", "parenting_intervention", "programme_id", {"programme_id": 9}, "no intervention_programme 9"),
    ("TRF-1", "transfer", "transfer_date", {"transfer_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("PRG-1", "intervention_programme", "end_date", {"end_date": date(2021, 4, 4)}, "before start_date"),
    ("PRG-2", "intervention_programme", "start_date", {"start_date": BEFORE_BIRTH}, "date_of_birth"),
    ("PRG-3", "intervention_programme", "disposal_type", {"disposal_type": "HUGS"}, "'HUGS' is stands in no row"),
    ("OFF-1", "offence", "offence_date", {"offence_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("OFF-2", "offence", "arrest_date", {"arrest_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("OFF-3", "offence", "arrest_date", {"arrest_date": date(2021, 1, 31)}, "before offence_date 2021-02-01"),
    ("OFF-4", "offence", "offence_date", {"offence_date": None}, "can never be a reoffence"),
    ("OFF-5", "offence", "offence_date", {"offence_date": TOMORROW}, "is after 2022-03-31"),
    ("OFF-6", "offence", "arrest_date", {"arrest_date": TOMORROW}, "is after 2022-03-31"),
    ("OFF-7", "offence", "yjb_seriousness_score", {"yjb_seriousness_score": 9}, "9 is not from 1 to 8"),
    ("OFF-8", "offence", "charge_date", {"charge_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("OFF-9", "offence", "charge_date", {"charge_date": date(2021, 1, 31)}, "before offence_date 2021-02-01"),
    ("OFF-10", "offence", "charge_date", {"charge_date": date(2021, 2, 1)}, "before arrest_date"),
    ("OFF-11", "offence", "charge_date", {"charge_date": TOMORROW}, "is after 2022-03-31"),
    ("OFF-12", "offence", "gravity_score", {"gravity_score": 6, "gravity_matrix": "NPCC_2025"}, "6 is not from 1 to 5"),
    ("OFF-13", "offence", "gravity_matrix", {"gravity_score": 3}, "another thing in another edition"),
    ("PBL-1", "police_bail", "end_date", {"end_date": date(2021, 2, 1)}, "before start_date"),
    ("PBL-2", "police_bail", "start_date", {"start_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("PBL-3", "police_bail", "start_date", {"start_date": TOMORROW}, "is after 2022-03-31"),
    ("REF-1", "link_police_bail_offence", "offence_id", {"offence_id": 9}, "There is no offence 9"),
    ("HRG-1", "hearing", "hearing_date", {"hearing_date": BEFORE_BIRTH}, "before child date_of_birth"),
    ("OUT-1", "offence_legal_outcome", "outcome_date", {"outcome_date": date(2021, 1, 31)}, "before offence"),
    ("OUT-2", "offence_legal_outcome", "outcome_date", {"outcome_date": date(2021, 2, 1)}, "arrest_date"),
    ("OUT-3", "offence_legal_outcome", "outcome_date", {"outcome_date": BEFORE_BIRTH}, "date_of_birth"),
    ("OUT-4", "offence_legal_outcome", "outcome_end_date", {"outcome_end_date": date(2021, 4, 4)}, "before"),
    ("OUT-5", "offence_legal_outcome", "outcome_date", {"outcome_date": TOMORROW}, "is after 2022-03-31"),
    (
        "OUT-6",
        "offence_legal_outcome",
        "residence_on_legal_outcome_date",
        {"residence_on_legal_outcome_date": None},
        "counts for this service",
    ),
    ("OUT-7", "offence_legal_outcome", "term_months", {"term_months": -1.0}, "-1.0 is not from 0 to 1,200"),
    ("OUT-8", "offence_legal_outcome", "legal_outcome", {"legal_outcome": "LINES"}, "What 'LINES' counts as"),
    ("REF-1", "offence", "child_id", {"child_id": 9}, "There is no child 9"),
    ("REF-1", "offence", "programme_breach_id", {"programme_breach_id": 9}, "no intervention_programme 9"),
    ("REF-2", "hearing", "person", {"person": 2}, "Says person 2, but its child 1 says person 1"),
    ("MAP-1", "legal_outcome", "valid_to", {"valid_to": date(1899, 12, 31)}, "before valid_from 1900-01-01"),
]


@pytest.mark.parametrize(("rule", "table", "column", "change", "message"), CHANGES, ids=lambda value: str(value)[:30])
def test_rule_finds_its_fault(rule: str, table: str, column: str, change: dict, message: str) -> None:
    rows = sound()
    held = case_tables(rows)
    if table in rows:
        held = with_change(table, **change)
    else:
        given = held[table].to_pylist()
        held = held.replacing(CaseTables.from_rows({table: [{**given[0], **change}, *given[1:]]}))
    (fault,) = (each for each in validate(held, AS_OF) if (each.rule, each.table) == (rule, table))
    assert fault.column == column
    assert message in fault.message


def test_key_used_twice_is_named() -> None:
    rows = sound()
    rows["link_hearing_offence"] *= 2
    assert validate(case_tables(rows), AS_OF) == [
        Fault("KEY-1", "link_hearing_offence", "1, 1", "hearing_id", "2 rows have this key. Keep one")
    ]


def test_mapping_may_change_from_a_day_but_not_overlap() -> None:
    first = {
        "legal_outcome": "FINE",
        "label": "Fine",
        "outcome_group": "first-tier",
        "seriousness_rank": 3,
        "valid_from": date(2000, 1, 1),
        "valid_to": date(2019, 12, 31),
    }
    second = first | {"valid_from": date(2020, 1, 1), "valid_to": None}
    assert validate(CaseTables.from_rows({"legal_outcome": [first, second]})) == []
    (fault,) = validate(CaseTables.from_rows({"legal_outcome": [first | {"valid_to": None}, second]}))
    assert (fault.rule, fault.key) == ("MAP-2", "FINE, 2000-01-01")
    assert "starts on 2020-01-01" in fault.message


def test_outcome_outside_its_mappings_days_is_unmapped() -> None:
    held = case_tables(sound())
    ended = [row | {"valid_to": date(2021, 4, 4)} for row in held["legal_outcome"].to_pylist()]
    held = held.replacing(CaseTables.from_rows({"legal_outcome": ended}))
    (fault,) = validate(held, AS_OF)
    assert (fault.rule, fault.key) == ("OUT-8", "1")
    assert "on 2021-04-05 is not in the table legal_outcome" in fault.message


def test_custody_linked_to_no_offence_is_a_warning() -> None:
    rows = sound()
    rows["link_offence_intervention_programme"] = []
    (fault,) = validate(case_tables(rows), AS_OF)
    assert (fault.rule, fault.severity, fault.key) == ("PRG-4", "warning", "1")


def test_table_referred_to_but_not_supplied_is_a_warning() -> None:
    rows = sound()
    for name in ("hearing", "sentence_proposal", "bail_offer", "remand_episode"):
        del rows[name]
    (fault,) = validate(case_tables(rows), AS_OF)
    assert (fault.rule, fault.severity, fault.table) == ("REF-3", "warning", "link_hearing_offence")
    assert fault.message == "Rows refer to the table hearing, which was not supplied"


def test_dates_to_come_are_not_judged_without_a_day() -> None:
    rows = sound() | {"outcome_requirement": [], "requirement_hours": [], "appeal": []}
    rows |= {"referral_order_contract": [], "order_change": [], "custody_and_licence": [], "order_transfer": []}
    rows["offence_legal_outcome"][0] |= {"outcome_date": date(2099, 1, 1), "outcome_end_date": None}
    assert validate(case_tables(rows)) == []


def test_what_may_be_missing_or_odd_warns_and_the_rest_are_errors() -> None:
    warnings = {rule.id for table in ALL for rule in table.rules if rule.severity == "warning"}
    circumstances = {"ETE-3", "MH-1", "MH-5", "MH-6", "SM-1", "SM-5", "SM-6", "PTR-8", "PTR-9", "PAR-3", "PAR-6"}
    assert warnings == {"CHD-1", "OFF-3", "OFF-4", "OFF-10", "OUT-2", "OUT-6", "REM-5"} | circumstances | {
        "REQ-5",
        "REH-1",
    }


def test_rule_ids_are_used_once() -> None:
    ids = [rule.id for table in ALL for rule in table.rules]
    assert len(set(ids)) == len(ids)


def test_text_with_braces_and_quotes_is_only_text() -> None:
    held = with_change("offence_legal_outcome", legal_outcome="{0}'; DROP TABLE child; --")
    (fault,) = validate(held, AS_OF)
    assert fault.message.startswith("What '{0}'; DROP TABLE child; --' counts as on 2021-04-05")


def test_fault_reads_as_one_line() -> None:
    rows: Rows = sound()
    rows["child"][0]["sex"] = "F"
    assert [str(fault) for fault in validate(case_tables(rows), AS_OF)] == [
        "error CODE-1 child 1 sex: 'F' is not a code of the list sex. Use one of its codes or leave it empty"
    ]
