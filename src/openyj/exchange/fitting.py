"""What case-level tables may say and this record cannot hold: asked before a row is written, answered row by row.

The tables' own rules (`openyj.tables.validate`) ask whether rows can be true. These ask whether they fit here: whether
what they refer to is known, nothing is here already, and no constraint of the record refuses them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import CharField, Model

from openyj.accounts.models import Locality, Service
from openyj.casework.models import (
    CaseWord,
    Contract,
    Hearing,
    Offence,
    OrderChange,
    OrderTransfer,
    Requirement,
    RequirementHours,
    Transfer,
)
from openyj.circumstances.models import AdditionalNeed, CareStatus, EteStatus, ParentingIntervention, PartnerReferral
from openyj.court.models import BailOffer, Remand, SentenceProposal
from openyj.exchange.boards import boards_here
from openyj.people.models import Child
from openyj.reference.models import DisposalType, LegalOutcome, Population
from openyj.tables import CaseTables, Fault
from openyj.tables.contents import BY_NAME
from openyj.tables.declare import Table
from openyj.tables.faults import ERROR
from openyj.tables.offence_codes import GRAVITY_RANGES
from openyj.tables.validity import Look, keys

# Text of the tables by the field of the record that it becomes.
TEXTS: list[tuple[str, str, type[Model], str]] = [
    ("service", "service", Service, "code"),
    ("service", "name", Service, "name"),
    ("service", "region", Service, "region"),
    ("population", "source", Population, "source"),
    ("child", "locality", Locality, "name"),
    ("child", "current_yot_id", Child, "number"),
    ("child", "originating_yot_person_id", Child, "originating_number"),
    ("ete_status", "description", EteStatus, "description"),
    ("care_status", "description", CareStatus, "description"),
    ("sendaln", "description", AdditionalNeed, "description"),
    ("partner_referral", "partner", PartnerReferral, "partner"),
    ("parenting_intervention", "description", ParentingIntervention, "description"),
    ("hearing", "remand_proposal_words", Hearing, "remand_proposal_words"),
    ("hearing", "remand_decision_words", Hearing, "remand_decision_words"),
    ("sentence_proposal", "description", SentenceProposal, "description"),
    ("bail_offer", "provider", BailOffer, "provider"),
    ("remand_episode", "establishment", Remand, "establishment"),
    ("transfer", "description", Transfer, "description"),
    ("offence", "cjs_code", Offence, "cjs_code"),
    ("offence", "offence_location_postcode", Offence, "location_postcode"),
    ("outcome_requirement", "term", Requirement, "term"),
    ("requirement_hours", "supervised_by", RequirementHours, "supervised_by"),
    ("referral_order_contract", "signed_by", Contract, "signed_by"),
    ("order_change", "by_whom", OrderChange, "by_whom"),
    ("order_transfer", "reason", OrderTransfer, "reason"),
]
# Lists an administrator keeps, the table and column that name a word of one, and what it is.
WORDS = [
    ("requirement", "outcome_requirement", "requirement", "kind of requirement"),
    ("establishment", "custody_and_licence", "establishment", "establishment"),
]
MOST_SMALL = 32_767  # PostgreSQL's smallint


# A number of the tables' own, where the service gave the child none.
OWN_NUMBER = "coalesce(nullif(r.current_yot_id, ''), r.child_id::VARCHAR)"
# Rows that name another row of a child, the column that does, and the table it names one of.
ON_ANOTHER = [
    ("offence", "programme_breach_id", "intervention_programme"),
    ("parenting_intervention", "programme_id", "intervention_programme"),
    ("offence_legal_outcome", "offence_id", "offence"),
    ("link_hearing_offence", "hearing_id", "hearing"),
    ("link_police_bail_offence", "police_bail_id", "police_bail"),
    ("sentence_proposal", "hearing_id", "hearing"),
    ("bail_offer", "hearing_id", "hearing"),
    ("remand_episode", "hearing_id", "hearing"),
    ("link_offence_intervention_programme", "programme_id", "intervention_programme"),
    ("outcome_requirement", "outcome_id", "offence_legal_outcome"),
    ("requirement_hours", "requirement_id", "outcome_requirement"),
    ("appeal", "outcome_id", "offence_legal_outcome"),
    ("appeal", "new_outcome_id", "offence_legal_outcome"),
    ("referral_order_contract", "outcome_id", "offence_legal_outcome"),
    ("order_change", "outcome_id", "offence_legal_outcome"),
    ("order_transfer", "outcome_id", "offence_legal_outcome"),
    ("order_transfer", "transfer_id", "transfer"),
    ("custody_and_licence", "outcome_id", "offence_legal_outcome"),
    ("custody_and_licence", "custody_programme_id", "intervention_programme"),
    ("custody_and_licence", "licence_programme_id", "intervention_programme"),
]


def misfits(tables: CaseTables) -> list[Fault]:
    """Every row that this record cannot hold, and why. Read with every service in scope."""
    faults = list(not_supplied(tables))
    if faults:
        return faults
    look = Look(tables)
    for part in (
        unknown_services, transfers_fit, unknown_outcomes, unknown_programmes, unknown_words, orders_once,
        taken_numbers, two_main_addresses, arrests_before_offences, odd_gravity,
        two_proposals_in_one_place, odd_populations, texts_too_long,
        another_childs_rows, boards_here,
    ):  # fmt: skip
        faults += part(look)
    return faults


def not_supplied(tables: CaseTables) -> Iterator[Fault]:
    """A row cannot be loaded without the row it refers to."""
    for name, table in tables.items():
        for column in BY_NAME[name].columns:
            wanted = column.refers_to
            if wanted and wanted not in tables and table[column.name].null_count < len(table):
                message = f"Rows refer to the table {wanted}, which was not supplied. Put it into the folder"
                yield Fault("LOAD-1", name, None, column.name, message)


def found(look: Look, rule: str, table: str, column: str, message: str, sql: str) -> Iterator[Fault]:
    """A fault for each row of `sql`; nothing where the table was not supplied."""
    if table in look.tables:
        yield from look.faults(rule, BY_NAME[table], column, message, ERROR, sql)


def unknown_services(look: Look) -> Iterator[Fault]:
    known = set(Service.objects.values_list("code", flat=True))
    if "service" in look.tables:
        known |= set(look.tables["service"]["service"].to_pylist())
    look.connection.register("known_service", pa.table({"code": pa.array(sorted(known), pa.string())}))
    for name in ("child", "population", "board_attendance"):
        yield from found(
            look, "LOAD-2", name, "service",
            "There is no service '{0}' here, nor in a table of services. Add it to one",
            f"SELECT {keys(BY_NAME[name])}, r.service FROM {name} r ANTI JOIN known_service k ON k.code = r.service",  # noqa: S608
        )  # fmt: skip


def transfers_fit(look: Look) -> Iterator[Fault]:
    """An order moves to or from a service of this site; what is accepted starts on a day and nothing else does; one
    request at a time waits."""
    name = "order_transfer"
    yield from found(
        look, "LOAD-25", name, "other_service", "There is no service '{0}' here, nor in a table of services",
        "SELECT r.order_transfer_id, r.other_service FROM order_transfer r "
        "ANTI JOIN known_service k ON k.code = r.other_service",
    )  # fmt: skip
    yield from found(
        look, "LOAD-26", name, "starts_on", "Only what was accepted starts on a day, and it has that day",
        "SELECT order_transfer_id FROM order_transfer "
        "WHERE (answer IS NOT DISTINCT FROM 'ACCEPTED') <> (starts_on IS NOT NULL)",
    )  # fmt: skip
    yield from found(
        look, "LOAD-27", name, "answer", "Another transfer of outcome {0} waits for its answer too. Keep one",
        "SELECT order_transfer_id, outcome_id FROM order_transfer WHERE answer IS NULL "
        "QUALIFY row_number() OVER (PARTITION BY outcome_id ORDER BY order_transfer_id) > 1",
    )  # fmt: skip


def unknown_outcomes(look: Look) -> Iterator[Fault]:
    known = list(LegalOutcome.objects.values("code", "valid_from", "valid_to"))
    days = [("code", pa.string()), ("valid_from", pa.date32()), ("valid_to", pa.date32())]
    look.connection.register("known_outcome", pa.Table.from_pylist(known, schema=pa.schema(days)))
    joined = "FROM offence_legal_outcome r LEFT JOIN known_outcome k ON k.code = r.legal_outcome"
    name, column = "offence_legal_outcome", "legal_outcome"
    yield from found(
        look, "LOAD-3", name, column, "This site has no legal outcome '{0}'. Let an administrator add it",
        f"SELECT r.outcome_id, r.legal_outcome {joined} WHERE k.code IS NULL",
    )  # fmt: skip
    yield from found(
        look, "LOAD-3", "sentence_proposal", "proposal",
        "This site has no legal outcome '{0}'. Let an administrator add it",
        "SELECT r.sentence_proposal_id, r.proposal FROM sentence_proposal r "
        "ANTI JOIN known_outcome k ON k.code = r.proposal",
    )  # fmt: skip
    yield from found(
        look, "LOAD-3", name, column,
        "'{0}' could be given from {1}{2}, not on {3}. Correct the date or the outcome",
        "SELECT r.outcome_id, r.legal_outcome, k.valid_from, coalesce(' to ' || k.valid_to, ''), "
        f"r.outcome_date {joined} WHERE r.outcome_date < k.valid_from OR r.outcome_date > k.valid_to",
    )  # fmt: skip


def unknown_programmes(look: Look) -> Iterator[Fault]:
    known = sorted(DisposalType.objects.values_list("code", flat=True))
    look.connection.register("known_programme", pa.table({"code": pa.array(known, pa.string())}))
    yield from found(
        look, "LOAD-4", "intervention_programme", "disposal_type",
        "This site has no kind of programme '{0}'. Use one it has",
        "SELECT r.programme_id, r.disposal_type FROM intervention_programme r "
        "ANTI JOIN known_programme k ON k.code = r.disposal_type",
    )  # fmt: skip


def unknown_words(look: Look) -> Iterator[Fault]:
    """Words of the site's own dated lists."""
    for listed, table, column, noun in WORDS:
        known = sorted(CaseWord.objects.filter(listed=listed).values_list("code", flat=True))
        look.connection.register("known_word", pa.table({"code": pa.array(known, pa.string())}))
        yield from found(
            look, "LOAD-20", table, column, f"This site has no {noun} '{{0}}'. Let an administrator add it",
            f"SELECT {keys(BY_NAME[table])}, r.{column} FROM {table} r ANTI JOIN known_word k ON k.code = r.{column} "  # noqa: S608
            f"WHERE r.{column} IS NOT NULL",
        )  # fmt: skip


