"""Names of events in languages that put endings behind words."""

import pytest

from crawler.parsers.events.grammar.grammars import grammar_for
from crawler.parsers.events.grammar.suffixed import HEAD_LAST
from tests.event_texts import event_reader, read_events, text_page


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


@pytest.mark.parametrize(
    ("lang", "text", "name", "theme"),
    [
        (
            "kk",
            "3 мамырда Астанада шахта суын тазарту мәселелеріне арналған дөңгелек үстел өтті.",
            "шахта суын тазарту мәселелеріне арналған дөңгелек үстел",
            "шахта суын тазарту мәселелеріне",
        ),
        (
            "ky",
            "3-майда Ош шаарында кен байытуу боюнча семинар өттү.",
            "кен байытуу боюнча семинар",
            "кен байытуу",
        ),
        (
            "uz",
            (
                "3-may kuni Navoiy shahridagi “Konchi” saroyida rux eksportiga bagʻishlangan"
                " davra suhbati oʻtkazildi."
            ),
            "rux eksportiga bagʻishlangan davra suhbati",
            "rux eksportiga",
        ),
    ],
)
def test_the_subject_before_a_head(lang: str, text: str, name: str, theme: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert (event.name.replace("‘", "ʻ"), event.theme) == (name, theme)


@pytest.mark.parametrize(
    ("lang", "text", "ordinal", "series"),
    [
        (
            "kk",
            "3 мамырда Астанада «Кеніш және су» V халықаралық конференциясы өтті.",
            5,
            "«Кеніш және су»",
        ),
        (
            "ky",
            "3-майда Ош шаарында VII «Көк Таш» тоо-кен форуму өттү.",
            7,
            "«Көк Таш» тоо-кен форуму",
        ),
        (
            "uz",
            "3-may kuni Navoiy shahrida “Raqamli kon” IV xalqaro konferensiyasi boʻlib oʻtdi.",
            4,
            "“Raqamli kon”",
        ),
        ("tg", "3 май дар Хуҷанд форуми сеюми «Кони сабз» баргузор шуд.", 3, "Кони сабз"),
        (
            "mn",
            "5-р сарын 3-нд Дархан хотод «Говийн зэс – 2031» чуулган зургаа дахь удаагаа боллоо.",
            6,
            "Говийн зэс",
        ),
        (
            "mn",
            "5-р сарын 3-нд Дархан хотод «Говийн зэс» чуулган арван тав дахь удаагаа боллоо.",
            15,
            "«Говийн зэс» чуулган",
        ),
        (
            "ky",
            "3-майда Ош шаарында «Көк Таш» көргөзмөсү он сегизинчи жолу өттү.",
            18,
            "«Көк Таш» көргөзмөсү",
        ),
        (
            "kk",
            "3 мамырда Астанада «Жер ізі» форумы үшінші жыл қатарынан өтті.",
            3,
            "«Жер ізі» форумы",
        ),
    ],
)
def test_editions(lang: str, text: str, ordinal: int, series: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert (event.ordinal, event.series) == (ordinal, series)


def test_a_month_in_words_stands_before_its_days_in_mongolian() -> None:
    text = "Дархан хотод есдүгээр сарын 11–12-нд олон улсын чуулган боллоо."
    (event,) = read_events(text, "mn", "2031-09-15")
    assert (event.start, event.end) == ("2031-09-11", "2031-09-12")


def test_several_gatherings_by_their_ending() -> None:
    grammar = HEAD_LAST["kk"]
    assert grammar.is_plural("кездесулер", "gathering")
    assert grammar.is_plural("кездесулерде", "gathering")
    assert not grammar.is_plural("кездесулері", "gathering")
    assert not grammar.is_plural("келіссөздер", "weak")


def test_quotes_behind_a_head_that_name_a_house_or_a_firm() -> None:
    text = "3 мамырда Астанада форум өтеді. Форум «Ақ Кеме» қонақүйінде өтеді."
    (event,) = read_events(text, "kk", "2031-05-01")
    assert (event.name, event.place and event.place.venue) == ("форум", "«Ақ Кеме» қонақүйі")
    text = "3 мамырда Астанада форум «Ақ Кен» АҚ қолдауымен өтеді."
    (event,) = read_events(text, "kk", "2031-05-01")
    assert event.name == "форум"


def test_uzbek_in_cyrillic_letters() -> None:
    text = (
        "3 февраль куни Навоий шаҳрида “Рақамли кон” IV халқаро конференцияси бўлиб ўтди. Тадбирни"
        " Ўзбекистон кончилар уюшмаси ташкил этди. Унда 180 нафар олим иштирок этди. Анжуманни"
        " институт ректори Акмал Каримов очди."
    )
    (event,) = read_events(text, "uz", "2031-02-05")
    assert (event.name, event.ordinal) == ("“Рақамли кон” IV халқаро конференцияси", 4)
    assert (event.start, event.participants.count) == ("2031-02-03", 180)
    assert event.organisers == ("Ўзбекистон кончилар уюшмаси",)
    assert [(p.name, p.role) for p in event.persons] == [("Акмал Каримов", "ректори")]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("ky", "3-майда Ошто ишкердик форум өттү.", "ишкердик форум"),
        ("ky", "3-майда Фергана ишкердик форуму өттү.", "Фергана ишкердик форуму"),
        (
            "mn",
            "Сайд тавдугаар сарын 3-нд ХБНГУ-д албан ёсны айлчлал хийлээ.",
            "албан ёсны айлчлал",
        ),
    ],
)
def test_a_place_in_a_case_of_the_verb_is_no_part_of_a_name(
    lang: str, text: str, name: str
) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert event.name == name


