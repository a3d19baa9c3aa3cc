"""Ten journeys of an analyst through the pages, as a person goes them in a browser.

They find their way by addresses and marks of the pages, not by words: each works in every language
of the interface, over any data in which pages of several months and languages, German among them,
tell of a raw material, events, people and places.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from playwright.sync_api import Locator, Page, Response, expect

LONG_AGO = ".1262304000.1262304000"
"""The cookie of a visit of 2010: everything is new since."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A person at a page of the site, who looks at each page that comes."""

    page: Page
    site: str
    looked_at: Callable[[str, Response | None], None]
    """Called with a name for each page that is new before the person's eyes."""
    scripts: bool
    word: str
    """A raw material of which pages of several languages tell; also the id of its concept."""

    def go(self, path: str, name: str) -> None:
        """Type an address."""
        self.looked_at(name, self.page.goto(f"{self.site}{path}"))

    def click(self, place: Locator | str, name: str) -> None:
        """Follow a link, or press a button that leads to another page."""
        found = self.page.locator(place).first if isinstance(place, str) else place
        with self._leads_on(name):
            found.click()

    def press(self, key: str, name: str) -> None:
        """Press a key that leads to another page."""
        with self._leads_on(name):
            self.page.keyboard.press(key)

    @contextlib.contextmanager
    def _leads_on(self, name: str) -> Iterator[None]:
        with self.page.expect_navigation() as arrived:
            yield
        # A list that was narrowed while its box was filled may come once more.
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        self.looked_at(name, arrived.value)

    def menu(self, path: str) -> None:
        """The link of the menu."""
        self.click(f"nav.menu a[href$='{path}']", path[1:])
        expect(self.page.locator(f"nav.menu a[href$='{path}']")).to_have_attribute(
            "aria-current", "true"
        )

    def opened(self, place: str) -> None:
        """Open what is folded, as far as it is there."""
        for found in self.page.locator(f"{place}:not([open]) > summary").all():
            found.click()

    def total(self) -> int:
        """The number that the page tells first."""
        status = self.page.get_by_role("status").first.inner_text()
        number = re.search(r"\d+", status)
        assert number, status
        return int(number.group())


def a_morning(walk: Walk) -> None:
    """What is new, what comes, what watches told, and which source needs a person."""
    walk.page.context.add_cookies(
        [{"name": "rohstoffradar_visit", "value": LONG_AGO, "url": walk.site}]
    )
    walk.go("/", "start")
    walk.click("div.start a[href*='since=']", "new")
    assert walk.total() > 0
    walk.click("ul.active a", "start")
    walk.click("div.start a[href*='/documents/']", "document")
    walk.menu("/sources")
    walk.click("table.sources th a", "source")
    expect(walk.page.locator("table tbody tr").first).to_be_visible()
    walk.click("p.twins a[href$='/runs']", "runs")
    assert walk.total() > 0


def a_search(walk: Walk) -> None:
    """A word is searched, narrowed, opened, read, and the results are as they were."""
    walk.go("/", "start")
    walk.page.locator("#q").fill(walk.word)
    walk.page.locator("#q").focus()
    walk.press("Enter", "results")
    before = walk.total()
    expect(walk.page.locator("#q")).to_have_value(walk.word)
    walk.click("#filters a[href*='lang=de']", "narrowed")
    assert 0 < walk.total() < before
    if walk.scripts:
        walk.page.keyboard.press("j")
        walk.press("o", "document")
    else:
        walk.click("main article h2 a", "document")
    expect(walk.page.locator("article.text")).to_be_visible()
    walk.click("a[href*='#hit-']", "narrowed")
    expect(walk.page.locator("article:target")).to_be_in_viewport()


def a_period(walk: Walk) -> None:
    """The bars narrow to a period, the form to another; all values of a filter; files."""
    walk.go(f"/?q={walk.word}", "results")
    everything = walk.total()
    walk.click(walk.page.locator("nav.timeline a").last, "period")
    assert 0 < walk.total() <= everything
    assert "from=" in walk.page.url
    walk.click("ul.active a", "results")
    walk.page.locator("input[name=from]").fill("2024-05")
    walk.page.locator("input[name=to]").fill("2027")
    walk.click("form.search button", "period")
    assert 0 < walk.total() <= everything
    walk.click("nav.sorts a[href*='sort=newest']", "newest first")
    files = walk.page.locator("p.twins a[href*='search.']")
    assert files.count() >= 5
    for file in files.all():
        answer = walk.page.request.get(f"{walk.site}{file.get_attribute('href')}")
        assert answer.status == 200, file
    walk.go(f"/facets/commodity?q={walk.word}", "values")
    walk.page.locator("#within").fill(walk.word[:4])
    walk.page.locator("#within").focus()
    walk.press("Enter", "values")
    assert walk.total() == 1
    walk.click("ul.values a", "narrowed")
    assert f"commodity={walk.word}" in walk.page.url


