"""What kind of page it is: by its state, its markup, its entries, the measures of its structure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from crawler.parsers.article.data_blocks import DATE_LIKE, DAY_LIKE
from crawler.parsers.article.entries import (
    PARAGRAPH,
    lists_entries,
    quotes_another_page,
    shows_beginnings,
    words_beside_entries,
)
from crawler.parsers.article.kind.event_address import lies_among_events
from crawler.parsers.article.kind.event_box import names_day_and_place
from crawler.parsers.article.kind.evidence import KindEvidence
from crawler.parsers.article.kind.measures import measure
from crawler.parsers.article.kind.page_states import (
    SHORT,
    is_consent,
    is_missing,
    is_paywalled,
    is_vacancy,
)
from crawler.parsers.article.kind.signs import SEVERAL_SIGNS, sort_of
from crawler.parsers.article.kind.thread_address import shows_thread
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.markup import ARTICLE_TYPES, LISTING_TYPES, text_of, types_of
from crawler.parsers.trees import Trees
from indexer.records.document import Kind

PARAMETERS = Path(__file__).with_name("parameters.json")
"""Made by `python -m benchmarks.kinds_training`."""
TEASERS = 5
"""Linked headlines that make a listing, where there is little running text."""
MARKED = 2.0
"""Log odds by which structure must speak louder where markup says that the page is an article, or
its site is known to print the day of its articles where this one has one.
"""

DATED, NOTICE = 1.0, 150
"""Log odds by which structure must speak louder where a date stands over a text of so few words
that lists nothing: the notice of an association has little structure of its own.
"""
SURE = -2.0
"""Log odds below which a page is an article though rules say that it is none."""
FEWEST = 60
"""Elements of a page that has a structure to be judged by. Of 1,000 pages of as many sites 2 have
fewer; a notice on a page made by hand may.
"""

_OF_STRUCTURE: frozenset[Kind] = frozenset({"article", "listing", "not-an-article"})
"""Kinds that structure may speak against."""
_NEWS_TYPES = ARTICLE_TYPES - {"TechArticle"}
"""schema.org's TechArticle is a how-to or a specification: a page of documentation."""
_CMS_TYPES = frozenset({"Article"})
"""What Joomla and others call each of their pages."""
_OTHER_TYPES = frozenset(
    {"Product", "ProductGroup", "QAPage", "DiscussionForumPosting", "ProfilePage", "JobPosting"}
)
"""schema.org types of a page that is no article, where it has none of an article."""
_FRAMES = ("body", "main", "article")
_EVENT_CLASS = re.compile(
    r"(?:^|\s)(?:(?:page-)?node--?type--?|single-|type-)(?:tribe[_-])?events?(?:\s|$)",
    re.IGNORECASE,
)
"""Classes by which Drupal and plug-ins of WordPress mark the page of one event."""
_SENTENCE = re.compile(r"[.!?…:]['\"»“”’)\]]*(?:\s|$)")
_ARCHIVE = re.compile(r"(?:/[^/]+)?/(?:19|20)\d\d/\d\d?(?:/\d\d?)?/?")
"""Path of the archive of a month or a day: `/2031/03/12/`, `/news/2031/03/`."""


def judge_kind(evidence: KindEvidence, words: PageWords) -> Kind:
    """The kind; a page with a paragraph or two of its own is an article unless much speaks against
    it.
    """
    if not _is_marked(evidence) and (shows_thread(evidence.url) or is_vacancy(evidence, words)):
        return "not-an-article"
    if not _is_marked(evidence) and shows_beginnings(
        evidence.content, evidence.chosen, evidence.titles, evidence.url
    ):
        return "listing"
    kind = judge_by_rules(evidence, words)
    if kind in _OF_STRUCTURE and not (kind == "listing" and evidence.teasers):
        kind = _revise_by_structure(kind, evidence)
    if kind == "not-an-article" and _ARCHIVE.fullmatch(urlsplit(evidence.url or "").path):
        return "listing"
    if kind == "article" and _is_of_menus(evidence, words):
        return "not-an-article"
    if kind == "article" and lies_among_events(evidence.url, words):
        is_news = _is_marked(evidence, _CMS_TYPES if evidence.is_entry else frozenset())
        return kind if is_news else "event"
    return kind


