"""Words that are a name of the tables in one sentence and another word in the next."""

from __future__ import annotations

import pytest

from tests.unit.crawler.parsers.entities.conftest import Finder

NOT_COMMODITIES = [
    ("en", "They will lead the talks in spring."),
    ("en", "The lead agency published a report."),
    ("en", "Jane Brook will lead the mine."),
    ("en", "She is to lead mining operations."),
    ("en", "She took the lead in negotiations."),
    ("en", "Tin cans and a tin roof were on show."),
    ("en", "The probe will fly past Venus and Mercury."),
    ("en", "He ordered a can of coke."),
    ("en", "Greenhouse gas emissions must fall."),
    ("en", "We stopped at a gas station."),
    ("en", "Olive oil and palm oil are traded here."),
    ("en", "The visit will cement ties between both sides."),
    ("en", "She won a gold medal."),
    ("en", "Start-ups from Silicon Valley came."),
    ("en", "New CRM software for the sales team."),
    ("en", "A crude estimate says so."),
    ("en", "Two cooks and Karin Dorn lead a plea for the law."),
    ("en", "What tin to bake the bread in?"),
    ("en", "Mix the flour with the salt and the oil."),
    ("en", "Nuts are rich in vitamins, zinc and iron."),
    ("en", "The page opens in the Chromium web browser."),
    ("en", "Some of the tips are pure gold."),
    ("en", "The firm builds Granite foundation models."),
    ("en", "A cast iron skillet is heavy."),
    ("en", "They learn to successfully lead projects, and lead generation."),
    ("en", "The rules of MiCA are new."),
    ("en", "Hydrogen peroxide is in the paste."),
    ("en", "At the Olympics he finished ahead of her for gold and silver."),
    ("de", "Der Saturnmond Titan ist kalt."),
    ("de", "Beim Talk mit Gästen wurde gelacht."),
    ("de", "Der Minister sprach in scharfem Ton."),
    ("de", "Der Ton macht die Musik."),
    ("de", "Das sagte er in eindringlichem Ton."),
    ("de", "Ein guter Rat ist Gold wert."),
    ("de", "Bei der WM gab es Gold im Einzel und Silber mit der Staffel."),
    ("de", "Der Zeta-Talk ist ein Newsletter."),
    ("de", "Lebensmittel mit Zink, Eisen und Kupfer sind gesund."),
    ("de", "Das Fenster öffnet sich in Google Chrome."),
    ("de", "Mehl, Butter und eine Prise Salz verrühren."),
    ("de", "Die Wismut GmbH saniert Halden."),
    ("de", "Wir bleiben bei dem Plan."),
    ("de", "Die Eisenbahn nach Salzburg fuhr pünktlich."),
    ("de", "Goldmedaille und Silbermedaille gingen an den Verein."),
    ("de", "Er schrieb mit dem Bleistift."),
    ("de", "Kohlenhydrate und Tonträger sind kein Thema."),
    ("de", "Sie geben wieder Gas."),
    ("ru", "Компании стали лучше работать."),
    ("ru", "Они стали известны всем."),
    ("ru", "Сосновый бор тянется до реки."),
    ("ru", "Форум прошёл в Германии."),
    ("ru", "Железная дорога построена."),
    ("ru", "Свинцовые тучи висят над городом."),
    ("ru", "В орехах есть витамины, цинк и железо."),
    ("ru", "Вода здесь на вес золота."),
    ("ru", "На чемпионате мира сборная взяла и золото, и бронзу."),
    ("ru", "Добавьте столовую ложку соли."),
    ("ru", "Он завоевал золотую медаль."),
    ("ru", "Рост серой экономики тревожит."),
    ("ru", "Выбросы парниковых газов падают."),
    ("fr", "Le prix monte, or les stocks baissent."),
    ("fr", "Le chemin de fer est prêt."),
]


@pytest.mark.parametrize(("lang", "text"), NOT_COMMODITIES, ids=[t for _, t in NOT_COMMODITIES])
def test_other_words_are_no_commodities(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "commodities") == []


