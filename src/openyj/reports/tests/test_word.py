"""The draft from the record: what is in it with its source, what is not, and that it can be made again as it was."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.factories import make_offence, make_outcome, make_programme
from openyj.circumstances.models import CareStatus, ContactDetail, EteStatus, HowToWork, MentalHealth
from openyj.core import clock
from openyj.network.tests.factories import make_connection
from openyj.people.tests.factories import make_address
from openyj.reports import services
from openyj.reports.facts import FREE_TEXT, facts_of, readable_by
from openyj.reports.tests.factories import make_report
from openyj.reports.word import ANNEX, TO_WRITE, draft_word

pytestmark = pytest.mark.django_db
HIDDEN = "Canaryguarded"


@pytest.fixture
def told(child):
    """A child of whom much is recorded, some of it guarded."""
    since = {"child": child, "service": child.service, "start_date": date(2026, 1, 1)}
    earlier = make_offence(child, description="Broke a fence", offence_date=date(2025, 5, 1))
    make_outcome(earlier)
    wrong = make_offence(child, description="Somebody else’s theft", offence_date=date(2025, 6, 1))
    make_outcome(wrong)
    make_programme(child, earlier, end_date=date(2026, 5, 1), successfully_completed=True)
    make_address(child, lines=f"7 {HIDDEN} Road", accommodation_type="LIVING_WITH_PARENTS")
    with acting(by=None, services=EVERY_SERVICE):
        HowToWork.objects.create(**since, heading="talking", text="Short sentences", said_by="The child", source="Talk")
        EteStatus.objects.create(**since, provision_type="SCHOOL_FULL_TIME", description="Harbour School")
        CareStatus.objects.create(**since)
        ContactDetail.objects.create(
            **since, way="phone", whose=HIDDEN, value=HIDDEN, safe="NOT_SAFE", review_on=date(2100, 1, 1)
        )
        MentalHealth.objects.create(child=child, service=child.service, date_screened=date(2026, 2, 2))
        for row in (wrong, *wrong.outcomes.all()):
            row.in_error_at, row.in_error_reason = clock.now(), "Another child’s"
            row.save()
    make_connection(child, name=HIDDEN, contact=HIDDEN, caution="RISK", caution_reason=HIDDEN)
    return child


@pytest.fixture
def report(told, manager, author, hearing, offence):
    with acting(by=manager.user):
        yield make_report(manager.user, told, author.user, hearing=hearing, offences=[offence])


def words(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


def test_it_says_what_the_record_says_with_where_it_stands(report, author):
    text = words(draft_word(facts_of(report, author.user), handling="SECRET-ISH"))
    for said in (
        "Ceri Morgan", "4 June 2010", "Theft from a shop", "Northmere Youth Court", "Broke a fence", "completed",
        "Short sentences", "Harbour School", "Screened on 2 February 2026", FREE_TEXT,
    ):  # fmt: skip
        assert said in text, said
    assert "Offences, recorded " in text and "Circumstances, recorded" in text
    assert "Somebody else’s theft" not in text  # recorded in error


def test_nothing_guarded_and_no_address_is_on_it(report, author):
    assert HIDDEN not in words(draft_word(facts_of(report, author.user), handling="OFFICIAL"))


def test_a_row_that_may_not_be_on_paper_is_left_out(report, author, monkeypatch):
    from dataclasses import replace

    from openyj.people.kinds import KINDS

    assert "Harbour School" in str(facts_of(report, author.user))
    monkeypatch.setitem(KINDS, "education", replace(KINDS["education"], guarded=lambda row: True))
    assert "Harbour School" not in str(facts_of(report, author.user))


def test_health_only_for_who_may_read_of_it(report, author, staff):
    content = facts_of(report, author.user)
    support = staff("business_support")
    assert "Screened on" not in str(facts_of(report, support))
    assert "Screened on" in str(readable_by(content, author.user))
    assert "Screened on" not in str(readable_by(content, support))


def test_it_is_marked_headed_and_numbered(report, author):
    file = docx.Document(BytesIO(draft_word(facts_of(report, author.user), handling="SECRET-ISH")))
    section = file.sections[0]
    assert "DRAFT - SECRET-ISH" in section.header.paragraphs[0].text
    assert "PAGE" in section.footer._element.xml and "NUMPAGES" in section.footer._element.xml
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings == [*report.kind.headings, ANNEX]
    assert sum(p.text == TO_WRITE for p in file.paragraphs) == len(report.kind.headings)


def test_it_is_made_again_as_the_record_was(report, author, told):
    frozen = services.make_draft(report=report, by=author.user)
    before = words(draft_word(frozen.content, handling="OFFICIAL"))
    with acting(by=None, services=EVERY_SERVICE):
        EteStatus.objects.update(description="Another school")
    frozen.refresh_from_db()
    assert words(draft_word(frozen.content, handling="OFFICIAL")) == before
    second = services.make_draft(report=report, by=author.user)
    assert second.number == 2 and "Another school" in str(second.content)
