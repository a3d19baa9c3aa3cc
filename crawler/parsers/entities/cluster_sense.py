"""Whether a "cluster" is one of companies: not of computers, infections or stars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import sentence_around

_BESIDE = 30
"""Characters left and right in which a word of another sense decides against the sentence."""


class ClusterSense:
    """The words of all languages that distinguish the senses."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._senses: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}
        words = []
        for code in languages:
            senses = cues(languages, code).get("cluster_senses")
            if senses:
                words.append(senses["word"])
                self._senses[code] = (
                    re.compile(senses["economic"], re.IGNORECASE),
                    re.compile(senses["other"], re.IGNORECASE),
                )

        self.word = re.compile(literal(words, any_case=True), re.IGNORECASE)
        """The word in any language."""

    def economic_cluster(self, text: str, start: int, end: int, lang: str | None) -> bool:
        """Whether the word at this place means companies of a branch: true unless something else is
        shown.
        """
        senses = [self._senses[lang]] if lang in self._senses else list(self._senses.values())
        beside = text[max(0, start - _BESIDE) : end + _BESIDE]
        sentence = sentence_around(text, start, end)
        if any(other.search(beside) for _, other in senses):
            return False
        if any(economic.search(sentence) for economic, _ in senses):
            return True
        return not any(other.search(sentence) for _, other in senses)
