"""The pages as a person meets them, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from search_api.visits import COOKIE
from tests.web.sample_site import EVENTS, SEEN, TITLE, event_document
from tests.web.soundness import COLOURS, barriers, faults

PATHS = (
    "/",
    "/?q=lithium&lang=de&from=2020",
    "/?q=nothing-at-all",
    "/?q=%28",
    "/?since=2026-03",
    f"/documents/{event_document()}",
    "/events",
    "/events?when=past",
    "/events?month=2099-05",
    "/events?q=%28",
    f"/events/{EVENTS[1].id}",
    "/people",
    "/people?q=nobody",
    "/people?cursor=x",
    "/people/Paula%20Sandberg",
    "/organisations",
    "/strategies/Erze%202040",
    "/facets/commodity?q=lithium&lang=de",
    "/facets/person?within=nobody",
    "/facets/kind?cursor=x",
    "/series/Erzforum%20Mittelasien",
    "/places",
    "/sources",
    "/sources/erzkunde",
    "/runs",
    "/runs?cursor=x",
    "/watches",
    "/watches/new?q=lithium",
    "/watches/desk-only",
    "/docs",
    "/no-such-page",
)


def test_a_search_is_typed_narrowed_opened_and_read(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox", name="Search").fill("lithium")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("3 pages, most relevant first")

    page.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="German 1 page", exact=True
    ).click()
    expect(page.get_by_role("status")).to_contain_text("1 page,")
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("lithium")

    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Organiser"))
    expect(row.first).to_contain_text("Gastgeber war die Kammer für Geologie.")
    expect(row.first.locator("mark")).to_have_text("Kammer für Geologie")

    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(re.escape(f"{site}/?q=lithium&lang=de#hit-")))
    expect(page.locator("article:target")).to_contain_text(TITLE)


def test_all_values_of_a_filter_are_searched_and_chosen(page: Page, site: str) -> None:
    page.goto(f"{site}/facets/commodity?q=lithium")
    expect(page.get_by_role("status")).to_have_text("3 values")
    page.get_by_role("searchbox", name="Search within").fill("lith")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 value")
    page.get_by_role("link", name="lithium 1 page").click()
    expect(page).to_have_url(f"{site}/?q=lithium&commodity=lithium")
    expect(page.get_by_role("status")).to_contain_text("1 page,")


def test_the_timeline_narrows_the_search(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    when = page.get_by_role("navigation", name="When published")
    expect(when.get_by_role("link")).to_have_count(11)
    bar = when.get_by_role("link", name="March 2025: 1 page")
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 page,")
    expect(page).to_have_url(f"{site}/?q=lithium&from=2025-03&to=2025-03")


def test_a_filter_in_force_is_removed_by_its_link(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium&lang=de")
    page.get_by_role("list", name="Filters in force").get_by_role("link").click()
    expect(page.get_by_role("status")).to_contain_text("3 pages")
    expect(page).to_have_url(f"{site}/?q=lithium")


def test_the_form_keeps_filters_and_order(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium&lang=de&sort=newest")
    page.get_by_label("from").fill("2024-05")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(f"{site}/?q=lithium&lang=de&sort=newest&from=2024-05&to=")
    expect(page.get_by_role("status")).to_contain_text("1 page, newest first")


def test_paging_leads_on_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?limit=2")
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name="First page").click()
    expect(page.locator("article")).to_have_count(2)
    expect(page).to_have_url(f"{site}/?limit=2")


def test_a_document_shows_its_text_first_and_explains_its_values(page: Page, site: str) -> None:
    page.goto(f"{site}/documents/{event_document()}")
    value = page.locator("a.value", has_text="Lithium")
    box, record = value.bounding_box(), page.locator("#event-0").bounding_box()
    assert box is not None
    assert record is not None
    assert box["y"] < 700 < record["y"] + record["height"]
    value.focus()
    shown = value.evaluate("e => getComputedStyle(e, '::after').content")
    assert shown == '"Commodity: lithium"'
    value.click()
    expect(page).to_have_url(f"{site}/?commodity=lithium")


def test_an_archived_page_is_shown_without_doing_anything(page: Page, site: str) -> None:
    page.goto(f"{site}/documents/{event_document()}")
    page.get_by_role("link", name="Archived copy").click()
    expect(page.get_by_role("heading")).to_have_text("As it was — Ёж")
    assert page.get_by_role("heading").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(300)
    assert page.url.startswith(f"{site}/archive/")
    assert page.title() == "Archived"
    assert page.locator("img").evaluate("e => e.naturalWidth") == 0
    assert f"{site}/" not in [frame.url for frame in page.frames]


def test_events_are_listed_narrowed_and_opened(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Events", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("2 events to come")
    row = page.get_by_role("row").filter(has_text="30 May – 2 June 2099")
    expect(row).to_contain_text("<b>Erzforum</b>")
    expect(row).to_contain_text("cancelled")
    page.get_by_role("link", name="Past").click()
    expect(page.get_by_role("status")).to_have_text("1 event past")
    page.get_by_role("link", name="dritte Sitzung").click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_a_month_shows_its_events_on_their_days(page: Page, site: str) -> None:
    page.goto(f"{site}/events?month=2099-05")
    table = page.get_by_role("table", name="May 2099")
    busy = table.get_by_role("cell").filter(has_text="Erzforum")
    assert [text.split()[0] for text in busy.all_inner_texts()] == ["30", "31"]
    page.get_by_role("link", name="June 2099").click()
    expect(page.get_by_role("heading", name="June 2099")).to_be_visible()
    expect(page).to_have_url(f"{site}/events?month=2099-06")


def test_a_person_leads_to_passages_and_to_the_search(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="People", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("1 name")
    page.get_by_role("searchbox", name="Search within").fill("сандб")
    page.wait_for_url("**?q=*")  # narrowed while it was typed
    page.get_by_role("button", name="Search within").click()
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.get_by_role("link", name="Paula Sandberg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paula Sandberg")
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    page.get_by_role("link", name="1 page", exact=True).click()
    expect(page).to_have_url(f"{site}/?person=paula+sandberg")
    expect(page.get_by_role("status")).to_contain_text("1 page,")


def test_places_are_points_of_a_map_and_rows_of_a_table(page: Page, map_site: str) -> None:
    page.goto(f"{map_site}/map")
    point = page.get_by_role("link", name="Karagandy: 1 page")
    box = point.locator("circle").bounding_box()
    assert box is not None
    assert 0 < box["x"] < 1100
    expect(page.get_by_role("row").filter(has_text="Karagandy")).to_contain_text("Kazakhstan")
    point.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karagandy")


@pytest.mark.parametrize("width", [320, 1100])
def test_the_map_fits_the_page(page: Page, map_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{map_site}/places")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".map a:not(.state) circle").count() == 2
    assert page.locator(".map a.state circle").count() == 2


def test_on_a_phone_the_map_begins_where_most_pages_are(fresh_page: Page, map_site: str) -> None:
    circles = "".join(
        f'<circle cx="{x}" cy="9" r="{r}"/>' for x, r in ((20, 6), (600, 5), (640, 5))
    )

    def with_places(route: Route) -> None:
        svg = f'<svg viewBox="0 0 900 300">{circles}</svg>'
        body = re.sub(r"(?s)<svg viewBox.*?</svg>", svg, route.fetch().text(), count=1)
        route.fulfill(body=body, content_type="text/html")

    fresh_page.set_viewport_size({"width": 320, "height": 700})
    fresh_page.route("**/places", with_places)
    fresh_page.goto(f"{map_site}/places")
    west, *others = fresh_page.locator(".map circle").all()
    expect(west).not_to_be_in_viewport()
    for other in others:
        expect(other).to_be_in_viewport()


def test_the_language_is_chosen_at_the_top_and_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    page.get_by_role("link", name="Русский").click()
    expect(page).to_have_url(f"{site}/?q=lithium")
    expect(page.get_by_role("status")).to_contain_text("3 страницы, сначала самые релевантные")
    page.get_by_role("link", name="Мероприятия", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мероприятия")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veranstaltungen")
    page.context.clear_cookies()


def test_the_reason_of_a_state_stands_below_it(page: Page, site: str) -> None:
    page.goto(f"{site}/sources/gornoe-vedomstvo")
    told = page.locator("dl.history dd").first.inner_text().splitlines()
    assert told[0] == "not reached"
    assert told[1].startswith("no answer from")


def test_markup_of_a_page_is_shown_and_not_run(fresh_page: Page, site: str) -> None:
    page = fresh_page
    opened: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(f"{site}/?q=lithium")
    expect(page.get_by_text("<script>alert(1)</script>")).to_be_visible()
    assert not opened
    assert page.locator("script:not([src^='/static/'])").count() == 0


WIDTHS = (320, 1100)


@pytest.mark.parametrize("path", ["/", "/?q=lithium", "/events", f"/documents/{event_document()}"])
def test_the_first_view_is_small(fresh_page: Page, site: str, path: str) -> None:
    """With its styles and scripts, as compressed as they are sent: at most 60 KB."""
    sent: list[float] = []
    network = fresh_page.context.new_cdp_session(fresh_page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    fresh_page.goto(site + path, wait_until="networkidle")
    assert len(sent) > 1
    assert sum(sent) <= 60_000


@pytest.mark.parametrize("path", PATHS)
def test_every_page_fits_keeps_its_policy_and_has_no_barrier(
    page: Page, site: str, path: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": WIDTHS[0], "height": 700})
    answer = page.goto(f"{site}{path}")
    assert answer is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        found = faults(page, "en")
        # That of the API names its parameters.
        assert [f for f in found if path != "/docs" or not f.startswith("raw: ")] == []
    assert page.locator("main#main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.title().endswith("Rohstoffradar")
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, COLOURS) == []
    refused = [c for c in complaints if f"status of {answer.status}" not in c]
    assert refused == []


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return text


def test_results_are_read_with_keys(page: Page, site: str) -> None:
    page.goto(f"{site}/?limit=2")
    titles = page.locator("article h2").all_inner_texts()
    page.keyboard.press("k")
    assert focused(page) not in titles
    for key, title in (("j", titles[0]), ("j", titles[1]), ("j", titles[1]), ("k", titles[0])):
        page.keyboard.press(key)
        assert focused(page) == title
    page.keyboard.press("]")
    page.wait_for_url("**cursor=2")
    page.keyboard.press("[")
    page.wait_for_url(f"{site}/?limit=2")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"{site}/documents/*")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])


def test_a_key_leads_to_the_search_and_types_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search")
    expect(box).to_be_focused()
    expect(box).to_have_value("lithium")
    page.keyboard.type("/jk?")
    expect(box).to_be_focused()
    expect(box).to_have_value("/jk?")  # in place of the query, not before it


def test_keys_are_those_of_the_place_where_the_layout_has_no_latin_letters(
    page: Page, site: str
) -> None:
    page.goto(site)
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'о', code: 'KeyJ', bubbles: true}))"
    )
    assert focused(page) == page.locator("article h2").first.inner_text()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_modifiers_stay_those_of_the_browser(
    page: Page, site: str, modifier: str
) -> None:
    page.goto(site)
    before = focused(page)
    page.keyboard.press(f"{modifier}+j")
    assert focused(page) == before


def test_the_list_of_keys_opens_and_the_keys_can_be_switched_off(
    fresh_page: Page, site: str
) -> None:
    page = fresh_page
    page.goto(site)
    keys = page.locator("#keys dl")
    expect(keys).not_to_be_visible()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys.locator("kbd")).to_have_text(["/", "j", "k", "o", "[", "]", "?"])
    page.get_by_role("button", name="Switch the keys off").click()
    page.reload()
    before = focused(page)
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert focused(page) == before
    expect(keys).not_to_be_visible()
    page.get_by_text("Keys", exact=True).click()
    page.get_by_role("button", name="Switch the keys on").click()
    page.keyboard.press("j")
    assert focused(page) == page.locator("article h2").first.inner_text()


def test_keys_lead_from_one_source_to_the_next(fresh_page: Page, site: str) -> None:
    page = fresh_page
    page.goto(f"{site}/sources")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "Горное ведомство"


def test_keys_work_where_the_browser_keeps_nothing_of_a_site(fresh_page: Page, site: str) -> None:
    page = fresh_page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('refused', 'SecurityError'); }})"
    )
    page.goto(site)
    page.keyboard.press("j")
    assert focused(page) == page.locator("article h2").first.inner_text()
    page.keyboard.press("?")
    page.get_by_role("button", name="Switch the keys off").click()
    before = focused(page)
    page.keyboard.press("j")
    assert focused(page) == before


def test_without_scripts_the_pages_work_and_the_keys_are_listed(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_text("Keys", exact=True).click()
    expect(page.locator("#keys dl")).to_be_visible()
    expect(page.locator("#keys-toggle")).not_to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("lithium")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("3 pages")
    context.close()


def test_what_is_new_since_the_last_visit_stays_new_after_a_reload(
    browser: Browser, site: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    new = page.get_by_role("heading", name="New since your last visit")
    expect(new).not_to_be_visible()
    long_ago = int((SEEN - timedelta(days=2)).timestamp())
    context.add_cookies([{"name": COOKIE, "value": f".{long_ago}.{long_ago}", "url": site}])
    for _ in range(2):
        page.goto(site)
        expect(new).to_be_visible()
    page.get_by_role("link", name="3 pages", exact=True).click()
    expect(page).to_have_url(f"{site}/?since=2026-02-28T03%3A15%3A00Z")
    expect(page.get_by_role("status")).to_contain_text("3 pages")
    page.get_by_role("link", name="New since 28 Feb 2026").click()
    expect(new).to_be_visible()
    expect(page).to_have_url(f"{site}/")
    context.close()


def test_the_first_tab_stop_skips_to_the_content(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_visible(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_with_its_ground(
    page: Page, site: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/?q=lithium")
    ratios = page.evaluate(
        """() => {
          const light = c => {
            const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = getComputedStyle(e).backgroundColor;
              if (c !== 'rgba(0, 0, 0, 0)') return c;
            }
          };
          return ['body', 'h2 a', '.meta', '.status', 'mark', 'header a.name', '.count'].map(s => {
            const e = document.querySelector(s);
            const pair = [light(getComputedStyle(e).color), light(ground(e))].sort();
            return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
          });
        }"""
    )
    assert min(ratios) > 5


def test_an_empty_installation_names_the_next_command(page: Page, empty_site: str) -> None:
    page.goto(empty_site)
    expect(page.get_by_role("heading", level=1)).to_have_text("No page has been collected yet")
    expect(page.get_by_text("radar run", exact=True)).to_be_visible()


def test_a_mistaken_query_shows_the_place(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lithium+(copper")
    expect(page.get_by_role("alert")).to_contain_text("at character 9")
    expect(page.locator(".query mark")).to_have_text("(")
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("lithium (copper")
