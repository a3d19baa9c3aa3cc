"""How likely each word of a page names an event: by itself, by the words beside it, and by what its
sentence tells. So what no list of heads or verbs has may be an event, too. Learned from labelled
mentions, nouns and verbs alike (likely_training.py).

What is known of words is kept as checksums, so that no list of words is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from zlib import crc32

from crawler.parsers.entities.tagger.word_clusters import place_of_word
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

LEAST = -2.5
"""Log odds from which on a word may be an event."""
_MOST_OF_PAGE, _MOST_OF_SENTENCE = 8, 2
_LIFT = 2.5
"""What the sentence of a word adds at most; other words are not asked for it."""
_WORD = re.compile(r"\w[\w-]*")
_SHORTEST = 3
"""Letters of a word that may be one."""
_ENDINGS, _BEGINNINGS = (2, 3, 4, 5, 7), (4, 6)
_BRANCHES, _BRANCHES_BESIDE = (4, 7, 10, 16), (6, 10)
"""So far down the tree of clusters words are told apart."""
_BESIDE = (-3, -2, -1, 1, 2, 3)
"""Places of the words beside one that are asked."""
_RARE = 4
"""Letters of a rare word beside one from which on its ending is asked."""
_NEAR, _FAR = 12, 40
"""Characters from a word to what stands right beside it, and near to it."""
_NOWHERE = 999
_OPENS = 1
"""Characters before the first word of a sentence."""
_LAST_INDEX = 6
"""Of sentences below the top of a page."""
_FIELDS = ("places", "countries", "persons", "organisations")
_NAMES = (*_FIELDS, "strategies", "programmes")
_OPENING_QUOTES = frozenset('«„“"‘‚')
_CUES = frozenset(
    {
        *("takes_place", "will_take_place", "body_meets", "organiser", "co_organiser"),
        *("participants", "theme", "travel", "receive", "not_events", "generic", "anniversary"),
        *("next_event", "follow_up_of", "container", "moved", "cancelled", "called", "led_by"),
    }
)
_KEPT_WORDS = 20_000


Places: TypeAlias = Mapping[str, Sequence[tuple[int, int]]]
"""Of what a sentence has, where each stands."""


class WordSpan(NamedTuple):
    """A word of a sentence and where it stands."""

    text: str
    start: int
    end: int


class LikelyWord(NamedTuple):
    """A word that may name an event."""

    odds: float
    """Natural logarithm of the odds that it does."""
    sentence: AnnotatedSentence
    word: WordSpan


class LikelyWords:
    """Finds likely words on pages of one language."""

    def __init__(self, weights: Mapping[str, float], lang: str) -> None:
        self._weights, self._lang = weights, lang
        self._own = crc32(f"{lang}:".encode())
        self._beside = [crc32(f"{lang}:{at}:".encode()) for at in _BESIDE]
        """Checksums of what the features of a word begin with."""
        self._of_word = lru_cache(_KEPT_WORDS)(self._judge_word)
        self._of_known = lru_cache(_KEPT_WORDS)(self._judge_known)

    def find(self, page: AnnotatedPage, candidates: Sequence[Candidate]) -> list[LikelyWord]:
        """The likeliest words apart from what is a candidate already, in the order of the page."""
        covered: dict[int, list[tuple[int, int]]] = {}
        for c in candidates:
            covered.setdefault(c.sentence.index, []).append((c.name.start, c.name.end))
        found: list[LikelyWord] = []
        for sentence in page.sentences:
            if sentence.zone != "contact":
                taken = covered.get(sentence.index, [])
                here = self._find_in(page, sentence, taken)
                found += sorted(here, key=_likeliest)[:_MOST_OF_SENTENCE]
        kept = sorted(found, key=_likeliest)[:_MOST_OF_PAGE]
        return sorted(kept, key=lambda one: (one.sentence.index, one.word.start))

    def _find_in(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, taken: list[tuple[int, int]]
    ) -> Iterator[LikelyWord]:
        words = words_of(page, sentence)
        judged = [self._of_word(word.text) for word in words]
        none = self._of_word("")
        taken = [*taken, *_named(sentence)]
        places: Places | None = None
        of_sentence = 0.0
        for at, word in enumerate(words):
            odds = judged[at][0]
            for place, beside in enumerate(_BESIDE, 1):
                other = at + beside
                odds += (judged[other] if 0 <= other < len(words) else none)[place]
            if odds < LEAST - _LIFT or not may_name(sentence, word, taken):
                continue
            if places is None:
                places = _places(sentence)
                of_sentence = sum(map(self._of_known, _told_by_sentence(sentence, places)))
            beside_it = _told_beside(page, sentence, word, places)
            odds += of_sentence + sum(map(self._of_known, beside_it))
            if odds > LEAST:
                yield LikelyWord(odds, sentence, word)

    def _judge_word(self, word: str) -> tuple[float, ...]:
        """What a word adds by itself, and in each place beside another one."""
        itself = [*map(str.encode, _known_of_word(word, self._lang))]
        own = self._sum(itself, self._own) if word else 0.0
        beside = [*map(str.encode, _known_beside(word, self._lang))]
        return (own, *[self._sum(beside, begun) for begun in self._beside])

    def _judge_known(self, known: str) -> float:
        features = circumstance_features(known, self._lang)
        return sum([self._weights.get(feature, 0.0) for feature in features])

    def _sum(self, known: Sequence[bytes], begun: int) -> float:
        """What is known of a word, together: a checksum goes on from what it begins with."""
        weight = self._weights.get
        return sum([weight(f"{crc32(one, begun):x}", 0.0) for one in known])


def _likeliest(one: LikelyWord) -> float:
    return -one.odds


def words_of(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[WordSpan]:
    """The words of a sentence."""
    found = _WORD.finditer(page.texts[sentence.part], sentence.start, sentence.end)
    return [WordSpan(m.group(), m.start(), m.end()) for m in found]


def _named(sentence: AnnotatedSentence) -> list[tuple[int, int]]:
    """Where names and dates of a sentence stand."""
    names = [(m.start, m.end) for m in sentence.of(*_NAMES)]
    return names + [(d.start, d.end) for d in sentence.dates]


def may_name(
    sentence: AnnotatedSentence, word: WordSpan, taken: Sequence[tuple[int, int]] | None = None
) -> bool:
    """Whether a word may name an event: no number, nor a word of a name, a place or a date."""
    if len(word.text) < _SHORTEST or word.text[0].isdigit() or word.start < sentence.dateline_end:
        return False
    taken = _named(sentence) if taken is None else taken
    return not any(start <= word.start < end for start, end in taken)


def features(
    page: AnnotatedPage, sentence: AnnotatedSentence, words: Sequence[WordSpan], at: int
) -> Iterator[str]:
    """All that is known of a word, as checksums: what the model learns from."""
    lang = page.vocabulary.lang
    yield from _own_again(words[at].text, lang)
    for place in _BESIDE:
        other = at + place
        text = words[other].text if 0 <= other < len(words) else ""
        yield from _beside_again(text, place, lang)
    places = _places(sentence)
    yield from (
        feature
        for known in (
            *_told_by_sentence(sentence, places),
            *_told_beside(page, sentence, words[at], places),
        )
        for feature in circumstance_features(known, lang)
    )


def own_features(word: str, lang: str) -> tuple[str, ...]:
    """What is known of a word as it is written."""
    return tuple(_checksum(f"{lang}:{one}") for one in _known_of_word(word, lang))


def _known_of_word(word: str, lang: str) -> list[str]:
    low = word.casefold()
    known = ["", f"word:{low}"]
    known += [f"{n}:{low[-n:]}" for n in _ENDINGS if len(low) >= n]
    known += [f"first:{low[:n]}" for n in _BEGINNINGS if len(low) > n]
    if "-" in low:
        known += ["hyphen", f"word:{low.rpartition('-')[2]}"]
    if word[:1].isupper():
        known.append("capital")
    if word.isupper():
        known.append("capitals")
    place = place_of_word(word, lang)
    if place is None:
        known.append("rare")
    else:
        known += [f"cluster {n}:{place & ((1 << n) - 1)}" for n in _BRANCHES]
    return known


def beside_features(word: str, at: int, lang: str) -> tuple[str, ...]:
    """What is known of a word in a place beside one; none stands there where it is empty."""
    return tuple(_checksum(f"{lang}:{at}:{one}") for one in _known_beside(word, lang))


def _known_beside(word: str, lang: str) -> list[str]:
    low = word.casefold()
    known = [low]
    if word[:1].isupper():
        known.append("capital")
    place = place_of_word(word, lang) if word else None
    if place is not None:
        known += [f"cluster {n}:{place & ((1 << n) - 1)}" for n in _BRANCHES_BESIDE]
    elif len(low) > _RARE:
        known.append(f"3:{low[-3:]}")
    return known


_own_again = lru_cache(_KEPT_WORDS)(own_features)
_beside_again = lru_cache(_KEPT_WORDS)(beside_features)
"""For who learns from all words of many pages; a reader keeps what each word adds alone."""


@lru_cache(_KEPT_WORDS)
def circumstance_features(known: str, lang: str) -> tuple[str, str]:
    """What is no word holds in each language, and a little otherwise."""
    return _checksum(f"={known}"), _checksum(f"={lang}:{known}")


def _checksum(known: str) -> str:
    return f"{crc32(known.encode()):x}"


def _places(sentence: AnnotatedSentence) -> Places:
    """Where days, months and names of a sentence stand, by what they are."""
    days = [d for d in sentence.dates if d.is_day and d.kind not in OPEN_KINDS]
    places = {
        "day": [(d.start, d.end) for d in days],
        "date": [(d.start, d.end) for d in sentence.dates if not d.is_day],
        **{f: [(m.start, m.end) for m in sentence.mentions.get(f, ())] for f in _FIELDS},
    }
    return {name: spans for name, spans in places.items() if spans}


def _told_by_sentence(sentence: AnnotatedSentence, places: Places) -> Iterator[str]:
    """What kind of sentence it is, and what it has."""
    yield f"zone:{sentence.zone}"
    yield f"index:{min(sentence.index, _LAST_INDEX)}"
    yield from (f"in:{name}" for name in places)
    yield from sorted({f"cue:{c.category}" for c in sentence.cues if c.category in _CUES})


def _told_beside(
    page: AnnotatedPage, sentence: AnnotatedSentence, word: WordSpan, places: Places
) -> Iterator[str]:
    """What stands near to a word."""
    for name, spans in places.items():
        behind = min((a - word.end for a, _ in spans if a >= word.end), default=_NOWHERE)
        before = min((word.start - b for _, b in spans if b <= word.start), default=_NOWHERE)
        for side, far in (("behind", behind), ("before", before)):
            if far <= _FAR:
                yield f"{'beside' if far <= _NEAR else 'near'}:{side}:{name}"
    for cue in sentence.cues:
        if cue.category in _CUES and cue.start <= word.start < cue.end:
            yield f"within:{cue.category}"
    masked = page.masked[sentence.part]
    if masked[word.start - 1 : word.start] in _OPENING_QUOTES:
        yield "quoted"
    mark = masked[word.end : word.end + 1]
    yield f"behind:{'_' if mark.isspace() else mark}"
    if word.start - sentence.start <= _OPENS:
        yield "opens"
