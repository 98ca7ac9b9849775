"""Starting, writing and freezing a Plan."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.documents.differences import figure_changes
from openyj.documents.figures import Figures
from openyj.documents.models import Document
from openyj.documents.services import filled_of
from openyj.documents.tree import plain
from openyj.performance.tests.factories import TODAY, entrant
from openyj.plans import services
from openyj.plans.checks import NotReady, check
from openyj.plans.models import Plan, Section
from openyj.plans.offers import offers
from openyj.plans.structures import structures

pytestmark = pytest.mark.django_db


def parts(plan):
    return [section.part for section in plan.sections.all()]


def write(plan, key, text, by):
    section = plan.sections.get(key=key)
    return services.write_section(section=section, version=section.version, text=text, by=by)


def test_started_plan_has_the_structure_s_headings_in_order(record, plan):
    with acting(by=record.head):
        headings = list(plan.sections.values_list("key", "heading"))
    assert headings == [(section.key, section.heading) for section in structures()["2019"].sections]


def test_second_plan_of_a_year_is_refused_and_leaves_nothing(record, plan):
    with acting(by=record.head):
        with pytest.raises(services.AlreadyThere):
            services.start_plan(service=record.service, starts=2026, structure="2024", by=record.head)
        assert (Plan.objects.count(), Document.objects.count()) == (1, 1)


def test_text_for_a_heading_there_is_none_of_is_refused(record):
    with acting(by=record.head), pytest.raises(KeyError, match="nowhere"):
        services.start_plan(
            service=record.service, starts=2025, structure="2024", by=record.head, text={"nowhere": "x"}
        )


def test_older_version_of_a_section_is_refused(record, plan):
    with acting(by=record.head):
        section = plan.sections.get(key="risks")
        seen = section.version
        services.write_section(section=section, version=seen, text="Mine.", by=record.head)
        with pytest.raises(ChangedUnderneath):
            services.write_section(section=section, version=seen, text="Yours.", by=record.head)
        assert plan.sections.get(key="risks").text == "Mine."


def test_check_lists_missing_sections_typed_numbers_problems_and_quotations(record, plan):
    with acting(by=record.head):
        write(plan, "risks", "We lost 3 posts.", record.head)
        write(plan, "progress", '{{ figure ZZZZZZ }} and {{ quoted "12%" source="A survey" }}', record.head)
        found = check(plan.service, parts(plan))
    assert [one.part.key for one in found.asking] == ["progress", "risks"]
    assert "introduction" not in [part.key for part in found.missing] and len(found.missing) == 8
    assert [(part.key, quoted.said, quoted.source) for part, quoted in found.quoted] == [
        ("progress", "12%", "A survey")
    ]


@pytest.mark.parametrize("text", ["We lost 3 posts.", "{{ figure ZZZZZZ }}", "{{ nothing }}"])
def test_version_with_a_number_that_cannot_be_followed_is_not_frozen(record, plan, text):
    with acting(by=record.head):
        write(plan, "risks", text, record.head)
        with pytest.raises(NotReady) as refusal:
            services.freeze_version(plan=plan, name="One", note="", by=record.head)
        assert [one.part.key for one in refusal.value.found.asking] == ["risks"]
        assert plan.document.renditions.count() == 0


def test_frozen_plan_says_what_it_said_and_the_draft_says_the_new(record, plan):
    with acting(by=record.head):
        frozen = services.freeze_version(plan=plan, name="One", note="", by=record.head)
    entrant(record.service, TODAY.replace(month=6, day=1))
    with acting(by=record.head):
        assert "We met 9 children" in plain(filled_of(frozen).tree)
        now = check(plan.service, parts(plan))
        assert "We met 10 children" in plain(now.parts[0].filled.tree)
        (changed,) = figure_changes(frozen.values.all(), now.values.values())
    assert (changed.code, changed.before, changed.after) == (record.count, "9", "10")


def test_plan_is_seen_by_its_readers_only(record, plan, staff, other_service):
    for role, seen in (("board_member", 1), ("inspector", 1), ("practitioner", 0), ("administrator", 0)):
        user = staff(role)
        with acting(by=user):
            assert Plan.objects.visible_to(user).count() == seen
    stranger = staff("head_of_service", service=other_service)
    with acting(by=stranger):
        assert Plan.objects.count() == Section.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Section.objects.create(service=record.service, plan=plan, key="x", heading="X", order=99)


def test_writer_is_offered_finished_figures_with_what_they_say_and_the_year_s_money(record, plan):
    with acting(by=record.head):
        figures = Figures.live(record.service)
        offered = {offer.label: offer for offer in offers(figures, starts=2026, by=record.head)}
        said = "First time entrants, October 2025 to September 2026: 9"
        assert offered[said].code == record.count
        assert offered["All partners, all contributions, 2026/27: £200"].code == record.money
        for label, offer in offered.items():
            figures.know([offer.code])
            assert label.endswith(figures.figure(offer.code).text)
        again = {offer.code for offer in offers(figures, starts=2026, by=record.head)}
    assert again == {offer.code for offer in offered.values()}
