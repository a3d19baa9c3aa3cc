"""The byline part of a page: who wrote it, when it appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import lxml.html

from crawler.parsers.article.blocks import fold, words_of
from crawler.parsers.article.body import Body
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.data_blocks import DATE_LIKE
from crawler.parsers.article.other_days import is_embedded, is_of_calendar, is_of_other_article
from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.elements import INVISIBLE, Elements, Seen

MAX_LINES = 6
MAX_LENGTH = 200
"""Characters of one byline; what is longer is a paragraph about the author."""

BEHIND = 3
"""Blocks behind the text that may say when it was published."""
MAX_WORDS = 18
MANY_CHARACTERS = 2_000
"""An element with more of them is no byline, and its words are not counted."""

_NAMED = re.compile(
    r"""(?:^|[\s_-])(?:by-?line|author|authors|autor|autoren|avtor|submitted|posted-?(?:by|on)|date-?line|
    entry-(?:meta|date)|post-(?:meta|date|info)|article-?(?:meta|date|info|time)|news-?(?:date|time|info)|
    meta-?(?:info|data)|date|datum|data|datetime|time|timestamp|pub-?date|pubdate|published|publish-?date|created|
    date-display-single|field-name-field-date|vcard|contributors?)(?=$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|widget|recommend\w*|popular|trending|newsletter|more-?news|"
    r"event\w*|termin\w*|updated|modified|teaser|card|list-item|views-row)(?=$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Lines as the page shows them, in its order."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The part `byline`: one line for each."""
        return "\n".join(self.lines)


def read_byline(
    tree: lxml.html.HtmlElement,
    body: Body,
    heading: int,
    lines: BoilerplateLines,
    elements: Elements | None = None,
) -> Byline:
    """Find byline and date lines around the title, and in elements named so around the text; behind
    it, lines that say when it was published.
    """
    found: dict[str, None] = {}
    chosen_from = body.first
    data = lines.data_elements(body.blocks)
    for block in body.blocks[max(0, heading - 4) : chosen_from + 4]:
        if block.element in data:
            continue
        for line in block.text.split("\n")[:MAX_LINES]:
            is_date = lines.is_date_line(line) and (
                has_date(line) or not is_of_calendar(block.element)
            )
            if is_date or lines.is_byline(line):
                found.setdefault(line)
        if len(found) >= MAX_LINES:
            break  # no more are kept
    known_words = {word for line in found for word in words_of(line)}
    scope = _scope(body, tree)
    inside = frozenset(body.blocks[i].element for i in body.chosen)
    for element in _named_elements(scope, inside, elements or Elements(tree)):
        text = _shown(element)
        if not text or len(text) > MAX_LENGTH:
            continue
        words = words_of(text)
        if not known_words.issuperset(words):
            found.setdefault(text)
            known_words.update(words)
    if not any(DATE_LIKE.search(line) for line in found):
        found.update(dict.fromkeys(_lines_behind(body, lines)))
    kept = tuple(line.strip() for line in found if line.strip())[:MAX_LINES]
    return Byline(kept)


def _lines_behind(body: Body, lines: BoilerplateLines) -> Iterator[str]:
    """Lines at the end of the text, and right behind it, that say when it was published."""
    for block in body.blocks[max(body.first, body.end - 1) : body.end + BEHIND]:
        yield from filter(lines.is_publication_line, block.text.split("\n"))


def _scope(body: Body, tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The element around text and title: `article` or `main`, else some levels up."""
    if not body.chosen:
        return tree
    element = body.blocks[body.first].element
    for ancestor in element.iterancestors():
        if ancestor.tag == "body":
            break
        element = ancestor
        is_main = ancestor.tag in ("article", "main") or ancestor.get("role") == "main"
        if is_main or ancestor is tree:
            break
    return element


def _named_elements(
    scope: lxml.html.HtmlElement,
    text_elements: frozenset[lxml.html.HtmlElement],
    elements: Elements,
) -> Iterator[lxml.html.HtmlElement]:
    """Elements that hold date or author, outermost first, none of other articles and comments."""
    stack = [elements.of(scope)]
    budget = 4_000
    while stack and budget:
        budget -= 1
        seen = stack.pop()
        element, tag = seen.element, seen.tag
        if not tag or tag in INVISIBLE or seen.hidden:
            continue
        if tag == "p" and element in text_elements:
            continue
        names = seen.names
        if element is not scope and (tag in ("nav", "figcaption") or _is_elsewhere(names)):
            continue
        if tag == "blockquote" and is_embedded(element):
            continue
        if _is_named(seen, names) and _is_short(element):
            yield element
            times = reversed(list(element.iter("time")))
            stack.extend(elements.of(each) for each in times if each is not element)
            continue
        if tag == "a" and is_of_other_article(element):
            continue
        stack.extend(reversed(seen.children))


def _is_short(element: lxml.html.HtmlElement) -> bool:
    text = element.text_content()
    return len(text) <= MANY_CHARACTERS and len(words_of(text)) <= MAX_WORDS


def _is_named(seen: Seen, names: str) -> bool:
    given = seen.attributes
    if seen.tag == "time" or given.get("rel") == "author":
        return True
    if given.get("itemprop") in ("author", "datePublished", "dateCreated"):
        return True
    return len(names) > 1 and _says_byline(names) and len(seen.children) < 12


@lru_cache(maxsize=20_000)
def _is_elsewhere(names: str) -> bool:
    return bool(_ELSEWHERE.search(names))


@lru_cache(maxsize=20_000)
def _says_byline(names: str) -> bool:
    return bool(_NAMED.search(names))


def _shown(element: lxml.html.HtmlElement) -> str:
    pieces: list[str] = []
    ahead: list[tuple[lxml.html.HtmlElement, bool]] = [(element, False)]
    while ahead:
        node, rest = ahead.pop()
        if rest:
            pieces.append((node.tail or "") if node is not element else "")
            continue
        if isinstance(node.tag, str) and node.tag not in INVISIBLE and not is_hidden(node):
            pieces.append(node.text or "")
        ahead += [(node, True), *((child, False) for child in reversed(node))]
    return fold(" ".join(p for p in pieces if p.strip()).replace("\n", " "))
