"""The rules of court reports: what is refused, what follows from what, and that the database holds it too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.actions.deadlines import deadlines
from openyj.actions.models import BankHoliday, TimeLimit, Unit
from openyj.casework.tests.factories import make_hearing
from openyj.core import clock
from openyj.files.tests import made
from openyj.people.models import Child
from openyj.people.tests.factories import make_child, make_conflict
from openyj.reports import selectors, services
from openyj.reports.models import ReportSignature, ReportVersion, State
from openyj.reports.tests.conftest import TODAY
from openyj.reports.tests.factories import add_version, kind, make_report, make_signed, make_waiting, send

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.fixture
def by(manager):
    with acting(by=manager.user):
        yield manager.user


@pytest.fixture
def writes(author):
    return author.user


def limit(service, days: int, applies_to: str) -> None:
    TimeLimit.objects.create(
        service=service, event="court-report", applies_to=applies_to, days=days, unit=Unit.WORKING,
        valid_from=date(2026, 1, 1), source="Ours",
    )  # fmt: skip


# When it is due


def test_without_a_day_it_is_due_by_the_limit_in_working_days(by, child, writes, service):
    limit(service, 15, "kind:pre-sentence")
    limit(service, 10, "kind:pre-sentence:persistent")
    # 15 working days from Thursday 4 June 2026; a bank holiday on the way makes it a day more.
    assert make_report(by, child, writes, due_on=None).due_on == date(2026, 6, 25)
    assert make_report(by, child, writes, due_on=None, persistent=True).due_on == date(2026, 6, 18)
    BankHoliday.objects.create(day=date(2026, 6, 8), name="Invented", source="A test")
    assert make_report(by, child, writes, due_on=None).due_on == date(2026, 6, 26)


def test_the_hearing_it_is_for_comes_before_the_limit(by, child, writes, service):
    limit(service, 15, "kind:pre-sentence")
    assert make_report(by, child, writes, due_on=None, adjourned_to=date(2026, 6, 20)).due_on == date(2026, 6, 20)


def test_a_service_without_a_limit_enters_the_day(by, child, writes, service):
    limit(service, 15, "kind:breach")
    with pytest.raises(ValidationError, match="Enter the day it is due"):
        make_report(by, child, writes, due_on=None)


def test_the_limit_is_kept_by_sending_it_to_the_court(by, child, writes, service):
    limit(service, 15, "")
    report = make_signed(by, child, writes)
    make_report(by, child, writes, due_on=TODAY)
    children = Child.objects.filter(pk=child.pk)
    assert len(deadlines(children=children, service=service, only_open=True)) == 2
    send(report, by)
    held = {each.happened.occasion: each.ended for each in deadlines(children=children, service=service)}
    assert held[report.pk] == TODAY
    assert report.pk not in {d.happened.occasion for d in deadlines(children=children, service=service, only_open=True)}


# CR-1 to CR-3


@pytest.mark.parametrize(
    "fields,field",
    [
        ({"asked_on": TODAY + ONE_DAY, "due_on": TODAY + 2 * ONE_DAY}, "asked_on"),
        ({"due_on": TODAY - ONE_DAY}, "due_on"),
        ({"adjourned_to": TODAY - ONE_DAY}, "adjourned_to"),
        ({"adjourned_to": TODAY + ONE_DAY, "due_on": TODAY + 2 * ONE_DAY}, "due_on"),
    ],
)
def test_days_that_cannot_be_are_refused(by, child, writes, hearing, fields, field):
    with pytest.raises(ValidationError) as refused:
        make_report(by, child, writes, hearing=hearing, **fields)
    assert field in refused.value.error_dict


def test_it_is_not_asked_for_before_its_hearing_or_by_another_childs(by, child, writes, hearing, service):
    with pytest.raises(ValidationError, match="The hearing was on 1 June 2026"):
        make_report(by, child, writes, hearing=hearing, asked_on=date(2026, 5, 30))
    other = make_hearing(make_child(service))
    with pytest.raises(ValidationError, match="a hearing of this child"):
        make_report(by, child, writes, hearing=other)


def test_author_and_gatekeeper_are_two_who_may(by, child, writes, staff, other_service):
    for wrong in (staff("business_support"), staff("practitioner", service=other_service)):
        with pytest.raises(ValidationError, match="who may write court reports"):
            make_report(by, child, wrong)
    leaver = staff("practitioner", is_active=False)
    with pytest.raises(ValidationError, match="who may write court reports"):
        make_report(by, child, leaver)
    with pytest.raises(ValidationError, match="who may gatekeep"):
        make_report(by, child, writes, gatekeeper=staff("practitioner"))
    with pytest.raises(ValidationError, match="Nobody gatekeeps a report of their own"):
        make_report(by, child, by, gatekeeper=by)
    make_conflict(child, writes)
    with pytest.raises(ValidationError, match="may not work with this child"):
        make_report(by, child, writes)


def test_a_conflict_of_interest_takes_somebody_off_the_choices(by, child, writes, staff):
    keeper = staff("manager")
    assert writes in [each.user for each in selectors.authors(child)]
    assert keeper in selectors.gatekeepers(child)
    make_conflict(child, writes)
    make_conflict(child, keeper)
    assert writes not in [each.user for each in selectors.authors(child)]
    assert keeper not in selectors.gatekeepers(child)


def test_each_author_is_offered_with_the_reports_they_write(by, child, writes):
    report = make_report(by, child, writes)
    found = next(each for each in selectors.authors(child) if each.user == writes)
    assert found.reports == 1 and "workload 0.0, writes 1 court report now" in str(found)
    services.withdraw(report=report, version=report.version, by=by, words="Pleaded again")
    assert next(each for each in selectors.authors(child) if each.user == writes).reports == 0


# CR-4: one step after the other


def test_the_whole_way(by, child, writes):
    report = make_signed(by, child, writes)
    signature = ReportSignature.objects.get()
    assert signature.digest == signature.version.stored.digest and len(signature.digest) == 64
    send(report, by, to="defence", who="Her solicitor")
    assert (report.state, report.sent_on) == (State.SIGNED, None)
    send(report, by)
    assert (report.state, report.sent_on) == (State.SENT, TODAY)
    kinds = [each.kind for each in report.steps.order_by("pk")]
    assert kinds == ["asked", "uploaded", "submitted", "approved", "signed", "sent", "sent"]


def refuses(match: str, act, **given) -> None:
    with pytest.raises(ValidationError, match=match):
        act(**given)


def test_nothing_is_done_before_its_turn(by, child, writes):
    report = make_report(by, child, writes)
    of = {"report": report, "version": 1}
    refuses("There is no Word file", services.submit, **of, by=writes)
    for act, more in (
        (services.gatekeep, {"by": by, "verdict": "approved", "comments": ""}),
        (services.sign, {"by": writes, "name": writes.name, "day": TODAY}),
        (services.reopen, {"by": by, "words": "Needed"}),
    ):
        refuses("Read it again", act, **of, **more)
    with pytest.raises(ValidationError, match="cannot be done with it now"):
        send(report, by)


def test_while_the_gatekeeper_has_it_nothing_is_added(by, child, writes):
    report = make_waiting(by, child, writes)
    with pytest.raises(ValidationError, match="cannot be done with it now"):
        add_version(report)
    refuses("given to another author when it comes back", services.change, **changes(report, author=by), by=by)


def changes(report, **other):
    """What the form of a report sends, unchanged but for `other`."""
    names = ("kind", "hearing", "asked_on", "adjourned_to", "due_on", "persistent", "asked_for", "author", "gatekeeper")
    given = {name: getattr(report, name) for name in names} | {"offences": list(report.offences.all())}
    return {"row": report, "version": report.version} | given | other


@pytest.mark.parametrize("state", ["approved", "signed", "sent"])
def test_a_new_version_has_to_be_approved_and_signed_again(by, child, writes, state):
    report = make_waiting(by, child, writes)
    services.gatekeep(report=report, version=report.version, by=by, verdict="approved", comments="")
    if state != "approved":
        services.sign(report=report, version=report.version, by=writes, name=writes.name, day=TODAY)
    if state == "sent":
        send(report, by)
    assert report.state == state
    add_version(report, text="Something else")
    report.refresh_from_db()
    assert report.state == State.WRITING
    refuses("cannot be done", services.sign, report=report, version=report.version, by=writes, name=writes.name,
            day=TODAY)  # fmt: skip
    with pytest.raises(ValidationError, match="cannot be done"):
        send(report, by)


def test_a_returned_one_needs_a_new_version(by, child, writes):
    report = make_waiting(by, child, writes)
    refuses("what is to be put right", services.gatekeep, report=report, version=report.version, by=by,
            verdict="returned", comments="")  # fmt: skip
    services.gatekeep(report=report, version=report.version, by=by, verdict="returned", comments="Say why")
    refuses("cannot be done", services.submit, report=report, version=report.version, by=writes)
    add_version(report)
    report.refresh_from_db()
    services.submit(report=report, version=report.version, by=writes)
    assert [each.verdict for each in report.versions.order_by("number")] == ["returned", ""]


def test_what_a_colleague_did_meanwhile_counts_first(by, child, writes):
    report = make_waiting(by, child, writes)
    seen = report.version
    services.gatekeep(report=report, version=seen, by=by, verdict="approved", comments="")
    with pytest.raises(ChangedUnderneath):
        services.gatekeep(report=report, version=seen, by=by, verdict="returned", comments="No")


# CR-5 to CR-9


def test_only_the_author_adds_submits_and_signs(by, child, writes):
    report = make_report(by, child, writes)
    file = made.upload("report.docx", made.word("Words"))
    refuses("writes this report", services.add_version, report=report, version=1, by=by, file=file)
    add_version(report)
    report.refresh_from_db()
    refuses("writes this report", services.submit, report=report, version=report.version, by=by)
    services.submit(report=report, version=report.version, by=writes)
    services.gatekeep(report=report, version=report.version, by=by, verdict="approved", comments="")
    refuses("writes this report", services.sign, report=report, version=report.version, by=by, name=by.name, day=TODAY)


def test_nobody_gatekeeps_their_own(by, child, staff):
    other = staff("manager")
    report = make_waiting(by, child, by)
    refuses("of their own", services.gatekeep, report=report, version=report.version, by=by, verdict="approved",
            comments="")  # fmt: skip
    # Nor the file they added, when the report has been given to somebody else since.
    services.gatekeep(report=report, version=report.version, by=other, verdict="returned", comments="Shorter")
    add_version(report)
    report.refresh_from_db()
    services.change(**changes(report, author=other), by=by)
    report.refresh_from_db()
    services.submit(report=report, version=report.version, by=other)
    refuses("of their own", services.gatekeep, report=report, version=report.version, by=by, verdict="approved",
            comments="")  # fmt: skip


def test_the_database_lets_nobody_gatekeep_their_own_file(by, child, writes):
    make_waiting(by, child, writes)
    with pytest.raises(IntegrityError, match="report_version_read_by_another"), transaction.atomic():
        ReportVersion.objects.update(verdict="approved", read_by=writes, read_at=clock.now())


def test_it_is_signed_by_name_on_a_day_after_its_approval(by, child, writes):
    report = make_waiting(by, child, writes)
    services.gatekeep(report=report, version=report.version, by=by, verdict="approved", comments="")
    of = {"report": report, "version": report.version, "by": writes}
    for day in (TODAY - ONE_DAY, TODAY + ONE_DAY):
        refuses("approved on 4 June 2026", services.sign, **of, name=writes.name, day=day)
    refuses("Enter the name as the staff list has it", services.sign, **of, name="Somebody", day=TODAY)
    services.sign(**of, name=f" {writes.name.upper()} ", day=TODAY)


def test_a_signature_is_never_changed(by, child, writes):
    make_signed(by, child, writes)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ReportSignature.objects.update(name="Somebody else")


def test_a_late_one_says_why(by, child, writes):
    report = make_signed(by, child, writes, due_on=TODAY)
    with clock.fixed(TODAY + ONE_DAY):
        send(report, by, to="child", who="The child")  # only the court's day counts
        with pytest.raises(ValidationError, match="Say why it was late"):
            send(report, by)
        send(report, by, late_reason="The child was in hospital")
    assert (report.sent_on, report.late_reason, report.is_late) == (TODAY + ONE_DAY, "The child was in hospital", True)


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_sent_between_its_signature_and_today(by, child, writes, days):
    report = make_signed(by, child, writes)
    with pytest.raises(ValidationError, match="signed on 4 June 2026"):
        send(report, by, on=TODAY + days * ONE_DAY)


def test_a_sending_in_error_leaves_it_signed(by, child, writes):
    report = make_signed(by, child, writes)
    sending = send(report, by)
    services.not_sent(sending=sending, version=1, by=by, reason="Another court")
    report.refresh_from_db()
    assert (report.state, report.sent_on) == (State.SIGNED, None)


def test_a_sent_report_is_not_made_late_by_changing_its_day(by, child, writes):
    report = make_signed(by, child, writes)
    with clock.fixed(TODAY + 3 * ONE_DAY):
        send(report, by)
        refuses("would then have been late", services.change, **changes(report, due_on=TODAY), by=by)


def test_who_may_not_ask_changes_nothing(by, child, writes):
    report = make_report(by, child, writes)
    for act, given in (
        (services.change, changes(report)),
        (services.withdraw, {"report": report, "version": 1, "words": "No"}),
        (services.in_error, {"row": report, "version": 1, "reason": "No"}),
    ):
        with pytest.raises(PermissionDenied):
            act(**given, by=writes)


def test_withdrawn_and_taken_up_again(by, child, writes):
    report = make_report(by, child, writes)
    services.withdraw(report=report, version=report.version, by=by, words="Changed their plea")
    assert not report.is_open and not report.is_late
    services.reopen(report=report, version=report.version, by=by, words="The trial was vacated")
    assert report.state == State.WRITING and kind().label == "Pre-sentence report"


# The file


@pytest.mark.parametrize(
    "name,content,message",
    [
        ("report.pdf", made.pdf("Words"), "This is a PDF. Choose the report as a Word document"),
        ("report.docx", b"no file at all \x00", "This kind of file is not kept"),
        ("report.docx", b"", "The file is empty"),
    ],
)
def test_a_wrong_file_is_refused_in_words(by, child, writes, name, content, message):
    report = make_report(by, child, writes)
    with pytest.raises(ValidationError, match=message.replace("(", r"\(")):
        add_version(report, file=made.upload(name, content))
    assert not ReportVersion.objects.exists()
