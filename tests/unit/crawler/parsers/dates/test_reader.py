import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.dates import DateReader, PartialDate, with_year_of
from indexer.records.reference import load_reference

LANGUAGES = load_reference().languages
READER = DateReader(LANGUAGES)
WORDS = [
    *(
        "3.",
        "5",
        "31.",
        "2021",
        "1990er",
        "Mai",
        "Juni",
        "bis",
        "vom",
        "und",
        "–",
        ",",
        "/",
        "Anfang",
    ),
    *(
        "Q3",
        "Quartal",
        "ersten",
        "heute",
        "Montag",
        "kommenden",
        "Woche",
        "may",
        "June",
        "8th",
        "of",
    ),
    *(
        "until",
        "the",
        "с",
        "по",
        "июня",
        "года",
        "г.",
        "2024-жылдын",
        "8-июнунда",
        "жылғы",
        "\n",
        ".",
        "x",
    ),
    *("09.06.2015", "8.6.", "2015-06-08", "06/2015", "III", "90-х", "т.г.", "(", "»", "+49 6196"),
]


def found(
    text: str, lang: str | None, reference: str | None
) -> list[tuple[str, str | None, str | None]]:
    return [(text[e.start : e.end], e.from_, e.to) for e in READER.find(text, lang, reference)]


def test_two_days_that_follow_each_other_are_one_range() -> None:
    assert found("Am 8. und 9. Juni 2015 in Astana", "de", None) == [
        ("8. und 9. Juni 2015", "2015-06-08", "2015-06-09")
    ]


def test_days_apart_are_one_date_each_and_the_last_one_carries_the_month() -> None:
    assert found("Am 5., 12. und 19. März 2020 in Bonn", "de", None) == [
        ("5.", "2020-03-05", "2020-03-05"),
        ("12.", "2020-03-12", "2020-03-12"),
        ("19. März 2020", "2020-03-19", "2020-03-19"),
    ]


def test_days_that_do_not_exist_are_left_out() -> None:
    assert found("Am 31. Juni 2015 und am 29.02.2015", "de", "2015-06-09") == []


def test_range_over_new_year_takes_the_year_of_its_end() -> None:
    assert found("vom 29. Dezember bis 3. Januar 2021", "de", None) == [
        ("29. Dezember bis 3. Januar 2021", "2020-12-29", "2021-01-03")
    ]


def test_range_without_year_over_new_year() -> None:
    assert found("vom 29. Dezember bis 3. Januar", "de", "2020-12-01") == [
        ("29. Dezember bis 3. Januar", "2020-12-29", "2021-01-03")
    ]


@pytest.mark.parametrize(
    ("reference", "year"), [("2015-01-10", "2014"), ("2014-11-02", "2014"), ("2015-10-01", "2015")]
)
def test_day_without_year_is_the_nearest_to_the_reference(reference: str, year: str) -> None:
    assert found("am 20. Dezember", "de", reference)[0][1] == f"{year}-12-20"


def test_29_february_without_year_is_one_that_exists() -> None:
    assert found("am 29. Februar", "de", "2017-03-01")[0][1] == "2016-02-29"


def test_announced_day_is_not_put_into_the_past() -> None:
    assert found("Die Messe wird Ende Oktober eröffnet.", "de", "2021-04-20")[0][1] == "2021-10-21"


def test_later_year_in_a_list_holds_for_the_day_before() -> None:
    text = "Treffen sind am 6. Juni in Astana und am 8. Juni 2019 in Almaty."
    assert [e[1] for e in found(text, "de", "2023-01-01")] == ["2019-06-06", "2019-06-08"]


def test_without_reference_only_what_says_its_year_is_found() -> None:
    text = "Am 25. September, gestern, im Oktober, nächste Woche und am 3. Mai 2015"
    assert found(text, "de", None)[-1] == ("3. Mai 2015", "2015-05-03", "2015-05-03")
    assert found("Am 25. September, gestern und nächste Woche", "de", None) == []


