"""Bodies in Tajik, whose heads open a name (Вазорати саноат); an ending links what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.grammar.suffixes import is_linked
from crawler.parsers.entities.organisations.rules import (
    BY_HEAD,
    BY_LEGAL_FORM,
    organisation_match,
)
from crawler.parsers.entities.organisations.suffixed_words import (
    FORM,
    HEAD,
    MOST_CAPITALS,
    MOST_WORDS,
    TOKEN,
    WORD,
    SuffixedOrganisations,
    is_quoted,
)
from crawler.parsers.entities.spans import EntityMatch


class EzafeOrganisations(SuffixedOrganisations):
    """Bodies whose head opens their name; an ending links what follows (Агентии омор)."""

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies in the order of the text, firms in quotes alone behind them."""
        found = list(self._find(text))
        yield from found
        yield from self._named_again(text, found)

    def _find(self, text: str) -> Iterator[EntityMatch]:
        for line in re.finditer(r"[^\n]+", text):
            tokens = list(TOKEN.finditer(text, *line.span()))
            for at, token in enumerate(tokens[:-1]):
                behind = tokens[at + 1]
                if token.group() in self._legal_forms and is_quoted(behind.group()):
                    yield organisation_match(text, token.start(), behind.end(), BY_LEGAL_FORM, FORM)
                elif fold(token.group()) in self._kinds:
                    for start, end in self._behind_kind(tokens, at):
                        yield organisation_match(text, start, end, BY_HEAD, HEAD)
                elif token.group()[0].isupper() and self._links(token.group()):
                    last = self._end(tokens, at)
                    if last is not None:
                        yield self._named(text, token.start(), last, BY_HEAD, HEAD)

    def _behind_kind(self, tokens: Sequence[re.Match[str]], at: int) -> Iterator[tuple[int, int]]:
        """Names in quotes behind a word for firms, adjectives between them."""
        for token in tokens[at + 1 : at + 1 + MOST_CAPITALS]:
            word = token.group()
            if is_quoted(word):
                yield token.span()
            elif fold(word) not in self._joiners and not is_linked(word, self._language):
                return

    def _may_be_bare(self, bare: str) -> bool:
        """A name closes with any word: the ending counts behind one that is no head."""
        return True

    def _links(self, word: str) -> bool:
        low = fold(word)
        return low in self._heads and is_linked(low, self._language)

    def _end(self, tokens: Sequence[re.Match[str]], at: int) -> int | None:
        """Where the name ends whose head is the token `at`; None where nothing follows it."""
        end: int | None = None
        is_open, is_joined = True, False
        for token in tokens[at + 1 : at + 1 + MOST_WORDS]:
            word = token.group()
            if is_quoted(word) and is_open:
                return token.end()
            low = fold(word)
            if low in self._joiners and end is not None:
                is_open = is_joined = True
                continue
            if is_joined and low in self._posts:
                break  # Институти X ва | мутахассиси олмонӣ
            is_joined = False
            if not WORD.match(word) or low in self._stops or not is_open:
                break
            if word in self._legal_forms:
                break
            if word[0].isupper() and low in self._heads:
                break
            end, is_open = token.end(), is_linked(low, self._language)
        return end
