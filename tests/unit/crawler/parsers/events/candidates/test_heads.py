import pytest

from crawler.parsers.events.candidates.heads import HeadFinder
from crawler.parsers.events.page.clauses import ClauseFinder
from tests.event_texts import annotate, read_events


def heads(lang: str, text: str, published: str | None = None) -> list[tuple[str, str]]:
    """The phrases of the first sentence with the kinds of their heads."""
    page = annotate(text, lang, published)
    finder = HeadFinder(page.vocabulary, ClauseFinder(page.vocabulary))
    return [
        (page.cut(c.sentence.part, c.name.start, c.name.end), c.kind)
        for c in finder.find(page, page.sentences[0])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Gestern begann die 3. Erzkonferenz.", [("3. Erzkonferenz", "gathering")]),
        ("en", "The 33rd plenary session ended.", [("33rd plenary session", "gathering")]),
        (
            "en",
            "Annual meeting of the miners takes place in Rome.",
            [("Annual meeting of the miners", "gathering")],
        ),
        ("en", "The ministers made a visit to Oslo.", [("visit to Oslo", "trip")]),
        ("en", "It will be printed in the conference proceedings of 5 May 2031.", []),
        ("en", "The smelter opened after meeting EU standards on 5 May.", []),
        ("en", "They invest while meeting local demand.", []),
        ("en", "The staff meeting adopted new rules.", [("staff meeting", "gathering")]),
        ("en", "The meeting set targets.", [("meeting", "gathering")]),
        ("en", "The meeting on standards began.", [("meeting on standards", "gathering")]),
        ("en", "Leaders of the Democratic Party and third parties spoke.", []),
        ("de", "Sie waren im Congress Centrum Suhl.", []),
        ("en", "They make AGM batteries of lead in Hull.", []),
        ("en", "The bureau holds its convention on 3 May 2031.", [("convention", "gathering")]),
        ("en", "They signed the convention on mercury on 3 May 2031.", []),
        ("en", "05:15 PM Ore Workshop", [("Ore Workshop", "gathering")]),
        ("en", "The guild plans to visit the old smelter.", []),
        ("en", "You can tour both shafts on Sunday.", []),
        ("en", "Visit Lode Review Monthly for more.", []),
        ("en", "Visit of the minister to Oslo.", [("Visit of the minister to Oslo", "trip")]),
        ("en", "Visit To Oslo By The Minister Ends.", [("Visit To Oslo", "trip")]),
        ("en", "The Tin Forum plans to move to Hull.", [("Tin Forum", "gathering")]),
        ("en", "Our best Miner Training Tips for beginners.", []),
        ("en", "Pay for your trip in advance.", []),
        (
            "en",
            "He spoke at Norlit’s spring conference.",
            [("spring conference", "gathering")],
        ),
        ("en", "They came to Norlit's forum.", [("Norlit's forum", "gathering")]),
        ("en", "She spoke in Congress on Monday.", []),
        ("en", "The Tin Congress began.", [("Tin Congress", "gathering")]),
        ("en", "It is shown at the Hull Motor Show.", [("Hull Motor Show", "gathering")]),
        ("de", "Die besten Ringer trafen sich im Sportforum.", []),
        ("de", "Sie sprach im Erzforum 2031.", [("Erzforum 2031", "gathering")]),
        ("de", "Es sprach auf dem Sportforum.", [("Sportforum", "gathering")]),
        ("de", "Am 5. Mai, dem Tag der Republik, wurde protestiert.", []),
        ("de", "Der Tag der Steine begann.", [("Tag der Steine", "weak")]),
        (
            "de",
            "Er sprach beim Bergbaukonvent der Länder.",
            [("Bergbaukonvent der Länder", "gathering")],
        ),
        (
            "de",
            "Es begann die Sondersitzung zum Zinn.",
            [("Sondersitzung zum Zinn", "gathering")],
        ),
        ("de", "Nach der Grundsteinlegung wurde gefeiert.", [("Grundsteinlegung", "weak")]),
        ("en", "12 May 2031: Opening Remarks", []),
        ("en", "12 May 2031: Lunch and Posters", []),
        (
            "de",
            "Es beginnen die 18. Fränkischen Abfall- und Deponietage.",
            [("18. Fränkischen Abfall- und Deponietage", "gathering")],
        ),
        ("de", "Es beginnt der 5. Abfalltag.", [("5. Abfalltag", "gathering")]),
        ("de", "Sie lernten in der 2. Chefetage den 3. Arbeitsalltag kennen.", []),
        (
            "ru",
            "Идёт VII интернет-конференция по олову.",
            [("VII интернет-конференция по олову", "gathering")],
        ),
        ("en", "They spoke at the AGM in Hull.", [("AGM", "gathering")]),
        ("de", "Die Firma geriet ins Hintertreffen, der Goldkurs auf Talfahrt.", []),
        (
            "en",
            "At its annual general meeting (“AGM”) it rose.",
            [("annual general meeting", "gathering")],
        ),
        ("en", "At the AGM (late in May) it rose.", [("AGM", "gathering")]),
        ("en", "A meeting, standards apart, began.", [("meeting", "gathering")]),
        ("en", "Join the Tin Expo to share your story.", [("Tin Expo", "gathering")]),
        ("en", "They made a visit to smelters.", [("visit to smelters", "trip")]),
        ("en", "Visit the Norlit mine on 5 May.", []),
        ("en", "Visit a Norlit mine on 5 May.", []),
        ("en", "Visit to the mine", [("Visit to the mine", "trip")]),
        (
            "en",
            "He spoke while visiting Norlit's Tin Forum.",
            [("Norlit's Tin Forum", "gathering")],
        ),
        ("en", "The visit and the prices were high.", [("visit", "trip")]),
        ("en", "A visit to uranium mines began.", [("visit to uranium mines", "trip")]),
        (
            "en",
            "The conference on access to critical raw materials began.",
            [("conference on access to critical raw materials", "gathering")],
        ),
        (
            "en",
            "The Workshop on Routes to copper recycling began.",
            [("Workshop on Routes to copper recycling", "gathering")],
        ),
        ("en", "They held a forum to discuss tin.", [("forum", "gathering")]),
        (
            "en",
            "The forum on mines and the environment began.",
            [("forum on mines and the environment", "gathering")],
        ),
        ("ru", "Начался третий форум по олову.", [("третий форум по олову", "gathering")]),
        ("ru", "Завершилось онлайн-заседание.", [("онлайн-заседание", "gathering")]),
        ("ru", "Завершилось рудо-заседание.", []),
        ("ru", "Завершился визит г-на Кима.", [("визит", "trip")]),
        (
            "de",
            "Im Mai besucht eine Firmendelegation Taschkent und Osch.",
            [("Firmendelegation", "trip")],
        ),
        (
            "de",
            "Die Delegationsreise Usbekistan beginnt.",
            [("Delegationsreise Usbekistan", "trip")],
        ),
        (
            "ru",
            "Рудник посетила делегация Узбекистана.",
            [("делегация Узбекистана", "trip")],
        ),
    ],
)
def test_head_becomes_a_candidate(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert heads(lang, text) == expected


@pytest.mark.parametrize(
    "text", ["Sie reisen kommende Woche zu den Gruben.", "Die kommende Woche zu Zinn beginnt."]
)
def test_the_words_for_a_day_are_no_event(text: str) -> None:
    assert heads("de", text, "2031-05-05") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "The meeting participants left Oslo.", id="says who people are"),
        pytest.param("en", "They met at the Exhibition Hall.", id="a house"),
        pytest.param("en", "The second plenary session ended.", id="a part of a programme"),
        pytest.param("de", "Das Buch „Die Tagung der Steine heute“ ist neu.", id="amid a quote"),
    ],
)
def test_head_is_no_candidate(lang: str, text: str) -> None:
    assert heads(lang, text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Der diesjährige Wolframtag war schön.", "diesjährige Wolframtag"),
        ("Der 3. Wolframtag war schön.", "3. Wolframtag"),
    ],
)
def test_day_of_a_series(text: str, phrase: str) -> None:
    assert heads("de", text) == [(phrase, "gathering")]


