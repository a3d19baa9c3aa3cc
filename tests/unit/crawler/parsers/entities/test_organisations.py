from __future__ import annotations

import pytest

from tests.unit.crawler.parsers.entities.conftest import Finder


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "de",
            "Das Ministerium für Bergbau und Energie der Republik Kasachstan lud ein.",
            "Ministerium für Bergbau und Energie der Republik Kasachstan",
        ),
        ("de", "Die Muster Consultants GmbH stellte aus.", "Muster Consultants GmbH"),
        (
            "de",
            "Der Bundesverband der Kiesindustrie (BVK) tagte.",
            "Bundesverband der Kiesindustrie (BVK)",
        ),
        ("de", "Gast war die Universität Leoben.", "Universität Leoben"),
        ("de", "Es kam die Mess- und Fördertechnik Nord AG.", "Mess- und Fördertechnik Nord AG"),
        ("de", "Bei Umnu Kharkhan LLC rollten Lastwagen.", "Umnu Kharkhan LLC"),
        (
            "de",
            "Es tagte der Arbeitskreis Tiefe Geothermie Inn-Nord.",
            "Arbeitskreis Tiefe Geothermie Inn-Nord",
        ),
        ("de", "Die Bürgerinitiative Grubenlicht sprach.", "Bürgerinitiative Grubenlicht"),
        ("en", "At Northern Lead Ltd it was quiet.", "Northern Lead Ltd"),
        ("en", "At Northern Lead Oyj it was quiet.", "Northern Lead Oyj"),
        ("en", "Guests were Ostrel JSC and Norland Technical College.", "Ostrel JSC"),
        (
            "en",
            "Guests were Ostrel JSC and Norland Technical College.",
            "Norland Technical College",
        ),
        ("en", "Norland School of Mines and Erdet Geo LLC came.", "Norland School of Mines"),
        ("en", "Norland-based Lead Association came.", "Lead Association"),
        ("en", "Salt Lake City-based Lead Association came.", "Lead Association"),
        ("en", "The Community-based Mining Association met.", "Community-based Mining Association"),
        ("en", "Norland School of Mines and Erdet Geo LLC came.", "Erdet Geo LLC"),
        (
            "en",
            "The Institute of Mining and Metallurgy LLC came.",
            "Institute of Mining and Metallurgy LLC",
        ),
        ("ru", "Помог хокимият Коканда.", "хокимият Коканда"),
        (
            "de",
            "Das Muster-Institut für Solare Systeme forscht.",
            "Muster-Institut für Solare Systeme",
        ),
        (
            "de",
            "Die Nationale Wirtschaftskammer „Union Beispiel“ sagte zu.",
            "Nationale Wirtschaftskammer „Union Beispiel“",
        ),
        (
            "de",
            "Das usbekische Investitionsministerium zahlt.",
            "usbekische Investitionsministerium",
        ),
        (
            "en",
            "The Ministry of Water and Land of the Kyrgyz Republic agreed.",
            "Ministry of Water and Land of the Kyrgyz Republic",
        ),
        ("en", "The Open Example Institute (OEI) helped.", "Open Example Institute (OEI)"),
        (
            "en",
            "The State Committee for Roads and Bridges paid.",
            "State Committee for Roads and Bridges",
        ),
        ("en", "Example Graphite Limited drills.", "Example Graphite Limited"),
        (
            "ru",
            "В Министерстве водных ресурсов и мелиорации обсудили план.",
            "Министерстве водных ресурсов и мелиорации",
        ),
        ("ru", "Договор с АО «Пример» подписан.", "АО «Пример»"),
        ("ru", "Приехал глава Министерства энергетики и ЕБРР.", "Министерства энергетики"),
        ("ru", "Об этом сообщили в Минэкологии РК.", "Минэкологии РК"),
        ("ru", "Участвовала компания Example Lab.", "компания Example Lab"),
        (
            "ru",
            "Заседание Межгосударственного совета по разведке и охране недр прошло.",
            "Межгосударственного совета по разведке и охране недр",
        ),
    ],
)
def test_organisations_by_pattern(find: Finder, lang: str, text: str, wanted: str) -> None:
    assert wanted in [surface for surface, _ in find(text, lang, "organisations")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Das Ministerium schweigt."),
        ("de", "Die Gesellschaft wächst."),
        ("de", "Das sehen deutsche Verlage anders."),
        ("de", "Im Zentrum der Debatte steht der Preis."),
        ("de", "Die Botschaft der Leserinnen kam an."),
        ("en", "The ministry and the government agreed."),
        ("ru", "Компании и организации участвовали."),
        ("ru", "Российская Федерация присоединилась."),
    ],
)
def test_a_head_word_alone_names_nobody(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "organisations") == []


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Sie traf das Zentrum der Wirtschaft.", "Zentrum der Wirtschaft"),
        ("de", "Die Botschaft der Mongolei lud ein.", "Botschaft der Mongolei"),
        ("de", "Die Botschaft der Republik lud ein.", "Botschaft der Republik"),
    ],
)
def test_a_head_in_its_own_sense(find: Finder, lang: str, text: str, name: str) -> None:
    assert [value for _, value in find(text, lang, "organisations")] == [name]


