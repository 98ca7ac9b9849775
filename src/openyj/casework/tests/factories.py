"""Casework facts made for tests, whatever scope the test has."""

from __future__ import annotations

from datetime import date

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import (
    Appeal,
    CaseWord,
    FirstContact,
    Hearing,
    HearingOffence,
    Offence,
    Outcome,
    PoliceBail,
    PoliceBailOffence,
    Programme,
    ProgrammeOffence,
    Requirement,
    RequirementHours,
    Transfer,
)
from openyj.people.models import Child
from openyj.reference.models import DisposalType, LegalOutcome


def make_legal_outcome(code: str = "YOUTH_CAUTION", **fields) -> LegalOutcome:
    """A legal outcome of the list, in use since 1900 unless `fields` say otherwise."""
    given = {"label": code.replace("_", " ").capitalize(), "valid_from": date(1900, 1, 1)} | fields
    return LegalOutcome.objects.update_or_create(code=code, defaults=given)[0]


def make_disposal_type(code: str = "YOUTH_CAUTION", **fields) -> DisposalType:
    """A kind of programme of the list."""
    given = {"label": code.replace("_", " ").capitalize(), "kind": "out_of_court"} | fields
    return DisposalType.objects.update_or_create(code=code, defaults=given)[0]


def make_offence(child: Child, **fields) -> Offence:
    """Theft from a shop on 1 March 2026."""
    given = {"offence_date": date(2026, 3, 1), "description": "Theft from a shop"} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return Offence.objects.create(child=child, **given)


def make_outcome(offence: Offence, **fields) -> Outcome:
    """A youth caution on 1 April 2026."""
    given = {"outcome_date": date(2026, 4, 1), "residence": "LOCAL"} | fields
    with acting(by=None, services=EVERY_SERVICE):
        given.setdefault("legal_outcome", make_legal_outcome())
        return Outcome.objects.create(child=offence.child, offence=offence, **given)


def make_first_contact(outcome: Outcome, **fields) -> FirstContact:
    """A telephone call on 8 April 2026."""
    given = {"contact_date": date(2026, 4, 8), "how": "phone"} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return FirstContact.objects.create(child=outcome.child, outcome=outcome, **given)


def make_police_bail(child: Child, *offences: Offence, **fields) -> PoliceBail:
    """Police bail before charge from 2 March 2026, still running."""
    given = {"status": "PRE_CHARGE_BAIL", "start_date": date(2026, 3, 2)} | fields
    with acting(by=None, services=EVERY_SERVICE):
        bail = PoliceBail.objects.create(child=child, **given)
        for offence in offences:
            PoliceBailOffence.objects.create(child=child, police_bail=bail, offence=offence)
        return bail


def make_hearing(child: Child, *offences: Offence, **fields) -> Hearing:
    """A hearing on 20 March 2026."""
    with acting(by=None, services=EVERY_SERVICE):
        hearing = Hearing.objects.create(child=child, **{"hearing_date": date(2026, 3, 20)} | fields)
        for offence in offences:
            HearingOffence.objects.create(child=child, hearing=hearing, offence=offence)
        return hearing


def make_programme(child: Child, *offences: Offence, **fields) -> Programme:
    """A programme from 10 April 2026, still running."""
    given = {"start_date": date(2026, 4, 10)} | fields
    with acting(by=None, services=EVERY_SERVICE):
        given.setdefault("disposal_type", make_disposal_type())
        programme = Programme.objects.create(child=child, **given)
        for offence in offences:
            ProgrammeOffence.objects.create(child=child, programme=programme, offence=offence)
        return programme


def make_transfer(child: Child, **fields) -> Transfer:
    """A transfer on 1 May 2026."""
    with acting(by=None, services=EVERY_SERVICE):
        return Transfer.objects.create(child=child, **{"transfer_date": date(2026, 5, 1)} | fields)


def make_word(code: str = "UNPAID_WORK", listed: str = "requirement", **fields) -> CaseWord:
    """A word of a list, in use since 1900 unless `fields` say otherwise."""
    given = {"label": code.replace("_", " ").capitalize(), "valid_from": date(1900, 1, 1), "source": "A test"} | fields
    return CaseWord.objects.update_or_create(listed=listed, code=code, defaults=given)[0]


def make_requirement(outcome: Outcome, **fields) -> Requirement:
    """Sixty hours of unpaid work from the day of the outcome."""
    given = {"start_date": outcome.outcome_date, "hours_ordered": 60.0} | fields
    with acting(by=None, services=EVERY_SERVICE):
        given.setdefault("kind", make_word())
        return Requirement.objects.create(child=outcome.child, outcome=outcome, **given)


def make_hours(requirement: Requirement, **fields) -> RequirementHours:
    """Seven hours on 2 May 2026."""
    given = {"day": date(2026, 5, 2), "hours": 7.0} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return RequirementHours.objects.create(child=requirement.child, requirement=requirement, **given)


def make_appeal(outcome: Outcome, **fields) -> Appeal:
    """An appeal of 15 April 2026, without a result yet."""
    given = {"appealed_on": date(2026, 4, 15)} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return Appeal.objects.create(child=outcome.child, outcome=outcome, **given)
