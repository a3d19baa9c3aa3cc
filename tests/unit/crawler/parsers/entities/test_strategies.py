from __future__ import annotations

import pytest

from crawler.parsers.entities import EntityReader
from tests.unit.crawler.parsers.entities.conftest import Finder


@pytest.mark.parametrize(
    ("lang", "text", "surface"),
    [
        ("de", "Die nationale Cluster-Strategie wird umgesetzt.", "nationale Cluster-Strategie"),
        (
            "de",
            "Die Wasserstoffstrategie der Landesregierung liegt vor.",
            "Wasserstoffstrategie der Landesregierung",
        ),
        ("de", "Die Strategie bis 2035 wurde beschlossen.", "Strategie bis 2035"),
        (
            "de",
            "Ein Abkommen über kritische Rohstoffe ist fertig.",
            "Abkommen über kritische Rohstoffe",
        ),
        ("de", "Die Strategie „Neue Wege“ gilt.", "Neue Wege"),
        ("de", "Sie schlossen ein Kooperationsabkommen.", "Kooperationsabkommen"),
        (
            "en",
            "They signed a memorandum of understanding on critical raw materials.",
            "memorandum of understanding on critical raw materials",
        ),
        ("en", "A roadmap on rare metals was agreed.", "roadmap on rare metals"),
        ("en", "The Law on Subsoil was amended.", "Law on Subsoil"),
        (
            "en",
            "A partnership roadmap for 2027-2028 is ready.",
            "partnership roadmap for 2027-2028",
        ),
        ("en", "It fits the mining sector strategy.", "mining sector strategy"),
        ("en", "The mine has the Tailings Management Protocol.", "Tailings Management Protocol"),
        (
            "ru",
            "Подписана дорожная карта по развитию геологии.",
            "дорожная карта по развитию геологии",
        ),
        (
            "ru",
            "Принят Комплексный план развития отрасли на 2024–2028 годы.",
            "Комплексный план развития отрасли на 2024–2028 годы",
        ),
        ("ru", "Обсудили национальную кластерную стратегию.", "национальную кластерную стратегию"),
        ("ru", "Действует Стратегия «Новый путь».", "Новый путь"),
        (
            "ru",
            "Обсудили проект Стратегии развития отрасли до 2040 года.",
            "Стратегии развития отрасли до 2040 года",
        ),
        (
            "ru",
            "Прошло совещание, посвящённое новой стратегии развития кластеров.",
            "новой стратегии развития кластеров",
        ),
        (
            "ru",
            "В совещании, связанном со стратегией развития кластеров, он не участвовал.",
            "стратегией развития кластеров",
        ),
    ],
)
def test_strategies(find: Finder, lang: str, text: str, surface: str) -> None:
    assert surface in [s for s, _ in find(text, lang, "strategies")]


@pytest.mark.parametrize(
    ("lang", "text", "surface"),
    [
        ("de", "Das Vorhaben „Steine für alle“ endet.", "Steine für alle"),
        ("de", "Im Rahmen des Programms „Grüne Brücke“ reisten sie.", "Grüne Brücke"),
        ("de", "Das Eurasia Competitiveness Programm half.", "Eurasia Competitiveness Programm"),
        (
            "en",
            "The mining development program for 2015-2019 ended.",
            "mining development program for 2015-2019",
        ),
        ("en", "The Green Belt Initiative grows.", "Green Belt Initiative"),
        ("ru", "Программа «Чистая вода» продлена.", "Чистая вода"),
        (
            "ru",
            "Готовы войти в программу кластерного развития РК.",
            "программу кластерного развития РК",
        ),
    ],
)
def test_programmes(find: Finder, lang: str, text: str, surface: str) -> None:
    assert surface in [s for s, _ in find(text, lang, "programmes")]


