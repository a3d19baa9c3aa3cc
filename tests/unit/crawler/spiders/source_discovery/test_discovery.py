from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.archive.warc import Archive
from crawler.crawl import (
    CrawlProgress,
    SourceResult,
)
from indexer.frontier.port import KnownAddress, Link
from indexer.records.outcome import Outcome
from indexer.records.source import Feed, Listing, Sitemap, Source
from tests.loopback.site import Answer, LoopbackSite
from tests.unit.crawler.night import (
    NOW,
    Night,
    article,
    fed,
    feed,
    listing,
    source,
    urlset,
)


def test_feed_entries_are_fetched_and_archived(site: LoopbackSite, night: Night) -> None:
    urls = [site.page(f"/a{n}", article(f"Artikel {n}")) for n in (1, 2)]
    result = night.run(fed(site, "/a1?utm_source=rss", "/a2"))
    assert result == {"s": SourceResult("ok")}
    assert {url: night.outcome(url) for url in urls} == dict.fromkeys(urls, Outcome.FETCHED)
    response, position = night.frontier.responses[urls[0]]
    archived = Archive(night.folder).read(position)
    assert archived.body == response.body == article("Artikel 1").encode()
    assert archived.fetched_at == NOW
    assert site.asked[0].headers["user-agent"].startswith("Rohstoffradar/")
    assert "(+desk@example.org)" in site.asked[0].headers["user-agent"]
    assert night.progress[-1] == CrawlProgress("s", 2, 2)


def paged_feed(site: LoopbackSite, *pages: tuple[str, ...]) -> Source:
    """A feed in pages (RFC 5005), each of which names the next one; returns its source."""
    for number, paths in enumerate(pages, 1):
        for path in paths:
            site.page(path, article(path))
        own = "/feed" if number == 1 else f"/feed?page={number}"
        text, named = feed(*(site.url + path for path in paths)), f"/feed?page={number + 1}"
        link = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='next' href='{named}'/>"
        if number < len(pages):
            text = text.replace("</title>", f"</title>{link}", 1)
        site.xml(own, text, etag=f'"{len(paths)}{paths[0]}"')
    return source(site, feeds=(Feed(site.url + "/feed"),))


def feeds_asked(site: LoopbackSite) -> list[str]:
    return [path for path in site.paths() if "feed" in path]


def test_older_pages_of_a_feed_are_read_while_something_is_new(
    site: LoopbackSite, night: Night
) -> None:
    of_source = paged_feed(site, ("/a5", "/a4"), ("/a3", "/a2"), ("/a1",))
    night.run(of_source)
    assert night.frontier.outcomes() == {"fetched": 5}
    site.asked.clear()
    night.run(of_source)
    assert feeds_asked(site) == ["/feed"]
    assert night.frontier.find("s", site.url + "/feed?page=2") is not None
    site.asked.clear()
    of_source = paged_feed(site, ("/a6", "/a5"), ("/a4", "/a3"), ("/a2", "/a1"))
    night.run(of_source)
    assert feeds_asked(site) == ["/feed", "/feed?page=2"]
    assert night.outcome(site.url + "/a6") == Outcome.FETCHED


def test_older_pages_of_a_feed_that_was_read_for_long_are_no_news(
    site: LoopbackSite, night: Night
) -> None:
    night.run(paged_feed(site, ("/a3",)))
    night.run(paged_feed(site, ("/a4", "/a3"), ("/a2", "/a1")))
    assert night.frontier.outcomes() == {"fetched": 3}
    assert night.frontier.met_as("late") == {site.url + "/a2", site.url + "/a1"}


def test_older_pages_of_a_feed_that_did_not_answer_are_asked_for_again(
    site: LoopbackSite, night: Night
) -> None:
    of_source = paged_feed(site, ("/a5", "/a4"), ("/a3", "/a2"), ("/a1",))
    for path in ("/feed?page=2", "/feed?page=3"):
        page = site.answers[path]
        site.answer(path, lambda asked: Answer(status=503))
        night.run(of_source)
        site.answer(path, page)
    assert not night.frontier.find("s", f"{site.url}/a1")
    night.run(of_source)
    assert night.outcome(f"{site.url}/a1") == Outcome.FETCHED
    site.asked.clear()
    night.run(of_source)
    assert feeds_asked(site) == ["/feed"]


