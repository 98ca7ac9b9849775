"""First time entrants: children given their first caution or sentence. The words are beside this file.

indicators.md section 1, steps 1 to 7. Step 5, one child recorded twice, is done before any measure
(``tables.linking``, rule FTE-5), so that the definition stays a function of one person's rows.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from openyj.measures.facts import (
    CAUTION_OR_SENTENCE,
    Declared,
    age_band,
    age_on,
    first_hearings,
    first_of,
    is_other,
    looked_up,
    quarter,
    stands,
    was_child,
)
from openyj.measures.measure import Count, Measure, Rate
from openyj.measures.rules import NONE, Rules

RULES = {
    "FTE-1": "The outcome is a caution or a sentence: Pre-Court, First-tier, Community or Custody.",
    "FTE-2a": "The child was 10 to 17 at arrest or offence.",
    "FTE-2b": "That age is taken on the day of arrest where it is known, else on the day of the offence.",
    "FTE-2c": "The child was 17 or younger at the offence's first hearing; without a hearing this is met.",
    "FTE-3a": "The outcome was not changed on appeal and no appeal against it succeeded.",
    "FTE-3b": "The child's record is not deleted.",
    "FTE-4a": "Of a person's outcomes the earliest counts.",
    "FTE-4b": "Of several on that day the most serious counts.",
    "FTE-4c": "Of those still equal one that is not OTHER counts, then the lowest outcome id.",
    "FTE-6": "Only then is the person dropped if they lived elsewhere (OTHER) on the day of that outcome.",
    "FTE-7": "The period is that of the outcome date, never of its end date.",
    "FTE-8": "Nothing dated after the day the figure speaks of is seen.",
}


def cohort(t: Declared, as_of: date, without: frozenset[str] = NONE) -> ir.Table:
    """One row per person: their first caution or sentence, if they lived here on that day."""
    rule = Rules(RULES, without)
    o = t.decided.left_join(first_hearings(t), ["person", "offence_id"])
    o = o.mutate(other=is_other(o.residence))
    counting = o.filter(
        rule("FTE-1", o.outcome_group.isin(CAUTION_OR_SENTENCE)),
        rule("FTE-2a", was_child(arrest_or_offence(o, rule), o)),
        rule("FTE-2c", o.first_hearing.isnull() | (o.first_hearing < o.eighteenth_birthday)),
        rule("FTE-3a", stands(o.appeal_status)),
        rule("FTE-3b", ~o.deleted),
        rule("FTE-8", o.outcome_date <= as_of),
    )
    keys = counting.select("person", "outcome_id", "outcome_date", "seriousness_rank", "other")
    first = first_of(
        keys,
        per=["person"],
        order=[
            *rule.order(
                FTE_4a=keys.outcome_date,
                FTE_4b=keys.seriousness_rank.desc(),
                FTE_4c=keys.other,
            ),
            keys.outcome_id,
        ],
    )
    entrants = looked_up(first.filter(rule("FTE-6", ~first.other)).select("person", "outcome_id"), t)
    age = age_on(arrest_or_offence(entrants, rule), entrants.date_of_birth)
    day = rule.either("FTE-7", entrants.outcome_date, entrants.outcome_end_date)
    return entrants.select(
        "person",
        "service",
        "locality",
        date=day,
        quarter=quarter(day),
        sex="sex",
        ethnicity_group="ethnicity_group",
        age=age,
        age_band=age_band(age),
        outcome_group="outcome_group",
        legal_outcome="legal_outcome",
        residence="residence",
        child_id="child_id",
        offence_id="offence_id",
        outcome_id="outcome_id",
    )


def arrest_or_offence(o: ir.Table, rule: Rules) -> ir.DateValue:
    """The day on which the age counts."""
    return rule.either("FTE-2b", ibis.coalesce(o.arrest_date, o.offence_date), o.offence_date)


MEASURE = Measure(
    name="first-time-entrants",
    cohort=cohort,
    unit="children",
    rules=RULES,
    edition="2026-08",
    review=date(2027, 4, 1),
    better="lower",
    matures=0,
    by=("service", "locality", "sex", "ethnicity_group", "age_band", "outcome_group"),
    shows=(
        Count("count", "First time entrants"),
        Rate("rate", "First time entrants per 100,000 residents aged 10 to 17", per=100_000),
    ),
)
