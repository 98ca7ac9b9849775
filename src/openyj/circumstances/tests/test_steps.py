"""Care, SEND, needs of health, referrals to partners and parenting support: what is refused, what is only odd, and how
far each is said to have come."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.factories import make_programme
from openyj.casework.tests.sending import on, rows
from openyj.circumstances.models import (
    AdditionalNeed,
    CareStatus,
    MentalHealth,
    ParentingIntervention,
    PartnerReferral,
    SubstanceMisuse,
)
from openyj.circumstances.tests.test_pages import add, page_of
from openyj.circumstances.topics import TOPICS
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db
NO_DAY = on("date_screened", "", "", "") | on("date_referred", "", "", "")


def make(model, child, **fields):
    with acting(by=None, services=EVERY_SERVICE):
        return model.objects.create(child=child, **fields)


REFUSED = [
    ("care-status", {"status": ""}, "Select care status"),
    ("care-status", on("end_date", 28, 2, 2026), "It cannot end before it began (1 March 2026)"),
    ("send-aln", {"identified": ""}, "Answer: Is a need identified?"),
    ("send-aln", on("start_date", 3, 6, 2010), "before the child was born"),
    ("mental-health", NO_DAY, "Enter the day of one step at least"),
    ("mental-health", on("date_offered", 31, 3, 2026), "Help cannot be offered before the screening (1 April 2026)"),
    ("mental-health", on("date_referred", 3, 6, 2010), "before the child was born"),
    ("mental-health", on("date_offered", 5, 6, 2026), "Date offered must be today or in the past"),
    ("mental-health", on("date_attended_end", 1, 6, 2026), "Enter the day the child first attended"),
    ("substance-misuse", on("date_attended_start", 19, 4, 2026), "before it was offered (20 April 2026)"),
    ("substance-misuse", on("date_attended_end", 30, 4, 2026), "before it was first attended (1 May 2026)"),
    ("substance-misuse", {"intervention_type": "GETTING_HELP"}, "Select kind of help offered from the list"),
    ("partner-referral", {"partner_kind": ""}, "Select kind of partner"),
    ("partner-referral", on("date_accepted", 30, 4, 2026), "This cannot be before the referral (1 May 2026)"),
    ("partner-referral", on("date_first_seen", 30, 4, 2026), "This cannot be before the referral (1 May 2026)"),
    ("partner-referral", on("date_ended", 30, 4, 2026), "This cannot be before the referral (1 May 2026)"),
    ("partner-referral", on("date_declined", 9, 5, 2026), "A referral is accepted or declined"),
    (
        "partner-referral",
        on("date_accepted", "", "", "") | on("date_declined", 9, 5, 2026),
        "Select why it was declined",
    ),
    (
        "partner-referral",
        on("date_accepted", "", "", "") | on("date_declined", 9, 5, 2026) | on("date_first_seen", 9, 5, 2026),
        "The child was seen, so it was not declined",
    ),
    ("partner-referral", {"decline_reason": "NO_CAPACITY"}, "Enter the day it was declined"),
    ("parenting-support", {"parenting_intervention_type": ""}, "Select kind of support"),
    (
        "parenting-support",
        on("date_referred", "", "", "") | on("start_date", "", "", ""),
        "Enter the day of the referral, or the day it began",
    ),
    ("parenting-support", on("end_date", 31, 3, 2026), "It cannot end before it began (1 April 2026)"),
    (
        "parenting-support",
        on("start_date", "", "", "") | on("end_date", 1, 6, 2026),
        "Enter the day it began, since it has ended",
    ),
    ("parenting-support", {"sessions_planned": "1001"}, "Sessions planned must be 1000 or less"),
]


@pytest.mark.parametrize(("name", "change", "message"), REFUSED)
def test_what_cannot_be_is_refused_with_what_to_do(manager, child, name, change, message):
    page = add(manager, child, name, **change)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert rows(TOPICS[name].model) == []


DAY, LATER = date(2026, 5, 1), date(2026, 5, 2)


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (CareStatus, {"status": "NONE", "start_date": LATER, "end_date": DAY}),
        (AdditionalNeed, {"identified": "NO", "start_date": LATER, "end_date": DAY}),
        *[
            (model, bad)
            for model in (MentalHealth, SubstanceMisuse)
            for bad in (
                {},
                {"date_screened": LATER, "date_offered": DAY},
                {"date_offered": LATER, "date_attended_start": DAY},
                {"date_attended_start": LATER, "date_attended_end": DAY},
                {"date_screened": DAY, "date_attended_end": DAY},
            )
        ],
        *[
            (PartnerReferral, {"partner_kind": "OTHER", "date_referred": LATER, step: DAY})
            for step in ("date_accepted", "date_declined", "date_first_seen", "date_ended")
        ],
        (
            PartnerReferral,
            {"partner_kind": "OTHER", "date_referred": DAY, "date_accepted": DAY, "date_declined": DAY},
        ),
        (
            PartnerReferral,
            {"partner_kind": "OTHER", "date_referred": DAY, "date_first_seen": DAY, "date_declined": DAY},
        ),
        (ParentingIntervention, {"parenting_intervention_type": "OTHER"}),
        (ParentingIntervention, {"parenting_intervention_type": "OTHER", "start_date": LATER, "end_date": DAY}),
        (ParentingIntervention, {"parenting_intervention_type": "OTHER", "date_referred": DAY, "end_date": DAY}),
        (ParentingIntervention, {"parenting_intervention_type": "OTHER", "start_date": DAY, "sessions_planned": 1001}),
    ],
)
def test_the_database_refuses_it_too(child, model, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, child, **bad)


ODD = [
    ("send-aln", {"identified": "NO", "formal_plan": "YES"}, "A formal plan is recorded, and that no need"),
    ("mental-health", on("date_referred", 31, 3, 2026), "Referred before the screening"),
    ("mental-health", on("date_offered", 4, 5, 2026), "Offered before the referral"),
    ("mental-health", on("date_offered", 6, 5, 2026), "figures count no offer without it"),
    ("substance-misuse", {"need_identified": "NO"}, "Help is recorded, and that no need was found"),
    ("substance-misuse", {"intervention_type": "NO_INTERVENTION"}, "the kind of help is “No intervention”"),
    ("partner-referral", on("date_first_seen", 7, 5, 2026), "Seen before it was accepted"),
    ("parenting-support", {"sessions_attended": "9"}, "9 sessions attended are more than the 8 planned"),
    ("parenting-support", on("date_referred", 2, 4, 2026), "It began before the referral"),
]


@pytest.mark.parametrize(("name", "change", "words"), ODD)
def test_what_is_only_odd_is_saved_and_said(manager, child, name, change, words):
    assert add(manager, child, name).status_code == 302
    assert words not in page_of(manager, child)
    assert add(manager, child, name, **change).status_code == 302
    assert words in page_of(manager, child)


SAID = [
    ("care-status", {"status": "NOT_KNOWN", "description": ""}, ">Recorded as unknown</a>"),
    ("care-status", {"status": "NONE", "description": ""}, ">None</a>"),
    (
        "send-aln",
        {"identified": "NOT_KNOWN", "description": "", "formal_plan": ""},
        "unknown, formal plan not recorded",
    ),
    ("send-aln", {"formal_plan": "NOT_KNOWN", "description": ""}, "Identified, formal plan: recorded as unknown"),
    ("send-aln", {"identified": "NO", "description": ""}, ">None identified</a>"),
    ("mental-health", on("date_referred", "", "", ""), "Screened on 1 April 2026, a need found, not referred yet"),
    ("mental-health", on("date_referred", "", "", "") | {"need_identified": "NO"}, "1 April 2026, no need found"),
    (
        "mental-health",
        on("date_referred", "", "", "") | {"need_identified": "NOT_KNOWN"},
        "whether there is a need: recorded as unknown",
    ),
    ("mental-health", on("date_referred", "", "", "") | {"need_identified": ""}, "was found is not recorded"),
    (
        "mental-health",
        on("date_offered", 3, 6, 2026) | {"intervention_type": "GETTING_HELP"},
        "Getting help, offered on 3 June 2026, not attended for 1 day<",
    ),
    ("partner-referral", on("date_accepted", "", "", ""), "referred on 1 May 2026, no answer for 34 days"),
    ("partner-referral", on("date_first_seen", 20, 5, 2026), "first seen on 20 May 2026"),
    (
        "partner-referral",
        on("date_accepted", "", "", "") | on("date_declined", 9, 5, 2026) | {"decline_reason": "NO_CAPACITY"},
        "declined on 9 May 2026: no capacity, or the list is closed",
    ),
    ("parenting-support", on("start_date", "", "", ""), "referred on 1 March 2026, not begun"),
    ("parenting-support", {"sessions_attended": ""}, "not recorded how many of 8 sessions attended"),
    ("parenting-support", {"sessions_attended": "0"}, "0 of 8 sessions attended"),
]


@pytest.mark.parametrize(("name", "change", "words"), SAID)
def test_how_far_it_has_come_and_what_is_unknown(manager, child, name, change, words):
    assert add(manager, child, name, **change).status_code == 302
    assert words in page_of(manager, child)


def test_a_declined_referral_stands_below_and_not_on_the_overview(manager, child):
    declined = on("date_accepted", "", "", "") | on("date_declined", 9, 5, 2026) | {"decline_reason": "NO_CAPACITY"}
    add(manager, child, "partner-referral", **declined)
    page = page_of(manager, child)
    assert page.index("Partner referrals: before") < page.index("declined on 9 May 2026")
    assert "declined on 9 May 2026" not in page_of(manager, child, "")


def test_a_care_status_follows_another_in_one_step(manager, child):
    add(manager, child, "care-status")
    (row,) = rows(CareStatus)
    sent = {"status": "CHILD_PROTECTION_PLAN", "version": 1} | on("start_date", 1, 6, 2026)
    assert manager.post(f"/children/{child.pk}/circumstances/care-status/{row.pk}/next", sent).status_code == 302
    found = {(each.status, each.end_date) for each in rows(CareStatus)}
    assert found == {("CHILD_IN_NEED", date(2026, 5, 31)), ("CHILD_PROTECTION_PLAN", None)}


def test_parenting_support_is_part_of_a_programme_of_the_same_child(manager, service, child):
    mine, other = make_programme(child), make_programme(make_child(service, given_name="Bryn"))
    page = add(manager, child, "parenting-support", programme=other.pk)
    assert page.status_code == 200 and "Select as part of which programme?" in page.content.decode()
    assert add(manager, child, "parenting-support", programme=mine.pk).status_code == 302
    assert rows(ParentingIntervention)[0].programme == mine
    assert str(mine) in page_of(manager, child)


def test_the_timeline_tells_the_steps(manager, child):
    add(manager, child, "mental-health")
    add(manager, child, "partner-referral")
    page = page_of(manager, child, "/timeline")
    assert "screened 1 April 2026, referred 5 May 2026" in page
    assert "Referred to a partner: Speech and language" in page and "accepted 8 May 2026" in page
