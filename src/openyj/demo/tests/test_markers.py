"""The invented draft's markers become figures of the record."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import acting
from openyj.demo.markers import NO_CONTRIBUTIONS, text_of
from openyj.documents.figures import Figures
from openyj.documents.filling import fill
from openyj.documents.reading import read
from openyj.documents.tests.conftest import record, today  # noqa: F401 fixtures this room's tests use too
from openyj.documents.tree import plain
from openyj.invented.plan_text import MARKER, SECTIONS
from openyj.invented.plan_text import Section as DraftSection
from openyj.performance.tests.boards import hold
from openyj.plans import services
from openyj.plans.checks import check
from openyj.plans.tests.test_services import parts

pytestmark = pytest.mark.django_db


def test_markers_of_the_invented_draft_all_become_figures_of_the_record(record):  # noqa: F811
    with acting(by=record.head):
        text = text_of(service=record.service, sections=SECTIONS, starts=2026, by=record.head)
        plan = services.start_plan(service=record.service, starts=2026, structure="2024", by=record.head, text=text)
        found = check(plan.service, parts(plan))
    assert not any(MARKER.search(one) for one in text.values())
    assert [(one.part.key, [n.said for n in one.typed]) for one in found.parts if one.typed] == []
    unknown = [problem for one in found.parts for problem in one.filled.problems if "There is no figure" in problem]
    assert unknown == []
    performance = next(one for one in found.parts if one.part.key == "performance")
    assert "in the latest rolling year 9 children" in plain(performance.filled.tree)


def test_draft_says_of_the_board_what_the_measure_s_page_says(record, sign_in):  # noqa: F811
    hold(record.service, date(2026, 8, 20), senior="police health", delegate="education")
    governance = [section for section in SECTIONS if section.slug == "governance"]
    with acting(by=record.head):
        text = text_of(service=record.service, sections=governance, starts=2026, by=record.head)["governance"]
        said = plain(fill(read(text), Figures.live(record.service)).tree)
    lines = sign_in(record.head).get("/performance/board-attendance").context["detail"].lines
    page = next(line.value for line in lines if line.label == "July to September 2026")
    assert page == "2 of 5" and f"quarter that is over, {page} statutory sectors" in said


def test_draft_without_recorded_money_says_so(staff, service):
    head = staff("head_of_service")
    section = DraftSection("resources", "Resources", ("{table:contributions}",))
    with acting(by=head):
        text = text_of(service=service, sections=[section], starts=2026, by=head)
    assert text == {"resources": NO_CONTRIBUTIONS}