COMMODITIES = [
    ("en", "The deaths were due to lead poisoning at the mine.", "lead"),
    ("en", "Report: lead.", "lead"),
    ("en", "Exports of lead and copper rose.", "lead"),
    ("en", "Prices of tin rose.", "tin"),
    ("en", "In Chile lead output rose.", "lead"),
    ("en", "The metals copper\nLead\nNickel", "lead"),
    ("en", "The mine produces pure gold.", "gold"),
    ("en", "The medals are made of gold from a mine.", "gold"),
    ("en", "MICA and tin are exported.", "mica"),
    ("en", "Zinc ores and dietary supplements are exported.", "zinc"),
    ("de", "Titan aus dem Osten ist gefragt.", "titanium"),
    ("de", "Ton und Kaolin werden abgebaut.", "clay"),
    ("de", "Blei und Zink liegen tief.", "lead"),
    ("en", "Shanghai lead futures fell.", "lead"),
    ("en", "The prices of iron and protein rose.", "iron-ore"),
    ("en", "Gold rose before the World Cup as investors bought.", "gold"),
    ("de", "Die Hütte liefert Zink auch für Vitamine.", "zinc"),
    ("de", "Die Preise für Kupfer und Lebensmittel stiegen.", "copper"),
    ("de", "Öl und Butter wurden teurer.", "crude-oil"),
    ("de", "Der Preis von Gold legte während der WM zu.", "gold"),
    ("ru", "Золото подорожало до чемпионата мира.", "gold"),
    ("de", "Für die Medaillen kamen 30 Gramm Gold.", "gold"),
    ("de", "Talk wird gemahlen verkauft.", "talc"),
    ("ru", "Цены на сталь растут.", "steel"),
    ("ru", "Свинцовые руды вывозят.", "lead"),
    ("ru", "Добыча железа растёт.", "iron-ore"),
    ("ru", "Для медалей нужна тонна золота.", "gold"),
    ("ru", "Завод выпускает бор и сурьму.", "boron"),
    ("ru", "Сера вывозится поездами.", "sulphur"),
    ("fr", "On extrait de l'or et du cuivre.", "gold"),
]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"), COMMODITIES, ids=[t for _, t, _ in COMMODITIES]
)
def test_the_commodity_stays_where_nothing_speaks_against_it(
    find: Finder, lang: str, text: str, wanted: str
) -> None:
    assert wanted in {value for _, value in find(text, lang, "commodities")}


def test_a_capital_decides_between_germanium_and_germany(find: Finder) -> None:
    text = "Добыча германия в Германии прекращена."
    assert find(text, "ru", "commodities") == [("германия", "germanium")]
    assert find(text, "ru", "countries") == [("Германии", "DE")]


def test_a_surname_is_no_commodity(find: Finder) -> None:
    text = "Es sprach Michael Stahl, Direktor des Werks."
    assert find(text, "de", "commodities") == []
    assert find(text, "de", "persons") == [("Michael Stahl", "Michael Stahl")]


PLACES = [
    ("de", "Die Messe in Essen beginnt.", [("Essen", "essen")]),
    ("de", "Zum Essen gab es Suppe.", []),
    ("de", "Das Essen war gut.", []),
    ("en", "Mary Wilson spoke first.", []),
    ("en", "Gas from Mary reaches the border.", [("Mary", "mary")]),
    ("ru", "Верный путь найден.", []),
    ("ru", "Завод в городе Рудный открыт.", [("Рудный", "rudny")]),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), PLACES, ids=[t for _, t, _ in PLACES])
def test_towns_that_are_common_words(
    find: Finder, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert find(text, lang, "places") == wanted


COUNTRIES = [
    ("en", "The firm from Atlanta, Georgia, invests.", set()),
    ("en", "Georgia and Armenia signed.", {"GE", "AM"}),
    ("en", "He ate a Turkey sandwich.", set()),
    ("en", "They saw a wild turkey.", set()),
    ("en", "Turkey exports boron.", {"TR"}),
    ("en", "Guinea pigs are cute.", set()),
    ("en", "Russky Island lies in the sea.", set()),
    ("en", "Deputy minister Iran Alimov came.", set()),
    ("de", "Island liefert Aluminium.", {"IS"}),
    ("ru", "Того же мнения посол.", set()),
    ("ru", "Посол Ирана прибыл в РК.", {"IR", "KZ"}),
    ("ru", "Правительство КР одобрило план.", {"KG"}),
    ("ru", "Вертолёт РК-15 снят с учёта.", set()),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), COUNTRIES, ids=[t for _, t, _ in COUNTRIES])
