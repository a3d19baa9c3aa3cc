"""Organisations that no table knows, by pattern: a head word and what belongs to it, or a legal form.

`Ministerium für Industrie und Bau`, `Open Society Institute (OSI)`, `Ernst Klett AG`, `АО «КИРИ»`,
`Минприроды КР`. A head word alone (the ministry) names nobody. Finds of the tables are kept; where a
pattern starts at the same place and reaches further, it lends its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from crawler.parsers.entities.anchors import Anchors, lines_with
from crawler.parsers.entities.folding import has_cyrillic, has_latin
from crawler.parsers.entities.forms import forms
from crawler.parsers.entities.phrases import (
    acronym_bracket,
    english_tail,
    german_tail,
    quoted,
    russian_tail,
)
from crawler.parsers.entities.spans import Found, longest
from crawler.parsers.entities.tables import (
    COUNTRIES,
    NATIONALITIES,
    ORGANISATIONS,
    PLACES,
    STRATEGIES,
)
from crawler.parsers.entities.words import any_of, cues, literal

_TABLE_REACHING_FURTHER, _BY_HEAD, _BY_LEGAL_FORM, _BY_LOOSE_HEAD = 0.95, 0.8, 0.85, 0.65
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'&/.+-]*(?<![.'’])"


_PLURAL_HEAD = re.compile(
    r"(?:werke|verbände|institute|ämter|räte|vereine|dienste|zentren|klubs|ungen|schaften|ionen|agenturen|banken|behörden)n?$"
)
"""German heads in the plural: with nothing behind them they name no single body (innovative Netzwerke)."""
_REGISTERED = re.compile(r"[^\S\n]e\.[^\S\n]?V\.")
_ACRONYM_AT_END = re.compile(r"\(([A-ZА-ЯЁÄÖÜ][\w-]{0,3}[A-ZА-ЯЁÄÖÜ][\w-]{0,6})\)\Z")
_GERMAN_ENDINGS = ("", "s", "es", "e", "en", "n", "sen", "ses")
_MOST_JOINED = 2
"""Words before a head that its compound may share it with (Bergbau- und …verband)."""
_BY_ACRONYM = 0.8
_MOST_ACRONYMS = 60
"""Acronyms that one text explains; each costs a pass over it."""


class OrganisationFinder:
    """Finds bodies by pattern, German and English in any Latin text, Russian in Cyrillic."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def find(self, text: str, names: Sequence[Found], language: str | None) -> list[Found]:
        """All organisations: those among `names` and those by pattern; none overlaps another."""
        known = [n for n in names if n.field == ORGANISATIONS]
        found: list[Found] = []
        if has_latin(text):
            found.extend(self._legal_forms(text))
            if language != "en":
                found.extend(self._german(text, names))
                found.extend(self._opened(text))
            if language != "de":
                found.extend(self._english(text))
        if has_cyrillic(text):
            found.extend(self._russian(text))
        known = [_extended(k, text, self._legal_tail) for k in known]
        whole = [_reaching(f, text, names) for f in found if not _is_other(f, names)]
        whole = [f for f in whole if not any(_crosses(f, k) for k in known)]
        found = longest([*known, *(_with_id(f, known) for f in whole)])
        return longest([*found, *_by_acronym(text, found)])

    @cached_property
    def _legal_tail(self) -> re.Pattern[str]:
        codes = ("de", "en")
        legal = [f for c in codes for f in cues(self._languages, c).get("org_legal_forms", ())]
        return re.compile(rf"(?:[^\S\n]+{literal(legal)}(?!\w)){{1,2}}")

    @cached_property
    def _company(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w-]){_CAPITAL}(?:[^\S\n]+(?:&[^\S\n]+|und[^\S\n]+(?=[A-Z]\w+[^\S\n]+GmbH)|and[^\S\n]+(?=[A-Z]\w+[^\S\n]+(?:Ltd|LLP|Limited|Company|Corporation|Inc)))?{_CAPITAL}){{0,4}}?"
            rf"(?:,)?{self._legal_tail.pattern}"
        )

    @cached_property
    def _quoted_company(self) -> re.Pattern[str]:
        legal = cues(self._languages, "ru").get("org_legal_forms", ())
        return re.compile(rf"(?<!\w){literal(legal)}[^\S\n]*(?=[«„“\"])")

    @cached_property
    def _leading_words(self) -> re.Pattern[str]:
        words = [w for c in ("de", "en") for w in cues(self._languages, c).get("org_leading", ())]
        return re.compile(rf"(?:{literal(words)}[^\S\n]+)+", re.IGNORECASE)

    @cached_property
    def _leading_post(self) -> re.Pattern[str]:
        """A post before a body's name: `Vice Chancellor of`, `Chairman and Managing Director of the`."""
        roles = literal(cues(self._languages, "en").get("roles", ()))
        grade = r"(?:(?:Vice|Deputy|First|Senior|Acting|Assistant|Associate|Executive|Co)[^\S\n-]*[ -])*"
        return re.compile(
            rf"{grade}{roles}s?(?:[^\S\n]+(?:and|&)[^\S\n]+{grade}{roles}s?)?[^\S\n]+(?:of|for|at)[^\S\n]+(?:the[^\S\n]+)?"
        )

    def _leading(self, name: str) -> int:
        """The length of articles, posts and the like in front of a name."""
        found = self._leading_words.match(name)
        at = found.end() if found else 0
        post = self._leading_post.match(name, at)
        return post.end() if post else at

    @cached_property
    def _registered(self) -> re.Pattern[str]:
        """`Verband Bergbau, Geologie und Umwelt e.V.`: from the head to the legal form."""
        heads = literal(cues(self._languages, "de").get("org_heads", ()))
        small = literal(
            h.lower() for h in cues(self._languages, "de").get("org_heads", ()) if len(h) > 3
        )
        words = r"(?:[^\S\n]+(?:für|der|des|und|zur|von|in|[A-ZÄÖÜ][\w-]*,?|[a-zäöüß-]+(?:er|en)(?=[^\S\n][A-ZÄÖÜ])))"
        return re.compile(
            rf"(?<![\w-])(?:{heads}|[A-ZÄÖÜ][\w-]*{small}){words}{{1,10}}[^\S\n]+e\.[^\S\n]?V\."
        )

    def _legal_forms(self, text: str) -> Iterator[Found]:
        registered = [
            match
            for start, stop in lines_with(_REGISTERED, text)
            for match in self._registered.finditer(text, start, stop)
        ]
        for match in registered:
            end = acronym_bracket(text, match.end())
            yield _made(text, match.start(), end, _BY_LEGAL_FORM, "organisation:legal-form")
        companies = [
            match
            for start, stop in lines_with(self._legal_tail, text)
            for match in self._company.finditer(text, start, stop)
        ]
        for match in companies:
            start = match.start()
            start += self._leading(match.group())
            end = acronym_bracket(text, match.end())
            yield _made(text, start, end, _BY_LEGAL_FORM, "organisation:legal-form")

    @cached_property
    def _german_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        words = cues(self._languages, "de")
        heads = words.get("org_heads", ())
        whole = literal(heads)
        compound = literal(h.lower() for h in heads if len(h) > 3)
        ending = literal(_GERMAN_ENDINGS)
        joined = r"(?:[A-ZÄÖÜ][\w-]*-[^\S\n]und[^\S\n])?"
        head = re.compile(
            rf"(?<![\w-]){joined}(?P<head>(?:[A-ZÄÖÜ][\w-]*?{compound}|[A-ZÄÖÜ][\w-]*-{whole}|{whole}){ending})(?![\w])"
        )
        before = re.compile(
            r"(?:(?:[A-ZÄÖÜ][\w-]+(?:e|er|es|en|em)|[A-Z][A-Z-]+|[A-ZÄÖÜ][\w-]+(?:er|isch\w*))[^\S\n]+){1,3}$"
        )
        return head, before

    @cached_property
    def _german_tail(self) -> Any:
        words = cues(self._languages, "de")
        roles = any_of(re.escape(r) + r"\w*" for r in words.get("roles", ()))
        heads = literal(words.get("org_heads", ()))
        return german_tail(
            ("für", "der", "des", "zur", "zum", "von"),
            words.get("phrase_stops", ()),
            rf"(?:[\w-]*{roles}|{heads})",
            2,
        )

    @cached_property
    def _german_anchors(self) -> Anchors:
        heads = cues(self._languages, "de").get("org_heads", ())
        return Anchors(heads, before=_MOST_JOINED, endings=_GERMAN_ENDINGS)

    def _german(self, text: str, names: Sequence[Found]) -> Iterator[Found]:
        head, before = self._german_patterns
        for match in self._german_anchors.matches(head, text):
            start, end = match.start(), match.end()
            left = before.search(text, max(0, start - 60), start)
            proper = _proper_start(
                text, start, left, self._leading(left.group()) if left else 0, names
            )
            tail = _through_place(self._german_tail(text, end), text, names)
            bracket = acronym_bracket(text, tail)
            name = quoted(text, end)
            compound = match.group("head").lower() != match.group("head")[:1].lower() + match.group(
                "head"
            )[1:] or "-" in match.group("head")
            if name is not None and name[1] + 1 > bracket:
                bracket = name[1] + 1
            if bracket == end and _PLURAL_HEAD.search(match.group()) and not compound:
                continue
            if (
                bracket == end
                and proper == start
                and not self._particular_compound(match.group("head"))
            ):
                continue
            confidence = _BY_HEAD if bracket > end or compound else _BY_LOOSE_HEAD
            yield _made(text, proper, bracket, confidence, "organisation:head")

    @cached_property
    def _openers(self) -> re.Pattern[str]:
        words = literal(cues(self._languages, "de").get("org_openers", ()))
        return re.compile(
            rf"(?<![\w-]){words}[^\S\n]+(?:Bergakademie[^\S\n]+)?[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
        )

    @cached_property
    def _clusters(self) -> re.Pattern[str]:
        words = literal(cues(self._languages, "de").get("org_openers_long", ()))
        noun = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
        return re.compile(rf"(?<![\w-]){words}(?:[^\S\n]+{noun}){{2}}(?![\w-])")

    def _opened(self, text: str) -> Iterator[Found]:
        for match in self._clusters.finditer(text):
            yield _made(text, match.start(), match.end(), _BY_LOOSE_HEAD, "organisation:opener")
        for match in self._openers.finditer(text):
            yield _made(text, match.start(), match.end(), _BY_HEAD, "organisation:opener")

    def _particular_compound(self, word: str) -> bool:
        """Investitionsministerium: a ministry of its own; other compounds may be anything."""
        kinds = cues(self._languages, "de").get("org_particular", {})
        particular = re.match(rf"(?i)[\w-]{{4,}}{literal(kinds.get('endings', ()))}$", word)
        return particular is not None and not word.startswith(tuple(kinds.get("not", ())))

    @cached_property
    def _english_patterns(self) -> tuple[re.Pattern[str], Any]:
        words = cues(self._languages, "en")
        heads = literal(words.get("org_heads", ()))
        run = rf"(?:{_CAPITAL}[^\S\n]+(?:(?:of|and|for|&)[^\S\n]+(?!The\b)(?={_CAPITAL}[^\S\n]+))?){{0,6}}?"
        head = re.compile(rf"(?<![\w-])(?P<left>{run})(?P<head>{heads})(?![\w’'-])")
        tail = english_tail(
            ("of", "for", "on"),
            words.get("phrase_stops", ()),
            any_of([heads, literal(words.get("roles", ()))]),
            3,
            small_letters=False,
        )
        return head, tail

    def _english(self, text: str) -> Iterator[Found]:
        head, tail = self._english_patterns
        for match in head.finditer(text):
            start = match.start()
            start += self._leading(match.group())
            reached = acronym_bracket(text, tail(text, match.end()))
            if reached == match.end() and start >= match.start("head"):
                continue
            yield _made(text, start, reached, _BY_HEAD, "organisation:head")

    @cached_property
    def _russian_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        words = cues(self._languages, "ru")
        head = re.compile(
            rf"(?<![\w-]){any_of(map(re.escape, self._russian_forms))}(?![\w-])", re.IGNORECASE
        )
        before = re.compile(
            r"(?:(?:[А-ЯЁ][\w-]*|[а-яё-]+(?:ск|цк|енн|альн)\w{2,3})(?:ый|ий|ая|ое|ой|ого|ому|ым|им|ом|ем|ую|ей|его|ему)[^\S\n]+)"
            r"(?:[а-яё-]+(?:ый|ий|ая|ое|ой|ого|ому|ым|им|ом|ую|ей|его)[^\S\n]+){0,3}$"
        )
        short = re.compile(
            rf"(?<![\w-]){literal(words.get('org_prefixes', ()))}\w*(?:[^\S\n]+(?:{literal(words.get('states', ()))}|[А-Я]\w+(?:стана|ии))(?!\w))?"
        )
        return head, before, short

    @cached_property
    def _russian_anchors(self) -> Anchors:
        return Anchors(self._russian_forms, endings=("",))

    @cached_property
    def _russian_forms(self) -> frozenset[str]:
        heads = cues(self._languages, "ru").get("org_heads", ())
        return frozenset(form for head in heads for form in forms(head, "ru", plural=False))

    @cached_property
    def _one_word(self) -> re.Pattern[str]:
        """`Эксимбанка`: a capital and an ending that firms have, in any case."""
        endings = any_of(
            re.escape(form)
            for ending in cues(self._languages, "ru").get("org_endings", ())
            for form in {ending, *forms(ending, "ru")}
        )
        return re.compile(rf"(?<![\w-])[А-ЯЁ][а-яё]{{1,}}?{endings}(?![\w-])")

    @cached_property
    def _russian_other(self) -> re.Pattern[str]:
        """A further body with a capital: its head, or adjectives before it."""
        head = self._russian_patterns[0].pattern
        words = cues(self._languages, "ru")
        short = literal((*words.get("org_prefixes", ()), *words.get("org_legal_forms", ())))
        adjectives = (
            r"(?:[А-ЯЁа-яё-]+(?:ого|ему|ому|ой|ей|их|ых|ий|ый|ая|ое|им|ым|ую)[^\S\n]+){0,3}"
        )
        return re.compile(rf"[^\S\n]*(?=[А-ЯЁ])(?:{short}|{adjectives}(?i:{head}))")

    def _russian(self, text: str) -> Iterator[Found]:
        head, before, short = self._russian_patterns
        for match in short.finditer(text):
            yield _made(text, match.start(), match.end(), _BY_HEAD, "organisation:short-name")
        for match in self._one_word.finditer(text):
            yield _made(text, match.start(), match.end(), _BY_HEAD, "organisation:one-word")
        for match in self._quoted_company.finditer(text):
            span = quoted(text, match.end())
            if span is not None:
                yield _made(
                    text, match.start(), span[1] + 1, _BY_LEGAL_FORM, "organisation:legal-form"
                )
        for match in self._russian_anchors.matches(head, text):
            yield from self._russian_head(text, match, before)

    def _russian_head(
        self, text: str, match: re.Match[str], before: re.Pattern[str]
    ) -> Iterator[Found]:
        left = before.search(text, max(0, match.start() - 90), match.start())
        start = left.start() if left else match.start()
        name = quoted(text, match.end())
        latin = re.compile(r"[^\S\n]+[A-Z][\w-]+(?:[^\S\n]+[A-Z][\w-]+){0,3}").match(
            text, match.end()
        )
        if name is not None:
            end = name[1] + 1
        elif latin is not None:
            end = latin.end()
        else:
            bracketed = acronym_bracket(text, match.end())
            tail = russian_tail(text, bracketed, ("по", "при"), other=self._russian_other)
            end = acronym_bracket(text, tail)
        capital = match.group()[0].isupper()
        if end == match.end() and not (left and left.group()[0].isupper()):
            return
        if (
            not capital
            and left is None
            and name is None
            and latin is None
            and not _has_capital(text[match.end() : end])
        ):
            return
        yield _made(
            text, start, end, _BY_HEAD if capital or left else _BY_LOOSE_HEAD, "organisation:head"
        )