def test_a_day_without_edition_or_year_may_be_anything() -> None:
    assert heads("de", "Der Wolframtag war schön.") == [("Wolframtag", "open")]


def test_a_part_of_a_programme_with_a_day_may_be_anything() -> None:
    assert heads("de", "Zur Podiumsdiskussion am 5. Mai kamen viele.") == [
        ("Podiumsdiskussion", "open")
    ]
    assert heads("de", "Zur Podiumsdiskussion kamen viele.") == []


def test_english_body_before_a_head_belongs_to_the_name() -> None:
    text = "The 91st Ore Association Convention opened."
    assert heads("en", text) == [("91st Ore Association Convention", "gathering")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "en", "The Ore Day on 5 May 2031 in Oslo is new.", "gathering", id="day, town"
        ),
        pytest.param("en", "Copper Day took place on 5 May 2031.", "gathering", id="takes place"),
        pytest.param(
            "de",
            "Die Lange Nacht der Erze lockte am 5. Mai 2031 rund 800 Besucher.",
            "gathering",
            id="who came",
        ),
        pytest.param(
            "de",
            "Die Grüne Woche findet vom 5. bis 9. Mai 2031 statt.",
            "gathering",
            id="adjective",
        ),
        pytest.param(
            "de", "Der Schrott- und Metalltag beginnt am 5. Mai 2031.", "gathering", id="compound"
        ),
        pytest.param(
            "ru", "Неделя горного дела пройдёт 5 мая 2031 года.", "gathering", id="what it is of"
        ),
        pytest.param("en", "Ore Days 2031 will take place in Oslo.", "gathering", id="year"),
        pytest.param("en", "Core Logging Weekend, 5–6 May 2031, ship", "weak", id="opens a line"),
        pytest.param(
            "en", "World Water Day took place on 5 May 2031.", "open", id="kept everywhere"
        ),
        pytest.param(
            "de", "Ein Kupfertag, der am 5. Mai 2031 war.", "open", id="neither place nor verb"
        ),
        pytest.param("en", "They met on a sunny day in Oslo, 5 May 2031.", "open", id="no name"),
        pytest.param("en", "The Copper Day in Oslo is new.", "open", id="no day"),
        pytest.param("de", "Bericht der Nacht 2 in Oslo am 5. Mai 2031.", "open", id="in a row"),
    ],
)
def test_an_occasion_with_a_name_of_its_own(lang: str, text: str, expected: str) -> None:
    assert [kind for _, kind in heads(lang, text)] == [expected]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Registration is now open for Ore Days 2031 in Oslo.", "Ore Days 2031"),
        ("The fifth Women in Mining Forum ended.", "fifth Women in Mining Forum"),
        ("Caspian Women in Mining Breakfast follows.", "Caspian Women in Mining Breakfast"),
        ("Where we travel: Women in Mining Forum, Oslo.", "Women in Mining Forum"),
        ("The chamber, whose Norlit Steppe Forum ended, left.", "Norlit Steppe Forum"),
        ("They met in Mining Forum halls.", "Mining Forum"),
        ("The OreExpo opened.", "OreExpo"),
        (
            "A delegation of the Chamber of Ores visited the works in Oslo.",
            "delegation of the Chamber of Ores",
        ),
    ],
)
def test_where_an_english_name_begins_and_ends(text: str, phrase: str) -> None:
    assert [name for name, _ in heads("en", text)] == [phrase]


