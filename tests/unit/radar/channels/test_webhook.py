"""Webhooks: what is posted and how it is signed, where it may go, and receivers that misbehave."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.alerts.message import Message, MessageEntry, OtherPlace
from indexer.events.change_lines import ReportedChange
from indexer.query.record import EventSummary
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.marked_passage import MarkedPassage
from radar.channels import webhook
from radar.channels.bounds import MOST_ENTRIES, MOST_PASSAGES
from radar.channels.kind import Means
from radar.channels.patience import Patience
from radar.channels.registry import check_channel, missing, open_channels
from radar.channels.webhook import WebhookChannel, signature, to_json
from radar.channels.webhook_settings import WebhookSettings
from tests.loopback.webhook_sink import WebhookSink, webhook_sink

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
SECRET = "a secret of more than 24 characters"
LOOPBACK = WebhookSettings(SECRET, ("127.0.0.0/8",))
ENTRY = MessageEntry(
    id="urn:uuid:1",
    url="https://partner.example/a",
    title="Кластер",
    source="Ministry",
    published=None,
    found=NOW,
    change="new-document",
    terms=("кластер",),
    passages=(MarkedPassage("Кластер.", ((0, 7),)),),
    places=(OtherPlace("https://two.example/b", "Agency"),),
)
MESSAGE = Message("key-1", "w", "W", NOW, first_look=False, entries=(ENTRY,))


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with webhook_sink() as made:
        yield made


def post(url: str, settings: WebhookSettings = LOOPBACK) -> None:
    means = Means(None, Path("feeds"), lambda watch, limit: [], settings)
    with open_channels(means, Patience(threading.Event())) as channel:
        channel(f"webhook:{url}").deliver(MESSAGE)


def test_a_message_is_posted_as_signed_json(sink: WebhookSink) -> None:
    post(sink.url)
    [posted] = sink.received
    assert posted.path == "/hook?from=radar"
    assert json.loads(posted.body) == to_json(MESSAGE)
    headers = posted.headers
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == headers["idempotency-key"] == "key-1"
    signed = f"key-1.{headers['webhook-timestamp']}.".encode() + posted.body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest())
    assert headers["webhook-signature"] == f"v1,{expected.decode()}"


def test_the_signature_depends_on_all_that_it_covers() -> None:
    known = signature(SECRET, "k", 1, b"body")
    others = {
        signature("another secret of enough length", "k", 1, b"body"),
        signature(SECRET, "l", 1, b"body"),
        signature(SECRET, "k", 2, b"body"),
        signature(SECRET, "k", 1, b"bodies"),
    }
    assert len(others | {known}) == 5


def test_the_json_says_all_that_a_mail_says() -> None:
    body = to_json(MESSAGE)
    assert (body["type"], body["version"], body["subject"]) == (
        "rohstoffradar.alert",
        1,
        "W: 1 new mention",
    )
    [entry] = body["entries"]
    assert entry["published"] is None
    assert entry["found"] == "2026-03-01T02:30:00Z"
    assert entry["passages"] == [{"text": "Кластер.", "marks": [[0, 7]]}]
    assert entry["places"] == [{"url": "https://two.example/b", "source": "Agency"}]


def test_the_json_says_which_event_a_page_is_about() -> None:
    event = EventSummary("Tin forum", "2026-05-12", None, "Suhl", "DE", "upcoming", "cancelled")
    about = replace(MESSAGE, entries=(replace(ENTRY, main_event=event), ENTRY))
    of_event, other = to_json(about)["entries"]
    assert of_event["main_event"] == {
        "name": "Tin forum",
        "start": "2026-05-12",
        "end": None,
        "city": "Suhl",
        "country": "DE",
        "status": "cancelled",
    }
    assert other["main_event"] is None


def test_long_pages_fill_no_message() -> None:
    text = "Медь из рудника. " * 300
    change = ReportedChange("e", "Forum", "event-cancelled", "status", "upcoming", "cancelled")
    long = replace(
        ENTRY,
        passages=(MarkedPassage(f"{text}Цинк.", ((5100, 5104),)),) * 23,
        places=ENTRY.places * 24,
        events=(change,) * 25,
    )
    body = to_json(replace(MESSAGE, entries=(long,) * (MOST_ENTRIES + 3)))
    assert (len(body["entries"]), body["more_entries"]) == (MOST_ENTRIES, 3)
    for entry in body["entries"]:
        counts = [len(entry[kind]) for kind in ("passages", "places", "events")]
        assert counts == [MOST_PASSAGES] * 3
        more = [entry[f"more_{kind}"] for kind in ("passages", "places", "events")]
        assert more == [3, 4, 5]
        [[start, end]] = entry["passages"][0]["marks"]
        assert entry["passages"][0]["text"][start:end] == "Цинк"
    assert len(json.dumps(body, ensure_ascii=False).encode()) < 5_000_000


def test_the_documentation_has_every_key() -> None:
    described = (
        (Path(__file__).parents[4] / "docs" / "watches.md")
        .read_text("utf-8")
        .partition("## Webhooks")[2]
    )
    rows = [line for line in described.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    body = to_json(MESSAGE)
    named = {key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == set(body)
    entries = next(row for row in rows if row.startswith("| `entries`"))
    keys = re.sub(r"\[\{.*?\}\]", "", re.findall(r"`\{(.*)\}`", entries)[0])
    assert {key.strip(" :") for key in keys.split(",")} == set(body["entries"][0])


@pytest.mark.parametrize("status", [400, 401, 410, 500, 503])
def test_a_refusal_is_told_with_its_status(sink: WebhookSink, status: int) -> None:
    sink.status = status
    with pytest.raises(DeliveryError, match=f"the webhook answered {status}$"):
        post(sink.url)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(sink: WebhookSink, status: int) -> None:
    sink.status, sink.location = status, "http://169.254.169.254/latest/meta-data"
    with pytest.raises(DeliveryError, match="redirects are not followed"):
        post(sink.url)
    assert sink.received == []


def test_a_huge_answer_is_not_read(sink: WebhookSink) -> None:
    sink.megabytes = 50
    post(sink.url)
    assert len(sink.received) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "10.1.2.3", "169.254.169.254"]
)
def test_private_addresses_are_refused_unless_they_are_allowed(host: str) -> None:
    with pytest.raises(DeliveryError, match=r"not a public address and not in webhooks\.allow_"):
        post(f"https://{host}:9/hook", WebhookSettings(SECRET))


def test_a_name_is_judged_by_the_address_that_it_leads_to(
    sink: WebhookSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *call, **options: found)
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1 is not a public address"):
        post("https://hooks.example/", WebhookSettings(SECRET))
    assert sink.received == []


def test_public_addresses_need_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *call, **options: found)
    with pytest.raises(DeliveryError, match="give an https:// address"):
        post("http://hooks.example/")


def test_a_silent_host_is_given_up_and_its_other_messages_wait(
    sink: WebhookSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "UNANSWERED", 0.3)  # it has the message
    sink.silent.set()
    means = Means(None, Path("feeds"), lambda watch, limit: [], LOOPBACK)
    with webhook_sink() as other, open_channels(means, Patience(threading.Event())) as channel:
        said = r"can't be reached: the message was not answered for 0\.3 seconds"
        with pytest.raises(DeliveryError, match=said) as failed:
            channel(f"webhook:{sink.url}").deliver(MESSAGE)
        assert not isinstance(failed.value, DeliveryPostponed)
        with pytest.raises(DeliveryPostponed):
            channel(f"webhook:{sink.url}").deliver(MESSAGE)
        monkeypatch.setattr(webhook, "UNANSWERED", 60.0)
        channel(f"webhook:{other.url}").deliver(MESSAGE)
        assert len(other.received) == 1


def test_without_a_secret_nothing_is_posted(sink: WebhookSink) -> None:
    with pytest.raises(DeliveryError, match="no secret"):
        post(sink.url, WebhookSettings(None, ("127.0.0.0/8",)))


def test_what_the_configuration_lacks_is_said() -> None:
    def lacking(secret: str | None) -> list[tuple[str, str]]:
        means = Means(None, Path("feeds"), lambda watch, limit: [], WebhookSettings(secret))
        return list(missing(["webhook:https://a.example/", "feed"], means))

    assert lacking(SECRET) == []
    assert lacking(None) == [("webhooks", "no secret, but watches post to 1 address")]
    [(_, short)] = lacking("short")
    assert "shorter than 24 characters" in short


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://a.example/", "https://", "https://user:word@a.example/", "a.example/hook"),
        *("https://a.example/#part", "https://a.example:0/", "https://a.example:x/"),
        *("https://ä.example/", "https://a.example/a b"),
    ],
)
def test_what_is_no_address_of_a_webhook(url: str) -> None:
    with pytest.raises(ValueError, match="is not a channel"):
        check_channel(f"webhook:{url}")


def test_the_channel_keeps_its_address_and_shares_the_patience_of_a_host() -> None:
    means = Means(None, Path("feeds"), lambda watch, limit: [], LOOPBACK)
    with open_channels(means, Patience(threading.Event())) as channel:
        one, two = (channel(f"webhook:https://a.example/{n}") for n in (1, 2))
        other = channel("webhook:https://b.example/1")
    assert isinstance(one, WebhookChannel)
    assert isinstance(two, WebhookChannel)
    assert isinstance(other, WebhookChannel)
    assert one.receiver is two.receiver is not other.receiver