def _by_acronym(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Further mentions of a body by the acronym that the text gives in brackets behind its name."""
    given: dict[str, Found] = {}
    for body in found:
        acronym = _ACRONYM_AT_END.search(text, body.start, body.end)
        if acronym is not None:
            given.setdefault(acronym.group(1), body)
    for acronym_word, body in list(given.items())[:_MOST_ACRONYMS]:
        word = re.compile(rf"(?<![\w(-]){re.escape(acronym_word)}(?![\w)])")
        for match in word.finditer(text, body.end):
            yield Found(
                ORGANISATIONS, *match.span(), body.value, _BY_ACRONYM, "organisation:acronym"
            )


def _has_capital(tail: str) -> bool:
    return re.search(r"[А-ЯЁA-Z]", tail) is not None


def _proper_start(
    text: str, start: int, left: re.Match[str] | None, leading: int, names: Sequence[Found]
) -> int:
    """Where adjectives that belong to the name start: `Nationalen …`, `kasachischen …`."""
    if left is not None:
        return left.start() + leading
    for name in names:
        if (
            name.field == NATIONALITIES
            and text[name.end : start].strip() == ""
            and name.end < start
        ):
            return name.start
    return start


def _made(text: str, start: int, end: int, confidence: float, rule: str) -> Found:
    value = re.sub(r"\s+", " ", text[start:end])
    return Found(ORGANISATIONS, start, end, value, confidence, rule)


def _extended(known: Found, text: str, legal_tail: re.Pattern[str]) -> Found:
    """A find of the table with a legal form and an acronym in brackets that follow it."""
    legal = legal_tail.match(text, known.end)
    end = acronym_bracket(text, legal.end() if legal else known.end)
    return Found(known.field, known.start, end, known.value, known.confidence, known.rule)


def _through_place(end: int, text: str, names: Sequence[Found]) -> int:
    """The end of a country or town that follows right behind (Universität Leoben, Botschaft Kanadas)."""
    return next(
        (n.end for n in names if n.field in (COUNTRIES, PLACES) and text[end : n.start] == " "), end
    )


def _is_other(found: Found, names: Sequence[Found]) -> bool:
    """Whether the tables know it as a place, or a strategy starts there."""
    return any(
        (n.field in (COUNTRIES, PLACES) and (n.start, n.end) == (found.start, found.end))
        or (n.field == STRATEGIES and n.start == found.start)
        for n in names
    )


def _crosses(found: Found, known: Found) -> bool:
    """Whether a pattern holds a part of a name of the table, but not all of it."""
    covers = found.start <= known.start and known.end <= found.end
    return found.overlaps(known.start, known.end) and not covers


def _reaching(found: Found, text: str, names: Sequence[Found]) -> Found:
    """A name isn't cut inside a name of the tables."""
    return _made(text, found.start, found.end_with(names), found.confidence, found.rule)


def _with_id(found: Found, known: Sequence[Found]) -> Found:
    """A pattern that starts where a table name starts and covers it is that organisation, unless it is a part of it."""
    for one in known:
        if one.start == found.start and one.end <= found.end:
            return Found(
                found.field,
                found.start,
                found.end,
                one.value,
                _TABLE_REACHING_FURTHER,
                "table+tail",
            )
    return found
