"""How well the shipped topic `cluster-strategies` tells passages of cluster policy from others.

Fourteen hands have labelled passages: the one that also wrote the terms, twelve that knew neither
terms nor each other, and the seventh, in Kazakh, Kyrgyz and Uzbek alone, which knew the terms and
changed those of these languages afterwards. Those of `own` are by who changed the terms last: bare
sentences, written in six turns before the terms that find them. To all of them a cluster of firms
of which no strategy, policy or programme is told is a near miss. A third of each hand's passages is
set aside: those with the lowest SHA-256. Terms are written from the others only; of the part set
aside, only sums are shown. That of the first hand was read after the terms were written, to label
it anew. Sums of what the first four set aside were seen many times while the terms were chosen; the
fifth, the sixth and those from the eighth on came afterwards, and sums of them were seen since.

usage: python -m tests.quality.cluster_topic    (prints the mistakes in the open part, then sums)
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from indexer.meaning.encoder import Encoder
from indexer.query import QueryCompiler, parse_query
from indexer.query.document_batch import DocumentBatch
from indexer.query.evaluator import holds
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from radar.configuration.settings import load_settings
from tests.yaml_files import read_yaml

PASSAGES = Path(__file__).with_name("cluster_passages.yaml")
OTHER_HANDS = Path(__file__).with_name("cluster_passages_other_hands.jsonl")
HANDS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "own",
)
TOPIC = "topic:cluster-strategies"
_URL = "https://a.example/1"


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage, and whether it tells of cluster policy."""

    lang: str
    text: str
    mention: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall over some passages."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the passages found that are mentions."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """Share of the mentions that are found."""
        return self.right / max(1, self.right + self.missed)


def load_passages(hand: str = "first") -> list[LabelledPassage]:
    """The passages of one of `HANDS`."""
    if hand != "first":
        lines = map(json.loads, OTHER_HANDS.read_text("utf-8").splitlines())
        return [
            LabelledPassage(line["lang"], line["text"], line["wanted"])
            for line in lines
            if line["hand"] == hand
        ]
    return [
        LabelledPassage(lang, text, kind == "mentions")
        for lang, kinds in read_yaml(PASSAGES).items()
        for kind, texts in kinds.items()
        for text in texts
    ]


def split(
    passages: list[LabelledPassage],
) -> tuple[list[LabelledPassage], list[LabelledPassage]]:
    """The open part, and the third that is set aside."""
    ranked = sorted(passages, key=lambda p: hashlib.sha256(p.text.encode()).hexdigest())
    third = len(ranked) // 3
    return ranked[third:], ranked[:third]


class Judge:
    """Finds the passages that the topic matches."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        """With an encoder, it has the last word."""
        topics = load_settings(None, {}).topics
        self._compiler = QueryCompiler(load_reference(), topics, encoder)
        self._query = self._compiler.compile(parse_query(TOPIC))

    def finds(self, passage: LabelledPassage) -> bool:
        """Whether the topic matches the passage."""
        return holds(self._query.root, self._view(passage))

    def looks_at(self, passage: LabelledPassage) -> bool:
        """Whether a watch for the topic looks at a page with this passage at all."""
        return bool(DocumentBatch([self._view(passage)]).candidates(self._query))

    def _view(self, passage: LabelledPassage) -> PageView:
        page = Page(url=_URL, lang=passage.lang, text=passage.text)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        document = StoredDocument(document_id(_URL), _URL, "a", 1, now, page)
        return self._compiler.view(document)

    def score(self, passages: list[LabelledPassage]) -> Score:
        """Precision and recall over passages."""
        found = [(p.mention, self.finds(p)) for p in passages]
        return Score(
            right=found.count((True, True)),
            extra=found.count((False, True)),
            missed=found.count((True, False)),
        )


def main() -> None:
    """Print the mistakes in the open part and the scores of both parts, by hand."""
    judge = Judge()
    for hand in HANDS:
        opened, aside = split(load_passages(hand))
        for passage in opened:
            if judge.finds(passage) != passage.mention:
                kind = "missed" if passage.mention else "extra"
                click.echo(f"{kind} {passage.lang} {passage.text}")
        for name, part in (("open", opened), ("set aside", aside)):
            score = judge.score(part)
            figures = f"precision {score.precision:.3f}, recall {score.recall:.3f}"
            click.echo(f"{hand} hand, {name}: {len(part)} passages, {figures} ({score})")


if __name__ == "__main__":
    main()
