"""Texts with their bodies and persons marked: pages for training, sentences of public sets.

Of pages every mention is labelled (`_orgs`, `_persons`: surface, in reading order). A short form
without capitals behind its first letter ("the ministry", "Verband") names a body only together with
the page, so it is no name here, and a find of it is neither right nor wrong.

Public sets are gzipped JSON lines: {lang, tokens, tags}, tags as B-ORG, I-ORG, B-PER …
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.records.labels import Span, find_mentions

_CLOSING, _OPENING = frozenset(",.;:!?)]»“"), frozenset("([«„")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in a language, and where its bodies and persons stand."""

    lang: str
    text: str
    bodies: Sequence[Span]
    persons: Sequence[Span] = ()
    short: frozenset[Span] = frozenset()
    """Short forms that are no name by themselves."""


def mark_page(record: Mapping[str, Any]) -> MarkedText:
    """A labelled page."""
    text = str(record["text"])
    bodies, short = [], set()
    for span, mention in find_mentions(text, record["_orgs"]):
        if mention.get("short") and not any(c.isupper() for c in mention["surface"][1:]):
            short.add(span)
        else:
            bodies.append(span)
    persons = [span for span, _ in find_mentions(text, record["_persons"])]
    return MarkedText(record["lang"], text, bodies, persons, frozenset(short))


def read_sentences(folder: Path, language: str) -> Iterator[MarkedText]:
    """The sentences of all public sets in a folder that are in a language."""
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["lang"] == language:
                    yield _mark_sentence(language, record["tokens"], record["tags"])


def _mark_sentence(language: str, tokens: Sequence[str], tags: Sequence[str]) -> MarkedText:
    text = ""
    spans: dict[str, list[Span]] = {"ORG": [], "PER": []}
    kind = ""
    for token, tag in zip(tokens, tags, strict=True):
        if text and token not in _CLOSING and text[-1] not in _OPENING:
            text += " "
        start, text = len(text), text + token
        place, _, named = tag.partition("-")
        if place == "B":
            spans.setdefault(named, []).append((start, len(text)))
        elif place == "I" and named == kind:
            spans[kind][-1] = (spans[kind][-1][0], len(text))
        kind = named
    return MarkedText(language, text, spans["ORG"], spans["PER"])
