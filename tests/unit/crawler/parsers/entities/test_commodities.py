from __future__ import annotations

import pytest

from crawler.parsers.entities import EntityReader
from tests.unit.crawler.parsers.entities.conftest import Finder

SENTENCES = [
    # German: cases, compounds, hyphens
    ("de", "Im Osten liegen große Lithiumvorkommen.", "lithium"),
    ("de", "Die Anlage verhüttet Kupfererze aus zwei Gruben.", "copper"),
    ("de", "Zur Lithiumkonferenz in Leipzig kommen 80 Gäste.", "lithium"),
    ("de", "Der Kohleausstieg beschäftigt die Lausitz.", "coal"),
    ("de", "Der Uranabbau ruht seit Jahren.", "uranium"),
    ("de", "Das Lithium-Projekt wird fortgesetzt.", "lithium"),
    ("de", "Der Preis des Wolframs steigt.", "tungsten"),
    ("de", "Bei seltenen Erden ist das Land stark.", "ree"),
    ("de", "Der Markt Seltener Erden bleibt eng.", "ree"),
    ("de", "Die Versorgung mit kritischen Rohstoffen ist Thema.", "critical-raw-materials"),
    ("de", "Die Kohlebergwerke im Norden schließen.", "coal"),
    ("de", "Ein Goldminenprojekt sucht Geldgeber.", "gold"),
    ("de", "Der Eisenerzabbau wächst.", "iron-ore"),
    ("de", "Manganerzlagerstätten wurden erkundet.", "manganese"),
    ("de", "Es geht um lithiumhaltige Sole.", "lithium"),
    ("de", "Lithium-Ionen-Batterien brauchen Nickel.", "nickel"),
    ("de", "Öl- und Gasförderung gehen zurück.", "natural-gas"),
    ("de", "Vanadiumkonzentrate werden ausgeführt.", "vanadium"),
    ("de", "Der Graphitbedarf verdoppelt sich.", "graphite"),
    ("de", "Seltenerdlagerstätten sind rar.", "ree"),
    ("de", "Die Antimonreserven reichen lange.", "antimony"),
    ("de", "Zinkhütten brauchen viel Strom.", "zinc"),
    # English: plurals, possessives, capitals
    ("en", "Lithium's price fell again.", "lithium"),
    ("en", "Copper ores are shipped by rail.", "copper"),
    ("en", "The country lists 18 critical minerals.", "critical-raw-materials"),
    ("en", "Rare-earth elements and tungsten were on the agenda.", "ree"),
    ("en", "Lead and zinc mines reopened.", "lead"),
    ("en", "A tin mine near the border was sold.", "tin"),
    ("en", "Output of refined tin rose.", "tin"),
    ("en", "Mercury pollution remains a problem.", "mercury"),
    ("en", "The plant makes coke for steelworks.", "coke"),
    ("en", "Natural gas exports grew.", "natural-gas"),
    ("en", "Green hydrogen will be made by the sea.", "hydrogen"),
    ("en", "Iron ore shipments resumed.", "iron-ore"),
    ("en", "Phosphorites from the south are exported.", "phosphate-rock"),
    # Russian: cases, numbers, adjectives, compounds
    ("ru", "Запасы лития оценены заново.", "lithium"),
    ("ru", "Литиевых месторождений стало больше.", "lithium"),
    ("ru", "Экспорт медью не ограничивается.", "copper"),
    ("ru", "Добыча урановой руды выросла.", "uranium"),
    ("ru", "Производство свинца и цинка сокращено.", "lead"),
    ("ru", "Переработка редкоземельных металлов начнётся весной.", "ree"),
    ("ru", "Речь шла о критически важном сырье.", "critical-raw-materials"),
    ("ru", "Перечень критических минералов расширен.", "critical-raw-materials"),
    ("ru", "Поставки коксующегося угля выросли.", "coking-coal"),
    ("ru", "Золотодобыча в регионе падает.", "gold"),
    ("ru", "Угледобывающие предприятия бастуют.", "coal"),
    ("ru", "Добыча германия ведётся попутно.", "germanium"),
    ("ru", "Производство стали упало на треть.", "steel"),
    ("ru", "Цены на вольфрам и сурьму растут.", "antimony"),
    ("ru", "Марганцевые руды вывозят морем.", "manganese"),
    ("ru", "Запасы железной руды велики.", "iron-ore"),
    ("ru", "О редких и редкоземельных металлах говорил министр.", "rare-metals"),
    ("ru", "Природным газом снабжены все районы.", "natural-gas"),
    ("ru", "Хромовых руд добыто больше.", "chromium"),
    ("ru", "Никелем и кобальтом торгуют на бирже.", "cobalt"),
    ("ru", "Месторождение полиметаллических руд открыто.", "lead-zinc"),
    # Kazakh and French
    ("kk", "Қазақстанда уранды өндіру артты.", "uranium"),
    ("kk", "Алтынның бағасы өсті.", "gold"),
    ("kk", "Мыс кендері көп.", "copper"),
    ("fr", "Le minerai de fer est exporté.", "iron-ore"),
    ("fr", "Le pays produit de l'or.", "gold"),
    ("fr", "Les terres rares sont critiques.", "ree"),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), SENTENCES, ids=[s[1][:30] for s in SENTENCES])
