"""Whether a page is told as a reporter does, and not as a press office does.

A press office names the event, its day and its host in the first sentence, in long words; a
reporter begins with a scene or a quote and names it later, by a plain noun. What speaks for an
event there is less than models ask for that have mostly learnt from press offices, and as surely
right: so less is asked for, and the gate has it among its measures. How a page tells is seen by its
letters alone (long words, numbers, capitals, commas, long sentences), which no list of words is
needed for. Such measures part kinds of texts since Kessler, Nunberg and Schütze, Automatic
detection of text genre, 1997.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from crawler.parsers.events.candidates.measures import is_general
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.telling_model import read_telling

ALONE = 1.0
"""By how much lower log odds may be on such a page where it would be the only event."""
BESIDE = 0.5
"""The same of further events."""
OF_VALUES: Mapping[str, float] = {
    **dict.fromkeys(("persons", "person_review", "countries"), 0.6),
    "participants": 0.5,
    "venues": 0.8,
}
"""The same of values, by the stage that chooses them. Half and whole log odds more or less were
tried, on hands that had taught these models nothing (docs/experiments.md).
"""
FEWEST = 60
"""Words of a text from which on its letters tell."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)")


def is_reported(page: AnnotatedPage) -> bool:
    """Whether a reporter tells it, as a trained model says. One of another language than it has
    learnt, or too short, is taken for a press office's; so is one that names nothing of the field,
    where as little is no sign of an event.
    """
    if is_general(page):
        return False
    model = read_telling()
    measures = measure_telling(page.draft.text, page.vocabulary.lang)
    if model is None or measures is None or lang_measure(page.vocabulary.lang) not in model.weights:
        return False
    return model.log_odds(measures) > model.threshold


@lru_cache(4)  # each page is asked several times
def measure_telling(text: str, lang: str) -> Mapping[str, float] | None:
    """The measures of a text: means by word, but for the language; None if it is too short."""
    words = _WORD.findall(text)
    if len(words) < FEWEST:
        return None
    number = len(words)
    return {
        lang_measure(lang): 1.0,
        "letters": sum(map(len, words)) / number - 6,
        "capitals": 10 * sum(word[0].isupper() for word in words) / number,
        "digits": 10 * sum(map(str.isdigit, text)) / number,
        "commas": 10 * text.count(",") / number,
        "sentence": number / 10 / max(1, len(_SENTENCE_END.findall(text))),
    }


def lang_measure(lang: str) -> str:
    """The measure that tells the language."""
    return f"lang.{lang}"
