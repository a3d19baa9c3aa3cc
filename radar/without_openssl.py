"""Loading what needs no encryption without OpenSSL, which takes 5 MiB of a process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from indexer.module_loading import as_if_missing

_OPENSSL = ("_ssl", "_hashlib")
_LOAD_IT = ("ssl", "hashlib", "asyncio")
"""The library's modules that load it where it is there, and do without it where it is not."""
_SHA2 = ("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512")
_HASHES = ("_md5", "_sha1", *_SHA2, "_sha3", "_blake2")
"""Python's own, of which a build may lack some (--with-builtin-hashlib-hashes): Red Hat's does."""


@contextmanager
def without_openssl() -> Iterator[None]:
    """While a command is loaded that makes no connection of its own: hashes are Python's then, and
    `asyncio`, which the database layer loads, makes no encrypted connections. Who needs `ssl`
    afterwards (a cluster at https) loads it as ever. In a process that has it already nothing
    changes, nor where Python has no hashes of its own.
    """
    if sys.modules.keys() & {*_OPENSSL, *_LOAD_IT} or not all(map(find_spec, _HASHES)):
        yield
        return
    with as_if_missing(_OPENSSL):
        yield
