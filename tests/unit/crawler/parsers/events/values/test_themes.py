from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.values.theme_choice import rule_themes
from crawler.parsers.events.values.themes import subject_called
from tests.event_texts import annotate, event_reader, read_events, read_values, text_page


def _themes_by_rules(text: str, lang: str) -> list[str | None]:
    """Those of the events of a text, whatever the trained choice says."""
    page = annotate(text, lang)
    candidates = event_reader().candidates(page)
    events = find_events(page, candidates)
    themes = rule_themes(page, events, EventSentences(page, events, candidates))
    return [theme.value if theme else None for theme in themes.values()]


@pytest.mark.parametrize(
    ("lang", "text", "theme", "rule"),
    [
        (
            "de",
            "Am 5. Mai 2031 fand in Jena eine Tagung unter dem Motto „Zinn für morgen“ statt.",
            "Zinn für morgen",
            "themes.quoted",
        ),
        (
            "en",
            'The forum in Oslo on 5 May 2031 was held under the theme "Tin for tomorrow".',
            "Tin for tomorrow",
            "themes.quoted",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл форум на тему «Олово завтра».",
            "Олово завтра",
            "themes.quoted",
        ),
        (
            "en",
            "The tin forum was held in Oslo on 5 May. The main topic of the forum is “Tin now”.",
            "Tin now",
            "themes.quoted",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena die Zinntagung statt. Im Mittelpunkt stand „Zinn heute“.",
            "Zinn heute",
            "themes.quoted",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл форум. На повестке дня были налоги и дороги.",
            "налоги и дороги",
            "themes.cue",
        ),
        (
            "de",
            "Am 5. Mai 2031 war in Jena die Zinntagung. Da stand das Thema Halden im Mittelpunkt.",
            "Halden",
            "themes.between",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena die Zinntagung statt. Das Motto heißt „Zinn für alle“.",
            "Zinn für alle",
            "themes.quoted",
        ),
        (
            "de",
            "Am 5. Mai 2031 lädt die Zinntagung nach Jena ein. Unter der Überschrift „Zinn jetzt“.",
            "Zinn jetzt",
            "themes.quoted",
        ),
        (
            "en",
            'The tin forum opens in Oslo on 5 May 2031, this time under the heading "Tin now".',
            "Tin now",
            "themes.quoted",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл форум. Его слоган: «Олово завтра».",
            "Олово завтра",
            "themes.quoted",
        ),
    ],
)
def test_the_theme_of_an_event(lang: str, text: str, theme: str, rule: str) -> None:
    assert read_values(text_page(text, lang))["theme"] == (theme, rule)


@pytest.mark.parametrize(
    ("text", "theme", "rule"),
    [
        (
            (
                "3rd Tin Days, Szeged, 14–15 May 2031\nTheme: Hot ore, cool heads\n\n"
                "The days are held for the third time."
            ),
            "Hot ore, cool heads",
            "themes.cue",
        ),
        (
            "3rd Tin Congress\n“From scrap to ore”\n14–15 May 2031, Guildhall, Perth",
            "From scrap to ore",
            "themes.subtitle",
        ),
        (
            "3rd Tin Congress\n\n14–15 May 2031, Guildhall, Perth\n“From scrap to ore”\n",
            "From scrap to ore",
            "themes.subtitle",
        ),
    ],
)
def test_lines_below_the_name_tell_the_theme(text: str, theme: str, rule: str) -> None:
    values = read_values(text_page(text, "en", "2031-02-01"))
    assert values["theme"] == (theme, rule)


@pytest.mark.parametrize(
    ("lang", "text", "theme"),
    [
        ("de", "Am 5. Mai 2031 fand in Jena die Tagung zum Zinnbergbau statt.", "Zinnbergbau"),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena ein Seminar über Zinn und Wasser statt.",
            "Zinn und Wasser",
        ),
        ("en", "A conference on tin mining took place in Oslo on 5 May 2031.", "tin mining"),
        ("en", "A workshop on tin ores in Oslo was held on 5 May 2031.", "tin ores"),
        ("ru", "5 мая 2031 года в Оше прошло совещание по вопросам добычи олова.", "добычи олова"),
        ("ru", "5 мая 2031 года в Оше прошёл семинар о добыче олова.", "добыче олова"),
        ("ru", "5 мая 2031 года в Оше прошёл семинар по белым сталям.", "белым сталям"),
    ],
)
def test_what_a_gathering_is_on_by_its_name_is_its_theme(lang: str, text: str, theme: str) -> None:
    assert read_values(text_page(text, lang))["theme"] == (theme, "themes.subject")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Am 5. Mai 2031 fand in Jena die Zinntagung statt."),
        ("de", "Am 5. Mai 2031 fand in Jena der 3. Dialog zum Zinnbergbau statt."),
        ("de", "Am 5. Mai 2031 ist eine Exkursion zum Zinnbergwerk Erzberg geplant."),
        ("en", "The third session on tin mining took place in Oslo on 5 May 2031."),
        ("ru", "5 мая 2031 года в Оше прошло заседание комиссии по добыче олова."),
        ("ru", "5 мая 2031 года в Оше прошёл семинар «Олово завтра»."),
    ],
)
def test_the_title_in_a_name_or_the_remit_of_a_body_is_no_theme(lang: str, text: str) -> None:
    assert _themes_by_rules(text, lang) == [None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Am 5. Mai 2031 fand in Jena eine Zinntagung statt. Dort ging es um Wege."),
        ("de", "Am 5. Mai 2031 fand in Jena eine Zinntagung statt. Im Mittelpunkt standen Wege."),
        ("en", "The tin forum in Oslo on 5 May 2031 was devoted to roads and prices."),
        ("ru", "5 мая 2031 года в Оше прошёл форум. Обсуждались дороги и налоги."),
    ],
)
def test_what_was_talked_about_is_no_theme_without_quotes(lang: str, text: str) -> None:
    assert _themes_by_rules(text, lang) == [None]


