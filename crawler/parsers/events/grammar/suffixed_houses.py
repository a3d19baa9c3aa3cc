"""Houses of events in languages that put endings behind words: by the case of place of their head
(«X» қонақүйінде, X universitetida), in Tajik by what an ending links to it (дар Маркази «X»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

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
    language = words.lang
    place = re.compile(rf"(?:{PLACES[language]})\Z")
    whole = _place_forms(tuple(words.venue_heads), language)
    heads = frozenset(form.rpartition(" ")[2] for form in whole)
    tokens = list(_TOKEN.finditer(text, start, end))
    for at, token in enumerate(tokens):
        quoted = _QUOTED.match(token.group())
        if quoted and place.fullmatch(quoted.group(2)):
            yield token.start(), token.start() + len(quoted.group(1))
        elif token.group().casefold() in heads:
            two = at and f"{tokens[at - 1].group()} {token.group()}".casefold() in whole
            first = _first_of_house(tokens, at - 1 if two else at, words)
            if first is not None:
                yield tokens[first].start(), token.end()


def is_house(word: str, words: EventVocabulary) -> bool:
    """Whether a word is that for a house in the case of place."""
    low = word.strip(",.").casefold()
    forms = _place_forms(tuple(words.venue_heads), words.lang)
    return low in forms or any(form.endswith(f" {low}") for form in forms)


@lru_cache(maxsize=16)
def _place_forms(heads: tuple[str, ...], language: str) -> frozenset[str]:
    """The heads in the case of place."""
    place = re.compile(rf"\w*(?:{PLACES[language]})\Z")
    forms = (form for head in heads for form in noun_forms(head, language))
    return frozenset(form for form in forms if place.search(form))


def _first_of_house(tokens: Sequence[re.Match[str]], at: int, words: EventVocabulary) -> int | None:
    """The first token of the house whose head is the token `at`; None where nothing names it."""
    argument = re.compile(rf"[\w'-]{{3,}}(?:{ARGUMENTS[words.lang]})\Z")
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
    heads = _linked_forms(tuple(words.venue_heads), words.lang)
    if not tokens or tokens[0].group().casefold() not in heads:
        return None
    halls = heads & frozenset(map(str.casefold, words.phrases("venue_parts")))
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


@lru_cache(maxsize=16)
def _linked_forms(heads: tuple[str, ...], language: str) -> frozenset[str]:
    forms = (form for head in heads for form in noun_forms(head, language))
    return frozenset(form for form in forms if is_linked(form, language))
