from __future__ import annotations

import pytest

from crawler.parsers.entities.russian.personal_names import nominative
from tests.unit.crawler.parsers.entities.conftest import Finder

FIRST_NAMES = {"анна", "болат", "сергей", "игорь", "никита", "иван", "айгуль", "руслан", "петр"}


@pytest.mark.parametrize(
    ("inflected", "cases", "wanted"),
    [
        ("Болатом Омаровым", (), "Болат Омаров"),
        ("Болата Омарова", (), "Болат Омаров"),
        ("Болату Омарову", (), "Болат Омаров"),
        ("Болат Омаров", (), "Болат Омаров"),
        ("Сергеем Лосевым", (), "Сергей Лосев"),
        ("Игоря Сомова", (), "Игорь Сомов"),
        ("Никиты Серова", (), "Никита Серов"),
        ("Анной Ким", (), "Анна Ким"),
        ("Анны Рудской", (), "Анна Рудская"),
        ("Ивана Ивановича Рудского", (), "Иван Иванович Рудский"),
        ("Айгуль Сеитова", (), "Айгуль Сеитова"),
        ("Айгуль Сеитовой", (), "Айгуль Сеитова"),
        ("Ержаном Калыкбаем", ("ablt",), "Ержан Калыкбай"),
        ("Даулета Тасова", ("gent",), "Даулет Тасов"),
        ("Тасовым Д. А.", ("ablt",), "Тасов Д. А."),
        ("Тасовой Д.", (), "Тасова Д."),
    ],
)
def test_the_nominative_of_russian_names(
    inflected: str, cases: tuple[str, ...], wanted: str
) -> None:
    assert nominative(inflected.split(), FIRST_NAMES, cases) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Es sprach Geschäftsführer Rainer Wolke.", ["Rainer Wolke"]),
        ("en", "It was opened by Minister of Industry Zorbo Quilt.", ["Zorbo Quilt"]),
        ("en", "Minister of Energy and Natural Resources Zorbo Quilt came.", ["Zorbo Quilt"]),
        ("en", "The President of the Republic Zorbo Quilt came.", ["Zorbo Quilt"]),
        ("en", "Deputy Minister of Energy of Georgia Maya Quilt came.", ["Maya Quilt"]),
        ("en", "The President of Barrow Gold Exploration came.", []),
        ("de", "Der Vizeminister für Bergbau und Energie Zorbo Quilt kam.", ["Zorbo Quilt"]),
        ("de", "Der Leiter der Abteilung Technische Anlagen kam.", []),
        ("de", "Die Ministerin für Wirtschaft und Digitale Infrastruktur kam.", []),
        ("de", "Der Minister für Ländliche Räume kam.", []),
        (
            "de",
            "Die Ministerin für Arbeit, Jugend und Energie, Zorba Quilt, kam.",
            ["Zorba Quilt"],
        ),
        (
            "en",
            "Yerzhan Kulman, chief engineer, Northern Water Works; Ruth Tully, Zeeland Membranes",
            ["Yerzhan Kulman", "Ruth Tully"],
        ),
        ("en", "The foreign minister of the land, Yerzhan Kulman.", ["Yerzhan Kulman"]),
        ("de", "BDX-Präsident Qodir Tursunzoda kam.", ["Qodir Tursunzoda"]),
        ("de", "Frau Dr. Keller dankte.", ["Keller"]),
        ("de", "Durch den Abend führte Falk Ostermoor.", ["Falk Ostermoor"]),
        (
            "de",
            "Mit im Bus saßen Schanar Tölebek und Nurgül Sadyr.",
            ["Schanar Tölebek", "Nurgül Sadyr"],
        ),
        ("en", "The map was drawn by Zolboo Khaltar.", ["Zolboo Khaltar"]),
        (
            "en",
            "Bermet Saiakova and Tomoko Arisawa came by bus.",
            ["Bermet Saiakova", "Tomoko Arisawa"],
        ),
        ("ru", "Карту принесла Гулчехра Назримадова.", ["Гулчехра Назримадова"]),
        ("de", "Ullrich Pechnelke ist neuer Schatzmeister.", ["Ullrich Pechnelke"]),
        ("en", "TCX's Eugenio Silvestre (Executive Director) spoke.", ["Eugenio Silvestre"]),
        ("en", "Gert Klokk was elected Chairman of the fund.", ["Gert Klokk"]),
        ("ru", "Выступил посол Элисон ЛеКлёр.", ["Элисон ЛеКлёр"]),
        ("ru", "Выступил посол Британии Робин Орд-Смитсон.", ["Робин Орд-Смитсон"]),
        ("de", "Den Abend eröffnete Sigurbjörg Haldal mit einem Lied.", ["Sigurbjörg Haldal"]),
        ("en", "The evening belonged to Ibidapo Dalton and his band.", ["Ibidapo Dalton"]),
        ("de", "Dr. Max von der Heide eröffnete.", ["Max von der Heide"]),
        ("de", "Max Muster von der Kanzlei Vollroth sprach.", ["Max Muster"]),
        ("de", "Max Muster von der Geo-Kammer sprach.", ["Max Muster"]),
        ("de", "Max Muster von der Zinn-Partei sprach.", ["Max Muster"]),
        ("de", "Max Ernst von der Heide Muster sprach.", ["Max Ernst von der Heide Muster"]),
        ("de", "Maria Muster de Oliveira Santos sprach.", ["Maria Muster de Oliveira Santos"]),
        (
            "de",
            "Dr. Max Frhr. von Aue kam mit Anna Gräfin zu Berg.",
            ["Max Frhr. von Aue", "Anna Gräfin zu Berg"],
        ),
        (
            "de",
            "Gulmira Satybaldy, Staatssekretärin im Ministerium, sprach.",
            ["Gulmira Satybaldy"],
        ),
        ("de", "Oqil Nurzoda (Botschafter Tadschikistans) sprach.", ["Oqil Nurzoda"]),
        ("de", "Industrie- und Bauminister Talgat Esenov kündigte an.", ["Talgat Esenov"]),
        ("de", "Die Gäste von Jürgen Lohse klatschten.", ["Jürgen Lohse"]),
        ("en", "Vice Minister Omon Karimov signed.", ["Omon Karimov"]),
        ("en", "Sardor Umurzakov, Deputy Director of the Survey, said.", ["Sardor Umurzakov"]),
        ("en", "World Mining consultant Arkady Sokolsky agreed.", ["Arkady Sokolsky"]),
        ("en", "Bryan Field of the Institute joined.", ["Bryan Field"]),
        ("en", "By Imogen Farraday August 19, 2026 3 min read", ["Imogen Farraday"]),
        ("en", "By Cedric Ollerton June 3, 2026 3 min read", ["Cedric Ollerton"]),
        ("en", "By Peter Walsh Jan. 5, 2026", ["Peter Walsh"]),
        ("en", "Imogen August spoke.", ["Imogen August"]),
        ("de", "Es kamen Anna Keller GmbH und Rainer Wolke.", ["Rainer Wolke"]),
        ("en", "It is run by John Smith Ltd in Leeds.", []),
        ("en", "Katherine O’Neill's speech was short.", ["Katherine O’Neill"]),
        (
            "ru",
            "Заместитель министра финансов Мехрубону Саидова открыла заседание.",
            ["Мехрубону Саидова"],
        ),
        ("ru", "Об этом сообщил аким области Даулет Тасов.", ["Даулет Тасов"]),
        (
            "ru",
            "Министр промышленности Республики Казахстан Ерсайын Сапаров прибыл.",
            ["Ерсайын Сапаров"],
        ),
        ("ru", "Делегация во главе с вице-министром Болатом Омаровым прибыла.", ["Болат Омаров"]),
        ("ru", "Встреча с Андреем Петровым прошла.", ["Андрей Петров"]),
        ("ru", "М. Саидова напомнила о сроках.", ["М. Саидова"]),
    ],
)
def test_persons_by_title_role_and_first_name(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "persons")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Karin Morlisan3.11.2031", ["Karin Morlisan"]),
        ("en", "by Karin MorlisanNovember 20, 2031", ["Karin Morlisan"]),
        ("en", "Karin MacMorlisan spoke.", ["Karin MacMorlisan"]),
        ("en", "Karin VanderMorlis spoke.", ["Karin VanderMorlis"]),
        ("en", "By Karin Morlisan Nov 13, 2031", ["Karin Morlisan"]),
        ("en", "It was the mine of Karin Morlis’ family.", ["Karin Morlis"]),
        ("de", "Es kamen K. Morlisan und A. Turgot.", ["K. Morlisan", "A. Turgot"]),
        ("en", "said Jena Police Commissioner Karin Morlisan", ["Karin Morlisan"]),
        ("en", "It was said by J. Morlisan of the mine.", ["J. Morlisan"]),
        ("ru", "Председательствовал К. Морлисанов. Все пришли.", ["К. Морлисанов"]),
    ],
)
def test_persons_beside_what_is_no_name(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "persons")] == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Alle Rechte vorbehalten."),
        ("de", "Die Karl-Marx-Straße ist gesperrt."),
        ("de", "Parken in der Clara Zetkin Straße."),
        ("en", "They meet at Rosa Parks Square in Leeds."),
        ("ru", "Они соберутся на проспекте Юрия Гагарина."),
        ("ru", "Адрес: ул. Анны Рудской, 5."),
        ("kk", "Форум Болат Омаров көшесінде өтеді."),
        ("de", "Die Ernst Klammer AG stellt aus."),
        ("de", "Das Ministerium für Industrie und Bau lud ein."),
        ("de", "Leiter Rohstoffe und Energie"),
        ("de", "Die Konrad-Muster-Stiftung half."),
        ("en", "The Asian Development Bank and Critical Minerals Forum met."),
        ("en", "A. Introduction"),
        ("en", "E. Tableside Carving Trolley\nHow it works"),
        ("en", "It leads from point A to point B. Nobody asked."),
        ("en", "The acting U.S. Attorney spoke."),
        ("en", "It hits the P&L. Costs rose."),
        ("en", "Okta Environment"),
        ("de", "Es hilft Vitamin B. Insbesondere Obst hat es."),
        ("de", "Später sagte Trendscout Morlisan nichts."),
        ("en", "The chief executive of Royal Tinberkk Platinum, Mr X the executive head, spoke."),
        ("en", "She met the Vice-President, Corporate Affairs, at the plant."),
        ("ru", "Министерство финансов Республики Таджикистан сообщило."),
        ("ru", "Кыргызской геологической службе исполнилось сто лет."),
        ("ru", "начальник лаборатории АО «Нижний Марганец» пришёл"),
        ("ru", "президент Германо-Казахского оловянного общества"),
        ("ru", "Пришёл глава «Нижний Марганец» из Оша."),
        ("ru", "Пришли специалисты «Зауэрталь Пумпен ГмбХ»."),
        ("en", "It met in the canteen of Shannon Aggregates, Limerick."),
        ("de", "In 450 Metern Tiefe erläuterte er die Pläne."),
        ("de", "Es geht um die Genese von Zinn- und Wolframerzen. Leitung: N. N."),
    ],
)
def test_no_persons(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "persons") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Es kamen Aigerim Sadwakassowa und Xenja Petrowna Lehr.", 2),
        ("de", "Die Runde eröffnete Schachlo Nasarowa.", 1),
        ("en", "The session was opened by Zhanbolat Seitenov.", 1),
        ("en", "Tortin Kesarovich Belun and Bakyt uulu Temirlan took part.", 2),
        ("en", "The Karlovich Group took part.", 0),
        ("ru", "В работе участвовали Айгерим Садвакасова и Бактыгуль Осмонова.", 2),
        ("ru", "Открыл форум Тортин Кесарович Белун.", 1),
    ],
)
def test_central_asian_first_names_and_names_after_the_father(
    find: Finder, lang: str, text: str, wanted: int
) -> None:
    assert len(find(text, lang, "persons")) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Karin Sommer eröffnete die Tagung.", ["Karin Sommer"]),
        ("de", "Die Gäste begrüßte Bürgermeister Jan März.", ["Jan März"]),
        ("en", "Theresa May opened the forum.", ["Theresa May"]),
        ("ru", "Форум открыла директор института Анна Май.", ["Анна Май"]),
        ("de", "Im Sommer und im Mai tagt der Verband.", []),
        ("de", "Der Mai war warm, und auf den Herbst folgte der Winter.", []),
    ],
)
def test_words_of_the_calendar_are_surnames_behind_a_first_name(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "persons")] == wanted


