"""Four nights of a site whose pages are edited, move and vanish, and whose events are moved and
called off.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

import pytest

from tests.e2e import own_hand
from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import SECONDS, Ended, World, source
from tests.loopback.site import LoopbackSite
from tests.loopback.smtp_sink import SmtpSink, said, smtp_sink

pytestmark = pytest.mark.slow

PATHS = ["edited", "counted", "renamed", "recast", "vanishes", "forum", "forum-en", "summit"]
STRATEGY = {
    "de": "Die Clusterstrategie des Landes sieht vor, dass Hütten, Zulieferer und Hochschulen ihre "
    "Vorhaben gemeinsam planen. Dazu gehören Lehrwerkstätten und ein gemeinsames Labor für "
    "Erzproben.",
    "en": "The cluster strategy of the region asks smelters, suppliers and universities to plan "
    "their projects together. Training workshops and a shared laboratory are part of it.",
}
FORUM = (
    "Am 12. Mai 2026 findet in Astana das 5. Kupfergürtel-Forum statt. Erwartet werden 200 Gäste "
    "aus der Branche."
)
MOVED = (
    "Das 5. Kupfergürtel-Forum in Astana wird vom 12. Mai 2026 auf den 3. Juni 2026 verschoben. "
    "Erwartet werden 200 Gäste aus der Branche."
)
FORUM_EN = (
    "The 5th Copper Belt Forum will take place in Astana on 12 May 2026. About 200 guests are "
    "expected."
)
SUMMIT = (
    "The Steppe Smelter Summit will take place in Almaty on 20 May 2026. About 80 guests are "
    "expected."
)
CALLED_OFF = "The Steppe Smelter Summit in Almaty on 20 May 2026 has been cancelled."


def news(title: str, *paragraphs: str, lang: str = "de") -> str:
    """An event's page with menu, side column and footer."""
    inner = "".join(f"<p>{escape(p)}</p>" for p in (*paragraphs, STRATEGY[lang]))
    head = '<meta property="article:published_time" content="2026-02-27T08:00:00+01:00">'
    page = html_page(title, f"<article><h1>{escape(title)}</h1>{inner}</article>", head)
    return page.replace('lang="de"', f'lang="{lang}"')


def page_with_counter(night: int) -> str:
    """A page on which only a counter, a clock, today's date and a pointer change."""
    lines = (
        f"{1000 + 37 * night} Aufrufe | {night} Kommentare",
        f"Vor {night + 3} Stunden aktualisiert",
        f"{night + 2}. März 2026 | Astana +{night} °C",
        f"Lesen Sie auch: Meldung {night} des Tages",
    )
    return article("Zahlen der Hütte", "Nickel", more=lines)


@dataclass
class Weeks:
    """A world over several nights, and what each came to."""

    world: World
    site: LoopbackSite
    sink: SmtpSink
    nights: list[Ended] = field(default_factory=list)

    def night(self) -> None:
        moment = NIGHTS[len(self.nights)].isoformat()
        self.nights.append(self.world.radar("run", "--all", "--json", "--now", moment))

    def run_killed(self) -> int:
        """A run that is killed when it has read the pages and begins to index them."""
        moment = NIGHTS[len(self.nights)].isoformat()
        killed = own_hand.before("radar.run.run:Run._index")
        started = self.world.start("run", "--all", "--json", "--now", moment, variables=killed)
        started.communicate(timeout=SECONDS)
        moved = self.world.rows("select count(*) from document where moved_to is not null")
        assert moved != [(0,)]
        return started.returncode

    def show(self, path: str) -> dict[str, Any]:
        return self.world.radar("show", f"{self.site.url}/n/{path}", "--json").lines[0]

    def matches(self, watch: str) -> list[dict[str, Any]]:
        return self.world.radar("watch", "matches", watch, "--json").lines

    def hits(self, query: str) -> set[str]:
        hits = self.world.radar("search", query, "--limit", "0", "--json").lines
        return {hit["url"].removeprefix(f"{self.site.url}/n/") for hit in hits}


