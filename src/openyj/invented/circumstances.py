"""The circumstances of invented children: frames of dated facts about child records, drawn for all at once.

Every function takes the child records (``records.records``), the days of birth by record and the last day, and gives
one row a fact. They draw from a stream of their own, so that what is added here changes no other invented fact.
"""

from __future__ import annotations

import numpy as np

from openyj.invented import circumstance_parameters as c
from openyj.invented.draws import NO_DAY, YEAR, Frame, birthday, completed_years, delays, looked_up, words, words_by
from openyj.invented.records import HOST

LONGEST = 1500  # days; the tail of a delay is cut here
SCHOOL_YEARS = np.array([f"Year {year}" for year in range(12)], dtype=object)


def spells(
    rng: np.random.Generator,
    record: Frame,
    chosen: np.ndarray,
    changes: float,
    until: int,
    also: np.ndarray | None = None,
) -> Frame:
    """Episodes that follow each other from the day each chosen record begins: ``record``, ``start``, ``end``. They
    change so many times a year until the child is 18, and on the day that ``also`` gives by record."""
    rows = known_rows(record, chosen)
    last = np.minimum(record["to"], birthday(record["born"], 18))
    room = (last - record["from"]).clip(0)
    later = np.repeat(rows, np.minimum(rng.poisson(changes * room[rows] / YEAR), 8))
    day = record["from"][later] + 1 + np.floor(rng.random(len(later)) * room[later]).astype(np.int64)
    which, day = np.r_[rows, later], np.r_[record["from"][rows], day]
    if also is not None:
        turned = rows[(also[rows] > record["from"][rows]) & (also[rows] <= last[rows])]
        which, day = np.r_[which, turned], np.r_[day, also[turned]]
    order = np.lexsort((day, which))
    which, day = which[order], day[order]
    if not len(which):
        return {"record": which, "start": day, "end": day.copy()}
    once = np.r_[True, (which[1:] != which[:-1]) | (day[1:] != day[:-1])]
    kept = once & (day <= np.minimum(record["to"][which], until))
    which, day = which[kept], day[kept]
    followed = np.r_[which[1:] == which[:-1], False]
    return {"record": which, "start": day, "end": np.where(followed, np.r_[day[1:], 0] - 1, NO_DAY)}


def september_after(days: np.ndarray) -> np.ndarray:
    """The first 1 September on or after each day."""
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    year = month.astype("datetime64[Y]")
    september = year.astype("datetime64[M]") + 8
    later = days > september.astype("datetime64[D]").astype(np.int64)
    return (september + np.where(later, 12, 0)).astype("datetime64[D]").astype(np.int64)


def education(rng: np.random.Generator, record: Frame, until: int) -> Frame:
    """Education, training or employment, with the hours of a week. Above school age it is another list of kinds."""
    chosen = ~drawn(rng, record, c.ETE_NOT_RECORDED.value)
    leaves = september_after(birthday(record["born"], c.SCHOOL_AGE.value))
    spell = spells(rng, record, chosen, c.ETE_SPELLS.value, until, also=leaves)
    n = len(spell["record"])
    above = spell["start"] >= leaves[spell["record"]]
    year = np.clip(completed_years(record["born"][spell["record"]], spell["start"]) - 4, 1, 11)
    kind = np.where(above, words(rng, c.ETE_ABOVE_SCHOOL_AGE.value, n), words(rng, c.ETE_AT_SCHOOL_AGE.value, n))
    offered = words_by(rng, kind, c.HOURS_OFFERED.value)
    share = words(rng, c.SHARE_ATTENDED.value, n)
    known = (offered != None) & (share != None)  # noqa: E711
    hours = np.round(np.where(known, offered, 0).astype(np.float64) * looked_up(share, c.SHARE_OF.value) * 2) / 2
    slip = rng.random(n) < c.MORE_ATTENDED.value
    attended = only(known, np.where(slip & (hours > 0), hours + 10, hours))
    suitable = words(rng, c.ETE_SUITABILITY.value, n)
    return spell | {
        "type": kind,
        "words": np.where(kind == "MAINSTREAM_SCHOOL", SCHOOL_YEARS[year], words_by(rng, kind, c.ETE_WORDS.value)),
        "offered": offered,
        "attended": attended,
        "suitability": np.where(kind == "NONE", "UNSUITABLE", suitable).astype(object),
    }


def care(rng: np.random.Generator, record: Frame, home: Frame, until: int) -> Frame:
    """Care status from day to day; a child who ever lived in a placement is looked after."""
    spell = spells(rng, record, drawn(rng, record, c.CARE_RECORDED.value), c.CARE_CHANGES.value, until)
    n = len(spell["record"])
    placed = np.zeros(len(record["person"]), dtype=bool)
    placed[home["record"][np.isin(home["type"], c.PLACEMENTS.value)]] = True
    looked_after = placed[spell["record"]]
    status = np.where(looked_after, words(rng, c.CARE_IN_PLACEMENT.value, n), words(rng, c.CARE.value, n))
    return spell | {"status": status, "words": np.full(n, None, dtype=object)}


def additional_needs(rng: np.random.Generator, record: Frame, until: int) -> Frame:
    """SEND or ALN: identified or not, and whether there is a plan."""
    spell = spells(rng, record, drawn(rng, record, c.SEND_RECORDED.value), c.SEND_CHANGES.value, until)
    identified = words(rng, c.SEND_IDENTIFIED.value, len(spell["record"]))
    return spell | {
        "identified": identified,
        "plan": words_by(rng, identified, c.SEND_PLAN.value),
        "words": words_by(rng, identified, c.SEND_WORDS.value),
    }


