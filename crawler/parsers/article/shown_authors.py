"""The authors that a page shows: behind byline words, in elements for them, beside its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from crawler.parsers.article.author_names import GROUPS, AuthorNames
from crawler.parsers.article.author_strings import AuthorString, Evidence
from crawler.parsers.article.page_words import PageWords

_MAX_LABEL = 40
"""Characters before a byline word: a date, a label."""
_MAX_DATE = 60
"""Characters of a date line."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}(?!\d)")
_EDGES = " ,:–—-|•·"


class ShownAuthors:
    """Reads the strings around a text."""

    def __init__(self, words: PageWords, names: AuthorNames) -> None:
        self._words = words
        self._names = names

    def behind_byline(self, strings: Sequence[AuthorString]) -> list[str]:
        """Names behind the first byline word: `Published on 9 June 2015 by Jane Roe`."""
        for index, string in enumerate(strings):
            if self._words.start("worked_on_by", string.text):
                break
            for piece in GROUPS.split(string.text):
                found = self._words.find("byline", piece)
                if found is None or not self._is_label(piece[: found.start()]):
                    continue
                rest = self._names.unlabelled(piece[found.start() :])
                names = self._in_row(rest, string.evidence, strings[index + 1 :])
                if names:
                    return names
        return []

    def with_evidence(self, strings: Sequence[AuthorString], evidence: Evidence) -> list[str]:
        """Persons in the elements with such evidence, up to those who worked on the article
        otherwise; else what the first such element holds, where that is one string.
        """
        persons: list[str] = []
        whole: list[str] = []
        for holder, group in groupby(strings, key=lambda string: string.holder):
            texts = [s.text for s in group if holder is None or s.evidence == evidence]
            if any(self._words.start("worked_on_by", text) for text in texts):
                break
            if holder is None:
                if persons:
                    break
                continue
            texts = [t for text in texts if (t := self._names.unlabelled(text).strip(_EDGES))]
            persons.extend(self._persons(texts, behind=bool(persons)))
            if not whole and len(texts) == 1 and self._is_whole_name(texts[0]):
                whole = self._names.read(texts[0])
        return persons or whole

    def beside_date(self, strings: Sequence[AuthorString]) -> list[str]:
        """A person in a string with or beside a date, told by a known first name."""
        texts = ["", *(s.text for s in strings), ""]
        for before, text, behind in zip(texts, texts[1:], texts[2:], strict=False):
            name = self._names.shortened(text).strip(_EDGES)
            if not self._names.is_known_person(name):
                continue
            rest = text.strip(_EDGES)[len(name) :]
            if _YEAR.search(rest) or (not rest and (_is_date(before) or _is_date(behind))):
                return [name]
        return []

    def _is_whole_name(self, text: str) -> bool:
        return self._names.shortened(text) == text and not self._words.find("office", text)

    def _persons(self, texts: Sequence[str], *, behind: bool) -> Iterator[str]:
        """Those before an office: what stands behind it is the employer."""
        for text in texts:
            names = self._names.read_start(text)
            found = [name for name in names if self._names.is_person(name)]
            yield from found
            behind = behind or bool(found)
            if behind and self._words.find("office", text):
                return

    def _in_row(self, text: str, evidence: Evidence, strings: Sequence[AuthorString]) -> list[str]:
        """Names in strings that follow each other, as long as commas or "and" join them."""
        found: list[str] = []
        joined = True
        for shown, proven in [(text, evidence), *((s.text, s.evidence) for s in strings)]:
            if self._is_joiner(shown):
                joined = True
                continue
            if not joined and not self._begins_joined(shown):
                break
            names = [
                name
                for name in self._names.read_start(self._names.unlabelled(shown))
                if proven or not name[0].islower()
            ]
            if not names or (found and not all(map(self._names.is_person, names))):
                break
            found.extend(names)
            joined = self._ends_joined(shown)
        return found

    def _is_label(self, before: str) -> bool:
        """What stands before a byline word: nothing, a date, "Published"; no part of a sentence."""
        if not before.strip(_EDGES):
            return True
        if len(before) > _MAX_LABEL:
            return False
        return any(map(str.isdigit, before)) or bool(self._words.start("published", before))

    def _is_joiner(self, text: str) -> bool:
        bare = text.strip(_EDGES + ";&/")
        return not bare or (" " not in bare and bool(self._words.start("name_joiner", bare)))

    def _begins_joined(self, text: str) -> bool:
        return text[0] in ",&" or bool(self._words.start("name_joiner", text))

    def _ends_joined(self, text: str) -> bool:
        last = text.rsplit(maxsplit=1)[-1]
        return text[-1] in ",&" or bool(last.islower() and self._words.start("name_joiner", last))


def _is_date(text: str) -> bool:
    return len(text) <= _MAX_DATE and bool(_YEAR.search(text))
