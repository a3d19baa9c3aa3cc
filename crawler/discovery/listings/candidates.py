"""What links to a page say of it: candidates for the entries of a list, with their labels. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bs4 import Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.day_rows import HEADINGS
from crawler.discovery.listings.entries import FEWEST, ListEntries, headline_in, in_heading
from crawler.discovery.listings.page_addresses import looks_like_a_page, may_be_a_post
from crawler.discovery.listings.soup import text_in
from indexer.records.urls import canonical, identity

HEADLINE = 25
"""Characters from which a link's text may be a headline: shorter ones are mostly menu entries."""
LONGEST_HEADLINE = 90
"""Characters of a headline that is cut off; what is longer is the beginning of a text."""
WORDS_OF_HEADLINE = 5
"""Of a headline that stands in no heading; the label of a pager has fewer."""
MOST_OF_TEXT = 5_000
"""Characters of a link's text that are read; blanks count."""
MOST_ANCHORS = 50
"""Links to one address that are looked at: what the first ones do not say, no further one does, and
each is compared with the others.
"""
MOST_WORDS_OF_MORE = 3
"""Words of a "read more"."""
_CUT_OFF = re.compile(r"(?:…|\.{3})\W*$")
_WORD = re.compile(r"[^\W\d_]\S*")
_HEADLINE_CLASS = re.compile(
    r"^(?:h[1-6]|(?:[\w-]*[-_])?(?:title|headline|heading|titel))$", re.IGNORECASE
)
"""Of an element that is styled as a heading."""
_LABEL_CLASS = re.compile(
    r"(?:^|[-_])(?:category|kicker|label|rubri[ck]|section|tag|topic)[-_]+[^\W_]+$", re.IGNORECASE
)
"""Of one that names what the entry belongs to: `category-title`, not `topic-card__title`."""


@dataclass(slots=True)
class Candidate:
    """All that the anchors with one address say together."""

    url: str
    page: str
    """Address of the page that links to it."""
    text: str = ""
    anchors: list[Tag] = field(default_factory=list)
    labelled: Tag | None = None
    """The anchor that has the text."""
    shared: list[Tag] = field(default_factory=list)
    """The anchors that say what those to other pages say: "read more", or "Weekly report"."""

    def is_strong(self) -> bool:
        """It is in a heading or an article, or its address looks like that of a single page."""
        return looks_like_a_page(self.url) or any(
            in_heading(a) or a.find_parent("article") is not None for a in self.anchors
        )

    def is_post(self) -> bool:
        """It is news by their number: a headline leads there, which no page of a list has."""
        return may_be_a_post(self.url, self.page) and is_headline(
            self.text, inside=any(map(in_heading, self.anchors))
        )

    def keep(self, anchors: list[Tag], menu_labels: Collection[str]) -> None:
        """Leave out all other anchors, and what they say."""
        self.anchors = anchors
        if self.labelled is not None and all(anchor is not self.labelled for anchor in anchors):
            self.labelled = None
            self.text = ""
            labels = {id(a): label_of(a) for a in anchors}
            _choose_label(self, labels, frozenset(map(label_of, self.shared)), menu_labels)

    def title(self, entries: ListEntries, menu_labels: Collection[str]) -> str:
        """What links to the page, or what stands beside a link that says what others say; that
        itself where its entry says nothing else, but no "read more".
        """
        if self.text or not self.shared or not self.anchors:
            return self.text
        kept = {id(anchor) for anchor in self.anchors}
        labels = (label_of(anchor) for anchor in self.shared if id(anchor) in kept)
        names = (text for text in labels if plain(text) not in menu_labels)
        headline = headline_in(entries.entry_of(self.anchors[0]))
        return headline or max(names, key=len, default="")

    def heading_beside(self, entries: ListEntries) -> str:
        """The heading in the entry of a link that is labelled "Download"; empty where there is
        none.
        """
        found = (entries.entry_of(anchor).find(HEADINGS) for anchor in self.anchors)
        heading = next((tag for tag in found if isinstance(tag, Tag)), None)
        return " ".join(text_in(heading, MOST_OF_TEXT).split()) if heading is not None else ""


