"""Where a site shows the titles of its pages, and what it puts around them in window titles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from crawler.parsers.article.blocks import words_of
from crawler.parsers.article.title import headline, is_cut
from crawler.parsers.article.title_frame import title_pieces, without_frame
from crawler.profiles.learning.recurring import Recurring
from crawler.profiles.learning.sample import ReadSample
from crawler.profiles.lines import exact_key
from crawler.profiles.places import is_heading

FEWEST = 3
SHARE_OF_FRAME = 0.5
"""Of all pages, of a piece of the window's title that is the name of the site."""
SHARE_AGREEING = 0.75
"""Of the pages that have a place, and a title by other evidence."""
FEWEST_WORDS = 3
"""Of a link that counts as a headline: shorter ones are labels."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """What is known of a site's titles, as `SiteProfile` has it."""

    title_frame: frozenset[str]
    headlines: tuple[str, ...]


def find_titles(pages: Sequence[ReadSample], recurring: Recurring) -> Titles:
    """Judge each place by the titles that markup, window, feeds, and links from lists and other
    pages give.
    """
    frame = _frame(pages)
    linked = _linked_titles(pages)
    having: Counter[str] = Counter()
    agreeing: Counter[str] = Counter()
    for page in pages:
        stated = {words_of(without_frame(text, frame)) for text in page.titles}
        lines = _first_at_places(page, recurring)
        listed = {words for words in lines.values() if _is_listed(words, page.listed)}
        titles = (stated | linked.get(page.url or "", set()) | listed) - {()}
        if not titles:
            continue
        for place, words in lines.items():
            having[place] += 1
            agreeing[place] += words in titles
    right = [
        place
        for place, count in agreeing.items()
        if count >= max(FEWEST, SHARE_AGREEING * having[place])
    ]
    return Titles(frame, tuple(sorted(right, key=lambda p: (not is_heading(p), -agreeing[p], p))))


def _is_listed(words: Words, label: str) -> bool:
    """Whether a list or feed shows a headline, or begins with it and cuts a word of it.

    A label that no line of the page has tells nothing: it may be all that stands on a card.
    """
    listed = words_of(label)
    begun = listed[:-1] if is_cut(label) else ()
    return (len(listed) >= FEWEST_WORDS and words == listed) or (
        len(begun) >= FEWEST_WORDS and words[: len(begun)] == begun
    )


def _frame(pages: Sequence[ReadSample]) -> frozenset[str]:
    """Pieces that most titles have, and what several pages are called alike and do not show:
    `Event`. Where a page shows it, it may be its title, as of meetings that recur.
    """
    counted: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for page in pages:
        counted.update({piece for text in page.titles for piece in title_pieces(text)})
        shown = {line.words for line in page.lines if not line.linked} | {()}
        titles = {words_of(text) for text in page.titles} - shown
        whole.update(" ".join(words) for words in titles)
    least = max(FEWEST, SHARE_OF_FRAME * len(pages))
    pieces = frozenset(piece for piece, count in counted.items() if count >= least)
    return pieces.union(title for title, count in whole.items() if count >= FEWEST)


def _linked_titles(pages: Sequence[ReadSample]) -> Mapping[str, AbstractSet[Words]]:
    """Address → words of the links to it on other pages."""
    found: defaultdict[str, set[Words]] = defaultdict(set)
    known = {page.url for page in pages}
    for page in pages:
        for link in page.links:
            if link.url in known and len(link.words) >= FEWEST_WORDS:
                found[link.url].add(link.words)
    return found


def _first_at_places(page: ReadSample, recurring: Recurring) -> dict[str, Words]:
    """The first line of the page's own at each place; a link is the title of another page."""
    found: dict[str, Words] = {}
    for line in page.lines:
        if (
            line.place not in recurring.boxes
            and not line.linked
            and (exact_key(line.place, line.words) not in recurring.lines)
            and (text := headline(line.text))
        ):
            found.setdefault(line.place, words_of(text))
    return found