def test_initials_take_the_full_name_told_elsewhere(find: Finder) -> None:
    text = "Заседание вела министр Малика Саидова. М. Саидова напомнила о сроках."
    assert {value for _, value in find(text, "ru", "persons")} == {"Малика Саидова"}


def test_a_country_as_first_name_is_a_person_only_with_a_surname(find: Finder) -> None:
    text = "Iran Alimov and Georgia Rossini came from Iran."
    assert find(text, "en", "countries") == [("Iran", "IR")]
    assert [v for _, v in find(text, "en", "persons")] == ["Iran Alimov", "Georgia Rossini"]


def test_a_name_between_commas_behind_its_office(find: Finder) -> None:
    text = "Der Außenminister Kanadas, Beno Tulbay, reiste ab."
    assert find(text, "de", "persons") == [("Beno Tulbay", "Beno Tulbay")]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Dr. Henning Quast vom Institut für Erze sprach.", ["Henning Quast"]),
        ("de", "Dipl.-Geol. Bernd Ahlers von der Harzkali GmbH kam.", ["Bernd Ahlers"]),
        ("de", "Der Minister für Energie, Qanat Serikov, kam.", ["Qanat Serikov"]),
        ("de", "Wirtschaftsminister Steinbrück reist nach Lusaka.", ["Steinbrück"]),
        ("de", "Der Leiter Vertrieb kam.", []),
        ("de", "In Begleitung reiste die Delegation, Ziel der Reise war Jena.", []),
        ("en", "“We export jobs,” said Tebatso Molapi.", ["Tebatso Molapi"]),
        ("en", "The Premier League and the San Diego County office.", []),
        ("ru", "Об этом просил главу Минприроды Козлова.", []),
        ("ru", "Договор с компанией Нордик Метал подписан.", []),
        ("ru", "Выступил замминистра Тимур Абенов.", ["Тимур Абенов"]),
    ],
)
def test_what_stands_beside_a_name_decides(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "persons")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "person"),
    [
        ("en", "John York (United Kingdom)", "John York"),
        ("en", "Prof. Peter Halle, Germany", "Peter Halle"),
        ("de", "Eva Bremen, Deutschland", "Eva Bremen"),
        ("de", "Karl Steyr, Österreich", "Karl Steyr"),
        ("de", "Eva von Bremen, Deutschland", "Eva von Bremen"),
        ("en", "John M. York, United Kingdom", "John M. York"),
        ("en", "Dr. York, United Kingdom", "York"),
        ("ru", "Анна Коломна (Россия)", "Анна Коломна"),
    ],
)
def test_a_surname_before_a_country_is_no_town_of_it(
    find: Finder, lang: str, text: str, person: str
) -> None:
    assert find(text, lang, "persons") == [(person, person)]
    assert find(text, lang, "places") == []


