"""A page with one form, for the rooms beneath people: opened with its draft, refused, compared with a colleague's
version, saved once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from openyj.accounts.drafts import draft_for, drafted_fields
from openyj.accounts.receipts import save_once
from openyj.accounts.versions import ChangedUnderneath
from openyj.core.dates import say_date


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now and as it was typed."""

    label: str
    saved: str
    typed: str


def open_form(request: HttpRequest, form: type[Any], **kwargs: Any) -> Any:
    """The form as posted; else as its draft was left, without complaints about what is unfinished; else fresh."""
    if request.method == "POST":
        return form(request.POST, **kwargs)
    drafted = drafted_fields(request)
    made = form(drafted, **kwargs)
    if drafted is not None:
        made._errors = ErrorDict()
    return made


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    save: Callable[[], object],
    title: str,
    back: str,
    saying: str = "",
    now: Callable[[Any], Mapping[str, Any]] | None = None,
    template: str = "accounts/form.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`; when it is sent and valid, `save()` and go where that says.

    A ValidationError from `save` is shown on the form (an error code that is a field's name puts it there). When
    someone else saved meanwhile, both versions are shown (`now` gives the fields of the row as it is), and sending the
    form again means this newer version.
    """
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            response = save_once(request, save)
        except ValidationError as refusal:
            refuse(form, refusal)
        except ChangedUnderneath as changed:
            differences = compare(form, now(changed.current) if now else {})
            form.show_version(changed.current.version)
        else:
            if saying:
                messages.success(request, saying)
            return response
    where = urlencode({"path": request.path})
    context |= {
        "form": form,
        "title": title,
        "back": back,
        "cancel": back,
        "differences": differences,
        "draft": f"{reverse('save_draft')}?{where}",
        "kept": draft_for(request) if request.method == "GET" else None,
        "throw_away": f"{reverse('throw_draft_away')}?{where}",
    }
    return render(request, template, context, status=200 if differences is None else 409)


def refuse(form: forms.Form, refusal: ValidationError) -> None:
    """Put a refusal on the form, at the field its code names or above all of them."""
    for error in refusal.error_list:
        form.add_error(error.code if error.code in form.fields else None, error)


def compare(form: forms.Form, saved: Mapping[str, Any]) -> list[Difference]:
    """The fields in which what is saved and what was typed differ, in words."""
    rows = []
    for name, field in form.fields.items():
        theirs, mine = say(field, saved.get(name)), say(field, form.cleaned_data.get(name))
        if name in saved and theirs != mine:
            rows.append(Difference(str(field.label), theirs, mine))
    return rows


def say(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it."""
    if value in (None, ""):
        return "Nothing"
    if isinstance(value, date):
        return say_date(value)
    if isinstance(value, Model):
        return str(value)
    choices = {str(key): label for key, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)}
    return str(choices.get(str(value), value))
