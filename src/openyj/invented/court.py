"""What invented courts decide about bail and remand, what was proposed to them, and what followed.

Drawn from a stream of their own for all hearings at once, so that what is added here changes no other invented fact.
"""

from __future__ import annotations

import numpy as np

from openyj.invented import court_parameters as c
from openyj.invented.circumstances import only
from openyj.invented.draws import NO_DAY, Frame, completed_years, places_in_group, taken, words, words_by
from openyj.invented.lives import CUSTODY, FIRST_TIER
from openyj.tables.court_codes import ON_BAIL, TO_LOCAL_AUTHORITY, TO_YOUTH_DETENTION

DAY_BEFORE = 1


def decide(rng: np.random.Generator, hearing: Frame, occasion: Frame, record: Frame) -> Frame:
    """Proposal and decision at each hearing after which the case went on, and the day it was adjourned to; the remands
    that follow. Adds columns to ``hearing``; gives the remands, at most one a child record."""
    of, n = hearing["occasion"], len(hearing["occasion"])
    decided = occasion["decided"][of]
    goes_on = (decided == NO_DAY) | (decided > hearing["day"])
    grave = occasion["tier"][of] == CUSTODY
    decision = np.where(grave, words(rng, c.DECIDED_GRAVE.value, n), words(rng, c.DECIDED.value, n))
    age = completed_years(record["born"][hearing["record"]], hearing["day"])
    young = np.isin(decision, TO_YOUTH_DETENTION) & (age < c.YOUNGEST_IN_DETENTION.value)
    decision = np.where(young, c.LAA, decision)
    kind = np.where(np.isin(decision, TO_YOUTH_DETENTION), "YDA", "RLAA").astype(object)
    remanded = goes_on & np.isin(decision, (*TO_YOUTH_DETENTION, *TO_LOCAL_AUTHORITY))
    # One remand a record, its earliest: two cases at once would be two remands of the same days.
    rows = np.flatnonzero(remanded)
    rows = rows[np.lexsort((hearing["day"][rows], hearing["record"][rows]))]
    first = rows[places_in_group(hearing["record"][rows]) == 0]
    others = np.setdiff1d(rows, first)
    decision[others] = "CONDITIONAL_BAIL"
    known = goes_on & (decision != None)  # noqa: E711
    proposed = known & (rng.random(n) < c.PROPOSED.value)
    same = rng.random(n) < c.FOLLOWED.value
    instead = words(rng, c.PROPOSED_INSTEAD.value, n)
    hearing["decision"] = only(known, decision)
    hearing["proposal"] = only(proposed, np.where(same, decision, instead))
    hearing["decision_words"] = hearing["proposal_words"] = np.full(n, None, dtype=object)
    hearing["adjourned_to"] = np.where(goes_on, decided, NO_DAY)
    start, end, kind = hearing["day"][first], decided[first], kind[first]
    return {
        "record": hearing["record"][first],
        "hearing": first + 1,
        "kind": kind,
        "place": words_by(rng, kind, c.PLACE.value),
        "establishment": words_by(rng, kind, c.ESTABLISHMENT.value),
        "start": start,
        "end": end,
        "cost": words_by(rng, kind, c.COST_A_DAY.value),
    }


def sentence_proposals(rng: np.random.Generator, hearing: Frame, occasion: Frame) -> Frame:
    """Sentences proposed at the hearings that decided, the first asked for and some named besides."""
    of = hearing["occasion"]
    at = np.flatnonzero((occasion["decided"][of] == hearing["day"]) & (occasion["tier"][of] >= FIRST_TIER))
    at = at[rng.random(len(at)) < c.SENTENCE_PROPOSED.value]
    n = len(at)
    followed = rng.random(n) < c.SENTENCE_FOLLOWED.value
    passed = occasion["outcome"][of[at]]
    asked = np.where(followed, passed, words(rng, c.SENTENCES.value, n))
    besides = words(rng, c.SENTENCES.value, n)
    two = np.flatnonzero((rng.random(n) < c.SECOND_SENTENCE.value) & (besides != asked))
    place = np.r_[np.ones(n, dtype=np.int64), np.full(len(two), 2)]
    which = np.r_[np.arange(n), two]
    order = np.lexsort((place, which))
    made = {
        "record": hearing["record"][at[which]],
        "hearing": at[which] + 1,
        "place": place,
        "proposal": np.r_[asked, besides[two]],
        "words": np.full(len(which), None, dtype=object),
    }
    return taken(made, order)


def bail_offers(rng: np.random.Generator, hearing: Frame) -> Frame:
    """A package for each hearing at which bail support was proposed, a day before; accepted where bail was given."""
    at = np.flatnonzero(np.isin(hearing["proposal"], ("BAIL_SUPERVISION_AND_SUPPORT", "BAIL_ISS")))
    n = len(at)
    answered = rng.random(n) < c.ACCEPTED_RECORDED.value
    return {
        "record": hearing["record"][at],
        "hearing": at + 1,
        "day": hearing["day"][at] - DAY_BEFORE,
        "provider": words(rng, c.PROVIDER.value, n),
        "accepted": only(answered, np.isin(hearing["decision"][at], ON_BAIL).astype(object)),
    }


def after_charge(rng: np.random.Generator, record: Frame, occasion: Frame) -> Frame:
    """Some arrests that went to court and after which the police asked for accommodation."""
    could = (occasion["tier"] >= FIRST_TIER) & (occasion["arrest"] != NO_DAY)
    at = np.flatnonzero(could & (rng.random(len(could)) < c.AFTER_CHARGE.value))
    n = len(at)
    offered = words(rng, c.OFFERED.value, n)
    return {
        "record": occasion["record"][at],
        "day": occasion["arrest"][at],
        "asked_for": words(rng, c.ASKED_FOR.value, n),
        "offered": offered,
        "kept": np.where(offered == True, "LOCAL_AUTHORITY", words(rng, c.NOT_MOVED.value, n)).astype(object),  # noqa: E712
    }
