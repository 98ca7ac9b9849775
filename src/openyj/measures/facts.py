"""The nouns every definition is made of, as Ibis expressions over the declared tables.

Nothing here reads data: an expression becomes SQL, and the SQL is run on whatever tables are supplied. Every
join is by person as well as by key, so that an expression cannot reach another person's rows.
"""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from openyj.tables import ALL, codes

CAUTION_OR_SENTENCE = (codes.PRE_COURT, codes.FIRST_TIER, codes.COMMUNITY, codes.CUSTODY)
AGE_BANDS = {"10-14": (10, 14), "15-17": (15, 17)}
CHILD_FROM, ADULT_FROM = 10, 18  # years
OVERTURNED = codes.APPEAL_STATUS.in_group(codes.OVERTURNED)


class Declared:
    """The case-level tables by name, as Ibis tables without data: ``t.offence.offence_date``.

    ``t.decided`` is the one prepared table, ``outcomes(t)``: several measures begin with it, so a workbench
    makes it once.
    """

    def __init__(self) -> None:
        self._tables = {each.name: ibis.table(each.schema(), name=each.name) for each in ALL}
        self._tables["decided"] = ibis.table(outcomes(self).schema(), name="decided")

    def __getattr__(self, name: str) -> ir.Table:
        try:
            return self._tables[name]
        except KeyError:
            raise AttributeError(f"No case-level table is called {name}") from None


def age_on(day: ir.DateValue, born: ir.DateValue) -> ir.IntegerValue:
    """Completed years on a day. A child born on 29 February is a year older on 1 March of other years."""
    had_no_birthday = day.month() * 100 + day.day() < born.month() * 100 + born.day()
    return day.year() - born.year() - had_no_birthday.cast("int32")


def birthday(born: ir.DateValue, age: int) -> ir.DateValue:
    """The day of turning 10 or 18. Neither ever falls in a leap year for a child born in one: born on 29 February is
    a year older on 1 March, as in ``age_on``."""
    leapling = (born.month() == 2) & (born.day() == 29)
    return ibis.date(born.year() + age, leapling.ifelse(3, born.month()), leapling.ifelse(1, born.day()))


def was_child(day: ir.DateValue, child: ir.Table) -> ir.BooleanValue:
    """10 to 17 on that day, which is ``age_on(day, born).between(10, 17)`` by two comparisons of days."""
    return (day >= child.tenth_birthday) & (day < child.eighteenth_birthday)


def age_band(age: ir.IntegerValue) -> ir.StringValue:
    """The bands of the newer key performance indicators; other ages are of no band."""
    branches = [(age.between(*ages), band) for band, ages in AGE_BANDS.items()]
    return ibis.cases(*branches, else_=codes.NOT_KNOWN)


def quarter(day: ir.DateValue) -> ir.StringValue:
    """The label of the financial quarter a day is in: 2023Q4 is January to March 2024."""
    year = day.year() - (day.month() < 4).cast("int32")
    number = ((day.month() + 8) % 12) // 3 + 1
    return year.cast("string") + "Q" + number.cast("string")


def is_other(residence: ir.StringValue) -> ir.BooleanValue:
    """The child lived in another service's area. An absent residence is not OTHER."""
    return (residence == codes.OTHER).fill_null(False)


def stands(appeal_status: ir.StringValue) -> ir.BooleanValue:
    """The outcome was not overturned. An absent appeal status is no appeal."""
    return (~appeal_status.isin(OVERTURNED)).fill_null(True)


def first_of(rows: ir.Table, *, per: Iterable[str], order: list[ir.Value]) -> ir.Table:
    """The first row, in this order, of each group."""
    place = ibis.row_number().over(group_by=list(per), order_by=order)
    return rows.mutate(place=place).filter(ibis._.place == 0).drop("place")


def looked_up(chosen: ir.Table, t: Declared) -> ir.Table:
    """Chosen outcomes with all that is known of them. Choosing among bare ids is several times faster."""
    return chosen.join(t.decided, ["person", "outcome_id"])


def first_hearings(t: Declared) -> ir.Table:
    """The day each offence was first in court."""
    days = t.hearing.select("person", "hearing_id", "hearing_date")
    hearings = t.link_hearing_offence.join(days, ["person", "hearing_id"])
    return hearings.group_by("person", "offence_id").agg(first_hearing=ibis._.hearing_date.min())


def outcomes(t: Declared) -> ir.Table:
    """One row per outcome of an offence: the child, the offence, and what the outcome counted as that day.

    An outcome that the mapping does not know on its day is in no row (validity rule OUT-8 lists it).
    """
    o, m = t.offence_legal_outcome, t.legal_outcome
    counts_as = m.select(
        "legal_outcome",
        "valid_from",
        "valid_to",
        "seriousness_rank",
        # The published spelling of the groups varies, so they are compared in lower case.
        outcome_group=m.outcome_group.lower().substitute({g.lower(): g for g in codes.OUTCOME_GROUPS}),
    )
    on_the_day = [
        "legal_outcome",
        o.outcome_date >= counts_as.valid_from,
        (o.outcome_date <= counts_as.valid_to).fill_null(True),
    ]
    decided = o.join(counts_as, on_the_day).select(
        "person",
        "child_id",
        "offence_id",
        "outcome_id",
        "legal_outcome",
        "outcome_date",
        "outcome_end_date",
        "outcome_group",
        "seriousness_rank",
        appeal_status="outcome_appeal_status",
        residence="residence_on_legal_outcome_date",
    )
    offence = t.offence.select(
        "person",
        "offence_id",
        "offence_date",
        "arrest_date",
        "recordable",
        "programme_breach_id",
        category=t.offence.yjb_offence_category,
    )
    return decided.join(offence, ["person", "offence_id"]).join(children(t), ["person", "child_id"])


def children(t: Declared) -> ir.Table:
    """Each child record with what a figure can be broken down by."""
    return t.child.select(
        "person",
        "child_id",
        "service",
        "locality",
        "date_of_birth",
        "deleted",
        tenth_birthday=birthday(t.child.date_of_birth, CHILD_FROM),
        eighteenth_birthday=birthday(t.child.date_of_birth, ADULT_FROM),
        sex=labelled(t.child.sex, codes.SEX.labels(), codes.SEX.null_means),
        ethnicity_group=labelled(t.child.ethnicity, codes.ETHNICITY.groups(), codes.NOT_KNOWN),
    )


def labelled(code: ir.StringValue, words: dict[str, str], unknown: str) -> ir.StringValue:
    return code.substitute(words, else_=unknown).fill_null(unknown)