def test_an_older_page_of_a_feed_that_never_answers_has_the_others_read_once(
    site: LoopbackSite, night: Night
) -> None:
    of_source = paged_feed(site, ("/a5", "/a4"), ("/a3",), ("/a2",), ("/a1",))
    for path in ("/feed", "/feed?page=2", "/feed?page=3"):
        site.xml(path, site.body(path).decode())  # never "not modified"
    site.answer("/feed?page=4", lambda asked: Answer(status=503))
    night.run(of_source)
    site.asked.clear()
    night.run(of_source)
    assert "/feed?page=4" in feeds_asked(site)
    assert "/feed?page=3" not in feeds_asked(site)


def test_older_pages_of_a_feed_that_are_left_for_later_are_read_by_later_runs(
    site: LoopbackSite, night: Night
) -> None:
    of_source = paged_feed(site, ("/a6", "/a5"), ("/a4", "/a3"), ("/a2", "/a1"))
    night.run(of_source, limit=2)
    assert night.frontier.outcomes() == {"fetched": 2}
    assert {"/a6", "/a5"} <= {*site.paths()}  # the newest come first
    for _ in range(3):
        night.run(of_source, limit=2)
    assert {path for path in site.paths() if path.startswith("/a")} == {
        f"/a{number}" for number in range(1, 7)
    }
    assert not night.frontier.met_as("late")
    site.asked.clear()
    night.run(of_source)
    assert feeds_asked(site) == ["/feed"]


def test_entries_of_a_feed_that_lead_elsewhere_are_no_news(
    site: LoopbackSite, night: Night
) -> None:
    elsewhere = "https://elsewhere.example/a"
    of_source = paged_feed(site, ("/a4", "/a3"), ("/a2", "/a1"), ("/a0",))
    for path in ("/feed", "/feed?page=2"):
        more = f"<item><title>T</title><link>{elsewhere}</link></item></channel>"
        site.xml(path, site.body(path).decode().replace("</channel>", more))
    night.run(of_source)
    assert night.frontier.outcomes() == {"fetched": 5}
    site.asked.clear()
    night.run(of_source)
    assert feeds_asked(site) == ["/feed"]


def test_older_pages_of_a_feed_that_are_called_anew_are_read_while_something_is_new(
    site: LoopbackSite, night: Night
) -> None:
    """An address with the last entry's number in it (cursors, archives by month)."""
    for newest in ("/a5", "/a6"):
        of_source = paged_feed(site, (newest,), ("/a4", "/a3"), ("/a2",), ("/a1",))
        for number in range(1, 5):
            path = "/feed" if number == 1 else f"/feed?page={number}"
            text = site.body(path).decode().replace("?page=", f"?after={newest[1:]}-")
            site.xml(path if number == 1 else path.replace("?page=", f"?after={newest[1:]}-"), text)
        site.asked.clear()
        night.run(of_source)
    assert feeds_asked(site) == ["/feed", "/feed?after=a6-2"]


def test_a_next_page_of_a_feed_that_is_not_there_costs_the_source_nothing(
    site: LoopbackSite, night: Night
) -> None:
    of_source = paged_feed(site, ("/a2",), ("/a1",))
    del site.answers["/feed?page=2"]
    assert night.run(of_source) == {"s": SourceResult("ok")}
    site.asked.clear()
    night.run(of_source)
    assert feeds_asked(site) == ["/feed"]


def test_a_next_page_of_a_feed_that_is_not_there_is_not_asked_for_with_each_piece_of_news(
    site: LoopbackSite, night: Night
) -> None:
    """It is tried after pauses that double, as pages of lists are."""
    asked = []
    for newest in ("/a2", "/a3", "/a4"):
        of_source = paged_feed(site, (newest,), ("/a1",))
        there = site.answers.pop("/feed?page=2")
        site.asked.clear()
        night.run(of_source)
        asked.append(len(feeds_asked(site)))
    assert asked == [2, 2, 1]
    of_source = paged_feed(site, ("/a5",), ("/a1",))
    site.answers["/feed?page=2"] = there
    night.run(of_source)
    assert night.outcome(site.url + "/a1") == Outcome.FETCHED
    assert not any(night.frontier.unread.values())


def test_sections_of_a_home_page_are_turned_like_listings(site: LoopbackSite, night: Night) -> None:
    menu = '<nav><a href="/aktuelles">Aktuelles</a><a href="/termine">Termine</a></nav>'
    site.page("/", f"<html><body>{menu}<p>Der Verband</p></body></html>")
    site.page("/aktuelles", listing("/meldung/1001", following="?page=2"))
    site.page("/aktuelles?page=2", listing("/meldung/1002"))
    site.page("/termine", listing("/termin/1003"))
    for path in ("/meldung/1001", "/meldung/1002", "/termin/1003"):
        site.page(path, article(path))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 3}


