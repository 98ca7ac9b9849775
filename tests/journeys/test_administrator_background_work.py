"""The administrator and background work: it is begun, watched, killed in the middle, fails, is tried again."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from openyj.jobs.tests.worker_process import WorkerProcess, wait_for
from ops import postgres
from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import press_and_wait

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def worker(demo_site, tmp_path):
    """A worker of the demo's database, not started yet."""
    made = WorkerProcess(demo_site.database, tmp_path / "worker.log")
    yield made
    made.kill()


def main(page) -> str:
    return page.inner_text("main")


def begin(page) -> str:
    """Begin the clearing of sign-ins; the number of the job."""
    page.get_by_role("link", name="Background work", exact=True).first.click()
    press_and_wait(page, re.compile("Do it now.*Clear sign-ins"))
    return page.url.rsplit("/", 1)[1]


def test_work_is_begun_watched_and_done(administrator, worker, demo_site):
    page = administrator
    page.get_by_role("link", name="Background work", exact=True).first.click()
    assert "Background work has not been started on this site" in main(page)
    assert_accessible(page)
    picture(page, "background-work-not-started")
    job = begin(page)
    assert "Waits for its turn" in main(page)
    assert_accessible(page)
    picture(page, "background-work-waiting")
    worker.start()
    page.get_by_text("Done", exact=True).first.wait_for(timeout=30_000)  # the page sees it by itself
    assert_accessible(page)
    picture(page, "background-work-done")
    assert demo_site.sql(f"SELECT state FROM jobs_job WHERE id = {job}") == "done"
    page.get_by_role("link", name="Background work", exact=True).first.click()
    assert "has not" not in main(page)
    assert_accessible(page)
    picture(page, "background-work")


def test_a_failure_says_why_and_is_tried_again_or_given_up(administrator, worker, demo_site):
    page = administrator
    postgres.query("REVOKE DELETE ON django_session FROM openyj_app", database=demo_site.database)
    try:
        worker.start()
        job = begin(page)
        page.get_by_role("button", name="Try again").wait_for(timeout=30_000)
        assert "Did not work at try 1. Will be tried again at" in main(page)
        assert "The software made a mistake: ProgrammingError" in main(page)
        assert "permission denied" not in page.content(), "an error's own text is never shown"
        assert_accessible(page)
        picture(page, "background-work-failed")
    finally:
        postgres.query("GRANT DELETE ON django_session TO openyj_app", database=demo_site.database)
    press_and_wait(page, "Try again")
    page.get_by_text("Done", exact=True).first.wait_for(timeout=20_000)  # sooner than the queue's own next try
    assert demo_site.sql(f"SELECT state FROM jobs_job WHERE id = {job}") == "done"


def test_a_worker_that_stands_still_is_said_and_what_waits_is_given_up(administrator, worker, demo_site):
    page = administrator
    worker.start()
    wait_for(lambda: demo_site.sql("SELECT count(*) FROM procrastinate_workers") != "0")
    worker.kill()
    demo_site.sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '20 minutes' RETURNING 1")
    begin(page)
    assert re.search(r"Background work has not moved since \d\d:\d\d", main(page))
    assert_accessible(page)
    picture(page, "background-work-stands-still")
    press_and_wait(page, "Give up")
    assert "It is given up" in main(page) and "Try again" not in main(page)
    assert_accessible(page)


def ask_for_long_work(demo_site) -> str:
    """The administrator asks for two teams; at its first try the work waits in the middle. The number of the job."""
    program = (
        "import django; django.setup()\n"
        "from openyj.accounts.models import User\n"
        "from openyj.accounts.scope import acting\n"
        "from openyj.jobs.services import start\n"
        "from openyj.jobs.tests.examples import be_killed\n"
        f"by = User.objects.get(email={demo_site.email('administrator')!r})\n"
        "with acting(by=by):\n"
        "    print(start(be_killed, by=by, when='midway').pk)"
    )
    environment = postgres.site_environment(demo_site.database, mode="test")
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_worker_killed_in_the_middle_is_seen_through(administrator, worker, demo_site):
    page = administrator
    job = ask_for_long_work(demo_site)
    worker.start()
    page.goto(f"{demo_site.url}/background-work/{job}")
    page.get_by_text("1 of 2 teams").first.wait_for(timeout=30_000)
    assert page.locator("progress").get_attribute("value") == "1"
    assert page.get_by_role("status").filter(has_text="1 of 2 teams").count() <= 1, "said once, politely"
    assert_accessible(page)
    picture(page, "background-work-running")
    worker.kill()
    teams = f"SELECT count(*) FROM accounts_team WHERE name IN ('First {job}', 'Second {job}')"
    assert demo_site.sql(teams) == "0"
    worker.start()
    page.get_by_text("Done", exact=True).first.wait_for(timeout=60_000)
    assert "2" in main(page) and demo_site.sql(teams) == "2"


def test_without_scripts_one_looks_again(visit, worker, demo_site):
    page = visit(demo_site.url, scripts=False)
    demo_site.sign_in(page, "administrator")
    begin(page)
    worker.start()

    def done() -> bool:
        page.get_by_role("link", name="Look again").click()
        return "Done" in main(page)

    wait_for(done)


def test_a_lost_connection_stops_no_work(administrator, worker, demo_site):
    page = administrator
    job = begin(page)
    demo_site.kill()
    page.get_by_text("The site cannot be reached. The work goes on").wait_for()
    worker.start()
    wait_for(lambda: demo_site.sql(f"SELECT state FROM jobs_job WHERE id = {job}") == "done")
    demo_site.start()
    page.get_by_text("Done", exact=True).first.wait_for(timeout=30_000)


def test_others_are_refused(visit, administrator, demo_site):
    job = begin(administrator)
    page = visit(demo_site.url)
    demo_site.sign_in(page, "manager")
    assert page.get_by_role("link", name="Background work", exact=True).count() == 0
    assert page.goto(f"{demo_site.url}/background-work/{job}").status == 404
    page.goto(f"{demo_site.url}/background-work/")
    assert "What I asked for in the background" in main(page) and "Clear sign-ins" not in main(page)
    assert_accessible(page)


def test_another_services_administrator_sees_none_of_it(visit, demo_site):
    """The system's work is every administrator's; what somebody of a service asked for is that service's."""
    practitioner, neighbour = demo_site.email("practitioner"), demo_site.email("neighbour")
    job = demo_site.sql(
        "INSERT INTO jobs_job (service_id, by_id, name, key, arguments, state, attempts, asked_at, trouble, led_to) "
        "SELECT service_id, id, 'gone.work', '', '{}', 'failed', 5, now(), 'Canary', '' FROM accounts_user "
        f"WHERE email = '{practitioner}' RETURNING id"
    ).split()[0]
    demo_site.sql(f"UPDATE accounts_user SET role = 'administrator' WHERE email = '{neighbour}' RETURNING 1")
    page = visit(demo_site.url)
    demo_site.sign_in(page, "neighbour")
    for path in ("", "/state"):
        assert page.goto(f"{demo_site.url}/background-work/{job}{path}").status == 404
    page.goto(f"{demo_site.url}/background-work/")
    assert "gone.work" not in main(page)


@pytest.mark.parametrize("path", ["/background-work/", "/background-work/1"])
def test_on_a_phone(visit, administrator, demo_site, path):
    begin(administrator)
    page = visit(demo_site.url, width=PHONE)
    demo_site.sign_in(page, "administrator")
    assert page.goto(demo_site.url + path).status == 200
    assert_accessible(page)
    picture(page, "phone" + path.replace("/", "-"))
