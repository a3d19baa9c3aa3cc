"""The authors that rules name: a byline of persons, else markup, else what the page shows.

A byline that names persons comes first: in one of twenty-five pages markup names the account that
put the article online, or the site. Trees take what the rules say as one of their measures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crawler.parsers.article.authorship.marks import AuthorMark, name_key

_STATED = (
    ("json-ld.article.person", "json-ld.article.plain"),
    ("meta.author",),
    ("meta.article",),
    ("meta.creator",),
    ("meta.tracker",),
    ("meta.preview",),
)
"""Sources that state authors, the best first; of several in a group both count."""
_EVIDENCE = ("marked", "named")


def ruled(
    marks: Sequence[AuthorMark], site: Sequence[str], is_person: Callable[[str], bool]
) -> set[str]:
    """Keys of the authors; `site` holds names of the site, which is the author only where nobody
    else is.
    """

    def are_persons(names: Sequence[str]) -> bool:
        return bool(names) and all(map(is_person, names))

    head = [mark for mark in marks if mark.place and mark.place["head"]]
    foot = [mark for mark in marks if mark.place and mark.place["foot"]]
    written = _byline(head)
    if are_persons(written):
        return _keys(written)
    stated = next(filter(None, (_of(marks, sources) for sources in _STATED)), [])
    own = {name_key(name) for name in site}
    shown = written or next(filter(None, (_evident(head, e, is_person) for e in _EVIDENCE)), [])
    preferred = are_persons(shown) and not are_persons(stated)
    if stated and not _keys(stated) <= own and not preferred:
        return _keys(stated)
    boxes = (_evident(foot, evidence, is_person) for evidence in _EVIDENCE)
    return _keys(
        shown
        or _of(head, ("beside",))[:1]
        or _byline(foot)
        or _of(foot, ("signed",))
        or next(filter(are_persons, boxes), [])
        or stated
        or _of(marks, ("json-ld.article.body",))
    )


def _byline(marks: Sequence[AuthorMark]) -> list[str]:
    """The names of the first byline, unless others who worked on the article stand before it."""
    for mark in marks:
        if mark.place["worked"]:
            break
        if mark.source == "byline":
            return list(mark.listed or (mark.name,))
    return []


def _of(marks: Sequence[AuthorMark], sources: Sequence[str]) -> list[str]:
    return [mark.name for mark in marks if mark.source in sources]


def _evident(
    marks: Sequence[AuthorMark], evidence: str, is_person: Callable[[str], bool]
) -> list[str]:
    """The persons in elements of such evidence; else what the first such element holds."""
    found = [m for m in marks if m.source == evidence and not m.place["worked"]]
    persons = [m.name for m in found if is_person(m.name)]
    whole = [m.name for m in found if not m.place["rest"] and not m.place["office"]]
    return persons or whole[:1]


def _keys(names: Sequence[str]) -> set[str]:
    return set(map(name_key, names)) - {""}