def build(site: LoopbackSite) -> None:
    """What stands on the site on the first night."""
    site.page("/n/edited", article("Neues aus dem Revier", "Zinn"))
    site.page("/n/counted", page_with_counter(0))
    site.page("/n/renamed", article("Der Schacht zieht um", "Antimon"))
    site.page("/n/recast", article("Die Halde wird neu gefasst", "Wolfram"))
    site.page("/n/vanishes", article("Die Bahn zur Hütte", "Graphit"))
    site.page("/n/forum", news("Kupfergürtel-Forum im Frühjahr", FORUM))
    site.page("/n/forum-en", news("Copper Belt Forum in Astana", FORUM_EN, lang="en"))
    site.page("/n/summit", news("Smelter summit in Almaty", SUMMIT, lang="en"))
    site.xml("/feed", feed([f"{site.url}/n/{path}" for path in PATHS]))


def change(site: LoopbackSite) -> None:
    """What becomes of it before the second night."""
    edited = article("Neues aus dem Revier", "Zinn", more=["Nachtrag: Der Ofen steht."])
    site.page("/n/edited", edited.replace("hundert neuen Stellen", "zweihundert neuen Stellen"))
    site.page("/n/counted", page_with_counter(1))
    site.redirect("/n/renamed", "/n/schacht", 301)
    site.page("/n/schacht", article("Der Schacht zieht um", "Antimon"))
    home = f"{site.url}/n/halde"
    for path in ("recast", "halde"):
        site.page(f"/n/{path}", article("Die Halde wird neu gefasst", "Wolfram", canonical=home))
    del site.answers["/n/vanishes"]
    site.page("/n/forum", news("Kupfergürtel-Forum im Frühjahr", MOVED))
    site.page("/n/summit", news("Smelter summit in Almaty", SUMMIT, CALLED_OFF, lang="en"))


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    world = World(tmp_path_factory.mktemp("changes"))
    with LoopbackSite() as site, smtp_sink() as sink:
        build(site)
        channels = ["mailto:desk@example.org", "feed"]
        world.configure(
            [
                source(
                    "bote",
                    site.url + "/",
                    languages=["de", "en"],
                    feeds=[{"url": f"{site.url}/feed"}],
                )
            ],
            [
                {
                    "id": "strategy",
                    "name": "Strategy",
                    "query": "topic:cluster-strategies",
                    "channels": channels,
                },
                {
                    "id": "metals",
                    "name": "Metals",
                    "query": "Antimon OR Wolfram OR Zinn",
                    "channels": channels,
                },
            ],
            mail={"url": sink.url, "from": "radar@example.org"},
        )
        told = Weeks(world, site, sink)
        told.night()
        change(site)
        assert told.run_killed() == -signal.SIGKILL
        told.night()
        site.page("/n/counted", page_with_counter(2))
        told.night()
        told.night()
        yield told


def test_what_the_nights_came_to(weeks: Weeks) -> None:
    assert [ended.code for ended in weeks.nights] == [0, 0, 0, 0]
    outcomes = {
        number: {
            url.removeprefix(f"{weeks.site.url}/n/"): outcome
            for url, outcome in weeks.world.outcomes(number).items()
        }
        for number in (1, 3, 4, 5)
    }
    assert set(outcomes[1].values()) == {"new"}
    second = {**dict.fromkeys(PATHS, ""), **_second(weeks)}
    assert second["edited"] == second["forum"] == second["summit"] == "changed"
    assert second["counted"] == second["forum-en"] == "unchanged"
    assert second["renamed"] == second["recast"] == "moved"
    assert second["vanishes"] == "http-error"
    assert outcomes[4]["vanishes"] == "gone"
    assert outcomes[4]["counted"] == "unchanged"
    assert weeks.nights[3].summary["revisions"] == 0


def _second(weeks: Weeks) -> dict[str, str]:
    """Outcomes of the night that was cut off and ended by the run after it."""
    rows = weeks.world.rows(
        "select url, outcome from visit where run in (2, 3) and kind = 'page' order by run desc"
    )
    return {url.removeprefix(f"{weeks.site.url}/n/"): outcome for url, outcome in rows}


