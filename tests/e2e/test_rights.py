"""What partners' rights ask for: answers and texts that go in time, and forgetting for good."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from indexer.records.document import DocumentId
from indexer.records.labels import Labels
from indexer.stores.embedded import EmbeddedStore
from radar.cli import main
from radar.configuration.settings import load_settings
from radar.erasure.archive_purge import ArchivePurge
from radar.erasure.eraser import Eraser
from radar.installation.installation import Installation
from radar.labelling.label_files import LabelFiles
from tests.e2e.newsroom import NIGHTS, article, feed, own_words
from tests.e2e.world import Ended, World, source
from tests.loopback.site import LoopbackSite

SECRET = "Zuschlagstoffwerk"
"""Stands on one page only; where it is found, that page has left something."""


def own_text(name: str, number: int) -> list[str]:
    """Sentences of a page that no other has: pages of several sites that are much alike are one
    story, and told once.
    """
    return [own_words(f"{name} {number} {sentence}") for sentence in range(8)]


class Partners:
    """Three partners on one installation: one ordinary, one with a term, one that keeps nothing."""

    def __init__(self, folder: Path, sites: list[LoopbackSite]) -> None:
        self.world = World(folder)
        self.free, self.term, self.shy = sites
        for site, name in zip(sites, ("free", "term", "shy"), strict=True):
            etags = [f'"{name}{n}"' for n in range(3)]
            pages = [site.page(f"/{name}/{n}", self.page(name, n), etag=etags[n]) for n in range(3)]
            site.xml("/feed.xml", feed(pages))
            site.page("/", "<p>Start</p>")
        # Its list tells of the page without naming its address.
        self.list_in_api([{"id": 0, "title": f"{SECRET} free"}])
        self.configure()
        self.first = self.run(0)
        """How the first night ended, to which each test comes back."""
        self._answers = [(site, dict(site.answers)) for site in sites]
        self._backup = folder / "backup"
        shutil.copytree(self.world.home, self._backup)

    def begin_again(self) -> None:
        """The morning after the first night."""
        for site, answers in self._answers:
            site.answers = dict(answers)
        shutil.rmtree(self.world.home)
        shutil.copytree(self._backup, self.world.home)

    @property
    def api(self) -> dict[str, str]:
        url = self.free.url
        return {"list": f"{url}/api/news", "items": "news", "url": f"{url}/free/{{id}}"}

    def list_in_api(self, items: list[dict[str, Any]]) -> None:
        body = json.dumps({"news": items}).encode()
        self.free.put("/api/news", body, "application/json")

    def page(self, name: str, number: int) -> str:
        more = own_text(name, number)
        if number == 0:
            more.append(f"Das {SECRET} {name} bleibt geschlossen, sagt Karla Brandt.")
        return article(f"Kupfer aus {name} {number}", f"Kupfererz {name} {number}", more=more)

    def configure(self) -> None:
        rights: dict[str, dict[str, Any]] = {
            "free": {"apis": [self.api]},
            "term": {"rights": {"permission": "letter of May", "retention_days": 10}},
            "shy": {"rights": {"archive": False}},
        }
        sites = {"free": self.free, "term": self.term, "shy": self.shy}
        self.world.configure(
            [
                source(name, site.url, feeds=[{"url": f"{site.url}/feed.xml"}], **rights[name])
                for name, site in sites.items()
            ],
            [{"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}],
        )

    def run(self, night: int, *options: str) -> Ended:
        return self.world.radar("run", "--json", "--now", NIGHTS[night].isoformat(), *options)

    def run_later(self, days: int, *options: str) -> Ended:
        moment = NIGHTS[0].replace(day=NIGHTS[0].day + days)
        return self.world.radar("run", "--json", "--now", moment.isoformat(), *options)

    def archived(self) -> list[str]:
        """Addresses of all records, read by another reader to the last byte."""
        found = []
        for path in sorted((self.world.home / "archive").glob("*.warc.gz")):
            with path.open("rb") as file:
                found += [
                    record.rec_headers["WARC-Target-URI"]
                    for record in WarcioIterator(file)
                    if record.rec_type != "warcinfo"
                ]
        return found

    def hits(self, query: str) -> list[str]:
        ended = self.world.radar("search", query, "--limit", "0", "--json")
        return [hit["url"] for hit in ended.lines]


@pytest.fixture(scope="module")
def after_the_first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partners]:
    with LoopbackSite() as free, LoopbackSite() as term, LoopbackSite() as shy:
        yield Partners(tmp_path_factory.mktemp("rights"), [free, term, shy])


@pytest.fixture
def partners(after_the_first_night: Partners) -> Partners:
    after_the_first_night.begin_again()
    return after_the_first_night


def left_of(home: Path, words: str) -> list[str]:
    """Files of an installation in which the words stand, the search index aside."""
    found = []
    for path in sorted(p for p in home.rglob("*") if p.is_file() and "index" not in p.parts):
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        if words.encode() in data:
            found.append(str(path.relative_to(home)))
    return found


def test_an_archived_answer_is_shown_as_long_as_it_may_be_kept(partners: Partners) -> None:
    world = partners.world
    settings = load_settings(world.config, home=world.home)
    installation = Installation(settings)
    catalogue = installation.catalogue(installation.open_reader())
    found = {
        site.url: catalogue.document(f"{site.url}/{name}/1")
        for name, site in (("free", partners.free), ("shy", partners.shy), ("term", partners.term))
    }
    free, shy, term = (view for view in found.values() if view is not None)
    answer = catalogue.archived(free.id)
    assert answer is not None
    assert answer.body.decode() == partners.page("free", 1)
    assert answer.content_type.startswith("text/html")
    assert catalogue.archived(shy.id) is None
    assert catalogue.archived(DocumentId("0" * 16)) is None
    # Its term is over by the clock of this machine, though no run has removed it yet.
    assert [url for url in partners.archived() if url == f"{partners.term.url}/term/1"]
    assert catalogue.archived(term.id) is None
    for file in (world.home / "archive").glob("*.warc.gz"):
        file.unlink()
    assert catalogue.archived(free.id) is None


def test_answers_and_texts_go_in_time_and_the_rest_stays(partners: Partners) -> None:
    first = partners.first
    assert first.code == 0
    # Of who keeps nothing all answers have gone once they were read: three pages, feed, robots.txt.
    assert first.summary["removed"] == {"answers": 5, "texts": 0}
    assert not [url for url in partners.archived() if url.startswith(partners.shy.url)]
    assert len(partners.hits(SECRET)) == 3
    read = partners.world.rows("select distinct state from fetch where source = 'shy'")
    assert read == [("purged",)]
    files = sorted((partners.world.home / "archive").glob("*.warc.gz"))

    quiet = partners.run_later(9, "free")
    assert quiet.summary["removed"] == {"answers": 0, "texts": 0}
    assert sorted((partners.world.home / "archive").glob("*.warc.gz")) == files

    told = partners.run_later(11, "free")
    assert told.summary["removed"] == {"answers": 5, "texts": 3}
    assert told.summary["matches"] == 0
    assert not [url for url in partners.archived() if url.startswith(partners.term.url)]
    url = f"{partners.term.url}/term/0"
    assert set(partners.hits(SECRET)) == {
        f"{partners.free.url}/free/0",
        f"{partners.shy.url}/shy/0",
    }
    # What it was about is still known, and still found.
    assert url in partners.hits("commodity:copper source:term")
    shown = partners.world.radar("show", url, "--json").summary
    assert (shown["text"], shown["teaser"], shown["contacts"]) == ("", None, [])
    assert shown["title"] == "Kupfer aus term 0"
    assert shown["published"] == "2026-02-27"
    assert shown["text_removed"] is True
    assert shown["rights"] == {
        "permission": "letter of May",
        "contact": None,
        "retention_days": 10,
        "archive": True,
    }
    assert all(m["part"] == "title" for m in shown["mentions"])
    atom = (partners.world.home / "feeds" / "copper.atom").read_text()
    assert (atom.count("<entry>"), atom.count("Bergwerk im Norden")) == (9, 6)

    # Met again unchanged it is no news, and met again with more, only that is.
    more = article(
        "Kupfer aus term 0",
        "Kupfererz term 0",
        more=[
            *own_text("term", 0),
            f"Das {SECRET} term bleibt geschlossen, sagt Karla Brandt.",
            "Kupfer wird knapp.",
        ],
    )
    partners.term.page("/term/0", more)
    partners.term.page("/term/1", partners.page("term", 1))
    changed = partners.run_later(13, "--all", "term")
    assert changed.summary["outcomes"] == {"changed": 1, "not-modified": 1, "unchanged": 1}
    assert changed.summary["matches"] == 1
    matched = partners.world.radar("watch", "matches", "copper", "--json").lines[-1]
    assert [p["text"] for p in matched["passages"]] == ["Kupfer wird knapp."]


def test_a_clock_that_is_ahead_of_all_sites_removes_nothing(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor what is known of runs that are long past."""
    with monkeypatch.context() as patched:
        patched.setattr(partners.free, "behind", 900 * 86_400.0)
        partners.world.radar("run", "--json", "--now", "2028-08-20T00:00:00+00:00", "free")
    known = "select count(*) from run where summary is not null"
    assert partners.world.rows(known) == [(2,)]
    with monkeypatch.context() as patched:
        patched.setattr(partners.free, "behind", 11 * 86_400.0 - 60)
        mistaken = partners.run_later(11, "free")
    assert mistaken.summary["removed"] == {"answers": 0, "texts": 0}
    [problem] = mistaken.summary["problems"]
    assert problem.startswith("the clock is 10 days ahead of the sites that answered")
    confirmed = partners.run_later(11, "free")
    assert confirmed.summary["removed"] == {"answers": 5, "texts": 3}


