import pytest

from tests.event_texts import annotate

RUNNING = "Am Montag kamen die Fachleute in die Stadt und sprachen lange über Erze."


def zones(text: str) -> list[str]:
    return [s.zone for s in annotate(text, "de").sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Erztag in Bonn\n\n{RUNNING}", ["headline", "body"]),
        (f"{RUNNING}\n\nProgramm\n\nAnreise", ["body", "list", "list"]),
        ("Erztag in Bonn\n\nProgramm\n\nAnreise", ["headline", "list", "list"]),
        (f"{RUNNING} Sie gingen.", ["body", "body"]),
        ("Erztag\n9.00 Anreise\n10.30 Zinn\nPetra Gros\n12:00 Ende", ["headline", *["list"] * 4]),
        ("Erztag\n9.00 Anreise\n12:00 Ende\n" + RUNNING, [*["headline"] * 3, "body"]),
    ],
)
def test_zones(text: str, expected: list[str]) -> None:
    assert zones(text) == expected


def test_label_opens_a_contact_block() -> None:
    text = f"Erztag in Bonn\n\n{RUNNING}\n\nAnsprechpartner:\n\nDer Verband tagte in Bonn."
    assert zones(text)[-1] == "contact"
    assert "contact" not in {s.zone for s in annotate(text, "de").body}


@pytest.mark.parametrize(
    ("lang", "text", "dateline"),
    [
        ("de", "BONN – Die Tagung über Erze begann heute.", "BONN – "),
        ("de", "Bonn, 5. Mai 2031 – Die Tagung über Erze begann.", "Bonn, 5. Mai 2031 – "),
        ("en", "Oslo (Reuters) - The meeting on ores began today.", "Oslo (Reuters) - "),
        ("ru", "АСТАНА. 5 мая. /Агентство/. Форум начался.", ""),
        ("ru", "Бишкек, 5 мая /Кабар/. Форум по рудам начался.", "Бишкек, 5 мая /Кабар/. "),
        ("de", "Die Tagung über Erze begann heute.", ""),
    ],
)
def test_dateline(lang: str, text: str, dateline: str) -> None:
    end = annotate(text, lang).sentences[0].dateline_end
    assert text[: max(end, 0)] == dateline


@pytest.mark.parametrize(
    ("text", "label"), [("Ort: Haus der Erze, Bonn.", "Ort:"), ("Der Ort der Tagung ist Bonn.", "")]
)
def test_label_at_the_start_of_a_line(text: str, label: str) -> None:
    page = annotate(text, "de")
    end = page.labelled(page.sentences[0], "venue_labels")
    assert text[: max(end, 0)] == label


def test_sentence_holds_its_dates_mentions_and_cues_only() -> None:
    page = annotate("Am 5. Mai 2031 fand die Tagung in Bonn statt. Danach ruhte Leipzig.", "de")
    first, second = page.sentences
    assert [d.first for d in first.dates] == ["2031-05-05"]
    assert [page.cut(m.part, m.start, m.end) for m in first.of("places")] == ["Bonn"]
    assert first.cue("takes_place")
    assert not second.dates
    assert not second.cue("takes_place")
    assert [page.cut(m.part, m.start, m.end) for m in second.of("places")] == ["Leipzig"]


@pytest.mark.parametrize(
    ("text", "is_day"), [("Die Tagung war am 5. Mai 2031.", True), ("Sie war im Mai 2031.", False)]
)
def test_date_to_the_day(text: str, is_day: bool) -> None:
    (date,) = annotate(text, "de").sentences[0].dates
    assert date.is_day is is_day


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("Am 5. Mai 2031 kam Karin Sommer in die Stadt.", "de", ["2031-05-05"]),
        ("Imogen Farraday August opened the forum.", "en", []),
        ("Imogen Farraday opened the forum in August 2031.", "en", ["2031-08"]),
    ],
)
def test_a_month_or_season_in_the_name_of_a_person_is_no_date(
    text: str, lang: str, days: list[str]
) -> None:
    page = annotate(text, lang, "2031-05-20")
    assert [d.first for s in page.sentences for d in s.dates] == days
