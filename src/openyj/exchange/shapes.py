"""How rows of each case-level table look in the record: which model, which columns, which values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Model

from openyj.casework.models import (
    Appeal,
    Contract,
    Custody,
    Hearing,
    HearingOffence,
    Offence,
    OrderChange,
    OrderTransfer,
    Outcome,
    PoliceBail,
    PoliceBailOffence,
    Programme,
    ProgrammeOffence,
    Requirement,
    RequirementHours,
    Transfer,
)
from openyj.circumstances.models import (
    AdditionalNeed,
    CareStatus,
    EteStatus,
    MentalHealth,
    ParentingIntervention,
    PartnerReferral,
    SubstanceMisuse,
)
from openyj.core import clock
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal
from openyj.exchange.numbering import Numbers
from openyj.people.models import Address, Child
from openyj.tables.codes import LISTS

NOT_SUPPLIED = "Not supplied"
Columns = dict[str, Any]


@dataclass
class Known:
    """What a load finds here or has made, by what the tables call it."""

    services: dict[str, int]
    localities: dict[tuple[int, str], int]
    outcomes: dict[str, int]
    disposals: dict[str, int]
    requirements: dict[str, int]
    establishments: dict[str, int]
    by: int | None
    child_of_offence: Numbers = field(default_factory=Numbers.none)
    service_of_child: Numbers = field(default_factory=Numbers.none)

    def service_ids(self, codes: pa.ChunkedArray) -> np.ndarray:
        return worded(codes, self.services, pa.int64()).to_numpy()


def worded(values: pa.ChunkedArray, to: Mapping[Any, Any], kind: pa.DataType, missing: Any = None) -> pa.Array:
    """Each value by what it is in `to`, asked once for each different one; `missing` where it is not there."""
    coded = values.combine_chunks().dictionary_encode()
    made = pa.array([to.get(value, missing) for value in coded.dictionary.to_pylist()], kind)
    found = made.take(coded.indices)
    return found if missing is None else found.fill_null(missing)


@dataclass(frozen=True)
class Shape:
    """One table's way into the record. `key` is the column of the old number, None for a row that only joins two.
    `made_of` gives the columns that are the table's own, from its rows, what is known, and the numbers given out."""

    table: str
    model: type[Model]
    key: str | None
    made_of: Callable[[pa.Table, Known, Mapping[str, Numbers]], Columns]

    def made(
        self, rows: pa.Table, new: np.ndarray, known: Known, numbers: Mapping[str, Numbers], beside: pa.Table | None
    ) -> pa.Table:
        """The rows as the record holds them."""
        columns: Columns = {"id": new, **self.made_of(rows, known, numbers)}
        if self.model is not Child:
            children = (
                rows["child_id"].to_numpy() if self.key else known.child_of_offence[rows["offence_id"].to_numpy()]
            )
            columns |= {"child_id": numbers["child"][children], "service_id": known.service_of_child[children]}
        if beside is not None:
            at = pc.index_in(rows[self.key], beside.column(0).combine_chunks())
            for name in beside.column_names[1:]:
                given = beside[name].combine_chunks().take(at)
                columns[name] = pc.coalesce(given, columns[name]) if name in columns else given
        return pa.table(columns)


def same(**columns: str) -> Callable[[pa.Table], Columns]:
    """Columns of the record by the columns of the table they are taken from as they are."""
    return lambda rows: {ours: rows[theirs] for ours, theirs in columns.items()}


def as_it_is(
    *named: str, words: str = "", **columns: str
) -> Callable[[pa.Table, Known, Mapping[str, Numbers]], Columns]:
    """A row whose columns are the table's own: `named` by the same names, `columns` by others, and `words`, which the
    record holds as "" where there are none."""
    taken = same(**dict(zip(named, named, strict=True)), **columns)
    said = (lambda rows: {words: rows[words].fill_null("")}) if words else (lambda rows: {})
    return lambda rows, known, numbers: {**taken(rows), **said(rows)}


