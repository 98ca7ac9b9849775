"""What court adds to a child's record: kinds of fact, a page, a card, a line of the bar, a part of the timeline."""

from __future__ import annotations

from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.navigation import register as register_navigation
from openyj.accounts.roles import Permission
from openyj.circumstances.episodes import earliest_of, label_of
from openyj.core import clock
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.court import forms, rules, selectors, services
from openyj.court import words as say
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Kind, register, rests_on
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.people.selectors import told
from openyj.people.slots import Banner, Block, RecordPage

PAGE = "court:court"
register_navigation("Court", "court:service", permission=Permission.SEE_ASSESSMENTS, order=25)
slots.pages.add(PAGE, RecordPage("Court, bail and remand", PAGE), order=22)

for name, label, model, form, said, change, read in (
    (
        "sentence-proposal", "sentence proposal", SentenceProposal, forms.ProposalForm, say.say_proposal,
        partial(services.change, rules.check_proposal), ("hearing", "proposal"),
    ),
    (
        "bail-offer", "bail offer", BailOffer, forms.BailOfferForm, say.say_offer,
        partial(services.change, rules.check_bail_offer), ("hearing",),
    ),
    ("remand", "remand", Remand, forms.RemandForm, say.say_remand, services.change_remand, ("hearing",)),
    (
        "post-charge", "accommodation after charge", PostChargeAccommodation, forms.PostChargeForm, say.say_post_charge,
        partial(services.change, rules.check_post_charge), (),
    ),
):  # fmt: skip
    register(
        Kind(
            name, label, model, PAGE, form, said, change=change,
            read=lambda rows, also=read: rows.select_related("child", "in_error_by", *also),
        )
    )  # fmt: skip
for model, column, noun in (
    (BailOffer, "date_offered", "A bail offer"),
    (Remand, "start_date", "A remand"),
    (PostChargeAccommodation, "date_asked", "Accommodation after charge"),
):
    people_rules.EARLIEST.append(partial(earliest_of, model, column, noun))


def resting(hearing) -> list[AboutChild]:
    """What was proposed or offered at a hearing, and the remands that it ordered."""
    return [
        *hearing.sentence_proposals.standing().select_related("proposal"),
        *hearing.bail_offers.standing(),
        *hearing.remands.standing(),
    ]


rests_on("hearing", resting)


@slots.timeline.contribute("remand")
def remands(*, child):
    """The day a remand began."""
    kinds = label_of("remand_kind", "remand_kind", "")
    return Remand.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Remanded: "), kinds),
        "detail": F("establishment"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("sentence-proposal")
def proposals(*, child):
    """The hearing at which a sentence was proposed."""
    return SentenceProposal.objects.standing().filter(child=child), {
        "date": F("hearing__hearing_date"),
        "title": Concat(Value("We proposed: "), F("proposal__label")),
        "detail": F("description"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("bail-offer")
def offers(*, child):
    """The day bail support was offered."""
    return BailOffer.objects.standing().filter(child=child), {
        "date": "date_offered",
        "title": Value("Bail support offered"),
        "detail": F("provider"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("post-charge")
def after_charge(*, child):
    """The day accommodation was asked for after a charge."""
    return PostChargeAccommodation.objects.standing().filter(child=child), {
        "date": "date_asked",
        "title": Value("Accommodation asked for after charge"),
        "detail": F("why_not"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def standing_now(child: Child, user: User) -> list[tuple[str, str]]:
    """Where the child is remanded to today, and the conditions the court set."""
    today = clock.today()
    said = [
        ("Remanded", f"To {row.where} since {say_date(row.start_date)}")
        for row in told(selectors.remanded_now, child, user, today=today)
    ]
    said += [
        ("Court’s conditions", f"{row.bail_conditions} (since {say_date(row.hearing_date)})")
        for row in told(selectors.on_conditions_now, child, user, today=today)
    ]
    return said


@slots.banner.contribute("remand")
def on_the_bar(*, child: Child, user: User) -> Banner:
    """On every page of the record, because it decides liberty."""
    return Banner(standing_now(child, user))


@slots.blocks.contribute("court", order=7)
def court_now(*, child: Child, user: User, may_change: bool) -> Block:
    text = "See and change court, bail and remand" if may_change else "See court, bail and remand"
    return Block(
        "Bail and remand now", standing_now(child, user), "No remand runs and no conditions of a court hold.",
        [Link(text, reverse(PAGE, args=[child.pk]))],
    )  # fmt: skip
