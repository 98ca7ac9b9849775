"""The renderer and the bound field: which template, which class, which description, which error link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from openyj.core.govuk.widgets import DateWidget, InlineRadios, MoneyWidget

# First match wins, so a subclass stands before its parent: CheckboxSelectMultiple is a RadioSelect to Django,
# SelectMultiple a Select. Neither axe nor a picture shows a wrong order here; the reference HTML test does.
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "govuk-checkboxes"),
    (InlineRadios, "govuk-radios govuk-radios--inline"),
    (forms.RadioSelect, "govuk-radios"),
    (forms.SelectMultiple, "govuk-select"),
    (forms.Select, "govuk-select"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (DateWidget, ""),
    (Input, "govuk-input"),
]
TYPED = {"text", "email", "url", "tel", "search", "number"}
SHOWS_ERROR = ("govuk-input", "govuk-select", "govuk-textarea", "govuk-file-upload")
# Shorter boxes for shorter answers, by the longest answer allowed.
WIDTHS = [(2, 2), (3, 3), (4, 4), (5, 5), (10, 10), (20, 20)]


class GovukBoundField(BoundField):
    """A field with its GOV.UK ids: the hint, then the error, describe the control."""

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}_hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def aria_describedby(self) -> str:
        """The ids a screen reader reads after the label: hint first, then error, as GOV.UK does."""
        if self.is_hidden or not self.auto_id:
            return ""
        return " ".join([self.hint_id] * bool(self.help_text) + [self.error_id] * bool(self.errors))

    @property
    def error_anchor(self) -> str:
        """The id of the first real control: a link to a fieldset or a div would leave the keyboard nowhere."""
        widget = self.field.widget
        if isinstance(widget, DateWidget):
            return f"{self.auto_id}_{min(self.bad_parts, default=0)}"
        if isinstance(widget, forms.RadioSelect | forms.MultiWidget):
            return f"{self.auto_id}_0"
        return self.auto_id

    @property
    def bad_parts(self) -> set[int]:
        """Which of a date's three boxes an error is about; all three unless the error names one."""
        if not self.errors or not isinstance(self.field.widget, DateWidget):
            return set()
        named: set[int] = set()
        for error in self.form.errors.as_data().get(self.name, []):
            named |= set((error.params or {}).get("boxes", ()))
        return named or {0, 1, 2}

    @property
    def kind(self) -> str:
        """Which shape field.html gives this field."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, forms.RadioSelect | forms.MultiWidget):
            return "fieldset"
        if isinstance(widget, forms.PasswordInput):
            return "password"
        return "money" if isinstance(widget, MoneyWidget) else "control"

    @property
    def marked_optional(self) -> bool:
        """Whether the label ends in "(optional)": GOV.UK marks what may be left out, never what may not."""
        return (
            getattr(self.form, "mark_optional", False)
            and not self.field.required
            and not isinstance(self.field.widget, forms.CheckboxInput)
        )

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes without `required` and `aria-invalid`, and with the GOV.UK class.

        The browser's own "fill in this field" bubbles are not accessible and stop a draft being sent; and
        `aria-invalid` is not allowed on radios, while the error text is part of the description already.
        """
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        attrs.pop("aria-invalid", None)
        if isinstance(widget, DateWidget):
            widget.bad_parts = self.bad_parts
            attrs.pop("aria-describedby", None)  # it stands on the fieldset
        elif isinstance(widget, forms.RadioSelect):
            attrs.pop("aria-describedby", None)
        if found := self._classes(widget):
            attrs["class"] = " ".join(filter(None, [found, widget.attrs.get("class", "")]))
        # Forms here are about somebody else: what a browser remembers of the last child is a leak.
        if (isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") in TYPED) and (
            "autocomplete" not in widget.attrs
        ):
            attrs["autocomplete"] = "off"
        return attrs

    def _classes(self, widget: forms.Widget) -> str:
        base = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
        first = base.split(" ", 1)[0]
        if first == "govuk-input" and not isinstance(widget, forms.PasswordInput):
            longest = getattr(self.field, "max_length", None) or getattr(widget, "longest", None)
            if longest and (width := next((css for most, css in WIDTHS if longest <= most), None)):
                base += f" govuk-input--width-{width}"
        return f"{base} {first}--error" if self.errors and first in SHOWS_ERROR else base


class GovukRenderer(TemplatesSetting):
    """Forms, fields and widgets from core's templates."""

    form_template_name = "core/govuk/form.html"
    field_template_name = "core/govuk/field.html"
    bound_field_class = GovukBoundField
