import pytest

from crawler.parsers.entities.grammar.german_nominatives import is_adjective, nominative_phrase
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize(
    ("name", "head", "alone"),
    [
        ("Runden Tisch", "Runden Tisch", "Runder Tisch"),
        ("achten Sitzung der gemeinsamen Kommission", "Sitzung", "achte Sitzung der gemeinsamen"),
        ("7. Deutsch-Kirgisische Rohstoffforum", "Rohstoffforum", "7. Deutsch-Kirgisisches Roh"),
        ("zweiten Antimon-Workshop", "Antimon-Workshop", "zweiter Antimon-Workshop"),
        ("Vierten Zentralasiatischen Zinnforums", "Zinnforums", "Viertes Zentralasiatisches Zinn"),
        ("Bergbaukongresses", "Bergbaukongresses", "Bergbaukongress"),
        ("Rohstoffpolitischen Gesprächen", "Gesprächen", "Rohstoffpolitische Gespräche"),
        ("Leipziger Zinnmesse", "Zinnmesse", "Leipziger Zinnmesse"),
        ("bisher größten Rohstoffmesse", "Rohstoffmesse", "bisher größte Rohstoffmesse"),
        ("gemeinsamer Sitzung", "Sitzung", "gemeinsame Sitzung"),
        ("sieben Gesprächen", "Gesprächen", "sieben Gespräche"),
        ("Neuen Energieforum", "Energieforum", "Neues Energieforum"),
        ("Neue Energie Forum", "Forum", "Neue Energie Forum"),
        ("Kritische Rohstoffe Gipfel", "Gipfel", "Kritische Rohstoffe Gipfel"),
        ("Grüner Stahl Forum", "Forum", "Grüner Stahl Forum"),
        ("Deutsch-Kasachischen Rohstoff Forum", "Forum", "Deutsch-Kasachisches Rohstoff Forum"),
        ("Großen Etwas", "Etwas", "Großen Etwas"),
    ],
)
def test_a_name_as_one_writes_it_alone(name: str, head: str, alone: str) -> None:
    start = name.index(head)
    given = nominative_phrase(name, (start, start + len(head)), event_vocabulary("de"))
    assert given.startswith(alone)
    assert len(given) - len(name) in range(-3, 3)


@pytest.mark.parametrize("word", ["achten", "gemeinsame", "Deutsch-Kirgisischen", "Kasachisches"])
def test_adjectives(word: str) -> None:
    assert is_adjective(word)


@pytest.mark.parametrize("word", ["Leipziger", "Genter", "bisher", "Forum", "Messen"])
def test_no_adjectives(word: str) -> None:
    assert not is_adjective(word)
