"""Until when an order runs. Worked-out dates are estimates and say so, because they decide liberty.

OD-1  an end that the court or establishment has written holds; else it is worked out
OD-2  a referral order runs from the day its contract is signed; without one no end is worked out
OD-3  the expiry of a detention and training order is the last day of so many months from its start; its middle is half
      of its days from the start, both by the rule of the YJB's sentence calculator
OD-4  what that rule does not say is not worked out: parts of months, a month without the day, an odd number of days
OD-5  an extension adds its months; an order that ended early ended on that day
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from openyj.casework.models import Contract, Custody, OrderChange, Outcome
from openyj.casework.services import estimated_end
from openyj.core.dates import say_date

# Runs from the day its contract is signed, not from sentence (case-level notes, section 4).
REFERRAL_ORDER = "REFERRAL_ORDER"
DTO = "DETENTION_AND_TRAINING_ORDER"
NOT_WORKED_OUT = "Not worked out: how such a length is rounded is not published. Wait for the establishment’s letter"


@dataclass(frozen=True)
class End:
    """Until when an order runs. `day` is None where nobody knows; `words` say where it comes from."""

    day: date | None
    words: str
    estimate: bool = False


def middle_and_expiry(start: date, months: float | None) -> tuple[date | None, date | None]:
    """The mid-term date and the expiry of a detention and training order (OD-3); None where OD-4 says so.

    Eleven months from 29 June 2026 are 334 days: the middle is 12 December 2026, the expiry 28 May 2027.
    """
    if not months or months != int(months):
        return None, None
    years, month = divmod(start.month - 1 + int(months), 12)
    if start.year + years > date.max.year or start.day > monthrange(start.year + years, month + 1)[1]:
        return None, None
    expiry = date(start.year + years, month + 1, start.day) - timedelta(days=1)
    days = (expiry - start).days + 1
    return (start + timedelta(days=days // 2 - 1) if days % 2 == 0 else None), expiry


def end_of(outcome: Outcome, contract: Contract | None, changes: list[OrderChange], custody: Custody | None) -> End:
    """Until when an order runs, from what stands on it."""
    ended = next((change for change in changes if change.how != "EXTENDED"), None)
    if ended:
        how = ended.get_how_display()
        said = f"Ended on {say_date(ended.decided_on)}: {how[:1].lower()}{how[1:]}, by {ended.by_whom}: {ended.why}"
        return End(ended.decided_on, said)
    if custody and custody.expiry_on:
        return End(custody.expiry_on, f"{say_date(custody.expiry_on)}, as the establishment wrote")
    added = sum(change.months or 0 for change in changes)
    longer = f", made longer by {added:g} months" if added else ""
    if outcome.end_date:
        asked = f"{longer}: check whether that day is the new end" if longer else ""
        return End(outcome.end_date, f"{say_date(outcome.end_date)}{asked}")
    if not outcome.term_months:
        return End(None, "")
    months = f"{outcome.term_months + added:g} months"
    if outcome.legal_outcome.code == DTO:
        _middle, expiry = middle_and_expiry(outcome.outcome_date, outcome.term_months)
        return estimated(expiry, months) if expiry else End(None, f"{months}. {NOT_WORKED_OUT}")
    if outcome.legal_outcome.code == REFERRAL_ORDER:
        if contract is None:
            return End(None, f"{months} from the day the contract is signed")
        day = estimated_end(contract.signed_on, outcome.term_months + added)
        if day is None:
            return End(None, f"Not known: {months} from {say_date(contract.signed_on)}")
        words = f"{say_date(day)}: worked out from the contract of {say_date(contract.signed_on)} and {months}"
        return End(day, words, estimate=True)
    day = estimated_end(outcome.outcome_date, outcome.term_months + added)
    return estimated(day, months) if day else End(None, f"Not known: {months}")


def estimated(day: date, months: str) -> End:
    return End(day, f"{say_date(day)}: an estimate from {months}, not the court’s date", estimate=True)
