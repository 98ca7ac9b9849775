"""What happened and what was decided."""

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table


class Offence(Table, key="offence_id", person="person"):
    """One offence one child is said to have committed."""

    offence_id: int
    person: int
    child_id: Ref["child"]
    offence_date: date | None
    arrest_date: date | None
    cjs_code: str | None
    yjb_offence_category: Code["yjb_offence_category"] | None
    yjb_seriousness_score: int | None
    knife_related_offence: bool | None
    recordable: bool | None
    programme_breach_id: Ref["intervention_programme"] | None


class Hearing(Table, key="hearing_id", person="person"):
    """One day in court."""

    hearing_id: int
    person: int
    child_id: Ref["child"]
    hearing_date: date
    court_type: Code["court_type"] | None


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


class LinkOffenceInterventionProgramme(Table, key=("offence_id", "programme_id"), person="person"):
    """Which offences a programme answers to."""

    offence_id: Ref["offence"]
    programme_id: Ref["intervention_programme"]
    person: int
