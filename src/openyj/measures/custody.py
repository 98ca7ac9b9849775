"""Use of custody: custodial sentences given to resident children. The words are beside this file.

indicators.md section 3.
"""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir

from openyj.measures.facts import (
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
from openyj.tables import codes

RULES = {
    "CUST-1": "The outcome is a custodial sentence. A remand never is.",
    "CUST-2": "The outcome was not changed on appeal and no appeal against it succeeded.",
    "CUST-3": "The child did not live elsewhere (OTHER) on the day of the sentence.",
    "CUST-4a": "The child was 10 to 17 at the offence's first hearing.",
    "CUST-4b": "Without a first hearing the sentence is not counted.",
    "CUST-5": "Nothing dated after the day the figure speaks of is seen.",
    "CUST-6": "The child's record is not deleted.",
    "CUST-7": "A person's custodial sentences of one day are one: the most serious, then the lowest outcome id.",
}


def cohort(t: Declared, as_of: date, without: frozenset[str] = NONE) -> ir.Table:
    """One row per person and day of sentence."""
    rule = Rules(RULES, without)
    o = t.decided.left_join(first_hearings(t), ["person", "offence_id"])
    sentences = o.filter(
        rule("CUST-1", o.outcome_group == codes.CUSTODY),
        rule("CUST-2", stands(o.appeal_status)),
        rule("CUST-3", ~is_other(o.residence)),
        rule("CUST-4a", o.first_hearing.isnull() | was_child(o.first_hearing, o)),
        rule("CUST-4b", o.first_hearing.notnull()),
        rule("CUST-5", o.outcome_date <= as_of),
        rule("CUST-6", ~o.deleted),
    )
    keys = sentences.select("person", "outcome_id", "outcome_date", "seriousness_rank", "first_hearing")
    first = first_of(
        keys,
        per=["person", rule.either("CUST-7", "outcome_date", "outcome_id")],
        order=[keys.seriousness_rank.desc(), keys.outcome_id],
    )
    occasions = looked_up(first.select("person", "outcome_id", "first_hearing"), t)
    age = age_on(occasions.first_hearing, occasions.date_of_birth)
    return occasions.select(
        "person",
        "service",
        "locality",
        date="outcome_date",
        quarter=quarter(occasions.outcome_date),
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


MEASURE = Measure(
    name="custody",
    cohort=cohort,
    unit="sentences",
    rules=RULES,
    edition="2026-08",
    review=date(2027, 4, 1),
    better="lower",
    matures=0,
    by=("service", "locality", "sex", "ethnicity_group", "age_band", "legal_outcome"),
    shows=(
        Count("count", "Custodial sentences"),
        Rate("rate", "Custodial sentences per 1,000 residents aged 10 to 17", per=1_000),
    ),
)
