"""Learns how the meaning of a question is turned towards the pages that answer it.

    python -m benchmarks.question_training [PARAMETERS.json]

Learns from the pages for training (`benchmarks/training`: events, plain, none, open), of which only
the texts are read. Of each page questions are made: a few things that it says, of the whole page
or of one sentence of its beginning, each in some word of one language (`search: words:` of
config/languages, names of raw materials). The page is to be nearer to them than other pages are,
but those that say all of it. A tenth of the hands is left out and scored: the share of their
questions whose page is among the first ten of their pages, before and after. Judged queries and the
questions of `tests/quality` are not read. Takes some five minutes; the same pages give the same
file.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.meaning.encoder import Encoder, find_encoder
from indexer.meaning.packing import DIMENSIONS, REMEDY
from indexer.meaning.passages import texts_to_encode
from indexer.meaning.questions import PARAMETERS, parameters_json
from indexer.meaning.vectors import in_context, unit_rows
from indexer.query.glossary import Glossary
from indexer.records.document import PassageVector
from indexer.records.reference import Reference, load_reference
from indexer.text.analysis import Analyzer
from indexer.text.folding import surfaces_of
from indexer.text.words import spans
from radar.training.marked_pages import read_folder

FOLDERS = ("events", "plain", "none", "open")
JOINS = {
    "de": ("in", "für", "von", "bei", "und", "durch"),
    "en": ("in", "of", "for", "and", "by"),
    "ru": ("в", "для", "и", "на"),
}
"""Between the words of a question, in half of all places. The encoder knows these languages."""
OF_PAGE, OF_SENTENCES = 4, 7
"""Questions of a page, and of its sentences."""
SENTENCES = 12
MOST_SAID = 0.25
"""Share of the pages from which on what they say tells none of them from others."""
ROWS = 5
"""Vectors of a page."""
SHARPNESS, PENALTY = 0.1, 0.003
"""Of the nearness (a temperature), and of the squares of the matrix."""
STEPS, AT_ONCE, RATE = 400, 256, 0.0005
SHARE = 0.7
"""Of what was learnt that questions are turned by: chosen on judged queries, also those of words,
asked as questions, and on questions without a common word.
"""
FIRST = 10

Rows = npt.NDArray[np.float32]
Things = frozenset[str]


@dataclass(frozen=True, slots=True)
class TaughtPage:
    """A page, and what it says."""

    hand: str
    texts: Sequence[str]
    """As they are encoded."""
    says: Things
    sentences: Sequence[Things]
    """What each of the first ones says."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a page answers."""

    page: int
    asks: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True)
class Taught:
    """Pages and questions as numbers."""

    rows: Rows
    """Page, vector."""
    says: npt.NDArray[np.bool_]
    """Page, thing."""
    questions: Rows
    page: npt.NDArray[np.int64]
    asks: Sequence[Sequence[int]]
    is_aside: npt.NDArray[np.bool_]
    """Pages of the hands that are left out."""


class Words:
    """What words of the field and names of raw materials say, and in which words it is said."""

    def __init__(self, reference: Reference) -> None:
        self._glossary = Glossary(Analyzer(reference))
        self._means = cache(self._glossary.of_words)
        self.by_thing: dict[str, dict[str, list[str]]] = {}
        for lang in JOINS:
            words = reference.languages[lang].get("search", {})
            for key in ("acts", "words"):
                self._add(lang, words.get(key, {}))
            names = ((n, entry.names.get(lang, ())) for n, entry in reference.commodities.items())
            self._add(lang, {f"commodity {name}": list(of_lang) for name, of_lang in names})

    def _add(self, lang: str, listed: Mapping[str, Sequence[str]]) -> None:
        self._glossary.add_all(lang, listed)
        for thing, words in listed.items():
            if words:
                self.by_thing.setdefault(thing, {}).setdefault(lang, []).extend(words)

    def said(self, text: str) -> Things:
        """What a text says."""
        surfaces = [found for a, b, _ in spans(text) if (found := surfaces_of(text[a:b]))]
        return frozenset(
            thing
            for start in range(len(surfaces))
            for length in (1, 2, 3)
            for thing in self._means(_together(surfaces[start : start + length]))
            if thing in self.by_thing
        )


