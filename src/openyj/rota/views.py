"""The duty rota: a month of it, today, and planning, copying, swapping and taking off."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.rota import selectors, services
from openyj.rota.forms import CopyForm, CoverForm, PlanForm, SwapForm, TakeOffForm
from openyj.rota.models import Duty, Part, monday_of

SEE, PLAN = Permission.SEE_ROTA, Permission.PLAN_ROTA
HERE = "rota:month"
A_WEEK = timedelta(days=7)


def asked_month(request: HttpRequest) -> date:
    """The month of the address, "2026-11"; this one where it names none."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.GET.get("month", ""), re.ASCII)
    return date(int(found[1]), int(found[2]), 1) if found else clock.today().replace(day=1)


@access(SEE)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month, day by day, with its gaps. It prints."""
    first, last = selectors.month_of(asked_month(request))
    rows = selectors.rows_between(request.user, first, last)
    coming = [row for row in rows if row.day >= clock.today()]
    context = {
        "rows": rows, "first": first, "parts": list(Part), "gaps": sum(row.gaps for row in coming),
        "before": first - timedelta(days=1), "after": last + timedelta(days=1), "may_plan": request.user.may(PLAN),
        "is_past": last < clock.today(),
    }  # fmt: skip
    return render(request, "rota/month.html", context)


@access(SEE)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Who is on duty today and in the six days after it, with their numbers. It prints."""
    day = clock.today()
    rows = selectors.rows_between(request.user, day, day + 6 * timedelta(days=1))
    return render(request, "rota/today.html", {"today": rows[0], "rows": rows[1:], "may_plan": request.user.may(PLAN)})


@access(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Put somebody on duty."""
    form = open_form(request, PlanForm, service=request.user.service_id)

    def save() -> str:
        given = form.planned
        given["phone"] = given["phone"] or selectors.last_phone(given["person"])
        made = services.plan(by=request.user, **given)
        count = f"{len(made)} duties" if len(made) > 1 else "One duty"
        messages.success(request, f"{count} planned for {made[0].person}.")
        return made[0].get_absolute_url()

    return form_page(
        request, form, save=save, title="Plan a duty", back=reverse(HERE), button="Put on the rota",
    )  # fmt: skip


@access(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """Plan a week again."""
    begins = monday_of(clock.today())
    initial = {"week": begins, "into": begins + A_WEEK, "weeks": 1}
    form = open_form(request, CopyForm, initial=initial)

    def save() -> str:
        done = services.copy_week(by=request.user, **form.cleaned_data)
        count = f"{len(done.duties)} duties" if len(done.duties) > 1 else "One duty"
        left_out = f" Left out: {'; '.join(done.left_out)}." if done.left_out else ""
        messages.success(request, f"{count} copied.{left_out}")
        return done.duties[0].get_absolute_url()

    return form_page(
        request, form, save=save, title="Copy a week", back=reverse(HERE), button="Copy the week",
        intro="What is on the rota already stays. Bank holidays are copied like other days: take off what is not "
        "needed.",
    )  # fmt: skip


def duty_of(request: HttpRequest, duty_id: int) -> Duty:
    return get_object_or_404(Duty.objects.visible_to(request.user).select_related("person"), pk=duty_id)


def now(duty: Duty) -> dict[str, object]:
    """What became of a duty meanwhile."""
    return {"person": duty.person if duty.stands else None, "reason": duty.in_error_reason}


@access(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Give a duty to somebody else."""
    duty = duty_of(request, duty_id)
    if not duty.stands and request.method != "POST":
        return redirect(duty)
    form = open_form(request, SwapForm, service=request.user.service_id, but=duty.person_id, version=duty.version)

    def save() -> str:
        given = dict(form.cleaned_data)
        given["phone"] = given["phone"] or selectors.last_phone(given["person"])
        made = services.swap(duty=duty, version=form.version, by=request.user, **given)
        return made.get_absolute_url()

    return form_page(
        request, form, save=save, now=now, title="Swap a duty", caption=str(duty), back=duty.get_absolute_url(),
        button="Swap", saying="Swapped.",
    )  # fmt: skip


@access(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Take a duty off the rota."""
    duty = duty_of(request, duty_id)
    if not duty.stands and request.method != "POST":
        return redirect(duty)
    form = open_form(request, TakeOffForm, version=duty.version)

    def save() -> str:
        services.take_off(duty=duty, version=form.version, by=request.user, **form.cleaned_data)
        return duty.get_absolute_url()

    return form_page(
        request, form, save=save, now=now, title="Take a duty off the rota", caption=str(duty), dangerous=True,
        back=duty.get_absolute_url(), button="Take it off", saying=f"Taken off: {say_date(duty.day)}.",
    )  # fmt: skip


@access(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Say when somebody has to be on duty."""
    needed, row = selectors.cover_of(request.user.service_id)
    form = open_form(request, CoverForm, version=row.version if row else 0, initial={"needed": needed})

    def save() -> str:
        services.set_cover(by=request.user, seen=form.version, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, now=lambda row: {"needed": row.needed}, title="When somebody has to be on duty",
        back=reverse(HERE), saying="Saved.",
    )  # fmt: skip
