"""What the part taggers know of each word of a sentence: what the tagger of bodies knows of a word,
and beside that the names, days and cue phrases of the sentence, words of job titles, and how far
the persons before and behind it are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.tagger.features import TokenFeatures, what_is_known
from crawler.parsers.entities.tagger.model_features import ModelFeatures
from crawler.parsers.entities.tagger.models import TaggerModel
from crawler.parsers.entities.tagger.tokens import Token, tokens_between
from crawler.parsers.entities.tagger.word_clusters import WordClusters
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.per_sentence import PerSentence

_KEPT_WORDS = 5_000
_SHARED_WORDS = 500
"""Words of which each model asks the same: more than a page's sentences with events have."""
_FAR = 8
"""Words to a person from which on it is far away."""


class SentenceWords(NamedTuple):
    """The words and marks of a sentence, and for each of them what stands there, and how far the
    persons before and behind it are.
    """

    tokens: Sequence[Token]
    found: Sequence[Sequence[str]] = ()
    persons: Sequence[Sequence[str]] = ()


class SentenceFeatures:
    """Makes the features of the words of sentences in one language.

    `is_job_title` tells the words that name a job title.
    """

    def __init__(
        self,
        languages: Mapping[str, Mapping[str, Any]],
        language: str,
        is_job_title: Callable[[str], bool],
    ) -> None:
        self._languages = languages
        self._language = language
        self._is_job_title = is_job_title
        self._words: TokenFeatures | None = None
        self._known_words: dict[int, ModelFeatures] = {}
        """By the identity of what the file of a model says."""
        self._read = PerSentence[SentenceWords]()
        """Most sentences are tagged for several parts."""

    def of(
        self, sentence: AnnotatedSentence, tokens: Sequence[Token], clusters: WordClusters
    ) -> list[list[str]]:
        """The features of each token of a sentence; `clusters` are those of the language, the same
        for each.
        """
        if not tokens:
            return []
        rows = self._features(clusters).of(tokens, Spans(self._known(sentence, tokens)))
        places = _places_to_persons(sentence, tokens)
        return [[*row, *place] for row, place in zip(rows, places, strict=True)]

    def words(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> SentenceWords:
        """The words of a sentence, read once for all taggers."""
        return self._read.get(page, sentence, lambda: self._read_words(page, sentence))

    def _read_words(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> SentenceWords:
        tokens = tokens_between(page.texts[sentence.part], sentence.start, sentence.end)
        if not tokens:
            return SentenceWords(())
        found = what_is_known(tokens, Spans(self._known(sentence, tokens)))
        return SentenceWords(tokens, found, _places_to_persons(sentence, tokens))

    def known_to(
        self, model: TaggerModel, sentence: SentenceWords, *, always: bool = False
    ) -> list[list[bytes]] | None:
        """Those of the features that a model knows; None where they leave no room for a span,
        unless they are wanted `always`.
        """
        if not sentence.tokens:
            return None
        words = self._known_words.get(id(model.content))
        if words is None:
            features = self._features(model.clusters)
            words = ModelFeatures(features, model.content, _KEPT_WORDS)
            self._known_words[id(model.content)] = words
        known = words.look_at(*sentence)
        wanted = always or words.may_hold_span(words.gains(known))
        return words.rows(known) if wanted else None

    def _features(self, clusters: WordClusters) -> TokenFeatures:
        if self._words is None:
            self._words = TokenFeatures(self._languages, self._language, clusters, _SHARED_WORDS)
        return self._words

    def _known(self, sentence: AnnotatedSentence, tokens: Sequence[Token]) -> Iterator[EntityMatch]:
        """What stands in the sentence."""
        for field, mentions in sentence.mentions.items():
            for m in mentions:
                yield _known_there(field, m.start, m.end, m.extractor)
        for date in sentence.dates:
            yield _known_there("date", date.start, date.end, date.kind)
        for cue in sentence.cues:
            yield _known_there("cue", cue.start, cue.end, cue.category)
        for token in tokens:
            if token.text[0].isalpha() and self._is_job_title(token.text):
                yield _known_there("job title", token.start, token.end)


def _known_there(kind: str, start: int, end: int, rule: str = "") -> EntityMatch:
    return EntityMatch(kind, start, end, "", 0.0, rule)


def _places_to_persons(sentence: AnnotatedSentence, tokens: Sequence[Token]) -> list[list[str]]:
    """For each token how many words away the last person before it is and the next one behind it,
    and the marks on the way.
    """
    persons = sentence.of("persons")
    before = _before_tokens(tokens, [person.end for person in persons])
    behind = _behind_tokens(tokens, [person.start for person in persons])
    return [[*left, *right] for left, right in zip(before, behind, strict=True)]


def _before_tokens(tokens: Sequence[Token], ends: Sequence[int]) -> Iterator[list[str]]:
    passed, away, first, comma = 0, -1, "", False
    for token in tokens:
        while passed < len(ends) and ends[passed] <= token.start:
            passed, away, first, comma = passed + 1, 0, "", False
        if away < 0:
            yield ["pl=-"]
            continue
        yield [f"pl={min(away, _FAR)}", f"plc={first}{'|,' if comma else ''}"]
        if away == 0:
            first = "w" if token.text[0].isalnum() else token.text
        else:
            comma = comma or token.text == ","
        away += 1


def _behind_tokens(tokens: Sequence[Token], starts: Sequence[int]) -> list[list[str]]:
    ahead, away, comma = len(starts), -1, False
    made: list[list[str]] = []
    for token in reversed(tokens):
        while ahead and starts[ahead - 1] >= token.end:
            ahead, away, comma = ahead - 1, 0, False
        if away < 0:
            made.append(["pr=-"])
            continue
        made.append([f"pr={min(away, _FAR)}", f"prc={'|,' if comma else ''}"])
        comma = comma or token.text == ","
        away += 1
    return made[::-1]
