"""Describes a kind of channel: the addresses that it accepts, and how to open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.alerts.message import Channel
from indexer.records.values import check_identifier
from radar.channels.patience import Patience
from radar.channels.webhook_settings import NO_WEBHOOKS, WebhookSettings

if TYPE_CHECKING:
    from indexer.records.reference import Reference
    from radar.channels.mail import MailServer
    from search_api.ports import WatchMatch


@dataclass(frozen=True, slots=True)
class Means:
    """What an installation has for its channels."""

    mail: MailServer | None
    """`mail` in radar.yaml."""
    feeds: Path
    """Folder of the feeds."""
    newest: Callable[[str, int], Sequence[WatchMatch]]
    """The newest matches of a watch, newest first."""
    webhooks: WebhookSettings = NO_WEBHOOKS
    """`webhooks` in radar.yaml."""
    reference: Reference | None = None
    """Tables that say what towns are called in the language of a message; None: in English."""
    services: Mapping[str, str] = field(default_factory=dict, repr=False)
    """`services` in radar.yaml: name → Apprise URL, which holds a secret."""
    files: Path | None = None
    """`files` in radar.yaml: folder of the channel `file`."""
    owner: Callable[[], str | None] = lambda: None
    """Id of the installation; None: it has none yet."""


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """A kind of channel: a watch names it as `scheme:address`, or as `scheme` if it takes none."""

    name: str
    """As `radar check` calls it."""
    example: str
    """`mailto:desk@example.org`; without a colon, there is no address."""
    is_address: Callable[[str], bool]
    """Whether the text after the colon is an address (empty where there is no colon)."""
    open: Callable[[Means, Patience], AbstractContextManager[Callable[[str], Channel]]]
    """Opened once for a delivery, it gives the channel to each address (DeliveryError if something
    is missing for it): channels may share a connection, which ends with the delivery.
    """
    missing: Callable[[Means, Sequence[str]], str | None] = lambda means, addresses: None
    """What the configuration lacks for the addresses that watches name."""

    combines: bool = False
    """Messages of one cadence to one address go as a digest."""
    reads_matches: bool = False
    """It reads what a watch has found itself, so that a message only says which watch."""
    waits: bool = True
    """It is for cadence and quiet hours; not what is looked at when one likes."""

    @property
    def takes_address(self) -> bool:
        """Whether a colon and an address follow the scheme."""
        return ":" in self.example


def is_name(address: str) -> bool:
    """Whether an address is the name of something in radar.yaml: an id."""
    try:
        check_identifier(address)
    except ValueError:
        return False
    return True
