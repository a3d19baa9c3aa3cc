"""The constructions of German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.parsers.entities.grammar.german_nominatives import nominative_of, nominative_phrase
from crawler.parsers.events.grammar.base import Grammar, inflect_last, last_part
from crawler.parsers.events.grammar.job_titles import GermanJobTitles
from crawler.parsers.events.grammar.tails import Step, TailReader

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_SHORTEST_ADJECTIVE = 7
"""Letters of the adjective of a small town: shorter ones are nouns (Keller)."""
_ENDINGS = ("", "s", "es", "e", "en", "n", "er", "ern", "se", "sen", "nen", "ses", "ss")
_ORDINAL_ENDINGS = ("en", "er", "es", "em")
_PLURALS = ("ungen", "nzen", "shops", "inare", "foren", "gresse", "reisen", "messen")
"""Endings of heads in the plural."""
_ADJECTIVE = re.compile(r"[a-zäöüß][\w-]{2,}(?:e|en|er|es|em)\Z")
_CAPITAL_ADJECTIVE = re.compile(
    r"(?:[A-ZÄÖÜ][\w-]*(?:isch|ional|ell|al|lich|ig|ent|weit|iert|nah|ört|inister)(?:e|en|er|es|em)"
    r"|[A-ZÄÖÜ]\w+-[A-ZÄÖÜ]\w+(?:en|e|er|es))\Z"
)
_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]{2,}\Z")
_NOUN_BEFORE = re.compile(r"([A-ZÄÖÜ][a-zäöüß-]{2,}),?\s\Z")
_JOINED_COMPOUND = re.compile(r"[A-ZÄÖÜ]\w*-\sund\Z")
_TOWN_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}er\Z")
_ADJECTIVES_BEFORE_NAME = re.compile(r"(?:[a-zäöüß][\w-]+(?:en|er|es|e)\s+)+(?=[A-ZÄÖÜ])")
_WEAK_PAST = re.compile(
    r"(?!\w{0,8}ge\w{3,}te|\w*wert|letz|bestimm|berühm|bekann|könn|soll)"
    r"[a-zäöüß]{2,}(?:g|[cn]k|b|ll|m|nn|tz|such|[eä]r|el|hr|hl|[dtmn]e)ten?\Z"
)
"""Verbs, in small letters: no participles (genannte, angekündigte), no adjectives of the same form,
and not what shall or could be.
"""
_OF_ARTICLE = {
    "der": ("masculine",),
    "die": ("feminine", "plural"),
    "das": ("neuter",),
    "ein": ("masculine", "neuter"),
    "eine": ("feminine",),
    "dem": ("masculine", "neuter"),
    "den": ("masculine", "plural"),
    "beim": ("masculine", "neuter"),
    "vom": ("masculine", "neuter"),
}
_AGENTS = frozenset({"von", "vom"})
_PAPER_REACH = 6
"""Words between the day of a paper and the participle behind it."""


class GermanGrammar(Grammar):
    """German: nouns with capitals, compounds, participles at the end of a phrase."""

    # Words

    capitalises_nouns = True
    joins_compounds = True

    def forms(self, phrase: str) -> set[str]:
        """The plural and genitive forms."""
        return inflect_last(phrase, _ENDINGS)

    def ordinal_stem(self, word: str) -> str:
        """Without the last letter of a case ending (fünften, fünfter)."""
        return word[:-1] if word.endswith(_ORDINAL_ENDINGS) else word

    def is_past(self, word: str) -> bool:
        """By the ending of weak verbs (tagte, besuchten, diskutierten): after sounds with which no
        infinitive ends in -ten.
        """
        return _WEAK_PAST.match(word) is not None

    # Head nouns

    def is_plural(self, head: str, kind: str, left: Sequence[str] = ()) -> bool:
        """By the ending; Gespräche and Verhandlungen, whose kind is weak, are one event."""
        return kind != "weak" and head.endswith(_PLURALS)

    # Editions without a noun

    def agrees(self, article: str, word: str, noun: str, words: EventVocabulary) -> bool:
        """By the article (die nächste: Tagung, no Kongress)."""
        gender = words.gender_of(noun.capitalize())
        return gender is None or gender in _OF_ARTICLE.get(article.casefold(), ())

    # Noun phrases

    nouns_in_row_are_names = True

    def judge_left(
        self, text: str, words: EventVocabulary, *, inside: bool, joined: bool, foreign: bool
    ) -> Step:
        """Adjectives, acronyms, first parts of compounds; any capital before a foreign head. A noun
        waits for its article: two in a row make a name (das Business Forum).
        """
        takes = (
            (foreign and text[0].isupper())
            or (_ADJECTIVE.match(text) and not words.name_stops.match(text))
            or _CAPITAL_ADJECTIVE.match(text)
            or (text.isupper() and len(text) > 1)
            or _JOINED_COMPOUND.match(text)
            or (_TOWN_ADJECTIVE.match(text) and not words.is_person_noun(text))
        )
        if takes:
            return "take"
        waits = _NOUN.match(text) and not inside and not words.is_person_noun(text)
        return "wait" if waits else "stop"

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """Small letters only count where a noun follows."""
        return _GermanTail(words, linked=linked)

    # Job titles

    def is_title(self, word: str, titles: frozenset[str], endings: tuple[str, ...]) -> bool:
        """Compounds and the feminine (Referatsleiterin) count as the noun that they are made of."""
        low = last_part(word)
        stem = low.removesuffix("nen").removesuffix("in") if low.endswith(("in", "innen")) else low
        stem = stem[:-2] + "at" if stem.endswith("rät") else stem
        known = bool({low, stem} & titles) or stem.endswith(endings) or low.endswith(endings)
        return known and word[:1].isupper()

    # Dates

    def is_paper_behind(self, text: str, papers: re.Pattern[str]) -> bool:
        """A participle in the same clause (die am 5. Mai unterzeichnete Vereinbarung)."""
        words = re.split(r"[,;.!?]", text, maxsplit=1)[0].split()[:_PAPER_REACH]
        return any(papers.match(word) and not word.endswith("t") for word in words)

    # Names of events and of their series

    def nominative(self, name: str, words: EventVocabulary) -> str:
        """By the first noun behind adjectives."""
        return nominative_of(name, words)

    def nominative_phrase(self, text: str, head: tuple[int, int], words: EventVocabulary) -> str:
        """By the gender of the head (auf dem Runden Tisch, Runder Tisch)."""
        return nominative_phrase(text, head, words)

    def skip_adjectives(self, text: str, start: int, end: int) -> int:
        """Adjectives are small, names are not (der gemeinsamen | Arbeitsgruppe)."""
        adjectives = _ADJECTIVES_BEFORE_NAME.match(text, start, end)
        return adjectives.end() if adjectives else start

    # Job titles and bodies

    def helps_something_else(self, before: str, cue: str, words: EventVocabulary) -> bool:
        """A participle behind a noun and a comma (das Projekt, | gefördert von X)."""
        noun = _NOUN_BEFORE.search(before)
        if noun is None or cue.partition(" ")[0].casefold() not in words.helping:
            return False
        return not words.head_of(noun.group(1)) and not words.is_person_noun(noun.group(1))

    job_titles = GermanJobTitles

    def is_agent(self, opening: str) -> bool:
        """Behind "von" all bodies of the phrase are agents, behind another word the first one."""
        return not opening or opening.casefold() in _AGENTS

    # Places

    house_adjective = r"(?:[a-zäöüß]+(?:en|n) )?"
    hyphenates_quarters = True

    def town_adjectives(self, town: str) -> tuple[str, ...]:
        """Berlin, Berliner."""
        return (town.casefold() + "er",)

    def towns_of_adjective(self, word: str) -> tuple[str, ...]:
        """Siegener: Siegen; Karlsruher: Karlsruhe."""
        told = word[:1].isupper() and word.endswith("er") and len(word) >= _SHORTEST_ADJECTIVE
        return (word[:-2], word[:-1]) if told else ()

    def town_adjective(self, word: str) -> str:
        """They have a capital and no other ending."""
        return word.casefold() if word[:1].isupper() else ""


class _GermanTail(TailReader):
    def judge_small(self, text: str) -> Step:
        """An adjective behind a link waits for its noun (für kritische Rohstoffe)."""
        return "wait" if self.linked and _ADJECTIVE.match(text) else "stop"
