"""Listing pages: links to news pages, and the link to the next page. Pure.

A source may give CSS selectors for both. Without them rules decide that rest on what content
management systems have in common (where a link stands, how its address is built, how long its
text is), and on the words of `config/languages` (key `discovery`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import soupsieve
from bs4 import BeautifulSoup, Tag

from crawler.discovery.stated import stated_date
from crawler.discovery.words import ListingWords, plain
from crawler.frontier import Link
from crawler.parsers.html import HtmlDocument
from crawler.urls import canonical, identity, is_home
from indexer.errors import ParseError

HEADLINE = 25
"""Characters from which a link's text may be a headline: shorter ones are mostly menu entries."""

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "contentinfo", "menu", "menubar", "search", "dialog", "banner", "complementary"}
)
_FURNITURE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|submenu|breadcrumbs?|footer|cookies?|consent|social|share|"
    r"sharing|languages|(?:lang|language)-?(?:switch(?:er)?|select(?:or)?|menu)|login|toolbar|skip|"
    r"pager|pagination|paging|page-?numbers|(?:post-|entry-|article-)?tags|tag-?(?:list|links|cloud)|"
    r"sitemap|banner|advert(?:isement)?s?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_CONTENT_TAGS = ["main", "article", "h1"]
"""What holds one of these is the page's frame, whatever its classes say (`has-menu`, `no-footer`)."""
_PAGER_CLASS = re.compile(
    r"(?:^|[-_\s])(?:pager|pagination|paging|paginator|page-?nav(?:igation)?|page-?numbers?|nav-links|"
    r"nav-previous|pages|modern-page)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[-_\s])(?:next|forward|older)(?:$|[-_\s])", re.IGNORECASE)
_PREVIOUS_CLASS = re.compile(r"(?:^|[-_\s])prev(?:ious)?(?:$|[-_\s])", re.IGNORECASE)
_NEXT_SIGNS = frozenset({"›", "»", ">", ">>", "→", "⟩", "❯", "▶"})

_NO_PAGE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|odt|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|webm|ics|xml|rss|"
    r"json|css|js|exe|apk|epub)$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<!\d)\d{1,2}[./]\s?(?:\d{1,2}[./]|[^\W\d_]{3,9}\s)\s?(?:19|20)?\d\d(?!\d)|(?<!\d)20\d\d-\d\d-\d\d(?!\d)"
    r"|(?<!\d)\d{1,2}\s[^\W\d_]{3,9}\s20\d\d(?!\d)|[^\W\d_]{3,9}\s\d{1,2},\s20\d\d(?!\d)"
)
"""A day as lists write it: 04.05.2026, 4. Mai 2026, 2026-05-04, 4 мая 2026, May 4, 2026."""
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_FURNITURE_PATH = frozenset(
    {
        "tag",
        "tags",
        "category",
        "categories",
        "author",
        "authors",
        "user",
        "users",
        "login",
        "logout",
        "signin",
        "signup",
        "register",
        "search",
        "feed",
        "rss",
        "print",
        "cart",
        "wp-login.php",
        "wp-admin",
        "wp-content",
        "wp-json",
        "cdn-cgi",
        "sitemap",
        "sitemap.html",
        "privacy",
        "imprint",
        "contact",
        "contacts",
        "cookies",
        "subscribe",
        "account",
        "profile",
    }
)
_PAGING = re.compile(
    r"(?:[?&](?:page|p|pg|paged|start|offset|seite|pagen_\d+|limitstart|cur|skip|from|pageno|page_?num)=\d+)|"
    r"(?:[?&][\w%.\[\]-]*page[\w%.\[\]-]*=\d+)|/(?:page|seite|p)[/-]?\d+/?(?:$|\?)",
    re.IGNORECASE,
)
_DATE_PATH = re.compile(
    r"(?:^|[/_-])(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?[0-3]?\d)?(?:[/_-]|$)"
)
_NUMBER = re.compile(r"(?:^|[^\d])\d{3,}(?:[^\d]|$)")
_ID_QUERY = re.compile(r"(?:^|&)(?:[a-z_]*id|article|news|item|post|p|n|nid)=\d+", re.IGNORECASE)
_CONTAINERS = ("article", "li", "tr", "section", "div")
_LISTS = frozenset({"ul", "ol", "dl", "table", "tbody", "main", "body", "html"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})


@dataclass(frozen=True, slots=True)
class ListingContent:
    """What a listing page holds."""

    links: tuple[Link, ...]
    next: str | None
    """Address of the next page."""


@dataclass(slots=True)
class _Candidate:
    """All that the anchors with one address say together."""

    url: str
    text: str = ""
    strong: bool = False
    """It stands in a heading or an article, or its address looks like one of a single page."""
    date: str | None = None
    anchors: list[Tag] = field(default_factory=list)


