"""A page with one form: opened with its draft, refused in words, compared with a colleague's version, saved once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from openyj.accounts.drafts import draft_for, drafted_fields
from openyj.accounts.models import Receipt, Versioned
from openyj.accounts.receipts import read_token, save_once
from openyj.accounts.versions import ChangedUnderneath
from openyj.core.dates import say_date


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now and as it was typed, in words; empty for nothing."""

    label: str
    saved: str
    typed: str

    @property
    def differs(self) -> bool:
        return self.saved != self.typed


def open_form(request: HttpRequest, form: type[Any], **kwargs: Any) -> Any:
    """The form as posted; else as its draft was left, without complaints about what is unfinished; else fresh."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **kwargs)
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
    response, current = send(request, form, save, saying=saying)
    if response:
        return response
    differences = None
    if current is not None:
        differences = [each for each in compare(form, now(current) if now else {}) if each.differs]
    context |= {"form": form, "title": title, "back": back, "cancel": back, "differences": differences}
    status = 200 if differences is None else 409
    return render(request, template, context | draft_context(request), status=status)


def send(
    request: HttpRequest, form: Any, save: Callable[[], object], *, saying: str = ""
) -> tuple[HttpResponse | None, Versioned | None]:
    """Save a form that was sent and is valid, once, and lead on; or put the refusal on the form; or give the row as a
    colleague saved it meanwhile. Nothing of these for a form that is only shown."""
    if request.method != "POST":
        return None, None
    valid = form.is_valid()
    if before := handled_before(request):
        return before, None
    return save_or_refuse(request, form, save, saying=saying) if valid else (None, None)


def handled_before(request: HttpRequest) -> HttpResponse | None:
    """Where this very form led when it was sent before. It counts before what a check refuses: what the first sending
    made may be just that (a duplicate of itself). Ask it after checking, as the first may end in between."""
    token = read_token(request.POST.get("receipt", ""))
    earlier = Receipt.objects.filter(token=token, user=request.user).exclude(led_to="").first()
    return HttpResponseRedirect(earlier.led_to) if earlier else None


def save_or_refuse(
    request: HttpRequest, form: Any, save: Callable[[], object], *, saying: str = ""
) -> tuple[HttpResponse | None, Versioned | None]:
    """As `send`, for a form that is known to be valid."""
    try:
        response = save_once(request, save)
    except ValidationError as refusal:
        refuse(form, refusal)
        return None, None
    except ChangedUnderneath as changed:
        form.show_version(changed.current.version)
        return None, changed.current
    if saying:
        messages.success(request, saying)
    return response, None


def refuse(form: forms.Form, refusal: ValidationError) -> None:
    """Put a refusal on the form: at the field it or its code names, or above all of them."""
    if hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for error in refusal.error_list:
        form.add_error(error.code if error.code in form.fields else None, error)


def compare(form: forms.Form, saved: Mapping[str, Any], names: Iterable[str] | None = None) -> list[Difference]:
    """What is saved beside what was typed, in words, for the fields of `names` (all of them, if none are named) that
    `saved` holds and a person sees."""
    return [
        Difference(str(field.label), say(field, saved[name]), say(field, form.cleaned_data.get(name)))
        for name in (form.fields if names is None else names)
        if name in saved and (field := form.fields.get(name)) and not field.widget.is_hidden
    ]


def say(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it: labels for codes, dates in words, empty for nothing."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return say_date(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "; ".join(sorted(field.label_from_instance(each) for each in value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list):
        return "; ".join(say(field, each) for each in value)
    offered = () if isinstance(field, forms.ModelChoiceField) else getattr(field, "choices", ())
    choices = {str(key): label for key, label in offered if not isinstance(label, list | tuple)}
    return str(choices.get(str(value), value))


def draft_context(request: HttpRequest) -> dict[str, Any]:
    """Where the form keeps its draft, and the draft that was restored."""
    where = urlencode({"path": request.path})
    return {
        "draft": f"{reverse('save_draft')}?{where}",
        "kept": draft_for(request) if request.method == "GET" else None,
        "throw_away": f"{reverse('throw_draft_away')}?{where}",
    }