def drawn(rng: np.random.Generator, record: Frame, share: float) -> np.ndarray:
    """Which of the records, about that share of them."""
    return rng.random(len(record["person"])) < share


def known_rows(record: Frame, chosen: np.ndarray) -> np.ndarray:
    """The chosen records, but for those of a court's own service, which knows nothing of a child's circumstances."""
    return np.flatnonzero(chosen & (record["kind"] != HOST) & record["known"])


def after(rng: np.random.Generator, day: np.ndarray, step: tuple[float, float, float], last: np.ndarray) -> np.ndarray:
    """The day of a step that follows ``day`` with some chance; ``NO_DAY`` where it does not, or not by ``last``."""
    chance, median, sigma = step
    found = day + delays(rng, (median, sigma), len(day), LONGEST)
    return np.where((day != NO_DAY) & (rng.random(len(day)) < chance) & (found <= last), found, NO_DAY)


def needs(rng: np.random.Generator, record: Frame, name: str) -> Frame:
    """A need of health from screened to attended: some found, some of those waiting, some never screened by us."""
    screened_at_all = drawn(rng, record, c.SCREENED.value[name])
    again = screened_at_all & drawn(rng, record, c.SCREENED_AGAIN.value)
    rows = np.r_[known_rows(record, screened_at_all), known_rows(record, again)]
    last = record["to"][rows]
    screened = np.minimum(record["met"][rows] + delays(rng, c.SCREENING_DELAY.value, len(rows), LONGEST), last)
    found = words(rng, c.NEED_FOUND.value, len(rows))
    needed = np.isin(found, ["YES"]) | (found == None)  # noqa: E711
    steps = c.NEED_STEPS.value
    referred = after(rng, np.where(needed, screened, NO_DAY), steps["referred"], last)
    offered = after(rng, referred, steps["offered"], last)
    began = after(rng, offered, steps["began"], last)
    ended = after(rng, began, steps["ended"], last)
    by_others = (rng.random(len(rows)) < c.NOT_SCREENED_BY_US.value) & (referred != NO_DAY)
    help_given = words(rng, c.HELP.value[name], len(rows))
    none = help_given == "NO_INTERVENTION"
    return {
        "record": rows,
        "screened": np.where(by_others, NO_DAY, screened),
        "found": only(~by_others, found),
        "referred": referred,
        "offered": offered,
        "began": np.where(none, NO_DAY, began),
        "ended": np.where(none, NO_DAY, ended),
        "help": only(offered != NO_DAY, help_given),
    }


def only(where: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values where a condition holds, None elsewhere."""
    kept = np.full(len(values), None, dtype=object)
    kept[where] = values[where]
    return kept


def partner_referrals(rng: np.random.Generator, record: Frame) -> Frame:
    """Referrals to partners: accepted, declined with a reason, without an answer; seen or waiting."""
    known = known_rows(record, np.ones(len(record["person"]), dtype=bool))
    rows = np.repeat(known, rng.poisson(c.REFERRALS.value, len(known)))
    last, n = record["to"][rows], len(rows)
    kind = words(rng, c.PARTNER.value, n)
    referred = np.minimum(record["met"][rows] + delays(rng, c.REFERRAL_DELAY.value, n, LONGEST), last)
    answer = words(rng, c.ANSWERED.value, n)
    answered = after(rng, referred, (1.0, *c.ANSWER_DAYS.value), last)
    accepted = np.where(answer == "accepted", answered, NO_DAY)
    declined = np.where(answer == "declined", answered, NO_DAY)
    seen = after(rng, accepted, c.SEEN.value, last)
    return {
        "record": rows,
        "kind": kind,
        "partner": words_by(rng, kind, c.PARTNER_NAMES.value),
        "referred": referred,
        "accepted": accepted,
        "declined": declined,
        "why": only(declined != NO_DAY, words(rng, c.DECLINED_BECAUSE.value, n)),
        "seen": seen,
        "ended": after(rng, seen, c.REFERRAL_ENDED.value, last),
    }


def parenting(rng: np.random.Generator, record: Frame, programme_of: np.ndarray) -> Frame:
    """Support for parents: some referred and not begun, sessions planned and attended, how far they took part.
    ``programme_of`` is the number of a programme of each record, 0 where it has none."""
    rows = known_rows(record, drawn(rng, record, c.PARENTS_SUPPORTED.value))
    last, n = record["to"][rows], len(rows)
    kind = words(rng, c.PARENTING.value, n)
    referred = np.minimum(record["met"][rows] + delays(rng, c.REFERRAL_DELAY.value, n, LONGEST), last)
    began = after(rng, referred, c.PARENTING_BEGUN.value, last)
    ended = after(rng, began, c.PARENTING_ENDED.value, last)
    begun = began != NO_DAY
    planned = words(rng, c.SESSIONS.value, n)
    part = words(rng, c.ENGAGEMENT.value, n)
    counted = begun & np.isin(part, list(c.SESSIONS_ATTENDED.value))
    attended = np.round(planned.astype(np.float64) * looked_up(part, c.SESSIONS_ATTENDED.value)).astype(np.int64)
    return {
        "record": rows,
        "kind": kind,
        "words": np.full(n, None, dtype=object),
        "referred": referred,
        "began": began,
        "ended": ended,
        "planned": only(begun, planned),
        "attended": only(counted, attended),
        "part": only(begun, part),
        "programme": np.where(kind == "PARENTING_ORDER", programme_of[rows], 0),
    }
