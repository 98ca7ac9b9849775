"""The pages about a child's circumstances. Changing one fact and its history are `people.views.facts`."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import open_form
from openyj.accounts.roles import Permission
from openyj.circumstances import selectors
from openyj.circumstances.topics import ABOUT, CIRCUMSTANCES, Topic
from openyj.core.dates import say_date
from openyj.people.access import of_child
from openyj.people.forms import version_seen
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page
from openyj.people.views.facts import find


def topic_of(request: HttpRequest, name: str) -> Topic:
    """The topic of that name, or Http404: there is none, or it is not this person's to meet."""
    found = next((topic for topic in selectors.mine(request.user) if topic.name == name), None)
    if found is None:
        raise Http404
    return found


@of_child()
@require_safe
def circumstances(request: HttpRequest, child: Child) -> HttpResponse:
    """Where the child lives and learns, what care and help they have: what holds, then what went before."""
    found = selectors.sections(child, request.user, CIRCUMSTANCES)
    return record_page(request, child, "circumstances/circumstances.html", sections=found)


@of_child()
@require_safe
def about(request: HttpRequest, child: Child) -> HttpResponse:
    """How to work with the child, how to reach them safely, their names, languages and numbers."""
    found = selectors.sections(child, request.user, ABOUT)
    return record_page(request, child, "circumstances/about.html", sections=found)


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, child: Child, kind: str) -> HttpResponse:
    """Add a fact of one topic."""
    topic = topic_of(request, kind)
    if topic.add is None:
        raise Http404
    form = open_form(request, topic.add, child=child)
    back = reverse(topic.page, args=[child.pk])

    def save() -> str:
        topic.save(child=child, by=request.user, **form.cleaned_data)
        return f"{back}#{topic.name}"

    return form_page(request, child, form, save=save, back=back, title=topic.add_text, saying=f"{topic.title}: added")


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, child: Child, kind: str, pk: int) -> HttpResponse:
    """What holds now in place of a fact: the old one ends and the new one begins, both or neither."""
    topic = topic_of(request, kind)
    following = topic.following
    if following is None:
        raise Http404
    _, row = find(request, child, kind, pk, standing=True)
    back = reverse(topic.page, args=[child.pk])
    if row.end_date and request.method != "POST":
        messages.info(request, f"“{row}” has ended on {say_date(row.end_date)}. This is what is recorded now.")
        return redirect(back)
    form = open_form(request, following.form, child=child, version=row.version)

    def save() -> str:
        following.save(row=row, version=version_seen(form), by=request.user, **form.cleaned_data)
        return f"{back}#{topic.name}"

    return form_page(
        request, child, form, save=save, back=back, title=following.title, saying=following.saying,
        template="circumstances/follow.html", row=row, days=topic.days(row),
    )  # fmt: skip
