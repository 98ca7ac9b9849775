"""Asking for a job, doing it, failing, trying again, giving up: inside one transaction, without a worker."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.models import History, Team
from openyj.accounts.roles import Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.declaring import KINDS, CannotBeDone, fits, job, taken_by
from openyj.jobs.models import Job, Progress, State
from openyj.jobs.running import TRIES, WAITS, EndedMeanwhile, Work, begin, do, fail, run
from openyj.jobs.services import give_up, start, try_again
from openyj.jobs.tests.examples import (
    CANARY,
    NoTeams,
    ask_for_more,
    make_teams,
    name_services,
    see_jobs,
)
from openyj.jobs.tests.running import queued, run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(staff):
    return staff("administrator")


@pytest.fixture
def as_administrator(administrator):
    with acting(by=administrator):
        yield administrator


def teams() -> int:
    return Team.objects.count()


def test_asked_for_and_done(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    assert (asked.state, queued()) == (State.WAITING, 1)
    [done] = run_due()
    assert (done.state, done.led_to, done.attempts, teams(), queued()) == (State.DONE, "/teams", 1, 2, 0)
    assert str(Progress.objects.get(job=done)) == "2 of 2 teams"


def test_nothing_is_asked_for_where_the_write_is_rolled_back(as_administrator):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        start(make_teams, by=as_administrator, how="well")
        raise ZeroDivisionError
    assert (Job.objects.count(), queued()) == (0, 0)


def test_a_job_may_ask_for_another(as_administrator):
    start(ask_for_more, by=as_administrator)
    assert [j.name for j in run_due()] == ["jobs.ask_for_more", "jobs.make_teams"]
    assert teams() == 2


def test_all_it_wrote_goes_when_it_fails_and_it_waits_for_its_next_try(as_administrator):
    start(make_teams, by=as_administrator, how="wrongly")
    [failed] = run_due()
    assert (failed.state, failed.attempts, teams()) == (State.WAITING, 1, 0)
    assert timedelta() < failed.next_try_at - clock.now() <= WAITS[0]
    assert run_due() == [], "not before its time"


def test_it_is_tried_after_longer_and_longer_waits_and_then_has_failed(as_administrator):
    start(make_teams, by=as_administrator, how="wrongly")
    now, waited = clock.now(), []
    for _ in range(TRIES):
        with clock.fixed(now):
            [job] = run_due()
        waited.append(job.next_try_at and job.next_try_at - now)
        now = job.next_try_at or now
    assert waited == [*WAITS, None]
    assert sorted(WAITS) == WAITS
    assert (job.state, job.attempts, teams()) == (State.FAILED, TRIES, 0)
    assert run_due() == []


def test_what_trying_again_will_not_mend_fails_at_once_in_its_own_words(as_administrator):
    start(make_teams, by=as_administrator, how="not at all")
    [failed] = run_due()
    assert (failed.state, failed.trouble, failed.next_try_at) == (State.FAILED, NoTeams.words, None)
    assert teams() == 0


def test_a_mistake_found_at_the_commit_is_a_failure_too(as_administrator):
    start(make_teams, by=as_administrator, how="with a clash")
    [failed] = run_due()
    assert (failed.state, teams()) == (State.WAITING, 0)
    assert "IntegrityError" in failed.trouble


def test_no_word_of_an_exception_is_kept_or_logged(as_administrator, caplog):
    start(make_teams, by=as_administrator, how="wrongly")
    from openyj.accounts.logs import PlainLine

    with caplog.at_level(logging.INFO):
        [failed] = run_due()
    assert failed.trouble.startswith("The software made a mistake: ValueError in ")
    assert "examples.py, line" in failed.trouble
    said = "\n".join(PlainLine().format(r) for r in caplog.records)
    assert "did not finish" in said and CANARY not in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(j)::text || args::text, '') FROM procrastinate_jobs j")
        [queue] = cursor.fetchone()
    held = " ".join(str(h.after) for h in History.objects.all()) + str(Job.objects.values_list()[:9]) + str(queue)
    assert CANARY not in held


def test_a_job_sees_its_askers_service_only(as_administrator, other_service, staff):
    neighbour = staff("administrator", service=other_service)
    with acting(by=neighbour):
        start(see_jobs, by=neighbour)
    start(see_jobs, by=as_administrator)
    assert [j.led_to for j in run_due()] == ["/sees-1", "/sees-1"]


def test_a_system_job_sees_the_service_it_is_for_or_all(administrator, other_service, service):
    with acting(by=None, services=EVERY_SERVICE):
        for each in (service, other_service):
            Team.objects.create(service=each, name="There")
    start(name_services)
    [everywhere] = run_due()
    assert (everywhere.state, everywhere.service) == (State.DONE, None)
    assert Team.objects.filter(name="Seen by the system").count() == 2


def test_without_the_permission_it_cannot_be_asked_for(staff):
    with pytest.raises(PermissionDenied, match="may not manage users"):
        start(make_teams, by=staff("practitioner"), how="well")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "practitioner"}, {"expires_on": date(2020, 1, 1)}])
def test_who_has_left_or_lost_the_permission_gets_nothing_done(as_administrator, change):
    start(make_teams, by=as_administrator, how="well")
    type(as_administrator).objects.filter(pk=as_administrator.pk).update(**change)
    [refused] = run_due()
    assert refused.state == State.FAILED and "left or may not" in refused.trouble
    assert teams() == 0


def test_a_key_waits_once_and_again_once_it_has_begun(as_administrator):
    first = start(make_teams, by=as_administrator, key="teams", how="well")
    assert start(make_teams, by=as_administrator, key="teams", how="well") == first
    assert (Job.objects.count(), queued()) == (1, 1)
    assert start(make_teams, by=as_administrator, key="others", how="well") != first
    begin(first.pk)
    assert start(make_teams, by=as_administrator, key="teams", how="well") != first


def test_the_same_key_is_not_shared_between_people(as_administrator, staff):
    colleague = staff("administrator")
    first = start(make_teams, by=as_administrator, key="teams", how="well")
    assert start(make_teams, by=colleague, key="teams", how="well") != first
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT lock), count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (1, 2), "but they do not run at once"


def test_what_is_done_is_not_done_again(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    run_due()
    run(asked.pk)
    assert teams() == 2


def test_what_was_given_up_while_it_ran_keeps_nothing(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    begun = begin(asked.pk)
    give_up(job=asked)
    with pytest.raises(EndedMeanwhile):
        do(begun, lambda line: None)
    asked.refresh_from_db()
    assert (asked.state, teams()) == (State.GIVEN_UP, 0)


def test_a_worker_that_comes_back_too_late_finishes_nothing(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    late = begin(asked.pk)
    begin(asked.pk)
    with pytest.raises(EndedMeanwhile):
        do(late, lambda line: None)
    assert teams() == 0


def test_what_kills_its_worker_each_time_ends_with_words(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    for _ in range(TRIES):
        assert begin(asked.pk)
    assert begin(asked.pk) is None
    asked.refresh_from_db()
    assert asked.state == State.FAILED and "stopped in the middle" in asked.trouble


def test_trying_again_and_giving_up(as_administrator):
    asked = start(make_teams, by=as_administrator, how="not at all")
    with pytest.raises(ValidationError, match="nothing to try again"):
        try_again(job=asked)
    run_due()
    try_again(job=asked)
    [again] = run_due()
    assert again.state == State.FAILED
    give_up(job=asked)
    for decide in (give_up, try_again):
        with pytest.raises(ValidationError, match="given up"):
            decide(job=asked)
    assert run_due() == []


def test_what_was_given_up_while_it_ran_stays_given_up_when_it_then_fails(as_administrator):
    asked = start(make_teams, by=as_administrator, how="wrongly")
    begun = begin(asked.pk)
    give_up(job=asked)
    assert fail(begun, ValueError("too late")).state == State.GIVEN_UP
    asked.refresh_from_db()
    assert (asked.state, asked.trouble, asked.next_try_at) == (State.GIVEN_UP, "", None)


def test_what_is_done_is_neither_tried_again_nor_given_up(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    run_due()
    for decide in (give_up, try_again):
        with pytest.raises(ValidationError, match="done"):
            decide(job=asked)
    asked.refresh_from_db()
    assert (asked.state, teams(), queued()) == (State.DONE, 2, 0)


def test_what_is_tried_again_has_all_its_tries_before_it(as_administrator):
    asked = start(make_teams, by=as_administrator, how="wrongly")
    Job.objects.filter(pk=asked.pk).update(attempts=TRIES, state=State.FAILED, ended_at=clock.now())
    try_again(job=asked)
    [job] = run_due()
    assert (job.state, job.attempts) == (State.WAITING, 1)
    assert timedelta() < job.next_try_at - clock.now() <= WAITS[0]


@pytest.fixture
def waits_an_hour(as_administrator):
    """A job that failed once and that the queue holds until its next try."""
    asked = start(make_teams, by=as_administrator, key="teams", how="well")
    Job.objects.filter(pk=asked.pk).update(attempts=1, next_try_at=clock.now() + timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
    return asked


def next_in_queue() -> int | None:
    """The job a worker would be handed now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args ->> 'job')::bigint FROM procrastinate_fetch_job_v2(NULL, NULL)")
        return cursor.fetchone()[0]