def orders_once(look: Look) -> Iterator[Fault]:
    """What the record holds of an order: one contract, one custody and licence, one early end; months only where it was
    made longer; one appeal that waits, and a new outcome that is another than the one appealed."""
    for table, what, only in (
        ("referral_order_contract", "contract", "true"),
        ("custody_and_licence", "custody and licence", "true"),
        ("order_change", "early end", "how <> 'EXTENDED'"),
    ):
        yield from found(
            look, "LOAD-23", table, "outcome_id", f"Outcome {{0}} has another {what} too. Keep one",
            f"SELECT {keys(BY_NAME[table], table)}, outcome_id FROM {table} WHERE {only} "  # noqa: S608
            f"QUALIFY row_number() OVER (PARTITION BY outcome_id ORDER BY {BY_NAME[table].key[0]}) > 1",
        )  # fmt: skip
    yield from found(
        look, "LOAD-24", "order_change", "months", "Only an order that was made longer has months, and it has them",
        "SELECT order_change_id FROM order_change WHERE (how = 'EXTENDED') <> (months IS NOT NULL)",
    )  # fmt: skip
    yield from found(
        look, "LOAD-21", "appeal", "result", "Another appeal against outcome {0} waits for its result too. Keep one",
        "SELECT appeal_id, outcome_id FROM appeal WHERE result IS NULL "
        "QUALIFY row_number() OVER (PARTITION BY outcome_id ORDER BY appeal_id) > 1",
    )  # fmt: skip
    yield from found(
        look, "LOAD-22", "appeal", "new_outcome_id", "The new outcome {0} is the one that was appealed. Name another",
        "SELECT appeal_id, new_outcome_id FROM appeal WHERE new_outcome_id = outcome_id",
    )  # fmt: skip


