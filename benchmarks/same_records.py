"""Do two versions of the program read the same records? The check behind every pure refactoring.

usage:
  python -m benchmarks.same_records pages CORPORA GOLD > pages.jsonl
  radar parse pages.jsonl > before.jsonl      # with the old version
  radar parse pages.jsonl > after.jsonl       # with the new version
  python -m benchmarks.same_records compare before.jsonl after.jsonl

`pages` writes one line for `radar parse` for every page below the two folders: each
`html/*.gz` of CORPORA, each line of GOLD's `*.jsonl`. The order is fixed, so that two
outputs can be compared line by line. `compare` prints each page whose record differs,
with the keys that do, and exits with 1 if there is one.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

SHOWN = 40
"""Differing pages printed; the count is always whole."""


def pages(corpora: Path, gold: Path) -> Iterator[dict[str, Any]]:
    """One input of `radar parse` for every page: saved HTML first, labelled texts after it."""
    for file in sorted(corpora.glob("**/html/*.gz")):
        html = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        yield {"id": str(file.relative_to(corpora)), "html": html}
    for file in sorted(gold.glob("**/*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            identifier = f"{file.relative_to(gold)}:{number}"
            yield {**json.loads(line), "id": identifier}


def compare(before: Path, after: Path) -> int:
    """Print what differs between two outputs; the number of pages whose records differ."""
    count = differing = 0
    with before.open("rb") as old_lines, after.open("rb") as new_lines:
        for old, new in zip_longest(old_lines, new_lines):
            count += 1
            if old != new:
                differing += 1
                if differing <= SHOWN:
                    print(describe_difference(old, new))
    print(f"{count} records, {differing} differ")
    return differing


def describe_difference(old: bytes | None, new: bytes | None) -> str:
    """The page and the keys whose values differ; bytes alone where the values are equal."""
    if old is None or new is None:
        return f"only {'after' if old is None else 'before'}: {json.loads(old or new or b'')['id']}"
    was, now = json.loads(old), json.loads(new)
    keys = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
    return f"{was.get('id')}: {', '.join(keys) or 'same values, other bytes'}"


def main(arguments: list[str]) -> int:
    """Run the named half of the check."""
    match arguments:
        case ["pages", corpora, gold]:
            for page in pages(Path(corpora), Path(gold)):
                sys.stdout.write(json.dumps(page, ensure_ascii=False) + "\n")
            return 0
        case ["compare", before, after]:
            return 1 if compare(Path(before), Path(after)) else 0
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
