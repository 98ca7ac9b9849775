"""Handing a device to the child, and what the child then sees: who reads it, the questions, sent, and handing back.

The child's pages act as whoever handed the device over, and only within the one hand-over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts import handed_over as device
from openyj.accounts.adapter import LockedOut
from openyj.accounts.forms import HandBackForm
from openyj.accounts.handed_over import HandedOver, while_handed_over
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.assessment import hand_overs
from openyj.assessment.models import AssessmentSection, HandOver
from openyj.assessment.readers import said_of
from openyj.assessment.views.finding import open_version
from openyj.core.dates import say_time
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import record_page
from openyj.questionnaires.forms import SectionForm


def childs_section(request: HttpRequest, child: Child, assessment_id: int, section: str) -> AssessmentSection:
    """The section of the version that is being written, if it is one that the child answers; else Http404."""
    sheet = open_version(request, child, assessment_id)
    asked = sheet.question_set.definition.section(section)
    row = sheet.sections.filter(section=section).first()
    if row is None or asked is None or not asked.childs or not sheet.open:
        raise Http404
    row.sheet, row.child = sheet, child
    return row


@of_child(Permission.ASSESS_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, child: Child, assessment_id: int, section: str) -> HttpResponse:
    """Say what will happen, then sign out and hand this very device to the child."""
    row = childs_section(request, child, assessment_id, section)
    back = reverse("assessment:section", args=[child.pk, assessment_id, section])
    if request.method == "POST":
        try:
            made = hand_overs.hand_over(row=row, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(back)
        home = reverse("assessment:handed_over")
        device.hand_over(request, row=made.pk, until=made.ends_at, home=home)
        response = redirect(home)
        response["Clear-Site-Data"] = device.EMPTY  # no page of the record stays in the browser's memory
        return response
    asked = row.sheet.question_set.definition.section(section)
    return record_page(
        request, child, "assessment/hand_over.html", back=back, title="Hand the tablet to the child",
        section=asked, row=row, sheet=row.sheet, readers=said_of(row.sheet.question_set.definition, asked),
        hours=int(device.LONGEST.total_seconds() // 3600),
    )  # fmt: skip


@of_child(Permission.ASSESS_CHILDREN)
@require_POST
def end(request: HttpRequest, child: Child, assessment_id: int, section: str) -> HttpResponse:
    """End a hand-over from the assessment, for a tablet that cannot be found: at its next click it is locked out."""
    row = childs_section(request, child, assessment_id, section)
    if found := hand_overs.out_for(row.sheet, section):
        hand_overs.end(found=found, how=HandOver.Ended.STOPPED, by=request.user)
        messages.success(request, "The hand-over is ended. What the child had not sent is not on the record.")
    return redirect("assessment:section", child.pk, assessment_id, section)


def to_the_child(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a page that the child sees: called with the hand-over, while it goes on, as who handed it over."""

    @while_handed_over
    @wraps(view)
    def wrapped(request: HttpRequest, lent: HandedOver, **kwargs) -> HttpResponse:
        by = User.objects.filter(pk=lent.by).first()
        with acting(by=by):
            found = hand_overs.find(lent.row, by) if by else None
            if found is None:
                return device.over(request)
            return view(request, found, lent, **kwargs)

    return wrapped


def childs_page(request: HttpRequest, found: HandOver, page: str, *, status: int = 200, **context) -> HttpResponse:
    """One of the child's pages: whose it is, which questions, who handed it over, and until when."""
    definition = found.section.sheet.question_set.definition
    section = definition.section(found.section.section)
    context |= {"found": found, "section": section, "name": found.child.known_as or found.child.given_name}
    context |= {"worker": found.recorded_by, "readers": said_of(definition, section)}
    context |= {"leave_url": reverse("assessment:leave_hand_over"), "rest": settings.SESSION_MINUTES * 60}
    return render(request, f"assessment/handed_over/{page}.html", context, status=status)


@to_the_child
@require_safe
def begun(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """Before anything is asked: what this is, and who reads it."""
    return childs_page(request, found, "begun")


@to_the_child
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """The questions; sending them puts the answers on the record as the child's own. Sending twice keeps them once."""
    row, definition = found.section, found.section.sheet.question_set.definition
    form = SectionForm(
        request.POST if request.method == "POST" else None,
        definition=definition, section=definition.section(row.section), saved=row.answers, counted={},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            hand_overs.answer(found=found, answers=form.answers(), by=found.recorded_by)
        except ValidationError:  # completed at this very moment
            return device.over(request)
        return redirect("assessment:own_answers_sent")
    status = 422 if request.method == "POST" else 200
    return childs_page(request, found, "questions", form=form, status=status)


@to_the_child
@require_safe
def sent(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """Thanks: the answers have arrived."""
    if found.sent_at is None:
        return redirect(lent.home)
    return childs_page(request, found, "sent")


@to_the_child
@require_POST
def secret(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """The secret with which the page locks what waits in the browser. It is nowhere but in the session."""
    return HttpResponse(lent.secret, content_type="application/octet-stream")


@to_the_child
@require_http_methods(["GET", "HEAD", "POST"])
def hand_back(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """Give the device back: whoever handed it over types their password, the browser is emptied, they are signed in."""
    form = HandBackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            by = device.prove(request, lent, form.cleaned_data["password"])
        except LockedOut as locked:
            form.add_error("password", f"Too many wrong passwords. Try again after {say_time(locked.until)}")
            by, status = None, 429
        else:
            if by is None:
                form.add_error("password", f"This is not the password of {found.recorded_by}. Type it again")
                status = 403
        if by is not None:
            how = HandOver.Ended.THROWN_AWAY if form.cleaned_data["throw_away"] else HandOver.Ended.BACK
            hand_overs.end(found=found, how=how, by=by)
            after = reverse("assessment:assessment", args=[found.child_id, found.section.sheet.assessment_id])
            # Drawn before anybody is signed in again, so that nothing on it writes into the emptied browser.
            response = render(request, "assessment/handed_over/back.html", {"found": found, "after": after})
            return device.take_back(request, response, by)
    return childs_page(request, found, "hand_back", form=form, status=status)


@to_the_child
@require_POST
def leave(request: HttpRequest, found: HandOver, lent: HandedOver) -> HttpResponse:
    """The device was left alone: end the hand-over with nobody signed in. The page asks for it after a rest."""
    hand_overs.end(found=found, how=HandOver.Ended.LEFT, by=found.recorded_by)
    return device.over(request)
