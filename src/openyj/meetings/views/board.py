"""A board: its meetings and forward plan, its members, its attendance, its terms and standing items."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.listing import Column, Listing
from openyj.meetings import register
from openyj.meetings.forms import ChangeSeatForm, EndForm, KindForm, MemberForm
from openyj.meetings.models import Meeting, MeetingKind, Membership
from openyj.meetings.selectors import coming, not_recorded, terms_on, verdicts_of
from openyj.meetings.services import board as services
from openyj.meetings.views.pages import RUN, SEE, get, mark, navigation, now


@access(SEE)
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The kinds of meeting of this service; where there is one, its page."""
    kinds = list(MeetingKind.objects.visible_to(request.user).standing())
    if len(kinds) == 1:
        return redirect(kinds[0])
    return render(request, "meetings/kinds.html", {"kinds": kinds, "may_run": request.user.may(RUN)})


def board_page(request: HttpRequest, kind: MeetingKind, template: str, **context: object) -> HttpResponse:
    context |= {"kind": kind, "pages": navigation(request, kind), "may_run": request.user.may(RUN)}
    return render(request, template, context)


@access(SEE)
@require_safe
def board(request: HttpRequest, kind_id: int) -> HttpResponse:
    """The forward plan, and the meetings that were."""
    kind = get(request, MeetingKind, kind_id, permission=SEE)
    planned = coming(kind)
    past = kind.meetings.standing().exclude(pk__in=[each.meeting.pk for each in planned]).select_related("kind")
    verdicts = verdicts_of(list(past))
    listing = Listing(
        request,
        past,
        title="Meetings that were",
        columns=[
            Column("day", "Date", sort="day", link=Meeting.get_absolute_url),
            Column("state", "State", value=lambda m: m.state_tag, sort="state"),
            Column("quorum", "Quorum", value=lambda m: quorum_words(m, verdicts)),
            Column("place", "Place", sort="place"),
            Column("why", "Why it was cancelled", value=lambda m: m.cancelled_because),
        ],
        sort="-day",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="No meeting has been held yet. Plan the first one, then record who was there.",
    )
    if response := listing.response():
        return response
    return board_page(
        request,
        kind,
        "meetings/kind.html",
        planned=planned,
        marked=MeetingKind.objects.visible_to(request.user).standing().filter(is_board=True).first(),
        listing=listing,
        unrecorded=not_recorded(kind.meetings.all()),
    )


