"""The authors of a page, chosen among all that it names where authors stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import lxml.html

from crawler.parsers.article.authorship.author_choice import Choose, choose_authors
from crawler.parsers.article.authorship.marks import AuthorMark
from crawler.parsers.article.authorship.measures import NameMeasures, Setting, best
from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.authorship.shown_marks import ShownMarks
from crawler.parsers.article.authorship.stated_marks import stated_marks
from crawler.parsers.article.authorship.strings import read_author_strings
from crawler.parsers.article.body import Body
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.elements import Elements
from crawler.parsers.markup import Markup


@dataclass(frozen=True, slots=True)
class AuthorSource:
    """What authors are read from."""

    elements: Elements
    body: Body
    behind_heading: int
    """Index of the block behind the title's heading."""
    heading: lxml.html.HtmlElement | None
    host: str
    markup: Markup
    setting: Setting
    last_line: str = ""
    """Of the text."""


class AuthorReader:
    """Reads authors with the words of all languages."""

    def __init__(self, words: PageWords, choose: Choose = choose_authors) -> None:
        self._words = words
        self._names = AuthorNames(words)
        self._shown = ShownMarks(words, self._names)
        self._measures = NameMeasures(words, self._names)
        self._choose = choose

    def read(self, source: AuthorSource) -> tuple[str, ...]:
        """The authors in the order of the page's best source; empty where it names none."""
        marks = self._marks(source)
        if not marks:
            return ()
        chosen = self._choose(marks, partial(self._measures.measure, setting=source.setting))
        chosen = chosen or self._desks(marks)
        return tuple(best([mark for mark in marks if mark.key == key]).name for key in chosen)

    def is_person(self, line: str) -> bool:
        """Whether a line is a person with a known first name, one with an office, or names some
        behind byline words.
        """
        named = self._names.unlabelled(line)
        if named == line:
            return self._shown.is_signature(line)
        found = self._names.read_start(named)
        return bool(found) and all(map(self._names.is_known_person, found))

    def closes(self, line: str) -> bool:
        """Whether a line says where and when a text was written, and by whom; or the last, and who
        took the picture.
        """
        return self._shown.closes(line)

    def _desks(self, marks: Sequence[AuthorMark]) -> list[str]:
        """Key of the newsroom or press office that an element for the author names at the headline
        or that signs; trees take it for the site, which is no author.
        """
        named = (
            mark.key
            for mark in marks
            if mark.source == "signed" or (mark.source == "marked" and mark.place["head"])
            if self._names.is_desk(mark.name)
        )
        return [*named][:1]

    def _is_of_system(self, mark: AuthorMark, generator: list[str]) -> bool:
        is_called_so = bool(generator) and mark.key.split()[:1] == generator
        return is_called_so and not self._names.is_known_person(mark.name)

    def _marks(self, source: AuthorSource) -> Sequence[AuthorMark]:
        """Of all names, those that the page states first; not its system's or the firm's behind it
        (`generator`: eZ Publish, author: eZ Systems); people are called like systems, too (Hugo).
        """
        strings = read_author_strings(
            source.elements, source.body, source.behind_heading, source.host, self._words
        )
        stated = stated_marks(source.markup, source.elements, self._names, self._words)
        generator = (source.markup.first_meta("generator") or "").casefold().split()[:1]
        return [
            *(m for m in stated if not self._is_of_system(m, generator)),
            *self._shown.read(strings, source.heading, source.last_line),
            # A site called by a person is that person's, who does not speak of themselves by name,
            # as the pages of a firm do that is called by its founder.
            *(
                AuthorMark(n, "owner")
                for n in source.setting.site
                if self._names.is_known_person(n) and n not in source.setting.text
            ),
        ]
