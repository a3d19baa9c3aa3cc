"""Reads a whole page: article, dates, entities, contacts and events, each value with its place."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, get_args
from urllib.parse import urlsplit

from crawler.parsers.announcement import announces_event
from crawler.parsers.article import ArticleReader
from crawler.parsers.calendars import is_calendar
from crawler.parsers.coming_events import with_coming_events
from crawler.parsers.dates import DateReader, PartialDate, with_year_of
from crawler.parsers.entities import EntityReader
from crawler.parsers.entities.tagger import without_bare
from crawler.parsers.events import EventReader
from crawler.parsers.language import load_classifier
from crawler.parsers.listed_day import with_listed_day
from crawler.parsers.page_forms import PageForms
from crawler.parsers.raw_page import RawPage
from crawler.parsers.reading_parts import ReadingParts
from indexer.records.document import Commodity, Contact, Event, Mention, Page, Part
from indexer.records.half_characters import without_halves
from indexer.records.reference import Reference

__all__ = ["PageReader", "RawPage", "valid_mentions"]


MAX_TEXT = 200_000
"""Characters of text in which values are looked for; a longer text is kept whole."""
MAX_CONTACT_TEXT = 20_000
"""The same for contacts."""

SURE_ENOUGH = 0.5
"""Confidence under which a mention (a bare word such as "minerals") can be searched, but is not
listed.
"""

_SEARCHED: tuple[Part, ...] = ("title", "teaser", "text", "contact", "byline")
_LISTED: tuple[Part, ...] = ("title", "teaser", "text")
_PARTS = frozenset(get_args(Part))
_WORD = re.compile(r"[\w’'-]+")
_LONGEST_NAME = 500
"""Characters of what is a name, of a ministry with all its offices, too."""
_BRITISH_DOMAIN = "uk"
"""The country domain that isn't the country's ISO code."""

_FindEvents: TypeAlias = Callable[
    [Page, Sequence[PartialDate]], tuple[tuple[Event, ...], Sequence[Mention]]
]


class PageReader:
    """Reads pages; made once for a process, because the tables take seconds to load.

    Pure: no network, no clock; the same input gives the same Page.
    """

    def __init__(self, reference: Reference) -> None:
        load_classifier()
        self._reference = reference
        self._dates = DateReader(reference.languages)
        self._forms = PageForms(reference, self._dates)
        self._entities = EntityReader(reference)
        self._events = EventReader(reference, self._dates)
        self._hosts = _own_countries(reference)

    def with_parameters(self, folder: Path | None) -> PageReader:
        """A reader with the trained parameters of a folder (None: those of the program), for which
        the tables are not loaded once more.
        """
        other: PageReader = copy.copy(self)
        other._events = self._events.with_parameters(folder)
        return other

    @property
    def articles(self) -> ArticleReader:
        """Reads the article of a page."""
        return self._forms.articles

    @property
    def entities(self) -> EntityReader:
        """Reads who, what and where a text names."""
        return self._entities

    @property
    def events(self) -> EventReader:
        """Reads the events of a page."""
        return self._events

    def read(self, raw: RawPage) -> Page:
        """The record of a page.

        Raises ParseError with reason `empty`, `too-large` or `hostile-markup`, and of a PDF with
        `encrypted`, `broken-pdf` or `no-text`, of a calendar file with `no-events`.
        """
        return self._read(raw, self._events.find)

    def read_draft(self, raw: RawPage) -> Page:
        """The record of a page without its events. Raises as `read`."""
        return self._read(raw, lambda draft, dates: ((), ()))

    def _read(self, raw: RawPage, find_events: _FindEvents) -> Page:
        raw = _encodable(raw)
        if raw.url is not None and not _is_address(raw.url):
            # Handed in with the page: kept as it is, and nothing is read from it.
            page = self._read(dataclasses.replace(raw, url=None), find_events)
            return dataclasses.replace(page, url=raw.url, parts={**page.parts, "url": raw.url})
        page, mentions = self._forms.read(raw)
        reading = ReadingParts()
        dates, partial = reading.read(
            "dates",
            lambda: self._dates.find_both(page.text[:MAX_TEXT], page.lang, page.published),
            ((), ()),
        )
        if page.kind == "event" and raw.stated.ahead is not None:
            partial = tuple(with_year_of(day, raw.stated.ahead) for day in partial)
        searched = dataclasses.replace(page, dates=dates)
        names = reading.read("names", lambda: list(self._entity_mentions(searched)), ())
        mentions.extend(without_bare(names))
        contacts, found = reading.read("contacts", lambda: self._contacts(searched), ((), ()))
        mentions.extend(found)
        draft = dataclasses.replace(
            searched, contacts=contacts, mentions=tuple(valid_mentions(searched, mentions))
        )
        draft = _with_entities(draft, self._reference)
        # Offsets hold for the whole text too: what is cut off stands at the end.
        event_draft = _event_draft(draft, raw)
        events, of_events = reading.read(
            "events",
            lambda: find_events(event_draft, partial if event_draft.text else ()),
            ((), ()),
        )
        events, of_events = with_listed_day(draft, events, of_events, raw.stated.ahead)
        events, of_events = with_coming_events(draft, events, of_events, raw.fetched)
        valid = valid_mentions(draft, [*draft.mentions, *of_events])
        return dataclasses.replace(
            draft,
            kind="event" if announces_event(draft, events, of_events) else draft.kind,
            events=events,
            mentions=tuple(valid),
            truncated=raw.truncated or draft.truncated,
            unread=(*draft.unread, *reading.failures),
        )

    def _entity_mentions(self, page: Page) -> Iterator[Mention]:
        texts = {part: text for part in _SEARCHED if (text := page.part(part)[:MAX_TEXT])}
        namesakes: dict[tuple[str, object, str], bool] = {}
        for part, text in texts.items():
            for mention in self._entities.find(part, text, page.lang):
                key = (mention.field, mention.value, mention.surface)
                if key not in namesakes:  # the texts are looked through once for a name
                    namesakes[key] = any(
                        self._entities.is_namesake(mention, said) for said in texts.values()
                    )
                if not namesakes[key]:
                    yield mention

    def _contacts(self, page: Page) -> tuple[tuple[Contact, ...], list[Mention]]:
        """Contacts of the contact part, then those of the text that it doesn't hold."""
        contacts: list[Contact] = []
        mentions: list[Mention] = []
        country = self._country(page)
        sources: tuple[Part, ...] = ("contact", "text")
        for part in sources:
            text = page.part(part)[:MAX_CONTACT_TEXT]
            if not text:
                continue
            found, places = self._entities.contacts(part, text, page.lang, country)
            for index, contact in enumerate(found):
                if contact in contacts:
                    continue
                old, new = f"contacts[{index}].", f"contacts[{len(contacts)}]."
                mentions.extend(
                    dataclasses.replace(m, field=new + m.field.removeprefix(old))
                    for m in places
                    if m.field.startswith(old)
                )
                contacts.append(contact)
        return tuple(contacts), mentions

    def _country(self, page: Page) -> str | None:
        """Country of the page's site by its domain, for telephone numbers without country code."""
        host = (page.url or "").split("//")[-1].split("/")[0].split(":")[0].lower()
        return self._hosts.get(host.rsplit(".", 1)[-1])


