"""A role that is given no assessments meets nothing of one anywhere on a record that it may otherwise read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from openyj.accounts.roles import ROLES, Permission
from openyj.assessment.tests.factories import make_corrected
from openyj.assessment.tests.test_pages import PAGES, address

pytestmark = pytest.mark.django_db
SECRET = "Canaryjudgement"
RECORD = ["child", "timeline", "history", "print", "details"]


@pytest.fixture
def sheet(child, worker, manager):
    return make_corrected(child, worker.user, manager.user, SECRET)


def words(response) -> str:
    return response.content.decode().lower()


@pytest.mark.parametrize("page", PAGES)
def test_business_support_opens_no_page_of_an_assessment(page, sheet, sign_in):
    assert sign_in("business_support").get(address(sheet, page)).status_code == 403


@pytest.mark.parametrize("page", RECORD)
def test_business_support_meets_no_word_of_it_on_the_record(page, sheet, sign_in):
    response = sign_in("business_support").get(reverse(f"people:{page}", args=[sheet.child_id]))
    assert response.status_code == 200
    assert not [word for word in (SECRET.lower(), "assessment", "judgement") if word in words(response)]


@pytest.mark.parametrize("page", ["child", "timeline", "history", "print"])
def test_who_may_read_them_meets_it_on_the_same_pages(page, sheet, sign_in):
    """Without this the test above could pass because nobody is shown anything."""
    assert "assessment" in words(sign_in("inspector").get(reverse(f"people:{page}", args=[sheet.child_id])))


def test_its_page_among_the_facts_is_not_found(sheet, sign_in):
    client = sign_in("business_support")
    page = reverse("people:fact", args=[sheet.child_id, "assessment", sheet.assessment_id])
    assert client.get(page).status_code == 404


def test_who_writes_or_countersigns_an_assessment_may_read_it():
    for role in ROLES.values():
        if role.scope(Permission.ASSESS_CHILDREN) or role.scope(Permission.COUNTERSIGN):
            assert role.scope(Permission.SEE_ASSESSMENTS) == role.scope(Permission.SEE_CHILDREN)
