"""Digests: once for each recipient and cadence, nothing lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from indexer.alerts.attempts import MOST_ATTEMPTS, MOST_REFUSALS
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.dead_letters import dead_letters, replay
from indexer.alerts.delivery import Delivered, Terms, catch_up, deliver, due_envelopes
from indexer.alerts.message import Digest, Links, Message
from indexer.alerts.outbox import DEAD
from indexer.alerts.reasons import TOLD_BEFORE
from indexer.alerts.sent_ledger import SentLedger
from indexer.alerts.subscription_ledger import SubscriptionLedger
from indexer.alerts.subscriptions import token_of
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import chunks, tables
from indexer.records.errors import DeliveryError
from indexer.records.window import Window
from radar.channels.letter import compose
from radar.channels.subject import subject_of
from tests.unit.indexer.alerts.test_delivery import Receiver, keep
from tests.unit.indexer.alerts.test_matching import match
from tests.unit.indexer.record import Record

DESK, OTHER = "mailto:desk@desk.example", "mailto:other@desk.example"
COPPER = Watch("copper", "Copper", "Kupfer*", (DESK,))
TIN = Watch("tin", "Tin", "Zinn*", (DESK, OTHER))
ZONE = "Europe/Berlin"
DAILY = DeliveryTerms("daily 07:00", ZONE, combined=True)


class Killed(BaseException):
    """The process ends here."""


def terms(known: DeliveryTerms = DAILY) -> Mapping[tuple[str, str], DeliveryTerms]:
    return {(watch.id, channel): known for watch in (COPPER, TIN) for channel in watch.channels}


@pytest.fixture
def watching(record: Record) -> Record:
    """Two watches that began before the first page, in the evening."""
    record.now = datetime(2026, 3, 27, 20, 0, tzinfo=UTC)
    match(record, COPPER, TIN)
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    return record


def find(record: Record, path: str, text: str, *, hours: float = 1) -> None:
    """A run some hours later that finds a page."""
    record.next_night(days=0)
    record.now += timedelta(hours=hours)
    record.fetch(path)
    record.read(text)
    match(record, COPPER, TIN)


def send(
    record: Record,
    receivers: Mapping[str, Receiver],
    known: DeliveryTerms = DAILY,
    **options: object,
) -> Delivered:
    return send_by(record, receivers, terms(known), **options)


def send_by(
    record: Record, receivers: Mapping[str, Receiver], known: Terms, **options: object
) -> Delivered:
    return deliver(
        record.connection,
        lambda: record.now,
        lambda channel: receivers[channel],
        {"partner": "Partner GmbH"},
        run=record.run.id,
        terms=known,
        coverage=lambda language: "3 sources, 1 not reached since 2026-03-01",
        **options,  # type: ignore[arg-type]  # everything, accepted
    )


def receivers() -> dict[str, Receiver]:
    return {DESK: Receiver(), OTHER: Receiver()}


def test_a_digest_of_more_messages_than_a_statement_takes_values_stays_one(
    watching: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    asked: list[tuple[str, object]] = []
    event.listen(
        watching.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4])
    )
    monkeypatch.setattr(chunks, "_CHUNK", 1)
    to = receivers()
    assert send(watching, to) == Delivered(2, ())
    [digest] = to[DESK].messages
    assert isinstance(digest, Digest)
    assert [p.name for p in digest.parts] == ["Copper", "Tin"]
    assert not [statement for statement, _ in asked if ".key IN (?, ?" in statement]


def test_one_digest_for_each_recipient_over_watches_and_runs(watching: Record) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    to = receivers()
    assert send(watching, to, everything=True) == Delivered(0, ())
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    assert send(watching, to) == Delivered(2, ())
    assert send(watching, to) == Delivered(0, ())
    [digest] = to[DESK].messages
    assert isinstance(digest, Digest)
    assert subject_of(digest) == "Daily digest: 2 new mentions"
    assert digest.coverage == "3 sources, 1 not reached since 2026-03-01"
    assert [(p.name, [e.url[-2:] for e in p.entries]) for p in digest.parts] == [
        ("Copper", ["/a"]),
        ("Tin", ["/b"]),
    ]
    [other] = to[OTHER].messages
    assert [entry.url[-2:] for entry in other.entries] == ["/b"]
    assert set(watching.connection.execute(sa.select(tables.match.c.state)).scalars()) == {"sent"}


def test_a_digest_that_failed_keeps_its_key_and_takes_in_nothing_more(watching: Record) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    to = {DESK: Receiver(failures=1), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    assert len(send(watching, to).failures) == 1
    find(watching, "/b", "Kupfer aus Chile.", hours=20)
    watching.now += timedelta(hours=4)
    assert send(watching, to).sent == 2
    # What was tried most comes last.
    assert [[e.url[-2:] for e in m.entries] for m in to[DESK].messages] == [["/b"], ["/a"]]
    assert len({message.key for message in to[DESK].messages}) == 2


@pytest.mark.parametrize("cadence", ["run", "hourly", "weekly sun 09:00"])
def test_a_digest_that_waits_when_its_watches_are_edited_goes_as_it_was_made(
    watching: Record, cadence: str
) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    to = {DESK: Receiver(failures=1), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    assert len(send(watching, to).failures) == 1
    edited = replace(DAILY, cadence=cadence, language="de")
    assert send(watching, to, edited, everything=True).sent == 1
    [digest] = to[DESK].messages
    mail = compose(digest, "radar@desk.example", "desk@desk.example")
    assert "Übersicht: 2 neue Funde" in mail["Subject"]


def test_who_is_taken_off_a_watch_gets_the_rest_of_a_digest_that_waits(watching: Record) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    to = {DESK: Receiver(failures=1), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    send(watching, to)
    left = {pair: known for pair, known in terms().items() if pair != (TIN.id, DESK)}
    sent = send_by(watching, to, left, everything=True)
    assert (sent.sent, sent.dropped) == (1, 1)
    [digest] = to[DESK].messages
    assert [entry.url[-2:] for entry in digest.entries] == ["/a"]
    assert send_by(watching, to, left, everything=True) == Delivered(0, ())


def test_a_digest_that_was_given_up_is_sent_again_as_a_whole(watching: Record) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    to = {DESK: Receiver(failures=MOST_ATTEMPTS), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    for _ in range(MOST_ATTEMPTS):
        send(watching, to, everything=True)
    connection = watching.connection
    letters = list(dead_letters(connection))
    assert {letter.watch for letter in letters} == {"copper", "tin"}
    assert replay(connection, letters[0].key) == 2
    assert replay(connection, letters[1].key) == 0
    assert send(watching, to, everything=True).sent == 1
    assert [len(message.entries) for message in to[DESK].messages] == [2]
    assert list(dead_letters(connection)) == []


def test_what_was_given_up_and_accepted_later_is_not_sent_again_after_a_restore(
    watching: Record, tmp_path: Path
) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    find(watching, "/a", "Kupfer aus Polen.")
    to = {DESK: Receiver(failures=MOST_ATTEMPTS), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    for _ in range(MOST_ATTEMPTS):
        send(watching, to, everything=True)
    connection = watching.connection
    assert replay(connection) == 1
    send(watching, to, everything=True, accepted=partial(keep, ledger))
    assert len(to[DESK].messages) == 1
    connection.execute(sa.update(tables.outbox).values(state=DEAD))
    assert catch_up(connection, ledger, watching.run.id, watching.now) == 0
    assert replay(connection) == 0
    assert list(dead_letters(connection)) == []


def test_a_refusal_after_other_failures_is_the_first(watching: Record) -> None:
    class Moody(Receiver):
        tries = 0

        def deliver(self, message: Message) -> None:
            self.tries += 1
            permanent = self.tries > MOST_REFUSALS
            answer = 550 if permanent else 451
            raise DeliveryError("no", answer=answer, permanent=permanent)

    find(watching, "/a", "Kupfer aus Polen.")
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    for given_up in (2 * MOST_REFUSALS, MOST_REFUSALS):
        moody = Moody()
        to = {DESK: moody, OTHER: Receiver()}
        if given_up == MOST_REFUSALS:
            moody.tries = MOST_REFUSALS
            assert replay(watching.connection) == 1
        for number in range(given_up):
            assert (number, list(dead_letters(watching.connection))) == (number, [])
            send(watching, to, everything=True)
        [letter] = dead_letters(watching.connection)
        assert (letter.attempts, letter.answer) == (given_up, 550)


def test_a_snoozed_watch_holds_back_no_digest_that_others_are_in(watching: Record) -> None:
    find(watching, "/a", "Kupfer aus Polen.")
    find(watching, "/b", "Zinn aus Bolivien.")
    to = {DESK: Receiver(failures=1), OTHER: Receiver()}
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    send(watching, to)
    find(watching, "/c", "Kupfer aus Chile.")
    watching.now += timedelta(days=1)
    one, all_ = dict(terms()), {pair: replace(DAILY, paused=True) for pair in terms()}
    one["copper", DESK] = replace(DAILY, paused=True)
    assert send_by(watching, to, all_).sent == 0
    assert send_by(watching, to, one).sent == 1
    assert [[e.url[-2:] for e in m.entries] for m in to[DESK].messages] == [["/a", "/b"]]
    assert send(watching, to).sent == 1


def test_quiet_hours_hold_back_and_are_no_problem(watching: Record) -> None:
    quiet = DeliveryTerms("run", quiet=(Window.parse("22:00-08:00", ZONE),), combined=True)
    find(watching, "/a", "Kupfer aus Polen.", hours=2)
    to = receivers()
    assert send(watching, to, quiet, everything=True) == Delivered(0, ())
    watching.now = datetime(2026, 3, 28, 7, 0, tzinfo=UTC)
    assert send(watching, to, quiet).sent == 1


def test_a_channel_takes_so_many_messages_in_an_hour(watching: Record) -> None:
    slow = DeliveryTerms("run", per_hour=2)
    for number in range(5):
        find(watching, f"/{number}", f"Kupfer Nummer {number}.", hours=0.01)
    to = receivers()
    assert send(watching, to, slow) == Delivered(2, ())
    assert send(watching, to, slow) == Delivered(0, ())
    watching.now += timedelta(hours=1, minutes=1)
    assert send(watching, to, slow).sent == 2
    watching.now += timedelta(hours=1, minutes=1)
    assert send(watching, to, slow).sent == 1
    assert len(to[DESK].messages) == 5


def test_what_rests_takes_no_room_of_an_hour(watching: Record) -> None:
    """It would keep back what may be sent, which is work that no run could do."""
    slow = DeliveryTerms("run", per_hour=1)
    for number in range(2):
        find(watching, f"/{number}", f"Kupfer Nummer {number}.", hours=0.01)
    resting, rested = watching.connection.scalars(sa.select(tables.outbox.c.key)).all()
    for key, tries, minutes in ((resting, 1, 5), (rested, 2, -5)):
        at = watching.now + timedelta(minutes=minutes)
        tried = sa.update(tables.outbox).where(tables.outbox.c.key == key)
        watching.connection.execute(tried.values(attempts=tries, next_attempt=at))
    of_run = (watching.connection, watching.run.id, terms(slow), watching.now)
    assert [e.key for e in due_envelopes(*of_run, rested=True)] == [rested]
    to = receivers()
    assert send(watching, to, slow).sent == 1
    assert [m.key for m in to[DESK].messages] == [rested]
    assert send(watching, to, slow, everything=True) == Delivered(0, ())


def test_nothing_new_is_said_once_where_it_is_wanted(watching: Record) -> None:
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    to = receivers()
    assert send(watching, to, told).sent == 0  # the watch is younger than the last seven o'clock
    for _ in range(2):
        watching.now += timedelta(hours=11)
        send(watching, to, told)
        send(watching, to, told)
    assert [subject_of(m) for m in to[DESK].messages] == ["Daily digest: nothing new"]
    [digest] = to[DESK].messages
    assert isinstance(digest, Digest)
    assert [subject_of(part) for part in digest.parts] == [
        "Copper: nothing new",
        "Tin: nothing new",
    ]


def test_nothing_new_is_not_said_of_days_on_which_a_watch_was_not_there(watching: Record) -> None:
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    sync_watches(watching.connection, (), watching.now)
    watching.now += timedelta(hours=12)
    sync_watches(watching.connection, (COPPER, TIN), watching.now)
    to = receivers()
    assert send(watching, to, told).sent == 0
    watching.now += timedelta(days=1)
    assert send(watching, to, told).sent == 2


def put_back(record: Record) -> None:
    """The database is as it was before the last messages."""
    record.connection.execute(sa.delete(tables.attempt))
    record.connection.execute(sa.delete(tables.outbox))


def test_nothing_new_is_not_said_again_after_a_restore(watching: Record, tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    to = receivers()
    watching.now += timedelta(hours=11)
    send(watching, to, told, accepted=partial(keep, ledger))
    assert len(to[DESK].messages) == 1
    put_back(watching)
    for lost in (3, 0):
        found = catch_up(watching.connection, ledger, watching.run.id, watching.now)
        assert found == lost
        assert send(watching, to, told).sent == 0
    watching.now += timedelta(days=1)
    assert send(watching, to, told).sent == 2


def test_nothing_new_is_not_said_where_news_were_told_before_a_restore(
    watching: Record, tmp_path: Path
) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    find(watching, "/a", "Kupfer aus Polen und Zinn.")
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    to = receivers()
    # A receiver that got it twice stands twice in the ledger.
    send(watching, to, told, accepted=lambda messages: keep(ledger, [*messages, *messages]))
    put_back(watching)
    catch_up(watching.connection, ledger, watching.run.id, watching.now)
    assert send(watching, to, told).sent == 0


def test_a_watch_that_is_made_again_after_a_restore_tells_nothing_twice(
    watching: Record, tmp_path: Path
) -> None:
    """Its messages of the last 90 days are known, though it is not in the backup."""
    ledger = SentLedger(tmp_path / "sent.jsonl")
    for path in ("/a", "/b"):
        find(watching, path, f"Kupfer aus {path}.")
        watching.now += timedelta(days=50)
        send(watching, receivers(), accepted=partial(keep, ledger))
    connection = watching.connection
    put_back(watching)
    for table in (tables.matched_passage, tables.match, tables.watch):
        connection.execute(sa.delete(table))
    watching.next_night(days=60)
    for lost in (1, 1):  # there is no watch to enter its messages for
        assert catch_up(connection, ledger, watching.run.id, watching.now) == lost
    match(watching, replace(COPPER, report_days=365))
    reasons = connection.execute(sa.select(tables.match.c.reason).order_by(tables.match.c.id))
    assert reasons.scalars().all() == [None, TOLD_BEFORE]


@pytest.mark.parametrize("seed", range(3))
def test_no_hour_has_more_than_its_limit_whatever_happens(
    watching: Record, tmp_path: Path, seed: int
) -> None:
    """Failures, kills, dead letters that are sent again and restores: no span of an hour has more
    messages than the channel takes, none of them is room for later, and each match comes once.
    """
    chance, limit = random.Random(seed), 2
    slow = DeliveryTerms("run", per_hour=limit)
    ledger = SentLedger(tmp_path / "sent.jsonl")
    times: dict[str, datetime] = {}
    told: list[tuple[str, str]] = []

    class Moody(Receiver):
        def deliver(self, message: Message) -> None:
            if chance.random() < 0.3:
                raise DeliveryError("no", answer=550, permanent=chance.random() < 0.8)
            if message.key not in times:
                told.extend((message.key, entry.id) for entry in message.entries)
            times[message.key] = watching.now
            if chance.random() < 0.2:
                raise Killed

    to, pages = {DESK: Moody(), OTHER: Moody()}, 12
    for number in range(pages):
        find(watching, f"/{number}", f"Kupfer Nummer {number}.", hours=0.01)
    for _ in range(120):
        watching.now += timedelta(minutes=chance.choice([0, 1, 20, 59, 60, 300]))
        replay(watching.connection)
        try:
            send(
                watching,
                to,
                slow,
                everything=True,
                accepted=partial(keep, ledger),
            )
        except Killed:
            watching.connection.rollback()
        if chance.random() < 0.1:  # what was accepted is forgotten
            accepted = sa.update(tables.outbox).where(tables.outbox.c.state == "sent")
            watching.connection.execute(accepted.values(state="pending", sent=None))
        catch_up(watching.connection, ledger, watching.run.id, watching.now)
    assert len(told) == len({entry for _, entry in told}) == pages
    moments = sorted(times.values())
    hour = timedelta(hours=1)
    assert max(sum(m - hour < other <= m for other in moments) for m in moments) == limit


def test_a_run_that_writes_meanwhile_is_waited_for(watching: Record, tmp_path: Path) -> None:
    ledger = SubscriptionLedger(tmp_path / "subscriptions.jsonl")
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    find(watching, "/a", "Kupfer aus Polen.")
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    waited: list[str] = []

    def links(watch: str, channel: str) -> Links:
        token = token_of(watching.connection, ledger, watch, channel, watching.now)
        return Links("https://radar.example", token)

    @event.listens_for(watching.connection, "before_cursor_execute")
    def locked_once(*given: object) -> None:
        statement = str(given[2])
        if statement.startswith(("INSERT", "UPDATE")) and statement not in waited:
            waited.append(statement)
            raise sa.exc.OperationalError(statement, {}, Exception("database is locked"))

    to = receivers()
    assert send(watching, to, told, links=links).sent == 2
    assert {statement.split()[2] for statement in waited} >= {"outbox", "subscription"}
    assert all(receiver.messages[0].links.unsubscribe for receiver in to.values())


def test_where_something_is_new_nothing_else_is_said_of_the_watch(watching: Record) -> None:
    told = DeliveryTerms("daily 07:00", ZONE, combined=True, report_nothing=True)
    find(watching, "/a", "Kupfer aus Polen.")
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    to = receivers()
    assert send(watching, to, told).sent == 2
    [digest] = to[DESK].messages
    assert isinstance(digest, Digest)
    assert [subject_of(p) for p in digest.parts] == ["Copper: 1 new mention", "Tin: nothing new"]


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.endurance) for n in range(4, 12))]
)
def test_over_nights_of_changed_clocks_and_kills_each_match_comes_once(
    watching: Record, seed: int
) -> None:
    """Both nights in which clocks change lie in between, the clock jumps, deliveries are killed
    before or after the receiver's answer: each match is told in one digest, of which a second copy
    has the same key.
    """
    chance = random.Random(seed)
    taken: dict[str, Message] = {}

    class Fragile(Receiver):
        def deliver(self, message: Message) -> None:
            if chance.random() < 0.2:
                raise Killed
            if message.key in taken:
                assert message.entries == taken[message.key].entries
            taken[message.key] = message
            if chance.random() < 0.2:
                raise Killed

    to = {DESK: Fragile(), OTHER: Fragile()}
    pages = 0
    watching.now = datetime(2026, chance.choice([3, 10]), 24, 20, 0, tzinfo=UTC)
    for _ in range(40):
        watching.now += timedelta(hours=chance.choice([1, 5, 9, -6, 30]))
        if chance.random() < 0.5:
            pages += 1
            find(watching, f"/{pages}", f"Kupfer aus Halde {pages} von heute.", hours=0)
        try:
            send(watching, to)
        except Killed:
            watching.connection.rollback()
    for _ in range(40):
        watching.now += timedelta(days=1)
        try:
            send(watching, to, everything=True)
        except Killed:
            watching.connection.rollback()
    told = [entry.id for message in taken.values() for entry in message.entries]
    assert len(told) == len(set(told)) == pages


def test_a_digest_of_many_messages_is_read_in_one_go(watching: Record) -> None:
    """Thousands may have come while its server was away."""
    for number in range(6):
        find(watching, f"/{number}", f"Kupfer Nummer {number}.", hours=0.01)
    watching.now = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
    to = receivers()
    with watching.statements() as asked:
        assert send(watching, to).sent == 1
    [digest] = to[DESK].messages
    assert [entry.url[-2:] for entry in digest.entries] == [f"/{n}" for n in range(6)]
    assert sum("JOIN revision" in statement for statement, _ in asked) == 2  # to write, to keep
