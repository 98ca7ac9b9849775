"""What a form carries and says, and where its errors lead."""

import uuid

import lxml.html
import pytest
from django import forms
from django.template import Context, Template

from openyj.core import forms as core
from openyj.core.forms import UNSEEN
from openyj.core.tests.gallery import GOOD, GalleryForm
from openyj.core.tests.markup import find


def drawn(form) -> lxml.html.HtmlElement:
    source = "{% load page %}{% error_summary form %}{% whole_form form %}"
    return lxml.html.document_fromstring(Template(source).render(Context({"form": form, "csrf_token": "t"})))


def test_every_error_leads_to_a_control_that_can_be_typed_into():
    form = GalleryForm({"code": "too long", "born_day": "31", "born_month": "2", "born_year": "2012", "cash": "1,2"})
    form.is_valid()
    page = drawn(form)
    links = find(find(page, class_="govuk-error-summary")[0], "a")
    assert len(links) == len(form.problems()) == 11
    for link in links:
        (target,) = page.xpath("//*[@id=$id]", id=link.get("href").removeprefix("#"))
        assert target.tag in {"input", "select", "textarea"}
        assert target.get("type") != "hidden"


def test_an_error_of_the_whole_form_leads_to_its_first_control():
    form = GalleryForm(GOOD)
    form.add_error(None, "These two cannot both be so")
    assert form.problems() == [("These two cannot both be so", "id_sessions")]


@pytest.mark.parametrize(
    ("typed", "anchor", "marked"),
    [
        ({"born_day": "4", "born_year": "2012"}, "id_born_1", ["id_born_1"]),
        ({"born_day": "4", "born_month": "6", "born_year": "12"}, "id_born_2", ["id_born_2"]),
        (
            {"born_day": "31", "born_month": "2", "born_year": "2012"},
            "id_born_0",
            ["id_born_0", "id_born_1", "id_born_2"],
        ),
    ],
)
def test_the_error_of_a_date_leads_to_the_box_it_is_about(typed, anchor, marked):
    form = GalleryForm({**{k: v for k, v in GOOD.items() if not k.startswith("born")}, **typed})
    form.is_valid()
    assert [where for _message, where in form.problems()] == [anchor]
    assert [box.get("id") for box in find(drawn(form), class_="govuk-input--error")] == marked


def test_hint_then_error_describe_a_control():
    form = GalleryForm({})
    form.is_valid()
    page = drawn(form)
    (box,) = find(page, id="id_first_name")
    assert box.get("aria-describedby") == "id_first_name_hint id_first_name_error"
    (group,) = page.xpath("//fieldset[.//*[@id='id_born_0']]")
    assert group.get("aria-describedby") == "id_born_hint id_born_error"
    (trade,) = find(page, id="id_trade")
    assert trade.get("aria-describedby") == "id_trade_hint id_trade_error"
    for node in find(page, aria_describedby=True):
        for target in node.get("aria-describedby").split():
            assert page.xpath("//*[@id=$id]", id=target), target


def test_no_browser_bubble_gets_in_front_of_our_messages():
    page = drawn(GalleryForm())
    assert find(page, required=True) == []
    assert find(page, aria_invalid=True) == []
    assert find(page, "form")[0].get("novalidate") is not None


def test_the_browser_remembers_nothing_of_the_last_person():
    page = drawn(GalleryForm())
    boxes = find(page, "input", type="text") + find(page, "input", type="email") + find(page, "textarea")
    remembered = {box.get("autocomplete") for box in boxes}
    assert remembered == {"off"}
    assert find(page, id="id_password")[0].get("autocomplete") == "current-password"


def test_optional_fields_say_so_and_required_ones_do_not():
    page = drawn(GalleryForm())
    labels = {label.get("for"): label.text_content() for label in find(page, "label")}
    assert labels["id_email"] == "Email (optional)"
    assert labels["id_first_name"] == "First name"
    assert labels["id_sure"] == "I have checked this"


def test_only_a_long_select_becomes_a_box_to_type_in():
    page = drawn(GalleryForm())
    assert [select.get("name") for select in find(page, "select", data_pick=True)] == ["trade"]


def test_messages_say_what_to_do_with_the_label():
    form = GalleryForm({"code": "abcdef", "email": "x", "sessions": "21", "area": "w"})
    assert form.errors["first_name"] == ["Enter first name"]
    assert form.errors["code"] == ["Code must be 5 characters or fewer"]
    assert form.errors["email"] == ["Enter an email address in the correct format, like name@example.com"]
    assert form.errors["born"] == ["Enter the date of birth"]
    assert form.errors["size"] == ["Select size"]
    assert form.errors["agreed"] == ["Answer: Has the person agreed?"]
    assert form.errors["area"] == ["Select area from the list"]
    assert form.errors["sessions"] == ["Number of sessions must be 20 or less"]
    assert form.errors["cash"] == ["Enter contribution in cash"]
    assert form.errors["sure"] == ["Select the box: I have checked this"]


