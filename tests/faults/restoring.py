"""Four nights of a small site, the data folder as it was after each of them, and what a data folder
that was put together from several of them has to agree in with the undisturbed one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastwarc.warc import WarcRecordType

from crawler.archive.stretches import stretches
from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.loopback.site import LoopbackSite
from tests.loopback.smtp_sink import SmtpSink, said, smtp_sink

LAST = 3
"""The night that every restored installation has still to come through."""
WATCHES = {"copper": "Kupfererz", "addenda": "Nachtrag", "germany": "country:DE OR lang:de"}
DATABASE = "radar.db"


@dataclass(frozen=True)
class Sent:
    """A message as its receiver has it."""

    subject: str
    text: str


@dataclass
class Newsroom:
    """The site and the mail server that all installations share, and the undisturbed nights."""

    folder: Path
    site: LoopbackSite
    sink: SmtpSink
    settings: dict[str, Any] = field(default_factory=dict)
    calm: Restored = field(init=False)

    def open(self, night: int) -> None:
        """What the site shows on this night: a page more, and an addendum more to the first one."""
        addenda = [f"Nachtrag {n}: Ofen Nummer {n} steht seit gestern." for n in range(night)]
        self.site.page("/n/edited", article("Neues aus dem Revier", "Zinn", more=addenda))
        for number in range(night + 1):
            page = article(f"Meldung Nummer {number}", f"Kupfererz aus Grube {number}")
            self.site.page(f"/n/page-{number}", page)
        paths = ["edited", *(f"page-{number}" for number in range(night + 1))]
        self.site.xml("/feed", feed([f"{self.site.url}/n/{path}" for path in paths]))

    def after(self, night: int) -> Path:
        """The data folder after this undisturbed night."""
        return self.folder / f"after-{night}"

    def installation(self, name: str) -> Restored:
        """An installation of this configuration, without data."""
        world = World(self.folder / name)
        world.configure(
            [source("bote", f"{self.site.url}/", feeds=[{"url": f"{self.site.url}/feed"}])],
            [
                {"id": i, "name": i, "query": q, "channels": ["mailto:desk@example.org", "feed"]}
                for i, q in WATCHES.items()
            ],
            mail={"url": self.sink.url, "from": "radar@example.org"},
            **self.settings,
        )
        return Restored(self, world)

    def restored(self, name: str, night: int, **parts: int) -> Restored:
        """An installation with the data of a night; `parts`: name → night for what is put back."""
        made = self.installation(name)
        shutil.copytree(self.after(night), made.world.home)
        for part, earlier in parts.items():
            made.put_back(DATABASE if part == "database" else part, earlier)
        return made


@dataclass
class Restored:
    """One installation."""

    newsroom: Newsroom
    world: World
    told: list[Sent] = field(default_factory=list)
    """Messages that its last night has sent."""

    def put_back(self, part: str, night: int) -> None:
        """Put the database, the index or the archive back to what it was after this night."""
        here, there = self.world.home / part, self.newsroom.after(night) / part
        if there.is_dir():
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(there, here)
        else:
            here.unlink(missing_ok=True)
            shutil.copy(there, here)

    def night(self, number: int) -> Ended:
        """One night; what it tells is kept."""
        self.newsroom.open(number)
        before = len(self.newsroom.sink.received)
        ended = self.world.radar("run", "--all", "--json", "--now", NIGHTS[number].isoformat())
        received = self.newsroom.sink.received[before:]
        self.told = [Sent(str(m["Subject"]), said(m)) for m in received]
        return ended

    def documents(self) -> Sequence[Hashable]:
        """Each revision: page, number, and what was added."""
        return self.world.rows(
            "select url, number, added from revision join document on id = document "
            "order by url, number"
        )

    def texts(self) -> Sequence[Hashable]:
        """What each page says now."""
        return self.world.rows(
            "select d.url, json_extract(r.page, '$.text') from document d "
            "join revision r on r.document = d.id and r.number = d.revision order by d.url"
        )

    def hits(self) -> Sequence[Hashable]:
        """What a search for everything finds, and one for an addendum."""
        queries = ["*", "Nachtrag", "Kupfererz"]
        found = [
            (query, hit["id"], hit["url"], tuple(p["text"] for p in hit["passages"]))
            for query in queries
            for hit in self.world.radar("search", query, "--limit", "0", "--json").lines
        ]
        return sorted(found)

    def matches(self) -> Sequence[Hashable]:
        """The matches of all watches."""
        return self.world.rows(
            "select watch, document, revision, passages, change, state from match "
            "order by watch, document, revision"
        )

    def archived(self) -> Sequence[Hashable]:
        """Address and id of each whole answer in the archive, and why bytes are none."""
        found: list[Hashable] = []
        for path in sorted((self.world.home / "archive").glob("*.warc.gz")):
            with path.open("rb") as file:
                for stretch in stretches(file):
                    if stretch.record is None:
                        found.append(stretch.damage)
                    elif stretch.record.record_type == WarcRecordType.response:
                        headers = stretch.record.headers
                        found.append((headers["WARC-Target-URI"], headers["WARC-Record-ID"]))
        return found

    def mentions(self) -> Sequence[Hashable]:
        """What its last night told, whatever the groups of messages in which it did."""
        return sorted(
            (sent.subject.partition(":")[0], page)
            for sent in self.told
            for page in re.findall(r"http://\S+", sent.text)
        )

    def feeds(self) -> Sequence[Hashable]:
        """Ids of the entries of all feeds."""
        folder = self.world.home / "feeds"
        return sorted(
            (file.name, entry)
            for file in folder.glob("*.atom")
            for entry in re.findall(r"<entry>.*?<id>(.*?)</id>", file.read_text(), re.DOTALL)
        )

    def pay(self, toll: Toll) -> None:
        """Compare with the undisturbed nights in everything."""
        calm = self.newsroom.calm
        for aspect in (Restored.documents, Restored.hits, Restored.matches, Restored.feeds):
            toll.compare(aspect(calm), aspect(self))
        toll.compare(calm.told, self.told)
        known = {identity for (identity,) in self.world.rows("select id from document")}
        toll.compare([], [hit for hit in self.hits() if hit[1] not in known])  # type: ignore[index]


@contextmanager
def newsroom(folder: Path, **settings: Any) -> Iterator[Newsroom]:
    """The undisturbed nights, each kept."""
    with LoopbackSite() as site, smtp_sink() as sink:
        made = Newsroom(folder, site, sink, settings)
        made.calm = made.installation("calm")
        for night in range(LAST + 1):
            assert made.calm.night(night).code == 0
            shutil.copytree(made.calm.world.home, made.after(night))
        yield made