def test_a_table_name_keeps_its_id_with_legal_form_and_acronym(find: Finder) -> None:
    text = "Gast war das Rheinisch-Westfälische Institut für Wirtschaftsforschung e.V. (RWI)."
    assert find(text, "de", "organisations") == [
        ("Rheinisch-Westfälische Institut für Wirtschaftsforschung e.V. (RWI)", "rwi")
    ]


def test_an_inflected_table_name(find: Finder) -> None:
    assert find(
        "Gäste des Ost-Ausschusses der Deutschen Wirtschaft kamen.", "de", "organisations"
    ) == [("Ost-Ausschusses der Deutschen Wirtschaft", "ost-ausschuss")]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        (
            "Выступил представитель Центра геологической информации.",
            "Центра геологической информации",
            "Центр геологической информации",
        ),
        (
            "По данным Северной ассоциации горняков, рост составил 3 %.",
            "Северной ассоциации горняков",
            "Северная ассоциация горняков",
        ),
    ],
)
def test_a_body_that_no_table_knows_is_called_in_the_nominative(
    find: Finder, text: str, surface: str, value: str
) -> None:
    assert (surface, value) in find(text, "ru", "organisations")


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        (
            "Das sagte ein Sprecher des Bundesverbands Erzbergbau.",
            "Bundesverbands Erzbergbau",
            "Bundesverband Erzbergbau",
        ),
        (
            "Er leitet die Abteilung der Geologischen Verwaltung Altfeld.",
            "Geologischen Verwaltung Altfeld",
            "Geologische Verwaltung Altfeld",
        ),
        (
            "Der Verein Erzfreunde Altfeld lädt ein.",
            "Verein Erzfreunde Altfeld",
            "Verein Erzfreunde Altfeld",
        ),
    ],
)
def test_a_german_body_is_called_in_the_nominative_too(
    find: Finder, text: str, surface: str, value: str
) -> None:
    assert (surface, value) in find(text, "de", "organisations")


