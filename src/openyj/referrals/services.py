"""Writing about a referral. Each in one transaction, as `by` and within their service; each but the first with the
version that was seen, so that two people at once cannot both decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.casework.models import Offence
from openyj.core import clock
from openyj.people import services as people
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.referrals import rules
from openyj.referrals.models import Referral, ReferralKind, ReferralOffence, ReferralStep, State

TAKEN_OFF = "Taken off when it was changed"
ANOTHER_CHILD = "It was another child’s referral"
Kind = ReferralStep.Kind


def add_referral(*, by: User, child: Child | None = None, offences: Iterable[Offence] = (), **fields: Any) -> Referral:
    """A referral as it arrived, about a child on record or one not identified yet."""
    rules.check_referral(child=child, **fields)
    with acting(by=by):
        referral = Referral.objects.create(service=by.service, child=child, recorded_by=by, **whole(fields))
        join(referral, list(offences), by)
        return referral


def change_referral(
    *, row: Referral, version: int, by: User, offences: Iterable[Offence] = (), **fields: Any
) -> Referral:
    """Say better what arrived. Raises ChangedUnderneath."""
    rules.check_referral(child=row.child, row=row, **fields)
    with acting(by=by):
        save_version(row, version=version, changes=whole(fields))
        join(row, list(offences), by)
        return row


def whole(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without answers to questions that no longer arise."""
    fields = dict(fields)
    if not fields["urgent"]:
        fields["urgent_words"] = ""
    if fields["victims"] != Referral.Victims.YES:
        fields["consent"] = ""
    if fields["consent"] not in (Referral.Consent.YES, Referral.Consent.NO):
        fields |= {"consent_on": None, "consent_by": ""}
    return fields


def join(referral: Referral, offences: list[Offence], by: User) -> None:
    """Make the standing links exactly those to `offences`. One taken off is marked, never deleted."""
    standing = {each.offence_id: each for each in ReferralOffence.objects.standing().filter(referral=referral)}
    for offence in offences:
        if offence.pk not in standing:
            ReferralOffence.objects.create(child=referral.child, offence=offence, referral=referral, recorded_by=by)
    for number, each in standing.items():
        if number not in {offence.pk for offence in offences}:
            people.record_in_error(row=each, version=each.version, by=by, reason=TAKEN_OFF)


def step(referral: Referral, kind: str, by: User, **said: Any) -> ReferralStep:
    said.setdefault("day", clock.today())
    return ReferralStep.objects.create(
        service_id=referral.service_id, referral=referral, kind=kind, by=by, at=clock.now(), **said
    )


def identify(*, referral: Referral, version: int, by: User, child: Child) -> Referral:
    """Say whose referral it is. Refuses a child born after it, and one that has been identified."""
    if referral.child_id:
        raise ChangedUnderneath(referral)
    if not child.stands or child.service_id != referral.service_id:
        raise ValidationError("That record cannot be used. Search again.")
    rules.not_before_birth(child, received_on=referral.received_on)
    with acting(by=by):
        save_version(referral, version=version, changes={"child": child})
        step(referral, Kind.IDENTIFIED, by)
        return referral


def add_its_child(*, referral: Referral, version: int, by: User, **fields: Any) -> Referral:
    """Add a record for the child of a referral and say that it is theirs, both or neither."""
    with acting(by=by):
        return identify(referral=referral, version=version, by=by, child=people.add_child(by=by, **fields))


def not_this_child(*, referral: Referral, version: int, by: User, reason: str, **named: Any) -> Referral:
    """Take a referral off the record of a child whom it is not about. `named` are the names it gives. Refused once it
    is accepted: open it again first. The offences of the wrong child go with the record."""
    if referral.state not in (State.WAITING, State.ASKED, State.REFUSED):
        raise ValidationError("It was accepted for this child. Open the decision again first.")
    if not (named.get("given_name") or named.get("family_name")):
        raise ValidationError({"family_name": "Enter the name that the referral gives, or what there is of it"})
    with acting(by=by):
        for each in ReferralOffence.objects.standing().filter(referral=referral):
            people.record_in_error(row=each, version=each.version, by=by, reason=ANOTHER_CHILD)
        save_version(referral, version=version, changes={"child": None, **named})
        step(referral, Kind.NOT_THIS_CHILD, by, words=reason)
        return referral


