"""What cannot be true of a court report. Each rule raises ValidationError beside a field and says what to do.

CR-1  it was asked for today or before, and not before the hearing that asked for it or the child's birth
CR-2  it is due on or after the day it was asked for, and not after the hearing it is for
CR-3  the author and the gatekeeper are two people, both may do what is asked of them, and neither has a conflict of
      interest with the child
CR-4  a step leads only where `MOVES` says
CR-5  only its author adds a version, gives it to the gatekeeper and signs it
CR-6  nobody gatekeeps a report of their own, or a file they added
CR-7  it is signed on a day between its approval and today, by the name of its author
CR-8  only a signed version is sent, on a day between its signature and today
CR-9  a report sent to the court after it was due says why
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.casework.models import Hearing
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Child, Conflict
from openyj.people.rules import not_before_birth
from openyj.reports.models import MOVES, CourtReport, ReportSending, ReportVersion, State


def check_asked(
    *, child: Child, hearing: Hearing | None, asked_on: date | None, adjourned_to: date | None, due_on: date | None
) -> None:
    """CR-1 and CR-2, of what has been entered."""
    wrong: dict[str, str] = {}
    if hearing and hearing.child_id != child.pk:
        wrong["hearing"] = "Select a hearing of this child"
    if asked_on:
        not_before_birth(child, asked_on=asked_on)
        if asked_on > clock.today():
            wrong["asked_on"] = "The day it was asked for must be today or in the past"
        elif hearing and asked_on < hearing.hearing_date:
            wrong["asked_on"] = f"The hearing was on {say_date(hearing.hearing_date)}. Enter that day or a later one."
    if asked_on and adjourned_to and adjourned_to < asked_on:
        wrong["adjourned_to"] = f"It was asked for on {say_date(asked_on)}. Enter a hearing on that day or later."
    if asked_on and due_on and due_on < asked_on:
        wrong["due_on"] = f"It was asked for on {say_date(asked_on)}. Enter that day or a later one."
    elif due_on and adjourned_to and due_on > adjourned_to:
        wrong["due_on"] = f"The hearing it is for is on {say_date(adjourned_to)}. Enter that day or an earlier one."
    if wrong:
        raise ValidationError(wrong)


def check_people(*, child: Child, author: User | None, gatekeeper: User | None) -> None:
    """CR-3."""
    wrong: dict[str, str] = {}
    for field, user, needed, does in (
        ("author", author, Permission.WRITE_REPORTS, "write"),
        ("gatekeeper", gatekeeper, Permission.GATEKEEP_REPORTS, "gatekeep"),
    ):
        if user is None:
            continue
        if user.service_id != child.service_id or not user.may(needed):
            wrong[field] = f"Select somebody of this service who may {does} court reports"
        elif Conflict.objects.standing().filter(child=child, user=user).exists():
            wrong[field] = f"{user} may not work with this child. Select somebody else."
    if author and author == gatekeeper:
        wrong["gatekeeper"] = "Nobody gatekeeps a report of their own. Select somebody else."
    if wrong:
        raise ValidationError(wrong)


def check_step(report: CourtReport, to: State) -> None:
    """CR-4."""
    if not report.stands or to not in MOVES[State(report.state)]:
        said = "recorded in error" if not report.stands else State(report.state).label.lower()
        raise ValidationError(f"This report is “{said}”, so that cannot be done with it now. Read it again.")


def only_the_author(report: CourtReport, by: User) -> None:
    """CR-5."""
    if by.pk != report.author_id:
        raise ValidationError(f"{report.author} writes this report. Ask for it to be given to you first.")


def check_gatekeeper(report: CourtReport, version: ReportVersion, by: User) -> None:
    """CR-6."""
    if by.pk in (report.author_id, version.recorded_by_id):
        raise ValidationError("Nobody gatekeeps a report of their own. Ask somebody else.")


def check_signature(report: CourtReport, version: ReportVersion, *, name: str, day: date) -> None:
    """CR-7."""
    approved = localdate(version.read_at)
    if not approved <= day <= clock.today():
        message = f"It was approved on {say_date(approved)}. Enter a day from then to today."
        raise ValidationError({"day": message})
    if " ".join(name.split()).casefold() != report.author.name.casefold():
        message = f"Enter the name as the staff list has it: {report.author.name}"
        raise ValidationError({"name": message})


def check_sending(report: CourtReport, version: ReportVersion, *, to: str, on: date, late_reason: str) -> None:
    """CR-8 and CR-9."""
    signed = version.signature.day
    if not signed <= on <= clock.today():
        raise ValidationError({"on": f"It was signed on {say_date(signed)}. Enter a day from then to today."})
    first = report.sent_on is None and to == ReportSending.To.COURT
    if first and on > report.due_on and not (late_reason or report.late_reason):
        message = f"It was due on {say_date(report.due_on)}. Say why it was late."
        raise ValidationError({"late_reason": message})
