"""Which pages of a labelled event set are set aside, so that rules are not written from them.

The choice: the hosts of the set (without `www.`) are ordered by the SHA-256 of their name, and the
first third is set aside with all its pages. Pages without an address (the seed) are never set
aside. Whoever writes rules reads the open part only; the part set aside is scored, and never read.

usage: python -m tests.quality.held_out GOLD.jsonl OPEN.jsonl ASIDE.jsonl
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from indexer.records.site import host


def hosts_aside(urls: Iterable[str | None]) -> set[str]:
    """The third of the hosts that is set aside."""
    hosts = sorted({host(url) for url in urls} - {""}, key=_rank)
    return set(hosts[: len(hosts) // 3])


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def split(
    records: list[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Open pages, and pages set aside."""
    aside = hosts_aside(record.get("url") for record in records)
    opened = [r for r in records if host(r.get("url")) not in aside]
    return opened, [r for r in records if host(r.get("url")) in aside]


def main(gold: Path, opened: Path, aside: Path) -> None:
    """Write the two parts of a labelled file."""
    records = [json.loads(line) for line in gold.read_text().splitlines() if line.strip()]
    for path, part in zip((opened, aside), split(records), strict=True):
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in part))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
