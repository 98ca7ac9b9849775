"""Looking for a child, the list of children, and adding one, which only a search leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import draft_context, handled_before, open_form, save_or_refuse
from openyj.accounts.models import Access, Locality, Team, User
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.listing import Column, Filter, Listing
from openyj.people import search, selectors, services
from openyj.people.forms import AddChildForm, SearchForm
from openyj.people.models import Child

SEARCHED = "people.searched"
GOOD_FOR = 12 * 60 * 60  # seconds: a working day, as long as a sign-in lasts


@dataclass(frozen=True)
class Found:
    """One line of the results. A masked one says only that the record exists."""

    child: Child
    masked: bool
    why: str


def found(children: list[Child]) -> list[Found]:
    return [Found(child, child.masked, search.why(child)) for child in children]


@access(Permission.SEE_CHILDREN)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search, and from a search that was made, the way to add a child."""
    asked = "q" in request.GET or "dob_day" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, object] = {"form": form, "title": "Find a child"}
    if asked and form.is_valid():
        text, born = form.cleaned_data["q"], form.cleaned_data["dob"]
        if search.read(text, born).nothing:
            form.add_error("q", "Enter a name, a number or a date of birth")
        else:
            rows = search.search_children(request.user, text, born).select_related("worker", "team")
            page = Paginator(rows, 20).get_page(request.GET.get("page"))
            log(request, Access.Kind.SEARCH, reason=" ".join(filter(None, [text, born and born.isoformat()])))
            context |= {"page": page, "found": found(list(page.object_list)), "searched": True}
            if request.user.may(Permission.ADD_CHILDREN):
                context["add_address"] = add_address(request.user, text, born)
    return render(request, "people/search.html", context)


def add_address(user: User, text: str, born: date | None) -> str:
    """Where a child is added after this search."""
    return f"{reverse('people:add_child')}?{signed_search(user, text, born)}"


def signed_search(user: User, text: str, born: date | None) -> str:
    """Proof of a search for an address: only this person's, only today's, with what was searched for."""
    read = search.read(text, born)
    terms = {"by": user.pk, "name": " ".join((read.words and text.split()) or []), "born": (born or read.date_of_birth)}
    terms["born"] = terms["born"].isoformat() if terms["born"] else ""
    return urlencode({"searched": signing.dumps(terms, salt=SEARCHED)})


def searched(request: HttpRequest) -> dict[str, str] | None:
    """What this person searched for before they came here; None where they did not, or not today."""
    try:
        terms = signing.loads(request.GET.get("searched", ""), salt=SEARCHED, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return terms if terms["by"] == request.user.pk else None


def child_searched_for(terms: dict) -> dict[str, object]:
    """What a search says of a child who is not there yet, for the form that adds them."""
    words = [word for word in terms["name"].split() if not any(letter.isdecimal() for letter in word)]
    return {
        "given_name": " ".join(words[:-1]),
        "family_name": words[-1] if words else "",
        "date_of_birth": date.fromisoformat(terms["born"]) if terms["born"] else None,
    }


@access(Permission.ADD_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_child(request: HttpRequest) -> HttpResponse:
    """Add a child that a search did not find. Possible duplicates are shown again before anything is saved."""
    terms = searched(request)
    if terms is None:
        messages.info(request, "Search for the child first. You can add them from the results if they are not there.")
        return redirect("people:search")
    initial = child_searched_for(terms) | {"team": request.user.team_id}
    form = open_form(request, AddChildForm, user=request.user, initial=initial)
    agreed = request.method == "POST" and form.is_valid() and form.ask_about(duplicates(request.user, form))
    if request.method == "POST" and (before := handled_before(request)):
        return before
    if agreed:
        response, _ = save_or_refuse(
            request, form, lambda: services.add_child(by=request.user, **form.child_fields), saying="Child added"
        )
        if response:
            return response
    context = {"form": form, "title": "Add a child", "found": found(form.duplicates), "back": reverse("people:search")}
    return render(request, "people/add_child.html", context | draft_context(request))


def duplicates(user: User, form: AddChildForm) -> list[Child]:
    facts = form.child_fields
    return search.possible_duplicates(
        user,
        given_name=facts["given_name"],
        family_name=facts["family_name"],
        date_of_birth=facts["date_of_birth"],
    )


@access(Permission.SEE_CHILDREN)
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """Every child this person may see, filtered, sorted, and out as a spreadsheet."""
    here = {"service": request.user.service_id}
    today = clock.today()
    staff = User.objects.filter(**here, children__isnull=False).distinct().order_by("name")
    listing = Listing(
        request,
        selectors.listed_children(request.user),
        title="Children",
        columns=[
            Column(
                "name",
                "Name",
                value=lambda c: c.shown_name,
                sort=("by_family", "by_given"),
                link=Child.get_absolute_url,
            ),
            Column("number", "Our number", value=lambda c: "" if c.masked else c.number, sort="number"),
            Column("age", "Age", value=lambda c: None if c.masked else c.age, numeric=True, sort="shown_birth"),
            Column("born", "Date of birth", value=lambda c: c.shown_birth, sort="shown_birth"),
            Column("locality", "Locality", value=lambda c: c.locality, sort="locality__name"),
            Column("team", "Team", value=lambda c: c.team, sort="team__name"),
            Column("worker", "Worker", value=lambda c: c.worker, sort="worker__name"),
        ],
        filters=[
            Filter("team", forms.ModelChoiceField(Team.objects.filter(**here), label="Team", empty_label="All")),
            Filter("worker", forms.ModelChoiceField(staff, label="Worker", empty_label="All")),
            Filter(
                "locality", forms.ModelChoiceField(Locality.objects.filter(**here), label="Locality", empty_label="All")
            ),
            Filter(
                "age", forms.TypedChoiceField(label="Age", choices=AGES), apply=lambda rows, age: aged(rows, age, today)
            ),
        ],
        sort="name",
        notes=[("Children", "Records that are need-to-know are listed without name, number and date of birth.")],
        on_export=lambda listing: log(
            request, Access.Kind.EXPORT, reason="; ".join(f"{label}: {text}" for label, text, _ in listing.tags)
        ),
        empty="There are no children yet. Search for a child to add one.",
    )
    if response := listing.response():
        return response
    return render(request, "people/children.html", {"listing": listing, "title": "Children"})


AGES = [
    ("", "All"),
    ("0-9", "Under 10"),
    ("10-13", "10 to 13"),
    ("14-15", "14 and 15"),
    ("16-17", "16 and 17"),
    ("18-", "18 and over"),
]


def aged(rows, ages: str, today: date):
    """The rows of children whose completed years on `today` lie in "10-13"; a masked child has no age here."""
    least, _, most = ages.partition("-")
    rows = rows.filter(shown_birth__lte=years_before(today, int(least)))
    return rows.filter(shown_birth__gt=years_before(today, int(most) + 1)) if most else rows


def years_before(day: date, years: int) -> date:
    """The latest date of birth of somebody who has completed `years` on `day`: on 28 February of a common year, a
    child born on a 29 February has not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 2, 28)
