"""The administrator's pages of the words of orders."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.casework.forms.requirement import AddWordForm, EndWordForm
from openyj.casework.models import CaseWord
from openyj.casework.orders import services
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.listing import Column, Filter, Listing

MANAGE = Permission.MANAGE_REFERENCE
HERE = "casework:words"
FOR_ALL = "For every service on this site."


@access(MANAGE)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word of every list, past ones too."""
    choices = [("", "All"), *CaseWord.Listed.choices]
    listing = Listing(
        request,
        CaseWord.objects.all(),
        title="Words of orders",
        columns=[
            Column("label", "Word", sort="label", link=lambda w: reverse("casework:end_word", args=[w.pk])),
            Column("listed", "List", value=lambda w: w.get_listed_display(), sort="listed"),
            Column("valid_from", "From", sort="valid_from", value=lambda w: None if w.shipped else w.valid_from),
            Column("valid_to", "Last day", value=lambda w: say_date(w.valid_to) or "Now", export=lambda w: w.valid_to),
            Column("source", "Where from"),
        ],
        filters=[Filter("listed", forms.ChoiceField(label="List", choices=choices))],
        sort="label",
        per_page=50,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    return render(request, "casework/words.html", {"listing": listing, "back": reverse("reference:index")})


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_word(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    form = open_form(request, AddWordForm, initial={"valid_from": clock.today()})

    def save() -> str:
        services.add_word(by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, title="Add a word", back=reverse(HERE), button="Add this word", intro=FOR_ALL,
        saying="The word can be chosen from its day on.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_word(request: HttpRequest, case_word_id: int) -> HttpResponse:
    """Say until when a word can be chosen."""
    word = get_object_or_404(CaseWord, pk=case_word_id)
    form = open_form(request, EndWordForm, version=word.version, initial={"valid_to": word.valid_to})

    def save() -> str:
        services.end_word(word=word, version=form.version, by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, now=lambda row: {"valid_to": row.valid_to}, title=f"Until when: {word.label}",
        back=reverse(HERE), saying="The last day is saved.", intro=FOR_ALL,
    )  # fmt: skip