def test_a_forgotten_page_is_nowhere_and_stays_away(partners: Partners) -> None:
    url = f"{partners.free.url}/free/0"
    words = f"{SECRET} free"
    asked = partners.free.paths().count("/free/0")
    labelled = LabelFiles(partners.world.home / "labels")
    with labelled.writing("ann") as writer:
        writer.append(Labels("0a", words, url=url, labeller="ann"))
        writer.append(Labels("0b", "Another page.", labeller="ann"))
    assert left_of(partners.world.home, words)

    refused = partners.world.radar("forget", url)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    ended = partners.world.radar("forget", url, "--yes", "--json")
    assert ended.code == 0
    counts = ended.summary
    assert counts["documents"] == counts["revisions"] == counts["matches"] == 1
    # The page itself, and feed and API that tell of it.
    assert counts["answers"] == 3
    assert left_of(partners.world.home, words) == []
    assert left_of(partners.world.home, "/free/0") == []
    assert [labels.id for labels in labelled.all()] == ["0b"]
    assert url not in partners.hits(SECRET)
    assert len(partners.hits("commodity:copper source:free")) == 2
    ((kind, what, done),) = partners.world.rows("select kind, what, finished from forgetting")
    assert (kind, len(what), done is not None) == ("page", 32, True)

    # Neither its own address, nor another one that leads to it, brings it back.
    partners.free.redirect("/short", url)
    partners.free.page("/free/0/print", article("Kupfer aus free 0", more=[words]))
    partners.list_in_api([])
    partners.free.page("/twin", article("Kupfer aus free 0", more=[words], canonical=url))
    pages = [
        f"{partners.free.url}{path}"
        for path in ("/free/0", "/short", "/twin", "/free/0/print", "/free/1")
    ]
    partners.free.xml("/feed.xml", feed(pages))
    later = partners.run(1, "free")
    assert later.code == 0
    assert partners.free.paths().count("/free/0") == asked
    assert partners.world.outcomes(2)[f"{partners.free.url}/short"] == "duplicate"
    assert url not in partners.hits(SECRET)
    assert left_of(partners.world.home, words) == []
    assert partners.world.radar("show", url).code == 2