@pytest.mark.parametrize(
    "behind",
    [
        "The title “Tin King” went to Ann Weber.",
        "A banner “Save the moor” hung over the gate.",
        "Ann Weber received the title “Honoured Miner”.",
    ],
)
def test_a_title_that_somebody_gets_and_a_banner_are_no_theme(behind: str) -> None:
    text = f"The Tin Forum opens in Leeds on 5 May 2031. {behind}"
    assert [e.theme for e in read_events(text, "en")] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "name", "theme"),
    [
        (
            "en",
            "They asked: “Who buys tin?” It was the title of the Tin Summit, held on 11 May 2031.",
            "Tin Summit",
            "Who buys tin?",
        ),
        (
            "en",
            "They asked: “Tin for all?” It was the slogan of the Tin Summit, held on 11 May 2031.",
            "Tin Summit",
            "Tin for all?",
        ),
        (
            "de",
            "„Zinn für alle“ war das Motto der Zinntagung, die am 11. Mai 2031 in Jena stattfand.",
            "Zinntagung",
            "Zinn für alle",
        ),
    ],
)
def test_an_event_whose_theme_is_told_is_found(lang: str, text: str, name: str, theme: str) -> None:
    assert [(e.name, e.theme) for e in read_events(text, lang)] == [(name, theme)]


def test_an_event_that_is_a_theme_is_none() -> None:
    text = "Ein Vortrag am 12. Mai 2031 in Jena widmete sich der Klimakonferenz."
    assert "Klimakonferenz" not in [e.name for e in read_events(text, "de")]


def test_the_word_for_a_theme_is_none() -> None:
    text = "Der Verein Nord hielt am 3. März 2031 in Hof ein Kolloquium zum Thema:\n\nZinn – wozu?"
    assert _themes_by_rules(text, "de") == [None]


def test_a_relative_is_no_theme() -> None:
    text = "5 мая 2031 года в Оше прошёл круглый стол, тема которого была обозначена так."
    assert _themes_by_rules(text, "ru") == [None]


@pytest.mark.parametrize(
    ("lang", "text", "theme"),
    [
        (
            "de",
            "Am 5. Mai 2031 fand in Jena das Webinar „Zinn aus alten Halden“ statt.",
            "Zinn aus alten Halden",
        ),
        (
            "de",
            "Am 5. Mai 2031 folgt in Jena das Feierabendgespräch „Zinn aus Ehren“.",
            "Zinn aus Ehren",
        ),
        (
            "en",
            "The seminar “Tin from old dumps” took place in Oslo on 5 May 2031.",
            "Tin from old dumps",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл круглый стол «Олово и вода».",
            "Олово и вода",
        ),
    ],
)
def test_what_a_talk_is_called_in_quotes_is_its_theme(lang: str, text: str, theme: str) -> None:
    assert [e.theme for e in read_events(text, lang)] == [theme]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "5 мая 2031 года в Оше прошла выставка «Олово и вода»."),
        ("ru", "5 мая 2031 года в Оше прошёл V семинар «Олово и вода»."),
        ("de", "Am 5. Mai 2031 fand in Jena das Webinar „Zinnzeit“ statt."),
        ("de", "Am 5. Mai 2031 fand in Jena das Seminar 2031 „Zinn und Wasser“ statt."),
    ],
)
def test_fairs_editions_and_brands_are_called_by_no_theme(lang: str, text: str) -> None:
    page = annotate(text, lang)
    events = find_events(page, event_reader().candidates(page))
    assert [subject_called(page, event) for event in events] == [None]
