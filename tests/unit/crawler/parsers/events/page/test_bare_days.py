import pytest

from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Am 3. Mai in Essen und am 5. in Jena.", ["2031-05-03", "2031-05-05"]),
        ("de", "Am 3. Mai in Essen. Am 25. Spieltag war Ruhe.", ["2031-05-03"]),
        ("en", "It is on 30 April in Oslo, on the 2nd in Bergen.", ["2031-04-30", "2031-05-02"]),
        ("en", "It left on the 5th, in rain.", ["2031-03-05"]),
        ("en", "He sat on the 4th floor.", []),
        ("en", "It was on the 31st, in rain.", ["2031-03-31"]),
        ("ru", "С 8 апреля выставка. Вторые начнутся 17-го, в Оше.", ["2031-04-08", "2031-04-17"]),
        ("ru", "В домах 19-го века тихо.", []),
        ("ru", "Форум пройдёт с 17-го в Оше.", ["2031-03-17"]),
        ("ru", "Он стоит среди домов, построенных в 20-е и на 30-й улице.", []),
        ("ru", "С 8 апреля выставка. Форум 17-го и 18-го в Оше.", ["2031-04-08", "2031-04-17"]),
        ("ru", "С 8 апреля выставка в домах 5-го и 6-го кварталов.", ["2031-04-08"]),
        ("de", "Am 3. Mai in Essen und am 5. und 6. in Jena.", ["2031-05-03", "2031-05-05"]),
        ("de", "Am 3. Mai endet am 5. und 6. Bauabschnitt die Arbeit.", ["2031-05-03"]),
        ("de", "Es kamen Schüler der 5. und 6. Klassen.", []),
        ("de", "Am 3. Mai ist Ruhe, der 3. in Folge.", ["2031-05-03"]),
        ("de", "Am 3. Mai ist Ruhe, der 5. ist frei.", ["2031-05-03", "2031-05-05"]),
        ("de", "Der 5. ist frei.", []),
        ("en", "It is on 30 April in Oslo. It is the 3rd in a series.", ["2031-04-30"]),
        ("en", "Come on 3 April. The last day is the 5th.", ["2031-04-03", "2031-04-05"]),
        ("en", "The best mine of all is the 5th.", []),
        ("en", "It left on the 5th and 6th floors.", []),
    ],
)
def test_days_by_their_number_alone(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == expected


def test_a_row_without_end_is_no_day() -> None:
    page = annotate("Am 3. Mai war Ruhe, auch am 5." + " und 6." * 3000, "de", "2031-06-10")
    assert {d.first for s in page.sentences for d in s.dates} == {"2031-05-03"}


def test_a_day_that_the_month_has_not_is_none() -> None:
    page = annotate("On 3 April it rained. It left on the 31st, in rain.", "en", "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == ["2031-04-03"]
