"""Article text: our reader beside trafilatura and readability-lxml, on the same labelled pages.

The data set is a folder laid out as the article-extraction-benchmark: ground-truth.json and
html/*.html.gz. Its metric: shingles of four words; precision and recall are means over pages, F1 is
taken of the two means; exact is the share of pages whose words are all right and no more.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks import publication
from benchmarks.children import ChildError, python, run_child
from benchmarks.peers import Peers
from benchmarks.table import Section, Table

OURS = ("our article reader", "our whole record")
PEERS = (
    "trafilatura",
    "trafilatura favor_precision",
    "trafilatura with metadata",
    "readability-lxml",
)
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


def benchmark(corpus: Path, peers: Peers, *, quick: bool) -> Section:
    """Every reader over the same pages; `quick` takes a few."""
    truth = json.loads((corpus / "ground-truth.json").read_text("utf-8"))
    keys = sorted(truth)[: QUICK_PAGES if quick else None]
    bodies = {key: str(truth[key]["articleBody"]) for key in keys}
    section = Section("text", f"Article text: {len(keys)} labelled pages")
    missing = peers.missing("scrapy")
    rows = []
    for name in (*OURS, *(() if missing else PEERS)):
        interpreter = python() if name in OURS else [str(peers.python("scrapy"))]
        try:
            rows.append(_row(name, interpreter, corpus, bodies))
        except ChildError as error:
            section.notes.append(f"{name} failed: {error}")
    columns = ("reader", "F1", "precision", "recall", "exact", "xl", "CPU-ms/page", "peak MiB")
    section.parts.append(Table(columns, tuple(rows)))
    section.parts.append(publication.table(corpus, len(keys)))
    section.notes.append(
        "xl: processor time in bare lxml parses of the same page, timed beside it in the same"
        f" process, the shorter of {PASSES} readings. Our article reader includes metadata; our"
        " whole record adds dates, names and events."
    )
    if missing:
        section.notes.append(missing)
    return section


def _row(
    name: str, interpreter: list[str], corpus: Path, bodies: Mapping[str, str]
) -> tuple[str, ...]:
    # Ours imports the checkout's packages: a module of it. A peer's interpreter has none of them.
    script = ["-m", "benchmarks.article_readers"]
    if name in PEERS:
        script = ["-P", str(Path(__file__).with_name("article_readers.py"))]
    done = run_child([*interpreter, *script, name, str(corpus), str(PASSES), str(len(bodies))])
    lines = [json.loads(line) for line in done.output.splitlines()]
    score = score_texts((bodies[line["id"]], line["text"]) for line in lines)
    seconds, parses = sum(line["seconds"] for line in lines), sum(line["parse"] for line in lines)
    return (
        name,
        f"{score.f1:.4f}",
        f"{score.precision:.4f}",
        f"{score.recall:.4f}",
        f"{score.exact:.3f}",
        f"{seconds / parses:.1f}",
        f"{1000 * seconds / len(lines):.1f}",
        f"{done.peak:.0f}",
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


def _shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(
        tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words
    )