def test_partial_dates_keep_the_precision_and_days_without_year() -> None:
    text = "Am 25. September, im Herbst 2015, im Juni 2016, 2012 bis 2015, seit 2018, bis März 2019"
    partial = READER.find_partial(text, "de", None)
    assert [(p.iso, p.iso_end, p.kind) for p in partial] == [
        ("--09-25", None, "date"),
        ("2015-autumn", None, "season"),
        ("2016-06", None, "month"),
        ("2012", "2015", "range"),
        ("2018", None, "since"),
        (None, "2019-03", "until"),
    ]


def test_partial_range_of_days_without_year() -> None:
    text = "vom 3. bis 5. Mai"
    assert READER.find_partial(text, "de", None) == (
        PartialDate(4, 17, "--05-03", "--05-05", "range"),
    )
    assert READER.find_partial(text, "de", "2021-04-20") == (
        PartialDate(4, 17, "2021-05-03", "2021-05-05", "range"),
    )


def test_partial_date_that_no_year_has_is_left_out() -> None:
    assert READER.find_partial("am 31. Juni", "de", None) == ()


def test_days_behind_a_month_that_follows_the_year_of_a_name() -> None:
    assert found("the Tin Forum 2031 on October 17–18, the office said", "en", None) == [
        ("2031 on October 17–18", "2031-10-17", "2031-10-18")
    ]


def test_a_verb_in_the_past_before_a_weekday_outweighs_what_would_be() -> None:
    text = "Residents squeezed into the hall on Tuesday to ask what it would mean"
    assert found(text, "en", "2031-11-07")[-1][1] == "2031-11-04"


def test_unknown_language_takes_the_longest_reading_of_all_grammars() -> None:
    assert found("Форум 2024 жылғы 8 маусымда өтті", None, None) == [
        ("2024 жылғы 8 маусымда", "2024-06-08", "2024-06-08")
    ]
    assert found("June 8 and 9, 2015", "xx", None) == [
        ("June 8 and 9, 2015", "2015-06-08", "2015-06-09")
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Ordered on 12 lip 2031", "pl"), ("10 set", "it"), ("oggi", "it"), ("hoy", "es")],
)
def test_a_text_of_unknown_language_is_not_read_by_words_kept_for_their_own(
    text: str, lang: str
) -> None:
    of_own, of_unknown = (found(text, each, "2031-03-12") for each in (lang, None))
    assert of_own != of_unknown
    assert all(first in (None, "2031-01-01") for _, first, _ in of_unknown)


def test_order_of_day_and_month_in_digits() -> None:
    assert found("on 06/09/2015", "en", None)[0][1] == "2015-09-06"
    assert found("on 06/09/2015", "en-US", None)[0][1] == "2015-06-09"
    assert found("on 06/25/2015", "en", None)[0][1] == "2015-06-25"


@pytest.mark.parametrize("reference", ["2015", "2015-06", "2015-06-09", "2015-06-09T12:00:00Z"])
def test_reference_may_be_partial_or_an_instant(reference: str) -> None:
    assert found("am 22. Juni", "de", reference)[0][1] == "2015-06-22"


def test_reference_that_is_no_date_is_none() -> None:
    assert found("am 22. Juni", "de", "soon") == []
    assert found("am 22. Juni", "de", "2015-13-40") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Verordnung (EU) 2024/1252, DIN EN ISO 9001:2015 und Az. 3/2018"),
        ("de", "Agenda 2030, »Rohstoffe 2030« und die 2030-Strategie"),
        ("de", "Tel. +49 6196 79-2015, Raum 3.06, um 9.30 Uhr, 2.015 Euro"),
        ("de", "seit vier Jahren, über 2000 Beschäftigte, in den kommenden Wochen"),
        ("en", "May Jones may march on; prices fall; about 2000 people"),
        ("en", "Black Friday, USA TODAY, in her 80s, Mining Week 2024"),
        ("en", "every Monday and each Friday"),
        ("en", "every Monday and Friday, and the first Wednesday of each month"),
        ("de", "jeden Morgen und jeden Mittwoch"),
        ("de", "jeweils mittwochs, immer am Freitag, jeweils Samstag und Sonntag"),
        ("de", "Montags ist geschlossen, am ersten Mittwoch im Monat geöffnet"),
        ("ru", "каждый понедельник и каждую среду"),
        ("ru", "Казахстан-2050, Марта Иванова, закон № 2015-12, около 2000 человек"),
        ("ru", "с 9 до 18 часов, кабинет 3.12, 5-7 процентов"),
    ],
)
def test_no_dates(lang: str, text: str) -> None:
    assert found(text, lang, "2019-06-14") == []


