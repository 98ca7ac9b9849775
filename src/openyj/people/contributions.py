"""What people adds to the site: its entries of the menu, its pages of a record, addresses as a kind of fact."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.template.defaultfilters import filesizeformat

from openyj.accounts.navigation import register as register_navigation
from openyj.accounts.roles import Permission
from openyj.core.components import Link
from openyj.core.dates import say_date, say_datetime
from openyj.people import kinds, services, slots
from openyj.people.forms import AddressForm, AllocationForm, ChildFileForm
from openyj.people.models import Address, Allocation, ChildFile
from openyj.people.slots import RecordPage
from openyj.people.views.record import address_block

register_navigation("Children", "people:children", permission=Permission.SEE_CHILDREN, order=20)

for order, (text, url_name) in enumerate(
    [
        ("Overview", "people:child"),
        ("Timeline", "people:timeline"),
        ("Files", "people:files"),
        ("Addresses", "people:addresses"),
        ("Details", "people:details"),
        ("History", "people:history"),
    ]
):
    # Upper rooms place theirs between Timeline (10) and Files (50).
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
def addresses(*, child):
    """Moves: the day a child came to an address."""
    return Address.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Moved to "), F("lines")),
        "detail": F("postcode"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def say_allocation(row: Allocation) -> Iterator[tuple[str, object]]:
    yield "Worker", row.worker
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "They are the worker now"
    yield "Why", row.why


kinds.register(
    kinds.Kind(
        "allocation",
        "allocation",
        Allocation,
        "people:details",
        AllocationForm,
        say=say_allocation,
        change=services.change_allocation,
        read=lambda rows: rows.select_related("child", "in_error_by", "worker"),
        in_error=services.allocation_in_error,
    )
)


@slots.timeline.contribute("allocation")
def allocations(*, child):
    """The day somebody began to work with the child."""
    return Allocation.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Allocated to "), F("worker__name")),
        "detail": F("why"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def say_file(row: ChildFile) -> Iterator[tuple]:
    opens = [Link("Open", row.open_url)] if row.stands else []
    yield "File", row.stored.name, opens
    yield "Kind", f"{row.stored.what.label}, {filesizeformat(row.stored.size)}"
    yield "Date on it", say_date(row.dated) or "None"
    yield "Added", f"{say_datetime(row.recorded_at)} by {row.recorded_by or 'somebody no longer known'}"


kinds.register(
    kinds.Kind(
        "file",
        "file",
        ChildFile,
        "people:files",
        ChildFileForm,
        say=say_file,
        change=services.change_file,
        read=lambda rows: rows.select_related("child", "in_error_by", "recorded_by", "stored").defer("stored__text"),
    )
)


@slots.timeline.contribute("file")
def files(*, child):
    """Files, on the day they carry, else on the day they were added."""
    return ChildFile.objects.standing().filter(child=child), {
        "date": Coalesce("dated", TruncDate("recorded_at")),
        "title": Concat(Value("File: "), F("title")),
        "detail": Value(""),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
