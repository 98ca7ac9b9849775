"""The gallery in a real browser: accessible, legible, and losing nothing when the connection goes."""

import threading

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from openyj.core.tests import gallery as pages
from tests.browser import PHONE, WIDE, assert_accessible, picture

pytestmark = pytest.mark.browser


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing: a test says what went wrong itself."""


class Served:
    """The gallery on a port of its own. `down` is a site that cannot be reached, `late` counts what came in."""

    def __init__(self):
        self.down = False
        self.posts = []
        handler = StaticFilesHandler(WSGIHandler())

        def answer(environ, start):
            if self.down:
                raise ConnectionError
            if environ["REQUEST_METHOD"] == "POST":
                self.posts.append(environ["PATH_INFO"])
            return handler(environ, start)

        self.server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        # Closing waits for what is being answered. A page that closes sends its draft once more; answered after the
        # test, it would meet the site's own settings and addresses half put back.
        self.server.daemon_threads = False
        self.server.set_app(answer)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def served(gallery):
    gallery.SESSION_MINUTES = 30
    pages.SAVED.clear()
    pages.DRAFTS.clear()
    found = Served()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("address", ["/", "/form", "/list", "/list?state=Overdue&sort=-born&q=person", "/nowhere"])
def test_a_page_is_accessible(served, visit, address, width):
    page = visit(served.address + address, width=width)
    assert_accessible(page)
    picture(page, "gallery" + "".join(c if c.isalnum() else "-" for c in address))


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_form_with_errors_is_accessible_and_every_link_lands(served, visit, width):
    page = visit(served.address + "/form", width=width)
    page.click("text=Save")
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert_accessible(page)
    links = page.locator(".govuk-error-summary a")
    assert links.count() == 10
    for index in range(links.count()):
        links.nth(index).click()
        # The link for a select with a box to type in lands on the box, because the box took its id.
        assert page.evaluate("document.activeElement.matches('input:not([type=hidden]), select, textarea')")
    picture(page, "gallery-form-errors")


def fill(page):
    page.fill("[name=first_name]", "Ada")
    page.fill("[name=password]", "not-a-secret")
    page.fill("[name=born_day]", "4")
    page.fill("[name=born_month]", "june")
    page.fill("[name=born_year]", "2011")
    page.check("[name=size][value=s]")
    page.check("[name=agreed][value=no]")
    page.select_option("[name=area]", "n")
    page.fill("[name=sessions]", "3")
    page.fill("[name=cash]", "1,234.50")
    page.check("[name=sure]")


def pick(page):
    page.fill("#id_trade", "bak 5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_long_list_of_codes_is_found_by_typing(served, visit):
    page = visit(served.address + "/form")
    box = page.locator("#id_trade")
    assert box.get_attribute("role") == "combobox"
    box.fill("baker 05")
    shown = [text.strip() for text in page.locator("#id_trade_list [role=option]").all_inner_texts()]
    assert shown == ["005 Baker of kind 5", "050 Baker of kind 50", "055 Baker of kind 55"]
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert box.input_value() == "050 Baker of kind 50"
    assert page.eval_on_selector("[name=trade]", "select => select.value") == "50"
    assert page.url.endswith("/form"), "Enter chose from the list and did not send the form"
    box.fill("no such trade")
    page.keyboard.press("Tab")
    assert page.eval_on_selector("[name=trade]", "select => select.value") == "", "what the box says is what is sent"


def test_a_form_works_without_scripts(served, visit):
    page = visit(served.address + "/form", scripts=False)
    fill(page)
    page.select_option("#id_trade", "6")
    page.click("main button[type=submit] >> text=Save")
    assert page.url == served.address + "/"
    assert len(pages.SAVED) == 1


def test_what_is_typed_is_kept_as_a_draft(served, visit):
    page = visit(served.address + "/form")
    page.fill("[name=first_name]", "Ada")
    page.fill("[name=notes]", "Half a sentence")
    page.wait_for_selector("text=Saved as draft at 14:02")
    assert len(pages.DRAFTS) == 1, "one sending after the last keystroke, not one a field"
    assert pages.DRAFTS[0]["first_name"] == "Ada"
    assert pages.DRAFTS[0]["notes"] == "Half a sentence"
    assert pages.DRAFTS[0]["csrfmiddlewaretoken"]


def test_a_lost_connection_loses_nothing(served, visit):
    page = visit(served.address + "/form")
    fill(page)
    pick(page)
    page.wait_for_selector("text=Saved as draft at 14:02")
    page.context.set_offline(True)
    page.fill("[name=notes]", "Typed in a tunnel")
    page.wait_for_selector("text=Not saved: no connection.")
    page.click("main button[type=submit]")
    held = page.locator(".app-held")
    held.wait_for()
    assert held.get_attribute("role") == "alert"
    page.wait_for_selector("text=Not sent: the site cannot be reached.")
    assert_accessible(page)
    assert page.url.endswith("/form")
    assert page.input_value("[name=notes]") == "Typed in a tunnel"
    page.context.set_offline(False)
    page.wait_for_selector("text=Saved as draft at 14:02")
    assert pages.DRAFTS[-1]["notes"] == "Typed in a tunnel"
    page.click("main button[type=submit]")
    page.wait_for_url(served.address + "/")
    assert len(pages.SAVED) == 1


def test_a_form_is_not_sent_once_its_person_is_signed_out(served, visit):
    page = visit(served.address + "/form")
    fill(page)
    pick(page)
    page.route("**/alive**", lambda route: route.fulfill(status=401))
    page.click("main button[type=submit]")
    page.wait_for_selector(".app-held >> text=Sign in again in another tab")
    assert page.url.endswith("/form") and pages.SAVED == []
    page.unroute("**/alive**")
    page.click("main button[type=submit]")
    page.wait_for_url(served.address + "/")
    assert len(pages.SAVED) == 1


def test_a_draft_is_tried_again_without_another_keystroke(served, visit):
    page = visit(served.address + "/form")
    page.route("**/draft", lambda route: route.fulfill(status=502))
    page.fill("[name=notes]", "While the server was restarted")
    page.wait_for_selector("text=Not saved: no connection.")
    page.unroute("**/draft")
    page.wait_for_selector("text=Saved as draft at 14:02", timeout=9000)
    assert [draft["notes"] for draft in pages.DRAFTS] == ["While the server was restarted"]


@pytest.mark.parametrize("answer", [{"status": 403}, {"status": 302, "headers": {"Location": "/sign-in"}}])
def test_a_draft_that_is_refused_says_so(served, visit, answer):
    page = visit(served.address + "/form")
    page.route("**/draft", lambda route: route.fulfill(**answer))
    page.fill("[name=notes]", "After the session ended")
    page.wait_for_selector("text=Not saved: you have been signed out.")


def test_pressing_twice_sends_once(served, visit):
    page = visit(served.address + "/form")
    fill(page)
    pick(page)
    page.wait_for_selector("text=Saved as draft at 14:02")
    page.evaluate(
        """() => { const form = document.querySelector("main form");
                   form.requestSubmit(); form.requestSubmit(); form.requestSubmit(); }"""
    )
    page.wait_for_url(served.address + "/")
    assert served.posts.count("/form") == 1


def test_no_draft_comes_after_the_form_itself(served, visit):
    page = visit(served.address + "/form")
    fill(page)
    pick(page)
    page.click("main button[type=submit]")
    page.wait_for_url(served.address + "/")
    page.wait_for_timeout(1500)
    assert "/draft" not in served.posts[served.posts.index("/form") :]


def test_a_person_is_warned_before_rest_ends_the_session(served, visit, browser):
    page = visit("about:blank")
    page.clock.install()
    page.route(
        served.address + "/form",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("<title>", '<meta name="session-seconds" content="1800"><title>'),
            headers={"Content-Type": "text/html"},
        ),
    )
    page.goto(served.address + "/form")
    page.wait_for_selector(".govuk-frontend-supported")
    page.wait_for_selector("#id_trade_list", state="attached")
    page.clock.run_for(24 * 60_000)
    assert page.locator(".app-session").count() == 0
    page.clock.run_for(2 * 60_000)
    box = page.locator(".app-session")
    assert box.get_attribute("role") == "alert"
    assert "You will be signed out in 4 minutes" in box.inner_text()
    page.click("text=Stay signed in")
    box.wait_for(state="detached")
    page.clock.run_for(31 * 60_000)
    assert "You have probably been signed out" in page.locator(".app-session").inner_text()


def test_the_printed_page_is_a4_with_head_numbers_and_mark(served, visit, tmp_path):
    import pypdfium2

    page = visit(served.address + "/")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as book:
        width, height = book[0].get_size()
        texts = [sheet.get_textpage().get_text_range() for sheet in book]
    assert (round(width), round(height)) == (595, 842)
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "OFFICIAL-SENSITIVE" in text
    assert "Open Youth Justice" in texts[0]
    assert "Search" not in texts[0], "what cannot be pressed on paper is not printed"
