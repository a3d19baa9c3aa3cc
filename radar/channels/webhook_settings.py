"""The settings of webhooks."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.records.values import ConfigRecord, Network, Text


@dataclass(frozen=True, slots=True)
class WebhookSettings(ConfigRecord):
    """`webhooks` in radar.yaml."""

    secret: Text | None = field(default=None, repr=False)
    """Key of the signatures, 24 characters or more."""
    allow_networks: tuple[Network, ...] = ()
    """Private networks (CIDR) that may be posted to nevertheless, also without TLS."""


SHORTEST_SECRET = 24
"""Characters: a shorter one can be guessed."""


NO_WEBHOOKS = WebhookSettings()
"""Where radar.yaml has no `webhooks`."""
