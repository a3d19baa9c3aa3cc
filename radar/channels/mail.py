"""E-mail: messages and digests, handed to an SMTP server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.alerts.message import Channel, Message
from indexer.records.errors import DeliveryError, DeliveryPostponed
from indexer.records.reference import Reference
from indexer.records.values import ConfigRecord, Mailbox, MailUrl, is_mailbox
from radar.channels.kind import ChannelKind, Means
from radar.channels.patience import Patience
from radar.plurals import counted

if TYPE_CHECKING:
    from radar.channels.smtp_session import SmtpSession


@dataclass(frozen=True, slots=True)
class MailServer(ConfigRecord):
    """`mail` in radar.yaml: the server that mail is handed to."""

    url: MailUrl = field(repr=False)
    """`smtp://user:password@host:587` (TLS where the server offers it, and needed
    for a password that leaves this machine) or `smtps://host:465`."""
    sender: Mailbox = field(metadata={"alias": "from"})
    """Address that the mail comes from."""


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Delivers to one address."""

    session: SmtpSession
    """Shared with the channels to other addresses."""
    sender: str
    address: str
    reference: Reference | None = None
    """Names of towns."""

    def postponement(self) -> DeliveryPostponed | None:
        """Why nothing more goes to the server in this delivery, if that is so."""
        return self.session.postponement()

    def deliver(self, message: Message) -> None:
        """Hand the message to the server; DeliveryError if it can't be written or is refused,
        DeliveryPostponed if the server failed before.
        """
        # Every command knows the channels; the words of mails take 60 ms to load.
        from radar.channels.letter import compose  # noqa: PLC0415  # see above

        self.session.send(compose(message, self.sender, self.address, self.reference))


@contextmanager
def open_mail(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """All mail of a delivery goes over one connection, made with the first message."""
    server = means.mail
    if server is None:
        yield _no_server
        return
    from radar.channels.smtp_session import SmtpSession  # noqa: PLC0415  # see `webhook`

    with closing(SmtpSession(server.url, patience)) as session:
        yield lambda address: MailChannel(session, server.sender, unquote(address), means.reference)


def _no_server(address: str) -> Channel:
    del address
    raise DeliveryError(
        "no mail server is configured", hint="set `mail:` in radar.yaml, then run again"
    )


def _missing(means: Means, addresses: Sequence[str]) -> str | None:
    if means.mail is not None or not addresses:
        return None
    return f"not set, but watches write to {counted(len(addresses), 'address', 'addresses')}"


KIND = ChannelKind(
    name="mail",
    example="mailto:desk@example.org",
    is_address=lambda address: is_mailbox(unquote(address)),
    open=open_mail,
    missing=_missing,
    combines=True,
)
