"""An old page that gains the titles of other pages of its site says nothing new."""

from __future__ import annotations

import pytest

from indexer.frontier.port import Link
from indexer.records.document import Page
from indexer.records.reference import load_reference
from tests.unit.indexer.record import HOME, Record

NEW = "Mühle von Orla wieder in Betrieb"
LEAD = "Nach acht Jahren wird dort Erz gemahlen."
TOLD = "Die Grube schließt im Herbst."


TEXT = "Seit Montag dreht sich das Rad, und am Wehr stehen wieder Wagen. Bis Mai sind es zwanzig."


def gained(
    record: Record,
    line: str,
    *,
    title: str = "Grube von Orla schließt im Herbst",
    new: str = NEW,
    text: str = "Seit Montag.",
) -> int:
    """How many passages are new on a page that gains a line after another page is known."""
    record.reference = load_reference()
    record.fetch("/old")
    record.read(Page(url=None, title=title, text=TOLD))
    record.next_night()
    record.fetch("/new")
    record.fetch("/old")
    record.read(
        Page(url=None, title=new, teaser=LEAD, text=text, published="2026-11-24"),
        Page(url=None, title=title, text=f"{TOLD}\n\n{line}"),
    )
    return len(record.revisions()[-1].added)


@pytest.mark.parametrize(
    "line",
    [
        NEW,
        f"24.11.2026 {NEW}",
        f"{NEW} (24. November 2026, 10:30 Uhr)",
        f"Dienstag, 24. November: {NEW.upper()}",
        f"{NEW}\n{LEAD}",
    ],
)
def test_the_title_of_another_page_is_nothing_new(record: Record, line: str) -> None:
    assert gained(record, line) == 0


@pytest.mark.parametrize(
    "line",
    [
        f"{NEW}: Das sagt die Gemeinde",
        f"{NEW}, Besichtigung abgesagt",
        "Mühle von Orla (24.11.2026)",
        f"{NEW}\nDie Gemeinde will sie kaufen.",
        f"{LEAD} Das freut die Gemeinde.",
    ],
    ids=["more is said", "called off", "another title", "a line beside it", "a sentence"],
)
def test_what_says_more_is_new(record: Record, line: str) -> None:
    assert gained(record, line) == 1


def test_a_page_that_is_called_like_another_says_when_it_is(record: Record) -> None:
    assert gained(record, f"{NEW} am 3. Dezember", title=NEW) == 1


def test_the_title_of_a_page_that_a_list_names_is_nothing_new(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/later", title="Halde von Orla wird verlegt"))
    record.ledger.commit()
    assert gained(record, "Halde von Orla wird verlegt, 25.11.2026") == 0


@pytest.mark.parametrize(
    "line",
    [
        f"{NEW}: Seit Montag dreht sich das Rad…",
        f"{NEW}\nSeit Montag dreht sich das Rad, und am We…",
        f"{NEW}\n\nam Wehr stehen wieder Wagen. Bis Mai sind",
        "Seit Montag dreht sich das Rad, und am Wehr ste",
        "Seit Montag dreht sich das Rad, und am Wehr…",
    ],
)
@pytest.mark.parametrize("new", [NEW, "Mühle läuft wieder"])
def test_a_piece_of_another_page_below_its_title_is_nothing_new(
    record: Record, line: str, new: str
) -> None:
    assert gained(record, line.replace(NEW, new), new=new, text=TEXT) == 0


@pytest.mark.parametrize(
    "line",
    [
        "Seit Montag dreht sich das Rad, und am Wehr stehen wieder Wagen.",
        "am Wehr stehen wieder Wagen. Bis Mai sind es zwa",
        f"{NEW}: Seit Montag dreht sich das Rad nicht mehr",
        f"{NEW}\n\nSeit Montag dreht sich kein Rad.",
        "Mühle läuft wieder",
    ],
    ids=["a sentence", "not its beginning", "more is said", "other words", "a short title alone"],
)
def test_the_words_of_another_page_alone_or_with_more_are_new(record: Record, line: str) -> None:
    new = "Mühle läuft wieder" if line in "Mühle läuft wieder" else NEW
    assert gained(record, line, new=new, text=TEXT) == 1
