"""The byline part of a page (who wrote it, when it appeared), and the authors that page and markup
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.html

from crawler.parsers.article.blocks import INVISIBLE, fold, words_of
from crawler.parsers.article.body import Body
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.markup import ARTICLE_TYPES, Markup, MarkupValue, text_of, types_of

MAX_LINES = 6
MAX_LENGTH = 200
"""Characters of one byline; what is longer is a paragraph about the author."""

MAX_WORDS = 18
BEFORE, MOST_BEFORE = 40, 20
"""Characters before a date that say what it is the date of; elements among which they are looked
for.
"""
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
_AUTHOR_NAMED = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|authors|author-?name|autor|autoren|contributors?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[^\W\d_][\w'’`.-]*(?:\s+[^\W\d_(][\w'’`.-]*){0,5}$")
_LONGEST_DATE, _LONGEST_LINE = 40, 90
"""Characters of a date before an author, and of the line that holds both."""
_ADDRESS = re.compile(r"https?:|www\.|@|/")
_META_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
    "byl",
    "article:author_name",
)


@dataclass(frozen=True, slots=True)
class TimeElement:
    """A `<time>` or date element near the title: its machine-readable value and its text."""

    value: str
    shown: str
    before: str
    """What the page shows right before it: "Updated", "Published on"."""


@dataclass(frozen=True, slots=True)
class Byline:
    """Lines as the page shows them, in its order."""

    lines: tuple[str, ...]
    author_lines: tuple[str, ...]
    """Texts of elements that are named or marked as holding authors."""
    times: tuple[TimeElement, ...]

    @property
    def text(self) -> str:
        """The part `byline`: one line for each."""
        return "\n".join(self.lines)


def read_byline(
    tree: lxml.html.HtmlElement, body: Body, heading: int, lines: BoilerplateLines
) -> Byline:
    """Find byline and date lines around the title, and in elements named so around the text."""
    found: dict[str, None] = {}
    chosen_from = body.first
    for index in range(max(0, heading - 4), min(chosen_from + 4, len(body.blocks))):
        for line in body.blocks[index].text.split("\n")[:MAX_LINES]:
            if lines.is_byline(line) or lines.is_date_line(line):
                found.setdefault(line)
        if len(found) >= MAX_LINES:
            break  # no more are kept
    known_words = {word for line in found for word in words_of(line)}
    authors: dict[str, None] = {}
    times: list[TimeElement] = []
    scope = _scope(body, tree)
    inside = frozenset(body.blocks[i].element for i in body.chosen)
    for element in _named_elements(scope, inside):
        text = _shown(element)
        if element.tag == "time" or element.get("datetime"):
            value = element.get("datetime") or element.get("content") or ""
            times.append(TimeElement(value, text, _text_before(element)))
        if not text or len(text) > MAX_LENGTH:
            continue
        if _is_author_element(element):
            authors.setdefault(text)
        words = words_of(text)
        if not known_words.issuperset(words):
            found.setdefault(text)
            known_words.update(words)
    kept = tuple(line.strip() for line in found if line.strip())[:MAX_LINES]
    return Byline(kept, tuple(authors), tuple(times))


def read_authors(
    byline: Byline, markup: Markup, words: PageWords, lines: BoilerplateLines, site: Sequence[str]
) -> tuple[str, ...]:
    """Names of authors: JSON-LD, else meta tags, else byline elements, else byline lines.

    `site` holds names that are the publisher and no person.
    """
    refused = {words_of(name) for name in site if name}
    for texts in (
        list(_in_markup(markup)),
        [text for name in _META_AUTHORS for text in markup.repeated.get(name, ())],
        list(byline.author_lines),
        [line for line in byline.lines if lines.is_byline(line)],
        [rest for line in byline.lines if (rest := _behind_date(line, words))],
    ):
        names = [n for text in texts for n in _names(text, words) if words_of(n) not in refused]
        if names:
            return tuple(dict.fromkeys(names))[:12]
    return ()


def _behind_date(line: str, words: PageWords) -> str:
    """What a line says behind its date (9 June 2015 By Jane Roe); empty without a byline word
    there.
    """
    found = words.find("byline", line)
    if found is None or not 0 < found.start() <= _LONGEST_DATE or len(line) > _LONGEST_LINE:
        return ""
    return line[found.start() :] if any(c.isdigit() for c in line[: found.start()]) else ""


def _in_markup(markup: Markup) -> Iterator[str]:
    for node in markup.of_type(ARTICLE_TYPES):
        given = node.get("author") or node.get("creator")
        for entry in given if isinstance(given, list) else [given]:
            if _is_organisation(entry):
                continue
            name = text_of(entry)
            if name:
                yield name


def _is_organisation(value: MarkupValue) -> bool:
    return isinstance(value, dict) and bool(
        {"Organization", "NewsMediaOrganization", "Corporation"} & types_of(value)
    )


def _names(text: str, words: PageWords) -> Iterator[str]:
    """Names of persons in a byline; dates, labels, addresses and offices are left out."""
    if _ADDRESS.search(text) and " " not in text.strip():
        return
    start = words.start("byline", text)
    rest = text[text.find(start) + len(start) :] if start else text
    for piece in words.split_names(rest):
        again = words.start("byline", piece)
        name = piece[piece.find(again) + len(again) :] if again else piece
        name = re.sub(r"\s*\(.*?\)", "", name).strip(" :.,–-—\u00a0")
        if _is_name(name, words):
            yield name


def _is_name(name: str, words: PageWords) -> bool:
    if not _NAME.match(name) or len(name) > 60 or _ADDRESS.search(name):
        return False
    pieces = name.split()
    if len(pieces) < 2:
        return False
    if words.start("updated", name) or words.start("published", name):
        return False
    capital = sum(p[0].isupper() for p in pieces)
    return capital >= 2 and capital * 2 >= len(pieces)


def _scope(body: Body, tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The element around text and title: `article` or `main`, else some levels up."""
    if not body.chosen:
        return tree
    element = body.blocks[body.first].element
    for ancestor in element.iterancestors():
        if ancestor.tag == "body":
            break
        element = ancestor
        if ancestor.tag in ("article", "main") or ancestor.get("role") == "main":
            break
    return element


