"""Towns of the world (towns.csv), read only where the text says that something is in one.

Sixty thousand names of towns hold many that are words, surnames or first names elsewhere (Hagen,
Lincoln, Орёл). A preposition of place before a capital tells them apart: `in Jena`, `at Jinja`, `в
Коломне`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import CAPITALISED, any_of, literal
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.grammar import grammar_of
from crawler.parsers.entities.lexicon.tables import COUNTRIES, PLACES
from crawler.parsers.entities.regions import Regions
from crawler.parsers.entities.spans import EntityMatch, Spans, longest
from crawler.parsers.entities.town_index import TownNames
from indexer.records.reference import PlaceEntry

_BY_PREPOSITION = 0.85
_CALENDAR = r"(?<=\d{4}),"
"""A line of a calendar: 24. Mai 2031, Jena: …"""
_GAP = 2
"""Characters between a town and the country behind it."""
_ARABIC_ARTICLE = r"(?:el|al)-"
_ENTRY = re.compile(r"^(?:[-–•*●▪◦○■·][ ])?(?:[^\W\d]{1,12}\.?,?[ ])?\d[^\n]{5,200}", re.MULTILINE)
"""A line that begins with a number, as those of calendars do."""
_OF_ENTRY = re.compile(rf"(?<=.{{5}})(?:,[ ]|[ ]\()(?={CAPITALISED})")
"""Before a town in such a line."""
_BEHIND_DAY = re.compile(
    rf"^(?=[^\n]*(?:19|20)\d\d)[^\n]{{8,120}},[ ](?={CAPITALISED}[^,\n]*$)", re.MULTILINE
)
"""A line with a year up to its last words (10. März 2031, Alte Schmelze, Suhl)."""
_LAST_BLANKS = r"(?<![ ])[ ]*"
"""Blanks behind a word: sought from each of a thousand blanks, they would be counted each time."""
_LINE_END = re.compile(rf"{_LAST_BLANKS}(?:\n|\Z|[–—|·][ ])")
_BELOW_DAY = re.compile(
    rf"^(?=[^\n]*(?:19|20)\d\d)[^\n]{{8,60}}\n[^,\n]{{4,60}},[ ](?={CAPITALISED}[^,\n]*$)",
    re.MULTILINE,
)
"""A line with a year and the house below it (10. März 2031, 9–17 Uhr | Alte Schmelze, Suhl)."""
_MARK = r"[-–•*●▪◦○■·>►][ ]"
_BULLET = rf"(?:{_MARK})?"
_BEHIND_SHORT_DAY = re.compile(
    rf"^{_BULLET}\d{{1,2}}[\d. –-]{{1,10}}[^\W\d]{{3,12}},[ ](?={CAPITALISED}[^,\n]{{0,40}}$)",
    re.MULTILINE,
)
"""A line of a day without its year and a town or two (18.–22. Mai, Jena und Suhl)."""
_BEHIND_SENTENCE_OF_DAY = re.compile(
    rf"^{_BULLET}\d{{1,2}}[\d. –-]{{1,10}}[^\W\d]{{3,12}}\.[ ](?={CAPITALISED})", re.MULTILINE
)
"""A day that is parted from its town like a sentence (3–5 сентября. Коломна. Форум)."""
_ENDS_PLACES = re.compile(rf"(?:[ ][\w–-]{{1,5}}[ ]{CAPITALISED})?{_LAST_BLANKS}(?:\n|\Z)")
_BEFORE_DAY = re.compile(
    rf"^(?=\S)[^\n]{{5,150}}?[,·|][ ](?={CAPITALISED}[^,\n]{{0,30}},[ ]\d{{1,2}}(?!\d))",
    re.MULTILINE,
)
"""A line up to the town before its day (3rd Tin Days, Szeged, 14–15 May)."""
_DAY = re.compile(r",[ ]\d{1,2}(?:\.|[ ]?[–-]|[ ][^\W\d])")
_OPENS_LINE = re.compile(rf"^{_BULLET}(?={CAPITALISED}[^\n]{{10,120}}$)", re.MULTILINE)
_HOUSE_AND_DAY = re.compile(
    r",[ ](?:[^\W\d][^,\n]{2,60},[ ]\d{1,2}(?:\.|[ ]?[–-]|[ ][^\W\d])"
    rf"|\d{{1,2}}[^,\n]{{3,30}},[ ](?:\d{{1,2}}[.:]\d\d[^,\n]{{0,20}},[ ])?{CAPITALISED}[^\n]+$)",
    re.MULTILINE,
)
"""Behind the town that opens the line of an event (Szeged, Old Mill, 14 May 2031; Szeged, 14 May,
Old Mill): the town and day alone are a dateline.
"""
_OPENING_DAY = re.compile(
    rf"^{_BULLET}\d{{1,2}}(?:\.?[ ]?[–-][ ]?\d{{1,2}})?\.\d{{1,2}}\.?(?:\d{{4}})?,?[ ]"
    rf"(?={CAPITALISED})",
    re.MULTILINE,
)
"""The day in figures that a line of a calendar begins with (18.03. Suhl · …)."""
_OPENING_ENTRY = re.compile(
    rf"^{_BULLET}(?:[^\W\d]{{1,12}}\.?,?[ ])?\d{{1,2}}\.?(?:[ ]?[–-][ ]?\d{{1,2}}\.?)?"
    r"(?:[ ][^\W\d]{3,12}\.?)?"
    rf"(?:,?[ ](?:19|20)\d\d)?(?:,[ ]|[ ][|·•–—][ ]|[.:][ ])(?={CAPITALISED})",
    re.MULTILINE,
)
"""The day that a line of a calendar begins with, up to a mark (9 Apr – Szeged. | 6–7 мая · Коломна
· …).
"""
_BEHIND_POSTCODE = re.compile(
    r"(?:^|(?<=,[ ])|(?<=[ ]in[ ]))(?:[A-Z]{1,2}-)?(?:\d{5}|(?!19|20)\d{4})[ ]"
    rf"(?={CAPITALISED})",
    re.MULTILINE,
)
"""The code that an address has before its town (Alter Markt 8, 39104 Magdeburg)."""
_DIGITS_OF_CODE = re.compile(r"\d{4}[ ]")
"""What any such code has, found in a tenth of the time."""
_BAR = "|"
"""What parts cells."""
_WORD_END = re.compile(r"(?![\w-])")
_ENDS_TOWN = re.compile(r"[.,:;)]|[ ][·|(–—]|\n|\Z")
_NUMBERED = re.compile(rf"[ \u00a0]\d{{1,2}}[A-Z]?\b(?![.,]\d|[ ]{CAPITALISED})")
"""Behind a house (in Halle 3)."""
_FULL_STOP = re.compile(r"\.")
_SENTENCE_START = re.compile(rf"(?:^|(?<=[.!?][ ]))(?={CAPITALISED})", re.MULTILINE)
_DATELINE_DAY = re.compile(
    r",[ ](?:[^\W\d]{1,5}[ ])?(?:\d{1,2}[. ]|[^\W\d]{3,10}\.?[ ]\d{1,2},)[^\n]{0,12}?(?:19|20)\d\d"
)
"""The day behind the town where a page was written (Suhl, 9. Mai 2031; KITWE, May 9, 2031), or that
a sentence gives to an event (Tin Forum. Suhl, 9 May 2031.).
"""
_OPENS_BRACKET = re.compile(rf"\((?={CAPITALISED})")
_DAY_TO_BRACKET = re.compile(
    r",[ ]\d{1,2}(?:\.?[ ]?[–-][ ]?\d{1,2})?\.?[ ][^\W\d]{3,12}\.?(?:[ ](?:19|20)\d\d)?\)"
)
"""Behind the town in brackets that hold a day besides ((Szeged, 17 September))."""
_OPENS_CELL = re.compile(rf"(?<=[^\W\d][ ]\|[ ])(?={CAPITALISED})")
_CELL_OF_DAY = re.compile(r"[ ]\|[ ]\d{1,2}(?:\.|[ ]?[–-]|[ ][^\W\d])")
"""Behind the town between what is held and its day (Tin Congress | Szeged | 2–3 June)."""
_OPENING_DAY_IN_WORDS = re.compile(
    rf"^{_BULLET}\d{{1,2}}(?:\.?[ ]?[–-][ ]?\d{{1,2}})?\.?[ ][^\W\d]{{3,12}}"
    rf"(?:[ ](?:19|20)\d\d)?,[ ](?={CAPITALISED})",
    re.MULTILINE,
)
_OPENS_ENTRY = re.compile(rf"[.:][ ](?=[„“«\"]?(?:{CAPITALISED}|\d))")
"""Behind the day and town that a line begins with (4–5 June, Szeged: 7th Tin Days)."""
_OPENS_PARAGRAPH = re.compile(rf"^(?={CAPITALISED}[^\n]{{20}})", re.MULTILINE)
_OPENS_MARKED = re.compile(rf"^{_MARK}(?={CAPITALISED}[^\n]{{20}})", re.MULTILINE)
_SET_OFF = re.compile(r"\.[ ]")
"""Behind the town that a paragraph with a mark tells of (► Szeged. Exporters of tin met there)."""
_SET_OFF_FROM_DAY = re.compile(
    r"\.[ ](?:[^\W\d]{1,4}[ ])?\d{1,2}(?:[ ]?[–-][ ]?\d{1,2})?\.?[ ][^\W\d]{3}"
)
"""As that, before a day (Szeged. On 14 May …): without a mark it may be any word (Bath. A …)."""
_SET_OFF_AS_OTHERS = re.compile(rf"\.[ ](?=[„“«\"]?{CAPITALISED})")
"""Behind the towns that several paragraphs open with (Suhl. The … | Goslar. An …)."""
_ONLY_HEADLINES = re.compile(r"(?:[^\n]{0,150}[^\n.!?”“»\"]\n+)+")
"""Lines without a full stop: headlines, days and bylines, which stand above a report."""
_ROW = re.compile(r"^(?:\|[|:-]+|[^\n]*[^\s|][ ]\|[ ][^\n]*)$", re.MULTILINE)
"""A line of cells, or the one that rules off the heads of a table."""
_CELL = re.compile(r"[^\s|](?:[^|\n]*[^\s|])?")
_ENDS_CELL = re.compile(rf"{_LAST_BLANKS}(?:[|,(\n]|\Z)")
_AT = re.compile("")
_BELOW_ENTRY = re.compile(
    rf"^(?=[^\n]*(?:19|20)\d\d)[^\n]{{8,40}}\n[^\n]{{4,90}}\n(?={CAPITALISED}[^,\n]{{0,30}}$)",
    re.MULTILINE,
)
"""A day with its year and the title below it, up to a line of few words."""
_SPACE = re.compile(r"[ ]")
_FEWEST_ENTRIES = 2
_LONGEST = 80
"""Characters of a name and its comma."""
_QUALIFIER = re.compile(rf"[ ]\(({CAPITALISED})(\.?)\)")
"""What parts towns of one name (Halle (Westfalen))."""
_GOES_ON = re.compile(rf"[ ]{CAPITALISED}")


class TownFinder:
    """Finds towns behind prepositions; `towns` are named in English.

    `may_be_surname(text, start, end)`: whether the words before a town make it a person's name.
    """

    def __init__(
        self,
        towns: Mapping[str, PlaceEntry],
        languages: Mapping[str, Mapping[str, Any]],
        may_be_surname: Callable[[str, int, int], bool],
    ) -> None:
        self._towns = towns
        self._may_be_surname = may_be_surname
        self._languages = languages
        rivers = any_of(map(re.escape, self._words("towns_by_river")))
        self._names = TownNames(towns, rivers, self._words("towns_never"))
        links = any_of(map(re.escape, self._words("town_links")))
        further = rf"[ ](?:{links}[ ]|{_ARABIC_ARTICLE})?{CAPITALISED}"
        run = rf"(?:St\.[ ])?{CAPITALISED}(?:{further}){{0,2}}"
        self._houses = frozenset(self._words("venue_heads"))
        self._no_towns = frozenset(self._words("no_towns"))
        self._regions = Regions(languages)
        joiners = any_of(map(re.escape, self._words("towns_joined")))
        self._run = re.compile(run)
        self._link = re.compile(rf"[ ]{links}[ ]{CAPITALISED}")
        self._joined = re.compile(rf"(?:,|[ ](?:{joiners}|&))[ ](?=({run}))")

    def find(
        self, text: str, names: Sequence[EntityMatch], language: str | None
    ) -> list[EntityMatch]:
        """Towns that no table of places holds; `names` are the finds that they must not touch."""
        taken = Spans(n for n in names if n.field in (COUNTRIES, PLACES))
        found: list[EntityMatch] = []
        for match in self._before.finditer(text):
            at = match.end()
            while (town := self._town(text, at, language)) is not None:
                near = taken.touching(town.start, town.end)
                if not any(t.overlaps(town.start, town.end) for t in near):
                    found.append(town)
                joined = self._joined.match(text, town.end)
                if joined is None:
                    break
                at = joined.end()
        found += self._before_houses(text, taken)
        found += self._behind(self._house_comma.finditer(text), text, taken)
        found += self._behind(_BEFORE_DAY.finditer(text), text, taken, _DAY)
        found += self._behind(_BEHIND_DAY.finditer(text), text, taken, _LINE_END)
        found += self._behind(_BELOW_DAY.finditer(text), text, taken, _LINE_END)
        found += self._behind(_BEHIND_SHORT_DAY.finditer(text), text, taken, _ENDS_PLACES)
        found += self._behind(_BEHIND_SENTENCE_OF_DAY.finditer(text), text, taken, _FULL_STOP)
        found += self._behind(_OPENS_LINE.finditer(text), text, taken, _HOUSE_AND_DAY)
        found += self._behind(_OPENING_DAY.finditer(text), text, taken, _ENDS_TOWN)
        found += self._behind(_OPENS_PARAGRAPH.finditer(text), text, taken, _SET_OFF_FROM_DAY)
        found += self._behind(_OPENS_MARKED.finditer(text), text, taken, _SET_OFF)
        found += self._behind(_SENTENCE_START.finditer(text), text, taken, _DATELINE_DAY)
        found += self._behind(_OPENS_BRACKET.finditer(text), text, taken, _DAY_TO_BRACKET)
        if _BAR in text:
            found += self._behind(_OPENS_CELL.finditer(text), text, taken, _CELL_OF_DAY)
        found += self._behind(_OPENING_DAY_IN_WORDS.finditer(text), text, taken, _OPENS_ENTRY)
        found += self._of_paragraphs(text, taken)
        found += self._of_columns(text, taken) if _BAR in text else ()
        below = list(self._behind(_BELOW_ENTRY.finditer(text), text, taken, _LINE_END))
        found += below if len({town.value for town in below}) > 1 else []
        if _DIGITS_OF_CODE.search(text):
            found += self._behind(_BEHIND_POSTCODE.finditer(text), text, taken, _WORD_END)
        found += self._behind(self._label.finditer(text), text, taken)
        found += self._behind(self._bare_label.finditer(text), text, taken, _ENDS_CELL)
        entries = list(_ENTRY.finditer(text))
        if len(entries) >= _FEWEST_ENTRIES:
            openings = (m for e in entries for m in _OF_ENTRY.finditer(text, *e.span()))
            found += self._behind(openings, text, taken)
            found += self._behind(_OPENING_ENTRY.finditer(text), text, taken, _ENDS_TOWN)
        found += self._before_countries(text, names, taken)
        return [f for f in longest(found) if not self._elsewhere(f, text, taken)]

    def _of_paragraphs(self, text: str, taken: Spans) -> list[EntityMatch]:
        """Towns that paragraphs open with, each before a full stop, where several do, or where the
        first one below a headline does, as reports of papers begin (Suhl. The council …): another
        one alone may be a word (Regen. Danach …).
        """
        openings = _OPENS_PARAGRAPH.finditer(text)
        found = list(self._behind(openings, text, taken, _SET_OFF_AS_OTHERS))
        if len({town.value for town in found}) > 1:
            return found
        return [town for town in found[:1] if _ONLY_HEADLINES.fullmatch(text, 0, town.start)]

    def _of_columns(self, text: str, taken: Spans) -> Iterator[EntityMatch]:
        """Towns that open the cells of a table below the label of where something is, the heads of
        its columns (Date | Event | Town).
        """
        column, last = -1, -1
        for row in _ROW.finditer(text):
            cells = list(_CELL.finditer(text, *row.span()))
            if row.start() != last + 1:
                column = -1
            last = row.end()
            if column < 0:
                heads = [self._is_label.fullmatch(cell.group()) is not None for cell in cells]
                column = heads.index(True) if sum(heads) == 1 else -1
            elif column < len(cells):
                at = _AT.match(text, cells[column].start())
                yield from self._behind([at] if at else [], text, taken, _ENDS_CELL)

    def _before_houses(self, text: str, taken: Spans) -> Iterator[EntityMatch]:
        """Towns that open the name of a house (the Las Vegas Convention Center)."""
        if not self._house_behind.search(text):
            return
        for match in self._house.finditer(text):
            start, end = match.span(1)
            starts = [start, *(m.end() for m in _SPACE.finditer(text, start, end))]
            start = next((s for s in starts if self._names.key(text[s:end])), start)
            yield from self._untaken(text, start, end, taken)

    def _behind(
        self,
        openings: Iterable[re.Match[str]],
        text: str,
        taken: Spans,
        following: re.Pattern[str] | None = None,
    ) -> Iterator[EntityMatch]:
        """Towns that end what stands behind the comma of a house (Haus der Technik, Essen), or a
        line of a calendar (7 May: Tin Forum (Perth)); or stand before what `following` matches.
        """
        following = following or self._ends_place
        if following.search(text) is None:
            return
        for match in openings:
            run = self._run.match(text, match.end())
            for end in _word_ends(run) if run else ():
                if following.match(text, end) and self._names.key(text[match.end() : end]):
                    yield from self._untaken(text, match.end(), end, taken)
                    break

    def _before_countries(
        self, text: str, names: Sequence[EntityMatch], taken: Spans
    ) -> Iterator[EntityMatch]:
        """Towns before the country that they are in (Kitwe, Zambia; Leoben (Österreich)), not the
        surnames of who comes from there (Eva Halle, Germany).
        """
        for country in names:
            if country.field != COUNTRIES:
                continue
            before = self._last_name.search(text, max(0, country.start - _LONGEST), country.start)
            if before is None:
                continue
            end = before.end(1)
            for start in _word_starts(before):
                key = self._names.key(text[start:end])
                if key and self._towns[key].country == country.value:
                    if not self._may_be_surname(text, start, end):
                        yield from self._untaken(text, start, end, taken)
                    break

    def _untaken(self, text: str, start: int, end: int, taken: Spans) -> Iterator[EntityMatch]:
        """The town of that name, where no table has found something there."""
        key = self._names.key(text[start:end])
        if key and not any(t.overlaps(start, end) for t in taken.touching(start, end)):
            yield EntityMatch(PLACES, start, end, key, _BY_PREPOSITION, "towns:house")

    @cached_property
    def _ends_place(self) -> re.Pattern[str]:
        """What stands behind a town that a comma parts from its house, but not behind a speaker
        (…, Lincoln said on 2 May).
        """
        words = any_of(map(re.escape, self._words("behind_towns")))
        return re.compile(rf"[.,:;)]|[^\S\n]\(|\n|\Z|[ ](?:\d|{words}[ ])")

    @cached_property
    def _last_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])({self._run.pattern})(?:,[ ]|[ ]\()\Z")

    @cached_property
    def _labels(self) -> str:
        return literal((*self._words("venue_labels"), *self._words("town_labels")))

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """The label of where something is (Ort: Jena, Haus der Technik), also in a line or cell of
        its own.
        """
        mark = r"(?::[ ]|[ ]?:?\n{1,2}|[ ]\|[ ])"
        return re.compile(rf"^(?i:{self._labels}){mark}(?={CAPITALISED})", re.MULTILINE)

    @cached_property
    def _bare_label(self) -> re.Pattern[str]:
        """The same with nothing but a blank behind it, before what ends its line or a comma."""
        word = r"(?:[^\W\d]{1,3}\.[ ])?"
        return re.compile(rf"^(?i:{self._labels})[ ]{word}(?={CAPITALISED})", re.MULTILINE)

    @cached_property
    def _is_label(self) -> re.Pattern[str]:
        return re.compile(self._labels, re.IGNORECASE)

    @cached_property
    def _house_comma(self) -> re.Pattern[str]:
        houses = literal(self._words("venue_heads"))
        return re.compile(rf"{houses}\b[^\n,.;:!?]{{0,40}},[^\S\n](?={CAPITALISED})")

    @cached_property
    def _house(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w-])({self._run.pattern})[^\S\n](?={self._house_behind.pattern}\b)"
        )

    @cached_property
    def _house_behind(self) -> re.Pattern[str]:
        return re.compile(literal(self._words("houses_behind_town")))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        words = literal([*self._words("towns_after"), *self._words("houses_before_town")])
        told = "|".join(sorted({grammar_of(code).before_town for code in self._languages}))
        before = rf"(?<![\w-])(?:(?i:{words})|{told})"
        return re.compile(rf"(?:{before}|{_CALENDAR})(?:[^\S\n]+|(?<=\.))(?={CAPITALISED})")

    def _words(self, key: str) -> list[str]:
        """The words of all languages under a key of their cues."""
        return [w for code in self._languages for w in cues(self._languages, code).get(key, ())]

    def _town(self, text: str, at: int, language: str | None) -> EntityMatch | None:
        run = self._run.match(text, at)
        if run is None:
            return None
        open_ended = grammar_of(language).capital_continues_town
        for end in _word_ends(run):
            surface = text[run.start() : end]
            key = self._names.key(surface)
            if key is None or (open_ended and _GOES_ON.match(text, end)):
                continue
            if surface in self._no_towns or surface in self._regions:
                continue
            if surface in self._houses and _NUMBERED.match(text, end):
                continue
            return EntityMatch(PLACES, run.start(), end, key, _BY_PREPOSITION, "towns:preposition")
        return None

    def _elsewhere(self, town: EntityMatch, text: str, taken: Spans) -> bool:
        """Whether a country or region that isn't the town's follows (Freiburg, Switzerland)."""
        country = self._towns[town.value].country
        if self._regions.is_elsewhere(text, town.end, country):
            return True
        behind = taken.touching(town.end + 2, town.end + 2)
        surface = text[town.start : town.end]
        if not behind and self.has_another_river(town.value, surface, text, town.end):
            return True
        return any(
            t.field == COUNTRIES and text[town.end : t.start] in (", ", " (") and t.value != country
            for t in taken.touching(town.end, town.end + _GAP)
        )

    def has_another_river(self, key: str, surface: str, text: str, end: int) -> bool:
        """Whether a name that is short for a town on its river has another one behind it, or the
        land of another town: Halle (Westfalen) is not that on the Saale; Halle (Sachsen-Anhalt) is.
        """
        found = _QUALIFIER.match(text, end) if key in self._towns else None
        return (
            found is not None
            and self._names.is_short(surface, key)
            and not found.group(1).isupper()
            and bool(found.group(2) or found.group(1) in self._qualifiers)
            and not self._regions.is_of(found.group(1), self._towns[key].country)
            and fold(found.group(1)) not in fold(key)
        )

    @cached_property
    def _qualifiers(self) -> frozenset[str]:
        """What parts towns of one name: in brackets are houses, too (Marburg (Stadthalle))."""
        last = (re.split(r"[ (]+", key.rstrip(")"))[-1] for key in self._towns if " " in key)
        return frozenset((*last, *self._words("town_qualifiers")))

    def whole(self, name: EntityMatch, text: str) -> EntityMatch:
        """The place of a table, or the town whose name goes on behind it (Freiberg am Neckar)."""
        if name.field != PLACES or (behind := self._link.match(text, name.end)) is None:
            return name
        key = self._names.key(text[name.start : behind.end()])
        if key is None:
            return name
        return replace(name, end=behind.end(), value=key, rule="towns:preposition")


def _word_starts(run: re.Match[str]) -> Iterator[int]:
    """The starts of the last words of a run, longest first."""
    yield run.start(1)
    for blank in re.finditer(" ", run.group(1)):
        yield run.start(1) + blank.end()


def _word_ends(run: re.Match[str]) -> Iterator[int]:
    """The ends of the first words of a run, longest first."""
    blanks = [m.start() for m in re.finditer(" ", run.group())]
    yield run.end()
    for blank in reversed(blanks):
        yield run.start() + blank
