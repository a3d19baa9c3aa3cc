"""How often the values of each rule are right on the labelled texts, and how many of them count as
sure.

usage: python -m tests.quality.rule_confidence [LABELLED.jsonl PARSED.jsonl]...

Without files the own texts are read now: the rules were written with most of them in view. With
files, labelled texts and what `radar parse` gave for them, so that readings of earlier versions can
be counted on texts that were new to them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from crawler.parsers.events.assembly.confidence import SURE
from tests.quality.event_scores import LISTS, flat, paired, readings, rows, same

_INDEX = re.compile(r"events\[(\d+)\]\.(.+)")
_PERSON = re.compile(r"persons\[(\d+)\]\.(\w+)")
_LISTS = {field.path: field.name for field in LISTS}
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
            field = _PERSON.sub(r"persons.\2", path)
            yield Judged(field, mention["extractor"], mention["confidence"], right)


def answers(
    labels: list[dict[str, Any]], events: list[dict[str, Any]], mentions: Iterable[dict[str, Any]]
) -> Iterator[bool | None]:
    """Whether each value is labelled; None for what may be given or not, or is no value of an
    event.
    """
    twins = {id(event): label for label, event in paired(labels, events) if event is not None}
    for mention in mentions:
        found = _INDEX.fullmatch(mention["field"])
        event = events[int(found[1])] if found else {}
        label = twins.get(id(event))
        if found is None or found[2] == "status" or (label or {}).get("optional"):
            yield None
        else:
            yield _right(label, event, found[2], mention["value"], mention.get("surface"))


def _right(
    label: dict[str, Any] | None,
    event: dict[str, Any],
    field: str,
    value: Any,
    surface: str | None = None,
) -> bool | None:
    """Whether a value is labelled; None where it may be given or not."""
    if label is None:
        return False
    wanted = {**label, **label.get("place", {}), **label.get("participants", {})}
    person = _PERSON.fullmatch(field)
    if person:
        return _person_right(wanted, event["persons"][int(person[1])], person[2], value)
    if field in _LISTS:
        key = _LISTS[field]
        if any(same(_plain(o), value) for o in wanted.get(f"{key}_optional", [])):
            return None
        return any(same(_plain(w), value) for w in wanted.get(key, []))
    key = field.rpartition(".")[2]
    if key == "city" and surface and same(wanted.get("city_surface"), surface):
        return True
    return any(v and _alike(v, value) for v in (wanted.get(key), *wanted.get(f"{key}_alt", [])))


def _plain(labelled: Any) -> Any:
    """A country's code: some labels have it beside the words that name it."""
    return labelled["code"] if isinstance(labelled, dict) else labelled


def _alike(wanted: Any, value: Any) -> bool:
    return same(wanted, value) or str(wanted) == str(value)


def _person_right(wanted: dict[str, Any], person: Any, key: str, value: Any) -> bool | None:
    name = person["name"] if isinstance(person, dict) else person.name
    label = next((p for p in wanted.get("persons", []) if same(p["name"], name)), None)
    if label is None or key == "name":
        return label is not None
    if not label.get(key) and any(same(v, value) for v in label.get(f"{key}_alt", [])):
        return None
    return any(v and same(v, value) for v in (label.get(key), *label.get(f"{key}_alt", [])))


def own() -> Iterator[Judged]:
    """The values read from the own labelled texts."""
    found = readings()
    for row in rows():
        _, events, mentions = found[row["id"]]
        yield from judged(row["events"], [flat(e) for e in events], map(asdict, mentions))


def earlier(labelled: Path, parsed: Path) -> Iterator[Judged]:
    """The values in a file that `radar parse` wrote."""
    records = {r["id"]: r for r in _read(parsed)}
    for row in _read(labelled):
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


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main(paths: list[Path]) -> None:
    """Print the table and the two shares."""
    files = zip(paths[::_PAIRS], paths[1::_PAIRS], strict=True)
    values = [v for a, b in files for v in earlier(a, b)] if paths else list(own())
    print(*table(values), sep="\n")  # noqa: T201 - the output of a command
    share, right = coverage(values)
    print(f"sure: {share:.2f} of {len(values)} values, right {right:.3f}")  # noqa: T201 - the same


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]])