def test_lists_that_the_home_page_names_are_read_beside_entry_points_where_that_is_asked_for(
    site: LoopbackSite, night: Night
) -> None:
    """A feed has the newest pages alone, and no events."""
    menu = '<a href="/news">Aktuelles</a><a href="/events">Termine</a><a href="/our">Angebote</a>'
    site.page("/", f"<html><body><nav>{menu}</nav></body></html>")
    site.page("/news", listing("/a/1001", following="?page=2"))
    site.page("/news?page=2", listing("/a/1002"))
    site.page("/events", listing("/events/1003"))
    for path in ("/a/1001", "/a/1002", "/events/1003"):
        site.page(path, article(path))
    fed_by = fed(site, "/a/1001")
    night.run(fed_by)
    assert {"/", "/news"}.isdisjoint(site.paths())
    assert night.run(replace(fed_by, sections=True)) == {"s": SourceResult("ok")}
    assert {"/a/1002", "/events/1003"} <= set(site.paths())
    night.run(replace(fed_by, sections=True))
    site.asked.clear()
    night.run(replace(fed_by, sections=True))
    assert "/our" not in site.paths()  # tried before: no list


@pytest.mark.parametrize("sections", [False, True])
def test_a_list_by_a_name_of_its_own_proves_itself_by_days(
    site: LoopbackSite, night: Night, *, sections: bool
) -> None:
    """Beside lists that are known by their labels some of a menu are tried: those whose entries
    have days are lists. What the lists before have named, or boxes show, makes none.
    """
    items = {"news": "News", "services": "Services", "ore": "From the field", "people": "Faces"}
    menu = "".join(f'<li><a href="/{path}">{label}</a></li>' for path, label in items.items())

    def shown(folder: str, *days: str) -> str:
        rows = (f"<h3><a href='/{folder}/{d}'>Tin on {d}</a></h3><time>{d}</time>" for d in days)
        return f"<html lang=en><ul>{menu}</ul><main>{''.join(rows)}</main></html>"

    site.page("/", shown("services"))
    site.page("/news", shown("news", "2026-05-03", "2026-02-01"))
    site.page("/services", shown("news", "2026-05-03", "2026-02-01"))
    site.page("/people", shown("people", "2026-02-01"))
    site.page("/ore", shown("ore", "2026-05-03", "2026-03-01", "2026-02-01"))
    days = {"news": ("2026-05-03", "2026-02-01"), "ore": ("2026-05-03", "2026-03-01", "2026-02-01")}
    for folder, of_folder in days.items():
        for day in of_folder:
            site.page(f"/{folder}/{day}", article(day))
    lists = (Listing(f"{site.url}/news"),) if sections else ()
    of_source = source(site, listings=lists, sections=sections)
    night.run(of_source)
    assert night.frontier.outcomes() == {"fetched": 5}
    assert night.frontier.met_as("late") == {
        f"{site.url}/ore/{d}" for d in ("2026-03-01", "2026-02-01")
    }
    night.run(of_source)
    site.asked.clear()
    night.run(of_source)
    assert "/ore" in site.paths()
    assert {"/services", "/people"}.isdisjoint(site.paths())  # they rest


def test_pages_that_lists_have_named_are_no_trials_of_a_menu(
    site: LoopbackSite, night: Night
) -> None:
    pages = ("tin", "zinc", "lead")
    labels = {"news": "News", **{page: page.title() for page in pages}, "ore": "From the field"}
    menu = "".join(f'<li><a href="/{path}">{label}</a></li>' for path, label in labels.items())

    def shown(*paths: str) -> str:
        rows = (
            f"<h3><a href='/{path}'>Survey opens mine {path}</a></h3><time>2026-05-0{n}</time>"
            for n, path in enumerate(paths, 1)
        )
        return f"<html lang=en><ul>{menu}</ul><main>{''.join(rows)}</main></html>"

    site.page("/", shown())
    site.page("/news", shown(*pages))
    site.page("/ore", shown("ore/1", "ore/2", "ore/3"))
    for path in (*pages, "ore/1", "ore/2", "ore/3"):
        site.page(f"/{path}", article(path))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 6}


def test_a_home_page_says_nothing_of_entry_points(site: LoopbackSite, night: Night) -> None:
    """One that fails is none of the source's, one that works does not stand for a feed that fails,
    and one without lists does not make a feed that is as it was an empty source.
    """
    site.page("/a/1001", article("Erz"))
    fed_by = replace(fed(site, "/a/1001"), sections=True)
    assert night.run(fed_by) == {"s": SourceResult("ok")}
    site.page("/", "<html><body><p>Der Verband</p></body></html>")
    site.xml("/feed", feed(site.url + "/a/1001"), etag='"1"')
    night.run(fed_by)
    assert night.run(fed_by)["s"].links == 1
    site.asked.clear()
    site.answer("/feed", Answer(status=500))
    assert night.run(fed_by)["s"].state == "unreachable"
    assert "/" not in site.paths()


