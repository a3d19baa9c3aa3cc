"""Learns to tell the kinds of pages from their structure, and writes the parameters.

    python -m benchmarks.kinds_training measure MEASURES.jsonl CORPUS…
    python -m benchmarks.kinds_training train MEASURES.jsonl [PARAMETERS.json]

The first step reads all pages of the corpora and those of the made-up sites, and writes a line for
each, and one without what its schema.org markup says; the second takes a minute. Hosts that are set
aside take no part in training: of them nothing but the sums is printed. How sure the trees
have to be is chosen for each sort of page (`signs.py`) on pages that they were not grown from: the
other hosts are parted into `FOLDS`, and each is judged by trees of the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.pages.crosswise import Line, measure_or_train
from benchmarks.pages.labelled_kinds import LabelledPage, fold_of, labelled_pages, made_up_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.kind import KindEvidence, judge_kind
from crawler.parsers.article.kind.judgement import MARKED, PARAMETERS
from crawler.parsers.article.kind.measures import measure
from crawler.parsers.article.kind.signs import SORTS, sort_of
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.document import Kind
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference
from radar.training.boosting import Growth, Numbers, Tree, answers, grow

FOLDS = 6
WORTH = 3.0
"""Other pages that pass for articles, for all of which one more article may be refused. Most of the
pages labelled as articles (`wcxb-dev`) that are refused are services and start pages; of news fewer
are.
"""
SUPPOSED = 12.0
"""Articles like those of all sorts together that are added to each sort: where hardly an article
was seen, as among undated pages below /features/, none would be believed for lack of any.
"""
BLUR = 0.5
"""Log odds by which a page may as well have been judged otherwise, so that no bound hangs on the
few pages next to it: by hosts in turn, bounds so chosen part pages as well, and change less.
"""
BOUNDS = np.arange(-2.0, 3.51, 0.25)
"""Log odds of which the best is the bound of a sort of page."""
GROWTH = Growth(trees=600, rate=0.03, measures=0.15, pages=0.6)
"""How the trees that tell articles from other pages are grown."""
NEWS_WEIGHT = 0.5
"""Of a page of a corpus that has nothing but news."""

SAID = "schema."
"""Measures of markup that most sites lack: each page teaches without them, too."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Measured pages."""

    names: tuple[str, ...]
    values: Numbers
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    folds: tuple[int, ...]
    aside: Numbers
    weights: Numbers


def measure_pages(corpora: Sequence[Path]) -> Iterator[Line]:
    """The measures of all pages that can be read."""
    seen: list[KindEvidence] = []

    def judge(evidence: KindEvidence, words: PageWords) -> Kind:
        seen.append(evidence)
        return judge_kind(evidence, words)

    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages), judge)
    for pages in (*(list(labelled_pages(corpus)) for corpus in corpora), list(made_up_pages())):
        news = all(page.kind == "article" for page in pages)
        for page in pages:
            try:
                reader.read(HtmlDocument(page.html()), page.url)
            except ParseError:
                continue
            measures = {n: round(float(v), 4) for n, v in measure(seen.pop()).items()}
            silent = {n: 0.0 if n.startswith(SAID) else v for n, v in measures.items()}
            for line in (measures, silent) if silent != measures else (measures,):
                yield _line(page, line, news=news)


def _line(page: LabelledPage, measures: dict[str, float], *, news: bool) -> dict[str, Any]:
    return {
        "group": page.group,
        "kind": page.kind,
        "type": "news" if news else page.type,
        "aside": page.aside,
        "measures": measures,
    }


def samples_of(lines: Sequence[Line]) -> Samples:
    """The pages that `measure` wrote."""
    names = tuple(lines[0]["measures"])
    return Samples(
        names,
        np.array([[line["measures"][name] for name in names] for line in lines]),
        tuple(line["kind"] for line in lines),
        tuple(line["type"] for line in lines),
        tuple(fold_of(line["group"], FOLDS) for line in lines),
        np.array([line["aside"] for line in lines], dtype=float),
        np.array([NEWS_WEIGHT if line["type"] == "news" else 1.0 for line in lines]),
    )


def train(samples: Samples) -> dict[str, Any]:
    """The parameters; prints how right they are."""
    is_open = samples.aside == 0
    other = np.array([kind != "article" for kind in samples.kinds], dtype=float)
    trees, odds = _learn(samples, other, is_open, GROWTH)
    sorts = [sort_of(dict(zip(samples.names, row, strict=True))) for row in samples.values]
    odds -= MARKED * np.array([sort == "article" for sort in sorts])
    bounds = _bounds(samples, np.array(sorts), odds)
    _report(samples, odds > np.array([bounds[sort] for sort in sorts]))
    lists = np.array([kind == "listing" for kind in samples.kinds], dtype=float)
    no_articles = is_open & (other == 1)
    list_trees, list_odds = _learn(samples, lists, no_articles, Growth(trees=60, depth=3))
    for label, part in (("open", no_articles), ("aside", ~is_open & (other == 1))):
        right = (list_odds[part] > 0) == (lists[part] == 1)
        print(f"lists among other pages, {label}: right {right.mean():.3f}")
    return {
        "version": 1,
        "measures": samples.names,
        "bounds": bounds,
        "questions": {
            "no article": {"threshold": 0.0, "trees": trees},
            "list": {"threshold": 0.0, "trees": list_trees},
        },
    }


def _learn(
    samples: Samples, wanted: Numbers, chosen: Numbers, growth: Growth
) -> tuple[list[Tree], Numbers]:
    """Trees grown from the chosen pages, and the log odds of all pages: of a chosen one by trees
    that were not grown from its host.
    """
    folds = np.array(samples.folds)

    def grown(rows: Numbers) -> list[Tree]:
        return grow(samples.values[rows], wanted[rows], samples.weights[rows], growth)

    trees = grown(chosen)
    odds = answers(trees, samples.values)
    for fold in range(FOLDS):
        held = chosen & (folds == fold)
        odds[held] = answers(grown(chosen & (folds != fold)), samples.values[held])
    return trees, odds


def _bounds(samples: Samples, sorts: npt.NDArray[np.str_], odds: Numbers) -> dict[str, float]:
    """Sort of page → the log odds above which it is refused: the best of BOUNDS."""
    articles = np.array([kind == "article" for kind in samples.kinds])
    is_open = samples.aside == 0
    costs = np.where(articles, WORTH, 1.0) * (samples.weights * is_open)

    def cost(bound: float, sort: str) -> float:
        refused = 1 / (1 + np.exp((bound - odds) / BLUR))
        wrong = np.where(articles, refused, 1 - refused)
        chosen = sorts == sort
        supposed = SUPPOSED * WORTH * refused[articles & is_open].mean()
        return float(costs[chosen] @ wrong[chosen] + supposed)

    return {sort: float(min(BOUNDS[::-1], key=lambda b: cost(b, sort))) for sort in SORTS}


def _report(samples: Samples, refused: npt.NDArray[np.bool_]) -> None:
    kinds = np.array(samples.types)
    print("no articles, by structure alone: share of each type, open / aside")
    for kind in sorted(set(samples.types)):
        parts = [refused[(kinds == kind) & (samples.aside == part)] for part in (0, 1)]
        print(f"  {kind:14s}", " / ".join(f"{p.mean():.3f} of {len(p)}" for p in parts))


if __name__ == "__main__":
    measure_or_train(
        sys.argv[1:], measure_pages, lambda lines: train(samples_of(lines)), PARAMETERS
    )
