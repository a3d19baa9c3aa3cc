"""Nights of everything that happens to pages, killed and restarted at random points: exactly the
alerts that are expected, and none besides, at a real mail server and a real receiver of webhooks.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.alerts.message import one_line
from indexer.alerts.watches import Watch, sync_watches
from indexer.database.engine import open_database
from indexer.records.document import Page
from indexer.records.outcome import Outcome
from tests.e2e.alerting import DESK, Alerting
from tests.loopback.smtp_sink import SmtpSink, said, smtp_sink
from tests.loopback.webhook_sink import WebhookSink, webhook_sink
from tests.unit.indexer.alerts.test_matching_of_events import CANCELLED, FORUM, JUNE, page
from tests.unit.indexer.record import HOME, Record

FIRST = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
KILLS = 20
OTHER = "https://other.example"
STORY = (
    "Die Grube am Fluss fördert seit dem Frühjahr Kupfer aus einer neuen Sohle, die zwei Jahre lang"
    " gebaut wurde. Der Betrieb rechnet mit neun Schichten in der Woche und stellt vierzig Leute"
    " ein, die aus den Dörfern der Umgebung kommen sollen.\n\nDie Straße zur Hütte wird im Sommer"
    " verbreitert, damit die Wagen nicht mehr durch den Ort fahren müssen. Das Land gibt dafür elf"
    " Millionen, die Gemeinde den Rest."
)
GERMAN = "Die Hütte am Fluss nimmt 34 Öfen in Betrieb.\n\nIhr Kupfer geht per Bahn nach Aktau."
ENGLISH = "The works on river takes 34 furnaces into service.\n\nIts copper goes by rail to Aktau."
TRANSLATIONS = dict(
    zip(
        ENGLISH.lower().replace(".", "").split(),
        GERMAN.lower().replace(".", "").split(),
        strict=True,
    )
)
REWRITTEN = "In Betrieb nimmt die Hütte 34 Öfen am Fluss.\n\nPer Bahn geht nach Aktau ihr Kupfer."


@dataclass
class Nights:
    """An installation whose process is killed again and again."""

    folder: Path
    mails: SmtpSink
    posts: WebhookSink
    chance: random.Random
    now: datetime = FIRST
    kills: int = 0
    topic: tuple[str, ...] = ("Clusterplan",)

    @property
    def hook(self) -> str:
        return f"webhook:{self.posts.url}"

    @property
    def watches(self) -> tuple[Watch, ...]:
        return (
            Watch("copper", "Copper", "Kupfer OR copper", (DESK, self.hook)),
            Watch("lead", "Lead", "Blei", (DESK,), "daily 07:00"),
            Watch("tin", "Tin", "Zinn", (DESK,), "daily 07:00"),
            Watch("topic", "Topic", "topic:plans", (self.hook,)),
        )

    def night(self, read: Callable[[Record], None]) -> None:
        """A run that reads these pages, with its matches and messages; the day goes by."""
        with self._opened() as record:
            sync_watches(record.connection, self.watches, self.now)
            record.connection.commit()
            read(record)
            record.run.record_source("partner", "ok", None, self.now)
            record.connection.commit()
            run = record.run.id
        self._until_done(run)
        with self._opened() as record:
            record.run.end_first_looks(self.now)
            record.connection.commit()
        self.now += timedelta(hours=5)  # past the moment of the digests
        self._until_done(run)
        self.now += timedelta(hours=19)

    def _until_done(self, run: int) -> None:
        """Match and deliver, however often that is killed."""
        alerting = Alerting(
            self.folder, self.now, run, self.watches, self.topic, TRANSLATIONS, self.mails.url
        )
        while self.kills < KILLS:
            if not alerting.is_killed(self.chance.randrange(1, 60)):
                return
            self.kills += 1
        alerting.work()

    @contextmanager
    def _opened(self) -> Iterator[Record]:
        """The database, in a run of its own."""
        engine = open_database(f"sqlite:///{self.folder / 'radar.db'}")
        try:
            with engine.connect() as connection:
                record = Record(connection, self.now)
                connection.commit()
                yield record
        finally:
            engine.dispose()

    def told_by_posts(self) -> Counter[tuple[str, str, str]]:
        """Watch, page and change of every alert that was posted; a second copy counts once."""
        bodies = {p.headers["webhook-id"]: json.loads(p.body) for p in self.posts.received}
        return Counter(
            (body["watch"], entry["url"], entry["change"])
            for body in bodies.values()
            for entry in body["entries"]
        )

    def told_by_mails(self) -> Counter[tuple[str, str]]:
        """Watches (or `digest`) and pages of every alert that was mailed."""
        by_id = {mail["Message-ID"]: mail for mail in self.mails.received}
        return Counter(
            (one_line(mail["X-Rohstoffradar-Watch"]), url)
            for mail in by_id.values()
            for url in said(mail).splitlines()
            if url.startswith("https://")
        )


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """All nights; after the third one the database is put back to the second."""
    folder = tmp_path_factory.mktemp("nights")
    with smtp_sink() as mails, webhook_sink() as posts:
        lived = Nights(folder, mails, posts, random.Random(1))
        lived.night(lambda record: _read(record, **{"/old": "Ein Satz über Wetter."}))
        lived.night(lambda record: _read(record, **{"/a": STORY, "/b": "Das Zinn wird knapp."}))
        shutil.copy(folder / "radar.db", folder / "backup.db")
        third = _third_night
        lived.night(third)
        shutil.copy(folder / "backup.db", folder / "radar.db")
        lived.now += timedelta(hours=1)
        lived.night(third)
        lived.night(_fourth_night)
        lived.topic = ("Clusterplan", "Revierplan")
        lived.night(_fifth_night)
        lived.night(_sixth_night)
        lived.night(lambda record: None)
        yield lived


def _read(record: Record, **pages: str | Page) -> None:
    for path in pages:
        url = path if "://" in path else HOME + path
        record.fetch_from(url, body=f"{url} {record.now}".encode())
    record.read(
        *(Page(None, title="Meldung", text=p) if isinstance(p, str) else p for p in pages.values())
    )


def _third_night(record: Record) -> None:
    """An old page edited, a trivial edit, a reprint elsewhere, an event."""
    edited = STORY.replace("elf Millionen", "zwölf Millionen")
    old = "Ein Satz über Wetter.\n\nNeu ist die Halde mit Kupfer und Blei."
    plan = "Der Clusterplan liegt aus, der Revierplan noch nicht."
    reprint = {f"{OTHER}/a": STORY.replace("neun Schichten", "zehn Schichten")}
    told: dict[str, str | Page] = {"/old": old, "/a": edited, "/forum": page(FORUM), "/plan": plan}
    _read(record, **told, **reprint)


def _fourth_night(record: Record) -> None:
    """An event moved, a page removed, one of last year found late, a story."""
    late = Page(
        url=None, title="Bahn", text="Vor einem Jahr kam das Zinn per Bahn.", published="2025-02-03"
    )
    record.ended("/b", Outcome.GONE, status=410)
    told = {"/works": Page(None, lang="de", title="Hütte", text=GERMAN)}
    moved: dict[str, str | Page] = {"/forum": page(JUNE), "/late": late}
    _read(record, **moved, **told)


def _fifth_night(record: Record) -> None:
    """An event cancelled, and a topic that was changed by day: only what is new counts."""
    cancelled = page(CANCELLED, "The forum is cancelled.")
    told: dict[str, str | Page] = {"/forum": cancelled, "/second": "Ein Revierplan kommt dazu."}
    _read(record, **told)


def _sixth_night(record: Record) -> None:
    """The story is translated, twice, and rewritten; one translation has a passage of its own."""
    english = Page(None, lang="en", title="Works", text=ENGLISH)
    rewritten = Page(None, lang="de", title="Neue Öfen", text=REWRITTEN)
    own = f"{ENGLISH}\n\nA law on copper will be read in parliament soon, says its author."
    more = Page(None, lang="en", title="Furnaces", text=own)
    pages = {"/en/works": english, f"{OTHER}/works": rewritten, "https://third.example/": more}
    _read(record, **pages)


def test_the_process_was_killed_often(nights: Nights) -> None:
    assert nights.kills == KILLS


def test_posts_tell_exactly_what_is_expected(nights: Nights) -> None:
    assert nights.told_by_posts() == Counter(
        [
            ("copper", f"{HOME}/a", "new-document"),
            ("copper", f"{HOME}/old", "added-passage"),
            ("copper", f"{HOME}/forum", "new-document"),
            ("copper", f"{HOME}/forum", "event-moved"),
            ("copper", f"{HOME}/forum", "event-cancelled"),
            ("copper", f"{HOME}/works", "new-document"),
            ("copper", "https://third.example/", "new-document"),
            ("topic", f"{HOME}/plan", "new-document"),
            ("topic", f"{HOME}/second", "new-document"),
        ]
    )


def test_mails_tell_the_same_and_digests_the_rest(nights: Nights) -> None:
    assert nights.told_by_mails() == Counter(
        {
            ("copper", f"{HOME}/a"): 1,
            ("copper", f"{HOME}/old"): 1,
            ("copper", f"{HOME}/forum"): 3,
            ("copper", f"{HOME}/works"): 1,
            ("copper", "https://third.example/"): 1,
            ("digest", f"{HOME}/b"): 1,
            ("digest", f"{HOME}/old"): 1,
            ("digest", f"{HOME}/late"): 1,
        }
    )


def test_a_place_with_a_passage_of_its_own_is_told_with_the_others(nights: Nights) -> None:
    entries = [e for p in nights.posts.received for e in json.loads(p.body)["entries"]]
    places = [e["places"] for e in entries if e["url"] == "https://third.example/"][-1]
    assert {place["url"] for place in places} == {
        f"{HOME}/works",
        f"{HOME}/en/works",
        f"{OTHER}/works",
    }


def test_a_second_copy_says_the_same(nights: Nights) -> None:
    """Killed between the receiver's answer and the record, one message comes again."""
    contents: dict[str, set[str]] = {}
    for mail in nights.mails.received:
        contents.setdefault(mail["Message-ID"], set()).add(said(mail))
    for post in nights.posts.received:
        contents.setdefault(post.headers["webhook-id"], set()).add(post.body.decode())
    assert all(len(texts) == 1 for texts in contents.values())
