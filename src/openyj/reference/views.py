"""The administrator's pages of reference data: what there is, legal outcomes and what they count as, populations."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.core.components import Link, Row, Tag
from openyj.core.dates import say_date
from openyj.core.listing import Column, Filter, Listing
from openyj.reference import services
from openyj.reference.forms import (
    ChangeLegalOutcomeForm,
    ChangePopulationForm,
    CorrectMeaningForm,
    LegalOutcomeForm,
    MeaningForm,
    PopulationForm,
    TakeBackForm,
    meaning_values,
    outcome_values,
    population_values,
)
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning, Population
from openyj.reference.selectors import holdings, outcomes_with_meaning
from openyj.reference.slots import recorded
from openyj.tables.codes import OUTCOME_GROUPS

MANAGE = Permission.MANAGE_REFERENCE
SINCE_EVER = 1900  # the shipped outcomes' first year: when each really began is not recorded


def first_day(outcome_or_meaning: LegalOutcome | LegalOutcomeMeaning) -> str:
    day = outcome_or_meaning.valid_from
    return "Not recorded" if day.year == SINCE_EVER else say_date(day)


@access(MANAGE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every table of reference data, and what cannot be computed without those that are absent."""
    rows = []
    for held in holdings(request.user.service):
        says = held.says or f"Absent until supplied: {held.absent}."
        rows.append(Row(held.title, says, [Link("Open", reverse(held.url_name))] if held.url_name else []))
    return render(request, "reference/index.html", {"rows": rows})