@pytest.mark.parametrize(
    ("lang", "text", "person"),
    [
        ("tg", "Конференсияро ректори донишгоҳ Фирӯз Назаров кушод.", "Фирӯз Назаров"),
        ("uz", "Анжуманни кеча Шерзод Раҳматов очди.", "Шерзод Раҳматов"),
        ("uz", "Anjumanni bosh direktor Nodir Rahmatov ochdi.", "Nodir Rahmatov"),
    ],
)
def test_persons_by_their_first_names(lang: str, text: str, person: str) -> None:
    page = text_page(text, lang)
    assert [m.surface for m in page.mentions if m.field == "persons"] == [person]


@pytest.mark.parametrize(
    ("lang", "text", "theme"),
    [
        (
            "kk",
            "3 мамырда Астанада «Көмірдің келешегі» тақырыбында конференция өтті.",
            "Көмірдің келешегі",
        ),
        (
            "uz",
            "3-may kuni Navoiy shahrida “Mis klasteri” mavzusida davra suhbati boʻlib oʻtdi.",
            "Mis klasteri",
        ),
    ],
)
def test_a_theme_in_quotes_before_its_word(lang: str, text: str, theme: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert event.theme == theme


def test_links_of_tajik_adjectives_and_job_titles() -> None:
    text = (
        "3 май дар Душанбе конфронси илмию амалӣ баргузор гардид. Конфронсро муовини якуми вазир"
        " Умед Саидов ифтитоҳ намуд."
    )
    (event,) = read_events(text, "tg", "2031-05-05")
    assert event.name == "конфронси илмию амалӣ"
    assert [person.role for person in event.persons] == ["муовини якуми вазир"]


def test_a_series_in_quotes_before_the_word_for_called() -> None:
    text = "18-майда Ош шаарында «Кен байлыктары» аттуу IX эл аралык форум өттү."
    (event,) = read_events(text, "ky", "2031-05-20")
    assert (event.ordinal, event.series) == (9, "«Кен байлыктары»")


@pytest.mark.parametrize(
    ("lang", "text", "employer"),
    [
        (
            "kk",
            (
                "3 мамырда Энергетика министрлігі Астанада форум өткізді. Форумды министр Ербол"
                " Асанов ашты."
            ),
            "Энергетика министрлігі",
        ),
        (
            "uz",
            (
                "3 май куни Энергетика вазирлиги Навоий шаҳрида форум ўтказди. Форумни вазир Акмал"
                " Каримов очди."
            ),
            "Энергетика вазирлиги",
        ),
        (
            "tg",
            (
                "3 май Вазорати энергетика дар Хуҷанд форум баргузор намуд. Форумро вазир Далер"
                " Раҳимов ифтитоҳ кард."
            ),
            "Вазорати энергетика",
        ),
    ],
)
def test_a_post_that_only_some_bodies_have(lang: str, text: str, employer: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert [person.organisation for person in event.persons] == [employer]


@pytest.mark.parametrize(
    ("lang", "text", "theme"),
    [
        (
            "kk",
            "Негізгі тақырыптар: су айналымы, шаңды азайту және кенді сұрыптау.",
            "су айналымы, шаңды азайту және кенді сұрыптау",
        ),
        (
            "kk",
            "Күн тәртібінде мыс кенін байыту, тау жолдарын жөндеу мәселелері қаралды.",
            "мыс кенін байыту, тау жолдарын жөндеу",
        ),
        ("kk", "Форумда шаңды азайту мәселелері талқыланды.", "шаңды азайту"),
        (
            "ky",
            "Күн тартибинде кен чалгындоо, суу тазалоо жана жол тарифи турду.",
            "кен чалгындоо, суу тазалоо жана жол тарифи",
        ),
    ],
)
def test_a_theme_behind_its_label_or_before_its_verb(lang: str, text: str, theme: str) -> None:
    opening = (
        "3 мамырда Астанада форум өтті." if lang == "kk" else "3-майда Ош шаарында форум өттү."
    )
    (event,) = read_events(f"{opening} {text}", lang, "2031-05-05")
    assert event.theme == theme


@pytest.mark.parametrize(
    ("lang", "text", "theme"),
    [
        (
            "uz",
            (
                "3-may kuni Navoiy shahrida anjuman oʻtdi. Bu yilgi anjuman «Toza kon» mavzusiga"
                " bagʻishlandi."
            ),
            "Toza kon",
        ),
        (
            "tg",
            "3 май дар Душанбе форум баргузор шуд. Форум таҳти шиори «Кони тоза» доир шуд.",
            "Кони тоза",
        ),
        (
            "mn",
            "5-р сарын 3-нд Дархан хотод форум боллоо. Уриа нь “Цэвэр уурхай” байв.",
            "Цэвэр уурхай",
        ),
    ],
)
def test_a_motto(lang: str, text: str, theme: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert event.theme == theme


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Ертең форум өтеді. Оған Қарағандыдан кеншілер келеді."),
        ("uz", "Ertaga forum boʻladi. Unga samarqandlik va Buxorodan konchilar keladi."),
        ("mn", "Маргааш форум болно. Эрдэнэтээс уурхайчид ирнэ."),
    ],
)
def test_where_somebody_comes_from_is_no_place_of_an_event(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert event.place is None or event.place.city is None


def test_the_town_that_opens_the_name_of_a_body_is_no_sign_of_an_event() -> None:
    with_town = read_events("Қарағанды университеті дәріс туралы айтты.", "kk", "2031-05-05")
    assert not with_town


@pytest.mark.parametrize(
    ("lang", "text", "role", "employer"),
    [
        (
            "kk",
            "Форумды Өнеркәсіп және құрылыс вице-министрі Ерлан Асанов ашты.",
            "Өнеркәсіп және құрылыс вице-министрі",
            None,
        ),
        (
            "kk",
            "Форумды Көлік министрлігі өткізді. Оған энергетика министрі Ерлан Асанов келді.",
            "энергетика министрі",
            None,
        ),
        (
            "kk",
            "Форумды Көлік министрлігі өткізді. Оған көлік министрі Ерлан Асанов келді.",
            "көлік министрі",
            "Көлік министрлігі",
        ),
        (
            "kk",
            "Форумды Қарағанды облысы әкімінің орынбасары Ерлан Асанов ашты.",
            "Қарағанды облысы әкімінің орынбасары",
            None,
        ),
        (
            "kk",
            "Форумда Nordfeld Port компаниясының бас директоры Ерлан Асанов сөйледі.",
            "бас директоры",
            "Nordfeld Port",
        ),
    ],
)
def test_remits_before_posts_and_the_bodies_that_have_them(
    lang: str, text: str, role: str, employer: str | None
) -> None:
    opening = "3 мамырда Астанада форум өтті."
    (event,) = read_events(f"{opening} {text}", lang, "2031-05-05")
    assert [(p.role, p.organisation) for p in event.persons] == [(role, employer)]


def test_the_remit_of_a_mongolian_post_is_its_owner() -> None:
    text = (
        "5-р сарын 3-нд Дархан хотод форум боллоо. Форумд Аж үйлдвэр, эрдэс баялгийн дэд сайд"
        " Б.Номин оролцлоо."
    )
    (event,) = read_events(text, "mn", "2031-05-05")
    assert [p.role for p in event.persons] == ["Аж үйлдвэр, эрдэс баялгийн дэд сайд"]


@pytest.mark.parametrize(
    ("lang", "text", "ordinal", "series", "countries"),
    [
        (
            "kk",
            "Кеше Алматыда Қазақстан-Түркия экономикалық комиссиясының 17-отырысы өтті.",
            17,
            "Қазақстан-Түркия экономикалық комиссиясының",
            {"KZ", "TR"},
        ),
        (
            "uz",
            (
                "Kecha Samarqandda O‘zbekiston–Koreya savdo hamkorlik bo‘yicha komissiyasining"
                " 10-majlisi bo‘lib o‘tdi."
            ),
            10,
            "O‘zbekiston–Koreya savdo hamkorlik bo‘yicha komissiyasining",
            {"UZ", "KR"},
        ),
    ],
)
def test_a_number_in_one_word_with_the_session_of_a_joint_body(
    lang: str, text: str, ordinal: int, series: str, countries: set[str]
) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert (event.ordinal, event.series) == (ordinal, series)
    assert set(event.participants.countries) == countries


@pytest.mark.parametrize(
    ("lang", "text", "countries"),
    [
        (
            "kk",
            "3 мамырда Астанада көрме өтті. Оған Қытайдан, Канададан және Польшадан 9 адам келді.",
            {"CN", "CA", "PL"},
        ),
        (
            "ky",
            "3-майда Ошто форум өттү. Ага Казакстан жана Тажикстандан 140 студент келди.",
            {"KZ", "TJ"},
        ),
        (
            "uz",
            "3-may kuni Navoiyda forum oʻtdi. Unda Ispaniya va Hindistondan 120 kompaniya boʻldi.",
            {"ES", "IN"},
        ),
        (
            "tg",
            "3 май дар Хуҷанд форум шуд. 38 олим аз Тоҷикистон ва Канада омаданд.",
            {"TJ", "CA"},
        ),
        ("kk", "3 мамырда Астанада көрме өтті. Қытайдан жаңа баға келді.", set()),
    ],
)
def test_countries_that_people_come_from(lang: str, text: str, countries: set[str]) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert set(event.participants.countries if event.participants else ()) == countries


def test_an_event_is_held_within_another_one() -> None:
    text = "Көрме аясында 4 мамырда Астанада «Таза кен» семинары өтті."
    page = event_reader().annotate(text_page(text, "kk", "2031-05-06"))
    found = {c.word: c.is_occasion for c in event_reader().candidates(page)}
    assert found == {"көрме": True, "семинары": False}


def test_a_participle_is_no_part_of_a_name() -> None:
    text = "Жетінші рет өтіп отырған көрмені 3 мамырда Астанада қауымдастық ұйымдастырды."
    (event,) = read_events(text, "kk", "2031-05-05")
    assert event.name == "көрмені"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "21.05.2031. Кеше Астанада форум басталды. Форум 20–22 мамырда өтеді."),
        ("uz", "19-may. 2031-yil 7–9-oktabr kunlari Buxoroda ko‘rgazma o‘tkaziladi."),
        ("tg", "21.05.2031. Дар Душанбе намоишгоҳ аз 20 то 22 май фаъолият дорад."),
    ],
)
def test_the_day_of_the_page_before_a_report_is_no_day_of_an_event(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-05-19" if lang == "uz" else "2031-05-21")
    assert event.start in {"2031-05-20", "2031-10-07"}


def test_what_is_held_within_another_event_is_in_its_town() -> None:
    text = (
        "3–5 мамырда Астанада «Кен» көрмесі өтті. Екінші күні «Таза су» семинары ұйымдастырылды;"
        " 4 мамырда оған 40 адам келді. 4 мамырда жас геологтар форумы болды."
    )
    events = read_events(text, "kk", "2031-05-06")
    assert {event.place.city for event in events if event.place} == {"Astana"}


def test_a_town_within_the_name_of_a_house_is_no_place() -> None:
    text = "3-may kuni Navoiy shahridagi «Grand Zarafshon» mehmonxonasida forum oʻtdi."
    (event,) = read_events(text, "uz", "2031-05-05")
    assert event.place is not None
    assert event.place.city == "Navoi"


def test_the_case_of_quotes_is_no_part_of_a_name() -> None:
    text = "3-may kuni Navoiy shahridagi «Konchi saroyi»da IV konchilik forumi oʻtdi."
    (event,) = read_events(text, "uz", "2031-05-05")
    assert event.name == "IV konchilik forumi"


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        (
            "kk",
            "3 мамырда Астанада форум өтті. Оған Төтенше және Өкілетті Елші Ерлан Асанов келді.",
            "Төтенше және Өкілетті Елші",
        ),
        (
            "uz",
            "3-may kuni Navoiyda forum oʻtdi. Uni Favqulodda va Muxtor elchi Akmal Karimov ochdi.",
            "Favqulodda va Muxtor elchi",
        ),
    ],
)
def test_a_pair_of_qualities_before_a_post(lang: str, text: str, role: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert [person.role for person in event.persons] == [role]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        # What says only which of a series: amid a name, not before it.
        (
            "kk",
            "5 мамырда Астанада Бақылау тобының кезекті отырысы өтті.",
            "Бақылау тобының кезекті отырысы",
        ),
        ("kk", "5 мамырда Астанада кезекті отырыс өтті.", "отырыс"),
        (
            "uz",
            "5-may kuni Navoiyda Kuzatuv kengashining navbatdagi majlisi bo‘lib o‘tdi.",
            "Kuzatuv kengashining navbatdagi majlisi",
        ),
        (
            "tg",
            "5 май дар Душанбе ҷаласаи навбатии Комиссияи геологӣ баргузор шуд.",
            "ҷаласаи навбатии Комиссияи геологӣ",
        ),
        # A verb that closes a clause.
        (
            "uz",
            "Kengash hisobotni tasdiqladi va yillik umumiy yig‘ilishni 30-may kuni o‘tkazadi.",
            "yillik umumiy yig‘ilishni",
        ),
        (
            "kk",
            "Кеңес есепті бекітілді деп жылдық жиналысты 30 мамырда Алматыда өткізеді.",
            "жылдық жиналысты",
        ),
        # With whom a meeting is.
        (
            "kk",
            "5 мамырда Өскеменде Дала банкі делегациясымен кездесу өтті.",
            "Дала банкі делегациясымен кездесу",
        ),
        (
            "ky",
            "5-майда Ошто чет элдик ишкерлер менен жолугушуу өттү.",
            "чет элдик ишкерлер менен жолугушуу",
        ),
        (
            "uz",
            "5-may kuni Buxoroda chet ellik tadbirkorlar bilan uchrashuv bo‘lib o‘tdi.",
            "chet ellik tadbirkorlar bilan uchrashuv",
        ),
        (
            "tg",
            "5 май дар Хуҷанд вохӯрӣ бо намояндагони ширкатҳо доир гардид.",
            "вохӯрӣ бо намояндагони ширкатҳо",
        ),
        (
            "mn",
            "5 дугаар сарын 5-нд Дарханд гадаадын хөрөнгө оруулагчидтай уулзалт боллоо.",
            "гадаадын хөрөнгө оруулагчидтай уулзалт",
        ),
        ("kk", "5 мамырда Өскеменде Дала банкімен семинар өтті.", "семинар"),
    ],
)
def test_what_is_in_a_name_and_what_is_not(lang: str, text: str, name: str) -> None:
    events = read_events(text, lang, "2031-05-06")
    assert name in [event.name for event in events]


