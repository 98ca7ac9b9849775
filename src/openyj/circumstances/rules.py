"""What cannot be true of a child's circumstances, and what is odd. The ids are those of the case-level tables, which
ask the same of data from elsewhere. A refusal raises ValidationError beside a field and says what to do; what is only
odd is saved, and said beside the fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError

from openyj.circumstances.models import (
    STEPS,
    AdditionalNeed,
    Episode,
    EteStatus,
    Need,
    ParentingIntervention,
    PartnerReferral,
)
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.tables.circumstance_codes import NO_INTERVENTION


def check_episode(*, child: Child, start_date: date | None, end_date: date | None, **_: object) -> None:
    """ETE-1, ETE-2 and their like of care and SEND: from birth on, and ended after it began."""
    not_before_birth(child, start_date=start_date)
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")


def check_next(*, row: Episode, last_day: date) -> None:
    """What follows begins after what it follows, which still goes on."""
    if row.end_date is not None:
        message = (
            f"“{row}” has ended on {say_date(row.end_date)} already. Go back and look at what is recorded now; if that "
            "date is wrong, change it first."
        )
        raise ValidationError({"start_date": message})
    if last_day < row.start_date:
        message = (
            f"“{row}” began on {say_date(row.start_date)}. Enter a later day; if that date is wrong, change that first."
        )
        raise ValidationError({"start_date": message})


def odd_education(row: EteStatus) -> Iterator[str]:
    """ETE-3: more hours attended than offered."""
    if None not in (row.hours_attended, row.hours_offered) and row.hours_attended > row.hours_offered:
        yield f"{row.hours_attended:g} hours attended are more than the {row.hours_offered:g} offered. Check both."


def odd_additional_need(row: AdditionalNeed) -> Iterator[str]:
    """A plan for a need that is said not to be there."""
    if row.identified == "NO" and row.formal_plan == "YES":
        yield "A formal plan is recorded, and that no need is identified. Check both."


def check_need(
    *,
    child: Child,
    date_screened: date | None,
    date_referred: date | None,
    date_offered: date | None,
    date_attended_start: date | None,
    date_attended_end: date | None,
    **_: object,
) -> None:
    """MH-2 to MH-4 and MH-7 to MH-10, SM likewise: some step, from birth on, each after the one it follows."""
    days = [date_screened, date_referred, date_offered, date_attended_start, date_attended_end]
    if not any(days):
        raise ValidationError({"date_screened": "Enter the day of one step at least, such as the screening"})
    not_before_birth(child, **dict(zip(STEPS, days, strict=True)))
    in_order(
        date_screened, date_offered, "date_offered",
        "Help cannot be offered before the screening ({first}). Check both dates.",
    )  # fmt: skip
    in_order(
        date_offered, date_attended_start, "date_attended_start",
        "It cannot be attended before it was offered ({first}). Check both dates.",
    )  # fmt: skip
    if date_attended_end and not date_attended_start:
        raise ValidationError({"date_attended_start": "Enter the day the child first attended, since it has ended"})
    in_order(
        date_attended_start, date_attended_end, "date_attended_end",
        "It cannot end before it was first attended ({first}). Check both dates.",
    )  # fmt: skip


def odd_need(row: Need) -> Iterator[str]:
    """MH-1, MH-5 and MH-6, SM likewise; and an offer where no need was found."""
    if row.date_screened and row.date_referred and row.date_referred < row.date_screened:
        yield "Referred before the screening. Right if somebody else referred the child; else check both dates."
    if row.date_referred and row.date_offered and row.date_offered < row.date_referred:
        yield "Offered before the referral. Check both dates."
    if row.date_offered and not row.intervention_type:
        yield "Offered, and the kind of help is not recorded: figures count no offer without it."
    if row.need_identified == "NO" and (row.date_offered or row.date_attended_start):
        yield "Help is recorded, and that no need was found. Check both."
    if row.date_attended_start and row.intervention_type == NO_INTERVENTION:
        yield "Attended, and the kind of help is “No intervention”. Check both."


def check_partner_referral(
    *,
    child: Child,
    date_referred: date | None,
    date_accepted: date | None,
    date_declined: date | None,
    decline_reason: str | None,
    date_first_seen: date | None,
    date_ended: date | None,
    **_: object,
) -> None:
    """PTR-1 to PTR-8: from birth on, nothing before the referral, one answer, and a reason with a refusal."""
    not_before_birth(child, date_referred=date_referred)
    after = {"date_accepted": date_accepted, "date_declined": date_declined}
    after |= {"date_first_seen": date_first_seen, "date_ended": date_ended}
    for name, day in after.items():
        in_order(date_referred, day, name, "This cannot be before the referral ({first}). Check both dates.")
    if date_declined and date_accepted:
        raise ValidationError({"date_declined": "A referral is accepted or declined. Leave one of the two dates empty"})
    if date_declined and date_first_seen:
        message = "The child was seen, so it was not declined. Leave one of the two dates empty"
        raise ValidationError({"date_declined": message})
    if date_declined and not decline_reason:
        raise ValidationError({"decline_reason": "Select why it was declined; unmet need is counted by it"})
    if decline_reason and not date_declined:
        raise ValidationError({"date_declined": "Enter the day it was declined, or leave the reason empty"})


def odd_partner_referral(row: PartnerReferral) -> Iterator[str]:
    """PTR-9: seen before it was accepted."""
    if row.date_accepted and row.date_first_seen and row.date_first_seen < row.date_accepted:
        yield "Seen before it was accepted. Check both dates."


def check_parenting(
    *, child: Child, date_referred: date | None, start_date: date | None, end_date: date | None, **_: object
) -> None:
    """PAR-1, PAR-2 and PAR-7 to PAR-9: referred or begun, from birth on, and ended after it began."""
    if not date_referred and not start_date:
        raise ValidationError({"date_referred": "Enter the day of the referral, or the day it began"})
    not_before_birth(child, date_referred=date_referred, start_date=start_date)
    if end_date and not start_date:
        raise ValidationError({"start_date": "Enter the day it began, since it has ended"})
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")


def odd_parenting(row: ParentingIntervention) -> Iterator[str]:
    """PAR-3 and PAR-6: more sessions attended than planned; begun before it was asked for."""
    attended, planned = row.sessions_attended, row.sessions_planned
    if attended is not None and planned is not None and attended > planned:
        yield f"{attended} sessions attended are more than the {planned} planned. Check both."
    if row.date_referred and row.start_date and row.start_date < row.date_referred:
        yield "It began before the referral. Check both dates."
