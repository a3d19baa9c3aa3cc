"""Finds bodies that tables and patterns leave out, with the tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.grammar import grammar_of
from crawler.parsers.entities.headings import Headings
from crawler.parsers.entities.lexicon.tables import (
    COMMODITIES,
    COUNTRIES,
    ORGANISATIONS,
    PERSONS,
    PLACES,
    PROGRAMMES,
    STRATEGIES,
)
from crawler.parsers.entities.organisations.acronyms import by_acronym
from crawler.parsers.entities.organisations.rules import BARE_HEAD, HEAD
from crawler.parsers.entities.spans import EntityMatch, Spans, longest, match_as_written
from crawler.parsers.entities.tagger.decoding import likeliest_labels, likelihoods
from crawler.parsers.entities.tagger.features import TokenFeatures, what_is_known
from crawler.parsers.entities.tagger.labels import BEGIN, INSIDE, OUTSIDE
from crawler.parsers.entities.tagger.model_features import ModelFeatures
from crawler.parsers.entities.tagger.models import TaggerModel, TaggerModels
from crawler.parsers.entities.tagger.tokens import Token, stretches
from crawler.parsers.scripts import LATIN_SMALL, RUSSIAN_SMALL
from indexer.records.document import Mention

RULE = "tagger"
BARE_RULE = "tagger:bare"
"""The rule of a find whose capitals say nothing; see `without_bare`."""
_BARE = {BARE_RULE: RULE, BARE_HEAD: HEAD}
"""Such rules, and what they are called where the find counts."""
_LEAD = frozenset({ORGANISATIONS, PERSONS, STRATEGIES, PROGRAMMES})
"""Fields of names beside which a find gives way."""
_TELLING = frozenset({ORGANISATIONS, COMMODITIES})
"""Fields of names by which a page is told to be of the field."""
_TELLING_REACH, _SHORT_TEXT = 1500, 600
"""Characters in which one of those stands, and of a text that is too short to tell."""
_OF_OTHER_PAGES = 0.8
"""How likely a find has to be where a page is of something else: software, a shop, a forum."""
_MOST_TEXT = 60_000
"""Characters of a text that are tagged: what stands behind is a list or a book."""
_PAIRS = (("«", "»"), ("„", "“"), ("(", ")"))
_LIST_MARKS = " \n\t*•·–-"
"""What stands in a list beside its entries."""
_MOST_REPEATED = 60
"""Names that are looked for in the rest of a text; each costs a pass over it."""
_CAPITAL = re.compile(rf"[^\W\d_{LATIN_SMALL}{RUSSIAN_SMALL}]")
_JOINS_FOREIGN = re.compile(rf"(?<=[a-zA-Z])\s[{RUSSIAN_SMALL}]\s(?=[A-Z])")
"""A word of one Cyrillic letter between names in Latin letters."""
_NO_NAME = re.compile(
    r"[={}<>|;*\\]|\(\)|\A[-–—&(]|[-–—&+/]\Z|n['’]t\b|['’](?:ve|ll|re)\b|\A(?:[a-z]\.)+\Z"
)
"""Signs of code and of pieces of words, verbs with an apostrophe (don't) and abbreviations in small
letters (e.g.), which no name has in it, begins or ends with.
"""
_BEFORE_NAME = 40
"""Characters before a find in which a word for its kind of body is looked for."""


class _Features(NamedTuple):
    """What is known of words in one language."""

    words: TokenFeatures
    known: ModelFeatures
    headings: Headings


class TaggedBodies:
    """The bodies that the tagger finds in a text."""

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], models: TaggerModels | None = None
    ) -> None:
        self._models = models or TaggerModels()
        self._languages = languages
        self._features: dict[str, _Features] = {}
        self._roles = cache(
            lambda lang: frozenset(
                fold(form)
                for role in cues(languages, str(lang)).get("roles", ())
                for form in (role, *grammar_of(str(lang)).role_forms(role))
            )
        )
        self._kinds = cache(lambda lang: _kind_before_name(languages, lang))
        self._industries = cache(lambda lang: _industries(languages, lang))

    def find(
        self, text: str, language: str | None, known: Sequence[EntityMatch]
    ) -> list[EntityMatch]:
        """The `known` names with the bodies of the tagger and their acronyms among them, in no
        order; the names as they are in a language that nothing was trained for.

        Where a pattern saw a part of a name, the whole one counts; elsewhere the tagger gives way.
        """
        model = self._models.of(language)
        if model is None:
            return list(known)
        names = Spans.of(known)
        tagged = self._tagged(text, str(language), model, names)
        roles = self._roles(language)
        whole = (
            _with_kind(f, text, self._kinds(language))
            for f in tagged
            if not (
                _is_job_title(f.value, roles)
                or _NO_NAME.search(f.value)
                or self._industries(language).fullmatch(f.value)
            )
        )
        found = [*_told_in_rows(text, [f for f in whole if _may_be(f, names)])]
        bodies = Spans(found)
        names = Spans(n for n in names if not (_by_pattern(n) and bodies.overlapping(n)))
        again = [*_repeated(text, found), *by_acronym(text, found)]
        return [*names, *longest([*found, *(f for f in again if _is_new(f, names))])]

    def _tagged(
        self, text: str, language: str, model: TaggerModel, names: Spans
    ) -> Iterator[EntityMatch]:
        features = self._features_of(language, model)
        model = replace(model, threshold=_asked_of(text, model, names))
        for stretch in stretches(text[:_MOST_TEXT]):
            if _CAPITAL.search(text, stretch[0].start, stretch[-1].end):
                yield from _bodies_of(text, stretch, model, features, names)

    def _features_of(self, language: str, model: TaggerModel) -> _Features:
        found = self._features.get(language)
        if found is None:
            words = TokenFeatures(self._languages, language, model.clusters, kept=0)
            known = ModelFeatures(words, model.content)
            headings = Headings(cues(self._languages, language).get("small_in_titles", ()))
            found = self._features[language] = _Features(words, known, headings)
        return found


def _bodies_of(
    text: str,
    stretch: Sequence[Token],
    model: TaggerModel,
    features: _Features,
    names: Spans,
) -> Iterator[EntityMatch]:
    words, known = features.words, features.known
    gains = known.gains(known.look_at(stretch, what_is_known(stretch, names)))
    if not known.may_hold_span(gains):
        return
    labels = likeliest_labels(gains, model.content.steps)
    runs = list(runs_of(labels))
    likely = likelihoods(labels, gains, model.content.steps) if runs else []
    for first, last in runs:
        # The probability of a find is taken for that of its least probable label.
        least = min(likely[first : last + 1])
        name = stretch[first : last + 1]
        whole = words.may_be_body(name)
        if least >= model.threshold and whole and not words.is_rest_of_row(stretch, first):
            span = _with_closing_mark(text, name[0].start, name[-1].end)
            headed = words.has_head(name)
            for piece in _apart(text, *span) if span else ():
                rule = RULE if headed or not features.headings.hide(text, *piece) else BARE_RULE
                yield match_as_written(text, piece, ORGANISATIONS, model.right, rule)


def _asked_of(text: str, model: TaggerModel, names: Spans) -> float:
    """How likely a find has to be: more where tables and patterns know hardly a body or a raw
    material of a text. The tagger has learnt of pages of the field; what is a body there may be a
    product or a setting elsewhere.
    """
    length = min(len(text), _MOST_TEXT)
    telling = sum(n.field in _TELLING and n.start < _MOST_TEXT for n in names)
    if length < _SHORT_TEXT or telling * _TELLING_REACH >= length:
        return model.threshold
    return max(model.threshold, _OF_OTHER_PAGES)


def without_bare(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a page without bodies where all words are written alike (in a heading in
    title case), unless the page names the body elsewhere too: there its capitals tell it from other
    words.
    """
    told = {m.value for m in mentions if m.field == ORGANISATIONS and m.extractor not in _BARE}
    return [
        replace(m, extractor=_BARE[m.extractor]) if m.extractor in _BARE else m
        for m in mentions
        if m.extractor not in _BARE or m.value in told
    ]


def _told_in_rows(text: str, found: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """The finds; of those that fill a line, one between two others that do so too counts as told: a
    list of bodies, where a heading would stand over something else.
    """
    before: EntityMatch | None = None
    fills = [_fills_line(text, f) for f in found]
    for at, one in enumerate(found):
        behind = found[at + 1] if at + 1 < len(found) else None
        between = (
            before is not None
            and behind is not None
            and all(fills[at - 1 : at + 2])
            and not text[before.end : one.start].strip(_LIST_MARKS)
            and not text[one.end : behind.start].strip(_LIST_MARKS)
        )
        yield replace(one, rule=RULE) if between and one.rule == BARE_RULE else one
        before = one


def _fills_line(text: str, found: EntityMatch) -> bool:
    """Whether nothing but marks stands in its line besides."""
    first = text.rfind("\n", 0, found.start) + 1
    last = text.find("\n", found.end)
    behind = text[found.end : last if last >= 0 else len(text)]
    return not (text[first : found.start] + behind).strip(_LIST_MARKS)


def _is_job_title(name: str, roles: frozenset[str]) -> bool:
    """Whether it is a job title, alone, with its remit (Minister für Bergbau), or with the body it
    is of (IHK-Präsident).
    """
    first, _, rest = name.partition(" ")
    of_body = "-" in first and fold(first.rpartition("-")[2]) in roles
    return fold(name) in roles or of_body or (rest[:1].islower() and fold(first) in roles)


def _industries(
    languages: Mapping[str, Mapping[str, Any]], language: str | None
) -> re.Pattern[str]:
    """Two branches of industry in one word: Maschinen- und Anlagenbau."""
    ends = cues(languages, str(language)).get("industry_ends", ())
    return re.compile(rf"[A-ZÄÖÜ]\w+- und [A-ZÄÖÜ]\w*{any_of(ends)}" if ends else r"(?!)")


def _kind_before_name(
    languages: Mapping[str, Mapping[str, Any]], language: str | None
) -> re.Pattern[str]:
    """What stands right before the name of a body and belongs to it (Verband | Kupfer Zink)."""
    kinds = cues(languages, str(language)).get("org_named_heads", ())
    return re.compile(rf"(?<![\w-]){literal(kinds)}(?:e?s)?[^\S\n]+\Z" if kinds else r"(?!)")


def _with_kind(found: EntityMatch, text: str, kind: re.Pattern[str]) -> EntityMatch:
    """A find with the word for its kind of body that stands right before it."""
    words, floor = found.value.split(), max(0, found.start - _BEFORE_NAME)
    before = kind.search(text[floor : found.start])
    # An acronym or a single word is a name by itself.
    if before is None or len(words) == 1 or any(word.isupper() for word in words):
        return found
    span = (floor + before.start(), found.end)
    return match_as_written(text, span, found.field, found.confidence, found.rule)


def _with_closing_mark(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span with the quotation mark or bracket that closes it; None where one stays open."""
    for opening, closing in _PAIRS:
        opened = text.count(opening, start, end) - text.count(closing, start, end)
        if opened == 1 and text[end : end + 1] == closing:
            end += 1
        elif opened:
            return None
    return start, end


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of foreign names that words of the text join: no name has one inside."""
    for joint in _JOINS_FOREIGN.finditer(text, start, end):
        yield start, joint.start()
        start = joint.end()
    yield start, end


def _repeated(text: str, found: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """The other places of the names that were found, as far as they can't be ordinary words: they
    have a capital behind their first letter.
    """
    names = {f.value: f for f in found if any(c.isupper() for c in f.value[1:])}
    for body in list(names.values())[:_MOST_REPEATED]:
        for span in places_of(body.value, text[:_MOST_TEXT]):
            yield match_as_written(text, span, ORGANISATIONS, body.confidence, body.rule)


def places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands that no word or hyphen touches."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _goes_on(text[start - 1 : start]) or _goes_on(text[end : end + 1]):
            end = start + 1
        else:
            yield start, end
        start = text.find(name, end)


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign in ("-", "_")


def runs_of(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place of each body among the labels."""
    first = -1
    for at, label in enumerate((*labels, OUTSIDE)):
        if first >= 0 and label != INSIDE:
            yield first, at - 1
            first = -1
        if label == BEGIN:
            first = at


def _may_be(found: EntityMatch, names: Spans) -> bool:
    """Whether it is new, or holds all that patterns saw there, and more."""
    near = names.overlapping(found)
    parts = [n for n in near if _by_pattern(n) and n.inside(found)]
    return _is_new(found, Spans(n for n in near if n not in parts))


def _by_pattern(name: EntityMatch) -> bool:
    """Whether it is a body that no table knows."""
    return name.field == ORGANISATIONS and not name.rule.startswith("table")


def _is_new(found: EntityMatch, names: Spans) -> bool:
    """Whether it takes no place of another name, and is no country or town."""
    return not any(
        n.field in _LEAD
        or (n.field in (COUNTRIES, PLACES) and (n.start, n.end) == (found.start, found.end))
        for n in names.overlapping(found)
    )
