"""Our markup against GOV.UK's own examples of the same component."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import mark_safe

from openyj.core import forms as core
from openyj.core.components import Link, Row
from openyj.core.tests.markup import bones, example


class Plain(core.Form):
    """A form around one field, with its error where the case needs one."""

    mark_optional = False


def drawn(field: forms.Field, *, error: str = "", files: bool = False) -> str:
    made = type("Made", (Plain,), {"answer": field})({} if error else None)
    if error:
        made.fields["answer"].required = False
        made.add_error("answer", error)
    return made["answer"].as_field_group()


LINES = "<p class='govuk-body'>f</p><p class='govuk-body'>1<br>2<br>3<br>4<br>5</p>"
PAIR = [("yes", "Yes"), ("no", "No")]
THREE = [("1", "One"), ("2", "Two"), ("3", "Three")]
CASES = [
    ("input", "default", forms.CharField(), ""),
    ("input", "with hint text", forms.CharField(help_text="Hint"), ""),
    ("input", "with error message", forms.CharField(), "Wrong"),
    ("input", "with error and hint", forms.CharField(help_text="Hint"), "Wrong"),
    ("textarea", "default", forms.CharField(widget=forms.Textarea), ""),
    ("textarea", "with hint and error message", forms.CharField(widget=forms.Textarea, help_text="Hint"), "Wrong"),
    ("select", "hint", forms.ChoiceField(choices=[], help_text="Hint"), ""),
    ("select", "with hint text and error message", forms.ChoiceField(choices=THREE, help_text="Hint"), "Wrong"),
    (
        "radios",
        "with hint and error message",
        forms.ChoiceField(choices=PAIR, widget=forms.RadioSelect, help_text="Hint"),
        "Wrong",
    ),
    ("radios", "inline", core.YesNoField(help_text="Hint"), ""),
    ("checkboxes", "default", forms.MultipleChoiceField(choices=THREE, widget=forms.CheckboxSelectMultiple), ""),
    (
        "checkboxes",
        "with error message and hint",
        forms.MultipleChoiceField(choices=PAIR, widget=forms.CheckboxSelectMultiple, help_text="Hint"),
        "Wrong",
    ),
    ("date-input", "default", core.DateField(help_text="Hint"), ""),
    ("date-input", "with error message and hint", core.DateField(help_text="Hint"), "Wrong"),
    ("file-upload", "default", forms.FileField(), ""),
    ("file-upload", "with error message and hint", forms.FileField(help_text="Hint"), "Wrong"),
    ("password-input", "default", forms.CharField(widget=forms.PasswordInput), ""),
    ("password-input", "with error message", forms.CharField(widget=forms.PasswordInput, help_text="Hint"), "Wrong"),
]


@pytest.mark.parametrize(("component", "name", "field", "error"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_a_field_has_the_bones_of_the_reference(component, name, field, error):
    assert bones(drawn(field, error=error)) == bones(example(component, name))


def test_the_comparison_sees_a_wrong_class():
    wrong = drawn(forms.CharField(), error="Wrong").replace("govuk-input--error", "govuk-select--error")
    assert bones(wrong) != bones(example("input", "with error message"))


def tagged(source: str, **context) -> str:
    return Template("{% load page %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("component", "name", "source", "context"),
    [
        ("tag", "red", "{% tag 'Late' 'red' %}", {}),
        ("inset-text", "default", "{% inset %}Text{% endinset %}", {}),
        ("warning-text", "default", "{% warning %}Text{% endwarning %}", {}),
        ("details", "default", "{% details 'Help' %}Text{% enddetails %}", {}),
        ("details", "expanded", "{% details 'Help' open=True %}Text{% enddetails %}", {}),
        ("button", "default", "{% button 'Save' %}", {}),
        ("button", "explicit link", "{% button 'Start' href='/' %}", {}),
        ("button", "warning", "{% button 'Throw away' kind='warning' %}", {}),
        (
            "notification-banner",
            "with type as success",
            "{% banner kind='success' %}<p class='govuk-notification-banner__heading'>Saved</p>{% endbanner %}",
            {},
        ),
        (
            "summary-list",
            "no-border",
            "{% summary_list rows no_border=True %}",
            {"rows": [Row("a", "b"), ("c", "d"), ("e", mark_safe(LINES))]},
        ),
    ],
)
def test_a_tag_has_the_bones_of_the_reference(component, name, source, context):
    assert bones(tagged(source, **context)) == bones(example(component, name))


def test_a_list_of_pages_has_the_bones_of_the_reference(rf):
    page = Paginator(range(30), 10).page(2)
    html = tagged("{% pagination page %}", page=page, request=rf.get("/?sort=name&page=2"))
    assert bones(html) == bones(example("pagination", "default"))
    assert re.findall(r'href="([^"]*)"', html) == [f"?sort=name&amp;page={n}" for n in (1, 1, 2, 3, 3)]


def test_two_actions_of_a_row_can_be_told_apart_by_ear():
    html = tagged("{% summary_list rows %}", rows=[Row("Name", "X", [Link("Change", "/a")]), Row("Age", None)])
    assert 'Change<span class="govuk-visually-hidden"> Name</span>' in html
    assert "Not recorded" in html
    assert "govuk-summary-list__row--no-actions" in html