def test_an_enumeration_ends_before_the_next_person(find: Finder) -> None:
    text = "The Department for Roads and Bridges of Kyrgyzstan, and UK Minister Ann Ford agreed."
    assert find(text, "en", "organisations") == [
        ("Department for Roads and Bridges of Kyrgyzstan",) * 2
    ]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "ru",
            "Участвовали представители Комитета геологии и Палаты предпринимателей.",
            ["Комитета геологии", "Палаты предпринимателей"],
        ),
        (
            "ru",
            "Форум прошёл при поддержке Банка развития и консалтинговой компании Дата Плюс.",
            ["Банка развития"],
        ),
        (
            "ru",
            "Форум проводит Агентство недропользования при поддержке Союза горняков.",
            ["Агентство недропользования", "Союза горняков"],
        ),
        (
            "ru",
            "Выступил президент Геологического общества Григорий Лаптев.",
            ["Геологического общества"],
        ),
        ("ru", "На встрече был представитель Эксимбанка.", ["Эксимбанка"]),
        ("en", "She is Vice Chancellor of Lakeside University.", ["Lakeside University"]),
        ("de", "Karin Stolz, TU Clausthal, sprach.", ["TU Clausthal"]),
        (
            "de",
            "Der Verband Salz, Kali und Erden e.V. tagte.",
            ["Verband Salz, Kali und Erden e.V."],
        ),
        ("de", "Neue Netzwerke und das Treffen der Verbände.", []),
        (
            "en",
            "The Geological Survey of Ruritania (GSR) met. GSR is old.",
            ["Geological Survey of Ruritania (GSR)", "GSR"],
        ),
        (
            "en",
            "The Committee on Geology of Ruritania and SRX Consulting invited.",
            ["Committee on Geology of Ruritania", "SRX Consulting"],
        ),
        ("en", "The Board of Directors of the Example Ore Group met.", ["Example Ore Group"]),
        (
            "en",
            "The Faculty of Mining, Geology and Petroleum Engineering met.",
            ["Faculty of Mining, Geology and Petroleum Engineering"],
        ),
        ("de", "Die Repräsentanz der Kieswirtschaft zog um.", ["Repräsentanz der Kieswirtschaft"]),
        ("ru", "Крупнейшие компании Кольского полуострова участвуют.", []),
        ("ru", "В состав Ассоциации горняков были приняты семь фирм.", ["Ассоциации горняков"]),
        ("en", "The Tin Institute and Northpit Ltd came.", ["Tin Institute", "Northpit Ltd"]),
        ("en", "Marks and Berry Ltd came.", ["Marks and Berry Ltd"]),
        ("en", "Hull Tin Company and Partners Limited.", ["Hull Tin Company and Partners Limited"]),
        ("en", "Hull Ore Bank and Trust Company Ltd met.", ["Hull Ore Bank and Trust Company Ltd"]),
        ("de", "Die Norderz Union und Söhne GmbH kam.", ["Norderz Union und Söhne GmbH"]),
        ("de", "Die Norderz Union und Partnerwerk GmbH.", ["Norderz Union", "Partnerwerk GmbH"]),
        ("ru", "Приехали люди Лесного завода насосов и Tinplate.", ["Лесного завода насосов"]),
        ("ru", "Рядом завод «Олово» показал руду.", ["завод «Олово»"]),
        (
            "ru",
            "Помогли комитет Коканда и деловой клуб «Рейн — Иртыш».",
            ["комитет Коканда", "клуб «Рейн — Иртыш»"],
        ),
        ("de", "Es kamen die Universität Halle Doktoranden.", ["Universität Halle"]),
        ("ru", "Пришли люди компании ООО «Нижний Марганец».", ["компании ООО «Нижний Марганец»"]),
        ("ru", "Пришёл начальник АО «Нижний Марганец».", ["АО «Нижний Марганец»"]),
        (
            "ru",
            "Пришёл президент Германо-Казахского оловянного общества Иван Громов.",
            ["Германо-Казахского оловянного общества"],
        ),
        ("de", "Es kam der Bund der Zinnhütten.", ["Bund der Zinnhütten"]),
        (
            "ru",
            "Помог Институт геологии имени К. И. Иванова в Оше.",
            ["Институт геологии имени К. И. Иванова"],
        ),
        ("ru", "Помог Университет им. К.И. Иванова.", ["Университет им. К.И. Иванова"]),
        ("de", "Das Regierungspräsidium Mittelnord kam.", ["Regierungspräsidium Mittelnord"]),
        ("de", "Die Nordfluss Wasser OAO kam.", ["Nordfluss Wasser OAO"]),
        ("en", "The Guild of Smelters of Norland came.", ["Guild of Smelters of Norland"]),
        ("ru", "Пришло движение «Чистый берег».", ["движение «Чистый берег»"]),
        ("de", "Bund und Länder sprachen darüber.", []),
        (
            "ru",
            "На заседании Правительства Казахстана под председательством премьера обсудили олово.",
            ["Правительства Казахстана"],
        ),
    ],
)
def test_names_of_bodies_end_where_another_begins(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "kk",
            "Шараны Ақтау облысының әкімдігі мен «Кеншілер» қауымдастығы ұйымдастырды.",
            ["Ақтау облысының әкімдігі", "«Кеншілер» қауымдастығы"],
        ),
        ("kk", "Оны «Мыс Тау» ЖШСның өкілі ашты.", ["«Мыс Тау» ЖШСның"]),
        ("kk", "Оған «Мыс Тау» компаниясы қатысты.", ["«Мыс Тау»"]),
        ("kk", "Қауымдастық төрағасы министрлікке хат жазды.", []),
        (
            "ky",
            "Аны Соода жана инвестиция агенттигинин өкүлү ачты.",
            ["Соода жана инвестиция агенттигинин"],
        ),
        ("uz", "Tadbirni Savdo-sanoat palatasi tashkil etdi.", ["Savdo-sanoat palatasi"]),
        (
            "uz",
            "Tadbirni Togʻ-kon sanoati vazirligi va «Mis» MChJ ochdi.",
            ["Togʻ-kon sanoati vazirligi", "«Mis» MChJ"],
        ),
        (
            "tg",
            "Онро Вазорати саноат ва захираҳои минералӣ дар Хуҷанд баргузор кард.",
            ["Вазорати саноат ва захираҳои минералӣ"],
        ),
        ("tg", "Онҷо ширкати «Зарнисор» баромад кард.", ["«Зарнисор»"]),
        (
            "mn",
            "Үүнийг Байгаль орчин, усны яам болон «Зэс» ХК хийв.",
            ["Байгаль орчин, усны яам", "«Зэс» ХК"],
        ),
    ],
)
def test_bodies_of_languages_that_put_endings_behind_words(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


def test_a_body_without_its_case(find: Finder) -> None:
    text = "Кеше Геология комитетінің төрағасы келді."
    assert find(text, "kk", "organisations") == [("Геология комитетінің", "Геология комитеті")]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Кеше біз Қазақалтын компаниясын көрдік.", ["Қазақалтын"]),
        ("kk", "Оны «Мыс Тау» ЖШСның өкілі ашты.", ["«Мыс Тау» ЖШС"]),
        ("ky", "Бул жерде Казакалтын компаниясы иштейт.", ["Казакалтын"]),
        ("ky", "Бул жерде Ак-Алтын ассоциациясынын кеңсеси.", ["Ак-Алтын ассоциациясы"]),
        ("tg", "Онро Вазорати саноатро даъват кард.", ["Вазорати саноат"]),
        ("tg", "Онҷо Агентии метро баромад кард.", ["Агентии метро"]),
        ("uz", "Kecha Geologiya qo`mitasining raisi keldi.", ["Geologiya qo`mitasi"]),
    ],
)
def test_only_heads_and_legal_forms_have_endings_to_cut(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "organisations")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "ky",
            "Жыйынга ОАО «Боз Тоо» жана ОсОО «Кара Кен» келди.",
            ["ОАО «Боз Тоо»", "ОсОО «Кара Кен»"],
        ),
        ("ky", "Аны «Боз Тоо» ОсОО ачты.", ["«Боз Тоо» ОсОО"]),
        ("tg", "Онҷо ООО «Зарнисор» баромад кард.", ["ООО «Зарнисор»"]),
        ("mn", "Үүнийг ООО «Хүрэл» хийв.", ["ООО «Хүрэл»"]),
    ],
)
def test_russian_legal_forms_in_other_languages(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


@pytest.mark.parametrize("sign", "'’‘ʻʼ`´")
def test_apostrophes_of_bodies_however_they_are_written(find: Finder, sign: str) -> None:
    name = f"Tog{sign}-kon qo{sign}mitasi"
    text = f"Tadbirni {name} ochdi."
    assert [surface for surface, _ in find(text, "uz", "organisations")] == [name]


def test_a_lone_quote_is_no_name(find: Finder) -> None:
    assert find("Онҷо ҶДММ « Қароргоҳ буд.", "tg", "organisations") == []


def test_a_head_of_several_words(find: Finder) -> None:
    text = "Говь их сургууль уулзалт хийв. Засгийн газар хуралдав."
    found = [surface for surface, _ in find(text, "mn", "organisations")]
    assert found == ["Говь их сургууль", "Засгийн газар"]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "kk",
            "Оны Сарыөзенқа техникалық университеті ашты.",
            ["Сарыөзенқа техникалық университеті"],
        ),
        ("kk", "Астана техникалық университеті ашты.", ["Астана техникалық университеті"]),
        ("kk", "Кеше Алматыда техникалық университеті ашылды.", []),
        ("kk", "Кеше Астанаға ғылым министрлігі келді.", []),
        ("kk", "Қайратқа геология комитеті хат жазды.", []),
        ("kk", "Айгүлге геология комитеті хат жазды.", []),
        ("ky", "Кечээ Бишкекке билим министрлиги келди.", []),
        ("uz", "Kecha Samarqandga ilmiy markazi keldi.", []),
        ("tg", "Онҷо Хадамоти метро ва ҶДММ «Оҳан» буданд.", ["Хадамоти метро", "ҶДММ «Оҳан»"]),
        ("uz", "Уни Зарафшон кончилар уюшмаси очди.", ["Зарафшон кончилар уюшмаси"]),
    ],
)
def test_names_that_end_like_a_case(find: Finder, lang: str, text: str, wanted: list[str]) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("mn", "Тэр Хүрэл үйлдвэр ТӨҮГ-ын захирал болов.", ["Хүрэл үйлдвэр ТӨҮГ"]),
        ("uz", "Keyin Zarkon KMK AJ raisi keldi.", ["Zarkon KMK AJ"]),
        ("kk", "Кездесуде ЖШС туралы айтылды.", []),
        ("kk", "Кеше директор Ержанов ТОО «Мыс» деді.", ["ТОО «Мыс»"]),
        ("uz", "Кеча директор Карим Алиев МЧЖ «Мис» билан келди.", ["МЧЖ «Мис»"]),
        ("kk", "Кеше Мыстау ЖШС Көлтау АҚ сатты.", ["Мыстау ЖШС", "Көлтау АҚ"]),
        ("uz", "Кеча Ўзбекистоннинг Заркон КМК АЖ раиси келди.", ["Заркон КМК АЖ"]),
        ("mn", "Тэр Монголын Хүрэл ХХК нээв.", ["Монголын Хүрэл ХХК"]),
    ],
)
def test_firms_without_quotes_by_their_legal_form(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


def test_industry_is_no_works(find: Finder) -> None:
    assert find("Энэ салбарын Аж үйлдвэр өсөв.", "mn", "organisations") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Кеше Делегацияны қауымдастық басшысы бастады.", []),
        ("uz", "Kecha Gazni qayta ishlash zavodi ochildi.", ["Gazni qayta ishlash zavodi"]),
        (
            "tg",
            "Онҷо Институти геологияи Вахш ва мутахассиси олмонӣ буданд.",
            ["Институти геологияи Вахш"],
        ),
        ("mn", "Тэнд Говь их сургуулийн захирал байв.", ["Говь их сургуулийн"]),
        (
            "uz",
            "Уни Инвестициялар, саноат ва савдо вазирлиги ўтказди.",
            ["Инвестициялар, саноат ва савдо вазирлиги"],
        ),
        ("uz", "Unda Karim Aliyev, Savdo vazirligi vakili bor edi.", ["Savdo vazirligi"]),
        ("kk", "Кеше Тараз, геология комитеті келді.", []),
        (
            "mn",
            "Тэр Боловсрол, шинжлэх ухааны яам хуралдав.",
            ["Боловсрол, шинжлэх ухааны яам"],
        ),
        ("kk", "Пленарлық мәжілісті ректор ашты.", []),
        ("ky", "Бул жерде «Кара Кен» мамлекеттик ишканасынын кеңсеси.", ["«Кара Кен»"]),
    ],
)
def test_what_stands_before_and_behind_a_body(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ky", "Кечээ Чоң Кеңештин мүчөсү келди.", "Чоң Кеңеш"),
        ("ky", "Кечээ Ош университетинин ректору келди.", "Ош университети"),
        ("mn", "Тэнд Эдийн засгийн яамны дарга ирэв.", "Эдийн засгийн яам"),
        ("mn", "Тэр Хүрэл академид очив.", "Хүрэл академи"),
        ("mn", "Тэнд Геологийн төвийн захирал ирэв.", "Геологийн төв"),
        ("mn", "Тэнд Геологийн Төвийг нээв.", "Геологийн Төв"),
        ("mn", "Тэнд Металлын хүрээлэнгийн дарга ирэв.", "Металлын хүрээлэн"),
        ("mn", "Тэр Металлын яамнаас ирэв.", "Металлын яам"),
        ("mn", "Тэр Уурхайчдын холбоог байгуулав.", "Уурхайчдын холбоо"),
        ("mn", "Тэр Дархан дээд сургуулийн багш.", "Дархан дээд сургууль"),
        ("uz", "Kecha Oliy Kengashning raisi keldi.", "Oliy Kengash"),
    ],
)
def test_heads_without_possession_lose_their_case(
    find: Finder, lang: str, text: str, wanted: str
) -> None:
    assert [value for _, value in find(text, lang, "organisations")] == [wanted]


