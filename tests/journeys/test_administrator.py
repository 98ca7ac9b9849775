"""Journey 7, the administrator: users, teams and localities; a new legal outcome, recordable the same day."""

from __future__ import annotations

import re

import pytest

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import press_and_wait

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "a long and quiet river"


def heading(page) -> str:
    return page.locator("h1").inner_text()


def choose(page, label: str) -> None:
    page.get_by_label(re.compile(f"^{label}:")).check()


def write_day(page, day: int, month: int, year: int) -> None:
    for label, part in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(str(part))


def fill_user(page, name: str, role: str = "Practitioner") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower().replace(' ', '.')}@example.invalid")
    choose(page, role)


def test_somebody_starts_changes_role_and_leaves(administrator, visit, demo_site):
    page = administrator
    page.get_by_role("link", name="Users", exact=True).first.click()
    assert_accessible(page)
    picture(page, "administrator-users")
    page.get_by_role("button", name="Add a user").click()
    press_and_wait(page, "Add this user")
    page.get_by_role("link", name="Select their role").click()
    assert page.evaluate("document.activeElement.name") == "role", "an error leads to its question"
    assert_accessible(page)
    fill_user(page, "Newcomer Invented")
    picture(page, "administrator-add-user")
    press_and_wait(page, "Add this user")
    assert heading(page).endswith("Newcomer Invented")
    assert "They cannot sign in yet" in page.inner_text("main")

    press_and_wait(page, "Make a link to set a password")
    assert_accessible(page)
    picture(page, "administrator-link")
    link = page.locator("code").inner_text()
    newcomer = visit(link)
    assert heading(newcomer) == "Set your password"
    assert_accessible(newcomer)
    picture(newcomer, "set-password")
    for field in ("New password", "New password again"):
        newcomer.get_by_label(field, exact=True).fill("short")
    press_and_wait(newcomer, "Set my password")
    assert "too short" in newcomer.locator(".govuk-error-summary").inner_text()
    assert_accessible(newcomer)
    for field in ("New password", "New password again"):
        newcomer.get_by_label(field, exact=True).fill(PASSWORD)
    press_and_wait(newcomer, "Set my password")
    assert heading(newcomer) == "Your password is set"
    newcomer.goto(f"{demo_site.url}/sign-in")
    newcomer.get_by_label("E-mail address").fill("Newcomer.Invented@example.invalid")
    newcomer.get_by_label("Password", exact=True).fill(PASSWORD)
    press_and_wait(newcomer, "Sign in")
    newcomer.goto(f"{demo_site.url}/account")
    assert_accessible(newcomer)
    assert "Practitioner" in newcomer.inner_text("main")
    again = visit(link)
    assert heading(again) == "This link does not work"

    page.get_by_role("link", name="Change role").click()
    choose(page, "Team manager")
    press_and_wait(page, "Save")
    assert "Role: Practitioner → Team manager" in page.inner_text("main")
    newcomer.reload()
    assert "Team manager" in newcomer.inner_text("main"), "a role holds from the next page"

    page.get_by_role("link", name="They have left").click()
    assert_accessible(page)
    press_and_wait(page, "End their access now")
    assert "has no access any more" in page.inner_text("main")
    newcomer.reload()
    assert heading(newcomer) == "Sign in"

    page.get_by_role("link", name="Let them back in").click()
    press_and_wait(page, "Let them back in")
    assert "No password yet" in page.inner_text("main")


def test_teams_and_localities(administrator):
    page = administrator
    for many, one in (("Teams", "team"), ("Localities", "locality")):
        page.get_by_role("link", name="Users", exact=True).first.click()
        page.get_by_label("Users and places").get_by_role("link", name=many).click()
        assert_accessible(page)
        page.get_by_role("button", name=f"Add a {one}").click()
        page.get_by_label("Name").fill(f"Invented {one}")
        press_and_wait(page, f"Add this {one}")
        page.get_by_role("link", name=f"Invented {one}").click()
        write_day(page, 1, 2, 2020)
        press_and_wait(page, "Save")
        assert "1 February 2020" in page.inner_text("main")
        page.get_by_role("link", name=f"Invented {one}").click()
        assert_accessible(page)
        for label in ("Day", "Month", "Year"):
            page.get_by_label(label, exact=True).fill("")
        press_and_wait(page, "Save")
        assert "1 February 2020" not in page.inner_text("main")


