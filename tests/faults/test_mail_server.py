"""Mail servers that misbehave at each step of the dialogue: every message is sent exactly once in
the end, or kept with its reason.
"""

from __future__ import annotations

import base64
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.delivery import Delivered, deliver
from indexer.alerts.watches import Watch
from indexer.database import engine as engines
from indexer.database import tables
from radar.channels import patience
from radar.channels.kind import Means
from radar.channels.mail import MailServer
from radar.channels.patience import Patience
from radar.channels.registry import open_channels
from tests.contract.test_channels import MESSAGE, opened
from tests.faults.conftest import Toll
from tests.loopback.scripted_smtp import (
    DROP,
    SILENCE,
    Act,
    Script,
    ScriptedSmtp,
    Step,
    answer,
    scripted_smtp,
)
from tests.loopback.smtp_sink import smtp_sink
from tests.unit.indexer.alerts.test_matching import match
from tests.unit.indexer.record import Record

pytestmark = pytest.mark.fault("mail")

WATCHES = tuple(
    Watch(f"w{n}", f"Watch {n}", "Cluster*", (f"mailto:desk{n}@desk.example",)) for n in range(3)
)
NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
PATIENCE = 2.0
"""Seconds for a server that is at fault, in place of 30: enough for what it still does rightly on a
busy machine."""
LONG = 60.0
"""Seconds for one that is not."""


@contextmanager
def installation(folder: Path, *watches: Watch) -> Iterator[Record]:
    """A database with a message of each watch."""
    engine = engines.open_database(f"sqlite:///{folder / 'radar.db'}")
    with engine.connect() as connection:
        record = Record(connection, NOW)
        match(record, *watches)
        record.fetch("/a")
        record.read("Ein Clusterplan.")
        match(record, *watches)
        yield record
    engine.dispose()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a database with a message of each watch."""
    folder = tmp_path_factory.mktemp("prepared")
    with installation(folder, *WATCHES):
        return folder


@pytest.fixture
def record(prepared: Path, tmp_path: Path) -> Iterator[Record]:
    shutil.copy(prepared / "radar.db", tmp_path)
    engine = engines.make_engine(f"sqlite:///{tmp_path / 'radar.db'}")
    with engine.connect() as connection:
        yield Record(connection, NOW)
    engine.dispose()


def named(act: Act) -> str:
    return act.text or act.kind


def send(
    record: Record, url: str, seconds: float = LONG, stop: threading.Event | None = None
) -> Delivered:
    """One delivery of all that waits."""
    stop = stop or threading.Event()
    means = Means(MailServer(url, "radar@desk.example"), Path("unused"), lambda watch, limit: [])
    rows = record.connection.execute(sa.select(tables.outbox.c.watch, tables.outbox.c.channel))
    with open_channels(means, Patience(stop, seconds, unanswered=seconds)) as channel:
        return deliver(
            record.connection,
            lambda: record.now,
            channel,
            {},
            run=record.run.id,
            terms={(row.watch, row.channel): DeliveryTerms() for row in rows},
            everything=True,
            stopped=stop.is_set,
        )


def identities(record: Record, state: str | None = None) -> list[str]:
    """Message-IDs of all messages, or of those in a state."""
    query = sa.select(tables.outbox.c.key)
    if state is not None:
        query = query.where(tables.outbox.c.state == state)
    return [f"<{key}@desk.example>" for key in record.connection.execute(query).scalars()]


def unexplained(record: Record) -> list[str]:
    """Messages that wait without a reason."""
    reasons = sa.select(tables.attempt.c.message).where(tables.attempt.c.error != "")
    query = sa.select(tables.outbox.c.key).where(
        tables.outbox.c.state == "pending", tables.outbox.c.key.not_in(reasons)
    )
    return list(record.connection.execute(query).scalars())


def reasons(record: Record) -> list[str]:
    query = sa.select(tables.attempt.c.error).where(tables.attempt.c.error.is_not(None))
    return list(record.connection.execute(query).scalars())


def suffer(
    record: Record,
    server: ScriptedSmtp,
    toll: Toll,
    url: str | None = None,
    *,
    seconds: float = PATIENCE,
) -> Delivered:
    """A delivery to the server at fault, and one after that is over: each message comes once."""
    with toll.waiting():
        result = send(record, url or server.url, seconds)
    toll.compare(identities(record, "sent"), server.message_ids())
    toll.answered_rightly(not unexplained(record), reasons(record))
    server.mend()
    send(record, url or server.url)
    toll.compare(identities(record), server.message_ids())
    return result


HANGS: dict[str, tuple[Step, int, Act]] = {
    "no banner": ("banner", 1, SILENCE),
    "a banner without end": ("banner", 1, Act("lines", "220-patience")),
    "a banner byte by byte": ("banner", 1, Act("bytes", "220-patience")),
    "a flood": ("banner", 1, Act("flood", "220-patience")),
    "no answer to EHLO": ("EHLO", 1, SILENCE),
    "features without end": ("EHLO", 1, Act("lines", "250-FEATURE")),
    "no answer to MAIL": ("MAIL", 2, SILENCE),
    "MAIL without end": ("MAIL", 2, Act("lines", "250-yes")),
    "no answer to RCPT": ("RCPT", 2, SILENCE),
    "no answer to DATA": ("DATA", 2, SILENCE),
    "DATA byte by byte": ("DATA", 2, Act("bytes", "354-")),
    "no answer to the text": ("text", 2, SILENCE),
    "text refused without end": ("text", 2, Act("lines", "550-no")),
    "text accepted without end": ("text", 2, Act("lines", "250-taken")),
}
"""Step, for the how-manieth time, and what is done then."""


@pytest.fixture
def time_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was cut off ends at once, on a busy machine after more than half a second: a message
    that was accepted would count as waiting, and be sent twice.
    """
    monkeypatch.setattr(patience, "GRACE", LONG)


