"""One meeting: planned, its page, who was there, cancelled."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.meetings.attendance_form import AttendanceForm, attendance_values
from openyj.meetings.changes import changes_since_held
from openyj.meetings.forms import CancelForm, MeetingForm
from openyj.meetings.minutes import time_words
from openyj.meetings.models import Arising, Decision, Meeting, MeetingKind
from openyj.meetings.selectors import (
    actions_before,
    business_of,
    expected_at,
    papers_due_of,
    verdicts_of,
    waiting_before,
)
from openyj.meetings.services import meeting as services
from openyj.meetings.slots import beside_meeting
from openyj.meetings.views.pages import RUN, SEE, get, mark, now


@access(SEE)
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: when and where, who was there, its business, what arose before, its minutes."""
    row = get(request, Meeting, meeting_id, "kind", "service", permission=SEE)
    verdicts = verdicts_of([row])
    seats = row.attendances.standing().select_related("membership__agency", "agency")
    minutes = row.minutes.select_related("agreed_at__kind").order_by("-number").first()
    lines = business_of(row, verdicts)
    due = papers_due_of(row)
    context = {
        "meeting": row,
        "facts": [
            ("Time", time_words(row)), ("Place", row.place),
            ("Papers due", say_date(due) or "No terms of that day say when"),
            *([("Why it was cancelled", row.cancelled_because)] if row.cancelled_because else []),
        ],
        "verdict": verdicts.get(row.pk),
        "lines": lines,
        "seats": seats.order_by("agency__name", "membership__name"),
        "waiting": waiting_before(row) if row.state != Meeting.State.CANCELLED else [],
        "before": actions_before(row) if row.state != Meeting.State.CANCELLED else [],
        "minutes": minutes,
        "changes": changes_since_held(row),
        "is_over": row.is_planned and row.day <= clock.today(),
        "may_open_actions": request.user.may(Permission.SEE_ACTIONS),
        "may_see_children": request.user.may(Permission.SEE_CHILDREN),
        "beside": [link for say in beside_meeting if (link := say(request.user, row))],
        "may_run": request.user.may(RUN) and row.state != Meeting.State.CANCELLED,
        "may_reinstate": request.user.may(RUN) and row.state == Meeting.State.CANCELLED,
        "receipt": uuid.uuid4(),  # of the buttons that move an item: whichever is pressed first moves
        "back": row.kind.get_absolute_url(),
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


@access(RUN)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Plan a meeting."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, MeetingForm)
    return form_page(
        request, form, save=lambda: services.plan_meeting(kind=kind, by=request.user, **form.cleaned_data),
        title="Plan a meeting", caption=kind.name, back=kind.get_absolute_url(), button="Plan this meeting",
        intro="The standing items of its month are put on its agenda.", saying="The meeting is planned.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change when and where a meeting is."""
    row = get(request, Meeting, meeting_id, "kind")
    form = open_form(request, MeetingForm, row=row)

    def save() -> Meeting:
        return services.change_meeting(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="Change date, time or place", caption=str(row),
        back=row.get_absolute_url(), saying="The meeting is changed.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting that is planned, with the reason."""
    row = get(request, Meeting, meeting_id, "kind")
    form = open_form(request, CancelForm, version=row.version)

    def save() -> Meeting:
        return services.cancel_meeting(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=lambda now: {"cancelled_because": now.cancelled_because}, dangerous=True,
        title="Cancel the meeting", caption=str(row), back=row.get_absolute_url(), button="Cancel the meeting",
        intro="It stays in the list with the reason. Nothing that was planned for it is lost.",
        saying="The meeting is cancelled.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def reinstate(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Say that a cancelled meeting takes place after all."""
    row = get(request, Meeting, meeting_id, "kind")
    form = open_form(request, MeetingForm, row=row)

    def save() -> Meeting:
        planned = services.reinstate_meeting(row=row, version=form.version, by=request.user)
        return services.change_meeting(row=planned, version=planned.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="It takes place after all", caption=str(row),
        back=row.get_absolute_url(), button="Plan it again", saying="The meeting is planned again.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Record or correct who was there."""
    row = get(request, Meeting, meeting_id, "kind")
    form = open_form(request, AttendanceForm, meeting=row, members=expected_at(row))

    def save() -> Meeting:
        if not form.members:
            raise ValidationError("Nobody is a member on that day. Add the members first.")
        rest = {name: form.cleaned_data.get(name, "") for name in ("also_there", "ends", "because")}
        return services.record_attendance(
            meeting=row, version=form.version, by=request.user, seats=form.seats(), **rest
        )

    return form_page(
        request, form, save=save, now=attendance_values, template="meetings/attendance.html",
        title="Correct who was there" if row.is_held else "Who was there?", caption=str(row),
        back=row.get_absolute_url(), saying="Who was there is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Mark a meeting as recorded in error. Its decisions and actions have to be marked first."""
    row = get(request, Meeting, meeting_id, "kind")
    arose = Arising.objects.standing().filter(item__meeting=row, action__in_error_at=None)
    rests = ""
    if row.minutes.exists():
        rests = "Its minutes were agreed, so it was held. Correct what is wrong and then the minutes."
    elif Decision.objects.standing().filter(item__meeting=row).exists():
        rests = "It has decisions. Mark each of them as recorded in error first."
    elif arose.exists():
        rests = "Actions arose at it. Mark each of them as recorded in error first."
    goes_with_it = list(row.attendances.standing())
    return mark(
        request, row, what="meeting", rests=rests, goes_with_it=goes_with_it, back=row.get_absolute_url(),
        to=row.kind.get_absolute_url(),
    )  # fmt: skip
