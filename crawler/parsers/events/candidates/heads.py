"""Head words of events (Konferenz, working group meeting, заседание) grown to noun phrases."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from crawler.parsers.entities.lexicon.tables import WITH_SUFFIX
from crawler.parsers.entities.tagger.finder import RULE as TAGGER
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase, PhraseGrower
from crawler.parsers.events.candidates.occasions import OccasionJudge, strip_year
from crawler.parsers.events.candidates.subjects import with_company, with_subject
from crawler.parsers.events.grammar.cue_categories import DAY_COUNTS
from crawler.parsers.events.grammar.function_words import ARTICLES, BY, DEFINITE, HOUR
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder
from crawler.parsers.events.page.date_mention import NAMED, DateMention
from crawler.parsers.events.page.paper_dates import is_quoted
from indexer.records.document import Mention

_MOST_HEADS = 40
"""Heads of one sentence that are looked at: no sentence that a person wrote has more."""
_OUTSIDE_NAMES = ("theme", *DAY_COUNTS, "takes_place", "will_take_place", "travel", "ended")
"""Cues that no name holds."""
_BY_OPENER = "organisation:opener"
"""Rule of bodies by their first word, which may be what a session is called (Arbeitskreis Zinn)."""
_BY_GUESS = frozenset({TAGGER, "organisation:head"})
"""Rules of bodies that take names of gatherings for them (the Baltic-Alpine Round Table)."""
_LONGEST_ORDINAL = 24
_MOST_BEFORE_THING = 2
"""Words between a verb and the noun that says it is one."""
_ARTICLE = re.compile(rf"{ARTICLES}|an?")
_ARTICLE_BEFORE = re.compile(rf"\b(?:{ARTICLES}|an?)\s\Z", re.IGNORECASE)
_AGENT = re.compile(BY)
_OBJECT = re.compile(r"\s(?:to|the|an?|its)\s")
"""Behind what is a verb then, not what an event is only named for (the forum plans to move)."""
_LONGEST_OBJECT = 6
_YEAR_BEHIND = re.compile(r"\s(?:19|20)\d\d")
_CLOCK = re.compile(HOUR, re.IGNORECASE)
"""The end of a time, whose capitals are of no name (05:15 PM Opening Remarks)."""
_DEFINITE = frozenset(DEFINITE.split("|"))
_OPEN_BRACKET = re.compile(r"\s?\([\"“„«]?\Z")
_REACH_OF_NAMES = 2_000
"""Characters before a bare head among which what it resumes is looked for."""
_HOUSE_BEFORE_QUOTES = re.compile(r"([^\W\d_][\w-]*)\s[„“«\"][^„“”«»\"\n]*\Z")
"""The word before quotes that are still open."""
_LONGEST_NAME = 80
"""Characters before a head within which the quotes that it stands in opened."""
_WORD_END = re.compile(r"(?![\w-])")
_EDITION_OF_BODY = 5
"""From this number on a plenary session is one of a body's (33rd), not a part of a programme
(second).
"""


class HeadFinder:
    """Finds heads in sentences of one language, each with its name."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._words = vocabulary
        self._grammar = vocabulary.grammar
        self._grower = PhraseGrower(vocabulary)
        self._clauses = clauses
        self._occasions = OccasionJudge(vocabulary)
        self._may_open = lru_cache(maxsize=20_000)(self._opens_head)

    def find(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[Candidate]:
        """Candidates in the order of the sentence; their names may overlap."""
        masked = page.masked[sentence.part]
        words = self._words.words(masked[sentence.start : sentence.end])
        offset = sentence.start
        taken, heads = -1, 0
        days = {d.start - offset for d in sentence.dates}
        barriers: list[tuple[int, int]] | None = None
        for i, word in enumerate(words):
            if not self._may_open(word.group()):
                continue
            if word.start() + offset < taken or word.start() + offset < sentence.dateline_end:
                continue
            kind, last = self._kind_at(words, i, days)
            if kind is None:
                continue
            head = (
                word.start() + offset,
                words[last].start() + len(strip_year(words[last].group())) + offset,
            )
            taken = head[1]
            heads += 1
            if heads > _MOST_HEADS:
                return
            if kind == "none" or self._is_hidden(page, sentence, head):
                continue
            if self._is_no_event(words, last, masked, offset) or self._is_deed(words, last):
                continue
            if barriers is None:
                barriers = self._find_barriers(masked, sentence)
            behind = self._find_visited(masked, sentence, head) if kind == "trip" else []
            name = self._grower.grow(
                masked, (sentence.start, sentence.end), head, [*barriers, *behind]
            )
            name = self._add_owner(masked, sentence, head, name, barriers)
            name = with_subject(self._words, masked, sentence, name, barriers)
            name = with_company(self._words, masked, sentence, name, head=head, barriers=barriers)
            kind, told_days = self._judge(page, sentence, head, name, kind)
            if kind is None:
                continue
            yield Candidate(
                sentence,
                name,
                head,
                masked[head[0] : head[1]].casefold(),
                kind,
                self._clauses.find_around(
                    masked,
                    sentence,
                    head[0],
                    _own_end(sentence, name),
                    self._end_of_new(masked, head, name),
                ),
                plural=self._is_plural([w.group() for w in words[i : last + 1]], kind, name),
                told_days=told_days,
            )

    def grow(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, head: tuple[int, int]
    ) -> NounPhrase:
        """The noun phrase around any word of a sentence."""
        masked = page.masked[sentence.part]
        barriers = self._find_barriers(masked, sentence)
        return self._grower.grow(masked, (sentence.start, sentence.end), head, barriers)

    def _judge(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        head: tuple[int, int],
        name: NounPhrase,
        kind: str,
    ) -> tuple[str | None, tuple[DateMention, ...]]:
        """The kind of a candidate, given that of its head, and the day that a sentence beside its
        own tells; None for a part of a programme.
        """
        masked = page.masked[sentence.part]
        turned = any(0 < head[0] - k.end <= 1 for k in sentence.cue("next_event", "follow_up_of"))
        if kind == "part" and (name.ordinal or 0) < _EDITION_OF_BODY and not turned:
            if not any(d.is_day for d in sentence.dates):
                return None, ()
            kind = "open"
        numbered = name.ordinal or name.year
        if kind == "day" and not (numbered or self._is_of_this_year(masked, head)):
            kind = "open"
        if kind == "open":
            counted = (
                name.left_words[-1:]
                and name.left_words[-1].casefold() in self._words.all_number_words
            )
            if counted and not name.tail and name.determiner not in self._words.ellipsis_articles:
                return None, ()  # five days are no event, the five days may resume one
            return self._occasions.judge(page, sentence, head, name)
        return "gathering" if kind in ("part", "day") else kind, ()

    def _is_plural(self, head: Sequence[str], kind: str, name: NounPhrase) -> bool:
        """Whether the words of a head stand for several events. One that says nothing (events) does
        so by its form, though it is weak.
        """
        word = self._grammar.noun_of_head(head)
        generic = folded(word) in self._words.generic_heads
        return self._grammar.is_plural(word, "gathering" if generic else kind, name.left_words)

    def _is_of_this_year(self, masked: str, head: tuple[int, int]) -> bool:
        """Whether a word such as "this year's" makes a day one of a series (der diesjährige
        Wolframtag).
        """
        before = masked[: head[0]].rsplit(None, 1)[-1:]
        return bool(before) and self._words.name_drop.match(before[0]) is not None

    def _is_no_event(self, words: list[re.Match[str]], last: int, masked: str, offset: int) -> bool:
        """Whether the words behind a head show that it is none of an event."""
        behind = (words, last, masked, offset)
        return self._qualifies_people(*behind) or self._is_verb(*behind)

    def _qualifies_people(
        self, words: list[re.Match[str]], last: int, masked: str, offset: int
    ) -> bool:
        """The event is only named to say who they are, or what something is for (the meeting
        participants, the conference season).
        """
        if not self._grammar.has_noun_adjuncts or last + 1 >= len(words):
            return False
        gap = masked[words[last].end() + offset : words[last + 1].start() + offset]
        behind = words[last + 1].group()
        qualified = self._words.count_nouns.match(behind) or folded(behind) in self._words.qualified
        after = masked[words[last + 1].end() + offset :][:_LONGEST_OBJECT]
        return gap == " " and bool(qualified) and _OBJECT.match(after) is None

    def _is_verb(self, words: list[re.Match[str]], last: int, masked: str, offset: int) -> bool:
        """The head is a verb with what it is done to (after meeting EU standards), not a noun with
        an article or a verb of its own (the meeting set targets, board meeting adopted rules), or
        asks the reader (Visit the show).
        """
        if last == 0 and folded(words[0].group()) in self._words.requests:
            return any(self._is_asked_for(words[0].group(), word.group()) for word in words[1:2])
        if self._is_told_by_verb(words, last, masked, offset):
            return True
        things = self._words.done_to.get(folded(words[last].group()), ())
        behind = words[last + 1 : last + 2 + _MOST_BEFORE_THING] if things else []
        if not behind or behind[0].group().casefold() in self._words.name_links:
            return False
        for number, word in enumerate(behind):
            before = words[last + number]
            low = word.group().casefold()
            apart = masked[before.end() + offset : word.start() + offset] != " "
            if apart or low in self._words.past_verbs or self._words.grammar.is_past(low):
                return False
            if low in things:
                return not _ARTICLE_BEFORE.search(masked, offset, words[last].start() + offset)
        return False

    def _is_asked_for(self, request: str, behind: str) -> bool:
        """Whether the word behind a request tells what is to be visited (Visit the show, Visit Lode
        Days), not whose visit it is or where to (Visit Of The Minister To Oslo).
        """
        if _ARTICLE.fullmatch(behind):
            return True
        low = behind.casefold()
        named = behind[:1].isupper() and low not in self._words.name_links
        return named and not _AGENT.fullmatch(low) and folded(request) in self._words.named_requests

    def _is_told_by_verb(
        self, words: list[re.Match[str]], last: int, masked: str, offset: int
    ) -> bool:
        """Whether a head is the verb of the word right before it (to visit, we tour)."""
        if not last or folded(words[last].group()) not in self._words.verb_heads:
            return False
        gap = masked[words[last - 1].end() + offset : words[last].start() + offset]
        return gap == " " and words[last - 1].group().casefold() in self._words.before_verbs

    def _is_deed(self, words: list[re.Match[str]], last: int) -> bool:
        """Whether a noun is what somebody did, with the verb behind it (лоиҳаро муаррифӣ кард)."""
        if last + 1 >= len(words) or folded(words[last].group()) not in self._words.deeds:
            return False
        return folded(words[last + 1].group()) in self._words.verbs_of_deeds

    def _add_owner(
        self,
        masked: str,
        sentence: AnnotatedSentence,
        head: tuple[int, int],
        name: NounPhrase,
        barriers: list[tuple[int, int]],
    ) -> NounPhrase:
        """With the body right before a bare head (91st Association of X Convention)."""
        if not self._grammar.has_noun_adjuncts or name.start < head[0]:
            return name
        owner = next(
            (o for o in sentence.of("organisations") if masked[o.end : head[0]] == " "), None
        )
        if owner is None:
            return name
        bounds = (sentence.start, sentence.end)
        return self._grower.grow(masked, bounds, (owner.start, head[1]), barriers)

    def _opens_head(self, word: str) -> bool:
        """Whether a word is a head or may be the first one of a head; most words are neither."""
        return (
            folded(word) in self._words.head_lengths
            or self._words.head_of(strip_year(word)) is not None
        )

    def _kind_at(
        self, words: list[re.Match[str]], i: int, days: Container[int]
    ) -> tuple[str | None, int]:
        """Kind of the longest head that starts at word `i`, and the index of its last word. Right
        before one of `days` a preposition is that of the day (convention on 3 May).
        """
        first = folded(words[i].group())
        for length in self._words.head_lengths.get(first, ()):
            last = i + length - 1
            if last >= len(words):
                continue
            phrase = folded(" ".join(w.group() for w in words[i : last + 1]))
            kind = self._words.heads.get(phrase)
            if kind and not (kind == "none" and words[last].end() + 1 in days):
                return kind, last
        return self._words.head_of(strip_year(words[i].group())), i

    def _find_barriers(self, masked: str, sentence: AnnotatedSentence) -> list[tuple[int, int]]:
        spans = [
            (d.start, d.end)
            for d in sentence.dates
            if d.kind != NAMED
            and (not re.fullmatch(r"\d{4}", d.first) or d.end - d.start > 4)
            and (d.kind != "relative" or not is_quoted(masked, sentence.start, d.start))
        ]
        spans += [(c.start, c.end) for c in sentence.cue(*_OUTSIDE_NAMES)]
        spans += [
            (m.start, m.end)
            for m in sentence.of("persons")
            if not self._names_gathering(masked[m.start : m.end])
        ]
        spans += self._places_of_verb(masked, sentence)
        phrases = self._words.ordinal_phrases(masked, sentence.start, sentence.end)
        spans += [m.span() for m in phrases]
        spans += [m.span() for m in _CLOCK.finditer(masked, sentence.start, sentence.end)]
        spans += [(c.end - 2, c.end) for c in sentence.cue("organiser") if c.side == "right"]
        return spans

    def _places_of_verb(
        self, masked: str, sentence: AnnotatedSentence
    ) -> Iterator[tuple[int, int]]:
        """Places whose case belongs to the verb, and which no name holds."""
        for place in sentence.of("places", "countries"):
            word_end = _WORD_END.search(masked, place.end)
            end = word_end.start() if word_end else place.end
            inflected = end > place.end or place.extractor == WITH_SUFFIX
            if inflected and self._grammar.parts_names(masked[place.start : end]):
                yield place.start, end

    def _find_visited(
        self, masked: str, sentence: AnnotatedSentence, head: tuple[int, int]
    ) -> list[tuple[int, int]]:
        """The place right behind a delegation whose verb stands before it: what it visits (Im Mai
        besucht eine Delegation Lodz). As a genitive it would be where it comes from.
        """
        if not self._grammar.marks_genitives:
            return []
        if not any(cue.end <= head[0] for cue in sentence.cue("travel")):
            return []
        places = sentence.of("places", "countries")
        return [(m.start, m.end) for m in places if masked[head[1] : m.start] == " "]

    def _end_of_new(self, masked: str, head: tuple[int, int], name: NounPhrase) -> int:
        """End of a name that is told here; -1 for a bare one that resumes another (the meeting)."""
        bare = not name.left_words and not name.ordinal and name.end == head[1]
        word = masked[slice(*head)]
        if not bare or name.determiner.casefold() not in _DEFINITE:
            return name.end
        before = masked[max(0, head[0] - _REACH_OF_NAMES) : head[0]].casefold()
        resumes = folded(word) in self._words.heads and word.casefold() in before
        return -1 if resumes else name.end

    def _is_hidden(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, head: tuple[int, int]
    ) -> bool:
        """Inside the name of an organisation or a strategy, but where it opens that of a body that
        meets, the words for a day (on the second day, next week), or amid a quoted title.
        """
        told_days = sentence.cue(*DAY_COUNTS)
        if any(c.start <= head[0] < c.end for c in told_days):
            return True
        days = (d for d in sentence.dates if d.kind != NAMED)
        if any(d.start < head[0] and head[1] <= d.end for d in days):
            return True
        if self._is_venue(page, sentence, head) or _is_short_form(page, sentence, head):
            return True
        before = page.texts[sentence.part][sentence.start : head[0]]
        closes = page.texts[sentence.part][head[1] : head[1] + 1] in set("“”»")
        if before.count("«") > before.count("»") and not before.endswith("«") and not closes:
            return True
        if before.count("„") > before.count("“") and not before.endswith("„") and not closes:
            return True
        masked = page.masked[sentence.part]
        word = masked[slice(*head)]
        occasion = folded(word) in self._words.occasion_heads
        circle = self._words.head_of(word) == "body"
        lasting = folded(word) in self._words.no_bodies
        gathering = (
            self._words.heads.get(folded(word)) or self._words.head_of(word)
        ) == "gathering"
        return any(
            m.start <= head[0] and head[1] <= m.end and m.end - m.start > head[1] - head[0]
            for m in sentence.of("organisations", "strategies", "programmes", "persons")
            if not (m.extractor == TAGGER and (occasion or self._is_numbered(masked, m.start)))
            and not (lasting and m.end == head[1] and _is_guessed(m))
            and not (circle and m.start == head[0] and m.extractor == _BY_OPENER)
            and not (
                gathering
                and m.extractor in _BY_GUESS
                and not masked[head[1] + 1 : head[1] + 2].isupper()
            )
        )

    def _names_gathering(self, name: str) -> bool:
        """Whether what looks like a person ends in a head that nobody is called by."""
        words = folded(name).split()
        return any(" ".join(words[-n:]) in self._words.no_bodies for n in (1, 2))

    def _is_numbered(self, masked: str, at: int) -> bool:
        """Whether an ordinal in words or figures stands right before what may be a body: an edition
        is an event (the third Steppe Rescue Contest).
        """
        before = masked[max(0, at - _LONGEST_ORDINAL) : at].split()[-1:]
        return bool(before) and self._words.ordinal(before[0].replace("․", ".")) is not None

    def _is_house_inside(self, word: str, before: Sequence[str]) -> bool:
        """Whether the preposition before a compound makes it a house (im Sportforum)."""
        ends = self._words.house_compounds
        compound = folded(word).endswith(ends) and folded(word) not in ends
        return compound and before[-1:] != [] and before[-1].casefold() in self._words.inside_houses

    def _is_venue(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, head: tuple[int, int]
    ) -> bool:
        """A house that is called by what it is for: Exhibition Hall, at the Town-EXPO, павильон
        «Степь Экспо».
        """
        masked = page.masked[sentence.part]
        behind = self._words.words(masked[head[1] : min(sentence.end, head[1] + 24)])
        if behind and not masked[head[1] : head[1] + behind[0].start()].strip():
            next_word = behind[0].group()
            if next_word in self._words.venue_behind:
                return True
            if self._grammar.qualifies_house(next_word, self._words):
                return True
        word = masked[head[0] : head[1]]
        before = masked[sentence.start : head[0]].split()[-2:]
        year = _YEAR_BEHIND.match(masked[head[1] : head[1] + _LONGEST_OBJECT])
        if not year and self._is_house_inside(word, before):
            return True
        floor = max(sentence.start, head[0] - _LONGEST_NAME)
        house = _HOUSE_BEFORE_QUOTES.search(masked, floor, head[0])
        if not year and house and self._words.is_house(house.group(1)):
            return True
        brand = "-" in word and word.rpartition("-")[2].isupper()
        brand = brand and folded(word) not in self._words.heads  # bei der Hallen-WM
        return brand and any(w.casefold() in self._words.place_prepositions for w in before)


def _is_guessed(name: Mention) -> bool:
    """Whether a body or person was read from capitals or by the tagger, and stands in no table."""
    return name.extractor == TAGGER or name.field == "persons"


def _is_short_form(page: AnnotatedPage, sentence: AnnotatedSentence, head: tuple[int, int]) -> bool:
    """Whether a head is the short form that brackets give of the name before them (annual general
    meeting (AGM)).
    """
    text = page.texts[sentence.part]
    before = _OPEN_BRACKET.search(text, sentence.start, head[0])
    short = text[slice(*head)]
    if before is None or not short.isupper():
        return False
    words = re.split(r"[\s-]+", text[sentence.start : before.start()])[-len(short) :]
    return "".join(word[:1] for word in words).casefold() == short.casefold()


def _own_end(sentence: AnnotatedSentence, name: NounPhrase) -> int:
    """End of a name that says more than "the meeting" (the next edition); -1 for one that
    doesn't.
    """
    turned = any(0 < name.start - k.end <= 1 for k in sentence.cue("next_event", "follow_up_of"))
    return name.end if turned or name.left_words or name.tail or name.ordinal else -1
