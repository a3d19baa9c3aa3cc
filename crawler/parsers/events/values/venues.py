"""The house where an event is: behind a preposition of place, or behind a label (Ort: …). A trained
tagger gives houses that rules leave out, and says where theirs begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from crawler.parsers.entities.tagger.tokens import Token
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.function_words import (
    AND,
    CAPITAL,
    DEFINITE,
    HOUSE_ADJECTIVE,
    HOUSE_GENITIVE,
    OF,
    TOWN_ATTRIBUTES,
    TOWN_KINDS,
    TOWN_WORDS,
)
from crawler.parsers.events.grammar.masked_dots import MASKED_DOT
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.part_tagger.venue_tagger import VenueTagger
from crawler.parsers.events.values.dated_lines import house_of_line
from crawler.parsers.events.values.open_houses import open_houses
from indexer.records.document import Part

TAGGED = "placing.venue-tagged"
"""Rule of the houses of the tagger."""
_LONGEST_REMIT = 8
"""Words between a job title and the house that it belongs to."""
_AT_HOUSE = 8
"""Characters that `beim`, `at the` take behind the name of a body."""
_LABELLED = re.compile(r"\s*([\wÄÖÜ„“«\"][^,;\n]{2,80}?)\s*(?:[,;\n]|\Z)")
_BEHIND_TOWN = re.compile(r",\s*([\wÄÖÜ„«\"][^,;\n\d]{3,80}?)\s*(?:[,;\n]|\Z)")
"""The house behind the town of a label (Ort: Suhl, Haus der Technik)."""
_ARTICLES = frozenset(DEFINITE.split("|"))
_SHORT_VERB = 2
"""Words of a verb between all events and their house (are given in, sind im)."""
_BEFORE_TOWN = re.compile(
    r"(?:(?:[A-Z]{1,3}-)?\d{4,6}\s|[^\W\d_]{1,4}\.\s?"
    rf"|(?i:{TOWN_ATTRIBUTES}|(?:{TOWN_WORDS}|{TOWN_KINDS})\s))"
)
"""A postal code or what kind of place it is, before the town of a label: `04105 Suhl`, `г. Ош`,
`город Ош`.
"""
_TOWN_OF = re.compile(rf"\b(?:{TOWN_ATTRIBUTES})\Z")
_MIDDLE_OF = re.compile(rf"\w+\s(?:{OF})\b")
"""Of a town or of what is discussed (at the centre of the debate)."""
_DANGLING = re.compile(rf"\s+(?:{AND}|{OF}|the)\Z")
_VENUE_TAIL = (
    rf"(?:\s(?:[„«\"][^„«»“”\"\n]{{2,60}}[“”»\"]"
    # An abbreviation within it (St. Marien).
    rf"|[{CAPITAL}0-9][\w’'-]*(?:{MASKED_DOT}(?=\s[{CAPITAL}]))?"
    rf"|(?:{OF}|{AND}|de|the)(?=\s[\wÄÖÜ])|{HOUSE_GENITIVE}))*"
)


@lru_cache(maxsize=16)
def _venue_pattern(words: EventVocabulary) -> re.Pattern[str] | None:
    """A house behind a preposition of place: im Haus der Technik, at the Ritz Hotel, в актовом
    зале. Made once for a language.
    """
    if not words.venue_heads or not words.venue_before:
        return None
    heads = _longest_first(words.venue_heads)
    before = _longest_first(words.venue_before)
    word = rf"(?:[{CAPITAL}][\w-]*|{HOUSE_ADJECTIVE})"
    inflected = words.grammar.house_adjective
    return re.compile(
        rf"(?<!\w)(?i:{before}) {inflected}((?:{word} ){{0,4}}(?:[{CAPITAL}][\w-]*?)?"
        rf"(?!Saale\b)(?i:{heads})(?:s|e|en)?\b{_VENUE_TAIL})"
    )


class VenueReader:
    """Reads the houses of the events of one page; `is_role` knows job titles, `tagger` tags
    houses.
    """

    def __init__(
        self,
        page: AnnotatedPage,
        is_role: Callable[[str], bool],
        tagger: VenueTagger | None = None,
    ) -> None:
        self._page = page
        self._is_role = is_role
        self._tagger = tagger
        self._tagged = cache(self._tag)
        self._likely = cache(self._tag_words)
        self._venue = _venue_pattern(page.vocabulary)

    def venue(self, event: EventMentions, closed: frozenset[int]) -> FoundValue[str] | None:
        """The house of an event; `closed` are sentences that belong to other events."""
        if not self._page.vocabulary.venue_heads:
            return None
        labelled = None if event.second else self._venue_by_label()
        stated = labelled or self._venue_by_line(event)
        if stated:
            return stated
        sentences = list(self._sentences(event, closed))
        names = [
            # The house that a standing body belongs to is none either (der Beirat beim Landesamt).
            (c.sentence.part, c.name.start, c.name.end + (_AT_HOUSE if c.kind == "body" else 0))
            for c in event.candidates
        ]
        by_rules = self._by_rules(self._venue, sentences, names)
        return self._with_tagger(by_rules, sentences, names) or self._of_all

    @cached_property
    def _of_all(self) -> FoundValue[str] | None:
        """The house of all events of a page, as one of its sentences says (All meetings are held at
        the Guildhall); one with a day speaks of what is held then.
        """
        said = (
            s
            for s in self._page.sentences
            if s.cue("all_events", "unless_stated") and not any(d.is_day for d in s.dates)
        )
        found = ((s, self._by_rules(self._venue, [s], ())) for s in said)
        return next((house for s, house in found if house and self._holds_all(s, house)), None)

    def _holds_all(self, s: AnnotatedSentence, house: FoundValue[str]) -> bool:
        """Whether all events of a page take place in a house, by such a verb or by a short one
        between them: others say where to ask about them, or speak of those at the house.
        """
        if s.cue("takes_place", "will_take_place"):
            return True
        cue = s.cue("all_events", "unless_stated")[-1]
        between = self._page.masked[s.part][cue.end : house.start].casefold().split()
        links = self._page.vocabulary.place_prepositions | _ARTICLES
        return 0 < sum(word not in links for word in between) <= _SHORT_VERB

    def may_be_houses(
        self, s: AnnotatedSentence, *, tagged: bool = True
    ) -> Iterator[tuple[int, int, Mapping[str, float]]]:
        """What may be a house in a sentence: its place, and what speaks for it. `tagged`: also what
        the tagger reads, and what stands where a house may.
        """
        for opens, start, stop in self._houses(self._venue, s):
            house = self._page.cut(s.part, start, stop).rstrip()
            end = start + len(_DANGLING.sub("", house))
            yield start, end, {"from.rules": 1.0, "is.office": self._is_office(s, opens, start)}
        for span in self._tagged(s.index) if tagged else ():
            yield span.start, span.end, {"from.tagger": 1.0, "tagged.likely": span.likely}
        for body in s.of("organisations"):
            yield body.start, body.end, {"from.body": 1.0}
        if tagged and self._venue:
            yield from open_houses(self._page, s)

    def likely_words(self, s: AnnotatedSentence) -> Sequence[tuple[Token, float]]:
        """The words of a sentence, and how likely the tagger finds each in a house."""
        return self._likely(s.index)

    def is_town(self, s: AnnotatedSentence, start: int, end: int) -> bool:
        """Whether a house is hardly more than a town."""
        return self._is_town(s, start, self._page.cut(s.part, start, end))

    def _sentences(
        self, event: EventMentions, closed: frozenset[int]
    ) -> Iterator[AnnotatedSentence]:
        """Where the house of an event may stand: in its own sentences, of its best mention first,
        and in the two behind each (behind those of a further event in one).
        """
        ranked = sorted(event.candidates, key=lambda c: -c.score)
        own = {c.sentence.index: c.sentence for c in ranked}
        reach = (1,) if event.second else (1, 2)
        behind = {i + n for i in event.sentences() for n in reach} - event.sentences() - closed
        for s in (*own.values(), *(s for s in self._page.body if s.index in behind)):
            if s.zone != "headline" or (s.part == "text" and s.dates):
                yield s

    def _by_rules(
        self,
        pattern: re.Pattern[str] | None,
        sentences: Sequence[AnnotatedSentence],
        names: Sequence[tuple[str, int, int]],
    ) -> FoundValue[str] | None:
        for s in sentences:
            for opens, start, stop in self._houses(pattern, s):
                if _is_inside(names, s, start) or self._is_office(s, opens, start):
                    continue
                house = self._page.cut(s.part, start, stop).rstrip()
                name = _DANGLING.sub("", house)
                if self._is_town(s, start, name):
                    continue
                end = start + len(name)
                name = self._page.grammar.bare_house(name, self._page.vocabulary)
                return FoundValue(name, s.part, start, end, "placing.venue", 0.6)
        return None

    def _houses(
        self, pattern: re.Pattern[str] | None, s: AnnotatedSentence
    ) -> Iterator[tuple[int, int, int]]:
        """Where houses stand in a sentence, each with the start of the preposition before it."""
        masked, page = self._page.masked[s.part], self._page
        shown = page.grammar.houses(masked, s.start, s.end, page.vocabulary)
        if shown is not None:
            bodies = s.of("organisations")
            for start, end in shown:
                whole = next((b for b in bodies if b.start <= start < end <= b.end), None)
                first = whole.start if whole else start
                yield first, first, whole.end if whole else end
        elif pattern:
            for m in pattern.finditer(masked, s.start, s.end):
                yield m.start(), m.start(1), _end_of_house(s, m)

    def _with_tagger(
        self,
        by_rules: FoundValue[str] | None,
        sentences: Sequence[AnnotatedSentence],
        names: Sequence[tuple[str, int, int]],
    ) -> FoundValue[str] | None:
        """The house of the tagger, where rules read none, or where it is sure that theirs begins or
        ends elsewhere.
        """
        choice = self._tagger.choice if self._tagger else None
        if choice is None:
            return by_rules
        least = choice.alone if by_rules is None else choice.over_rules
        for s in sentences:
            if by_rules is not None and not _shares(s, by_rules):
                continue
            for house in self._tagged(s.index):
                found = FoundValue(
                    self._page.cut(s.part, house.start, house.end),
                    s.part,
                    house.start,
                    house.end,
                    TAGGED,
                    choice.right,
                )
                if by_rules is None:
                    known = _is_inside(names, s, house.start)
                    fits = not known and not self._is_town(s, house.start, found.value)
                else:
                    fits = s.part == by_rules.part and house.overlaps(by_rules.start, by_rules.end)
                if fits and house.likely >= least:
                    same = by_rules is not None and by_rules.value == found.value
                    return by_rules if same else found
        return by_rules

    def _tag(self, index: int) -> Sequence[TaggedSpan]:
        sentence = self._page.sentences[index]
        return self._tagger.spans(self._page, sentence) if self._tagger else ()

    def _tag_words(self, index: int) -> Sequence[tuple[Token, float]]:
        sentence = self._page.sentences[index]
        return self._tagger.inside(self._page, sentence) if self._tagger else ()

    def _is_town(self, sentence: AnnotatedSentence, start: int, name: str) -> bool:
        """A town that is called like a house (Halle an der Saale), one with what it is ("small town
        of Aracena"), or nothing but a town behind the head ("im Zentrum Berlins").
        """
        end = start + len(name)
        if any(m.start == start and m.end >= end for m in sentence.of("places")):
            return True
        ending = (m for m in sentence.of("places") if start < m.start and m.end == end)
        if any(_TOWN_OF.search(name, 0, m.start - start) for m in ending):
            return True
        head, _, _ = name.partition(" ")
        if head.casefold() not in self._page.vocabulary.town_middles:
            return False
        if head.islower() and _MIDDLE_OF.match(name):
            return True
        at = start + len(head) + 1
        return any(m.start == at and m.end >= end for m in sentence.of("places"))

    def _venue_by_label(self) -> FoundValue[str] | None:
        """The house of a line "Ort: Haus der Technik, Essen"."""
        for s in self._page.sentences:
            at = self._page.labelled(s, "venue_labels")
            if at < 0:
                continue
            m = _LABELLED.match(self._page.masked[s.part], at, s.end)
            known = {k.start for k in s.of("places", "countries")}
            if m and self._opens_with_town(s.part, m.start(1), known):
                m = _BEHIND_TOWN.match(self._page.masked[s.part], m.end(1), s.end)
            if m and m.start(1) not in known:
                name = self._page.cut(s.part, *m.span(1)).rstrip(".")
                span = (m.start(1), m.start(1) + len(name))
                return FoundValue(name, s.part, *span, "placing.label", 0.8)
        return None

    def _opens_with_town(self, part: Part, start: int, towns: Collection[int]) -> bool:
        """Whether a town stands here, or behind its postal code or what kind of place it is."""
        before = _BEFORE_TOWN.match(self._page.texts[part], start)
        return start in towns or (before is not None and before.end() in towns)

    def _venue_by_line(self, event: EventMentions) -> FoundValue[str] | None:
        """The house of a line with the day of the event."""
        place = house_of_line(self._page, event, self._is_role)
        if place is None:
            return None
        return FoundValue(self._page.cut(*place), *place, "placing.dated-line", 0.7)

    def _follows_job_title(self, before: str) -> bool:
        """Whether a job title and its remit end here (Leiter der Abteilung Handel im …)."""
        for word in reversed(before.split()[-_LONGEST_REMIT:]):
            plain = word.strip('„“«»"()')
            if self._is_role(plain.rstrip(",")):
                return True
            linked = plain.casefold() in self._page.vocabulary.role_links
            if not plain or not (plain[0].isupper() or linked) or plain[-1] in ",;:.":
                return False
        return False

    def _is_office(self, sentence: AnnotatedSentence, opens: int, start: int) -> bool:
        """The house of somebody's office (Staatssekretär im Ministerium) is no venue; `opens`:
        where its preposition stands.
        """
        if any(o.start < start < o.end for o in sentence.of("organisations")):
            return True
        if self._follows_job_title(self._page.masked[sentence.part][sentence.start : opens]):
            return True
        masked = self._page.masked[sentence.part]
        return any(
            0 <= opens - p.end <= 60 and "," not in masked[p.end : opens]
            for p in sentence.of("persons")
        )


def _shares(s: AnnotatedSentence, found: FoundValue[str]) -> bool:
    """Whether a value has a character in a sentence."""
    return s.part == found.part and found.overlaps(s.start, s.end)


def _is_inside(
    names: Sequence[tuple[str, int, int]], sentence: AnnotatedSentence, start: int
) -> bool:
    """Whether a house stands in the name of the event."""
    return any(part == sentence.part and a <= start < b for part, a, b in names)


def _end_of_house(sentence: AnnotatedSentence, house: re.Match[str]) -> int:
    """Its end, or where the day behind it begins (at the Ritz Hotel 12-13 May)."""
    days = [d.start for d in sentence.dates if house.start(1) < d.start < house.end(1) <= d.end]
    return min(days, default=house.end(1))


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