def test_a_person_before_a_body_is_no_part_of_it(find: Finder) -> None:
    text = "Андан Бакыт Мамасыдыков Фрайберг тоо-кен академиясы менен сүйлөштү."
    found = [surface for surface, _ in find(text, "ky", "organisations")]
    assert found == ["Фрайберг тоо-кен академиясы"]


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        (
            "kk",
            "Оны «Таза Кен» қоры және Еуропалық мыс альянсы ашты.",
            ["«Таза Кен» қоры", "Еуропалық мыс альянсы"],
        ),
        (
            "ky",
            "Ага кытайлык Tarim Geo Tools жана Тоо геология кызматы катышты.",
            ["Tarim Geo Tools", "Тоо геология кызматы"],
        ),
        (
            "uz",
            "Unda Nordfeld Automation va Investitsiyalar va savdo vazirligi qatnashdi.",
            ["Investitsiyalar va savdo vazirligi"],
        ),
        (
            "kk",
            "Оны Өнеркәсіп және құрылыс министрлігі ашты.",
            ["Өнеркәсіп және құрылыс министрлігі"],
        ),
    ],
)
def test_a_body_ends_before_the_joiner_of_another(
    find: Finder, lang: str, text: str, bodies: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == bodies


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        ("kk", "Жиынға Nordfeld Chemical өкілі келді.", ["Nordfeld Chemical"]),
        ("tg", "Дар он Varda Mining Tools иштирок кард.", ["Varda Mining Tools"]),
        ("uz", "Унда Varda Mining Tools қатнашди.", ["Varda Mining Tools"]),
        ("kk", "Бейсенбіде Varda Mining Week көрмесі ашылды.", []),
        ("kk", "Бейсенбіде Varda Steppe көрмесі ашылды.", []),
        ("kk", "Оны профессор John Varda ашты.", []),
        ("kk", "Ол «Varda Steppe» фильмін көрді.", []),
        ("uz", "Unda Varda Mining Tools qatnashdi.", []),
    ],
)
def test_latin_capitals_in_cyrillic_text_are_a_firm(
    find: Finder, lang: str, text: str, bodies: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == bodies


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        (
            "ky",
            "Аны Б. Осмонов атындагы мамлекеттик университети уюштурду.",
            ["Б. Осмонов атындагы мамлекеттик университети"],
        ),
        ("kk", "Оны Абай атындағы тау институты ашты.", ["Абай атындағы тау институты"]),
    ],
)
def test_a_body_is_called_by_somebody(
    find: Finder, lang: str, text: str, bodies: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "organisations")] == bodies


