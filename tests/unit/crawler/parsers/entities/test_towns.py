"""Towns of the world are read behind a word of place, and nowhere else."""

from __future__ import annotations

import pytest

from tests.unit.crawler.parsers.entities.conftest import Finder


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Die Tagung fand in Jena statt.", [("Jena", "Jena")]),
        ("de", "Sie reisten nach Suhl und Eisenach.", [("Suhl", "Suhl"), ("Eisenach", "Eisenach")]),
        ("de", "24. Mai 2031, Goslar: Fachtagung", [("Goslar", "Goslar")]),
        ("de", "Die Tagung fand in Ibbenbüren statt.", [("Ibbenbüren", "Ibbenbüren")]),
        ("de", "Das Kolloquium in Bad Lauterberg", [("Bad Lauterberg", "Bad Lauterberg im Harz")]),
        ("en", "The expo is held in Elko each June.", [("Elko", "Elko")]),
        ("en", "The workshop was held in Jinja, Uganda.", [("Jinja", "Jinja")]),
        ("de", "Das Treffen im thüringischen Suhl", [("Suhl", "Suhl")]),
        ("de", "Das Treffen in der alten Hansestadt Rostock", [("Rostock", "rostock")]),
        ("de", "Sie tagten an der Hochschule Pforzheim.", [("Pforzheim", "Pforzheim")]),
        ("de", "Ort: Haus der Technik, Hanau, Raum 3", [("Hanau", "Hanau am Main")]),
        ("en", "He came to Elko.", [("Elko", "Elko")]),
        ("de", "Treff: Alter Markt 8, 98527 Suhl", [("Suhl", "Suhl")]),
        ("de", "Sie tagten in D-98527 Suhl.", [("Suhl", "Suhl")]),
        ("de", "Er sah, 2031 Suhl sei offen.", []),
        ("de", "Er gab ihnen, 98527 Suhler Gläser.", []),
        (
            "en",
            "3 May: Tin Forum, Elko\n5 May: Zinc Seminar (Perth)",
            [("Elko", "Elko"), ("Perth", "Perth")],
        ),
        ("en", "He met people from Kitwe, Zambia.", [("Kitwe", "Kitwe")]),
        ("de", "Ort Senftenberg\nEintritt frei", [("Senftenberg", "Senftenberg")]),
        ("de", "Ort Senftenberg bekommt Geld.", []),
        (
            "de",
            "Datum | Tagung | Ort\n5. Mai | Zinntag | Suhl\n6. Mai | Bleitag | Jena, Werk 1",
            [("Suhl", "Suhl"), ("Jena", "Jena")],
        ),
        (
            "en",
            "| Date | Event | Town |\n|---|---|---|\n| 5 May | Tin Day | Elko |",
            [("Elko", "Elko")],
        ),
        ("en", "Date | Event | Speaker\n5 May | Tin Day | Elko", []),
        ("en", "Date | Town\n\n5 May | Elko", []),
        (
            "en",
            "5 May 2031\nTin Day\nElko\n\n6 May 2031\nLead Day\nPerth",
            [("Elko", "Elko"), ("Perth", "Perth")],
        ),
        ("en", "5 May 2031\nTin Day\nElko\n\nThe end.", []),
        ("en", "12 June Kitwe, Zambia", [("Kitwe", "Kitwe")]),
        ("en", "Peter came by train, Kitwe, Zambia", [("Kitwe", "Kitwe")]),
        ("en", "He met Peter. Kitwe, Zambia", [("Kitwe", "Kitwe")]),
        ("de", "Ort: Senftenberg, Altes Werk", [("Senftenberg", "Senftenberg")]),
        ("de", "10. März 2031, Alte Schmelze, Suhl", [("Suhl", "Suhl")]),
        (
            "en",
            "3 May: Tin Forum, Elko. Free.\n● 5 May: Zinc Days, Perth, Australia",
            [("Elko", "Elko"), ("Perth", "Perth")],
        ),
        ("en", "3rd Tin Days, Szeged, 14–15 May 2031", [("Szeged", "Szeged")]),
        ("en", "► Szeged. On 14 May we met exporters of tin.", [("Szeged", "Szeged")]),
        ("en", "► Szeged. Exporters of tin met there.", [("Szeged", "Szeged")]),
        ("en", "Szeged. On 14–15 May we met exporters of tin.", [("Szeged", "Szeged")]),
        ("en", "The forum is at the Guildhall, Hexham on 5 May.", [("Hexham", "Hexham")]),
        ("de", "Ort: Haus der Technik, Hanau vom 5. bis 6. Mai", [("Hanau", "Hanau am Main")]),
        (
            "en",
            "The forum is at the Guildhall, Newcastle upon Tyne on 5 May.",
            [("Newcastle upon Tyne", "Newcastle upon Tyne")],
        ),
        ("de", "Erztage 2031 · Goslar, 14. Mai 2031", [("Goslar", "Goslar")]),
        ("en", "Szeged, Old Mill, 14 May 2031", [("Szeged", "Szeged")]),
        ("en", "Szeged, 14 May 2031. Tin was dear.", [("Szeged", "Szeged")]),
        (
            "de",
            "Goslar. Die Erztage sind gut besucht.\n\nSuhl. Auch dort kam man zusammen.",
            [("Goslar", "Goslar"), ("Suhl", "Suhl")],
        ),
        ("de", "Erztage besucht\n\nGoslar. Der Saal war voll.", [("Goslar", "Goslar")]),
        ("ru", "Форум по хрому\n5 мая\n\nКоломна. Зал был полон.", [("Коломна", "Kolomna")]),
        (
            "de",
            "Die Tagung fand in Landau in der Pfalz statt.",
            [("Landau in der Pfalz", "Landau in der Pfalz")],
        ),
        ("de", "Er ist im Kurhaus von Goslar zu sehen.", [("Goslar", "Goslar")]),
        ("de", "Erztage. Goslar, 14. Mai 2031. Es ging um Zinn.", [("Goslar", "Goslar")]),
        ("en", "At the Tin Forum (Szeged, 14 May) they met.", [("Szeged", "Szeged")]),
        ("ru", "Итоги форума (Коломна, 14–15 мая) ясны.", [("Коломна", "Kolomna")]),
        ("en", "Tin Congress | Szeged | 2–3 June | Old Mill", [("Szeged", "Szeged")]),
        ("en", "> 4–5 June, Szeged: 7th Tin Days", [("Szeged", "Szeged")]),
        ("ru", "15 мая, Коломна. Форум по хрому", [("Коломна", "Kolomna")]),
        ("de", "Sie tagen im Technologiezentrum Goslar.", [("Goslar", "Goslar")]),
        (
            "de",
            "3. Mai 2031, Haus der Technik, Hanau in der Reihe Erz",
            [("Hanau", "Hanau am Main")],
        ),
        ("en", "SZEGED, May 14, 2031 (ONA) - Tin was dear.", [("SZEGED", "Szeged")]),
        ("de", "Goslar, den 14.05.2031. Zinn war teuer.", [("Goslar", "Goslar")]),
        ("en", "Tin Days\nSzeged, 14–15 May, Lakeview Hotel", [("Szeged", "Szeged")]),
        (
            "de",
            "18.03. Goslar · Erzfrühstück\n25.–27.03. Jinja: Messe",
            [
                ("Goslar", "Goslar"),
                ("Jinja", "Jinja"),
            ],
        ),
        ("de", "Die Tagung in Halle 25 Gäste", [("Halle", "Halle an der Saale")]),
        ("de", "Die Tagung fand in Kapstadt statt.", [("Kapstadt", "Cape Town")]),
        ("de", "Die Tagung fand in Petrosawodsk statt.", [("Petrosawodsk", "Petrozavodsk")]),
        ("en", "It was held in the small town of Aracena.", [("Aracena", "Aracena")]),
        ("en", "It was held at the Las Vegas Convention Center.", [("Las Vegas", "Las Vegas")]),
        ("en", "The Las Vegas Convention Center was full.", [("Las Vegas", "Las Vegas")]),
        ("de", "Sie tagten in Perth Convention Centre.", [("Perth", "Perth")]),
        ("de", "Wir fuhren ins lothringische Forbach.", [("Forbach", "Forbach")]),
        ("de", "Der Abend ist in der Stadtbücherei Goslar.", [("Goslar", "Goslar")]),
        ("de", "18.–22. Mai, Jena und Suhl\nFachreise", [("Jena", "Jena")]),
        ("de", "Goslar, 16. Mai 2031, 14.00–16.45 Uhr, Altes Werk", [("Goslar", "Goslar")]),
        (
            "en",
            "Apr 9 – Szeged. Blasting course\nApr 24, 2031 – Jinja – Gravel Show",
            [("Szeged", "Szeged"), ("Jinja", "Jinja")],
        ),
        (
            "ru",
            "6–7 мая | Коломна | V форум\n8 июня | онлайн | вебинар",
            [("Коломна", "Kolomna")],
        ),
        ("de", "10. März 2031, 9–17 Uhr\nAlte Schmelze, Suhl", [("Suhl", "Suhl")]),
        ("de", "Freitag, 31. Januar 2031, Alte Wolle, Suhl – Programm", [("Suhl", "Suhl")]),
        ("de", "Die Tagung fand in St. Ingbert statt.", [("St. Ingbert", "Sankt Ingbert")]),
        ("ru", "3–5 сентября. Коломна. Форум по хрому", [("Коломна", "Kolomna")]),
        ("en", "The Zinc Day drew visitors to Jinja.", [("Jinja", "Jinja")]),
        ("en", "It opens at the Jinja Show Grounds.", [("Jinja", "Jinja")]),
        ("ru", "В монгольском Алтанбулаге прошёл форум.", [("Алтанбулаге", "Altanbulag")]),
        ("ru", "Осмотрели рудник близ Коломны.", [("Коломны", "Kolomna")]),
        ("ru", "Форум прошёл в Коломне.", [("Коломне", "Kolomna")]),
        ("ru", "По адресу: г. Коломна, ул. Мира, 5.", [("Коломна", "Kolomna")]),
        ("ru", "По адресу: г.Коломна, ул. Мира, 5.", [("Коломна", "Kolomna")]),
        ("ru", "По адресу: город Коломна, ул. Мира, 5.", [("Коломна", "Kolomna")]),
        ("ru", "Форум прошёл в Ростове-на-Дону.", [("Ростове-на-Дону", "Rostov-on-Don")]),
        (
            "ru",
            "Встреча состоялась в Набережных Челнах.",
            [("Набережных Челнах", "Naberezhnyye Chelny")],
        ),
    ],
)
def test_towns_behind_a_word_of_place(
    find: Finder, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert find(text, lang, "places") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Herr Jena sprach."),
        ("en", "They met in Lincoln Park."),
        ("en", "He lives in Freiburg, Canada."),
        ("en", "3 May: Tin Workshop, Elko\nMore follows."),
        ("de", "Alles lief in Haus und Hof gut."),
        ("de", "Er arbeitet bei Mercedes."),
        ("de", "Der Stand ist in Halle 3 zu finden."),
        ("en", "Szeged, the town of 2031 bridges"),
        ("en", "It was held at the Guildhall, Lincoln said on 2 May 2031."),
        ("de", "Regen. Danach ging es in die Grube hinab."),
        ("en", "Lincoln. He was the speaker of the evening."),
        ("en", "The speaker (Lincoln, a geologist) came in 1931."),
        ("en", "Tin Congress | Lincoln | speaker"),
        ("en", "4 June, Lincoln spoke: tin is dear."),
        ("de", "Erztage\n\nSie kamen.\n\nRegen. Danach ging es in die Grube hinab."),
        ("de", "18.03. Goslar senior sprach"),
        ("en", "Apr 9 – Lincoln speaks of tin\nApr 24 – Lincoln listens"),
        ("en", "Apr 9 – Lincoln. A letter from him"),
        ("de", "18. Mai, Goslar senior spricht"),
        ("en", "Their letters to Lincoln were lost."),
        ("ru", "Завод на монгольском Коломна."),
        ("de", "3. Goslar · Erzfrühstück"),
        ("de", "Das Haus der Familie, Hanau senior und junior kamen."),
        ("ru", "Губернатор Коломна выступил."),
        ("ru", "Весной 2031 г. Коломна выступил."),
        ("ru", "Олимпиада прошла в Горном университете."),
        ("ru", "Круглый стол прошёл в Совете Федерации."),
    ],
)
def test_no_towns_elsewhere(find: Finder, lang: str, text: str) -> None:
    assert find(text, lang, "places") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "He was in Hanover, NH, and in Paris, Texas.", []),
        ("en", "He was in Hanover, and in Paris.", ["hannover", "paris"]),
        (
            "en",
            "He was in Baku, AZ, in Toronto, CA, and in Perth, WA.",
            ["baku", "toronto", "Perth"],
        ),
        ("en", "He was in Vancouver, WA.", []),
        ("en", "OFFICES IN BAKU, IN TORONTO", ["baku", "toronto"]),
        ("de", "Es fand in Palermo (PA) statt.", ["Palermo"]),
        ("de", "Es fand in Belém, PA statt.", ["Belém"]),
        ("en", "He was in London, Ontario.", ["London"]),
        ("en", "The mine is in Virginia.", []),
        ("en", "It was moved to SaaS.", []),
        ("en", "It was moved to DeKalb.", ["DeKalb"]),
        ("de", "Das gilt auch nach Ende 2031.", []),
    ],
)
def test_a_state_behind_a_town_says_which_one_it_is(
    find: Finder, lang: str, text: str, wanted: list[str]
) -> None:
    assert [value for _, value in find(text, lang, "places")] == wanted