@pytest.mark.parametrize("given", [True, False], ids=["lang-given", "lang-unknown"])
def test_inflected_and_compound_forms(
    find: Finder, lang: str, text: str, wanted: str, given: bool
) -> None:
    assert wanted in {value for _, value in find(text, lang if given else None, "commodities")}


def test_a_compound_is_marked_as_a_whole(find: Finder) -> None:
    assert find("Neue Lithiumvorkommen im Osten.", "de", "commodities") == [
        ("Lithiumvorkommen", "lithium")
    ]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The quarry sells sand and gravel.", ["sand", "sand-gravel"]),
        (
            "de",
            "Sand und Kies werden knapp, Sandstein und Sandbank zählen nicht.",
            ["sand", "sand-gravel"],
        ),
        ("de", "Kalkstein wird zu Kalk gebrannt.", ["limestone", "lime"]),
        ("ru", "На заводе не хватает серной кислоты.", ["sulphuric-acid"]),
        ("en", "Phosphate, silica and slate are exported.", ["phosphate-rock", "quartz", "slate"]),
        ("en", "Chrome ore and roofing slate are shipped.", ["chromium", "slate"]),
        ("en", "Lime kilns and sands of the delta.", ["lime", "sand"]),
        ("de", "Der Kalk und der Sand kommen aus der Grube.", ["lime", "sand"]),
        ("ru", "Добыча титановых песков выросла.", ["titanium", "sand"]),
        ("ru", "Запасы песков, глин и гравия.", ["sand", "clay", "sand-gravel"]),
        ("ru", "Карьер кварцевых песков не работает.", ["quartz"]),
    ],
)
def test_what_is_quarried_or_made_of_it_is_told_apart(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "commodities")] == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Use Google Chrome or another browser."),
        ("en", "The board proposed a slate of candidates."),
        ("en", "The ministry began with a clean slate."),
        ("en", "A key lime pie costs 4 dollars."),
        ("en", "Heads in the sand do not help, nor do Las Vegas Sands."),
        ("de", "Das Vorhaben wurde in den Sand gesetzt."),
        ("de", "Beamte gab es wie Sand am Meer."),
        ("de", "Im Stadtteil Kalk und in Köln-Kalk wird gebaut."),
        ("ru", "Песков заявил, что встреча состоится."),
        ("ru", "Песков, пресс-секретарь, не ответил."),
        ("ru", "Об этом напомнил Песков."),
    ],
)
def test_what_is_called_like_sand_or_lime_is_none(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "commodities") == []


def test_the_longest_name_wins(find: Finder) -> None:
    assert find("Batteries need lithium carbonate.", "en", "commodities") == [
        ("lithium carbonate", "lithium")
    ]


def test_minerals_as_such_are_found_but_not_sure(reader: EntityReader) -> None:
    text = "Es geht um mineralische Rohstoffe."
    (mention,) = [m for m in reader.find("text", text, "de") if m.field == "commodities"]
    assert mention.value == "solid-minerals"
    assert mention.confidence < 0.5


OF_CENTRAL_ASIA = [
    ("ky", "Кенден алтын менен жезди бөлүп алышат.", {"gold", "copper"}),
    ("ky", "Заводго көмүрдү алып келишти.", {"coal"}),
    ("uz", "Zavod koʻmirni va mis rudasini qayta ishlaydi.", {"coal", "copper"}),
    ("uz", "Корхона олтинни ва қўрғошин сотди.", {"gold", "lead"}),
    ("tg", "Дар водӣ маъдани тиллоро ва ангишти нав ёфтанд.", {"gold", "coal"}),
    ("mn", "Уурхай зэсийн баяжмал, нүүрсний бүтээгдэхүүн экспортолжээ.", {"copper", "coal"}),
    ("mn", "Төмрийн хүдрийн үнэ өслөө.", {"iron-ore"}),
    ("kk", "Зауыт сирек кездесетін жер металдарын өндіреді.", {"ree"}),
]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"), OF_CENTRAL_ASIA, ids=[s[1][:30] for s in OF_CENTRAL_ASIA]
)
def test_names_of_central_asia_with_their_endings(
    find: Finder, lang: str, text: str, wanted: set[str]
) -> None:
    assert {value for _, value in find(text, lang, "commodities")} == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ky", "Темир жол вокзалы ачылды."),
        ("kk", "Жаңа темір жолдар салынды."),
        ("uz", "Yangi temir yo'l ochildi, ishlar qalay?"),
        ("tg", "Роҳи оҳан таъмир шуд."),
        ("mn", "Хүмүүс төмөр замаар, өөрийн мөнгөөр явав."),
        ("ky", "Кечээ Алмаз келди, иш жүрүп болот."),
        ("mn", "Алтай хотод уулзав."),
        ("uz", "Bu yerda bor narsani tuzatdik, misol keltirdik."),
        ("ru", "Корабль обогнул мис, тузы и ган."),
        (None, "Mis amigos, tuz, gil."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_words_like_a_material_of_another_language(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "commodities") == []
