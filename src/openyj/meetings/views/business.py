"""The business of a meeting: items, papers, decisions, dissent, actions."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, handled_before, open_form
from openyj.accounts.models import Access
from openyj.accounts.receipts import save_once
from openyj.actions.forms import ActionForm
from openyj.files.serving import send
from openyj.meetings.forms import AnswerForm, AttachForm, DecisionForm, DissentForm, ItemForm, PaperForm, SaidForm
from openyj.meetings.models import AgendaItem, Decision, Dissent, Meeting, Paper
from openyj.meetings.services import business as services
from openyj.meetings.views.pages import RUN, SEE, get, mark, now

OF_MEETING = ("meeting__kind", "meeting__service")
OF_ITEM = ("item__meeting__kind", "item__meeting__service")


def item_of(request: HttpRequest, number: int) -> AgendaItem:
    return get(request, AgendaItem, number, *OF_MEETING)


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_item(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Add an item to the agenda."""
    row = get(request, Meeting, meeting_id, "kind")
    form = open_form(request, ItemForm)
    return form_page(
        request, form, save=lambda: services.add_item(meeting=row, by=request.user, **form.cleaned_data),
        title="Add an item", caption=str(row), back=row.get_absolute_url(), button="Add this item",
        saying="The item is on the agenda.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Change an item's title, lead or purpose."""
    row = item_of(request, item_id)
    form = open_form(request, ItemForm, row=row)

    def save() -> AgendaItem:
        return services.change_item(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title="Change the item", caption=str(row.meeting),
        back=row.get_absolute_url(), saying="The item is changed.",
    )  # fmt: skip


@access(RUN)
@require_POST
def move_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Move an item one place up."""
    row = item_of(request, item_id)

    def save() -> str:
        services.move_item(item=row, by=request.user)
        return row.get_absolute_url()

    return save_once(request, save)


@access(RUN)
@require_http_methods(["GET", "POST"])
def said(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write what was said about an item."""
    row = item_of(request, item_id)
    form = open_form(request, SaidForm, row=row)

    def save() -> AgendaItem:
        return services.change_item(row=row, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=now(form), title=row.title, caption=str(row.meeting),
        back=row.get_absolute_url(), saying="What was said is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def item_in_error(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item off the agenda. What was decided or agreed under it has to be marked first."""
    row = item_of(request, item_id)
    arose = row.arisings.standing().filter(action__in_error_at=None).exists()
    rests = "Decisions or actions stand under this item. Mark each of them as recorded in error first."
    to = row.meeting.get_absolute_url()
    return mark(
        request, row, what="item", rests=rests if arose or row.decisions.standing().exists() else "", back=to,
        goes_with_it=list(row.papers.standing()),
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say which paper an item needs and from whom."""
    row = item_of(request, item_id)
    form = open_form(request, PaperForm, service=request.user.service)

    def save() -> AgendaItem:
        services.expect_paper(item=row, by=request.user, **form.cleaned_data)
        return row

    return form_page(
        request, form, save=save, title="A paper for this item", caption=row.title, back=row.get_absolute_url(),
        intro="Its writer finds it on their own work. The file is attached when it comes.", button="Expect this paper",
        saying="The paper is expected.",
    )  # fmt: skip


def paper_of(request: HttpRequest, number: int) -> Paper:
    """A paper for who runs the meetings or owes it."""
    row = get(request, Paper, number, *OF_ITEM, permission=SEE)
    if not (request.user.may(RUN) or row.owner_id == request.user.pk):
        raise PermissionDenied(f"This paper is {row.owned_by_words}’s. You may not attach its file.")
    return row


@access(SEE)
@require_http_methods(["GET", "POST"])
def attach_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Attach a paper's file: by who runs the meetings, or by who writes it."""
    row = paper_of(request, paper_id)
    if row.stored_id and not handled_before(request) and request.method != "POST":
        raise Http404
    if request.method == "POST":
        form = AttachForm(request.POST, request.FILES, version=row.version)
    else:
        form = open_form(request, AttachForm, version=row.version)

    def save() -> AgendaItem:
        if row.stored_id:
            raise ValidationError("Its file has come already. A better one is another paper.")
        services.attach_paper(row=row, version=form.version, by=request.user, file=form.cleaned_data["file"])
        return row.item

    return form_page(
        request, form, save=save, title="Attach the paper", caption=row.title, back=row.item.get_absolute_url(),
        button="Attach this file", saying="The paper has come.",
    )  # fmt: skip


@access(SEE)
@require_safe
def open_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The paper itself. That it was opened is logged."""
    row = get_object_or_404(
        Paper.objects.visible_to(request.user)
        .readable_by(request.user)
        .standing()
        .filter(item__in_error_at=None, item__meeting__in_error_at=None),
        pk=paper_id,
        stored__isnull=False,
    )
    log(request, Access.Kind.EXPORT)
    return send(row.stored)


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Change what a paper is called and who writes it."""
    row = get(request, Paper, paper_id, *OF_ITEM)
    form = open_form(request, PaperForm, row=row, service=request.user.service)

    def save() -> AgendaItem:
        return services.change_paper(row=row, version=form.version, by=request.user, **form.cleaned_data).item

    return form_page(
        request, form, save=save, now=now(form), title="Change the paper", caption=row.item.title,
        back=row.item.get_absolute_url(), saying="The paper is changed.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def paper_in_error(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper off an item. Its file can no longer be opened."""
    row = get(request, Paper, paper_id, *OF_ITEM)
    return mark(request, row, what="paper", back=row.item.get_absolute_url())


@access(RUN)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """Record a decision on an item."""
    row = item_of(request, item_id)
    form = open_form(request, DecisionForm)

    def save() -> AgendaItem:
        services.decide(item=row, by=request.user, **form.cleaned_data)
        return row

    return form_page(
        request, form, save=save, title="Record a decision", caption=row.title, back=row.get_absolute_url(),
        button="Record this decision", saying="The decision is recorded.",
    )  # fmt: skip


def decision_of(request: HttpRequest, number: int) -> Decision:
    return get(request, Decision, number, *OF_ITEM)


@access(RUN)
@require_http_methods(["GET", "POST"])
def change_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Put better what was decided and why."""
    row = decision_of(request, decision_id)
    form = open_form(request, DecisionForm, row=row)

    def save() -> AgendaItem:
        return services.change_decision(row=row, version=form.version, by=request.user, **form.cleaned_data).item

    return form_page(
        request, form, save=save, now=now(form), title=f"Change decision {row.number}", caption=row.item.title,
        back=row.item.get_absolute_url(), saying="The decision is changed.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def decision_in_error(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Mark a decision as recorded in error, with who did not agree. A later answer has to be marked first."""
    row = decision_of(request, decision_id)
    answered = Decision.objects.standing().filter(answers=row).exists()
    rests = "A later meeting answered this decision. Mark that answer as recorded in error first." if answered else ""
    return mark(
        request, row, what="decision", rests=rests, back=row.item.get_absolute_url(),
        goes_with_it=list(row.dissents.standing()),
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def dissent(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Record who did not agree, and why."""
    row = decision_of(request, decision_id)
    form = open_form(request, DissentForm, decision=row)

    def save() -> AgendaItem:
        services.dissent(decision=row, by=request.user, **form.cleaned_data)
        return row.item

    return form_page(
        request, form, save=save, title="Somebody did not agree", caption=f"Decision {row.number}: {row.text}"[:160],
        back=row.item.get_absolute_url(), saying="It is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def dissent_in_error(request: HttpRequest, dissent_id: int) -> HttpResponse:
    """Take off that somebody did not agree."""
    row = get(request, Dissent, dissent_id, "decision__item__meeting")
    return mark(request, row, what="disagreement", back=row.decision.item.get_absolute_url())


@access(RUN)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, meeting_id: int, decision_id: int) -> HttpResponse:
    """Record what this meeting made of what an earlier one could only note."""
    meeting = get(request, Meeting, meeting_id, "kind")
    noted = decision_of(request, decision_id)
    form = open_form(request, AnswerForm, meeting=meeting)

    def save() -> AgendaItem:
        services.decide(by=request.user, text=noted.text, answers=noted, **form.cleaned_data)
        return form.cleaned_data["item"]

    return form_page(
        request, form, save=save, title="Confirm what was noted", caption=str(meeting),
        intro=f"Noted on {noted.item.meeting}: {noted.text}", back=meeting.get_absolute_url(),
        saying="What this meeting did is recorded.",
    )  # fmt: skip


@access(RUN)
@require_http_methods(["GET", "POST"])
def add_action(request: HttpRequest, item_id: int) -> HttpResponse:
    """Add an action that the meeting agreed."""
    row = item_of(request, item_id)
    form = open_form(request, ActionForm, service=request.user.service)

    def save() -> AgendaItem:
        services.agree_action(item=row, by=request.user, **form.cleaned_data)
        return row

    return form_page(
        request, form, save=save, title="Add an action", caption=row.title, back=row.get_absolute_url(),
        button="Add this action", saying="The action is on the register, with the meeting it arose at.",
    )  # fmt: skip
