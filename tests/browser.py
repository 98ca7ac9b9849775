"""A real browser for tests: Chromium through Playwright, axe-core for accessibility, pictures to look at.

    from tests.browser import assert_accessible   # `browser` and `visit` are fixtures every test has

    @pytest.mark.browser
    def test_page(visit, address):
        page = visit(address)                    # 1280 px; visit(address, width=390) for a phone
        assert_accessible(page)

A machine without Chromium skips these tests and says what to install; in CI (the variable CI is set) it fails.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".data" / "axe.min.js"
PICTURES = ROOT / "test-results"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]  # WCAG 2.2 AA
WIDE, PHONE = 1280, 390  # pixels
FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root with its sandbox, and containers are root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str, how: str) -> None:
    """Skip, saying how to get what is missing; in CI a missing browser is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: {how}")
    pytest.skip(f"{what} is missing: {how}")


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One Chromium for the whole run."""
    path = os.environ.get("OPENYJ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("Chromium", "apt-get install chromium, or set OPENYJ_CHROMIUM to where it is")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser):
    """Opens an address in a fresh browser profile and gives the page; a script's error fails the test at its end.

    `visit(address, width=390, scripts=False)` is a phone without JavaScript. `same=page` opens another tab of the
    same person, with the same cookies.
    """
    contexts, errors = [], []

    def make(address: str, *, width: int = WIDE, scripts: bool = True, same: Page | None = None) -> Page:
        if same is None:
            size = {"width": width, "height": 900}
            context = browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")
            context.set_default_timeout(8000)
            context.set_default_navigation_timeout(30_000)  # a server may just have been started on a busy machine
            contexts.append(context)
        else:
            context = same.context
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        answer = page.goto(address)
        assert answer is None or answer.status < 500, f"{address} answered {answer.status}"
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


def assert_accessible(page: Page, *, ignoring: tuple[str, ...] = ()) -> None:
    """No violation of WCAG 2.2 AA that axe-core can see, and nothing wider than the screen."""
    if not AXE.exists():
        missing("axe-core", "./run test brings it")
    # Evaluated, not added as a script: the site's security policy rightly refuses foreign scripts.
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", STANDARD)
    wrong = [
        f"{each['id']}: {each['help']}\n    " + "\n    ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found["violations"]
        if each["id"] not in ignoring
    ]
    assert wrong == [], f"{page.url}\n" + "\n".join(wrong)
    assert len(found["passes"]) > 5, "axe-core looked at nothing"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"


def picture(page: Page, name: str) -> Path:
    """A picture of the whole page in test-results/, to look at; git ignores the folder."""
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    page.screenshot(path=path, full_page=True)
    return path
