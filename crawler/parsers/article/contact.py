"""Contact blocks outside of the article, kept as a text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

import lxml.html

from crawler.parsers.article.blocks import (
    BLOCKS,
    TextBlock,
    read_blocks,
    words_of,
)
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.elements import INVISIBLE, Elements, Seen
from crawler.parsers.scripts import CYRILLIC_A

MAX_WORDS = 90
"""Words of one contact block; what holds more is no contact block."""
MAX_BLOCKS, MAX_CANDIDATES = 8, 200
MAX_LABEL, MAX_DESCRIBED = 6, 3
"""Words of a label that begins with the words for a contact, and that ends with them."""
MAX_NEXT = 4
"""Elements behind a label that may be its block."""

_ELSEWHERE = frozenset({"nav", "footer", "menu"})
_WHOLE = frozenset({"body", "html", "main", "article"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_ELSEWHERE_ROLES = frozenset({"navigation", "contentinfo"})
# An e-mail address, possibly disguised, or a telephone number: with +, 0 or 8 in front, unlike a
# date.
_REACHABLE = re.compile(
    rf"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\(ät\)|\({CYRILLIC_A}\))\s*[\w-]+"
    r"|(?<![\w.])(?:\+|\(?0|8[\s(-])[\d\s()/–.-]{7,}\d"
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:contacts?|contact-?(?:person|box|block|info|card)|kontakt|kontakte|"
    r"kontaktperson|"
    r"ansprechpartner(?:in)?|ansprechperson|press-?contact|pressekontakt|h-?card|vcard)(?=$|"
    r"[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?:^|\s)(?:element-invisible|visually-?hidden|sr-only|screen-reader-text)(?:$|\s)"
)


def read_contacts(
    tree: lxml.html.HtmlElement,
    inside: frozenset[lxml.html.HtmlElement],
    words: PageWords,
    elements: Elements | None = None,
) -> str:
    """Texts of the contact blocks, line breaks kept, separated by a blank line; empty if there is
    none.

    A block is one that a label such as "Contact" opens, or that is named so, and that holds a
    telephone number or an e-mail address. `inside` are the elements of the article's own text.
    """
    texts: dict[str, None] = {}
    elements = elements or Elements(tree)
    for element in islice(_candidates(elements.of(tree), words), MAX_CANDIDATES):
        containers = _containers(element, inside)
        blocks = [block for one in containers for block in read_blocks(one, _is_left_out, elements)]
        text = "\n".join(b.text for b in blocks)
        if _is_menu(blocks):
            continue
        if _REACHABLE.search(text) and not any(text in known for known in texts):
            texts = {known: None for known in texts if known not in text}
            texts[text] = None
        if len(texts) >= MAX_BLOCKS:
            break
    return "\n\n".join(texts)


def _candidates(tree: Seen, words: PageWords) -> Iterator[lxml.html.HtmlElement]:
    """Labels of contact blocks, and elements named as one; none in menus and footers."""
    stack = [tree]
    while stack:
        seen = stack.pop()
        tag, given = seen.tag, seen.attributes
        if not tag or tag in INVISIBLE or tag in _ELSEWHERE:
            continue
        if seen.hidden or given.get("role") in _ELSEWHERE_ROLES:
            continue
        if given and tag in BLOCKS and _is_named(given.get("class"), given.get("id")):
            yield seen.element
            continue
        if _is_label((seen.text or "").strip(), words):
            yield seen.element
            continue
        stack.extend(reversed(seen.children))


def _is_label(text: str, words: PageWords) -> bool:
    """A short line that begins with the words for a contact, or that they end as what its other
    words describe: `Ihre Ansprechpartnerin`, `Scientific contact:`.
    """
    if not 0 < len(text) < 60:
        return False
    most = MAX_LABEL if words.start("contact", text) else MAX_DESCRIBED
    if len(words_of(text)) > most:
        return False
    if most == MAX_LABEL:
        return True
    last = words.find_last("contact", text)
    return last is not None and not text[last.end() :].strip(" :")


@lru_cache(maxsize=20_000)
def _is_named(classes: str | None, identifier: str | None) -> bool:
    return bool(_NAMED.search(f"{classes or ''} {identifier or ''}"))


def _containers(
    element: lxml.html.HtmlElement, inside: frozenset[lxml.html.HtmlElement]
) -> list[lxml.html.HtmlElement]:
    """The smallest element around the label with an address or a number, else the label and what
    stands right behind it; empty if there is none.
    """
    current: lxml.html.HtmlElement | None = element
    label = element
    while current is not None and current.tag not in _WHOLE:
        if not inside.isdisjoint(current.iter()):
            break
        text = current.text_content()
        if len(words_of(text)) > MAX_WORDS:
            break
        if _REACHABLE.search(text):
            return [current]
        label, current = current, current.getparent()
    return _label_and_next(label, inside)


def _label_and_next(
    label: lxml.html.HtmlElement, inside: frozenset[lxml.html.HtmlElement]
) -> list[lxml.html.HtmlElement]:
    """A label amid other blocks, and those behind it up to the last with an address or a number."""
    taken, last, words = [label], 0, 0
    for one in islice(label.itersiblings(), MAX_NEXT):
        if not isinstance(one.tag, str):
            continue  # a comment
        if one.tag in _HEADINGS or not inside.isdisjoint(one.iter()):
            break
        text = one.text_content()
        words += len(words_of(text))
        if words > MAX_WORDS:
            break
        taken.append(one)
        if _REACHABLE.search(text):
            last = len(taken)
    return taken[:last]


def _is_menu(blocks: Sequence[TextBlock]) -> bool:
    """Mostly links to pages, none of them an e-mail address."""
    linked = sum(b.linked for b in blocks if "@" not in b.text)
    return linked > 0.6 * sum(len(b.text) for b in blocks)


def _is_left_out(element: lxml.html.HtmlElement) -> bool:
    return is_hidden(element) or bool(_HIDDEN.search(element.get("class") or ""))
