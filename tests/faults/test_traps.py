"""Addresses without end: they starve no news, are told of once, and a line ends them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.e2e.newsroom import NIGHTS, article, html_page
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.loopback.traps_without_end import (
    ENDLESS,
    OFFER,
    EndlessTrap,
    PressSite,
    news,
    press_site,
    token,
)

BUDGET = 24
IN_EVERY_RUN = frozenset({"calendar", "nested for ever"})
"""Kinds of traps; the others are of endurance: their shapes have unit tests, and a night goes
through all of them, and out of them, in the same way. News behind sessions has a test of its own.
"""
MAINTENANCE = html_page(
    "Wartung",
    "<article><h1>Wir warten unsere Server</h1><p>In dieser Nacht bekommen unsere Server neue "
    "Platten. Wir sind am Morgen wieder da und bitten um Verständnis.</p></article>",
)
ARTICLES = {f"/presse/bericht-{n}-aus-dem-revier": news(n) for n in range(20)}
OFFERS = {
    "id": "offers",
    "name": "Offers",
    "query": '"Sonderangebot der Woche"',
    "channels": ["feed"],
}


def configure(world: World, press: PressSite, *, budget: int = BUDGET, **more: object) -> None:
    listing = {"url": f"{press.site.url}/aktuell", "links": "ul.news a"}
    entry = source("press", f"{press.site.url}/", listings=[listing], max_pages=budget, **more)
    world.configure([entry], [OFFERS])


def run(world: World, night: int) -> Ended:
    return world.radar("run", "--json", "--now", NIGHTS[night].isoformat())


def state(ended: Ended) -> str:
    return str(ended.summary["sources"]["press"]["state"])


def read_articles(world: World, press: PressSite) -> list[str]:
    """Paths of articles that are documents."""
    urls = [url.removeprefix(press.site.url) for (url,) in world.rows("select url from document")]
    return [path for path in urls if path in press.articles]


@pytest.mark.fault("traps")
@pytest.mark.parametrize(
    "trap",
    [
        pytest.param(
            trap,
            id=trap.name.replace(" ", "-"),
            marks=() if trap.name in IN_EVERY_RUN else pytest.mark.endurance,
        )
        for trap in ENDLESS
    ],
)
def test_a_trap_starves_no_news_and_a_line_ends_it(
    trap: EndlessTrap, tmp_path: Path, toll: Toll
) -> None:
    world = World(tmp_path)
    with press_site(trap, dict(ARTICLES)) as press:
        configure(world, press, budget=trap.budget)
        for night in range(4 if trap.name == "calendar" else 3):
            before = len(press.site.asked)
            ended = run(world, night)
            toll.answered_rightly(len(press.asked(before)) <= trap.budget, "over its budget")
        toll.compare(list(ARTICLES), read_articles(world, press))
        trapped = [path for path in press.asked(before) if path not in ARTICLES]
        toll.answered_rightly(len(trapped) <= 5, trapped)
        toll.answered_rightly((state(ended), ended.code) == ("trap", 1), ended.err)
        if trap.one_text:
            hits = world.radar("search", str(OFFERS["query"]), "--limit", "0", "--json").lines
            toll.compare([OFFER], [hit["title"] for hit in hits])
            matches = world.radar("watch", "matches", "offers", "--json").lines
            toll.answered_rightly(len(matches) == 1, matches)
        told = world.radar("sources").out
        line = re.search(r"exclude: \[.*?'\]", told)
        toll.answered_rightly(line is not None, told)
        if line is not None:
            configure(world, press, budget=trap.budget, **yaml.safe_load(line[0]))
            before = len(press.site.asked)
            ended = run(world, 5)
            toll.answered_rightly((state(ended), ended.code) == ("ok", 0), ended.err)
            toll.answered_rightly(set(press.asked(before)) <= set(ARTICLES), press.asked(before))


def tag_page(number: int) -> str:
    items = "".join(
        f'<li><a href="/news/{number * 7 + k}">Kurzbericht {number * 7 + k} vom Erz</a></li>'
        for k in range(8)
    )
    return html_page(f"Thema {number}", f"<h1>Thema {number}</h1><ul>{items}</ul>")


@pytest.mark.fault("traps")
def test_a_news_site_that_only_looks_like_one_is_never_rested(tmp_path: Path, toll: Toll) -> None:
    """Numbers, dates, ids in the query, sessions for ever new, and pages of tags."""
    made: dict[str, Callable[[int], tuple[str, str]]] = {
        "number": lambda n: (f"/news/{10_000 + n}", news(n)),
        "date": lambda n: (f"/2026/0{n % 9 + 1}/{n % 28 + 1:02}/bericht-{n}-neu", news(100 + n)),
        "query": lambda n: (f"/artikel?id={n}", news(200 + n)),
        "hash": lambda n: (f"/m/{token(n)}", news(300 + n)),
        # The same words each day but for the figures.
        "prices": lambda n: (
            f"/preise/2026-01-{n + 1:02}",
            article("Preise des Tages", more=[f"Kupfer kostet {9000 + 7 * n} Dollar je Tonne."]),
        ),
        "tag": lambda n: (f"/thema/stichwort-{n}", tag_page(n)),
    }
    pages = dict(make(n) for make in made.values() for n in range(25))
    world = World(tmp_path)
    with press_site(None, pages) as press:
        configure(world, press, budget=80)
        for night in range(2):
            toll.answered_rightly(state(run(world, night)) == "ok", "a trap")
        toll.compare(list(pages), read_articles(world, press))
        toll.compare([], world.rows("select shape from address_shape where rested"))


@pytest.mark.fault("traps")
def test_a_night_of_maintenance_is_no_trap_for_good(tmp_path: Path, toll: Toll) -> None:
    paths = [f"/news/{10_000 + n}" for n in range(40)]
    world = World(tmp_path)
    with press_site(None, dict.fromkeys(paths, MAINTENANCE)) as press:
        configure(world, press)
        run(world, 0)
        toll.compare([(1,)], world.rows("select count(*) from address_shape where rested"))
        press.articles = {path: news(n) for n, path in enumerate(paths)}
        for night in range(1, 5):
            ended = run(world, night)
        toll.answered_rightly((state(ended), ended.code) == ("ok", 0), ended.err)
        toll.compare(paths, read_articles(world, press))
        found = world.radar(
            "search", '"Bericht aus dem Revier" OR Revier', "--limit", "0", "--json"
        )
        toll.answered_rightly(len(found.lines) == len(paths), len(found.lines))


@pytest.mark.fault("traps")
def test_news_behind_sessions_is_found_by_its_title(tmp_path: Path, toll: Toll) -> None:
    """Each article is listed three times, with new sessions at every request."""
    world = World(tmp_path)
    by_name = {f"bericht-{n}-aus-dem-revier": news(n) for n in range(12)}

    class Sessions(PressSite):
        def _listing(self) -> str:
            self.made += 1
            items = "".join(
                f'<li><a href="/s/{token(3 * self.made + n)}/{name}">Meldung: {name}</a></li>'
                for name in by_name
                for n in range(3)
            )
            return html_page("Aktuelles", f'<ul class="news">{items}</ul>')

    with press_site(None, {}) as press:
        shown = Sessions(press.site)
        trap = EndlessTrap("", str, lambda path: by_name[path.rpartition("/")[2]])
        shown.trap, press.answer = trap, shown.answer  # type: ignore[method-assign]
        press.site.answers._script = shown.answer  # type: ignore[attr-defined]
        configure(world, press, budget=40)
        for night in range(4):
            run(world, night)
        asked = len(press.site.asked)
        by_name |= {f"bericht-{n}-aus-dem-revier": news(n) for n in (97, 98, 99)}
        run(world, 4)
        toll.answered_rightly(len(press.asked(asked)) <= 10, press.asked(asked))
        found = world.radar("search", "Revier", "--limit", "0", "--json").lines
        titles = [hit["title"] for hit in found]
        wanted = [f"Bericht {n} aus dem Revier" for n in (*range(12), 97, 98, 99)]
        toll.compare(wanted, titles)
