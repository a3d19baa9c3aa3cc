"""What speaks for a body's being the employer of a person, as numbers: how both stand to each other
and to the person's job title, what rules and the trained roles of bodies say, and words between.

Beside bodies that are known, words behind a job title or name are candidates: the title says that a
body follows, and the model where its name ends.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import OF_MODELS, body_found
from crawler.parsers.events.people.body_measures import measure_site, stems_of_name
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.persons import TAGGED, EventPerson
from crawler.parsers.events.trained.hashed_words import hashed, hashed_clusters
from indexer.records.document import Mention
from indexer.records.site import host

RULE = "people.employer-trained"
_WORD = re.compile(r"[\w-]+")
_TOKEN = re.compile(r"[\w-]+|[^\w\s]")
_BESIDE = 2
"""Sentences before and behind that of a person in which bodies are looked at."""
_MOST_PERSONS = 200
"""Persons of a page that are judged: more stand in directories only."""
_NEAREST = 6
"""Bodies on either side of a person, in its sentence, that are looked at."""
_LONGEST_GAP = 300
"""Characters between a person and a body of one sentence."""
_HALF, _HALF_CHARACTERS = 3, 15
"""Words and characters over which nearness falls to one half."""
_TOUCHES = 6
"""Characters between a job title and a body that it is said of: an article or a preposition."""
_FEW = 4
_ODDS = 4.0
"""Log odds from which on an answer hardly counts for more."""
_STEM, _ENDING = 6, 3
_HASHED = 0.3
"""Value of a word that is there."""
_MARKS = {"comma": ",", "bracket": "(", "closed": ")", "colon": ":", "quote": '„“«»"'}
_DASH = re.compile(r"\s[–—-]\s")

_WINDOW, _MOST_TOKENS, _MOST_WORDS = 160, 22, 14
"""Characters and words behind a job title or name in which an unknown body is looked for; words
that it may have.
"""
_LATEST_START, _LONG_WORD = 4, 5
_STOPS = frozenset(",;:.()!?–—")
_QUOTES = frozenset('„«“"')

_NAMES = ("countries", "places", "nationalities", "commodities", "dates")
_LONGEST_NAME = 100

words_of_job_titles = cache(JobTitleWords)

Place = tuple[str, int]
"""Part and start of a mention."""
Measures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person in its sentence, as rules and the tagger of job titles read it."""

    sentence: AnnotatedSentence
    person: EventPerson

    @property
    def place(self) -> Place:
        """Where the name stands."""
        return self.person.name.place

    @property
    def surname(self) -> str:
        """The last word of the name, by which its mentions are known as one."""
        return self.person.name.value.split()[-1].casefold()


@dataclass(frozen=True, slots=True)
class EmployerPair:
    """A person, a body that may be the employer, and what speaks for it."""

    person: NamedPerson
    body: FoundValue[str]
    measures: Measures


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Words that may name a body, and those beside them."""

    found: FoundValue[str]
    inside: Sequence[str]
    before: Sequence[str]
    """Between the job title or name and them."""
    behind: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Body:
    sentence: AnnotatedSentence
    found: FoundValue[str]
    measures: Measures
    """What is known of it whoever the person is."""
    names: frozenset[str]


class _Names:
    """Mentions of a sentence, in order: how many there are, and those near a place in time by their
    number only.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._starts = [m.start for m in mentions]

    def __len__(self) -> int:
        return len(self._mentions)

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those that begin from `start` on and before `end`."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def beside(self, start: int) -> Sequence[Mention]:
        """The two on either side of a place."""
        at = bisect_left(self._starts, start)
        return self._mentions[max(0, at - 2) : at + 2]