@pytest.mark.parametrize(
    ("lang", "text", "surfaces"),
    [
        (
            "de",
            "Sie berieten die Kupferstrategie Nordland 2040.",
            ["Kupferstrategie Nordland 2040"],
        ),
        (
            "de",
            "Die Rohstoffstrategie Nordland 2040 liegt vor.",
            ["Rohstoffstrategie Nordland 2040"],
        ),
        ("de", "Er will die Kupferverordnung Ende Mai 2031 ändern.", ["Kupferverordnung"]),
        ("de", "Die Altglasverordnung gilt.", ["Altglasverordnung"]),
        ("en", "The Local Supply Guidelines were revised.", ["Local Supply Guidelines"]),
        ("en", "The guidelines were revised.", []),
        (
            "en",
            "The metals strategy of Uzbekistan foresees four such hubs by 2030.",
            ["metals strategy"],
        ),
        (
            "en",
            "The metals strategy of Karaganda region until 2030 is out.",
            ["metals strategy of Karaganda region until 2030"],
        ),
        (
            "en",
            "They revised the Code of Practice on Crushed Glass.",
            ["Code of Practice on Crushed Glass"],
        ),
        ("en", "Al Penn, head of base metals strategy, spoke.", []),
        ("en", "The Hull Centre for Metals Policy counts them.", []),
    ],
)
def test_strategies_and_nothing_else(
    find: Finder, lang: str, text: str, surfaces: list[str]
) -> None:
    assert [s for s, _ in find(text, lang, "strategies")] == surfaces


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Das Programm beginnt um neun Uhr. Das Abkommen ist wichtig."),
        ("de", "Strategien und Projekte wurden besprochen."),
        ("en", "They reached an agreement. The programme was discussed."),
        ("en", "New plans and projects were presented."),
        ("en", "Read our Privacy Policy and the Audited Cookie Policy."),
        ("en", "The course in Project Cost Control and the Project Management Office."),
        ("en", "The machine writes Source Code by a Network Protocol."),
        ("en", "It speaks the Simple Network Management Protocol."),
        ("en", 'See the project "tin: 5, }; print(" for more.'),
        ("ru", "Стороны подписали соглашение. Программа обширна."),
    ],
)
def test_bare_words_are_none(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "strategies") == []
    assert find(text, lang, "programmes") == []


@pytest.mark.parametrize(
    ("text", "lang", "economic"),
    [
        ("Die Cluster-Strategie stärkt Unternehmen.", "de", True),
        ("Ein Cluster von GPU-Servern rechnet.", "de", False),
        ("Im Cluster gab es neue Corona-Fälle.", "de", False),
        ("The regional cluster policy helps companies.", "en", True),
        ("A cluster of young stars was seen.", "en", False),
        ("A Kubernetes cluster failed.", "en", False),
        ("Развитие территориальных кластеров.", "ru", True),
        ("Звёздный кластер в галактике.", "ru", False),
        ("Ein Cluster entsteht.", None, True),
    ],
)
def test_the_economic_sense_of_cluster(
    reader: EntityReader, text: str, lang: str, economic: bool
) -> None:
    start = min(i for i in (text.lower().find("cluster"), text.lower().find("кластер")) if i >= 0)
    assert reader.economic_cluster(text, start, start + 7, lang) is economic


def test_a_strategy_for_computer_clusters_is_none(find: Finder) -> None:
    assert find("The Kubernetes cluster strategy works.", "en", "strategies") == []


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Das Projekt ERZNET endete im Mai.", "ERZNET"),
        ("de", "Partner des Forschungsprojekts TINO-2 kamen.", "TINO-2"),
        ("de", "Es gehört zum Programm HALDE 2030 des Landes.", "HALDE 2030"),
        ("de", "Die Fördermaßnahme „Erze von morgen“ beginnt.", "Erze von morgen"),
        ("en", "The ORE@WORK project held a meeting.", "ORE@WORK"),
        ("en", "The Deep Green scheme paid for it.", "Deep Green"),
        ("en", "It is funded by the Future Ores programme.", "Future Ores"),
        ("en", "The programme Tailings for Tomorrow was launched.", "Tailings for Tomorrow"),
        ("en", "Halden Horizon 2030 programme partners met.", "Halden Horizon 2030"),
        ("ru", "В рамках проекта GeoHub прошёл семинар.", "GeoHub"),
        ("ru", "Участники проекта ORE-Asia собрались.", "ORE-Asia"),
    ],
)
def test_programmes_with_a_name_beside_their_head(
    find: Finder, lang: str, text: str, name: str
) -> None:
    assert name in [s for s, _ in find(text, lang, "programmes")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Das Projekt Partner aus Zinnau fehlte."),
        ("en", "The Kazakhstan Uranium project was shelved."),
        ("en", "The UNDP programme helped."),
        ("en", "Their programme started. This project ended."),
        ("ru", "В рамках проекта Министерства прошёл семинар."),
        ("ru", "Обсудили проект Стратегии развития отрасли до 2040 года."),
        ("ru", "Доклад включён в программу XXIV сессии."),
        ("ru", "Средства выделил Фонд развития недр."),
        ("en", "The Project Office of Ore Partners Ltd met."),
    ],
)
def test_an_owner_or_a_body_is_no_programme(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "programmes") == []