@pytest.mark.usefixtures("time_to_end")
@pytest.mark.parametrize("fault", HANGS.values(), ids=HANGS)
def test_a_server_that_hangs_is_waited_for_once(
    fault: tuple[Step, int, Act], record: Record, toll: Toll
) -> None:
    step, number, act = fault
    with scripted_smtp({(step, number): act}) as server:
        suffer(record, server, toll)
        assert server.connections == 2  # one for each delivery


ENDING: tuple[tuple[Step, int], ...] = (
    ("banner", 1),
    ("EHLO", 1),
    ("MAIL", 2),
    ("RCPT", 2),
    ("DATA", 2),
    ("text", 2),
)
ENDS: dict[str, tuple[Step, int, Act]] = {
    f"{name} at {step}": (step, number, act)
    for step, number in ENDING
    for name, act in (
        ("drop", DROP),
        ("421", answer("421 closing")),
        ("gibberish", answer("HTTP/1.1 400 Bad Request")),
    )
    if step != "MAIL" or name == "gibberish"
}


@pytest.mark.parametrize("fault", ENDS.values(), ids=ENDS)
def test_a_connection_that_ends_is_not_made_again_in_this_run(
    fault: tuple[Step, int, Act], record: Record, toll: Toll
) -> None:
    step, number, act = fault
    with scripted_smtp({(step, number): act}) as server:
        result = suffer(record, server, toll, seconds=LONG)
        assert server.connections == 2
    assert (result.sent, len(result.failures), result.waiting) in [(0, 1, 2), (1, 1, 1)]
    assert len(set(reasons(record))) == 1


@pytest.mark.parametrize("act", [DROP, answer("421 no more over this connection")], ids=named)
def test_a_server_that_takes_so_many_mails_over_a_connection_gets_the_rest_over_further_ones(
    act: Act, record: Record, toll: Toll
) -> None:
    with scripted_smtp({("MAIL", 2): act, ("MAIL", 4): act}) as server:
        result = suffer(record, server, toll, seconds=LONG)
        assert server.connections == 3
    assert (result.sent, result.failures, result.waiting) == (3, (), 0)


def test_a_server_that_takes_nothing_over_the_next_connection_is_left_alone(
    record: Record, toll: Toll
) -> None:
    ended: dict[tuple[Step, int], Act] = {("MAIL", number): DROP for number in (2, 3)}
    with scripted_smtp(ended) as server:
        result = suffer(record, server, toll, seconds=LONG)
        assert server.connections == 3
    assert (result.sent, len(result.failures), result.waiting) == (1, 1, 1)


