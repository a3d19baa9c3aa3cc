"""What makes a revision: what a page says, not what changes on it by itself."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from indexer.erasure.retention import without_text
from indexer.records.document import Page
from indexer.records.reference import load_reference
from indexer.revisions.changes import change, change_without_text, news_of
from indexer.revisions.document_identity import resembles
from indexer.revisions.fingerprints import Fingerprints
from indexer.text.volatile_text import VolatileText

BEFORE, TODAY = date(2026, 11, 24), date(2026, 11, 25)
TEXT = "Die Hütte fördert Kupfer.\n\nIm Sommer kommt eine zweite Sohle hinzu."


@cache
def widgets() -> VolatileText:
    return VolatileText.of(load_reference().languages)


def compare(old: str, new: str) -> tuple[int, int]:
    """How many passages were added and removed, by a line beside the same text."""
    one, other = (Page(url=None, text=f"{TEXT}\n\n{line}") for line in (old, new))
    found = change(one, BEFORE, other, TODAY, widgets())
    return len(found.added), len(found.removed)


def test_names_of_months_are_gathered_once_for_all_that_have_the_same_languages() -> None:
    """A run makes its own words of widgets, and a night has as many as it has stages."""
    assert VolatileText.of(load_reference().languages)._calendar is widgets()._calendar


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.024 Aufrufe | 3 Kommentare", "1.377 Aufrufe | 12 Kommentare"),
        ("12 mal geteilt", "15 mal geteilt"),
        ("Gerade lesen 43 Leser diesen Artikel.", "Gerade lesen 9 Leser diesen Artikel."),
        (
            "36 people are reading this page right now.",
            "85 people are reading this page right now.",
        ),
        ("Сейчас статью читают 12 человек", "Сейчас статью читают 31 человек"),
        ("345 views · 2 comments", "401 views · 3 comments"),
        ("Просмотров: 1 204", "Просмотров: 1 377"),
        ("269 қаралым", "301 қаралым"),
        ("Қаралды: 1 269 рет", "Қаралды: 1 301 рет"),
        ("Oʻqildi: 43 marta", "O'qildi: 57 marta"),
        ("Көрүлдү: 43", "Көрүлдү: 57"),
        ("Үзсэн тоо: 43", "Үзсэн тоо: 57"),
        ("43 vues · 2 commentaires", "57 vues · 3 commentaires"),
        ("Freie Plätze: 41", "Freie Plätze: 37"),
        ("Noch 12 Plätze frei", "Noch 9 Plätze frei"),
        ("Noch 12 Plätze", "Noch 9 Plätze"),
        ("Ro‘yxatdan o‘tganlar: 73", "Ro‘yxatdan o‘tganlar: 86"),
        ("Registered: 73", "Registered: 86"),
        ("Зарегистрировано: 73", "Зарегистрировано: 86"),
        ("Freie Plätze\n18", "Freie Plätze\n15"),
        ("Views\n999", "Views\n1,002"),
        ("Просмотров\n1 204", "Просмотров\n1 377"),
        ("Only 12 seats left", "Only 9 seats left"),
        ("Осталось мест: 12", "Осталось мест: 9"),
        ("Бос орындар саны: 12", "Бос орындар саны: 9"),
        ("Vor 5 Minuten aktualisiert", "Vor 12 Stunden aktualisiert"),
        ("Updated 5 minutes ago", "Last updated at 17:05"),
        ("Обновлено 5 минут назад", "Обновлено: 25.11.2026 в 12:45"),
        ("Stand: 24. November 2026, 7:00 Uhr", "Stand: 25. November 2026, 7:00 Uhr"),
        ("Dienstag, 24. November 2026", "Mittwoch, 25. November 2026"),
        ("вторник, 24 ноября 2026", "среда, 25 ноября 2026"),
        ("24.11.2026 | Astana +5 °C", "25.11.2026 | Astana −3 °C"),
        ("USD 475.30 EUR 512,20", "USD 476.10 EUR 511,90"),
        (
            "Kupfer: 8037 € je Tonne (Stand: 24.11.2026, 17:00 Uhr)",
            "Kupfer: 8074 € je Tonne (Stand: 25.11.2026, 17:00 Uhr)",
        ),
        ("Lesen Sie auch: Kupferpreis steigt", "Lesen Sie auch: Hütte baut um"),
        ("Читайте также: Медь дорожает", "Читайте также: Завод строят"),
        ("Read more: copper is dearer", "Read more: smelter is rebuilt"),
    ],
)
def test_what_changes_by_itself_is_no_change(old: str, new: str) -> None:
    assert compare(old, new) == (0, 0)
    assert compare("", new) == (0, 0)


def test_in_a_list_of_facts_the_number_behind_a_counter_says_nothing() -> None:
    facts = "Ort\nFreiberg\nFreie Plätze\n{}\nRaum\n{}"
    assert compare(facts.format(18, 7), facts.format(15, 7)) == (0, 0)
    assert compare(facts.format(18, 7), facts.format(18, 8)) == (1, 1)


def test_a_number_in_a_paragraph_of_its_own_behind_that_of_a_counter_says_nothing() -> None:
    facts = "Raum\n\n{}\n\nFreie Plätze\n\n{}"
    assert compare(facts.format(7, 18), facts.format(7, 15)) == (0, 0)
    assert compare(facts.format(7, "1.018"), facts.format(7, "1.015")) == (0, 0)
    assert compare(facts.format(7, 18), facts.format(8, 18)) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("18 сәуір 2026, 10:00 269 қаралым", "18 сәуір 2026, 10:00 1 301 қаралым"),
        ("18 April 2026, views: 269", "18 April 2026, views: 301"),
    ],
)
def test_a_count_beside_a_day_is_no_change(old: str, new: str) -> None:
    assert compare(old, new) == (0, 0)
    assert compare("", new) == (1, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("18 сәуір 2026, 10:00 269 қаралым", "19 сәуір 2026, 10:00 269 қаралым"),
        ("18 April 2026, 10:00, 269 views", "18 April 2026, 10:30, 269 views"),
    ],
)
def test_a_day_beside_a_count_is_a_change(old: str, new: str) -> None:
    assert compare(old, new) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12. Mai 2026", "3. Juni 2026"),
        ("Am 12. Mai 2026", "Am 3. Juni 2026"),
        ("45 Teilnehmer", "54 Teilnehmer"),
        ("60 Plätze", "80 Plätze"),
        ("Только 60 мест", "Только 80 мест"),
        ("Beginn 10:00 Uhr", "Beginn 11:00 Uhr"),
        ("5 комментариев министра вошли в закон", "7 комментариев министра вошли в закон"),
        ("Updated mining code of 2025 adopted", "Updated mining code of 2026 adopted"),
        (
            "Die Temperatur im Ofen steigt dabei auf bis zu 1200 °C an.",
            "Die Temperatur im Ofen steigt dabei auf bis zu 1400 °C an.",
        ),
        ("AMM 2025", "AMM 2026"),
        ("Kupfer: 8037 € je Tonne", "Kupfer: 8074 € je Tonne"),
        (
            "Eintritt: 8 € (Stand: 3. Mai 2026)",
            "Eintritt: 9 € (Stand: 3. Juni 2026)",
        ),
        ("Die Hütte bietet 20 Stellen", "Die Hütte bietet 30 Stellen"),
    ],
)
def test_what_a_page_says_is_a_change(old: str, new: str) -> None:
    assert compare(old, new) == (1, 1)


def test_a_counter_beside_other_words_is_left_out_alone() -> None:
    assert compare("Von Karla Brandt | 12 Aufrufe", "Von Karla Brandt | 99 Aufrufe") == (0, 0)
    assert compare("Von Karla Brandt | 12 Aufrufe", "Von Jan Roth | 12 Aufrufe") == (1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("16/12/2025 The survey opens a core store.", "The survey opens a core store."),
        ("The survey opens a core store. Share this", "The survey opens a core store."),
        ("Astana, 3. März 2026 – Das Werk läuft.", "Das Werk läuft."),
    ],
)
def test_what_an_old_passage_said_in_the_same_words_is_not_added(old: str, new: str) -> None:
    assert compare(old, new) == (0, 1)
    assert compare(new, old) == (1, 1)


def test_words_that_only_begin_like_old_ones_or_stood_in_two_passages_are_added() -> None:
    assert compare("Das Kupferwerk läuft.", "Das Kupfer") == (1, 1)
    assert compare("Das Werk.\n\nLäuft gut.", "Das Werk läuft gut.") == (1, 2)


@pytest.mark.parametrize(
    "title",
    [
        "{} (aktualisiert)",
        "Update: {}",
        "UPDATE 2-{}",
        "[Update] {}",
        "{} (updated 14:30)",
        "{} (14:30 aktualisiert)",
        "{} | updated",
        "Обновлено: {}",
    ],
)
def test_a_title_that_is_marked_as_updated_says_nothing_new(title: str) -> None:
    plain = "Zinnhütte Freital bestellt neue Öfen"
    marked = title.format(plain)
    for old, new in ((plain, marked), (marked, plain)):
        one, other = (Page(url=None, title=t, text=TEXT) for t in (old, new))
        assert not change(one, BEFORE, other, TODAY, widgets())


@pytest.mark.parametrize(
    "title",
    [
        "{} (verschoben)",
        "Absage: {}",
        "{} – Ausblick",
        "Update verschiebt sich: {}",
        "{} (2 Stunden)",
        "{} [90 minutes]",
    ],
)
def test_what_else_is_set_off_in_a_title_is_said(title: str) -> None:
    plain = "Zinnhütte Freital bestellt neue Öfen"
    one, other = (Page(url=None, title=t, text=TEXT) for t in (plain, title.format(plain)))
    assert len(change(one, BEFORE, other, TODAY, widgets()).added) == 1


def test_a_mark_is_sought_in_time_by_the_length_of_a_title() -> None:
    title = f"Hütte{' ' * 50_000}baut um"
    start = time.process_time()
    assert widgets().without_mark(title) == title
    assert time.process_time() - start < 2


def test_added_and_removed_are_named_by_their_fingerprints() -> None:
    old = Page(url=None, title="Hütte", text="Eins.\n\nZwei.")
    new = Page(url=None, title="Hütte", text="Zwei.\n\nDrei.\n\n7 Aufrufe")
    found = change(old, BEFORE, new, TODAY, widgets())
    assert len(found.added) == len(found.removed) == 1
    back = change(new, TODAY, old, BEFORE, widgets())
    assert (back.added, back.removed) == (found.removed, found.added)


def test_order_case_and_accents_are_no_change() -> None:
    assert not change(
        Page(url=None, text="Über uns.\n\nZwei."),
        BEFORE,
        Page(url=None, text="zwei!\n\nuber uns"),
        TODAY,
        widgets(),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Event.eventStatus: https://schema.org/EventCancelled",
        "BusinessEvent.startDate: 2026-06-03",
        "Event.location.address.addressLocality: Almaty",
    ],
)
def test_what_the_markup_states_of_an_event_is_a_change(line: str) -> None:
    old = Page(url=None, text=TEXT, parts={"markup": "Event.name: Forum\nEvent.offers.price: 5"})
    new = Page(url=None, text=TEXT, parts={"markup": f"Event.name: Forum\n{line}"})
    assert change(old, BEFORE, new, TODAY, widgets()).stated
    dearer = Page(url=None, text=TEXT, parts={"markup": "Event.name: Forum\nEvent.offers.price: 9"})
    assert not change(old, BEFORE, dearer, TODAY, widgets())


def test_what_is_left_of_a_removed_text_is_compared_by_fingerprints() -> None:
    whole = Page(url=None, title="Hütte baut um", teaser="Kurz.", text="Eins.\n\nZwei.\n\nDrei.")
    before = Fingerprints.of(whole)
    left = Fingerprints.of(without_text(whole), before.passages)
    assert (left.kind, left.passages, left.title) == (before.kind, before.passages, before.title)
    assert left.text >= before.text
    assert not change_without_text(left, whole)
    grown = replace(whole, text="Eins.\n\nZwei.\n\nVier.")
    found = change_without_text(left, grown)
    assert (len(found.added), len(found.removed), found.stated) == (1, 1, False)
    assert set(found.added) <= Fingerprints.of(grown).text
    assert set(found.removed) <= before.text
    assert news_of(left, Fingerprints.of(grown)) == list(found.added)
    assert resembles(
        left, Fingerprints.of(Page(url=None, title="Anders", text="Eins.\n\nZwei.\n\nDrei."))
    )
    assert not resembles(left, Fingerprints.of(Page(url=None, title="Anders", text="Eins.")))
