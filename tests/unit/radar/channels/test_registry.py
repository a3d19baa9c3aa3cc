"""The kinds of channels: which names a watch may give, what they lack, and how they are opened."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from indexer.records.errors import DeliveryError
from radar.channels.feed import FeedChannel
from radar.channels.kind import ChannelKind, Means
from radar.channels.mail import MailChannel, MailServer
from radar.channels.patience import Patience
from radar.channels.registry import (
    CHANNELS,
    LONGEST_NAME,
    check_channel,
    missing,
    open_channels,
)

SERVER = MailServer("smtp://mail.example:587", "radar@example.org")


def means(server: MailServer | None = SERVER) -> Means:
    return Means(server, Path("feeds"), lambda watch, limit: [])


def patience() -> Patience:
    return Patience(threading.Event())


@pytest.mark.parametrize("kind", CHANNELS.values(), ids=CHANNELS)
def test_the_example_of_a_kind_is_a_channel(kind: ChannelKind) -> None:
    assert check_channel(kind.example) == kind.example


@pytest.mark.parametrize(
    "name", ["", "feed:", "feed:x", "mailto", "mailto:", "mailto:desk", "fax:1"]
)
def test_other_names_are_no_channels(name: str) -> None:
    examples = " or ".join(kind.example for kind in CHANNELS.values())
    with pytest.raises(ValueError, match=re.escape(f"is not a channel: {examples}")):
        check_channel(name)


def test_a_name_is_as_long_as_a_key_of_the_database_may_be() -> None:
    fits = "webhook:https://a.example/".ljust(LONGEST_NAME, "x")
    assert check_channel(fits) == fits
    with pytest.raises(ValueError, match="is longer than 2000 bytes"):
        check_channel(f"{fits}x")
    with pytest.raises(ValueError, match="is longer than 2000 bytes"):
        check_channel(f"mailto:{'ü' * 1000}@a.example")


def test_mail_addresses_without_a_server_are_missing_one() -> None:
    channels = ["feed", "mailto:a@example.org", "mailto:b@example.org", "mailto:a@example.org"]
    assert list(missing(channels, means())) == []
    assert list(missing(["feed"], means(None))) == []
    assert list(missing(channels, means(None))) == [
        ("mail", "not set, but watches write to 2 addresses")
    ]


def test_channels_are_opened_by_their_scheme() -> None:
    with open_channels(means(), patience()) as channel:
        assert isinstance(channel("feed"), FeedChannel)
        mail = channel("mailto:desk%2Bnews@example.org")
        assert isinstance(mail, MailChannel)
        assert (mail.sender, mail.address) == (SERVER.sender, "desk+news@example.org")


def test_channels_to_all_addresses_share_one_session() -> None:
    with open_channels(means(), patience()) as channel:
        one, two = channel("mailto:a@example.org"), channel("mailto:b@example.org")
        assert isinstance(one, MailChannel)
        assert isinstance(two, MailChannel)
        assert one.session is two.session


def test_without_a_mail_server_no_mail_is_sent() -> None:
    with (
        open_channels(means(server=None), patience()) as channel,
        pytest.raises(DeliveryError, match="no mail server is configured"),
    ):
        channel("mailto:desk@example.org")
