"""Links and forms that change a part of the page, as htmx does it in a real browser."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, expect

from indexer.records.errors import StoreUnavailable
from search_api.app import create_app
from search_api.visits import COOKIE
from tests.web.sample_site import SEEN, SampleArchive, SampleStore, guarded_app, served
from tests.web.soundness import barriers, faults


@pytest.fixture(autouse=True)
def no_complaint(page: Page) -> Iterator[None]:
    """The console has nothing but the status of answers."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "status of" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    yield
    page.remove_listener("console", hear)
    assert said == []


@contextlib.contextmanager
def in_place(page: Page) -> Iterator[None]:
    """No other page is loaded in the meantime."""
    page.evaluate("window.isSame = true")
    yield
    assert page.evaluate("window.isSame") is True


def status(page: Page) -> Locator:
    return page.locator("p.status")


def answered(page: Page, told: str) -> None:
    """The page that is loaded says this, and its scripts have begun: they hear of the next step."""
    expect(status(page)).to_contain_text(told)
    page.wait_for_load_state()


def expect_focus(page: Page, identity: str) -> None:
    """It is given when a part has settled, some milliseconds after that shows its text."""
    page.wait_for_function("id => document.activeElement.id === id", arg=identity)


def expect_scrolled(page: Page, top: int) -> None:
    """Likewise."""
    page.wait_for_function("top => scrollY === top", arg=top)


