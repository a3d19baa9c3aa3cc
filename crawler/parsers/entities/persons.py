"""Persons in a text, each with the name in the nominative as value.

A run of words with a capital becomes a name where something says so: a title or a role before it, a
role after it, a known first name, an initial. In German every noun has a capital, so there a run is
first split at everything that is known to be something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from crawler.parsers.entities.folding import (
    fold,
    has_cyrillic,
    has_latin,
    starts_sentence,
    word_before,
)
from crawler.parsers.entities.forms import readings
from crawler.parsers.entities.russian_names import cases_before, nominative
from crawler.parsers.entities.spans import Found, longest
from crawler.parsers.entities.tables import COUNTRIES, PERSONS, PLACES
from crawler.parsers.entities.words import Words, any_of, literal, script_words

_LATIN_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’ʻ‘ʼ]*[a-zß-öø-ÿā-ž][\w'’ʻ‘ʼ]*(?:-[\w'’ʻ]+)*"
_LATIN_TOKEN = re.compile(
    rf"(?P<initial>(?<!\w)(?:[A-ZÄÖÜ]\.-?){{1,3}})|(?P<particle>\b(?:von[ ](?:der|dem|den)|van[ ](?:der|den|de)|von|van|de[ ]la|de|zu|di|da|del|della|dos|al|el|bin|ibn|ter|le|la|du|of)\b)|(?P<word>\b{_LATIN_WORD}|\b(?:Xi|Li|Yi|Bo|Ma)\b)"
)
_CYRILLIC_WORD = r"[А-ЯЁӘҒҚҢӨҰҮІҲЎҶӢӮ][а-яёәғқңөұүһіҳўҷӣӯ'’]+(?:-[А-ЯЁӘҒҚҢӨҰҮІ]?[а-яёәғқңөұүһі]+)*"
_CYRILLIC_TOKEN = re.compile(
    rf"(?P<initial>(?<!\w)(?:[А-ЯЁ]\.[ ]?){{1,2}})|(?P<particle>\b(?:фон|ван|де|ди|аль|дер)\b)|(?P<word>\b{_CYRILLIC_WORD})"
)
_PARTICLES_ALONE = re.compile(r"^(of)$")
_GAP = re.compile(r"[ \N{NO-BREAK SPACE}]{0,2}")
_MOST_WORDS = 4
_MOST_SPEAKER = 3
_SINGLE = re.compile(r"[^\W_]+(?:’s)?")
_LONGEST_ROLE = 6
_FARTHEST_ROLE = 14
"""Single words before a Russian name among which its role may stand."""
_TITLES_REACH = 40
"""Characters that titles between a comma and a name may take."""
_REMIT = re.compile(r"\b(?:für|der|des)\b")
_BY_TITLE, _BY_ROLE, _BY_FIRST_NAME, _BY_APPOSITION, _BY_INITIAL, _BY_SHAPE = (
    0.95,
    0.9,
    0.85,
    0.85,
    0.75,
    0.55,
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str
    """initial, particle or word."""
    is_place: bool = False
    """A country or town that is a first name as well."""


class PersonFinder:
    """Finds persons; needs the finds of the tables, which names must not run into."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    @cached_property
    def latin(self) -> Words:
        """Words of the languages in Latin script."""
        return script_words(self._languages, cyrillic=False)

    @cached_property
    def cyrillic(self) -> Words:
        """Words of the languages in Cyrillic script."""
        return script_words(self._languages, cyrillic=True)

    @cached_property
    def _latin_script(self) -> _Script:
        return _Script(self.latin, _LATIN_TOKEN, cyrillic=False)

    @cached_property
    def _cyrillic_script(self) -> _Script:
        return _Script(self.cyrillic, _CYRILLIC_TOKEN, cyrillic=True)

    def find(self, text: str, names: Sequence[Found], bodies: Sequence[Found] = ()) -> list[Found]:
        """Persons of both scripts; a surname with initials takes the full name told elsewhere.

        Where one of `bodies` starts behind "von" or "of", it is no part of the name before it.
        """
        found: list[Found] = []
        starts = frozenset(b.start for b in bodies)
        if has_latin(text):
            found.extend(self._latin_script.find(text, names, starts))
        if has_cyrillic(text):
            found.extend(self._cyrillic_script.find(text, names, starts))
        return list(_joined(longest(found)))


