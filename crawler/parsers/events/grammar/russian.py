"""The constructions of Russian."""

from __future__ import annotations

from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.events.grammar.base import Grammar


class RussianGrammar(Grammar):
    """Russian: six cases, adjectives that agree with their noun, chains of genitives."""

    # Words

    hyphenates_heads = False

    def forms(self, phrase: str) -> set[str]:
        """All case forms of a noun phrase; its words agree in number and case."""
        words = phrase.casefold().split()
        variants = [_lexeme(w) for w in words]
        if len(words) == 1:
            return {form for form, _ in variants[0]} | {words[0]}
        tags = {tag for _, tag in variants[-1]} & {tag for _, tag in variants[0]}
        joined = {phrase.casefold()}
        for tag in tags:
            parts = [next((f for f, t in v if t == tag), None) for v in variants]
            if all(parts):
                joined.add(" ".join(p for p in parts if p))
        return joined


def _lexeme(word: str) -> list[tuple[str, tuple[str | None, str | None]]]:
    """Forms of a word with number and case; of a hyphenated word the last part is inflected."""
    stem, dash, last = word.rpartition("-")
    parses = readings(last)
    chosen = next(
        (p for p in parses if p.tag.case == "nomn" and p.tag.POS in ("NOUN", "ADJF")), None
    )
    if chosen is None:
        return [(word, ("sing", "nomn"))]
    return [(stem + dash + f.word, (f.tag.number, f.tag.case)) for f in chosen.lexeme if f.tag.case]
