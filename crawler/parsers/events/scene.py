"""A page as the event reader sees it: sentences with their zone, cue phrases, dates and entities.

Everything carries the part that it stands in; offsets count in that part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.parsers.events.cue_phrases import CueHit
from crawler.parsers.events.vocabulary import EventVocabulary
from indexer.document import Mention, Page, Part

READ_PARTS: tuple[Part, ...] = ("title", "teaser", "text")
_HEADLINE_LENGTH = 160
_UPPER = "A-ZА-ЯЁÄÖÜ"
_DATELINE = re.compile(
    rf"\s*(?:[{_UPPER}][{_UPPER}\-. ]{{2,30}}(?:[,/(][^–—\n]{{2,70}}?)?\s*(?:–|—|--|-|:)\s"
    rf"|[{_UPPER}][\w\-]+(?: [{_UPPER}][\w\-]+)?, [^\n–—]{{0,8}}\d[^\n–—]{{2,40}}?(?:–|—|--|-|/|\([^)\n]*\)\.?|[.:])\s"
    rf"|[{_UPPER}][\w\-]+(?: [{_UPPER}][\w\-]+)? \([^)\n]{{2,40}}\)\s?(?:–|—|--|-|:)?\s)"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: partial ISO dates of its first and last day, and its kind."""

    part: Part
    start: int
    end: int
    first: str
    last: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class SceneSentence:
    """One sentence; `index` counts over all parts, `zone` is headline, body, list or contact."""

    index: int
    part: Part
    start: int
    end: int
    line: int
    zone: str
    cues: tuple[CueHit, ...] = ()
    dates: tuple[Dated, ...] = ()
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    dateline_end: int = -1
    """End of a dateline at its start; -1 without one."""

    def of(self, *fields: str) -> list[Mention]:
        """Entities of these fields, in order."""
        found = [m for f in fields for m in self.mentions.get(f, ())]
        return sorted(found, key=lambda m: m.start)

    def cue(self, *categories: str) -> list[CueHit]:
        """Cue phrases of these categories, in order."""
        return [c for c in self.cues if c.category in categories]


@dataclass(frozen=True, slots=True)
class Scene:
    """The page: its strings, masked strings and sentences."""

    page: Page
    vocabulary: EventVocabulary
    texts: Mapping[str, str]
    masked: Mapping[str, str]
    sentences: tuple[SceneSentence, ...]

    @property
    def body(self) -> list[SceneSentence]:
        """Sentences that tell something: neither headline nor contact block."""
        return [s for s in self.sentences if s.zone in ("body", "list")]

    def text(self, sentence: SceneSentence) -> str:
        """The sentence as written."""
        return self.texts[sentence.part][sentence.start : sentence.end]

    def cut(self, part: str, start: int, end: int) -> str:
        """A span of a part as written."""
        return self.texts[part][start:end]


def build_scene(
    page: Page, vocabulary: EventVocabulary, dates: Iterable[Dated], block_labels: Sequence[str]
) -> Scene:
    """Split all parts of a draft page and sort its dates and mentions into the sentences.

    `block_labels` open a contact block ("Ansprechpartner"), which holds no news.
    """
    texts = {part: page.part(part) for part in READ_PARTS}
    masked = {part: vocabulary.splitter.mask(text) for part, text in texts.items()}
    spans: list[SceneSentence] = []
    for part in READ_PARTS:
        zones = _zones(texts[part], block_labels) if part == "text" else {}
        for sentence in vocabulary.splitter.split(texts[part], masked[part]):
            zone = "headline" if part == "title" else zones.get(sentence.start, "body")
            spans.append(
                SceneSentence(len(spans), part, sentence.start, sentence.end, sentence.line, zone)
            )
    filled = _fill(spans, texts, masked, vocabulary, dates, page.mentions)
    return Scene(page, vocabulary, texts, masked, tuple(filled))


def _zones(text: str, block_labels: Sequence[str]) -> dict[int, str]:
    """Zone of each line that is no running text, by the offset of its first character."""
    labels = {label.casefold().rstrip(":") for label in block_labels}
    zones: dict[int, str] = {}
    contact, running, number = False, False, 0
    for m in re.finditer(r"[^\n]+", text):
        line = m.group().strip()
        if not line:
            continue
        number += 1
        start = m.start() + len(m.group()) - len(m.group().lstrip())
        contact = contact or (number > 2 and line.casefold().rstrip(": ") in labels)
        closed = line.endswith((".", "!", "?", "…", ".“", '."', ".»"))
        if contact:
            zones[start] = "contact"
        elif not running and not closed and len(line) <= _HEADLINE_LENGTH:
            zones[start] = "headline"
        elif not closed and len(line) <= _HEADLINE_LENGTH:
            zones[start] = "list"
        else:
            running = True
    if not running:
        zones = {k: "list" if v == "headline" and k else v for k, v in zones.items()}
    return zones


def _fill(
    spans: list[SceneSentence],
    texts: Mapping[str, str],
    masked: Mapping[str, str],
    vocabulary: EventVocabulary,
    dates: Iterable[Dated],
    mentions: Iterable[Mention],
) -> list[SceneSentence]:
    cues = {part: vocabulary.index.find(text) for part, text in masked.items()}
    by_part_dates: dict[str, list[Dated]] = {part: [] for part in READ_PARTS}
    for dated in dates:
        by_part_dates[dated.part].append(dated)
    by_part_mentions: dict[str, list[Mention]] = {part: [] for part in READ_PARTS}
    for mention in mentions:
        if mention.part in by_part_mentions and "[" not in mention.field:
            by_part_mentions[mention.part].append(mention)
    filled = []
    datelines = True
    for s in spans:
        fields: dict[str, list[Mention]] = {}
        for mention in by_part_mentions[s.part]:
            if s.start <= mention.start < s.end:
                fields.setdefault(mention.field, []).append(mention)
        dateline = -1
        if datelines and s.zone == "body" and s.part != "title":
            found = _DATELINE.match(texts[s.part], s.start, min(s.end + 60, len(texts[s.part])))
            dateline = found.end() if found else -1
            datelines = s.part == "teaser" and not found
        filled.append(
            SceneSentence(
                s.index, s.part, s.start, s.end, s.line, s.zone,
                tuple(c for c in cues[s.part] if s.start <= c.start < s.end),
                tuple(d for d in by_part_dates[s.part] if s.start <= d.start < s.end),
                {f: tuple(sorted(ms, key=lambda m: m.start)) for f, ms in fields.items()},
                dateline,
            )
        )  # fmt: skip
    return filled
