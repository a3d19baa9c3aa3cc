"""Strategies, plans, agreements, laws (field `strategies`) and programmes, projects, initiatives
(field `programmes`) that no table knows.

A head word names nothing by itself. It does with a name in quotes (then the name is the find), with
a subject (`on critical minerals`, `по развитию …`), years, or capitals of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.clusters import ClusterSense
from crawler.parsers.entities.folding import has_cyrillic, has_latin, starts_sentence
from crawler.parsers.entities.forms import adjective_forms, forms
from crawler.parsers.entities.nominatives import nominative_phrase
from crawler.parsers.entities.phrases import (
    Tail,
    acronym_bracket,
    english_tail,
    german_tail,
    quoted,
    russian_tail,
    years,
)
from crawler.parsers.entities.spans import Found, longest_per_field
from crawler.parsers.entities.tables import PROGRAMMES, STRATEGIES
from crawler.parsers.entities.words import any_of, cues, literal

_QUOTED, _WITH_YEARS, _WITH_SUBJECT, _CAPITALS, _LOOSE = 0.85, 0.8, 0.75, 0.75, 0.6
_WISH_REACH = 60
_DATED = re.compile(r"[^\S\n]+(?:for|until|to|by)[^\S\n]+(?:19|20)\d\d")
_MOST_ATTRIBUTES = 4
_CLUSTER = re.compile(r"cluster|кластер", re.IGNORECASE)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&/-]*"


@dataclass(frozen=True, slots=True)
class _Heads:
    """The head words of a language."""

    strategies: str
    programmes: str

    def field(self, head: str) -> str:
        """The list that a head belongs to."""
        return PROGRAMMES if re.fullmatch(self.programmes, head, re.IGNORECASE) else STRATEGIES


@dataclass(frozen=True, slots=True)
class _GermanTails:
    """What may follow a German head: its subject, its owner, the other party."""

    about: Tail
    of: Tail
    with_country: Tail


class StrategyFinder:
    """Finds strategies and programmes by pattern; keeps those of the tables."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], clusters: ClusterSense) -> None:
        self._languages = languages
        self._clusters = clusters

    def find(self, text: str, names: Sequence[Found], language: str | None) -> list[Found]:
        """All of both fields; none overlaps another of its field."""
        known = [n for n in names if n.field in (STRATEGIES, PROGRAMMES)]
        found: list[Found] = []
        if has_latin(text):
            if language != "en":
                found.extend(self._german(text))
            if language != "de":
                found.extend(self._english(text))
        if has_cyrillic(text):
            found.extend(self._russian(text))
        whole = [_reaching(f, text, names) for f in found]
        kept = [f for f in whole if self._economic(f, text, language) and not self._wished(f, text)]
        return list(longest_per_field(_with_tables(known, kept, text)))

    def _wished(self, found: Found, text: str) -> bool:
        """Whether somebody only asks for it (стране нужна стратегия по …, we need a strategy for …)."""
        return self._wishes.search(text, max(0, found.start - _WISH_REACH), found.start) is not None

    @cached_property
    def _wishes(self) -> re.Pattern[str]:
        words = [
            w
            for code in ("de", "en", "ru")
            for w in cues(self._languages, code).get("strategy_wishes", ())
        ]
        return re.compile(
            rf"(?<!\w){literal(words)}[^\S\n]+(?:[\w-]+[^\S\n]+){{0,2}}\Z", re.IGNORECASE
        )

    def _economic(self, found: Found, text: str, language: str | None) -> bool:
        match = _CLUSTER.search(text, found.start, found.end)
        return match is None or self._clusters.economic_cluster(
            text, match.start(), match.end(), language
        )

    # -- German

    @cached_property
    def _german_head(self) -> tuple[re.Pattern[str], _Heads, _GermanTails]:
        words = cues(self._languages, "de")
        heads = _Heads(
            literal(words.get("strategy_heads", ())), literal(words.get("programme_heads", ()))
        )
        every = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        subjects = literal(words.get("strategy_subjects", ()))
        attributes = any_of(
            re.escape(form)
            for a in words.get("strategy_attributes", ())
            for form in adjective_forms(a, "de")
        )
        small = literal(h.lower() for h in every)
        head = re.compile(
            rf"(?<![\w-])(?P<left>(?i:(?:{attributes}[^\S\n]+){{0,{_MOST_ATTRIBUTES}}}))"
            rf"(?:(?P<head>{literal(every)})|(?P<subject>{subjects})(?:s|n|en)?-?(?P<part>(?i:{small}))|(?P<other>[A-ZÄÖÜ][\w-]*?-?)(?P<rest>(?i:{small})))(?:s|es)?(?!\w)"
        )
        stops = words.get("phrase_stops", ())
        about = german_tail(
            ("zu", "zur", "zum", "über", "für", "zwischen", "im Bereich"), stops, r"(?!)", 2,
            further=("der", "des", "von", "zwischen", "mit"),
        )  # fmt: skip
        of = german_tail(("der", "des", "von", "für", "zur", "zu"), stops, r"(?!)", 2)
        other_party = german_tail(("mit",), stops, r"(?!)", 1)
        return head, heads, _GermanTails(about, of, other_party)

    @cached_property
    def _german_anchors(self) -> Anchors:
        words = cues(self._languages, "de")
        heads = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        return Anchors(heads, before=_MOST_ATTRIBUTES, endings=("", "s", "es"))

    @cached_property
    def _german_laws(self) -> frozenset[str]:
        """Heads whose compounds are names by themselves (Berggesetz, Abfallgesetz)."""
        return frozenset(cues(self._languages, "de").get("strategy_laws", ()))

    def _german(self, text: str) -> Iterator[Found]:
        head, heads, tails = self._german_head
        for match in self._german_anchors.matches(head, text):
            word = match.group("part") or match.group("rest") or match.group("head")
            field = heads.field(word[0].upper() + word[1:])
            name = quoted(text, match.end())
            if name is not None:
                yield _made(text, name, field, _QUOTED, "quoted")
                continue
            found = self._german_unquoted(text, match, field, tails)
            if found is not None:
                yield found

    def _german_unquoted(
        self, text: str, match: re.Match[str], field: str, tails: _GermanTails
    ) -> Found | None:
        end, start = match.end(), match.start()
        about, of, with_country = tails.about, tails.of, tails.with_country
        with_subject = about(text, end)
        with_years = years(text, max(with_subject, end))
        if match.group("subject"):
            reached = max(with_years, of(text, end), with_country(text, end))
            return _made(text, (start, reached), field, _WITH_SUBJECT, "compound")
        if match.group("other"):
            law = match.group("rest").lower() in self._german_laws
            if (
                law
                or with_years > max(with_subject, end)
                or (match.group("left") and field == STRATEGIES)
            ):
                return _made(
                    text, (start, max(with_years, of(text, end))), field, _LOOSE, "compound"
                )
            return None
        if with_years > max(with_subject, end):
            return _made(text, (start, with_years), field, _WITH_YEARS, "years")
        if field == STRATEGIES and with_subject > end:
            return _made(
                text, (start, acronym_bracket(text, with_subject)), field, _LOOSE, "subject"
            )
        return None

    # -- English

    @cached_property
    def _english_words(self) -> _EnglishWords:
        kinds = cues(self._languages, "en").get("strategy_kinds", {})

        def heads(kind: str) -> re.Pattern[str]:
            return re.compile(literal(kinds.get(kind, ())), re.IGNORECASE)

        return _EnglishWords(
            heads("needs_capital"),
            heads("needs_subject"),
            heads("everyday"),
            heads("enough_modified"),
            heads("parties"),
            frozenset(kinds.get("vague_modifiers", ())),
        )

    @cached_property
    def _english_head(self) -> tuple[re.Pattern[str], _Heads, Tail, re.Pattern[str]]:
        words = cues(self._languages, "en")
        strategy, programme = words.get("strategy_heads", ()), words.get("programme_heads", ())
        heads = _Heads(literal(strategy), literal(programme))
        left = any_of(map(re.escape, words.get("strategy_modifiers", ())))
        kinds = words.get("strategy_kinds", {})
        modifier = (
            rf"(?:\d{{4}}[-–]\d{{2,4}}|(?!{literal(kinds.get('not_left', ()))}\b){_CAPITAL}|{left})"
        )
        head = re.compile(
            rf"(?<![\w-])(?P<left>(?:{modifier}(?:,)?[^\S\n]+(?:(?:and|of|for)[^\S\n]+(?={modifier}[^\S\n]))?){{0,8}})(?P<head>(?i:{literal([*strategy, *programme])}))(?![\w-])"
        )
        tail = english_tail(
            ("on", "for", "in the field of", "of", "between", "in"),
            words.get("phrase_stops", ()),
            r"(?!)",
            2,
            small_letters=True,
        )
        return head, heads, tail, re.compile(r"[A-Z]")

    @cached_property
    def _english_anchors(self) -> Anchors:
        words = cues(self._languages, "en")
        heads = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        return Anchors(heads, before=None, endings=("",))

    def _english(self, text: str) -> Iterator[Found]:
        head, heads, tail, _ = self._english_head
        for match in self._english_anchors.matches(head, text):
            word = match.group("head")
            field = heads.field(word)
            name = quoted(text, match.end())
            if name is not None and not (
                word[0].islower() and self._english_words.needs_capital.fullmatch(word)
            ):
                yield _made(text, name, field, _QUOTED, "quoted")
                continue
            found = _english_unquoted(text, match, field, tail, self._english_words)
            if found is not None:
                yield found

    # -- Russian

    @cached_property
    def _russian_words(self) -> _RussianWords:
        kinds = cues(self._languages, "ru").get("strategy_kinds", {})
        blank = r"[^\S\n]+"
        opening = literal(kinds.get("opening", ()))
        genitive = rf"(?:[а-яё]+(?:ого|ой|его|ей|ых|их){blank}){{0,3}}"
        return _RussianWords(
            re.compile(rf"{blank}{opening}{blank}"),
            re.compile(rf"{blank}{genitive}{literal(kinds.get('developing', ()))}"),
            re.compile(literal(kinds.get("telling", ()))),
            re.compile(literal(kinds.get("vague", ()))),
            re.compile(rf"{blank}{literal(kinds.get('areas', ()))}"),
            tuple(kinds.get("generic", ())),
            tuple(kinds.get("only_quoted", ())),
        )

    @cached_property
    def _russian_head(self) -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
        words = cues(self._languages, "ru")
        fields: dict[str, str] = {}
        for key, field in (("strategy_heads", STRATEGIES), ("programme_heads", PROGRAMMES)):
            for head in words.get(key, ()):
                for form in forms(head, "ru"):
                    fields.setdefault(form, field)
        head = re.compile(rf"(?<![\w-]){any_of(map(re.escape, fields))}(?![\w-])", re.IGNORECASE)
        left = re.compile(
            r"(?:[А-Яа-яЁё-]+(?:ый|ий|ая|яя|ое|ее|ой|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)[^\S\n]+){1,4}$"
        )
        return head, fields, left

    @cached_property
    def _russian_anchors(self) -> Anchors:
        return Anchors(self._russian_head[1], endings=("",))

    def _russian(self, text: str) -> Iterator[Found]:
        head, fields, left = self._russian_head
        for match in self._russian_anchors.matches(head, text.replace("ё", "е")):
            field = fields[match.group().lower()]
            name = quoted(text, match.end())
            if name is not None:
                yield _made(text, name, field, _QUOTED, "quoted")
                continue
            found = _russian_unquoted(text, match, field, left, self._russian_words)
            if found is not None:
                yield _in_nominative(found, match)


