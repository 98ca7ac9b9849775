"""Proven reoffending: who offended again within a year, and how often. The words are beside this file.

indicators.md section 2.
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
    first_of,
    is_other,
    looked_up,
    quarter,
    stands,
    was_child,
)
from openyj.measures.measure import Count, Mean, Measure, Share
from openyj.measures.rules import NONE, Rules
from openyj.tables import codes

FOLLOWED, WAITED = 12, 6  # calendar months

RULES = {
    "REOFF-1": "A caution, a first-tier or a community outcome brings a person into the cohort on its day.",
    "REOFF-2": "So does a release: the end of a custodial programme for an offence with a custodial outcome.",
    "REOFF-3": "Only outcomes that stand count: not changed on appeal, and no appeal succeeded.",
    "REOFF-4": "The child's record is not deleted.",
    "REOFF-5a": "A person is counted once a financial quarter, from the first such event: the index event.",
    "REOFF-5b": "Of several on that day one that is not OTHER counts.",
    "REOFF-5c": "Of those the most serious, then the lowest outcome id and programme id.",
    "REOFF-6": "The child was 10 to 17 on the day of the index event.",
    "REOFF-7": "A child who lived elsewhere (OTHER) on the day of the outcome belongs to no service here.",
    "REOFF-8a": "A reoffence was committed after the day of the index event.",
    "REOFF-8b": "It was committed on or before the same day twelve months later.",
    "REOFF-9a": "It ended in a caution or sentence: Pre-Court, First-tier, Community or Custody.",
    "REOFF-9b": "That was given on or before the same day eighteen months after the index event.",
    "REOFF-10a": "An offence of a breach category is no reoffence.",
    "REOFF-10b": "An offence that is the breach of a programme is no reoffence.",
    "REOFF-11": "An offence known not to be recordable is no reoffence.",
    "REOFF-12": "An offence is counted once, however many outcomes it had.",
    "REOFF-13": "Nothing dated after the day the figure speaks of is seen.",
}


def cohort(t: Declared, as_of: date, without: frozenset[str] = NONE) -> ir.Table:
    """One row per person and quarter: the index event and what followed."""
    rule = Rules(RULES, without)
    o = t.decided
    standing = o.filter(
        rule("REOFF-3", stands(o.appeal_status)),
        rule("REOFF-4", ~o.deleted),
        rule("REOFF-13", o.outcome_date <= as_of),
    )
    events = entering_events(t, standing, as_of, rule)
    first = first_of(
        events,
        per=["person", rule.either("REOFF-5a", "quarter_begins", "outcome_id")],
        order=[
            *rule.order(REOFF_5a=events.date, REOFF_5b=events.other, REOFF_5c=events.seriousness_rank.desc()),
            events.outcome_id,
            events.programme_id,
        ],
    )
    index = looked_up(first.drop("seriousness_rank"), t)
    index = index.filter(rule("REOFF-6", was_child(index.date, index)))
    return followed(index, proven_offences(standing, rule), rule)


def entering_events(t: Declared, standing: ir.Table, as_of: date, rule: Rules) -> ir.Table:
    """What may bring a person into a cohort: an outcome that is not custody, or a release from custody."""
    not_custody = standing.outcome_group.isin(CAUTION_OR_SENTENCE[:-1])
    given = standing.filter(rule.either("REOFF-1", not_custody, ibis.literal(False)))
    own = ["person", "outcome_id", "seriousness_rank", "residence"]
    given = given.select(*own, date="outcome_date", programme_id=ibis.null("int64"))

    served = t.intervention_programme.join(t.disposal_type, "disposal_type")
    served = served.filter(served.kind == "custody", rule("REOFF-13", served.end_date <= as_of))
    served = served.select("person", "programme_id", "end_date")
    releases = (
        standing.filter(standing.outcome_group == codes.CUSTODY)
        .join(t.link_offence_intervention_programme, ["person", "offence_id"])
        .join(served, ["person", "programme_id"])
        .filter(rule.either("REOFF-2", ibis._.end_date.notnull(), ibis.literal(False)))
        .select(*own, date="end_date", programme_id="programme_id")
    )
    events = ibis.union(given, releases)
    return events.select(
        "person",
        "outcome_id",
        "programme_id",
        "date",
        "seriousness_rank",
        # Financial quarters begin where the calendar's do; a date is cheaper to group by than a label.
        quarter_begins=events.date.truncate("Q"),
        other=is_other(events.residence),
    )


def proven_offences(standing: ir.Table, rule: Rules) -> ir.Table:
    """Cautions and sentences for offences that may be reoffences, one row each."""
    return standing.filter(
        rule("REOFF-9a", standing.outcome_group.isin(CAUTION_OR_SENTENCE)),
        rule("REOFF-10a", (~standing.category.isin(codes.BREACH_CATEGORIES)).fill_null(True)),
        rule("REOFF-10b", standing.programme_breach_id.isnull()),
        rule("REOFF-11", standing.recordable.fill_null(True)),
    ).select("person", "offence_id", "offence_date", proven_date="outcome_date", proven_by="outcome_id")


def followed(index: ir.Table, proven: ir.Table, rule: Rules) -> ir.Table:
    """Each index event with the number of offences in the months after it that were proven in time."""
    months = ibis.interval
    # The index event's outcome is the person's only one in the quarter, so the two name the event.
    event = ["person", "quarter_begins", "outcome_id"]
    after = index.select(*event, index_date="date")
    again = after.join(
        proven,
        [
            "person",
            rule("REOFF-8a", proven.offence_date > after.index_date),
            rule("REOFF-8b", proven.offence_date <= after.index_date + months(months=FOLLOWED)),
            rule("REOFF-9b", proven.proven_date <= after.index_date + months(months=FOLLOWED + WAITED)),
        ],
    )
    once = again.select(*event, rule.either("REOFF-12", "offence_id", "proven_by")).distinct()
    rows = index.left_join(once.group_by(event).agg(reoffences=once.count()), event)
    reoffences = rows.reoffences.fill_null(0)
    age = age_on(rows.date, rows.date_of_birth)
    here = rule.either("REOFF-7", ~rows.other, ibis.literal(True))
    return rows.select(
        "person",
        service=here.ifelse(rows.service, None),
        locality=here.ifelse(rows.locality, None),
        date="date",
        quarter=quarter(rows.date),
        sex="sex",
        ethnicity_group="ethnicity_group",
        age=age,
        age_band=age_band(age),
        outcome_group="outcome_group",
        legal_outcome="legal_outcome",
        residence="residence",
        event=rows.programme_id.isnull().ifelse("outcome", "release"),
        reoffended=reoffences > 0,
        reoffences=reoffences,
        child_id="child_id",
        offence_id="offence_id",
        outcome_id="outcome_id",
        programme_id="programme_id",
    )


MEASURE = Measure(
    name="reoffending",
    cohort=cohort,
    unit="children in three-month cohorts",
    rules=RULES,
    edition="2017-10",
    review=date(2027, 4, 1),
    better="lower",
    matures=FOLLOWED + WAITED,
    by=("service", "locality", "sex", "ethnicity_group", "age_band", "outcome_group", "event"),
    shows=(
        Count("cohort", "Children in the cohort"),
        Share("binary", "Children who reoffended, per cent", of="reoffended"),
        Mean("per_reoffender", "Reoffences per child who reoffended", of="reoffences", where="reoffended"),
        Mean("per_child", "Reoffences per child in the cohort", of="reoffences"),
    ),
)
