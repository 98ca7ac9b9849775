"""Writing actions: owners, days, notes that are only added to, and what the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.actions import services
from openyj.actions.models import Action, ActionNote
from openyj.actions.tests.factories import make_action, read
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 1)


def kinds(action: Action) -> list[tuple[str, str]]:
    with acting(by=None, services=EVERY_SERVICE):
        return [(n.kind, n.text) for n in ActionNote.objects.filter(action=action).order_by("pk")]


def test_an_action_has_one_owner(service, staff):
    head = staff("head_of_service")
    for owner, name in ((None, ""), (head, "Health partner")):
        with pytest.raises(ValidationError, match="one of the two"):
            services.add_action(by=head, service=service, what="x", due_on=DUE, owner=owner, owner_name=name)
    made = services.add_action(by=head, service=service, what="x", due_on=DUE, owner_name="Health partner")
    assert (made.owned_by_words, made.set_on, made.recorded_by) == ("Health partner", date(2026, 6, 4), head)


@pytest.mark.parametrize("role", ["administrator", "board_member"])
def test_who_cannot_open_a_child_s_action_cannot_own_it(service, staff, child, role):
    manager = staff("manager")
    with pytest.raises(ValidationError, match="cannot open this action"):
        services.add_action(by=manager, service=service, child=child, what="x", due_on=DUE, owner=staff(role))


def test_a_conflict_of_interest_is_refused_as_owner_and_not_told(service, staff, child):
    neighbour = staff("practitioner")
    make_conflict(child, neighbour)
    with pytest.raises(ValidationError) as refusal, acting(by=staff("manager")):
        services.add_action(by=staff("manager"), service=service, child=child, what="x", due_on=DUE, owner=neighbour)
    assert refusal.value.message_dict == {"owner": [f"{neighbour} cannot open this action. Select somebody else"]}


def test_an_owner_of_another_service_is_refused(service, other_service, staff):
    with pytest.raises(ValidationError, match="cannot open this action"):
        services.add_action(
            by=staff("manager"), service=service, what="x", due_on=DUE, owner=staff("manager", service=other_service)
        )


def test_it_is_not_due_before_it_was_agreed(service, staff):
    with pytest.raises(ValidationError, match="agreed on 4 June 2026"):
        services.add_action(by=staff("manager"), service=service, what="x", owner_name="y", due_on=date(2026, 6, 3))


def values(action: Action, **changes):
    names = ("what", "why", "owner", "owner_name", "due_on", "success")
    return {name: getattr(action, name) for name in names} | changes


def test_moving_the_day_needs_a_reason_and_keeps_the_day_before(service, staff):
    head, made = staff("head_of_service"), make_action(service)
    with pytest.raises(ValidationError, match="Say why"):
        services.change_action(row=made, version=1, by=head, **values(made, due_on=date(2026, 10, 1)))
    moved = services.change_action(
        row=made, version=1, by=head, reason="The building is late", **values(made, due_on=date(2026, 10, 1))
    )
    assert moved.due_on == date(2026, 10, 1)
    assert kinds(made) == [("moved", "From 1 September 2026 to 1 October 2026. The building is late")]
    services.change_action(row=moved, version=2, by=head, **values(moved, what="Agree two rooms"))
    assert len(kinds(made)) == 1, "another word is in the history, not among the notes"
    with pytest.raises(ChangedUnderneath):
        services.change_action(row=moved, version=2, by=head, **values(moved, what="Mine"))


def test_done_with_evidence_then_open_again(service, staff):
    head, made = staff("head_of_service"), make_action(service)
    services.note_progress(action=made, by=head, text="A room is found")
    with pytest.raises(ValidationError, match="agreed on 1 May 2026"):
        services.say_done(action=made, version=1, by=head, done_on=date(2026, 4, 30), evidence="Keys")
    row = services.say_done(action=made, version=1, by=head, done_on=date(2026, 6, 2), evidence="Keys")
    with pytest.raises(ValidationError, match="Open it again first"):
        services.note_progress(action=row, by=head, text="more")
    services.reopen(action=row, version=2, by=head, reason="The roof leaks")
    found = read(made)
    assert (found.done_on, found.evidence, found.rag) == (None, "", "G")
    assert kinds(made) == [
        ("progress", "A room is found"), ("done", "Done on 2 June 2026. Keys"), ("reopened", "The roof leaks"),
    ]  # fmt: skip


def test_a_colour_by_hand_needs_a_reason_and_can_be_taken_off(service, staff):
    head, made = staff("head_of_service"), make_action(service)
    with pytest.raises(ValidationError, match="Say why the colour"):
        services.colour_by_hand(action=made, version=1, by=head, rag_by_hand="R", rag_reason="")
    row = services.colour_by_hand(action=made, version=1, by=head, rag_by_hand="R", rag_reason="No money")
    row = services.colour_by_hand(action=row, version=2, by=head, rag_by_hand="", rag_reason="ignored")
    assert (row.rag_by_hand, row.rag_reason) == ("", "")
    assert kinds(made) == [("colour", "Red: No money"), ("colour", "As the dates say")]


def test_notes_are_only_added_to(service, staff):
    note = services.note_progress(action=make_action(service), by=staff("manager"), text="x")
    for change in (lambda rows: rows.update(text="y"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), acting(by=None, services=EVERY_SERVICE):
            change(ActionNote.objects.filter(pk=note.pk))


@pytest.mark.parametrize(
    "broken",
    [
        {"owner_name": ""},
        {"done_on": DUE},
        {"evidence": "of nothing"},
        {"rag_by_hand": "R"},
        {"due_on": date(2026, 4, 30)},
    ],
)
def test_the_database_refuses_half_a_fact(service, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_action(service, **broken)


def test_the_database_refuses_a_child_of_another_service(service, other_service):
    theirs = make_child(other_service)
    with pytest.raises(IntegrityError), acting(by=None, services=EVERY_SERVICE):
        Action.objects.create(service=service, child=theirs, what="x", owner_name="y", due_on=DUE)
        from django.db import connection

        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
