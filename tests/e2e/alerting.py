"""A process that matches and delivers, and is killed at a statement."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import sqlalchemy as sa

from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.delivery import catch_up, deliver
from indexer.alerts.matching import Matcher
from indexer.alerts.sent_ledger import SentLedger
from indexer.alerts.watches import Watch
from indexer.database.engine import open_database
from indexer.query import QueryCompiler
from indexer.query.topics import Topic
from indexer.records.reference import load_reference
from indexer.stories.registry import enter_stories
from radar.channels.kind import Means
from radar.channels.mail import MailServer
from radar.channels.patience import Patience
from radar.channels.registry import open_channels
from radar.channels.webhook_settings import WebhookSettings
from tests.e2e.warm_reader import warm_workers
from tests.unit.indexer.alerts.test_delivery import keep
from tests.word_encoder import WordEncoder

DESK = "mailto:desk@desk.example"
_SECRET = "a secret of the receiver, long enough"
_REFERENCE = load_reference()
_SERVERS = get_context("forkserver")


@dataclass(frozen=True)
class Alerting:
    """What a run does after its pages were read."""

    folder: Path
    now: datetime
    run: int
    watches: tuple[Watch, ...]
    topic: tuple[str, ...]
    translations: dict[str, str]
    mails: str
    """URL of the mail server."""

    def work(self, kill: int | None = None) -> None:
        """Find stories, match and deliver; killed before the `kill`-th statement."""
        engine = open_database(f"sqlite:///{self.folder / 'radar.db'}")
        left = [kill or 0]

        def count(*call: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            with engine.connect() as connection:
                if kill is not None:
                    sa.event.listen(connection, "before_cursor_execute", count)
                self._work(connection)
        finally:
            engine.dispose()

    def is_killed(self, statement: int) -> bool:
        """Do it in a process that is killed at a statement. False: it was done before that."""
        process = _SERVERS.Process(target=self.work, args=(statement,))
        with warm_workers():  # forked from one that has the tables, whoever began another one
            process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0

    def _work(self, connection: sa.Connection) -> None:
        ledger = SentLedger(self.folder / "sent.jsonl")
        catch_up(connection, ledger, self.run, self.now)
        encoder = WordEncoder(self.translations)
        enter_stories(connection, encoder)
        topic = Topic("plans", "Plans", {"de": self.topic})
        compiler = QueryCompiler(_REFERENCE, {"plans": topic}, encoder)
        matcher = Matcher(connection, self.run, self.now)
        matcher.match(self.watches, compiler, progress=lambda number: None)
        means = Means(
            MailServer(self.mails, "radar@desk.example"),
            self.folder / "feeds",
            lambda watch, limit: [],
            WebhookSettings(_SECRET, ("127.0.0.0/8",)),
        )
        with open_channels(means, Patience(threading.Event())) as channel:
            deliver(
                connection,
                lambda: self.now,
                channel,
                {},
                run=self.run,
                terms={
                    (w.id, c): DeliveryTerms(w.cadence, "Europe/Berlin", combined=c == DESK)
                    for w in self.watches
                    for c in w.channels
                },
                everything=True,
                accepted=partial(keep, ledger),
            )