class ListingReader:
    """Reads listing pages of one source."""

    def __init__(self, words: ListingWords, is_owned: Callable[[str], bool]) -> None:
        """Take the words, and the test whether a canonical address belongs to the source."""
        self._words = words
        self._is_owned = is_owned

    def read(
        self,
        body: bytes,
        url: str,
        content_type: str | None = None,
        *,
        links: str | None = None,
        next_page: str | None = None,
    ) -> ListingContent:
        """Links in their order and the next page; `links` and `next_page` are CSS selectors.

        Raises ParseError: a page without markup, hostile markup, a selector that is no CSS.
        """
        soup = soup_of(body, content_type)
        base = base_of(soup, url)
        following = self._next(soup, base, url, next_page)
        if links is None:
            found = self._by_rule(soup, base, url)
        else:
            found = self._selected(soup, base, url, links)
        listed = tuple(Link(c.url, c.text or None, c.date) for c in found if c.url != following)
        return ListingContent(listed, following)

    def _selected(self, soup: BeautifulSoup, base: str, page: str, css: str) -> list[_Candidate]:
        anchors = [a for tag in select(soup, css) for a in _anchors_at(tag)]
        candidates = self._candidates(anchors, base, page)
        return list(candidates.values())

    def _by_rule(self, soup: BeautifulSoup, base: str, page: str) -> list[_Candidate]:
        furniture = _Furniture()
        anchors = [a for a in soup.find_all("a", href=True) if not furniture.holds(a)]
        candidates = [
            c
            for c in self._candidates(anchors, base, page).values()
            if not is_home(c.url) and not self._leads_to_furniture(c) and not _is_leaflet(c)
        ]
        for candidate in candidates:
            candidate.strong = looks_like_a_page(candidate.url) or any(
                _in_heading_or_article(a) for a in candidate.anchors
            )
        folders = {_folder(c.url) for c in candidates if c.strong}
        return [
            c
            for c in candidates
            if (c.strong and len(c.text) > 2)
            or (len(c.text) >= HEADLINE and (not folders or _folder(c.url) in folders))
        ]

    def _candidates(self, anchors: list[Tag], base: str, page: str) -> dict[str, _Candidate]:
        """Anchors gathered by address; only what belongs to the source and is not this page."""
        here = identity(page)
        found: dict[str, _Candidate] = {}
        for anchor in anchors:
            url = canonical(str(anchor["href"]), base)
            if url is None or identity(url) == here or not self._is_owned(url):
                continue
            candidate = found.setdefault(url, _Candidate(url))
            candidate.anchors.append(anchor)
            candidate.date = candidate.date or _date_near(anchor)
            text = _label(anchor)
            if plain(text) not in self._words.furniture and len(text) > len(candidate.text):
                candidate.text = text
        return found

    def _leads_to_furniture(self, candidate: _Candidate) -> bool:
        parts = urlsplit(candidate.url)
        segments = [s.lower() for s in parts.path.split("/") if s]
        stems = [s.rsplit(".", 1)[0] for s in segments]
        return (
            _NO_PAGE.search(parts.path) is not None
            or _PAGING.search(candidate.url) is not None
            or bool(_FURNITURE_PATH.intersection(segments))
            or (
                bool(self._words.furniture_paths.intersection(stems))
                and not _has_date_or_number(candidate.url)
            )
        )

    # -- the next page

    def _next(self, soup: BeautifulSoup, base: str, page: str, css: str | None) -> str | None:
        tags = self._next_tags(soup) if css is None else iter(select(soup, css))
        for tag in tags:
            for anchor in [tag] if tag.name == "link" else _anchors_at(tag):
                url = canonical(str(anchor.get("href", "")), base)
                if url is not None and url != page and self._is_owned(url):
                    return url
        return None

    def _next_tags(self, soup: BeautifulSoup) -> Iterator[Tag]:
        """Links that may lead to the next page, surest first."""
        yield from soup.select("link[rel~=next][href], a[rel~=next][href]")
        anchors = [
            a
            for a in soup.find_all("a", href=True)
            if _in_pager(a) or _PAGING.search(str(a["href"])) is not None
        ]
        anchors = [a for a in anchors if not _has_class(a, _PREVIOUS_CLASS)]
        yield from (a for a in anchors if self._is_next_label(a))
        yield from (a for a in anchors if _has_class(a, _NEXT_CLASS))
        yield from _numbered(anchors)
        yield from (a for a in anchors if a.get_text(strip=True) in _NEXT_SIGNS)

    def _is_next_label(self, anchor: Tag) -> bool:
        labels = (anchor.get_text(" "), anchor.get("aria-label"), anchor.get("title"))
        return any(plain(str(label)) in self._words.next_page for label in labels if label)


def soup_of(body: bytes, content_type: str | None) -> BeautifulSoup:
    """The page, decoded by evidence and guarded against hostile markup."""
    document = HtmlDocument.from_bytes(body, content_type)
    try:
        return BeautifulSoup(document.markup, "lxml")
    except (ValueError, AssertionError, RecursionError) as error:
        raise ParseError("the page's markup can't be read", reason="hostile-markup") from error


def base_of(soup: BeautifulSoup, url: str) -> str:
    """What relative addresses of the page are relative to."""
    base = soup.find("base", href=True)
    return canonical(str(base["href"]), url) or url if isinstance(base, Tag) else url


