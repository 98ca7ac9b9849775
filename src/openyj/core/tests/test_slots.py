"""What upper rooms contribute to a page, and how often the database is asked for it."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, TextField, Value
from django.test.utils import CaptureQueriesContext

from openyj.core.slots import ListSlot, Slot


def test_contributions_come_in_their_order():
    banner = Slot[str]("banner")
    banner.add("late", "third", order=200)
    banner.add("b", "second")
    banner.contribute("a")("first")
    assert list(banner) == ["first", "second", "third"]
    assert banner.items()[0] == ("a", "first")


def test_the_same_name_twice_is_refused_at_start_up():
    banner = Slot[str]("banner")
    banner.add("a", "x")
    with pytest.raises(ValueError, match="'banner' already has a contribution called 'a'"):
        banner.add("a", "y")


def slot_of(many):
    """A slot to which `many` rooms contribute: the kinds of a room, and on every third nothing at all."""
    slot = ListSlot(
        "things", {"title": TextField(), "at": DateTimeField(), "object_id": BigIntegerField()}, order_by=["-title"]
    )
    for number in range(many):

        @slot.contribute(f"room{number}")
        def room(*, label, number=number):
            if number % 3 == 2:
                return None
            found = ContentType.objects.filter(app_label=f"{label}{number}").order_by("pk")
            return found, {"title": "model", "at": None, "object_id": "pk"}

    return slot


@pytest.fixture
def kinds(db):
    def make(number, *names):
        return [ContentType.objects.create(app_label=f"slot{number}", model=name) for name in names]

    return make


def test_lists_of_many_rooms_are_one_list(kinds):
    (a, c), (b,) = kinds(0, "a", "c"), kinds(1, "b")
    kinds(2, "never shown, because its room has nothing to say")
    rows = slot_of(3).rows(label="slot")
    assert [tuple(row) for row in rows] == [
        ("room0", "c", None, c.pk),
        ("room1", "b", None, b.pk),
        ("room0", "a", None, a.pk),
    ]
    assert rows[0].kind == "room0"


def test_a_list_can_be_read_in_pages_and_by_kind(kinds):
    kinds(0, "a", "c"), kinds(1, "b")
    slot = slot_of(3)
    assert [row.title for row in slot.rows(label="slot", limit=2)] == ["c", "b"]
    assert [row.title for row in slot.rows(label="slot", limit=2, offset=2)] == ["a"]
    assert [row.title for row in slot.rows(label="slot", only=["room1"])] == ["b"]
    assert slot.count(label="slot") == 3
    assert slot.count(label="slot", only=["room0"]) == 2


def test_two_rows_that_look_alike_stay_two(kinds):
    kinds(0, "a", "b")
    slot = slot_of(2)
    slot.contribute("alike")(
        lambda *, label: (
            ContentType.objects.filter(app_label=f"{label}0"),
            {"title": Value("visit"), "at": None, "object_id": None},
        )
    )
    assert [(row.kind, row.title) for row in slot.rows(label="slot")] == [
        ("alike", "visit"),
        ("alike", "visit"),
        ("room0", "b"),
        ("room0", "a"),
    ]


def test_the_database_is_asked_once_however_many_rooms_and_rows(kinds):
    counts = []
    for rooms in (1, 8):
        kinds(rooms, *(f"n{n}" for n in range(rooms * 5)))
        with CaptureQueriesContext(connection) as asked:
            slot_of(rooms).rows(label="slot")
        counts.append(len(asked))
    assert counts == [1, 1]


def test_columns_of_different_models_are_cast_to_the_slots_types(kinds):
    (kind,) = kinds(0, "a")
    slot = slot_of(1)
    slot.contribute("permissions")(
        lambda *, label: (
            Permission.objects.filter(codename="add_session"),
            {"title": Value("z permission"), "at": Value("2026-06-04 12:00+00"), "object_id": "content_type__id"},
        )
    )
    first, second = slot.rows(label="slot")
    assert (first.kind, first.at.isoformat()) == ("permissions", "2026-06-04T12:00:00+00:00")
    assert (second.object_id, second.at) == (kind.pk, None)


@pytest.mark.django_db
def test_a_contribution_of_another_shape_is_refused():
    slot = slot_of(0)
    slot.contribute("odd")(lambda: (ContentType.objects.all(), {"title": "model", "colour": Value("red")}))
    with pytest.raises(
        ValueError, match=r"'odd' does not fit the slot 'things': look at \['at', 'colour', 'object_id'\]"
    ):
        slot.rows()


def test_nobody_contributing_is_an_empty_list():
    assert slot_of(0).rows(label="x") == []
    assert slot_of(0).count(label="x") == 0


def test_a_slot_cannot_be_ordered_by_what_it_has_not():
    with pytest.raises(ValueError, match="has no column"):
        ListSlot("things", {"title": TextField()}, order_by=["-date"])
