"""Months and days of the week in all the cases that nouns take, and what an ending says."""

from collections.abc import Iterator

import pytest
from babel import Locale

from crawler.parsers.entities.grammar.suffixes import PLURALS, noun_forms
from tests.page_reader import packaged_dates

READER = packaged_dates()
REFERENCE = "2031-04-20"
MONGOLIAN = (
    *("нэгдүгээр", "хоёрдугаар", "гуравдугаар", "дөрөвдүгээр", "тавдугаар", "зургаадугаар"),
    *("долоодугаар", "наймдугаар", "есдүгээр", "аравдугаар", "арваннэгдүгээр", "арванхоёрдугаар"),
)
YEAR = {"kk": "2031 жылғы", "ky": "2031-жылдын", "uz": "2031-yil"}


def forms(name: str, lang: str) -> Iterator[str]:
    """The forms of a noun in the singular; Kyrgyz drops the soft sign of a loan before them."""
    stem = name.removesuffix("ь") if lang == "ky" else name
    cut = len(stem) - 1
    for form in {name, *noun_forms(stem, lang)} - {stem} | {name}:
        if not any(ending in form[cut:] for ending in PLURALS[lang]):
            yield form


def months(lang: str) -> Iterator[tuple[str, int, str]]:
    names = Locale(lang).months["stand-alone"]["wide"]
    for number, name in names.items():
        for form in sorted(forms(name.casefold(), lang)):
            yield lang, number, form


def read(text: str, lang: str) -> list[tuple[str | None, str | None]]:
    return [(d.from_, d.to) for d in READER.find(text, lang, REFERENCE)]


@pytest.mark.parametrize("lang", YEAR)
def test_a_month_in_all_its_cases(lang: str) -> None:
    day = "12 " if lang == "kk" else "12-"
    cut = [
        form
        for lang, number, form in months(lang)
        if (f"2031-{number:02}-12", f"2031-{number:02}-12")
        not in read(f"{YEAR[lang]} {day}{form} .", lang)
    ]
    assert not cut


@pytest.mark.parametrize("number", range(1, 13))
@pytest.mark.parametrize("form", ["сар", "сарын", "сард", "сараас"])
def test_mongolian_months_by_their_numbers(number: int, form: str) -> None:
    ((first, _),) = read(f"2031 оны {MONGOLIAN[number - 1]} {form}", "mn")
    assert first == f"2031-{number:02}-01"