def test_countries_that_are_something_else(
    find: Finder, lang: str, text: str, wanted: set[str]
) -> None:
    assert {value for _, value in find(text, lang, "countries")} == wanted


def test_sea_is_no_rare_earth(find: Finder) -> None:
    assert find("Am See liegt ein Dorf.", "de", "commodities") == []


NO_PROGRAMMES = [
    ("en", "Trucks made in Kazakhstan reach Europe."),
    ("de", "Die Lastwagen, made in Kazakhstan, rollen seit Mai."),
    ("ru", "Многое уже сделано в Казахстане."),
    ("ru", "Страна находится на пути к устойчивой добыче."),
    ("en", "The hall should be fit for 55 more years."),
    ("en", "Canada's 2 Billion Trees are planted."),
    ("de", "Die Stadt will eine Milliarde Bäume pflanzen."),
    ("ru", "Миллиард деревьев посадят в Узбекистане."),
    ("en", "Marie Skłodowska-Curie discovered polonium and radium."),
    ("de", "Das Marie-Skłodowska-Curie-Gymnasium lud ein."),
    ("en", "Taiwan's benchmark TAIEX fell by two per cent."),
    ("en", "Gas from Kashagan is treated at the Bolashak plant."),
    ("ru", "На заводе «Болашак» перерабатывают нефть Кашагана."),
    ("de", "Die Forschung für Nachhaltigkeit an der Hochschule wächst."),
    ("en", "The Innovation Fund of the city pays for it."),
    ("en", "The Scottish Just Transition Fund pays for it."),
    ("en", "They spoke of the road towards Sustainable Mining in Mongolia."),
    ("en", "Towards Sustainable Mining: what comes next?"),
    ("ru", "Подписаны климатические контракты с заводами."),
    ("ru", "Отрасли нужны кластеры для будущего."),
    ("en", "The Regional Environmental Centre for Central Asia (CAREC) met."),
    ("en", "Guests slept at the Eurostars hotel."),
    ("en", "The paper appeared in JETP Letters."),
]


@pytest.mark.parametrize(("lang", "text"), NO_PROGRAMMES, ids=[t for _, t in NO_PROGRAMMES])
def test_what_anybody_says_is_no_programme(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "strategies") == []
    assert find(text, lang, "programmes") == []


PROGRAMMES = [
    ("en", "The label Made in Kazakhstan was shown.", "kz-made-in"),
    ("ru", "Прошла выставка «Сделано в Казахстане».", "kz-made-in"),
    ("en", "Mongolia's One Billion Trees movement goes on.", "mn-billion-trees"),
    ("en", "It has a Marie Skłodowska-Curie grant.", "eu-marie-curie"),
    ("en", "TAIEX sent experts to Bishkek.", "eu-taiex"),
    ("en", "He studied with a Bolashak scholarship.", "kz-bolashak"),
    ("ru", "Он учился по программе «Болашак».", "kz-bolashak"),
    ("en", "The EU's Innovation Fund pays for it.", "eu-innovation-fund"),
    ("en", "The EU's LIFE programme pays for it.", "eu-life"),
    ("en", "Members report by Towards Sustainable Mining (TSM).", "tsm"),
    ("en", "Ministers of CAREC met in Almaty.", "carec"),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), PROGRAMMES, ids=[t for _, t, _ in PROGRAMMES])
def test_a_programme_stays_where_nothing_speaks_against_it(
    find: Finder, lang: str, text: str, wanted: str
) -> None:
    assert wanted in {value for _, value in find(text, lang, "programmes")}
