from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate


def test_counted_talks_stand_in_place_of_the_talks() -> None:
    text = "Am 6. Mai 2031 saßen 63 Betriebe an kleinen Tischen. Es wurden 412 Gespräche."
    page = annotate(text, "de", "2031-05-20")
    found = CandidateFinder(page.vocabulary).find(page)
    names = [page.cut(c.sentence.part, c.name.start, c.name.end) for c in found]
    assert names == ["412 Gespräche"]