@pytest.mark.parametrize(
    ("lang", "text", "again"),
    [
        ("kk", "Оны «Таза Кен» ЖШС ашты. «Таза Кен» директоры сөйледі.", "«Таза Кен»"),
        ("tg", "Онро ҶСК «Кони тоза» кушод. Директори «Кони тоза» гуфт.", "«Кони тоза»"),
    ],
)
def test_a_firm_in_quotes_alone_whose_form_stands_elsewhere(
    find: Finder, lang: str, text: str, again: str
) -> None:
    assert again in [surface for surface, _ in find(text, lang, "organisations")]
    alone = text.partition(". ")[2]
    assert again not in [surface for surface, _ in find(alone, lang, "organisations")]


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        ("kk", "Оны «Таза Кен» ЖШС ашты. «Таза Кен» форумы өтті.", "«Таза Кен»"),
        ("kk", "Оны «Таза Кен» ЖШС ашты. «Таза Кен» жобасы аяқталды.", "«Таза Кен»"),
        ("tg", "Онро ҶСК «Кони тоза» кушод. Форуми «Кони тоза» гузашт.", "«Кони тоза»"),
    ],
)
def test_an_event_or_a_project_called_as_a_firm_is_none(
    find: Finder, lang: str, text: str, named: str
) -> None:
    assert named not in [surface for surface, _ in find(text, lang, "organisations")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Он работал геологом и начальником управления лицензирования.", []),
        ("Это сказал начальник управления стратегического планирования Темир Садыков.", []),
        (
            "Это сказал начальник Управления геологии Темир Садыков.",
            ["Управления геологии"],
        ),
        (
            "Там был институт имени Каныша Сатпаева.",
            ["институт имени Каныша Сатпаева"],
        ),
        (
            "Там было министерство энергетики Республики Казахстан.",
            ["министерство энергетики Республики Казахстан"],
        ),
        ("Спонсором был Центральный комитет геологии.", ["Центральный комитет геологии"]),
    ],
)
def test_a_post_and_a_division_of_no_named_body_are_none(
    find: Finder, text: str, found: list[str]
) -> None:
    assert [surface for surface, _ in find(text, "ru", "organisations")] == found
