"""What is made of sentences once."""

from __future__ import annotations

from typing import cast

from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.per_sentence import PerSentence

PAGE, OTHER = cast("AnnotatedPage", object()), cast("AnnotatedPage", object())
SENTENCE = cast("AnnotatedSentence", object())


def test_it_is_made_once_for_a_page_and_by_one_model() -> None:
    per, made = PerSentence[int](), iter(range(9))
    assert per.known(PAGE, SENTENCE) is None
    assert [per.get(PAGE, SENTENCE, lambda: next(made)) for _ in range(2)] == [0, 0]
    assert per.known(PAGE, SENTENCE) == 0
    assert per.known(OTHER, SENTENCE) is per.known(PAGE, SENTENCE, "model") is None
    assert per.get(OTHER, SENTENCE, lambda: next(made)) == 1
    assert per.known(PAGE, SENTENCE) is None
    assert per.get(OTHER, SENTENCE, lambda: next(made), "model") == 2
    assert per.get(OTHER, SENTENCE, lambda: next(made), "other model") == 3
