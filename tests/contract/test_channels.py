"""Every channel through the same cases: it delivers, says why it can't, and bears a second copy."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from indexer.alerts.message import Channel, Message, MessageEntry
from indexer.records.document import DocumentId
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.marked_passage import MarkedPassage
from radar.channels.kind import Means
from radar.channels.mail import MailServer
from radar.channels.patience import Patience
from radar.channels.registry import CHANNELS, open_channels
from radar.channels.webhook_settings import WebhookSettings
from search_api.ports import WatchMatch
from tests.loopback.smtp_sink import said, smtp_sink
from tests.loopback.webhook_sink import webhook_sink

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
TITLE = "Кластерная стратегия: <Entwurf> & Beschluss"
MESSAGE = Message(
    key="11111111-2222-5333-8444-555555555555",
    watch="cluster-strategies",
    name="Cluster strategies",
    created=NOW,
    first_look=False,
    entries=(
        MessageEntry(
            id="urn:uuid:00000000-0000-5000-8000-000000000001",
            url="https://partner.example/a?b=1&c=2",
            title=TITLE,
            source="Ministry",
            published="2026-02-28",
            found=NOW,
            change="added-passage",
            terms=("кластерная стратегия",),
            passages=(MarkedPassage("Die Cluster-Strategie gilt.", ((4, 21),)),),
        ),
    ),
)


@dataclass
class Case:
    """A channel, what its receiver has, and how to make it fail."""

    channel: Channel
    another: Channel
    """Of the same kind, with another address where the kind has any."""
    received: Callable[[], list[str]]
    """Texts that arrived, one each."""
    identities: Callable[[], set[str]]
    """What tells a second copy from a second message."""
    break_it: Callable[[], None]
    mend: Callable[[], None]


@pytest.fixture(params=CHANNELS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    """Each kind of channel; one without a case here fails."""
    yield from CASES[request.param](tmp_path)


def opened(
    feeds: Path,
    url: str = "smtp://127.0.0.1:9",
    newest: Callable[[str, int], list[WatchMatch]] = lambda watch, limit: [],
) -> AbstractContextManager[Callable[[str], Channel]]:
    """The channels of one delivery."""
    means = Means(MailServer(url, "Radar <radar@desk.example>"), feeds, newest)
    return open_channels(means, Patience(threading.Event()))


def _mail(folder: Path) -> Iterator[Case]:
    with smtp_sink() as sink, opened(folder, sink.url) as channel:
        yield Case(
            channel("mailto:desk@desk.example"),
            channel("mailto:board@desk.example"),
            lambda: [f"{m['Subject']}\n{said(m)}" for m in sink.received],
            lambda: set(sink.message_ids()),
            lambda: sink.refusals.extend(["451 try later"] * 9),
            sink.refusals.clear,
        )


def _feed(folder: Path) -> Iterator[Case]:
    feeds = folder / "feeds"
    file = feeds / "cluster-strategies.atom"

    def newest(watch: str, limit: int) -> list[WatchMatch]:
        del watch, limit
        return [
            WatchMatch(
                e.id,
                DocumentId("d"),
                e.title,
                e.url,
                e.found,
                e.source,
                e.passages,
                e.terms,
            )
            for e in MESSAGE.entries
        ]

    def received() -> list[str]:
        return (
            ["\n".join(map(str, etree.fromstring(file.read_bytes()).itertext()))]
            if file.exists()
            else []
        )

    def identities() -> set[str]:
        names = {"a": "http://www.w3.org/2005/Atom"}
        found = etree.fromstring(file.read_bytes()).xpath("//a:entry/a:id/text()", namespaces=names)
        assert isinstance(found, list)
        return set(map(str, found))

    def break_it() -> None:
        feeds.rmdir() if feeds.exists() else None
        feeds.write_text("in the way")

    with opened(feeds, newest=newest) as channel:
        yield Case(channel("feed"), channel("feed"), received, identities, break_it, feeds.unlink)


def _webhook(folder: Path) -> Iterator[Case]:
    settings = WebhookSettings("a secret of more than 24 characters", ("127.0.0.0/8",))
    means = Means(None, folder / "feeds", lambda watch, limit: [], settings)
    with webhook_sink() as sink, open_channels(means, Patience(threading.Event())) as channel:
        yield Case(
            channel(f"webhook:{sink.url}"),
            channel(f"webhook:{sink.url}&to=board"),
            lambda: [_all_texts(json.loads(posted.body)) for posted in sink.received],
            lambda: {posted.headers["webhook-id"] for posted in sink.received},
            lambda: setattr(sink, "status", 503),
            lambda: setattr(sink, "status", 200),
        )


def _service(folder: Path) -> Iterator[Case]:
    def received() -> list[str]:
        bodies = [json.loads(posted.body) for posted in sink.received]
        return [f"{body['title']}\n{body['message']}" for body in bodies]

    with webhook_sink() as sink:
        url = sink.url.replace("http:", "json:").partition("?")[0]
        services = {"team": url, "board": f"{url}/board"}
        means = Means(None, folder / "feeds", lambda watch, limit: [], services=services)
        with open_channels(means, Patience(threading.Event())) as channel:
            yield Case(
                channel("apprise:team"),
                channel("apprise:board"),
                received,
                lambda: {text.splitlines()[-1] for text in received()},
                lambda: setattr(sink, "status", 503),
                lambda: setattr(sink, "status", 200),
            )


def _file(folder: Path) -> Iterator[Case]:
    files = folder / "alerts"

    def lines() -> list[Any]:
        found = sorted(files.glob("*.jsonl"))
        return [json.loads(line) for path in found for line in path.read_text("utf-8").splitlines()]

    def break_it() -> None:
        files.write_text("in the way")

    means = Means(None, folder / "feeds", lambda watch, limit: [], files=files)
    with open_channels(means, Patience(threading.Event())) as channel:
        yield Case(
            channel("file:desk"),
            channel("file:board"),
            lambda: list(map(_all_texts, lines())),
            lambda: {line["key"] for line in lines()},
            break_it,
            files.unlink,
        )


def _all_texts(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_all_texts, value.values()))
    if isinstance(value, list):
        return "\n".join(map(_all_texts, value))
    return str(value)


CASES = {
    "mailto": _mail,
    "feed": _feed,
    "webhook": _webhook,
    "apprise": _service,
    "file": _file,
}


def test_a_message_arrives_with_title_passage_and_reason(case: Case) -> None:
    case.channel.deliver(MESSAGE)
    [text] = case.received()
    assert TITLE in text
    assert "Cluster-Strategie" in re.sub(r"[»«]|</?mark>", "", text)
    assert "кластерная стратегия" in text
    assert "Cluster strategies" in text


def test_a_second_copy_can_be_told_by_its_identity(case: Case) -> None:
    case.channel.deliver(MESSAGE)
    case.channel.deliver(MESSAGE)
    assert len(case.identities()) == 1


def test_a_failure_is_a_delivery_error_with_one_line(case: Case) -> None:
    case.break_it()
    with pytest.raises(DeliveryError) as caught:
        case.channel.deliver(MESSAGE)
    assert "\n" not in caught.value.message


def test_a_message_that_fails_does_not_keep_the_next_one_from_going(case: Case) -> None:
    case.break_it()
    with pytest.raises(DeliveryError):
        case.channel.deliver(MESSAGE)
    case.mend()
    case.another.deliver(MESSAGE)
    assert len(case.received()) == 1


def test_the_mail_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with opened(tmp_path, "smtp://user:secret@127.0.0.1:9") as channel:
        one, two = channel("mailto:a@d.example"), channel("mailto:b@d.example")
        with pytest.raises(DeliveryError, match="mail server") as caught:
            one.deliver(MESSAGE)
        with pytest.raises(DeliveryPostponed) as postponed:
            two.deliver(MESSAGE)
    assert postponed.value.message == caught.value.message
    assert "secret" not in f"{caught.value.message} {one!r}"