def test_a_new_outcome_is_added_changed_corrected_and_offered_at_once(administrator, visit, demo_site):
    page = administrator
    page.get_by_role("link", name="Reference data").first.click()
    assert_accessible(page)
    picture(page, "administrator-reference")
    assert "Absent until supplied" in page.inner_text("main")
    page.get_by_role("link", name="Open Legal outcomes").click()
    assert_accessible(page)
    picture(page, "administrator-outcomes")
    page.get_by_role("button", name="Add a legal outcome").click()
    page.get_by_label("Name").fill("Local caution scheme")
    write_day(page, 31, 2, 2026)
    choose(page, "Pre-Court")
    press_and_wait(page, "Add this outcome")
    assert "must be a real date" in page.locator(".govuk-error-summary").inner_text()
    assert_accessible(page)
    write_day(page, 1, 4, 2025)
    press_and_wait(page, "Add this outcome")
    assert heading(page).endswith("Local caution scheme")

    page.get_by_role("button", name="Let it count as something else from a day on").click()
    write_day(page, 1, 9, 2025)
    choose(page, "Diversion")
    assert_accessible(page)
    press_and_wait(page, "Change what it counts as")
    main = page.inner_text("main")
    assert "31 August 2025" in main and "1 September 2025" in main
    page.get_by_role("link", name="This was entered wrongly: correct it (Pre-Court").click()
    choose(page, "First-tier")
    page.get_by_label("What was wrong").fill("Misread the circular")
    press_and_wait(page, "Correct it")
    assert "Recorded in error" in page.inner_text("main")
    assert_accessible(page)
    picture(page, "administrator-outcome")

    manager = visit(demo_site.url)
    demo_site.sign_in(manager, "manager")
    email = demo_site.email("manager")
    child = demo_site.sql(
        "SELECT o.child_id FROM casework_offence o JOIN accounts_user u USING (service_id) "
        f"WHERE u.email = '{email}' AND o.in_error_at IS NULL ORDER BY o.id DESC LIMIT 1"
    ).strip()
    manager.goto(f"{demo_site.url}/children/{child}")
    manager.get_by_role("button", name="Add an outcome").or_(
        manager.get_by_role("link", name="Add an outcome")
    ).first.click()
    assert "Local caution scheme" in manager.content()


def test_a_change_that_touches_recorded_outcomes_is_read_first(administrator):
    page = administrator
    page.get_by_role("link", name="Reference data").first.click()
    page.get_by_role("link", name="Open Legal outcomes").click()
    page.get_by_role("link", name="Youth caution", exact=True).click()
    page.get_by_role("button", name="Let it count as something else from a day on").click()
    write_day(page, 1, 1, 2024)
    choose(page, "Diversion")
    press_and_wait(page, "Change what it counts as")
    summary = page.locator(".govuk-error-summary").inner_text()
    assert re.search(r"\d+ outcomes recorded at your service will count differently", summary)
    assert_accessible(page)
    picture(page, "administrator-will-change")
    page.get_by_role("link", name="Cancel").click()
    assert "Diversion" not in page.inner_text("main"), "nothing changed"


def test_populations(administrator):
    page = administrator
    page.get_by_role("link", name="Reference data").first.click()
    page.get_by_role("link", name="Open Populations").click()
    assert_accessible(page)
    picture(page, "administrator-populations")
    page.get_by_role("button", name="Add a year").click()
    page.get_by_label("Year").fill("1999")
    page.get_by_label("Residents aged 10 to 17").fill("about 20,000")
    page.get_by_label("Where the number comes from").fill("Invented for this test")
    press_and_wait(page, "Add this year")
    assert "must be a whole number" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("Residents aged 10 to 17").fill("20,000")
    press_and_wait(page, "Add this year")
    assert "20,000" in page.inner_text("main")