@pytest.mark.parametrize(
    "text",
    ["Die Kalenderwoche beginnt am 5. Mai 2031.", "Der Wahltag findet am 5. Mai 2031 statt."],
)
def test_a_stretch_of_the_calendar_is_no_occasion(text: str) -> None:
    assert heads("de", text) == []


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        pytest.param("de", "Der Zinn-Salon fällt am 6. Mai 2031 aus.", "gathering", id="off"),
        pytest.param("de", "Am 6. Mai 2031 ist Kaliabend in Jena.", "gathering", id="day and town"),
        pytest.param(
            "ru", "На «Вечер свинца» 6 мая 2031 года звали в Ош.", "gathering", id="russian"
        ),
        pytest.param(
            "en",
            "The Tin Supper is back. Bring salt to Oslo on 6 May 2031.",
            "gathering",
            id="day behind",
        ),
        pytest.param("en", "The Tin Supper is back.", "open", id="no day"),
        pytest.param("de", "Am 6. Mai 2031 war in Jena Feierabend.", None, id="no occasion"),
        pytest.param("ru", "Вечер 6 мая 2031 года в Оше был тихим.", "open", id="no name"),
    ],
)
def test_occasion_with_a_name_and_a_day(lang: str, text: str, kind: str | None) -> None:
    assert [k for _, k in heads(lang, text)][:1] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "Sie stellt auf der Central Asia Drilling Fair in Almaty aus.",
            [("Central Asia Drilling Fair", "gathering")],
        ),
        (
            "de",
            "Am 4. Oktober beginnt die Altai Summer School.",
            [("Altai Summer School", "gathering")],
        ),
        ("de", "Auf den Harz Mining Symposia sprach sie.", [("Harz Mining Symposia", "gathering")]),
        ("de", "Fair Trade gilt als Marke.", []),
        (
            "en",
            "The training school on ore reserves brought 40 students to Leeds.",
            [("training school on ore reserves", "gathering")],
        ),
        ("ru", "В Оше прошло роуд-шоу по олову.", [("роуд-шоу по олову", "gathering")]),
        (
            "en",
            "The Maria Helena Summer School brought 40 students to Leeds.",
            [("Maria Helena Summer School", "gathering")],
        ),
        (
            "en",
            "In between came the Baltic-Alpine Round Table on Mine Safety.",
            [("Baltic-Alpine Round Table on Mine Safety", "gathering")],
        ),
    ],
)
def test_foreign_heads_and_those_that_nobody_is_called_by(
    lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert heads(lang, text) == expected


def test_a_text_may_end_with_the_head_of_what_looks_like_a_body() -> None:
    text = "We met at the Baltic-Alpine Round Table"
    assert heads("en", text)[:1] == [("Baltic-Alpine Round Table", "gathering")]


def test_what_a_house_is_called_in_quotes_is_no_event() -> None:
    text = (
        "Степная выставка «Олово» пройдёт в Оше с 5 по 7 мая 2031 года в павильоне «Степь Экспо»."
    )
    (event,) = read_events(text, "ru", "2031-02-10")
    assert event.place is not None
    assert (event.name, event.place.venue) == (
        "Степная выставка «Олово»",
        "павильоне «Степь Экспо»",
    )
