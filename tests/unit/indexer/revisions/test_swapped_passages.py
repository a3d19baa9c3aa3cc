"""What most pages of a source gain in one night is no news of any of them."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.records.document import Event, Page, Status
from indexer.records.reference import load_reference
from indexer.revisions.swapped_passages import take_back_swapped
from indexer.text.volatile_text import VolatileText
from tests.unit.indexer.record import Record

OFFER = "Förderbänder sofort ab Lager, rufen Sie uns an."
ADDED = "Die zweite Schicht beginnt im Mai."


def told(record: Record, texts: list[str], gains: list[str], **more: Any) -> list[int]:
    """Of how many passages of each page, in a second night on which all gain something, watches are
    told; where it is an empty text, the page stays as it was.
    """
    for number in range(len(texts)):
        record.fetch(f"/{number}")
    record.read(*texts)
    record.next_night()
    for number in range(len(texts)):
        record.fetch(f"/{number}")
    record.read(
        *(
            Page(url=None, text=f"{text}\n\n{gain}" if gain else text, **more)
            for text, gain in zip(texts, gains, strict=True)
        )
    )
    return after(record, len(texts))


def after(record: Record, number: int) -> list[int]:
    take_back_swapped(record.connection, record.run.id, VolatileText.of(load_reference().languages))
    found = {row.document: row for row in record.revisions() if row.number > 1}
    document, address = tables.document.c, tables.address.c
    query = sa.select(address.url, document.id).join(
        tables.document, document.id == address.document
    )
    of_path = {row.url.rsplit("/", 1)[1]: row.id for row in record.connection.execute(query)}
    rows = [found.get(of_path[str(path)]) for path in range(number)]
    return [len(row.added) if row is not None else 0 for row in rows]


NAMES = ("Orla", "Wolda", "Sief", "Brenn", "Tamm")
TEXTS = [f"Die Grube {name} schließt im Herbst." for name in NAMES]


def test_an_advertisement_that_all_pages_swap_is_told_of_none(record: Record) -> None:
    assert told(record, TEXTS, [OFFER] * 5) == [0] * 5


def test_what_one_of_them_gains_besides_is_told(record: Record) -> None:
    assert told(record, TEXTS, [OFFER, OFFER, f"{OFFER}\n\n{ADDED}", OFFER, OFFER]) == [
        0,
        0,
        1,
        0,
        0,
    ]


def test_advertisements_may_swap_places(record: Record) -> None:
    other = "Gebrauchte Brecher ab 9.000 Euro."
    assert told(record, TEXTS, [OFFER, other, OFFER, other, OFFER]) == [0] * 5


def test_a_counter_beside_it_does_not_matter(record: Record) -> None:
    gains = [f"{views} Aufrufe\nMorgen wird es sonnig in Orla." for views in (12, 31, 55, 70, 90)]
    assert told(record, TEXTS, gains) == [0] * 5


def test_a_count_of_each_page_may_stand_in_one_line_with_it(record: Record) -> None:
    gains = [f"{views} Aufrufe. Morgen wird es sonnig in Orla." for views in (12, 31, 55, 70, 90)]
    assert told(record, TEXTS, gains) == [0] * 5


def test_a_sentence_of_its_own_beside_it_is_told(record: Record) -> None:
    texts = [*TEXTS, "Die Hütte Sarn baut um."]
    assert told(record, texts, [*[OFFER] * 5, f"{OFFER} {ADDED}"]) == [0, 0, 0, 0, 0, 1]


def test_terms_of_their_own_are_told(record: Record) -> None:
    gains = [f"Bis {day}. {month} 2031" for month in ("März", "April") for day in (12, 19, 26)]
    assert told(record, TEXTS, gains[:5]) == [1] * 5


def test_pages_that_gain_counts_alone_make_it_no_text_of_most(record: Record) -> None:
    counts = [f"{places} Plätze frei. Vor {places} Minuten aktualisiert." for places in (5, 7)]
    assert told(record, TEXTS, [*[ADDED] * 3, *counts])[:3] == [1, 1, 1]


@pytest.mark.parametrize("pages", [1, 2, 4])
def test_a_note_that_is_put_on_a_few_pages_is_told(record: Record, pages: int) -> None:
    assert told(record, TEXTS[:pages], [ADDED] * pages) == [1] * pages


def test_what_few_of_the_visited_pages_gain_is_told(record: Record) -> None:
    texts = [*TEXTS, *(f"Die Hütte {name} baut um." for name in NAMES), "Die Hütte Lei baut um."]
    assert told(record, texts, [ADDED] * 5 + [""] * 6) == [1] * 5 + [0] * 6


def test_different_additions_are_told(record: Record) -> None:
    gains = [f"Die Schicht {number} beginnt im Mai." for number in "ABCDE"]
    assert told(record, TEXTS, gains) == [1] * 5


@pytest.mark.parametrize("status", ["cancelled", "moved"])
def test_events_may_all_be_called_off_in_the_same_words(record: Record, status: Status) -> None:
    events = (Event(name="Tagung", status=status),)
    assert told(record, TEXTS, ["Wegen des Hochwassers abgesagt."] * 5, events=events) == [1] * 5


def test_what_sites_say_has_changed_is_told(record: Record) -> None:
    for number in range(5):
        record.fetch(f"/{number}")
    record.read(*TEXTS)
    record.next_night()
    for number in range(5):
        record.fetch(f"/{number}")
    record.connection.execute(sa.update(tables.fetch).values(lastmod_claim="changed"))
    record.read(*(f"{text}\n\n{OFFER}" for text in TEXTS))
    assert after(record, 5) == [1] * 5


def test_what_was_told_of_an_earlier_night_stays(record: Record) -> None:
    assert told(record, TEXTS[:1], [ADDED]) == [1]
    record.next_night()
    for number in range(4):
        record.fetch(f"/new-{number}")
    record.read(*TEXTS[1:])
    assert after(record, 1) == [1]


def test_lists_that_tell_what_one_page_gains_are_no_other_pages(record: Record) -> None:
    lists = [f"Berichte aus {name}." for name in NAMES]
    for night in range(2):
        gains = [ADDED, *[""] * 4, *[ADDED] * 5] if night else [""] * 10
        for number in range(len(gains)):
            record.fetch(f"/{number}")
        texts = zip([*TEXTS, *lists], gains, strict=True)
        record.read(
            *(
                Page(
                    url=None,
                    text=f"{text}\n\n{gain}" if gain else text,
                    kind="listing" if text in lists else "article",
                )
                for text, gain in texts
            )
        )
        if not night:
            record.next_night()
    assert after(record, 5) == [1, 0, 0, 0, 0]


def swapped(record: Record, nights: list[list[str]]) -> list[int]:
    """The same of pages that show one line beside their text in one night, and another one in the
    next.
    """
    for lines in nights:
        for number in range(len(lines)):
            record.fetch(f"/{number}")
        record.read(
            *(f"{text}\n\n{line}".strip() for text, line in zip(TEXTS, lines, strict=False))
        )
        if lines is not nights[-1]:
            record.next_night()
    return after(record, len(nights[-1]))


SAYINGS = ("Glück auf ist ein Wunsch.", "Wer tief gräbt, braucht Holz.", "Erz wächst nicht nach.")


def test_sayings_that_change_places_on_a_few_pages_are_told_of_none(record: Record) -> None:
    one, other, third = SAYINGS
    assert swapped(record, [[one, other, third], [other, third, one]]) == [0, 0, 0]


def test_what_one_of_a_few_pages_gains_besides_a_saying_is_told(record: Record) -> None:
    one, other, third = SAYINGS
    nights = [[one, other, third], [other, f"{third}\n\n{ADDED}", one]]
    assert swapped(record, nights) == [0, 1, 0]


@pytest.mark.parametrize(
    "nights",
    [
        # two pages: an editor may move a paragraph from one to the other
        [[SAYINGS[0], SAYINGS[1]], [SAYINGS[1], SAYINGS[0]]],
        # terms
        [[f"Bis {day}. März." for day in days] for days in ((5, 12, 19), (12, 19, 5))],
        # what no other page has lost
        [[*SAYINGS], ["Eins ist neu.", "Zwei ist neu.", "Drei ist neu."]],
    ],
    ids=["two pages", "terms", "other words"],
)
def test_other_changes_of_a_few_pages_are_told(record: Record, nights: list[list[str]]) -> None:
    assert swapped(record, nights) == [1] * len(nights[0])


def test_what_comes_to_few_of_the_visited_pages_by_a_swap_is_told(record: Record) -> None:
    one, other, third = SAYINGS
    both = "Die Halde ruht."
    texts = [[one, other, both, both, both], [other, one, both, both, third]]
    assert swapped(record, texts)[:2] == [1, 1]
