"""The constructions of Russian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.parsers.entities.russian.dictionary import Parse, readings
from crawler.parsers.entities.russian.nominatives import nominative_of, nominative_phrase
from crawler.parsers.events.grammar.base import Grammar, last_part
from crawler.parsers.events.grammar.job_titles import RussianJobTitles
from crawler.parsers.events.grammar.tails import Step, TailReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ей|ом|ем|ые|ие|ых|их|ыми|ими)\Z",
    re.IGNORECASE,
)
_BRAND = re.compile(r"(?!\d+[а-яё]+\Z)[A-Z0-9][\w&+-]*\Z|[А-ЯЁ]{2,}[\w-]*\Z")
"""A word in capitals or with figures, but no measure (10м)."""
_INSIDE_BRANDS = frozenset({"&", "and", "of", "for"})
"""Between words of a name in Latin letters (выставка Mining & Metals)."""
_SPHERES = frozenset({"сфере", "области"})
"""Behind "в" these go on with what a name is about (по сотрудничеству в сфере геологии)."""
_LIKELY_READINGS = 3
_TOWN_ADJECTIVE = re.compile(r"(\w[\w-]+ск)(?:ий|ого|ому|им|ом|ая|ой|ую|ое)")
_JOINT = " и "
_WORD = re.compile(r"[\w-]+")
_PARTICIPLE = re.compile(r"\w+щ(?:ий|ая|его|ему|ей|им|ем|ую|ие|их)\b", re.IGNORECASE)
_VOWELS = "аеиоуыьэюя"


class RussianGrammar(Grammar):
    """Russian: six cases, adjectives that agree with their noun, chains of genitives."""

    # Words

    def is_adjective(self, word: str) -> bool:
        """By the dictionary, where its ending is that of one."""
        likely = readings(word.casefold())[:_LIKELY_READINGS] if _ADJECTIVE.match(word) else ()
        return any(r.tag.POS == "ADJF" for r in likely)

    hyphenates_heads = False

    def forms(self, phrase: str) -> set[str]:
        """All case forms of a noun phrase; its words agree in gender, number and case, up to the
        genitives behind a noun (ярмарка вакансий).
        """
        words = phrase.casefold().split()
        if len(words) == 1:
            return {form for form, _ in _lexeme(words[0])} | {words[0]}
        end = _before_genitives(words)
        if end < len(words):
            return {" ".join([form, *words[end:]]) for form in self.forms(" ".join(words[:end]))}
        gender = _gender(words[-1])
        variants = [_lexeme(w, gender) for w in words]
        tags = {tag for _, tag in variants[-1]} & {tag for _, tag in variants[0]}
        joined = {phrase.casefold()}
        for tag in tags:
            parts = [next((f for f, t in v if t == tag), None) for v in variants]
            if all(parts):
                joined.add(" ".join(p for p in parts if p))
        return joined

    def is_past(self, word: str) -> bool:
        """By the dictionary (обсудили)."""
        likely = readings(word.casefold())[:1]
        return any(r.tag.POS == "VERB" and "past" in r.tag for r in likely)

    # Head nouns

    names_open_with_capital = True

    def noun_of_head(self, words: Sequence[str]) -> str:
        """The first one: genitives follow it (ярмарка вакансий)."""
        nouns = (w for w in words if any(r.tag.POS == "NOUN" for r in readings(w.casefold())[:1]))
        return next(nouns, words[-1])

    # Editions without a noun

    has_articles = False

    def agrees(self, article: str, word: str, noun: str, words: EventVocabulary) -> bool:
        """By the gender, which that of the nominative comes first for (следующая: конференция, no
        форум; на третьей: конференции).
        """
        single = [r.tag for r in readings(word.casefold()) if r.tag.number == "sing"]
        named = [tag for tag in single if tag.case == "nomn"]
        genders = {tag.gender for tag in named or single}
        return any(r.tag.gender in genders for r in readings(noun.rsplit(maxsplit=1)[-1])[:1])

    # Noun phrases

    joins_in_names = ("и",)
    has_letter_ordinals = True

    def judge_left(
        self, text: str, words: EventVocabulary, *, inside: bool, joined: bool, foreign: bool
    ) -> Step:
        """Adjectives and brands; a head only where "и" joins it (форум и выставка)."""
        if text in ("и", "-", "&"):
            return "wait"
        if text in words.left_words:
            return "take"
        if words.head_of(text) in ("gathering", "weak"):
            return "take" if joined else "stop"
        if self.is_adjective(text):
            return "take"
        return "take" if _BRAND.match(text) and not text.isdigit() else "stop"

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """A chain of genitives, brands and what stands behind "по"."""
        return _RussianTail(words, linked=linked)

    # Job titles

    def is_title(self, word: str, titles: frozenset[str], endings: tuple[str, ...]) -> bool:
        """Also with the prefix "зам" (замминистра)."""
        low = last_part(word)
        title = low if low in titles else low.removeprefix("зам")
        return title in titles or word.casefold() in titles

    # Names of events and of their series

    marks_genitives = False

    def nominative(self, name: str, words: EventVocabulary) -> str:
        """By the dictionary: (на) Горном форуме, Горный форум."""
        return nominative_of(name)

    def nominative_phrase(self, text: str, head: tuple[int, int], words: EventVocabulary) -> str:
        """With the words that agree with the head; where "и" joins it to another noun, the
        adjectives agree with that one (международная выставка и форум).
        """
        joint = text.rfind(_JOINT, 0, head[0])
        before = _WORD.findall(text[:joint]) if joint > 0 else []
        if any(words.head_of(word) for word in before):
            rest = joint + len(_JOINT)
            span = (head[0] - rest, head[1] - rest)
            return nominative_of(text[:joint]) + _JOINT + nominative_phrase(text[rest:], span)
        return nominative_phrase(text, head)

    def nominative_title(self, title: str) -> str:
        """By the dictionary (с послом Армении, посол Армении); who manages something is called by a
        participle, which agrees with nothing (заведующая лабораторией).
        """
        return title if _PARTICIPLE.match(title) else nominative_of(title)

    # Job titles and bodies

    def helps_something_else(self, before: str, cue: str, words: EventVocabulary) -> bool:
        """Behind a participle that tells of no event (построенный | при поддержке X)."""
        last = before.casefold().split()[-1:]
        if not last or cue.partition(" ")[0].casefold() not in words.helping:
            return False
        participle = readings(last[0])[0].tag.POS == "PRTF"
        return participle and not last[0].startswith(words.organising)

    job_titles = RussianJobTitles
    capitals_name_bodies = False
    has_bare_owners = True

    def acts_at(self, head: str, verb: str, *, several: bool) -> bool:
        """A finite verb that agrees with it, behind a head that can't be the subject: of one body
        the plural is impersonal (на совете АО обсудили).
        """
        number = "plur" if several else "sing"
        tags = [r.tag for r in readings(verb.casefold())[:1]]
        if not any(tag.POS == "VERB" and number in tag for tag in tags):
            return False
        return not any({"nomn", number} in r.tag for r in readings(head.casefold()))

    # Places

    has_towns_in_job_titles = True

    def town_adjectives(self, town: str) -> tuple[str, ...]:
        """Ташкент, ташкентск-; Алматы, алматинск-."""
        stem = town.casefold().rstrip(_VOWELS)
        return stem + "ск", stem + "инск"

    def town_adjective(self, word: str) -> str:
        """Without its case ending; they are small but at the start of a name."""
        adjective = _TOWN_ADJECTIVE.fullmatch(word.casefold())
        return adjective.group(1) if adjective else ""


class _RussianTail(TailReader):
    def __init__(self, words: EventVocabulary, *, linked: bool) -> None:
        super().__init__(words, linked=linked)
        self._brand = False
        self._cases: frozenset[str] = frozenset({"gent"})
        self._in_sphere = False

    def step(self, text: str) -> Step:
        """As of any language; "в" alone only waits for the word for a sphere."""
        opens, self._in_sphere = self._in_sphere, text.casefold() == "в"
        if self._in_sphere:
            return "wait"
        if opens:
            self._cases = frozenset({"gent"})
            return "wait" if text.casefold() in _SPHERES else "stop"
        return super().step(text)

    def judge(self, text: str, low: str) -> Step:
        """By case: the genitive, or the dative behind "по"; capitals behind a brand."""
        if low == "по":
            self._cases, self.linked = frozenset({"datv"}), True
            return "wait"
        joins = low in ("и", "для") or (self._brand and low in _INSIDE_BRANDS)
        if joins or text == "&" or (text == "," and self.linked):
            return "wait"
        if not text[0].isalnum():
            return "stop"
        branded = _BRAND.match(text) and (text.isupper() or text.isascii())
        if branded or (self._brand and text[0].isupper()):
            self._brand = True
            return "take"
        if low in self.words.name_links:
            return "stop"
        fits = any(
            r.tag.case in self._cases | {"gent"} and r.tag.POS in ("NOUN", "ADJF", "PRTF")
            for r in readings(low)
        )
        return "take" if fits else "stop"


def _before_genitives(words: Sequence[str]) -> int:
    """Where the genitives of a phrase in the nominative begin, behind its first noun."""
    for place, word in enumerate(words[:-1]):
        chosen = _nominative(word)
        if chosen is not None and chosen.tag.POS == "NOUN":
            behind = readings(words[place + 1])
            return (
                place + 1
                if any(r.tag.case == "gent" for r in behind[:_LIKELY_READINGS])
                else len(words)
            )
    return len(words)


def _gender(noun: str) -> str | None:
    """Gender of a noun in the nominative singular; None for another word."""
    chosen = _nominative(noun.rpartition("-")[2])
    return chosen.tag.gender if chosen else None


def _lexeme(
    word: str, gender: str | None = None
) -> list[tuple[str, tuple[str | None, str | None]]]:
    """Forms of a word with number and case, of an adjective only those of `gender`; of a hyphenated
    word the last part is inflected.
    """
    stem, dash, last = word.rpartition("-")
    chosen = _nominative(last)
    if chosen is None:
        return [(word, ("sing", "nomn"))]
    return [
        (stem + dash + f.word, (f.tag.number, f.tag.case))
        for f in chosen.lexeme
        if f.tag.case
        and (chosen.tag.POS == "NOUN" or f.tag.gender in (None, gender or f.tag.gender))
    ]


def _nominative(word: str) -> Parse | None:
    """The reading of a word as a noun or adjective in the nominative."""
    parses = readings(word)
    return next((p for p in parses if p.tag.case == "nomn" and p.tag.POS in ("NOUN", "ADJF")), None)