class EmployerMeasures:
    """Pairs each person of a page with the bodies of its sentence and of those beside it, and with
    what rules give it.
    """

    def __init__(
        self, page: AnnotatedPage, roles: BodyRoles, people: Sequence[NamedPerson]
    ) -> None:
        self._page = page
        self._people = people
        self._site = host(page.draft.url).rpartition(".")[0]
        self._is_role = words_of_job_titles(page.vocabulary).is_role
        names = [stems_of_name(body.mention.surface) for body in roles.bodies]
        self._bodies = [
            self._known(body, {role: of[i] for role, of in roles.odds.items()}, i, names)
            for i, body in enumerate(roles.bodies)
        ]
        self._by_sentence: dict[int, list[_Body]] = defaultdict(list)
        for body in self._bodies:
            self._by_sentence[body.sentence.index].append(body)
        self._own = [
            b for b in self._bodies if b.measures["site.words"] or b.measures["site.acronym"]
        ]
        self._names_of = cache(lambda index: _Names(page.sentences[index].of(*_NAMES)))
        self._persons_of = cache(lambda index: _Names(page.sentences[index].of("persons")))
        self._ruled: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._employing: dict[Place, set[str]] = defaultdict(set)
        for named in people:
            ruled = named.person.organisation
            if ruled:
                self._ruled[named.surname].add(stems_of_name(ruled.value))
                self._employing[ruled.place].add(named.surname)

    def measure(self) -> Iterator[EmployerPair]:
        """Each pair; those of one person follow each other."""
        for named in self._people[:_MOST_PERSONS]:
            yield from self._pairs_of(named)

    def _known(
        self,
        body: BodyMention,
        odds: Mapping[str, float],
        place: int,
        names: Sequence[frozenset[str]],
    ) -> _Body:
        m = body.mention
        same = sum(_is_same(other, names[place]) for other in names)
        measures = {
            "body.tagged": float(m.extractor.startswith("tagger")),
            "body.known": float(m.extractor.startswith("table")),
            "body.sure": m.confidence,
            "body.words": min(len(m.surface.split()), _FEW) / _FEW,
            "body.acronym": float(m.surface.isupper()),
            "body.first": float(place == 0),
            "body.share": same / max(1, len(names)),
            "body.again": float(same > 1),
            "page.bodies": min(len(names), 10) / 10,
            "row.several": float(body.row != (m.start, m.end)),
            "row.place": min(body.place_in_row, _FEW) / _FEW,
            "body.list": float(body.sentence.zone == "list"),
            **{f"role.{role}": math.tanh(value / _ODDS) for role, value in odds.items()},
            **{n: float(v) for n, v in measure_site(self._site, m.surface).items()},
        }
        words = _WORD.findall(m.surface)
        if words:
            measures[hashed(f"own:{words[0].casefold()[:_STEM]}")] = _HASHED
            measures[hashed(f"own.first:{words[0][-_ENDING:]}")] = _HASHED
            lang = self._page.vocabulary.lang
            for word in (words[0], words[-1]):
                measures |= dict.fromkeys(hashed_clusters("own", word, lang), _HASHED)
        return _Body(body.sentence, body_found(m, RULE, OF_MODELS), measures, names[place])

    def _pairs_of(self, named: NamedPerson) -> Iterator[EmployerPair]:
        bodies = self._bodies_near(named)
        shared = self._measure_person(named, bodies)
        ruled = named.person.organisation
        here = [b for b in bodies if b.sentence.index == named.sentence.index]
        for body in bodies:
            measures = {**shared, **body.measures, **self._measure_rules(named, body)}
            if body.sentence.index == named.sentence.index:
                measures |= self._measure_gap(named, body, here)
            else:
                measures |= self._measure_apart(named, body)
            found = ruled if ruled and _overlap(ruled, body.found) else body.found
            yield EmployerPair(named, found, _without_zeros(measures))
        if ruled is None:
            for words, where in unnamed_bodies(self._page, named):
                measures = {**shared, **self._measure_words(named, words, where)}
                yield EmployerPair(named, words.found, _without_zeros(measures))

    def _measure_words(self, named: NamedPerson, words: BodyWords, where: str) -> dict[str, float]:
        """What speaks for words behind a job title or name that no table and no tagger knows."""
        s, found, inside = named.sentence, words.found, words.inside
        masked = self._page.masked[s.part]
        count = len(inside)
        behind, before = words.behind, words.before
        names = self._names_of(s.index).between(found.start - _LONGEST_NAME, found.end)
        measures = {
            "words": 1.0,
            f"words.{where}": 1.0,
            "words.count": min(count, 10) / 10,
            "words.one": float(count == 1),
            "words.capitals": sum(w[0].isupper() for w in inside) / count,
            "words.first.capital": float(inside[0][0].isupper()),
            "words.last.capital": float(inside[-1][0].isupper()),
            "words.last.short": float(len(inside[-1]) <= 3),
            "words.acronym": float(inside[0].isupper() and len(inside[0]) > 1),
            "words.last.acronym": float(inside[-1].isupper() and len(inside[-1]) > 1),
            "words.quote": float(any(c in found.value for c in '„“«»"”')),
            "words.quote.open": float(_opens_quote(found.value)),
            "words.job": float(any(map(self._is_role, inside))),
            "words.before": min(len(before), 3) / 3,
            "words.before.comma": float("," in before or "(" in before),
            "words.before.none": float(not before),
            "words.place": float(any(n.start <= found.start and found.end <= n.end for n in names)),
            "words.place.last": float(any(n.end == found.end for n in names)),
            "words.place.cut": float(any(n.start < found.end < n.end for n in names)),
            "behind.end": float(not behind),
            "behind.comma": float(behind[:1] == [","]),
            "behind.bracket": float(behind[:1] in (["("], [")"])),
            "behind.mark": float(bool(behind) and not behind[0][0].isalnum()),
            "behind.capital": float(bool(behind) and behind[0][0].isupper()),
            "behind.short": float(bool(behind) and behind[0].isalpha() and len(behind[0]) <= 3),
            "behind.name": float(bool(self._persons_of(s.index).between(found.end, found.end + 3))),
            **{n: float(v) for n, v in measure_site(self._site, found.value).items()},
            "words.again": float(masked.count(found.value) > 1),
        }
        shown = (
            ("first", inside[:1]),
            ("second", inside[1:2]),
            ("last", inside[-1:]),
            ("last2", inside[-2:-1]),
            ("ahead", before[-1:]),
            ("behind", behind[:1]),
            ("behind2", behind[1:2]),
        )
        for place, word in shown:
            for one in word:
                measures |= self._measure_word(f"words:{place}", one)
        measures[hashed(f"words:ending:{inside[0][-_ENDING:]}")] = _HASHED
        return measures

    def _bodies_near(self, named: NamedPerson) -> list[_Body]:
        s, name, ruled = named.sentence, named.person.name, named.person.organisation
        same = self._by_sentence.get(s.index, [])
        at = bisect_left([b.found.start for b in same], name.start)
        near = [
            b
            for b in same[max(0, at - _NEAREST) : at + _NEAREST]
            if max(b.found.start - name.end, name.start - b.found.end) <= _LONGEST_GAP
            and not _overlap(b.found, name)
        ]
        if ruled and not any(_overlap(ruled, b.found) for b in near):
            near.append(self._unknown(s, ruled))
        for apart in range(-_BESIDE, _BESIDE + 1):
            if apart:
                beside = self._by_sentence.get(s.index + apart, [])
                near += beside[-_NEAREST:] if apart < 0 else beside[:_NEAREST]
        if self._own and not any(b is own for own in self._own for b in near):
            near.append(self._own[0])
        return near

    def _unknown(self, sentence: AnnotatedSentence, ruled: FoundValue[str]) -> _Body:
        """A body that only rules see."""
        measures = {
            "body.ruled_only": 1.0,
            "body.words": min(len(ruled.value.split()), _FEW) / _FEW,
            "body.acronym": float(ruled.value.isupper()),
            **{n: float(v) for n, v in measure_site(self._site, ruled.value).items()},
        }
        return _Body(sentence, ruled, measures, stems_of_name(ruled.value))

    def _measure_person(self, named: NamedPerson, bodies: Sequence[_Body]) -> dict[str, float]:
        """What is known of a person whatever the body is."""
        s, person = named.sentence, named.person
        role, name = person.role, person.name
        measures = {
            "bias": 1.0,
            f"lang.{self._page.vocabulary.lang}": 1.0,
            "person.full": float(" " in name.value),
            "person.list": float(s.zone == "list"),
            "person.several": min(len(self._persons_of(s.index)), _FEW) / _FEW,
            "person.opens": float(name.start - s.start <= 3),
            "title": float(role is not None),
            "title.tagged": float(role is not None and role.rule == TAGGED),
            "bodies.here": min(sum(b.sentence.index == s.index for b in bodies), _FEW) / _FEW,
            "bodies.few": float(len(bodies) == 1),
        }
        if role:
            words = _WORD.findall(role.value)
            measures["title.behind"] = float(role.start >= name.end)
            measures["title.words"] = min(len(words), _FEW) / _FEW
            for word in words[:1]:
                measures |= self._measure_word("title", word)
        return measures

    def _measure_rules(self, named: NamedPerson, body: _Body) -> dict[str, float]:
        """Whom rules take for the employer: this body, another one, this one of somebody else."""
        ruled = named.person.organisation
        this = ruled is not None and (
            _overlap(ruled, body.found) or _is_same(stems_of_name(ruled.value), body.names)
        )
        others = self._employing.get(body.found.place, set()) - {named.surname}
        again = any(_is_same(names, body.names) for names in self._ruled[named.surname])
        measures = {
            "rule.this": float(this),
            "rule.other": float(ruled is not None and not this),
            "rule.none": float(ruled is None),
            "rule.somebody": float(bool(others)),
            "rule.again": float(again and not this),
            "rule.again_other": float(bool(self._ruled[named.surname]) and not again),
        }
        if this and ruled:
            measures["rule.sure"] = ruled.confidence
            measures[f"rule.{ruled.rule}"] = 1.0
        return measures

    def _measure_gap(
        self, named: NamedPerson, body: _Body, here: Sequence[_Body]
    ) -> dict[str, float]:
        """How a body stands to a person of its sentence, and to the person's job title."""
        s, name, found = named.sentence, named.person.name, body.found
        behind = found.start >= name.end
        side = "behind" if behind else "before"
        start, end = (name.end, found.start) if behind else (found.end, name.start)
        masked = self._page.masked[s.part]
        gap = masked[start:end]
        words = _WORD.findall(gap)
        persons = len(self._persons_of(s.index).between(start, end))
        bodies = sum(start <= b.found.start < end for b in here)
        near = 1 / (1 + len(words) / _HALF)
        measures = {
            "here": 1.0,
            f"gap.{side}": 1.0,
            f"gap.{side}.near": near,
            "gap.near": near,
            "gap.commas": min(gap.count(","), _FEW) / _FEW,
            "gap.persons": min(persons, 2) / 2,
            "gap.bodies": min(bodies, 3) / 3,
            f"gap.{side}.alone": float(not persons and not bodies),
            "gap.dash": float(bool(_DASH.search(gap))),
            **{f"gap.{n}": float(any(c in gap for c in marks)) for n, marks in _MARKS.items()},
            f"gap.{side}.title": float(any(map(self._is_role, words))),
            "body.nearest_person": float(self._is_nearest(named, found)),
            "body.nearest": float(
                all(_apart(name, found) <= _apart(name, other.found) for other in here)
            ),
            f"gap.{side}.words": min(len(words), 12) / 12,
        }
        if len(words) <= 3:
            joined = " ".join(word.casefold()[:_STEM] for word in words)
            measures[hashed(f"{side}:all:{joined}")] = _HASHED
        tokens = _TOKEN.findall(gap)
        for where, token in (
            ("first", tokens[:1]),
            ("last", tokens[-1:]),
            ("last2", tokens[-2:-1]),
        ):
            for one in token:
                measures |= self._measure_word(f"{side}:{where}", one)
        for one in _TOKEN.findall(masked, found.end, min(s.end, found.end + 30))[:1]:
            measures[hashed(f"{side}:after:{one.casefold()[:_STEM]}")] = _HASHED
        for one in _TOKEN.findall(masked, max(s.start, found.start - 40), found.start)[-1:]:
            measures[hashed(f"ahead:{one.casefold()[:_STEM]}")] = _HASHED
        return measures | self._measure_title(named, found)

    def _measure_title(self, named: NamedPerson, found: FoundValue[str]) -> dict[str, float]:
        role = named.person.role
        if role is None or role.part != found.part:
            return {}
        masked = self._page.masked[role.part]
        if _overlap(role, found):
            return {"title.holds": 1.0, "title.near": 1.0}
        behind = found.start >= role.end
        side = "behind" if behind else "before"
        start, end = (role.end, found.start) if behind else (found.end, role.start)
        between = masked[start : min(end, start + _LONGEST_GAP)]
        words = _WORD.findall(between)
        inside = (
            min(role.start, named.person.name.start)
            <= found.start
            <= max(role.end, named.person.name.end)
        )
        measures = {
            f"title.body.{side}": 1.0,
            f"title.body.{side}.near": 1 / (1 + len(between) / _HALF_CHARACTERS),
            "title.near": 1 / (1 + len(words) / _HALF),
            f"title.body.{side}.touches": float(len(between) <= _TOUCHES),
            "title.body.comma": float("," in between),
            "title.body.inside": float(inside),
            "title.body.persons": float(
                bool(self._persons_of(named.sentence.index).between(start, end))
            ),
        }
        if len(words) <= 3:
            joined = " ".join(word.casefold()[:_STEM] for word in words)
            measures[hashed(f"title:{side}:{joined}")] = _HASHED
        for where, word in (("first", words[:1]), ("last", words[-1:])):
            for one in word:
                measures |= self._measure_word(f"title:{side}:{where}", one)
        return measures

    def _measure_apart(self, named: NamedPerson, body: _Body) -> dict[str, float]:
        """How a body stands to a person of another sentence."""
        apart = body.sentence.index - named.sentence.index
        if abs(apart) > _BESIDE:
            return {"far": 1.0}
        s, found = body.sentence, body.found
        line = s.part == named.sentence.part and s.line == named.sentence.line
        return {
            f"apart.{apart}": 1.0,
            "apart.line": float(line),
            "apart.only": float(len(self._by_sentence[s.index]) == 1),
            "apart.opens": float(found.start - s.start <= 5),
            "apart.ends": float(s.end - found.end <= 3),
            "apart.persons": min(len(self._persons_of(s.index)), 2) / 2,
            "apart.none_here": float(not self._by_sentence.get(named.sentence.index)),
            "apart.headline": float(s.zone == "headline"),
            "apart.lists": float(s.zone == named.sentence.zone == "list"),
        }

    def _is_nearest(self, named: NamedPerson, found: FoundValue[str]) -> bool:
        name = named.person.name
        own = _apart(name, found)
        return not any(
            max(p.start - found.end, found.start - p.end) < own
            for p in self._persons_of(named.sentence.index).beside(found.start)
            if p.start != name.start
        )

    def _measure_word(self, where: str, word: str) -> dict[str, float]:
        """What a word in its place says: its beginning, and which words are used like it."""
        beginning = hashed(f"{where}:{word.casefold()[:_STEM]}")
        alike = hashed_clusters(where, word, self._page.vocabulary.lang)
        return dict.fromkeys((beginning, *alike), _HASHED)