def test_a_filter_changes_results_filters_bars_and_heading(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium&sort=newest")
    page.set_viewport_size({"width": 1100, "height": 300})
    chosen = page.locator("#lang-de")
    page.evaluate("scrollTo(0, 60)")
    with in_place(page):
        chosen.click()
        expect(status(page)).to_contain_text("1 page,")
    expect(page).to_have_url(f"{site}/?q=lithium&lang=de&sort=newest")
    assert page.title() == "lithium – Rohstoffradar"
    assert page.locator("main article").count() == 1
    assert page.locator("nav.timeline").count() == 0
    expect(page.locator("form.search input[name=lang]")).to_have_value("de")
    expect(page.locator("#languages a").first).to_have_attribute(
        "href", "/?q=lithium&lang=de&sort=newest&ui=en"
    )
    # As a person goes on from here.
    expect_focus(page, "lang-de")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect_scrolled(page, 60)
    expect(page.locator("#told")).to_have_text(status(page).inner_text())
    feeds = page.locator("link[rel=alternate]").evaluate_all("all => all.map(e => e.href)")
    asked = "?q=lithium&lang=de&sort=newest"
    assert feeds == [f"{site}/search.atom{asked}", f"{site}/api/search{asked}"]
    assert faults(page, "en") == []
    assert barriers(page) == []


def test_back_and_forward_lead_through_what_was_chosen(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    page.locator("#lang-de").click()
    expect(status(page)).to_contain_text("1 page,")
    page.get_by_role("list", name="Filters in force").get_by_role("link").click()
    expect(status(page)).to_contain_text("3 pages,")
    page.go_back()
    expect(page).to_have_url(f"{site}/?q=lithium&lang=de")
    answered(page, "1 page,")
    page.go_back()
    expect(page).to_have_url(f"{site}/?q=lithium")
    answered(page, "3 pages,")
    expect(page.locator("form.search input[name=lang]")).to_have_count(0)
    page.go_forward()
    answered(page, "1 page,")
    page.locator("main article h2 a").click()
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(re.escape(f"{site}/?q=lithium&lang=de#hit-")))
    assert page.evaluate("Object.keys(sessionStorage)") == ["htmx-current-path-for-history"]


def test_bars_orders_and_words_change_the_results_too(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    active = page.get_by_role("list", name="Filters in force").get_by_role("link")
    with in_place(page):
        page.get_by_role("link", name="March 2025: 1 page").focus()
        page.keyboard.press("Enter")
        expect(active).to_have_count(2)
        expect(page).to_have_url(f"{site}/?q=lithium&from=2025-03&to=2025-03")
        expect_focus(page, "main")  # the bar is gone
        active.last.click()
        expect(active).to_have_count(1)
        page.locator("#by-newest").click()
        expect(status(page)).to_contain_text("newest first")
        expect_focus(page, "by-newest")
        page.locator("#q").fill("сессия")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("сессия")
        expect_focus(page, "main")  # what is typed next are keys
        assert page.title() == "сессия – Rohstoffradar"


def test_keys_go_on_where_a_part_has_changed(page: Page, site: str) -> None:
    page.goto(f"{site}/?limit=2")
    first = page.locator("main article h2").first.inner_text()
    with in_place(page):
        page.keyboard.press("]")
        expect(page.locator("main article")).to_have_count(1)
        expect_scrolled(page, 0)
        page.keyboard.press("[")
        expect(page.locator("main article")).to_have_count(2)
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.textContent") == first
        page.keyboard.press("/")
        expect_focus(page, "q")
        page.keyboard.press("Escape")
    page.locator("main article h2 a").first.focus()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def test_with_a_modifier_a_link_leads_elsewhere(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    with page.context.expect_page() as opened:
        page.locator("#lang-de").click(modifiers=["Shift"])
    opened.value.close()
    with page.context.expect_page() as opened:
        page.locator("nav.timeline a").first.click(modifiers=["Control"])
    opened.value.close()
    assert page.url == f"{site}/?q=lithium"
    assert page.locator("main article").count() == 3


def test_what_is_wrong_is_said_in_place(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    with in_place(page):
        page.locator("#q").fill("lithium (copper")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("at character 9")
        expect(page.locator("#q")).to_have_value("lithium (copper")
        expect(page.locator(".query mark")).to_have_text("(")
        page.locator("#q").fill("lithium")
        page.keyboard.press("Enter")
        expect(status(page)).to_contain_text("3 pages,")
    page.goto(f"{site}/events")
    with in_place(page):
        page.locator("#q").fill("(")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("at character 1")


def test_a_store_that_is_away_is_said_in_place(page: Page) -> None:
    store = SampleStore()
    with served(create_app(store, SampleArchive())) as site:
        page.goto(f"{site}/?q=lithium")
        store.error = StoreUnavailable("the store does not answer")
        with in_place(page):
            page.locator("#lang-de").click()
            expect(page.get_by_role("main")).to_contain_text("503")
            expect(page).to_have_url(f"{site}/?q=lithium&lang=de")
        store.error = None
        page.goto(f"{site}/people")
        store.error = StoreUnavailable("the store does not answer")
        with in_place(page):  # its page has no list
            page.locator("#q").press_sequentially("pa")
            expect(page.get_by_role("main")).to_contain_text("503")


def test_without_an_answer_the_browser_says_why(fresh_page: Page, site: str) -> None:
    page = fresh_page
    page.goto(f"{site}/?q=lithium")
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.resource_type)
        route.abort() if len(asked) == 1 else route.continue_()

    page.route("**/*lang=de*", refuse)
    page.locator("#lang-de").click()
    expect(status(page)).to_contain_text("1 page,")
    assert asked == ["xhr", "document"]


def test_the_answer_to_the_last_question_stays(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*lang=de*", hold)
    try:
        with in_place(page):
            page.locator("#lang-de").click()
            page.locator("#by-newest").click()
            expect(status(page)).to_contain_text("newest first")
            with page.expect_response("**/*lang=de*") as late:
                held[0].continue_()
            late.value.finished()
            assert page.url == f"{site}/?q=lithium&sort=newest"
            expect(page.locator("#lang-de")).not_to_have_attribute("aria-current", "true")
    finally:
        page.unroute("**/*lang=de*")


def test_back_leads_to_where_the_page_stood(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1100, "height": 300})
    page.goto(f"{site}/?limit=50")
    page.evaluate("scrollTo(0, 500)")
    page.locator("#lang-de").evaluate("link => link.click()")
    expect(status(page)).to_contain_text("1 page,")
    page.evaluate("scrollTo(0, 0)")
    with page.expect_event("load"):  # the page of the address before is loaded
        page.evaluate("history.back()")
    page.evaluate("new Promise((then) => requestAnimationFrame(() => setTimeout(then)))")
    expect_scrolled(page, 500)
    with page.expect_event("load"):
        page.reload()
    assert page.evaluate("history.state.at") is None


def test_a_jump_over_places_of_a_page_leads_to_its_answer(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{site}/?q=lithium")
    page.locator("#lang-de").click()
    expect(status(page)).to_contain_text("1 page,")
    page.locator("a.narrow").click()
    page.evaluate("history.go(-2)")
    answered(page, "3 pages,")
    expect(page).to_have_url(f"{site}/?q=lithium")
    page.evaluate("history.go(2)")
    answered(page, "1 page,")
    expect(page).to_have_url(f"{site}/?q=lithium&lang=de#filters")


def test_what_is_asked_for_twice_is_one_step_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium&from=&to=")
    before = page.evaluate("history.length")
    for _ in range(2):
        with page.expect_response("**/?q=lithium**"):
            page.locator("#q").press("Enter")
        expect(page.locator("#main")).to_be_focused()
    assert page.evaluate("history.length") == before


@pytest.mark.parametrize("box", ["#q", "input[name=from]"])
def test_what_is_typed_while_an_answer_comes_stays(page: Page, site: str, box: str) -> None:
    page.goto(f"{site}/?q=lithium")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*lang=de*", hold)
    try:
        with in_place(page):
            with page.expect_request("**/*lang=de*"):
                page.locator("#lang-de").click()
            page.locator(box).fill("copp")
            page.locator(box).press("ArrowLeft")
            held[0].continue_()
            expect(status(page)).to_contain_text("1 page,")
            page.keyboard.type("_")
            expect(page.locator(box)).to_have_value("cop_p")
    finally:
        page.unroute("**/*lang=de*")


def test_a_question_that_fails_does_not_stop_a_later_one(fresh_page: Page, site: str) -> None:
    page = fresh_page
    page.goto(f"{site}/?q=lithium")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*lang=de*", hold)
    page.route("**/*sort=newest*", hold)
    with in_place(page):
        page.locator("#lang-de").click()
        with page.expect_request("**/*sort=newest*"):
            page.locator("#by-newest").click()
        with page.expect_event("requestfailed"):
            held[0].abort()
        held[1].continue_()
        expect(status(page)).to_contain_text("newest first")
    assert page.url == f"{site}/?q=lithium&sort=newest"


@pytest.mark.parametrize(
    ("path", "box", "typed"),
    [("/people?q=", "#q", "сан"), ("/facets/commodity?q=lithium&within=", "#within", "lit")],
)
def test_a_list_is_narrowed_while_one_types(
    page: Page, site: str, path: str, box: str, typed: str
) -> None:
    page.goto(f"{site}{path}")
    before = page.evaluate("history.length")
    with in_place(page):
        page.locator(box).press_sequentially(typed)
        page.wait_for_url(f"**{box[1:]}={quote(typed)}*")
        expect(status(page)).to_contain_text("1 ")
        expect(page.locator(box)).to_have_value(typed)
        expect(page.locator(box)).to_be_focused()
        assert page.evaluate("history.length") == before
        expect(page.locator("#told")).to_have_text(status(page).inner_text())
        page.locator(box).fill("xyz")
        expect(status(page)).to_contain_text("0 ")
        page.keyboard.press("Enter")
        expect(page.locator(box)).to_have_value("xyz")


def test_what_is_typed_before_the_scripts_have_come_narrows_the_list(
    fresh_page: Page, site: str
) -> None:
    held: list[Route] = []
    fresh_page.route("**/static/htmx-*", lambda route: held.append(route))  # noqa: PLW0108
    with fresh_page.expect_request("**/static/htmx-*"):
        fresh_page.goto(f"{site}/people", wait_until="commit")
    box = fresh_page.get_by_role("searchbox", name="Search within")
    expect(box).to_be_attached()
    box.fill("zzqqx")
    expect(fresh_page.get_by_role("status")).to_have_text("1 name")
    held[0].continue_()
    expect(fresh_page).to_have_url(f"{site}/people?q=zzqqx")
    expect(fresh_page.get_by_role("status")).not_to_have_text("1 name")
    expect(box).to_have_value("zzqqx")


def test_months_follow_each_other_in_place(page: Page, site: str) -> None:
    page.goto(f"{site}/events?month=2099-05")
    with in_place(page):
        page.get_by_role("link", name="June 2099").focus()
        for month in ("June 2099", "July 2099"):
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", level=2, name=month)).to_be_visible()
        expect_focus(page, "month-after")
        page.get_by_role("link", name="Past").click()
        expect(status(page)).to_have_text("1 event past")
        page.locator("input[name=country]").fill("KZ")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**country=KZ*")
        expect(page.locator("input[name=country]")).to_have_value("KZ")


def test_who_is_logged_out_meanwhile_is_led_to_the_login(page: Page, tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path / "guarded")
    with served(guarded.app) as site:
        page.goto(f"{site}/?q=lithium")
        expect(page.get_by_label("Your key")).to_be_focused()
        page.get_by_label("Your key").fill(guarded.keys["read"])
        with page.expect_navigation():  # with its scripts
            page.get_by_role("button", name="Log in").click()
        page.context.clear_cookies()
        page.locator("#lang-de").click()
        expect(page.get_by_label("Your key")).to_be_focused()
        page.get_by_label("Your key").fill(guarded.keys["read"])
        page.get_by_role("button", name="Log in").click()
        expect(status(page)).to_contain_text("1 page,")
        expect(page).to_have_url(f"{site}/?q=lithium&lang=de")


def test_a_language_chosen_elsewhere_is_that_of_the_whole_page(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    page.context.add_cookies([{"name": "rohstoffradar_language", "value": "de", "url": site}])
    page.locator("#lang-de").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("header .menu a").first).to_have_text("Veranstaltungen")
    expect(page).to_have_url(f"{site}/?q=lithium&lang=de")


def test_a_visit_goes_on_where_filters_are_chosen_and_taken_away(page: Page, site: str) -> None:
    long_ago = int((SEEN - timedelta(days=2)).timestamp())
    page.context.add_cookies([{"name": COOKIE, "value": f".{long_ago}.{long_ago}", "url": site}])

    def visit() -> str:
        return next(c.get("value", "") for c in page.context.cookies() if c.get("name") == COOKIE)

    page.goto(site)
    new = page.get_by_role("heading", name="New since your last visit")
    expect(new).to_be_visible()
    page.context.add_cookies([{"name": COOKIE, "value": f"{visit()}", "url": site}])
    before = visit()
    with in_place(page):
        page.locator("#lang-de").click()
        expect(new).not_to_be_visible()
        assert visit() == before
        page.get_by_role("list", name="Filters in force").get_by_role("link").click()
        expect(new).to_be_visible()
    assert visit().split(".")[:2] == before.split(".")[:2]


def test_a_browser_that_loads_no_library_has_whole_pages(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        context.route("**/htmx*", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{site}/?q=lithium")
        page.locator("#lang-de").click()
        page.wait_for_url(f"{site}/?q=lithium&lang=de")
        expect(status(page)).to_contain_text("1 page,")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.matches('article h2 a')")
