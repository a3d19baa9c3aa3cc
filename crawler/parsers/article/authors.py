"""The authors of an article as markup states and the page shows them.

A byline that names persons comes first: in one of twenty-five pages markup names the account that
put the article online, or the site. Measured on the open part of the labelled pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler.parsers.article.author_names import AuthorNames
from crawler.parsers.article.author_strings import AuthorString
from crawler.parsers.article.blocks import words_of
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.shown_authors import ShownAuthors
from crawler.parsers.markup import ARTICLE_TYPES, Markup, MarkupValue, text_of, types_of

MOST = 12
"""Authors of one page."""
_META = (
    "author",
    "article:author",
    "article:author_name",
    "og:author",
    "og:article:author",
    "authors",
    "creator",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "byl",
)
_LABELS = {f"twitter:label{n}": f"twitter:data{n}" for n in (1, 2, 3)}
"""Label and value that a preview of the page is to show: `Written by`, `Jane Roe`."""


class AuthorReader:
    """Reads authors with the words of all languages."""

    def __init__(self, words: PageWords) -> None:
        self._words = words
        self._names = AuthorNames(words)
        self._shown = ShownAuthors(words, self._names)

    def read(
        self, markup: Markup, strings: Sequence[AuthorString], site: Sequence[str]
    ) -> tuple[str, ...]:
        """The authors; `site` holds names of the site, which is the author only where nobody else
        is.
        """
        head = [s for s in strings if s.place == "head"]
        foot = [s for s in strings if s.place == "foot"]
        written = self._shown.behind_byline(head)
        if self._are_persons(written):
            return _unique(written)
        stated = self._in_json_ld(markup) or self._in_meta(markup)
        own = {words_of(name) for name in site if name}
        of_site = all(words_of(name) in own for name in stated)
        shown = (
            written
            or self._shown.with_evidence(head, "marked")
            or self._shown.with_evidence(head, "named")
        )
        if stated and not of_site and not (self._are_persons(shown) > self._are_persons(stated)):
            return _unique(stated)
        return _unique(
            shown
            or self._shown.beside_date(head)
            or self._shown.behind_byline(foot)
            or self._behind_text(foot)
            or stated
            or self._bodies(markup)
        )

    def _behind_text(self, foot: Sequence[AuthorString]) -> list[str]:
        """The persons in the box of the author behind the text."""
        for evidence in ("marked", "named"):
            names = self._shown.with_evidence(foot, evidence)
            if self._are_persons(names):
                return names
        return []

    def _are_persons(self, names: Sequence[str]) -> bool:
        return bool(names) and all(map(self._names.is_person, names))

    def _read(self, values: Iterable[str]) -> list[str]:
        return [name for value in values for name in self._names.read(value)]

    def _in_json_ld(self, markup: Markup) -> list[str]:
        return self._read(n for e, n in _in_json_ld(markup) if not _is_organisation(e))

    def _bodies(self, markup: Markup) -> list[str]:
        values = (name for entry, name in _in_json_ld(markup) if _is_organisation(entry))
        return [name for value in values for name in self._names.read_whole(value)]

    def _in_meta(self, markup: Markup) -> list[str]:
        for name in _META:
            if found := self._read(markup.repeated.get(name, ())):
                return found
        for label, data in _LABELS.items():
            if self._words.start("byline", markup.meta.get(label, "")):
                return self._read([markup.meta.get(data, "")])
        return []


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:MOST]


def _in_json_ld(markup: Markup) -> Iterator[tuple[MarkupValue, str]]:
    """Entries and names of the authors of the first article that has any."""
    for node in markup.of_type(ARTICLE_TYPES):
        given = node.get("author") or node.get("creator")
        entries = [_resolve(e, markup) for e in (given if isinstance(given, list) else [given])]
        named = [(entry, name) for entry in entries if (name := text_of(entry))]
        if named:
            yield from named
            return


def _resolve(entry: MarkupValue, markup: Markup) -> MarkupValue:
    """The node that an entry refers to by its id."""
    if not isinstance(entry, dict) or entry.get("name") or not entry.get("@id"):
        return entry
    same = (n for n in markup.nodes if n.get("@id") == entry["@id"] and n.get("name"))
    return next(same, entry)


def _is_organisation(value: MarkupValue) -> bool:
    types = types_of(value) if isinstance(value, dict) else set()
    return "Person" not in types and any(
        name.endswith(("Organization", "Corporation", "Business")) for name in types
    )
