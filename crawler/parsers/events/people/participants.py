"""How many people took part in an event, and from which countries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from crawler.parsers.events.grammar.any_case import evened
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import (
    AND,
    AS_WELL_AS,
    CAPITAL,
    CASE_ARTICLES,
    FROM,
)
from crawler.parsers.events.grammar.numerals import figures
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import known_words
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.organisers import outside_bodies
from indexer.records.document import Mention

_LINK = rf"\s*(?:,|{AND}|{AS_WELL_AS}|&|JOINERS|,\s*(?:{AND}))\s*(?:{CASE_ARTICLES}|{FROM})?\s*\Z"
_ROW_OF_NOUNS = re.compile(
    r"\s(?:[\w-]+\s){0,2}[\w-]+(?:,\s(?:[\w-]+\s){0,2}[\w-]+){0,4}"
    rf"\s(?:{AND}|sowie)\s(?:[\w-]+\s){{0,2}}?[\w-]+\b"
)
"""What is counted, as an enumeration (politicians, entrepreneurs and scholars)."""
_COUNTED = re.compile(r"[^\W\d][\w-]*|[,.;:()\d]")
_ORDINAL = re.compile(r"(?<=\d)[․.][\s\u00a0]+[^\W\d_]")
"""What stands behind the figures of an ordinal inside a sentence (des 30. Jahrestags)."""
_NEXT_WORD = re.compile(r"[\s\u00a0]{0,2}([^\W\d_][\w-]{0,30})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS_OF_MANY = 2
"""Figures of a number that may count a row of nouns (5 panels, participants and guests)."""
_CLAUSE_MARK = re.compile(r"[,;:]\s|\s–\s")
_MAX_WORDS_BETWEEN = 4
_WORDS_BEFORE, _WORDS_BEHIND = 3, 8
"""Words beside a number among which stands that those people were counted elsewhere."""
_POSTCODE = re.compile(r"\d{4,5}")
_BEHIND_HOUSE = re.compile(r"[a-z]?,[\s\u00a0]\d{4,5}(?=[\s\u00a0])")
"""The postcode behind the number of a house."""
_LETTERS = re.compile(r"\w+")
_KEPT_WORDS = 20_000
_THOUSAND = 1000
FEW = 10
"""Fewer than these are some of those who came to a gathering, not all."""
_SMALLEST_RUN = 3
_PARTIES = 2
"""Countries in a name that makes them its parties."""
_REACH = 30
_FROM_THERE = 60
"""Characters behind countries in which stands who comes from there."""
_TOO_MANY = 2
"""A name of an organisation that holds so many countries reaches too far."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, and whether it is approximate."""

    number: FoundValue[int]
    approximate: bool


