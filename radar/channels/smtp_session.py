"""The mail of one delivery, over one connection to the SMTP server."""

from __future__ import annotations

import base64
import ipaddress
import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from indexer.alerts.message import one_line
from indexer.records.errors import DeliveryError, DeliveryPostponed, postponement
from radar.channels.patience import OutOfPatience, Patience
from radar.channels.smtp_dialogue import Dialogue, Line, SessionEnded

FAREWELL = 2.0
"""Seconds that the server has to answer QUIT."""

_FAILURES = (smtplib.SMTPException, OSError, ValueError, OutOfPatience, DeliveryError)


class SmtpSession:
    """Sends one mail after the other over one connection, or over as many as a server asks for that
    takes only so many mails over each.

    A mail that the server refuses is its own affair, and the next one is sent. When the connection
    fails, or the patience ends, the others are postponed with the reason of that.
    """

    def __init__(self, url: str, patience: Patience) -> None:
        """`url`: as `mail.url` of radar.yaml."""
        self._parts = urlsplit(url)
        self._patience = patience
        self._line = Line()
        self._dialogue: Dialogue | None = None
        self._failure: DeliveryError | None = None
        """Why nothing is sent any more."""
        self._has_accepted = False
        """Whether a mail was accepted over this connection."""

    def postponement(self) -> DeliveryPostponed | None:
        """Why nothing more is sent, if that is so."""
        if self._failure is None and self._patience.is_exhausted:
            self._failure = DeliveryError("the mail server is slow: the delivery took too long")
        return postponement(self._failure)

    def send(self, mail: EmailMessage) -> None:
        """Hand over a mail; returns when the server has accepted it, else raises DeliveryError."""
        postponed = self.postponement()
        if postponed is not None:
            raise postponed
        try:
            self._line.has_text = False
            self._patience.wait_for(
                lambda: self._exchange(mail), self._line.cut, lambda: self._line.has_text
            )
        except _FAILURES as error:
            failure = self._explain(error)
            if not self._is_open:
                self._failure = failure
            raise failure from error
        self._patience.renew()
        self._has_accepted = True
        if self._line.is_cut:
            self._failure = DeliveryError("the mail server is slow: the delivery took too long")

    def close(self) -> None:
        """End the session. What the server says to QUIT decides nothing: a message is delivered
        when DATA was answered with 250, and one that is sent again would arrive twice.
        """
        dialogue = self._dialogue
        if dialogue is None:
            return
        if self._failure is None:
            farewell = Patience(self._patience.stop, in_vain=FAREWELL)
            with suppress(smtplib.SMTPException, OSError, OutOfPatience):
                farewell.wait_for(dialogue.quit, self._line.cut)
        dialogue.close()

    @property
    def _is_open(self) -> bool:
        """Whether the server is ready for another mail."""
        return self._dialogue is not None and self._dialogue.is_open

    def _exchange(self, mail: EmailMessage) -> None:
        """Send a mail; again over a new connection if this one has taken others, but takes no more:
        nothing of it was handed over. Runs in a thread of its own.
        """
        try:
            self._hand_over(mail)
        except SessionEnded:
            if self._line.is_cut or not self._has_accepted:
                raise
            self._hand_over(mail)

    def _hand_over(self, mail: EmailMessage) -> None:
        if self._dialogue is None or not self._is_open:
            self._dialogue, self._has_accepted = self._connect(), False
        dialogue = self._dialogue
        try:
            dialogue.send_message(mail)
        except (
            smtplib.SMTPSenderRefused,
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPDataError,
        ) as error:
            if not 400 <= _answer_of(error)[0] < 600:
                # Positive where it can't be: the server is out of step.
                dialogue.close()
            raise
        except (smtplib.SMTPNotSupportedError, ValueError):
            # An address that this server or the protocol can't carry.
            dialogue.rset()
            raise
        except BaseException:
            dialogue.close()
            raise

    def _connect(self) -> Dialogue:
        parts = self._parts
        host = parts.hostname or "localhost"
        encrypted = parts.scheme == "smtps"
        # Made only where it is used: to read the certificates takes longer than most mails.
        dialogue = (
            Dialogue(self._line, host, parts.port or 465, ssl.create_default_context())
            if encrypted
            else Dialogue(self._line, host, parts.port or 25, None)
        )
        try:
            dialogue.ehlo_or_helo_if_needed()
            if not encrypted and dialogue.has_extn("starttls"):
                dialogue.starttls(context=ssl.create_default_context())
                dialogue.ehlo()
                encrypted = True
            if parts.username:
                _login(dialogue, parts, encrypted=encrypted)
        except BaseException:
            dialogue.close()
            raise
        return dialogue

    def _explain(self, error: Exception) -> DeliveryError:
        """What failed, on one line and without the password."""
        if isinstance(error, SessionEnded) and isinstance(error.__cause__, Exception):
            error = error.__cause__
        if isinstance(error, DeliveryError):
            return error
        if isinstance(error, (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)):
            code, said = _answer_of(error)
            return DeliveryError(
                self._reason(f"the mail server {self._parts.hostname} answered {code} {said}"),
                answer=code,
                permanent=code >= 500
                and not isinstance(error, _OF_THE_SERVER)
                and code not in _LOGIN_WANTED
                and not _FULL.match(said),
            )
        if isinstance(error, ValueError) and not isinstance(error, OSError):
            # smtplib: an address or a password that the protocol can't carry; it is not repeated.
            return DeliveryError(
                f"the message can't be handed to the mail server ({type(error).__name__})",
                hint="check `mail:` in radar.yaml",
            )
        return DeliveryError(
            self._reason(f"the mail server {self._parts.hostname} can't be used: {error}"),
            hint="check `mail:` in radar.yaml",
        )

    def _reason(self, text: str) -> str:
        """One line; a server may repeat the password, as it was sent or decoded."""
        user, password = unquote(self._parts.username or ""), unquote(self._parts.password or "")
        if password:
            plain = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
            for secret in (plain, base64.b64encode(password.encode()).decode(), password):
                text = text.replace(secret, "***")
        return one_line(text)


_OF_THE_SERVER = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
"""Answers that say nothing of the message."""
_LOGIN_WANTED = (530, 535)
"""Said of the login, though in answer to a message (RFC 4954)."""
_FULL = re.compile(r"5\.(?:2\.2|3\.1)\b")
"""Mailbox or mail system full: a failure that passes, whatever its class (RFC 3463)."""


def _answer_of(
    error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused,
) -> tuple[int, str]:
    """Code and text that a message was refused with; it has one recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, said)] = error.recipients.values()
        return code, said.decode(errors="replace")
    text = error.smtp_error
    return error.smtp_code, text.decode(errors="replace") if isinstance(text, bytes) else text


def _login(dialogue: Dialogue, parts: SplitResult, *, encrypted: bool) -> None:
    if not encrypted and not _is_loopback(parts.hostname or "localhost"):
        raise DeliveryError(
            f"{parts.hostname} offers no TLS: the password would be sent unencrypted",
            hint="give an smtps:// address, or a server that offers STARTTLS",
        )
    dialogue.login(unquote(parts.username or ""), unquote(parts.password or ""))


def _is_loopback(host: str) -> bool:
    """Whether the host is this machine: a loopback address, or the name localhost."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