def test_a_forgotten_source_leaves_nothing_and_says_that_it_comes_back(partners: Partners) -> None:
    wrong = partners.world.radar("forget", "tern", "--yes")
    assert (wrong.code, 'did you mean "term"' in wrong.err) == (2, True)
    ended = partners.world.radar("forget", "term", "--yes", "--json")
    assert (ended.code, "is enabled" in ended.err) == (0, True)
    assert ended.summary["documents"] == 3
    assert left_of(partners.world.home, partners.term.url) == []
    assert not [url for url in partners.archived() if url.startswith(partners.term.url)]
    assert partners.hits("source:term") == []
    assert len(partners.hits("source:free")) == 3
    assert partners.world.rows("pragma foreign_key_check") == []
    assert partners.run(1, "term").summary["outcomes"] == {"new": 3}


def kill_at(owner: type, name: str, *, after: bool) -> Callable[[], None]:
    """Makes a step of the program end it at once, before or behind its work."""
    step = getattr(owner, name)

    def killing(*arguments: Any, **named: Any) -> Any:
        if after:
            step(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return lambda: setattr(owner, name, killing)


def run_in_child(prepare: Callable[[], None], arguments: list[str]) -> int:
    """Call the program in a fork of this process; the number of the signal that ended it."""
    child = os.fork()
    if child == 0:
        prepare()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        try:
            main(arguments)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("target", ["page", "source"])
def test_killed_anywhere_and_again_it_is_complete(partners: Partners, target: str) -> None:
    home = partners.world.home
    what = f"{partners.free.url}/free/0" if target == "page" else "free"
    words = "/free/0" if target == "page" else f"{partners.free.url}"
    points = [
        (EmbeddedStore, "delete", False),
        (EmbeddedStore, "delete", True),
        (ArchivePurge, "remove", False),
        (ArchivePurge, "_replace", True),
        (ArchivePurge, "remove", True),
        (Eraser, "rewrite_feeds", False),
        (Eraser, "_finish", False),
    ]
    # Of a source fewer: the steps are the same.
    for number, (owner, name, after) in enumerate(points if target == "page" else points[3:5]):
        partners.begin_again()
        arguments = ["forget", what, "--yes", *partners.world.places]
        assert run_in_child(kill_at(owner, name, after=after), arguments) == -signal.SIGKILL
        if number != 1:
            assert partners.world.radar(*arguments[:3]).code == 0
        else:  # the next run ends it as well
            assert partners.run_later(3, "shy").code == 0
        assert left_of(home, words) == [], (name, after)
        counts = partners.world.rows("select counts from forgetting where finished is not null")
        assert len(counts) == 1
        assert len(partners.hits("source:free")) == (2 if target == "page" else 0)
        assert len({url for url in partners.archived() if "/term/" in url}) == 3
        assert partners.world.rows("pragma foreign_key_check") == []
        for file, offset in partners.world.rows("select file, offset from fetch where file != ''"):
            with (home / "archive" / file).open("rb") as archive:
                archive.seek(offset)
                assert archive.read(2) == b"\x1f\x8b"
