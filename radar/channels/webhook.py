"""The channel `webhook:https://…`: a message as signed JSON, posted to an address.

Signed as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com): the headers `webhook-id`
(the message's key: a second copy has the same), `webhook-timestamp` and `webhook-signature`. The
receiver takes a message by answering with 2xx; redirects are not followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from crawler.politeness.addresses import parse_networks, why_forbidden
from indexer.alerts.message import Channel, Links, Message, MessageEntry, one_line
from indexer.records.document import iso_instant
from indexer.records.errors import DeliveryError, DeliveryPostponed, postponement
from radar.channels.bounds import MOST_ENTRIES, bound
from radar.channels.kind import ChannelKind, Means
from radar.channels.patience import OutOfPatience, Patience
from radar.channels.webhook_settings import SHORTEST_SECRET, WebhookSettings
from radar.plurals import counted

IN_VAIN = 10.0
"""Seconds that a delivery waits for one host without anything being accepted."""
UNANSWERED = 120.0
"""Seconds that a host has to answer a message that it has: gateways give up after 100 at most."""
TYPE = "rohstoffradar.alert"
VERSION = 1
"""Of the JSON: it goes up when a field changes its meaning or goes."""
_SETTING = "webhooks.allow_networks"
_SUCCESS = range(200, 300)
_REDIRECT = range(300, 400)
_REFUSED = range(400, 500)
_LATER = (408, 425, 429)
"""Of those: may be taken another time."""


def signature(secret: str, key: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: `v1,` and the HMAC-SHA256 of `key.timestamp.body`."""
    signed = f"{key}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()


def to_json(message: Message) -> dict[str, Any]:
    """The body of a message: as much as a mail holds."""
    # Every command knows the channels; the words of messages take 60 ms to load.
    from radar.channels.subject import subject_of  # noqa: PLC0415  # see above

    listed = replace(message, entries=message.entries[:MOST_ENTRIES])
    return {
        "type": TYPE,
        "version": VERSION,
        "key": message.key,
        "watch": message.watch,
        "name": message.name,
        "created": iso_instant(message.created),
        "first_look": message.first_look,
        "subject": subject_of(message),
        "entries": [_entry(e, message.links) for _, several in listed.by_source() for e in several],
        "more_entries": len(message.entries) - len(listed.entries),
    }


def _entry(whole: MessageEntry, links: Links) -> dict[str, Any]:
    entry, more_passages, more_places, more_events = bound(whole)
    return {
        "id": entry.id,
        "page": links.page_of(entry),
        "event": entry.event,
        "main_event": entry.main_event.to_json() if entry.main_event else None,
        **entry.to_json(),
        "more_passages": more_passages,
        "more_places": more_places,
        "more_events": more_events,
    }


@dataclass(slots=True)
class _Receiver:
    """A host, for one delivery: when it has failed, the rest waits for the next one."""

    patience: Patience
    failure: DeliveryError | None = None


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """Posts to one address."""

    url: str
    settings: WebhookSettings
    receiver: _Receiver

    def postponement(self) -> DeliveryPostponed | None:
        """Why nothing more is posted to the host in this delivery, if that is so."""
        receiver = self.receiver
        if receiver.failure is None and receiver.patience.is_exhausted:
            receiver.failure = DeliveryError("the webhook is slow: the delivery took too long")
        return postponement(receiver.failure)

    def deliver(self, message: Message) -> None:
        """Post the message; DeliveryError if it is not taken, DeliveryPostponed if the host has
        failed before.
        """
        receiver = self.receiver
        postponed = self.postponement()
        if postponed is not None:
            raise postponed
        body = json.dumps(to_json(message), ensure_ascii=False).encode("utf-8", "replace")
        post = _Post(urlsplit(self.url), self.settings, message.key, body)
        # With what it loads 1 MiB, and every command knows the channels.
        import http.client  # noqa: PLC0415

        try:
            status = receiver.patience.wait_for(post.send, post.cut, lambda: post.is_handed_over)
        except (OSError, http.client.HTTPException, OutOfPatience, UnicodeError) as error:
            reason = one_line(f"the webhook can't be reached: {error or type(error).__name__}")
            receiver.failure = DeliveryError(reason)
            raise receiver.failure from error
        if status in _REDIRECT:
            raise DeliveryError(
                f"the webhook answered {status}: redirects are not followed",
                hint="give the watch the address that it leads to",
                answer=status,
                permanent=True,
            )
        if status not in _SUCCESS:
            refused = status in _REFUSED and status not in _LATER
            raise DeliveryError(f"the webhook answered {status}", answer=status, permanent=refused)
        receiver.patience.renew()