@pytest.mark.parametrize("word", ["әрине", "ўз", "ӣд", "ұзақ"])
def test_a_small_letter_of_any_cyrillic_alphabet_opens_no_name(word: str) -> None:
    assert [e[1] for e in found(f"бұл {word} 2024", "kk", "2024-06-14")] == ["2024-01-01"]


def test_headings_do_not_run_into_the_next_line() -> None:
    assert [e[0] for e in found("Золото в 2014 году\n18 февраля 2015", "ru", None)] == [
        "2014 году",
        "18 февраля 2015",
    ]


def test_wrapped_lines_go_on() -> None:
    text = (
        "Die Tagung der Fachgruppe in Freiberg findet statt vom 8. bis zum 9.\n"
        "Juni 2015 im Audimax."
    )
    assert found(text, "de", None)[0][1:] == ("2015-06-08", "2015-06-09")


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("de", "Am Mittwoch unterzeichneten beide den Vertrag.", "2020-07-01"),
        ("de", "Am Mittwoch soll der Vertrag unterzeichnet werden.", "2020-07-08"),
        ("en", "The minister said on Tuesday that a draft would go to parliament.", "2020-06-30"),
        ("en", "The fair will open on Tuesday.", "2020-07-07"),
        ("en", "The hearing on the Shale Plan filled the hall on Tuesday.", "2020-06-30"),
        ("ru", "Об этом сообщили во вторник.", "2020-06-30"),
        ("ru", "Заседание состоится во вторник.", "2020-07-07"),
    ],
)
def test_tense_of_the_nearest_verb_decides_a_bare_weekday(lang: str, text: str, day: str) -> None:
    assert [e[1] for e in found(text, lang, "2020-07-03")] == [day]


@pytest.mark.parametrize(
    ("lang", "text", "first", "last"),
    [
        ("kk", "2030 жылға дейін", None, "2030-12-31"),
        ("kk", "осы жылғы 8 маусымда", "2024-06-08", "2024-06-08"),
        ("ky", "2023-жылдан баштап", "2023-01-01", None),
        ("uz", "2024-yilning 8-iyunidan 10-iyuniga qadar", "2024-06-08", "2024-06-10"),
        ("tg", "8-9 июни соли 2024", "2024-06-08", "2024-06-09"),
        ("fr", "du 8 au 10 juin 2024", "2024-06-08", "2024-06-10"),
        ("uk", "від 5 до 7 травня 2031 року", "2031-05-05", "2031-05-07"),
        ("uk", "у п’ятницю, 14 березня 2031 р.", "2031-03-14", "2031-03-14"),
        ("uk", "у березні 2031 р.", "2031-03-01", "2031-03-31"),
        ("pl", "w dniach 4-6 czerwca 2031 r.", "2031-06-04", "2031-06-06"),
        ("pl", "w środę, 12 marca 2031", "2031-03-12", "2031-03-12"),
        ("pl", "do 20 kwietnia 2031", None, "2031-04-20"),
        ("cs", "od 5. do 7. května 2031", "2031-05-05", "2031-05-07"),
        ("cs", "v březnu 2031", "2031-03-01", "2031-03-31"),
        ("tr", "12 Mart 2031'de", "2031-03-12", "2031-03-12"),
        ("tr", "5-7 Mayıs 2031", "2031-05-05", "2031-05-07"),
        ("it", "dal 5 al 7 maggio 2031", "2031-05-05", "2031-05-07"),
        ("it", "entro il 20 aprile 2031", None, "2031-04-20"),
        ("es", "del 5 al 7 de mayo de 2031", "2031-05-05", "2031-05-07"),
        ("es", "hasta el 20 de abril de 2031", None, "2031-04-20"),
        ("sv", "onsdagen den 12 mars 2031", "2031-03-12", "2031-03-12"),
        ("sv", "senast den 20 april 2031", None, "2031-04-20"),
        ("fi", "maaliskuussa 2031", "2031-03-01", "2031-03-31"),
        ("fi", "5.–7. toukokuuta 2031", "2031-05-05", "2031-05-07"),
    ],
)
def test_further_languages(lang: str, text: str, first: str | None, last: str | None) -> None:
    assert [e[1:] for e in found(text, lang, "2024-06-10")] == [(first, last)]


