from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.dead_letters import dead_letters
from indexer.alerts.delivery import Delivered, deliver
from indexer.alerts.marks import snooze
from indexer.alerts.message import Channel, Message
from indexer.alerts.outbox import NewMessage, post
from indexer.alerts.stored_watches import add_watch, change_watch, remove_watch
from indexer.alerts.subscriptions import ALL
from indexer.alerts.watches import Watch, stop_watch, sync_watches
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

    def take_off(self, watch: str) -> None:
        """Who reads at the desk takes himself off a watch, or off all."""
        row = {"watch": watch, "channel": DESK, "token": "t", "ended": NOW, "changed": NOW}
        self.connection.execute(sa.insert(tables.subscription).values(row))

    def send(self, watches: str | None) -> int:
        """Deliver with this file of watches; returns how many messages were dropped or given up."""

        def channel(name: str) -> Channel:
            assert name == DESK
            return self.inbox

        settings = self.settings(watches)
        terms = current_terms(settings, self.connection, NOW)
        done = deliver(self.connection, lambda: NOW, channel, {}, run=self.run, terms=terms)
        return done.dropped + sum(done.gone.values())


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


def test_a_message_of_a_watch_that_is_gone_is_given_up(installed: Installed) -> None:
    assert installed.send("[]") == 1
    assert installed.send(RIGHT) == 0
    assert installed.inbox.keys == []
    assert [letter.watch for letter in dead_letters(installed.connection)] == ["tin"]


@pytest.mark.parametrize("watch", ["tin", ALL])
def test_a_message_to_who_took_himself_off_a_watch_that_is_gone_is_dropped(
    installed: Installed, watch: str
) -> None:
    installed.take_off(watch)
    assert installed.send("[]") == 1
    assert [*dead_letters(installed.connection)] == []


def test_a_watch_that_was_removed_before_is_not_taken_for_a_mistaken_one(
    installed: Installed,
) -> None:
    stop_watch(installed.connection, "tin")
    assert installed.send(WRONG) == 1


@pytest.mark.parametrize("watch", ["tin", ALL])
def test_who_took_himself_off_gets_nothing_of_a_mistaken_watch_either(
    installed: Installed, watch: str
) -> None:
    installed.take_off(watch)
    assert installed.send(WRONG) == 1


class Meanwhile:
    """Somebody changes a watch in the database as soon as the first message was accepted."""

    def __init__(self, folder: Path, change: Callable[[sa.Connection, Watch], object]) -> None:
        self.settings = load_settings(folder, {}, home=folder)
        self.engine = open_database(self.settings.database)
        self.change = change
        self.watches = [
            Watch(id=f"w{number}", name="Tin", query="tin", channels=(DESK,)) for number in range(3)
        ]
        self.told: list[str] = []
        with self.engine.connect() as connection:
            self.run = RunRecord.start(connection, NOW, {}).id
            for watch in self.watches:
                add_watch(connection, watch, NOW, None)
                post(connection, [NewMessage(watch.id, watch.id, self.run, DESK, NOW)])
            connection.commit()

    def deliver(self, message: Message) -> None:
        if not self.told:
            with self.engine.begin() as connection:
                self.change(connection, self.watches[1])
        self.told.append(message.watch)

    def send(self) -> Delivered:
        with self.engine.connect() as connection:
            terms_now = partial(current_terms, self.settings, connection, NOW)
            return deliver(
                connection,
                lambda: NOW,
                lambda name: self,
                {},
                run=self.run,
                terms=terms_now(None),
                terms_now=terms_now,
            )

    def of_second(self) -> tuple[str, int]:
        """State and attempts of the message of the watch that was changed."""
        table = tables.outbox.c
        with self.engine.connect() as connection:
            query = sa.select(table.state, table.attempts).where(table.watch == "w1")
            state, attempts = connection.execute(query).one()
            return str(state), int(attempts)


def edit(**values: Any) -> Callable[[sa.Connection, Watch], object]:
    return lambda connection, watch: change_watch(connection, replace(watch, **values), NOW, None)


@pytest.mark.parametrize(
    ("change", "dropped"),
    [
        (lambda connection, watch: remove_watch(connection, watch.id, NOW), 0),
        (edit(channels=("feed",)), 1),
    ],
    ids=["removed", "without the channel"],
)
def test_what_waits_of_a_watch_that_is_removed_during_a_delivery_is_not_sent(
    tmp_path: Path, change: Callable[[sa.Connection, Watch], object], dropped: int
) -> None:
    """Whoever removes the watch drops it, else the delivery."""
    desk = Meanwhile(tmp_path, change)
    done = desk.send()
    assert desk.told == ["w0", "w2"]
    assert (done.sent, done.dropped, done.problems) == (2, dropped, [])
    assert desk.of_second()[0] == "dropped"


@pytest.mark.parametrize(
    "change",
    [
        lambda connection, watch: snooze(connection, watch.id, NOW + timedelta(days=1)),
        edit(cadence="daily 07:30"),
        edit(quiet="00:00-23:59"),
    ],
    ids=["snoozed", "daily", "quiet"],
)
def test_what_waits_of_a_watch_that_is_held_back_during_a_delivery_waits_on(
    tmp_path: Path, change: Callable[[sa.Connection, Watch], object]
) -> None:
    desk = Meanwhile(tmp_path, change)
    done = desk.send()
    assert desk.told == ["w0", "w2"]
    assert (done.sent, done.dropped, done.problems) == (2, 0, [])
    assert desk.of_second() == ("pending", 0)


def test_a_digest_of_many_watches_asks_for_their_terms_at_once(tmp_path: Path) -> None:
    desk = Meanwhile(tmp_path, edit())
    many = {("w0", DESK), *((f"none{number}", DESK) for number in range(40_000))}
    with desk.engine.connect() as connection:
        assert [*current_terms(desk.settings, connection, NOW, many)] == [("w0", DESK)]
