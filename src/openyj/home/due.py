"""What is due or late for a person: time limits of children, and actions. One (what, why, address, day) a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.actions.deadlines import deadlines
from openyj.actions.models import Action
from openyj.circumstances.contacts import is_safe
from openyj.circumstances.models import ContactDetail
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.meetings.models import Meeting
from openyj.meetings.selectors import not_recorded, papers_to_come
from openyj.people.models import Child

Due = tuple[str, str, str, date]
AHEAD = timedelta(days=28)  # a review three months from now is nothing to do today


def time_limits(user: User) -> Iterator[Due]:
    """To a worker, the limits of their own children that are late or run out soon; to a manager, those of any child
    that are late. A need-to-know record is named to its worker and to nobody else."""
    own = user.role == "practitioner"
    whose = Q(worker=user) if own else Q(worker=user) | Q(restricted_reason="")
    children = Child.objects.visible_to(user, Permission.CHANGE_CHILDREN).standing().filter(whose)
    for each in deadlines(children=children, service=user.service_id, only_open=True):
        if each.late or (own and each.due <= clock.today() + AHEAD):
            happened = each.happened
            what = f"{happened.child.name}: {each.event.ends} after {happened.what}"
            yield what, each.words, happened.url, each.due


def contacts_to_ask_again(user: User) -> Iterator[Due]:
    """Ways to contact this person's children of which nobody has asked for long whether they are safe. The number
    itself stands on its own card alone."""
    today = clock.today()
    rows = ContactDetail.objects.visible_to(user, Permission.CHANGE_CHILDREN).standing().holding_on(today)
    rows = rows.filter(child__worker=user, child__in_error_at=None, review_on__lte=today + AHEAD)
    for row in rows.select_related("child").order_by("review_on", "pk"):
        late = row.safe == ContactDetail.Safe.SAFE and not is_safe(row)
        why = "It was safe once; nothing is sent there until somebody has asked again" if late else "To be asked again"
        url = reverse("people:fact", args=[row.child_id, "contact", row.pk])
        yield f"{row.child.name}: is it safe to use? {row}", why, url, row.review_on


def own_actions(user: User) -> Iterator[Due]:
    """Open actions this person owns, soonest due first."""
    yield from say(Action.objects.visible_to(user).open().owned_by(user), user)


def overdue_of_others(user: User) -> Iterator[Due]:
    """Overdue actions somebody else owns and this person answers for."""
    late = Action.objects.changeable_by(user).open().filter(due_on__lt=clock.today()).exclude(owner=user)
    yield from say(late, user, owner=True)


def meetings(user: User) -> Iterator[tuple[str, str, str, date | None]]:
    """Papers this person owes a meeting; to who runs the meetings also late papers of others, and meetings of which
    nobody has said whether they were held."""
    runs = user.may(Permission.RUN_MEETINGS)
    if runs:
        for meeting in not_recorded(Meeting.objects.visible_to(user)):
            yield str(meeting), "Was it held? Say who was there, or cancel it", meeting.get_absolute_url(), meeting.day
    for line in papers_to_come(user):
        paper = line.paper
        mine = paper.owner_id == user.pk
        if mine or (runs and line.late):
            due = f"Due {say_date(line.due)}" if line.due else "Expected"
            state = line.tag.text if line.late else due
            whose = "" if mine else f". {paper.owned_by_words} writes it"
            yield paper.title, f"{state}, for {paper.item.meeting}{whose}", paper.item.get_absolute_url(), line.due


def say(rows, user: User, *, owner: bool = False) -> Iterator[Due]:
    rows = rows.not_masked(user).with_rag().select_related("owner", "child")
    for action in rows.order_by("due_on", "pk"):
        about = f"{action.child.name}: " if action.child else ""
        whose = f" {action.owned_by_words} has to do it." if owner else ""
        yield f"{about}{action.what}", f"{action.rag_words}.{whose}", action.get_absolute_url(), action.due_on
