"""Editions that are told without a noun ("the next one will be held in May", „die zweite folgt im
Juni“, «следующая пройдёт в Оше»): their head is that of the gathering mentioned before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder

_BACK = 2
"""Sentences over which such a word goes back to its noun."""
_KINDS = frozenset({"gathering", "weak"})
_WORD = re.compile(r"\w[\w-]*")
_MARK_BEHIND = re.compile(r"\s?(?:[—–]|:)\s")
"""What stands in place of the verb (Следующая — 11 ноября; Die nächste: 4. Mai)."""
_LONGEST_MARK = 3


class EllipsisFinder:
    """Finds such words in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._words = vocabulary
        self._clauses = clauses
        verbs = vocabulary.ellipsis_verbs
        self._is_verb = lru_cache(maxsize=20_000)(lambda word: verbs.match(word) is not None)

    def find(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, earlier: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """The editions of a sentence with a time or a place behind them; `earlier` are the mentions
        of gatherings before it and in it.
        """
        told = [d.start for d in sentence.dates] + [m.start for m in sentence.of("places")]
        if not told or not earlier:
            return
        masked = page.masked[sentence.part]
        tokens = list(_WORD.finditer(masked, sentence.start, sentence.end))
        marked = _MARK_BEHIND.search(masked, sentence.start, sentence.end + _LONGEST_MARK)
        if not marked and not any(self._is_verb(token.group()) for token in tokens):
            return
        for place, token in enumerate(tokens):
            behind = self._end(masked, tokens, place)
            if behind is None or not self._is_edition(sentence, token):
                continue
            article = masked[sentence.start : token.start()].split()[-1:]
            meant = self._antecedent(sentence, earlier, token, article[0] if article else "")
            clause = self._clauses.find_around(masked, sentence, token.start())
            if _MARK_BEHIND.match(masked, behind):
                clause = (clause[0], sentence.end)
            if meant is None or not any(behind <= at < clause[1] for at in told):
                continue
            number = self._words.ordinal(token.group())
            name = NounPhrase(
                token.start(),
                behind,
                ordinal=number,
                ordinal_span=token.span() if number else None,
                left_words=(token.group(),),
            )
            yield Candidate(
                sentence,
                name,
                token.span(),
                meant.word,
                meant.kind,
                clause,
                stands_for=page.texts[meant.sentence.part][slice(*meant.head)],
            )

    def _end(self, masked: str, tokens: Sequence[re.Match[str]], place: int) -> int | None:
        """The end of the word, "one" included, where a verb, or a mark in its place, follows right
        behind it; else None.
        """
        end = tokens[place].end()
        if _MARK_BEHIND.match(masked, end):
            return end
        for token in tokens[place + 1 : place + 3]:
            if masked[end : token.start()].strip():
                return None
            if self._is_verb(token.group()):
                return end
            if token.group().casefold() not in self._words.ellipsis_nouns:
                return None
            end = token.end()
        return None

    def _is_edition(self, sentence: AnnotatedSentence, token: re.Match[str]) -> bool:
        """Whether a word is a number or one such as next and previous, and no part of a date."""
        if any(d.start <= token.start() < d.end for d in sentence.dates):
            return False
        cues = sentence.cue("next_event", "follow_up_of")
        turned = any(k.start == token.start() and k.end == token.end() for k in cues)
        return turned or (token.group().isalpha() and bool(self._words.ordinal(token.group())))

    def _antecedent(
        self,
        sentence: AnnotatedSentence,
        earlier: Sequence[Candidate],
        token: re.Match[str],
        article: str,
    ) -> Candidate | None:
        """The last gathering before, whose gender agrees; None where the word has no article."""
        grammar = self._words.grammar
        if grammar.has_articles and article.casefold() not in self._words.ellipsis_articles:
            return None
        for c in reversed(earlier):
            apart = sentence.index - c.sentence.index
            if apart > _BACK:
                return None
            before = apart > 0 or c.head[1] <= token.start()
            if c.kind in _KINDS and before and c.sentence.part == sentence.part:
                agrees = grammar.agrees(article, token.group(), c.word, self._words)
                return c if agrees else None
        return None