def test_an_ordinal_of_two_words_behind_its_head() -> None:
    text = "5 май дар Хуҷанд ҷаласаи сию якуми Шӯрои сармоягузорӣ доир гардид."
    assert [event.ordinal for event in read_events(text, "tg", "2031-05-06")] == [31]


def test_a_head_that_itself_ends_like_a_link_takes_nothing_without_one() -> None:
    grammar = grammar_for("tg")
    assert [grammar.links(head) for head in ("вохӯрӣ", "вохӯрии", "форуми")] == [False, True, True]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        # In the house of a body, without a day or town.
        (
            "uz",
            "Tog‘-kon vazirligida Dala banki delegatsiyasi bilan uchrashuv bo‘lib o‘tdi.",
            "Dala banki delegatsiyasi bilan uchrashuv",
        ),
        # The headline names it, and who received guests is told below.
        (
            "ky",
            "Чет элдик ишкерлер менен жолугушуу\n\nКечээ Ошто Кен клубу конокторду кабыл алды.",
            "Чет элдик ишкерлер менен жолугушуу",
        ),
        # Two parties, and where a journey goes.
        (
            "kk",
            "5 мамырда Өскеменде Қазақстан – Германия форумы өтті.",
            "Қазақстан – Германия форумы",
        ),
        (
            "kk",
            "Министр Қайрат Асанов Канадаға жұмыс сапарымен барды.",
            "Канадаға жұмыс сапарымен",
        ),
        # A school that is an event.
        (
            "mn",
            "Геологийн төв 5 дугаар сарын 24-26-нд “Залуу” зуны сургуулийг зохион байгуулна.",
            "“Залуу” зуны сургуулийг",
        ),
    ],
)
def test_events_by_what_stands_around_them(lang: str, text: str, name: str) -> None:
    assert name in [event.name for event in read_events(text, lang, "2031-05-06")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("tg", "5 май дар Душанбе ҶСК «Конҳо» лоиҳаи худро муаррифӣ намуд."),
        ("uz", "5-may kuni Navoiyda konning holati muhokama qilindi."),
        ("mn", "Энэ долоо хоногт Дархан хотод нүүрсний үнэ буурч эхэллээ."),
    ],
)
def test_deeds_and_weeks_are_no_events(lang: str, text: str) -> None:
    assert not read_events(text, lang, "2031-05-06")


