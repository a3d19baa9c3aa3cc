"""What the kind of a page is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.parsers.article.blocks import TextBlock
from crawler.parsers.article.entries import PARAGRAPH, holds_entries, sentences_beside_entries
from crawler.parsers.elements import Elements
from crawler.parsers.markup import Markup


@dataclass(frozen=True)
class KindEvidence:
    """What the kind is judged by."""

    elements: Elements
    """Those of the page."""
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
    date_rule: str
    """Rule of the date that was found for the page; empty where there is none."""
    authors: int
    """Number of authors."""
    byline: str
    own: bool = False
    """`content` is without what recurs on other pages of the site."""
    placed: bool = False
    """A day stands where the site prints that of the publication of its pages."""
    proven: bool = False
    """So it does here, and the address is made like those of the site's news."""
    announced: bool = False
    """A day stands where the site prints days to come, and none of publication."""
    ahead: bool = False
    """It prints the day that a list says beside it, and that was still to come."""
    listed: bool = False
    """What links in lists and feeds call the page is its title: they lead to news and events, and
    state nothing of what menus lead to.
    """

    teasers: bool = False
    """It shows the beginnings of other pages, each with a link to read on."""

    @cached_property
    def sentences(self) -> int:
        """Words of sentences before and behind the entries of the content."""
        return sentences_beside_entries(self.content)

    @cached_property
    def is_entry(self) -> bool:
        """Lists lead to it by its title, and it says something itself: an overview to which they
        lead has entries and a line above them.
        """
        if not self.listed or self.teasers:
            return False
        fewest = 2 * PARAGRAPH if holds_entries(self.content) else PARAGRAPH // 2
        return self.sentences >= fewest