def taken_numbers(look: Look) -> Iterator[Fault]:
    """A child is here already when its service has a child of that number: a folder loaded twice adds nobody twice."""
    if "child" not in look.tables:
        return
    services = pc.unique(look.tables["child"]["service"]).to_pylist()
    here = Child.objects.filter(service__code__in=services).values_list("service__code", "number")
    codes, numbers = zip(*here, strict=True) if here else ((), ())
    known = {"service": pa.array(codes, pa.string()), "number": pa.array(numbers, pa.string())}
    look.connection.register("known_child", pa.table(known))
    is_here = f"k.service = r.service AND k.number = {OWN_NUMBER}"
    yield from found(
        look, "LOAD-5", "child", "current_yot_id",
        "Service '{0}' has a child numbered '{1}' already. If this folder was loaded before, there is nothing to do; "
        "if it is another child, give it another number",
        f"SELECT r.child_id, r.service, {OWN_NUMBER} FROM child r JOIN known_child k ON {is_here}",  # noqa: S608
    )  # fmt: skip
    first = f"first_value(r.child_id) OVER (PARTITION BY r.service, {OWN_NUMBER} ORDER BY r.child_id)"
    yield from found(
        look, "LOAD-6", "child", "current_yot_id",
        "Child {2} of service '{0}' has the number '{1}' too. Give one another number",
        f"SELECT r.child_id, r.service, {OWN_NUMBER}, {first} AS earliest FROM child r "  # noqa: S608
        f"ANTI JOIN known_child k ON {is_here} QUALIFY earliest <> r.child_id",
    )  # fmt: skip


