"""What becomes of a referral: accepted, refused, asked about, opened again, allocated."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from openyj.accounts.form_pages import form_page, open_form
from openyj.referrals import services
from openyj.referrals.access import DECIDE, RECORD, of_referral
from openyj.referrals.forms import ACCEPT, REFUSE, AnswerForm, DecideForm, ReopenForm
from openyj.referrals.models import MOVES, Referral, State
from openyj.referrals.views.one import around
from openyj.referrals.workload import NEW
from openyj.workload.forms import AllocateForm
from openyj.workload.selectors import Choice


def stands_as(row: Referral) -> dict[str, Any]:
    """How a referral stands now, beside what somebody decided meanwhile."""
    labels = {State.ACCEPTED: "Accepted", State.REFUSED: "Not accepted", State.ASKED: "Asked for more"}
    last = row.steps.select_related("why").first()
    return {
        "decision": labels.get(State(row.state), State(row.state).label),
        "day": row.decided_on or (last and last.day),
        "work": row.work,
        "why": last and last.why,
        "words": last.words if last else "",
        "told": last.told if last else "",
    }


@of_referral(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Accept a referral, ask for more, or do not accept it."""
    if State.ACCEPTED not in MOVES[State(referral.state)] and request.method != "POST":
        return redirect(referral)
    form = open_form(request, DecideForm, referral=referral)

    def save() -> Referral:
        given, of = form.cleaned_data, {"referral": referral, "version": form.version, "by": request.user}
        if given["decision"] == ACCEPT:
            return services.accept(**of, day=given["day"], work=given["work"], words=given["words"])
        said = {"day": given["day"], "words": given["words"], "told": given["told"]}
        if given["decision"] == REFUSE:
            return services.refuse(**of, why=given["why"], **said)
        return services.ask_for_more(**of, **said)

    return form_page(
        request, form, save=save, now=stands_as, title="Decide on the referral", saying="Your decision is saved.",
        button="Save the decision", referral=referral,
        **around(request, referral) | {"template": "referrals/decide.html"},
    )  # fmt: skip


@of_referral(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Note that what was asked for has come."""
    if referral.state != State.ASKED and request.method != "POST":
        return redirect(referral)
    form = open_form(request, AnswerForm, referral=referral)

    def save() -> Referral:
        return services.note_answer(referral=referral, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=stands_as, title="What was asked for has come",
        saying="Noted. The referral needs a decision again.", **around(request, referral),
    )  # fmt: skip


@of_referral(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Take a decision back."""
    if referral.state not in (State.ACCEPTED, State.REFUSED) and request.method != "POST":
        return redirect(referral)
    form = open_form(request, ReopenForm, version=referral.version)

    def save() -> Referral:
        return services.reopen(referral=referral, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=stands_as, title="Open the decision again", button="Open it again",
        saying="It needs a decision again.", **around(request, referral),
    )  # fmt: skip


class AllocateReferralForm(AllocateForm):
    """Who takes an accepted referral on; that may be whoever works with the child already."""

    field_order = ["worker", "start_date", "team", "why"]

    def is_offered(self, child, choice: Choice) -> bool:
        return True


@of_referral(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def allocate(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Give an accepted referral a worker, with what each would then have."""
    if State.ALLOCATED not in MOVES[State(referral.state)] and not (request.method == "POST" and referral.child_id):
        return redirect(referral)
    form = open_form(request, AllocateReferralForm, child=referral.child, new=[NEW], version=referral.version)

    def save() -> Referral:
        given = form.allocation
        return services.allocate(
            referral=referral, version=form.version, by=request.user, worker=given["worker"],
            start_date=given["day"], why=given["why"], **given["also"],
        )  # fmt: skip

    def now(row: Referral) -> dict[str, Any]:
        taken = row.allocation
        return {"worker": str(taken.worker) if taken else State(row.state).label}

    return form_page(
        request, form, save=save, now=now, title="Allocate the referral", button="Allocate",
        saying="The referral is allocated.", **around(request, referral) | {"template": "workload/allocate.html"},
    )  # fmt: skip