def accept(*, referral: Referral, version: int, by: User, day: date, work: ReferralKind, words: str = "") -> Referral:
    """The service takes the work on. Who does it is the next step. Raises ChangedUnderneath."""
    check(referral, version, to=State.ACCEPTED, day=day)
    changes = {"state": State.ACCEPTED, "decided_on": day, "work": work}
    return move(referral, version, by, changes, Kind.ACCEPTED, day=day, words=words)


def refuse(
    *, referral: Referral, version: int, by: User, day: date, why: ReferralKind, words: str, told: str
) -> Referral:
    """The service does not take it on: why, and who was told so. Raises ChangedUnderneath."""
    check(referral, version, to=State.REFUSED, day=day)
    changes = {"state": State.REFUSED, "decided_on": day}
    return move(referral, version, by, changes, Kind.REFUSED, day=day, why=why, words=words, told=told)


def ask_for_more(*, referral: Referral, version: int, by: User, day: date, words: str, told: str) -> Referral:
    """Ask whoever referred for what is missing. The clock goes on. Raises ChangedUnderneath."""
    check(referral, version, to=State.ASKED, day=day)
    return move(referral, version, by, {"state": State.ASKED}, Kind.ASKED, day=day, words=words, told=told)


def note_answer(*, referral: Referral, version: int, by: User, day: date, words: str) -> Referral:
    """What was asked for has come; somebody decides again. Raises ChangedUnderneath."""
    check(referral, version, to=State.WAITING, day=day)
    return move(referral, version, by, {"state": State.WAITING}, Kind.ANSWERED, day=day, words=words)


def reopen(*, referral: Referral, version: int, by: User, words: str) -> Referral:
    """Take a decision back, with the reason: it needs another one. Raises ChangedUnderneath."""
    check(referral, version, to=State.WAITING, day=None)
    changes = {"state": State.WAITING, "decided_on": None, "work": None}
    return move(referral, version, by, changes, Kind.REOPENED, words=words)


def allocate(
    *, referral: Referral, version: int, by: User, worker: User, start_date: date, why: str = "", **also: Any
) -> Referral:
    """Give the child of an accepted referral a worker: a dated allocation on the child's record. Whoever works with
    the child already may take this on too. Raises ChangedUnderneath; refuses what `people.hand_over` refuses."""
    check(referral, version, to=State.ALLOCATED, day=start_date, field="start_date")
    with acting(by=by):
        child = referral.child
        now = child.allocations.standing().filter(worker=worker, end_date=None).first()
        if now is None:
            now = people.hand_over(child=child, worker=worker, on=start_date, by=by, why=why, **also)
        changes = {"state": State.ALLOCATED, "allocation": now, "allocated_on": start_date}
        return move(referral, version, by, changes, Kind.ALLOCATED, day=start_date, words=why, allocation=now)


def check(referral: Referral, version: int, *, to: State, day: date | None, field: str = "day") -> None:
    """Whether this step may be taken. What a colleague did meanwhile counts first: their decision is to be shown, not
    only that this one can no longer be made."""
    if version != referral.version:
        raise ChangedUnderneath(referral)
    rules.check_step(referral=referral, to=to, day=day, field=field)


def move(referral: Referral, version: int, by: User, changes: dict[str, Any], kind: str, **said: Any) -> Referral:
    """Save the new state at the version that was seen, and write the step down."""
    if not referral.stands:
        raise ChangedUnderneath(referral)
    with acting(by=by):
        save_version(referral, version=version, changes=changes)
        step(referral, kind, by, **said)
        return referral


def in_error(
    *, row: Referral, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Referral:
    """Mark a referral, with its places at offences, as recorded in error. An allocation that followed stays: it is a
    fact of its own. Raises ChangedUnderneath."""
    return people.record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
