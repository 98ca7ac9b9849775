"""The invented services as case-level tables.

``service`` makes the demonstration: one borough with two small neighbours. ``lives`` is the same for any
places and numbers of children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from openyj.invented import circumstances, court, offence_details, orders
from openyj.invented import parameters as p
from openyj.invented.boards import board_attendance
from openyj.invented.draws import NO_DAY, Frame, day_number, stacked, stream_of, taken, words
from openyj.invented.lives import CUSTODY, declining, occasions, offences, people
from openyj.invented.nation import (
    Nation,
    not_said_to_live_elsewhere,
    number_strangers,
    recorded_twice,
    returned,
    still_known,
)
from openyj.invented.places import PLACES, Place
from openyj.invented.police_bail import police_bail
from openyj.invented.records import (
    HOME,
    HOST,
    homes,
    in_other_courts,
    number_persons,
    originating_ids,
    records,
    residence_on_outcome,
)
from openyj.invented.work import appeal, breaches, outcomes, programmes
from openyj.invented.writing import rows, table
from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import BY_NAME
from openyj.tables.mappings import with_shipped

# What ``tables.validate`` finds in these tables, on purpose; it finds nothing else.
KNOWN_FAULTS = {
    "OUT-6": "where the child lived on the day of an outcome was not recorded (RESIDENCE_NOT_RECORDED)",
    "MH-6": "mental health help was offered without saying of what kind (HELP)",
    "SM-6": "substance misuse help was offered without saying of what kind (HELP)",
    "ETE-3": "more hours of education were recorded as attended than as offered (MORE_ATTENDED)",
}
SEED, CHILDREN, YEARS, UNTIL = 2026, 400, 5, date(2026, 9, 30)


def service(seed: int = SEED, children: int = CHILDREN, years: int = YEARS, until: date = UNTIL) -> CaseTables:
    """The invented borough and its neighbours: ``children`` first known to it in the ``years`` to ``until``.

    The same arguments give the same tables, byte for byte, with the same numpy."""
    places = PLACES.value
    counts = [max(round(children * place.share), 1) for place in places]
    boards = board_attendance(seed, places, years_before(until, years), until)
    made = lives(np.random.default_rng(seed), places, counts, years, until)
    return made.replacing({"board_attendance": boards})


def lives(
    rng: np.random.Generator, places: Sequence[Place], children: Sequence[int], years: int, until: date
) -> CaseTables:
    """Tables of any invented services at once. ``children`` is one number a place."""
    return drawn(rng, places, children, years, until).tables


@dataclass(frozen=True)
class Drawn:
    """Tables, and what they do not say: which records are the same person (``record``, one row a child record
    in the order of child_id from 1) and how many decisions each place has not returned (``left_out``)."""

    tables: CaseTables
    record: Frame
    left_out: np.ndarray


def drawn(
    rng: np.random.Generator,
    places: Sequence[Place],
    children: Sequence[int],
    years: int,
    until: date,
    nation: Nation | None = None,
) -> Drawn:
    """Draw the lives and write them down. A ``nation`` also has its own course over the years, children recorded
    twice, and services whose last returns are late."""
    if years < 1 or len(children) != len(places) or min(children) < 1:
        raise ValueError("Give at least one year and, for every place, at least one child")
    start, last = day_number(years_before(until, years)) + 1, day_number(until)
    course = nation.course if nation else declining(start)
    who, season = people(rng, places, children, start, last, course)
    occasion = occasions(rng, who, season, start, last, course.steps)
    if nation:
        who, occasion = still_known(who, occasion, start)
    appeal(rng, occasion, last)
    programme = programmes(rng, occasion, last)
    breach = breaches(rng, who, occasion, programme, last)
    more = programmes(rng, breach, last)
    more["occasion"] = more["occasion"] + len(occasion["person"])
    occasion = stacked([occasion, breach])
    programme = stacked([programme, more])
    record, transfer, occasion["record"] = records(rng, who, occasion, places, last)
    if nation:
        record = recorded_twice(rng, record, occasion)
    occasion["residence"] = residence_on_outcome(rng, who, occasion)
    offence = offences(rng, occasion)
    offence |= offence_details.details(stream_of(rng, "offence details"), who, occasion, offence, places)
    record, occasion, offence = in_other_courts(rng, record, occasion, offence, places)
    number_persons(rng, record)
    left_out = np.zeros(len(places), dtype=np.int64)
    record["known"] = np.ones(len(record["person"]), dtype=bool)
    if nation:
        number_strangers(rng, record)
        not_said_to_live_elsewhere(rng, record, occasion)
        offence, programme, transfer, left_out = returned(
            record, occasion, offence, programme, transfer, nation.returned_until
        )
    outcome = outcomes(rng, occasion, offence, programme)
    held = taken(programme, np.flatnonzero(programme["custody"]))
    home = homes(rng, record, held | {"record": occasion["record"][held["occasion"]]}, last)
    home = taken(home, np.flatnonzero(record["known"][home["record"]]))
    record["born"] = who["born"][record["person"]]
    record["met"] = np.clip(who["entry"][record["person"]], record["from"], np.maximum(record["from"], record["to"]))
    programme_of = np.zeros(len(record["person"]), dtype=np.int64)
    programme_of[occasion["record"][programme["occasion"]]] = np.arange(1, len(programme["occasion"]) + 1)
    tables = {
        **reference_tables(places, years, until),
        "child": child_table(rng, places, who, record),
        "residence": rows("residence", home, record, "record", {
            "start_date": "start", "end_date": "end", "accommodation_type": "type", "suitability": "suitability",
            "primary_residence": "primary"}),
        **circumstance_tables(rng.spawn(1)[0], record, home, programme_of, last),
        "transfer": rows("transfer", transfer, record, "record", {"transfer_date": "day", "description": "words"}),
        **casework_tables(rng, record, occasion, offence, outcome, programme),
        **order_tables(stream_of(rng, "orders"), record, occasion, outcome, programme, transfer, places, last),
    }  # fmt: skip
    return Drawn(with_shipped(CaseTables(tables)), record, left_out)


def years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def child_table(rng: np.random.Generator, places: Sequence[Place], who: Frame, record: Frame) -> pa.Table:
    person, place = record["person"], record["place"]
    n = len(person)
    letters = np.array([one.letters for one in places], dtype=object)[place]
    numbers = rng.permutation(90_000 + 10 * n)[:n] + 10_000
    yot_id = np.array([f"{a}{b}" for a, b in zip(letters, numbers, strict=True)], dtype=object)
    locality = who["locality"][person].copy()
    for number, one in enumerate(places):
        away = np.flatnonzero((place == number) & (who["place"][person] != number))
        locality[away] = words(rng, one.localities, len(away))
    locality[record["kind"] == HOST] = None  # a host service does not know where at home the child lives
    children = table("child", {
        "child_id": np.arange(1, n + 1),
        "person": record["number"],
        "service": np.array([one.service for one in places], dtype=object)[place],
        "locality": locality,
        "current_yot_id": yot_id,
        "originating_yot_person_id": originating_ids(record, yot_id),
        "date_of_birth": who["born"][person],
        "sex": who["sex"][person],
        "ethnicity": who["ethnicity"][person],
        "deleted": (rng.random(n) < p.DELETED.value) & (record["kind"] == HOME),
    })  # fmt: skip
    return children.filter(pa.array(record["known"]))


def circumstance_tables(
    rng: np.random.Generator, record: Frame, home: Frame, programme_of: np.ndarray, until: int
) -> dict[str, pa.Table]:
    """``rng`` is a stream of their own: what is drawn here changes nothing else."""

    def made(name: str, frame: Frame, **columns: str) -> dict[str, pa.Table]:
        return {name: rows(name, frame, record, "record", columns)}

    days = {"start_date": "start", "end_date": "end"}
    steps = {
        "date_screened": "screened", "need_identified": "found", "date_referred": "referred", "date_offered": "offered",
        "date_attended_start": "began", "date_attended_end": "ended", "intervention_type": "help",
    }  # fmt: skip
    return {
        **made(
            "ete_status", circumstances.education(rng, record, until), **days, description="words",
            provision_type="type", suitability="suitability", hours_offered="offered", hours="attended",
        ),
        **made("care_status", circumstances.care(rng, record, home, until), **days, status="status",
               description="words"),
        **made("sendaln", circumstances.additional_needs(rng, record, until), identified_sendaln="identified",
               send_formal_plan="plan", send_start_date="start", send_end_date="end", description="words"),
        **made("mental_health", circumstances.needs(rng, record, "mental_health"), **steps),
        **made("substance_misuse", circumstances.needs(rng, record, "substance_misuse"), **steps),
        **made(
            "partner_referral", circumstances.partner_referrals(rng, record), partner_kind="kind", partner="partner",
            date_referred="referred", date_accepted="accepted", date_declined="declined", decline_reason="why",
            date_first_seen="seen", date_ended="ended",
        ),
        **made(
            "parenting_intervention", circumstances.parenting(rng, record, programme_of),
            parenting_intervention_type="kind", description="words", date_referred="referred",
            intervention_start_date="began", intervention_end_date="ended", sessions_planned="planned",
            sessions_attended="attended", engagement_level="part", programme_id="programme",
        ),
    }  # fmt: skip


def casework_tables(
    rng: np.random.Generator, record: Frame, occasion: Frame, offence: Frame, outcome: Frame, programme: Frame
) -> dict[str, pa.Table]:
    of = offence["occasion"]
    child = occasion["record"]
    arrest = np.where(offence["arrest_recorded"], occasion["arrest"][of], NO_DAY)
    breached = occasion["breach_of"][of]
    # A record can only name a programme of its own: a child who has moved breached one of the first service.
    whose = np.r_[child[programme["occasion"]], -1]  # -1, no programme, finds the last
    breached = np.where(whose[breached] == child[of], breached, -1)
    offence |= offence_details.as_returned(occasion, offence)
    offence |= {
        "record": child[of],
        "day": occasion["day"][of],
        "arrest": arrest,
        "score": np.full(len(of), None, dtype=object),
        "breach": breached + 1,
    }
    outcome["record"] = child[outcome["occasion"]]
    outcome["main_words"] = np.where(outcome["main"], "MAIN", "OTHER").astype(object)
    outcome["residence"] = occasion["residence"][outcome["occasion"]]
    outcome["sitting"] = outcome["sitting"] + 1
    programme["record"] = child[programme["occasion"]]
    hearing = hearings(rng, occasion)
    in_court = court_tables(stream_of(rng, "court"), record, hearing, occasion)
    heard, linked_offence = paired(hearing["occasion"], of)
    did, answered = paired(programme["occasion"], of)
    bail = police_bail(stream_of(rng, "police bail"), record, occasion, offence)
    bailed, bailed_offence = paired(bail["occasion"], of)
    person = record["number"]
    return {
        "intervention_programme": rows("intervention_programme", programme, record, "record", {
            "disposal_type": "disposal", "start_date": "start", "end_date": "end",
            "successfully_completed": "completed"}),
        "offence": rows("offence", offence, record, "record", {
            "offence_date": "day", "arrest_date": "arrest", "charge_date": "charge", "plea": "plea",
            "offence_location_postcode": "postcode", "cjs_code": "cjs_code", "cjs_code_unknown": "code_unknown",
            "yjb_offence_category": "category", "yjb_seriousness_score": "score",
            "gravity_matrix": "matrix", "gravity_score": "gravity",
            "knife_related_offence": "knife", "recordable": "recordable", "programme_breach_id": "breach"}),
        "police_bail": rows("police_bail", bail, record, "record", {
            "bail_status": "status", "start_date": "start", "end_date": "end"}),
        "link_police_bail_offence": table("link_police_bail_offence", {
            "police_bail_id": bailed + 1, "offence_id": bailed_offence + 1,
            "person": person[offence["record"][bailed_offence]]}),
        "hearing": rows("hearing", hearing, record, "record", {
            "hearing_date": "day", "court_type": "court", "remand_proposal": "proposal",
            "remand_proposal_words": "proposal_words", "remand_decision": "decision",
            "remand_decision_words": "decision_words", "adjourned_to": "adjourned_to"}),
        "link_hearing_offence": table("link_hearing_offence", {
            "hearing_id": heard + 1, "offence_id": linked_offence + 1,
            "person": person[offence["record"][linked_offence]]}),
        **in_court,
        "offence_legal_outcome": table("offence_legal_outcome", {
            "outcome_id": np.arange(1, len(outcome["offence"]) + 1),
            "person": person[outcome["record"]],
            "child_id": outcome["record"] + 1,
            "offence_id": outcome["offence"] + 1,
            "legal_outcome": outcome["outcome"],
            "outcome_date": outcome["date"],
            "outcome_end_date": outcome["end"],
            "outcome_appeal_status": outcome["appeal"],
            "residence_on_legal_outcome_date": outcome["residence"],
            "main_or_other": outcome["main_words"],
            "sentencing_occasion_id": outcome["sitting"],
            "term_months": outcome["term"]}),
        "link_offence_intervention_programme": table("link_offence_intervention_programme", {
            "offence_id": answered + 1, "programme_id": did + 1,
            "person": person[offence["record"][answered]]}),
    }  # fmt: skip


def order_tables(
    rng: np.random.Generator,
    record: Frame,
    occasion: Frame,
    outcome: Frame,
    programme: Frame,
    transfer: Frame,
    places: Sequence[Place],
    until: int,
) -> dict[str, pa.Table]:
    """What follows from the outcomes. ``rng`` is a stream of their own: what is drawn here changes nothing else."""
    asked = orders.requirements(rng, outcome, record["born"], until)
    done = orders.hours_done(rng, asked, until)
    appealed = orders.appeals(rng, outcome, occasion["appeal_day"][outcome["occasion"]])
    return {
        "outcome_requirement": rows("outcome_requirement", asked, record, "record", {
            "outcome_id": "number", "requirement": "kind", "start_date": "start", "end_date": "end", "term": "term",
            "is_substantive_requirement": "substantive", "hours_ordered": "hours", "ended_early_on": "early",
            "ended_early_how": "how"}),
        "requirement_hours": rows("requirement_hours", done, record, "record", {
            "requirement_id": "requirement", "day": "day", "hours": "hours", "supervised_by": "with"}),
        "appeal": rows("appeal", appealed, record, "record", {
            "outcome_id": "outcome", "appealed_on": "made", "appeal_about": "about", "result": "result",
            "result_on": "day", "new_outcome_id": "new"}),
        "referral_order_contract": rows("referral_order_contract", orders.contracts(rng, outcome, programme), record,
            "record", {"outcome_id": "outcome", "signed_on": "day", "signed_by": "by"}),
        "order_change": rows("order_change", orders.early_ends(rng, outcome, programme), record, "record", {
            "outcome_id": "outcome", "how": "how", "decided_on": "day", "months": "months", "by_whom": "by"}),
        "order_transfer": rows(
            "order_transfer",
            orders.transfers(rng, outcome, transfer, record, np.array([one.service for one in places], dtype=object)),
            record, "record", {
            "outcome_id": "outcome", "how": "how", "other_service": "other", "asked_on": "asked", "answer": "answer",
            "answered_on": "answered", "starts_on": "starts", "reason": "reason", "transfer_id": "transfer"}),
        "custody_and_licence": rows("custody_and_licence", orders.custodies(outcome, programme), record, "record", {
            "outcome_id": "outcome", "custody_programme_id": "custody", "licence_programme_id": "licence",
            "establishment": "where", "letter_on": "letter", "release_on": "release", "expiry_on": "expiry"}),
    }  # fmt: skip


def court_tables(rng: np.random.Generator, record: Frame, hearing: Frame, occasion: Frame) -> dict[str, pa.Table]:
    """``rng`` is a stream of their own. Adds to ``hearing`` what was proposed and decided at it."""
    remand = court.decide(rng, hearing, occasion, record)

    def made(name: str, frame: Frame, **columns: str) -> dict[str, pa.Table]:
        return {name: rows(name, frame, record, "record", columns)}

    return {
        **made("sentence_proposal", court.sentence_proposals(rng, hearing, occasion), hearing_id="hearing",
               sort_order="place", proposal="proposal", description="words"),
        **made("bail_offer", court.bail_offers(rng, hearing), hearing_id="hearing", date_offered="day",
               provider="provider", accepted="accepted"),
        **made("remand_episode", remand, hearing_id="hearing", remand_kind="kind", accommodation_type="place",
               establishment="establishment", start_date="start", end_date="end", looked_after_from="start",
               looked_after_until="end", cost_a_day_pence="cost"),
        **made("post_charge_accommodation", court.after_charge(rng, record, occasion), date_asked="day",
               asked_for="asked_for", offered="offered", kept_overnight="kept"),
    }  # fmt: skip


def hearings(rng: np.random.Generator, occasion: Frame) -> Frame:
    """The first hearing and, when the decision came later, that day too; a few are not recorded."""
    first, decided = occasion["first_hearing"], occasion["decided"]
    recorded = (first != NO_DAY) & (rng.random(len(first)) >= p.NO_HEARING_RECORDED.value)
    one = np.flatnonzero(recorded)
    two = np.flatnonzero(recorded & (decided > first))
    both = np.r_[one, two]
    court = words(rng, p.COURT.value, len(first))
    court[(occasion["outcome"] == "SECTION_250") & (occasion["tier"] == CUSTODY)] = "CROWN_COURT"
    return {
        "occasion": both,
        "record": occasion["record"][both],
        "day": np.r_[first[one], decided[two]],
        "court": court[both],
    }


def paired(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of every pair with the same value. ``right`` must be sorted or its order is lost."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    low, high = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    count = high - low
    rows_left = np.repeat(np.arange(len(left)), count)
    offset = np.arange(len(rows_left)) - np.repeat(np.cumsum(count) - count, count)
    return rows_left, order[np.repeat(low, count) + offset]


def reference_tables(places: Sequence[Place], years: int, until: date) -> dict[str, pa.Table]:
    span = range(until.year - years - 1, until.year + 1)
    service_rows = [
        {"service": one.service, "name": one.name, "region": one.region, "country": one.country, "invented": True}
        for one in places
    ]
    population = [
        {
            "service": one.service,
            "year": year,
            "aged_10_to_17": one.population + one.growth * (year - span[0]),
            "source": "Invented for the demonstration",
            "invented": True,
        }
        for one in places
        for year in span
    ]
    return {
        "service": pa.Table.from_pylist(service_rows, schema=BY_NAME["service"].schema()),
        "population": pa.Table.from_pylist(population, schema=BY_NAME["population"].schema()),
    }
