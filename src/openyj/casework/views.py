"""The pages about offences, outcomes and programmes of a child."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from openyj.accounts.access import access
from openyj.accounts.roles import Permission
from openyj.casework import co_defendants, forms, police_bail, selectors, services
from openyj.casework.models import Offence
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import adding, record_page


@of_child()
@require_safe
def offences(request: HttpRequest, child: Child) -> HttpResponse:
    """What the child is said to have done and with whom, the days in court, and what was decided."""
    return record_page(
        request,
        child,
        "casework/offences.html",
        offences=list(selectors.offences_of(child, request.user)),
        together=co_defendants.as_read_by(request.user, co_defendants.co_defendants_of(child, request.user)),
        hearings=list(selectors.hearings_of(child, request.user)),
        police_bails=list(selectors.police_bails_of(child, request.user)),
        first_contacts=list(selectors.first_contacts_of(child, request.user)),
    )


@of_child()
@require_safe
def programmes(request: HttpRequest, child: Child) -> HttpResponse:
    """What the service does with the child, and moves between services."""
    return record_page(
        request,
        child,
        "casework/programmes.html",
        programmes=list(selectors.programmes_of(child, request.user)),
        transfers=list(selectors.transfers_of(child, request.user)),
    )


def offences_to_choose(child: Child) -> dict[str, Any]:
    """For a form that asks on which offences: whether there are none."""
    return {"nothing_to_choose": not Offence.objects.standing().filter(child=child).exists()}


add_offence = adding(
    forms.OffenceForm,
    services.add_offence,
    label="offence",
    page="casework:offences",
    template="casework/offence_form.html",
)
add_hearing = adding(
    forms.HearingForm, services.add_hearing, label="hearing", page="casework:offences",
    template="casework/on_offences_form.html", more=offences_to_choose,
)  # fmt: skip
add_outcome = adding(
    forms.AddOutcomeForm, services.add_outcomes, label="outcome", page="casework:offences",
    template="casework/on_offences_form.html", more=offences_to_choose,
)  # fmt: skip

add_police_bail = adding(
    forms.PoliceBailForm, police_bail.add_police_bail, label="police bail", page="casework:offences",
    template="casework/on_offences_form.html", more=offences_to_choose,
)  # fmt: skip


def asked_after(request: HttpRequest) -> dict[str, Any]:
    """A link from a deadline says after which outcome."""
    return {"outcome": request.GET.get("outcome", "")}


add_first_contact = adding(
    forms.FirstContactForm, services.add_first_contact, label="first contact", page="casework:offences",
    begins=asked_after,
)  # fmt: skip
add_programme = adding(forms.ProgrammeForm, services.add_programme, label="programme", page="casework:programmes")
add_transfer = adding(forms.TransferForm, services.add_transfer, label="transfer", page="casework:programmes")


@access(Permission.SEE_CHILDREN)
@require_safe
def offence_codes(request: HttpRequest) -> HttpResponse:
    """Codes for what was typed so far, at most fifteen."""
    typed = request.GET.get("q", "").strip()[:80].replace("\x00", "")
    found = forms.codes_like(typed)[:15] if len(typed) > 1 else []
    return JsonResponse({"codes": [{"code": each.code, "title": each.title} for each in found]})
