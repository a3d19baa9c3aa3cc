"""What is said of raw materials, in all languages: Lithiumförderung, lithium mining, добыча лития.

The key `search` of config/languages has for each language what can be said (`acts`: mining, price,
deposit …), general words beside the names of raw materials (`materials`), and the words that may
stand between the two (`between`). Ids say which words of several languages mean the same; a word
may stand in several lists.

A query with a name of a raw material and such a word next to each other, or a compound of the two,
is also answered by a page that says the same as a phrase or a compound of its language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.query.compiled import TokenSequence
from indexer.query.concepts import Concepts
from indexer.query.glossary import WITH_COMPOUNDS, Glossary, Surfaces
from indexer.records.reference import Reference
from indexer.text import compounds
from indexer.text.analysis import Analyzer, stem_tokens
from indexer.text.folding import surfaces_of
from indexer.text.words_apart import APART

LONGEST = 4
"""Words of a name, or of what is said of it, that are looked up."""
_MATERIAL = "commodity"


class Phrase(NamedTuple):
    """Raw materials and what is said of them, by their ids: a word may mean several."""

    materials: frozenset[str]
    acts: frozenset[str]


class MaterialPhrases:
    """Finds them in queries, and says them in every language."""

    def __init__(self, reference: Reference, analyzer: Analyzer, concepts: Concepts) -> None:
        self._analyzer = analyzer
        self._materials, self._acts = Glossary(analyzer), Glossary(analyzer)
        self._between: dict[str, list[Surfaces]] = {}
        for lang, text, identity in concepts.texts_of(_MATERIAL):
            self._materials.add(identity, lang, text)
        for lang, words in reference.languages.items():
            self._add_words(lang, words.get("search", {}))
        self.said = lru_cache(maxsize=1000)(self._said)

    def _add_words(self, lang: str, words: dict[str, Any]) -> None:
        self._between[lang] = [surfaces_of(word) for word in words.get("between", ())]
        for glossary, key in ((self._acts, "acts"), (self._materials, "materials")):
            glossary.add_all(lang, words.get(key, {}))

    def of_compound(self, surfaces: Surfaces) -> Phrase | None:
        """What a compound or hyphenated word of a query says."""
        parts = self._analyzer.parts(surfaces)
        for end in range(1, len(parts)):
            found = _phrase(self._materials.of_parts(parts[:end]), self._acts.of_parts(parts[end:]))
            if found:
                return found
        return None

    def of_words(
        self, words: Sequence[Surfaces], binds: Sequence[bool]
    ) -> tuple[int, Phrase] | None:
        """What adjacent words of a query say that begin with the first one, and how many they are;
        the longest. `binds`: which of them only bind others.
        """
        for length in range(min(len(words), 2 * LONGEST), 1, -1):
            for end in range(1, length):
                after = end + 1 if binds[end] and end + 1 < length else end
                first, last = _joined(words[:end]), _joined(words[after:length])
                if max(len(first), len(last)) > LONGEST:
                    continue
                found = _phrase(self._materials.of_words(first), self._acts.of_words(last))
                found = found or _phrase(self._materials.of_words(last), self._acts.of_words(first))
                if found:
                    return length, found
        return None

    def _said(self, phrase: Phrase) -> tuple[TokenSequence, ...]:
        """A phrase as each language says it."""
        materials, acts = self._materials.texts, self._acts.texts
        return tuple(
            dict.fromkeys(
                tokens
                for lang in acts.keys() & materials.keys()
                for identity in sorted(phrase.materials)
                for act_id in sorted(phrase.acts)
                for name in materials[lang].get(identity, ())
                for act in acts[lang].get(act_id, ())
                for tokens in self._pair(lang, materials[lang][identity], name, act)
            )
        )

    def _pair(
        self, lang: str, names: Sequence[Surfaces], name: Surfaces, act: Surfaces
    ) -> Iterator[TokenSequence]:
        """One of the names of a raw material and what is said of it, as phrases and as a compound;
        without phrases that shorter ones, with another name of its, find too: coal mining finds
        thermal coal mining, mining of copper finds mining of copper ore.
        """
        if lang in WITH_COMPOUNDS and len(name) == len(act) == 1:
            compound = self._materials.part(name[0]) + self._acts.part(act[0])
            yield from (TokenSequence("parts", (t,)) for t in (compound, APART + compound))
        if lang == compounds.LANGUAGE and len(name) == 1:
            return  # what stands apart is among the parts
        shorter = [other for other in names if len(other) < len(name)]
        if not any(name[-len(other) :] == other for other in shorter):
            yield TokenSequence("stem", stem_tokens(name + act, lang))
        if not any(name[: len(other)] == other for other in shorter):
            between = ((), *self._between[lang])
            yield from (TokenSequence("stem", stem_tokens(act + w + name, lang)) for w in between)


def _phrase(materials: frozenset[str], acts: frozenset[str]) -> Phrase | None:
    return Phrase(materials, acts) if materials and acts else None


def _joined(words: Iterable[Surfaces]) -> Surfaces:
    return tuple(surface for surfaces in words for surface in surfaces)