def test_a_town_is_found_without_its_river(find: Finder) -> None:
    assert find("Die Tagung fand in Hanau statt.", "de", "places") == [("Hanau", "Hanau am Main")]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Halle (Saale)", ["Halle an der Saale"]),
        ("Halle (Westfalen)", []),
        ("Halle (Westf.)", []),
        ("Hanau (Hessen)", ["Hanau am Main"]),
        ("Hanau (dpa)", ["Hanau am Main"]),
        ("Hanau (Stadthalle)", ["Hanau am Main"]),
        ("Hanau (Donau)", []),
        ("Freiberg am Neckar", ["Freiberg am Neckar"]),
        ("Freiberg am Montag", ["freiberg"]),
        ("Frankfurt (Oder)", ["frankfurt-oder"]),
        ("Frankfurt am Main", ["frankfurt"]),
    ],
)
def test_what_parts_towns_of_one_name(find: Finder, name: str, wanted: list[str]) -> None:
    found = find(f"Die Tagung fand in {name} statt.", "de", "places")
    assert [town for _, town in found] == wanted


def test_states_of_a_row_do_not_part_towns(find: Finder) -> None:
    found = find("Firmen aus Prag, Sachsen und Wien, Hessen und Bayern kamen.", "de", "places")
    assert [town for _, town in found] == ["prague", "vienna"]


def test_a_short_name_of_several_towns_is_none_of_them(find: Finder) -> None:
    found = find("Die Tagung fand in Neustadt statt.", "de", "places")
    assert not any(" am " in town or " an der " in town for _, town in found)


@pytest.mark.parametrize("name", ["Brandenburg", "Limburg"])
def test_a_state_or_province_is_no_town_by_a_river(find: Finder, name: str) -> None:
    assert find(f"Der Bergbau in {name} war das Thema.", "de", "places") == []