def test_a_message_its_author_wrote_stays():
    class Own(core.Form):
        name = forms.CharField(error_messages={"required": "Say who it was"})
        share = forms.CharField(label="50% share", max_length=2)

    form = Own({"share": "abc"})
    assert form.errors == {"name": ["Say who it was"], "share": ["50% share must be 2 characters or fewer"]}


def test_the_same_field_in_two_forms_keeps_its_own_message():
    field = forms.CharField()
    one = type("One", (core.Form,), {"left": field})({})
    two = type("Two", (core.Form,), {"right": field})({})
    assert one.errors["left"] == ["Enter left"]
    assert two.errors["right"] == ["Enter right"]


def test_a_receipt_is_new_for_a_new_form_and_stays_through_errors():
    fresh, other = GalleryForm(), GalleryForm()
    assert fresh.receipt == fresh.receipt != other.receipt
    posted = GalleryForm({"receipt": str(fresh.receipt)})
    posted.is_valid()
    assert posted.receipt == fresh.receipt
    assert find(drawn(posted), "input", name="receipt")[0].get("value") == str(fresh.receipt)


@pytest.mark.parametrize("typed", ["", "nonsense", "1' OR 1=1"])
def test_a_receipt_that_is_none_is_replaced(typed):
    assert isinstance(GalleryForm({"receipt": typed}).receipt, uuid.UUID)


def test_the_version_is_what_the_person_saw():
    assert GalleryForm().version is None
    assert find(drawn(GalleryForm()), "input", name="version") == []
    assert find(drawn(GalleryForm(version=0)), "input", name="version")[0].get("value") == "0"
    assert GalleryForm({"version": "3"}, version=7).version == 3
    # Sent without one, or with one no record has, it saw nothing: it must clash, not overwrite.
    for posted in ({}, {"version": "x"}, {"version": "9" * 5000}, {"version": "-1"}):
        assert GalleryForm(posted, version=7).version == UNSEEN
    assert GalleryForm({}).version is None


def test_after_a_clash_the_form_carries_the_version_that_was_shown():
    from django.http import QueryDict

    form = GalleryForm(QueryDict("version=3"), version=7)
    form.show_version(7)
    assert form.version == 7
    assert find(drawn(form), "input", name="version")[0].get("value") == "7"


def test_sections_place_every_field_once():
    form = GalleryForm()
    placed = [bound.name for _heading, group in form.grouped() for bound in group]
    assert sorted(placed) == sorted(form.fields)
    page = drawn(form)
    assert [h.text for h in find(page, "h2", class_="govuk-heading-m")] == ["Who", "What"]
    for name in form.fields:
        assert page.xpath("//*[@name=$a or starts-with(@name, $b)]", a=name, b=f"{name}_"), name


def test_the_summary_is_in_the_order_of_the_page():
    form = GalleryForm({})
    form.is_valid()
    page = drawn(form)
    order = [node.get("id") for node in find(page, id=True)]
    places = [order.index(anchor) for _message, anchor in form.problems()]
    assert places == sorted(places)


def test_a_file_makes_the_form_multipart():
    assert find(drawn(GalleryForm()), "form")[0].get("enctype") == "multipart/form-data"


def test_what_was_typed_comes_back_escaped():
    form = GalleryForm({"first_name": "<script>", "notes": "</textarea><b>", "born_day": '"><i>'})
    form.is_valid()
    html = Template("{% load page %}{% error_summary form %}{% whole_form form %}").render(Context({"form": form}))
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html
    assert "&lt;script&gt;" in html


def test_options_are_escaped_grouped_and_chosen():
    class Choice(core.Form):
        one = forms.ChoiceField(choices=[("", "-"), ('"><i>', "<b>x</b>"), ("<g>", [("a", "A"), ("b", "B")])])

    html = str(Choice({"one": "b"})["one"])
    assert "<b>" not in html and "<i>" not in html and "<g>" not in html
    select = lxml.html.fragment_fromstring(html)
    assert [(option.get("value"), option.text) for option in find(select, "option")] == [
        ("", "-"),
        ('"><i>', "<b>x</b>"),
        ("a", "A"),
        ("b", "B"),
    ]
    assert [group.get("label") for group in find(select, "optgroup")] == ["<g>"]
    assert [option.get("value") for option in find(select, "option", selected=True)] == ["b"]


def test_a_form_of_a_library_gets_the_same_summary():
    class Library(forms.Form):
        login = forms.EmailField()

    form = Library({})
    form.is_valid()
    html = Template("{% load page %}{% error_summary form %}{{ form }}").render(Context({"form": form}))
    assert 'href="#id_login"' in html
    assert 'id="id_login"' in html
    assert "govuk-input--error" in html
    assert "required" not in html.replace("This field is required", "")
