"""The strings of a page around its text, and which of them stand where authors do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import lxml.html

from crawler.parsers.article.blocks import LONG, SENTENCE_END, TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.data_blocks import LABEL, without_publication
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.elements import INVISIBLE, Elements, Seen

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

MIN_LABEL, MAX_LABEL = 5, 40
"""Letters of a word that labels an author, and of the string that holds it."""

SIGNATURE = 14
"""Words of a last block that may name the author, behind byline words if more than a name."""

Evidence = Literal["marked", "labelled", "named", "signed", ""]
Place = Literal["head", "foot", "else"]

_AUTHOR = re.compile(
    r"(?:(?<![A-Za-z])(?:author(?:ed)?|autor|autoren|avtor|by-?line|writer|contributor|creator|posted-?by|written-?by)"
    r"|(?<![A-Z])(?:Author|Byline|ByLine|Writer|Contributor))s?(?![a-z])"
)
_ACCOUNT = re.compile(r"(?<![A-Za-z])user-?name(?![a-z])")
"""Of whoever wrote something: behind the text of an article, a comment on it."""
_PROFILE = re.compile(
    r"/(?:authors?|autor|autoren|avtor|contributors?|writers?|journalists?|redakteure?|reporters?|byline|"
    r"profiles?|people|person|staff|team|users?|by)/[^/?#]+/?(?:[?#]|$)|/@[\w.-]+/?$|"
    r"/(?:authors?|autor|auteur|avtor)\.[a-z]{2,5}\?(?:\w+=)?\d|[?&](?:_?author=|author_?id=|auteur\d|id_auteur=)",
    re.IGNORECASE,
)
"""Pages of persons, also where a system tells them by a number alone."""
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?list|related|recommend\w*|popular|trending|newsletter|"
    r"more-?news|teasers?|list-item|views-row|testimonials?|quotes?|menu|navbar|navigation|"
    r"breadcrumbs?|products?|social|share|sharing)(?=$|[\s_-])",
    re.IGNORECASE,
)
_COUNT = re.compile(r"[\s:]*\d[\d\s.,]*")
"""Behind the label of a counter."""
_EDGES = " .:|·•\N{NO-BREAK SPACE}"
_BOX = re.compile(r"(?:^|[\s_-])(?:sidebar|cards?|widget)(?=$|[\s_-])", re.IGNORECASE)
"""What holds other articles, or the author of this one."""


@dataclass(frozen=True, slots=True)
class AuthorString:
    """A string as the page shows it, between two tags."""

    text: str
    evidence: Evidence
    """marked: inside rel=author, itemprop=author or a link to a profile; labelled: right behind an
    element that holds nothing but the word for an author; named: inside an element
    whose class or id says author; signed: a last line of the text, or a line right behind it.
    """
    place: Place
    """Around the headline, behind the text, or anywhere else."""
    holder: lxml.html.HtmlElement | None
    """The outermost element with the evidence."""
    parent: lxml.html.HtmlElement
    """The element that it stands in."""
    boxed: bool = False
    """It stands in a box beside the article."""


def read_author_strings(
    elements: Elements, body: Body, heading: int, host: str, words: PageWords
) -> list[AuthorString]:
    """Strings from shortly before the title to the first paragraph; those with evidence behind the
    text and, where an element says so of itself, on the rest of the page.
    """
    if not body.chosen:
        return []
    return list(_Walk(body, heading, host, words).strings(elements.of(elements.root)))


def may_sign(block: TextBlock) -> bool:
    """Whether a last block is short enough to name who wrote the text, and no sentence."""
    return len(block.words) <= SIGNATURE and SENTENCE_END.search(block.text) is None


class _Said(NamedTuple):
    """What the class and id of an element say of it."""

    elsewhere: bool
    box: bool
    author: bool
    account: bool


@lru_cache(maxsize=20_000)
def _said(names: str) -> _Said:
    return _Said(
        bool(_ELSEWHERE.search(names)),
        bool(_BOX.search(names)),
        bool(_AUTHOR.search(names)),
        bool(_ACCOUNT.search(names)),
    )


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a string say of it."""

    evidence: Evidence = ""
    holder: lxml.html.HtmlElement | None = None
    boxed: bool = False