def quorum_words(meeting: Meeting, verdicts: dict) -> str:
    verdict = verdicts.get(meeting.pk)
    if verdict is None:
        return "No terms of that day" if meeting.is_held else ""
    return "Quorate" if verdict.quorate else "Not quorate"


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_kind(request: HttpRequest) -> HttpResponse:
    """Add a kind of meeting."""
    form = open_form(request, KindForm)
    return form_page(
        request, form, save=lambda: services.add_kind(by=request.user, **form.cleaned_data),
        title="Add a kind of meeting", back=reverse("meetings:boards"), button="Add this kind of meeting",
        saying="The kind of meeting is added. Record its terms of reference and its members.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_kind(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Change what a kind of meeting is called and is for, and whether it is the management board."""
    row = get(request, MeetingKind, kind_id)
    form = open_form(request, KindForm, row=row)

    def save() -> MeetingKind:
        return services.change_kind(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="Change the kind of meeting", back=row.get_absolute_url(),
        saying="It is changed.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def kind_in_error(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Mark a kind of meeting as recorded in error, unless it has members or meetings."""
    row = get(request, MeetingKind, kind_id)
    used = row.memberships.standing().exists() or row.meetings.standing().exists()
    rests = "It has members or meetings. Mark each of them as recorded in error first." if used else ""
    to = reverse("meetings:boards")
    return mark(request, row, what="kind of meeting", rests=rests, back=row.get_absolute_url(), to=to)


@access(SEE)
@require_safe
def members(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Who sits on the board, and who did."""
    kind = get(request, MeetingKind, kind_id, permission=SEE)
    today = clock.today()
    rows = kind.memberships.standing().select_related("agency", "user")
    listing = Listing(
        request,
        rows,
        title=f"Members of the {kind}",
        columns=[
            Column("name", "Name", sort="name", link=Membership.get_absolute_url),
            Column("post", "Post", sort="post"),
            Column("agency", "Agency", sort="agency__name"),
            Column("sector", "Counts as", value=lambda m: m.agency.get_sector_display(), sort="agency__sector"),
            Column("level", "Seniority", value=Membership.get_level_display, sort="level"),
            Column("roles", "Role", value=lambda m: m.roles_words),
            Column("valid_from", "From", sort="valid_from"),
            Column("valid_to", "To", sort="valid_to"),
        ],
        sort="agency",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="Nobody is recorded yet. Add the members with the agency each comes from.",
    )
    if response := listing.response():
        return response
    terms = terms_on(kind, today)
    return board_page(request, kind, "meetings/members.html", listing=listing, terms=terms)


@access(SEE)
@require_safe
def member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """One membership: what it says, and the meetings it is recorded at."""
    row = get(request, Membership, membership_id, "kind", "agency", "user", permission=SEE)
    seats = row.attendances.counting().select_related("meeting__kind", "agency").order_by("-meeting__day")
    facts = [
        ("Post", row.post), ("Agency", row.agency), ("Counts as", row.agency.get_sector_display()),
        ("Seniority", row.get_level_display()), ("Role", row.roles_words or "Member"),
        ("Sign-in", row.user.name if row.user else "None"), ("Member from", say_date(row.valid_from)),
        ("Member to", say_date(row.valid_to) or "Still a member"),
    ]  # fmt: skip
    back = reverse("meetings:members", args=[row.kind_id])
    context = {"row": row, "facts": facts, "seats": seats, "back": back, "may_run": request.user.may(RUN)}
    return render(request, "meetings/member.html", context)


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Add a member."""
    kind = get(request, MeetingKind, kind_id)
    form = open_form(request, MemberForm, service=request.user.service)
    return form_page(
        request, form, save=lambda: services.add_member(kind=kind, by=request.user, **form.cleaned_data),
        title="Add a member", caption=kind.name, back=reverse("meetings:members", args=[kind.pk]),
        intro="An agency that is not in the list is added under terms and standing items.", button="Add this member",
        saying="The member is added.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def correct_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Put right what was typed wrongly about a member."""
    row = get(request, Membership, membership_id, "kind")
    form = open_form(request, MemberForm, row=row, service=request.user.service)

    def save() -> Membership:
        return services.correct_member(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="Correct what is recorded", caption=row.name,
        intro="For what was wrong from the start. If something changed on a day, say that instead.",
        back=row.get_absolute_url(), saying="It is corrected.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_seat(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Say what changes about a member from a day on."""
    row = get(request, Membership, membership_id, "kind")
    initial = {k: v for k, v in ChangeSeatForm.values_of(row).items() if k != "valid_from"}
    form = open_form(request, ChangeSeatForm, row=row, service=request.user.service, initial=initial)

    def save() -> Membership:
        return services.change_seat(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="Something changes from a day on", caption=row.name,
        intro="Another post, agency, seniority or role. What held until then is kept.", back=row.get_absolute_url(),
        saying="The change is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Record a member's last day."""
    row = get(request, Membership, membership_id, "kind")
    form = open_form(request, EndForm, row=row)

    def save() -> Membership:
        return services.end_membership(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="They leave the board", caption=row.name,
        back=row.get_absolute_url(), saying="The last day is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def member_in_error(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Mark a membership as recorded in error. Nobody who is recorded at a meeting."""
    row = get(request, Membership, membership_id)
    recorded = row.attendances.standing().filter(meeting__in_error_at=None).exists()
    rests = "This member is recorded at meetings. Correct what is recorded, or say when they left." if recorded else ""
    to = reverse("meetings:members", args=[row.kind_id])
    return mark(request, row, what="membership", rests=rests, back=row.get_absolute_url(), to=to)


@access(SEE)
@require_safe
def attendance_over_time(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Who came to the latest meetings, by sector and by member."""
    kind = get(request, MeetingKind, kind_id, permission=SEE)
    meetings = register.meetings_of(kind)
    rows = register.rows_of(meetings)
    listing = Listing(
        request,
        register.seats_over_time(rows),
        title=f"Attendance of the {kind}",
        columns=[
            Column("name", "Member", link=lambda line: line.member.get_absolute_url()),
            Column("agency", "Agency", value=lambda line: line.member.agency.name),
            Column("role", "Role", value=lambda line: line.member.roles_words),
            *(Column(f"m{m.pk}", say_date(m.day), value=register.saying_at(m)) for m in meetings),
            Column("words", "Seat taken"),
        ],
        notes=[("Seat taken", "by the member or a substitute, of the meetings that expected them")],
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="No attendance is recorded yet.",
    )  # fmt: skip
    if response := listing.response():
        return response
    table = register.by_sector(meetings, rows) if meetings else None
    return board_page(request, kind, "meetings/attendance_over_time.html", table=table, listing=listing)
