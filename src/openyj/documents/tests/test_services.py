"""Drafts and frozen versions: each rests on a snapshot, and what is frozen never changes."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.caselevel.models import Snapshot
from openyj.documents import services
from openyj.documents.assembling import Part
from openyj.documents.differences import figure_changes, part_changes, pieces
from openyj.documents.figures import Figures
from openyj.documents.filling import fill
from openyj.documents.models import Rendition, RenditionFile, RenditionValue
from openyj.documents.reading import read
from openyj.documents.tree import DataTable, Picture, plain
from openyj.finance.models import Contribution
from openyj.performance.tests.factories import TODAY, entrant

pytestmark = pytest.mark.django_db
TITLE = "Youth Justice Plan 2026/27"


@pytest.fixture
def acted(record):
    with acting(by=record.head):
        yield record


@pytest.fixture
def document(acted):
    return services.new_document(service=acted.service, reads=Permission.SEE_PLAN)


@pytest.fixture
def parts(acted):
    text = (
        f"There were {{{{ figure {acted.count} }}}} children, {{{{ figure {acted.rate} }}}}, and "
        f"{{{{ figure {acted.money} }}}}. It was {{{{ change {acted.count} }}}}.\n\n"
        f"{{{{ chart {acted.count} }}}}\n\n{{{{ table {acted.count} }}}}\n\n{{{{ table {acted.money} }}}}\n\n"
        '{{ quoted "47" source="Pupil survey" }}'
    )
    return [Part("intro", "Introduction", text), Part("context", "Local context", "")]


def freeze(document, parts, record, name="For the board"):
    return services.freeze(document=document, title=TITLE, parts=parts, name=name, note="", by=record.head)


def said(values) -> dict[str, str]:
    return {value.key.split()[0] + value.code[:1] * value.code.startswith("M"): value.said for value in values}


def test_text_is_filled_in_from_record_and_money(acted, parts):
    filled = fill(read(parts[0].text), Figures.live(acted.service), png=True)
    assert filled.problems == []
    words = " ".join(plain(block) for block in filled.tree)
    assert "There were 9 children, 38 per 100,000, and £200." in words
    assert "It was no clear change (8, then 9; the difference could be chance)." in words
    chart = next(node for node in filled.tree if isinstance(node, Picture))
    series, money = (node for node in filled.tree if isinstance(node, DataTable))
    assert chart.png.startswith(b"\x89PNG") and chart.svg.startswith("<svg") and "9" in chart.alt
    assert series.rows[0][0] == "October 2025 to September 2026" and series.rows[0][1] == "9"
    assert money.foot[-3:] == ("£200", "+£100", "+100.0%")
    assert [(q.said, q.source) for q in filled.quoted] == [("47", "Pupil survey")]


def test_every_drawing_of_a_page_has_its_own_name(acted):
    figures = Figures.live(acted.service)
    text = read(f"{{{{ chart {acted.count} }}}}\n\n{{{{ chart {acted.rate} }}}}")
    trees = [fill(text, figures).tree for _ in range(2)]
    names = [node.svg.partition('aria-labelledby="')[2].split("-title")[0] for tree in trees for node in tree]
    assert len(set(names)) == 4


def test_series_ends_with_the_figure_s_own_period(acted):
    filled = fill(read(f"{{{{ table {acted.before} }}}}"), Figures.live(acted.service))
    assert filled.tree[0].rows[0][0] == "October 2024 to September 2025"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ figure ZZZZZZ }}", "There is no figure with this code."),
        ("{{ chart MONEY }}", "A sum of money has no chart."),
        ("{{ change COUNT RATE }}", "Only figures of one measure"),
        ("{{ change COUNT BEFORE }}", "Only figures of one measure"),
        ("{{ figure }}", "Choose the figure from the list"),
    ],
)
def test_what_cannot_be_said_says_so_and_is_listed(acted, text, problem):
    for name in ("MONEY", "COUNT", "RATE", "BEFORE"):
        text = text.replace(name, getattr(acted, name.lower()))
    (found,) = fill(read(text), Figures.live(acted.service)).problems
    assert problem in found


def test_figure_that_cannot_be_computed_is_a_problem_and_never_nought(service, staff):
    from openyj.performance.tests.factories import make_figure

    entrant(service, TODAY.replace(month=3))
    rate = make_figure(service, show="rate")
    with acting(by=staff("head_of_service")):
        filled = fill(read(f"A rate of {{{{ figure {rate.code} }}}}"), Figures.live(service))
    assert "cannot be computed" in filled.problems[0] and "0" not in plain(filled.tree)


def test_other_service_s_code_says_nothing(acted, other_service, staff):
    stranger = staff("head_of_service", service=other_service)
    with acting(by=stranger):
        filled = fill(
            read(f"{{{{ figure {acted.count} }}}} {{{{ figure {acted.money} }}}}"), Figures.live(other_service)
        )
    assert plain(filled.tree) == " " and len(filled.problems) == 2


def test_codes_are_looked_up_in_two_queries_however_many(acted, django_assert_num_queries):
    figures = Figures.live(acted.service)
    with django_assert_num_queries(2):
        figures.know([acted.count, acted.rate, acted.before, acted.money])


def test_draft_file_first_takes_a_snapshot_and_is_handed_out_again_while_nothing_changed(acted, document, parts):
    def produce(format="html"):
        return services.produce(document=document, title=TITLE, parts=parts, format=format, by=acted.head)

    first = produce()
    assert Snapshot.objects.count() == 1 and first.rendition.snapshot == Snapshot.objects.get()
    assert produce().pk == first.pk and produce("docx").rendition == first.rendition
    entrant(acted.service, TODAY.replace(month=6, day=1))
    again = produce()
    assert again.rendition != first.rendition and Snapshot.objects.count() == 2
    assert b"DRAFT" in bytes(first.content)


def test_money_that_changed_makes_a_new_draft_though_the_snapshot_is_the_same(acted, document, parts):
    def produce():
        return services.produce(document=document, title=TITLE, parts=parts, format="html", by=acted.head).rendition

    first = produce()
    Contribution.objects.filter(year__starts=2026, stream="cash").update(amount=1000)
    assert produce() != first and produce().snapshot == first.snapshot


def test_frozen_version_says_what_it_said_after_the_record_changed(acted, document, parts):
    frozen = freeze(document, parts, acted)
    before = said(frozen.values.all())
    files = {file.format: bytes(file.content) for file in frozen.files.all()}
    entrant(acted.service, TODAY.replace(month=6, day=1))
    Contribution.objects.filter(year__starts=2026, stream="cash").update(amount=1000)
    frozen = Rendition.objects.get(pk=frozen.pk)
    assert said(frozen.values.all()) == before
    assert {file.format: bytes(file.content) for file in frozen.files.all()} == files
    assert fill(read(parts[0].text), Figures.frozen(frozen.snapshot)).values[0].said == "9"
    now = fill(read(parts[0].text), Figures.live(acted.service)).values
    assert now[0].said == "10"
    found = figure_changes(frozen.values.all(), now)
    changed = {change.code: (change.before, change.after) for change in reversed(found)}  # figures before tables
    assert changed[acted.money][1] != changed[acted.money][0]
    assert changed[acted.count] == ("9", "10")


def test_freezing_twice_gives_two_numbers_and_all_three_files(acted, document, parts):
    versions = [freeze(document, parts, acted), freeze(document, parts, acted, "After the board")]
    assert [version.number for version in versions] == [1, 2]
    assert {file.format for file in versions[0].files.all()} == {"docx", "pdf", "html"}
    assert not any(b"DRAFT" in bytes(f.content) for f in versions[0].files.filter(format="html"))


def test_version_without_a_name_is_refused(acted, document, parts):
    with pytest.raises(ValueError, match="name"):
        freeze(document, parts, acted, "  ")


@pytest.mark.parametrize("model", [Rendition, RenditionValue, RenditionFile])
def test_database_refuses_to_change_or_delete_what_was_rendered(acted, document, parts, model):
    freeze(document, parts, acted)
    row = model.objects.first()
    field = {Rendition: "title", RenditionValue: "said", RenditionFile: "sha256"}[model]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: "other"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


def test_rendition_is_seen_by_its_service_s_readers_only(acted, document, parts, staff, other_service):
    freeze(document, parts, acted)
    assert Rendition.objects.visible_to(staff("board_member")).count() == 1
    assert Rendition.objects.visible_to(staff("practitioner")).count() == 0
    stranger = staff("head_of_service", service=other_service)
    with acting(by=stranger):
        assert Rendition.objects.visible_to(stranger).count() == Rendition.objects.count() == 0


def test_words_of_a_section_are_compared_run_by_run():
    before = [
        Part("a", "One", "There were {{ figure 7K3MQR }} children."),
        Part("b", "Two", "Same."),
        Part("c", "Gone", "x"),
    ]
    after = [Part("a", "One", "There are {{ figure 7K3MQR }} children now."), Part("b", "Two", "Same.")]
    changed = part_changes(before, after)
    assert [change.heading for change in changed] == ["One", "Gone"]
    assert [(p.kind, p.text.strip()) for p in changed[0].pieces] == [
        ("same", "There"), ("gone", "were"), ("new", "are"), ("same", "{{ figure 7K3MQR }}"),
        ("gone", "children."), ("new", "children now."),
    ]  # fmt: skip


def test_runs_of_words_give_both_texts_back():
    from hypothesis import given
    from hypothesis import strategies as st

    @given(st.text(st.sampled_from("ab {}\n")), st.text(st.sampled_from("ab {}\n")))
    def holds(before, after):
        found = pieces(before, after)
        assert "".join(p.text for p in found if p.kind != "new") == before
        assert "".join(p.text for p in found if p.kind != "gone") == after

    holds()
