"""One referral: read, changed, put on the right child's record, marked as recorded in error."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import form_page, open_form
from openyj.core.forms import Form
from openyj.people import history
from openyj.people.forms import AddChildForm, InErrorForm
from openyj.people.models import Child
from openyj.people.pages import identity, record_page
from openyj.people.views.search import duplicates, found
from openyj.referrals import selectors, services
from openyj.referrals.access import DECIDE, RECORD, of_referral
from openyj.referrals.forms import NotThisChildForm, ReferralForm
from openyj.referrals.models import MOVES, Referral, State
from openyj.referrals.words import say_referral

FORM = "referrals/form.html"


def page(request: HttpRequest, referral: Referral, template: str, **context: Any) -> HttpResponse:
    """A page about a referral: on the record where its child is identified, else by itself."""
    context |= {"referral": referral}
    context.setdefault("back", referral.get_absolute_url())
    if referral.child_id:
        return record_page(request, referral.child, template, frame="people/record.html", **context)
    return render(request, template, {"frame": "referrals/frame.html", **context})


def around(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    """What every form about a referral has around it."""
    bar = identity(referral.child, request) if referral.child_id else None
    caption = f"{referral}: {referral.source}" + ("" if bar else f", {referral.named}")
    return {"template": FORM, "back": referral.get_absolute_url(), "bar": bar, "caption": caption}


@of_referral()
@require_safe
def referral(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One referral: what arrived, what is missing, what was done about it and what can be done now."""
    may = {"record": request.user.may(RECORD), "decide": request.user.may(DECIDE)}
    return page(
        request, referral, "referrals/referral.html",
        back=reverse("referrals:queue"), parts=say_referral(referral), steps=list(selectors.steps(referral)), may=may,
        can=MOVES[State(referral.state)] if referral.stands else set(),
        links=list(referral.links.standing().select_related("offence")),
        entries=history.tell(selectors.history_of(referral)), may_mark=may_mark(request, referral),
    )  # fmt: skip


def may_mark(request: HttpRequest, referral: Referral) -> bool:
    """Whether this person may mark it as recorded in error: who records, until it is decided; who decides, always."""
    undecided = referral.state in (State.WAITING, State.ASKED)
    return referral.stands and (request.user.may(DECIDE) or (undecided and request.user.may(RECORD)))


def named(referral: Referral) -> dict[str, Any]:
    """The child as the referral names them, to begin a form with."""
    return {name: getattr(referral, name) for name in ("given_name", "family_name", "date_of_birth")}


@of_referral(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Say better what arrived, or what was found out since."""
    form = open_form(request, ReferralForm, child=referral.child, row=referral)

    def save() -> Referral:
        return services.change_referral(row=referral, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=ReferralForm.values_of, title="Change the referral",
        saying="Referral changed", **around(request, referral),
    )  # fmt: skip


@of_referral(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Choose the record of the child a referral is about, among those that are like what it says."""
    if referral.child_id and request.method != "POST":
        return redirect(referral)
    lines = found(selectors.named_like(referral, request.user))
    number = request.POST.get("child", "")
    form = open_form(request, Form, version=referral.version)

    def save() -> Referral:
        chosen = Child.objects.visible_to(request.user).standing().with_masks(request.user)
        child = chosen.filter(pk=number, masked=False).first() if number.isdecimal() and len(number) < 19 else None
        if child is None:
            raise ValidationError("Select the record of the child")
        return services.identify(referral=referral, version=form.version, by=request.user, child=child)

    return form_page(
        request, form, save=save, title="Whose referral is it?", saying="The referral is on the child’s record.",
        lines=lines, referral=referral, **around(request, referral) | {"template": "referrals/identify.html"},
    )  # fmt: skip


@of_referral(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add_child(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Add a record for the child of a referral, after the records that are like it have been looked at."""
    if referral.child_id and request.method != "POST":
        return redirect(referral)
    form = open_form(
        request, AddChildForm, user=request.user, initial=named(referral) | {"team": request.user.team_id},
        version=referral.version,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        form.ask_about(duplicates(request.user, form))

    def save() -> Referral:
        return services.add_its_child(referral=referral, version=form.version, by=request.user, **form.child_fields)

    return form_page(
        request, form, save=save, title="Add a record for this child", saying="The child is added.",
        button="Add the child", found=found(form.duplicates), referral=referral,
        **around(request, referral) | {"template": "referrals/add_child.html"},
    )  # fmt: skip


@of_referral(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def not_this_child(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Take a referral off a record it was put on by mistake."""
    if referral.child_id is None and request.method != "POST":
        return redirect(referral)
    form = open_form(request, NotThisChildForm, version=referral.version, initial=named(referral))

    def save() -> Referral:
        return services.not_this_child(referral=referral, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, title="It is another child’s referral", button="Take it off this record",
        intro="It goes back to the queue with the names below, until its child is identified. The offences it named on "
        "this record stay there.",
        saying="The referral is off that record. Find its child.", **around(request, referral),
    )  # fmt: skip


@of_referral()
@require_http_methods(["GET", "HEAD", "POST"])
def in_error(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Mark a referral as recorded in error."""
    if not may_mark(request, referral) and request.method != "POST":
        raise PermissionDenied("Your role may not mark this referral as recorded in error. Ask a manager.")
    form = open_form(request, InErrorForm, version=referral.version)

    def save() -> Referral:
        if referral.stands and not may_mark(request, referral):
            raise PermissionDenied("Your role may not mark this referral as recorded in error. Ask a manager.")
        goes = list(referral.links.standing())
        return services.in_error(
            row=referral, version=form.version, by=request.user, goes_with_it=goes, **form.cleaned_data
        )

    return form_page(
        request, form, save=save, title="Mark this referral as recorded in error", dangerous=True,
        button="Mark as recorded in error", saying="Marked as recorded in error.", **around(request, referral),
    )  # fmt: skip