def test_an_edited_page_says_what_was_added_and_removed(weeks: Weeks) -> None:
    first, second = weeks.show("edited")["revisions"]
    assert first["added"] is None
    assert [text[:8] for text in second["added"]] == ["Im Somme", "Nachtrag"]
    assert "zweihundert" in second["added"][0]
    assert len(second["removed"]) == 1
    assert weeks.show("counted")["revision"] == 1


@pytest.mark.parametrize(("old", "new"), [("renamed", "schacht"), ("recast", "halde")])
def test_a_moved_page_goes_on_at_its_new_address(weeks: Weeks, old: str, new: str) -> None:
    shown = weeks.show(old)
    assert shown["url"] == f"{weeks.site.url}/n/{new}"
    assert shown["moved_from"] == [f"{weeks.site.url}/n/{old}"]
    assert NIGHTS[0] <= datetime.fromisoformat(shown["first_seen"]) < NIGHTS[1]
    assert [r["added"] for r in shown["revisions"]] == [None, []]
    word = {"renamed": "Antimon", "recast": "Wolfram"}[old]
    assert weeks.hits(word) == {new}
    told = [m for m in weeks.matches("metals") if word in m["terms"]]
    assert [m["url"] for m in told] == [f"{weeks.site.url}/n/{old}"]


def test_a_page_that_is_gone_is_kept_and_says_so(weeks: Weeks) -> None:
    assert weeks.hits("Graphit") == {"vanishes"}
    assert weeks.show("vanishes")["last_outcome"] == "gone"


def test_one_forum_in_two_languages_and_its_history(weeks: Weeks) -> None:
    german, english = (weeks.show(path)["events"][0] for path in ("forum", "forum-en"))
    assert german["event"] == english["event"]
    assert [d["url"] for d in german["linked"]] == [f"{weeks.site.url}/n/forum-en"]
    assert {(d["lang"], d["role"]) for d in english["linked"]} == {("de", "upcoming")}
    [change] = english["changes"]
    assert (change["change"], change["old"], change["new"]) == (
        "event-moved",
        "2026-05-12",
        "2026-06-03",
    )
    assert change["evidence"]["text"] == MOVED
    assert weeks.show("summit")["events"][0]["linked"] == []


def test_watches_tell_of_each_event_once(weeks: Weeks) -> None:
    told = [m for m in weeks.matches("strategy") if m["change"].startswith("event-")]
    assert {(m["change"], m["state"], *(e["told"] for e in m["events"])) for m in told} == {
        (
            "event-moved",
            "sent",
            "5. Kupfergürtel-Forum: moved from 12 May 2026 to 3 June 2026",
        ),
        ("event-cancelled", "sent", "Steppe Smelter Summit: cancelled"),
    }
    assert len(told) == 2
    assert MOVED in [p["text"] for m in told for p in m["passages"]]
    assert not [m for m in weeks.matches("metals") if m["change"].startswith("event-")]


def test_mail_and_feed_say_from_when_to_when(weeks: Weeks) -> None:
    line = "5. Kupfergürtel-Forum: moved from 12 May 2026 to 3 June 2026"
    bodies = [said(mail) for mail in weeks.sink.received]
    assert sum(f"  event: {line}" in body for body in bodies) == 1
    assert sum("Steppe Smelter Summit: cancelled" in body for body in bodies) == 1
    assert len(set(weeks.sink.message_ids())) == len(weeks.sink.received)
    atom = (weeks.world.home / "feeds" / "strategy.atom").read_text(encoding="utf-8")
    assert f"Event: {line}" in atom


def test_linked_anew_everything_is_as_it_was(weeks: Weeks) -> None:
    before = {path: weeks.show(path)["events"] for path in ("forum", "forum-en", "summit")}
    sent = len(weeks.sink.received)
    assert weeks.world.radar("rebuild").code == 0
    ended = weeks.world.radar("run", "--json", "--now", NIGHTS[4].isoformat())
    assert ended.summary["matches"] == 0
    assert {path: weeks.show(path)["events"] for path in before} == before
    assert weeks.hits("Antimon") == {"schacht"}
    assert len(weeks.sink.received) == sent
