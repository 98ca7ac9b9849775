"""The pages of a child's record."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.access import log
from openyj.accounts.form_pages import open_form
from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission
from openyj.core.components import Link, Row, TimelineItem
from openyj.people import history, selectors, services, slots
from openyj.people.access import of_child
from openyj.people.forms import AddressForm, ChildForm, version_seen
from openyj.people.kinds import KINDS, kinds_for
from openyj.people.models import Address, Allocation, Child
from openyj.people.pages import adding, form_page, record_page

A_PAGE = 40  # events on one page of the timeline


def events(
    child: Child, request: HttpRequest, *, offset: int = 0, limit: int = A_PAGE, only: list[str] = ()
) -> list[TimelineItem]:
    """A stretch of the timeline as the page shows it, newest first."""
    only = only or kinds_of_timeline(request.user)
    found = selectors.happened(child, request.user, offset=offset, limit=limit, only=only)
    return [
        TimelineItem(
            row.title,
            row.date,
            by=row.by or "",
            detail=row.detail or "",
            url=reverse("people:fact", args=[child.pk, row.kind, row.object_id]),
        )
        for row in found
    ]


def kinds_of_timeline(user: User) -> list[str]:
    """The kinds of the timeline that somebody of this role may read."""
    mine = {kind.name for kind in kinds_for(user)}
    return [name for name, _ in slots.timeline.items() if name in mine]


@of_child()
@require_safe
def overview(request: HttpRequest, child: Child) -> HttpResponse:
    """The first page of a record: how to work with the child, what stands now, what happened last."""
    made = (block(child=child, user=request.user, may_change=child.may_change) for block in slots.blocks)
    blocks = [block for block in made if block]
    return record_page(
        request,
        child,
        "people/overview.html",
        blocks=blocks,
        events=events(child, request, limit=8),
    )


@of_child()
@require_safe
def timeline(request: HttpRequest, child: Child) -> HttpResponse:
    """Everything that happened, newest first, of all kinds or of one."""
    names = kinds_of_timeline(request.user)
    only = [kind for kind in request.GET.getlist("kind") if kind in names]
    # Most records are shorter than a page: what fits on the first needs no counting.
    shown = events(child, request, limit=A_PAGE + 1, only=only) if request.GET.get("page", "1") == "1" else None
    if shown is not None and len(shown) <= A_PAGE:
        count = len(shown)
    else:
        count = selectors.how_much_happened(child, request.user, only=only or names)
    page = Paginator(range(count), A_PAGE).get_page(request.GET.get("page"))
    if page.number == 1 and shown is not None:
        shown = shown[:A_PAGE]
    else:
        shown = events(child, request, offset=page.start_index() - 1 if count else 0, only=only)
    kinds = [(name, KINDS[name].label[:1].upper() + KINDS[name].label[1:], name in only) for name in names]
    return record_page(request, child, "people/timeline.html", page=page, events=shown, kinds=kinds)


@of_child()
@require_safe
def details(request: HttpRequest, child: Child) -> HttpResponse:
    """Who the child is, and the limits on who may open the record."""
    rows = Allocation.objects.of(child, request.user).select_related("worker", "in_error_by")
    return record_page(request, child, "people/details.html", rows=detail_rows(child), allocations=list(rows))


def detail_rows(child: Child) -> list[Row]:
    """Who the child is, as label and value."""
    return [
        Row("First name", child.given_name),
        Row("Family name", child.family_name),
        Row("Name in use", child.known_as),
        Row("Date of birth", history.say_date(child.date_of_birth)),
        Row("Sex", child.get_sex_display()),
        Row("Ethnicity", child.get_ethnicity_display()),
        Row("Our number", child.number),
        Row("Number at the originating service", child.originating_number),
        Row("Locality", child.locality),
        Row("Team", child.team),
        Row("Worker", child.worker),
        Row("How to work with me, in my own words", child.how_to_work_with_me),
    ]


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request: HttpRequest, child: Child) -> HttpResponse:
    """Change who the child is."""
    form = open_form(request, ChildForm, child=child, row=child, user=request.user)
    back = reverse("people:details", args=[child.pk])

    def save() -> str:
        services.change_child(row=child, version=version_seen(form), by=request.user, **form.cleaned_data)
        return back

    return form_page(request, child, form, save=save, title="Change details", back=back, saying="Details changed")


@of_child()
@require_safe
def addresses(request: HttpRequest, child: Child) -> HttpResponse:
    """Where the child lives and lived."""
    rows = list(Address.objects.of(child, request.user).select_related("in_error_by"))
    return record_page(request, child, "people/addresses.html", rows=rows)


add_address = adding(AddressForm, services.add_address, label="address", page="people:addresses")


@of_child()
@require_safe
def record_history(request: HttpRequest, child: Child) -> HttpResponse:
    """Who changed what on this record, newest first."""
    page = Paginator(history.of_child(child, request.user), 50).get_page(request.GET.get("page"))
    return record_page(request, child, "people/history.html", page=page, entries=history.tell(page.object_list))


@of_child(Permission.REVIEW_ACCESS)
@require_safe
def looked(request: HttpRequest, child: Child) -> HttpResponse:
    """Who has looked at this record."""
    page = Paginator(selectors.looks(child), 50).get_page(request.GET.get("page"))
    looks = [(look, page_in_words(look.path, child)) for look in page]
    return record_page(request, child, "people/looked.html", page=page, looks=looks)


def page_in_words(path: str, child: Child) -> str:
    """The page an address of this record is: "Offences: add", "Outcome 1277: in error". Another address stays."""
    mine = f"/children/{child.pk}"
    if path == mine:
        return "Overview"
    if not path.startswith(f"{mine}/"):
        return path
    what, *rest = path.removeprefix(f"{mine}/").replace("-", " ").split("/")
    number = f" {rest.pop(0)}" if rest and rest[0].isdecimal() else ""
    return ": ".join([what.capitalize() + number, *rest])


@of_child(kind=Access.Kind.PRINT)
@require_safe
def printed(request: HttpRequest, child: Child) -> HttpResponse:
    """The whole record on paper. Opening this page is logged as a print."""
    first, parts = [], []
    for kind in kinds_for(request.user):
        rows = list(kind.read(kind.model.objects.of(child, request.user).standing()))
        said = [(str(row), list(kind.say(row))) for row in rows if kind.on_paper(row)]
        part = (kind.label[:1].upper() + kind.label[1:], said, len(rows) - len(said))
        (first if kind.first_on_paper else parts).append(part)
    return record_page(request, child, "people/print.html", rows=detail_rows(child), parts=parts, first=first)


@of_child()
@require_POST
def note_print(request: HttpRequest, child: Child) -> HttpResponse:
    """The browser says that a page of this record is being printed."""
    log(request, Access.Kind.PRINT, child=child.pk, reason=request.POST.get("page", ""))
    return HttpResponse(status=204)


def address_block(*, child: Child, user, may_change: bool) -> slots.Block:
    """The overview's card about where the child lives."""
    rows = [
        (f"Since {history.say_date(a.start_date)}", str(a)) for a in selectors.told(selectors.lives_at, child, user)
    ]
    links = [Link("Add an address", reverse("people:add_address", args=[child.pk]))] if may_change else []
    return slots.Block("Lives at", rows, "No address is recorded.", links)
