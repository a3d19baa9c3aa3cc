"""One story printed in several places: which texts are one, and what of a later place is news."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from indexer.alerts.stories import WINDOW, Place, StoryBook
from indexer.query.evaluator import PassageMatch
from indexer.records.document import Page, StoredDocument, document_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def words(seed: int, number: int = 60) -> str:
    chance = random.Random(seed)
    return " ".join(f"wort{chance.randint(0, 300)}" for _ in range(number))


def document(
    url: str, *paragraphs: str, lang: str = "de", story: str | None = None
) -> StoredDocument:
    page = Page(url, lang=lang, text="\n\n".join(paragraphs))
    return StoredDocument(document_id(url), url, "a", 1, NOW, page, story)


def passage(text: str, part: str = "text") -> PassageMatch:
    return PassageMatch(part, 0, len(text), text, (), 1)


STORY = (words(1), words(2), words(3))
FIRST = document("https://one.example/a", *STORY)


@pytest.fixture
def book() -> StoryBook:
    made = StoryBook()
    place, later = made.enter(FIRST, [passage(STORY[0])], NOW)
    assert (place.story, later) == (FIRST.id, False)
    return made


def entered(book: StoryBook, other: StoredDocument, *fresh: str, when: datetime = NOW) -> bool:
    place, later = book.enter(other, [passage(text) for text in fresh], when)
    assert later is False or place.story == FIRST.id
    return later


def test_the_same_text_elsewhere_is_a_later_place(book: StoryBook) -> None:
    assert entered(book, document("https://two.example/x", *STORY), STORY[0])


def test_so_is_a_shortened_and_an_edited_one(book: StoryBook) -> None:
    edited = STORY[0].replace("wort1", "anderes", 1)
    assert entered(book, document("https://two.example/x", edited, STORY[1]), edited)
    assert entered(book, document("https://three.example/y", "Kurz.", *STORY, "Ende."), STORY[0])


def test_another_text_is_news(book: StoryBook) -> None:
    other = words(9)
    assert not entered(book, document("https://two.example/x", other, words(8)), other)


def test_a_matching_passage_that_no_place_had_is_news(book: StoryBook) -> None:
    own = "Die Clusterpolitik des Landes wird, wie man in der Redaktion hört, im Herbst beraten."
    assert not entered(book, document("https://two.example/x", *STORY, own), STORY[0], own)
    assert entered(book, document("https://three.example/y", *STORY, own), STORY[0], own)


def test_a_short_passage_counts_by_its_words(book: StoryBook) -> None:
    short = "Cluster."
    assert not entered(book, document("https://two.example/x", *STORY, short), short)
    assert entered(book, document("https://three.example/y", *STORY, short), short)


def test_another_title_is_no_news(book: StoryBook) -> None:
    reprint = document("https://two.example/x", *STORY)
    title = passage("Cluster: Kabinett beschließt Strategie", "title")
    assert book.enter(reprint, [title], NOW)[1]


def test_pages_of_one_site_that_follow_a_pattern_are_stories_of_their_own(book: StoryBook) -> None:
    pattern = document("https://www.one.example/b", STORY[0], STORY[1], words(7))
    assert not entered(book, pattern, STORY[0])
    assert entered(book, document("https://one.example/print/a", *STORY), STORY[0])


def test_texts_too_short_to_be_recognised_are_stories_of_their_own() -> None:
    book = StoryBook()
    short = "Das Cluster tagt am Montag in Astana."
    for host in ("one", "two"):
        place, later = book.enter(document(f"https://{host}.example/", short), [], NOW)
        assert (place.url, later) == (f"https://{host}.example/", False)


def test_after_a_month_a_text_that_comes_again_is_news(book: StoryBook) -> None:
    late = document("https://two.example/x", *STORY)
    assert not entered(book, late, STORY[0], when=NOW + WINDOW + DAY)


def test_an_edited_page_is_told_for_its_own_addition(book: StoryBook) -> None:
    added = words(12)
    assert not entered(book, document(FIRST.url, *STORY, added), added, when=NOW + DAY)


def test_a_page_that_takes_over_what_another_place_said_is_not(book: StoryBook) -> None:
    own = words(12)
    assert not entered(book, document("https://two.example/x", *STORY, own), own)
    assert entered(book, document(FIRST.url, *STORY, own), own, when=NOW + DAY)


def test_prices_of_another_week_on_one_site_are_news(book: StoryBook) -> None:
    """Whichever number changed: a sample of the shingles may miss it."""
    for week in range(12, 24):
        text = STORY[0].replace(" ", f" Woche {week} ", 1)
        page = document(f"https://one.example/prices-{week}", text, *STORY[1:])
        assert not entered(book, page, text)


class Translations:
    """Says of some passages that another document has them, and keeps what it was asked."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.asked: list[tuple[str, list[str]]] = []

    def retells(self, text: str, documents: Iterable[str]) -> bool:
        self.asked.append((text, list(documents)))
        return text in self.texts


def test_a_translation_is_a_later_place_if_it_says_no_more() -> None:
    translations = Translations("A cluster is founded.")
    book = StoryBook(translations.retells)
    first = document("https://one.example/a", "Ein Cluster.", story="s")
    book.enter(first, [passage("Ein Cluster.")], NOW)
    other = document("https://two.example/a", lang="en", story="s")
    founded, law = passage("A cluster is founded."), passage("A law on clusters comes too.")
    place, later = book.enter(other, [passage("Cluster", "title"), founded], NOW + DAY)
    assert (place.story, later) == (first.id, True)
    assert translations.asked == [(founded.text, [first.id])]
    third = document("https://three.example/a", lang="ru", story="s")
    assert book.enter(third, [founded, law], NOW + DAY) == (
        Place(third.id, third.url, first.id, frozenset(), NOW + DAY, "ru", "s"),
        False,
    )


def test_so_is_a_translation_on_the_same_site_but_not_another_page_there() -> None:
    book = StoryBook(lambda text, documents: True)
    book.enter(document("https://one.example/de", story="s"), [passage("Ein Cluster.")], NOW)
    english = document("https://www.one.example/en", lang="en", story="s")
    assert book.enter(english, [passage("A cluster.")], NOW)[1]
    german = document("https://one.example/de/2", story="s")
    assert not book.enter(german, [passage("Das Cluster wächst.")], NOW)[1]


def test_a_shared_story_is_forgotten_after_a_month() -> None:
    book = StoryBook(lambda text, documents: True)
    book.enter(document("https://one.example/a", story="s"), [passage("Cluster.")], NOW)
    late = document("https://two.example/a", lang="en", story="s")
    place, later = book.enter(late, [passage("A cluster.")], NOW + WINDOW + DAY)
    assert (place.story, later) == (late.id, False)


def test_whoever_follows_a_story_is_told_of_every_place() -> None:
    book = StoryBook(follows=True)
    for host in ("one", "two"):
        assert not book.enter(document(f"https://{host}.example/", story="s"), [], NOW)[1]