class _Post:
    """One request, in a thread of its own until `cut` ends it."""

    def __init__(
        self, parts: SplitResult, settings: WebhookSettings, key: str, body: bytes
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._key = key
        self._body = body
        self._socket: socket.socket | None = None
        self._is_cut = False
        self.is_handed_over = False
        """Whether all of it was sent."""

    def send(self) -> int:
        """The status of the answer; its body is not read."""
        import http.client  # noqa: PLC0415  # see `deliver`
        import ssl  # noqa: PLC0415  # see `deliver`

        host = self._parts.hostname or ""
        encrypted = self._parts.scheme == "https"
        self._socket = self._connect(host, self._parts.port or (443 if encrypted else 80))
        if self._is_cut:
            raise OSError("cut off")
        self._socket.settimeout(IN_VAIN)
        if encrypted:
            context = ssl.create_default_context()
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        connection = http.client.HTTPConnection(host, self._parts.port)
        connection.sock = self._socket
        try:
            path = self._parts.path or "/"
            query = f"?{self._parts.query}" if self._parts.query else ""
            connection.request("POST", path + query, self._body, self._headers())
            self._socket.settimeout(UNANSWERED + IN_VAIN)
            self.is_handed_over = True
            return connection.getresponse().status
        finally:
            connection.close()

    def cut(self) -> None:
        """Make the request fail at its next step."""
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _headers(self) -> dict[str, str]:
        sent = int(time.time())
        return {
            "Content-Type": "application/json",
            "User-Agent": "Rohstoffradar",
            "Idempotency-Key": self._key,
            "webhook-id": self._key,
            "webhook-timestamp": str(sent),
            "webhook-signature": signature(
                self._settings.secret or "", self._key, sent, self._body
            ),
        }

    def _connect(self, host: str, port: int) -> socket.socket:
        """Connect to the first address of the host that may be posted to. The address itself is
        checked: a name may lead elsewhere the second time.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
        permitted = [a for a in addresses if self._why_refused(a) is None]
        if not permitted:
            raise OSError(self._why_refused(addresses[0]))
        failure: OSError | None = None
        for address in permitted:
            try:
                return socket.create_connection((address, port), timeout=IN_VAIN)
            except OSError as error:
                failure = error
        raise failure or OSError("no address")

    def _why_refused(self, address: str) -> str | None:
        allowed = parse_networks(self._settings.allow_networks)
        if self._parts.scheme != "https" and why_forbidden(address) is None:
            return f"{address} is a public address: give an https:// address"
        return why_forbidden(address, allowed, setting=_SETTING)


@contextmanager
def open_webhooks(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """Each host is waited for by itself."""
    settings = means.webhooks
    receivers: dict[str, _Receiver] = {}

    def channel(url: str) -> Channel:
        if settings.secret is None:
            raise DeliveryError(
                "webhooks have no secret", hint="set `webhooks:` in radar.yaml, then run again"
            )
        host = urlsplit(url).netloc
        if host not in receivers:
            own = Patience(patience.stop, IN_VAIN, patience.altogether, UNANSWERED)
            receivers[host] = _Receiver(own)
        return WebhookChannel(url, settings, receivers[host])

    yield channel


def is_webhook(url: str) -> bool:
    """Whether messages can be posted there: http or https, a host, no login, no fragment."""
    try:
        parts = urlsplit(url)
        named = parts.hostname is not None and parts.port != 0
    except ValueError:
        return False
    return (
        named
        and parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and not parts.fragment
        and url.isascii()
        and url.isprintable()
        and " " not in url
    )


def _missing(means: Means, addresses: Sequence[str]) -> str | None:
    secret = means.webhooks.secret
    if not addresses:
        return None
    if secret is None:
        return f"no secret, but watches post to {counted(len(addresses), 'address', 'addresses')}"
    if len(secret) < SHORTEST_SECRET:
        return f"the secret is shorter than {SHORTEST_SECRET} characters: it can be guessed"
    return None


KIND = ChannelKind(
    name="webhooks",
    example="webhook:https://hooks.example.org/radar",
    is_address=is_webhook,
    open=open_webhooks,
    missing=_missing,
)
