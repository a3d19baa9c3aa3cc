"""Names of events in languages that put endings behind words."""

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "name", "start", "city"),
    [
        (
            "kk",
            "2031 жылғы 12 мамырда Алматыда Қазақстан геологтарының VII съезі өтеді.",
            "Қазақстан геологтарының VII съезі",
            "2031-05-12",
            "Almaty",
        ),
        (
            "kk",
            "16 мамырда Қарағандыда «Кен ісі 2031» халықаралық көрмесі өтеді, деп хабарлады.",
            "«Кен ісі 2031» халықаралық көрмесі",
            "2031-05-16",
            "Karagandy",
        ),
        (
            "ky",
            "2031-жылдын 20-майында Бишкек шаарында эл аралык тоо-кен форуму өтөт.",
            "эл аралык тоо-кен форуму",
            "2031-05-20",
            "Bishkek",
        ),
        (
            "uz",
            "2031-yil 4-iyun kuni Navoiy shahrida xalqaro konchilik yig‘ilishi bo‘lib o‘tadi.",
            "xalqaro konchilik yig‘ilishi",
            "2031-06-04",
            "Navoi",
        ),
        (
            "tg",
            (
                "Рӯзи 20 майи соли 2031 дар шаҳри Хуҷанд намоишгоҳи байналмилалии «Саноат — 2031»"
                " баргузор мегардад."
            ),
            "намоишгоҳи байналмилалии «Саноат — 2031»",
            "2031-05-20",
            "Khujand",
        ),
        (
            "mn",
            (
                "2031 оны 5 дугаар сарын 20-нд Улаанбаатар хотод «Mongolia Mining 2031» олон улсын"
                " үзэсгэлэн болно."
            ),
            "«Mongolia Mining 2031» олон улсын үзэсгэлэн",
            "2031-05-20",
            "Ulaanbaatar",
        ),
    ],
)
def test_an_event_with_its_name_day_and_town(
    lang: str, text: str, name: str, start: str, city: str
) -> None:
    event = read_events(text, lang, "2031-05-02")[0]
    assert (event.name, event.start, event.place.city) == (name, start, city)


def test_a_word_in_a_case_of_its_own_belongs_to_the_verb() -> None:
    event = read_events("Ертең, 3 мамырда Астанада геология форумы өтеді.", "kk", "2031-05-02")[0]
    assert event.name == "геология форумы"


def test_ordinals_in_figures_with_their_endings() -> None:
    event = read_events("3 мамырда Астанада 5-ші геология форумы өтеді.", "kk", "2031-05-02")[0]
    assert event.ordinal == 5


def test_a_council_is_no_meeting() -> None:
    text = "3 мамырда «Мыс Тау» АҚ директорлар кеңесі Астанада жаңа төраға сайлады."
    assert not read_events(text, "kk", "2031-05-05")


def test_only_a_link_joins_what_follows_a_tajik_head() -> None:
    text = "3 май дар Душанбе форуми байналмилалии геологҳо баргузор шуд."
    assert read_events(text, "tg", "2031-05-05")[0].name == "форуми байналмилалии геологҳо"
    text = "3 май дар Душанбе мизи мудаввар гурӯҳи корӣ таъсис дод ва баргузор шуд."
    assert read_events(text, "tg", "2031-05-05")[0].name == "мизи мудаввар"


def test_industry_is_no_summer_in_kyrgyz() -> None:
    text = "3-майда Ош шаарында өнөр жай форуму өттү."
    event = read_events(text, "ky", "2031-05-05")[0]
    assert (event.name, event.start) == ("өнөр жай форуму", "2031-05-03")


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        (
            "kk",
            "3 мамырда Астанада геология форумы өтті. Оған бас инженер Серік Ахметов қатысты.",
            "бас инженер",
        ),
        (
            "uz",
            (
                "3-iyun kuni Navoiy shahrida forum boʻlib oʻtdi."
                " Forumni bosh direktor Akmal Karimov ochdi."
            ),
            "bosh direktor",
        ),
        (
            "tg",
            (
                "3 май дар Хуҷанд форум баргузор шуд. Форумро вазири саноат Шералӣ Раҳимов ифтитоҳ"
                " кард."
            ),
            "вазири саноат",
        ),
    ],
)
def test_the_job_title_before_a_name(lang: str, text: str, role: str) -> None:
    (event,) = read_events(text, lang, "2031-06-05")
    assert [person.role for person in event.persons] == [role]
