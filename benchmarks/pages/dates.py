"""Dates in running text: our reader beside dateparser.search_dates, same texts, same process.

usage: python -m benchmarks.pages.dates [TEXTS]

TEXTS is a JSON-lines file with `text`, `lang` and perhaps `reference_date` or `published`, and
perhaps `expressions` (labels: start, end, and from and to or in `alts` several that are right);
then value F1 is printed as well. Without it, articles are put together from the labelled sentences
of tests/quality/dates_own.jsonl. dateparser is given the language and the reference date; times are
CPU times, both tools in turn on each text.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dateparser.search import search_dates

from crawler.parsers.dates import DateReader
from indexer.records.reference import load_reference

OWN = Path(__file__).parents[2] / "tests" / "quality" / "dates_own.jsonl"
ARTICLE = 4_000  # characters of a generated article

Span = tuple[int, int, str | None, str | None]


@dataclass
class Score:
    """Sums of one tool in one language."""

    seconds: float = 0.0
    found: int = 0
    right: int = 0
    labels: int = 0
    characters: int = 0

    def add(
        self, found: list[Span], labels: list[dict[str, Any]], seconds: float, size: int
    ) -> None:
        """Count one text."""
        self.seconds += seconds
        self.found += len(found)
        self.labels += len(labels)
        self.characters += size
        free = list(found)
        for label in labels:
            accepted = label.get("alts") or [[label["from"], label["to"]]]
            for span in free:
                overlaps = span[0] < label["end"] and span[1] > label["start"]
                if overlaps and list(span[2:]) in accepted:
                    free.remove(span)
                    self.right += 1
                    break

    @property
    def speed(self) -> float:
        """Milliseconds for 1,000 characters."""
        return 1e6 * self.seconds / max(self.characters, 1)

    @property
    def value_f1(self) -> str:
        """Of right values, 1 = all and none too many; a stroke for texts without labels."""
        return f"{2 * self.right / (self.found + self.labels):.3f}" if self.labels else "-"


@dataclass
class Table:
    """Both tools by language."""

    ours: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    theirs: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))


def articles() -> list[dict[str, Any]]:
    """Texts of article length made of the labelled sentences, with shifted labels."""
    texts: list[dict[str, Any]] = []
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in OWN.read_text("utf-8").splitlines():
        record = json.loads(line)
        groups[record["lang"], record["reference_date"]].append(record)
    for (lang, reference), records in groups.items():
        article: dict[str, Any] = {"lang": lang, "reference_date": reference}
        article |= {"text": "", "expressions": []}
        for record in records:
            offset = len(article["text"])
            if offset + len(record["text"]) > ARTICLE:
                break
            article["text"] += record["text"] + "\n\n"
            article["expressions"] += [
                {**label, "start": label["start"] + offset, "end": label["end"] + offset}
                for label in record["expressions"]
            ]
        texts.append(article)
    return texts


def time_call(read: Callable[[], list[Span]]) -> tuple[list[Span], float]:
    """Result and CPU seconds."""
    begin = time.process_time()
    found = read()
    return found, time.process_time() - begin


def read_ours(reader: DateReader, record: dict[str, Any]) -> list[Span]:
    """Our reader."""
    reference = record.get("reference_date") or record.get("published")
    found = reader.find(record["text"], record.get("lang"), reference)
    return [(e.start, e.end, e.from_, e.to) for e in found]


def read_theirs(record: dict[str, Any]) -> list[Span]:
    """dateparser: the day that it gives for each hit, placed by searching its surface."""
    settings: dict[str, Any] = {}
    reference = record.get("reference_date") or record.get("published")
    if reference:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(reference[:10])
    languages = [record["lang"]] if record.get("lang") else None
    text, position = record["text"], 0
    spans: list[Span] = []
    for surface, moment in search_dates(text, languages=languages, settings=settings) or []:
        start = text.find(surface, position)
        if start >= 0:
            position = start + len(surface)
            day = moment.date().isoformat()
            spans.append((start, position, day, day))
    return spans


def main(path: Path | None) -> int:
    """Print the table; exit code 0."""
    lines = path.read_text("utf-8").splitlines() if path else []
    records = [json.loads(line) for line in lines if line.strip()] if path else articles()
    records = [record for record in records if record.get("text")]
    reader = DateReader(load_reference().languages)
    table = Table()
    for lang in {record.get("lang") for record in records}:
        warm = next(record for record in records if record.get("lang") == lang)
        read_ours(reader, warm)
        read_theirs(warm)
    for record in records:
        labels, size = record.get("expressions", []), len(record["text"])
        for lang in (record.get("lang") or "?", "all"):
            found, seconds = time_call(lambda record=record: read_ours(reader, record))  # type: ignore[misc]  # bound early
            table.ours[lang].add(found, labels, seconds, size)
            # bound early
            found, seconds = time_call(lambda record=record: read_theirs(record))  # type: ignore[misc]
            table.theirs[lang].add(found, labels, seconds, size)
    report(table)
    return 0


def report(table: Table) -> None:
    """One line for each language."""
    print(
        f"{'lang':5} {'chars':>8} | {'ours ms/1k':>10} {'hits':>5} {'value F1':>8} "
        f"| {'dateparser ms/1k':>16} {'hits':>5} {'value F1':>8} | times faster"
    )
    for lang in sorted(table.ours, key=lambda name: (name == "all", name)):
        ours, theirs = table.ours[lang], table.theirs[lang]
        ratio = theirs.seconds / max(ours.seconds, 1e-9)
        print(
            f"{lang:5} {ours.characters:8} | {ours.speed:10.2f} {ours.found:5} {ours.value_f1:>8} "
            f"| {theirs.speed:16.2f} {theirs.found:5} {theirs.value_f1:>8} | {ratio:.0f}"
        )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
