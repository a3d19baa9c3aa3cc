"""How a job title joins the words around it: what each language does in its own way.

The words themselves come from config/languages (job_title_words.py). The base serves languages
without a grammar of their own; its patterns hold the words of all languages, because pages quote
each other's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.parsers.scripts import CYRILLIC_CAPITALS, GERMAN_CAPITALS

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.job_title_words import JobTitleWords

_BY = "by|from|with|vom|von|der|die|den|dem|the"
_END_OF_APPOSITION = re.compile(
    r"[;.)(]"
    rf"|,(?=\s(?:and|und|sowie|и)\s(?:{_BY})\b)"
    r"|,(?=\s(?!and\s|и\s|und\s[A-Z]"
    r"|(?:[A-Z][\w-]*(?:\s[A-Z][\w-]*)?,\s){0,5}[A-Z][\w ]{2,40}\sand\s[A-Z]))"
    r"|\s(?:and|und|и)(?=\s(?:other|others|andere|anderen|weitere|weiteren|другие|другими)\b)"
    r"|\s(?:–|—)\s|$"
)
_PLURAL = re.compile(r"(?:innen|enden|ordneten|legierten|er|s|ы|и|ов|ей|ам|ами|ями)\Z")
_BRACKETED_ACRONYM = re.compile(rf"\([{GERMAN_CAPITALS}{CYRILLIC_CAPITALS}][\w․.-]{{1,11}}\)")
_REMITS = re.compile(
    rf",(?=\s[{GERMAN_CAPITALS}][\w-]*(?:,?\s[{GERMAN_CAPITALS}][\w-]*){{0,4}}"
    rf"\s(?:and|und|&)\s[{GERMAN_CAPITALS}])"
)
"""Commas of several remits of one post: Minister of Ecology, Geology and Natural Resources."""
_PUNCTUATION = re.compile(r"[,;:()–—]")
_SHORTEST_ADJECTIVE = 5


class JobTitleGrammar:
    """Constructions of job titles that hold where a language has none of its own."""

    longest_remit = 14
    """Words between a job title and the name behind it."""
    title_before_wins = False
    """Whether a job title before a name leaves no room for one behind it."""
    has_bodies_before = False
    """Whether a body may stand right before the job title (Tin Bank president)."""
    capitals_name_bodies = True
    """Whether capitals behind a job title may be a body that no table knows."""
    end_of_apposition = _END_OF_APPOSITION
    """Where an apposition with a job title ends at the latest."""

    def __init__(self, words: JobTitleWords) -> None:
        self._words = words

    def is_plural(self, title: str) -> bool:
        """Whether a job title is one of several people."""
        return _PLURAL.search(title) is not None

    def is_of_others(self, title: str) -> bool:
        """Whether a plural behind one name is of other people (A, руководители предприятий)."""
        return False

    def may_be_made(self, title: str) -> bool:
        """Whether it may be what somebody was made, behind the verb that says so."""
        return True

    def end_of_title(self, masked: str, start: int, end: int, *, titled: bool) -> int:
        """Where a job title ends that stands before a name; `titled`: with Dr. or the like."""
        return end

    def opens_pair(self, words: Sequence[str], first: int) -> bool:
        """Whether the word at `first` is the second of two joined adjectives."""
        return False

    def joins_remits(self, words: Sequence[str], first: int, title: int) -> bool:
        """Whether two remits stand before a job title (Mines and Energy minister)."""
        return False

    def first_of_remit(self, masked: str, words: Sequence[re.Match[str]], first: int) -> int:
        """The first word of the remit that stands before the job title at `first`."""
        return first

    def joins_body(self, between: str) -> bool:
        """Whether what stands between a body and a job title leaves the body before it."""
        return not between.strip()

    def first_of_chain(self, words: Sequence[str], title: int) -> int:
        """The first job title of a chain (Chairman of the Cabinet of Ministers)."""
        return title

    def own_title(self, words: Sequence[str], title: int) -> int:
        """The job title of the person, where the last one only names a body."""
        return title

    def remit(self, text: str) -> str:
        """What stands between a job title and a name, without marks that a remit may hold."""
        return _REMITS.sub("", _BRACKETED_ACRONYM.sub("", text))

    def is_remit(self, text: str, words: Sequence[str], *, before_comma: bool) -> bool:
        """Whether all between a job title and a name is its remit (für Industrie und …)."""
        if _PUNCTUATION.search(self.remit(text)) or len(words) > self.longest_remit:
            return False
        return all(self._belongs_to_remit(word, before_comma=before_comma) for word in words)

    def _belongs_to_remit(self, word: str, *, before_comma: bool) -> bool:
        known = word in self._words.links or word in self._words.regions
        return known or word[0].isupper() or self._is_adjective(word)

    def belongs_before(self, word: str, next_word: str) -> bool:
        """Whether a word right before a job title belongs to it (stellvertretender, первый)."""
        return bool(self._words.adjective.match(word)) and self._words.belongs(word)

    def may_open_apposition(self, word: str) -> bool:
        """Whether a word in small letters may stand before a job title behind a name."""
        return word.casefold() in self._words.articles or self._is_adjective(word)

    def ends_apposition(self, word: str) -> bool:
        """Whether a word behind a job title belongs to the clause, no longer to the apposition."""
        return False

    def acronym_before_name(self, masked: str, start: int, end: int) -> tuple[int, int] | None:
        """The acronym of a body between a job title and the name behind it."""
        return None

    def _is_adjective(self, word: str) -> bool:
        return bool(self._words.adjective.match(word) and not self._words.verb_endings.match(word))


class GermanJobTitles(JobTitleGrammar):
    """Job titles are capitalised, so that an apposition ends at the first verb; and so is every
    noun, so that capitals alone name no body.
    """

    capitals_name_bodies = False

    def belongs_before(self, word: str, next_word: str) -> bool:
        """Short words that look like adjectives are articles."""
        short = len(word) <= _SHORTEST_ADJECTIVE or word.casefold() in self._words.links
        return not short and super().belongs_before(word, next_word)

    def ends_apposition(self, word: str) -> bool:
        """Small words that are neither link nor adjective."""
        fits = word in self._words.links or not word[0].islower()
        return not fits and not self._words.adjective.match(word)


class EnglishJobTitles(JobTitleGrammar):
    """Remits stand before a job title, or behind "of" and "for"."""

    has_bodies_before = True

    def is_plural(self, title: str) -> bool:
        """By the ending: a minister is one, though German ones are not."""
        return title.endswith("s")

    def is_of_others(self, title: str) -> bool:
        """ "A, directors of …": the plural of a job title."""
        return title.endswith("s") and self._words.is_role(title[:-1])

    def joins_remits(self, words: Sequence[str], first: int, title: int) -> bool:
        """ "Mines and Energy minister": an office of two remits."""
        if first < 2 or first == title:
            return False
        joint, before = words[first - 1], words[first - 2]
        return (
            words[title].casefold() in self._words.joint_offices
            and joint in self._words.joiners
            and before[0].isupper()
            and not self._words.is_role(before)
        )

    def first_of_chain(self, words: Sequence[str], title: int) -> int:
        """ "Chairman of the Cabinet of Ministers": a chain of "of"."""
        if title == 0 or words[title - 1] != "of":
            return title
        first = title
        for i in range(title - 1, -1, -1):
            if self._words.is_role(words[i]):
                first = i
            elif words[i] not in ("of", "the", "and", "for") and not words[i][0].isupper():
                break
        return first

    def is_remit(self, text: str, words: Sequence[str], *, before_comma: bool) -> bool:
        """A remit opens with a link (Minister | for Energy)."""
        if words and words[0] not in self._words.links:
            return False
        return super().is_remit(text, words, before_comma=before_comma)

    def _belongs_to_remit(self, word: str, *, before_comma: bool) -> bool:
        noun = before_comma and word not in self._words.stops
        return noun or super()._belongs_to_remit(word, before_comma=before_comma)

    def belongs_before(self, word: str, next_word: str) -> bool:
        """Capitals, before a job title in small letters only those that open no sentence."""
        low = word.casefold()
        named = word[0].isupper() and low not in self._words.links
        return named and (next_word[0].isupper() or low not in self._words.stops)

    def may_open_apposition(self, word: str) -> bool:
        """Any word but a verb."""
        low = word.casefold()
        return not self._words.verb_endings.match(low) or low in self._words.not_verbs

    def ends_apposition(self, word: str) -> bool:
        """Small words that end phrases or look like a verb."""
        if word in self._words.links or not word[0].islower():
            return False
        verb = len(word) > 3 and word.endswith(("ed", "s")) and word not in self._words.not_verbs
        return verb or word in self._words.stops


_ENUMERATED = re.compile(r",(?=(?:\s[а-яё-]+){1,4}(?:,(?:\s[а-яё-]+){1,4}){0,4}\sи\s[а-яё])")
"""Commas in a remit: министр экологии, геологии и природных ресурсов."""
_ACRONYM = re.compile(r"\s([A-ZА-ЯЁ][а-яё]{0,3}[A-ZА-ЯЁ]{1,6})(?=(?:\s[A-ZА-ЯЁ]{2,4})?\s*\Z)")
_NEXT_ACRONYM = re.compile(r"\s([A-ZА-ЯЁ]{2,4})\s*\Z")
_LAST_WORD = re.compile(r"(?<=\s)([а-яё]+)\s*\Z")
_BODY_OF_OTHERS = re.compile(r"(?:кабинет|совет|союз|палат|коллеги)[а-яё]{0,2}", re.IGNORECASE)
"""What consists of those whom the next word names (Кабинета министров)."""
_OF_MANY = ("ов", "ев", "ей")
_INSTRUMENTAL = ("ом", "ем", "ём", "ой", "ей", "им", "ым")


class RussianJobTitles(JobTitleGrammar):
    """Job titles stand before the name with a remit in the genitive."""

    longest_remit = 16
    title_before_wins = True
    capitals_name_bodies = False

    def is_of_others(self, title: str) -> bool:
        """ "A, руководители предприятий": a plural in the nominative."""
        return title.endswith(("и", "ы"))

    def may_be_made(self, title: str) -> bool:
        """In the instrumental (избран председателем)."""
        return title.endswith(_INSTRUMENTAL)

    def end_of_title(self, masked: str, start: int, end: int, *, titled: bool) -> int:
        """Before a comma that leads to a title, and before a copula (министром стал A)."""
        if titled:
            end = start + len(masked[start:end].rstrip(" ,"))
        last = _LAST_WORD.search(masked, start, end)
        return last.start() if last and last.group(1) in self._words.copulas else end

    def own_title(self, words: Sequence[str], title: int) -> int:
        """Председатель | Кабинета министров."""
        if title < 2 or not words[title].endswith(_OF_MANY):
            return title
        if not _BODY_OF_OTHERS.fullmatch(words[title - 1]):
            return title
        return title - 2 if self._words.is_role(words[title - 2]) else title

    def opens_pair(self, words: Sequence[str], first: int) -> bool:
        """Чрезвычайный и | Полномочный Посол."""
        if first < 2 or words[first - 1] not in self._words.joiners:
            return False
        pair = (words[first - 2], words[first])
        return all(self._words.adjective.match(w) and not self._words.is_role(w) for w in pair)

    def remit(self, text: str) -> str:
        """Commas of an enumeration are part of a remit."""
        return _ENUMERATED.sub("", super().remit(text))

    def _belongs_to_remit(self, word: str, *, before_comma: bool) -> bool:
        return True

    def acronym_before_name(self, masked: str, start: int, end: int) -> tuple[int, int] | None:
        """ "эксперт по рудам НЦРМ РК | Иван Петров"; a state alone is no body."""
        found = _ACRONYM.search(masked, start, end)
        if found is None or found.group(1) in self._words.states:
            return None
        state = _NEXT_ACRONYM.match(masked, found.end(1), end)
        if state is None:
            return found.span(1)
        if state.group(1) not in self._words.states:
            return None
        return found.start(1), state.end(1)