def test_what_a_list_beside_has_at_first_is_no_news(site: LoopbackSite, night: Night) -> None:
    """It is read of a source that has been crawled for long: only what states a recent day is."""

    def dated(*days: str) -> str:
        rows = (f"<h3><a href='/s/{d}'>Erz am {d}</a></h3><time>{d}</time>" for d in days)
        return f"<main>{''.join(rows)}</main>"

    days = ("2026-05-03", "2026-03-01", "2026-02-01", "2026-01-20")
    for day in days:
        site.page(f"/s/{day}", article(day))
    feed_only = fed(site, "/s/2026-02-01", "/s/2026-01-20")
    all_lists = replace(feed_only, sections=True)
    site.page("/", '<html><body><a href="/s">Werkstatt</a></body></html>')
    site.page("/s", dated("2026-05-03", "2026-03-01"))
    night.run(feed_only)
    night.run(all_lists)
    assert night.frontier.met_as("late") == {site.url + "/s/2026-03-01"}
    site.page("/s/2026-02-28", article("2026-02-28"))
    site.page("/s", dated("2026-05-03", "2026-03-01", "2026-02-28"))
    night.run(all_lists)
    assert night.outcome(site.url + "/s/2026-02-28") == Outcome.FETCHED
    assert night.frontier.met_as("late") == {site.url + "/s/2026-03-01"}


def shown_in_boxes(*paths: str, menu: str = "") -> str:
    rows = (f"<article><h3><a href='{path}'>What {path} says</a></h3></article>" for path in paths)
    return f"<html lang=en>{menu}<main>{''.join(rows)}</main></html>"


@pytest.mark.parametrize("named", ["home page", "list"])
def test_what_only_a_home_page_shows_besides_its_lists_may_be_old(
    site: LoopbackSite, night: Night, named: str
) -> None:
    """It shows what is read most as well; what a list names that was read before is new there."""
    menu = '<nav><a href="/news">News</a></nav>'
    for number in range(1, 5):
        site.page(f"/news/a{number}", article(f"Erz {number}"))
    site.page("/", shown_in_boxes("/news/a1", menu=menu))
    site.page("/news", shown_in_boxes("/news/a1", "/news/a2"))
    night.run(source(site))
    night.frontier.met.clear()
    site.page("/", shown_in_boxes("/news/a1", "/news/a3", menu=menu))
    if named == "list":
        site.page("/news", shown_in_boxes("/news/a3", "/news/a1", "/news/a2"))
    night.run(source(site))
    assert night.outcome(f"{site.url}/news/a3") == Outcome.FETCHED
    aside = {f"{site.url}/news/a3"} if named == "home page" else set()
    assert night.frontier.met_as("aside") == aside


def test_what_a_home_page_shows_that_is_the_list_itself_is_new_there(
    site: LoopbackSite, night: Night
) -> None:
    for number in range(1, 4):
        site.page(f"/news/a{number}", article(f"Erz {number}"))
    site.page("/", shown_in_boxes("/news/a1", "/news/a2"))
    night.run(source(site))
    night.frontier.met.clear()
    site.page("/", shown_in_boxes("/news/a3", "/news/a1", "/news/a2"))
    night.run(source(site))
    assert night.outcome(f"{site.url}/news/a3") == Outcome.FETCHED
    assert not night.frontier.met


@pytest.mark.parametrize("kind", ["feeds", "listings", "sitemaps"])
def test_what_an_entry_has_that_was_never_read_before_may_be_old(
    site: LoopbackSite, night: Night, kind: str
) -> None:
    """Of what is configured later, or did not answer, nobody knows since when it is there."""
    of_feed = fed(site, "/a1")
    night.run(of_feed)
    site.page("/news/a2", article("Erz 2"))
    if kind == "feeds":
        site.xml("/other", feed(f"{site.url}/news/a2"))
        added = replace(of_feed, feeds=(*of_feed.feeds, Feed(f"{site.url}/other")))
    elif kind == "listings":
        site.page("/other", shown_in_boxes("/news/a2"))
        added = replace(of_feed, listings=(Listing(f"{site.url}/other"),))
    else:
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        site.xml("/other", f"<urlset {space}><url><loc>{site.url}/news/a2</loc></url></urlset>")
        added = replace(of_feed, sitemaps=(Sitemap(f"{site.url}/other"),))
    night.frontier.met.clear()
    night.run(added)
    assert night.frontier.met_as("aside") == {f"{site.url}/news/a2"}


