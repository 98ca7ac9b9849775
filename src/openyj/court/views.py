"""The pages about court, bail and remand. Changing one fact and its history are `people.views.facts`."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openyj.core import clock
from openyj.court import forms, rules, selectors, services
from openyj.court.models import BailOffer, PostChargeAccommodation, SentenceProposal
from openyj.court.words import pounds, to_see_to
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import adding, record_page

PAGE = "court:court"


@of_child()
@require_safe
def court(request: HttpRequest, child: Child) -> HttpResponse:
    """The days in court with what was proposed and decided, then remands, bail offered, accommodation after charge."""
    found = selectors.court_of(child, request.user)
    today = clock.today()
    standing = [row for row in found.remands if row.stands]
    lines = [
        (row, row.days(today), pounds(row.cost_pence(today)), found.stretches[row.pk].words if row.stands else "")
        for row in found.remands
    ]
    warnings = [sentence for row in standing for sentence in to_see_to(row, found.stretches[row.pk])]
    return record_page(request, child, "court/court.html", court=found, remands=lines, warnings=warnings)


def at_hearing(request: HttpRequest) -> dict[str, Any]:
    """A link beside a hearing says which."""
    return {"hearing": request.GET.get("hearing", "")}


add_proposal = adding(
    forms.ProposalForm, partial(services.add, SentenceProposal, rules.check_proposal), label="sentence proposal",
    page=PAGE, begins=at_hearing,
)  # fmt: skip
add_bail_offer = adding(
    forms.BailOfferForm, partial(services.add, BailOffer, rules.check_bail_offer), label="bail offer", page=PAGE,
    begins=at_hearing,
)  # fmt: skip
add_remand = adding(forms.RemandForm, services.add_remand, label="remand", page=PAGE, begins=at_hearing)
add_post_charge = adding(
    forms.PostChargeForm, partial(services.add, PostChargeAccommodation, rules.check_post_charge),
    label="accommodation after charge", page=PAGE,
)  # fmt: skip
