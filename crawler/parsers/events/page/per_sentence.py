"""What is made of the sentences of a page once, though several ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

Made = TypeVar("Made")


class PerSentence(Generic[Made]):
    """Holds it for one page at a time, and for what it is made `by` (a model), if by anything:
    another page, or another model, empties it.
    """

    def __init__(self) -> None:
        self._page: AnnotatedPage | None = None
        self._by: object = None
        self._made: dict[int, tuple[AnnotatedSentence, Made]] = {}
        """By the identity of the sentence, which is kept, so that no other one gets it."""

    def known(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, by: object = None
    ) -> Made | None:
        """What was made of it; None where nothing was."""
        if page is not self._page or by is not self._by:
            return None
        held = self._made.get(id(sentence))
        return None if held is None else held[1]

    def get(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        make: Callable[[], Made],
        by: object = None,
    ) -> Made:
        """The same, made now where nothing was."""
        if page is not self._page or by is not self._by:
            self._page, self._by, self._made = page, by, {}
        if id(sentence) not in self._made:
            self._made[id(sentence)] = sentence, make()
        return self._made[id(sentence)][1]
