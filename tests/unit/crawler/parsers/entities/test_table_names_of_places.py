from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from crawler.parsers.entities import EntityReader

Finder: TypeAlias = Callable[[str, str | None, str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "Встреча прошла в Бишкеке.", "bishkek"),
        ("ru", "Делегация вернулась из Усть-Каменогорска.", "oskemen"),
        ("ru", "Завод под Усть-Каменогорском работает.", "oskemen"),
        ("ru", "Работы идут в Карагандинской области.", "karaganda-region"),
        ("ru", "Рейс в Ош отменён.", "osh"),
        ("de", "Die Sitzung in Nur-Sultan fiel aus.", "astana"),
        ("de", "Bischkeks Bürgermeister kam.", "bishkek"),
        ("en", "Astana's mayor spoke.", "astana"),
        ("en", "The workshop in Penjikent was well attended.", "panjakent"),
        ("en", "They map the Zarafshan valley.", "zarafshon-valley"),
        ("de", "Im Serafschantal wird gebohrt.", "zarafshon-valley"),
        ("kk", "Астанада кездесу өтті.", "astana"),
        ("uz", "Toshkentda forum boshlandi.", "tashkent"),
        ("ky", "Бишкекте жыйын өттү.", "bishkek"),
        (None, "Конференция открылась в Ташкенте.", "tashkent"),
    ],
)
def test_towns_in_all_cases(find: Finder, lang: str | None, text: str, wanted: str) -> None:
    assert wanted in {value for _, value in find(text, lang, "places")}


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "Посол Кыргызской Республики выступил.", "KG"),
        ("ru", "С Республикой Корея подписан договор.", "KR"),
        ("de", "Vertreter des Vereinigten Königreichs kamen.", "GB"),
        ("de", "Kasachstans Botschafter sprach.", "KZ"),
        ("de", "Gäste aus der Demokratischen Republik Kongo kamen.", "CD"),
        ("en", "The UK and Kazakhstan agreed.", "GB"),
        ("kk", "Қазақстанның үкіметі шешті.", "KZ"),
        ("uz", "Oʻzbekistonda yangi kon ochildi.", "UZ"),
        ("uz", "Germaniyaning kompaniyasi keldi.", "DE"),
        ("kk", "Түркиядан қонақтар келді.", "TR"),
        ("ky", "АКШдан адистер келди.", "US"),
        ("tg", "Меҳмонон аз Афғонистон омаданд.", "AF"),
        ("mn", "Австралийн компани ирэв.", "AU"),
        ("mn", "БНХАУ-д уулзав.", "CN"),
        ("ru", "Переговоры с КНР продолжаются.", "CN"),
        ("de", "Namibia und Chile nahmen teil.", "NA"),
    ],
)
def test_countries_in_all_cases(find: Finder, lang: str | None, text: str, wanted: str) -> None:
    assert wanted in {value for _, value in find(text, lang, "countries")}


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "Форум в КазНИТУ им. К. И. Сатпаева завершён.", set()),
        ("ru", "Университет имени К.И. Сатпаева открыт.", set()),
        ("kk", "Қ. И. Сәтбаев атындағы университет ашылды.", set()),
        ("ru", "Завод в г. Сатпаеве открыт.", {"satpayev"}),
        ("ru", "Открыт филиал А. Сатпаев, город горняков, рад.", {"satpayev"}),
        ("ru", "Открыт Университет им.К.И. Сатпаева.", set()),
        # Abbreviations that look like them.
        ("de", "Gruben kehren zurück. Z. B. Freiberg hat eine.", {"freiberg"}),
        ("de", "Gruben kehren zurück. Z.B. Freiberg hat eine.", {"freiberg"}),
        ("en", "It is sold in the U.S. Freiberg mines it.", {"freiberg"}),
        ("en", "It is sold in the U.S.A. Freiberg mines it.", {"freiberg"}),
    ],
)
def test_a_surname_behind_two_initials_is_no_town(
    find: Finder, lang: str | None, text: str, wanted: set[str]
) -> None:
    assert {value for _, value in find(text, lang, "places")} == wanted


def test_an_adjective_is_a_nationality_and_no_country(find: Finder) -> None:
    text = "Deutsch-kasachische Firmen und usbekische Gäste kamen."
    assert find(text, "de", "countries") == []
    assert [v for _, v in find(text, "de", "nationalities")] == ["DE", "KZ", "UZ"]


def test_a_region_does_not_name_its_country(find: Finder) -> None:
    text = "Mines in East Kazakhstan Region closed."
    assert find(text, "en", "countries") == []
    assert find(text, "en", "places") == [("East Kazakhstan Region", "east-kazakhstan")]


def test_a_country_inside_a_strategy_is_found_too(find: Finder) -> None:
    text = "Die Landesstrategie „Kasachstan-2050“ gilt."
    assert find(text, "de", "countries") == [("Kasachstan", "KZ")]
    assert find(text, "de", "strategies") == [("Kasachstan-2050", "kz-2050")]


def test_a_town_inside_an_organisation_is_less_sure(reader: EntityReader) -> None:
    text = "Die Bergakademie Freiberg lud ein. Wir fahren nach Freiberg."
    inside, alone = [m for m in reader.find("text", text, "de") if m.field == "places"]
    assert inside.confidence < alone.confidence


def test_the_european_union_is_no_country(find: Finder) -> None:
    assert find("Die EU und Frankreich einigten sich.", "de", "countries") == [("Frankreich", "FR")]


def test_a_name_is_not_a_country_with_an_ending(find: Finder) -> None:
    assert find("Malika Karimova soʻzladi.", "uz", "countries") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Жаңаөзенде жиын өтті.", "zhanaozen"),
        ("kk", "Форум Ыстанбұлда өтеді.", "istanbul"),
        ("ky", "Кызыл-Кыяда жыйын өттү.", "kyzyl-kiya"),
        ("uz", "Qarshida anjuman boshlandi.", "qarshi"),
        ("uz", "Урганчда анжуман бошланди.", "urgench"),
        ("uz", "Forum Seulda boʻladi.", "seoul"),
        ("tg", "Дар Панҷакент ҷаласа шуд.", "panjakent"),
        ("tg", "Дар Маскав ҷаласа шуд.", "moscow"),
        ("mn", "Чойрт хурал болов.", "choir"),
        ("mn", "Хурал Бээжинд болно.", "beijing"),
    ],
)
def test_towns_as_the_languages_around_them_write_them(
    find: Finder, lang: str | None, text: str, wanted: str
) -> None:
    assert wanted in {value for _, value in find(text, lang, "places")}