@dataclass(frozen=True, slots=True)
class _EnglishWords:
    """Which English heads need what to be a name; the lists are explained in the language file."""

    needs_capital: re.Pattern[str]
    needs_subject: re.Pattern[str]
    everyday: re.Pattern[str]
    enough_modified: re.Pattern[str]
    parties: re.Pattern[str]
    vague_modifiers: frozenset[str]


_GOES_ON = re.compile(r"[^\S\n]+[A-Z][\w-]*")
"""A capital behind the name: it is part of a longer one (Economic Policy Research, Plan A)."""


@dataclass(frozen=True, slots=True)
class _English:
    """A head word in an English text with what stands around it."""

    words: _EnglishWords
    text: str
    start: int
    end: int
    left: str
    head: str
    tail: int
    """End of the prepositional phrase behind the head; `end` where there is none."""

    @property
    def capitals(self) -> int:
        """Words left of the head with a capital or a digit in front."""
        return len(re.findall(r"\b[A-Z0-9]", self.left))

    @property
    def about(self) -> bool:
        """Whether a subject or a date follows."""
        return _about(self.text, self.end) and self.tail > self.end

    @property
    def dated(self) -> bool:
        """Whether years follow."""
        return years(self.text, self.tail) > self.tail or bool(_DATED.match(self.text, self.end))

    @property
    def reach(self) -> int:
        """The end of the name."""
        if _DATED.match(self.text, self.end):
            return acronym_bracket(self.text, years(self.text, self.end))
        start = self.tail if self.about or self.dated else self.end
        return acronym_bracket(self.text, max(start, years(self.text, start)))

    def rule(self, field: str) -> tuple[str, float]:
        """The rule by which this is a name, and how sure it is; empty where none holds."""
        capital = self.head[0].isupper()
        if not capital and self.words.needs_capital.fullmatch(self.head):
            return "", 0.0
        if capital and _GOES_ON.match(self.text, self.reach):
            return "", 0.0
        if self.words.needs_subject.fullmatch(self.head) and not self.about:
            return "", 0.0
        if self.dated and (self.left or field == STRATEGIES):
            return "years", _WITH_YEARS
        if capital and self.capitals >= (1 if field == STRATEGIES else 2):
            return "capitals", _CAPITALS
        return self._weaker_rule() if field == STRATEGIES else ("", 0.0)

    def _weaker_rule(self) -> tuple[str, float]:
        if self.about and not self._everyday():
            return "subject", _WITH_SUBJECT
        return ("modifiers", _LOOSE) if self._modified() else ("", 0.0)

    def _everyday(self) -> bool:
        """A plan or strategy for anything: `a plan for the future`."""
        return self.words.everyday.fullmatch(self.head) is not None and not self._has_subject()

    def _modified(self) -> bool:
        """`mining sector strategy`, `EU-Kazakhstan strategic partnership`."""
        if self.words.parties.fullmatch(self.head):
            return self.capitals > 0 and self.left.split()[-1].lower() in self.words.vague_modifiers
        return self.words.enough_modified.fullmatch(self.head) is not None and self._has_subject()

    def _has_subject(self) -> bool:
        """Whether a modifier says what it is about (mining sector strategy), not only what kind it is."""
        words = re.findall(r"[\w-]+", self.left)
        return any(w.lower() not in self.words.vague_modifiers for w in words)