def test_a_server_that_hangs_up_after_each_mail_gets_them_all(record: Record, toll: Toll) -> None:
    taken = Act("answer", "250 taken", then_drop=True)
    with scripted_smtp({("text", 0): taken}) as server:
        result = suffer(record, server, toll, seconds=LONG)
        assert server.connections == 3
    assert (result.sent, result.failures, result.waiting) == (3, (), 0)


REFUSALS: dict[str, tuple[Step, str]] = {
    f"{code} at {step}": (step, f"{code} not now")
    for step in ("MAIL", "RCPT", "DATA", "text")
    for code in (451, 550)
}


@pytest.mark.parametrize("fault", REFUSALS.values(), ids=REFUSALS)
def test_a_refused_message_waits_and_the_others_go_over_the_same_connection(
    fault: tuple[Step, str], record: Record, toll: Toll
) -> None:
    step, text = fault
    with scripted_smtp({(step, 2): answer(text)}) as server:
        result = suffer(record, server, toll, seconds=LONG)
        assert server.connections == 2
        assert server.commands.count("rset") == 1
    assert (result.sent, result.waiting) == (2, 0)
    assert result.failures[0].endswith(f": the mail server 127.0.0.1 answered {text}")


@pytest.mark.parametrize(
    "act",
    [SILENCE, DROP, answer("421 closing"), answer("500 what?")],
    ids=named,
)
def test_without_a_reset_nothing_more_is_sent(act: Act, record: Record, toll: Toll) -> None:
    with scripted_smtp({("RCPT", 2): answer("450 greylisted"), ("RSET", 1): act}) as server:
        result = suffer(record, server, toll)
        assert server.connections == 2
    assert result.sent == 1


@pytest.mark.parametrize(
    "act",
    [SILENCE, DROP, answer("421 no"), answer("454 no TLS"), answer("220 go on")],
    ids=named,
)
def test_tls_that_fails(act: Act, record: Record, toll: Toll) -> None:
    with scripted_smtp({("STARTTLS", 1): act}, features=("STARTTLS",)) as server:
        with toll.waiting():
            result = send(record, server.url, PATIENCE)
        assert (result.sent, len(result.failures), result.waiting) == (0, 1, 2)
        assert server.connections == 1
        toll.answered_rightly(not unexplained(record), reasons(record))
        server.features = ()
        send(record, server.url)
        toll.compare(identities(record), server.message_ids())


SECRET = "gueldenes-Kreuz"
PLAIN = base64.b64encode(f"\0desk\0{SECRET}".encode()).decode()


@pytest.mark.parametrize(
    "act",
    [SILENCE, DROP, answer("421 no"), answer(f"535 {SECRET}?"), answer(f"535 AUTH PLAIN {PLAIN}?")],
    ids=["silence", "drop", "421", "535 with the password", "535 with the credentials"],
)
def test_a_login_that_fails_keeps_the_password(act: Act, record: Record, toll: Toll) -> None:
    with scripted_smtp({("AUTH", 1): act}, features=("AUTH PLAIN",)) as server:
        url = f"smtp://desk:{SECRET}@127.0.0.1:{server.port}"
        result = suffer(record, server, toll, url)
        assert server.connections == 2
    said = f"{result.problems} {reasons(record)}"
    toll.answered_rightly(SECRET not in said and PLAIN not in said, said)


