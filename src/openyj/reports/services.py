"""Writing court reports. A verb each, in one transaction, as `by`, within their service. What leads from one state to
another raises ChangedUnderneath when somebody did something meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.casework.models import Offence
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.files.services import keep
from openyj.people import services as people
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.reports import rules
from openyj.reports.due import due_by_limit
from openyj.reports.facts import facts_of
from openyj.reports.models import (
    CourtReport,
    ReportFacts,
    ReportOffence,
    ReportSending,
    ReportSignature,
    ReportStep,
    ReportVersion,
    State,
)

Kind = ReportStep.Kind
Verdict = ReportVersion.Verdict
TAKEN_OFF = "Taken off when the report was changed"


def ask(*, child: Child, by: User, offences: Iterable[Offence], **fields: Any) -> CourtReport:
    """A report that a court asked for, allocated to its author. Without `due_on` it is due by the service's time
    limit."""
    with acting(by=by):
        fields = checked(child, fields)
        report = CourtReport.objects.create(child=child, recorded_by=by, **fields)
        join(report, list(offences), by)
        step(report, Kind.ASKED, by, f"To {report.author}")
        return report


def checked(child: Child, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the day it is due, once the rules allow them."""
    fields = dict(fields)
    if fields.get("due_on") is None:
        fields["due_on"] = by_limit(child, fields)
    asked = {name: fields.get(name) for name in ("hearing", "asked_on", "adjourned_to", "due_on")}
    rules.check_asked(child=child, **asked)
    rules.check_people(child=child, author=fields["author"], gatekeeper=fields.get("gatekeeper"))
    return fields


def by_limit(child: Child, fields: dict[str, Any]) -> date:
    """The day by the service's time limit, or the hearing it is for where that comes first."""
    found = due_by_limit(child, fields["kind"], persistent=fields["persistent"], asked_on=fields["asked_on"])
    if found is None:
        message = "Enter the day it is due: the service has no time limit for this kind of report"
        raise ValidationError({"due_on": message})
    return min(found.due, fields.get("adjourned_to") or date.max)


def change(*, row: CourtReport, version: int, by: User, offences: Iterable[Offence], **fields: Any) -> CourtReport:
    """Say better what was asked for, or give the report to somebody else. What was decided stays. Refused to who may
    not record reports, and while the gatekeeper has it for who wrote it."""
    if not by.may(Permission.ASK_REPORTS):
        raise PermissionDenied("Your role may not change what a court asked for. Ask the court officer or a manager.")
    if version != row.version or not row.stands:
        raise ChangedUnderneath(row)
    before = row.author
    with acting(by=by):
        fields = checked(row.child, fields)
        if fields["author"] != before and row.state not in (State.WRITING, State.RETURNED):
            message = "It has been given to the gatekeeper. It can be given to another author when it comes back."
            raise ValidationError({"author": message})
        if row.sent_on and row.sent_on > fields["due_on"] and not row.late_reason:
            message = f"It was sent on {say_date(row.sent_on)}, which would then have been late. Check the day."
            raise ValidationError({"due_on": message})
        save_version(row, version=version, changes=fields)
        join(row, list(offences), by)
        if row.author != before:
            step(row, Kind.ALLOCATED, by, f"To {row.author}, from {before}")
        return row


def join(report: CourtReport, offences: list[Offence], by: User) -> None:
    """Make the standing links exactly those to `offences`. One taken off is marked, never deleted."""
    standing = {each.offence_id: each for each in report.links.standing()}
    for offence in offences:
        if offence.pk not in standing:
            ReportOffence.objects.create(child=report.child, report=report, offence=offence, recorded_by=by)
    for number, each in standing.items():
        if number not in {offence.pk for offence in offences}:
            people.record_in_error(row=each, version=each.version, by=by, reason=TAKEN_OFF)


def step(report: CourtReport, kind: str, by: User, words: str = "") -> None:
    ReportStep.objects.create(service_id=report.service_id, report=report, kind=kind, words=words, by=by)


def seen(report: CourtReport, version: int, to: State) -> None:
    """What somebody else did meanwhile counts first; then whether this may be done at all."""
    if version != report.version:
        raise ChangedUnderneath(report)
    rules.check_step(report, to)


def latest(report: CourtReport) -> ReportVersion:
    """The version that counts; refused where there is none."""
    found = report.versions.standing().select_related("stored").defer("stored__text").first()
    if found is None:
        raise ValidationError("There is no Word file of this report yet. Add one first.")
    return found


def make_draft(*, report: CourtReport, by: User) -> ReportFacts:
    """Freeze what the record says now, for a Word draft."""
    if report.author_id != by.pk and not by.may(Permission.ASK_REPORTS):
        raise PermissionDenied("The author of a report makes its draft.")
    with acting(by=by):
        report = CourtReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not report.is_open:
            rules.check_step(report, State.WAITING)
        number = (report.facts.aggregate(last=Max("number"))["last"] or 0) + 1
        return ReportFacts.objects.create(
            service_id=report.service_id, report=report, number=number, content=facts_of(report, by), by=by
        )


