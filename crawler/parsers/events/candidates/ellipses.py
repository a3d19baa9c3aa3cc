"""Editions that are told without a noun ("the next one will be held in May", „die zweite folgt im
Juni“, «следующая пройдёт в Оше»): their head is that of the gathering mentioned before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.function_words import BEFORE_DATES, SESSIONS
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
_LABEL = re.compile(r"\s?:\s")
"""Behind a word that opens its line (Next: 11 July)."""
_ASIDE = re.compile(rf",\s(?:(?:{BEFORE_DATES})\s)?(?:the\s)?")
"""Before a time or place that explains the word (the previous one, in November, was full)."""
_SESSION = re.compile(SESSIONS)
_EARLY = 4
"""Sentences from the top that say of which session minutes are."""


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
        aside = {m.start() for m in _ASIDE.finditer(masked, *_span(sentence)) if m.end() in told}
        verb = marked or any(self._is_verb(token.group()) for token in tokens)
        if not verb and not aside:
            return
        for place, token in enumerate(tokens):
            behind = self._end(masked, tokens, place, aside)
            if behind is None or not self._is_edition(sentence, token):
                continue
            article = masked[sentence.start : token.start()].split()[-1:]
            meant = self._antecedent(page, sentence, earlier, token, article[0] if article else "")
            clause = self._clauses.find_around(masked, sentence, token.start())
            if behind in aside or _MARK_BEHIND.match(masked, behind):
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

    def _end(
        self,
        masked: str,
        tokens: Sequence[re.Match[str]],
        place: int,
        aside: Collection[int],
    ) -> int | None:
        """The end of the word, "one" included, where a verb, or a mark in its place, or a time or
        place between commas (`aside`) follows right behind it; else None.
        """
        end = tokens[place].end()
        if end in aside or _MARK_BEHIND.match(masked, end):
            return end
        for token in tokens[place + 1 : place + 3]:
            if masked[end : token.start()].strip():
                return None
            if self._is_verb(token.group()):
                return end
            if token.group().casefold() not in self._words.ellipsis_nouns:
                return None
            end = token.end()
            if end in aside:
                return end
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
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        earlier: Sequence[Candidate],
        token: re.Match[str],
        article: str,
    ) -> Candidate | None:
        """The last gathering before, whose gender agrees; None where the word has no article."""
        grammar, masked = self._words.grammar, page.masked[sentence.part]
        labels = not article and _LABEL.match(masked, token.end()) is not None
        known = article.casefold() in self._words.ellipsis_articles
        if grammar.has_articles and not (known or labels):
            return None
        for c in reversed(earlier):
            apart = sentence.index - c.sentence.index
            if apart > _BACK:
                break
            before = apart > 0 or c.head[1] <= token.start()
            if c.kind in _KINDS and before and c.sentence.part == sentence.part:
                agrees = grammar.agrees(article, token.group(), c.word, self._words)
                return c if agrees else None
        return self._session_of_minutes(sentence, earlier, token, article)

    def _session_of_minutes(
        self,
        sentence: AnnotatedSentence,
        earlier: Sequence[Candidate],
        token: re.Match[str],
        article: str,
    ) -> Candidate | None:
        """The session that the top of the page names, where a sentence opens with the next one."""
        turned = any(k.start == token.start() for k in sentence.cue("next_event"))
        first = next((c for c in earlier if c.kind in _KINDS), None)
        if not turned or article.isalpha() or first is None or first.sentence.index > _EARLY:
            return None
        agrees = self._words.grammar.agrees(article, token.group(), first.word, self._words)
        return first if agrees and _SESSION.fullmatch(first.word) else None


def _span(sentence: AnnotatedSentence) -> tuple[int, int]:
    return sentence.start, sentence.end
