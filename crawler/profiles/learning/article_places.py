"""Where the articles of a site stand: learnt from what reading them in full finds, and tried on
each page with what the others teach.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.parsers.article import ArticleDraft, ArticleReader, Content
from crawler.parsers.article.publication import TIME, Publication, times
from crawler.parsers.html import HtmlDocument
from crawler.parsers.language import language_code
from crawler.profiles.article_places import ArticlePlaces
from crawler.profiles.learning.pages import SamplePage
from crawler.profiles.learning.sample import html_document
from crawler.profiles.lines import place_key
from crawler.profiles.places import whole_path
from crawler.profiles.profile import SiteProfile
from indexer.records.errors import ParseError

FEWEST = 3
"""Articles that teach where articles stand."""
SHARE_STATED = 0.75
"""Of the dated articles, whose date is what markup states under one name, or holds at one place."""
LONGEST = 200_000
"""Bytes of a page that is read in full for this: thirty long ones would hold up the worker."""
_SAME = (
    *("title", "title_inferred", "teaser", "text", "authors", "published", "published_at"),
    *("modified", "lang", "kind", "byline", "contact"),
)
"""What has to be the same of a page however it is read."""


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page that was read in full."""

    document: HtmlDocument
    url: str | None
    draft: ArticleDraft
    holder: tuple[str, ...]
    """Whole path of the smallest element that holds the article."""
    seen: Mapping[str, Counter[str]]
    """Digest of a place → how many blocks there were text or beside it."""
    timed: str | None
    """Place of the element that holds its date for programs."""


@dataclass(slots=True)
class _Tally:
    """How often what stands at each place was text or beside it."""

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, page: _ReadPage) -> None:
        for place, counted in page.seen.items():
            self.counts[place].update(counted)

    def put(self, into: ArticlePlaces, without: _ReadPage | None = None) -> ArticlePlaces:
        """The places of each sort, by what all pages but one show."""
        known: Mapping[str, Counter[str]] = without.seen if without is not None else {}
        found: defaultdict[str, set[str]] = defaultdict(set)
        for place, counted in self.counts.items():
            left = counted - known.get(place, Counter())
            if left:
                found[min(left, key=lambda sort: (-left[sort], sort))].add(place)
        text, beside = frozenset(found["text"]), frozenset(found["beside"])
        return dataclasses.replace(into, text=text, beside=beside)


def find_article_places(
    pages: Iterable[SamplePage], profile: SiteProfile, articles: ArticleReader
) -> ArticlePlaces | None:
    """Where the articles among the pages stand; None where there are fewer than three.

    `agreed` counts the pages in a row, by the digests of their addresses, on which the places that
    the others teach give what reading in full gives.
    """
    read = list(_read_in_full(pages, profile, articles))
    shown = [page for page in read if page.draft.kind == "article" and page.holder]
    holder = _common([page.holder for page in shown])
    if len(shown) < FEWEST or not holder:
        return None
    tally = _Tally()
    for page in shown:
        tally.add(page)
    dated = [page for page in shown if page.draft.published]
    fixed = ArticlePlaces(
        " > ".join(holder),
        frozenset(),
        frozenset(),
        stated=_most([_stated(page.draft.publication) for page in dated]),
        timed=_most([page.timed for page in dated]),
        lang=_language(shown),
        is_dated=bool(dated),
    )
    answers = []
    for page in read:
        places = tally.put(fixed, page if page in shown else None)
        tried = dataclasses.replace(profile, articles=places)
        answer = _agrees(page, tried, articles)
        if answer is not None:
            answers.append(answer)
    return tally.put(fixed).after(answers)


def try_places(
    pages: Sequence[SamplePage], profile: SiteProfile, articles: ArticleReader
) -> ArticlePlaces | None:
    """The places of a profile, with how well they hold on more pages."""
    if profile.articles is None:
        return None
    read = _read_in_full(pages, profile, articles)
    answers = (_agrees(page, profile, articles) for page in read)
    return profile.articles.after([answer for answer in answers if answer is not None])