def test_both_parts_of_a_double_first_name_are_inflected() -> None:
    names = {"ханс", "анна"}
    assert nominative(["Хансом-Петером", "Квортцем"], names) == "Ханс-Петер Квортц"
    assert nominative(["Анной-Марией", "Петровой"], names) == "Анна-Мария Петрова"
    assert nominative(["Ханс-Петер", "Квортц"], names) == "Ханс-Петер Квортц"


@pytest.mark.parametrize(
    ("inflected", "wanted"),
    [("Евгения Петрова", "Евгений Петров"), ("Александра Козлова", "Александр Козлов")],
)
def test_first_names_of_both_genders_go_with_their_surname(inflected: str, wanted: str) -> None:
    names = {"евгений", "евгения", "александр", "александра"}
    assert nominative(inflected.split(), names, ("gent",)) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Оны академик Ержан Сәтбаев ашты.", ["Ержан Сәтбаев"]),
        ("kk", "Оны академик Е. Сәтбаев ашты.", ["Е. Сәтбаев"]),
        ("kk", "Жиын Сәтбаев қаласында өтті.", []),
    ],
)
def test_a_town_that_is_called_by_somebody(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "persons")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Жиында директор Тобыл Асановтың сөзі тыңдалды.", ["Тобыл Асанов"]),
        ("kk", "Оны Дәуітбай Серікұлы ашты.", ["Дәуітбай Серікұлы"]),
        ("uz", "Unga direktor Akmal Karimovning xati keldi.", ["Akmal Karimov"]),
        ("mn", "Захирал Б.Номин-тай уулзав.", ["Б.Номин"]),
        ("uz", "Unda vazirning o‘rinbosari Pak Vard Su qatnashdi.", ["Pak Vard Su"]),
        ("tg", "Дар он вазири нерӯи кишвар Зарбад Муҳсинӣ баромад.", ["Зарбад Муҳсинӣ"]),
        ("tg", "Форум дар Қасри Арбобон гузашт.", []),
        ("ky", "Анда директор Чыңгыз Эсенгул уулу сүйлөдү.", ["Чыңгыз Эсенгул уулу"]),
        ("uz", "Unda «Olmos Nodir Metall» AJ vakili qatnashdi.", []),
        ("uz", "Унда геолог Тоҳир Зарипов Қизилқумдаги ишини эслади.", ["Тоҳир Зарипов"]),
        ("kk", "Ол Тобыл Асанов атындағы сыйлықты алды.", []),
        ("uz", "U Akmal Karimov nomidagi maktabda oʻqidi.", []),
    ],
)
def test_cases_fathers_and_namesakes_of_five_languages(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [surface for surface, _ in find(text, lang, "persons")] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "Форум открыл директор Иван Калинко.", "Иван Калинко"),
        ("ru", "Выступил министр Пётр Левко.", "Пётр Левко"),
        ("de", "Der Geologe Dr. Peter Hermanni sprach.", "Peter Hermanni"),
        ("de", "Direktor Klaus Lehmanni eröffnete die Tagung.", "Klaus Lehmanni"),
        ("en", "The chairman, Dr. Marco Mazzonini, spoke.", "Marco Mazzonini"),
        ("kk", "Жиында директор Анна Асановадан хат оқылды.", "Анна Асанова"),
        ("ky", "Жыйында директор Анна Асановадан кат окулду.", "Анна Асанова"),
    ],
)
def test_only_cases_of_the_language_of_the_text_are_cut_off_surnames(
    find: Finder, lang: str, text: str, wanted: str
) -> None:
    [(surface, value)] = find(text, lang, "persons")
    assert (surface, value) == (wanted, wanted)


def test_names_of_languages_with_endings_are_no_russian_cases(find: Finder) -> None:
    [(_, value)] = find("Намояндаи палата Изабелла Моро сухан гуфт.", "tg", "persons")
    assert value == "Изабелла Моро"
