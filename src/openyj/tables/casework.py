"""What happened and what was decided."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table
from openyj.tables.rules import ERROR, WARNING, between, not_after_as_of, not_before, present


class Offence(Table, key="offence_id", person="person"):
    """One offence one child is said to have committed. ``yjb_seriousness_score`` (1 to 8, by the offence code) and
    ``gravity_score`` (the police's, by the edition that ``gravity_matrix`` names) are two scores and never one. The
    return has neither the day of the charge, of which it asks the age, nor the police's score."""

    offence_id: int
    person: int
    child_id: Ref["child"]
    offence_date: date | None
    arrest_date: date | None
    charge_date: date | None
    plea: Code["plea"] | None
    offence_location_postcode: str | None
    cjs_code: str | None
    cjs_code_unknown: bool | None
    yjb_offence_category: Code["yjb_offence_category"] | None
    yjb_seriousness_score: int | None
    gravity_matrix: Code["gravity_matrix"] | None
    gravity_score: int | None
    knife_related_offence: bool | None
    recordable: bool | None
    programme_breach_id: Ref["intervention_programme"] | None

    rules = [
        not_before("offence_date", "child.date_of_birth", id="OFF-1"),
        not_before("arrest_date", "child.date_of_birth", id="OFF-2"),
        not_before("arrest_date", "offence_date", id="OFF-3", severity=WARNING),
        present("offence_date", id="OFF-4", why="an offence without its date can never be a reoffence"),
        not_after_as_of("offence_date", id="OFF-5"),
        not_after_as_of("arrest_date", id="OFF-6"),
        between("yjb_seriousness_score", 1, 8, id="OFF-7"),
        not_before("charge_date", "child.date_of_birth", id="OFF-8"),
        not_before("charge_date", "offence_date", id="OFF-9"),
        not_before("charge_date", "arrest_date", id="OFF-10", severity=WARNING),
        not_after_as_of("charge_date", id="OFF-11"),
        between("gravity_score", 1, 5, id="OFF-12"),
        present(
            "gravity_matrix",
            id="OFF-13",
            why="the same score means another thing in another edition",
            when="gravity_score",
            severity=ERROR,
        ),
    ]


class PoliceBail(Table, key="police_bail_id", person="person"):
    """How the police released a child, for one or several offences, from a day to a last day. The return has it inside
    each offence. Its conditions and the police station are the record's own words and in no table: they name places."""

    police_bail_id: int
    person: int
    child_id: Ref["child"]
    bail_status: Code["police_bail_status"]
    start_date: date
    end_date: date | None

    rules = [
        not_before("end_date", "start_date", id="PBL-1"),
        not_before("start_date", "child.date_of_birth", id="PBL-2"),
        not_after_as_of("start_date", id="PBL-3"),
    ]


class LinkPoliceBailOffence(Table, key=("police_bail_id", "offence_id"), person="person"):
    """Which offences police bail is for."""

    police_bail_id: Ref["police_bail"]
    offence_id: Ref["offence"]
    person: int


class Hearing(Table, key="hearing_id", person="person"):
    """One day in court. What was proposed about bail and remand is kept apart from what the court decided; each
    ``..._words`` is the local wording beside the code (the return's ``cmsremandDecision``)."""

    hearing_id: int
    person: int
    child_id: Ref["child"]
    hearing_date: date
    court_type: Code["court_type"] | None
    remand_proposal: Code["remand_type"] | None
    remand_proposal_words: str | None
    remand_decision: Code["remand_type"] | None
    remand_decision_words: str | None
    adjourned_to: date | None

    rules = [
        not_before("hearing_date", "child.date_of_birth", id="HRG-1"),
        not_before("adjourned_to", "hearing_date", id="HRG-2"),
    ]


class LinkHearingOffence(Table, key=("hearing_id", "offence_id"), person="person"):
    """Which offences a hearing dealt with."""

    hearing_id: Ref["hearing"]
    offence_id: Ref["offence"]
    person: int


class OffenceLegalOutcome(Table, key="outcome_id", person="person"):
    """One decision on one offence. An offence may have several: after an appeal, a breach, a review."""

    outcome_id: int
    person: int
    child_id: Ref["child"]
    offence_id: Ref["offence"]
    legal_outcome: str
    outcome_date: date
    outcome_end_date: date | None
    outcome_appeal_status: Code["outcome_appeal_status"] | None
    residence_on_legal_outcome_date: Code["residence_on_legal_outcome_date"] | None
    main_or_other: Code["main_or_other"] | None
    sentencing_occasion_id: int | None
    term_months: float | None

    rules = [
        not_before("outcome_date", "offence.offence_date", id="OUT-1"),
        not_before("outcome_date", "offence.arrest_date", id="OUT-2", severity=WARNING),
        not_before("outcome_date", "child.date_of_birth", id="OUT-3"),
        not_before("outcome_end_date", "outcome_date", id="OUT-4"),
        not_after_as_of("outcome_date", id="OUT-5"),
        present(
            "residence_on_legal_outcome_date",
            id="OUT-6",
            why="until it is, the outcome counts for this service, whether or not the child lived here",
        ),
        between("term_months", 0, 1200, id="OUT-7"),
    ]


class InterventionProgramme(Table, key="programme_id", person="person"):
    """What a service does with a child under an outcome, from a day to a day. A detention and training
    order is two: custody, then licence."""

    programme_id: int
    person: int
    child_id: Ref["child"]
    disposal_type: str
    start_date: date
    end_date: date | None
    successfully_completed: bool | None

    rules = [
        not_before("end_date", "start_date", id="PRG-1"),
        not_before("start_date", "child.date_of_birth", id="PRG-2"),
    ]


class LinkOffenceInterventionProgramme(Table, key=("offence_id", "programme_id"), person="person"):
    """Which offences a programme answers to."""

    offence_id: Ref["offence"]
    programme_id: Ref["intervention_programme"]
    person: int