def renumbered(values: pa.ChunkedArray, numbers: Mapping[str, Numbers], table: str) -> pa.Array:
    """The new number of each old one of a table; null stays null."""
    if values.null_count == len(values):
        return pa.nulls(len(values), pa.int64())
    there = values.is_valid().to_numpy()
    new = np.zeros(len(values), np.int64)
    new[there] = numbers[table][values.drop_null().to_numpy()]
    return pa.array(new, mask=~there)


def number_of(rows: pa.Table) -> pa.ChunkedArray:
    """The service's number of each child; one that has none keeps its number in the tables."""
    own = rows["current_yot_id"]
    return pc.if_else(pc.equal(pc.fill_null(own, ""), ""), rows["child_id"].cast(pa.string()), own)


def child(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    services = known.service_ids(rows["service"])
    named = zip(services.tolist(), rows["locality"].to_pylist(), strict=True)
    localities = [known.localities.get((service, (name or "").lower())) for service, name in named]
    number, deleted, count = number_of(rows), rows["deleted"], len(rows)
    now = pa.scalar(clock.now(), pa.timestamp("us", "UTC"))
    empty = pa.repeat("", count)
    return {
        "service_id": services,
        "person_id": numbers["person"][rows["person"].to_numpy()],
        "locality_id": pa.array(localities, pa.int64()),
        "number": number,
        "originating_number": rows["originating_yot_person_id"].fill_null(""),
        "given_name": pa.repeat(NOT_SUPPLIED, count),
        "family_name": number,
        "known_as": empty,
        "how_to_work_with_me": empty,
        "restricted_reason": empty,
        **same(date_of_birth="date_of_birth", sex="sex", ethnicity="ethnicity")(rows),
        "in_error_at": pc.if_else(deleted, now, pa.scalar(None, now.type)),
        "in_error_by_id": pc.if_else(deleted, pa.scalar(known.by, pa.int64()), pa.scalar(None, pa.int64())),
        "in_error_reason": pc.if_else(deleted, "Deleted in the data that was loaded", ""),
    }


def residence(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        **same(start_date="start_date", end_date="end_date", accommodation_type="accommodation_type",
               suitability="suitability", primary="primary_residence")(rows),
        "lines": pa.repeat(NOT_SUPPLIED, len(rows)),
        "postcode": pa.repeat("", len(rows)),
    }  # fmt: skip


def programme(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = same(start_date="start_date", end_date="end_date", successfully_completed="successfully_completed")
    return {"disposal_type_id": worded(rows["disposal_type"], known.disposals, pa.int64()), **own(rows)}


def parenting(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = as_it_is(
        "parenting_intervention_type", "date_referred", "sessions_planned", "sessions_attended", "engagement_level",
        words="description", start_date="intervention_start_date", end_date="intervention_end_date",
    )  # fmt: skip
    return {"programme_id": renumbered(rows["programme_id"], numbers, "intervention_programme")} | own(
        rows, known, numbers
    )


def offence(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    categories = LISTS["yjb_offence_category"].labels()
    return {
        **same(offence_date="offence_date", arrest_date="arrest_date", charge_date="charge_date", plea="plea",
               cjs_code="cjs_code", cjs_code_unknown="cjs_code_unknown", recordable="recordable",
               category="yjb_offence_category", seriousness_score="yjb_seriousness_score",
               gravity_matrix="gravity_matrix", gravity_score="gravity_score",
               knife_related="knife_related_offence")(rows),
        "location_postcode": rows["offence_location_postcode"].fill_null(""),
        "gravity_reason": pa.repeat("", len(rows)),
        "description": worded(rows["yjb_offence_category"], categories, pa.string(), "Offence not described"),
        "programme_breached_id": renumbered(rows["programme_breach_id"], numbers, "intervention_programme"),
    }  # fmt: skip


def outcome(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = same(
        outcome_date="outcome_date", end_date="outcome_end_date", appeal_status="outcome_appeal_status",
        residence="residence_on_legal_outcome_date", main_or_other="main_or_other", occasion="sentencing_occasion_id",
        term_months="term_months",
    )  # fmt: skip
    return {
        "offence_id": renumbered(rows["offence_id"], numbers, "offence"),
        "legal_outcome_id": worded(rows["legal_outcome"], known.outcomes, pa.int64()),
        **own(rows),
    }


def requirement(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = as_it_is(
        "start_date", "end_date", "hours_ordered", "ended_early_on", "ended_early_how", words="term",
        substantive="is_substantive_requirement",
    )  # fmt: skip
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "kind_id": worded(rows["requirement"], known.requirements, pa.int64()),
        "ended_early_why": pc.if_else(rows["ended_early_on"].is_valid(), NOT_SUPPLIED, ""),
        **own(rows, known, numbers),
    }


def requirement_hours(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "requirement_id": renumbered(rows["requirement_id"], numbers, "outcome_requirement"),
        **as_it_is("day", "hours", words="supervised_by")(rows, known, numbers),
    }


def appeal(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "new_outcome_id": renumbered(rows["new_outcome_id"], numbers, "offence_legal_outcome"),
        **same(appealed_on="appealed_on", about="appeal_about", result="result", result_on="result_on")(rows),
    }


def contract(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "late_reason": pa.repeat("", len(rows)),
        **as_it_is("signed_on", words="signed_by")(rows, known, numbers),
    }


def order_change(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "why": pa.repeat(NOT_SUPPLIED, len(rows)),
        **as_it_is("how", "decided_on", "months", words="by_whom")(rows, known, numbers),
    }


def custody(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "custody_programme_id": renumbered(rows["custody_programme_id"], numbers, "intervention_programme"),
        "licence_programme_id": renumbered(rows["licence_programme_id"], numbers, "intervention_programme"),
        "establishment_id": worded(rows["establishment"], known.establishments, pa.int64()),
        **same(letter_on="letter_on", release_on="release_on", expiry_on="expiry_on")(rows),
    }


def order_transfer(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return {
        "outcome_id": renumbered(rows["outcome_id"], numbers, "offence_legal_outcome"),
        "other_service_id": known.service_ids(rows["other_service"]),
        "transfer_id": renumbered(rows["transfer_id"], numbers, "transfer"),
        **as_it_is("how", "asked_on", "answer", "answered_on", "starts_on", words="reason")(rows, known, numbers),
    }


def hearing(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = ("hearing_date", "court_type", "remand_proposal", "remand_decision", "adjourned_to")
    worded = ("remand_proposal_words", "remand_decision_words")
    return {
        **{name: rows[name] for name in own},
        **{name: rows[name].fill_null("") for name in worded},
        **dict.fromkeys(("court_name", "bail_conditions", "adjourned_reason"), pa.repeat("", len(rows))),
    }


def at_hearing(
    made_of: Callable[[pa.Table, Known, Mapping[str, Numbers]], Columns], *empty: str
) -> Callable[[pa.Table, Known, Mapping[str, Numbers]], Columns]:
    """A fact that a hearing is part of; `empty` are words of the record that the tables do not carry."""
    return lambda rows, known, numbers: {
        **made_of(rows, known, numbers),
        "hearing_id": renumbered(rows["hearing_id"], numbers, "hearing"),
        **dict.fromkeys(empty, pa.repeat("", len(rows))),
    }


def sentence_proposal(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = as_it_is(words="description", order="sort_order")
    return {"proposal_id": worded(rows["proposal"], known.outcomes, pa.int64()), **own(rows, known, numbers)}


def post_charge(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    own = as_it_is("date_asked", "asked_for", "offered", "kept_overnight")
    return {**own(rows, known, numbers), "why_not": pa.repeat("", len(rows))}


def police_bail(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    empty = pa.repeat("", len(rows))
    own = same(status="bail_status", start_date="start_date", end_date="end_date")
    return {**own(rows), "conditions": empty, "police": empty}


def transfer(rows: pa.Table, known: Known, numbers: Mapping[str, Numbers]) -> Columns:
    return same(transfer_date="transfer_date", description="description")(rows)


def joining(other: str, column: str, ours: str) -> Callable[[pa.Table, Known, Mapping[str, Numbers]], Columns]:
    """A row that joins an offence to something else of the same child."""
    return lambda rows, known, numbers: {
        ours: renumbered(rows[column], numbers, other),
        "offence_id": renumbered(rows["offence_id"], numbers, "offence"),
    }


STEPS = ("date_screened", "need_identified", "date_referred", "date_offered", "date_attended_start",
         "date_attended_end", "intervention_type")  # fmt: skip
ANSWERS = ("partner_kind", "date_referred", "date_accepted", "date_declined", "decline_reason", "date_first_seen",
           "date_ended")  # fmt: skip

# In the order in which rows may refer to each other.
SHAPES: tuple[Shape, ...] = (
    Shape("child", Child, "child_id", child),
    Shape("residence", Address, "residence_id", residence),
    Shape(
        "ete_status", EteStatus, "ete_status_id",
        as_it_is("start_date", "end_date", "provision_type", "suitability", "hours_offered", words="description",
                 hours_attended="hours"),
    ),
    Shape(
        "care_status", CareStatus, "care_status_id",
        as_it_is("status", "start_date", "end_date", words="description"),
    ),
    Shape(
        "sendaln", AdditionalNeed, "sendaln_id",
        as_it_is(words="description", identified="identified_sendaln", formal_plan="send_formal_plan",
                 start_date="send_start_date", end_date="send_end_date"),
    ),
    Shape("mental_health", MentalHealth, "mental_health_id", as_it_is(*STEPS)),
    Shape("substance_misuse", SubstanceMisuse, "substance_misuse_id", as_it_is(*STEPS)),
    Shape("partner_referral", PartnerReferral, "partner_referral_id", as_it_is(*ANSWERS, words="partner")),
    Shape("transfer", Transfer, "transfer_id", transfer),
    Shape("intervention_programme", Programme, "programme_id", programme),
    Shape("parenting_intervention", ParentingIntervention, "parenting_intervention_id", parenting),
    Shape("offence", Offence, "offence_id", offence),
    Shape("police_bail", PoliceBail, "police_bail_id", police_bail),
    Shape(
        "link_police_bail_offence", PoliceBailOffence, None,
        joining("police_bail", "police_bail_id", "police_bail_id"),
    ),
    Shape("hearing", Hearing, "hearing_id", hearing),
    Shape("link_hearing_offence", HearingOffence, None, joining("hearing", "hearing_id", "hearing_id")),
    Shape(
        "sentence_proposal", SentenceProposal, "sentence_proposal_id", at_hearing(sentence_proposal),
    ),
    Shape(
        "bail_offer", BailOffer, "bail_offer_id",
        at_hearing(as_it_is("date_offered", "accepted", words="provider"), "package", "conditions", "reason"),
    ),
    Shape(
        "remand_episode", Remand, "remand_id",
        at_hearing(
            as_it_is("remand_kind", "accommodation_type", "start_date", "end_date", "looked_after_from",
                     "looked_after_until", "cost_a_day_pence", words="establishment"),
            "conditions_met", "cost_source",
        ),
    ),
    Shape("post_charge_accommodation", PostChargeAccommodation, "post_charge_id", post_charge),
    Shape("offence_legal_outcome", Outcome, "outcome_id", outcome),
    Shape(
        "link_offence_intervention_programme", ProgrammeOffence, None,
        joining("intervention_programme", "programme_id", "programme_id"),
    ),
    Shape("outcome_requirement", Requirement, "requirement_id", requirement),
    Shape("requirement_hours", RequirementHours, "entry_id", requirement_hours),
    Shape("appeal", Appeal, "appeal_id", appeal),
    Shape("referral_order_contract", Contract, "contract_id", contract),
    Shape("order_change", OrderChange, "order_change_id", order_change),
    Shape("custody_and_licence", Custody, "custody_id", custody),
    Shape("order_transfer", OrderTransfer, "order_transfer_id", order_transfer),
)  # fmt: skip
