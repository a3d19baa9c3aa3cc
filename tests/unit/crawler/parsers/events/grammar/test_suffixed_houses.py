"""Houses of events in languages that put endings behind words."""

import pytest

from tests.event_texts import event_vocabulary, read_events


@pytest.mark.parametrize(
    ("lang", "text", "houses"),
    [
        (
            "kk",
            "Кеше Алматы қаласындағы «Ақ Кеме» қонақүйінде форум өтті.",
            ["«Ақ Кеме» қонақүйінде"],
        ),
        (
            "kk",
            "Жиын Тау-кен институтының мәжіліс залында өтті.",
            ["Тау-кен институтының мәжіліс залында"],
        ),
        ("kk", "Жиын шағын залда өтті.", []),
        ("ky", "Көргөзмө «Көк Таш» спорт комплексинде болот.", ["«Көк Таш» спорт комплексинде"]),
        ("uz", "Seminar Geologiya universitetida boʻladi.", ["Geologiya universitetida"]),
        ("uz", "Davra suhbati “Konchi uyi”da oʻtdi.", ["“Konchi uyi”"]),
        ("mn", "Хурал Уурхайчдын ордонд болно.", ["Уурхайчдын ордонд"]),
        ("mn", "Зэсийн хэлэлцүүлэг Эдийн засгийн яаманд болов.", ["Эдийн засгийн яаманд"]),
        ("mn", "Хурал “Говь” зочид буудалд болно.", ["“Говь” зочид буудалд"]),
        ("tg", "Семинар дар Маркази намоишгоҳии «Кон» доир шуд.", ["Маркази намоишгоҳии «Кон»"]),
        (
            "tg",
            "Семинар дар толори Китобхонаи вилоятии Суғд доир шуд.",
            ["Китобхонаи вилоятии Суғд"],
        ),
        ("tg", "Семинар дар маркази шаҳр доир шуд.", []),
    ],
)
def test_houses(lang: str, text: str, houses: list[str]) -> None:
    words = event_vocabulary(lang)
    found = words.grammar.houses(text, 0, len(text), words)
    assert [text[start:end] for start, end in found or ()] == houses


def test_a_body_in_whose_house_it_is_did_not_organise_it() -> None:
    text = "4-6 июн дар Маркази намоишгоҳии «Кони сабз» намоишгоҳи «Саноат» баргузор шуд."
    (event,) = read_events(text, "tg", "2031-06-10")
    assert event.place is not None
    assert event.place.venue == "Маркази намоишгоҳии «Кони сабз»"
    assert event.organisers == ()


@pytest.mark.parametrize(
    ("lang", "text", "name", "venue"),
    [
        ("mn", "Тэр “Говь” зочид буудалд чуулган болно.", "чуулган", "“Говь” зочид буудал"),
        ("mn", "Тэнд Хүрэл экспо төвд семинар болно.", "семинар", "Хүрэл экспо төв"),
        ("mn", "Тэнд семинар танхимд болно.", "семинар", None),
        ("kk", "Онда Кенші университетте семинар өтеді.", "семинар", "Кенші университет"),
        ("kk", "Онда көрме залда өтеді.", "көрме", None),
    ],
)
def test_a_house_without_its_case(lang: str, text: str, name: str, venue: str | None) -> None:
    day = {"mn": "2031 оны 5-р сарын 12-нд Дархан хотод", "kk": "2031 жылғы 3 мамырда Астанада"}
    (event,) = read_events(f"{day[lang]} {text[0].lower()}{text[1:]}", lang, "2031-05-10")
    assert event.place is not None
    assert (event.name, event.place.venue) == (name, venue)


def test_a_head_that_qualifies_a_house_is_no_event() -> None:
    text = "3-may kuni Toshkentda “Konchi” koʻrgazma majmuasida xalqaro seminar oʻtkazildi."
    (event,) = read_events(text, "uz", "2031-05-10")
    assert event.place is not None
    assert (event.name, event.place.venue) == ("xalqaro seminar", "“Konchi” koʻrgazma majmuasi")


def test_the_house_of_a_body_is_its_whole_name() -> None:
    text = "3 май дар бинои Вазорати саноат ва савдо семинари омӯзишӣ баргузор гардид."
    (event,) = read_events(text, "tg", "2031-05-10")
    assert event.place is not None
    assert event.place.venue == "Вазорати саноат ва савдо"


@pytest.mark.parametrize(
    ("lang", "text", "venue"),
    [
        (
            "kk",
            "Форум 12 мамырда Атырауда өтеді. Өтетін орны – «Каспий» мәдениет үйі.",
            "«Каспий» мәдениет үйі",
        ),
        (
            "ky",
            "Форум 12-майда Ошто өтөт. Өтүүчү жери: «Көл-Төр» борбору, экинчи кабат.",
            "«Көл-Төр» борбору",
        ),
        (
            "tg",
            "Форум 12 май дар Бохтар мешавад. Маҳалли баргузорӣ – Қасри фарҳанг.",
            "Қасри фарҳанг",
        ),
        (
            "mn",
            "Форум 5-р сарын 12-нд Ховдод болно. Болох газар нь “Саран” соёлын төв.",
            "“Саран” соёлын төв",
        ),
        (
            "ky",
            "Форум 12-майда Б. Осмонов атындагы Тоо университетинде болот.",
            "Б. Осмонов атындагы Тоо университети",
        ),
        (
            "ky",
            "Форум 12-майда «Ынтымак» конференц-борборунда болот.",
            "«Ынтымак» конференц-борбору",
        ),
    ],
)
def test_a_house_behind_its_label_or_of_a_namesake(lang: str, text: str, venue: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert event.place is not None
    assert event.place.venue == venue
