"""Reading a text: the subset of Markdown, tokens, and what was typed wrongly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.documents.reading import as_typed, leaves_no_level_out, read
from openyj.documents.tests.examples import example
from openyj.documents.tokens import read_token, write_quoted, write_token
from openyj.documents.tree import (
    DataTable,
    Emphasis,
    Figure,
    Heading,
    Items,
    Mistake,
    Paragraph,
    Picture,
    Quoted,
    Strong,
    Text,
    as_json,
    from_json,
    plain,
    walk,
)


def only(text: str):
    (block,) = read(text)
    return block


def test_text_is_paragraphs_headings_and_lists():
    assert read("# One\n\nTwo **three** *four*\nfive\n\n- six\n- seven\n  1. eight") == (
        Heading(1, (Text("One"),)),
        Paragraph((Text("Two "), Strong((Text("three"),)), Text(" "), Emphasis((Text("four"),)), Text(" five"))),
        Items(
            False,
            (
                (Paragraph((Text("six"),)),),
                (Paragraph((Text("seven"),)), Items(True, ((Paragraph((Text("eight"),)),),))),
            ),
        ),
    )


@pytest.mark.parametrize(
    "typed", ["<b>x</b> & <script>", "[a](http://x)", "![a](b.png)", "`code`", "| a | b |", "~~x~~"]
)
def test_anything_else_stays_what_was_typed(typed):
    assert only(typed) == Paragraph((Text(typed),))


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("{{ figure 7K3MQR }}", Figure("7K3MQR")),
        ("{{figure 7k3mqr}}", Figure("7K3MQR")),
        ("{{ figure MABC234 }}", Figure("MABC234")),
        ("{{ change 7K3MQR }}", Figure("7K3MQR", change=True)),
        ("{{ change 4CDFGH 7K3MQR }}", Figure("4CDFGH", "7K3MQR", change=True)),
        ('{{ quoted "4:10" source="Survey, 2026" }}', Quoted("4:10", "Survey, 2026")),
        ("{{ quoted “47” source=“A *b* c” }}", Quoted("47", "A *b* c")),
    ],
)
def test_token_in_a_sentence(typed, node):
    assert only(f"So {typed}, too") == Paragraph((Text("So "), node, Text(", too")))


@pytest.mark.parametrize("node", [DataTable("7K3MQR"), Picture("7K3MQR")])
def test_table_and_chart_stand_alone(node):
    word = "table" if isinstance(node, DataTable) else "chart"
    assert read(f"Before {{{{ {word} 7K3MQR }}}} after") == (
        Paragraph((Text("Before"),)), node, Paragraph((Text("after"),)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    ["", "figure", "figure 7K3", "figure 7K3MQR 4CDFGH", "picture 7K3MQR", "quoted 47", 'quoted "47" source=""',
     'quoted "" source="x"', "change A B C D", "figure 7K3-MQ"],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_write(inside):
    token = read_token(inside)
    assert isinstance(token, Mistake) and token.problem.endswith(".") and token.typed == "{{" + inside + "}}"


def test_table_in_a_heading_is_a_mistake():
    assert any(isinstance(node, Mistake) for node in walk(read("# Head {{ table 7K3MQR }}")))


@given(st.text(), st.text(min_size=1))
def test_quoted_number_is_read_back_whatever_its_source(said, source):
    token = write_quoted(said or "1", source)
    (block,) = read(f"x {token}") or [Paragraph(())]
    found = [node for node in walk(block) if isinstance(node, Quoted | Mistake)]
    assert len(found) == 1
    if isinstance(found[0], Quoted):
        assert not set('{}"') & set(found[0].source)


def test_written_tokens_are_read_back():
    assert read_token(write_token("change", "4CDFGH", "7K3MQR")[2:-2]) == Figure("4CDFGH", "7K3MQR", change=True)


@given(st.text(st.sampled_from('# -1.*{}a\n "')))
def test_any_text_is_read_and_leaves_no_heading_level_out(text):
    tree = read(text, deeper=1)
    assert leaves_no_level_out(tree, 1)
    assert from_json(as_json(tree)) == tree


@given(st.one_of(st.text(), st.text(st.sampled_from('# -1.*{}a\\\n "_[]'))), st.sampled_from(["", "- ", "1. ", "# "]))
def test_words_of_the_record_stay_what_was_typed_wherever_they_stand(text, before):
    said = " ".join(text.replace("\0", "").split())
    tree = read(f"{before}x {as_typed(text)}")
    assert plain(tree) == f"x {said}".strip() and len(tree) == 1
    assert not any(isinstance(node, Mistake | Figure | Strong | Emphasis) for node in walk(tree))


@given(st.lists(st.from_regex(r"[A-Za-z][a-z]{0,8}", fullmatch=True), min_size=1))
def test_words_of_a_paragraph_are_all_there_in_order(words):
    assert plain(read(" ".join(words))) == " ".join(words)


def test_filled_document_is_kept_and_read_back_whole():
    tree = example()
    assert from_json(as_json(tree)) == tree