class _Script:
    """The reader of one script."""

    def __init__(self, words: Words, token: re.Pattern[str], *, cyrillic: bool) -> None:
        self._words = words
        self._token = token
        self._cyrillic = cyrillic
        flags = re.IGNORECASE
        role = re.compile(words.role, flags)
        self._is_role = lru_cache(maxsize=20_000)(lambda word: role.fullmatch(word) is not None)
        self._no_person_before = re.compile(rf"[\s-]*{literal(words.not_after_names)}(?!\w)")
        gap = r"[^\S\n]+"
        states = literal(words.states)
        word = rf"(?:[а-яё-]+|Республик\w+|{states}|[А-ЯЁ][а-яё]+(?:стана|стану|ана|ии|ая))"
        between = rf"(?:{gap}{word}){{0,9}}{gap}" if cyrillic else gap
        self._role_before = re.compile(
            rf"(?<![\w-])(?P<role>{words.role}){between}[«„“\"]?$", flags
        )
        self._role_comma = re.compile(
            rf"(?<![\w-]){words.role}(?:{gap}[\w-]+(?:,(?={gap}[^\W\d_a-zß-ÿа-яё]))?){{0,14}},{gap}(?:{words.title}{gap})?$",
            flags,
        )
        self._is_office = re.compile(words.surname_roles, flags)
        self._speaks_after = re.compile(
            rf"[^\S\n]+(?:{any_of(map(re.escape, words.speaking))})(?!\w)"
        )
        remit = r"(?:[^\S\n]+(?:für|der|des|und|[^\W\d_a-zß-öø-ÿ][\w-]*,?))"
        self._role_chain = re.compile(
            rf"(?<![\w-])(?:{words.role})[^\S\n]+(?:für|der|des){remit}{{1,9}}[^\S\n]+$", flags
        )
        self._title_before = re.compile(rf"(?:^|(?<=[\s(,;:„\"«-]))(?:{words.title})[^\S\n]*$")
        attribute = r"(?:[\w.&-]+[^\S\n]+){0,4}?"
        self._role_after = re.compile(
            rf"[^\S\n]*(?:,[^\S\n]*|\([^\S\n]*|[–—-][^\S\n]+|\n|(?<=[^\S\n])(?:as|als|zum|zur)[^\S\n]+)(?:{attribute})(?:{words.role})(?![\w])",
            flags,
        )

    def find(self, text: str, names: Sequence[Found], bodies: frozenset[int]) -> Iterator[Found]:
        """Persons of one text; `bodies` are the offsets at which a body's name starts."""
        blocked = self._blocked(text, names)
        for run in self._runs(text):
            for piece in self._pieces(run, blocked, bodies):
                found = self._person(text, piece)
                if found is not None:
                    yield found

    def _blocked(self, text: str, names: Sequence[Found]) -> dict[int, bool]:
        """Start of a word → whether it is a country or town that may be a first name (Iran Sharkhan)."""
        blocked: dict[int, bool] = {}
        for name in names:
            surface = text[name.start : name.end]
            may_be_first = name.field in (COUNTRIES, PLACES) and (
                fold(surface) in self._words.first_names
                or self._base(surface) in self._words.first_names
            )
            for match in re.finditer(r"\w+", surface):
                blocked[name.start + match.start()] = may_be_first
        return blocked

    def _base(self, word: str) -> str:
        if not self._cyrillic:
            return fold(word)
        return fold(nominative([word], self._words.first_names))

    def _runs(self, text: str) -> Iterator[list[_Token]]:
        run: list[_Token] = []
        for match in self._token.finditer(text):
            kind = str(match.lastgroup)
            token = _Token(
                match.start(),
                match.start() + len(match.group().rstrip()),
                match.group().rstrip(),
                kind,
            )
            if run and not _GAP.fullmatch(text, run[-1].end, token.start):
                yield run
                run = []
            run.append(token)
        if run:
            yield run

    def _pieces(
        self, run: Sequence[_Token], blocked: Mapping[int, bool], bodies: frozenset[int]
    ) -> Iterator[list[_Token]]:
        """The run split at words that are no part of a name."""
        piece: list[_Token] = []
        for token in run:
            behind_particle = bool(piece) and piece[-1].kind == "particle"
            if (behind_particle and token.start in bodies) or self._splits(token, piece, blocked):
                yield _trimmed(piece)
                piece = []
            else:
                piece.append(replace(token, is_place=True) if token.start in blocked else token)
        yield _trimmed(piece)

    def _splits(self, token: _Token, piece: Sequence[_Token], blocked: Mapping[int, bool]) -> bool:
        if token.kind != "word":
            return _PARTICLES_ALONE.match(token.text) is not None
        folded = fold(token.text)
        if token.start in blocked:
            return not (blocked[token.start] and not piece)
        if token.text.startswith(self._words.body_prefixes or "\n"):
            return True
        if folded in self._words.first_names:
            return False
        if folded in self._words.not_names or self._is_role(token.text):
            return True
        follows_first_name = bool(piece) and fold(piece[-1].text) in self._words.first_names
        return token.text.endswith(self._words.not_name_endings) and not follows_first_name

    def _person(self, text: str, piece: list[_Token]) -> Found | None:
        if not piece or len(piece) > 7 or not any(t.kind == "word" for t in piece):
            return None
        start, end = piece[0].start, piece[-1].end
        before = text[max(0, start - 160) : start]
        if self._no_person_before.match(text, end):
            return None
        rule, confidence, piece = self._evidence(text, before, piece)
        if not rule:
            return None
        start, end = piece[0].start, piece[-1].end
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        value = self._value(text[start:end], before)
        return Found(PERSONS, start, end, value, confidence, rule)

    def _evidence(
        self, text: str, before: str, piece: list[_Token]
    ) -> tuple[str, float, list[_Token]]:
        words = [t for t in piece if t.kind == "word"]
        full = len(words) >= 2 or (len(words) == 1 and any(t.kind == "initial" for t in piece))
        if self._title_before.search(before, max(0, len(before) - _TITLES_REACH)):
            return "person:title", _BY_TITLE, _first(piece, _MOST_WORDS)
        if not full:
            return self._surname(before, piece)
        known = next((i for i, t in enumerate(piece) if self._first_name(t)), None)
        if known and fold(piece[known - 1].text) in self._words.place_openers:
            return "", 0.0, piece
        if known and _is_patronymic(piece[known + 1 : known + 2]):
            known -= 1
        rest = piece[known:] if known else piece
        if self._role_up_to(before):
            if sum(t.kind == "word" for t in rest) < 2:
                rest = piece
            return "person:role-before", _BY_ROLE, _first(rest, _MOST_WORDS)
        return self._weaker_evidence(text, piece, rest, known=known is not None)

    def _names_a_body(self, before: str, piece: Sequence[_Token]) -> bool:
        """Two unknown capitals right behind a head of bodies (представитель компании Нордик Метал)."""
        surname = piece[-1].text.endswith(self._words.surname_endings or "\n")
        return not surname and fold(word_before(before, len(before))) in self._words.bodies

    def _role_up_to(self, before: str) -> re.Match[str] | None:
        """The role that leads up to the end. Only words that roles are made of are tried, for speed."""
        words = list(_SINGLE.finditer(before))[-_FARTHEST_ROLE:]
        if not self._cyrillic:
            last = words[-1].group() if words else ""
            if not self._may_end_role(last):
                return None
            return self._role_before.search(
                before, words[max(0, len(words) - _LONGEST_ROLE)].start()
            )
        for word in words:
            low = word.group().lower()
            if not {low, low.removeprefix("зам")}.isdisjoint(self._words.role_words):
                role = self._role_before.match(before, word.start())
                if role:
                    return role
        return None

    def _surname(self, before: str, piece: list[_Token]) -> tuple[str, float, list[_Token]]:
        """`Minister A`: one capital behind a public office; no common noun of the dictionary."""
        word = piece[0].text
        if len(piece) != 1 or piece[0].is_place:
            return "", 0.0, piece
        if not self._is_office.fullmatch(word_before(before, len(before))):
            return "", 0.0, piece
        if self._cyrillic and _ordinary(word):
            return "", 0.0, piece
        return "person:surname", _BY_APPOSITION, piece

    def _speaks(self, text: str, before: str, piece: Sequence[_Token]) -> bool:
        """`sagte A B`, `A B said`: two or three words, none of them a place."""
        if not 2 <= len(piece) <= _MOST_SPEAKER or any(t.is_place for t in piece):
            return False
        behind = not self._cyrillic and self._speaks_after.match(text, piece[-1].end)
        return bool(behind) or word_before(before, len(before)).lower() in self._words.speaking

    def _chained(self, before: str, piece: Sequence[_Token]) -> bool:
        """`Minister für Bergbau und Energie A B`: the words between are all known to be no names."""
        if not 2 <= len(piece) <= _MOST_SPEAKER:
            return False
        opened = any(
            self._may_end_role(word_before(before, m.start()).rpartition("-")[2])
            for m in _REMIT.finditer(before)
        )
        return opened and self._role_chain.search(before) is not None

    def _may_end_role(self, word: str) -> bool:
        """Whether a role may end in this word: a quick look before the expression is tried."""
        return word.lower().removesuffix("s") in self._words.role_words or self._is_role(word)

    def _weaker_evidence(
        self, text: str, piece: list[_Token], rest: list[_Token], *, known: bool
    ) -> tuple[str, float, list[_Token]]:
        rest_full = sum(t.kind == "word" for t in rest) >= 2
        rule = self._beside(text, piece)
        if rule:
            return rule, _BY_APPOSITION, rest if known and rest_full else piece
        if known and rest_full and self._more_than_a_place(rest):
            return "person:first-name", _BY_FIRST_NAME, _first(rest, _MOST_WORDS)
        if piece[0].kind == "initial" and not self._looks_like_numbering(text, piece):
            return "person:initial", _BY_INITIAL, _first(piece, _MOST_WORDS)
        before = text[max(0, piece[0].start - _TITLES_REACH) : piece[0].start]
        shaped = self._cyrillic and self._shaped_like_name(text, piece)
        if shaped and not self._names_a_body(before, piece):
            return "person:shape", _BY_SHAPE, piece
        return "", 0.0, piece

    def _beside(self, text: str, piece: Sequence[_Token]) -> str:
        """The rule by which a post or a verb of speaking beside it makes it a person; empty without one."""
        before = text[max(0, piece[0].start - 160) : piece[0].start]
        if len(piece) <= _MOST_WORDS and self._between_commas(text, piece):
            return "person:role-comma"
        if len(piece) <= _MOST_WORDS and self._role_after.match(text, piece[-1].end):
            return "person:role-after"
        if self._speaks(text, before, piece):
            return "person:speaks"
        chained = not self._cyrillic and self._chained(before, piece)
        return "person:role-chain" if chained else ""

    def _between_commas(self, text: str, piece: Sequence[_Token]) -> bool:
        """`der Außenminister des Landes, Vorname Nachname, sagte`."""
        start, end = piece[0].start, piece[-1].end
        if "," not in text[max(0, start - _TITLES_REACH) : start]:
            return False
        return text[end : end + 1] in (",", ".", ";", ")", "") and bool(
            self._role_comma.search(text[max(0, start - 160) : start])
        )

    def _more_than_a_place(self, piece: Sequence[_Token]) -> bool:
        """Of a first name that is a country too, only with a surname that looks like one: Georgia Rossini."""
        return not piece[0].is_place or piece[-1].text.endswith(self._words.surname_endings)

    def _first_name(self, token: _Token) -> bool:
        if token.kind != "word":
            return False
        return (
            fold(token.text) in self._words.first_names
            or self._base(token.text) in self._words.first_names
        )

    def _looks_like_numbering(self, text: str, piece: Sequence[_Token]) -> bool:
        """`A. Introduction` at the start of a line."""
        start = piece[0].start
        return (start == 0 or text[start - 1] == "\n") and len(piece) == 2 and not self._cyrillic

    def _shaped_like_name(self, text: str, piece: Sequence[_Token]) -> bool:
        """Two unknown Cyrillic words with capitals inside a sentence, not between quotes."""
        if len(piece) != 2 or starts_sentence(text, piece[0].start):
            return False
        if text[piece[0].start - 1] in '«„“"' or text[piece[-1].end : piece[-1].end + 1] in '»“"':
            return False
        tags = [readings(t.text.lower())[0].tag for t in piece]
        if any("Geox" in tag or "Orgn" in tag or tag.POS in ("ADJF", "PRTF") for tag in tags):
            return False
        return any("Surn" in tag or "Name" in tag or "Patr" in tag for tag in tags) or not any(
            tag.POS == "NOUN" and _common(t.text) for t, tag in zip(piece, tags, strict=True)
        )

    def _value(self, surface: str, before: str) -> str:
        plain = re.sub(r"\s+", " ", surface)
        if not self._cyrillic:
            return plain
        return nominative(plain.split(), self._words.first_names, self._cases(before))

    def _cases(self, before: str) -> frozenset[str]:
        """The cases that the role or the preposition before a name asks for."""
        role = self._role_up_to(before)
        if role is None:
            return cases_before(word_before(before, len(before)))
        first = re.split(r"[\s-]", role.group("role"))
        cases = {
            str(r.tag.case)
            for word in (first[-1] if first[0] in ("вице", "премьер") else first[0],)
            for r in readings(word.lower())
            if r.tag.POS == "NOUN" and r.tag.number == "sing"
        }
        preposition = cases_before(word_before(before, role.start()))
        return frozenset(cases & preposition or cases)