def _agrees(page: _ReadPage, profile: SiteProfile, articles: ArticleReader) -> bool | None:
    """Whether the places give what reading in full gives; None where the page has others."""
    draft = articles.read_by_places(page.document, page.url, None, profile)
    if draft is None:
        return None
    return all(getattr(draft, name) == getattr(page.draft, name) for name in _SAME)


def _read_in_full(
    pages: Iterable[SamplePage], profile: SiteProfile, articles: ArticleReader
) -> Iterator[_ReadPage]:
    """The HTML pages among these, those that can't be read left out."""
    for sample in sorted(pages, key=_order):
        if len(sample.raw.body or sample.raw.html or "") > LONGEST:
            continue
        try:
            document = html_document(sample.raw)
            if document is None:
                continue
            draft, content = articles.read_with_content(document, sample.raw.url, None, profile)
        except (ParseError, ValueError):  # the second: an address that is none (`https://[`)
            continue
        if not draft.unread:
            yield _ReadPage(
                document,
                sample.raw.url,
                draft,
                _holder(content, profile),
                _seen(content),
                _timed(content, draft.publication),
            )


def _order(sample: SamplePage) -> tuple[bytes, bytes]:
    """By digests: addresses in their order have pages of one kind and one time together."""
    raw = sample.raw
    content = raw.body if raw.body is not None else (raw.html or "").encode("utf-8", "replace")
    return _digest((raw.url or "").encode("utf-8", "replace")), _digest(content)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()


def _seen(content: Content) -> Mapping[str, Counter[str]]:
    """Of the blocks outside of boilerplate, by place, what reading made of them."""
    own, body = content.own, content.body
    if own is None:
        return {}
    chosen = frozenset(body.chosen)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, block in enumerate(body.blocks):
        sort = "text" if number in chosen else "beside"
        found[place_key(own.place(block.element))][sort] += 1
    return found


def _holder(content: Content, profile: SiteProfile) -> tuple[str, ...]:
    """Path of the smallest element with text, title and date; empty where there is no text."""
    own, body = content.own, content.body
    if own is None or not body.chosen:
        return ()
    held = {body.blocks[i].element for i in body.chosen}
    if content.titles.heading is not None:
        held.add(content.titles.heading)
    dated = {date.place for date in profile.dates}
    held |= {block.element for place, block in own.placed() if place in dated}
    return _common([whole_path(own.original(element)) for element in held])


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all the paths begin with; empty where there is none."""
    if not paths:
        return ()
    first, last = min(paths), max(paths)
    for number, (one, other) in enumerate(zip(first, last, strict=False)):
        if one != other:
            return first[:number]
    return first[: len(last)]


def _most(named: Sequence[str | None]) -> str | None:
    """What enough of the articles name."""
    found = Counter(name for name in named if name)
    best = min(found, key=lambda name: (-found[name], name), default=None)
    return best if best is not None and found[best] >= SHARE_STATED * len(named) else None


def _language(pages: Sequence[_ReadPage]) -> str | None:
    """The language of all the articles, where all say so themselves."""
    found = {page.draft.lang for page in pages}
    declared = {language_code(page.document.lang) for page in pages}
    return found.pop() if len(found) == 1 and found == declared else None


def _stated(publication: Publication | None) -> str | None:
    """Under which name markup states the date, or that it is found where it is printed."""
    by_name = publication is not None and publication.rule in ("json-ld", "meta", "printed")
    return publication.path if publication is not None and by_name else None


def _timed(content: Content, publication: Publication | None) -> str | None:
    """Place of the element that holds the date for programs, where it rests on that."""
    if content.own is None or publication is None or publication.path != TIME:
        return None
    dated = publication.day, publication.instant
    held = times(content.elements, lambda value: dated if value == publication.surface else None)
    return next((content.own.place(element) for element, _ in held), None)
