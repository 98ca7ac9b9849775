"""The queue of referrals, and recording one, which only a search leads to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.core.components import Tag
from openyj.core.listing import Column, Filter, Listing
from openyj.people import search
from openyj.people.access import of_child
from openyj.people.forms import SearchForm
from openyj.people.models import Child
from openyj.people.pages import identity, record_page
from openyj.people.views.search import Found, child_searched_for, found, searched, signed_search
from openyj.referrals import selectors, services
from openyj.referrals.forms import AddReferralForm, names
from openyj.referrals.models import OPEN, Referral, ReferralKind, State

SEE, RECORD = Permission.SEE_REFERRALS, Permission.RECORD_REFERRALS
Listed = ReferralKind.Listed
STANDS = [("", "All"), ("open", "Open: still waiting for somebody"), *State.choices]
MISSES = [("", "All"), ("child", "The child"), ("victims", "Whether anybody was harmed"), ("consent", "Their answer")]


@access(SEE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Every referral this person may see, filtered, sorted, and out as a spreadsheet."""
    listing = Listing(
        request,
        selectors.listed(request.user),
        title="Referrals",
        columns=[
            Column("received_on", "Received", sort="received_on", link=Referral.get_absolute_url),
            Column(
                "child", "Child", value=lambda r: r.shown_name, sort=("by_family", "by_given"),
                link=Referral.get_absolute_url,
            ),
            Column("known", "On record", value=lambda r: "Yes" if r.child_id else "Not identified yet"),
            Column("source", "From", value=lambda r: r.source.label, sort="source__label"),
            Column("purpose", "What for", value=lambda r: r.purpose.label, sort="purpose__label"),
            Column("state", "Stands", value=lambda r: r.tag, sort="state"),
            Column("urgent", "Urgent", value=lambda r: Tag("Act today", "red") if r.urgent and r.is_open else ""),
            Column("waits", "Days to a decision", value=lambda r: r.waits, numeric=True),
            Column("worker", "Worker", value=lambda r: r.allocation.worker.name if r.allocation else ""),
        ],
        filters=[
            Filter("stands", forms.ChoiceField(label="Stands", choices=STANDS), apply=standing_as),
            Filter("source", kinds(Listed.SOURCE, "From")),
            Filter("purpose", kinds(Listed.PURPOSE, "What for")),
            Filter("misses", forms.ChoiceField(label="Misses", choices=MISSES), apply=missing),
        ],
        sort="-received_on",
        notes=[("Child", "A need-to-know record is listed without its name. A name is given as the referral gives it "
                         "while the child is not identified."),
               ("Days to a decision", "From the day it was received to the day it was decided, else to today.")],
        on_export=lambda listing: log(
            request, Access.Kind.EXPORT, reason="; ".join(f"{label}: {text}" for label, text, _ in listing.tags)
        ),
        empty="No referral is recorded yet. Record the first one.",
    )  # fmt: skip
    if response := listing.response():
        return response
    return render(request, "referrals/queue.html", {"listing": listing, "may_record": request.user.may(RECORD)})


def kinds(listed: str, label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=names(ReferralKind.objects.of(listed)))


def standing_as(rows, state: str):
    return rows.filter(state__in=OPEN) if state == "open" else rows.filter(state=state)


def missing(rows, what: str):
    return {
        "child": rows.filter(child=None),
        "victims": rows.filter(victims=Referral.Victims.NOT_KNOWN),
        "consent": rows.filter(consent=Referral.Consent.NOT_ASKED),
    }[what]


@access(RECORD)
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Search for the child a referral is about; from the results, record it on a record or without one."""
    asked = "q" in request.GET or "dob_day" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "title": "Record a referral", "back": reverse("referrals:queue")}
    if asked and form.is_valid():
        text, born = form.cleaned_data["q"], form.cleaned_data["dob"]
        if search.read(text, born).nothing:
            form.add_error("q", "Enter a name, a number or a date of birth")
        else:
            rows = search.search_children(request.user, text, born).select_related("worker", "team")
            page = Paginator(rows, 20).get_page(request.GET.get("page"))
            log(request, Access.Kind.SEARCH, reason=" ".join(filter(None, [text, born and born.isoformat()])))
            lines = with_referrals(request, found(list(page.object_list)))
            without = f"{reverse('referrals:add')}?{signed_search(request.user, text, born)}"
            context |= {"page": page, "lines": lines, "searched": True, "without": without}
    return render(request, "referrals/begin.html", context)


def with_referrals(request: HttpRequest, lines: list[Found]) -> list[tuple[Found, list[Referral]]]:
    """Each record found with the open referrals of its child: it may be one of these again."""
    shown = [line.child.pk for line in lines if not line.masked]
    rows = list(selectors.listed(request.user).open().filter(child__in=shown))
    return [(line, [each for each in rows if each.child_id == line.child.pk]) for line in lines]


@access(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Record a referral whose child a search did not find."""
    terms = searched(request)
    if terms is None:
        messages.info(request, "Search for the child first. The results lead on, whether the child is there or not.")
        return redirect("referrals:begin")
    return add_page(request, None, child_searched_for(terms))


@access(RECORD)
@of_child()
@require_http_methods(["GET", "HEAD", "POST"])
def add_of_child(request: HttpRequest, child: Child) -> HttpResponse:
    """Record a referral about a child on record."""
    return add_page(request, child, {})


def add_page(request: HttpRequest, child: Child | None, initial: dict[str, Any]) -> HttpResponse:
    form = open_form(request, AddReferralForm, child=child, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.ask_about(alike(request, form, child))

    def save() -> Referral:
        return services.add_referral(by=request.user, child=child, **form.facts)

    return form_page(
        request, form, save=save, title="Record a referral", back=reverse("referrals:begin"), alike=form.alike,
        bar=identity(child, request) if child else None, template="referrals/add.html", saying="Referral recorded",
    )  # fmt: skip


def alike(request: HttpRequest, form: AddReferralForm, child: Child | None) -> list[Referral]:
    facts = form.facts
    return selectors.alike(
        request.user,
        child=child,
        received_on=facts["received_on"],
        police_reference=facts["police_reference"],
        named={name: facts.get(name) for name in ("given_name", "family_name")},
    )


@access(SEE)
@of_child()
@require_safe
def of_child_page(request: HttpRequest, child: Child) -> HttpResponse:
    """A child's referrals."""
    rows = list(selectors.of_child(child, request.user))
    return record_page(
        request, child, "referrals/of_child.html", rows=rows, may_record=request.user.may(RECORD) and child.stands
    )