def test_what_waits_for_its_next_try_begins_at_once_when_tried_again(waits_an_hour):
    assert next_in_queue() is None
    try_again(job=waits_an_hour)
    assert queued() == 1
    assert next_in_queue() == waits_an_hour.pk


def test_what_was_given_up_does_not_hold_back_the_same_asked_anew(waits_an_hour, as_administrator):
    give_up(job=waits_an_hour)
    anew = start(make_teams, by=as_administrator, key="teams", how="well")
    assert next_in_queue() == anew.pk != waits_an_hour.pk


def test_trying_again_beside_the_same_asked_anew_is_refused(as_administrator):
    failed = start(make_teams, by=as_administrator, key="teams", how="not at all")
    run_due()
    start(make_teams, by=as_administrator, key="teams", how="not at all")
    with pytest.raises(ValidationError, match="asked for again since"):
        try_again(job=failed)


def test_work_this_version_does_not_know_fails_with_words(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    Job.objects.filter(pk=asked.pk).update(name="gone.room")
    [failed] = run_due()
    assert failed.state == State.FAILED and "does not know" in failed.trouble
    assert failed.words == "gone.room"


def test_words_that_were_not_declared_cannot_be_shown_as_progress(as_administrator):
    asked = start(make_teams, by=as_administrator, how="well")
    with pytest.raises(ValueError, match="add the word"):
        Work(asked, asked.kind, print).progress(1, 2, CANARY)


def free_text(work, *, name: str) -> None: ...
def free_list(work, *, names: list[str]) -> None: ...
def untyped(work, *, name) -> None: ...


@pytest.mark.parametrize("function", [free_text, free_list, untyped])
def test_a_job_that_could_be_told_a_name_is_refused_as_the_site_starts(function):
    with pytest.raises(TypeError):
        job("Never", needs=Permission.MANAGE_USERS)(function)
    assert f"jobs.{function.__name__}" not in KINDS


def takes_much(work, *, many: int, day: date | None, sure: bool, word: Literal["one", "two"]) -> None: ...


anything = st.one_of(
    st.text(), st.integers(), st.booleans(), st.dates(), st.none(), st.floats(), st.datetimes(), st.binary()
)


@given(anything, anything)
def test_no_text_but_the_codes_own_words_gets_into_the_queue(value, other):
    for kept in (value, other):
        for name, annotation in taken_by(takes_much).items():
            if fits(kept, annotation):
                assert type(kept) in (int, date, bool, type(None)) or kept in ("one", "two"), name


def test_arguments_come_back_as_they_were_given(as_administrator):
    kind = KINDS["jobs.make_teams"]
    with pytest.raises(TypeError, match="takes"):
        kind.written({})
    with pytest.raises(TypeError, match="another kind"):
        kind.written({"how": CANARY})
    given_values = {"many": 3, "day": date(2026, 11, 22), "sure": True, "word": "one"}
    much = type(kind)("x", "x", takes_much, None, True, (), taken_by(takes_much))
    assert much.read(much.written(given_values)) == given_values
    with pytest.raises(TypeError):
        much.written(given_values | {"day": datetime(2026, 11, 22, 3)})


def test_whose_it_is_must_be_said(administrator):
    with pytest.raises(TypeError, match="by a person"):
        start(make_teams, how="well")


def test_the_queues_rows_are_the_sites_to_delete_and_no_other(as_administrator):
    """The site's role may empty the queue and the progress; what was asked for stays."""
    from django.db.utils import ProgrammingError

    asked = start(make_teams, by=as_administrator, how="well")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Job.objects.filter(pk=asked.pk)._raw_delete("default")


def test_cannot_be_done_has_words_of_the_class_only():
    assert CannotBeDone("a name").words == CannotBeDone.words
