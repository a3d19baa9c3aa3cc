"""Ports for servers that are told theirs, and begin to listen later."""

from __future__ import annotations

import errno
import itertools
import random
import socket
from pathlib import Path

_GIVEN_OUT = Path("/proc/sys/net/ipv4/ip_local_port_range")
_FIRST = 10_000


def _of_nobody() -> range:
    """Ports that the system gives to nobody by itself: one of the others may be taken by any
    connection, until the server listens.
    """
    try:
        end = int(_GIVEN_OUT.read_text(encoding="ascii").split()[0])
    except OSError:
        end = 32_768
    return range(_FIRST, max(end, _FIRST + 1000))


_PORTS = _of_nobody()
# Tests run in several processes: each begins elsewhere.
_next = itertools.count(random.SystemRandom().randrange(len(_PORTS)))


def free_port() -> int:
    """One that nobody listens on; never the same again."""
    for number in _next:
        port = _PORTS[number % len(_PORTS)]
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return port
    raise AssertionError("not reached")