def unnamed_bodies(page: AnnotatedPage, named: NamedPerson) -> Iterator[tuple[BodyWords, str]]:
    """Words right behind a job title or name, or in a title, that may name a body which no table
    and no tagger knows, with all ends that they may have, and where they stand.
    """
    s, name, role = named.sentence, named.person.name, named.person.role
    masked, words = page.masked[s.part], words_of_job_titles(page.vocabulary)
    known = [m.start for m in s.of("organisations", "persons")]
    places = [("name", name.end, s.end)]
    if role and role.part == name.part:
        places = [("title", role.end, s.end), ("inside", role.start, role.end), *places]
    for where, start, stop in places:
        tokens = list(
            islice(_TOKEN.finditer(masked, start, min(stop, start + _WINDOW)), _MOST_TOKENS)
        )
        cut = next((i for i, m in enumerate(tokens) if _is_known(m, known)), len(tokens))
        tokens, rest = tokens[:cut], tokens[cut:]
        for first in _starts(tokens, where):
            if words.is_address(tokens[first].group()):
                continue
            for last in _ends(tokens, first):
                begin, end = tokens[first].start(), tokens[last].end()
                if masked[begin - 1 : begin] in _QUOTES and begin > s.start:
                    begin -= 1
                found = FoundValue(page.cut(s.part, begin, end), s.part, begin, end, RULE, 0.6)
                inside = [m.group() for m in tokens[first : last + 1] if m.group()[0].isalnum()]
                if not _may_name_body(inside, words):
                    continue
                before = [m.group() for m in tokens[:first]]
                behind = [m.group() for m in (*tokens, *rest)[last + 1 : last + 3]]
                yield BodyWords(found, inside, before, behind), where


