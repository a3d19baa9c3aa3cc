"""Decodes the content encoding of a body, with a size limit and a check of the end mark. Pure.

Requests accept gzip and deflate only: each further encoding would be one more way to send a bomb,
for a few per cent less traffic.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from indexer.records.errors import ResponseRejected

ACCEPT_ENCODING = "gzip, deflate"

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS
_STEP = 1 << 20
"""Bytes that are decompressed at a time."""


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
    pieces: list[bytes] = []
    rest = body
    while rest:
        decoder = zlib.decompressobj(window)
        try:
            _unpack(decoder, rest, pieces, limit)
        except zlib.error:
            # Some servers declare plain text as gzip, or append rubbish to a whole stream.
            if not any(pieces) and not is_gzip(body):
                return Decoded(body, complete=True)
            return Decoded(b"".join(pieces), complete=window == _GZIP and rest is not body)
        if not decoder.eof:
            return Decoded(b"".join(pieces), complete=False)
        rest = decoder.unused_data.lstrip(b"\0") if window == _GZIP else b""
    return Decoded(b"".join(pieces), complete=True)


def _unpack(decoder: zlib._Decompress, packed: bytes, pieces: list[bytes], limit: int) -> None:
    """Append the decoded pieces, one step at a time: a bomb is noticed before it fills memory."""
    size = sum(map(len, pieces))
    while not decoder.eof:
        piece = decoder.decompress(packed, _STEP)
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise ResponseRejected(f"larger than {limit} bytes when decompressed")
        if len(piece) < _STEP:
            return
        packed = decoder.unconsumed_tail
