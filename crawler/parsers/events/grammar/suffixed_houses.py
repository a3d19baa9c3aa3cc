"""Houses of events in languages that put endings behind words: by the case of place of their head
(«X» қонақүйінде, X universitetida), in Tajik by what an ending links to it (дар Маркази «X»).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crawler.parsers.alternatives import either
from crawler.parsers.entities.folding import APOSTROPHES
from crawler.parsers.entities.grammar.suffixes import ARGUMENTS, PLACES, is_linked, noun_forms

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_TOKEN = re.compile(
    rf"(?:«[^«»\n]{{2,90}}»|[“„\"][^“”„\"\n]{{2,90}}[”“\"])(?:-?\w{{1,5}})?"
    rf"|[\w'{APOSTROPHES}-]+|[^\s\w]"
)
_QUOTED = re.compile(r"([«“„\"][^\n]*[»“”\"])-?(\w*)\Z")
_MOST_WORDS = 8
_MOST_LINKED = 5


def houses_by_case(
    text: str, start: int, end: int, words: EventVocabulary
) -> Iterator[tuple[int, int]]:
    """Where houses stand in the case of place, with the capitals or quotes before their head."""
    case = _case_of_place(words.lang)
    whole, heads = _forms_in_place(words)
    tokens = list(_TOKEN.finditer(text, start, end))
    for at, token in enumerate(tokens):
        quoted = _QUOTED.match(token.group())
        if quoted and case.fullmatch(quoted.group(2)):
            yield token.start(), token.start() + len(quoted.group(1))
        elif heads.keys() & {low := token.group().casefold(), low.rpartition("-")[2]}:
            two = at and f"{tokens[at - 1].group()} {token.group()}".casefold() in whole
            first = _first_of_house(tokens, at - 1 if two else at, words)
            if first is not None:
                yield tokens[first].start(), token.end()


def is_house(word: str, words: EventVocabulary) -> bool:
    """Whether a word is that for a house in the case of place."""
    return word.strip(",.").casefold() in _forms_in_place(words).last_words


def is_hall(word: str, words: EventVocabulary) -> bool:
    """Whether a word is that for a part of a house in the case of place."""
    head = _forms_in_place(words).last_words.get(word.strip(",.").casefold())
    return head in words.word_set("venue_parts")


def plain_house(name: str, words: EventVocabulary) -> str:
    """The name of a house whose head has the case of place alone, without it (төвд: төв)."""
    last = name.rpartition(" ")[2]
    head = _forms_in_place(words).last_words.get(last.casefold())
    return name[: -len(last)] + last[: len(head)] if head else name


class _Forms(NamedTuple):
    """The forms of heads, and their last words, each with the head or the last word of it."""

    whole: Mapping[str, str]
    last_words: Mapping[str, str]


def _forms_in_place(words: EventVocabulary) -> _Forms:
    return _forms(tuple(words.venue_heads), words.lang, _is_in_place)


def _is_in_place(form: str, language: str) -> bool:
    """Whether a form has the case of place."""
    return _case_of_place(language).search(form) is not None


@lru_cache(maxsize=16)
def _case_of_place(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{PLACES[language]})\Z")


@lru_cache(maxsize=32)
def _forms(heads: tuple[str, ...], language: str, is_wanted: Callable[[str, str], bool]) -> _Forms:
    """The forms of heads that are wanted: worked out once, as each sentence asks for them."""
    whole = {
        form: head.casefold()
        for head in heads
        for form in noun_forms(head, language)
        if is_wanted(form, language)
    }
    last = {form.rpartition(" ")[2]: head.rpartition(" ")[2] for form, head in whole.items()}
    return _Forms(whole, last)


@lru_cache(maxsize=16)
def _argument_of_verb(language: str) -> re.Pattern[str]:
    return re.compile(rf"[\w'-]{{3,}}(?:{ARGUMENTS[language]})\Z")


def _first_of_house(tokens: Sequence[re.Match[str]], at: int, words: EventVocabulary) -> int | None:
    """The first token of the house whose head is the token `at`; None where nothing names it."""
    argument = _argument_of_verb(words.lang)
    first: int | None = None
    for back in range(at - 1, max(-1, at - 1 - _MOST_WORDS), -1):
        token = tokens[back].group()
        if quoted := _QUOTED.match(token):
            return None if quoted.group(2) else back
        low = token.casefold()
        if not token[0].isalpha() or words.name_stops.match(low) or argument.match(low):
            break
        opens = token[0].isupper() or first is not None
        if opens and words.head_of(token):  # семинар | Геология университетінде
            break
        if token[0].isupper():
            first = back
    return first


def houses_by_link(
    text: str, start: int, end: int, words: EventVocabulary
) -> Iterator[tuple[int, int]]:
    """Where houses stand behind a preposition: a head, and what is linked to it, to the last
    capital or quotes.
    """
    before = either(map(str.casefold, words.venue_before))
    for opening in re.finditer(rf"(?<!\w)(?i:{before})\s", text[start:end]):
        tokens = list(_TOKEN.finditer(text, start + opening.end(), end))[: _MOST_LINKED + 2]
        house = _linked(tokens, words)
        if house is not None:
            yield house


def _linked(tokens: Sequence[re.Match[str]], words: EventVocabulary) -> tuple[int, int] | None:
    """The house that the first tokens name; a hall gives way to the house that it is in."""
    heads = _forms(tuple(words.venue_heads), words.lang, is_linked).whole
    if not tokens or tokens[0].group().casefold() not in heads:
        return None
    halls = heads.keys() & words.word_set("venue_parts")
    if len(tokens) > 1 and tokens[0].group().casefold() in halls and tokens[1].group()[0].isupper():
        tokens = tokens[1:]
    last = tokens[0] if tokens[0].group()[0].isupper() else None
    for token in tokens[1:]:
        word = token.group()
        if _QUOTED.match(word):
            return tokens[0].start(), token.end()
        if not word[0].isalpha() or words.name_stops.match(word.casefold()):
            break
        last = token if word[0].isupper() or last else last
        if not is_linked(word.casefold(), words.lang):
            break
    return (tokens[0].start(), last.end()) if last and last is not tokens[0] else None
