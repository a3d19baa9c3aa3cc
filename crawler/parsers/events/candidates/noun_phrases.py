"""Grows the head noun of an event to its noun phrase.

Left over ordinals, adjectives and capitals, right over what a language attaches to a noun: which
words belong is the grammar's verdict (grammar/). Quotes, brackets and years are read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

from crawler.parsers.events.grammar.sentences import CELL_MARK
from crawler.parsers.events.grammar.tails import MOST_WORDS
from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_TOKEN = re.compile(
    r"[„“”\"«»‚‘()]|\d{1,2}[․.](?=\s)|[A-ZÄÖÜ]\w*-\sund(?=\s)"
    r"|[\w&+][\w&+/’'․\-‑–]*[\w+]|[\w&]|[,:;.!?—–·•|►]"
)
_QUOTE = re.compile(r"\s*,?\s*(?:[„“”\"]([^„“”\"\n]{3,200})[“”\"]|«([^»\n]{3,200})»)")
_ROMAN_BEHIND = re.compile(r"\s([IVX]{2,5})\b")
_NUMBER_BEHIND = re.compile(r"\s(?:(?:No|Nr)[.․]\s?|№\s?|#)(\d{1,2})(?!\d|[.․]\d)")
"""The number of an edition behind its sign (Supper No. 9, Salon Nr. 4)."""
_DASHES = frozenset("-–—")
_CLOSING = frozenset("»”")
_GLUED = re.compile(r"(?<![\w-])(\d{1,3})[-‑][^\W\d]\w*\Z")
"""A number in one word with the head behind it."""
_WORD_AT = re.compile(r"[\w-]+")
_OPENED = re.compile(r"[„“«\"]([^„“”«»\"\n]{4,120})\Z")
_POSSESSIVES = ("'s", "’s")
_MAX_LEFT = 9
_FOLLOWING, _NEXT_WORDS = 60, 2
"""Characters and words behind quotes that tell what they are of."""
_LEFT, _RIGHT = 160, 240
"""Characters before and behind a head that its phrase may take."""
_MOST_BEFORE, _MOST_BETWEEN = 6, 2
"""Words before quotes among which the number of what they name is looked for, and between both."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase: its span, what numbers it, and quoted words behind the head."""

    start: int
    end: int
    ordinal: int | None = None
    ordinal_span: tuple[int, int] | None = None
    year: str | None = None
    quote: tuple[int, int] | None = None
    tail: tuple[int, int] | None = None
    """What stands behind the head, its links and articles included."""
    left_words: tuple[str, ...] = ()
    """Words before the head, outermost first; `determiner` is the one before them."""
    determiner: str = ""
    subject: tuple[int, int] | None = None
    """What it is about, where a language says that before the head."""


class _PhraseToken(NamedTuple):
    text: str
    start: int
    end: int