@pytest.mark.parametrize(
    ("lang", "text", "strategies", "programmes"),
    [
        ("kk", "Министрлік «Жас геолог» бағдарламасын талқылады.", [], ["Жас геолог"]),
        ("kk", "Ол «Цифрлық кен» мемлекеттік бағдарламасымен танысты.", [], ["Цифрлық кен"]),
        (
            "kk",
            "Үкімет 2031–2035 жылдарға арналған барлау бағдарламасын бекітті.",
            [],
            ["2031–2035 жылдарға арналған барлау бағдарламасын"],
        ),
        ("kk", "Жиында Орта Тау стратегиясы қаралды.", ["Орта Тау стратегиясы"], []),
        ("ky", "Жыйында «Таза булак» долбоору талкууланды.", [], ["Таза булак"]),
        (
            "uz",
            "Yig‘ilishda O‘zbekiston – 2035 strategiyasi ko‘rildi.",
            ["O‘zbekiston – 2035 strategiyasi"],
            [],
        ),
        ("uz", "“Yer osti boyliklari”gi qonun o‘zgardi.", ["Yer osti boyliklari"], []),
        ("tg", "Онро Лоиҳаи «Рушди тоза» маблағгузорӣ кард.", [], ["Рушди тоза"]),
        (
            "tg",
            "Стратегияи миллии рушди Тоҷикистон барои давраи то соли 2030 қабул шуд.",
            ["Стратегияи миллии рушди Тоҷикистон барои давраи то соли 2030"],
            [],
        ),
        ("mn", "Яам “Алт-5” үндэсний хөтөлбөрийг хэлэлцэв.", [], ["Алт-5"]),
        ("mn", "Яам “Шинэ замын бодлого”-ыг хэлэлцэв.", ["Шинэ замын бодлого"], []),
    ],
)
def test_names_before_and_behind_heads_with_endings(
    find: Finder, lang: str, text: str, strategies: list[str], programmes: list[str]
) -> None:
    assert [s for s, _ in find(text, lang, "strategies")] == strategies
    assert [s for s, _ in find(text, lang, "programmes")] == programmes


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Компанияның стратегиясы өзгерді."),
        ("kk", "Ол «Мыс Тау» компаниясының жобасы туралы айтты."),
        ("ky", "Ишкананын программасы бекиди."),
        ("uz", "Kengash yig‘ildi. Kompaniya dasturi tasdiqlandi."),
        ("tg", "Барномаи ширкат тағйир ёфт. Лоиҳаи сохтмони роҳ оғоз шуд."),
        ("mn", "Компанийн стратеги өөрчлөгдлөө."),
    ],
)
def test_plans_of_somebody_without_a_name_of_their_own(find: Finder, lang: str, text: str) -> None:
    assert not find(text, lang, "strategies")
    assert not find(text, lang, "programmes")


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "ru",
            "Страна утвердила Стратегию развития оловянного кластера до 2031 года.",
            "Стратегия развития оловянного кластера до 2031 года",
        ),
        (
            "de",
            "Es ist Teil der Nationalen Wolframstrategie 2031.",
            "Nationale Wolframstrategie 2031",
        ),
    ],
)
def test_a_strategy_that_no_table_knows_is_called_in_the_nominative(
    find: Finder, lang: str, text: str, name: str
) -> None:
    assert [value for _, value in find(text, lang, "strategies")] == [name]
