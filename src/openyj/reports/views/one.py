"""Court reports: the list, those of one child, and one with everything about it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj.accounts.access import access, log
from openyj.accounts.models import Access, User
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.listing import Column, Filter, Listing
from openyj.people import history
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import record_page
from openyj.reports import selectors
from openyj.reports.access import ASK, GATEKEEP, SEE, of_report
from openyj.reports.models import DONE, MOVES, CourtReport, ReportKind, State
from openyj.reports.words import say_asked, say_done

STANDS = [("open", "Open: not sent yet"), ("late", "Late"), *State.choices]


@access(SEE)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every court report this person may read, filtered, sorted, and out as a spreadsheet."""
    staff = User.objects.filter(service=request.user.service_id, court_reports__isnull=False).distinct()
    listing = Listing(
        request,
        selectors.listed(request.user),
        title="Court reports",
        columns=[
            Column("due_on", "Due", sort="due_on", link=CourtReport.get_absolute_url),
            Column("child", "Child", value=lambda r: r.shown_name, sort="by_family", link=CourtReport.get_absolute_url),
            Column("kind", "Kind", value=lambda r: r.kind.label, sort="kind__label"),
            Column("state", "Stands", value=lambda r: r.tag, sort="state"),
            Column("late", "Late", value=lambda r: Tag("Late", "red") if r.is_late else ""),
            Column("author", "Author", value=lambda r: r.author.name, sort="author__name"),
            Column("gatekeeper", "Gatekeeper", value=lambda r: r.gatekeeper.name if r.gatekeeper else ""),
            Column("sent_on", "Sent", value=lambda r: r.sent_on, sort="sent_on"),
        ],
        filters=[
            Filter("stands", forms.ChoiceField(label="Stands", choices=[("", "All"), *STANDS]), apply=standing_as),
            Filter("author", forms.ModelChoiceField(staff.order_by("name"), label="Author", empty_label="Everybody")),
            Filter("kind", forms.ModelChoiceField(ReportKind.objects.order_by("label"), label="Kind",
                                                  empty_label="All")),
        ],
        sort="-due_on",
        notes=[("Child", "A need-to-know record is listed without its name.")],
        on_export=lambda listing: log(
            request, Access.Kind.EXPORT, reason="; ".join(f"{label}: {text}" for label, text, _ in listing.tags)
        ),
        empty="No court report is recorded yet. Record the first one on the record of its child.",
    )  # fmt: skip
    if response := listing.response():
        return response
    return render(request, "reports/reports.html", {"listing": listing, "may_ask": request.user.may(ASK)})


def standing_as(rows, state: str):
    if state == "late":
        return rows.exclude(state__in=DONE).filter(due_on__lt=clock.today())
    return rows.exclude(state__in=DONE) if state == "open" else rows.filter(state=state)


@access(SEE)
@of_child()
@require_safe
def of_child_page(request: HttpRequest, child: Child) -> HttpResponse:
    """A child's court reports."""
    rows = list(selectors.of_child(child, request.user))
    may_ask = request.user.may(ASK) and child.stands
    return record_page(request, child, "reports/of_child.html", rows=rows, may_ask=may_ask)


@of_report()
@require_safe
def report(request: HttpRequest, report: CourtReport) -> HttpResponse:
    """One report: what was asked for, its files, who gatekept, signed and was sent it, and what can be done now."""
    user = request.user
    can = MOVES[State(report.state)] if report.stands else set()
    versions = list(selectors.versions(report))
    latest = versions[0] if versions else None
    is_author = user.pk == report.author_id
    may = {
        "ask": user.may(ASK) and report.stands,
        "write": is_author and State.WRITING in can and report.state != State.WITHDRAWN,
        "draft": (is_author or user.may(ASK)) and report.is_open,
        "submit": is_author and State.WAITING in can and latest is not None and not latest.verdict,
        "gatekeep": user.may(GATEKEEP) and State.APPROVED in can and not is_author,
        "sign": is_author and State.SIGNED in can,
        "send": (is_author or user.may(ASK)) and State.SENT in can,
        "withdraw": user.may(ASK) and State.WITHDRAWN in can,
        "reopen": user.may(ASK) and report.stands and report.state == State.WITHDRAWN,
    }
    return record_page(
        request, report.child, "reports/report.html", back=reverse("reports:of_child", args=[report.child_id]),
        report=report, asked=say_asked(report), done=say_done(report), versions=versions, latest=latest, may=may,
        drafts=list(selectors.drafts(report)), sendings=list(selectors.sendings(report)),
        links=list(report.links.standing().select_related("offence")), steps=list(selectors.steps(report)),
        entries=history.tell(history.of_fact(report)),
    )  # fmt: skip
