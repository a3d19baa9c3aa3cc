"""The channel `apprise:NAME`: a message as text through a service that radar.yaml names under
`services` (Slack, Matrix, Teams, Telegram …), by its Apprise URL.

Watches name the service and not its address, which holds its secret: neither a watch nor a message
that failed shows it, and whoever may only make watches can't have messages sent anywhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

from indexer.alerts.message import Channel, Message, one_line
from indexer.records.errors import DeliveryError, DeliveryPostponed, postponement
from indexer.records.reference import Reference
from radar.channels.kind import ChannelKind, Means, is_name
from radar.channels.patience import OutOfPatience, Patience

if TYPE_CHECKING:
    from apprise import Apprise

    from radar.channels.notice import Notice

ANSWER = 100.0
"""Seconds that a service has to answer: one that has taken a message, and answers later than it is
waited for, gets it again. Gateways give up after so many at most, and Apprise after 4.
"""
IN_VAIN = 120.0
"""Seconds that a delivery waits for one service without anything being accepted."""
LONGEST_REASON = 300
"""Characters of what a service says to a failure."""
SHARE = 0.75
"""Of the length that a service takes: some write `&amp;` for `&`."""
_APPRISE = logging.getLogger("apprise")
# What it says goes nowhere but to who delivers: it may have the address of the service.
_APPRISE.propagate = False
_APPRISE.addHandler(logging.NullHandler())
_SAID: ContextVar[StringIO | None] = ContextVar("said", default=None)
"""Where what Apprise says now belongs; it hands this on to the threads that it sends in."""
_EXTRA = "the extra `services` is not installed"
_EXTRA_HINT = "pip install 'rohstoffradar[services]'"


@dataclass(slots=True)
class _Receiver:
    """A service, for one delivery: when it has failed, the rest waits for the next one."""

    url: str = field(repr=False)
    patience: Patience
    failure: DeliveryError | None = None
    service: Apprise | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ServiceChannel:
    """Sends to one service."""

    name: str
    receiver: _Receiver
    reference: Reference | None = None
    """Names of towns."""

    def postponement(self) -> DeliveryPostponed | None:
        """Why nothing more goes to the service in this delivery, if that is so."""
        receiver = self.receiver
        if receiver.failure is None and receiver.patience.is_exhausted:
            receiver.failure = DeliveryError(
                f"the service {self.name} is slow: the delivery took too long"
            )
        return postponement(receiver.failure)

    def deliver(self, message: Message) -> None:
        """Hand the message to the service; DeliveryError if it is not taken, DeliveryPostponed if
        the service has failed before.
        """
        receiver = self.receiver
        postponed = self.postponement()
        if postponed is not None:
            raise postponed
        try:
            self._send(message)
        except DeliveryError as error:
            receiver.failure = error
            raise
        receiver.patience.renew()

    def _send(self, message: Message) -> None:
        """Raises DeliveryError."""
        receiver = self.receiver
        if receiver.service is None:
            receiver.service = open_service(self.name, receiver.url)
        # Every command knows the channels; the words of messages take 60 ms to load.
        from radar.channels.notice import notice_of  # noqa: PLC0415  # see above

        [plugin] = receiver.service
        notice = notice_of(message, int(plugin.body_maxlen * SHARE), self.reference)
        task = partial(_notify, receiver.service, notice)
        try:
            reason = receiver.patience.wait_for(task, cut_off=lambda: None)
        except OutOfPatience as error:
            raise DeliveryError(f"the service {self.name}: {error}") from error
        if reason is not None:
            raise DeliveryError(f"the service {self.name}: {reason}")


def _notify(service: Apprise, notice: Notice) -> str | None:
    """Why the service did not take it; None: it did."""
    from apprise import NotifyFormat  # noqa: PLC0415  # an extra

    with _warnings() as said:
        if service.notify(notice.body, notice.title, body_format=NotifyFormat.TEXT):
            return None
        reasons = said.getvalue().splitlines()
    return one_line(reasons[-1])[:LONGEST_REASON] if reasons else "not taken"


@contextmanager
def _warnings() -> Iterator[StringIO]:
    """What Apprise says to a failure here; a delivery that was not waited for may go on."""
    said = StringIO()
    before = _SAID.set(said)
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda _: _SAID.get() is said)
    _APPRISE.addHandler(handler)
    try:
        yield said
    finally:
        _APPRISE.removeHandler(handler)
        _SAID.reset(before)


def open_service(name: str, url: str) -> Apprise:
    """What sends to a service. DeliveryError: the extra is missing, or its URL is none."""
    try:
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise DeliveryError(_EXTRA, hint=_EXTRA_HINT) from error
    # A redirect could lead to a private address, and would take the secret there.
    asset = AppriseAsset(app_id="Rohstoffradar", async_mode=False, http_redirects=False)
    service = Apprise(asset=asset)
    with _warnings():
        known = service.add(url)
    if not known:
        raise DeliveryError(
            f"the service {name} has a URL that Apprise does not know",
            hint="https://appriseit.com/services lists them",
        )
    for plugin in service:
        if plugin.socket_read_timeout == type(plugin).socket_read_timeout:  # no `rto` in its URL
            plugin.socket_read_timeout = ANSWER
    return service


@contextmanager
def open_services(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """Each service is waited for by itself."""
    receivers: dict[str, _Receiver] = {}

    def channel(name: str) -> Channel:
        if name not in means.services:
            raise DeliveryError(_unknown(name), hint="set it in radar.yaml, then run again")
        if name not in receivers:
            own = Patience(patience.stop, IN_VAIN, patience.altogether)
            receivers[name] = _Receiver(means.services[name], own)
        return ServiceChannel(name, receivers[name], means.reference)

    yield channel


def _unknown(name: str) -> str:
    return f"`services` has no {name!r}"


def _missing(means: Means, names: Sequence[str]) -> str | None:
    """The first thing that is wrong."""
    for name in names:
        if name not in means.services:
            return f"{_unknown(name)}, but watches send there"
        try:
            open_service(name, means.services[name])
        except DeliveryError as error:
            return f"{error.message}: {error.hint}"
    return None


KIND = ChannelKind(
    name="services",
    example="apprise:team",
    is_address=is_name,
    open=open_services,
    missing=_missing,
    combines=True,
)