def _is_of_menus(evidence: KindEvidence, words: PageWords) -> bool:
    """Nothing says that it is news, and it is called like what menus lead to."""
    return not evidence.dated and words.is_of_menus(evidence.title) and not _is_marked(evidence)


def judge_by_rules(evidence: KindEvidence, words: PageWords) -> Kind:
    """The kind without a look at measures of structure."""
    running = sum(
        len(b.words) for b in evidence.chosen if len(b.words) >= PARAGRAPH and b.link_share < 0.5
    )
    is_article = _is_marked(evidence)
    states: tuple[tuple[Kind, Callable[[], bool]], ...] = (
        ("soft-404", lambda: is_missing(evidence, words, running)),
        ("consent-wall", lambda: is_consent(evidence, words, running)),
        ("paywalled", lambda: is_paywalled(evidence, words, running)),
        ("event", lambda: _is_event(evidence, is_article=is_article)),
    )
    state = next((kind for kind, holds in states if holds()), None)
    if state is not None:
        return state
    if _is_listing(evidence, running, is_article=is_article):
        return "listing"
    if evidence.announced or (not is_article and _announces(evidence, words)):
        return "event"
    if _is_other(evidence, running, is_article=is_article):
        return "not-an-article"
    return "article"


def _revise_by_structure(kind: Kind, evidence: KindEvidence) -> Kind:
    """The kind that rules have told, unless the page is made like others."""
    is_article = _is_marked(evidence) or _is_made_as_news(evidence)
    measured = measure(evidence)
    sort = sort_of(measured)
    if sort not in SEVERAL_SIGNS and (
        evidence.is_entry or (kind != "listing" and _is_proven(evidence))
    ):
        return "article"
    if measured["elements"] < FEWEST and sort not in SEVERAL_SIGNS:
        return kind
    no_article, lists = _trees("no article"), _trees("list")
    odds = no_article.log_odds(measured) - MARKED * is_article
    if evidence.dated and measured["running"] < NOTICE and measured["headlines"] < TEASERS // 2:
        odds -= DATED
    if kind != "article":
        return "article" if odds < SURE else kind
    if odds <= _bounds()[sort]:
        return "article"
    return "listing" if lists.log_odds(measured) > lists.threshold else "not-an-article"


def _is_made_as_news(evidence: KindEvidence) -> bool:
    """A day stands where the site prints that of its news, and a text that is none of its entries:
    what a page builder calls its parts tells nothing, where they stand does.
    """
    return evidence.placed and (
        words_beside_entries(evidence.content) >= PARAGRAPH or evidence.sentences >= 2 * PARAGRAPH
    )


def _is_proven(evidence: KindEvidence) -> bool:
    """Where the day stands and how the address is made are two witnesses that do not hang on each
    other: with a sentence or two of its own such a page is news, whatever its structure is like.
    """
    return evidence.proven and evidence.sentences >= PARAGRAPH // 2


def _is_marked(evidence: KindEvidence, but_for: frozenset[str] = frozenset()) -> bool:
    """Markup says that the page is an article of a kind that tells news."""
    return any(True for _ in evidence.markup.of_type(_NEWS_TYPES - but_for))


@cache
def _bounds() -> Mapping[str, float]:
    """Sort of page by its signs → log odds above which it is no article."""
    bounds: dict[str, float] = json.loads(PARAMETERS.read_text("utf-8"))["bounds"]
    return bounds


@cache
def _trees(question: str) -> Trees:
    return Trees.read(PARAMETERS, question)


