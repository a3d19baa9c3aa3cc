from __future__ import annotations

import pytest

from benchmarks.towns.german_transcription import transcribe


@pytest.mark.parametrize(
    ("name", "german"),
    [
        ("Нижний Тагил", "Nischni Tagil"),
        ("Новокузнецк", "Nowokusnezk"),
        ("Петрозаводск", "Petrosawodsk"),
        ("Челябинск", "Tscheljabinsk"),
        ("Елец", "Jelez"),
        ("Артемовск", "Artemowsk"),
        ("Йошкар-Ола", "Joschkar-Ola"),
        ("Щёлково", "Schtscholkowo"),
        ("Ростов-на-Дону", "Rostow-na-Donu"),
        ("Анапское", "Anapskoje"),
        ("Кусочек", "Kussotschek"),
        ("Алексин", "Alexin"),
        ("Майкоп", "Maikop"),
        ("Грозный", "Grosny"),
    ],
)
def test_russian_names_as_german_pages_write_them(name: str, german: str) -> None:
    assert transcribe(name) == german
