"""What upper rooms contribute to a page, and how often the database is asked for it."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, TextField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

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
    """A slot to which `many` rooms contribute: the kinds of a room."""
    slot = ListSlot(
        "things",
        {"title": TextField(), "at": DateTimeField(), "object_id": BigIntegerField()},
        about={"label": TextField()},
        order_by=["-title"],
    )
    for number in range(many):

        @slot.contribute(f"room{number}")
        def room(*, label, number=number):
            found = ContentType.objects.filter(app_label=Concat(label, Value(str(number)))).order_by("pk")
            return found, {"title": "model", "at": None, "object_id": "pk"}

    return slot


@pytest.fixture
def kinds(db):
    def make(number, *names):
        return [ContentType.objects.create(app_label=f"slot{number}", model=name) for name in names]

    return make


def test_lists_of_many_rooms_are_one_list(kinds):
    (a, c), (b,) = kinds(0, "a", "c"), kinds(1, "b")
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
            ContentType.objects.filter(app_label=Concat(label, Value("0"))),
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
            slot_of(rooms).rows(label="slot"), slot_of(rooms).count(label="slot")
        counts.append(len(asked))
    assert counts == [2, 2]


def test_a_room_is_asked_once_and_every_page_puts_its_own_in(kinds):
    """Else a page would show what was kept of another one."""
    asked = []
    slot = slot_of(0)

    @slot.contribute("counted")
    def counted(*, label):
        asked.append(label)
        return ContentType.objects.filter(app_label=label), {"title": "model", "at": None, "object_id": "pk"}

    kinds(0, "a"), kinds(1, "b")
    assert [[row.title for row in slot.rows(label=label)] for label in ("slot0", "slot1", "none", "slot0")] == [
        ["a"], ["b"], [], ["a"],
    ]  # fmt: skip
    assert (slot.count(label="slot1"), slot.count(label="none")) == (1, 0)
    assert len(asked) == 1
    with pytest.raises(KeyError, match="label"):
        slot.rows()


def test_what_a_room_says_is_in_the_readers_language(kinds):
    kinds(0, "a")
    slot = slot_of(0)
    said = lambda: {"en-gb": "Hearing", "cy": "Gwrandawiad"}[get_language()]  # noqa: E731
    slot.contribute("hearing")(
        lambda *, label: (
            ContentType.objects.filter(app_label=label), {"title": Value(said()), "at": None, "object_id": "pk"}
        )
    )  # fmt: skip
    for language, title in [("en-gb", "Hearing"), ("cy", "Gwrandawiad"), ("en-gb", "Hearing")]:
        with override(language):
            assert [row.title for row in slot.rows(label="slot0")] == [title]


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
    slot.contribute("odd")(lambda label: (ContentType.objects.all(), {"title": "model", "colour": Value("red")}))
    with pytest.raises(
        ValueError, match=r"'odd' does not fit the slot 'things': look at \['at', 'colour', 'object_id'\]"
    ):
        slot.rows(label="x")


def test_nobody_contributing_is_an_empty_list():
    assert slot_of(0).rows(label="x") == []
    assert slot_of(0).count(label="x") == 0


def test_a_slot_cannot_be_ordered_by_what_it_has_not():
    with pytest.raises(ValueError, match="has no column"):
        ListSlot("things", {"title": TextField()}, about={}, order_by=["-date"])
