"""How far two people agree on the labelled pages: what a program can reach at most.

`benchmarks/training/second` holds pages that a second person labelled without seeing the first
one's labels. The second labels are compared with the first as if a program had given them. Mentions
are compared as they are marked, values by the scorer of event records, where its folder is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.events.events import score_records
from benchmarks.measuring.table import Section, Table
from indexer.records.labels import employed_by
from radar.training.marked_pages import read_folder

TRAINING = Path(__file__).parents[1] / "training"

Record = Mapping[str, Any]
Mention = tuple[Any, ...]

MENTIONS: Mapping[str, Callable[[Record], Iterable[Mention]]] = {
    "bodies": lambda page: ((o["surface"],) for o in page["_orgs"]),
    "bodies with their role": lambda page: ((o["surface"], o["role"]) for o in page["_orgs"]),
    "organisers": lambda page: _with_role(page, "organiser"),
    "participating bodies": lambda page: _with_role(page, "participant"),
    "employers with their person": lambda page: (
        (o["surface"], person) for o in page["_orgs"] for person in employed_by(o)
    ),
    "persons": lambda page: ((p["surface"],) for p in page["_persons"]),
    "mentions of events": lambda page: ((e["surface"],) for e in page["_events"]),
}
"""What is compared, as it is marked in the text."""


def _with_role(page: Record, role: str) -> Iterable[Mention]:
    return ((o["surface"],) for o in page["_orgs"] if o["role"] == role)


def benchmark(gold: Path | None = None, folder: Path = TRAINING) -> Section:
    """F1 of the second labels by the first, for mentions and (with a scorer) for values."""
    second = {page["id"]: page for page in read_folder(folder / "second")}
    first = [page for page in read_folder(folder / "events") if page["id"] in second]
    section = Section("agreement", f"Agreement of two people on {len(first)} labelled pages")
    languages = sorted({page["lang"] for page in first})
    section.parts.append(_mentions(first, second, languages))
    if gold is not None:
        section.parts.append(_values(first, second, languages, gold / "score_events.py"))
    section.notes.append(
        "F1 of the second person's labels by the first one's; a mention counts where it is marked"
        " over the same words. No program does better than people agree."
    )
    section.notes.append(
        "Who took part and who only employs somebody was settled afterwards by one person in both:"
        " of these fields it is no measure of two people who know nothing of each other."
    )
    return section


def _mentions(
    first: Sequence[Record], second: Mapping[str, Record], languages: Sequence[str]
) -> Table:
    rows = []
    for name, mentions in MENTIONS.items():
        shares = [
            _f1((Counter(mentions(page)), Counter(mentions(second[page["id"]]))) for page in part)
            for part in (first, *(_of(first, lang) for lang in languages))
        ]
        number = sum(len(list(mentions(page))) for page in first)
        rows.append((name, *shares, str(number)))
    return Table(("marked", "all", *languages, "n"), tuple(rows), "mentions")


def _values(
    first: Sequence[Record], second: Mapping[str, Record], languages: Sequence[str], scorer: Path
) -> Table:
    scores = {"all": score_records(first, list(second.values()), scorer)}
    for lang in languages:
        part = _of(first, lang)
        scores[lang] = score_records(part, [second[page["id"]] for page in part], scorer)
    rows = [
        (
            name,
            *(_share(score["fields"].get(name, {}).get("f1")) for score in scores.values()),
            f"{values['gold']:g}",
        )
        for name, values in scores["all"]["fields"].items()
    ]
    rows.append(("macro", *(_share(score["macro_f1"]) for score in scores.values()), ""))
    return Table(("field", *scores, "n"), tuple(rows), "values of events")


def _of(pages: Sequence[Record], lang: str) -> list[Record]:
    return [page for page in pages if page["lang"] == lang]


def _f1(pairs: Iterable[tuple[Counter[Mention], Counter[Mention]]]) -> str:
    same = given = 0
    for labels, others in pairs:
        same += sum((labels & others).values())
        given += labels.total() + others.total()
    return _share(2 * same / given if given else None)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
