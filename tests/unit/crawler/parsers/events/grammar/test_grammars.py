import pytest

from crawler.parsers.events.grammar.base import DefaultGrammar
from crawler.parsers.events.grammar.english import EnglishGrammar
from crawler.parsers.events.grammar.german import GermanGrammar
from crawler.parsers.events.grammar.grammars import grammar_for
from crawler.parsers.events.grammar.russian import RussianGrammar
from crawler.parsers.events.grammar.suffixed import EzafeGrammar, HeadLastGrammar
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize(
    ("lang", "grammar"),
    [
        ("de", GermanGrammar),
        ("en", EnglishGrammar),
        ("ru", RussianGrammar),
        ("kk", HeadLastGrammar),
        ("tg", EzafeGrammar),
        ("fr", DefaultGrammar),
        ("", DefaultGrammar),
    ],
)
def test_language_has_its_grammar(lang: str, grammar: type) -> None:
    assert type(grammar_for(lang)) is grammar


@pytest.mark.parametrize(
    ("lang", "phrase", "form"),
    [
        ("de", "Tagung", "tagungen"),
        ("de", "Runder Tisch", "runder tisches"),
        ("en", "round table", "round tables"),
        ("ru", "форум", "форуме"),
        ("ru", "круглый стол", "круглого стола"),
        ("ru", "бизнес-форум", "бизнес-форума"),
        ("fr", "Salon", "salon"),
    ],
)
def test_forms_of_a_phrase(lang: str, phrase: str, form: str) -> None:
    assert form in grammar_for(lang).forms(phrase)


@pytest.mark.parametrize(
    ("lang", "phrase", "form"),
    [
        ("en", "round table", "rounds table"),
        ("ru", "круглый стол", "круглый стола"),
        ("fr", "Salon", "salons"),
    ],
)
def test_no_form_of_a_phrase(lang: str, phrase: str, form: str) -> None:
    assert form not in grammar_for(lang).forms(phrase)


@pytest.mark.parametrize(
    ("lang", "head", "kind", "plural"),
    [
        ("de", "Sitzungen", "gathering", True),
        ("de", "Sitzung", "gathering", False),
        ("de", "Verhandlungen", "weak", False),
        ("de", "Dienstreisen", "trip", True),
        ("en", "Forums", "gathering", True),
        ("en", "congress", "gathering", False),
        ("en", "talks", "weak", False),
        ("en", "visits", "trip", False),
        ("ru", "форумы", "gathering", True),
        ("ru", "форум", "gathering", False),
        ("ru", "переговоры", "weak", False),
        ("kk", "форумы", "gathering", False),
        ("kk", "форумдар", "gathering", True),
    ],
)
def test_plural_heads(lang: str, head: str, kind: str, plural: bool) -> None:
    assert grammar_for(lang).is_plural(head, kind) is plural


@pytest.mark.parametrize(
    ("before", "plural"),
    [("следующие", True), ("запланированные", True), ("следующего", False), ("пленарном", False)],
)
def test_a_word_before_tells_whether_a_form_is_a_plural(before: str, plural: bool) -> None:
    assert grammar_for("ru").is_plural("мероприятия", "gathering", [before]) is plural
    assert not grammar_for("ru").is_plural("форуме", "gathering", [before])


@pytest.mark.parametrize(
    ("lang", "words", "past"),
    [
        ("de", "tagte besuchten diskutierten eröffnete erklärten stellten dankten", True),
        ("de", "arbeiten leiten berichten vertreten erwarten halten bewerten", False),
        ("de", "genannte angekündigten ausgewählte bekannten letzten sollten zweite", False),
        ("de", "Experten Projekte Minuten", False),
        ("en", "discussed Opened", True),
        ("en", "indeed opens", False),
        ("ru", "обсудили Посетила", True),
    ],
)
def test_verbs_in_the_past(lang: str, words: str, past: bool) -> None:
    assert {word: grammar_for(lang).is_past(word) for word in words.split()} == dict.fromkeys(
        words.split(), past
    )


@pytest.mark.parametrize(
    ("lang", "word", "is_title"),
    [
        ("de", "Referatsleiterin", True),
        ("de", "Bergrätin", False),
        ("de", "Landrätin", True),
        ("de", "leiter", False),
        ("en", "vice-director", True),
        ("en", "subdirector", False),
        ("ru", "замминистра", True),
        ("ru", "зампрораба", False),
    ],
)
def test_titles(lang: str, word: str, is_title: bool) -> None:
    titles = frozenset({"leiter", "landrat", "director", "министра"})
    endings = tuple(t for t in titles if " " not in t)
    assert grammar_for(lang).is_title(word, titles, endings) is is_title


def test_german_day_of_a_paper() -> None:
    papers = event_vocabulary("de").dated_papers
    german = grammar_for("de")
    assert german.is_paper_behind(" unterzeichnete Vereinbarung.", papers)
    assert not german.is_paper_behind(" tagte der Beirat, die unterzeichnete Liste", papers)
    assert not grammar_for("en").is_paper_behind(
        " signed accord.", event_vocabulary("en").dated_papers
    )


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [('the "Ore" ', 10, 4), ("the Ore ", 8, 8)],
)
def test_english_quotes_open_a_phrase(text: str, start: int, expected: int) -> None:
    assert grammar_for("en").quoted_start(text, 0, start) == expected
    assert grammar_for("de").quoted_start(text, 0, start) == start