def _english_unquoted(
    text: str, match: re.Match[str], field: str, tail: Tail, words: _EnglishWords
) -> Found | None:
    found = _English(
        words,
        text,
        match.start(),
        match.end(),
        match.group("left"),
        match.group("head"),
        tail(text, match.end()),
    )
    rule, confidence = found.rule(field)
    return _made(text, (found.start, found.reach), field, confidence, rule) if rule else None


def _about(text: str, end: int) -> bool:
    """Whether a subject follows (on, in the field of, between, of + month or year)."""
    return (
        re.match(
            r"[^\S\n]+(?:on|for|between|in the field of|of[^\S\n]+(?:[A-Z][a-z]+[^\S\n]+)?\d{4})\b",
            text[end : end + 40],
        )
        is not None
    )


@dataclass(frozen=True, slots=True)
class _RussianWords:
    """What makes a Russian head a name; the lists are explained in the language file."""

    opening: re.Pattern[str]
    developing: re.Pattern[str]
    telling: re.Pattern[str]
    vague: re.Pattern[str]
    area: re.Pattern[str]
    generic: tuple[str, ...]
    only_quoted: tuple[str, ...]


def _russian_unquoted(
    text: str, match: re.Match[str], field: str, left: re.Pattern[str], words: _RussianWords
) -> Found | None:
    end = match.end()
    before = left.search(text, max(0, match.start() - 80), match.start())
    start = before.start() if before else match.start()
    opened = words.opening.match(text, end) is not None
    tail = russian_tail(text, end, ("по", "о", "об", "для", "между", *(("в",) if opened else ())))
    area = words.area.match(text, tail)
    tail = russian_tail(text, area.end(), ("по", "и")) if area and tail > end else tail
    until = years(text, tail)
    if until > tail:
        return _made(text, (start, until), field, _WITH_YEARS, "years")
    generic = match.group().lower().startswith(words.generic)
    enough = opened and len(text[end:tail].split()) >= 2 and not (generic and before is None)
    develops = words.developing.match(text, end, tail) and not match.group().lower().startswith(
        words.only_quoted
    )
    if enough or develops:
        return _made(text, (start, tail), field, _WITH_SUBJECT, "subject")
    proper = text[match.start()].isupper() and not starts_sentence(text, match.start())
    if proper and tail > end:
        return _made(text, (start, tail), field, _CAPITALS, "capitals")
    if before and _russian_modified(text, before, words, alone=tail == end, generic=generic):
        return _made(text, (start, tail), field, _LOOSE, "modifiers")
    return None


