"""The form every page builds on, and the fields it is built of.

A form checks what was typed and saves nothing. Every message says what to do, with the field's own label.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from openyj.core.fields import DateField, MoneyField, WholeNumberField, YesNoField
from openyj.core.govuk.widgets import DateWidget, InlineRadios, MoneyWidget, NumberWidget
from openyj.core.words import in_a_sentence

__all__ = [
    "UNSEEN",
    "DateField",
    "DateWidget",
    "Form",
    "InlineRadios",
    "ModelForm",
    "MoneyField",
    "MoneyWidget",
    "NumberWidget",
    "WholeNumberField",
    "YesNoField",
    "read_version",
]

UNSEEN = -1  # a version no record has


class _Page:
    """What both kinds of form carry: receipt, version, sections, and messages that say what to do."""

    use_required_attribute = False
    mark_optional = True
    # (heading, names of its fields), in order; empty for one run of fields without headings.
    sections: ClassVar[list[tuple[str, list[str]]]] = []

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._given_version = version
        self._fresh_receipt = uuid.uuid4()
        for name, field in self.fields.items():
            instruct(field, field.label or name.replace("_", " ").capitalize())

    @property
    def receipt(self) -> uuid.UUID:
        """The once-token of this filled-in form: what was posted, else a new one. Twice the same makes one."""
        try:
            return uuid.UUID(self.data.get("receipt", ""))
        except (ValueError, AttributeError, TypeError):
            return self._fresh_receipt

    @property
    def version(self) -> int | None:
        """The version of the record the person saw: what was posted, before that what the view gave.

        A form sent without it saw no version at all, and so clashes: otherwise it would overwrite unseen.
        """
        if not self.is_bound or (self._given_version is None and "version" not in self.data):
            return self._given_version
        posted = read_version(self.data.get("version"))
        return UNSEEN if posted is None else posted

    def show_version(self, version: int) -> None:
        """After a clash was shown: the next press of the button means this version, not the stale one."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["version"] = str(version)
        self._given_version = version

    def grouped(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Visible fields under their section's heading; fields no section names come first, without one."""
        if not self.sections:
            return
        placed = {name for _heading, names in self.sections for name in names}
        loose = [bound for bound in self.visible_fields() if bound.name not in placed]
        if loose:
            yield "", loose
        for heading, names in self.sections:
            if group := [self[name] for name in names if name in self.fields and not self[name].is_hidden]:
                yield heading, group

    def problems(self) -> list[tuple[str, str]]:
        """(message, id of its control) for the error summary, in the page's order.

        An error of the whole form, or of a hidden field, goes to the first control.
        """
        visible = [bound for _heading, group in self.grouped() for bound in group] or self.visible_fields()
        first = visible[0].error_anchor if visible else ""
        found = [(str(error), first) for error in self.non_field_errors()]
        found += [(str(error), bound.error_anchor) for bound in visible for error in bound.errors]
        hidden = [(str(error), first) for bound in self.hidden_fields() for error in bound.errors]
        return found + hidden


class Form(_Page, forms.Form):
    """A form of its own fields."""


class ModelForm(_Page, forms.ModelForm):
    """A form of a model's fields. Give `version=instance.version` when it changes a record that has one."""


def read_version(posted: object) -> int | None:
    """The version a form was sent with; None where it says none that a record can have."""
    return int(posted) if isinstance(posted, str) and re.fullmatch(r"\d{1,9}", posted, re.ASCII) else None


def instruct(field: forms.Field, label: object) -> None:
    """Put instructions in the place of Django's descriptions, except where the form's author wrote the message."""
    label = str(label)
    says = {"required": _asks(field, in_a_sentence(label))}
    label = label.replace("%", "%%")  # the messages below are filled in a second time, with limits
    thing = in_a_sentence(label)
    if isinstance(field, forms.CharField):
        says["max_length"] = _("%(label)s must be %%(limit_value)s characters or fewer") % {"label": label}
        says["min_length"] = _("%(label)s must be %%(limit_value)s characters or more") % {"label": label}
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        says["invalid"] = _("%(label)s must be a number") % {"label": label}
        says["max_value"] = _("%(label)s must be %%(limit_value)s or less") % {"label": label}
        says["min_value"] = _("%(label)s must be %%(limit_value)s or more") % {"label": label}
    if isinstance(field, forms.IntegerField):
        says["invalid"] = _("%(label)s must be a whole number, like 12") % {"label": label}
    if isinstance(field, forms.EmailField):
        says["invalid"] = _("Enter an email address in the correct format, like name@example.com")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        says["invalid_choice"] = _("Select %(thing)s from the list") % {"thing": thing}
    if isinstance(field, forms.FileField):
        says["empty"] = _("The selected file is empty. Choose another file")
    for code, message in says.items():
        if field.error_messages.get(code) == _default(field, code):
            field.error_messages[code] = message


def _default(field: forms.Field, code: str) -> object:
    return next(
        (
            vars(c)["default_error_messages"][code]
            for c in type(field).__mro__
            if code in vars(c).get("default_error_messages", {})
        ),
        None,
    )


def _asks(field: forms.Field, thing: str) -> str:
    if isinstance(field, DateField):
        return field.asks()
    if thing.endswith("?"):
        return _("Answer: %(thing)s") % {"thing": thing[0].upper() + thing[1:]}
    if isinstance(field, forms.FileField):
        return _("Choose a file for %(thing)s") % {"thing": thing}
    if isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        return _("Select the box: %(thing)s") % {"thing": thing}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Select %(thing)s") % {"thing": thing}
    return _("Enter %(thing)s") % {"thing": thing}
