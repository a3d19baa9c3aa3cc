"""The regular declension of Russian adjectives."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parsers.scripts import RUSSIAN_SMALL

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_ADJECTIVE = re.compile(
    rf"^[{RUSSIAN_SMALL}-]{{2,}}(ый|ий|ой|ая|яя|ое|ее|ые|ие)(ся)?$", re.IGNORECASE
)
_HUSHERS = "жшщч"
_VELARS = "гкх"


def is_adjective(word: str) -> bool:
    """Whether a word ends as an adjective in the nominative."""
    return _ADJECTIVE.match(word) is not None


@lru_cache(maxsize=4096)
def decline(adjective: str) -> dict[str, str]:
    """`gender case` or `plur case` → form."""
    if adjective.endswith("ся"):
        return {key: form + "ся" for key, form in decline(adjective[:-2]).items()}
    stem, last = adjective[:-2], adjective[-3:-2].lower()
    soft = adjective.endswith(("яя", "ее")) or (
        adjective.endswith(("ий", "ие")) and last not in _VELARS + _HUSHERS
    )
    o = "е" if soft or last in "жшщчц" else "о"
    y = "и" if soft or last in _VELARS + _HUSHERS else "ы"
    a, u = ("я", "ю") if soft else ("а", "у")
    short_masculine = "ой" if adjective.endswith("ой") else y + "й"
    oblique = {"gent": o + "го", "datv": o + "му", "ablt": y + "м", "loct": o + "м"}
    made = {f"{g} {c}": stem + e for g in ("masc", "neut") for c, e in oblique.items()}
    made |= {"masc nomn": stem + short_masculine, "masc accs": stem + short_masculine}
    made |= {"neut nomn": stem + o + "е", "neut accs": stem + o + "е"}
    made |= {f"femn {c}": stem + o + "й" for c in ("gent", "datv", "ablt", "loct")}
    made |= {"femn nomn": stem + a + a.replace("а", "я"), "femn accs": stem + u + "ю"}
    plural = {"nomn": "е", "gent": "х", "datv": "м", "accs": "е", "ablt": "ми", "loct": "х"}
    made |= {f"plur {c}": stem + y + e for c, e in plural.items()}
    return made
