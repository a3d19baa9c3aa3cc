import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsers.events.grammar.sentences import SentenceSplitter

GERMAN = SentenceSplitter(["Dr.", "z.B.", "bzw."], ordinal_dots=True)
RUSSIAN = SentenceSplitter(["г.", "им."], ["г."], ordinal_dots=True)


def split(splitter: SentenceSplitter, text: str) -> list[str]:
    return [text[s.start : s.end] for s in splitter.split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 5. Mai tagte der Rat. Dr. Weiß kam.", ["Am 5. Mai tagte der Rat.", "Dr. Weiß kam."]),
        ("Die 3. Sitzung endete. Alle gingen.", ["Die 3. Sitzung endete.", "Alle gingen."]),
        ("Es sprach A. Berg. Er ging.", ["Es sprach A. Berg.", "Er ging."]),
        ("Titel\n\nErster Satz. Zweiter.", ["Titel", "Erster Satz.", "Zweiter."]),
        ("Im Jahr 2015. Danach nichts.", ["Im Jahr 2015.", "Danach nichts."]),
    ],
)
def test_german_sentences(text: str, expected: list[str]) -> None:
    assert split(GERMAN, text) == expected


def test_unit_after_number_ends_a_sentence() -> None:
    assert split(RUSSIAN, "Форум прошёл в 2015 г. Совет заседал в г. Алматы.") == [
        "Форум прошёл в 2015 г.",
        "Совет заседал в г. Алматы.",
    ]


def test_hard_wrapped_line_is_joined() -> None:
    assert split(GERMAN, "Die Tagung fand in\nder Hauptstadt statt.") == [
        "Die Tagung fand in\nder Hauptstadt statt."
    ]


def test_a_short_word_before_a_town_opens_a_line() -> None:
    lines = ["Протокол заседания совета города Таласа", "г. Талас, 21 мая 2031 года"]
    assert split(RUSSIAN, "\n".join(lines)) == lines


def test_what_never_ends_is_cut_between_words() -> None:
    text = "und der Rat tagte in Jena " * 400
    pieces = split(GERMAN, text)
    assert max(map(len, pieces)) <= 1500
    assert " ".join(pieces) == text.strip()
    assert len(split(GERMAN, "a" * 4000)) == 3


def test_rows_of_a_table_are_not_joined_however_wide() -> None:
    rows = [
        "05.05.2031 | Zinntagung mit Besuch der Hütte | Jena",
        "09.06.2031 | Kupferforum | Bonn",
        "10.07.2031 | Bleikonferenz in der Messe | Halle",
        "11.08.2031 | Wolframtag | Goslar",
    ]
    assert split(GERMAN, "\n".join(rows)) == rows


def test_items_of_a_list_are_not_joined_though_the_longest_is_full() -> None:
    items = [
        "7–9 октября, Екатеринбург — Уральский форум",
        "13 октября, Бишкек — круглый стол «Недропользование и общины»",
        "20–22 октября, Алматы — выставка",
        "5 ноября, онлайн — вебинар",
    ]
    assert split(RUSSIAN, "\n".join(items)) == items


def test_lines_wrapped_at_a_width_are_joined() -> None:
    text = (
        "Über das Zinn der Grube sprachen in Jena am Montag die\n"
        "Mitglieder des Verbands, die aus Sachsen und aus ganz\n"
        "Thüringen kamen und die am Dienstag mit dem Zug nach\n"
        "Goslar fuhren"
    )
    assert split(GERMAN, text) == [text]


@given(st.text(alphabet="Ab. 1.\n„Z?", max_size=120))
def test_spans_are_ordered_and_masking_keeps_length(text: str) -> None:
    assert len(GERMAN.mask(text)) == len(text)
    at = 0
    for s in GERMAN.split(text):
        assert at <= s.start < s.end <= len(text)
        at = s.end


@pytest.mark.parametrize(
    "text",
    [
        "Форум өтті. Өтетін орны белгілі.",
        "Жиын болду. Үч адам келди.",
        "Анжуман ўтди. Ҳоким келди.",
        "Ҷаласа шуд. Ӯ омад.",
        "Ол келді. Қазақстан қатысты.",
    ],
)
def test_capitals_of_all_cyrillic_alphabets_open_a_sentence(text: str) -> None:
    first, _, second = text.partition(". ")
    found = SentenceSplitter(()).split(text)
    assert [text[s.start : s.end] for s in found] == [f"{first}.", second]


def test_an_initial_of_such_an_alphabet_ends_none() -> None:
    text = "Оны Қ. Асанов ашты."
    splitter = SentenceSplitter(())
    assert len(splitter.split(text, splitter.mask(text))) == 1
