"""Decides whether two pages describe the same event. Pure.

In doubt it decides that they do not: merging two events is the worse mistake.

Within a language the name decides, between languages what needs none: edition, days, town, series
and concepts of the tables, and proper words that both write alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.events.facts import EventFacts
from indexer.events.name_meanings import other_subject, same_subject
from indexer.query.days import Days

ALIKE = 0.6
"""Share of common words from which two names count as one; "Workshop Lithium" and "Workshop Kupfer"
have 1/3.
"""

_SURNAME = 4
"""Letters from which on the end of a surname tells it."""

_SOFT = re.compile("[aeiouhy]")
"""Letters that languages put otherwise, or leave out."""

LONGEST_DELAY = 400
"""Days: a session that is put off is held within a year or so."""

REASONS = (
    "same series, number and days",
    "same series and number",
    "same name, date and place",
    "same name, former date and place",
    "same name and date",
    "same name and former date",
    "same number, time and town",
    "same number, day and town",
    "same series, day and town",
    "same subject, day and town",
    "same proper word, day and town",
    "same organiser, day and town",
    "same person, day and town",
    "same words, day and town",
)
"""All that `same_event` says; the interface has each in its languages."""


def same_event(one: EventFacts, other: EventFacts) -> str | None:
    """Why both are the same event, in a few words; None if they are not, or that is unclear."""
    if contradict(one, other):
        return None
    return _by_number(one, other) or _by_time(one, other)


def same_place(one: EventFacts, other: EventFacts) -> bool | None:
    """Whether the towns are one; if a page names none, the countries. None: not known."""
    if one.city and other.city:
        if one.geonameid and other.geonameid:
            return one.geonameid == other.geonameid
        return one.city.casefold() == other.city.casefold()
    if one.country and other.country:
        return one.country == other.country
    return None


def names_alike(one: EventFacts, other: EventFacts) -> bool:
    """Whether the names have so much in common, beyond the kind of event, that they are one.

    Neither alone has a word that the other would need: ministers of energy and of transport are
    two.
    """
    ours, theirs = set(one.particular), set(other.particular)
    if not ours or not theirs or not (ours <= theirs or theirs <= ours):
        return False
    all_ours, all_theirs = set(one.stems), set(other.stems)
    return len(all_ours & all_theirs) >= ALIKE * len(all_ours | all_theirs)


def names_equal(one: EventFacts, other: EventFacts) -> bool:
    """Whether the names are the same words, be it only the kind of event."""
    return bool(one.stems) and set(one.stems) == set(other.stems)


def overlap(one: Days | None, other: Days | None) -> bool:
    """Whether the intervals have a day in common."""
    return bool(one and other and one[0] <= other[1] and other[0] <= one[1])


def successors(before: Sequence[EventFacts], after: Sequence[EventFacts]) -> dict[int, int]:
    """Which events of a page's new reading are which ones of its last: index → index before.

    The surest pairs first; a date alone joins only what is the one event of both readings.
    """
    free = list(range(len(before)))
    found: dict[int, int] = {}
    for rule in (_unchanged, _same_edition, _same_name):
        for index, fact in enumerate(after):
            if index in found:
                continue
            twin = next((i for i in free if rule(before[i], fact)), None)
            if twin is not None:
                found[index] = twin
                free.remove(twin)
    if not found and len(before) == len(after) == 1 and _goes_on(before[0], after[0]):
        return {0: 0}
    return found


def _unchanged(old: EventFacts, new: EventFacts) -> bool:
    same = old.name == new.name and old.start == new.start
    return same and not _other_edition(old, new)


def _same_edition(old: EventFacts, new: EventFacts) -> bool:
    return new.ordinal is not None and old.ordinal == new.ordinal and _series_alike(old, new)


def _same_name(old: EventFacts, new: EventFacts) -> bool:
    return not _other_edition(old, new) and (names_equal(old, new) or names_alike(old, new))


def _goes_on(old: EventFacts, new: EventFacts) -> bool:
    """Called otherwise now, but on the days that it had, or moved from them."""
    days = (new.days, *new.former)
    return not _other_edition(old, new) and any(overlap(old.days, d) for d in days)


def contradict(one: EventFacts, other: EventFacts) -> bool:
    """Whether both can't be one event: another edition, year or country, or another subject."""
    elsewhere = bool(one.country and other.country and one.country != other.country)
    return elsewhere or _other_edition(one, other) or _on_another_subject(one, other)


def _on_another_subject(one: EventFacts, other: EventFacts) -> bool:
    """Names that say different things; number and person together weigh more, for translations are
    free.
    """
    if not other_subject(one.meanings, other.meanings):
        return False
    numbered = one.ordinal is not None and one.ordinal == other.ordinal
    return not (numbered and _share_person(one.persons, other.persons))


