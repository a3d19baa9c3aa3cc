"""German tails: prepositions with nouns and their adjectives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.phrases.marks import CAPITALIZED_WORD, Tail, tail_by


def german_tail(
    prepositions: Iterable[str],
    stops: Collection[str],
    heads: str,
    most: int,
    further: Iterable[str] = (),
) -> Tail:
    """Tails like `für Industrie und Bau der Republik X`.

    `heads`: an expression of words that start a new name after `und`. `further`: prepositions that
    may open up to three more phrases behind these.
    """
    stop = rf"(?!(?:{'|'.join(map(re.escape, stops))})\b)"
    adjective = rf"{stop}[a-zäöüß-]+(?:e|er|es|en|em)[^\S\n]+"
    noun = rf"(?!{heads}\b)(?:[A-ZÄÖÜ][\w-]*-(?:[^\S\n]+(?:und|oder)[^\S\n]+))?{CAPITALIZED_WORD}"
    adjective = rf"(?:{adjective}|[A-ZÄÖÜ][a-zäöüß-]+(?:e|er|es|en|em)[^\S\n]+(?=[A-ZÄÖÜ]))"
    last_word = rf"[^\S\n]+{CAPITALIZED_WORD}(?=[^\S\n]*(?:\(|$|[,.]))"
    phrase = rf"(?:{adjective}){{0,2}}{noun}(?:{last_word}){{0,1}}"
    comma = r",[^\S\n]+(?=[^.;:\n]{3,60}[^\S\n]und[^\S\n])"
    chain = rf"{phrase}(?:(?:{comma}|[^\S\n]+und[^\S\n]+){phrase}){{0,4}}"
    starts = any_of(map(re.escape, prepositions))
    later = any_of(map(re.escape, further))
    phrases = rf"[^\S\n]+(?:(?:der|die|das|den|dem)[^\S\n]+)?{chain}"
    tail = re.compile(
        rf"(?:[^\S\n]+{starts}{phrases}){{1,{most}}}(?:[^\S\n]+{later}{phrases}){{0,3}}"
    )
    return tail_by(tail)