def _is_patronymic(tokens: Sequence[_Token]) -> bool:
    return bool(tokens) and re.search(r"(?:ович|евич|овн|евн)\w{0,3}$", tokens[0].text) is not None


def _common(word: str) -> bool:
    """Whether the dictionary knows the word as a common noun."""
    likeliest = readings(word.lower())[0]
    return likeliest.is_known and likeliest.tag.POS == "NOUN"


def _ordinary(word: str) -> bool:
    """Whether the dictionary knows it as anything but a name."""
    likeliest = readings(word.lower())[0]
    named = any(g in likeliest.tag for g in ("Surn", "Name", "Patr"))
    return likeliest.is_known and not named


def _first(piece: list[_Token], words: int) -> list[_Token]:
    """The piece up to so many words."""
    kept: list[_Token] = []
    for token in piece:
        if sum(t.kind == "word" for t in kept) == words:
            break
        kept.append(token)
    return _trimmed(kept)


def _trimmed(piece: list[_Token]) -> list[_Token]:
    """Without particles at its ends."""
    while piece and piece[0].kind == "particle":
        piece = piece[1:]
    while piece and piece[-1].kind == "particle":
        piece = piece[:-1]
    return piece


def _joined(found: Sequence[Found]) -> Iterator[Found]:
    """Initials and lone surnames get the value of the full name with the same surname."""
    full = {
        f.value.split()[-1]: f.value
        for f in reversed(found)
        if len(f.value.split()) >= 2 and "." not in f.value.split()[0]
    }
    for one in found:
        parts = one.value.split()
        longer = full.get(parts[-1])
        short = len(parts) == 1 or "." in parts[0]
        if short and longer and (len(parts) == 1 or longer[0] == parts[0][0]):
            yield Found(one.field, one.start, one.end, longer, one.confidence, one.rule)
        else:
            yield one
