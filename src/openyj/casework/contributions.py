"""What casework adds to a child's record: its kinds of fact, its pages, its part of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import User
from openyj.casework import forms, rules, selectors, services
from openyj.casework.models import Hearing, HearingOffence, Offence, Outcome, Programme, ProgrammeOffence, Transfer
from openyj.casework.offence_rules import points_to
from openyj.casework.orders import kinds as order_kinds
from openyj.casework.orders import now as orders_now
from openyj.casework.orders.selectors import RUNNING
from openyj.casework.orders.words import say_end
from openyj.core import clock
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register
from openyj.people.models import Child
from openyj.people.selectors import told
from openyj.people.slots import Banner, Block, RecordPage

YES_NO = {True: "Yes", False: "No", None: ""}
ESTIMATE = ": an estimate until the establishment has written"

people_rules.EARLIEST.append(rules.earliest_fact)
slots.pages.add("casework:offences", RecordPage("Offences and outcomes", "casework:offences"), order=20)
slots.pages.add("casework:programmes", RecordPage("Programmes", "casework:programmes"), order=30)


def say_offence(row: Offence) -> Iterator[tuple[str, object]]:
    yield "Date of the offence", say_date(row.offence_date)
    yield "Date of arrest", say_date(row.arrest_date)
    yield "Date of charge", say_date(row.charge_date)
    if row.age_at_charge is not None:
        yield "Age when charged", row.age_at_charge
    yield "Plea", row.get_plea_display()
    yield "What happened", row.description
    yield "Postcode of where it happened", row.location_postcode
    yield "Offence code", "Not known" if row.cjs_code_unknown else row.cjs_code
    yield "Category", row.get_category_display()
    yield "YJB seriousness score (1 to 8, from the code)", row.seriousness_score
    yield "Police gravity score", say_gravity(row)
    if row.gravity_reason:
        yield "Why the decision departs from the police score", row.gravity_reason
    yield "Knife or blade involved", YES_NO[row.knife_related]
    yield "Recordable", YES_NO[row.recordable]
    if row.programme_breached_id:
        yield "Breach of", f"{row.programme_breached}, from {say_date(row.programme_breached.start_date)}"
    for outcome in row.outcomes.all():
        if outcome.stands:
            yield "Outcome", f"{outcome}, {say_date(outcome.outcome_date)}"


def say_gravity(row: Offence) -> str:
    """The police's score with its edition and what it points to; empty where there is none."""
    if not row.gravity:
        return ""
    meaning = points_to(row.gravity_matrix, row.gravity_score)
    return f"{row.gravity}{meaning and f': {meaning}'}. {row.get_gravity_matrix_display()}"


def said_of(label: str | None, own_words: str) -> str:
    """A code's label, then the local wording."""
    return ": ".join(part for part in (label, own_words) if part)


def on_offences(row: Hearing | Programme) -> str:
    return "; ".join(str(link.offence) for link in row.links.all() if link.stands)


def say_hearing(row: Hearing) -> Iterator[tuple[str, object]]:
    yield "Date", say_date(row.hearing_date)
    yield "Kind of court", row.get_court_type_display()
    yield "Court", row.court_name
    yield "Offences", on_offences(row)
    yield "We proposed", said_of(row.get_remand_proposal_display(), row.remand_proposal_words)
    yield "The court decided", said_of(row.get_remand_decision_display(), row.remand_decision_words)
    yield "Conditions", row.bail_conditions
    yield "Adjourned to", say_date(row.adjourned_to)
    yield "Why it was adjourned", row.adjourned_reason
    yield "Who of us was in court", row.in_court


def say_outcome(row: Outcome) -> Iterator[tuple[str, object]]:
    yield "Offence", str(row.offence)
    yield "Date", say_date(row.outcome_date)
    yield "Where the child lived", row.get_residence_display()
    yield "Length in months", f"{row.term_months:g}" if row.term_months else ""
    yield "End", say_end(row, row.child)
    yield "Main or other", row.get_main_or_other_display()
    yield "Appeal", row.get_appeal_status_display() or "None"


def say_programme(row: Programme) -> Iterator[tuple[str, object]]:
    yield "Kind of programme", str(row.disposal_type)
    yield "Offences", on_offences(row)
    estimate = any(each.stands and each.release_on is None for each in row.licence_of.all())
    yield "Start", f"{say_date(row.start_date)}{ESTIMATE if estimate else ''}"
    yield "End", say_date(row.end_date)
    yield "Completed successfully", YES_NO[row.successfully_completed]


def say_transfer(row: Transfer) -> Iterator[tuple[str, object]]:
    yield "Date", say_date(row.transfer_date)
    yield "To or from which service, and why", row.description


def hangs_on_offence(row: Offence) -> Hanging:
    """Its outcomes come first, and its co-defendants, whose own records say it too; its places at hearings and in
    programmes and its police bail go with it."""
    links = [*row.hearing_links.standing().select_related("hearing", "offence")]
    links += row.police_bail_links.standing().select_related("police_bail", "offence")
    links += row.programme_links.standing().select_related("programme__disposal_type", "offence")
    blocks = [*row.outcomes.standing().select_related("legal_outcome"), *row.co_defendants.standing()]
    return Hanging(blocks, links)


