"""The page around everything, the components on it, and the pages that say no."""

import re
from datetime import date, datetime
from pathlib import Path

import lxml.html
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from openyj.core.clock import LONDON, fixed
from openyj.core.components import Tag, TimelineItem
from openyj.core.tests.gallery import GOOD, SAVED
from openyj.core.tests.markup import find

CORE = Path(__file__).parents[1]


def page(response) -> lxml.html.HtmlElement:
    assert response.status_code == 200, response.content
    return lxml.html.document_fromstring(response.content.decode())


@pytest.mark.parametrize("address", ["/", "/form", "/list"])
def test_a_page_has_its_frame_for_somebody_not_signed_in(gallery, client, address):
    tree = page(client.get(address))
    assert tree.get("lang") == "en"
    assert len(find(tree, "h1")) == len(find(tree, "main", id="main-content")) == 1
    skip = find(tree, class_="govuk-skip-link")[0]
    assert skip.get("href") == "#main-content"
    links = {a.text_content().strip(): a.get("href") for a in find(tree, "a", class_="govuk-footer__link")}
    assert links == {"Accessibility statement": "/accessibility", "What’s new": "/whats-new"}
    assert "version" in find(tree, class_="govuk-footer__meta-custom")[0].text_content()
    assert "Sign out" not in tree.text_content()
    assert not find(tree, "meta", name="session-seconds")
    ids = [node.get("id") for node in find(tree, id=True)]
    assert len(ids) == len(set(ids))


def test_no_page_needs_inline_code_or_style(gallery, client):
    for address in ("/", "/form", "/list"):
        tree = page(client.get(address))
        assert [node for node in find(tree, "script") if not node.get("src")] == []
        assert find(tree, "style") == find(tree, style=True) == []
        assert [a for node in find(tree) for a in node.attrib if a.startswith("on")] == []


def test_a_training_copy_says_so_and_the_real_one_does_not(gallery, client):
    gallery.DEMO = True
    assert "Training copy: invented people" in page(client.get("/")).text_content()
    gallery.DEMO = False
    assert "Training copy" not in page(client.get("/")).text_content()


def test_the_navigation_shows_where_one_is(rf):
    entries = [
        {"label": "My work", "url": "/", "active": False},
        {"label": "Children", "url": "/children", "active": True},
    ]
    html = render_to_string("core/navigation.html", {"navigation": entries, "search_url": "/search"})
    tree = lxml.html.fragment_fromstring(html)
    assert [(a.text_content(), a.get("aria-current")) for a in find(tree, "a")] == [
        ("My work", None),
        ("Children", "true"),
    ]
    (box,) = find(tree, "input", type="search")
    assert (box.get("name"), find(tree, "label", for_="x")) == ("q", [])
    assert [label.get("for") for label in find(tree, "label")] == [box.get("id")]


def test_a_title_says_when_there_are_errors(gallery, client):
    assert find(page(client.get("/form")), "title")[0].text.strip() == "Add a person - Open Youth Justice"
    tree = page(client.post("/form", {}))
    assert find(tree, "title")[0].text.strip().startswith("Error: Add a person")
    main = find(tree, "main")[0]
    summary, heading = find(main, class_="govuk-error-summary")[0], find(main, "h1")[0]
    order = list(main.iter())
    assert order.index(summary) < order.index(heading)


def test_a_good_form_goes_through(gallery, client):
    SAVED.clear()
    response = client.post("/form", {**GOOD, "receipt": "8c8a5a1e-6f1f-4a39-9d8c-0d1a3d3a4b5c"})
    assert (response.status_code, SAVED) == (302, ["8c8a5a1e-6f1f-4a39-9d8c-0d1a3d3a4b5c"])


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "core/403_csrf.html"])
def test_a_page_that_says_no_says_what_to_do_and_nothing_else(gallery, name):
    secret = {"exception": "canary-exception", "request_path": "/canary/path", "reason": "canary-reason"}
    for context in ({}, secret):
        text = lxml.html.document_fromstring(render_to_string(name, context)).text_content()
        assert "canary" not in text
        assert re.search(r"Go back|check that|ask your manager|open the form again", text, re.I)