class _Walk:
    def __init__(self, body: Body, heading: int, host: str, words: PageWords) -> None:
        self._host = host
        self._words = words
        start = max(0, heading - BEFORE)
        openers = {b.element for b in body.blocks[start : body.first + 1]}
        text = [body.blocks[i] for i in body.chosen]
        self._around = {a for block in text for a in block.element.iterancestors()}
        self._paragraphs = {b.element for b in text if len(b.words) >= LONG}
        above = {a for opener in openers for a in opener.iterancestors()}
        self._whole = self._paragraphs & above
        """Elements that hold headline and byline together with a text parted by breaks."""
        self._openers = openers - self._whole
        self._left = PARAGRAPHS
        """Paragraphs that may still come before the head ends."""
        end = body.chosen[-1]
        start = self._first_of_end(text)
        self._last = text[start].element
        ends = [*text[start:], *body.blocks[end + 1 : end + 2]]
        signatures = [b for b in ends if len(b.words) <= SIGNATURE]
        self._signatures = {b.element for b in signatures}
        self._around_signatures = {a for b in signatures for a in b.element.iterancestors()}
        """A text parted by breaks holds the element of who signs it."""
        self._signed = [" ".join(b.text.split()) for b in signatures]
        self._place: Place = "else"
        self._behind = BEHIND

    def _first_of_end(self, text: Sequence[TextBlock]) -> int:
        """Index of the last block that is more than the day of publication, and how often the page
        was read: who wrote a text stands before that day as well as behind it; and above an office.
        """
        last = len(text) - 1
        while last and self._is_day(text[last]):
            last -= 1
        if last and self._is_office(text[last]) and len(text[last - 1].words) <= LABEL:
            last -= 1
        return last

    def _is_office(self, block: TextBlock) -> bool:
        """A line below the name of whoever signs: chief engineer of the department."""
        return len(block.words) <= LABEL and self._words.find("office", block.text) is not None

    def _is_day(self, block: TextBlock) -> bool:
        if len(block.words) > LABEL:
            return False
        text = block.text
        counted = self._words.find_last("counter", text)
        if counted is not None and _COUNT.fullmatch(text, counted.end()):
            text = text[: counted.start()].rstrip(_EDGES)
        return not without_publication(text, self._words).strip(_EDGES)

    def strings(self, tree: Seen) -> Iterator[AuthorString]:
        """In the order of the page."""
        stack: list[tuple[Seen | str, _Context, lxml.html.HtmlElement]]
        stack = [(tree, _Context(), tree.element)]
        budget = MAX_ELEMENTS
        while stack and budget and self._behind:
            node, context, parent = stack.pop()
            if isinstance(node, str):
                text = " ".join(node.split())
                evidence = self._evidence_in(text, context.evidence)
                if parent in self._whole and len(text.split()) >= LONG:
                    self._pass_paragraph()
                if text and len(text) <= MAX_CHARACTERS and self._counts(evidence):
                    yield AuthorString(
                        text, evidence, self._place, context.holder, parent, context.boxed
                    )
                continue
            budget -= 1
            names = node.names if node.attributes else ""
            if not self._enters(node, names):
                continue
            inner = self._context(node, names, context)
            around = node.element
            for number in reversed(range(len(node.children))):
                child = node.children[number]
                if child.tail:
                    stack.append((child.tail, inner, around))
                if number and not inner.evidence and self._is_label(node.children[number - 1]):
                    stack.append((child, replace(inner, evidence="labelled"), around))
                else:
                    stack.append((child, inner, around))
            if node.text:
                stack.append((node.text, inner, around))

    def _is_label(self, before: Seen) -> bool:
        """Whether an element holds nothing but the word for an author: `<h3>Author</h3>`, `<dt>
        Autorin:</dt>`. Short words and several (by, Text, written by) head teasers and texts, too.
        """
        text = before.text
        if not text or before.children or len(text) > MAX_LABEL:
            return False
        label = text.strip(" :\n")
        return (
            len(label) >= MIN_LABEL
            and " " not in label
            and self._words.start("byline", label) == label
        )

    def _evidence_in(self, text: str, around: Evidence) -> Evidence:
        """Lines that breaks part share an element, of which only the last one signs."""
        signs = around != "signed" or any(text in line for line in self._signed)
        return around if signs else ""

    def _counts(self, evidence: Evidence) -> bool:
        if self._place == "head":
            return True
        sure = evidence in ("marked", "labelled")
        return sure or (self._place == "foot" and bool(evidence))

    def _enters(self, seen: Seen, names: str) -> bool:
        """Whether its strings count; notes where on the page it stands."""
        if not seen.tag or seen.tag in INVISIBLE or seen.hidden:
            return False
        element = seen.element
        if element in self._openers and self._place == "else" and self._left == PARAGRAPHS:
            self._place = "head"
        if element in self._whole:
            return True
        if element in self._paragraphs:
            self._pass_paragraph()
        if element is self._last:
            self._place = "foot"
            return element in self._signatures or element in self._around_signatures
        if self._place == "foot":
            self._behind -= 1
        if element in self._around:
            return True
        return seen.tag != "nav" and not _said(names).elsewhere

    def _pass_paragraph(self) -> None:
        self._left -= 1
        if not self._left:
            self._place = "foot" if self._last in self._whole else "else"

    def _context(self, seen: Seen, names: str, outer: _Context) -> _Context:
        element = seen.element
        # First: a text whose lines are parted by breaks stands around its own headings.
        if element in self._signatures and not outer.evidence:
            return _Context("signed", element, outer.boxed)
        if element in self._around:
            return outer
        boxed = outer.boxed or seen.tag == "aside" or _said(names).box
        found = self._evidence_of(seen, names)
        if not found or outer.evidence == "marked":
            return outer if boxed == outer.boxed else _Context(outer.evidence, outer.holder, boxed)
        return _Context(found, outer.holder if outer.holder is not None else element, boxed)

    def _evidence_of(self, seen: Seen, names: str) -> Evidence:
        given = seen.attributes
        if not given:
            return ""
        if "author" in (given.get("rel") or "").split() or given.get("itemprop") == "author":
            return "marked"
        if seen.tag == "a" and self._leads_to_profile(given.get("href") or ""):
            return "marked"
        said = _said(names)
        return "named" if said.author or (said.account and self._place == "head") else ""

    def _leads_to_profile(self, href: str) -> bool:
        """A link within the site to the page of a person."""
        if not _PROFILE.search(href):
            return False
        return "://" not in href or urlsplit(href).netloc.removeprefix("www.") == self._host
