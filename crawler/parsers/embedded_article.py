"""The article that a page holds as data for its scripts: JSON-LD, the state of Next, Nuxt and
Angular, attributes of Vue and Inertia.

It is inserted into the page as markup, so that the page can be read like any other. The head of the
page stays as it is, except for the title if it is not the article's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from html import escape, unescape
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.parsers.rich_text import rich_text
from crawler.parsers.script_values import LONGEST, read_script_value

MIN_WORDS, MIN_WORDS_SURE, MIN_WORDS_NAMED = 60, 25, 8
"""Words that make a text an article instead of a teaser; of one that the page names or that has a
date; of one of which both holds.
"""
_MAX_DEPTH = 40
_MAX_VALUES = 200_000
"""Lists and objects that are inspected: a state may hold a whole shop."""

_SCRIPT = re.compile(
    r"<script\b([^<>]{0,500})>([^<]*(?:<(?!/script)[^<]*)*)</script", re.IGNORECASE
)
_STATE = re.compile(
    r"(?:window\.|self\.|var\s+)?(?:__[A-Z][A-Z0-9_]{2,40}__|[A-Z_]{0,20}INITIAL_STATE)\s*=\s*(?=[\[{(]|function\b|JSON\b)"
)
MOST_STATES = 20
"""Values that one script assigns, of those that are read."""
_ANGULAR = re.compile("&([aqslg]);")
_ANGULAR_SIGNS = {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}
"""As Angular writes its state (`TransferState`) up to version 15."""
_DATA_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""=\s*(?:"(\{(?:&quot;|&\#34;)[^"]{60,})"|'(\{"[^']{60,})')""", re.VERBOSE
)
MOST_ATTRIBUTES = 50
"""Attributes that hold an object, of those that are read: the longest."""
TITLES = ("headline", "title", "name")
_BODIES = ("articleBody", "body", "content", "text", "fullText", "html", "description")
_LEADS = ("standfirst", "excerpt", "lead", "intro", "teaser", "summary", "abstract", "description")
_AUTHORS = ("author", "authors", "byline", "creator")
_LONGEST_NAME = 80
PUBLISHED = ("datePublished", "published_at", "publishedAt", "publish_date", "publishDate", "date")
CREATED = ("created_date", "created_at", "createdAt")
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_TAGS = re.compile(r"<[^<>]*>")
_BODY_TAG = re.compile(r"<body\b[^<>]{0,2000}>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,1000})</title", re.IGNORECASE)
_PUBLISHED_META = "article:published_time"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class EmbeddedArticle:
    """An article in the data of a page, or in its feed."""

    title: str
    body: str
    """Markup or plain text."""
    published: str | None = None
    """ISO."""
    lead: str = ""
    """Plain text that stands above the body."""
    authors: tuple[str, ...] = ()
    named: bool = False
    """Whether the title or the address of the page names it."""

    @property
    def words(self) -> int:
        """Words of lead and body."""
        return len(self.lead.split()) + len(_TAGS.sub(" ", self.body).split())


def find_embedded_article(html: str, url: str) -> EmbeddedArticle | None:
    """The article in the page's data; None if it can't be told for certain.

    Of several articles, the one that the page's title or address names is taken.
    """
    in_attributes = (a for data in _attribute_data(html) for a in _articles(data, html, url))
    articles = [
        *(a for data in script_data(html) for a in _articles(data, html, url)),
        # What a button shares, or a shop offers, has a title and a description, too.
        *(a for a in in_attributes if a.named or a.published),
    ]
    named = [a for a in articles if a.named]
    titles = {a.title for a in articles}
    chosen = named or (articles if len(titles) == 1 else [])
    return max(chosen, key=lambda article: article.words, default=None)


def insert_article(html: str, article: EmbeddedArticle) -> str:
    """The page with the article as markup at the beginning of its body."""
    markup = "<" in article.body and ">" in article.body
    body = article.body if markup else _paragraphs(article.body)
    lead = f"<p>{escape(article.lead)}</p>" if article.lead else ""
    head = _TITLE.search(html)
    if head and article.title.casefold() not in _plain(head[1]).casefold():
        # The shell of an application has the same title on all its pages.
        html = html[: head.start(1)] + escape(article.title) + html[head.end(1) :]
    inner = (
        f"{_metadata(html, article)}<article><h1>{escape(article.title)}</h1>{lead}{body}</article>"
    )
    body_tag = _BODY_TAG.search(html)
    at = body_tag.end() if body_tag else len(html)
    return html[:at] + inner + html[at:]


def script_data(html: str) -> Iterator[Any]:
    """Every value in the page's scripts, as JSON has it.

    What can't be read may be long, and is looked at again for each value that begins inside of it:
    the page has a budget for it.
    """
    budget = LONGEST
    for script in _SCRIPT.finditer(html):
        content = script[2].strip()
        if _DATA_TYPE.search(script[1]):
            if content.startswith("{&q;"):
                content = _ANGULAR.sub(lambda sign: _ANGULAR_SIGNS[sign[1]], content)
            starts = [0]
        else:
            found = islice(_STATE.finditer(content), MOST_STATES)
            starts = [match.end() for match in found]
        for start in starts:
            value = _json_at(content, start)
            length = len(content) - start
            if value is None and length <= budget:
                value = read_script_value(content, start)
                budget -= length if value is None else 0
            if value is not None:
                yield _unflatten(value)


