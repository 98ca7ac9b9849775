"""Handing a device to the child to answer one section: begun, answered, ended. Each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.handed_over import LONGEST
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.assessment.models import AssessmentSection, AssessmentVersion, HandOver
from openyj.core import clock
from openyj.core.dates import say_datetime
from openyj.questionnaires.services import lock_open, save_childs_answers


def hand_over(*, row: AssessmentSection, by: User) -> HandOver:
    """Hand a device over for one section. Refuses while another is with the child, and a completed version."""
    with acting(by=by):
        lock_open(row.sheet)
        refuse_while_out(row.sheet, row.section)
        for left in HandOver.objects.filter(section=row, ended_at=None):
            end(found=left, how=HandOver.Ended.LEFT, by=by)
        return HandOver.objects.create(
            child=row.child, service_id=row.service_id, recorded_by=by, section=row, ends_at=clock.now() + LONGEST
        )


def out_for(sheet: AssessmentVersion, section: str = "") -> HandOver | None:
    """The device that is with the child for this section (any section, if none is named), if there is one."""
    found = HandOver.objects.open_at(clock.now()).filter(section__sheet=sheet)
    if section:
        found = found.filter(section__section=section)
    return found.select_related("section", "recorded_by").first()


def refuse_while_out(sheet: AssessmentVersion, section: str = "") -> None:
    """Raise ValidationError while a device is with the child."""
    if found := out_for(sheet, section):
        raise ValidationError(
            f"A tablet with these questions has been with the child since {say_datetime(found.recorded_at)}. Take it "
            "back first. If it cannot be found, open the section and end the hand-over there."
        )


def find(number: int, by: User) -> HandOver | None:
    """The hand-over with this number while it goes on: not ended, in time, its version still being written, and its
    child still within reach of whoever handed the device over, which for a leaver is none."""
    rows = HandOver.objects.visible_to(by, Permission.ASSESS_CHILDREN).open_at(clock.now())
    rows = rows.select_related("child", "recorded_by", "section__sheet__assessment", "section__sheet__question_set")
    found = rows.filter(pk=number, section__sheet__assessment__in_error_at=None).first()
    return found if found and found.section.sheet.open else None


def answer(*, found: HandOver, answers: Mapping[str, Any], by: User) -> AssessmentSection:
    """Put what the child sent on the record, as the child's own answers."""
    with acting(by=by):
        kept = save_childs_answers(row=found.section, answers=answers, by=by)
        now = held(found)
        if now.sent_at != kept.child_answered_at:
            save_version(now, version=now.version, changes={"sent_at": kept.child_answered_at})
        return kept


def end(*, found: HandOver, how: str, by: User) -> HandOver:
    """End a hand-over, once: what ended already stays as it ended, and one whose time was over ended then."""
    with acting(by=by):
        now = held(found)
        if now.ended_at:
            return now
        changes = {"ended_at": min(clock.now(), now.ends_at), "ended": how}
        return save_version(now, version=now.version, changes=changes)


def held(found: HandOver) -> HandOver:
    """A hand-over as it is now, held until the transaction ends: a page that waits too long asks again meanwhile."""
    return HandOver.objects.select_for_update().get(pk=found.pk)
