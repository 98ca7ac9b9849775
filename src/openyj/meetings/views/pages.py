"""What the pages of this room have in common: getting at a row, the board's navigation, marking a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.core.components import NavItem
from openyj.meetings.forms import MistakeForm
from openyj.meetings.models import MeetingKind
from openyj.people.record import Recorded
from openyj.people.services import record_in_error

SEE, RUN = Permission.SEE_MEETINGS, Permission.RUN_MEETINGS
PAGES = (
    ("Meetings", "meetings:kind"),
    ("Members", "meetings:members"),
    ("Attendance", "meetings:attendance_over_time"),
    ("Terms and standing items", "meetings:terms"),
)


def get(request: HttpRequest, model: type[Any], number: int, *with_it: str, permission: Permission = RUN) -> Any:
    """A row of this service; one in error is there only for a form that was sent, which is then refused in words."""
    rows = model.objects.visible_to(request.user, permission).select_related(*with_it)
    row = get_object_or_404(rows, pk=number)
    if not row.stands and request.method != "POST":
        raise Http404
    return row


def navigation(request: HttpRequest, kind: MeetingKind) -> list[NavItem]:
    """The pages of a board, for its sub-navigation."""
    urls = [(label, reverse(name, args=[kind.pk])) for label, name in PAGES]
    return [NavItem(label, url, active=request.path == url) for label, url in urls]


def values(*names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: {name: getattr(row, name) for name in names}


def now(form: Any) -> Callable[[Any], dict[str, Any]]:
    """For two people at once: the form's fields as a row has them."""
    return type(form).values_of


def mark(
    request: HttpRequest, row: Recorded, *, what: str, back: str, to: str = "", rests: str = "",
    goes_with_it: Iterable[Recorded] = (),
) -> HttpResponse:  # fmt: skip
    """The page that marks a row as recorded in error; `rests` says what has to be marked first, if anything."""
    form = open_form(request, MistakeForm, version=row.version)

    def save() -> str:
        if rests:
            raise ValidationError(rests)
        record_in_error(row=row, version=form.version, by=request.user, goes_with_it=goes_with_it, **form.cleaned_data)
        return to or back

    return form_page(
        request, form, save=save, title=f"Mark this {what} as recorded in error", back=back,
        button="Mark as recorded in error", dangerous=True, saying="Marked as recorded in error.",
    )  # fmt: skip