def test_weekday_behind_its_day_says_nothing_new() -> None:
    assert found("8 июня 2015 года, понедельник, в Астане", "ru", "2015-06-09") == [
        ("8 июня 2015 года", "2015-06-08", "2015-06-08")
    ]


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("am 3. Oktober 2031 – in diesem Jahr ein Freitag –", "de", ["2031-10-03", "2031-01-01"]),
        ("on 3 October 2031 – this year a Friday –", "en", ["2031-10-03", "2031-01-01"]),
        ("3 октября 2031 года – в этом году в пятницу", "ru", ["2031-10-03", "2031-01-01"]),
        ("am 3. Oktober 2031 in Jena, einem Freitag", "de", ["2031-10-03"]),
        ("am 3. Oktober 2031 in Jena, am Samstag in Suhl", "de", ["2031-10-03", "2031-09-27"]),
        ("2029 – 2031", "de", ["2029-01-01"]),
    ],
)
def test_what_a_dash_adds_to_a_day_is_no_range_and_no_other_day(
    text: str, lang: str, days: list[str]
) -> None:
    assert [d.from_ for d in READER.find(text, lang, "2031-09-30")] == days


def test_own_sentences_name_their_expressions_in_order() -> None:
    path = Path(__file__).parents[4] / "quality" / "dates_own.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = READER.find(record["text"], record["lang"], record["reference_date"])
        assert all(a.end <= b.start for a, b in pairwise(spans))


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=80),
    st.sampled_from(["de", "en", "ru", "kk", "uz", None]),
    st.sampled_from([None, "2015-06-09", "2020-02-29"]),
)
def test_any_text_gives_ordered_sound_intervals(
    text: str, lang: str | None, reference: str | None
) -> None:
    before = 0
    for expression in READER.find(text, lang, reference):
        assert before <= expression.start < expression.end <= len(text)
        assert expression.from_ is not None or expression.to is not None
        assert (expression.from_ or "") <= (expression.to or "9999")
        before = expression.end
    READER.find_partial(text, lang, reference)


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        (
            "Freiberg, 4. Mai 2026 – Am 3. Mai 2026 fand es statt.",
            "de",
            ["2026-05-04", "2026-05-03"],
        ),
        (
            "Freiberg, 4. Mai 2026 – Am 8. Mai 2026 findet es statt.",
            "de",
            ["2026-05-04", "2026-05-08"],
        ),
        ("ALMATY, 7 April 2026 – On 3 April 2026 it opened.", "en", ["2026-04-07", "2026-04-03"]),
        ("АСТАНА, 7 мая 2026 – В 2025 году", "ru", ["2026-05-07", "2025-01-01"]),
        ("4. Mai 2026 – 3. Mai 2026", "de", ["2026-05-04", "2026-05-03"]),
        ("3. Mai 2026 – 4. Mai 2026", "de", ["2026-05-03"]),
        ("Montag, 4. Mai – Mittwoch, 6. Mai 2026", "de", ["2026-05-04"]),
    ],
)
def test_a_dateline_begins_no_range(text: str, lang: str, days: list[str]) -> None:
    found = [d.from_ for d in READER.find(text, lang, None)]
    assert found == days