@pytest.mark.parametrize("month", range(1, 13))
def test_tajik_months_with_their_link(month: int) -> None:
    name = Locale("tg").months["stand-alone"]["wide"][month].casefold()
    day = f"2031-{month:02}-12"
    assert read(f"12 {name}и соли 2031", "tg") == [(day, day)]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("kk", "наурыздың 12-сінде", ("2031-03-12", "2031-03-12")),
        ("kk", "мамыр айының 3-іне", ("2031-05-03", "2031-05-03")),
        ("kk", "2031 жылғы мамыр айының 3-інде", ("2031-05-03", "2031-05-03")),
        ("kk", "наурыздың 12-сінен 14-іне дейін", ("2031-03-12", "2031-03-14")),
        ("kk", "наурыздың 12-14-і күндері", ("2031-03-12", "2031-03-14")),
        ("ky", "марттын 12синде", ("2031-03-12", "2031-03-12")),
        ("ky", "май айынын 3-үндө", ("2031-05-03", "2031-05-03")),
        ("ky", "марттын 12синен 14үнө чейин", ("2031-03-12", "2031-03-14")),
        ("uz", "martning 12-sida", ("2031-03-12", "2031-03-12")),
        ("uz", "may oyining 3-sanasida", ("2031-05-03", "2031-05-03")),
        ("mn", "3 дугаар сарын 12-ноос 14-ний өдрүүдэд", ("2031-03-12", "2031-03-14")),
        ("mn", "3-р сарын 28-наас 4-р сарын 2-ныг хүртэл", ("2031-03-28", "2031-04-02")),
    ],
)
def test_days_behind_the_month_that_they_are_of(
    lang: str, text: str, days: tuple[str, str]
) -> None:
    assert read(text, lang) == [days]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "2031 жылғы мамырда 5 кеніш ашылды."),
        ("kk", "Мамырдың 12 пайызы"),
        ("kk", "мамыр айында 12 кеніш"),
        ("uz", "may oyida 12 korxona"),
    ],
)
def test_a_number_behind_a_month_counts_something(lang: str, text: str) -> None:
    assert all(first is None or first.endswith("-01") for first, _ in read(text, lang))


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("uz", "12-martgacha", (None, "2031-03-12")),
        ("uz", "12-martdan 14-martgacha", ("2031-03-12", "2031-03-14")),
        ("uz", "12 мартдан 14 мартгача", ("2031-03-12", "2031-03-14")),
        ("uz", "jumagacha", (None, "2031-04-18")),
        ("uz", "2035-yilgacha", (None, "2035-12-31")),
        ("uz", "2031-y. 12-mart", ("2031-03-12", "2031-03-12")),
    ],
)
def test_an_ending_says_until(lang: str, text: str, days: tuple[str | None, str]) -> None:
    assert read(text, lang) == [days]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("ky", "2031-жылдын 5-бугу айы", ("2031-05-05", "2031-05-05")),
        ("ky", "2031-жылдын 5-бештин айында", ("2031-12-05", "2031-12-05")),
        ("ky", "2031-жылдын 12-жалган кураны", ("2031-03-12", "2031-03-12")),
        ("ky", "өткөн жумада", ("2031-04-07", "2031-04-13")),
        ("ky", "май айынын ортосунда", ("2031-05-11", "2031-05-20")),
        ("ky", "1990-жылдарда", ("1990-01-01", "1999-12-31")),
        ("kk", "кешегі жиында", ("2031-04-19", "2031-04-19")),
        ("kk", "алдыңғы аптада", ("2031-04-07", "2031-04-13")),
        ("uz", "kechagi yigʻilishda", ("2031-04-19", "2031-04-19")),
        ("tg", "ҳафтаи гузашта", ("2031-04-07", "2031-04-13")),
        ("tg", "моҳи оянда", ("2031-05-01", "2031-05-31")),
        ("tg", "се рӯз пеш", ("2031-04-17", "2031-04-17")),
        ("mn", "даваа гарагт", ("2031-04-14", "2031-04-14")),
        ("mn", "уржигдар", ("2031-04-18", "2031-04-18")),
        ("mn", "гурав хоногийн өмнө", ("2031-04-17", "2031-04-17")),
        ("mn", "1990-ээд онд", ("1990-01-01", "1999-12-31")),
        ("mn", "2031 оны нэгдүгээр улиралд", ("2031-01-01", "2031-03-31")),
        ("mn", "2031 оны сүүлээр", ("2031-09-01", "2031-12-31")),
    ],
)
def test_days_weeks_and_decades(lang: str, text: str, days: tuple[str, str]) -> None:
    assert read(text, lang) == [days]


def test_a_first_name_is_no_day_of_the_week() -> None:
    assert read("Б.Пүрэв, Лхагва нар хэлэв.", "mn") == []


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("ky", "11-июлунан тартып 14-июлуна чейин", ("2031-07-11", "2031-07-14")),
        ("kk", "12 маусымнан бастап 14 маусымға дейін", ("2031-06-12", "2031-06-14")),
        ("kk", "осы айдың 20-сында", ("2031-04-20", "2031-04-20")),
        ("ky", "ушул айдын 20сында", ("2031-04-20", "2031-04-20")),
        ("uz", "shu oyning 20-kuni", ("2031-04-20", "2031-04-20")),
        ("tg", "20-уми моҳи равон", ("2031-04-20", "2031-04-20")),
        ("tg", "20-уми ҳамин моҳ", ("2031-04-20", "2031-04-20")),
        ("tg", "Шанбеи гузашта", ("2031-04-19", "2031-04-19")),
        ("tg", "панҷшанбеи оянда", ("2031-04-24", "2031-04-24")),
        ("mn", "өнөөдрөөс энэ сарын 25-ныг дуустал", ("2031-04-20", "2031-04-25")),
        ("mn", "Лхагва гарагт форум болно", ("2031-04-23", "2031-04-23")),
        ("mn", "Ирэх 9 дүгээр сард", ("2031-09-01", "2031-09-30")),
    ],
)
def test_days_told_beside_a_month_or_day_that_is_known(
    lang: str, text: str, days: tuple[str, str]
) -> None:
    assert read(text, lang) == [days]


@pytest.mark.parametrize(("lang", "text"), [("mn", "Өнгөрсөн 9 сард"), ("tg", "20 моҳи равон")])
def test_a_bare_number_before_a_month_may_count_it(lang: str, text: str) -> None:
    assert ("2031-04-20", "2031-04-20") not in read(text, lang)
    assert not any(str(first).startswith(("2030-09", "2031-09")) for first, _ in read(text, lang))


def test_people_behind_a_month_are_no_day_of_it() -> None:
    assert read("Өткен айда 20 адам келді", "kk") == [("2031-03-01", "2031-03-31")]