def _together(surfaces: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(word for several in surfaces for word in several)


def taught_pages(words: Words, folders: Sequence[Path]) -> list[TaughtPage]:
    """The pages of some folders."""
    return [_page(words, record) for folder in folders for record in read_folder(folder)]


def _page(words: Words, record: Mapping[str, Any]) -> TaughtPage:
    title = record["title"] or ""
    listed = [part.strip() for part in re.split(r"\n\s*\n", record["text"]) if part.strip()]
    passages = [("title", title), *(("text", part) for part in listed if part != title)]
    beginning = (text for _, text in passages[:SENTENCES])
    sentences = [s for text in beginning for s in re.split(r"(?<=[.!?])\s+", text)]
    return TaughtPage(
        hand=record["id"].rpartition("-")[0],
        texts=[text for _, text in texts_to_encode(passages)],
        says=words.said(" ".join(text for _, text in passages)),
        sentences=[words.said(sentence) for sentence in sentences[:SENTENCES]],
    )


def questions_of(
    pages: Sequence[TaughtPage], words: Words, chance: random.Random
) -> list[Question]:
    """Questions that the pages answer; `chance` decides which, and in which words."""
    count = Counter(thing for page in pages for thing in page.says)
    most = max(1, int(MOST_SAID * len(pages)))
    rare = {thing: log(len(pages) / n) for thing, n in count.items() if n <= most}
    made = []
    for number, page in enumerate(pages):
        scopes = [page.says] * OF_PAGE
        scopes += chance.choices(page.sentences, k=OF_SENTENCES)
        for scope in scopes:
            lang = chance.choice(sorted(JOINS))
            told = sorted(t for t in scope if t in rare and lang in words.by_thing[t])
            if told:
                asks = _some(told, rare, chance)
                made.append(Question(number, asks, _text(asks, lang, words, chance)))
    return made


def _some(told: list[str], rare: Mapping[str, float], chance: random.Random) -> list[str]:
    """A few of the things that are said, rare ones first."""
    some = chance.choices(
        told, [rare[thing] for thing in told], k=chance.choice((1, 2, 2, 3, 3, 4))
    )
    return list(dict.fromkeys(some))


def _text(asks: Sequence[str], lang: str, words: Words, chance: random.Random) -> str:
    parts: list[str] = []
    for thing in asks:
        if parts and chance.random() < 0.5:
            parts.append(chance.choice(JOINS[lang]))
        parts.append(chance.choice(words.by_thing[thing][lang]))
    return " ".join(parts)


def as_numbers(
    pages: Sequence[TaughtPage], questions: Sequence[Question], encoder: Encoder
) -> Taught:
    """Pages and questions with their vectors."""
    encoded = iter(encoder.encode([text for page in pages for text in page.texts]))
    vectors = [[PassageVector(0, next(encoded)) for _ in page.texts] for page in pages]
    hands = sorted({page.hand for page in pages})
    places = {thing: n for n, thing in enumerate(sorted({t for p in pages for t in p.says}))}
    says = np.zeros((len(pages), len(places)), np.bool_)
    for number, page in enumerate(pages):
        says[number, [places[thing] for thing in page.says]] = True
    return Taught(
        rows=np.stack([_rows(of_page) for of_page in vectors]),
        says=says,
        questions=unit_rows(encoder.encode([question.text for question in questions])),
        page=np.array([question.page for question in questions]),
        asks=[[places[thing] for thing in question.asks] for question in questions],
        is_aside=np.isin([page.hand for page in pages], hands[::10]),
    )


def _rows(vectors: Sequence[PassageVector]) -> Rows:
    """As many for each page: the beginning again where there are fewer passages."""
    rows = unit_rows(found.vector for found in in_context(vectors))[:ROWS]
    return np.vstack([rows, *([rows[:1]] * (ROWS - len(rows)))])


def learn(taught: Taught, *, steps: int = STEPS) -> Rows:
    """What is added to a question's vector, as a matrix that it is multiplied by: softmax over the
    pages of a draw, Adam, the mean of the second half of the steps.
    """
    chance = np.random.default_rng(1)
    turn = np.zeros((DIMENSIONS, DIMENSIONS), np.float32)
    mean, square, total = np.zeros_like(turn), np.zeros_like(turn), np.zeros_like(turn)
    open_questions = np.flatnonzero(~taught.is_aside[taught.page])
    for step in range(1, steps + 1):
        size = min(AT_ONCE, len(open_questions))
        slope = _slope(taught, turn, chance.choice(open_questions, size, replace=False))
        slope += PENALTY * turn
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope**2 - square)
        unbiased = np.sqrt(square / (1 - 0.99**step)) + 1e-6
        turn -= np.asarray(RATE * (mean / (1 - 0.9**step)) / unbiased, np.float32)
        if step > steps // 2:
            total += turn
    return np.asarray(total / (steps - steps // 2), np.float32)


def _slope(taught: Taught, turn: Rows, drawn: npt.NDArray[np.int64]) -> Rows:
    """Of the loss of some questions, beside the pages that answer any of them."""
    _, first = np.unique(taught.page[drawn], return_index=True)
    drawn = drawn[first]
    questions, pages = taught.questions[drawn], taught.page[drawn]
    rows, own = taught.rows[pages].reshape(-1, DIMENSIONS), np.arange(len(drawn))
    each = ((questions + questions @ turn.T) @ rows.T).reshape(len(drawn), len(drawn), ROWS)
    best = each.argmax(axis=2)[:, :, None]
    near = np.take_along_axis(each, best, axis=2)[:, :, 0] / SHARPNESS
    for number, question in enumerate(drawn):
        also = taught.says[pages][:, taught.asks[question]].all(axis=1)
        near[number, also & (own != number)] = -np.inf
    likely = np.exp(near - near.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    likely[own, own] -= 1
    of_rows = np.zeros_like(each)
    np.put_along_axis(of_rows, best, likely[:, :, None] / (len(drawn) * SHARPNESS), axis=2)
    return np.asarray((of_rows.reshape(len(drawn), -1) @ rows).T @ questions, np.float32)


def found_aside(taught: Taught, turn: Rows) -> float:
    """Share of the questions of hands left out whose page is among the first ten of these hands."""
    asked, pages = (np.flatnonzero(p) for p in (taught.is_aside[taught.page], taught.is_aside))
    turned = taught.questions[asked] + taught.questions[asked] @ turn.T
    near = (turned @ taught.rows[pages].reshape(-1, DIMENSIONS).T).reshape(len(asked), -1, ROWS)
    best = near.max(axis=2)
    own = best[np.arange(len(asked)), np.searchsorted(pages, taught.page[asked])]
    return float(((best > own[:, None]).sum(axis=1) < FIRST).mean())


def _folders() -> Iterator[Path]:
    yield from (Path(__file__).with_name("training") / name for name in FOLDERS)


def main() -> int:
    """Print what is to be expected of pages of other hands, and write the parameters."""
    encoder = find_encoder()
    if encoder is None:
        print(f"needs the encoder: {REMEDY}")
        return 2
    words = Words(load_reference())
    pages = taught_pages(words, list(_folders()))
    questions = questions_of(pages, words, random.Random(7))  # noqa: S311  # nothing is secret
    taught = as_numbers(pages, questions, encoder)
    turn = SHARE * learn(taught)
    before, after = (found_aside(taught, each) for each in (np.zeros_like(turn), turn))
    print(
        f"{len(pages)} pages, {len(questions)} questions; of those of hands left out, page among "
        f"the first {FIRST}: {before:.3f} → {after:.3f}"
    )
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PARAMETERS
    place.write_text(parameters_json(turn) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