def _attribute_data(html: str) -> Iterator[Any]:
    """Objects in attributes of the page's elements."""
    for match in nlargest(MOST_ATTRIBUTES, _ATTRIBUTE.finditer(html), key=_length):
        try:
            yield json.loads(unescape(match[1] or match[2]))
        except (ValueError, RecursionError):
            continue


def _length(match: re.Match[str]) -> int:
    return match.end() - match.start()


def _json_at(content: str, start: int) -> Any:
    """The value of JSON that begins there; None where none does."""
    try:
        return json.JSONDecoder().raw_decode(content, start)[0]
    except (ValueError, RecursionError):
        return None


def _unflatten(value: Any) -> Any:
    """Resolve Nuxt's flat form: a list whose objects name their values by position."""
    if not isinstance(value, list) or not any(isinstance(v, dict) for v in value):
        return value

    def at(position: Any) -> Any:
        if isinstance(position, int) and not isinstance(position, bool):
            return value[position] if 0 <= position < len(value) else None
        return position

    flat = [v for v in value if isinstance(v, dict)]
    if not all(isinstance(p, int) for record in flat for p in record.values()):
        return value
    return [{key: at(position) for key, position in record.items()} for record in flat]


def _articles(data: Any, html: str, url: str) -> Iterator[EmbeddedArticle]:
    for record in records(data):
        title, body = _plain(_first_text(record, TITLES)), _longest_text(record)
        if not title or not body or _behind_wall(record):
            continue
        named = _is_named(record, html, url)
        date = _DAY.match(_first_text(record, PUBLISHED + CREATED))
        authors = next((record[key] for key in _AUTHORS if record.get(key)), None)
        article = EmbeddedArticle(
            title,
            body,
            date[0] if date else None,
            _lead(record, body),
            tuple(_names(authors)),
            named,
        )
        if article.words >= _fewest_words(named=named, dated=date is not None):
            yield article


def _fewest_words(*, named: bool, dated: bool) -> int:
    if named and dated:
        return MIN_WORDS_NAMED
    return MIN_WORDS_SURE if named or dated else MIN_WORDS


def _behind_wall(record: dict[str, Any]) -> bool:
    """Whether the data says that the text is for subscribers (schema.org)."""
    return str(record.get("isAccessibleForFree", "")).casefold() == "false"


def _lead(record: dict[str, Any], body: str) -> str:
    """A teaser that the body doesn't repeat."""
    lead, text = _plain(_first_text(record, _LEADS)), _plain(body)
    return "" if lead[:40] in text or lead.endswith(("…", "...", "[…]")) else lead


def _names(value: Any) -> Iterator[str]:
    """Names of authors: a string, an object with a name, or a list of either."""
    if isinstance(value, list):
        for item in value[:10]:
            yield from _names(item) if not isinstance(item, list) else ()
        return
    name = _plain(str(value.get("name") or "") if isinstance(value, dict) else str(value or ""))
    if 0 < len(name) <= _LONGEST_NAME:
        yield name


def nested(data: Any) -> Iterator[Any]:
    """A JSON value and all lists and objects in it, in their order."""
    waiting, inspected = [(data, 0)], 0
    while waiting and inspected < _MAX_VALUES:
        value, depth = waiting.pop()
        inspected += 1
        yield value
        if depth < _MAX_DEPTH and isinstance(value, dict | list):
            inner = [*(value.values() if isinstance(value, dict) else value)]
            waiting.extend((v, depth + 1) for v in reversed(inner) if isinstance(v, dict | list))


def records(data: Any) -> Iterator[dict[str, Any]]:
    """All objects in a JSON value."""
    return (value for value in nested(data) if isinstance(value, dict))


def texts(record: dict[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """What an object holds as text under names, in the order of these."""
    return (text for name in names if (text := _text(record.get(name)).strip()))


def _text(value: Any) -> str:
    """A string, or the one in WordPress's `{rendered: …}`."""
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _first_text(record: dict[str, Any], names: tuple[str, ...]) -> str:
    return next(texts(record, names), "")


def _longest_text(record: dict[str, Any]) -> str:
    values = [record.get(name) for name in _BODIES]
    return max((_text(value) or rich_text(value) for value in values), key=len)


def _is_named(record: dict[str, Any], html: str, url: str) -> bool:
    """Whether its title is in the page's title, or its address or key in the page's address."""
    title = _plain(_first_text(record, TITLES)).casefold()
    head = _TITLE.search(html)
    if title and head and title in _plain(head[1]).casefold():
        return True
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]).casefold()
    keys = [record.get(name) for name in ("slug", "url", "link", "alias", "id", "@id")]
    ends = [str(k).casefold().rstrip("/").rpartition("/")[2] for k in keys if k is not None]
    return bool(last) and last in ends


def _plain(markup: str) -> str:
    return _SPACE.sub(" ", unescape(_TAGS.sub(" ", markup))).strip()


def _metadata(html: str, article: EmbeddedArticle) -> str:
    """Date and authors, where the head of the page says nothing of them."""
    told = ""
    if article.published and _PUBLISHED_META not in html:
        told = f'<meta property="{_PUBLISHED_META}" content="{escape(article.published)}">'
    if 'name="author"' not in html:
        told += "".join(f'<meta name="author" content="{escape(n)}">' for n in article.authors)
    return told


def _paragraphs(text: str) -> str:
    """Blank lines separate paragraphs; without any, every line is a paragraph."""
    blocks = re.split(r"\n[^\S\n]*\n", text)
    blocks = blocks if len(blocks) > 1 else text.splitlines()
    return "".join(f"<p>{escape(block.strip())}</p>" for block in blocks if block.strip())
