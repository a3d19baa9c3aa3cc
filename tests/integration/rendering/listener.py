"""An address that nobody may connect to, which counts who does all the same."""

from __future__ import annotations

import socket
import threading
from typing import Self


class Forbidden:
    """Accepts connections on 127.0.0.254, counts them, and hangs up."""

    def __enter__(self) -> Self:
        self.first_lines: list[bytes] = []
        self._server = socket.create_server(("127.0.0.254", 0))
        self.port = self._server.getsockname()[1]
        self.name = f"127.0.0.254:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.5)
                try:
                    self.first_lines.append(connection.recv(2000).split(b"\r\n", 1)[0])
                except OSError:
                    self.first_lines.append(b"")
