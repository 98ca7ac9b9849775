"""Questions put into SQL once: they give what the queryset would, for each asking its own, and nothing of an answer
is kept."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

from openyj.core import clock
from openyj.core.worded import KEPT, Worded, filled

pytestmark = pytest.mark.django_db


def permissions_of(question=lambda rows: rows) -> tuple[Worded, list]:
    """A question that is not among the site's, and how often it was put into words."""
    put = []

    def asking(*, label):
        put.append(label)
        return question(Permission.objects.filter(content_type__app_label=label).order_by("codename"))

    made = Worded(asking, {"label": TextField()})
    KEPT.remove(made)
    return made, put


@pytest.fixture
def rights():
    for label in ("garden", "kitchen"):
        kind = ContentType.objects.create(app_label=label, model=f"{label}thing")
        for what in ("see", "mend"):
            Permission.objects.create(content_type=kind, codename=f"{what}_{label}", name=f"May {what}")


def test_it_gives_what_the_queryset_gives_and_is_put_into_words_once(rights):
    question, put = permissions_of()
    for label in ("garden", "kitchen", "nowhere", "garden"):
        expected = list(Permission.objects.filter(content_type__app_label=label).order_by("codename"))
        assert question.rows(label=label) == expected
    assert len(expected) == 2 and len(put) == 1


def test_each_asking_reads_the_record_anew(rights):
    question, _ = permissions_of()
    assert [each.name for each in question.rows(label="garden")] == ["May mend", "May see"]
    Permission.objects.filter(codename="mend_garden").update(name="May dig")
    assert [each.name for each in question.rows(label="garden")] == ["May dig", "May see"]
    ContentType.objects.filter(app_label="garden").update(app_label="yard")
    assert question.rows(label="garden") == [] and len(question.rows(label="yard")) == 2


def test_what_the_question_joins_is_there_without_asking_again(rights):
    question, _ = permissions_of(lambda rows: rows.select_related("content_type")[:1])
    question.rows(label="garden")
    with CaptureQueriesContext(connection) as asked:
        (row,) = question.rows(label="kitchen")
        assert row.content_type.model == "kitchenthing"
    assert len(asked) == 1


def test_what_the_question_works_out_and_prefetches_is_there(rights):
    question, _ = permissions_of(
        lambda rows: rows.annotate(shown=Concat(Value("You: "), "name")).prefetch_related(
            "content_type__permission_set"
        )
    )
    for label in ("garden", "kitchen"):
        with CaptureQueriesContext(connection) as asked:
            rows = question.rows(label=label)
            assert [row.shown for row in rows] == ["You: May mend", "You: May see"]
            assert {each.codename for each in rows[0].content_type.permission_set.all()} == {
                f"see_{label}", f"mend_{label}"
            }  # fmt: skip
        assert len(asked) == 3


def test_one_argument_may_stand_in_several_places_and_none_may_be_missing(rights):
    question = Worded(lambda *, label: Permission.objects.filter(content_type__app_label=label,
                                                                 codename=Concat(Value("see_"), label)),
                      {"label": TextField()})  # fmt: skip
    KEPT.remove(question)
    assert [row.codename for row in question.rows(label="kitchen")] == ["see_kitchen"]
    with pytest.raises(KeyError, match="label"):
        question.rows()


def test_a_label_is_in_the_readers_language(rights):
    said = {"en-gb": "You: ", "cy": "Chi: "}
    question, _ = permissions_of(lambda rows: rows.annotate(shown=Concat(Value(said[get_language()]), "name"))[:1])
    for language in ("en-gb", "cy", "en-gb"):
        with override(language):
            assert question.rows(label="garden")[0].shown.startswith(said[language])


def test_the_site_has_such_questions():
    assert len(KEPT) > 5


@pytest.mark.parametrize("question", KEPT, ids=lambda each: getattr(each.question, "__name__", "question"))
def test_no_question_of_the_site_looks_at_the_day(question):
    """It would stand still: a day is an argument."""
    said = []
    for day in (date(2020, 2, 29), date(2031, 7, 1)):
        with clock.fixed(day):
            words = question.put()
            said.append((words.sql, filled(words.params, {name: name for name in question.fields})))
    assert said[0] == said[1]
