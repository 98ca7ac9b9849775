"""What follows from an outcome, in words."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.casework.models import Appeal, Outcome, Requirement, RequirementHours
from openyj.casework.services import estimated_end
from openyj.core.dates import say_date

YES_NO = {True: "Yes", False: "No", None: ""}
# Runs from the day its contract is signed, not from sentence (case-level notes, section 4), so no end is worked out.
RUNS_FROM_CONTRACT = "REFERRAL_ORDER"


def say_end(row: Outcome) -> str:
    """The end of an outcome; worked out from its length it is an estimate and says so, for it decides liberty."""
    if row.end_date or not row.term_months:
        return say_date(row.end_date)
    months = f"{row.term_months:g} months"
    if row.legal_outcome.code == RUNS_FROM_CONTRACT:
        return f"{months} from the day the contract is signed"
    end = estimated_end(row.outcome_date, row.term_months)
    return f"{say_date(end)}: an estimate from {months}, not the court’s date" if end else f"Not known: {months}"


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