def test_a_name_that_is_not_resolved(
    record: Record, toll: Toll, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, ended = threading.Event(), threading.Event()
    look_up = socket.getaddrinfo

    def wait(*what: object, **how: object) -> object:
        if what[0] != "mail.example":
            return look_up(*what, **how)  # type: ignore[arg-type]
        go.wait()
        ended.set()
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with toll.waiting():
        result = send(record, "smtp://mail.example", PATIENCE)
    assert (result.sent, len(result.failures), result.waiting) == (0, 1, 2)
    toll.answered_rightly(not unexplained(record), reasons(record))
    go.set()
    assert ended.wait(LONG)


@pytest.mark.parametrize("farewell", ["421 closing", "500 what?", "gibberish"])
def test_a_message_that_was_accepted_is_delivered_whatever_quit_brings(
    farewell: str, toll: Toll, tmp_path: Path
) -> None:
    with smtp_sink() as sink:
        sink.farewell = farewell
        with toll.waiting(), opened(tmp_path, sink.url) as channel:
            channel("mailto:a@b.example").deliver(MESSAGE)
        toll.compare([f"<{MESSAGE.key}@desk.example>"], sink.message_ids())


@pytest.mark.parametrize("act", [SILENCE, DROP], ids=named)
def test_a_farewell_that_hangs(act: Act, record: Record, toll: Toll) -> None:
    with scripted_smtp({("QUIT", 1): act}) as server:
        assert suffer(record, server, toll).problems == []
        assert server.connections == 1


def test_a_slow_server_that_works_gets_its_time(record: Record, toll: Toll) -> None:
    slow = answer("250 taken", pause=0.4 * PATIENCE)
    with scripted_smtp({("text", 0): slow}) as server:
        assert send(record, server.url, PATIENCE).sent == len(WATCHES)
        toll.compare(identities(record), server.message_ids())


def test_refusals_at_leisure_are_waited_for_only_so_long(record: Record, toll: Toll) -> None:
    tarpit = answer("450 not now", pause=0.6 * PATIENCE)
    with scripted_smtp({("RCPT", 0): tarpit}) as server:
        assert suffer(record, server, toll).waiting >= 1


def test_a_message_that_a_server_hangs_at_does_not_keep_the_others_for_ever(
    record: Record, toll: Toll
) -> None:
    script: Script = {("MAIL", 1): SILENCE, ("MAIL", 4): SILENCE}
    with scripted_smtp(script) as server:
        assert send(record, server.url, PATIENCE).sent == 0
        assert send(record, server.url, PATIENCE).sent == len(WATCHES) - 1
        server.mend()
        send(record, server.url)
        toll.compare(identities(record), server.message_ids())


def test_two_hundred_watches_share_one_connection(tmp_path: Path, toll: Toll) -> None:
    many = [
        Watch(f"w{n}", f"Watch {n}", "Cluster*", (f"mailto:desk{n}@desk.example",))
        for n in range(200)
    ]
    refusal: Script = {("RCPT", 100): answer("550 no such desk")}
    with scripted_smtp(refusal) as server, installation(tmp_path, *many) as record:
        with toll.waiting():
            result = send(record, server.url)
        assert (result.sent, len(result.failures), result.waiting) == (199, 1, 0)
        assert server.connections == 1
        send(record, server.url)
        toll.compare(identities(record), server.message_ids())


def test_what_was_accepted_is_recorded_though_another_run_writes(
    prepared: Path, toll: Toll, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MILLISECONDS", 50)
    shutil.copy(prepared / "radar.db", tmp_path)
    engine = engines.make_engine(f"sqlite:///{tmp_path / 'radar.db'}")
    with scripted_smtp({("text", 1): answer("250 taken", pause=0.3)}) as server:

        def write() -> None:
            server.faulty.wait(LONG)
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                server.wait(1.0)
                connection.rollback()

        with engine.connect() as connection, ThreadPoolExecutor() as others:
            record = Record(connection, NOW)
            writing = others.submit(write)
            with toll.waiting():
                assert send(record, server.url).sent == len(WATCHES)
            writing.result()
            toll.compare(identities(record), server.message_ids())
    engine.dispose()


@pytest.mark.parametrize("step", ["banner", "MAIL", "text"])
def test_a_stop_ends_the_delivery_and_loses_nothing(step: Step, record: Record, toll: Toll) -> None:
    stop = threading.Event()
    with scripted_smtp({(step, 1): SILENCE}) as server:

        def stop_once_it_is_silent() -> None:
            if server.faulty.wait(LONG):
                stop.set()

        threading.Thread(target=stop_once_it_is_silent).start()
        with toll.waiting():
            assert send(record, server.url, LONG, stop).failures == ()
        assert server.message_ids() == []
        server.mend()
        send(record, server.url)
        toll.compare(identities(record), server.message_ids())
