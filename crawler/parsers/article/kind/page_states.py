"""States in which a page shows no article though its address may be that of one: gone, behind a
consent dialog, behind a paywall. And one whose title says that it is none.
"""

from __future__ import annotations

from crawler.parsers.article.blocks import TextBlock, words_of
from crawler.parsers.article.entries import PARAGRAPH
from crawler.parsers.article.kind.evidence import KindEvidence
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.title_frame import SEPARATOR

SHORT = 60
"""Words of running text below which a page needs other evidence to be an article."""
_LONGEST_DIALOG = 400
"""Words of running text that no consent dialog has."""
MOST_BESIDE_CONSENT = 25
"""Words of paragraphs that a consent wall may hold besides its own."""

_LONGEST_TEASER = 250
"""Words of running text."""
_LONGEST_BARRIER = 60
"""Words of the block that asks for a subscription."""
_MENU = frozenset({"footer", "header", "li", "menu", "nav"})

_NOT_FREE = ("false", "no", "0")


def is_missing(evidence: KindEvidence, words: PageWords, running: int) -> bool:
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


def is_consent(evidence: KindEvidence, words: PageWords, running: int) -> bool:
    """Little but the words of a consent dialog."""
    if running >= _LONGEST_DIALOG or sum(len(b.text) + 1 for b in evidence.blocks) > 8_000:
        return False
    own = 0
    for block in evidence.chosen:
        if len(block.words) >= PARAGRAPH and not words.find("consent", block.text):
            own += len(block.words)
        if own >= MOST_BESIDE_CONSENT:
            return False  # most pages: the words of a dialog need not be counted
    return words.count("consent", " ".join(b.text for b in evidence.blocks)) >= 3


def is_paywalled(evidence: KindEvidence, words: PageWords, running: int) -> bool:
    """A teaser whose rest is for subscribers: said by markup, or by a phrase under a short text."""
    if running > _LONGEST_TEASER:
        return False
    tier = (evidence.markup.first_meta("article:content_tier") or "").lower()
    locked = tier == "locked" or any(
        str(node.get("isAccessibleForFree")).lower() in _NOT_FREE for node in evidence.markup.nodes
    )
    return locked or any(
        _asks_to_pay(b.text, words)
        for b in evidence.blocks
        if len(b.words) <= _LONGEST_BARRIER and not _is_menu_entry(b)
    )


def _asks_to_pay(text: str, words: PageWords) -> bool:
    """Whether a block says that what it belongs to is for subscribers, and not in brackets of
    something that it names: `Annual meeting, Skipton (members only)`.
    """
    found = words.find("paywall", text)
    return found is not None and not text[: found.start()].rstrip()[1:].endswith("(")


def is_vacancy(evidence: KindEvidence, words: PageWords) -> bool:
    """Its title offers a job: it begins so, or has the abbreviation for all genders. News of jobs
    have such words inside of their titles, or as a part of the first words: a colon or the end has
    to stand behind those that are listed with one.
    """
    return any(
        any(words.start("vacancy", f"{piece}:") for piece in SEPARATOR.split(title))
        or any("/" in word and words.start("vacancy", word) for word in title.split())
        for title in evidence.titles
    )


def _is_menu_entry(block: TextBlock) -> bool:
    """A link to what is for members, on every page of the site."""
    if block.link_share < 0.9:
        return False
    return block.tag in _MENU or any(True for _ in block.element.iterancestors(*_MENU))
