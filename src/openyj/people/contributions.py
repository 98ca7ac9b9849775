"""What people adds to the site: its entries of the menu, its pages of a record, addresses as a kind of fact."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Concat

from openyj.accounts.navigation import register as register_navigation
from openyj.accounts.roles import Permission
from openyj.core.dates import say_date
from openyj.people import kinds, services, slots
from openyj.people.forms import AddressForm
from openyj.people.models import Address
from openyj.people.slots import RecordPage
from openyj.people.views.record import address_block

register_navigation("Children", "people:children", permission=Permission.SEE_CHILDREN, order=20)

for order, (text, url_name) in enumerate(
    [
        ("Overview", "people:child"),
        ("Timeline", "people:timeline"),
        ("Addresses", "people:addresses"),
        ("Details", "people:details"),
        ("History", "people:history"),
    ]
):
    # Upper rooms place theirs between Timeline (10) and Addresses (50).
    slots.pages.add(url_name, RecordPage(text, url_name), order=10 * order if order < 2 else 10 * order + 30)

slots.blocks.add("address", address_block, order=20)


def say_address(address: Address) -> Iterator[tuple[str, object]]:
    yield "Address", str(address)
    yield "From", say_date(address.start_date)
    yield "Until", say_date(address.end_date) or "They live there now"
    yield "Main address", "Yes" if address.primary else "No"
    yield "Kind of accommodation", address.get_accommodation_type_display()
    yield "Suitable", address.get_suitability_display()


kinds.register(
    kinds.Kind(
        "address",
        "address",
        Address,
        "people:addresses",
        AddressForm,
        say=say_address,
        change=services.change_address,
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)


@slots.timeline.contribute("address")
def addresses(*, child, user):
    """Moves: the day a child came to an address."""
    return Address.objects.visible_to(user).standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Moved to "), F("lines")),
        "detail": F("postcode"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
