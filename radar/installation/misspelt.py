"""Words of watches that are probably misspelt: such a watch is well-formed, and never tells
anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from indexer.alerts.watches import Watch
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest
from radar.configuration.queries import words_in
from search_api.ports import SearchStore
from search_api.suggestions.vocabulary import Vocabulary

MANY = 10
"""Pages from which on a word is no slip itself, and would have been met beside its likes."""


def misspelt_words(
    watches: Sequence[Watch], store: SearchStore, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, str]]:
    """Id of a watch, a word that no page has, and the one that is written much like it which many
    have. A word that names something is none, however rare (Niger beside Nigeria). StoreUnavailable
    as for a search.
    """

    @cache
    def pages(word: str) -> int | None:
        try:
            return store.search(SearchRequest(query=word, limit=1, marked=False)).total
        except QueryError:  # a word that is no query by itself
            return None

    @cache
    def meant(word: str) -> str | None:
        if pages(word) != 0 or vocabulary.knows(word):
            return None
        return next((w for w in vocabulary.similar(word) if (pages(w) or 0) >= MANY), None)

    for watch in watches:
        for word in words_in(watch.query):
            other = meant(word)
            if other is not None:
                yield watch.id, word, other
