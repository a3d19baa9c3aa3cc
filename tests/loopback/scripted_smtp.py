"""An SMTP server on loopback that follows a script: what it does at each step of the dialogue.

A message counts as received as soon as the server has decided to answer its text with 250.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import cycle, repeat
from typing import Literal, get_args

Step = Literal["banner", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "text", "RSET", "QUIT"]
"""`text` is the end of a message's text."""
STEPS: tuple[Step, ...] = get_args(Step)

ANSWERS: Mapping[Step, str] = {
    "banner": "220 here",
    "EHLO": "250 here",
    "STARTTLS": "220 go on",
    "AUTH": "235 welcome",
    "MAIL": "250 yes",
    "RCPT": "250 yes",
    "DATA": "354 go on",
    "text": "250 taken",
    "RSET": "250 yes",
    "QUIT": "221 bye",
}
"""What a good server answers."""

PACE = 0.05
"""Seconds between two pieces of a trickle."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the server does in place of a good answer."""

    kind: Literal["answer", "silence", "lines", "flood", "bytes", "drop"]
    """An answer; none at all; lines of one answer without end, slowly or as fast as it goes; one
    byte after the other, without an end of line; the end of the connection.
    """
    text: str = ""
    pause: float = 0.0
    """Seconds before it is done."""
    then_drop: bool = False
    """The connection ends after it."""


SILENCE, DROP = Act("silence"), Act("drop")


def answer(text: str, *, pause: float = 0.0) -> Act:
    """This answer, whatever it may be."""
    return Act("answer", text, pause)


Script = Mapping[tuple[Step, int], Act]
"""Step, and for the how-manieth time it is come to (from 1; 0: each time) → what is done then."""


@dataclass
class ScriptedSmtp:
    """The script, and what came of it."""

    script: Script = field(default_factory=dict)
    features: tuple[str, ...] = ()
    """What EHLO offers, such as `AUTH PLAIN`."""
    tls: ssl.SSLContext | None = None
    """For STARTTLS; without one, the server says nothing more after it."""
    port: int = 0
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    """All of them; no text of messages."""
    received: list[EmailMessage] = field(default_factory=list)
    faulty: threading.Event = field(default_factory=threading.Event)
    """Set when the script is followed for the first time."""
    _counts: Counter[Step] = field(default_factory=Counter)
    _open: list[socket.socket] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Setting that delivers here."""
        return f"smtp://127.0.0.1:{self.port}"

    def message_ids(self) -> list[str]:
        """Message-IDs in the order of arrival."""
        return [m["Message-ID"] for m in self.received]

    def mend(self) -> None:
        """From now on it is a good server."""
        self.script = {}

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the end."""
        while True:
            try:
                connected, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connected.dup())
            threading.Thread(target=self._talk, args=(connected,), daemon=True).start()

    def end(self) -> None:
        """End all connections."""
        self._over.set()
        for connected in self._open:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
            connected.close()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end of the server; whether it has come."""
        return self._over.wait(seconds)

    def act(self, step: Step) -> Act:
        """What is done at this step, now."""
        self._counts[step] += 1
        found = self.script.get((step, self._counts[step])) or self.script.get((step, 0))
        if found is not None:
            self.faulty.set()
        elif step == "EHLO":
            lines = ["here", *self.features]
            return answer(
                "\r\n".join([f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"])
            )
        return found or answer(ANSWERS[step])

    def _talk(self, connected: socket.socket) -> None:
        conversation = _Conversation(self, connected)
        with contextlib.suppress(OSError):
            conversation.hold()
        conversation.close()


class _Conversation:
    """One connection."""

    def __init__(self, server: ScriptedSmtp, connected: socket.socket) -> None:
        self.server = server
        self.socket = connected
        self.lines = connected.makefile("rb")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.lines.close()
        self.socket.close()

    def hold(self) -> None:
        """Talk until one of both ends it."""
        self._play(self.server.act("banner"))
        while line := self.lines.readline():
            command = line.decode(errors="replace").strip()
            self.server.commands.append(command)
            verb = command.partition(" ")[0].upper()
            step = next((s for s in STEPS if s == verb), None)
            if step is None:
                self._say("502 what?")
                continue
            act = self.server.act(step)
            self._play(act)
            if step == "QUIT":
                return
            if step == "STARTTLS" and act.text.startswith("220"):
                self._encrypt()
            if step == "DATA" and act.text.startswith("354"):
                self._take()

    def _take(self) -> None:
        """Read a message up to the line with a dot, and answer it."""
        text = b""
        for line in iter(self.lines.readline, b".\r\n"):
            if not line:
                raise ConnectionError("the client is gone")
            text += line.removeprefix(b".")
        act = self.server.act("text")
        if act.text.startswith("250"):
            self.server.received.append(message_from_bytes(text, policy=policy.default))
        self._play(act)

    def _encrypt(self) -> None:
        if self.server.tls is None:
            self.server.wait()
            return
        self.lines.close()
        self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
        self.lines = self.socket.makefile("rb")

    def _play(self, act: Act) -> None:
        """Do what the script says; ConnectionError where it ends the conversation."""
        if self.server.wait(act.pause):
            raise ConnectionError("the server ends")
        if act.kind == "answer":
            self._say(act.text)
            if not act.text.startswith("421") and not act.then_drop:
                return
        elif act.kind == "silence":
            self.server.wait()
        else:
            pace = 0.0 if act.kind == "flood" else PACE
            for piece in _pieces(act):
                self.socket.sendall(piece)
                if self.server.wait(pace):
                    break
        raise ConnectionError("the script ends here")

    def _say(self, text: str) -> None:
        self.socket.sendall(f"{text}\r\n".encode())


def _pieces(act: Act) -> Iterator[bytes]:
    """What is sent of an answer without end, piece by piece."""
    line = f"{act.text}\r\n".encode()
    if act.kind == "lines":
        yield from repeat(line)
    elif act.kind == "flood":
        yield from repeat(line * 1000)
    elif act.kind == "bytes":
        yield from (bytes([byte]) for byte in cycle(act.text.encode()))


@contextmanager
def scripted_smtp(
    script: Script | None = None,
    *,
    features: tuple[str, ...] = (),
    tls: ssl.SSLContext | None = None,
) -> Iterator[ScriptedSmtp]:
    """Run a server on a free port of 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = ScriptedSmtp(script or {}, features, tls, port)
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            server.end()