def select(soup: BeautifulSoup, css: str) -> list[Tag]:
    """The tags that a selector of the configuration picks."""
    try:
        return list(soup.select(css))
    except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
        message = f"{css!r} is no CSS selector: {str(error).splitlines()[0]}"
        raise ParseError(message, reason="selector") from error


def looks_like_a_page(url: str) -> bool:
    """Whether an address looks like that of one news page: a date, a number, a slug of words."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_]|%20", last) if word]
    return _has_date_or_number(url) or len(words) >= 4 or _ID_QUERY.search(parts.query) is not None


def _has_date_or_number(url: str) -> bool:
    path = urlsplit(url).path.rstrip("/")
    return (
        _DATE_PATH.search(path) is not None or _NUMBER.search(path.rsplit("/", 1)[-1]) is not None
    )


def _numbered(anchors: list[Tag]) -> Iterator[Tag]:
    """The anchor behind the current page of a pager that only has numbers."""
    for anchor in anchors:
        container = _pager_of(anchor)
        if container is None:
            continue
        current = container.select_one(
            "[aria-current], .active, .current, .is-active, .selected, strong, b, span"
        )
        here = current.get_text(" ", strip=True) if current is not None else ""
        number = re.search(r"\d+", here)
        if number and anchor.get_text(strip=True) == str(int(number[0]) + 1):
            yield anchor


def _is_leaflet(candidate: _Candidate) -> bool:
    """A PDF that is no news: forms and leaflets lack the headline or the date of a press release."""
    return _PDF.search(urlsplit(candidate.url).path) is not None and (
        len(candidate.text) < HEADLINE or not any(map(_is_dated, candidate.anchors))
    )


def _is_dated(anchor: Tag) -> bool:
    """Whether a day stands in the entry that a link belongs to."""
    for parent in anchor.parents:
        if parent.name in _LISTS or len(parent.find_all("a", limit=4)) > 3:
            return False
        if parent.find("time") is not None or _DAY.search(parent.get_text(" ")):
            return True
    return False


def _anchors_at(tag: Tag) -> list[Tag]:
    """The anchors that a selected tag stands for: itself, those in it, or the one around it."""
    if tag.name == "a":
        return [tag] if tag.get("href") else []
    inside = list(tag.find_all("a", href=True))
    around = tag.find_parent("a", href=True)
    return inside or ([around] if around is not None else [])


def _label(anchor: Tag) -> str:
    """Text of a link: of the heading in it if there is one; an image link's alternative text."""
    heading = anchor.find(_HEADINGS)
    text = " ".join((heading or anchor).get_text(" ").split())
    if not text:
        text = str(anchor.get("title") or anchor.get("aria-label") or "")
    return " ".join(text.split())


def _date_near(anchor: Tag) -> str | None:
    """The date that a `<time>` of the same entry states."""
    for parent in anchor.parents:
        if parent.name in ("body", "main", "html") or len(parent.find_all("a", limit=9)) > 8:
            return None
        if parent.name in _CONTAINERS:
            moments = parent.find_all("time", limit=2)
            if len(moments) == 1:
                return stated_date(str(moments[0].get("datetime") or ""))
            if moments:
                return None
    return None


def _classes(tag: Tag) -> str:
    value = tag.get("class")
    words = value if isinstance(value, list) else [str(value or "")]
    return " ".join([*words, str(tag.get("id") or "")])


def _has_class(anchor: Tag, pattern: re.Pattern[str]) -> bool:
    """Whether the anchor, or the element that holds it alone, has such a class."""
    parent = anchor.parent
    near = [anchor, parent] if parent is not None and parent.name in ("li", "span") else [anchor]
    return any(pattern.search(_classes(tag)) for tag in near)


class _Furniture:
    """Menus, footers, pagers and the like of one page; remembers what it has judged."""

    def __init__(self) -> None:
        self._judged: dict[int, bool] = {}

    def holds(self, tag: Tag) -> bool:
        """Whether the tag is, or stands in, such a part of the page."""
        path: list[Tag] = []
        verdict = False
        for part in (tag, *tag.parents):
            known = self._judged.get(id(part))
            if known is not None or part.name in ("body", "html", "[document]"):
                verdict = bool(known)
                break
            path.append(part)
            if _is_furniture(part):
                verdict = True
                break
        self._judged.update((id(part), verdict) for part in path)
        return verdict


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _FURNITURE_TAGS or tag.get("role") in _FURNITURE_ROLES:
        return True
    if tag.name == "header":
        return tag.find_parent(["article", "li", "section"]) is None
    return (
        tag.name not in ("article", "main")
        and _FURNITURE_CLASS.search(_classes(tag)) is not None
        and tag.find(_CONTENT_TAGS) is None
    )


def _in_heading_or_article(anchor: Tag) -> bool:
    return (
        anchor.find_parent([*_HEADINGS, "article"]) is not None
        or anchor.find([*_HEADINGS]) is not None
    )


def _in_pager(anchor: Tag) -> bool:
    return _pager_of(anchor) is not None


def _pager_of(anchor: Tag) -> Tag | None:
    for tag in anchor.parents:
        if tag.name in ("body", "html", "main", "article"):
            return None
        if _PAGER_CLASS.search(_classes(tag)):
            return tag
    return None


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0]
