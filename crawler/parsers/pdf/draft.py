"""Title, lines above it, and text of a PDF press release."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.parsers.pdf.boilerplate import drop_boilerplate
from crawler.parsers.pdf.lines import MAX_PAGES, read_lines
from crawler.parsers.pdf.paragraphs import Joiner, Paragraph, body_size

_LARGER = 1.12
"""Size of a heading in that of the text."""
_TITLE = 300
"""Characters of a title at most."""
_TITLE_WORDS = 3
"""Fewer make a letterhead or a label, where there is anything else."""
_HEAD = 12
"""Paragraphs at the top of the first page among which the title is."""
_HEAD_LINE = 160
"""Characters of a paragraph above the title; where one is longer, what stands there is text."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|pptx?|rtf|odt|xlsx?|pages)\b|^(?:Microsoft|Adobe)\b|_", re.IGNORECASE
)


class PdfWords:
    """Words of `config/languages` (key `pages`) that count on the pages of a PDF."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        def words_under(key: str) -> frozenset[str]:
            return frozenset(
                str(word).casefold()
                for language in languages.values()
                for word in language.get("pages", {}).get(key, ())
            )

        self._labels = words_under("release_label")
        self._after_hyphen = words_under("suspended_hyphen")

    def after_hyphen(self, word: str) -> bool:
        """Whether a hyphen before the word stands for a part left out: "Roh- und Baustoffe"."""
        return word.casefold() in self._after_hyphen

    def is_label(self, text: str) -> bool:
        """Whether a line only says that this is a press release, with its number or not."""
        words = [word.casefold() for word in _WORD.findall(text)]
        labels = {word for label in self._labels for word in label.split()}
        rest = [word for word in words if word not in labels]
        return len(rest) < len(words) and len(rest) <= 1


@dataclass(frozen=True, slots=True)
class PdfDraft:
    """What a file says of itself."""

    title: str | None
    byline: str
    """Lines above the title: letterhead, number, place and date."""
    text: str
    created: str
    """Date of the file's making as its properties say, `D:20260304101500+01'00'`; may be empty."""
    long: bool
    """It has more pages than are read: a study, no press release."""


class PdfReader:
    """Reads PDF files."""

    def __init__(self, words: PdfWords) -> None:
        self._words = words

    def read(self, body: bytes) -> PdfDraft:
        """Raises ParseError with reason `too-large`, `encrypted`, `broken-pdf` or `no-text`."""
        file = read_lines(body)
        lines = drop_boilerplate(file)
        paragraphs = Joiner(lines, self._words.after_hyphen).paragraphs()
        own_title = file.title if _is_title(file.title) else None
        index = self._title(paragraphs, body_size(lines), own_title)
        title = own_title if index is None else paragraphs[index].text
        above, text = _split_at_title(paragraphs, index)
        return PdfDraft(
            title,
            "\n".join(p.text for p in above),
            "\n\n".join(p.text for p in text),
            file.created,
            file.pages > MAX_PAGES,
        )

    def _title(
        self, paragraphs: Sequence[Paragraph], usual: float, own_title: str | None
    ) -> int | None:
        """Which paragraph is the title: the one in the properties, else the largest at the top."""
        first = [i for i, p in enumerate(paragraphs[:_HEAD]) if p.page == paragraphs[0].page]
        if own_title is not None:
            same = [i for i in first if _same(paragraphs[i].text, own_title)]
            if same:
                return same[0]
        headings = [i for i in first if self._is_heading(paragraphs[i], usual)]
        worded = [i for i in headings if _words(paragraphs[i].text) >= _TITLE_WORDS]
        chosen = worded or headings
        if not chosen or (len(paragraphs) == 1):
            return None
        # Of two equally large ones the first.
        return max(chosen, key=lambda i: (round(paragraphs[i].size), -i))

    def _is_heading(self, paragraph: Paragraph, usual: float) -> bool:
        return (
            (paragraph.bold or paragraph.size > _LARGER * usual)
            and len(paragraph.text) <= _TITLE
            and _words(paragraph.text) > 0
            and not self._words.is_label(paragraph.text)
        )


def _split_at_title(
    paragraphs: Sequence[Paragraph], title: int | None
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """What stands above the title, and the text; the title is in neither."""
    if title is None:
        return (), paragraphs
    above, below = paragraphs[:title], paragraphs[title + 1 :]
    if all(len(p.text) <= _HEAD_LINE for p in above):
        return above, below
    return (), [*above, *below]


def _is_title(text: str) -> bool:
    return _words(text) >= _TITLE_WORDS and len(text) <= _TITLE and _FILE_NAME.search(text) is None


def _same(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())


def _words(text: str) -> int:
    return len(_WORD.findall(text))