@access(MANAGE)
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """The site's legal outcomes and what each counts as today."""
    groups = [("", "All"), *((g, g) for g in OUTCOME_GROUPS)]
    listing = Listing(
        request,
        outcomes_with_meaning(),
        title="Legal outcomes",
        columns=[
            Column("label", "Name", sort="label", link=lambda o: reverse("reference:outcome", args=[o.pk])),
            Column("counts_as", "Counts as today", value=lambda o: o.counts_as or "Not yet", sort=("rank", "label")),
            Column("valid_from", "First day", value=first_day, sort="valid_from"),
            Column("valid_to", "Last day", value=lambda o: say_date(o.valid_to) or "In use", sort="valid_to"),
            Column("shipped", "From", value=lambda o: "The project" if o.shipped else "This site", sort="shipped"),
            Column("source", "Source", value=lambda o: o.source),
        ],
        filters=[Filter("counts_as", forms.ChoiceField(label="Counts as today", choices=groups))],
        sort="label",
        per_page=50,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    context = {"listing": listing, "back": reverse("reference:index")}
    return render(request, "reference/outcomes.html", context)


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_outcome(request: HttpRequest) -> HttpResponse:
    """Add a legal outcome, with its first day and what it counts as."""
    form = open_form(request, LegalOutcomeForm)
    return form_page(
        request,
        form,
        save=lambda: address_of(services.add_legal_outcome(by=request.user, **form.cleaned_data)),
        title="Add a legal outcome",
        back=reverse("reference:outcomes"),
        intro="It is added for every service on this site, can be recorded at once and is measured at once.",
        button="Add this outcome",
        saying="The outcome is added. It can be recorded and is measured from now on.",
    )


def address_of(outcome: LegalOutcome) -> str:
    return reverse("reference:outcome", args=[outcome.pk])


@access(MANAGE)
@require_safe
def outcome(request: HttpRequest, outcome_id: int) -> HttpResponse:
    """One legal outcome: its days, everything it counted as, and what can be changed."""
    found = get_object_or_404(LegalOutcome, pk=outcome_id)
    meanings = list(found.meanings.select_related("in_error_by").order_by("valid_from", "id"))
    standing = [m for m in meanings if m.in_error_at is None]
    change = [Link("Change", reverse("reference:change_outcome", args=[found.pk]), "name and days")]
    context = {
        "outcome": found,
        "rows": [
            Row("Name", found.label, change),
            Row("First day it can be given", first_day(found)),
            Row("Last day it can be given", say_date(found.valid_to) or "In use"),
            Row("Code in this system", found.code),
            Row("Source", found.source),
            Row("Recorded at your service", f"{recorded(found, found.valid_from, None)} outcomes"),
        ],
        "cards": [(card(m), m, m is standing[-1] and len(standing) > 1) for m in meanings],
        "back": reverse("reference:outcomes"),
    }
    return render(request, "reference/outcome.html", context)


def card(meaning: LegalOutcomeMeaning) -> list[Row]:
    """A meaning in words."""
    rows = [
        Row("From", first_day(meaning)),
        Row("To", say_date(meaning.valid_to) or "No end"),
        Row("Counts as", meaning.outcome_group),
        Row("Seriousness rank", f"{meaning.seriousness_rank} of {len(OUTCOME_GROUPS)}, the place of its group"),
        Row("Code in the national return", meaning.return_code or "None that is confirmed"),
    ]
    if meaning.in_error_at:
        who = f"{say_date(meaning.in_error_at)}, {meaning.in_error_by}: {meaning.in_error_reason}"
        rows.append(Row("Recorded in error", who))
    return rows


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def change_outcome(request: HttpRequest, outcome_id: int) -> HttpResponse:
    """Another name, first or last day."""
    found = get_object_or_404(LegalOutcome, pk=outcome_id)
    form = open_form(request, ChangeLegalOutcomeForm, version=found.version, initial=outcome_values(found))
    return form_page(
        request,
        form,
        save=lambda: address_of(
            services.change_legal_outcome(outcome=found, by=request.user, version=form.version, **form.cleaned_data)
        ),
        now=outcome_values,
        title=f"Change {found.label}",
        back=address_of(found),
        intro="The change holds for every service on this site.",
        saying="The outcome is changed.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def change_meaning(request: HttpRequest, outcome_id: int) -> HttpResponse:
    """Let an outcome count as something else from a day on; who does it has read how many recorded outcomes change."""
    found = get_object_or_404(LegalOutcome, pk=outcome_id)
    form = open_form(request, MeaningForm, version=found.version)
    unread = request.method == "POST" and form.is_valid() and "understood" not in request.POST
    if unread and (says := will_change(found, form.cleaned_data["valid_from"], None)):
        form.fields["understood"] = forms.BooleanField(label="I have read what will change")
        form.add_error("understood", f"{says} Tick the box to go on.")
    return form_page(
        request,
        form,
        save=lambda: address_of(
            services.change_meaning(outcome=found, by=request.user, version=form.version, **form.cleaned_data)
        ),
        title=f"What {found.label} counts as",
        back=address_of(found),
        intro="The change holds for every service on this site. An outcome counts by what held on its own day.",
        button="Change what it counts as",
        saying="The change is saved. Live figures count by it at once; frozen ones say what they said.",
    )


def will_change(outcome: LegalOutcome, first: date, last: date | None) -> str:
    """How many recorded outcomes will count differently; nothing to say where there are none."""
    count = recorded(outcome, first, last)
    if not count:
        return ""
    said = "1 outcome recorded at your service" if count == 1 else f"{count} outcomes recorded at your service"
    return f"{said} will count differently, and those of other services on this site with them."


def get_meaning(outcome_id: int, meaning_id: int) -> LegalOutcomeMeaning:
    standing = LegalOutcomeMeaning.objects.standing().select_related("legal_outcome")
    return get_object_or_404(standing, pk=meaning_id, legal_outcome=outcome_id)


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def correct_meaning(request: HttpRequest, outcome_id: int, meaning_id: int) -> HttpResponse:
    """Put right what was entered wrongly; the wrong entry is kept, marked as recorded in error."""
    meaning = get_meaning(outcome_id, meaning_id)
    form = open_form(request, CorrectMeaningForm, version=meaning.version, initial=meaning_values(meaning))

    def save() -> str:
        services.correct_meaning(meaning=meaning, by=request.user, version=form.version, **form.cleaned_data)
        return address_of(meaning.legal_outcome)

    return form_page(
        request,
        form,
        save=save,
        now=meaning_values,
        title=f"Correct what {meaning.legal_outcome.label} counts as",
        back=address_of(meaning.legal_outcome),
        intro="For something that was wrong from the start. What is wrong now is kept, marked as recorded in error.",
        warning=will_change(meaning.legal_outcome, meaning.valid_from, meaning.valid_to),
        button="Correct it",
        saying="It is corrected.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, outcome_id: int, meaning_id: int) -> HttpResponse:
    """Take back the latest change of what an outcome counts as."""
    meaning = get_meaning(outcome_id, meaning_id)
    form = open_form(request, TakeBackForm, version=meaning.version)

    def save() -> str:
        services.take_back_change(meaning=meaning, by=request.user, version=form.version, **form.cleaned_data)
        return address_of(meaning.legal_outcome)

    return form_page(
        request,
        form,
        save=save,
        title=f"Take back the change of {say_date(meaning.valid_from)}",
        back=address_of(meaning.legal_outcome),
        intro=f"{meaning.legal_outcome.label} goes on counting as it did before that day.",
        warning=will_change(meaning.legal_outcome, meaning.valid_from, meaning.valid_to),
        button="Take the change back",
        saying="The change is taken back.",
    )


@access(MANAGE)
@require_safe
def populations(request: HttpRequest) -> HttpResponse:
    """The populations of this service's area, by year."""
    listing = Listing(
        request,
        Population.objects.filter(of_service=request.user.service_id),
        title="Populations aged 10 to 17",
        columns=[
            Column("year", "Year", sort="year", link=lambda p: reverse("reference:change_population", args=[p.pk])),
            Column(
                "aged_10_to_17",
                "Residents aged 10 to 17",
                value=say_number,
                sort="aged_10_to_17",
                numeric=True,
                export=lambda p: p.aged_10_to_17,
            ),
            Column("source", "Source"),
            Column("invented", "", value=lambda p: Tag("Invented", "yellow") if p.invented else ""),
        ],
        sort="-year",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="Absent until supplied: rates cannot be computed until you add a year.",
    )
    if response := listing.response():
        return response
    context = {"listing": listing, "back": reverse("reference:index")}
    return render(request, "reference/populations.html", context)


def say_number(population: Population) -> str:
    return f"{population.aged_10_to_17:,}"


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_population(request: HttpRequest) -> HttpResponse:
    """Add a year's population of this service's area."""
    form = open_form(request, PopulationForm)

    def save() -> str:
        services.add_population(by=request.user, **form.cleaned_data)
        return reverse("reference:populations")

    return form_page(
        request,
        form,
        save=save,
        title=f"Add a population of {request.user.service.name}",
        back=reverse("reference:populations"),
        button="Add this year",
        saying="The population is added. Rates of that year are computed with it from now on.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def change_population(request: HttpRequest, population_id: int) -> HttpResponse:
    """Change a year's population of this service's area."""
    mine = Population.objects.filter(of_service=request.user.service_id)
    found = get_object_or_404(mine, pk=population_id)
    form = open_form(request, ChangePopulationForm, version=found.version, initial=population_values(found))

    def save() -> str:
        services.change_population(population=found, by=request.user, version=form.version, **form.cleaned_data)
        return reverse("reference:populations")

    return form_page(
        request,
        form,
        save=save,
        now=population_values,
        title=f"Population of {found.year}",
        back=reverse("reference:populations"),
        intro="Live figures change with it at once; frozen ones say what they said.",
        saying="The population is changed.",
    )