class ParticipantReader:
    """Reads numbers and countries of participants in one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._numbers = known_words(vocabulary.number_words) if vocabulary.number_words else None
        first_words = frozenset(
            evened(found.group()) for n in vocabulary.number_words if (found := _LETTERS.match(n))
        )
        self._opens_number = lru_cache(_KEPT_WORDS)(lambda word: evened(word) in first_words)
        self._suffixes = tuple(map(evened, vocabulary.count_suffixes))
        qualifiers = vocabulary.count_qualifiers
        self._qualifier = (
            re.compile(
                r"(?:"
                + "|".join(re.escape(q) for q in sorted(qualifiers, key=len, reverse=True))
                + r")[\s\u00a0]+\Z",
                re.IGNORECASE,
            )
            if qualifiers
            else None
        )
        thousands = "|".join(
            re.escape(w) for w, n in vocabulary.number_words.items() if n == _THOUSAND
        )
        self._thousands = re.compile(
            rf"(?<![\w․.,/-])(\d{{1,3}}(?:[․.,]\d)?)[\s\u00a0](?:{thousands or '(?!)'})(?!\w)",
            re.IGNORECASE,
        )
        suffixes = "|".join(map(re.escape, vocabulary.count_suffixes))
        numbers = "|".join(sorted(map(re.escape, vocabulary.number_words), key=len, reverse=True))
        self._joined = (
            re.compile(rf"(?<!\w)({numbers}|\d{{1,3}})[-‑\s]?(?:{suffixes})(?!\w)", re.IGNORECASE)
            if suffixes and numbers
            else None
        )

    def read_count(
        self,
        page: AnnotatedPage,
        sentences: Iterable[AnnotatedSentence],
        told: Collection[str] = (),
        *,
        few: bool = False,
    ) -> Count | None:
        """The first number of people in these sentences; years, days and members are none, nor are
        numbers of earlier years but those `told`. `few`: those below ten may be all who came.
        """
        for sentence in sentences:
            found = self._in_sentence(page, sentence, told, few=few)
            if found:
                return found
        return None

    def _in_sentence(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, told: Collection[str], *, few: bool
    ) -> Count | None:
        masked = page.masked[sentence.part]
        for m in self.find_numbers(page, sentence, told):
            if m.group().casefold() in self._words.pair or (not few and self._is_few(m.group())):
                continue
            if self.counts_people(masked, m.end(), sentence) or self.counts_row(
                masked, m, sentence
            ):
                return self.read_number(page, sentence, m)
        joined = next(self.find_joined(page, sentence), None)
        return self.read_number(page, sentence, joined) if joined else None

    def _is_few(self, number: str) -> bool:
        value = self._words.number_words.get(number.casefold())
        if value is None:
            value = int(number) if number.isdigit() else FEW
        return value < FEW

    def find_numbers(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, told: Collection[str] = ()
    ) -> list[re.Match[str]]:
        """The numbers of a sentence, in figures and in words, but for those of dates and measures
        (250 kilometres), years of a jubilee (zum 30. Jahrestag), and of an earlier year (280 guests
        last year) that is not among `told`, those of the page's events.
        """
        masked = page.masked[sentence.part]
        whole = figures(self._words.grammar.glued_cases)
        numbers = list(whole.finditer(masked, sentence.start, sentence.end))
        numbers += self._find_number_words(masked, sentence)
        if not numbers:
            return []
        thousands = list(self._thousands.finditer(masked, sentence.start, sentence.end))
        inside = {at for t in thousands for at in range(t.start(), t.end())}
        numbers = [*thousands, *(n for n in numbers if n.start() not in inside)]
        dated = {at for d in sentence.dates for at in range(d.start, d.end)}
        found = (
            m
            for m in numbers
            if m.start() not in dated
            and not self._is_measure(masked, m, sentence)
            and not self._is_counted_elsewhere(masked, m, sentence)
            and not _is_of_address(masked, m, sentence)
            and not _ORDINAL.match(masked, m.end(), sentence.end)
        )
        return sorted(_without_earlier_years(page, sentence, found, told), key=lambda m: m.start())

    def _find_number_words(
        self, masked: str, sentence: AnnotatedSentence
    ) -> Iterator[re.Match[str]]:
        """Numbers in words; the expression of all is tried only at the first word of one."""
        if self._numbers is None:
            return
        done = 0
        for word in _LETTERS.finditer(masked, sentence.start, sentence.end):
            if word.start() >= done and self._opens_number(word.group()):
                found = self._numbers.match(masked, word.start(), sentence.end)
                if found:
                    yield found
                    done = found.end()

    def _is_measure(self, masked: str, number: re.Match[str], sentence: AnnotatedSentence) -> bool:
        """Whether a unit stands behind a number, or it is a year that counts nobody."""
        behind = _NEXT_WORD.match(masked, number.end(), sentence.end)
        if behind and self._words.measures.match(behind.group(1)):
            return True
        year = _YEAR.fullmatch(number.group()) is not None
        return year and not self.counts_people(masked, number.end(), sentence)

    def _is_counted_elsewhere(
        self, masked: str, number: re.Match[str], sentence: AnnotatedSentence
    ) -> bool:
        """Whether its clause says that those were the dead of an accident, or answered a survey."""
        before = _CLAUSE_MARK.split(masked[sentence.start : number.start()])[-1]
        behind = _CLAUSE_MARK.split(masked[number.end() : sentence.end], maxsplit=1)[0]
        near = (_LETTERS.findall(before)[-_WORDS_BEFORE:], _LETTERS.findall(behind)[:_WORDS_BEHIND])
        words = [*chain(*near), *(" ".join(pair) for side in near for pair in pairwise(side))]
        return any(self._words.counted_elsewhere.match(word) for word in words)

    def find_joined(
        self, page: AnnotatedPage, sentence: AnnotatedSentence
    ) -> Iterator[re.Match[str]]:
        """Numbers that a word holds (zwölfköpfige), as the group of their match."""
        masked = page.masked[sentence.part]
        text = evened(masked[sentence.start : sentence.end]) if self._joined else ""
        if self._joined and any(suffix in text for suffix in self._suffixes):
            yield from self._joined.finditer(masked, sentence.start, sentence.end)

    def counts_people(self, masked: str, at: int, sentence: AnnotatedSentence) -> bool:
        """Whether a noun of people follows within a few words; of firms only if they take part."""
        taking = bool(sentence.cue("participants", "takes_place", "will_take_place"))
        words = _COUNTED.findall(masked[at : min(sentence.end, at + 90)])
        for i, word in enumerate(words[: _MAX_WORDS_BETWEEN + 1]):
            if not word[0].isalpha() or word.casefold() in self._words.vague:
                return False
            if self._words.count_nouns.match(word) or self.is_compound_of_people(word):
                return taking or not self._words.firms.match(word)
            ends = word in self._words.determiners and word not in self._words.counted_links
            if i and ends:
                return False
        return False

    def counts_row(self, masked: str, number: re.Match[str], sentence: AnnotatedSentence) -> bool:
        """Whether figures count a row of nouns whose last is one of people: then the first are
        people, too.
        """
        if len(number.group()) < _DIGITS_OF_MANY or not number.group().isdigit():
            return False
        row = _ROW_OF_NOUNS.match(masked, number.end(), sentence.end)
        if row is None or not sentence.cue("participants", "takes_place", "will_take_place"):
            return False
        words = row.group().replace(",", " ").split()
        if any(w in self._words.place_prepositions for w in words):
            return False
        return any(
            self._words.count_nouns.match(w) and not self._words.firms.match(w) for w in words[-2:]
        )

    def is_compound_of_people(self, word: str) -> bool:
        """Whether a word ends in one for people (Konferenzteilnehmer, hydrologists)."""
        noun = word[0].isupper() or not self._words.grammar.capitalises_nouns
        return noun and word.casefold().endswith(self._words.count_noun_endings)

    def read_number(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, m: re.Match[str]
    ) -> Count:
        """A number as that of people."""
        text = m.group(1) if m.re.groups else m.group()
        digits = re.sub(r"\D", "", text)
        value = int(digits) if digits else self._words.number_words[text.casefold()]
        if m.re is self._thousands:  # 4,5 Tausend
            value = value * _THOUSAND // 10 ** (len(text) - len(digits))
        start = m.start()
        before = page.masked[sentence.part][max(sentence.start, start - 20) : start]
        hedge = self._qualifier.search(before) if self._qualifier else None
        number = FoundValue(value, sentence.part, start, m.end(), "participants.count", 0.8)
        return Count(number, bool(hedge))

    def read_countries(
        self, page: AnnotatedPage, sentences: Iterable[AnnotatedSentence], own: Collection[int]
    ) -> list[FoundValue[str]]:
        """Countries that took part: beside a cue phrase, or three and more in a row.

        A row needs people in its sentence, or the event itself; `own` are the indexes of those.
        """
        found: dict[str, FoundValue[str]] = {}
        listed = False
        for sentence in sentences:
            opens_list = page.text(sentence).endswith(":") and bool(sentence.cue("participants"))
            listed = opens_list or (listed and sentence.zone == "list")
            taking = (
                sentence.of("countries")
                if listed and not opens_list
                else self._countries_taking_part(page, sentence, own=sentence.index in own)
            )
            for mention in taking:
                code = str(mention.value)
                found.setdefault(
                    code,
                    FoundValue(
                        code,
                        mention.part,
                        mention.start,
                        mention.end,
                        "participants.countries",
                        0.75,
                    ),
                )
        return list(found.values())

    def read_parties(
        self, names: Iterable[tuple[AnnotatedSentence, int, int]]
    ) -> list[FoundValue[str]]:
        """The countries in the name of a joint body's session (commission between A and B)."""
        found = []
        for sentence, start, end in names:
            inside = [m for m in sentence.of("countries") if start <= m.start and m.end <= end]
            if len(inside) == _PARTIES:
                found += [
                    FoundValue(str(m.value), m.part, m.start, m.end, "participants.parties", 0.7)
                    for m in inside
                ]
        return found

    def _countries_taking_part(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, *, own: bool
    ) -> list[Mention]:
        masked = page.masked[sentence.part]
        rows, taking = country_rows(page, sentence), list[Mention]()
        people = bool(rows) and self.tells_of_people(page, sentence)
        for run in rows:
            row = len(run) >= _SMALLEST_RUN and (
                people or (own and not self.is_located(masked, sentence, run[0]))
            )
            if row or is_at_cue(masked, sentence, run) or self._come_from(masked, sentence, run):
                taking += run
        return taking

    def _come_from(self, masked: str, sentence: AnnotatedSentence, run: Sequence[Mention]) -> bool:
        """Whether people or firms come from countries by their case (Қытайдан 12 компания), or by a
        word before them, where a language has cases for it.
        """
        if not self._words.grammar.towns_open_bodies:
            return False
        before = masked[sentence.start : run[0].start].casefold().split()[-1:]
        is_origin = self._words.grammar.is_origin(masked[run[-1].start : run[-1].end])
        if not is_origin and self._words.origins.isdisjoint(before):
            return False
        words = _LETTERS.findall(masked, run[-1].end, min(sentence.end, run[-1].end + _FROM_THERE))
        words += _LETTERS.findall(masked, max(sentence.start, run[0].start - _REACH), run[0].start)
        return any(self._words.count_nouns.match(w) or self._words.firms.match(w) for w in words)

    def tells_of_people(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
        """Whether a sentence says that somebody takes part, or has a word for people."""
        words = self._words.words(page.masked[sentence.part][sentence.start : sentence.end])
        return bool(outside_bodies(sentence, "participants")) or any(
            self._words.count_nouns.match(w.group()) for w in words
        )

    def is_located(self, masked: str, sentence: AnnotatedSentence, mention: Mention) -> bool:
        """Whether it stands behind in, nach, в: a journey's stations or a topic, no party."""
        before = masked[sentence.start : mention.start].split()[-2:]
        return any(w.casefold() in self._words.place_prepositions for w in before)


def _is_of_address(masked: str, number: re.Match[str], sentence: AnnotatedSentence) -> bool:
    """Whether a number is the postcode of a town, behind a street or at the beginning of a line, or
    that of a house before one (Hafengasse 24, 8037 Zürich).
    """
    town = number.end() + 1
    house = _BEHIND_HOUSE.match(masked, number.end(), sentence.end)
    if house:
        town = house.end() + 1
    elif not _POSTCODE.fullmatch(number.group()) or masked[: number.start()][-2:].strip(", \n"):
        return False
    return any(place.start == town for place in sentence.of("places"))


def _without_earlier_years(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    numbers: Iterable[re.Match[str]],
    told: Collection[str],
) -> Iterator[re.Match[str]]:
    """The numbers but for those of clauses about a year, told in words, that was over when the page
    was written and in which none of its events was.
    """
    published = page.draft.published or ""
    over = [
        d.start
        for d in sentence.dates
        if d.kind == "relative"
        and not d.last
        and d.first.isdigit()
        and d.first < published[: len(d.first)]
        and d.first not in told
    ]
    if not over:
        yield from numbers
        return
    marks = _CLAUSE_MARK.finditer(page.masked[sentence.part], sentence.start, sentence.end)
    ends = [m.end() for m in marks]
    earlier = {bisect_right(ends, at) for at in over}
    yield from (m for m in numbers if bisect_right(ends, m.start()) not in earlier)


def country_rows(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[list[Mention]]:
    """The countries of a sentence in rows, but for those that are parts of longer names."""
    every = sentence.of("countries")
    names = [
        n
        for n in sentence.of("organisations", "persons", "strategies")
        if sum(n.start <= m.start < n.end for m in every) < _TOO_MANY
    ]
    mentions = [m for m in every if not _stands_inside(m, names)]
    link = _link_of(page.vocabulary.row_joiners)
    return _rows(page.masked[sentence.part], mentions, link) if mentions else []


@lru_cache(maxsize=32)
def _link_of(joiners: str) -> re.Pattern[str]:
    """What stands between the countries of a row, `joiners` of the language among it."""
    return re.compile(_LINK.replace("JOINERS", joiners))


def is_at_cue(masked: str, sentence: AnnotatedSentence, row: Sequence[Mention]) -> bool:
    """Whether a row of countries stands at words that say who took part."""
    cues = outside_bodies(sentence, "participants")
    return any(_stands_at_cue(masked, cue, row) for cue in cues)


def _stands_at_cue(masked: str, cue: CueHit, run: Sequence[Mention]) -> bool:
    start, end, side = cue.start, cue.end, cue.side
    if side == "right":
        gap = masked[end : run[0].start] if run[0].start >= end else "."
        return len(gap) <= _REACH and not re.search(rf"[.,;:(){CAPITAL}]", gap)
    if side in ("left", "left-gap"):
        return 0 <= start - run[-1].end <= 12
    return start <= run[0].start and run[-1].end <= end


def _stands_inside(mention: Mention, names: Sequence[Mention]) -> bool:
    return any(
        n.start <= mention.start
        and mention.end <= n.end
        and n.end - n.start > mention.end - mention.start
        for n in names
    )


def _rows(masked: str, mentions: Sequence[Mention], link: re.Pattern[str]) -> list[list[Mention]]:
    runs: list[list[Mention]] = [[mentions[0]]]
    for m in mentions[1:]:
        if link.fullmatch(masked[runs[-1][-1].end : m.start]):
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs
