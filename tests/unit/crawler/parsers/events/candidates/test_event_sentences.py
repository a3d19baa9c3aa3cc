import pytest

from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.selection import find_events
from tests.event_texts import annotate

TEXT = (
    "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt. Sie dauerte lange."
    " Am 9. Juni 2031 fand in Jena die Kupfertagung statt. Dort war es warm. Alle gingen."
)


def sentences_of_events() -> tuple[EventSentences, list[list[int]]]:
    page = annotate(TEXT, "de")
    events = find_events(page, CandidateFinder(page.vocabulary).find(page))
    sentences = EventSentences(page, events)
    return sentences, [[s.index for s in sentences.near(event)] for event in events]


def test_sentences_near_an_event() -> None:
    _, near = sentences_of_events()
    assert near == [[0, 1, 3], [2, 3]]


def test_sentence_of_a_second_event_is_closed_to_the_main_one() -> None:
    sentences, _ = sentences_of_events()
    assert sentences.closed == {2}
    assert [s.index for s in sentences.running()] == [0, 1, 3, 4]


def test_cues_behind_the_mention_of_another_event_are_left_out() -> None:
    text = (
        "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt und am 9. Juni 2031 fand in Jena"
        " die 4. Kupfertagung statt, organisiert von der Kupferkammer."
    )
    page = annotate(text, "de")
    main, second = find_events(page, CandidateFinder(page.vocabulary).find(page))
    sentences = EventSentences(page, [main, second])
    organised = text.index("organisiert")
    assert organised not in {c.start for c in sentences.near(main)[0].cues}
    assert organised in {c.start for c in sentences.near(second)[0].cues}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Форум «Медь» 2026 года в Оше отменён. В форуме 2025 года участвовал Минпром."),
        ("en", "The Ore Forum of 2026 in Oslo is cancelled. In 2025, miners attended the forum."),
    ],
)
def test_an_earlier_year_is_closed_to_the_main_event(lang: str, text: str) -> None:
    page = annotate(text, lang)
    candidates = CandidateFinder(page.vocabulary).find(page)
    events = find_events(page, candidates)
    assert len(events) == 1
    assert EventSentences(page, events, candidates).closed == {1}
    assert EventSentences(page, events).closed == frozenset()