class PhraseGrower:
    """Grows heads in texts of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._grammar = vocabulary.grammar

    def grow(
        self,
        masked: str,
        bounds: tuple[int, int],
        head: tuple[int, int],
        barriers: list[tuple[int, int]],
    ) -> NounPhrase:
        """The phrase around `head` within `bounds` (a sentence); it never enters a barrier (a
        date).
        """
        bounds = _cell(masked, bounds, head)
        start, left, determiner, ordinal = self._grow_left(masked, bounds[0], head[0], barriers)
        opened = self._find_opening_quote(masked, bounds[0], head)
        if opened is not None and opened < start:
            start, ordinal = opened, ordinal or self._read_first_number(masked, opened, head[0])
            left = masked[start : head[0]].split()
        opens = self._grammar.quoted_start(masked, bounds[0], start)
        if opens < start:
            start, before = self._with_number_before(masked, bounds[0], opens)
            ordinal = ordinal or before
        end, quote = self._grow_right(masked, bounds[1], head[1], barriers)
        tail = (head[1], end) if end > head[1] else None
        year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", masked[start:end])
        number, span = (None, None) if ordinal is None else ordinal
        if number is None:
            number, span = self._read_number_behind(masked, head[1], end)
        if number is None and self._grammar.glues_numbers:
            glued = _GLUED.search(masked, start, head[1])
            number, span = (int(glued.group(1)), glued.span(1)) if glued else (None, None)
        if number is None and tail and self._grammar.numbers_follow_heads:
            number, span = self._read_number_in(masked, head[1], quote[0] if quote else end)
        return NounPhrase(
            start,
            end,
            number,
            span,
            year.group() if year else None,
            quote,
            tail,
            tuple(left),
            determiner,
        )

    def _find_opening_quote(self, masked: str, floor: int, head: tuple[int, int]) -> int | None:
        """Where the quotes opened that close right behind a head („3. Mining Congress“)."""
        if masked[head[1] : head[1] + 1] not in set('“”»"'):
            return None
        found = _OPENED.search(masked, floor, head[0])
        return found.start(1) if found else None

    def _read_first_number(
        self, masked: str, start: int, end: int
    ) -> tuple[int, tuple[int, int]] | None:
        token = _TOKEN.match(masked, start, end)
        value = self._words.ordinal(token.group().replace("․", ".")) if token else None
        return (value, token.span()) if token and value else None

    def _with_number_before(
        self, masked: str, floor: int, quoted: int
    ) -> tuple[int, tuple[int, tuple[int, int]] | None]:
        """Where a phrase starts whose quotes open at `quoted`, and the number before them: right
        before, or with a word or two between (VII «X» форуму, the 5th annual “X” forum, the third
        edition of the “X” forum).
        """
        before = list(_TOKEN.finditer(masked, max(floor, quoted - _LEFT), quoted))[-_MOST_BEFORE:]
        for place in reversed(range(len(before))):
            token = before[place]
            value = self._words.ordinal(token.group().replace("․", "."))
            if value is not None:
                between = [t.group() for t in before[place + 1 :]]
                if self._may_number(between) and not self._tells_time(masked, token, between):
                    return token.start(), (value, token.span())
                break
        return quoted, None

    def _tells_time(self, masked: str, number: re.Match[str], between: Sequence[str]) -> bool:
        """Whether a number says which time something happens (for the first time “X” …)."""
        if between[:1] and between[0].casefold() in self._words.edition_nouns:
            return False
        sentence = max(0, number.start() - _LEFT)
        phrases = self._words.ordinal_phrases(masked, sentence, number.end() + _LEFT)
        return any(m.start() <= number.start() < m.end() for m in phrases)

    def _may_number(self, between: Sequence[str]) -> bool:
        """Whether words between a number and a name in quotes keep them together."""
        if between[:1] and between[0].casefold() in self._words.edition_nouns:
            between = [w for w in between[1:] if w.casefold() not in self._words.determiners]
        return len(between) <= _MOST_BETWEEN and all(
            w.isalpha() and w.casefold() not in self._words.determiners for w in between
        )

    def _read_number_in(
        self, masked: str, at: int, end: int
    ) -> tuple[int | None, tuple[int, int] | None]:
        """The first ordinal among the words of a tail (форуми сеюми байналмилалӣ)."""
        words = list(_WORD_AT.finditer(masked, at, end))
        for word, behind in zip_longest(words, words[1:]):
            both = f"{word.group()} {behind.group()}" if behind else ""  # бисту дуюми
            if value := self._words.ordinal(both):
                return value, (word.start(), behind.end())
            if value := self._words.ordinal(word.group()):
                return value, word.span()
        return None, None

    def _read_number_behind(
        self, masked: str, at: int, end: int
    ) -> tuple[int | None, tuple[int, int] | None]:
        """A number in Roman figures behind the head (Forum XII), at the end of the name, or in
        figures behind their sign.
        """
        signed = _NUMBER_BEHIND.match(masked, at)
        if signed and end <= signed.end():
            return int(signed.group(1)), signed.span(1)
        m = _ROMAN_BEHIND.match(masked, at)
        if m and end > m.end():
            return None, None
        value = self._words.ordinal(m.group(1)) if m else None
        return (value, m.span(1)) if m and value else (None, None)

    def _grow_left(
        self, masked: str, floor: int, at: int, barriers: list[tuple[int, int]]
    ) -> tuple[int, list[str], str, tuple[int, tuple[int, int]] | None]:
        floor = max([floor, *(e for _, e in barriers if e <= at)])
        head = _WORD_AT.match(masked, at)
        foreign = bool(head and head.group().casefold() in self._words.foreign_heads)
        before = list(_TOKEN.finditer(masked, max(floor, at - _LEFT), at))
        near = [_PhraseToken(m.group(), m.start(), m.end()) for m in before[-_MAX_LEFT - 4 :]]
        near = self._join_ordinals(near)
        start, words, ordinal, determiner = at, [], None, ""
        pending: list[_PhraseToken] = []
        for place, token in reversed(list(enumerate(near))):
            low = token.text.casefold()
            value = self._words.ordinal(token.text.replace("․", "."))
            if value is not None and (
                token.text[0].isdigit() or len(token.text) > 1 or self._grammar.has_letter_ordinals
            ):
                ordinal = ordinal or (value, (token.start, token.end))
                start, pending = token.start, []
                words.append(token.text)
                continue
            if self._stands_amid(near[: place + 1], words) or self._pairs(near, place, words):
                pending.append(token)
                continue
            if (
                self._grammar.has_cases_of_quotes
                and masked[token.start - 1 : token.start] in _CLOSING
            ):
                break  # «Кен сарайы»нда | форум
            if low in self._words.determiners and not self._joins(token, pending, words):
                determiner = low
                if self._grammar.nouns_in_row_are_names and len(pending) in (1, 2) and not words:
                    words, start = [t.text for t in pending], pending[-1].start
                break
            verdict = self._grammar.judge_left(
                token.text,
                self._words,
                inside=bool(words),
                joined=bool(pending),
                foreign=foreign,
            )
            if (
                verdict == "stop"
                or len(words) >= _MAX_LEFT
                or _is_set_off(near, place, words, head)
            ):
                break
            if token.text[0].islower() and (self._parts(pending, words) or _is_owner(words)):
                break
            if verdict == "wait":
                pending.append(token)
                continue
            words += [t.text for t in pending] + [token.text]
            start, pending = token.start, []
        return start, words[::-1], determiner, ordinal

    def _join_ordinals(self, tokens: list[_PhraseToken]) -> list[_PhraseToken]:
        """The tokens, with ordinals of several words as one (арван тав дахь)."""
        joined: list[_PhraseToken] = []
        for token in tokens:
            joined.append(token)
            if token.text.casefold() not in self._words.ends_of_ordinals:
                continue
            while len(joined) > 1:
                before, last = joined[-2:]
                both = f"{before.text} {last.text}"
                if self._words.ordinal(both) is None:
                    break
                joined[-2:] = [_PhraseToken(both, before.start, last.end)]
        return joined

    def _stands_amid(self, tokens: Sequence[_PhraseToken], words: Sequence[str]) -> bool:
        """Whether the last token is a preposition between capitals of one name, which an article or
        a number opens (the fifth Steel | in | Mining Forum), or people do (Gobi Women | in | Mining
        Breakfast).
        """
        if tokens[-1].text not in self._grammar.prepositions_amid_names or len(tokens) < 2:
            return False
        opens = tokens[-3].text if len(tokens) > 2 else ""
        opened = (
            opens.casefold() in self._words.determiners
            or self._words.ordinal(opens) is not None
            or tokens[-2].text.casefold() in self._words.people_in_names
        )
        capitals = bool(words) and words[-1][:1].isupper() and tokens[-2].text[0].isupper()
        return opened and capitals and not self._words.head_of(tokens[-2].text)

    def _pairs(self, near: Sequence[_PhraseToken], place: int, words: Sequence[str]) -> bool:
        """Whether a dash joins two parties of one event (Қазақстан – Германия форумы)."""
        if not self._grammar.pairs_by_dash or near[place].text not in _DASHES or not place:
            return False
        return bool(words) and words[-1][:1].isupper() and near[place - 1].text[:1].isupper()

    def _parts(self, pending: Sequence[_PhraseToken], words: Sequence[str]) -> bool:
        """Whether a preposition parts capitals from what is said of them (open for Ore Days)."""
        parting = self._grammar.parting_prepositions
        return bool(words) and words[-1][:1].isupper() and any(t.text in parting for t in pending)

    def _joins(self, token: _PhraseToken, pending: list[_PhraseToken], words: list[str]) -> bool:
        """Whether a determiner joins capitals inside a name instead ("and", "of")."""
        return (
            token.text.casefold() in self._grammar.joins_in_names
            and not pending
            and bool(words)
            and words[-1][:1].isupper()
        )

    def _grow_right(
        self, masked: str, ceiling: int, at: int, barriers: list[tuple[int, int]]
    ) -> tuple[int, tuple[int, int] | None]:
        ceiling = min([ceiling, *(s for s, _ in barriers if s >= at)])
        quoted = _QUOTE.match(masked, at, ceiling)
        if quoted and self._may_follow(masked, at, quoted.end()):
            group = 1 if quoted.group(1) else 2
            return quoted.end(), quoted.span(group)
        behind = _TOKEN.finditer(masked, at, min(ceiling, at + _RIGHT))
        tokens = (
            _PhraseToken(m.group(), m.start(), m.end()) for m in islice(behind, MOST_WORDS * 2)
        )
        last = masked[:at].rsplit(None, 1)[-1].casefold()
        linked = last in self._words.name_links or self._grammar.links(last)
        tail = self._grammar.tail_reader(self._words, linked=linked)
        tail.of_trip = self._words.head_of(last) == "trip"
        end = at
        for token in tokens:
            if token.text == "," and self._grammar.is_series_comma(masked, token.start):
                continue
            step = tail.step(token.text)
            if step == "stop":
                break
            if step == "take":
                end = token.end
        if end > at:
            quoted = _QUOTE.match(masked, end, ceiling)
            if quoted and "," not in quoted.group()[:2]:
                return quoted.end(), quoted.span(1 if quoted.group(1) else 2)
        return end, None

    def _may_follow(self, masked: str, at: int, behind: int) -> bool:
        """Whether quotes between the end of a head and the words `behind` them are its own."""
        head = masked[:at].rsplit(None, 1)[-1]
        following = masked[behind : behind + _FOLLOWING].split()[:_NEXT_WORDS]
        return self._grammar.name_may_follow(head, following, self._words)


def _is_behind_label(near: Sequence[_PhraseToken], place: int) -> bool:
    """Whether a token is the colon of a label in small letters (this week: | Tin Week)."""
    return near[place].text == ":" and place > 0 and near[place - 1].text[0].islower()


def _is_set_off(
    near: Sequence[_PhraseToken], place: int, words: Sequence[str], head: re.Match[str] | None
) -> bool:
    """Whether a token is a label, or whose the event is, where more than a small head is named
    (Norlit's | spring forum).
    """
    owner = words and head and near[place].text.endswith(_POSSESSIVES)
    return _is_behind_label(near, place) or bool(owner and head and head.group()[0].islower())


def _is_owner(words: Sequence[str]) -> bool:
    """Whether a phrase, outermost word last, opens with whose it is: what stands before that is no
    part of it (visiting | Norlit's forum).
    """
    return bool(words) and words[-1][0].isupper() and words[-1].endswith(_POSSESSIVES)


def _cell(masked: str, bounds: tuple[int, int], head: tuple[int, int]) -> tuple[int, int]:
    """The bounds of the table's cell, or of the part of a title, that the head stands in."""
    start, end = bounds
    before = masked.rfind(CELL_MARK, max(start, head[0] - _LEFT), head[0])
    behind = masked.find(CELL_MARK, head[1], min(end, head[1] + _RIGHT))
    return before + len(CELL_MARK) if before >= 0 else start, behind if behind >= 0 else end
