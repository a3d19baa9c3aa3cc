"""What kind of page it is, by evidence: schema.org types, length of text, links, words of page
states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.parsers.article.blocks import TextBlock, words_of
from crawler.parsers.article.entries import PARAGRAPH, lists_entries, words_beside_entries
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.markup import ARTICLE_TYPES, LISTING_TYPES, Markup, text_of, types_of
from indexer.records.document import Kind

SHORT = 60
"""Words of running text below which a page needs other evidence to be an article."""
_LONGEST_DIALOG = 400
"""Words of running text that no consent dialog has."""
MOST_BESIDE_CONSENT = 25
"""Words of paragraphs that a consent wall may hold besides its own."""
TEASERS = 5
"""Linked headlines that make a listing, where there is little running text."""

_SENTENCE = re.compile(r"[.!?…:]['\"»“”’)\]]*(?:\s|$)")
_DATE = re.compile(
    r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}|\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b"
)
_NOT_FREE = ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class KindEvidence:
    """What the kind is judged by."""

    title: str | None
    titles: Sequence[str]
    """The title and all that markup and window give as one."""
    text: str
    chosen: Sequence[TextBlock]
    """Blocks of the article."""
    blocks: Sequence[TextBlock]
    """All blocks of the page, boxes and dialogs among them."""
    content: Sequence[TextBlock]
    """Those without boxes and dialogs."""
    markup: Markup
    url: str | None
    dated: bool
    """A publication date is stated in markup or byline."""


def judge_kind(evidence: KindEvidence, words: PageWords) -> Kind:
    """The kind; a page with a paragraph or two of its own is an article unless much speaks against
    it.
    """
    running = sum(
        len(b.words) for b in evidence.chosen if len(b.words) >= PARAGRAPH and b.link_share < 0.5
    )
    is_article = any(True for _ in evidence.markup.of_type(ARTICLE_TYPES))
    checks: tuple[tuple[Kind, bool], ...] = (
        ("soft-404", _is_missing(evidence, words, running)),
        ("consent-wall", _is_consent(evidence, words, running)),
        ("paywalled", _is_paywalled(evidence, words, running)),
        ("event", _is_event(evidence, is_article=is_article)),
        ("listing", _is_listing(evidence, running, is_article=is_article)),
        (
            "not-an-article",
            running < SHORT and not _is_short_article(evidence, is_article=is_article),
        ),
    )
    return next((kind for kind, holds in checks if holds), "article")


def _is_missing(evidence: KindEvidence, words: PageWords, running: int) -> bool:
    """The page says that there is no such page, in its title or in place of a text."""
    if running > 150:
        return False
    if any(_says_only(words.start("soft_404", t), t) for t in evidence.titles):
        return True
    if any(words.find("soft_404", t) for t in evidence.titles) and running < SHORT:
        return True
    lines = [b.text for b in (evidence.chosen or evidence.blocks)][:20]
    return running < SHORT and any(words.start("soft_404", line) for line in lines)


def _says_only(phrase: str, title: str) -> bool:
    """The title is the phrase and hardly more: a number, a full stop, a name."""
    return bool(phrase) and len(words_of(title)) <= len(words_of(phrase)) + 3


def _is_consent(evidence: KindEvidence, words: PageWords, running: int) -> bool:
    """Little but the words of a consent dialog."""
    if running >= _LONGEST_DIALOG or sum(len(b.text) + 1 for b in evidence.blocks) > 8_000:
        return False
    if words.count("consent", " ".join(b.text for b in evidence.blocks)) < 3:
        return False
    own = sum(
        len(b.words)
        for b in evidence.chosen
        if len(b.words) >= PARAGRAPH and not words.find("consent", b.text)
    )
    return own < MOST_BESIDE_CONSENT


def _is_paywalled(evidence: KindEvidence, words: PageWords, running: int) -> bool:
    """A teaser whose rest is for subscribers: said by markup, or by a phrase under a short text."""
    if running > 350:
        return False
    tier = (evidence.markup.first_meta("article:content_tier") or "").lower()
    locked = tier == "locked" or any(
        str(node.get("isAccessibleForFree")).lower() in _NOT_FREE for node in evidence.markup.nodes
    )
    phrase = any(words.find("paywall", b.text) for b in evidence.blocks if len(b.words) <= 60)
    return running <= 250 and (phrase or locked)


def _is_event(evidence: KindEvidence, *, is_article: bool) -> bool:
    """Markup says that the page is about one event."""
    if (evidence.markup.first_meta("og:type") or "").lower() in ("event", "events.event"):
        return True
    events = [n for n in evidence.markup.nodes if any(t.endswith("Event") for t in types_of(n))]
    if not events or is_article:
        return False
    names = {text_of(n.get("name")) for n in events if text_of(n.get("name"))}
    return len(names) == 1


def _is_listing(evidence: KindEvidence, running: int, *, is_article: bool) -> bool:
    """Many linked headlines and hardly a paragraph of its own, or the start page."""
    longest = max((len(b.words) for b in evidence.chosen if b.link_share < 0.3), default=0)
    parents = {b.element.getparent() for b in evidence.chosen if len(b.words) >= PARAGRAPH}
    headlines = [b for b in evidence.blocks if len(b.words) >= 4 and b.link_share > 0.7]
    dated = sum(1 for b in evidence.blocks if len(b.words) <= 30 and _DATE.search(b.text))
    if _is_home(evidence.url) and len(headlines) >= TEASERS:
        return True
    if any(True for _ in evidence.markup.of_type(LISTING_TYPES)) and not is_article:
        return len(headlines) >= 3 and running < 300
    if is_article and evidence.dated:
        return False
    if lists_entries(evidence.content):
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
