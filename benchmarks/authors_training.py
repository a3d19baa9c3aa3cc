"""Learns which of the names on a page are its authors, and writes the parameters.

    python -m benchmarks.authors_training measure MEASURES.jsonl CORPUS…
    python -m benchmarks.authors_training train MEASURES.jsonl [PARAMETERS.json]

The first step reads the articles of the corpora and of the made-up sites and writes a line for
each; the second takes a minute. Hosts that are set aside take no part in training: of them nothing
but the sums is printed. The figures of the other hosts are of trees that were not grown from them:
they are parted into `FOLDS`, and each is judged by trees of the rest.

Of pages without labels those are learnt from whose JSON-LD names persons that the page shows: they
teach where pages of their kind show them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.pages.crosswise import Line, grow_trees, judge_crosswise, measure_or_train, odds_of
from benchmarks.pages.labelled_authors import AuthoredPage, authored_pages, made_up_authors
from benchmarks.pages.labelled_kinds import fold_of
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.authorship.author_choice import (
    PARAMETERS,
    QUESTION,
    Measure,
    Measured,
    likely,
    whole_lists,
)
from crawler.parsers.article.authorship.marks import AuthorMark
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference
from radar.training.boosting import Growth, Tree

FOLDS = 6
THRESHOLD = 0.0
"""Log odds above which a name is an author's."""
SILENT = 0.3
"""Weight of a page whose label tells no author: many show one all the same."""
VARIANTS = {"whole": 1.0, "shown": 0.5}
"""How each page is seen, and the weight of that: as it is, and without what it states for programs.
"""
WEIGHTS = {"htmldate-half": 0.5, "made-up": 0.2}
"""Weight of the pages of a set: of those without labels, and of those that are many and alike."""
GROWTH = Growth(trees=200, depth=4, least=3.0)


def measure_pages(corpora: Sequence[Path]) -> Iterator[Line]:
    """The measured names of all pages that can be read: as they are, and without what they state
    for programs.
    """
    seen: list[tuple[Sequence[AuthorMark], Measure]] = []

    def choose(marks: Sequence[AuthorMark], measure: Measure) -> list[str]:
        seen.append((marks, measure))
        return []

    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages), choose_names=choose)
    sets = {corpus.name: authored_pages(corpus) for corpus in corpora}
    for name, pages in (*sets.items(), ("made-up", made_up_authors())):
        for page in pages:
            seen.clear()
            try:
                reader.read(HtmlDocument(page.html()), page.url)
            except ParseError:
                continue
            if seen:
                yield from _lines(name, page, *seen[0])
            elif page.authors is not None:
                empty = _line(page, page.authors, (), {})
                yield empty | {"set": name, "variant": "whole"}


def _lines(
    name: str, page: AuthoredPage, marks: Sequence[AuthorMark], measure: Measure
) -> Iterator[Line]:
    shown = [mark for mark in marks if mark.place]
    authors = page.authors
    if authors is None:
        stated = {mark.key for mark in marks if mark.source == "json-ld.article.person"}
        authors = frozenset(stated)
        if not stated or not stated <= {mark.key for mark in shown}:
            return
    else:
        yield _line(page, authors, marks, measure(marks)) | {"set": name, "variant": "whole"}
    yield _line(page, authors, shown, measure(shown)) | {"set": name, "variant": "shown"}


def _line(
    page: AuthoredPage, authors: frozenset[str], marks: Sequence[AuthorMark], measured: Measured
) -> Line:
    line: Line = {"authors": sorted(authors), "aside": page.aside}
    line["lists"] = whole_lists(marks, measured)
    names = {
        key: {n: round(float(v), 4) for n, v in measures.items()}
        for key, measures in measured.items()
    }
    return line | {"names": names, "fold": fold_of(page.group, FOLDS)}


def train(lines: Sequence[Line]) -> dict[str, Any]:
    """The parameters; prints how right they are."""
    measures = next(tuple(m) for line in lines for m in line["names"].values())
    trees = judge_crosswise(
        lines,
        FOLDS,
        lambda some: _grow(some, measures),
        lambda trees, line: _choose(trees, line, measures),
    )
    _report(lines)
    question = {"threshold": THRESHOLD, "trees": trees}
    return {"version": 1, "measures": measures, "questions": {QUESTION: question}}


def _grow(lines: Sequence[Line], measures: Sequence[str]) -> list[Tree]:
    rows = (
        (measured, key in line["authors"], _weight(line))
        for line in lines
        for key, measured in line["names"].items()
    )
    return grow_trees(rows, measures, GROWTH)


def _weight(line: Line) -> float:
    weight = VARIANTS[line["variant"]] * WEIGHTS.get(line["set"], 1.0)
    return weight * (1.0 if line["authors"] else SILENT)


def _choose(trees: list[Tree], line: Line, measures: Sequence[str]) -> list[str]:
    odds = odds_of(trees, line["names"], measures)
    return likely(odds, THRESHOLD, line["lists"]) if odds else []


def _report(lines: Sequence[Line]) -> None:
    counts: dict[tuple[str, str, str, str], Counter[str]] = {}
    for line in lines:
        chosen, authors = set(line["chosen"]), set(line["authors"])
        outcome = "right" if chosen == authors else "none" if not chosen else "wrong"
        part = "aside" if line["aside"] else "open"
        key = (line["set"], line["variant"], part, "named" if authors else "silent")
        counts.setdefault(key, Counter())[outcome] += 1
        reachable = authors <= set(line["names"])
        counts[key]["reachable"] += reachable
    for key, counted in sorted(counts.items()):
        total = counted.total() - counted["reachable"]
        share, most = (counted[name] / total for name in ("right", "reachable"))
        print("{:10s} {:6s} {:5s} {:6s}".format(*key), f"right {share:.3f}", end=" ")
        print(f"reachable {most:.3f}", {n: counted[n] for n in ("right", "wrong", "none")})


if __name__ == "__main__":
    measure_or_train(sys.argv[1:], measure_pages, train, PARAMETERS)
