"""The typed fields an assessment fills when it is completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.versions import save_version
from openyj.assessment.known import KNOWN
from openyj.assessment.models import AssessmentVersion, Judgement
from openyj.core import clock
from openyj.people.models import Address
from openyj.questionnaires.uses import Target, Use, register

NO_ADDRESS = (
    "No main address is recorded, so the answer about where the child lives has nowhere to go. Add the address to the "
    "record first, then complete this."
)


def judge(sheet: AssessmentVersion, values: Mapping[str, Any], by: User) -> None:
    """The judgement of the assessment: made by its first version, changed by a later one. What the later version no
    longer answers is no longer judged."""
    fields = dict.fromkeys(JUDGED) | dict(values) | {"made_on": clock.today()}
    found = Judgement.objects.filter(assessment=sheet.assessment_id).first()
    if found and any(getattr(found, name) != value for name, value in fields.items()):
        save_version(found, version=found.version, changes=fields)
    elif found is None:
        Judgement.objects.create(child=sheet.child, assessment=sheet.assessment, recorded_by=by, **fields)


JUDGED = ("safety_wellbeing", "harm_to_others", "offending", "review_on")


def judge_home(sheet: AssessmentVersion, values: Mapping[str, Any], by: User) -> None:
    """Whether the main address of today is suitable. Refuses where none is recorded: the answer would be lost."""
    address = Address.objects.standing().filter(child=sheet.child, primary=True, end_date=None).first()
    if address is None:
        raise ValidationError(NO_ADDRESS)
    if address.suitability != values["suitability"]:
        save_version(address, version=address.version, changes={"suitability": values["suitability"]})


register(
    Use(
        "assessment",
        known={key: label for key, (label, *_) in KNOWN.items()},
        targets={
            "judgement": Target(Judgement, JUDGED, judge),
            "address": Target(Address, ("suitability",), judge_home),
        },
    )
)
