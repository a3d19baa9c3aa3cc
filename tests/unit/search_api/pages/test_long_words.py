from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.pages.long_words import LONGEST, SOFT_HYPHEN, breakable


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Межгосударственной", "Меж-го-су-дар-ствен-ной"),
        ("машиностроительных", "маши-но-строи-тель-ных"),
        ("Mitgliederversammlung", "Mit-glie-der-ver-samm-lung"),
        ("Ausgleichszahlungen", "Aus-gleichs-zah-lun-gen"),
        ("Bergleuteversammlung", "Berg-leu-te-ver-samm-lung"),
        ("Rohstoffpartnerschaft", "Roh-stoff-part-ner-schaft"),
        ("Aufbereitungstechnik", "Auf-be-rei-tungs-tech-nik"),
        ("Rohstoffdialog", "Roh-stoff-dia-log"),
        ("Umweltprogramm", "Umwelt-pro-gramm"),
        ("Infrastructure", "Infras-truc-ture"),
        ("Straßenschildproduktion", "Stra-ßen-schild-pro-duk-tion"),
        ("Bergbaukonferenz", "Berg-bau-kon-fe-renz"),
        ("Umschlagplätze", "Umschlag-plätze"),
        ("Deutschlandstrategie", "Deutsch-land-stra-te-gie"),
        ("Rohstoffliste Bergrechtsreform", "Rohstoffliste Berg-rechts-re-form"),
        ("Betriebsvertrag", "Betriebs-ver-trag"),
        ("Umweltrechtsreform", "Umwelt-rechts-re-form"),
        ("Verschlusssachen Unterbeschäftigung", "Ver-schluss-sa-chen Unter-be-schäf-ti-gung"),
        ("Fachkräftekongress", "Fach-kräf-te-kon-gress"),
        ("Schwermetallanalyse", "Schwer-me-tal-la-na-lyse"),
        ("электроэнергетика", "элек-троэ-нер-ге-тика"),
        ("Konferenz, Rohstoffforum 2026", "Konferenz, Rohstoffforum 2026"),
    ],
)
def test_long_words_may_be_broken_between_syllables(text: str, parts: str) -> None:
    assert breakable(text).replace(SOFT_HYPHEN, "-") == parts


@given(st.text(alphabet=st.characters(exclude_characters=SOFT_HYPHEN)))
def test_nothing_but_soft_hyphens_is_added(text: str) -> None:
    assert breakable(text).replace(SOFT_HYPHEN, "") == text
    if len(text) <= LONGEST:
        assert breakable(text) == text
