from __future__ import annotations

import gzip

import pytest

from crawler.archive.warc import Archive
from crawler.crawl import (
    SourceResult,
)
from indexer.frontier.port import KnownSite
from indexer.records.outcome import Outcome
from indexer.records.source import Feed
from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.unit.crawler.night import (
    Night,
    article,
    fed,
    feed,
    source,
)

ENOUGH = 1.0
"""Seconds for what is not to be late, also on a busy machine."""


def test_a_header_in_another_charset_is_no_obstacle(night: Night, site: LoopbackSite) -> None:
    named = site.page("/n/a", article(), **{"Content-Disposition": 'inline; filename="Übersicht"'})
    night.run(source(site, feeds=(Feed(site.xml("/feed", feed(named))),)))
    [(response, _)] = night.frontier.responses.values()
    assert response.headers["content-disposition"] == 'inline; filename="\ufffdbersicht"'


def test_robots_disallow(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nDisallow: /intern\n") as site:
        site.page("/a", article())
        night.run(fed(site, "/a", "/intern/b"))
        assert night.outcome(site.url + "/intern/b") is Outcome.ROBOTS
        assert "/intern/b" not in site.paths()


def test_redirect_to_a_page_of_the_run_is_fetched_once(site: LoopbackSite, night: Night) -> None:
    target = site.page("/target", article(), etag='"1"')
    site.redirect("/first", "/target")
    site.redirect("/later", "/target")
    partner = fed(site, "/first", "/target", "/later")
    for expected in (Outcome.FETCHED, Outcome.NOT_MODIFIED):
        site.asked.clear()
        night.frontier.make_due()
        night.run(partner)
        assert night.outcome(site.url + "/first") is Outcome.DUPLICATE
        assert night.outcome(target) is expected
        assert night.outcome(site.url + "/later") is Outcome.DUPLICATE
        assert site.paths().count("/target") == 1


def test_two_redirects_to_a_page_that_nobody_lists(site: LoopbackSite, night: Night) -> None:
    target = site.page("/target", article())
    for path in ("/first", "/later"):
        site.redirect(path, "/target")
    night.run(fed(site, "/first", "/later"))
    assert night.outcome(site.url + "/first") is Outcome.FETCHED
    assert night.frontier.responses[site.url + "/first"][0].final_url == target
    assert night.outcome(site.url + "/later") is Outcome.DUPLICATE
    assert site.paths().count("/target") == 1


def test_a_page_that_moves_to_https_style_twins_is_itself(site: LoopbackSite, night: Night) -> None:
    # The same page under two schemes is one page address.
    site.xml("/feed", feed("http://partner.example/a", "https://partner.example/a"))
    partner = source(site, feeds=(Feed(site.url + "/feed"),), hosts=("partner.example",))
    night.run(partner, allow=("127.0.0.1/32",))
    seen = [u for u, (_, kind, _) in night.frontier.addresses.items() if kind == "page"]
    assert seen == ["http://partner.example/a"]


def test_a_moved_page_keeps_both_addresses(site: LoopbackSite, night: Night) -> None:
    old = site.page("/old", article(), etag='"1"')
    partner = fed(site, "/old")
    night.run(partner)
    target = site.page("/new", article(), etag='"1"')
    site.redirect("/old", "/new", 301)
    night.frontier.make_due()
    night.run(partner)
    response, _ = night.frontier.responses[old]
    assert (response.url, response.final_url, response.status) == (old, target, 200)
    assert night.frontier.outcomes() == {"fetched": 1}


def test_redirects_that_are_not_followed(site: LoopbackSite, night: Night) -> None:
    site.redirect("/self", "/self")
    site.redirect("/away", "https://elsewhere.example/x")
    site.redirect("/odd", "mailto:desk@example.org")
    site.answer("/nowhere", Answer(status=301))
    for n in range(7):
        site.redirect(f"/chain{n}", f"/chain{n + 1}")
    night.run(fed(site, "/self", "/away", "/odd", "/nowhere", "/chain0"))
    reasons = {url.rsplit("/", 1)[1]: ended for url, ended in night.frontier.pages.items()}
    assert reasons["self"].reason == f"redirect loop at {site.url}/self"
    assert "is not the source's" in (reasons["away"].reason or "")
    assert {reasons[name].outcome for name in ("self", "away", "odd", "chain0")} == {
        Outcome.REFUSED
    }
    assert reasons["chain0"].reason == "more than 5 redirects"
    assert reasons["nowhere"].outcome is Outcome.HTTP_ERROR


def test_error_statuses(site: LoopbackSite, night: Night) -> None:
    statuses = {"/gone": 410, "/missing": 404, "/broken": 500, "/secret": 403, "/law": 451}
    for path, status in statuses.items():
        site.answer(path, Answer(b"no", status))
    night.run(fed(site, *statuses))
    ended = {path: night.frontier.pages[site.url + path] for path in statuses}
    assert {path: e.status for path, e in ended.items()} == statuses
    blocked = {path for path, e in ended.items() if e.outcome is Outcome.BLOCKED}
    assert blocked == {"/secret", "/law"}
    assert site.paths().count("/broken") == 2, "asked once more after a hiccup"


def test_429_lets_the_site_rest(site: LoopbackSite, night: Night) -> None:
    site.answer("/b", Answer(b"slow down", 429, {"Retry-After": "120"}))
    for path in ("/a", "/c"):
        site.page(path, article(path))
    result = night.run(fed(site, "/a", "/b", "/c"))
    assert result["s"] == SourceResult("blocked", "status 429, Retry-After 120 s")
    assert night.frontier.outcomes() == {"fetched": 1, "blocked": 1}
    assert site.url + "/c" in {known.url for known in night.frontier.iter_due("s")}
    assert "/c" not in site.paths()


def test_a_challenge_page_with_status_200_ends_no_row_of_cooldowns(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset: list[str] = []
    monkeypatch.setattr(night.frontier, "load_site", lambda _: KnownSite(failures=3))
    monkeypatch.setattr(night.frontier, "reset_site", reset.append)
    partner = source(site, feeds=(Feed(site.url + "/feed"),))
    site.put("/feed", b"<script src='/cdn-cgi/challenge-platform/h/b/x.js'>", "text/html")
    assert night.run(partner)["s"].state == "blocked"
    assert reset == []
    site.xml("/feed", feed())
    assert night.run(partner)["s"].state == "ok"
    assert reset == [site.url.removeprefix("http://")]


def test_time_outs(site: LoopbackSite, night: Night) -> None:
    site.answer("/slow", Answer(b"late", delay=6.0))
    site.page("/a", article())
    night.run(fed(site, "/slow", "/a"), timeout=ENOUGH)
    assert night.outcome(site.url + "/slow") is Outcome.TIMED_OUT
    assert night.outcome(site.url + "/a") is Outcome.FETCHED
    assert site.paths().count("/slow") == 1


def test_bodies_that_are_cut_short_are_marked(site: LoopbackSite, night: Night) -> None:
    whole = gzip.compress(article("lang " * 5000).encode())
    html = {"Content-Type": "text/html", "ETag": '"x"'}
    site.answer(
        "/gz", Answer(whole[: len(whole) // 2], headers={**html, "Content-Encoding": "gzip"})
    )
    site.answer("/cut", Answer(b"<html>" + b"x" * 5000, headers=html, cut=1000))
    night.run(fed(site, "/gz", "/cut"))
    for path in ("/gz", "/cut"):
        response, position = night.frontier.responses[site.url + path]
        assert response.truncated
        assert response.body
        assert "etag" not in response.headers
        assert Archive(night.folder).read(position).truncated


def test_an_unknown_host_is_unreachable(night: Night, site: LoopbackSite) -> None:
    lost = source(site, url="http://no-such-host.invalid/")
    assert night.run(lost)["s"].state == "unreachable"


@pytest.mark.parametrize(("status", "state"), [(503, "unreachable"), (404, "ok"), (403, "ok")])
def test_robots_errors(night: Night, status: int, state: str) -> None:
    with LoopbackSite(robots=None) as site:
        site.answer("/robots.txt", Answer(b"", status))
        site.page("/a", article())
        assert night.run(fed(site, "/a"))["s"].state == state
        assert night.frontier.outcomes() == ({"fetched": 1} if state == "ok" else {})


@pytest.mark.parametrize(("late", "state"), [(1, "ok"), (2, "unreachable")])
def test_a_robots_txt_that_comes_late_is_asked_for_once_more(
    night: Night, late: int, state: str
) -> None:
    """A slow server has the night of its site all the same."""
    delays = [6.0] * late

    with LoopbackSite(robots=None) as site:
        site.page("/a", article())

        def robots(asked: Asked) -> Answer:
            del asked
            return Answer(b"User-agent: *\n", delay=delays.pop() if delays else 0)

        site.answer("/robots.txt", robots)
        result = night.run(fed(site, "/a"), timeout=ENOUGH)["s"]
        assert result.state == state
        assert site.paths().count("/robots.txt") == 2
        assert ("/a" in site.paths()) is (state == "ok")


def test_a_busy_site_that_robots_txt_leads_to_allows_nothing(
    site: LoopbackSite, night: Night
) -> None:
    with LoopbackSite(robots=None) as busy:
        busy.answer("/robots.txt", Answer(b"", 429))
        site.redirect("/robots.txt", busy.url + "/robots.txt")
        result = night.run(fed(site, "/a"))["s"]
    assert (result.state, result.reason) == ("unreachable", "robots.txt answers 429")
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize("cut", [None, 34])
def test_a_robots_txt_that_was_cut_off_is_not_kept(
    site: LoopbackSite, night: Night, cut: int | None
) -> None:
    rules = b"User-agent: *\nDisallow: /intern/\nDisallow: /shop/\n"
    site.answer("/robots.txt", Answer(rules, cut=cut))
    site.page("/a", article())
    partner = fed(site, "/a", "/intern/b")
    night.run(partner)
    assert night.outcome(site.url + "/intern/b") is Outcome.ROBOTS
    kept = [known.robots for known in night.frontier.sites.values()]
    assert kept == ([rules] if cut is None else [])


def test_a_site_that_never_answers_is_left_alone(site: LoopbackSite, night: Night) -> None:
    paths = [f"/dead{n}" for n in range(9)]
    for path in paths:
        site.answer(path, Answer(b"x", delay=6.0))
    result = night.run(fed(site, *paths), timeout=ENOUGH)
    assert night.frontier.outcomes() == {"timed-out": 5}
    assert result["s"].state == "unreachable"


def test_no_request_goes_out_without_robots_rules(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(self: object, url: str, context: object) -> None:
        return None

    monkeypatch.setattr("crawler.spiders.fetch.Fetcher._admit", forgotten)
    result = night.run(fed(site, "/a"))
    assert "no robots rules" in (result["s"].reason or "")
    assert site.asked == []


def test_one_request_at_a_time_and_never_too_soon(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nCrawl-delay: 0.2\n") as site:
        paths = [f"/a{n}" for n in range(5)]
        for path in paths:
            site.page(path, article(path))
        first = fed(site, *paths[:3])
        site.xml("/other", feed(*(site.url + path for path in paths[3:])))
        second = source(site, id="t", feeds=(Feed(site.url + "/other"),))
        night.run(first, second)
        assert night.frontier.outcomes() == {"fetched": 5}
        assert site.most_in_flight == 1
        assert site.paths().count("/robots.txt") == 1
        # The first gap follows the answer that states the delay.
        assert min(site.gaps()) >= 0.2


def test_a_site_that_asks_for_days_is_left_alone(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nCrawl-delay: 86400\n") as site:
        result = night.run(fed(site, "/a"))
        assert result["s"] == SourceResult("blocked", "robots.txt asks for a pause of 86400 s")
        assert site.paths() == ["/robots.txt"]
