"""Measures of the names on a page, by which its authors are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.parsers.article.authorship.marks import AuthorMark, name_key
from crawler.parsers.article.authorship.names import MAX_WORDS, AuthorNames
from crawler.parsers.article.authorship.ruled import ruled
from crawler.parsers.article.page_words import PageWords

STATED = (
    *(f"json-ld.{sort}.{kind}" for sort in ("article", "page") for kind in ("person", "plain")),
    *("json-ld.article.body", "json-ld.page.body"),
    *("meta.author", "meta.article", "meta.preview", "meta.tracker", "meta.creator"),
    *("json-ld.person", "json-ld.other.person", "json-ld.other.plain", "json-ld.other.body"),
    "script",
    "owner",
)
"""What can state a name for programs, the best first."""
SHOWN = ("byline", "marked", "named", "signed", "beside", "alone")
"""What can show it, the best first."""
SOURCES = (*STATED, *SHOWN)
_MOST = 3
_PLACE = (
    *(f"name.{name}" for name in ("author", "byline", "name", "bio", "meta")),
    *(f"name.{name}" for name in ("image", "other", "entry", "social")),
    *("own.author", "own.name", "rel", "itemprop", "link", "tag.heading", "tag.list"),
    *("tag.figure", "tag.article", "boxed", "head", "foot", "distance", "away", "by", "by.before"),
    *("worked", "more", "office", "office.behind", "date", "date.before", "date.behind"),
    *("published", "reading", "rest", "alike"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What else is known of the page."""

    site: Sequence[str] = ()
    """What the site is called."""
    title: str = ""
    text: str = ""


class NameMeasures:
    """Measures names with the words of all languages."""

    def __init__(self, words: PageWords, names: AuthorNames) -> None:
        self._words = words
        self._names = names

    def measure(self, marks: Sequence[AuthorMark], setting: Setting) -> dict[str, dict[str, float]]:
        """Key of a name → its measures, the same for all."""
        by_key: defaultdict[str, list[AuthorMark]] = defaultdict(list)
        for mark in marks:
            if mark.key:
                by_key[mark.key].append(mark)
        sources = {mark.source for mark in marks}
        page = {f"page.{name}": float(name in sources) for name in SOURCES}
        page["page.names"] = min(30, len(by_key))
        is_person = {key: self._names.is_person(best(found).name) for key, found in by_key.items()}
        page["page.persons"] = min(30, sum(is_person.values()))
        top = _top(marks)
        rules = ruled(marks, setting.site, self._names.is_person)
        measured = {}
        for key, found in by_key.items():
            measures = page | _measure_sources(found)
            measures |= self._measure_name(key, found, setting)
            measures |= _measure_others(key, by_key, is_person)
            lists = [mark.listed for mark in found if mark.listed]
            measures["among.persons"] = any(all(map(self._names.is_person, each)) for each in lists)
            measures["ruled"] = key in rules
            measures["ruled.names"] = len(rules)
            measures["top"] = key in top
            measures["top.names"] = len(top)
            measures["top.persons"] = sum(is_person[each] for each in top)
            measured[key] = measures | _measure_places([m for m in found if m.place])
        return measured

    def _measure_name(
        self, key: str, marks: Sequence[AuthorMark], setting: Setting
    ) -> dict[str, float]:
        name = best(marks).name
        pieces, own = key.split(), {name_key(each) for each in setting.site} - {""}
        together = key.replace(" ", "")
        return {
            "words": min(MAX_WORDS, len(pieces)),
            "characters": len(name),
            "person": self._names.is_person(name),
            "known": self._words.is_first_name(pieces[0]),
            "role": bool(self._words.find("office", name)),
            "small": name[0].islower(),
            "capitals": len(name) > 1 and name.isupper(),
            "digits": any(map(str.isdigit, name)),
            "initial": any(len(piece) == 1 for piece in pieces),
            "latin": name[0].isascii(),
            "site": key in own or together in {each.replace(" ", "") for each in own},
            "site.part": any(key in each or each in key for each in own),
            "site.inside": any(together in each.replace(" ", "") for each in own),
            "in.title": key in name_key(setting.title),
            "in.text": min(_MOST, setting.text.count(name)),
        }


def best(marks: Sequence[AuthorMark]) -> AuthorMark:
    """Of places of one name the one that writes it best: not in capitals, from a good source."""
    return min(marks, key=lambda m: (m.name.isupper(), m.name.islower(), SOURCES.index(m.source)))


def _top(marks: Sequence[AuthorMark]) -> set[str]:
    """The names of the best source that the page has."""
    first = min((SOURCES.index(mark.source) for mark in marks), default=0)
    return {mark.key for mark in marks if mark.source == SOURCES[first] and mark.key}


def _measure_sources(marks: Sequence[AuthorMark]) -> dict[str, float]:
    counts = Counter(mark.source for mark in marks)
    measures: dict[str, float] = {f"said.{name}": min(_MOST, counts[name]) for name in SOURCES}
    measures["sources"] = len(counts)
    measures["stated"] = sum(name in counts for name in STATED)
    measures["order"] = min(mark.order for mark in marks)
    measures["listed"] = max(len(mark.listed) for mark in marks)
    return measures


def _measure_others(
    key: str, by_key: Mapping[str, Sequence[AuthorMark]], is_person: Mapping[str, bool]
) -> dict[str, float]:
    """How the name is to the others: part of one, behind others of the same source."""
    own = set(key.split())
    holding = [other for other in by_key if other != key and own < set(other.split())]
    parts = [other for other in by_key if other != key and own > set(other.split())]
    sources = {mark.source for mark in by_key[key]}
    better = [
        other
        for other, marks in by_key.items()
        if other != key and is_person[other] and sources & {m.source for m in marks}
    ]
    return {
        "part": len(holding),
        "part.person": any(is_person[other] for other in holding),
        "whole": len(parts),
        "persons.beside": min(10, len(better)),
    }


def _measure_places(marks: Sequence[AuthorMark]) -> dict[str, float]:
    """Of the best of places that show the name, and of all."""
    if not marks:
        measures = {f"best.{name}": -1.0 for name in _PLACE}
        return (
            measures
            | dict.fromkeys(("any.by", "any.head", "any.foot", "any.more"), -1.0)
            | {
                "least.alike": -1,
                "any.worked": -1,
                "shown": 0,
            }
        )
    nearest = min(
        marks,
        key=lambda m: (
            SHOWN.index(m.source),
            m.place["worked"],
            m.place["boxed"],
            not m.place["head"],
            m.place["away"],
        ),
    )
    return {f"best.{name}": float(nearest.place[name]) for name in _PLACE} | {
        "any.by": any(m.place["by"] or m.place["by.before"] for m in marks),
        "any.head": any(m.place["head"] for m in marks),
        "any.foot": any(m.place["foot"] for m in marks),
        "any.more": any(m.place["more"] for m in marks),
        "any.worked": any(m.place["worked"] for m in marks),
        "least.alike": min(m.place["alike"] for m in marks),
        "shown": min(10, len(marks)),
    }
