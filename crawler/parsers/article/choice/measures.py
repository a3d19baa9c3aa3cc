"""What blocks of a page are like, in numbers: the measures by which those of the article are told.

They are of structure, of place and of how text is made, not of words of a language: English pages
teach what German and Russian ones are judged by. A page has hundreds of blocks, so that measures
are columns of numbers for all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from crawler.parsers.article.blocks import HEADINGS, TextBlock
from crawler.parsers.article.choice.places import PLACE_MEASURES, Place, PlaceReader

Column: TypeAlias = npt.NDArray[np.float64]
Groups: TypeAlias = npt.NDArray[np.int64]

PROSE = 60
"""Characters; a shorter block is no running text."""
_TAGS = ("p", "li", "div", "tr", "td", "blockquote", "pre", "dd", "section")
_SENTENCE_END = tuple(".!?…。！？")
_CLOSING = "\"'”»“’) "
_FAR = 30
"""Blocks; what is farther away counts as so far."""
_TEXT_MEASURES = (
    "length",
    "words",
    "word.length",
    "linked",
    "lines",
    "sentence",
    "colon",
    "question",
    "capitals",
    "begins.lower",
    "digits",
    "commas",
    "signs",
)
_OF_NEIGHBOURS = ("length", "linked", "heading", "sentence", "tag.li")


@dataclass(frozen=True, slots=True)
class MeasuredBlocks:
    """The blocks of a page: what they are like, and which have something in common."""

    columns: Mapping[str, Column]
    """Name of a measure → its value for each block."""
    groups: Mapping[str, Groups]
    """What blocks may have in common → number of the group that each belongs to."""

    def votes(self, votes: Column) -> dict[str, Column]:
        """Measures of how far others take a block, and those around it, for the article; a vote is
        0 to 1.
        """
        length = self.columns["length"]
        found = {"vote": votes}
        for offset in (-3, -2, -1, 1, 2, 3):
            found[f"vote{offset:+}"] = _shifted(votes, offset)
        voted = length * votes
        whole = max(1.0, float(voted.sum()))
        for name, numbers in self.groups.items():
            sums = np.bincount(numbers, voted)[numbers]
            found[f"{name}.voted"] = sums / self.columns[f"{name}.size"]
            found[f"{name}.share"] = sums / whole
            count = self.columns[f"{name}.count"]
            found[f"{name}.votes"] = np.bincount(numbers, votes)[numbers] / count
        places = np.arange(len(votes), dtype=np.float64)
        chosen = np.flatnonzero(votes > 0.5)
        first, last = (chosen[0], chosen[-1]) if len(chosen) else (len(votes), -1)
        found["position.first"] = np.clip(places - first, -_FAR, _FAR)
        found["position.last"] = np.clip(places - last, -_FAR, _FAR)
        found["voted.before"] = np.cumsum(voted) / whole
        found["page.voted"] = np.full(len(votes), whole)
        found["page.agreement"] = np.full(
            len(votes), whole / max(1.0, float(self.columns["page.size"][0]))
        )
        return found


def measure(blocks: Sequence[TextBlock]) -> MeasuredBlocks:
    """Measure the blocks of a page: one at least."""
    reader = PlaceReader()
    places = [reader.place(block.element) for block in blocks]
    own = _measure_texts(blocks)
    columns = {**own, **_measure_tags(blocks), **_measure_places(places)}
    groups = {
        name: _numbered(common)
        for name, common in (
            ("parent", [p.parent for p in places]),
            ("around", [p.around for p in places]),
            ("box", [p.box for p in places]),
            ("alike", [p.form for p in places]),
            ("section", _sections(blocks)),
            ("text", [b.words for b in blocks]),
        )
    }
    columns |= _measure_neighbours({name: columns[name] for name in _OF_NEIGHBOURS}, groups)
    for name, numbers in groups.items():
        columns |= _measure_group(name, numbers, own)
    columns |= _measure_position(own, columns["heading"])
    return MeasuredBlocks(columns, groups)


def _measure_texts(blocks: Sequence[TextBlock]) -> dict[str, Column]:
    rows = np.array([_measure_text(block) for block in blocks])
    return {name: rows[:, i] for i, name in enumerate(_TEXT_MEASURES)}


def _measure_text(block: TextBlock) -> tuple[float, ...]:
    text, length = block.text, len(block.text)
    end = text.rstrip(_CLOSING)
    return (
        float(length),
        float(len(block.words)),
        length / max(1, len(block.words)),
        block.link_share,
        float(len(block.links)),
        float(end.endswith(_SENTENCE_END)),
        float(end.endswith(":")),
        float(end.endswith("?")),
        float(text.isupper()),
        float(text[:1].islower()),
        sum(map(text.count, "0123456789")) / length,
        100 * sum(map(text.count, ",、，")) / length,
        100 * sum(map(text.count, "|•·›»→/@©#")) / length,
    )


def _measure_tags(blocks: Sequence[TextBlock]) -> dict[str, Column]:
    tags = [block.tag for block in blocks]
    levels = np.array([float(tag[1]) if tag in HEADINGS else 0.0 for tag in tags])
    return {
        **{f"tag.{tag}": np.array([float(own == tag) for own in tags]) for tag in _TAGS},
        "heading": np.sign(levels),
        "heading.level": levels,
    }


def _measure_places(places: Sequence[Place]) -> dict[str, Column]:
    rows = np.array([place.measures for place in places], dtype=np.float64)
    return {f"place.{name}": rows[:, i] for i, name in enumerate(PLACE_MEASURES)}


def _measure_neighbours(
    chosen: Mapping[str, Column], groups: Mapping[str, Groups]
) -> dict[str, Column]:
    """Measures of the three blocks before and behind, and whether they are made alike."""
    found: dict[str, Column] = {}
    for offset in (-3, -2, -1, 1, 2, 3):
        for name, column in chosen.items():
            found[f"{name}{offset:+}"] = _shifted(column, offset)
    for offset in (-1, 1):
        for name in ("alike", "parent"):
            same = _shifted(groups[name], offset) == groups[name]
            found[f"{name}{offset:+}"] = same.astype(np.float64)
    return found


def _shifted(column: Column | Groups, offset: int) -> Column:
    """For each block the value of the one that stands `offset` behind it; -1 beyond the ends."""
    moved = np.full(len(column), -1.0)
    if abs(offset) < len(column):
        if offset > 0:
            moved[:-offset] = column[offset:]
        else:
            moved[-offset:] = column[:offset]
    return moved


def _measure_group(name: str, numbers: Groups, own: Mapping[str, Column]) -> dict[str, Column]:
    """Sums over the blocks that share something with a block."""
    length, running = own["length"], _running(own)
    count = np.bincount(numbers).astype(np.float64)[numbers]
    size = np.bincount(numbers, length)[numbers]
    return {
        f"{name}.count": count,
        f"{name}.size": size.astype(np.float64),
        f"{name}.mean": size / count,
        f"{name}.linked": np.bincount(numbers, length * own["linked"])[numbers] / size,
        f"{name}.prose": np.bincount(numbers, running)[numbers] / max(1.0, float(running.sum())),
    }


def _running(own: Mapping[str, Column]) -> Column:
    """Characters of blocks that are running text."""
    return own["length"] * ((own["linked"] < 0.5) & (own["length"] >= PROSE))


def _numbered(groups: Iterable[Hashable]) -> Groups:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(g, len(numbers)) for g in groups], dtype=np.int64)


def _sections(blocks: Sequence[TextBlock]) -> list[int]:
    """Number of the section that a block stands in: a heading begins one."""
    number, found = 0, []
    for block in blocks:
        number += block.tag in HEADINGS
        found.append(number)
    return found


def _measure_position(own: Mapping[str, Column], headings: Column) -> dict[str, Column]:
    count = len(headings)
    places = np.arange(count, dtype=np.float64)
    heads = np.maximum.accumulate(np.where(headings > 0, places, -1.0))
    running = _running(own)
    whole = max(1.0, float(running.sum()))
    return {
        "position": places / count,
        "position.heading": np.minimum(places - heads, _FAR),
        "prose.before": np.cumsum(running) / whole,
        "page.blocks": np.full(count, float(count)),
        "page.size": np.full(count, float(own["length"].sum())),
        "page.prose": np.full(count, whole),
    }
