"""E-mail: one message for each watch and run, handed to an SMTP server."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from indexer.alerts.message import Message, MessageEntry, one_line
from indexer.records.errors import DeliveryError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.values import ConfigRecord, Mailbox, MailUrl, is_mailbox
from radar.channels.kind import ChannelKind, Means
from radar.plurals import counted

SECONDS = 30
"""Time that an SMTP server has for each answer."""

MOST_ENTRIES = 100
"""Matches that a mail lists; of the others it gives the number."""


WHY = {
    "new-document": "new page",
    "added-passage": "added to a known page",
    "event-moved": "an event was moved",
    "event-cancelled": "an event was cancelled",
}
"""Change of a match → what a mail says of it."""


@dataclass(frozen=True, slots=True)
class MailServer(ConfigRecord):
    """`mail` in radar.yaml: the server that mail is handed to."""

    url: MailUrl = field(repr=False)
    """`smtp://user:password@host:587` (TLS where the server offers it, and needed
    for a password that leaves this machine) or `smtps://host:465`."""
    sender: Mailbox = field(metadata={"alias": "from"})
    """Address that the mail comes from."""


class MailChannel:
    """Delivers to one address.

    The Message-ID is made from the message's key, so that a second copy can be recognised.
    """

    def __init__(self, server: MailServer, address: str) -> None:
        self.server = server
        self.address = address

    def deliver(self, message: Message) -> None:
        """Hand the message to the server; DeliveryError if it can't be written, reached or is
        refused.
        """
        mail = compose(message, self.server.sender, self.address)
        try:
            connection = self._connect()
            try:
                connection.send_message(mail)
            finally:
                _disconnect(connection)
        except smtplib.SMTPResponseException as error:
            answer = error.smtp_error
            said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
            raise DeliveryError(
                one_line(f"the mail server answered {error.smtp_code} {said}")
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(
                one_line(f"the mail server can't be used: {error}"),
                hint="check `mail:` in radar.yaml",
            ) from error
        except ValueError as error:
            # smtplib: an address or a password that the protocol can't carry; which is not
            # repeated.
            raise DeliveryError(
                f"the message can't be handed to the mail server ({type(error).__name__})",
                hint="check `mail:` in radar.yaml",
            ) from error

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.server.url)
        host = parts.hostname or "localhost"
        context = ssl.create_default_context()
        if parts.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
        encrypted = parts.scheme == "smtps"
        try:
            connection.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
                encrypted = True
            if parts.username:
                _login(connection, parts, encrypted=encrypted)
        except BaseException:
            connection.close()
            raise
        return connection


def _disconnect(connection: smtplib.SMTP) -> None:
    """End the session. What the server says to QUIT decides nothing: a message is delivered when
    DATA was answered with 250, and one that is sent again would arrive twice.
    """
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _login(connection: smtplib.SMTP, parts: SplitResult, *, encrypted: bool) -> None:
    if not encrypted and not _is_loopback(parts.hostname or "localhost"):
        raise DeliveryError(
            f"{parts.hostname} offers no TLS: the password would be sent unencrypted",
            hint="give an smtps:// address, or a server that offers STARTTLS",
        )
    connection.login(unquote(parts.username or ""), unquote(parts.password or ""))


def _is_loopback(host: str) -> bool:
    """Whether the host is this machine: a loopback address, or the name localhost."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def compose(message: Message, sender: str, address: str) -> EmailMessage:
    """The message as a plain-text e-mail; DeliveryError if it can't be written as one."""
    try:
        return _compose(message, sender, address)
    except ValueError as error:
        # A page or a name that nobody foresaw: it must not keep the other messages from going.
        raise DeliveryError(one_line(f"the message can't be written as mail: {error!r}")) from error


def _compose(message: Message, sender: str, address: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    name, plain = parseaddr(sender)
    mail["From"] = formataddr((name or "Rohstoffradar", plain))
    mail["To"] = address
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(message.created)
    domain = plain.rpartition("@")[2] or "rohstoffradar.invalid"
    mail["Message-ID"] = f"<{message.key}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Rohstoffradar-Watch"] = message.watch
    lines = _body(message)
    mail.set_content("\n".join(map(one_line, lines)) + "\n")
    return mail


def _body(message: Message) -> list[str]:
    lines = [message.subject]
    if message.first_look:
        lines.append("First look: these sources were crawled for the first time.")
    listed = replace(message, entries=message.entries[:MOST_ENTRIES])
    for source, entries in listed.by_source():
        lines += ["", f"== {source} =="]
        for entry in entries:
            lines += ["", *_entry(entry)]
    more = len(message.entries) - MOST_ENTRIES
    if more > 0:
        lines += ["", f"and {more} more, see the feed or the search"]
    return lines


def _entry(entry: MessageEntry) -> list[str]:
    dated = f" ({entry.published})" if entry.published else ""
    lines = [f"{entry.title}{dated}", entry.url]
    lines += [f"  event: {line}" for line in entry.events]
    lines += [f"  … {mark_words(passage)}" for passage in entry.passages]
    lines.append(f"  why: {WHY.get(entry.change, entry.change)}; matched {', '.join(entry.terms)}")
    return lines


def mark_words(passage: MarkedPassage) -> str:
    """The passage as one line, the words that matched in »«."""
    out, last = [], 0
    for start, end in passage.marks:
        out += [passage.text[last:start], "»", passage.text[start:end], "«"]
        last = end
    out.append(passage.text[last:])
    return " ".join("".join(out).split())


def _open(address: str, means: Means) -> MailChannel:
    if means.mail is None:
        raise DeliveryError(
            "no mail server is configured", hint="set `mail:` in radar.yaml, then run again"
        )
    return MailChannel(means.mail, unquote(address))


def _missing(server: MailServer | None, addresses: int) -> str | None:
    if server is not None or not addresses:
        return None
    return f"not set, but watches write to {counted(addresses, 'address', 'addresses')}"


KIND = ChannelKind(
    name="mail",
    example="mailto:desk@example.org",
    is_address=lambda address: is_mailbox(unquote(address)),
    open=_open,
    missing=_missing,
)
