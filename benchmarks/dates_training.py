"""Learns which of the days that a page names is the one of its publication, and writes the
parameters.

    python -m benchmarks.dates_training measure MEASURES.jsonl CORPUS…
    python -m benchmarks.dates_training train MEASURES.jsonl [PARAMETERS.json]

The first step reads the articles of the corpora and of the made-up sites and writes a line for
each; the second takes a minute. Hosts that are set aside take no part in training: of them nothing
but the sums is printed. The figures of the other hosts are of trees that were not grown from them:
they are parted into `FOLDS`, and each is judged by trees of the rest.

Labels that take the day of the last change for the day of publication, where a page states both,
are left out: a record has a field of its own for the change.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks.pages.crosswise import Line, grow_trees, judge_crosswise, measure_or_train, odds_of
from benchmarks.pages.labelled_dates import DatedPage, dated_pages, made_up_dates
from benchmarks.pages.labelled_kinds import fold_of
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.kind import judge_kind
from crawler.parsers.article.publication import in_url
from crawler.parsers.article.publication.day_choice import PARAMETERS, QUESTION, choose_day
from crawler.parsers.article.publication.day_measures import MODIFIED, STATED, measure_days
from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference
from radar.training.boosting import Growth, Tree

FOLDS = 6
THRESHOLD = -2.0
"""Log odds below which a page is said to tell no day."""
VARIANTS = {"whole": 1.0, "shown": 0.5, "undated": 0.3}
"""How each page is seen, and the weight of that: as it is, without what it states for programs and
without its address, and without its day of publication, which is then not to be found.
"""
MADE_UP = 0.2
"""Weight of a page of the made-up sites, which are many and alike."""
GROWTH = Growth(trees=150, depth=3, least=3.0)


def measure_pages(corpora: Sequence[Path]) -> Iterator[Line]:
    """The measured days of all pages that can be read, a line for each of VARIANTS."""
    seen: list[tuple[Sequence[Mark], str | None]] = []

    def choose(marks: Sequence[Mark], month: str | None) -> str | None:
        seen.append((marks, month))
        return choose_day(marks, month) if PARAMETERS.exists() else None

    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages), judge_kind, choose)
    sets = {corpus.name: dated_pages(corpus) for corpus in corpora}
    for name, pages in (*sets.items(), ("made-up", made_up_dates())):
        for page in pages:
            seen.clear()
            try:
                reader.read(HtmlDocument(page.html()), _undated(page.url))
            except ParseError:
                continue
            marks, month = seen[0] if seen else ((), None)
            for variant in VARIANTS:
                yield _line(name, page, variant, marks, month)


def _undated(url: str) -> str:
    """The address; that of its site where it holds the day, so that the page has to be searched."""
    found = in_url(url)
    return urljoin(url, "/") if found and len(found.day) == len("2015-06-09") else url


def _line(
    name: str, page: DatedPage, variant: str, marks: Sequence[Mark], month: str | None
) -> Line:
    day = page.day
    if variant == "shown":
        marks, month = [mark for mark in marks if mark.place or mark.source == "byline"], None
    elif variant == "undated":
        marks, day = [mark for mark in marks if mark.day != day], None
    days = {
        day: {n: round(float(v), 4) for n, v in measures.items()}
        for day, measures in measure_days(marks, month).items()
    }
    line = {"set": name, "variant": variant, "day": day, "aside": page.aside, "days": days}
    return line | {"fold": fold_of(page.group, FOLDS)}


def train(lines: Sequence[Line]) -> dict[str, Any]:
    """The parameters; prints how right they are."""
    names = next(tuple(m) for line in lines for m in line["days"].values())
    trees = judge_crosswise(
        lines,
        FOLDS,
        lambda some: _grow(some, names),
        lambda trees, line: _choose(trees, line, names),
    )
    _report(lines)
    question = {"threshold": THRESHOLD, "trees": trees}
    return {"version": 1, "measures": names, "questions": {QUESTION: question}}


def _grow(lines: Sequence[Line], names: Sequence[str]) -> list[Tree]:
    rows = (
        (measures, day == line["day"], _weight(line))
        for line in lines
        if _is_lesson(line)
        for day, measures in line["days"].items()
    )
    return grow_trees(rows, names, GROWTH)


def _weight(line: Line) -> float:
    return VARIANTS[line["variant"]] * (MADE_UP if line["set"] == "made-up" else 1.0)


def _is_lesson(line: Line) -> bool:
    """Whether the label says what a record means by publication.

    A page without a label that states a day all the same teaches nothing.
    """
    days = line["days"]
    if line["day"] is None:
        return not any(measures["page.stated.days"] for measures in days.values())
    named = days.get(line["day"])
    if named is None or not named["page.stated.days"]:
        return True
    published = any(named[f"said.{source}"] for source in (*STATED, "script.published"))
    changed = any(named[f"said.{source}"] for source in (*MODIFIED, "script.modified"))
    return published or not (changed or named["any.updated"])


def _choose(trees: list[Tree], line: Line, names: Sequence[str]) -> str | None:
    odds = odds_of(trees, line["days"], names)
    best = max(odds, key=odds.__getitem__, default=None)
    return best if best is not None and odds[best] > THRESHOLD else None


def _report(lines: Sequence[Line]) -> None:
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for line in lines:
        chosen, day = line["chosen"], line["day"]
        outcome = "right" if chosen == day else "none" if chosen is None else "wrong"
        key = (line["set"], line["variant"], "aside" if line["aside"] else "open")
        if day is not None or line["variant"] == "undated":
            counts.setdefault(key, Counter())[outcome] += 1
    for key, counted in sorted(counts.items()):
        share = counted["right"] / counted.total()
        print("{:15s} {:8s} {:5s}".format(*key), f"right {share:.3f}", dict(counted))


if __name__ == "__main__":
    measure_or_train(sys.argv[1:], measure_pages, train, PARAMETERS)
