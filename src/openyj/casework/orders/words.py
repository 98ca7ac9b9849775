"""What follows from an outcome, in words."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.casework.models import (
    Appeal,
    Contract,
    Custody,
    OrderChange,
    OrderTransfer,
    Outcome,
    Requirement,
    RequirementHours,
)
from openyj.casework.orders.dates import NOT_WORKED_OUT, end_of, middle_and_expiry
from openyj.casework.orders.selectors import same_order
from openyj.core.dates import say_date
from openyj.people.models import Child

YES_NO = {True: "Yes", False: "No", None: ""}


def say_end(row: Outcome, child: Child) -> str:
    """Until when an order runs, by one of its outcomes. Of a child read with `selectors.RUNNING`."""
    signed, changed, held = (
        [each for each in rows.all() if each.stands and same_order(each.outcome, row)]
        for rows in (child.contracts, child.orderchanges, child.custodys)
    )
    return end_of(row, next(iter(signed), None), changed, next(iter(held), None)).words


def say_progress(row: Requirement) -> str:
    """How far a requirement is: "12 of 60 hours done, 48 to do". Of a row read with its standing hours as `done`."""
    done = sum(each.hours for each in row.done)
    if row.hours_ordered is None:
        return f"{done:g} hours done" if row.done else ""
    left = max(row.hours_ordered - done, 0)
    return f"{done:g} of {row.hours_ordered:g} hours done, {f'{left:g} to do' if left else 'none left'}"


def say_stretch(row: Requirement) -> str:
    """From when to when, and whether it ended early."""
    days = [f"from {say_date(row.start_date)}" if row.start_date else "", row.term]
    days.append(f"until {say_date(row.end_date)}" if row.end_date else "")
    if row.ended_early_on:
        how = row.get_ended_early_how_display() or "Ended early"
        days.append(f"{how[:1].lower()}{how[1:]} on {say_date(row.ended_early_on)}: {row.ended_early_why}")
    return ", ".join(filter(None, days))


def say_requirement(row: Requirement) -> Iterator[tuple[str, object]]:
    yield "Requirement", str(row)
    yield "Under", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date)
    yield "Length, as the order says it", row.term
    yield "Substantive requirement", YES_NO[row.substantive]
    yield "Hours ordered", "" if row.hours_ordered is None else f"{row.hours_ordered:g}"
    if row.done:
        yield "Hours done", say_progress(row)
    if row.ended_early_on:
        yield "Ended early or changed", say_date(row.ended_early_on)
        yield "How", row.get_ended_early_how_display()
        yield "By whom and why", row.ended_early_why


def say_hours(row: RequirementHours) -> Iterator[tuple[str, object]]:
    yield "Requirement", str(row.requirement)
    yield "Day", say_date(row.day)
    yield "Hours done", f"{row.hours:g}"
    yield "With whom", row.supervised_by


def say_appeal(row: Appeal) -> str:
    """ "Against the sentence, 2 May 2026: changed on appeal, 4 June 2026; now Fine, 4 June 2026"."""
    about = row.get_about_display()
    said = f"Against {about[:1].lower()}{about[1:]}, " if about else "Made on "
    said += f"{say_date(row.appealed_on)}: "
    said += f"{row.get_result_display()}, {say_date(row.result_on)}" if row.result else "not decided yet"
    if row.new_outcome:
        said += f"; now {row.new_outcome}, {say_date(row.new_outcome.outcome_date)}"
    return said


def say_appeal_facts(row: Appeal) -> Iterator[tuple[str, object]]:
    yield "What was appealed", f"{row.outcome}, {say_date(row.outcome.outcome_date)} ({row.outcome.offence})"
    yield "Date of the appeal", say_date(row.appealed_on)
    yield "Against what", row.get_about_display()
    yield "Result", row.get_result_display() or "Not decided yet"
    yield "Date of the result", say_date(row.result_on)
    if row.new_outcome:
        yield "New outcome", f"{row.new_outcome}, {say_date(row.new_outcome.outcome_date)}"


def say_contract(row: Contract) -> Iterator[tuple[str, object]]:
    yield "Of", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "Contract signed on", say_date(row.signed_on)
    yield "Who signed it", row.signed_by
    yield "The order runs until", say_end(row.outcome, row.child)
    if row.late_reason:
        yield "Why it was late", row.late_reason


def say_change(row: OrderChange) -> Iterator[tuple[str, object]]:
    yield "Of", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "What was decided", row.get_how_display()
    yield "From", say_date(row.decided_on)
    if row.months:
        yield "Months added", f"{row.months:g}"
    yield "By whom", row.by_whom
    yield "Why", row.why


def say_release(row: Custody) -> str:
    """The day of release: as the establishment wrote, or the mid-term date as an estimate, or that it is not known."""
    if row.release_on:
        return f"{say_date(row.release_on)}, as the establishment wrote on {say_date(row.letter_on)}"
    middle, _expiry = middle_and_expiry(row.outcome.outcome_date, row.outcome.term_months)
    if middle is None:
        return NOT_WORKED_OUT
    return f"{say_date(middle)}: the mid-term date, an estimate until the establishment has written"


def say_expiry(row: Custody) -> str:
    """The end of the licence, likewise."""
    if row.expiry_on:
        return f"{say_date(row.expiry_on)}, as the establishment wrote on {say_date(row.letter_on)}"
    _middle, expiry = middle_and_expiry(row.outcome.outcome_date, row.outcome.term_months)
    return f"{say_date(expiry)}: an estimate until the establishment has written" if expiry else NOT_WORKED_OUT


def say_custody(row: Custody) -> Iterator[tuple[str, object]]:
    yield "Of", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "Establishment", row.establishment and row.establishment.label
    yield "Custody from", say_date(row.custody_programme.start_date)
    yield "Release", say_release(row)
    yield "Licence until", say_expiry(row)
    yield "Letter of", say_date(row.letter_on)


def say_transfer_facts(row: OrderTransfer) -> Iterator[tuple[str, object]]:
    yield "Of", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "What was asked", row.get_how_display()
    yield "The other service", row.other_service.name
    yield "Asked on", say_date(row.asked_on)
    yield "Answer", row.get_answer_display() or "Not answered yet"
    yield "Date of the answer", say_date(row.answered_on)
    if row.starts_on:
        yield "From", say_date(row.starts_on)
    yield "Why", row.reason
