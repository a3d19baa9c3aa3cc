"""The kinds of channels that a watch can name, by their scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from indexer.alerts.message import Channel
from indexer.records.values import suggestion
from radar.channels import feed, file, mail, services, webhook
from radar.channels.kind import ChannelKind, Means
from radar.channels.patience import Patience

CHANNELS: Mapping[str, ChannelKind] = {
    "feed": feed.KIND,
    "mailto": mail.KIND,
    "webhook": webhook.KIND,
    "apprise": services.KIND,
    "file": file.KIND,
}
"""A new kind is a module here, and its line in this table."""

LONGEST_NAME = 2000
"""Bytes of a channel's name: it stands in keys of the database, which PostgreSQL bounds."""


def check_channel(name: str) -> str:
    """The name of a channel as a watch states it; ValueError says which names there are."""
    if len(name.encode("utf-8", "replace")) > LONGEST_NAME:
        raise ValueError(f"is longer than {LONGEST_NAME} bytes")
    scheme, _, address = name.partition(":")
    kind = CHANNELS.get(scheme)
    if kind is not None and kind.takes_address == (":" in name) and kind.is_address(address):
        return name
    examples = [kind.example for kind in CHANNELS.values()]
    plain = [scheme for scheme, kind in CHANNELS.items() if not kind.takes_address]
    raise ValueError(f"is not a channel: {' or '.join(examples)}" + suggestion(name, plain))


def missing(channels: Iterable[str], means: Means) -> Iterator[tuple[str, str]]:
    """What the configuration lacks for these channels: name of their kind, and a message."""
    addresses: dict[str, list[str]] = {scheme: [] for scheme in CHANNELS}
    for name in sorted(set(channels)):
        scheme, _, address = name.partition(":")
        addresses[scheme].append(address)
    for scheme, kind in CHANNELS.items():
        message = kind.missing(means, addresses[scheme])
        if message is not None:
            yield kind.name, message


@contextmanager
def open_channels(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """For one delivery, the channel of each name that a watch gives; DeliveryError if something is
    missing for it. Each kind is opened when its first channel is asked for.
    """
    opened: dict[str, Callable[[str], Channel]] = {}
    with ExitStack() as kinds:

        def channel(name: str) -> Channel:
            scheme, _, address = name.partition(":")
            if scheme not in opened:
                opened[scheme] = kinds.enter_context(CHANNELS[scheme].open(means, patience))
            return opened[scheme](address)

        yield channel
