"""Days that the pages of a list state of what they lead to."""

from __future__ import annotations

import pytest

from indexer.frontier.port import Link
from indexer.records.source import Listing
from tests.loopback.site import LoopbackSite
from tests.unit.crawler.night import Night, article, listing, source


def test_a_later_page_says_of_what_an_earlier_one_led_to_when_it_is_from(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: dict[str, str | None] = {}
    add = night.frontier.add

    def note(source: str, link: Link) -> None:
        days[link.url.removeprefix(site.url)] = link.published
        add(source, link)

    monkeypatch.setattr(night.frontier, "add", note)
    paths = [f"/meldung/{n}" for n in (1001, 1002, 1003)]
    for path in paths:
        site.page(path, article(path))
    site.page("/aktuelles", listing(paths[0], paths[2], following="?page=1"))
    dated = listing(*paths[1:]).replace("<article>", "<article><p>2. Mai 2026</p>")
    site.page("/aktuelles?page=1", dated)
    night.run(source(site, listings=(Listing(site.url + "/aktuelles"),)))
    assert {path: days.get(path) for path in paths} == {
        paths[0]: None,
        paths[1]: "2026-05-02",
        paths[2]: "2026-05-02",
    }