@pytest.mark.parametrize(
    ("first", "last", "day", "expected"),
    [
        ("--03-19", None, "2031-03-19", ("2031-03-19", None)),
        ("--03-19", "--03-21", "2031-03-21", ("2031-03-19", "2031-03-21")),
        ("--12-28", "--01-03", "2031-12-28", ("2031-12-28", "2032-01-03")),
        ("--12-28", "--01-03", "2032-01-03", ("2031-12-28", "2032-01-03")),
        ("--12-28", "--01-03", "2031-12-30", ("--12-28", "--01-03")),
        ("2030-03-19", None, "2031-03-19", ("2030-03-19", None)),
    ],
)
def test_the_year_of_a_day_that_is_known(
    first: str, last: str | None, day: str, expected: tuple[str, str | None]
) -> None:
    dated = with_year_of(PartialDate(0, 8, first, last, "range"), day)
    assert (dated.iso, dated.iso_end) == expected


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("mn", "Хурал энэ сарын 18-19-ний өдрүүдэд болов.", ("2031-05-18", "2031-05-19")),
        ("mn", "Хурал есдүгээр сарын 11–12-нд болно.", ("2031-09-11", "2031-09-12")),
        ("mn", "Хурал ирэх сарын 3-нд болно.", ("2031-06-03", "2031-06-03")),
        ("mn", "Хурал энэ сарын 34-нд болно.", None),
        ("mn", "Хурал 3 өдрийн өмнө болсон.", ("2031-05-17", "2031-05-17")),
        ("tg", "Форум 3 рӯз пеш баргузор шуд.", ("2031-05-17", "2031-05-17")),
        ("tg", "Форум 18 майи соли равон баргузор шуд.", ("2031-05-18", "2031-05-18")),
        ("tg", "Форум моҳи июн баргузор мешавад.", ("2031-06-01", "2031-06-30")),
        ("mn", "Форум ирэх намар болно.", ("2031-09-01", "2031-11-30")),
        ("uz", "Форум 17–19 февраль кунлари бўлади.", ("2031-02-17", "2031-02-19")),
    ],
)
def test_days_behind_their_month(lang: str, text: str, days: tuple[str, str] | None) -> None:
    assert [(d.from_, d.to) for d in READER.find(text, lang, "2031-05-20")] == [days] * bool(days)


def test_a_number_behind_a_month_that_counts_from_the_page_is_no_day() -> None:
    assert found("Last month 15 companies met.", "en", "2031-05-20") == [
        ("Last month", "2031-04-01", "2031-04-30")
    ]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("en", "It ran from Monday to Friday of last week.", ("2026-03-02", "2026-03-06")),
        (
            "en",
            "They toured the pits Monday to Thursday of last week.",
            ("2026-03-02", "2026-03-05"),
        ),
        (
            "de",
            "Von Freitag, dem 6. März, bis zum Sonntag fuhren sie.",
            ("2026-03-06", "2026-03-08"),
        ),
        ("de", "Von Donnerstag bis Samstag waren sie dort.", ("2026-03-05", "2026-03-07")),
        ("ru", "С четверга по субботу они были там.", ("2026-03-05", "2026-03-07")),
    ],
)
def test_a_weekday_of_a_range_is_the_nearest_to_its_other_end(
    lang: str, text: str, days: tuple[str, str]
) -> None:
    assert [tuple(found_days[1:]) for found_days in found(text, lang, "2026-03-12")] == [days]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "A week on Saturday he is due in Leeds.", "2026-03-21"),
        ("en", "The club will meet on Saturday week.", "2026-03-21"),
        ("en", "The fair will be a week today.", "2026-03-19"),
        ("de", "Das Treffen findet am Samstag in einer Woche statt.", "2026-03-21"),
        ("de", "Heute in zwei Wochen wird sie tagen.", "2026-03-26"),
        ("ru", "Собрание пройдёт в субботу через неделю.", "2026-03-21"),
        # So often a week, which is no such day.
        ("en", "It will be open two days a week on Saturday.", "2026-03-14"),
    ],
)
def test_weeks_from_a_day_that_is_still_to_come(lang: str, text: str, day: str) -> None:
    assert [start for _, start, _ in found(text, lang, "2026-03-12")] == [day]
