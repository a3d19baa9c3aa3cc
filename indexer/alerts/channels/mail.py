"""E-mail: one message for each watch and run, handed to an SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from indexer.alerts.message import MatchedPassage, Message, MessageEntry
from indexer.errors import DeliveryError

SECONDS = 30
"""Time that an SMTP server has for each answer."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over."""

    url: str = field(repr=False)
    """`smtp://user:password@host:587` (TLS where the server offers it) or `smtps://host:465`."""
    sender: str
    """Address that the mail comes from."""


class MailChannel:
    """Delivers to one address. The Message-ID is made of the message's key, so a second copy can be told."""

    def __init__(self, server: MailServer, address: str) -> None:
        self.server = server
        self.address = address

    def deliver(self, message: Message) -> None:
        """Hand the message to the server; DeliveryError if it can't be reached or refuses it."""
        try:
            with self._connect() as connection:
                connection.send_message(compose(message, self.server.sender, self.address))
        except smtplib.SMTPResponseException as error:
            answer = error.smtp_error
            said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
            raise DeliveryError(f"the mail server answered {error.smtp_code} {said}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(
                f"the mail server can't be used: {error}", hint="check `mail:` in radar.yaml"
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
        try:
            connection.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
            if parts.username:
                connection.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            connection.close()
            raise
        return connection


def compose(message: Message, sender: str, address: str) -> EmailMessage:
    """The message as an e-mail with a plain text body."""
    mail = EmailMessage(policy=SMTP)
    name, plain = parseaddr(sender)
    mail["From"] = formataddr((name or "Rohstoffradar", plain))
    mail["To"] = address
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created)
    domain = plain.rpartition("@")[2] or "rohstoffradar.invalid"
    mail["Message-ID"] = f"<{message.key}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Rohstoffradar-Watch"] = message.watch
    mail.set_content("\n".join(_body(message)) + "\n")
    return mail


def _body(message: Message) -> list[str]:
    lines = [message.subject]
    if message.first_look:
        lines.append("First look: these sources were crawled for the first time.")
    for source, entries in message.by_source():
        lines += ["", f"== {source} =="]
        for entry in entries:
            lines += ["", *_entry(entry)]
    return lines


def _entry(entry: MessageEntry) -> list[str]:
    dated = f" ({entry.published})" if entry.published else ""
    lines = [f"{entry.title}{dated}", entry.url]
    lines += [f"  … {marked(passage)}" for passage in entry.passages]
    why = "new page" if entry.change == "new-document" else "added to a known page"
    lines.append(f"  why: {why}; matched {', '.join(entry.terms)}")
    return lines


def marked(passage: MatchedPassage) -> str:
    """The passage as one line, the words that matched in »«."""
    out, last = [], 0
    for start, end in passage.marks:
        out += [passage.text[last:start], "»", passage.text[start:end], "«"]
        last = end
    out.append(passage.text[last:])
    return " ".join("".join(out).split())