def _may_name_body(inside: Sequence[str], words: JobTitleWords) -> bool:
    """Whether one of the words has a capital, or is one for a kind of body (администрации)."""
    return any(word[0].isupper() or word.casefold() in words.bare_bodies for word in inside)


def _is_known(token: re.Match[str], known: Sequence[int]) -> bool:
    at = bisect_left(known, token.start())
    return at < len(known) and known[at] < token.end()


def _starts(tokens: Sequence[re.Match[str]], where: str) -> Iterator[int]:
    """Where a name may begin: its first capital, or a long word before; in a job title at the first
    capital behind its first word.
    """
    inside = where == "inside"
    for i, m in enumerate(tokens if inside else tokens[:_LATEST_START]):
        word = m.group()
        if inside and not i:
            continue
        if word[0].isupper():
            yield i
            return
        if not inside and len(word) > _LONG_WORD:
            yield i
        if word in _STOPS and i:
            return


def _ends(tokens: Sequence[re.Match[str]], first: int) -> Iterator[int]:
    for i in range(first, min(len(tokens), first + _MOST_WORDS)):
        word = tokens[i].group()
        if word in _STOPS:
            return
        closes = word in '“”»"' and i > first
        if closes or word[0].isupper() or word[0].isdigit() or len(word) > _LONG_WORD - 1:
            yield i


def _opens_quote(text: str) -> bool:
    """Whether a quote is opened and not closed."""
    return (
        sum(text.count(c) for c in "„«“") > sum(text.count(c) for c in "»”“")
        or text.count('"') % 2 == 1
    )


def _without_zeros(measures: Measures) -> Measures:
    return {name: float(value) for name, value in measures.items() if value}


def _apart(a: FoundValue[str], b: FoundValue[str]) -> int:
    return max(b.start - a.end, a.start - b.end)


def _overlap(a: FoundValue[str], b: FoundValue[str]) -> bool:
    return a.part == b.part and a.overlaps(b.start, b.end)


def _is_same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b) and (a <= b or b <= a)
