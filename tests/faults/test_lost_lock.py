"""Two runs at once over one data folder, as where a file system has lost their lock."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import SECONDS, World, source
from tests.faults.conftest import Toll
from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.loopback.smtp_sink import said, smtp_sink

KNOWN, NEW = 3, 3


def _shown(number: int, *more: str) -> str:
    return article(f"Meldung Nummer {number}", f"Kupfererz aus Grube {number}", more=more)


@pytest.mark.fault("damage")
def test_what_two_runs_at_once_have_fetched_is_told_once_and_looked_at_again(
    tmp_path: Path, toll: Toll
) -> None:
    """Answers of the one were read by the other: their pages were taken for fetched, and waiting to
    be read, in each later run, and never requested again.
    """
    world = World(tmp_path)
    begun, done = Event(), Event()
    with LoopbackSite() as site, smtp_sink() as sink:
        world.configure(
            [source("bote", f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}])],
            [
                {
                    "id": "copper",
                    "name": "Copper",
                    "query": "Kupfererz OR Nachtrag",
                    "channels": ["mailto:desk@example.org"],
                }
            ],
            mail={"url": sink.url, "from": "radar@example.org"},
        )
        paths = [f"/n/page-{number}" for number in range(KNOWN + NEW)]
        for number, path in enumerate(paths):
            site.page(path, _shown(number))

        def night(number: int, *options: str, minutes: int = 0) -> list[str]:
            moment = NIGHTS[number] + timedelta(minutes=minutes)
            return ["run", *options, "--now", moment.isoformat()]

        site.xml("/feed", feed([site.url + path for path in paths[:KNOWN]]))
        toll.answered_rightly(world.radar(*night(0)).code == 0, "first night")
        site.xml("/feed", feed([site.url + path for path in paths]))

        def slow(asked: Asked) -> Answer:
            del asked
            begun.set()
            done.wait(SECONDS)
            return Answer(_shown(KNOWN).encode(), headers={"Content-Type": "text/html"})

        site.answer(paths[KNOWN], slow)
        first = world.start(*night(1))
        assert begun.wait(SECONDS)
        site.page(paths[KNOWN], _shown(KNOWN))
        for lock in world.home.glob("*.lock"):
            lock.unlink()
        second = world.radar(*night(1, "--only", "crawl", minutes=5))
        toll.answered_rightly(second.code == 0, second)
        done.set()
        first.communicate(timeout=SECONDS)
        for number in (2, 3):
            for page, path in enumerate(paths[KNOWN:]):
                more = [
                    f"Nachtrag {n} zu {page}: Ofen {n}{page} steht." for n in range(2, number + 1)
                ]
                site.page(path, _shown(KNOWN + page, *more))
            ended = world.radar(*night(number, "--all"))
            toll.answered_rightly(ended.code == 0, ended)
        text = "\n".join(said(mail) for mail in sink.received)
    for page in range(NEW):
        told = [text.count(f"« {n} zu {page}:") for n in (2, 3)]
        toll.compare([1, 1], told)
    mails = [set(re.findall(r"/n/page-\d", said(mail))) for mail in sink.received[:2]]
    toll.compare(paths, [*mails[0], *mails[1]])