def valid_mentions(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions whose place in their part holds their surface; the rest is dropped, and what is
    longer than any name: a page without spaces would fill the lists of names of all searches.
    """
    return [
        m
        for m in mentions
        if m.part in _PARTS
        and len(m.surface) <= _LONGEST_NAME
        and 0 <= m.start < m.end <= len(page.part(m.part))
        and m.surface
        and page.part(m.part)[m.start : m.end] == m.surface
    ]


def _event_draft(draft: Page, raw: RawPage) -> Page:
    """What events are read from; of a calendar file only its fields, not its prose once more."""
    if raw.body is not None and is_calendar(raw.body):
        return dataclasses.replace(draft, title=None, text="", dates=(), mentions=())
    return dataclasses.replace(draft, text=draft.text[:MAX_TEXT])


def _encodable(raw: RawPage) -> RawPage:
    """Half characters (JSON can hold one surrogate of two) become U+FFFD, so that offsets stay."""
    given = {name: getattr(raw, name) for name in ("text", "url", "lang", "published", "title")}
    mended: dict[str, Any] = {
        name: without_halves(value)
        for name, value in given.items()
        if value and not value.isascii()
    }
    return dataclasses.replace(raw, **mended) if mended else raw


def _is_address(url: str) -> bool:
    """Whether an address can be taken to pieces ("http://[::1" can't)."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return True


def _with_entities(page: Page, reference: Reference) -> Page:
    """The page with its lists of countries, places, commodities … filled from its mentions."""
    listed: dict[str, dict[str, str]] = {}
    for part in _LISTED:
        for mention in sorted((m for m in page.mentions if m.part == part), key=lambda m: m.start):
            if mention.value is None or mention.inferred or mention.confidence < SURE_ENOUGH:
                continue
            listed.setdefault(mention.field, {}).setdefault(str(mention.value), mention.surface)
    of_others = _within_a_name_only(page.mentions, reference)
    commodities = tuple(
        Commodity(value, _english(reference, value), surface)
        for value, surface in listed.get("commodities", {}).items()
        if value not in of_others
    )
    return dataclasses.replace(
        page,
        countries=tuple(listed.get("countries", ())),
        places=tuple(listed.get("places", ())),
        commodities=commodities,
        organisations=tuple(
            surface if value in reference.organisations else value
            for value, surface in listed.get("organisations", {}).items()
        ),
        strategies=_each_once(listed.get("strategies", {}), reference.strategies),
        programmes=_each_once(listed.get("programmes", {}), reference.strategies),
    )


def _within_a_name_only(mentions: Sequence[Mention], reference: Reference) -> frozenset[str]:
    """The raw materials that a page names once, and within the name of a body (Kaolinwerk X GmbH):
    it tells of the body, not of them. A word for many, with a capital, is none within the name of a
    strategy or programme either (Critical Raw Materials Act).
    """
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.field == "commodities":
            told.setdefault(str(mention.value), []).append(mention)
    once = {value: of[0] for value, of in told.items() if len(of) == 1}
    bodies = [m for m in mentions if m.field == "organisations"]
    laws = [m for m in mentions if m.field in ("strategies", "programmes")]
    return frozenset(
        value
        for value, one in once.items()
        if _is_held(one, bodies)
        or (one.surface[0].isupper() and _is_group(value, reference) and _is_held(one, laws))
    )


def _is_held(one: Mention, names: Sequence[Mention]) -> bool:
    """Whether a mention stands within one of the names."""
    return any(n.part == one.part and n.start <= one.start and one.end <= n.end for n in names)


def _is_group(commodity: str, reference: Reference) -> bool:
    """Whether a commodity is a word for many (critical raw materials, rare metals)."""
    entry = reference.commodities.get(commodity)
    return entry is not None and entry.group == "group"


def _each_once(names: Mapping[str, str], known: Container[str]) -> tuple[str, ...]:
    """Names, of their values, without those that differ only in capitals (Memorandum on …,
    memorandum on …), or that another name holds (Rohstoffstrategie, Rohstoffstrategie 2035), but
    for what a table knows (Uzbekistan-2030 is another strategy than Digital Uzbekistan-2030).
    """
    once = {name.casefold(): (value, name) for value, name in reversed([*names.items()])}
    padded = [f" {' '.join(_WORD.findall(folded))} " for folded in once]
    short = {p for p in padded for other in padded if p != other and p in other}
    kept = (
        name
        for (value, name), p in zip(once.values(), padded, strict=True)
        if value in known or p not in short
    )
    return tuple(kept)[::-1]


def _english(reference: Reference, commodity: str) -> str:
    entry = reference.commodities.get(commodity)
    names = entry.names.get("en", ()) if entry else ()
    return names[0] if names else commodity


def _own_countries(reference: Reference) -> dict[str, str]:
    """Country domain → ISO code, of the countries of the tables."""
    codes = {place.country for place in reference.places.values() if place.country}
    return {**{code.lower(): code for code in codes}, _BRITISH_DOMAIN: "GB"}
