"""A real Chromium, and the application over sample data served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.web.sample_site import empty_app, map_app, sample_app, served

CHROMIUM = Path("/usr/bin/chromium")
HEADLESS = Path("/usr/bin/chromium-headless-shell")
"""The same browser without its windows: a page takes half the processor time, a new one a third."""
BROWSER = HEADLESS if HEADLESS.exists() else CHROMIUM
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOW: ViewportSize = {"width": 1100, "height": 800}
PATIENCE = 120_000
"""Milliseconds for which a step waits, and what is expected: machines of tests are busy."""
expect.set_options(timeout=PATIENCE)  # in place of 5 seconds


@pytest.fixture(scope="session")
def needs_chromium() -> Path:
    if not BROWSER.exists():
        pytest.skip("needs Chromium: apt-get install chromium chromium-headless-shell")
    return BROWSER


# Of one module: Playwright keeps an event loop running, beside which no crawl can run in this
# process.
@pytest.fixture(scope="module")
def browser(needs_chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(needs_chromium), args=list(FLAGS))
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        browser.close()


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page that nobody has used, for a test that leaves something behind in it."""
    page = browser.new_page(viewport=WINDOW)
    yield page
    page.close()


@pytest.fixture(scope="module")
def _shared_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=WINDOW)
    yield page
    page.close()


@pytest.fixture
def page(_shared_page: Page) -> Iterator[Page]:
    """The page of all tests of a module: the processes of a new one take longer than most tests.
    Its size, its colours and its cookies are put back.
    """
    _shared_page.set_viewport_size(WINDOW)
    _shared_page.emulate_media(color_scheme="light")
    yield _shared_page
    _shared_page.context.clear_cookies()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with served(sample_app()) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site() -> Iterator[str]:
    with served(empty_app()) as address:
        yield address


@pytest.fixture(scope="session")
def map_site() -> Iterator[str]:
    with served(map_app()) as address:
        yield address