def test_a_missing_page_does_not_repeat_its_address(gallery, client):
    response = client.get("/children/canary-name")
    assert response.status_code == 404
    assert b"canary" not in response.content


# components


def tagged(source: str, **context) -> str:
    return Template("{% load page %}" + source).render(Context(context))


def test_a_timeline_is_newest_first_by_month_without_invented_hours():
    events = [
        TimelineItem("Old", date(2026, 5, 2)),
        TimelineItem("Day", date(2026, 6, 4)),
        TimelineItem("Hour", datetime(2026, 6, 4, 14, 2, tzinfo=LONDON), "Ada", "/x", "More"),
        TimelineItem("Same month a year before", date(2025, 6, 4)),
    ]
    tree = lxml.html.fragment_fromstring(tagged("{% timeline events %}", events=events), create_parent="div")
    assert [h.text_content() for h in find(tree, "h2")] == ["June 2026", "May 2026", "June 2025"]
    assert [h.text_content() for h in find(tree, "h3")] == ["Hour", "Day", "Old", "Same month a year before"]
    assert [t.text for t in find(tree, "time")] == ["4 June 2026, 14:02", "4 June 2026", "2 May 2026", "4 June 2025"]
    assert [t.get("datetime") for t in find(tree, "time")][1] == "2026-06-04"


def test_a_timeline_of_nothing_says_so():
    assert "Nothing is recorded yet." in tagged("{% timeline events %}", events=[])


def test_an_alert_is_words_and_not_only_a_colour():
    from openyj.core.components import IdentityBar

    html = tagged("{% identity_bar bar %}", bar=IdentityBar("Sam", facts=[("Age", 15)], alerts=[Tag("Allergy", "red")]))
    assert '<strong class="govuk-tag govuk-tag--red">Allergy</strong>' in html
    assert 'aria-label="Alerts"' in html


def test_what_people_typed_is_escaped_in_every_component():
    bad = "<script>alert(1)</script>"
    from openyj.core.components import IdentityBar, NavItem, Row, Table

    html = tagged(
        "{% identity_bar bar %}{% sub_navigation pages bad %}{% summary_list rows title=bad %}{% timeline events %}"
        "{% table table %}{% tag bad 'red' %}{% button bad %}{% inset %}{{ bad }}{% endinset %}"
        "{% details bad %}{{ bad }}{% enddetails %}{% warning %}{{ bad }}{% endwarning %}"
        "{% banner title=bad %}{{ bad }}{% endbanner %}",
        bad=bad,
        bar=IdentityBar(bad, facts=[(bad, bad)], alerts=[Tag(bad)]),
        pages=[NavItem(bad, "/")],
        rows=[Row(bad, bad)],
        events=[TimelineItem(bad, date(2026, 6, 4), bad, detail=bad)],
        table=Table(bad, [bad], [[bad]]),
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 18


def test_a_colour_or_kind_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="colour"):
        Tag("x", "crimson")
    with pytest.raises(TemplateSyntaxError):
        tagged("{% tag 'x' 'crimson' %}")
    with pytest.raises(TemplateSyntaxError):
        tagged("{% button 'x' kind='big' %}")


def test_dates_and_ages_in_templates():
    with fixed(date(2026, 6, 4)):
        assert tagged("{{ day|say_date }}|{{ day|age }}|{{ none|age }}", day=date(2010, 6, 5), none=None) == (
            "5 June 2010|15|"
        )


def test_every_word_of_the_templates_can_be_translated():
    """Text between tags that no translate tag wraps would stay English on a Welsh page."""
    for path in (CORE / "templates" / "core").rglob("*.html"):
        source = path.read_text()
        source = re.sub(r"{% (blocktranslate|comment).*?{% end\1 %}", "", source, flags=re.S)
        source = re.sub(r"{[%{#].*?[%}#]}|<!doctype html>|<[^>]*>", " ", source, flags=re.S)
        words = [w for w in re.findall(r"[A-Za-z]{2,}", source) if w not in {"ctdot"}]
        assert words == [], path.name


def test_a_welsh_reader_gets_a_page_in_welsh(gallery, client):
    with translation.override("cy"):
        response = client.get("/", headers={"accept-language": "cy"})
    tree = page(response)
    assert tree.get("lang") == "cy"
    assert "Mehefin 2026" in tree.text_content()
