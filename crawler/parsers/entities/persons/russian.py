"""Persons in Cyrillic script: Russian constructions around names, and their cases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import fold, starts_sentence, word_before
from crawler.parsers.entities.persons.roles import FARTHEST_ROLE, SINGLE_WORD, Roles
from crawler.parsers.entities.persons.tokens import NameToken, token_pattern
from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.entities.russian.personal_names import cases_before, nominative
from crawler.parsers.scripts import (
    CYRILLIC_CAPITALS,
    CYRILLIC_SMALL,
    CYRILLIC_TRANSCRIPTIONS,
    RUSSIAN_CAPITALS,
    TURKIC_CAPITALS,
    TURKIC_SMALL,
)

_WORD = (
    rf"(?:(?:Ле|Мак|Ди|Ла)(?=[{RUSSIAN_CAPITALS}]))?[{CYRILLIC_CAPITALS}][{CYRILLIC_SMALL}'’]+"
    rf"(?:-[{RUSSIAN_CAPITALS}{TURKIC_CAPITALS}]?[{TURKIC_SMALL}]+)*"
)
_INITIAL = rf"(?:(?:{CYRILLIC_TRANSCRIPTIONS}|[{CYRILLIC_CAPITALS}])\.[ ]?){{1,2}}"
_DEPUTY = "зам"
"""Is written together with a word for an office."""
_FIRST_PARTS = ("вице", "премьер")
"""Of a word for an office whose last part is inflected."""
PATRONYMIC = re.compile(r"(?:ович|евич|овн|евн)\w{0,3}$")
_OPENING_QUOTES, _CLOSING_QUOTES = '«„“"', '»“"'


class RussianPersons:
    """Rules for Cyrillic script."""

    def __init__(self, words: EntityWords) -> None:
        self._words = words
        blank = r"[^\S\n]+"
        states = literal(words.states)
        names = r"[А-ЯЁ][а-яё]+(?:стана|стану|ана|ии|ая)"
        between = rf"(?:[{CYRILLIC_SMALL}-]+|Республик\w+|{states}|{names})"
        self.roles = Roles(words, gap=rf"(?:{blank}{between}){{0,9}}{blank}")
        self.token = token_pattern(_INITIAL, words.name_particles, _WORD)

    def role_up_to(self, before: str) -> re.Match[str] | None:
        """The role that leads up to the end; tried only at words that roles are made of."""
        for word in list(SINGLE_WORD.finditer(before))[-FARTHEST_ROLE:]:
            low, listed = word.group().lower(), self._words.role_words
            if low in listed or low.removeprefix(_DEPUTY) in listed:
                role = self.roles.before.match(before, word.start())
                if role:
                    return role
        return None

    def speaks_behind(self, text: str, end: int) -> bool:
        """Never: the verb stands before the name."""
        return False

    def is_first_name(self, word: str) -> bool:
        """Whether it is a known first name, in any case."""
        names = self._words.first_names
        return fold(word) in names or fold(nominative([word], names)) in names

    def is_patronymic(self, word: str) -> bool:
        """By its ending (Иванович, Ивановна), also in Turkic (Асанұлы)."""
        return word.endswith(self._words.patronymic_endings) or PATRONYMIC.search(word) is not None

    def is_ordinary(self, word: str) -> bool:
        """Whether the dictionary knows it, or its last part, as anything but a name."""
        likeliest = readings(word.lower().rpartition("-")[2])[0]
        named = any(g in likeliest.tag for g in ("Surn", "Name", "Patr"))
        return likeliest.is_known and not named

    def is_numbering(self, text: str, piece: Sequence[NameToken]) -> bool:
        """Never: headings are numbered in digits."""
        return False

    def has_shape_of_name(self, text: str, piece: Sequence[NameToken]) -> bool:
        """Two unknown words with capitals inside a sentence, not between quotes."""
        if len(piece) != 2 or starts_sentence(text, piece[0].start):
            return False
        before, behind = text[piece[0].start - 1], text[piece[-1].end : piece[-1].end + 1]
        if before in _OPENING_QUOTES or behind in _CLOSING_QUOTES:
            return False
        tags = [readings(t.text.lower())[0].tag for t in piece]
        if any("Geox" in tag or "Orgn" in tag or tag.POS in ("ADJF", "PRTF") for tag in tags):
            return False
        return any("Surn" in tag or "Name" in tag or "Patr" in tag for tag in tags) or not any(
            tag.POS == "NOUN" and _is_common_noun(t.text)
            for t, tag in zip(piece, tags, strict=True)
        )

    def nominative(self, name: str, before: str) -> str:
        """By the case that the words before it ask for, and by its endings."""
        return nominative(name.split(), self._words.first_names, self._cases(before))

    def _cases(self, before: str) -> frozenset[str]:
        """The cases that the preposition or the role before a name asks for: the preposition where
        both stand there (во главе с Иваном Петровым).
        """
        asked = cases_before(word_before(before, len(before)))
        role = self.role_up_to(before)
        if asked or role is None:
            return asked
        parts = re.split(r"[\s-]", role.group("role"))
        inflected = parts[-1] if parts[0] in _FIRST_PARTS else parts[0]
        cases = {
            str(r.tag.case)
            for r in readings(inflected.lower())
            if r.tag.POS == "NOUN" and r.tag.number == "sing"
        }
        preposition = cases_before(word_before(before, role.start()))
        return frozenset(cases & preposition or cases)


def _is_common_noun(word: str) -> bool:
    likeliest = readings(word.lower())[0]
    return likeliest.is_known and likeliest.tag.POS == "NOUN"
