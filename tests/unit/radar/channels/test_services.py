"""Messages through services that radar.yaml names by an Apprise URL."""

from __future__ import annotations

import builtins
import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

import pytest

from indexer.alerts.message import Channel
from indexer.records.errors import DeliveryError, DeliveryPostponed
from radar.channels import services
from radar.channels.kind import Means
from radar.channels.notice import notice_of
from radar.channels.patience import Patience
from radar.channels.registry import check_channel, missing, open_channels
from tests.contract.test_channels import MESSAGE
from tests.loopback.webhook_sink import WebhookSink, webhook_sink


def means(**urls: str) -> Means:
    return Means(None, Path("feeds"), lambda watch, limit: [], services=urls)


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with webhook_sink() as opened:
        yield opened


@pytest.fixture
def channel(sink: WebhookSink) -> Iterator[Callable[[str], Channel]]:
    """A service, and another one with the same receiver."""
    url = sink.url.replace("http:", "json:").partition("?")[0]
    named = means(team=url, board=f"{url}/board")
    with open_channels(named, Patience(threading.Event())) as opened:
        yield opened


def test_a_service_gets_title_text_and_the_key(
    channel: Callable[[str], Channel], sink: WebhookSink
) -> None:
    channel("apprise:team").deliver(MESSAGE)
    [posted] = sink.received
    body = json.loads(posted.body)
    assert body["title"] == "Cluster strategies: 1 new mention"
    assert "»Cluster-Strategie« gilt." in body["message"]
    assert body["message"].splitlines()[-1] == f"({MESSAGE.key})"


def test_after_a_failure_the_service_is_left_alone_and_others_are_not(
    channel: Callable[[str], Channel], sink: WebhookSink
) -> None:
    sink.status = 503
    with pytest.raises(DeliveryError, match=r"the service team: .*503"):
        channel("apprise:team").deliver(MESSAGE)
    sink.status = 200
    with pytest.raises(DeliveryPostponed):
        channel("apprise:team").deliver(MESSAGE)
    channel("apprise:board").deliver(MESSAGE)
    assert len(sink.received) == 1


def test_a_redirect_is_not_followed(channel: Callable[[str], Channel], sink: WebhookSink) -> None:
    with webhook_sink() as elsewhere:
        sink.status, sink.location = 307, elsewhere.url
        with pytest.raises(DeliveryError):
            channel("apprise:team").deliver(MESSAGE)
        assert elsewhere.received == []


def test_a_silent_service_is_waited_for_so_long(
    channel: Callable[[str], Channel], sink: WebhookSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "IN_VAIN", 0.2)
    sink.silent.set()
    with pytest.raises(DeliveryError, match="nothing was accepted"):
        channel("apprise:team").deliver(MESSAGE)


def test_a_service_has_time_to_answer_unless_its_url_says_otherwise() -> None:
    """What it has taken and answers late would be sent again, and told twice."""
    for url, seconds in (("json://a.example/", services.ANSWER), ("json://a.example/?rto=3", 3)):
        [plugin] = services.open_service("team", url)
        assert plugin.request_timeout[1] == seconds


def test_what_is_said_of_a_late_delivery_stands_in_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a time-out the thread of a delivery lives on."""
    logger, begun, go_on = logging.getLogger("apprise"), threading.Event(), threading.Event()
    late: list[str] = []
    elsewhere = BufferingHandler(100)
    monkeypatch.setattr(logging.getLogger(), "handlers", [elsewhere])

    def deliver_late() -> None:
        with services._warnings() as said:
            begun.set()
            go_on.wait(10)
            logger.warning("late")
            late.append(said.getvalue())

    thread = threading.Thread(target=deliver_late)
    thread.start()
    assert begun.wait(10)
    with services._warnings() as said:
        go_on.set()
        thread.join()
        logger.warning("own")
        assert (said.getvalue(), late) == ("own\n", ["late\n"])
    logger.warning("a-secret")
    assert elsewhere.buffer == []


def test_a_service_that_is_not_named_is_missing() -> None:
    named = means(team="json://hooks.example.org")
    assert list(missing(["apprise:team", "feed"], named)) == []
    message = "`services` has no 'nobody', but watches send there"
    assert list(missing(["apprise:nobody", "apprise:team"], named)) == [("services", message)]
    with (
        open_channels(named, Patience(threading.Event())) as opened,
        pytest.raises(DeliveryError, match="`services` has no 'nobody'"),
    ):
        opened("apprise:nobody")


def test_a_url_that_apprise_does_not_know_is_said_without_its_secret() -> None:
    [(what, message)] = missing(["apprise:team"], means(team="nosuch://a-secret@example.org"))
    assert (what, "team" in message, "a-secret" in message) == ("services", True, False)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "apprise":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    [(_, message)] = missing(["apprise:team"], means(team="json://hooks.example.org"))
    assert "rohstoffradar[services]" in message


@pytest.mark.parametrize("name", ["apprise:", "apprise:slack://a/b/c", "file:../x", "file:a/b"])
def test_a_watch_names_a_service_or_file_and_gives_no_address(name: str) -> None:
    with pytest.raises(ValueError, match="is not a channel"):
        check_channel(name)


def test_a_notice_is_no_longer_than_the_service_takes() -> None:
    entries = [
        replace(MESSAGE.entries[0], url=f"https://a.example/{n}", title=f"Titel {n}")
        for n in range(40)
    ]
    many = replace(MESSAGE, entries=tuple(entries))
    whole = notice_of(many, 100_000)
    assert whole.body.count("https://a.example/") == 40
    for longest in (4_000, 1_000, 250):
        notice = notice_of(many, longest)
        assert len(notice.title) + len(notice.body) <= longest
        assert notice.body.endswith(f"({MESSAGE.key})")
    told = notice_of(many, 4_000).body
    assert f"and {40 - told.count('https://a.example/')} more" in told


def test_a_notice_speaks_the_language_of_its_message() -> None:
    notice = notice_of(replace(MESSAGE, language="de"), 10_000)
    assert notice.title == "Cluster strategies: 1 neuer Fund"