def is_headline(label: str, *, inside: bool) -> bool:
    """Whether the label of a link is a headline: several words in a heading (`inside`), or a whole
    sentence. Numbers are no words (Page 3; 21 - 30).
    """
    words = len(_WORD.findall(label))
    return (inside and words > 1) or (words >= WORDS_OF_HEADLINE and len(label) >= HEADLINE)


def gather_candidates(
    anchors: Iterable[Tag],
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    menu_labels: Collection[str],
) -> dict[str, Candidate]:
    """Anchors gathered by address; only what belongs to the source and is not this page.
    `menu_labels`: what links say that are no headlines, as `plain` writes it.
    """
    here = identity(page)
    found: dict[str, Candidate] = {}
    for anchor in anchors:
        url = canonical(str(anchor["href"]), base)
        if url is None or identity(url) == here or not is_owned(url):
            continue
        candidate = found.setdefault(url, Candidate(url, page))
        if len(candidate.anchors) < MOST_ANCHORS:
            candidate.anchors.append(anchor)
    labels = {id(a): label_of(a) for c in found.values() for a in c.anchors}
    repeated = _repeated_labels(found.values(), labels)
    for candidate in found.values():
        _choose_label(candidate, labels, repeated, menu_labels)
    return found


def _choose_label(
    candidate: Candidate,
    labels: Mapping[int, str],
    repeated: frozenset[str],
    menu_labels: Collection[str],
) -> None:
    """Choose the anchor with the longest text that is no "read more", of those whose headlines
    stand in headings if there are any: `Read more about Tin` is longer than the headline. So is a
    teaser, which stands behind it.
    """
    linked = [(anchor, labels[id(anchor)]) for anchor in candidate.anchors]
    first = next(
        (n for n, (_, text) in enumerate(linked) if _may_head_a_teaser(text)), MOST_ANCHORS
    )
    texts = [one for n, one in enumerate(linked) if n <= first or not _is_teaser(one[1])]
    best = (False, 0)
    candidate.shared = []
    for anchor, text in texts:
        inside = in_heading(anchor)
        rank = (inside and _may_be_headline(text, [t for _, t in texts]), len(text))
        if not inside and text in repeated:
            candidate.shared.append(anchor)
        elif text and rank > best and plain(text) not in menu_labels:
            candidate.text, candidate.labelled, best = text, anchor, rank


def _may_head_a_teaser(text: str) -> bool:
    return len(text) >= HEADLINE and not _is_teaser(text)


def _is_teaser(text: str) -> bool:
    return len(text) > LONGEST_HEADLINE and _CUT_OFF.search(text) is not None


def _may_be_headline(text: str, all_texts: Sequence[str]) -> bool:
    """Whether what a heading says is no day and no category: those are short, and what links to the
    page besides does not repeat them.
    """
    longer = [other for other in all_texts if len(other) > len(text)]
    return len(text) >= HEADLINE or not longer or any(text in other for other in longer)


def _repeated_labels(candidates: Iterable[Candidate], labels: Mapping[int, str]) -> frozenset[str]:
    """Short labels of links to several pages: "read more", in whatever language."""
    found: Counter[str] = Counter()
    for candidate in candidates:
        said = [(labels[id(anchor)], anchor) for anchor in candidate.anchors]
        short = [(text, a) for text, a in said if len(text.split()) <= MOST_WORDS_OF_MORE]
        found.update({text for text, anchor in short if not in_heading(anchor)})
    return frozenset(text for text, number in found.items() if number >= FEWEST)


def _is_headline_class(name: str | None) -> bool:
    return bool(name and _HEADLINE_CLASS.search(name) and not _LABEL_CLASS.search(name))


def label_of(anchor: Tag) -> str:
    """Text of a link: of the heading in it if there is one; an image link's alternative text."""
    heading = anchor.find(HEADINGS) or anchor.find(class_=_is_headline_class)
    text = " ".join(text_in(heading or anchor, MOST_OF_TEXT).split())
    if not text:
        text = str(anchor.get("title") or anchor.get("aria-label") or "")
    return " ".join(text.split())
