"""Article text: our reader beside trafilatura and readability-lxml, on the same labelled pages.

Data sets are folders laid out as the article-extraction-benchmark (news) or as wcxb-dev (pages of
seven types). A third of the hosts of each is set aside: no rule was written and nothing learnt from
their pages. The metric is that of the article-extraction-benchmark: shingles of four words;
precision and recall are means over pages, F1 is taken of the two means; exact is the share of pages
whose words are all right and no more.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.measuring.children import ChildError, python, run_child
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section, Table
from benchmarks.pages import publication
from benchmarks.pages.labelled_kinds import LabelledPage, labelled_pages

OURS = ("our article reader", "our whole record")
PEERS = (
    "trafilatura",
    "trafilatura favor_precision",
    "trafilatura with metadata",
    "readability-lxml",
)
TYPED = ("our article reader", "trafilatura", "readability-lxml")
"""Readers of pages of all types."""
PASSES = 2
QUICK_PAGES = 15
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TextScore:
    """What a reader came to on all pages."""

    f1: float
    precision: float
    recall: float
    exact: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a reader gave for the pages of a corpus, in their order."""

    texts: tuple[str, ...]
    seconds: float
    """Processor time of all pages, and of a bare parse of each."""
    parses: float
    peak: float
    """MiB."""


def benchmark(corpus: Path | None, typed: Path | None, peers: Peers, *, quick: bool) -> Section:
    """Every reader over the same pages; `quick` takes a few."""
    section = Section("text", "Article text: labelled pages")
    missing = peers.missing("scrapy")
    if corpus is not None:
        pages = _labelled(corpus, quick=quick)
        readers = (*OURS, *(() if missing else PEERS))
        section.parts.append(_news_table(pages, readers, peers, section.notes))
        section.parts.append(publication.table(corpus, len(pages)))
    if typed is not None:
        readers = tuple(name for name in TYPED if name in OURS or not missing)
        pages = _labelled(typed, quick=quick)
        section.parts.append(_types_table(pages, readers, peers, section.notes))
    section.notes.append(
        "Open, aside: F1 on hosts that were open to whoever wrote the rules, and on those that"
        " were set aside. xl: processor time in bare lxml parses of the same page, timed beside it"
        f" in the same process, the shorter of {PASSES} readings. Our article reader includes"
        " metadata; our"
        " whole record adds dates, names and events."
    )
    if missing:
        section.notes.append(missing)
    return section


def _labelled(corpus: Path, *, quick: bool) -> list[LabelledPage]:
    pages = [page for page in labelled_pages(corpus) if page.text is not None]
    return pages[: QUICK_PAGES if quick else None]


def _news_table(
    pages: Sequence[LabelledPage], readers: Sequence[str], peers: Peers, notes: list[str]
) -> Table:
    rows = []
    for name, read in _readings(pages, readers, peers, PASSES, notes):
        score = _score(pages, read.texts)
        parts = (_score(pages, read.texts, aside=aside) for aside in (False, True))
        rows.append(
            (
                name,
                f"{score.f1:.4f}",
                *(f"{part.f1:.4f}" for part in parts),
                f"{score.precision:.4f}",
                f"{score.recall:.4f}",
                f"{score.exact:.3f}",
                f"{read.seconds / read.parses:.1f}",
                f"{1000 * read.seconds / len(pages):.1f}",
                f"{read.peak:.0f}",
            )
        )
    columns = ("reader", "F1", "open", "aside", "precision", "recall", "exact", "xl")
    return Table((*columns, "CPU-ms/page", "peak MiB"), tuple(rows), f"{len(pages)} news pages")


def _types_table(
    pages: Sequence[LabelledPage], readers: Sequence[str], peers: Peers, notes: list[str]
) -> Table:
    """F1 of each type of page."""
    readings = dict(_readings(pages, readers, peers, 1, notes))
    kinds = sorted({page.type for page in pages})
    rows = [
        (
            kind,
            *(str(sum(p.type == kind and p.aside == aside for p in pages)) for aside in _PARTS),
            *(
                f"{_score(pages, read.texts, aside=aside, kind=kind).f1:.4f}"
                for read in readings.values()
                for aside in _PARTS
            ),
        )
        for kind in kinds
    ]
    columns = [f"{name} {part}" for name in readings for part in ("open", "aside")]
    return Table(
        ("labelled", "pages open", "aside", *columns),
        tuple(rows),
        f"{len(pages)} pages of {len(kinds)} types, F1",
    )


_PARTS = (False, True)


def _score(
    pages: Sequence[LabelledPage],
    texts: Sequence[str],
    *,
    aside: bool | None = None,
    kind: str | None = None,
) -> TextScore:
    """The score on all pages, or on those of a part and a type."""
    return score_texts(
        (page.text or "", text)
        for page, text in zip(pages, texts, strict=True)
        if aside in (None, page.aside) and kind in (None, page.type)
    )


def _readings(
    pages: Sequence[LabelledPage],
    readers: Sequence[str],
    peers: Peers,
    passes: int,
    notes: list[str],
) -> Iterator[tuple[str, _Reading]]:
    """What each reader gives; of one that fails, a note."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "pages.jsonl"
        given.write_text(
            "".join(json.dumps({"url": p.url, "file": str(p.file)}) + "\n" for p in pages), "utf-8"
        )
        for name in readers:
            # Ours imports the checkout's packages: a module of it. A peer's interpreter has none.
            command = python("-m", "benchmarks.pages.article_readers")
            if name not in OURS:
                script = Path(__file__).with_name("article_readers.py")
                command = [str(peers.python("scrapy")), "-P", str(script)]
            try:
                done = run_child([*command, name, str(given), str(passes)])
            except ChildError as error:
                notes.append(f"{name} failed: {error}")
                continue
            lines = [json.loads(line) for line in done.output.split("\n") if line]
            yield (
                name,
                _Reading(
                    tuple(line["text"] for line in lines),
                    sum(line["seconds"] for line in lines),
                    sum(line["parse"] for line in lines),
                    done.peak,
                ),
            )


def score_texts(pages: Iterable[tuple[str, str]]) -> TextScore:
    """Score pairs of the right text and the text that was read."""
    precisions, recalls, exact = [], [], []
    for right, read in pages:
        want, got = _shingles(right), _shingles(read)
        both = (want & got).total()
        if got:
            precisions.append(both / got.total())
        if want:
            recalls.append(both / want.total())
        exact.append(_WORD.findall(right) == _WORD.findall(read))
    precision = mean(precisions) if precisions else 0.0
    recall = mean(recalls) if recalls else 0.0
    total = precision + recall
    return TextScore(
        2 * precision * recall / total if total else 0.0,
        precision,
        recall,
        mean(exact) if exact else 0.0,
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)