def _is_other(evidence: KindEvidence, running: int, *, is_article: bool) -> bool:
    """Markup says that the page is a product, a thread …, or it has hardly a text."""
    if not is_article and any(True for _ in evidence.markup.of_type(_OTHER_TYPES)):
        return True
    is_short = evidence.is_entry or _is_short_article(evidence, is_article=is_article)
    return running < SHORT and not is_short


def _is_event(evidence: KindEvidence, *, is_article: bool) -> bool:
    """Markup says that the page is about one event."""
    if (evidence.markup.first_meta("og:type") or "").lower() in ("event", "events.event"):
        return True
    if is_article:
        return False
    if any(
        _EVENT_CLASS.search(frame.attributes.get("class", ""))
        for frame in evidence.elements.with_tags(*_FRAMES)
    ):
        return True
    events = [n for n in evidence.markup.nodes if any(t.endswith("Event") for t in types_of(n))]
    if not events:
        return False
    names = {text_of(n.get("name")) for n in events if text_of(n.get("name"))}
    return len(names) == 1


def _announces(evidence: KindEvidence, words: PageWords) -> bool:
    """A list says the day to come that the page prints; or the page names day and place; or it lies
    where the site has its events.
    """
    return (
        evidence.ahead
        or names_day_and_place(evidence.content, words)
        or _is_among_events(evidence, words)
    )


def _is_among_events(evidence: KindEvidence, words: PageWords) -> bool:
    """The address is one of the site's events, and lists lead to it or it tells something of some
    day.
    """
    if not lies_among_events(evidence.url, words):
        return False
    is_dated = DATE_LIKE.search(f"{evidence.title} {evidence.text}") is not None
    return evidence.is_entry or (is_dated and _is_short_article(evidence, is_article=False))


def _is_listing(evidence: KindEvidence, running: int, *, is_article: bool) -> bool:
    """Many linked headlines and hardly a paragraph of its own, or the start page."""
    longest = max((len(b.words) for b in evidence.chosen if b.link_share < 0.3), default=0)
    parents = {b.element.getparent() for b in evidence.chosen if len(b.words) >= PARAGRAPH}
    headlines = [b for b in evidence.blocks if len(b.words) >= 4 and b.link_share > 0.7]
    dated = sum(1 for b in evidence.blocks if len(b.words) <= 30 and DAY_LIKE.search(b.text))
    is_home = _is_home(evidence.url) and len(headlines) >= TEASERS
    shows_teasers = evidence.teasers and not (is_article and evidence.dated)
    if (
        is_home
        or shows_teasers
        or (
            evidence.own
            and lists_entries(evidence.content, stripped=True)
            and not (_is_made_as_news(evidence) or evidence.is_entry)
        )
    ):
        return True
    if any(True for _ in evidence.markup.of_type(LISTING_TYPES)) and not is_article:
        return len(headlines) >= 3 and running < 300
    if (is_article and evidence.dated) or _is_made_as_news(evidence) or evidence.is_entry:
        return False
    if lists_entries(evidence.content) or quotes_another_page(
        evidence.content, evidence.chosen, evidence.titles, evidence.url
    ):
        return True
    scattered = len(parents) >= 4 and longest < 70 and len(headlines) >= TEASERS
    if scattered and dated >= TEASERS and running < 1_000:
        return True
    return (
        running < 150
        and len(headlines) >= 2 * TEASERS
        and (longest < 40 or dated >= 2 * TEASERS)
        and words_beside_entries(evidence.content) < PARAGRAPH
    )


def _is_home(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _is_short_article(evidence: KindEvidence, *, is_article: bool) -> bool:
    """A notice of a few lines: with a title, and with a date, article markup or sentences."""
    if not evidence.title:
        return False
    sentences = sum(
        bool(_SENTENCE.search(b.text))
        for b in evidence.chosen
        if len(b.words) >= 6 and b.link_share < 0.5
    )
    if is_article or evidence.dated:
        return sentences >= 1
    return sentences >= 2
