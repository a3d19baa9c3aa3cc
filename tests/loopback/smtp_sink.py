"""A real SMTP server on loopback that keeps what it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def said(mail: EmailMessage) -> str:
    """The text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@dataclass
class SmtpSink:
    """What was received, and how the sink answers."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """Answers to the next messages in place of taking them, such as `451 try later`."""
    unknown: frozenset[str] = frozenset()
    """Addresses that are refused: mail to them bounces."""
    farewell: str = "221 Bye"
    """Answer to QUIT."""
    taken: Callable[[], None] | None = None
    """Called after a message was taken and before it is answered."""

    @property
    def url(self) -> str:
        """Setting that delivers here."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address, or refuse it."""
        del server, session
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or refuse it."""
        del server, session
        if self.refusals:
            return self.refusals.pop(0)
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.received.append(message)
        if self.taken is not None:
            self.taken()
        return "250 taken"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Say farewell."""
        del server, session, envelope
        return self.farewell

    def message_ids(self) -> list[str]:
        """Message-IDs in the order of arrival."""
        return [m["Message-ID"] for m in self.received]


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    """Run a sink on a free port of 127.0.0.1."""
    sink = SmtpSink()
    controller = _Controller(sink, hostname="127.0.0.1", port=0, ready_timeout=20)
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop()


class _Controller(Controller):
    """Calls the port that the system chose, to see whether it answers."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # of no stated type
