"""The service's pages: proposal against decision, the children behind a number, and remands with days and cost."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj.accounts.access import access, log
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.forms import Form
from openyj.core.listing import Column, Listing
from openyj.core.windows import LAST_YEAR, Window, windows
from openyj.court import followed
from openyj.court.followed import ANSWERS, TITLES
from openyj.court.selectors import remands_between, stretches
from openyj.court.words import pounds

# What was proposed is a judgement of a child: business support, who see children, do not read it here.
READS = Permission.SEE_ASSESSMENTS


class PeriodForm(Form):
    """Which days. A word in the address that means nothing is the last twelve months."""

    mark_optional = False
    period = forms.ChoiceField(label="Hearings and remands of")

    def __init__(self, asked: str) -> None:
        self.windows = {window.name: window for window in windows()}
        super().__init__({"period": asked if asked in self.windows else LAST_YEAR})
        self.fields["period"].choices = [(window.name, window.label) for window in self.windows.values()]
        self.is_valid()

    @property
    def window(self) -> Window:
        return self.windows[self.cleaned_data["period"]]


@access(READS)
@require_safe
def service(request: HttpRequest) -> HttpResponse:
    """How often courts did what the service proposed, and what remands came to."""
    form = PeriodForm(request.GET.get("period", ""))
    tables = [
        (kind, TITLES[kind], followed.lines_of(answers(request.user, form.window))) for kind, answers in ANSWERS.items()
    ]
    return render(
        request, "court/service.html",
        {"form": form, "window": form.window, "tables": tables,
         "remands": remands_between(request.user, form.window.first, form.window.last).count(),
         "period": urlencode({"period": form.window.name})},
    )  # fmt: skip


@access(READS)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The hearings behind one number, each with the child, as far as the reader may know who it is."""
    window, kind = PeriodForm(request.GET.get("period", "")).window, request.GET.get("of", "")
    if kind not in ANSWERS:
        raise Http404
    code, way = request.GET.get("proposed", ""), request.GET.get("was", "")
    rows = [each for each in ANSWERS[kind](request.user, window) if code in ("", each.code)]
    if way in ("followed", "otherwise"):
        rows = [each for each in rows if each.followed == (way == "followed")]
    children = followed.named([each.hearing for each in rows], request.user)
    listing = Listing(
        request, [each for each in rows if each.hearing.child_id in children],
        title=f"Proposal and decision: {TITLES[kind].lower()}", export=False, per_page=50,
        columns=[
            Column("child", "Child", value=lambda r: children[r.hearing.child_id].shown_name,
                   link=lambda r: reverse("court:court", args=[r.hearing.child_id])),
            Column("day", "Hearing", value=lambda r: hidden(children[r.hearing.child_id], r.hearing.hearing_date)),
            Column("proposed", "We proposed", value=lambda r: hidden(children[r.hearing.child_id], r.proposed)),
            Column("decided", "The court decided", value=lambda r: hidden(children[r.hearing.child_id], r.decided)),
        ],
    )  # fmt: skip
    if response := listing.response():
        return response
    log(request, Access.Kind.READ, reason=f"Behind proposal against decision: {len(children)} children")
    back = f"{reverse('court:service')}?{urlencode({'period': window.name})}"
    return render(request, "court/behind.html", {"listing": listing, "window": window, "back": back})


@access(READS)
@require_safe
def remands(request: HttpRequest) -> HttpResponse:
    """Every remand of which a day lies in the period, with its days and cost in the period."""
    form = PeriodForm(request.GET.get("period", ""))
    window, today = form.window, clock.today()
    rows = list(remands_between(request.user, window.first, window.last))
    children = followed.named(rows, request.user)
    rows = [row for row in rows if row.child_id in children]
    lasted, days = stretches(rows), {row.pk: row.days_between(window.first, min(window.last, today)) for row in rows}
    costs = {row.pk: row.cost_a_day_pence * days[row.pk] for row in rows if row.cost_a_day_pence is not None}

    def shown(row, value):
        return hidden(children[row.child_id], value)

    listing = Listing(
        request, rows, title="Remands", export=False, per_page=50,
        columns=[
            Column("child", "Child", value=lambda r: children[r.child_id].shown_name,
                   link=lambda r: reverse("court:court", args=[r.child_id])),
            Column("kind", "Remanded to", value=lambda r: shown(r, r.get_remand_kind_display())),
            Column("where", "Where", value=lambda r: shown(r, r.establishment)),
            Column("start", "From", value=lambda r: shown(r, r.start_date)),
            Column("end", "Until", value=lambda r: shown(r, r.end_date or "It goes on")),
            Column("days", "Days in the period", value=lambda r: shown(r, days[r.pk]), numeric=True),
            Column("cost", "Cost of them", value=lambda r: shown(r, pounds(costs.get(r.pk))), numeric=True),
            Column("long", "Four weeks", value=lambda r: shown(r, lasted[r.pk].words)),
        ],
    )  # fmt: skip
    if response := listing.response():
        return response
    log(request, Access.Kind.READ, reason=f"Remands with cost: {len(children)} children")
    context = {
        "form": form, "listing": listing, "count": len(rows), "days": sum(days.values()),
        "cost": pounds(sum(costs.values())), "without_cost": len(rows) - len(costs),
        "long": sum(each.counts for each in lasted.values()),
        "back": f"{reverse('court:service')}?{urlencode({'period': window.name})}",
    }  # fmt: skip
    return render(request, "court/remands.html", context)


def hidden(child, value):
    """Nothing of a need-to-know record that the reader has not opened."""
    return "" if child.masked else value