def test_the_name_of_a_house_is_no_event() -> None:
    text = "Арга хэмжээ “Дала Холл” үзэсгэлэнгийн төвд 5 дугаар сарын 12-нд нээгдэнэ."
    assert "Дала Холл" not in [e.name for e in read_events(text, "mn", "2031-05-06")]


@pytest.mark.parametrize(
    ("lang", "text", "organiser"),
    [
        ("tg", "5 май дар Хуҷанд ҷаласаи Шӯрои сармоягузорӣ доир гардид.", "Шӯрои сармоягузорӣ"),
        ("kk", "5 мамырда Астанада Геология комитетінің отырысы өтті.", "Геология комитетінің"),
    ],
)
def test_the_body_whose_session_it_is(lang: str, text: str, organiser: str) -> None:
    (event,) = read_events(text, lang, "2031-05-06")
    assert event.organisers == (organiser,)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ky", "Дүйшөмбү күнү Ошто Кен кеңешинин кезектеги отуруму өттү."),
        ("uz", "Dushanba kuni Navoiyda Kon kengashining navbatdagi majlisi bo‘ldi."),
    ],
)
def test_a_regular_session_that_was_is_no_next_one(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-05-06")
    assert (event.role, event.start) == ("main", "2031-05-05")


def test_who_works_for_the_body_behind_is_the_next_person() -> None:
    text = (
        "5 мамырда Астанада жиын өтті. Жиында төраға орынбасары Бауыржан Есімов, «Дала» ЖШС"
        " директоры Андрей Ким сөз сөйледі."
    )
    (event,) = read_events(text, "kk", "2031-05-06")
    assert {p.name: p.organisation for p in event.persons} == {
        "Бауыржан Есімов": None,
        "Андрей Ким": "«Дала» ЖШС",
    }


def test_initials_without_blanks_are_those_of_the_full_name() -> None:
    text = (
        "Vazir B.F.Islomov Xitoyga tashrif buyurdi\n\nGeologiya vaziri Bobir Islomov 3–5-may"
        " kunlari Pekin shahrida bo‘ldi. Tashrif davomida u kon korxonasini ko‘zdan kechirdi."
    )
    (event,) = read_events(text, "uz", "2031-05-06")
    assert [person.name for person in event.persons] == ["Bobir Islomov"]