def _named_elements(
    scope: lxml.html.HtmlElement, text_elements: frozenset[lxml.html.HtmlElement]
) -> Iterator[lxml.html.HtmlElement]:
    """Elements that hold date or author, outermost first, none of other articles and comments."""
    stack = [scope]
    budget = 4_000
    while stack and budget:
        budget -= 1
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in INVISIBLE or is_hidden(element):
            continue
        if element in text_elements and element.tag == "p":
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element is not scope and (element.tag == "nav" or _ELSEWHERE.search(names)):
            continue
        if _is_named(element, names) and _is_short(element):
            yield element
            stack.extend(t for t in reversed(list(element.iter("time"))) if t is not element)
            continue
        stack.extend(reversed(element))


def _is_short(element: lxml.html.HtmlElement) -> bool:
    text = element.text_content()
    return len(text) <= MANY_CHARACTERS and len(words_of(text)) <= MAX_WORDS


def _is_named(element: lxml.html.HtmlElement, names: str) -> bool:
    if element.tag == "time" or element.get("rel") == "author":
        return True
    if element.get("itemprop") in ("author", "datePublished", "dateCreated"):
        return True
    return len(names) > 1 and bool(_NAMED.search(names)) and len(element) < 12


def _is_author_element(element: lxml.html.HtmlElement) -> bool:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    return bool(_AUTHOR_NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _text_before(element: lxml.html.HtmlElement) -> str:
    """The last words of the line before the element."""
    pieces: list[str] = []
    current = element
    for _ in range(2):
        sibling = current.getprevious()
        for _ in range(MOST_BEFORE):
            if sibling is None or sum(map(len, pieces)) >= BEFORE:
                break
            pieces.append(f"{_shown(sibling)} {sibling.tail or ''}")
            sibling = sibling.getprevious()
        parent = current.getparent()
        if parent is None:
            break
        pieces.append(parent.text or "")
        if "".join(pieces).strip() or parent.tag in ("article", "main", "body"):
            break
        current = parent
    return " ".join(" ".join(reversed(pieces)).split())[-BEFORE:]


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
