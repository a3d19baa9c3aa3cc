"""Bodies in labelled pages: what tables and patterns find, and what the tagger adds.

Pages and parts as in `tagger_training`; a body counts where its span is the labelled one. Only
figures are printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.bodies.labelled_bodies import MarkedText, mark_page
from benchmarks.measuring.counted import Counted
from benchmarks.measuring.table import Section, Table
from crawler.parsers.entities import EntityReader
from crawler.parsers.entities.lexicon.tables import ORGANISATIONS
from crawler.parsers.entities.tagger import TaggedBodies
from crawler.parsers.entities.tagger.finder import RULE
from indexer.records.reference import load_reference
from radar.training.event_parts import TrainingPart, split_training
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OWN_PAGES, PLAIN_PAGES

LANGUAGES = ("de", "en", "ru")

Parts = Mapping[TrainingPart, Sequence[MarkedText]]


def benchmark(train: Path, *, blind: bool = False) -> Section:
    """A table: language and part, by rules alone, with the tagger, and what the tagger adds."""
    section = Section("tagger", "Bodies in labelled pages: precision / recall / F1 of exact spans")
    reference = load_reference()
    reader, tagged = EntityReader(reference), TaggedBodies(reference.languages)
    rows = []
    for part, pages in read_parts([train, OWN_PAGES, PLAIN_PAGES]).items():
        for language in LANGUAGES if blind or part != "blind" else ():
            chosen = [page for page in pages if page.lang == language]
            rules, both, added = judge(reader, tagged, chosen)
            counted = (str(rules), str(both), f"{added.right} of {added.found}")
            rows.append((f"{language}, {part}", str(len(chosen)), str(both.labelled), *counted))
    heads = ("language, part", "pages", "bodies", "tables and patterns", "with the tagger")
    section.parts.append(Table((*heads, "right of what it adds"), tuple(rows), ""))
    return section


def read_parts(folders: Sequence[Path]) -> Parts:
    """The pages of each part; each folder is split by itself."""
    parts: dict[TrainingPart, list[MarkedText]] = {"train": [], "chosen-on": [], "blind": []}
    for folder in folders:
        for part, records in split_training(read_folder(folder)).items():
            parts[part] += map(mark_page, records)
    return parts


def judge(
    reader: EntityReader, tagged: TaggedBodies, pages: Sequence[MarkedText]
) -> tuple[Counted, Counted, Counted]:
    """Bodies by rules, by rules and tagger, and those of the tagger alone."""
    counts = [[0, 0], [0, 0], [0, 0]]
    labelled = 0
    for page in pages:
        names = reader.find_by_rules(page.text, page.lang)
        found = tagged.find(page.text, page.lang, names)
        rules, both, added = (
            {(n.start, n.end) for n in some if n.field == ORGANISATIONS}
            for some in (names, found, (f for f in found if f.rule == RULE))
        )
        for count, spans in zip(counts, (rules, both, added), strict=True):
            count[0] += len(spans & set(page.bodies))
            count[1] += len(spans - page.short)
        labelled += len(set(page.bodies))
    by_rules, by_both, alone = (Counted(right, found, labelled) for right, found in counts)
    return by_rules, by_both, alone
