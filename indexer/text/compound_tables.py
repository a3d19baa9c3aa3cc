"""What the tables and the key `compounds` of config/languages say about compounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from indexer.records.reference import Reference
from indexer.text import compounds, russian_compounds
from indexer.text.compounds import CompoundSplitter
from indexer.text.folding import fold
from indexer.text.russian_compounds import RussianCompounds
from indexer.text.words import WORD
from indexer.text.words_apart import WordsApart


def _lists(reference: Reference, lang: str) -> Mapping[str, Any]:
    """Key `compounds` of a language."""
    found: Mapping[str, Any] = reference.languages.get(lang, {}).get("compounds", {})
    return found


@lru_cache(maxsize=2)
def words_apart(reference: Reference) -> dict[str, WordsApart]:
    """Language → what finds its words that are also written as one."""
    of_languages = {lang: _lists(reference, lang) for lang in reference.languages}
    return {
        lang: WordsApart(lang, lists, lists.get("forms", {}))
        for lang, lists in of_languages.items()
        if lists
    }


@lru_cache(maxsize=2)
def russian_splitter(reference: Reference) -> RussianCompounds:
    """What splits Russian compounds."""
    lists = _lists(reference, russian_compounds.LANGUAGE)
    return RussianCompounds(
        lists.get("telling", ()), lists.get("linking", ()), lists.get("forms", {})
    )


@lru_cache(maxsize=2)
def german_splitter(reference: Reference) -> CompoundSplitter:
    """What splits German compounds: words of the list, of the tables, and names of places."""
    lists = _lists(reference, compounds.LANGUAGE)
    never = {fold(word) for word in lists.get("no_parts", ())}
    table_words = {
        word
        for table in (reference.commodities, reference.organisations, reference.strategies)
        for entry in table.values()
        for name in entry.names.get(compounds.LANGUAGE, ())
        for word in WORD.findall(name)
        if word[:1].isupper() and not word.isupper() and fold(word) not in never
    }
    place_words = {
        name
        for place in reference.places.values()
        for name in place.names.get(compounds.LANGUAGE, ())
        if len(name) > 4 and name.isalpha() and fold(name) not in never
    }
    return CompoundSplitter(
        {*lists.get("parts", ()), *table_words, *place_words},
        lists.get("whole", ()),
        lists.get("linking", ()),
        lists.get("telling", ()),
    )
