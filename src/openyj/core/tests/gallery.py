"""One page with every component and one form with every kind of field: rendered, looked at and driven by tests."""

from datetime import date, datetime, timedelta

from django import forms
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path

from openyj.core import forms as core
from openyj.core.clock import LONDON
from openyj.core.components import COLOURS, IdentityBar, Link, NavItem, Row, Table, Tag, TimelineItem
from openyj.core.listing import Column, Filter, Listing

TRADES = ["Baker", "Cooper", "Dyer", "Farrier", "Glover"]
CODES = [("", "Choose a trade"), *((str(n), f"{n:03} {TRADES[n % 5]} of kind {n}") for n in range(1, 61))]


class GalleryForm(core.Form):
    """Every kind of field."""

    first_name = forms.CharField(max_length=100, help_text="As the person uses it")
    code = forms.CharField(max_length=5, required=False)
    email = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput({"autocomplete": "current-password"}))
    born = core.DateField(label="Date of birth", when="past", help_text="For example, 27 3 2012")
    notes = forms.CharField(widget=forms.Textarea, required=False)
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)
    agreed = core.YesNoField(label="Has the person agreed?", help_text="Ask, do not guess")
    needs = forms.MultipleChoiceField(
        choices=[("a", "Apples"), ("b", "Bread")], widget=forms.CheckboxSelectMultiple, required=False
    )
    area = forms.ChoiceField(choices=[("", "Choose an area"), ("n", "North"), ("s", "South")])
    trade = forms.ChoiceField(choices=CODES, help_text="Type a few letters or the number")
    sessions = core.WholeNumberField(label="Number of sessions", max_value=20)
    cash = core.MoneyField(label="Contribution in cash")
    letter = forms.FileField(label="The letter", required=False)
    sure = forms.BooleanField(label="I have checked this")
    sections = [
        ("Who", ["first_name", "code", "email", "password", "born"]),
        ("What", ["notes", "size", "agreed", "needs", "area", "trade"]),
    ]


GOOD = {
    "first_name": "Ada",
    "password": "not-a-secret",
    "born_day": "4",
    "born_month": "June",
    "born_year": "2011",
    "size": "s",
    "agreed": "no",
    "area": "n",
    "trade": "6",
    "sessions": "3",
    "cash": "£1,234.50",
    "sure": "on",
}


def components():
    """The context of gallery.html."""
    return {
        "bar": IdentityBar(
            "Invented Person",
            "/",
            [("Age", 15), ("How to work with me", "Text first")],
            [Tag("Do not visit alone", "red"), Tag("Allergic to nuts", "orange")],
        ),
        "pages": [NavItem("Overview", "/", True), NavItem("Offences", "/form", count=3)],
        "rows": [
            Row("Name", "Invented", [Link("Change", "/form")]),
            Row("Address", "1 Nowhere Street", [Link("Change", "/form"), Link("Record in error", "/list")]),
            Row("School", None),
        ],
        "events": [
            TimelineItem("Offence", date(2026, 5, 2), tag=Tag("Proven", "green")),
            TimelineItem("Outcome given", date(2026, 6, 4), "A Worker", "/", "Six months"),
            TimelineItem("Home visit", datetime(2026, 6, 4, 14, 2, tzinfo=LONDON), "A Worker"),
        ],
        "table": Table(
            "Children by quarter", ["Quarter", "Children"], [["Jan to Mar", 12]], frozenset({1}), ["Year", 12]
        ),
        "colours": sorted(COLOURS),
        "breadcrumbs": [("Children", "/list"), ("Invented Person", "/")],
    }


def home(request):
    return render(request, "core_tests/gallery.html", components())


SAVED: list[str] = []
DRAFTS: list[dict] = []


def form(request):
    posted = request.method == "POST"
    made = GalleryForm(request.POST if posted else None, request.FILES if posted else None, version=3)
    if made.is_valid():
        SAVED.append(str(made.receipt))
        return redirect("/")
    context = {"form": made, "title": "Add a person", "caption": "People", "cancel": "/", "draft": "/draft"}
    return render(request, "core/form.html", context)


def draft(request):
    DRAFTS.append(request.POST.dict())
    return JsonResponse({"saved_at": "14:02"})


def alive(request):
    return HttpResponse(status=204)


PEOPLE = [
    {
        "name": f"Person {n:03}",
        "born": date(2010, 1, 1) + timedelta(days=37 * n),
        "contacts": n * 7 % 1300,
        "state": Tag("Overdue", "red") if n % 3 == 0 else Tag("On time", "green"),
    }
    for n in range(1, 61)
]


def people_list(request):
    return Listing(
        request,
        PEOPLE,
        title="People",
        columns=[
            Column("name", "Name", sort="name", link=lambda row: "/"),
            Column("born", "Date of birth", sort="born"),
            Column("contacts", "Contacts", numeric=True, sort="contacts"),
            Column("state", "State"),
        ],
        filters=[
            Filter("q", forms.CharField(label="Name"), lambda rows, v: [r for r in rows if v in r["name"].lower()]),
            Filter(
                "state",
                forms.MultipleChoiceField(
                    label="State",
                    choices=[("Overdue", "Overdue"), ("On time", "On time")],
                    widget=forms.CheckboxSelectMultiple,
                ),
                lambda rows, v: [r for r in rows if r["state"].text in v],
            ),
            Filter("since", core.DateField(label="Born since"), lambda rows, v: [r for r in rows if r["born"] >= v]),
        ],
        sort="name",
    )


def listing(request):
    made = people_list(request)
    return made.response() or render(request, "core_tests/list.html", {"listing": made})


# Without a transaction: the gallery is shown to tests that have no database.
PAGES = [
    ("", home, None),
    ("form", form, None),
    ("list", listing, None),
    ("draft", draft, None),
    ("alive", alive, None),
    ("accessibility", home, "accessibility"),
    ("whats-new", home, "whats-new"),
    ("sign-out", home, "account_logout"),
]
urlpatterns = [path(route, transaction.non_atomic_requests(view), name=name) for route, view, name in PAGES]
