"""The administrator's pages of time limits and bank holidays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.actions import limits as services
from openyj.actions.limit_forms import (
    AddLimitForm,
    BankHolidayForm,
    BeginForm,
    ChangeLimitForm,
    CorrectLimitForm,
    EndLimitForm,
    HolidayInErrorForm,
    limit_values,
    said,
)
from openyj.actions.models import BankHoliday, TimeLimit
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.core.listing import Column, Filter, Listing

MANAGE = Permission.MANAGE_REFERENCE


@access(MANAGE)
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """The time limits of this service, past ones too."""
    listing = Listing(
        request,
        list(TimeLimit.objects.visible_to(request.user)),
        title="Time limits",
        columns=[
            Column("what", "What", value=lambda t: said(t.event, t.applies_to), sort="what", link=page_of),
            Column("within", "Within", value=lambda t: t.within),
            Column("valid_from", "From", sort="valid_from"),
            Column("valid_to", "Until", value=lambda t: say_date(t.valid_to) or "Now", export=lambda t: t.valid_to),
            Column("source", "Where it comes from"),
            Column("state", "", value=lambda t: "" if t.stands else Tag("Recorded in error", "red")),
        ],
        sort="what",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="This service has no time limit, so nothing has a deadline. Begin with the usual ones, or add your own.",
    )
    if response := listing.response():
        return response
    context = {
        "listing": listing,
        "back": reverse("reference:index"),
        "usual": services.usual_limits(request.user.service_id),
    }
    return render(request, "actions/limits.html", context)


def page_of(limit: TimeLimit) -> str:
    return reverse("actions:limit", args=[limit.pk])


def get_limit(request: HttpRequest, limit_id: int, *, standing: bool = True) -> TimeLimit:
    limit = get_object_or_404(TimeLimit.objects.visible_to(request.user).select_related("in_error_by"), pk=limit_id)
    if standing and not limit.stands and request.method != "POST":
        raise Http404
    return limit


@access(MANAGE)
@require_safe
def limit(request: HttpRequest, limit_id: int) -> HttpResponse:
    """One time limit and what can be done about it."""
    found = get_limit(request, limit_id, standing=False)
    rows = [
        ("Within", found.within),
        ("From", say_date(found.valid_from)),
        ("Until", say_date(found.valid_to) or "It goes on"),
        ("Where it comes from", found.source),
    ]
    context = {"limit": found, "title": said(found.event, found.applies_to), "rows": rows}
    return render(request, "actions/limit.html", context | {"back": reverse("actions:limits")})


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the usual limits."""
    usual = services.usual_limits(request.user.service_id)
    if not usual and request.method != "POST":
        return redirect("actions:limits")
    form = open_form(request, BeginForm, usual=usual)

    def save() -> str:
        services.begin_usual(service=request.user.service, by=request.user, **form.cleaned_data)
        return reverse("actions:limits")

    return form_page(
        request, form, save=save, title="Begin with the usual time limits", back=reverse("actions:limits"),
        intro="Limits that services are known to use and yours does not have. Each says where it was read. They are "
        "yours to confirm and change.",
        button="Begin with these", saying="The time limits are there. Read each source and confirm it.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_limit(request: HttpRequest) -> HttpResponse:
    """Add a time limit."""
    form = open_form(request, AddLimitForm)
    return form_page(
        request, form, save=lambda: page_of(services.add_limit(by=request.user, **form.limit())),
        title="Add a time limit", back=reverse("actions:limits"), button="Add this limit",
        saying="The time limit is added. Deadlines follow from it at once.",
    )  # fmt: skip


def changing(form: type[Any], do: Callable[..., TimeLimit], **words: str) -> Callable[..., HttpResponse]:
    """A view with one form about a limit: `do(limit=, version=, by=, **cleaned)` gives the limit to go to. `words` are
    its title and what is said when it is done."""

    @access(MANAGE)
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, limit_id: int) -> HttpResponse:
        found = get_limit(request, limit_id)
        made = open_form(request, form, version=found.version, initial=limit_values(found))

        def save() -> str:
            return page_of(do(limit=found, version=made.version, by=request.user, **made.cleaned_data))

        caption = said(found.event, found.applies_to)
        return form_page(request, made, save=save, now=limit_values, back=page_of(found), caption=caption, **words)

    return view


change_limit = changing(
    ChangeLimitForm, services.change_limit,
    title="Change the time limit", saying="The limit is changed. Deadlines follow from it at once.",
)  # fmt: skip
correct_limit = changing(
    CorrectLimitForm, services.correct_limit,
    title="Correct the time limit", saying="The limit is corrected. Deadlines follow from it at once.",
    intro="What is wrong now is kept, marked as recorded in error. The days it holds for stay the same.",
)  # fmt: skip
end_limit = changing(EndLimitForm, services.end_limit, title="End the time limit", saying="The last day is saved.")


@access(MANAGE)
@require_safe
def bank_holidays(request: HttpRequest) -> HttpResponse:
    """The bank holidays of England and Wales, by year."""
    rows = BankHoliday.objects.all()
    years = [("", "All years"), *((y.year, y.year) for y in rows.dates("day", "year", order="DESC"))]
    listing = Listing(
        request,
        rows,
        title="Bank holidays",
        columns=[
            Column("day", "Day", sort="day"),
            Column("weekday", "", value=lambda h: f"{h.day:%A}"),
            Column("name", "Name"),
            Column("source", "Where it comes from"),
            Column("state", "", value=state_of, link=lambda h: in_error_page(h) if h.stands else ""),
        ],
        filters=[
            Filter("year", forms.ChoiceField(label="Year", choices=years), apply=lambda r, y: r.filter(day__year=y))
        ],
        sort="day",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    return render(request, "actions/bank_holidays.html", {"listing": listing, "back": reverse("reference:index")})


def in_error_page(holiday: BankHoliday) -> str:
    return reverse("actions:holiday_in_error", args=[holiday.pk])


def state_of(holiday: BankHoliday) -> str | Tag:
    if not holiday.stands:
        return Tag("Recorded in error", "red")
    return "This was no bank holiday"


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_bank_holiday(request: HttpRequest) -> HttpResponse:
    """Add a bank holiday."""
    form = open_form(request, BankHolidayForm)

    def save() -> str:
        day = services.add_bank_holiday(by=request.user, **form.cleaned_data).day
        return f"{reverse('actions:bank_holidays')}?year={day.year}"

    return form_page(
        request, form, save=save, title="Add a bank holiday", back=reverse("actions:bank_holidays"),
        intro="For every service on this site. Deadlines in working days change with it at once.",
        button="Add this day", saying="The bank holiday is added.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def holiday_in_error(request: HttpRequest, holiday_id: int) -> HttpResponse:
    """Say that a day was no bank holiday."""
    found = get_object_or_404(BankHoliday, pk=holiday_id)
    if not found.stands and request.method != "POST":
        raise Http404
    form = open_form(request, HolidayInErrorForm, version=found.version)

    def save() -> str:
        services.bank_holiday_in_error(holiday=found, version=form.version, by=request.user, **form.cleaned_data)
        return f"{reverse('actions:bank_holidays')}?year={found.day.year}"

    return form_page(
        request, form, save=save, title="This was no bank holiday", back=reverse("actions:bank_holidays"),
        caption=f"{found.name}, {say_date(found.day)}", button="Mark as recorded in error", dangerous=True,
        intro="For every service on this site. Deadlines in working days change with it at once.",
        saying="Marked as recorded in error.",
    )  # fmt: skip
