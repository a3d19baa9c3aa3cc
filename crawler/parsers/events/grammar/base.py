"""What a language is to the event reader: its constructions, each with what holds by default.

Here belongs how a language builds words, phrases and sentences. Its words stand in
`config/languages`. The defaults serve the languages that have no module of their own; a method that
needs words takes the vocabulary of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.events.grammar.job_titles import JobTitleGrammar
from crawler.parsers.events.grammar.tails import YEAR, Step, TailReader
from crawler.parsers.scripts import YE, YO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_PREPOSITIONS_IN_NAMES = frozenset({"and", "of", "for", "on", "&"})


class Grammar(Protocol):
    """The constructions of one language; `german.py` and its neighbours override the defaults."""

    # Words

    def even_signs(self, text: str) -> str:
        """A text of the same length in which a sign that may be written in several ways is one."""
        return text

    capitalises_nouns: bool = False
    """Every noun has a capital, so that a capital shows no proper name, and a head has one."""
    joins_compounds: bool = False
    """A head also counts as the last part of a longer word (Rohstoffkonferenz)."""
    hyphenates_heads: bool = True
    """A head also counts as the last part of a hyphenated word (Online-Forum)."""
    writes_ordinal_dots: bool = True
    """A dot behind a number makes it an ordinal (5. Mai) and ends no sentence."""

    glued_cases: str = r"(?!)"
    """Pattern of cases that may stand right behind the figures of a number (300дөн ашуун)."""
    number_endings: str = r"(?!)"
    """Endings that make a number in figures an ordinal, besides those of German, English, Russian;
    an expression.
    """

    stacks_numbers: bool = False
    """Numbers of several words stand beside each other, the larger one first (екі жүз елу)."""

    def number_forms(self, number: str) -> set[str]:
        """A number in words with the endings that hedges and counters give it (елуге жуық)."""
        return {number}

    def forms(self, phrase: str) -> set[str]:
        """The case and number forms of a noun phrase, case folded."""
        return {phrase.casefold()}

    def ordinal_stem(self, word: str) -> str:
        """An ordinal word without the ending that the vocabulary does not list."""
        return word

    tells_past_by_form: bool = True
    """`is_past` takes no participles for verbs (English: the planned)."""

    def is_past(self, word: str) -> bool:
        """Whether the form of a word shows a verb in the past; others stand in `past_verbs`."""
        return False

    def is_adjective(self, word: str) -> bool:
        """Whether a word may qualify the noun behind it by its form."""
        return False

    # Head nouns

    names_open_with_capital: bool = False
    """Only the first word of a name has a capital (Кобальтовый ужин), so that the head has none."""
    has_noun_adjuncts: bool = False
    """A noun may stand right before the noun that it qualifies (meeting participants)."""

    def noun_of_head(self, words: Sequence[str]) -> str:
        """The noun among the words of a head whose number is that of the event."""
        return words[-1]

    def is_plural(self, head: str, kind: str, left: Sequence[str] = ()) -> bool:
        """Whether a head, as written, stands for several events; `kind` as in HEAD_KINDS, `left`
        the words before it.

        By the Russian morphology, from which the languages without a module borrow such words. A
        weak head (переговоры) is one event.
        """
        if kind == "weak":
            return False
        numbers = _numbers(head, "NOUN")
        # мероприятия is also a genitive singular; следующие is not.
        told = _numbers(left[-1], "ADJF", "PRTF") if left else set()
        return numbers == {"plur"} or ("plur" in numbers and told == {"plur"})

    # Editions without a noun

    has_articles: bool = True
    """An edition told without its noun has an article (the next will be held)."""

    def agrees(self, article: str, word: str, noun: str, words: EventVocabulary) -> bool:
        """Whether a word without a noun may mean this one, by its gender."""
        return True

    # Noun phrases

    joins_in_names: tuple[str, ...] = ()
    """Determiners that may also join capitals inside a name."""
    prepositions_amid_names: frozenset[str] = frozenset()
    """Between capitals these may stand within a name."""
    parting_prepositions: frozenset[str] = frozenset()
    """Between small letters and a name in capitals these end the name on the left."""
    nouns_in_row_are_names: bool = False
    """Nouns that stand between an article and a head belong to its name (das Business Forum)."""
    drops_copula: bool = False
    """A dash or a particle stands between a label and what it tells (Өтетін орны – …)."""
    is_taught: bool = True
    """Trained models have learnt from its pages, so that their doubt and their houses count."""
    has_day_sentences: bool = False
    """Reports open with the day of the page as a sentence of its own."""
    has_cases_of_quotes: bool = False
    """The case of a name in quotes stands right behind them («Кен сарайы»нда)."""
    pairs_by_dash: bool = False
    """A dash stands between the two parties of an event (Қазақстан – Германия форумы)."""
    glues_numbers: bool = False
    """The number of an edition stands in one word with its head (17-отырысы)."""
    towns_open_bodies: bool = False
    """Names of bodies begin with the bare name of their town (Қарағанды университеті)."""
    has_letter_ordinals: bool = False
    """A single letter may be an ordinal (V форум)."""
    numbers_follow_heads: bool = False
    """The number of an edition stands behind the head, among what qualifies it."""

    def links(self, head: str) -> bool:
        """Whether a head, case folded, has an ending that links what follows to it."""
        return False

    def name_may_follow(self, head: str, behind: Sequence[str], words: EventVocabulary) -> bool:
        """Whether a name in quotes right behind a head is its own; `behind`: the next words."""
        return True

    def quoted_start(self, text: str, floor: int, start: int) -> int:
        """Where a phrase starts, with quoted words that stand right before it."""
        return start

    def is_owner(self, name: str) -> bool:
        """Whether a name before a head has the case of who holds what it names."""
        return False

    def names_by_quotes(self, text: str, span: tuple[int, int], words: EventVocabulary) -> bool:
        """Whether a span stands in the quotes of a house or a firm."""
        return False

    def quotes_house(self, text: str, end: int, words: EventVocabulary) -> bool:
        """Whether quotes that end there hold the name of a house (“X” үзэсгэлэнгийн төвд)."""
        return False

    def is_house(self, word: str, words: EventVocabulary) -> bool:
        """Whether a word is one for a house in the case of place."""
        return False

    def is_origin(self, place: str) -> bool:
        """Whether a place, as written with an ending, is where somebody comes from."""
        return False

    def is_goal(self, place: str) -> bool:
        """Whether a place, as written, is where somebody goes by its case."""
        return False

    def is_in_place(self, name: str) -> bool:
        """Whether the name of a body has the case of place."""
        return False

    def parts_names(self, place: str) -> bool:
        """Whether a place, as written, belongs to the verb and to no name behind it."""
        return False

    def subject_before(
        self, text: str, floor: int, end: int, words: EventVocabulary
    ) -> tuple[int, int] | None:
        """Where what a gathering is about stands, between `floor` and the `end` of it."""
        return None

    def company_of(
        self, text: str, name: tuple[int, int], bounds: tuple[int, int], words: EventVocabulary
    ) -> tuple[int, int]:
        """The span of a meeting's name within `bounds`, with whom it is with among it."""
        return name

    def is_series_comma(self, text: str, at: int) -> bool:
        """Whether a comma stands within a name."""
        return False

    def judge_left(
        self, text: str, words: EventVocabulary, *, inside: bool, joined: bool, foreign: bool
    ) -> Step:
        """The verdict on a word to the left of a head.

        `inside`: a word was taken already; `joined`: a word that joins stands between; `foreign`:
        the head is a word of another language, which German does not compound.
        """
        if not text[0].isalnum():
            return "wait" if text in ",:&" and inside else "stop"
        if text[0].isupper() or YEAR.match(text):
            return "take"
        if text.casefold() in _PREPOSITIONS_IN_NAMES:
            return "wait"
        stopped = text.endswith(("’s", "'s", "ly")) or not text[0].isalpha()
        return "stop" if stopped or words.name_stops.match(text) else "take"

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """The judge of the words to the right of a head; `linked`: the head ends in a link."""
        return TailReader(words, linked=linked)

    # Job titles

    def is_title(self, word: str, titles: frozenset[str], endings: tuple[str, ...]) -> bool:
        """Whether a word names a job; `endings`: those titles that may end a compound."""
        return last_part(word) in titles or word.casefold() in titles

    # Dates

    def is_paper_behind(self, text: str, papers: re.Pattern[str]) -> bool:
        """Whether a word behind a date says that a paper is of that day."""
        return False

    # Names of events and of their series

    marks_genitives: bool = True
    """The genitive behind a head has an article or preposition (Sitzung des Beirats)."""

    def nominative(self, name: str, words: EventVocabulary) -> str:
        """A name as one writes it alone."""
        return name

    def nominative_phrase(self, text: str, head: tuple[int, int], words: EventVocabulary) -> str:
        """A noun phrase as one writes it alone; `head` is the span of its head in it."""
        return text

    def nominative_title(self, title: str) -> str:
        """A job title as one writes it alone."""
        return title

    def skip_adjectives(self, text: str, start: int, end: int) -> int:
        """Where the name of a body starts behind adjectives that are no part of it."""
        return start

    # Job titles and bodies

    job_titles: type[JobTitleGrammar] = JobTitleGrammar
    """The constructions of job titles, made for the words of a language."""
    joins_bodies_by_case: bool = False
    """A body in a case stands right behind the one that it acts with (X Y-мен бірлесіп)."""
    capitals_show_bodies: bool = False
    """In a row with a body, a run of capitals is another one."""
    capitals_name_bodies: bool = True
    """Capitals behind the word for an organiser may be a body that no table knows."""
    has_bare_owners: bool = False
    """The body whose journey or gathering it is stands right behind its head, as a genitive."""

    def acts_at(self, head: str, verb: str, *, several: bool) -> bool:
        """Whether what stands between a head and a word is no owner of the event, but does at it
        what the word says; `several` bodies may.
        """
        return False

    def helps_something_else(self, before: str, cue: str, words: EventVocabulary) -> bool:
        """Whether a cue that somebody helps is said of what stands right `before` it, which is no
        event (a centre | financed by X).
        """
        return False

    def is_agent(self, opening: str) -> bool:
        """Whether the first word of a phrase around a body makes the body its agent."""
        return True

    # Places

    def houses(
        self, text: str, start: int, end: int, words: EventVocabulary
    ) -> Iterator[tuple[int, int]] | None:
        """Where houses stand in a span, in a language that shows them otherwise than by a
        preposition before them; None in one that does so.
        """
        return None

    def qualifies_house(self, behind: str, words: EventVocabulary) -> bool:
        """Whether the word behind a head is that for a house which the head only qualifies."""
        return False

    house_is_no_host: bool = False
    """A body in whose house an event is said to be is not its organiser for that."""

    def bare_house(self, name: str, words: EventVocabulary) -> str:
        """The name of a house as one writes it alone."""
        return name

    house_adjective: str = ""
    """Pattern of an adjective between a preposition and the house of an event."""
    hyphenates_quarters: bool = False
    """A hyphen joins the names of a town and its quarter (Berlin-Mitte)."""
    has_towns_in_job_titles: bool = False
    """The town right before a name belongs to the job title of that person."""

    def town_adjectives(self, town: str) -> tuple[str, ...]:
        """The adjectives of a town, without their ending, case folded."""
        return ()

    def towns_of_adjective(self, word: str) -> tuple[str, ...]:
        """Names of towns that an adjective may be of, for towns that are not listed one by one."""
        return ()

    def town_adjective(self, word: str) -> str:
        """A word as `town_adjectives` gives it; empty for a word that cannot be one."""
        return ""


def _numbers(word: str, *parts: str) -> set[str]:
    """The numbers in which a word may stand as one of these parts of speech."""
    found = (r.tag for r in readings(word.casefold()) if r.tag.POS in parts)
    return {tag.number for tag in found if tag.number}


def last_part(word: str) -> str:
    """The part of a word behind its last hyphen, case folded, ё as е."""
    return word.casefold().replace(YO, YE).rpartition("-")[2]


def inflect_last(phrase: str, endings: tuple[str, ...]) -> set[str]:
    """A phrase with each of the endings on its last word."""
    words = phrase.casefold().split()
    return {" ".join([*words[:-1], words[-1] + e]) for e in endings}


class DefaultGrammar(Grammar):
    """A language without a module of its own."""
