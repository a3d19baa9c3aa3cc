"""Grows the head noun of an event to its noun phrase, the way each language builds one.

German: left over ordinals and adjectives, right over genitives and von/für. English: left to the
determiner, right over of/on/for. Russian: left over agreeing adjectives and Roman numerals, right
over the chain of genitives, brands and quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_TOKEN = re.compile(
    r"[„“”\"«»‚‘()]|\d{1,2}[․.](?=\s)|[A-ZÄÖÜ]\w*-\sund(?=\s)|[\w&+][\w&+/’'․\-‑–]*[\w+]|[\w&]|[,:;.!?—–]"
)
_QUOTE = re.compile(r"\s*,?\s*(?:[„“”\"]([^„“”\"\n]{3,200})[“”\"]|«([^»\n]{3,200})»)")
_WORD_AT = re.compile(r"[\w-]+")
_QUOTED_BEFORE = re.compile(r"[“\"][^“”\"\n]{3,60}[”\"]\s\Z")
_OPENED = re.compile(r"[„“«\"]([^„“”«»\"\n]{4,120})\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_OPENING = '„“"«‚('
_MAX_LEFT = 9
_MAX_RIGHT = 16
_GERMAN_ADJECTIVE = re.compile(r"[a-zäöüß][\w-]{2,}(?:e|en|er|es|em)\Z")
_GERMAN_CAPITAL_ADJECTIVE = re.compile(
    r"(?:[A-ZÄÖÜ][\w-]*(?:isch|ional|ell|al|lich|ig|ent|weit|iert|nah|ört|inister)(?:e|en|er|es|em)|[A-ZÄÖÜ]\w+-[A-ZÄÖÜ]\w+(?:en|e|er|es))\Z"
)
_JOINED_COMPOUND = re.compile(r"[A-ZÄÖÜ]\w*-\sund\Z")
_TOWN_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}er\Z")
_RUSSIAN_ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ей|ом|ем|ые|ие|ых|их|ыми|ими)\Z",
    re.IGNORECASE,
)
_SERIES = re.compile(r",\s(?:[A-Z][\w-]*,?\s){1,5}(?:and|&)\s[A-Z]")
"""A comma within a name: Exploration, Use and Protection."""
_AND = frozenset({"und", "and", "sowie"})
_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "the", "a", "ein", "eine", "einen"})
_BRAND = re.compile(r"[A-Z0-9][\w&+-]*\Z|[А-ЯЁ]{2,}[\w-]*\Z")


@dataclass(frozen=True, slots=True)
class Name:
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


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


class NameGrower:
    """Grows heads in texts of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._lang = vocabulary.lang
        self._foreign = False

    def grow(
        self,
        masked: str,
        bounds: tuple[int, int],
        head: tuple[int, int],
        barriers: list[tuple[int, int]],
    ) -> Name:
        """The phrase around `head` within `bounds` (a sentence); it never enters a barrier (a
        date).
        """
        start, left, determiner, ordinal = self._left(masked, bounds[0], head[0], barriers)
        opened = self._opened(masked, bounds[0], head)
        if opened is not None and opened < start:
            start, ordinal = opened, ordinal or self._first_number(masked, opened, head[0])
            left = masked[start : head[0]].split()
        start = self._quoted_before(masked, bounds[0], start)
        end, quote = self._right(masked, bounds[1], head[1], barriers)
        tail = (head[1], end) if end > head[1] else None
        year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", masked[start:end])
        number, span = (None, None) if ordinal is None else ordinal
        if number is None and tail is None:
            number, span = self._behind(masked, head[1])
        return Name(
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

    def _quoted_before(self, masked: str, floor: int, start: int) -> int:
        """English: quoted words before a phrase open it (the "X" investment forum)."""
        found = _QUOTED_BEFORE.search(masked, floor, start) if self._lang == "en" else None
        return found.start() if found else start

    def _opened(self, masked: str, floor: int, head: tuple[int, int]) -> int | None:
        """Where the quotes opened that close right behind a head („3. Eurasian Mining Congress“)."""
        if masked[head[1] : head[1] + 1] not in set('“”»"'):
            return None
        found = _OPENED.search(masked, floor, head[0])
        return found.start(1) if found else None

    def _first_number(
        self, masked: str, start: int, end: int
    ) -> tuple[int, tuple[int, int]] | None:
        token = _TOKEN.match(masked, start, end)
        value = self._words.ordinal(token.group().replace("․", ".")) if token else None
        return (value, token.span()) if token and value else None

    def _behind(self, masked: str, at: int) -> tuple[int | None, tuple[int, int] | None]:
        """A number in Roman figures behind the head (Forum XII)."""
        m = re.compile(r"\s([IVX]{2,5})\b").match(masked, at)
        value = self._words.ordinal(m.group(1)) if m else None
        return (value, m.span(1)) if m and value else (None, None)

    def _left(
        self, masked: str, floor: int, at: int, barriers: list[tuple[int, int]]
    ) -> tuple[int, list[str], str, tuple[int, tuple[int, int]] | None]:
        floor = max([floor, *(e for _, e in barriers if e <= at)])
        head = _WORD_AT.match(masked, at)
        self._foreign = bool(head and head.group().casefold() in self._words.foreign_heads)
        tokens = [
            _Token(m.group(), m.start(), m.end())
            for m in _TOKEN.finditer(masked, max(floor, at - 160), at)
        ]
        start, words, ordinal, determiner = at, [], None, ""
        pending: list[_Token] = []
        for token in reversed(tokens[-_MAX_LEFT - 4 :]):
            low = token.text.casefold()
            value = self._words.ordinal(token.text.replace("․", "."))
            if value is not None and (
                token.text[0].isdigit() or len(token.text) > 1 or self._lang == "ru"
            ):
                ordinal = ordinal or (value, (token.start, token.end))
                start, pending = token.start, []
                words.append(token.text)
                continue
            if low in self._words.determiners and not self._linking(token, pending, words):
                determiner = low
                break
            verdict = self._accept_left(token, bool(words), bool(pending))
            if verdict == "stop" or len(words) >= _MAX_LEFT:
                break
            if verdict == "pending":
                pending.append(token)
                continue
            words += [t.text for t in pending] + [token.text]
            start, pending = token.start, []
        return start, words[::-1], determiner, ordinal

    def _linking(self, token: _Token, pending: list[_Token], words: list[str]) -> bool:
        """In English and Russian "and" and "of" may join capitals inside a name."""
        joins = {"en": ("and", "of", "for", "on"), "ru": ("и",)}.get(self._lang, ())
        return (
            token.text.casefold() in joins
            and not pending
            and bool(words)
            and words[-1][:1].isupper()
        )

    def _accept_left(self, token: _Token, inside: bool, joined: bool) -> str:
        text = token.text
        if self._lang == "de":
            return self._accept_left_german(text)
        if self._lang == "ru":
            return self._accept_left_russian(text, joined)
        return self._accept_left_english(text, inside)

    def _accept_left_german(self, text: str) -> str:
        if text[0].isupper() and self._foreign:
            return "take"
        if _GERMAN_ADJECTIVE.match(text) and not self._words.name_stops.match(text):
            return "take"
        if _GERMAN_CAPITAL_ADJECTIVE.match(text) or (text.isupper() and len(text) > 1):
            return "take"
        if _JOINED_COMPOUND.match(text):
            return "take"
        if _TOWN_ADJECTIVE.match(text) and not self._words.is_person_noun(text):
            return "take"
        return "stop"

    def _accept_left_russian(self, text: str, joined: bool) -> str:
        if text in ("и", "-"):
            return "pending"
        if text in self._words.left_words:
            return "take"
        kind = self._words.head_of(text)
        if kind in ("gathering", "weak"):
            return "take" if joined else "stop"
        if _RUSSIAN_ADJECTIVE.match(text) and any(
            r.tag.POS == "ADJF" for r in readings(text.casefold())[:3]
        ):
            return "take"
        return "take" if _BRAND.match(text) and not text.isdigit() else "stop"

    def _accept_left_english(self, text: str, inside: bool) -> str:
        if not text[0].isalnum():
            return "pending" if text in ",:" and inside else "stop"
        if text[0].isupper() or _YEAR.match(text):
            return "take"
        if text.casefold() in ("and", "of", "for", "on", "&"):
            return "pending"
        if text.endswith(("’s", "'s")):
            return "stop"
        stopped = (
            self._words.name_stops.match(text) or text.endswith(("ly",)) or not text[0].isalpha()
        )
        return "stop" if stopped else "take"

    def _right(
        self, masked: str, ceiling: int, at: int, barriers: list[tuple[int, int]]
    ) -> tuple[int, tuple[int, int] | None]:
        ceiling = min([ceiling, *(s for s, _ in barriers if s >= at)])
        quoted = _QUOTE.match(masked, at, ceiling)
        if quoted:
            group = 1 if quoted.group(1) else 2
            return quoted.end(), quoted.span(group)
        tokens = [
            _Token(m.group(), m.start(), m.end())
            for m in _TOKEN.finditer(masked, at, min(ceiling, at + 240))
        ]
        linked = masked[:at].rsplit(None, 1)[-1].casefold() in self._words.name_links
        walk = _RightWalk(self._words, self._lang, linked=linked)
        end = at
        for token in tokens[: _MAX_RIGHT * 2]:
            if token.text == "," and self._lang == "en" and _SERIES.match(masked, token.start):
                continue
            step = walk.step(token)
            if step == "stop":
                break
            if step == "take":
                end = token.end
        if end > at:
            quoted = _QUOTE.match(masked, end, ceiling)
            if quoted and "," not in quoted.group()[:2]:
                return quoted.end(), quoted.span(1 if quoted.group(1) else 2)
        return end, None


class _RightWalk:
    """Goes right from a head; `take` moves the end of the name to the token, `wait` looks on."""

    def __init__(self, words: EventVocabulary, lang: str, *, linked: bool) -> None:
        self._words = words
        self._lang = lang
        self._linked = linked
        self._count = 0
        self._bracket = False
        self._brand = False
        self._waiting = 0
        self._joined = ""
        self._cases: frozenset[str] = frozenset({"gent"})

    def step(self, token: _Token) -> str:
        text = token.text
        self._count += 1
        if self._count > _MAX_RIGHT:
            return "stop"
        if text in "()" or self._bracket:
            return self._in_bracket(text)
        if _YEAR.match(text):
            return "take"
        low = text.casefold()
        if low not in self._words.name_links and self._words.name_stops.match(text):
            return "stop"
        if self._another_event(text, low):
            return "stop"
        verdict = self._russian(text, low) if self._lang == "ru" else self._western(text, low)
        self._waiting = self._waiting + 1 if verdict == "wait" else 0
        return "stop" if self._waiting > 4 else verdict

    def _another_event(self, text: str, low: str) -> bool:
        """Behind "and the" another head opens another event (die Sitzung und den Besuch)."""
        if low in _AND:
            self._joined = "and"
        elif self._joined == "and" and low in _ARTICLES:
            self._joined = "and the"
        elif self._joined == "and the" and self._words.head_of(text):
            return True
        else:
            self._joined = ""
        return False

    def _in_bracket(self, text: str) -> str:
        if text == "(":
            self._bracket = True
            return "wait"
        if text == ")" and self._bracket:
            self._bracket = False
            return "take"
        return "wait" if text[:1].isupper() or _YEAR.match(text) else "stop"

    def _western(self, text: str, low: str) -> str:
        if low in self._words.name_links:
            self._linked = True
            return "wait"
        if not text[0].isalnum():
            return "stop"
        if text[0].isupper() or text[0].isdigit() or (text.isupper() and len(text) > 1):
            return "take"
        if self._lang == "de":
            return "wait" if self._linked and _GERMAN_ADJECTIVE.match(text) else "stop"
        return "take" if self._linked and text.isalpha() and not text.endswith("ly") else "stop"

    def _russian(self, text: str, low: str) -> str:
        if low == "по":
            self._cases, self._linked = frozenset({"datv"}), True
            return "wait"
        if low in ("и", "для") or (text == "," and self._linked):
            return "wait"
        if not text[0].isalnum():
            return "stop"
        branded = _BRAND.match(text) and (text.isupper() or text.isascii())
        if branded or (self._brand and text[0].isupper()):
            self._brand = True
            return "take"
        if low in self._words.name_links:
            return "stop"
        found = readings(low)
        fits = any(
            r.tag.case in self._cases | {"gent"} and r.tag.POS in ("NOUN", "ADJF", "PRTF")
            for r in found
        )
        return "take" if fits else "stop"