def _russian_modified(
    text: str, before: re.Match[str], words: _RussianWords, *, alone: bool, generic: bool
) -> bool:
    """Whether the adjectives before a head make a name of it: a capital, or what they tell."""
    if before.group()[0].isupper() and not starts_sentence(text, before.start()):
        return True
    adjectives = before.group().lower()
    if alone and words.vague.search(adjectives):
        return False
    return not generic and words.telling.search(adjectives) is not None


def _in_nominative(found: Found, head: re.Match[str]) -> Found:
    """With the name in the nominative as value: Концепцию развития → Концепция развития."""
    if re.search(r"\s{2}|\n", found.value):
        return found
    span = (head.start() - found.start, head.end() - found.start)
    return replace(found, value=nominative_phrase(found.value, span))


def _made(text: str, span: tuple[int, int], field: str, confidence: float, rule: str) -> Found:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return Found(
        field, start, end, re.sub(r"\s+", " ", text[start:end]), confidence, f"strategy:{rule}"
    )


def _reaching(found: Found, text: str, names: Sequence[Found]) -> Found:
    """A name isn't cut inside a name of the tables."""
    end = found.end_with(names)
    if end == found.end:
        return found
    value = found.value + re.sub(r"\s+", " ", text[found.end : end])
    return Found(found.field, found.start, end, value, found.confidence, found.rule)


def _with_tables(known: Sequence[Found], found: Sequence[Found], text: str) -> list[Found]:
    """Names of the tables win where a pattern covers little more; a longer pattern around one keeps its id."""
    kept = [
        Found(k.field, k.start, acronym_bracket(text, k.end), k.value, k.confidence, k.rule)
        for k in known
    ]
    for one in found:
        covered = [k for k in kept if k.overlaps(one.start, one.end)]
        if not covered:
            kept.append(one)
    return kept
