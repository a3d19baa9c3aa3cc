"""The kinds of channels that a watch can name, by their scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from indexer.alerts.message import Channel
from indexer.records.values import suggestion
from radar.channels import feed, mail
from radar.channels.kind import ChannelKind, Means
from radar.channels.mail import MailServer

CHANNELS: Mapping[str, ChannelKind] = {
    "feed": feed.KIND,
    "mailto": mail.KIND,
}
"""A new kind is a module here, and its line in this table."""


def check_channel(name: str) -> str:
    """The name of a channel as a watch states it; ValueError says which names there are."""
    scheme, _, address = name.partition(":")
    kind = CHANNELS.get(scheme)
    if kind is not None and kind.takes_address == (":" in name) and kind.is_address(address):
        return name
    examples = [kind.example for kind in CHANNELS.values()]
    plain = [scheme for scheme, kind in CHANNELS.items() if not kind.takes_address]
    raise ValueError(f"is not a channel: {' or '.join(examples)}" + suggestion(name, plain))


def missing(channels: Iterable[str], server: MailServer | None) -> Iterator[tuple[str, str]]:
    """What the configuration lacks for these channels: name of their kind, and a message."""
    schemes = Counter(name.partition(":")[0] for name in set(channels))
    for scheme, kind in CHANNELS.items():
        message = kind.missing(server, schemes[scheme])
        if message is not None:
            yield kind.name, message


def open_channel(name: str, means: Means) -> Channel:
    """The channel that a watch names; DeliveryError if something is missing for it."""
    scheme, _, address = name.partition(":")
    return CHANNELS[scheme].open(address, means)
