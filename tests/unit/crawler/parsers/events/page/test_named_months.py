import pytest

from tests.event_texts import annotate, read_events


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "С декабрьского заседания прошло время.", ["2030-12"]),
        ("ru", "После октябрьского рабочего совещания прошло время.", ["2030-10"]),
        ("ru", "Декабрьского снега не было.", []),
        ("de", "Seit der Januarsitzung ist Ruhe.", ["2031-01"]),
        ("ru", "После Майского месторождения совещание прошло в Оше.", []),
        ("ru", "Октябрьского района совещание прошло.", []),
        ("de", "Seit der Mai-Klausursitzung ist Ruhe.", ["2031-05"]),
        ("de", "Er kam zur Juniorenkonferenz und zum Juniorforum.", []),
        ("de", "Er kam zum Maiskongress, ins Mainforum und ins Mainz-Forum.", []),
        ("de", "Er kam zum Juliustreffen und zum Augustinertreffen.", []),
        ("de", "Er kam im Mailänder Forum an.", []),
        ("en", "It arises from the January meeting.", ["2031-01"]),
        ("en", "It arises from the spring meeting.", ["2031-spring"]),
        ("en", "In spring workshops are rare.", []),
        ("en", "They came in the spring of 2031 and met.", []),
        ("de", "Im Sommer Messe, im Winter Ruhe.", []),
    ],
)
def test_months_that_are_a_part_of_a_name(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-02-04")
    assert [d.first for s in page.sentences for d in s.dates if d.kind == "named"] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "November: Oulu. It rained.", ["2030-11"]),
        ("de", "März. Wir lasen viel.\nApril, Jena: Regen.", ["2031-03", "2031-04"]),
        ("ru", "Февраль, Ош. Шёл снег.", ["2031-02"]),
        ("en", "March (day to be fixed), Oulu\nTin course.", ["2031-03"]),
        ("ru", "май (день уточняется), Ош\nКурс.", ["2031-05"]),
        ("en", "In all, November: Oulu.", []),
        ("en", "May we ask you?", []),
    ],
)
def test_months_that_lines_open_with(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-02-04")
    assert [d.first for s in page.sentences for d in s.dates] == expected


def test_a_session_of_another_month_is_an_event_of_its_own() -> None:
    text = (
        "ПРОТОКОЛ\nзаседания Научного совета шахты\n30 января 2031 года, Ош\n\n"
        "Обрушений с декабрьского заседания не было."
        " Очередное заседание – 27 марта, 15.00, онлайн."
    )
    read = [(e.name, e.start, e.series) for e in read_events(text, "ru", "2031-02-04")]
    assert ("декабрьское заседание", "2030-12", "Научный совет шахты") in read
    assert {start for _, start, _ in read} == {"2031-01-30", "2030-12", "2031-03-27"}
