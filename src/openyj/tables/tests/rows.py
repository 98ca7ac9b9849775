"""A small set of case-level tables in which nothing is wrong, to be put wrong in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.tables import CaseTables, with_shipped

Rows = dict[str, list[dict[str, Any]]]


STEPS = {
    "date_screened": date(2021, 4, 6),
    "need_identified": "YES",
    "date_referred": date(2021, 4, 7),
    "date_offered": date(2021, 5, 1),
    "date_attended_start": date(2021, 5, 8),
    "date_attended_end": date(2021, 7, 1),
}
NO_STEPS = dict.fromkeys(STEPS)


def sound() -> Rows:
    """One child of the service North: an offence, its hearing and order, a home, custody and a licence."""
    own = {"person": 1, "child_id": 1}
    return {
        "service": [{"service": "North", "name": "North", "country": "England", "invented": True}],
        "population": [{"service": "North", "year": 2021, "aged_10_to_17": 900, "source": "drawn", "invented": True}],
        "board_attendance": [
            {
                "service": "North",
                "meeting_id": 1,
                "sector": code,
                "meeting_date": date(2021, 5, 11),
                "held": True,
                "senior_attended": code == "POLICE",
                "delegate_attended": code == "HEALTH",
                "new_partner": False if code in ("POLICE", "HEALTH") else None,
            }
            for code in ("EDUCATION", "HEALTH", "POLICE", "PROBATION", "SOCIAL_CARE")
        ],
        "child": [
            {
                **own,
                "service": "North",
                "date_of_birth": date(2006, 5, 15),
                "sex": "2",
                "ethnicity": "M1",
                "deleted": False,
            }
        ],
        "residence": [{**own, "residence_id": 1, "start_date": date(2006, 5, 15), "primary_residence": True}],
        "ete_status": [
            {
                **own,
                "ete_status_id": 1,
                "start_date": date(2020, 9, 1),
                "end_date": date(2021, 7, 20),
                "provision_type": "MAINSTREAM_SCHOOL",
                "hours_offered": 25.0,
                "hours": 20.0,
            }
        ],
        "care_status": [
            {
                **own,
                "care_status_id": 1,
                "status": "CHILD_IN_NEED",
                "start_date": date(2020, 3, 1),
                "end_date": date(2020, 9, 30),
            }
        ],
        "sendaln": [
            {
                **own,
                "sendaln_id": 1,
                "identified_sendaln": "YES",
                "send_formal_plan": "NO",
                "send_start_date": date(2019, 1, 7),
                "send_end_date": date(2021, 1, 7),
            }
        ],
        "mental_health": [{**own, "mental_health_id": 1, "intervention_type": "GETTING_HELP", **STEPS}],
        "substance_misuse": [{**own, "substance_misuse_id": 1, "intervention_type": "COMPLEX_CARE", **STEPS}],
        "partner_referral": [
            {
                **own,
                "partner_referral_id": 1,
                "partner_kind": "MENTORING",
                "date_referred": date(2021, 5, 3),
                "date_accepted": date(2021, 5, 10),
                "date_first_seen": date(2021, 5, 20),
                "date_ended": date(2021, 8, 1),
            },
            {
                **own,
                "partner_referral_id": 2,
                "partner_kind": "HOUSING",
                "date_referred": date(2021, 5, 3),
                "date_declined": date(2021, 5, 4),
                "decline_reason": "NO_CAPACITY",
            },
        ],
        "parenting_intervention": [
            {
                **own,
                "parenting_intervention_id": 1,
                "parenting_intervention_type": "PARENTING_ORDER",
                "date_referred": date(2021, 4, 6),
                "intervention_start_date": date(2021, 5, 1),
                "intervention_end_date": date(2021, 7, 1),
                "sessions_planned": 8,
                "sessions_attended": 6,
                "programme_id": 1,
            }
        ],
        "transfer": [{**own, "transfer_id": 1, "transfer_date": date(2021, 3, 1)}],
        "intervention_programme": [
            {
                **own,
                "programme_id": 1,
                "disposal_type": "DTO_CUSTODY",
                "start_date": date(2021, 4, 5),
                "end_date": date(2021, 7, 5),
            }
        ],
        "offence": [
            {
                **own,
                "offence_id": 1,
                "offence_date": date(2021, 2, 1),
                "arrest_date": date(2021, 2, 2),
                "yjb_offence_category": "ROBBERY",
                "yjb_seriousness_score": 6,
            }
        ],
        "police_bail": [
            {
                **own,
                "police_bail_id": 1,
                "bail_status": "PRE_CHARGE_BAIL",
                "start_date": date(2021, 2, 2),
                "end_date": date(2021, 2, 20),
            }
        ],
        "link_police_bail_offence": [{"police_bail_id": 1, "offence_id": 1, "person": 1}],
        "hearing": [
            {
                **own,
                "hearing_id": 1,
                "hearing_date": date(2021, 3, 1),
                "court_type": "YOUTH_COURT",
                "adjourned_to": date(2021, 4, 5),
            }
        ],
        "link_hearing_offence": [{"hearing_id": 1, "offence_id": 1, "person": 1}],
        "sentence_proposal": [
            {**own, "sentence_proposal_id": 1, "hearing_id": 1, "sort_order": 1, "proposal": "REFERRAL_ORDER"}
        ],
        "bail_offer": [
            {**own, "bail_offer_id": 1, "hearing_id": 1, "date_offered": date(2021, 2, 28), "accepted": False}
        ],
        "remand_episode": [
            {
                **own,
                "remand_id": 1,
                "hearing_id": 1,
                "remand_kind": "YDA",
                "start_date": date(2021, 3, 1),
                "end_date": date(2021, 4, 5),
                "looked_after_from": date(2021, 3, 1),
                "looked_after_until": date(2021, 4, 5),
                "cost_a_day_pence": 35000,
            }
        ],
        "post_charge_accommodation": [
            {
                **own,
                "post_charge_id": 1,
                "date_asked": date(2021, 2, 2),
                "offered": False,
                "kept_overnight": "POLICE_STATION",
            }
        ],
        "offence_legal_outcome": [
            {
                **own,
                "outcome_id": 1,
                "offence_id": 1,
                "legal_outcome": "DETENTION_AND_TRAINING_ORDER",
                "outcome_date": date(2021, 4, 5),
                "outcome_end_date": date(2021, 10, 5),
                "residence_on_legal_outcome_date": "LOCAL",
                "term_months": 6.0,
            }
        ],
        "link_offence_intervention_programme": [{"offence_id": 1, "programme_id": 1, "person": 1}],
        "outcome_requirement": [
            {
                **own,
                "requirement_id": 1,
                "outcome_id": 1,
                "requirement": "UNPAID_WORK",
                "start_date": date(2021, 4, 5),
                "end_date": date(2021, 10, 4),
                "hours_ordered": 40.0,
                "ended_early_on": date(2021, 9, 1),
                "ended_early_how": "COMPLETED_EARLY",
            }
        ],
        "requirement_hours": [
            {**own, "entry_id": 1, "requirement_id": 1, "day": date(2021, 5, 1), "hours": 7.0, "supervised_by": "Us"}
        ],
        "referral_order_contract": [
            {**own, "contract_id": 1, "outcome_id": 1, "signed_on": date(2021, 4, 20), "signed_by": "The child"}
        ],
        "order_change": [
            {
                **own,
                "order_change_id": 1,
                "outcome_id": 1,
                "how": "EXTENDED",
                "decided_on": date(2021, 6, 1),
                "months": 2.0,
            }
        ],
        "order_transfer": [
            {
                **own,
                "order_transfer_id": 1,
                "outcome_id": 1,
                "how": "FULL_TO",
                "other_service": "North",
                "asked_on": date(2021, 4, 20),
                "answer": "REFUSED",
                "answered_on": date(2021, 4, 25),
            }
        ],
        "custody_and_licence": [
            {
                **own,
                "custody_id": 1,
                "outcome_id": 1,
                "custody_programme_id": 1,
                "letter_on": date(2021, 6, 1),
                "release_on": date(2021, 7, 5),
                "expiry_on": date(2021, 10, 4),
            }
        ],
        "appeal": [
            {
                **own,
                "appeal_id": 1,
                "outcome_id": 1,
                "appealed_on": date(2021, 4, 20),
                "appeal_about": "SENTENCE",
                "result": "Result of appeal unchanged",
                "result_on": date(2021, 5, 20),
            }
        ],
    }


def case_tables(rows: Rows) -> CaseTables:
    return with_shipped(CaseTables.from_rows(rows))


def with_change(table: str, **change: Any) -> CaseTables:
    """The sound tables with the first row of one table changed."""
    rows = sound()
    rows[table][0] = {**rows[table][0], **change}
    return case_tables(rows)
