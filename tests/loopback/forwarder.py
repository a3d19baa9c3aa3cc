"""An address under which a server on loopback is reached, until it is cut off.

Whoever asks then sees what they would see of a server that has ended: connections break, and new
ones are refused. The server itself lives on, which saves the half minute in which it would start.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Forwarder:
    """Passes connections to its own port on to a server's, in threads."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._listen()

    def restore(self) -> None:
        """Let connections through again, under the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listen()

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits at it
            one.close()
        self._open.clear()

    def _listen(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it was closed
            while True:
                caller, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server))
                self._open |= {caller, server}
                for ends in ((caller, server), (server, caller)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, origin: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := origin.recv(65_536):
                target.sendall(data)
        for one in (origin, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
            self._open.discard(one)


@contextlib.contextmanager
def forwarder(server: int) -> Iterator[Forwarder]:
    """An address of its own for the server at a port of 127.0.0.1."""
    road = Forwarder(server)
    try:
        yield road
    finally:
        road.cut()
