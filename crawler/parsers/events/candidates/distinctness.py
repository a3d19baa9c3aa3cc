"""Whether a further event of a page is one of its own, or a part of the main one."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions

_WEEK = 5


def is_distinct(event: EventMentions, main: EventMentions) -> bool:
    """A further event has a date, an edition, a year, or a word that sets it apart; what it is held
    in, a number or a name in quotes.
    """
    if all(c.is_occasion for c in event.candidates):
        return any(c.name.ordinal or c.name.quote for c in event.candidates)
    if event.ordinal or event.year or event.next_cue or event.previous_cue:
        return True
    if all(c.is_bare for c in event.candidates) and all(len(d.first) == 4 for d in event.dates):
        return False
    if _is_part_of(event, main):
        return False
    together = event.sentences() <= main.sentences()
    return bool(event.dates) and not (together and set(event.dates) <= set(main.dates))


def _is_part_of(event: EventMentions, main: EventMentions) -> bool:
    """A discussion, a reception on a day of the main event or right behind it, in no town of its
    own.
    """
    plain = all(
        (c.is_bare or c.kind == "weak") and not c.name.quote and not c.sentence.of("places")
        for c in event.candidates
    )
    if not plain or any(c.is_journey for c in main.candidates):
        return False
    days = [d.first for d in event.dates if len(d.first) >= len("--05-12")]
    return bool(days) and any(_is_near(day, m.last or m.first) for day in days for m in main.dates)


def _is_near(day: str, other: str) -> bool:
    """Whether two days are of one week, the month and year being the same."""
    apart = (
        int(day[-2:]) - int(other[-2:])
        if day[:-2] == other[:-2] and other[-2:].isdigit()
        else _WEEK + 1
    )
    return 0 <= apart <= _WEEK
