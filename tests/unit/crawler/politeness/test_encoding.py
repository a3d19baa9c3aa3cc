from __future__ import annotations

import gzip
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.politeness.encoding import MOST_MEMBERS, decode, gunzip
from indexer.records.errors import ResponseRejected

TEXT = b"Rohstoffdialog " * 400


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),
        ("GZIP", gzip.compress(TEXT, mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0)),
        ("gzip", TEXT),
    ],
)
def test_whole_bodies(encoding: str, body: bytes) -> None:
    decoded = decode(body, encoding, limit=1 << 20)
    assert decoded.body == TEXT
    assert decoded.complete


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_half_bodies_are_told(encoding: str) -> None:
    whole = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    decoded = decode(whole[: len(whole) - 9], encoding, limit=1 << 20)
    assert not decoded.complete
    assert TEXT.startswith(decoded.body)


def test_bombs_and_strange_encodings_are_refused() -> None:
    bomb = gzip.compress(b"\0" * 5_000_000)
    with pytest.raises(ResponseRejected, match="larger than"):
        gunzip(bomb, limit=1 << 20)
    with pytest.raises(ResponseRejected, match="larger than"):
        decode(gzip.compress(bomb), "gzip, gzip", limit=1 << 20)
    with pytest.raises(ResponseRejected, match="br"):
        decode(b"\x1b", "br", limit=1 << 20)


def test_many_members_are_read_and_too_many_refused() -> None:
    # Each copied what stands behind it: a megabyte of empty ones took minutes.
    empty = gzip.compress(b"")
    members = b"".join(gzip.compress(b"%d;" % number) + b"\0" for number in range(300))
    decoded = gunzip(members + empty * 300, limit=1 << 20)
    assert decoded.complete
    assert decoded.body == b"".join(b"%d;" % number for number in range(300))
    with pytest.raises(ResponseRejected, match="members"):
        gunzip(empty * (MOST_MEMBERS + 1), limit=1 << 20)


@pytest.mark.parametrize("size", [1 << 14, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_what_ends_with_a_step_is_whole(size: int) -> None:
    noise = random.Random(size).randbytes(size // 2)
    for content in (b"\0" * size, noise + b"\0" * (size - len(noise))):
        decoded = gunzip(gzip.compress(content), limit=4 << 20)
        assert decoded.complete
        assert decoded.body == content


@given(st.binary(max_size=60), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
@settings(max_examples=150)
def test_rubbish_never_raises(body: bytes, encoding: str) -> None:
    for sent in (body, b"\x1f\x8b\x08" + body):
        assert len(decode(sent, encoding, limit=1 << 16).body) <= 1 << 16
