"""What a site has to tell, before any markup: stories, events, and pages that are no news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tests.sites.prose import Writer

NIGHTS = {n: datetime(2026, 3, 2 + n, 18, 0, tzinfo=UTC) for n in (1, 2)}
"""Night → the moment for `--now`."""
ZONES = {"de": "Europe/Berlin", "en": "Europe/London", "ru": "Asia/Almaty"}
STORIES, NEW, EVENTS = 24, 2, 4
"""Stories of the first night, stories that the second brings, events."""
ADDENDUM = 1
"""The story that is edited on the second night: the second newest."""
SHAPES = (
    ("facts", "facts", "facts"),
    ("quotes", "facts"),
    ("facts", "quotes", "facts"),
    ("facts", "outlook"),
    ("facts", "facts", "quotes", "outlook"),
    ("quotes",),
)
"""Kinds of the sentences of a paragraph."""
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the body."""

    kind: Literal["p", "h2", "ul", "table"]
    lines: tuple[str, ...]
    """The paragraph, the heading, the items; of a table its cells, two a row."""


@dataclass(frozen=True, slots=True)
class Story:
    """A piece of news."""

    number: int
    """0 is the oldest."""
    title: str
    lead: str
    """Teaser of lists, first paragraph of the page."""
    blocks: tuple[Block, ...]
    published: datetime
    """In the zone of the site."""
    author: str | None
    section: str
    tag: str
    addendum: str
    """Paragraph that an edit brings."""
    slug: str

    @property
    def id(self) -> int:
        """Number in the database of the site."""
        return 1300 + 7 * self.number

    @property
    def new(self) -> bool:
        """Whether it is of the second night."""
        return self.number >= STORIES


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that a page of its own announces."""

    number: int
    title: str
    lead: str
    blocks: tuple[Block, ...]
    published: datetime
    start: date
    end: date
    town: str
    slug: str

    @property
    def id(self) -> int:
        """Number in the database of the site."""
        return 90 + self.number


@dataclass(frozen=True, slots=True)
class Information:
    """A page that is no news: about, imprint, contact, a member, an offer."""

    key: str
    title: str
    lines: tuple[str, ...]
    price: str = ""
    """Of an offer."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of it; stories with the newest first."""

    stories: tuple[Story, ...]
    happenings: tuple[Happening, ...]
    information: tuple[Information, ...]


def make_contents(language: str, site: str, random: Random) -> Contents:
    """The contents of a site with this name, always the same for the same random numbers."""
    return _Editor(language, site, random).contents()


class _Editor:
    def __init__(self, language: str, site: str, random: Random) -> None:
        self._language = language
        self._site = site
        self._random = random
        self._zone = ZoneInfo(ZONES[language])
        self._writer = Writer(language, random, site)
        self._words = self._writer.words
        self._authors = random.sample(self._words["slots"]["person"], 5)

    def contents(self) -> Contents:
        moments = [*self._moments()]
        stories = [self._story(n, moment) for n, moment in enumerate(moments)]
        return Contents(
            tuple(reversed(stories)),
            tuple(self._happening(n) for n in range(EVENTS)),
            tuple(self._information()),
        )

    def _moments(self) -> Iterator[datetime]:
        """When the stories appeared, the oldest first; a few just after midnight."""
        day = NIGHTS[1].astimezone(self._zone).date()
        days = sorted(self._random.sample(range(1, 300), STORIES - 1), reverse=True)
        for number, back in enumerate([*days, 0, *[-1] * NEW]):
            hour, minute = self._random.randint(7, 17), self._random.randint(0, 59)
            if number % 6 == 2:
                hour, minute = 0, 10 + minute // 2
            on = day - timedelta(days=back)
            yield datetime(on.year, on.month, on.day, hour, minute, tzinfo=self._zone)

    def _story(self, number: int, published: datetime) -> Story:
        topic = self._writer.topic()
        title = self._writer.sentence(self._words["titles"], topic)
        return Story(
            number,
            title,
            self._writer.sentence(self._words["leads"], topic),
            tuple(self._body(number, topic)),
            published,
            self._random.choice(self._authors) if number % 3 else None,
            self._random.choice(self._words["sections"]),
            self._random.choice(self._words["tags"]),
            self._writer.sentence([self._words["addendum"]], topic),
            slug(title, number),
        )

    def _body(self, number: int, topic: dict[str, str]) -> Iterator[Block]:
        """Three to six paragraphs; some with headings, a list, a table; one story is short."""
        if number % 11 == 5:
            yield Block("p", (self._writer.paragraph(("facts", "quotes"), topic),))
            return
        shapes = self._random.sample(SHAPES, self._random.randint(3, len(SHAPES)))
        headings = self._random.sample(self._words["headings"], 2)
        for place, shape in enumerate(shapes):
            if number % 4 == 1 and place in (1, 3):
                yield Block("h2", (headings[place // 2],))
            yield Block("p", (self._writer.paragraph(shape, topic),))
        if number % 5 == 2:
            yield Block("ul", self._writer.items(3, topic))
        if number % 7 == 3:
            cells = [(town, f"{self._random.randint(20, 900)} t") for town in self._towns()]
            yield Block("table", tuple(cell for row in cells for cell in row))
        yield Block("p", (self._writer.paragraph(("outlook",), topic),))

    def _towns(self) -> list[str]:
        return self._random.sample(self._words["slots"]["town"], 3)

    def _happening(self, number: int) -> Happening:
        words, topic = self._words["events"], self._writer.topic()
        title = self._writer.sentence(words["names"], topic)
        start = NIGHTS[1].date() + timedelta(days=20 + 23 * number)
        shapes = [self._writer.sentence(words["facts"], topic) for _ in range(5)]
        return Happening(
            number,
            title,
            self._writer.sentence(words["leads"], topic),
            (Block("p", (" ".join(shapes[:3]),)), Block("p", (" ".join(shapes[3:]),))),
            NIGHTS[1].astimezone(self._zone) - timedelta(days=9 + 4 * number),
            start,
            start + timedelta(days=number % 3),
            topic["town"],
            slug(title, 100 + number),
        )

    def _information(self) -> Iterator[Information]:
        topic, fixed, line = self._writer.topic(), self._words["words"], self._writer.line
        for key in ("about", "imprint"):
            yield Information(key, fixed[key], tuple(line(p, topic) for p in self._words[key]))
        yield Information("contact", fixed["contact"], (fixed["press_contact"],))
        for number in range(3):
            company = self._words["slots"]["company"][number]
            lines = (p.replace("{company}", company) for p in self._words["members"]["facts"])
            told = tuple(line(p, topic) for p in lines)
            yield Information(f"member-{number + 1}", company, told)
        products = self._words["products"]
        for number in range(3):
            name = line(products["names"][2 * number], topic)
            told = tuple(line(p, topic) for p in products["facts"])
            price = f"{self._random.randint(80, 900)},00 €"
            yield Information(f"product-{number + 1}", name, told, price)


def slug(title: str, number: int) -> str:
    """The title as it stands in an address; other scripts than Latin are kept, encoded."""
    words = re.sub(r"[^\w]+", "-", title.lower().translate(_LETTERS)).strip("-")
    return quote(f"{words[:60].rstrip('-')}-{number}")
