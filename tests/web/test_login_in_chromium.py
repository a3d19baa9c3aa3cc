"""Logging in and out as a person does it, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.sample_site import Guarded, guarded_app, served


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    return guarded_app(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(scope="module")
def guarded_site(guarded: Guarded) -> Iterator[str]:
    with served(guarded.app) as address:
        yield address


@pytest.fixture
def person(browser: Browser) -> Iterator[Page]:
    """A page with cookies of its own."""
    context = browser.new_context(viewport={"width": 1100, "height": 700})
    yield context.new_page()
    context.close()


def log_in(person: Page, key: str) -> None:
    person.get_by_label("Your key").fill(key)
    with person.expect_navigation():
        person.get_by_role("button", name="Log in").click()


def test_a_link_leads_to_the_login_and_from_there_to_its_page(
    person: Page, guarded: Guarded, guarded_site: str
) -> None:
    person.goto(f"{guarded_site}/?q=lithium")
    expect(person.get_by_role("heading", level=1)).to_have_text("Log in")
    expect(person.get_by_label("Your key")).to_be_focused()
    expect(person.get_by_role("navigation", name="Site")).to_have_count(0)
    log_in(person, guarded.keys["read"])
    expect(person).to_have_url(f"{guarded_site}/?q=lithium")
    expect(person.get_by_role("status")).to_contain_text("3 pages")
    assert person.evaluate("document.cookie") == ""


def test_a_wrong_key_is_told(person: Page, guarded: Guarded, guarded_site: str) -> None:
    person.goto(f"{guarded_site}/sources")
    log_in(person, "radar_wrong")
    expect(person.get_by_role("alert")).to_have_text("This key is not known here.")
    log_in(person, guarded.keys["read"])
    expect(person).to_have_url(f"{guarded_site}/sources")


def test_after_the_logout_nothing_is_left_to_see(
    person: Page, guarded: Guarded, guarded_site: str
) -> None:
    person.goto(f"{guarded_site}/sources")
    log_in(person, guarded.keys["read"])
    expect(person.get_by_role("banner")).to_contain_text("read")
    person.get_by_role("button", name="Log out").click()
    expect(person).to_have_url(f"{guarded_site}/login")
    with person.expect_navigation():
        person.evaluate("history.back()")
    expect(person.get_by_role("heading", level=1)).to_have_text("Log in")


def test_the_address_of_a_feed_works_in_a_feed_reader(
    person: Page, guarded: Guarded, guarded_site: str
) -> None:
    person.goto(f"{guarded_site}/watches")
    log_in(person, guarded.keys["read"])
    link = person.locator('td a[href*=".atom"]')
    address = f"{guarded_site}{link.get_attribute('href')}"
    assert httpx.get(address).status_code == 200
    assert httpx.get(address.partition("?")[0]).status_code == 401


@pytest.mark.parametrize("path", ["/login", "/sources"])
@pytest.mark.parametrize("width", [320, 1100])
def test_pages_with_a_key_fit_and_keep_their_policy(
    person: Page, guarded: Guarded, guarded_site: str, path: str, width: int
) -> None:
    complaints: list[str] = []
    person.on("console", lambda message: complaints.append(message.text))
    person.set_viewport_size({"width": width, "height": 700})
    person.goto(f"{guarded_site}{path}")
    assert person.evaluate("document.documentElement.scrollWidth") <= width
    log_in(person, guarded.keys["read"])
    person.goto(f"{guarded_site}{path}")
    assert person.evaluate("document.documentElement.scrollWidth") <= width
    assert person.locator("h1").count() == 1
    assert complaints == []


def test_another_site_can_t_log_anybody_out(
    person: Page, guarded: Guarded, guarded_site: str
) -> None:
    person.goto(f"{guarded_site}/sources")
    log_in(person, guarded.keys["read"])
    person.goto(
        "data:text/html,"
        f'<form action="{guarded_site}/logout" method="post"><button>Win</button></form>'
    )
    person.get_by_role("button", name="Win").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("The form was not accepted")
    person.goto(f"{guarded_site}/sources")
    expect(person.get_by_role("heading", level=1)).to_have_text("Sources")
