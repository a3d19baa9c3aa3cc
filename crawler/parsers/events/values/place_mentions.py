"""The places that the sentences of a page name, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.events.grammar.function_words import CASE_ARTICLES, TOWN_ATTRIBUTES, TOWN_WORDS
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Mention, Part
from indexer.records.reference import PlaceEntry, Reference

FINER = frozenset({"site", "mine"})
"""Kinds of places inside or outside of towns."""
_BEFORE = 80
"""Characters before a place that are looked at: a sentence may be endless."""
_NEXT_WORD = re.compile(r"[\s\u00a0](\w+)")
_LAST_WORD = re.compile(
    rf"(?<![\w’'])([\w’']++)[\s\u00a0]+(?:(?:{CASE_ARTICLES}|{TOWN_WORDS})\s+)?"
    rf"(?:{TOWN_ATTRIBUTES})?\Z",
    re.IGNORECASE,
)


_OPENS_LINE = re.compile(rf"[^\w\n]*(?:(?:{TOWN_WORDS})[\s\u00a0]*)?")
_DAY = re.compile(rf"[^\w\n]*\d[^\n]{{3,30}}[,.․:|][^\S\n]+(?:(?:{TOWN_WORDS})[\s\u00a0]*)?")
"""What stands in a line before its town, which a day may go before."""
_THEN_DAY = re.compile(r",[^\S\n]*(?:[^\n,\d]{3,30},[^\S\n]*)?\d")
"""Behind the town of such a line: a day, or a house and a day."""
_ENDS = re.compile(r"[^\S\n]*(?:[,.․:|\n]|\Z)")
"""Behind a day and town."""
_LONGEST_DAY = 40
_TO_HOUR = 30
"""Characters from an hour to the town by whose clock it is told."""
_HOUR = re.compile(r"\d(?:[^\d\n]*)\Z")
_CLOCK_BEHIND = re.compile(r"[^\S\n](\w+)")


class PlaceMentions:
    """Judges the places of one page: which may be an event's, and how they are said."""

    def __init__(self, reference: Reference, page: AnnotatedPage) -> None:
        self._places, self._towns = reference.places, reference.towns
        self._page = page
        self._prepositions = page.vocabulary.place_prepositions
        self._usable: dict[int, Sequence[Mention]] = {}
        self._located: dict[tuple[Part, int, int], bool] = {}
        """By the part, and the places where the sentence and the mention start."""

    def entry(self, value: str) -> PlaceEntry | None:
        """The row of the table that the value of a mention names."""
        return self._places.get(value) or self._towns.get(value)

    def town_name(self, mention: Mention) -> str:
        """The English name of a town, else as the text has it."""
        entry = self.entry(str(mention.value))
        return (entry.names.get("en") or (mention.surface,))[0] if entry else mention.surface

    def kind(self, mention: Mention) -> str:
        """As the table has it; a city where it has none."""
        if mention.field == "countries":
            return "country"
        entry = self.entry(str(mention.value))
        return entry.kind if entry else "city"

    def country_code(self, mention: Mention) -> str | None:
        """Of a country, a nationality, or a place of the table."""
        value = str(mention.value)
        if len(value) == 2 and mention.field == "nationalities":
            return value.upper()
        if len(value) == 2 and value.isupper():
            return value
        entry = self.entry(value)
        return entry.country if entry else None

    def tells_hour(self, mention: Mention) -> bool:
        """Whether a town says by whose clock an hour is meant, not where (at 4 p.m. Oslo time; but
        at 4 p.m. local time in Oslo).
        """
        text = self._page.masked[mention.part]
        before = text[max(0, mention.start - _TO_HOUR) : mention.start]
        word = _LAST_WORD.search(before)
        if not _HOUR.search(before) or (word and word.group(1).casefold() in self._prepositions):
            return False
        words = self._page.vocabulary
        behind = _CLOCK_BEHIND.match(text, mention.end)
        if behind and behind.group(1).casefold() in words.word_set("behind_town_of_clock"):
            return True
        return before.casefold().rstrip().endswith(tuple(words.word_set("before_town_of_clock")))

    def usable_in(self, sentence: AnnotatedSentence) -> Sequence[Mention]:
        """The places of a sentence that may be an event's, found once."""
        found = self._usable.get(sentence.index)
        if found is None:
            found = self._usable[sentence.index] = tuple(self._usable_places(sentence))
        return found

    def _usable_places(self, sentence: AnnotatedSentence) -> Iterator[Mention]:
        names = sentence.of("organisations", "strategies", "programmes", "persons")
        for m in sentence.of("places", "countries"):
            inside = not self.is_located(sentence, m) and any(
                o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start
                for o in names
            )
            reports = self._page.vocabulary.telling_verbs.match(
                self._page.masked[m.part][m.end : m.end + 20].lstrip()
            )
            if (
                m.start >= sentence.dateline_end
                and not self.is_of_job_title(sentence, m)
                and not self.is_origin(sentence, m)
                and not self.opens_compound(m)
                and not inside
                and not reports
                and not self.tells_hour(m)
                and self.country_code(m)
            ):
                yield m

    def is_region(self, mention: Mention) -> bool:
        """Whether it is a region, or called by a town's name (in X oblast, im Gebiet X)."""
        if self.kind(mention) == "region":
            return True
        masked, words = self._page.masked[mention.part], self._page.vocabulary.region_nouns
        before = masked[max(0, mention.start - 20) : mention.start].split()[-1:]
        behind = _NEXT_WORD.match(masked, mention.end)
        return (bool(before) and before[0].casefold() in words) or (
            behind is not None and behind.group(1).casefold() in words
        )

    def is_located(self, sentence: AnnotatedSentence, mention: Mention) -> bool:
        """Whether a preposition of place stands before it; looked for once."""
        key = (mention.part, sentence.start, mention.start)
        found = self._located.get(key)
        if found is None:
            found = self._located[key] = self._is_located(sentence, mention)
        return found

    def _is_located(self, sentence: AnnotatedSentence, mention: Mention) -> bool:
        start = max(sentence.start, mention.start - 60)
        word = _LAST_WORD.search(self._page.masked[mention.part][start : mention.start])
        return bool(word and word.group(1).casefold() in self._prepositions)

    def is_of_line(self, mention: Mention) -> bool:
        """Whether a line or entry opens with it, or with a day and it (11 June, Mainz; Oslo, Old
        Mill, 11 June; ► Oslo. On 11 June …, but no dateline): as good as a preposition.
        """
        masked = self._page.masked[mention.part]
        start = masked.rfind("\n", max(0, mention.start - _LONGEST_DAY), mention.start) + 1
        if start == 0 and mention.start > _LONGEST_DAY:
            return False
        before = masked[start : mention.start]
        if _OPENS_LINE.fullmatch(before):
            set_off = start > 0 and masked.startswith(". ", mention.end)
            return set_off or bool(_THEN_DAY.match(masked, mention.end))
        return bool(_DAY.fullmatch(before) and _ENDS.match(masked, mention.end))

    def is_origin(self, sentence: AnnotatedSentence, mention: Mention) -> bool:
        """Behind aus, from, из: where somebody comes from; or where one only goes next (on the way
        to), or something is not (statt in; but not findet statt in).
        """
        start = max(sentence.start, mention.start - _BEFORE)
        before = self._page.masked[mention.part][start : mention.start].casefold().split()
        if not before or before[-1] in self._page.vocabulary.origins:
            return bool(before)
        held = sentence.cue("takes_place", "will_take_place")
        ends_verb = any(0 < mention.start - c.end <= len(before[-1]) + 2 for c in held)
        return " ".join(before[-2:]) in self._page.vocabulary.passing and not ends_verb

    def is_of_job_title(self, sentence: AnnotatedSentence, mention: Mention) -> bool:
        """Right before a name: the town of a job title (генеральный консул в городе X | A B)."""
        masked = self._page.masked[mention.part]
        named = any(masked[mention.end : p.start] == " " for p in sentence.of("persons"))
        return named and self._page.grammar.has_towns_in_job_titles

    def opens_compound(self, mention: Mention) -> bool:
        """Whether another name is joined to it (authorities of Darkhan-Uul); German ones are town
        and quarter. An English word that is joined to it says whose seat it is (London-based).
        """
        grammar = self._page.grammar
        behind = self._page.masked[mention.part][mention.end : mention.end + 2]
        if behind[:1] != "-":
            return False
        if behind[1:].islower():
            return grammar.has_noun_adjuncts
        return behind[1:].isupper() and not grammar.hyphenates_quarters
