import re

import pytest

from crawler.parsers.entities.grammar.suffixes import OWNERS, bound_forms, noun_forms


@pytest.mark.parametrize(
    ("language", "noun", "forms"),
    [
        ("kk", "форум", ("форумы", "форумға", "форумында", "форумдардың")),
        ("kk", "көрме", ("көрмесі", "көрмеге", "көрмесінде", "көрмелер")),
        ("kk", "кездесу", ("кездесуі", "кездесуге", "кездесулер")),
        ("kk", "дөңгелек үстел", ("дөңгелек үстелге", "дөңгелек үстелі")),
        ("ky", "форум", ("форуму", "форумда", "форумунун")),
        ("ky", "көргөзмө", ("көргөзмөсү", "көргөзмөдө", "көргөзмөлөр")),
        ("uz", "anjuman", ("anjumani", "anjumanda", "anjumanining")),
        ("uz", "учрашув", ("учрашуви", "учрашувда")),
        ("tg", "намоишгоҳ", ("намоишгоҳи", "намоишгоҳро", "намоишгоҳҳои")),
        ("mn", "чуулган", ("чуулганд", "чуулганы")),
    ],
)
def test_forms_of_a_noun(language: str, noun: str, forms: tuple[str, ...]) -> None:
    made = noun_forms(noun, language)
    assert noun in made
    assert set(forms) <= made


def test_a_word_for_an_office_closes_a_compound() -> None:
    assert bound_forms("министр", "kk") == ("министр", "министрі")
    assert bound_forms("төраға", "kk") == ("төраға", "төрағасы")
    assert bound_forms("vazir", "uz") == ("vazir", "vaziri")
    assert bound_forms("вазир", "tg") == ("вазир", "вазири")
    assert bound_forms("сайд", "mn") == ("сайд",)


def test_other_languages_have_no_such_endings() -> None:
    assert noun_forms("Forum", "de") == {"forum"}


@pytest.mark.parametrize("word", ["сайдын", "үйлдвэрийн", "далайн", "ханны", "төвний"])
def test_owners_in_mongolian(word: str) -> None:
    assert re.search(rf"(?:{OWNERS['mn']})\Z", word)


@pytest.mark.parametrize("word", ["банн", "төвин", "төвөн"])
def test_other_words_are_no_owners_in_mongolian(word: str) -> None:
    assert not re.search(rf"(?:{OWNERS['mn']})\Z", word)


def test_mongolian_vowels_and_signs_that_fall_away() -> None:
    assert "хурлын" in noun_forms("хурал", "mn")
    assert "твийн" not in noun_forms("төв", "mn")
    assert "сургуулийн" in noun_forms("сургууль", "mn")
    assert "компанийн" in noun_forms("компани", "mn")
    assert "газрын" not in noun_forms("газар", "mn")


def test_a_vowel_of_loans_is_a_back_one_in_kazakh() -> None:
    forms = noun_forms("институт", "kk")
    assert {"институты", "институтының", "институттар"} <= forms
    assert not {"институті", "институттер"} & forms
    assert {"кездесуі", "кездесулер"} <= noun_forms("кездесу", "kk")
