"""How often the values of each rule are right on the labelled texts, and how many of them count as
sure.

usage: python -m tests.quality.rule_confidence [LABELLED.jsonl PARSED.jsonl]...

Without files the own texts are read now: the rules were written with most of them in view. With
files, labelled texts and what `radar parse` gave for them, so that readings of earlier versions can
be counted on texts that were new to them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from indexer.records.document import SURE
from radar.training.shipped_pages import read_lines
from radar.training.value_answers import PERSON, answers, flat
from tests.quality.event_scores import readings, rows

_PAIRS = 2


class Judged(NamedTuple):
    """A value of a predicted event and whether a label says the same."""

    field: str
    rule: str
    confidence: float
    right: bool


def judged(
    labels: list[dict[str, Any]], events: list[dict[str, Any]], mentions: Iterable[dict[str, Any]]
) -> Iterator[Judged]:
    """The values of the events of one page; what a reader may list or not is left out."""
    values = list(mentions)
    for mention, right in zip(values, answers(labels, events, values), strict=True):
        if right is not None:
            path = mention["field"].partition(".")[2]
            field = PERSON.sub(r"persons.\2", path)
            yield Judged(field, mention["extractor"], mention["confidence"], right)


def own() -> Iterator[Judged]:
    """The values read from the own labelled texts."""
    found = readings()
    for row in rows():
        _, events, mentions = found[row["id"]]
        yield from judged(row["events"], [flat(e) for e in events], map(asdict, mentions))


def earlier(labelled: Path, parsed: Path) -> Iterator[Judged]:
    """The values in a file that `radar parse` wrote."""
    records = {r["id"]: r for r in read_lines(parsed)}
    for row in read_lines(labelled):
        record = records[row["id"]]
        events = [{**e, **e["place"], **e["participants"]} for e in record["events"]]
        yield from judged(row["events"], events, record["mentions"])


def coverage(values: Iterable[Judged]) -> tuple[float, float]:
    """Share of the values that count as sure, and share of these that are right."""
    every = list(values)
    sure = [v.right for v in every if v.confidence >= SURE]
    return len(sure) / len(every), sum(sure) / max(1, len(sure))


def table(values: Iterable[Judged]) -> Iterator[str]:
    """A line for each field and rule: right, read, and the share of right ones."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for value in values:
        counts[value.field, value.rule][0] += value.right
        counts[value.field, value.rule][1] += 1
    for (field, rule), (right, read) in sorted(counts.items()):
        yield f"{field:28} {rule:28} {right:4}/{read:<4} {right / read:.2f}"


def main(paths: list[Path]) -> None:
    """Print the table and the two shares."""
    files = zip(paths[::_PAIRS], paths[1::_PAIRS], strict=True)
    values = [v for a, b in files for v in earlier(a, b)] if paths else list(own())
    print(*table(values), sep="\n")  # noqa: T201 - the output of a command
    share, right = coverage(values)
    print(f"sure: {share:.2f} of {len(values)} values, right {right:.3f}")  # noqa: T201 - the same


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]])