def test_others_are_refused(visit, demo_site):
    page = visit(demo_site.url)
    demo_site.sign_in(page, "practitioner")
    for path in ("/users", "/users/add", "/teams", "/localities", "/reference/", "/reference/outcomes/add"):
        assert page.goto(demo_site.url + path).status == 403
    assert heading(page) == "You cannot see this page"
    page.goto(demo_site.url)
    assert page.get_by_role("link", name="Users", exact=True).count() == 0
    page.goto(f"{demo_site.url}/roles")
    assert_accessible(page)


def test_another_services_administrator_finds_nothing(visit, demo_site):
    neighbour, practitioner = demo_site.email("neighbour"), demo_site.email("practitioner")
    user = demo_site.sql(f"SELECT id FROM accounts_user WHERE email = '{practitioner}'").strip()
    demo_site.sql(f"UPDATE accounts_user SET role = 'administrator' WHERE email = '{neighbour}' RETURNING 1")
    page = visit(demo_site.url)
    demo_site.sign_in(page, "neighbour")
    for path in (f"/users/{user}", f"/users/{user}/change", f"/users/{user}/left"):
        assert page.goto(demo_site.url + path).status == 404
    page.goto(f"{demo_site.url}/users")
    assert practitioner not in page.content()


def test_a_lost_connection_loses_nothing(administrator, demo_site):
    page = administrator
    page.goto(f"{demo_site.url}/users/add")
    fill_user(page, "Lost Connection")
    demo_site.kill()
    page.locator("main").get_by_role("button", name="Add this user").click()
    page.get_by_text("Not sent: the site cannot be reached").wait_for()
    assert page.get_by_label("Name", exact=True).input_value() == "Lost Connection"
    demo_site.start()
    press_and_wait(page, "Add this user")
    page.wait_for_url("**/users/*")
    assert heading(page).endswith("Lost Connection")
    assert demo_site.sql("SELECT count(*) FROM accounts_user WHERE name = 'Lost Connection'").strip() == "1"


def test_a_draft_waits_on_another_machine(administrator, visit, demo_site):
    administrator.goto(f"{demo_site.url}/users/add")
    fill_user(administrator, "Half Typed")
    administrator.get_by_text("Saved as draft at").wait_for()
    elsewhere = visit(demo_site.url)
    demo_site.sign_in(elsewhere, "administrator")
    elsewhere.goto(f"{demo_site.url}/users/add")
    assert elsewhere.get_by_label("Name", exact=True).input_value() == "Half Typed"
    assert "We kept what you typed" in elsewhere.inner_text("main")
    assert elsewhere.locator(".govuk-error-summary").count() == 0, "what is unfinished is not an error"
    assert_accessible(elsewhere)
    picture(elsewhere, "administrator-draft")
    press_and_wait(elsewhere, "Start again")
    assert elsewhere.get_by_label("Name", exact=True).input_value() == ""


def test_too_many_wrong_passwords_say_when_to_try_again(visit, demo_site):
    page = visit(f"{demo_site.url}/sign-in")
    assert_accessible(page)
    picture(page, "sign-in")
    for n in range(6):
        page.get_by_label("E-mail address").fill("nobody@example.invalid")
        page.get_by_label("Password", exact=True).fill(f"wrong {n}")
        press_and_wait(page, "Sign in")
        if n == 0:
            assert_accessible(page)
            picture(page, "sign-in-refused")
    assert re.search(r"You can try again at \d\d:\d\d\.", page.inner_text("main"))
    assert_accessible(page)
    page.goto(f"{demo_site.url}/set-password")
    assert_accessible(page)


@pytest.mark.parametrize(
    "path", ["/users", "/users/add", "/teams", "/roles", "/account", "/account/password", "/reference/",
             "/reference/outcomes", "/reference/outcomes/add", "/reference/outcomes/1", "/reference/populations"],
)  # fmt: skip
def test_on_a_phone(visit, demo_site, path):
    page = visit(demo_site.url, width=PHONE)
    demo_site.sign_in(page, "administrator")
    assert page.goto(demo_site.url + path).status == 200
    assert_accessible(page)
    picture(page, "phone" + path.replace("/", "-"))