def add_version(*, report: CourtReport, version: int, by: User, file: UploadedFile, note: str = "") -> ReportVersion:
    """The author's Word file. A new file is a new version, and what was approved or signed before does not hold for
    it. Refuses what is no Word file, and what `files` refuses."""
    rules.only_the_author(report, by)
    seen(report, version, State.WRITING)
    with acting(by=by):
        try:
            stored = keep(file, service=report.service, by=by)
        except ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from refused
        if stored.kind != "word":
            message = f"This is a {stored.what.label}. Choose the report as a Word document (.docx)."
            raise ValidationError({"file": message})
        save_version(report, version=version, changes={"state": State.WRITING})
        number = (report.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        made = ReportVersion.objects.create(
            child=report.child, report=report, number=number, stored=stored, note=note, recorded_by=by
        )
        step(report, Kind.UPLOADED, by, f"{made}. {note}".strip())
        return made


def submit(*, report: CourtReport, version: int, by: User) -> CourtReport:
    """Give the latest version to the gatekeeper."""
    rules.only_the_author(report, by)
    seen(report, version, State.WAITING)
    sheet = latest(report)
    with acting(by=by):
        save_version(report, version=version, changes={"state": State.WAITING})
        save_version(sheet, version=sheet.version, changes={"submitted_at": clock.now()})
        step(report, Kind.SUBMITTED, by, str(sheet))
        return report


def gatekeep(*, report: CourtReport, version: int, by: User, verdict: str, comments: str) -> CourtReport:
    """Approve the version the author gave, or return it with comments."""
    to = State.APPROVED if verdict == Verdict.APPROVED else State.RETURNED
    seen(report, version, to)
    sheet = latest(report)
    rules.check_gatekeeper(report, sheet, by)
    if to == State.RETURNED and not comments:
        raise ValidationError({"comments": "Say what is to be put right"})
    with acting(by=by):
        read = {"verdict": verdict, "comments": comments, "read_by": by, "read_at": clock.now()}
        save_version(report, version=version, changes={"state": to})
        save_version(sheet, version=sheet.version, changes=read)
        step(report, Kind.APPROVED if to == State.APPROVED else Kind.RETURNED, by, f"{sheet}. {comments}".strip())
        return report


def sign(*, report: CourtReport, version: int, by: User, name: str, day: date) -> ReportSignature:
    """Sign the approved version: it is locked with the digest of its file."""
    rules.only_the_author(report, by)
    seen(report, version, State.SIGNED)
    sheet = latest(report)
    rules.check_signature(report, sheet, name=name, day=day)
    with acting(by=by):
        save_version(report, version=version, changes={"state": State.SIGNED})
        signed = ReportSignature.objects.create(
            service_id=report.service_id, version=sheet, name=" ".join(name.split()), day=day,
            digest=sheet.stored.digest, by=by,
        )  # fmt: skip
        step(report, Kind.SIGNED, by, f"{sheet}, as {signed.name} on {say_date(day)}")
        return signed


def note_sent(
    *, report: CourtReport, version: int, by: User, to: str, who: str, how: str, on: date, note: str = "",
    late_reason: str = "",
) -> ReportSending:  # fmt: skip
    """Somebody was given the signed version. To the court, the report is done; the first day counts."""
    if by.pk != report.author_id and not by.may(Permission.ASK_REPORTS):
        raise PermissionDenied("The author, the court officer or a manager notes to whom a report was sent.")
    seen(report, version, State.SENT)
    sheet = latest(report)
    rules.check_sending(report, sheet, to=to, on=on, late_reason=late_reason)
    changes: dict[str, Any] = {"late_reason": late_reason or report.late_reason}
    if to == ReportSending.To.COURT:
        changes |= {"state": State.SENT, "sent_on": report.sent_on or on}
    with acting(by=by):
        save_version(report, version=version, changes=changes)
        made = ReportSending.objects.create(
            child=report.child, report=report, version_sent=sheet, to=to, who=who, how=how, on=on, note=note,
            recorded_by=by,
        )  # fmt: skip
        step(report, Kind.SENT, by, f"{sheet} to {who}, {made.get_how_display().lower()}, on {say_date(on)}")
        return made


def not_sent(*, sending: ReportSending, version: int, by: User, reason: str) -> CourtReport:
    """Mark a sending as recorded in error. Where the court then was sent nothing, the report is not sent."""
    report = sending.report
    with acting(by=by):
        people.record_in_error(row=sending, version=version, by=by, reason=reason)
        first = report.sendings.standing().filter(to=ReportSending.To.COURT).first()
        changes: dict[str, Any] = {"sent_on": first.on if first else None}
        if first is None and report.state == State.SENT:
            changes["state"] = State.SIGNED
        save_version(report, version=report.version, changes=changes)
        step(report, Kind.NOT_SENT, by, f"{sending}: {reason}")
        return report


def withdraw(*, report: CourtReport, version: int, by: User, words: str) -> CourtReport:
    """The court no longer needs it, and why."""
    return say(report, version, by, State.WITHDRAWN, Kind.WITHDRAWN, words)


def reopen(*, report: CourtReport, version: int, by: User, words: str) -> CourtReport:
    """Take up again what was withdrawn by mistake, or is needed after all."""
    if report.state != State.WITHDRAWN:
        rules.check_step(report, State.WRITING)
        raise ValidationError("It was not withdrawn. Read it again.")
    return say(report, version, by, State.WRITING, Kind.REOPENED, words)


def say(report: CourtReport, version: int, by: User, to: State, kind: str, words: str) -> CourtReport:
    if not by.may(Permission.ASK_REPORTS):
        raise PermissionDenied("The court officer or a manager says whether a report is needed.")
    seen(report, version, to)
    with acting(by=by):
        save_version(report, version=version, changes={"state": to})
        step(report, kind, by, words)
        return report


def in_error(
    *, row: CourtReport, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> CourtReport:
    """Mark a report, with its files, sendings and places at offences, as recorded in error."""
    if not by.may(Permission.ASK_REPORTS):
        raise PermissionDenied("The court officer or a manager marks a report as recorded in error.")
    return people.record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
