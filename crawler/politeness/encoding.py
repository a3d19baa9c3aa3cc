"""Decodes the content encoding of a body, with a size limit and a check of the end mark. Pure.

Requests accept gzip and deflate only: each further encoding would be one more way to send a bomb,
for a few per cent less traffic.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from indexer.records.errors import ResponseRejected

ACCEPT_ENCODING = "gzip, deflate"

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS
_STEP = 1 << 20
"""Bytes that are decompressed at a time."""
_WINDOW = 1 << 14
"""Bytes that a stream is given at a time."""
MOST_MEMBERS = 10_000
"""Members of gzip data: what is written in blocks has some hundred, of nothing are more made."""
_PADDING = re.compile(rb"\0*")
"""Between members, and behind the last one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without its encoding."""

    body: bytes
    complete: bool
    """False: the encoded stream ends before its end mark, or is damaged."""


def decode(body: bytes, encodings: str, *, limit: int) -> Decoded:
    """Undo `Content-Encoding`; raises ResponseRejected if it is unknown or the result too large."""
    complete = True
    for name in reversed([e.strip().lower() for e in encodings.split(",")]):
        if name in ("", "identity") or not body:
            continue
        if name in ("gzip", "x-gzip"):
            step = gunzip(body, limit=limit)
        elif name == "deflate":
            step = _inflate(body, _ZLIB if _is_zlib(body) else _RAW, limit)
        else:
            raise ResponseRejected(f"content encoding {name!r} was not asked for")
        body, complete = step.body, complete and step.complete
    return Decoded(body, complete)


def gunzip(body: bytes, *, limit: int) -> Decoded:
    """Decompress gzip data of one or more members, at most `limit` bytes (ResponseRejected)."""
    return _inflate(body, _GZIP, limit)


def is_gzip(body: bytes) -> bool:
    """Whether the body starts like gzip data."""
    return body.startswith(b"\x1f\x8b\x08")


def _is_zlib(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _inflate(body: bytes, window: int, limit: int) -> Decoded:
    content = bytearray()
    start, members = 0, 0
    while start < len(body):
        members += 1
        if members > MOST_MEMBERS:
            raise ResponseRejected(f"more than {MOST_MEMBERS} gzip members")
        decoder = zlib.decompressobj(window)
        try:
            end = _unpack(decoder, memoryview(body)[start:], content, limit) + start
        except zlib.error:
            # Some servers declare plain text as gzip, or append rubbish to a whole stream.
            if not content and not is_gzip(body):
                return Decoded(body, complete=True)
            return Decoded(bytes(content), complete=window == _GZIP and start > 0)
        if not decoder.eof:
            return Decoded(bytes(content), complete=False)
        start = _behind_padding(body, end) if window == _GZIP else len(body)
    return Decoded(bytes(content), complete=True)


def _unpack(decoder: zlib._Decompress, packed: memoryview, content: bytearray, limit: int) -> int:
    """Append what a stream holds, one step at a time: a bomb is noticed before it fills memory.
    Returns where the stream ends, as far as there is any.

    It gets a window at a time: it copies all that stands behind its end, and a body may be a
    hundred thousand streams.
    """
    taken = 0
    while not decoder.eof and taken < len(packed):
        given: bytes | memoryview = packed[taken : taken + _WINDOW]
        taken += len(given)
        while not decoder.eof:
            piece = decoder.decompress(given, _STEP)
            content += piece
            if len(content) > limit:
                raise ResponseRejected(f"larger than {limit} bytes when decompressed")
            if len(piece) < _STEP:
                break
            given = decoder.unconsumed_tail
    return taken - len(decoder.unused_data)


def _behind_padding(body: bytes, position: int) -> int:
    padding = _PADDING.match(body, position)
    return padding.end() if padding is not None else position