def a_mistake(walk: Walk) -> None:
    """A bracket too many is shown in its place; a slip is answered with what was meant."""
    walk.go(f"/?q=({walk.word}", "mistake")
    expect(walk.page.get_by_role("alert")).to_contain_text("1")
    expect(walk.page.locator(".query mark")).to_have_text("(")
    walk.page.locator("#q").fill(walk.word[:4] + walk.word[5:])
    walk.click("form.search button", "nothing")
    expect(walk.page.locator("main article")).to_have_count(0)
    walk.click("main p q a", "results")
    assert walk.total() > 0
    walk.go("/documents/0000000000000000", "no such page")
    walk.click("header a.name", "start")


def a_document(walk: Walk) -> None:
    """A value of the text leads to its search, the record to sentences, and back."""
    walk.go(f"/?q={walk.word}", "results")
    walk.click("article:has(.meta.event) h2 a", "document")
    value = walk.page.locator("article.text a.value[href*='commodity=']").first
    value.focus()
    label = value.evaluate("e => getComputedStyle(e, '::after').content")
    assert value.get_attribute("data-label") in label
    walk.click(value, "narrowed")
    assert walk.total() > 0
    walk.page.go_back()
    walk.click("aside.glance dd a", "narrowed")
    walk.page.go_back()
    walk.opened("section details")
    walk.page.locator("a[href*='/archive/']").click()
    # Its sandbox is a process of its own, which has to be there before one can go back.
    walk.page.wait_for_url("**/archive/*", wait_until="load")
    walk.page.go_back()
    walk.click("a[href*='/events/']", "event")
    expect(walk.page.locator("ul.linked a").first).to_be_visible()


def the_calendar(walk: Walk) -> None:
    """Events to come, past ones, one of them with its pages, a month and the next."""
    walk.go("/", "start")
    walk.menu("/events")
    coming = walk.total()
    walk.click("nav.sorts a[href*='when=past']", "past events")
    assert coming + walk.total() > 0
    walk.click("table th a", "event")
    walk.click("ul.linked a", "document")
    walk.menu("/events")
    walk.page.locator("input[name=country]").fill("KZ")
    walk.click("form.events button", "narrowed events")
    walk.click("nav.sorts a[href*='month=']", "month")
    walk.click("nav.paging a[rel=next]", "month")
    walk.click("nav.paging a[rel=prev]", "month")
    expect(walk.page.locator("table.month td.day").first).to_be_visible()


def a_person(walk: Walk) -> None:
    """A person is found by letters of the name, with passages and pages."""
    walk.go("/", "start")
    walk.menu("/people")
    everybody = walk.total()
    name = walk.page.locator("table th a").first.inner_text()
    walk.page.locator("#q").fill(name[:6].casefold())
    walk.click("form.search button", "people")
    assert 0 < walk.total() <= everybody
    walk.click("table th a", "person")
    expect(walk.page.locator("h1")).to_have_text(name)
    expect(walk.page.locator("article").first).to_be_visible()
    walk.click("p.status a", "narrowed")
    assert walk.total() > 0


def names(walk: Walk) -> None:
    """Series with their editions, an organisation, strategies."""
    walk.go("/series", "series")
    walk.click("table th a", "one series")
    walk.click("table th a", "event")
    walk.click("a[href*='/organisations/']", "organisation")
    expect(walk.page.locator("article").first).to_be_visible()
    walk.menu("/strategies")
    walk.click("table th a", "strategy")
    walk.click("article h3 a", "document")


def the_map(walk: Walk) -> None:
    """A point of the map is chosen with the keyboard, a country with the pointer."""
    walk.go("/", "start")
    walk.click("nav.menu a[href$='/places']", "places")
    point = walk.page.locator(".map a:not(.state)").first
    point.focus()
    walk.press("Enter", "place")
    expect(walk.page.locator("h1")).to_be_visible()
    walk.click("p.status a", "narrowed")
    assert walk.total() > 0
    walk.go("/places", "places")
    walk.page.locator(".map a.state").first.focus()
    walk.press("Enter", "narrowed")
    assert "country=" in walk.page.url


def a_watch(walk: Walk) -> None:
    """A search is kept as a watch, tried, saved, read and taken away again."""
    walk.go(f"/?q={walk.word}", "results")
    walk.click("a[href*='/watches/new?q=']", "new watch")
    expect(walk.page.locator("#query")).to_have_value(walk.word)
    walk.page.locator("#name").fill("Lithium <1> · journey")
    walk.page.locator("#channels").fill("feed")
    walk.click("button[value=backtest]", "tried watch")
    expect(walk.page.get_by_role("status").first).to_be_visible()
    walk.click("button[value=save]", "watch")
    expect(walk.page.locator("h1")).to_have_text("Lithium <1> · journey")
    walk.click("form[action$='/remove'] button", "watches")
    expect(walk.page.locator("main")).not_to_contain_text("Lithium <1>")


Journey: TypeAlias = "Callable[[Walk], None]"
JOURNEYS: Mapping[str, Journey] = MappingProxyType(
    {
        journey.__name__: journey
        for journey in (
            a_morning,
            a_search,
            a_period,
            a_mistake,
            a_document,
            the_calendar,
            a_person,
            names,
            the_map,
            a_watch,
        )
    }
)