def test_a_site_is_read_in_all_languages_of_its_source(site: LoopbackSite, night: Night) -> None:
    switch = '<a href="/">РУС</a><a href="/?lang=kk">ҚАЗ</a><a href="/?lang=en">ENG</a>'
    both = '<a href="/press">Press</a>'
    site.page("/", f'<body>{switch}{both}<a href="/news">Новости</a></body>')
    site.page("/?lang=kk", f'<body>{switch}{both}<a href="/news?lang=kk">Жаңалықтар</a></body>')
    site.page("/?lang=en", f'<body>{switch}{both}<a href="/news?lang=en">News</a></body>')
    for at, leads in (
        *(("/press", "/a/1004"), ("/news", "/a/1001")),
        *(("/news?lang=kk", "/a/1002"), ("/news?lang=en", "/a/1003")),
    ):
        site.page(at, listing(leads))
        site.page(leads, article(leads))
    night.run(source(site, languages=("ru", "kk")))
    asked = [request.path for request in site.asked]
    assert {"/a/1001", "/a/1002", "/a/1004"} <= set(asked)
    assert "/?lang=en" not in asked  # no language of the source
    assert asked.count("/press") == 1


def test_a_page_known_without_its_checksum_is_requested_with_it(
    site: LoopbackSite, night: Night
) -> None:
    """A TYPO3 site answers 404 without."""
    whole = "/detail?news=1701&cHash=0a1b"
    known = f"{site.url}/detail?news=1701"
    night.frontier.addresses[known] = ("s", "page", KnownAddress(known))
    site.page("/aktuelles", listing(whole))
    site.page(whole, article("Zinn"))
    night.run(source(site, listings=(Listing(site.url + "/aktuelles"),)))
    assert whole in site.paths()


@pytest.mark.parametrize(
    "home",
    [
        "<html><frameset><frame src=/menu.html><frame src=/start.html></frameset></html>",
        "<html><meta http-equiv=refresh content='0; url=/menu.html'></html>",
        "<html><script>location.href = '/menu.html'</script></html>",
        "<html><body><h1>Verband</h1><a href=/menu.html>Eintreten</a></body></html>",
    ],
)
def test_a_home_page_in_frames_or_that_leads_on(
    site: LoopbackSite, night: Night, home: str
) -> None:
    site.page("/", home)
    site.page("/menu.html", "<html><body><a href=/aktuelles>Aktuelles</a></body></html>")
    site.page("/start.html", "<html><body><p>Willkommen</p></body></html>")
    site.page("/aktuelles", listing("/meldung/1001", "/meldung/1002"))
    for n in (1001, 1002):
        site.page(f"/meldung/{n}", article(str(n)))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 2}


def test_a_home_page_that_is_the_list_itself_is_turned(site: LoopbackSite, night: Night) -> None:
    site.page("/", listing("/meldung/1001", "/meldung/1002", following="/?page=1"))
    site.page("/?page=1", listing("/meldung/1003", following="/?page=2"))
    site.page("/?page=2", listing("/meldung/1004"))
    for n in range(1001, 1005):
        site.page(f"/meldung/{n}", article(str(n)))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 4}


def test_a_home_page_beside_whose_lists_of_events_none_is_of_news_is_turned(
    site: LoopbackSite, night: Night
) -> None:
    menu = '<nav><a href="/events">Events</a><a href="/buyers">Buyers guide</a></nav>'
    site.page("/", menu + listing("/story/1001", following="/?page=2"))
    site.page("/?page=2", listing("/story/1002"))
    site.page("/events", listing("/event/1003"))
    for path in ("/story/1001", "/story/1002", "/event/1003"):
        site.page(path, article(path))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 3}


def test_a_page_of_a_menu_with_an_archive_by_months_is_a_list(
    site: LoopbackSite, night: Night
) -> None:
    menu = "".join(f'<li><a href="/{p}">{p.title()}</a></li>' for p in ("akce", "sluzby", "lide"))
    head = f'<html lang="cs"><body><ul class="menu">{menu}</ul>'
    months = '<a href="/akce/2031-02">2031-02</a> <a href="/akce/2031-01">2031-01</a>'
    site.page("/", f"{head}<p>Svaz</p></body></html>")
    rows = '<div><a href="/akce/forum">Forum o medi a niklu</a></div>'
    site.page("/akce", f"{head}<main>{rows}<p>{months}</p></main></body></html>")
    past = '<div>5. <a href="/akce/sjezd">Sjezd horniku v Opave</a></div>'
    site.page("/akce/2031-02", f"{head}<main>{past}</main></body></html>")
    service = '<div><a href="/sluzby/vrty">Vrty do velke hloubky</a></div>'
    site.page("/sluzby", f"{head}<main>{service}</main></body></html>")
    for path in ("/akce/forum", "/akce/sjezd", "/sluzby/vrty"):
        site.page(path, article(path))
    night.run(source(site))
    asked = {request.path for request in site.asked}
    assert {"/akce/forum", "/akce/sjezd"} <= asked
    assert "/sluzby/vrty" not in asked