@pytest.mark.parametrize(
    ("text", "series"),
    [
        (", Use and Protection", True),
        (", Use, Trade & Protection", True),
        (", which ended", False),
        (", Use", False),
    ],
)
def test_english_comma_of_a_series(text: str, series: bool) -> None:
    assert grammar_for("en").is_series_comma(text, 0) is series


JUDGED_LEFT = [
    pytest.param("de", "internationalen", "take", id="german adjective"),
    pytest.param("de", "Internationalen", "take", id="german adjective with a capital"),
    pytest.param("de", "Kasseler", "take", id="adjective of a town"),
    pytest.param("de", "GIZ", "take", id="acronym"),
    pytest.param("de", "Bergbau", "wait", id="german noun waits for its article"),
    pytest.param("de", "Minister", "stop", id="people lend no name"),
    pytest.param("en", "Ore", "take", id="english capital"),
    pytest.param("en", "annual", "take", id="english adjective"),
    pytest.param("en", "of", "wait", id="preposition"),
    pytest.param("en", "recently", "stop", id="adverb"),
    pytest.param("en", "Norland’s", "take", id="capital owner"),
    pytest.param("en", "country’s", "stop", id="owner"),
    pytest.param("ru", "международный", "take", id="russian adjective"),
    pytest.param("ru", "MINEX", "take", id="brand"),
    pytest.param("ru", "и", "wait", id="russian and"),
    pytest.param("ru", "прошел", "stop", id="russian verb"),
    pytest.param("kk", "халықаралық", "take", id="default grammar"),
]


@pytest.mark.parametrize(("lang", "text", "step"), JUDGED_LEFT)
def test_words_to_the_left(lang: str, text: str, step: str) -> None:
    words = event_vocabulary(lang)
    verdict = grammar_for(lang).judge_left(text, words, inside=False, joined=False, foreign=False)
    assert verdict == step


def test_left_words_that_depend_on_their_neighbours() -> None:
    german, english, russian = (grammar_for(lang) for lang in ("de", "en", "ru"))
    de, en, ru = (event_vocabulary(lang) for lang in ("de", "en", "ru"))
    assert german.judge_left("Mining", de, inside=False, joined=False, foreign=True) == "take"
    assert english.judge_left(",", en, inside=True, joined=False, foreign=False) == "wait"
    assert english.judge_left(",", en, inside=False, joined=False, foreign=False) == "stop"
    assert russian.judge_left("форум", ru, inside=False, joined=True, foreign=False) == "take"
    assert russian.judge_left("форум", ru, inside=False, joined=False, foreign=False) == "stop"


JUDGED_RIGHT = [
    pytest.param("de", ["für", "kritische", "Rohstoffe"], ["wait", "wait", "take"], id="für"),
    pytest.param("de", ["kritische"], ["stop"], id="no link"),
    pytest.param("de", ["2031"], ["take"], id="year"),
    pytest.param("en", ["on", "mine", "water"], ["wait", "take", "take"], id="on"),
    pytest.param("en", ["on", "recently"], ["wait", "stop"], id="adverb behind a link"),
    pytest.param("en", ["(", "OMF", ")"], ["wait", "wait", "take"], id="acronym in brackets"),
    pytest.param("en", ["Days", "and", "the", "visit"], ["take", "wait", "wait", "stop"], id="two"),
    pytest.param("ru", ["рабочей", "группы"], ["take", "take"], id="genitives"),
    pytest.param("ru", ["по", "олову"], ["wait", "take"], id="dative"),
    pytest.param("ru", ["олову"], ["stop"], id="dative without по"),
    pytest.param("ru", ["MINEX", "Казахстан"], ["take", "take"], id="capital behind a brand"),
    pytest.param("ru", ["прошел"], ["stop"], id="verb"),
]


@pytest.mark.parametrize(("lang", "tokens", "steps"), JUDGED_RIGHT)
def test_words_to_the_right(lang: str, tokens: list[str], steps: list[str]) -> None:
    walk = grammar_for(lang).tail_reader(event_vocabulary(lang), linked=False)
    assert [walk.step(token) for token in tokens] == steps


def test_tail_stops_after_its_longest() -> None:
    walk = grammar_for("en").tail_reader(event_vocabulary("en"), linked=False)
    assert [walk.step("Ore") for _ in range(17)][-2:] == ["take", "stop"]


@pytest.mark.parametrize(
    ("lang", "word", "past"),
    [
        ("en", "discussed", True),
        ("en", "proceed", False),
        ("en", "discuss", False),
        ("ru", "обсудили", True),
        ("ru", "обсудят", False),
        ("de", "berieten", False),
        ("kk", "өтті", False),
    ],
)
def test_verbs_in_the_past_by_their_form(lang: str, word: str, *, past: bool) -> None:
    assert grammar_for(lang).is_past(word) is past
