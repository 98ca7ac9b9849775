"""A meeting's minutes: as the record has them, as they were agreed, in Word."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.core import clock
from openyj.core.dates import say_datetime
from openyj.meetings.files import minutes_word
from openyj.meetings.forms import AgreeForm
from openyj.meetings.minutes import content_of, differences, status_of
from openyj.meetings.models import Meeting, Minutes
from openyj.meetings.services.minutes import agree_minutes
from openyj.meetings.views.pages import RUN, SEE, get

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def held(request: HttpRequest, number: int, permission: str = SEE) -> Meeting:
    """A meeting that was held: another has no minutes."""
    row = get(request, Meeting, number, "kind", "service", permission=permission)
    if not row.is_held:
        raise Http404
    return row


def version_of(meeting: Meeting, number: int | None) -> Minutes | None:
    """The agreed minutes of a number, or the latest; None where none were agreed. Http404 for a number that is not."""
    rows = meeting.minutes.select_related("agreed_at__kind", "made_by").order_by("-number")
    if number is None:
        return rows.first()
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@access(SEE)
@require_safe
def minutes(request: HttpRequest, meeting_id: int, number: int | None = None) -> HttpResponse:
    """The minutes that stand: a draft from the record until a meeting has agreed them, then as they were agreed."""
    row = held(request, meeting_id)
    version = version_of(row, number)
    live = content_of(row)
    versions = list(row.minutes.select_related("agreed_at").order_by("-number"))
    is_latest = version is None or version.number == versions[0].number
    content = version.content if version else live
    context = {
        "meeting": row,
        "agreed": version,
        "versions": versions,
        "is_latest": is_latest,
        "status": status_of(version),
        "content": content,
        "items": content["items"],  # in a template, content.items would be the dictionary's own
        "differences": differences(version.content, live) if version and is_latest else [],
        "may_run": request.user.may(RUN),
        "back": row.get_absolute_url(),
    }
    return render(request, "meetings/minutes.html", context)


@access(SEE)
@require_safe
def minutes_docx(request: HttpRequest, meeting_id: int, number: int | None = None) -> HttpResponse:
    """The minutes in Word. That they were taken is logged."""
    row = held(request, meeting_id)
    version = version_of(row, number)
    content = version.content if version else content_of(row)
    made = f"Made by {request.user.name}, {say_datetime(clock.now())}."
    body = minutes_word(content, status=status_of(version), draft=version is None, made=made)
    log(request, Access.Kind.EXPORT)
    name = f"minutes-{slugify(row.kind.name)[:40]}-{row.day:%Y-%m-%d}{'-draft' if version is None else ''}.docx"
    return HttpResponse(body, content_type=WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@access(RUN)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Record which later meeting agreed the minutes, or agreed a correction of them."""
    row = held(request, meeting_id, RUN)
    corrects = row.minutes.exists()
    form = open_form(request, AgreeForm, meeting=row, corrects=corrects)
    back = reverse("meetings:minutes", args=[row.pk])

    def save() -> str:
        agree_minutes(meeting=row, by=request.user, **form.cleaned_data)
        return back

    return form_page(
        request, form, save=save, back=back, caption=str(row),
        title="Correct the agreed minutes" if corrects else "The minutes were agreed",
        intro="What the record says now is frozen as the minutes. Only a later meeting that was held can agree them.",
        button="Freeze these minutes", saying="The minutes are frozen as they were agreed.",
    )  # fmt: skip