def test_services_on_a_home_page_are_not_called_news(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their pages are found, but no list of news gives their titles."""
    rows = {
        "services": ("Drilling of deep wells for water", "Analysis in our laboratory"),
        "news": ("A new laboratory opens in town", "The union elects a new board"),
    }

    def list_of(folder: str) -> str:
        return "".join(
            f'<p><a href="/{folder}/{n}-{folder}">{title}</a></p>'
            for n, title in enumerate(rows[folder])
        )

    menu = '<nav><a href="/services">Services</a><a href="/press">Press releases</a></nav>'
    site.page("/", f"<html><body>{menu}{list_of('services')}{list_of('news')}</body></html>")
    site.page("/services", f"<html><body>{menu}{list_of('services')}</body></html>")
    late = '<p><a href="/notes/7-notes">Notes on the mines of the county</a></p>'
    site.page("/press", f"<html><body>{menu}{late}{list_of('news')}</body></html>")
    for path in ("/services/0-services", "/services/1-services", "/news/0-news", "/news/1-news"):
        site.page(path, article(path))
    site.page("/notes/7-notes", article("notes"))
    titles: dict[str, str | None] = {}
    add = night.frontier.add

    def noting(owner: str, link: Link) -> None:
        titles[link.url.removeprefix(site.url)] = link.title
        add(owner, link)

    monkeypatch.setattr(night.frontier, "add", noting)
    night.run(source(site))
    assert titles["/services/0-services"] is None
    assert titles["/services/1-services"] is None
    assert titles["/news/0-news"] == "A new laboratory opens in town"
    assert titles["/notes/7-notes"] == "Notes on the mines of the county"


def test_lists_of_a_section_that_a_list_of_it_leads_to_are_read(
    site: LoopbackSite, night: Night
) -> None:
    site.page("/", '<body><nav><a href="/press/news">News</a><a href="/events">Events</a></nav>')
    tabs = '<p><a href="/press/interviews">Interviews</a> <a href="/press/team">Team</a></p>'
    beside = '<p><a href="/shop/news">News</a></p>'
    site.page("/press/news", listing("/a/1001").replace("<main>", f"{tabs}{beside}<main>"))
    site.page("/press/interviews", listing("/a/1002").replace("<main>", f"{tabs}<main>"))
    site.page("/events", listing("/a/1003"))
    for path in ("/a/1001", "/a/1002", "/a/1003"):
        site.page(path, article(path))
    night.run(source(site))
    asked = [request.path for request in site.asked]
    assert asked.count("/press/interviews") == 1
    assert {"/a/1001", "/a/1002", "/a/1003"} <= {*asked}
    assert not {"/press/team", "/shop/news"} & {*asked}
    site.asked.clear()
    night.run(source(site))
    assert "/press/interviews" in site.paths()  # also where the list that leads there is unchanged


def test_lists_by_subject_below_one_that_shows_the_newest_of_each_are_read(
    site: LoopbackSite, night: Night
) -> None:
    """Those that come later have no news but what states a recent day."""

    def show(*subjects: str) -> None:
        boxes = ""
        for subject in subjects:
            paths = [f"/news/{subject}/{name}" for name in ("now", "1001", "1002")]
            boxes += (
                f'<section><h2><a href="/news/{subject}">Work on {subject}</a></h2><article><h3>'
                f'<a href="{paths[0]}">A report of {subject} from the mine</a></h3>'
                "<p>3 May 2026</p></article></section>"
            )
            site.page(f"/news/{subject}", listing(*paths[1:]))
            for path in paths:
                site.page(path, article(path))
        site.page("/news", f"<main><h1>News</h1>{boxes}</main>")

    site.page("/", '<body><nav><a href="/news">News</a><a href="/events">Events</a></nav>')
    site.page("/events", listing("/a/1003"))
    site.page("/a/1003", article("/a/1003"))
    show("geoscience", "skills")
    night.run(source(site))
    asked = [request.path for request in site.asked]
    for subject in ("geoscience", "skills"):
        assert asked.count(f"/news/{subject}") == 1
        assert {f"/news/{subject}/1001", f"/news/{subject}/now"} <= {*asked}
    assert not night.frontier.met_as("late")
    show("geoscience", "skills", "trade")
    night.run(source(site))
    assert night.frontier.met_as("late") == {
        f"{site.url}/news/trade/{name}" for name in (1001, 1002)
    }


def test_a_configured_list_leads_to_no_other(site: LoopbackSite, night: Night) -> None:
    tabs = '<p><a href="/press/interviews">Interviews</a></p>'
    site.page("/press/news", listing("/a/1001").replace("<main>", f"{tabs}<main>"))
    site.page("/a/1001", article("1001"))
    night.run(source(site, listings=(Listing(f"{site.url}/press/news"),)))
    assert "/press/interviews" not in site.paths()


def test_months_of_a_home_page_that_is_the_list_itself(site: LoopbackSite, night: Night) -> None:
    months = "".join(
        f'<a href="/archive.php?m={number}&r=2026">{name} 2026</a>'
        for number, name in ((4, "Kwiecień"), (3, "Marzec"))
    )
    shown = listing("/meldung/1001", "/meldung/1002")
    site.page("/", shown.replace("<main>", f"<div>{months}</div><main>"))
    site.page("/archive.php?m=4&r=2026", listing("/meldung/1002", "/meldung/1003"))
    site.page("/archive.php?m=3&r=2026", listing("/meldung/1004"))
    for n in range(1001, 1005):
        site.page(f"/meldung/{n}", article(str(n)))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 4}


def dated(*days: int) -> str:
    """A list of news in Lithuanian, which has no word list."""
    items = "".join(
        f'<div>2031 m. kovo {n} d. <a href="/n.php?nr={n}">Nauja vario kasykla {n}</a></div>'
        for n in days
    )
    return f"<html><body><h1>Naujienos</h1>{items}</body></html>"


def test_lists_of_a_menu_without_known_labels(site: LoopbackSite, night: Night) -> None:
    items: tuple[tuple[str, str], ...] = (
        ("apie.php", "Apie mus"),
        ("zinios.php", "Įvykiai"),
        ("nariai.php", "Mūsų nariai"),
    )
    items += (("vieta.php", "Kaip mus rasti"),)
    menu = "".join(f'<li><a href="/{path}">{label}</a></li>' for path, label in items)
    site.page("/", f"<html><body><ul>{menu}</ul><p>Kalnakasių sąjunga</p></body></html>")
    site.page("/apie.php", f"<body><ul>{menu}</ul><p>Sąjunga įkurta 1998 m.</p></body>")
    site.page("/nariai.php", "<body><a href=/firma/1>Pirma įmonė Alfa</a></body>")
    site.page("/zinios.php", dated(12, 11, 9))
    for day in (12, 11, 9):
        site.page(f"/n.php?nr={day}", article(str(day)))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 3}
    assert "/firma/1" not in site.paths()
    night.run(source(site))
    site.asked.clear()
    night.run(source(site))
    asked = {"/zinios.php", "/apie.php", "/nariai.php"} & {*site.paths()}
    assert asked == {"/zinios.php"}  # the others rest


def test_home_pages_in_other_languages_are_no_lists_of_a_menu(
    site: LoopbackSite, night: Night
) -> None:
    switch = '<a href="/">Русский</a><a href="/kk/">Қазақша</a>'
    menu = f"<ul>{switch}<a href=/o>Об управлении</a><a href=/z>Наш завод</a></ul>"
    site.page("/", f"<html lang=ru><body>{menu}</body></html>")
    site.page("/kk/", f'<html lang=kk><body>{menu}<a href="/kk/n">Жаңалықтар</a></body></html>')
    site.page("/kk/n", listing("/kk/a/1001"))
    site.page("/kk/a/1001", article("1001"))
    night.run(source(site, languages=("ru", "kk")))
    assert "/kk/a/1001" in site.paths()


def test_pages_in_a_menu_stay_pages(site: LoopbackSite, night: Night) -> None:
    """A page that a menu leads to and a list names is requested as a page, tried before or not."""
    items: tuple[tuple[str, str], ...] = (
        ("nauja.php", "Nauja kasykla"),
        ("zinios.php", "Kas vyksta"),
        ("sena.php", "Sena"),
    )
    items += (("vieta.php", "Kaip rasti"),)
    menu = "".join(f'<li><a href="/{path}">{label}</a></li>' for path, label in items)
    rows = "".join(
        f'<div>{day}.03.2031 <a href="/{path}.php">Vario kasykla pradeda darbą</a></div>'
        for day, path in ((11, "nauja"), (10, "sena"), (12, "kita"))
    )
    site.page("/", f"<html><body><ul>{menu}</ul></body></html>")
    site.page("/zinios.php", f"<html><body>{rows}</body></html>")
    for path in ("/nauja.php", "/sena.php", "/kita.php", "/vieta.php"):
        site.page(path, article(path))
    night.run(source(site))
    pages = {url.removeprefix(site.url) for url in night.frontier.pages}
    assert pages == {"/nauja.php", "/sena.php", "/kita.php"}


def test_lists_below_a_section_without_entries(site: LoopbackSite, night: Night) -> None:
    site.page("/", '<body><nav><a href="/presse">Presse</a></nav></body>')
    below = '<a href="/presse/meldungen">Pressemitteilungen</a><a href="/news">News</a>'
    site.page("/presse", f"<html><body><h1>Presse</h1><p>Für Redaktionen:</p>{below}</body></html>")
    site.page("/presse/meldungen", listing("/meldung/1001"))
    site.page("/meldung/1001", article("1001"))
    night.run(source(site))
    assert night.frontier.outcomes() == {"fetched": 1}
    assert "/news" not in site.paths()


def test_of_frames_of_a_home_page_some_may_be_broken(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    site.page("/", "<p>Verband</p><iframe src=/weg></iframe><iframe src=/neues></iframe>")
    back = '<a href="/">Der Verband</a><iframe src="/"></iframe>'
    site.page("/neues", f"<html><body>{back}</body></html>")
    night.run(source(site))
    assert "discovery_failed" not in caplog.text
    assert sorted(site.paths()) == ["/", "/neues", "/robots.txt", "/weg"]


def test_a_failure_of_the_only_page_that_a_home_page_leads_to_is_reported(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    site.page("/", "<html><meta http-equiv=refresh content='0; url=/weg'></html>")
    night.run(source(site))
    assert "discovery_failed" in caplog.text


@pytest.mark.parametrize(("path", "works"), [("/noticias/RSS", True), ("/rss.xml", False)])
def test_a_feed_that_is_only_linked_is_tried(
    site: LoopbackSite, night: Night, path: str, *, works: bool
) -> None:
    site.page("/", f'<body><p>Die Behörde</p><footer><a href="{path}">RSS</a></footer></body>')
    item = f"<item><title>Zinn</title><link>{site.url}/a/1001</link></item>"
    feed = f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>"
    site.xml(path, feed if works else "<html><p>Unsere Feeds</p></html>")
    site.page("/a/1001", article("1001"))
    night.run(source(site))
    assert night.frontier.outcomes() == ({"fetched": 1} if works else {})


def test_a_home_page_is_parsed_once(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    class Counted(BeautifulSoup):
        def __init__(self, markup: str, parser: str, **options: Any) -> None:
            parsed.append(markup)
            super().__init__(markup, parser, **options)

    monkeypatch.setattr("crawler.discovery.listings.soup.BeautifulSoup", Counted)
    site.page("/", '<body><a href="/a/1001">Ein Bericht vom Rohstoffdialog</a></body>')
    site.page("/a/1001", article())
    night.run(source(site))
    assert len([markup for markup in parsed if "/a/1001" in markup]) == 1


def test_a_front_that_fails_is_tried_more_and_more_rarely(site: LoopbackSite, night: Night) -> None:
    site.page("/", '<body><a href="/">РУС</a><a href="/?lang=kk">ҚАЗ</a></body>')
    site.answer("/?lang=kk", Answer(b"", 500))
    tried = []
    for _ in range(10):
        site.asked.clear()
        night.run(source(site, languages=("ru", "kk")))
        tried.append(sum(request.path == "/?lang=kk" for request in site.asked))
    assert [bool(times) for times in tried] == [n in (0, 1, 3, 7) for n in range(10)]
    site.page("/?lang=kk", '<body><a href="/">РУС</a><a href="/a/1001">Жаңалық</a></body>')
    for _ in range(10):
        night.run(source(site, languages=("ru", "kk")))
    assert [request.path for request in site.asked].count(
        "/?lang=kk"
    ) == 5  # the fifteenth night and each after


def test_home_page_feed_links_and_robots_sitemap(night: Night) -> None:
    with LoopbackSite(robots=None) as site:
        site.text("/robots.txt", f"Sitemap: {site.url}/map.xml\n")
        site.xml("/rss", feed(site.page("/from-feed", article())))
        site.xml("/map.xml", urlset(site.page("/from-map", article()), site.url + "/"))
        site.page("/2026/05/linked-from-home", article())
        site.page(
            "/",
            '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>'
            '<a href="/2026/05/linked-from-home">Ein Bericht vom Rohstoffdialog</a></body></html>',
        )
        night.run(source(site))
        assert night.frontier.outcomes() == {"fetched": 3}
