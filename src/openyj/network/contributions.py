"""What the network adds to a child's record: two kinds of fact, a page, a card, a part of the timeline."""

from __future__ import annotations

from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.circumstances.episodes import earliest_of
from openyj.core.components import Link
from openyj.network import selectors, services
from openyj.network.forms import ConnectionForm, ProfessionalForm
from openyj.network.models import Connection, Professional, Relationship
from openyj.network.words import say_connection, say_professional, summed_up
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Kind, register
from openyj.people.models import Child
from openyj.people.slots import Block, RecordPage
from openyj.reference.selectors import Holding, more_holdings

PAGE = "network:network"
slots.pages.add(PAGE, RecordPage("Network", PAGE), order=14)

register(
    Kind(
        "person", "person in the network", Connection, PAGE, ConnectionForm, say_connection,
        change=services.change_connection, address=Connection.get_absolute_url,
        read=lambda rows: rows.select_related("child", "in_error_by", "relationship"),
        guarded=lambda row: bool(row.caution),
    )
)  # fmt: skip
register(
    Kind(
        "professional", "professional", Professional, PAGE, ProfessionalForm, say_professional,
        change=services.change_professional, address=Professional.get_absolute_url,
        read=lambda rows: rows.select_related("child", "in_error_by", "agency_kind"),
    )
)  # fmt: skip
for model, noun in ((Connection, "Somebody in the network"), (Professional, "A professional")):
    people_rules.EARLIEST.append(partial(earliest_of, model, "start_date", noun))


@slots.timeline.contribute("person")
def people_met(*, child):
    """The day somebody came into the child's life, else was recorded. Who has a warning is not here: it is printed."""
    return Connection.objects.standing().filter(child=child, caution=""), {
        "date": Coalesce("start_date", TruncDate("recorded_at")),
        "title": Concat(Value("In the network: "), F("relationship__label")),
        "detail": F("name"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("professional")
def professionals_met(*, child):
    """The day a professional began, else was recorded."""
    return Professional.objects.standing().filter(child=child), {
        "date": Coalesce("start_date", TruncDate("recorded_at")),
        "title": Concat(Value("Professional: "), F("job")),
        "detail": F("name"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.blocks.contribute("network", order=22)
def network_now(*, child: Child, user: User, may_change: bool) -> Block:
    """Who matters most, or that it is not recorded."""
    rows, professionals = selectors.around_now(child, user)
    said = list(summed_up(rows, professionals, selectors.records_of(rows, user)))
    text = "See and change the network" if may_change else "See the network"
    return Block("Network", said, "", [Link(text, reverse(PAGE, args=[child.pk]))])


@more_holdings.contribute("relationships", order=26)
def words_held(service: Service) -> Holding:
    """The administrator's line about the words for what somebody is to a child."""
    return Holding("Words of the network", f"{Relationship.objects.count()} words", "network:relationships")
