"""Organisations: what the tables and the patterns of all languages find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.parsers.entities.grammar.suffixes import SUFFIXED
from crawler.parsers.entities.language_rules import tried_on
from crawler.parsers.entities.lexicon.tables import COUNTRIES, ORGANISATIONS, PLACES, STRATEGIES
from crawler.parsers.entities.organisations.acronyms import by_acronym
from crawler.parsers.entities.organisations.english import EnglishOrganisations
from crawler.parsers.entities.organisations.ezafe import EzafeOrganisations
from crawler.parsers.entities.organisations.german import (
    GermanOrganisations,
    RegisteredAssociations,
)
from crawler.parsers.entities.organisations.latin_names import LatinNames
from crawler.parsers.entities.organisations.leading import LeadingWords
from crawler.parsers.entities.organisations.legal_forms import LegalForms
from crawler.parsers.entities.organisations.rules import InScript, OrganisationRules
from crawler.parsers.entities.organisations.russian import (
    RussianLegalForms,
    RussianOrganisations,
)
from crawler.parsers.entities.organisations.suffixed import HeadLastOrganisations
from crawler.parsers.entities.spans import EntityMatch, Spans, longest, match_as_written

_TABLE_REACHING_FURTHER = 0.95


class OrganisationFinder:
    """Finds bodies by pattern, German and English in any Latin text, Russian in Cyrillic."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        leading = LeadingWords(languages)
        uzbek = HeadLastOrganisations(languages, "uz", "cyrillic")
        self._legal_forms = LegalForms(languages, leading)
        self._rules: tuple[OrganisationRules, ...] = (
            RegisteredAssociations(languages),
            self._legal_forms,
            GermanOrganisations(languages, leading),
            EnglishOrganisations(languages, leading),
            RussianLegalForms(languages),
            RussianOrganisations(languages),
            *(HeadLastOrganisations(languages, code, "cyrillic") for code in ("kk", "ky", "mn")),
            uzbek,
            InScript(uzbek, "latin"),
            EzafeOrganisations(languages, "tg", "cyrillic"),
            *(LatinNames(languages, code) for code in SUFFIXED),
        )

    def find(
        self, text: str, names: Sequence[EntityMatch], language: str | None
    ) -> list[EntityMatch]:
        """All organisations: those among `names` and those by pattern; none overlaps another."""
        names = Spans.of(names)
        known = [n for n in names if n.field == ORGANISATIONS]
        found = [
            match
            for rules in tried_on(text, language, self._rules)
            for match in rules.find(text, names)
        ]
        bodies = Spans(self._legal_forms.extend(k, text) for k in known)
        whole = [_reaching(f, text, names) for f in found if not _is_other(f, names)]
        whole = [f for f in whole if not _crosses_any(f, bodies)]
        found = longest([*bodies, *(_with_id(f, bodies) for f in whole)])
        return longest([*found, *by_acronym(text, found)])


def _is_other(found: EntityMatch, names: Spans) -> bool:
    """Whether the tables know it as a place, or a strategy starts there."""
    return any(
        (n.field in (COUNTRIES, PLACES) and (n.start, n.end) == (found.start, found.end))
        or (n.field == STRATEGIES and n.start == found.start)
        for n in names.touching(found.start, found.end)
    )


def _crosses_any(found: EntityMatch, known: Spans) -> bool:
    """Whether a pattern holds a part of a name of the table, but not all of it."""
    return any(_crosses(found, one) for one in known.touching(found.start, found.end))


def _crosses(found: EntityMatch, known: EntityMatch) -> bool:
    covers = found.start <= known.start and known.end <= found.end
    return found.overlaps(known.start, known.end) and not covers


def _reaching(found: EntityMatch, text: str, names: Spans) -> EntityMatch:
    """A name isn't cut inside a name of the tables."""
    end = found.end_with(names)
    if end == found.end:
        return found
    return match_as_written(text, (found.start, end), found.field, found.confidence, found.rule)


def _with_id(found: EntityMatch, known: Spans) -> EntityMatch:
    """A pattern that starts where a table name starts and covers it is that organisation, unless it
    is a part of it.
    """
    for one in known.touching(found.start, found.end):
        if one.start == found.start and one.end <= found.end:
            return EntityMatch(
                found.field,
                found.start,
                found.end,
                one.value,
                _TABLE_REACHING_FURTHER,
                "table+tail",
            )
    return found