def two_main_addresses(look: Look) -> Iterator[Fault]:
    """The record holds one main address at a time; one may begin on the day the other ends, and one that was left on
    the day it began holds no day, and so overlaps none."""
    earlier = (
        "(PARTITION BY child_id ORDER BY start_date, residence_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    until = "coalesce(end_date, DATE '9999-12-31')"
    yield from found(
        look, "LOAD-7", "residence", "start_date",
        "Residence {0} is the main one on {1} too. End one before, or say of one that it is not the main one",
        f"SELECT residence_id, arg_max(residence_id, {until}) OVER {earlier}, start_date FROM residence "  # noqa: S608
        "WHERE primary_residence AND end_date IS DISTINCT FROM start_date "
        f"QUALIFY start_date < max({until}) OVER {earlier}",
    )  # fmt: skip


def arrests_before_offences(look: Look) -> Iterator[Fault]:
    yield from found(
        look, "LOAD-8", "offence", "arrest_date",
        "{0} is before the offence of {1}. Correct whichever is wrong",
        "SELECT offence_id, arrest_date, offence_date FROM offence WHERE arrest_date < offence_date",
    )  # fmt: skip


def odd_gravity(look: Look) -> Iterator[Fault]:
    """A score that its edition of the matrix does not have, and an edition without a score; a code of an offence whose
    code is said to be unknown."""
    ranges = [(edition, *range_) for edition, range_ in GRAVITY_RANGES.items()]
    known = pa.table(dict(zip(("edition", "least", "most"), map(pa.array, zip(*ranges, strict=True)), strict=True)))
    look.connection.register("gravity_range", known)
    yield from found(
        look, "LOAD-14", "offence", "gravity_score", "{1} scores from {2} to {3}, not {0}. Correct one of the two",
        "SELECT r.offence_id, coalesce(r.gravity_score::VARCHAR, 'nothing'), r.gravity_matrix, g.least, g.most "
        "FROM offence r JOIN gravity_range g ON g.edition = r.gravity_matrix "
        "WHERE r.gravity_score IS NULL OR r.gravity_score NOT BETWEEN g.least AND g.most",
    )  # fmt: skip
    yield from found(
        look, "LOAD-15", "offence", "cjs_code_unknown", "Says that the code is not known, and gives '{0}'. Keep one",
        "SELECT offence_id, cjs_code FROM offence WHERE cjs_code_unknown AND cjs_code <> ''",
    )  # fmt: skip


def two_proposals_in_one_place(look: Look) -> Iterator[Fault]:
    yield from found(
        look, "LOAD-20", "sentence_proposal", "sort_order",
        "Place {0} at hearing {1} is taken by proposal {2}. Give one another place",
        "SELECT sentence_proposal_id, sort_order, hearing_id, first_value(sentence_proposal_id) OVER "
        "(PARTITION BY hearing_id, sort_order ORDER BY sentence_proposal_id) AS earliest FROM sentence_proposal "
        "QUALIFY earliest <> sentence_proposal_id",
    )  # fmt: skip


def odd_populations(look: Look) -> Iterator[Fault]:
    yield from found(
        look, "LOAD-9", "population", "year", "{0} is no year. Write one like 2024",
        f"SELECT service, year, year FROM population WHERE year NOT BETWEEN 0 AND {MOST_SMALL}",  # noqa: S608
    )  # fmt: skip


def texts_too_long(look: Look) -> Iterator[Fault]:
    for name, column, model, field_name in TEXTS:
        if name not in look.tables:
            continue
        field = model._meta.get_field(field_name)
        assert isinstance(field, CharField)
        table: type[Table] = BY_NAME[name]
        for row in unfit_rows(look.tables[name], column, field.max_length).to_pylist():
            key = ", ".join(str(row[part]) for part in table.key)
            yield Fault("LOAD-10", name, key, column, unfit_text(row[column], field.max_length))


def unfit_rows(table: pa.Table, column: str, longest: int | None) -> pa.Table:
    """The rows whose text the record cannot hold."""
    text = table[column]
    wrong = pc.match_substring(text, "\x00")
    if longest is not None:
        wrong = pc.or_(wrong, pc.greater(pc.utf8_length(text), longest))
    return table.filter(pc.fill_null(wrong, False))


def unfit_text(text: str, longest: int | None) -> str:
    """Why the record cannot hold `text`."""
    if longest is not None and len(text) > longest:
        return f"{len(text)} characters; shorten it to {longest}"
    return "It holds a null byte. Take it out"


def another_childs_rows(look: Look) -> Iterator[Fault]:
    """What a row refers to is in the record of the same child: a person's record at another service is another."""
    for name, column, other in ON_ANOTHER:
        if name not in look.tables or other not in look.tables:
            continue
        declared = BY_NAME[name]
        linked = "child_id" not in declared.schema().names
        # A row that only joins two is about the child of its offence.
        whose, own = (" JOIN offence w ON w.offence_id = r.offence_id", "w") if linked else ("", "r")
        yield from found(
            look, "LOAD-12", name, column, f"The {other} {{0}} is in the record of child {{1}}, this is of child {{2}}",
            f"SELECT {keys(declared)}, r.{column}, o.child_id, {own}.child_id FROM {name} r{whose} "  # noqa: S608
            f"JOIN {other} o ON o.{BY_NAME[other].key[0]} = r.{column} WHERE o.child_id <> {own}.child_id",
        )  # fmt: skip
