"""Loading what needs no encryption without OpenSSL, which takes 5 MiB of a process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

_OPENSSL = ("_ssl", "_hashlib")
_LOAD_IT = ("ssl", "hashlib", "asyncio")
"""The library's modules that load it where it is there, and do without it where it is not."""


@contextmanager
def without_openssl() -> Iterator[None]:
    """While a command is loaded that makes no connection of its own: hashes are Python's then, and
    `asyncio`, which the database layer loads, makes no encrypted connections. Who needs `ssl`
    afterwards (a cluster at https) loads it as ever. In a process that has it already nothing
    changes.
    """
    if sys.modules.keys() & {*_OPENSSL, *_LOAD_IT}:
        yield
        return
    for name in _OPENSSL:
        sys.modules[name] = cast("ModuleType", None)  # documented: None makes an import fail
    try:
        yield
    finally:
        for name in _OPENSSL:
            del sys.modules[name]
