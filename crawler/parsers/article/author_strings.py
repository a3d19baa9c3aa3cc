"""The strings of a page around its text, and which of them stand where authors do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import lxml.html

from crawler.parsers.article.blocks import INVISIBLE, LONG
from crawler.parsers.article.body import Body
from crawler.parsers.article.boilerplate import is_hidden

MAX_ELEMENTS = 8_000
"""Elements that are looked at."""
MAX_CHARACTERS = 120
"""Characters of a string that may name an author; what is longer is a sentence."""
BEFORE = 4
"""Blocks before the title from which on authors are looked for."""
PARAGRAPHS = 3
"""Paragraphs of the text before the last of which a byline may stand."""
BEHIND = 400
"""Elements behind the text among which the box of its author may stand."""

Evidence = Literal["marked", "named", ""]
Place = Literal["head", "foot"]

_AUTHOR = re.compile(
    r"(?:(?<![A-Za-z])(?:author(?:ed)?|autor|autoren|avtor|by-?line|writer|contributor|creator|posted-?by|written-?by)"
    r"|(?<=[a-z])(?:Author|Byline|ByLine|Writer|Contributor))s?(?![a-z])"
)
_PROFILE = re.compile(
    r"/(?:authors?|autor|autoren|avtor|contributors?|writers?|journalists?|redakteure?|reporters?|byline|"
    r"profiles?|people|person|staff|team|users?|by)/(?P<slug>[^/?#]+)/?(?:[?#]|$)|/@(?P<account>[\w.-]+)/?$|[?&]author=",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?list|related|sidebar|recommend\w*|popular|trending|newsletter|"
    r"more-?news|teasers?|cards?|list-item|views-row|testimonials?|quotes?|menu|navbar|navigation|"
    r"breadcrumbs?|products?|social|share|sharing)(?=$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AuthorString:
    """A string as the page shows it, between two tags."""

    text: str
    evidence: Evidence
    """marked: inside rel=author, itemprop=author or a link to a profile; named: inside an element
    whose class or id says author.
    """
    place: Place
    holder: lxml.html.HtmlElement | None
    """The outermost element with the evidence."""


def read_author_strings(
    tree: lxml.html.HtmlElement, body: Body, heading: int, host: str
) -> list[AuthorString]:
    """Strings from shortly before the title to the first paragraph, and behind the text those with
    evidence.
    """
    return list(_Walk(body, heading, host).strings(tree)) if body.chosen else []


class _Walk:
    def __init__(self, body: Body, heading: int, host: str) -> None:
        self._host = host
        start = max(0, heading - BEFORE)
        self._openers = {b.element for b in body.blocks[start : body.first + 1]}
        text = [body.blocks[i] for i in body.chosen]
        self._around = {a for block in text for a in block.element.iterancestors()}
        self._paragraphs = {b.element for b in text if len(b.words) >= LONG}
        self._left = PARAGRAPHS
        """Paragraphs that may still come before the head ends."""
        self._last = body.blocks[body.chosen[-1]].element
        self._place: Place | None = None
        self._behind = BEHIND

    def strings(self, tree: lxml.html.HtmlElement) -> Iterator[AuthorString]:
        """In the order of the page."""
        stack: list[tuple[lxml.html.HtmlElement | str, Evidence, lxml.html.HtmlElement | None]]
        stack = [(tree, "", None)]
        budget = MAX_ELEMENTS
        while stack and budget and self._behind:
            node, evidence, holder = stack.pop()
            if isinstance(node, str):
                text = " ".join(node.split())
                if (
                    text
                    and self._place
                    and len(text) <= MAX_CHARACTERS
                    and (evidence or self._place == "head")
                ):
                    yield AuthorString(text, evidence, self._place, holder)
                continue
            budget -= 1
            if not self._enters(node):
                continue
            found = self._evidence_of(node)
            if found and evidence != "marked":
                evidence, holder = found, (holder if holder is not None else node)
            inner = (evidence, holder)
            for child in reversed(node):
                if child.tail:
                    stack.append((child.tail, *inner))
                stack.append((child, *inner))
            if node.text:
                stack.append((node.text, *inner))

    def _enters(self, element: lxml.html.HtmlElement) -> bool:
        """Whether its strings count; notes where on the page it stands."""
        if not isinstance(element.tag, str) or element.tag in INVISIBLE or is_hidden(element):
            return False
        if element in self._openers and self._place is None and self._left == PARAGRAPHS:
            self._place = "head"
        if element in self._paragraphs:
            self._left -= 1
            if not self._left:
                self._place = None
        if element is self._last:
            self._place = "foot"
            return False
        if self._place == "foot":
            self._behind -= 1
        if element in self._around:
            return True
        if element.tag in ("nav", "aside"):
            return False
        return not _ELSEWHERE.search(f"{element.get('class') or ''} {element.get('id') or ''}")

    def _evidence_of(self, element: lxml.html.HtmlElement) -> Evidence:
        given = element.attrib
        if not given or element in self._around:
            return ""
        if "author" in (given.get("rel") or "").split() or given.get("itemprop") == "author":
            return "marked"
        if element.tag == "a" and self._leads_to_profile(given.get("href") or ""):
            return "marked"
        named = _AUTHOR.search(f"{given.get('class') or ''} {given.get('id') or ''}")
        return "named" if named else ""

    def _leads_to_profile(self, href: str) -> bool:
        """A link within the site to the page of a person."""
        if not _PROFILE.search(href):
            return False
        return "://" not in href or urlsplit(href).netloc.removeprefix("www.") == self._host