def _other_edition(one: EventFacts, other: EventFacts) -> bool:
    """Another number, another year or another part of a whole."""
    return (
        _differ(one.ordinal, other.ordinal)
        or bool(one.years and other.years and not set(one.years) & set(other.years))
        or bool(one.numbers and other.numbers and one.numbers != other.numbers)
    )


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _by_number(one: EventFacts, other: EventFacts) -> str | None:
    """Series and edition, wherever in a year; what was moved may have another town."""
    if one.ordinal is None or one.ordinal != other.ordinal or not _series_alike(one, other):
        return None
    place = same_place(one, other)
    moved = "moved" in (one.status, other.status)
    if place is False and not moved:
        return None
    if overlap(one.days, other.days):
        return "same series, number and days"
    known = one.days is not None and other.days is not None
    if known and _gap(one.days, other.days) > LONGEST_DELAY:
        return None
    # "Working group" alone may be any; several words or a table's series are one.
    particular = one.series == other.series and (" " in (one.series or "") or place is True)
    return "same series and number" if particular or (moved and place is not False) else None


def _series_alike(one: EventFacts, other: EventFacts) -> bool:
    if not one.series or not other.series:
        return False
    ours, theirs = set(one.series.split()), set(other.series.split())
    return ours == theirs or (len(ours & theirs) >= 2 and (ours <= theirs or theirs <= ours))


def _gap(one: Days | None, other: Days | None) -> int:
    if one is None or other is None:
        return 0
    return max(one[0] - other[1], other[0] - one[1], 0)


def _by_time(one: EventFacts, other: EventFacts) -> str | None:
    """Days and place in common, and a name or what stands for one."""
    former = any(overlap(days, other.days) for days in one.former) or any(
        overlap(days, one.days) for days in other.former
    )
    if not former and not overlap(one.days, other.days):
        return None
    place = same_place(one, other)
    if place is False and not (former and names_equal(one, other)):
        return None
    when = "former date" if former and not overlap(one.days, other.days) else "date"
    if one.lang == other.lang or one.lang is None or other.lang is None:
        return _same_language(one, other, place, when)
    return _other_language(one, other, place)


def _same_language(one: EventFacts, other: EventFacts, place: bool | None, when: str) -> str | None:
    day = one.exact or other.exact
    if place and day and (names_alike(one, other) or _part_of(one, other)):
        return f"same name, {when} and place"
    if place and names_equal(one, other) and one.particular:
        return f"same name, {when} and place"
    # Without a place the name must be a very particular one.
    particular = names_equal(one, other) and len(one.particular) >= 2
    if place is None and particular and one.exact and other.exact:
        return f"same name and {when}"
    return None


def _part_of(one: EventFacts, other: EventFacts) -> bool:
    """One name is the other cut short, on the very same day: more than its kind is common."""
    ours, theirs = set(one.particular), set(other.particular)
    shorter = ours if len(ours) <= len(theirs) else theirs
    return bool(shorter) and (ours <= theirs or theirs <= ours) and _same_days(one, other)


def _other_language(one: EventFacts, other: EventFacts, place: bool | None) -> str | None:
    if not (place and one.city and other.city):
        return None
    numbered = one.ordinal is not None and one.ordinal == other.ordinal
    # "A third workshop": nothing in either name could tell them apart.
    if numbered and one.start == other.start and not (one.particular or other.particular):
        return "same number, time and town"
    if not _same_days(one, other):
        return None
    common = {
        "number": numbered,
        "series": one.series is not None and one.series == other.series,
        "subject": bool(set(one.concepts) & set(other.concepts)),
        "proper word": bool(set(one.words) & set(other.words)),
        "organiser": bool(set(one.organisers) & set(other.organisers)),
        "person": _share_person(one.persons, other.persons),
        "words": same_subject(one.meanings, other.meanings),
    }
    found = [what for what, holds in common.items() if holds]
    enough = 1 if _kinds_agree(one, other) else 2
    return f"same {found[0]}, day and town" if len(found) >= enough else None


def _kinds_agree(one: EventFacts, other: EventFacts) -> bool:
    """Whether both may be one kind of event: a training is no conference."""
    return not one.kinds or not other.kinds or bool(set(one.kinds) & set(other.kinds))


def _share_person(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(_one_person(one, other) for one in ours for other in theirs)


def _one_person(one: str, other: str) -> bool:
    """Whether two keys of names are one, or have one name in common and differ in the other by how
    languages write its sounds: Джумаев is Jumayev in English, Ваан is Vahan.
    """
    if one == other:
        return True
    ours, theirs = set(one.split()), set(other.split())
    if len(ours) != 2 or len(theirs) != 2 or len(ours & theirs) != 1:
        return False
    (left,), (right,) = ours - theirs, theirs - ours
    shorter = min(left, right, key=len)
    return _consonants(left) == _consonants(right) or (
        len(shorter) >= _SURNAME and left.endswith(shorter) and right.endswith(shorter)
    )


def _consonants(name: str) -> str:
    return name[0] + _SOFT.sub("", name[1:].replace("kh", "h"))


def _same_days(one: EventFacts, other: EventFacts) -> bool:
    """The first days are known and one, or one is the former day of the other; the end may be left
    out.
    """
    if not (one.exact and other.exact):
        return False
    return one.start == other.start or other.days in one.former or one.days in other.former
