"""What a child's life is like beside the offences: each a dated history of its own, independent of orders.

Named as in the national return where it has the item (case-level notes, section 3), without the number of the key
performance indicator in front: ``kpi1EndDate`` is ``end_date``.
"""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table
from openyj.tables.rules import ERROR, WARNING, Rule, any_of, between, not_before, not_both, not_more, present

HOURS_IN_A_WEEK = 168
MOST_SESSIONS = 1000


class EteStatus(Table, key="ete_status_id", person="person"):
    """Education, training or employment, from a first day to a last. Several at once add up: ``hours_offered`` and
    ``hours`` (attended) are of one week. ``description`` is the local wording beside the code."""

    ete_status_id: int
    person: int
    child_id: Ref["child"]
    start_date: date
    end_date: date | None
    description: str | None
    provision_type: Code["provision_type"] | None
    suitability: Code["suitability"] | None
    hours_offered: float | None
    hours: float | None

    rules = [
        not_before("end_date", "start_date", id="ETE-1"),
        not_before("start_date", "child.date_of_birth", id="ETE-2"),
        not_more("hours", "hours_offered", id="ETE-3", severity=WARNING),
        between("hours_offered", 0, HOURS_IN_A_WEEK, id="ETE-4"),
        between("hours", 0, HOURS_IN_A_WEEK, id="ETE-5"),
    ]


class CareStatus(Table, key="care_status_id", person="person"):
    """What care or help the council gives a child or family, from a first day to a last. The groups of the codes are
    those of KPI 7. ``description`` is the local wording beside the code."""

    care_status_id: int
    person: int
    child_id: Ref["child"]
    status: Code["care_status"]
    start_date: date
    end_date: date | None
    description: str | None

    rules = [
        not_before("end_date", "start_date", id="CAR-1"),
        not_before("start_date", "child.date_of_birth", id="CAR-2"),
    ]


class Sendaln(Table, key="sendaln_id", person="person"):
    """Special educational needs and disabilities (Wales: additional learning needs): whether they are identified and
    whether there is a formal plan, from a first day to a last. ``description`` is the local wording."""

    sendaln_id: int
    person: int
    child_id: Ref["child"]
    identified_sendaln: Code["identified_sendaln"]
    send_formal_plan: Code["send_formal_plan"] | None
    send_start_date: date
    send_end_date: date | None
    description: str | None

    rules = [
        not_before("send_end_date", "send_start_date", id="SEN-1"),
        not_before("send_start_date", "child.date_of_birth", id="SEN-2"),
    ]


DATES = ("date_screened", "date_referred", "date_offered", "date_attended_start", "date_attended_end")


def need_rules(letters: str) -> list[Rule]:
    """What holds of a need from screened to attended. A child may be referred by somebody else before we screen, so
    that order is only doubted."""
    counted = "without it the offer counts as none"
    began = "what ended has begun"
    return [
        not_before("date_referred", "date_screened", id=f"{letters}-1", severity=WARNING),
        not_before("date_offered", "date_screened", id=f"{letters}-2"),
        not_before("date_attended_start", "date_offered", id=f"{letters}-3"),
        not_before("date_attended_end", "date_attended_start", id=f"{letters}-4"),
        not_before("date_offered", "date_referred", id=f"{letters}-5", severity=WARNING),
        present("intervention_type", id=f"{letters}-6", why=counted, when="date_offered"),
        any_of(*DATES, id=f"{letters}-7"),
        present("date_attended_start", id=f"{letters}-8", why=began, when="date_attended_end", severity=ERROR),
        not_before("date_screened", "child.date_of_birth", id=f"{letters}-9"),
        not_before("date_referred", "child.date_of_birth", id=f"{letters}-10"),
    ]


class MentalHealth(Table, key="mental_health_id", person="person"):
    """One need of mental health or emotional wellbeing, from screened to attended. ``need_identified`` is this
    project's: where it is NO the child was screened and no need found, which the return does not ask for; a count of
    needs leaves such a row out."""

    mental_health_id: int
    person: int
    child_id: Ref["child"]
    date_screened: date | None
    need_identified: Code["need_identified"] | None
    date_referred: date | None
    date_offered: date | None
    date_attended_start: date | None
    date_attended_end: date | None
    intervention_type: Code["mental_health_intervention_type"] | None

    rules = need_rules("MH")


class SubstanceMisuse(Table, key="substance_misuse_id", person="person"):
    """One need because of alcohol or drugs, from screened to attended. As mental_health."""

    substance_misuse_id: int
    person: int
    child_id: Ref["child"]
    date_screened: date | None
    need_identified: Code["need_identified"] | None
    date_referred: date | None
    date_offered: date | None
    date_attended_start: date | None
    date_attended_end: date | None
    intervention_type: Code["substance_misuse_intervention_type"] | None

    rules = need_rules("SM")


class PartnerReferral(Table, key="partner_referral_id", person="person"):
    """A child referred to a partner, and what became of it: accepted or declined, waiting, first seen. The return has
    no such item. Neither accepted nor declined is no answer yet; accepted and not seen is waiting."""

    partner_referral_id: int
    person: int
    child_id: Ref["child"]
    partner_kind: Code["partner_kind"]
    partner: str | None
    date_referred: date
    date_accepted: date | None
    date_declined: date | None
    decline_reason: Code["decline_reason"] | None
    date_first_seen: date | None
    date_ended: date | None

    rules = [
        not_before("date_accepted", "date_referred", id="PTR-1"),
        not_before("date_declined", "date_referred", id="PTR-2"),
        not_before("date_first_seen", "date_referred", id="PTR-3"),
        not_before("date_ended", "date_referred", id="PTR-4"),
        not_before("date_referred", "child.date_of_birth", id="PTR-5"),
        not_both("date_accepted", "date_declined", id="PTR-6"),
        not_both("date_first_seen", "date_declined", id="PTR-7"),
        present("decline_reason", id="PTR-8", why="unmet need is counted by reason", when="date_declined"),
        not_before("date_first_seen", "date_accepted", id="PTR-9", severity=WARNING),
    ]


class ParentingIntervention(Table, key="parenting_intervention_id", person="person"):
    """Support for a child's parents or carers: sessions planned and attended, and how far they took part.
    ``programme_id`` is the return's link to a programme."""

    parenting_intervention_id: int
    person: int
    child_id: Ref["child"]
    parenting_intervention_type: Code["parenting_intervention_type"]
    description: str | None
    date_referred: date | None
    intervention_start_date: date | None
    intervention_end_date: date | None
    sessions_planned: int | None
    sessions_attended: int | None
    engagement_level: Code["engagement_level"] | None
    programme_id: Ref["intervention_programme"] | None

    rules = [
        not_before("intervention_end_date", "intervention_start_date", id="PAR-1"),
        not_before("intervention_start_date", "child.date_of_birth", id="PAR-2"),
        not_more("sessions_attended", "sessions_planned", id="PAR-3", severity=WARNING),
        between("sessions_planned", 0, MOST_SESSIONS, id="PAR-4"),
        between("sessions_attended", 0, MOST_SESSIONS, id="PAR-5"),
        not_before("intervention_start_date", "date_referred", id="PAR-6", severity=WARNING),
        any_of("date_referred", "intervention_start_date", id="PAR-7"),
        present(
            "intervention_start_date",
            id="PAR-8",
            why="what ended has begun",
            when="intervention_end_date",
            severity=ERROR,
        ),
        not_before("date_referred", "child.date_of_birth", id="PAR-9"),
    ]
