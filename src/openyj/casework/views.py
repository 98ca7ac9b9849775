"""The pages about offences, outcomes and programmes of a child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import open_form
from openyj.accounts.roles import Permission
from openyj.casework import forms, selectors, services
from openyj.casework.models import Offence
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page


@of_child()
@require_safe
def offences(request: HttpRequest, child: Child) -> HttpResponse:
    """What the child is said to have done, the days in court, and what was decided."""
    return record_page(
        request,
        child,
        "casework/offences.html",
        offences=list(selectors.offences_of(child, request.user)),
        hearings=list(selectors.hearings_of(child, request.user)),
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


def adding(
    form: type[Any], save: Callable[..., object], *, label: str, page: str, template: str = "people/fact_form.html"
):
    """A view that adds one kind of fact to a child: `save(child=, by=, **cleaned)`, then back to `page`."""

    @of_child(Permission.CHANGE_CHILDREN)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, child: Child) -> HttpResponse:
        made = open_form(request, form, child=child)
        back = reverse(page, args=[child.pk])

        def once() -> str:
            save(child=child, by=request.user, **made.cleaned_data)
            return back

        return form_page(
            request, child, made, save=once, back=back, template=template,
            title=f"Add {'an' if label[0] in 'aeiou' else 'a'} {label}", saying=f"{label[:1].upper()}{label[1:]} added",
            nothing_to_choose="offences" in made.fields and not Offence.objects.standing().filter(child=child).exists(),
        )  # fmt: skip

    return view


add_offence = adding(
    forms.OffenceForm,
    services.add_offence,
    label="offence",
    page="casework:offences",
    template="casework/offence_form.html",
)
add_hearing = adding(
    forms.HearingForm, services.add_hearing, label="hearing", page="casework:offences",
    template="casework/on_offences_form.html",
)  # fmt: skip
add_outcome = adding(
    forms.AddOutcomeForm, services.add_outcomes, label="outcome", page="casework:offences",
    template="casework/on_offences_form.html",
)  # fmt: skip


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_first_contact(request: HttpRequest, child: Child) -> HttpResponse:
    """Add the first contact after an outcome; a link from a deadline says after which."""
    asked = request.GET.get("outcome", "")
    form = open_form(request, forms.FirstContactForm, child=child, initial={"outcome": asked} if asked else None)
    back = reverse("casework:offences", args=[child.pk])

    def save() -> str:
        services.add_first_contact(child=child, by=request.user, **form.cleaned_data)
        return back

    return form_page(
        request, child, form, save=save, back=back, title="Add a first contact", saying="First contact added"
    )


add_programme = adding(forms.ProgrammeForm, services.add_programme, label="programme", page="casework:programmes")
add_transfer = adding(forms.TransferForm, services.add_transfer, label="transfer", page="casework:programmes")


@access(Permission.SEE_CHILDREN)
@require_safe
def offence_codes(request: HttpRequest) -> HttpResponse:
    """Codes for what was typed so far, at most fifteen."""
    typed = request.GET.get("q", "").strip()[:80].replace("\x00", "")
    found = forms.codes_like(typed)[:15] if len(typed) > 1 else []
    return JsonResponse({"codes": [{"code": each.code, "title": each.title} for each in found]})
