"""Pages of messages: what was sent and what became of it; an administrator's words; one's own calendar address."""

from __future__ import annotations

from django import forms
from django.contrib import messages as banners
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.access import access, everyone, log, signed_in
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.core.components import Link, Row
from openyj.core.dates import say_datetime
from openyj.core.forms import Form
from openyj.core.listing import Column, Filter, Listing
from openyj.outbox import calendars, services
from openyj.outbox.forms import WordingForm
from openyj.outbox.kinds import KINDS, TEST, MessageKind
from openyj.outbox.models import Message, State, Wording
from openyj.outbox.providers import provider
from openyj.outbox.selectors import asked_by, failing, messages_for, recipient, state_tag, what_became_of_it

WATCH = Permission.WATCH_BACKGROUND_WORK


def get_message(request: HttpRequest, message_id: int) -> Message:
    found = messages_for(request.user).filter(pk=message_id).first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def all_messages(request: HttpRequest) -> HttpResponse:
    """What was sent; for who watches it, by everybody of the service. No address and no child's data."""
    watches = request.user.may(WATCH)
    listing = Listing(
        request,
        messages_for(request.user),
        title="Messages" if watches else "Messages I sent",
        columns=[
            Column("name", "Message", value=lambda m: m.words, sort="name", link=Message.get_absolute_url),
            Column("state", "State", value=state_tag, sort=("state", "-asked_at")),
            Column("to", "To", value=recipient, sort=("to_user__name", "-asked_at")),
            Column("by", "Asked for by", value=asked_by, sort=("by__name", "-asked_at")),
            Column("asked_at", "Asked for", value=lambda m: say_datetime(m.asked_at), sort="asked_at"),
        ],
        filters=[Filter("state", forms.ChoiceField(label="State", choices=[("", "All"), *State.choices]))],
        sort="-asked_at",
        export=False,
        empty="No message has been sent yet.",
    )
    if response := listing.response():
        return response
    context = {
        "listing": listing,
        "watches": watches,
        "files": provider().name == "files",
        "form": Form(),
        "here": "messages",
    }
    return render(request, "outbox/messages.html", context)


@signed_in
@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: its words, and what became of it."""
    found = get_message(request, message_id)
    rows = [
        Row("To", recipient(found)),
        Row("Asked for by", asked_by(found)),
        Row("Asked for", say_datetime(found.asked_at)),
        Row("What became of it", what_became_of_it(found)),
    ]
    if found.job and request.user.may(WATCH):
        rows.append(
            Row("Sending", found.job.get_state_display(), [Link("Open", found.job.get_absolute_url(), "the job")])
        )
    context = {
        "message": found,
        "state": state_tag(found),
        "rows": rows,
        "failing": failing(found),
        "watches": request.user.may(WATCH),
        "back": reverse("outbox:messages"),
    }
    return render(request, "outbox/message.html", context)


@access(WATCH)
@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """Send a test message to oneself, to see that messages arrive."""
    try:
        return save_once(request, lambda: services.send(TEST, to=request.user, by=request.user))
    except ValidationError as refusal:
        banners.error(request, refusal.messages[0])
        return redirect("outbox:messages")


@access(WATCH)
@require_POST
def works_again(request: HttpRequest, message_id: int) -> HttpResponse:
    """Say that an address works again, because it was put right or the box was emptied."""
    found = get_message(request, message_id)
    services.works_again(message=found, by=request.user)
    banners.success(request, "Messages go to this address again.")
    return redirect(found)


@access(WATCH)
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every kind of message with its words at this service."""
    own = dict(Wording.objects.filter(service=request.user.service_id).values_list("name", "pk"))
    rows = [
        Row(
            kind.words,
            "Your service's own words" if name in own else "The words that came with the system",
            [Link("Change", reverse("outbox:change_wording", args=[name]), f"the words of {kind.words}")],
        )
        for name, kind in sorted(KINDS.items(), key=lambda item: item[1].words)
    ]
    return render(request, "outbox/wordings.html", {"rows": rows, "here": "wordings"})


@access(WATCH)
@require_http_methods(["GET", "POST"])
def change_wording(request: HttpRequest, name: str) -> HttpResponse:
    """A service's own words for one kind of message, refused where they give away what a message must not say."""
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    own = Wording.objects.filter(service=request.user.service_id, name=name).first()
    form = open_form(request, WordingForm, kind=kind, version=own.version if own else None, initial=words(own or kind))
    return form_page(
        request,
        form,
        save=lambda: save_wording(request, kind, form),
        now=words,
        title=kind.words,
        caption="Words of a message",
        intro="A message may be read by anybody who sees the phone. It never says what service it comes from, where "
        "that is, whom it is about or where to come.",
        back=reverse("outbox:wordings"),
        saying="Your service's messages say this from now on.",
    )


def words(of: Wording | MessageKind) -> dict[str, str]:
    return {"subject": of.subject, "body": of.body}


def save_wording(request: HttpRequest, kind: MessageKind, form: WordingForm) -> str:
    services.change_wording(
        kind=kind,
        by=request.user,
        version=form.version,
        subject=form.cleaned_data.get("subject", ""),
        body=form.cleaned_data["body"],
    )
    return reverse("outbox:wordings")


def calendar_row(user) -> Row:
    """The calendar's line on a person's account page."""
    made = calendars.address_of(user)
    said = f"An address was made {say_datetime(made.made_at)}" if made else "No address yet"
    return Row("My dates in my own calendar", said, [Link("Change", reverse("outbox:calendar"), "calendar address")])


def messages_row(user) -> Row:
    """The line of a person's account page that leads to the messages they sent."""
    said = "With what became of each"
    return Row("Messages I sent", said, [Link("Open", reverse("outbox:messages"), "messages I sent")])


@signed_in
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: whether there is one, to make one, to revoke it."""
    return calendar_page(request)


def calendar_page(request: HttpRequest, **context: object) -> HttpResponse:
    context |= {"made": calendars.address_of(request.user), "back": reverse("accounts:account")}
    return render(request, "outbox/calendar.html", context)


@signed_in
@require_POST
def make_calendar(request: HttpRequest) -> HttpResponse:
    """Make an address and show it, this once. That one was made is logged; the address is kept nowhere."""
    secret = calendars.make_address(by=request.user)
    log(request, Access.Kind.EXPORT, reason="Calendar address made")
    address = request.build_absolute_uri(reverse("outbox:feed", args=[secret]))
    return calendar_page(request, address=address)


@signed_in
@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    """Let one's address stop working."""
    calendars.revoke_address(by=request.user)
    banners.success(request, "The address does not work any more.")
    return redirect("outbox:calendar")


@everyone
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's calendar, for whoever has its secret address: neutral titles and days, and nothing else."""
    owner = calendars.owner_of(secret)
    if owner is None:
        raise Http404
    return HttpResponse(calendars.feed_of(owner), content_type="text/calendar; charset=utf-8")
