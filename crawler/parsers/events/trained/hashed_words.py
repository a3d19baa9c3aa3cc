"""Words as measures: hashed to numbers, so that no list of words is kept."""

from __future__ import annotations

from zlib import crc32

HASHED = "word."
"""What the names of these measures begin with."""
_BUCKETS = 1024
"""Numbers that words are hashed to."""
_CLUSTER_BUCKETS = 2048
"""The same for clusters of words."""


def hashed(text: str) -> str:
    """Name of the measure of a word in its place."""
    return f"{HASHED}{crc32(text.encode()) % _BUCKETS}"


def hashed_cluster(text: str) -> str:
    """Name of the measure of a cluster of words in its place."""
    return f"{HASHED}c{crc32(text.encode()) % _CLUSTER_BUCKETS}"
