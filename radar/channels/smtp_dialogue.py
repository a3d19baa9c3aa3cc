"""The dialogue with an SMTP server (RFC 5321), by smtplib, with an end to everything.

smtplib reads answers of any length, and goes on after a reset that was refused. A `Line` can be cut
by another thread whatever the dialogue is waiting for: the look-up of the name, the connection, the
TLS handshake, an answer.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import ReadableBuffer

LONGEST_LINE = 2048
"""Octets; RFC 5321 allows 512."""
MOST_LINES = 200
"""Of one answer."""
ABANDONED = 120.0
"""Seconds without a byte after which a thread ends that nobody waits for any more."""

TEXT_WANTED = 354
"""Answer to DATA: the text of the message may come."""
CLOSING = 421
"""Answer to anything: the server ends the session."""

_ANSWER = re.compile(rb"([2-5]\d\d)([ -]|$)", re.MULTILINE)
"""How each line of an answer begins."""


class NoAnswer(smtplib.SMTPServerDisconnected):
    """What came was no answer, or had no end."""


class SessionEnded(smtplib.SMTPException):
    """The server has ended the session before it took anything of a message."""


class Line:
    """The connection below a dialogue."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.is_cut = False
        """Whether everything that waits for it fails."""
        self.has_text = False
        """Whether the server has the whole text of the message, and is to answer it."""

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect; raises OSError, also if the line was cut meanwhile."""
        connected = socket.create_connection((host, port), ABANDONED)
        # A duplicate: TLS takes the socket over.
        self._socket = connected.dup()
        if self.is_cut:
            connected.close()
            self.close()
            raise ConnectionAbortedError("the connection came too late")
        return connected

    def cut(self) -> None:
        """Make everything fail that waits for this line, now or later. For any thread."""
        self.is_cut = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Free the socket."""
        if self._socket is not None:
            self._socket.close()


class Dialogue(smtplib.SMTP):
    """A dialogue over a line; connected when it is made. Raises as smtplib does.

    With `tls`, the line is encrypted from the start. After an error, `is_open` says whether the
    server is ready for another message.
    """

    def __init__(self, line: Line, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        self._line = line
        self._tls = tls
        self._code = 0
        super().__init__(host, port)

    @property
    def is_open(self) -> bool:
        """Whether the server is ready for a message."""
        return self.sock is not None and not self._line.is_cut

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """smtplib's place for other kinds of sockets."""
        del timeout
        connected = self._line.connect(host, port)
        if self._tls is None:
            return connected
        try:
            return self._tls.wrap_socket(connected, server_hostname=host)
        except BaseException:
            self._line.close()
            raise

    def close(self) -> None:
        """Close the connection, whatever the server says."""
        super().close()
        self._line.close()

    def getreply(self) -> tuple[int, bytes]:
        """Code and text of the next answer. The dialogue ends (SMTPException) with 421, with what
        is no answer, and with one that breaks off or has no end.

        All lines of an answer have one code: the first one says that a message was accepted,
        whatever becomes of the others.
        """
        before, self._code = self._code, 0
        self._line.has_text = before == TEXT_WANTED
        lines: list[bytes] = []
        while len(lines) < MOST_LINES:
            line = self._read_line()
            found = _ANSWER.match(line)
            if found is None:
                break
            self._code = int(found[1])
            lines.append(line[4:].strip())
            if not line.endswith(b"\n"):
                break
            if found[2] != b"-":
                return self._answer(b"\n".join(lines))
        self.close()
        if before == TEXT_WANTED and _is_positive(self._code):
            return self._code, b"\n".join(lines)
        fault = _fault(line, lines)
        raise NoAnswer(fault) if line or lines else smtplib.SMTPServerDisconnected(fault)

    def _read_line(self) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        if self.file is None:
            self.file = self.sock.makefile("rb")
        try:
            return bytes(self.file.readline(LONGEST_LINE))
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"the connection broke: {error}") from error

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Begin a message. Raises SessionEnded, from what was raised before, if the server takes no
        more of them over this line.
        """
        try:
            return super().mail(sender, options)
        except NoAnswer:
            raise
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException) as error:
            raise SessionEnded from error

    def _answer(self, text: bytes) -> tuple[int, bytes]:
        if self._code == CLOSING:
            self.close()
            raise smtplib.SMTPResponseException(self._code, text)
        return self._code, text

    def data(self, msg: ReadableBuffer | str) -> tuple[int, bytes]:
        """Send the text of a message; any positive answer to it is 250."""
        try:
            code, said = super().data(msg)
        except smtplib.SMTPDataError:
            # The text is not wanted: smtplib resets after all other refusals.
            with suppress(smtplib.SMTPServerDisconnected):
                self.rset()
            raise
        return (250 if _is_positive(code) else code), said

    def rset(self) -> tuple[int, bytes]:
        """Forget the message that was refused; a server that does not do so gets no other one."""
        code, said = super().rset()
        if not _is_positive(code):
            self.close()
        return code, said


def _is_positive(code: int) -> bool:
    return 200 <= code < 300


def _fault(line: bytes, lines: list[bytes]) -> str:
    """Why the last line ends the dialogue."""
    if not line:
        return "the connection was closed"
    if lines:
        return "an answer without end"
    return f"not an answer: {line[:80].decode(errors='replace').strip()!r}"