def hangs_on_outcome(row: Outcome) -> Hanging:
    """The first contact after it comes first: it may have followed another outcome of that day."""
    return Hanging([*row.first_contacts.standing(), *order_kinds.hanging_on(row)])


def hangs_on_hearing(row: Hearing) -> Hanging:
    return Hanging(goes_with_it=list(row.links.standing().select_related("hearing", "offence")))


def hangs_on_programme(row: Programme) -> Hanging:
    """An offence that says it breached the programme comes first, and custody and licence that it is a part of."""
    links = row.links.standing().select_related("programme__disposal_type", "offence")
    blocking = [*row.breaches.standing(), *row.custody_of.standing(), *row.licence_of.standing()]
    return Hanging(blocking, list(links))


register(
    Kind(
        "offence", "offence", Offence, "casework:offences", forms.OffenceForm, say_offence,
        change=services.change_offence, hanging=hangs_on_offence, template="casework/offence_form.html",
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "programme_breached__disposal_type"
        ).prefetch_related("outcomes__legal_outcome"),
    )
)  # fmt: skip
register(
    Kind(
        "hearing", "hearing", Hearing, "casework:offences", forms.HearingForm, say_hearing,
        change=services.change_hearing, hanging=hangs_on_hearing, parts={HearingOffence: "offence at a hearing"},
        read=lambda rows: rows.select_related("child", "in_error_by", "in_court").prefetch_related("links__offence"),
    )
)  # fmt: skip
register(
    Kind(
        "outcome", "outcome", Outcome, "casework:offences", forms.OutcomeForm, say_outcome,
        change=services.change_outcome, hanging=hangs_on_outcome,
        read=lambda rows: rows.select_related("child", "in_error_by", "offence", "legal_outcome").prefetch_related(
            *RUNNING
        ),
    )
)  # fmt: skip
register(
    Kind(
        "programme", "programme", Programme, "casework:programmes", forms.ProgrammeForm, say_programme,
        change=services.change_programme, hanging=hangs_on_programme,
        parts={ProgrammeOffence: "offence of a programme"},
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "disposal_type"
        ).prefetch_related("links__offence", "licence_of"),
    )
)  # fmt: skip
register(
    Kind(
        "transfer", "transfer", Transfer, "casework:programmes", forms.TransferForm, say_transfer,
        change=services.change_transfer,
        hanging=lambda row: Hanging(list(row.of_orders.standing().select_related("other_service"))),
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip


def happened(rows, date: str, title, detail):
    """A contribution to the timeline: each standing row once, on its own day."""
    given = {"date": date, "title": title, "detail": detail, "by": F("recorded_by__name"), "object_id": "pk"}
    return rows.standing().filter(**{f"{date}__isnull": False}), given


@slots.timeline.contribute("offence")
def offences(*, child):
    rows = Offence.objects.filter(child=child)
    return happened(rows, "offence_date", Value("Offence"), F("description"))


@slots.timeline.contribute("hearing")
def hearings(*, child):
    rows = Hearing.objects.filter(child=child)
    return happened(rows, "hearing_date", Value("Hearing"), F("court_name"))


@slots.timeline.contribute("outcome")
def outcomes(*, child):
    rows = Outcome.objects.filter(child=child)
    title = Concat(Value("Outcome: "), F("legal_outcome__label"), output_field=CharField())
    return happened(rows, "outcome_date", title, F("offence__description"))


@slots.timeline.contribute("programme")
def programmes(*, child):
    rows = Programme.objects.filter(~selectors.start_is_estimated(), child=child)
    title = Concat(Value("Programme started: "), F("disposal_type__label"), output_field=CharField())
    return happened(rows, "start_date", title, None)


@slots.timeline.contribute("transfer")
def transfers(*, child):
    rows = Transfer.objects.filter(child=child)
    return happened(rows, "transfer_date", Value("Transfer"), F("description"))


@slots.banner.contribute("programmes")
def now_on(*, child: Child, user: User) -> Banner:
    """Which orders and programmes run today: the legal status, as far as it is recorded here."""
    running = "; ".join(str(each) for each in selectors.running_programmes(child, user)) or "None"
    in_force = orders_now.say_running(orders_now.running(child, user, clock.today()))
    return Banner([("Orders now", in_force), ("Programmes now", running)])


@slots.blocks.contribute("outcomes", order=10)
def latest_outcomes(*, child: Child, user: User, may_change: bool) -> Block:
    """The last three outcomes, and the way to record the next fact."""
    rows = told(selectors.last_outcomes, child, user)
    said = [(say_date(row.outcome_date), f"{row}: {row.offence}") for row in rows]
    links = (
        [("Add an offence", "casework:add_offence"), ("Add an outcome", "casework:add_outcome")] if may_change else []
    )
    made = [Link(text, reverse(url, args=[child.pk])) for text, url in links]
    return Block("Latest outcomes", said, "No outcome is recorded.", made)
