from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.alerts.delivery import deliver
from indexer.alerts.message import Channel, Message
from indexer.alerts.outbox import NewMessage, post
from indexer.alerts.subscriptions import ALL
from indexer.alerts.watches import stop_watch, sync_watches
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.frontier.run_record import RunRecord
from radar.configuration.settings import Settings, load_settings
from radar.installation.delivery_terms import current_terms

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
DESK = "mailto:desk@example.org"
RIGHT = "- {id: tin, name: Tin, query: Zinn, channels: ['mailto:desk@example.org']}\n"
WRONG = RIGHT.replace("Zinn", "'Zinn AND ('")


class Inbox:
    def __init__(self) -> None:
        self.keys: list[str] = []

    def deliver(self, message: Message) -> None:
        self.keys.append(message.key)


class Installed:
    """An installation with one watch, for which a message waits."""

    def __init__(self, folder: Path) -> None:
        (folder / "watches").mkdir()
        self.folder = folder
        self.inbox = Inbox()
        settings = self.settings(RIGHT)
        self.connection = open_database(settings.database).connect()
        self.run = RunRecord.start(self.connection, NOW, {}).id
        sync_watches(self.connection, settings.watches, NOW)
        post(self.connection, [NewMessage("key", "tin", self.run, DESK, NOW)])
        self.connection.commit()

    def settings(self, watches: str | None) -> Settings:
        """None: the folder of watches is missing."""
        folder = self.folder / "watches"
        shutil.rmtree(folder, ignore_errors=True)
        if watches is not None:
            folder.mkdir()
            (folder / "w.yaml").write_text(watches)
        return load_settings(self.folder, {}, home=self.folder)

    def send(self, watches: str | None) -> int:
        """Deliver with this file of watches; returns how many messages were dropped."""

        def channel(name: str) -> Channel:
            assert name == DESK
            return self.inbox

        settings = self.settings(watches)
        terms = current_terms(settings, self.connection, NOW)
        done = deliver(self.connection, lambda: NOW, channel, {}, run=self.run, terms=terms)
        return done.dropped


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


def test_a_message_of_a_mistaken_watch_waits_until_that_is_mended(installed: Installed) -> None:
    assert installed.send(WRONG) == 0
    assert installed.inbox.keys == []
    assert installed.send(RIGHT) == 0
    assert installed.inbox.keys == ["key"]


def test_a_message_waits_while_the_file_of_its_watch_is_empty(installed: Installed) -> None:
    assert installed.send("") == 0
    assert installed.send(RIGHT) == 0
    assert installed.inbox.keys == ["key"]


def test_a_message_waits_while_the_folder_of_watches_is_missing(installed: Installed) -> None:
    assert installed.send(None) == 0
    assert installed.inbox.keys == []
    assert installed.send(RIGHT) == 0
    assert installed.inbox.keys == ["key"]


def test_a_message_of_a_watch_that_is_gone_is_dropped(installed: Installed) -> None:
    assert installed.send("[]") == 1
    assert installed.send(RIGHT) == 0
    assert installed.inbox.keys == []


def test_a_watch_that_was_removed_before_is_not_taken_for_a_mistaken_one(
    installed: Installed,
) -> None:
    stop_watch(installed.connection, "tin")
    assert installed.send(WRONG) == 1


@pytest.mark.parametrize("watch", ["tin", ALL])
def test_who_took_himself_off_gets_nothing_of_a_mistaken_watch_either(
    installed: Installed, watch: str
) -> None:
    row = {"watch": watch, "channel": DESK, "token": "t", "ended": NOW, "changed": NOW}
    installed.connection.execute(sa.insert(tables.subscription).values(row))
    assert installed.send(WRONG) == 1
