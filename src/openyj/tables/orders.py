"""What follows from an outcome: requirements and the hours done on them, appeals, what an order runs by."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table
from openyj.tables.rules import ERROR, WARNING, between, not_after_as_of, not_before, present

HOURS_IN_A_DAY = 24
MOST_HOURS = 5000


class OutcomeRequirement(Table, key="requirement_id", person="person"):
    """A requirement or condition of an outcome (the return's ``lorequirements``). ``requirement`` is a code of the
    site's own dated list, ``term`` the length as the order says it. It stands with one outcome of its sentencing
    occasion and answers all of them."""

    requirement_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    requirement: str
    start_date: date | None
    end_date: date | None
    term: str | None
    is_substantive_requirement: bool | None
    hours_ordered: float | None
    ended_early_on: date | None
    ended_early_how: Code["early_end"] | None

    rules = [
        not_before("start_date", "offence_legal_outcome.outcome_date", id="REQ-1"),
        not_before("end_date", "start_date", id="REQ-2"),
        not_before("ended_early_on", "start_date", id="REQ-3"),
        between("hours_ordered", 0.1, MOST_HOURS, id="REQ-4"),
        present(
            "ended_early_how", id="REQ-5", when="ended_early_on", why="done, revoked and breached are not the same"
        ),
    ]


class RequirementHours(Table, key="entry_id", person="person"):
    """Hours done on one day under a requirement; the return's ``unpaidWorkCompletedHours`` is the sum of those of
    unpaid work."""

    entry_id: int
    person: int
    child_id: Ref["child"]
    requirement_id: Ref["outcome_requirement"]
    day: date
    hours: float
    supervised_by: str | None

    rules = [
        not_before("day", "outcome_requirement.start_date", id="REH-1", severity=WARNING),
        between("hours", 0.1, HOURS_IN_A_DAY, id="REH-2"),
        not_after_as_of("day", id="REH-3"),
    ]


class Appeal(Table, key="appeal_id", person="person"):
    """An appeal against an outcome, and its result. The outcome holds the result as ``outcome_appeal_status``; the date
    of the appealed outcome, which the return holds on the new one, is that of ``outcome_id``."""

    appeal_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    appealed_on: date
    appeal_about: Code["appeal_about"] | None
    result: Code["outcome_appeal_status"] | None
    result_on: date | None
    new_outcome_id: Ref["offence_legal_outcome"] | None

    rules = [
        not_before("appealed_on", "offence_legal_outcome.outcome_date", id="APP-1"),
        not_before("result_on", "appealed_on", id="APP-2"),
        not_after_as_of("appealed_on", id="APP-3"),
        present("result", id="APP-4", when="result_on", why="whether the outcome counts depends on it", severity=ERROR),
        present("result_on", id="APP-5", when="result", why="a result has its day", severity=ERROR),
    ]


class ReferralOrderContract(Table, key="contract_id", person="person"):
    """The contract of a referral order. The order runs from the day it was signed, not from sentence."""

    contract_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    signed_on: date
    signed_by: str | None

    rules = [
        not_before("signed_on", "offence_legal_outcome.outcome_date", id="RFC-1"),
        not_after_as_of("signed_on", id="RFC-2"),
    ]


class OrderChange(Table, key="order_change_id", person="person"):
    """An order was made longer by ``months``, or ended before its time on ``decided_on``."""

    order_change_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    how: Code["order_change"]
    decided_on: date
    months: float | None
    by_whom: str | None

    rules = [
        not_before("decided_on", "offence_legal_outcome.outcome_date", id="OCH-1"),
        not_after_as_of("decided_on", id="OCH-2"),
        between("months", 0.1, 36, id="OCH-3"),
    ]


class CustodyAndLicence(Table, key="custody_id", person="person"):
    """The two programmes of a detention and training order, the establishment (a word of the site's own dated list),
    and the dates it has written. Where ``release_on`` is empty, the start of the licence is an estimate."""

    custody_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    custody_programme_id: Ref["intervention_programme"]
    licence_programme_id: Ref["intervention_programme"] | None
    establishment: str | None
    letter_on: date | None
    release_on: date | None
    expiry_on: date | None

    rules = [
        not_before("release_on", "offence_legal_outcome.outcome_date", id="CUS-1"),
        not_before("expiry_on", "release_on", id="CUS-2"),
        not_after_as_of("letter_on", id="CUS-3"),
        present("letter_on", id="CUS-4", when="release_on", why="a written date has its letter", severity=ERROR),
        present("letter_on", id="CUS-5", when="expiry_on", why="a written date has its letter", severity=ERROR),
    ]


class OrderTransfer(Table, key="order_transfer_id", person="person"):
    """Another service was asked to take over an order or look after it, or asked this one. What was accepted is a row
    of ``transfer`` too, which is the return's."""

    order_transfer_id: int
    person: int
    child_id: Ref["child"]
    outcome_id: Ref["offence_legal_outcome"]
    how: Code["order_transfer"]
    other_service: str
    asked_on: date
    answer: Code["transfer_answer"] | None
    answered_on: date | None
    starts_on: date | None
    reason: str | None
    transfer_id: Ref["transfer"] | None

    rules = [
        not_before("asked_on", "offence_legal_outcome.outcome_date", id="OTR-1"),
        not_before("answered_on", "asked_on", id="OTR-2"),
        not_after_as_of("asked_on", id="OTR-3"),
        present("answer", id="OTR-4", when="answered_on", why="who is responsible depends on it", severity=ERROR),
        present("answered_on", id="OTR-5", when="answer", why="an answer has its day", severity=ERROR),
    ]
