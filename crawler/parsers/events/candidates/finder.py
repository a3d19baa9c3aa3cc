"""Finds what may be an event: heads grown to noun phrases, brands with a year, and verbs of travel.

Each candidate carries its features and a score; whether it is an event is decided once its mentions
are put together (coreference.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.announced import find_announced
from crawler.parsers.events.candidates.appositions import is_called_by, name_by_title
from crawler.parsers.events.candidates.brands import BrandFinder
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.carried_days import find_carried_days, find_day_below
from crawler.parsers.events.candidates.clause_dates import (
    carried_to,
    dates_of_events,
    dates_of_mention,
    day_of_entry,
)
from crawler.parsers.events.candidates.dated_lines import (
    are_lessons,
    find_dated_lines,
    find_line_titles,
)
from crawler.parsers.events.candidates.ellipses import EllipsisFinder
from crawler.parsers.events.candidates.entry_titles import find_entry_title, find_entry_towns
from crawler.parsers.events.candidates.headless import HeadlessFinder
from crawler.parsers.events.candidates.heads import HeadFinder
from crawler.parsers.events.candidates.likely_words import LikelyWords
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.candidates.quoted_names import quoted_names
from crawler.parsers.events.candidates.scoring import score_reasons
from crawler.parsers.events.candidates.verb_events import VerbEventFinder
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import CAPITAL, GENITIVE
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder
from crawler.parsers.events.page.date_mention import DateMention

_AT_ONCE = 14
"""Characters between words such as "during the" and the name."""
_ARTICLE = 40
"""Characters before a name among which its article is looked for."""
_THEME_OF = re.compile(
    rf"(?:[{CAPITAL}]\w+\s(?:{GENITIVE})|[a-z]\w+\sof(?:\s(?:the|its|our|an?))?)\s"
)
"""A noun for a theme and what leads to the event that has it."""
_NAME_BEHIND = re.compile(rf"\s[{CAPITAL}]")
"""Behind the first word of a name (Book Fair)."""


class CandidateFinder:
    """Finds candidates in the sentences of a page."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._clauses = ClauseFinder(vocabulary)
        self._heads = HeadFinder(vocabulary, self._clauses)
        self._brands = BrandFinder(vocabulary, self._clauses)
        self._verbs = VerbEventFinder(vocabulary, self._clauses)
        self._headless = HeadlessFinder(vocabulary, self._clauses)
        self._ellipses = EllipsisFinder(vocabulary, self._clauses)

    def find(self, page: AnnotatedPage) -> list[Candidate]:
        """All candidates with their scores, in the order of the page."""
        found: list[Candidate] = []
        bodies: set[str] = set()
        firms = {name for s in page.sentences for name in _quoted_firms(page, s)}
        towns, lines = find_entry_towns(page), find_dated_lines(page)
        lessons = are_lessons(page, lines)
        for sentence in page.sentences:
            if sentence.zone == "contact":
                continue
            masked = page.masked[sentence.part]
            heads = list(self._heads.find(page, sentence))
            closed = [c for c in heads if c.kind != "open"]
            merged = self._merge(page.masked[sentence.part], closed)
            merged = [self._with_title(page, c) for c in merged]
            here = self._add_edition(page, sentence, merged)
            brands = self._brands.find(page, sentence, here)
            here = sorted([*here, *brands], key=lambda c: c.name.start) if brands else here
            here = _drop_visitors([c for c in here if not _is_topic(masked, c)])
            here = [c for c in here if not self._is_of_publication(page, c)]
            if lessons and sentence.zone != "body" and sentence.cue("rows_of_lessons"):
                here = [c for c in here if not c.plural]
            here = [c for c in here if masked[slice(*_span(c))] not in firms]
            if page.draft.kind != "listing":  # a teaser's report is not what a list is about
                here += self._verbs.find(page, sentence, here)
                here = self._headless.add(page, sentence, here)
            here += self._ellipses.find(page, sentence, [*found, *here])
            here += find_entry_title(page, sentence, here, towns)
            here += find_announced(page, sentence, here, lambda s: self._has_heads(page, s))
            here = _mark_occasions(here)
            bodies.update(_quoted_bodies(page, sentence, heads))
            here += self._find_open(page, sentence, here, heads, bodies)
            titles = find_line_titles(page, sentence, here, lines, lessons=lessons)
            here += [
                c
                for c in titles
                if masked[slice(*_span(c))] not in bodies | firms
                and not any(is_called_by(masked, other, _span(c)) for other in here)
            ]
            carried = (
                find_carried_days(page, sentence)
                or day_of_entry(sentence)
                or find_day_below(page, sentence)
            )
            dates = dates_of_events(page, sentence) if here else []
            scored = (
                self._score(page, c, dates, carried_to(c, carried, found), here) for c in here
            )
            found += [c for c in scored if not _opens_list(c)]
        return self._drop_posts(page, found)

    def find_likely(
        self, page: AnnotatedPage, candidates: Sequence[Candidate], words: LikelyWords
    ) -> list[tuple[float, Candidate]]:
        """What may be an event by a word that the model finds likely, apart from `candidates`, with
        the log odds of each.
        """
        found: list[tuple[float, Candidate]] = []
        for odds, sentence, word in words.find(page, candidates):
            before = [c for _, c in found if c.sentence.index == sentence.index]
            beside = [c for c in candidates if c.sentence.index == sentence.index]
            head, name = word[1:], self._heads.grow(page, sentence, word[1:])
            taken = list(map(_span, (*beside, *before)))
            if any(start < head[1] and head[0] < end for start, end in taken):
                continue
            if any(start < name.end and name.start < end for start, end in taken):
                name = NounPhrase(*head)
            clause = self._clauses.find_around(
                page.masked[sentence.part], sentence, head[0], name.end
            )
            c = Candidate(sentence, name, head, word.text.casefold(), "open", clause)
            carried = find_carried_days(page, sentence) or day_of_entry(sentence) or []
            told = carried_to(c, carried, [*candidates, *(one for _, one in found)])
            dates = dates_of_events(page, sentence)
            found.append((odds, self._score(page, c, dates, told, [*beside, c])))
        return found

    def _with_title(self, page: AnnotatedPage, c: Candidate) -> Candidate:
        """A candidate by its title if it has one; what a relative clause says right behind the word
        that explains the title is then said of the event («Соль» – так называется вебинар,
        который …).
        """
        named = name_by_title(page, c)
        if named is c:
            return c
        masked = page.masked[c.sentence.part]
        clause = self._clauses.find_around(masked, c.sentence, c.head[0], c.name.end)
        return replace(named, clause=clause)

    def _has_heads(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
        """Whether a word of a sentence names an event by itself."""
        return any(c.kind != "open" for c in self._heads.find(page, sentence))

    def _add_edition(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: list[Candidate]
    ) -> list[Candidate]:
        """With the edition that stands apart from the name ("zum dritten Mal")."""
        if not here:
            return here
        masked = page.masked[sentence.part]
        for m in self._words.ordinal_phrases(masked, sentence.start, sentence.end):
            index = next(i for i in range(1, len(m.groups()) + 1) if m.group(i))
            value = self._words.ordinal(m.group(index).replace("․", "."))
            if value and not any(c.name.ordinal for c in here):
                first = here[0]
                return [
                    replace(
                        first, name=replace(first.name, ordinal=value, ordinal_span=m.span(index))
                    ),
                    *here[1:],
                ]
        return here

    def _merge(self, masked: str, found: list[Candidate]) -> list[Candidate]:
        """One candidate where the phrase of one swallows the head of the next."""
        kept: list[Candidate] = []
        for c in found:
            last = kept[-1] if kept else None
            if last is None or (c.head[0] >= last.name.end and c.name.start >= last.name.end):
                kept.append(c)
            elif last.kind == "body" and c.kind != "body" and self._invites_to(masked, c, last):
                end = c.name.start - 1
                kept[-1] = replace(
                    last, name=replace(last.name, end=min(last.name.end, end), tail=None)
                )
                kept.append(c)
            elif c.name.start < last.head[1] or c.head[0] < last.name.end:
                if c.name.start <= last.name.start and c.kind != "body":
                    kept[-1] = c
            else:
                joined = replace(
                    c.name,
                    start=min(last.name.start, c.name.start),
                    ordinal=last.name.ordinal or c.name.ordinal,
                )
                kept[-1] = replace(c, name=joined)
        return kept

    def _invites_to(self, masked: str, c: Candidate, body: Candidate) -> bool:
        """Whether "to a" stands between a body and a gathering (Der Arbeitskreis X lädt zu einem
        Seminar).
        """
        between = masked[body.head[1] : c.head[0]].casefold().split()
        return bool(self._words.invited_to & set(between))

    def _find_open(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        here: Sequence[Candidate],
        heads: Sequence[Candidate],
        bodies: Collection[str],
    ) -> list[Candidate]:
        """What may be an event by its head or its quotes alone, apart from the other candidates and
        the quoted names of `bodies`.
        """
        masked = page.masked[sentence.part]
        named = [
            c
            for c in heads
            if c.kind == "open"
            and not (c.is_bare and folded(c.word) in self._words.heads)
            and not page.grammar.is_house(c.word.rpartition(" ")[2], self._words)
        ]
        quoted = [
            Candidate(
                sentence,
                NounPhrase(m.start(1), m.end(1), left_words=tuple(m.group(1).split()[:-1])),
                m.span(1),
                m.group(1).casefold(),
                "open",
                self._clauses.find_around(masked, sentence, m.start(1)),
            )
            for m in quoted_names(masked, sentence.start, sentence.end)
            if m.group(1) not in bodies
            and not _is_quotation(sentence, m)
            and not page.grammar.quotes_house(masked, m.end(), self._words)
            and not any(is_called_by(masked, c, m.span(1)) for c in here)
        ]
        known = sentence.of("organisations", "strategies", "programmes", "persons")
        taken = [(c.name.start, c.name.end) for c in here] + [(m.start, m.end) for m in known]
        found: list[Candidate] = []
        for c in [*named, *quoted]:
            if all(end <= c.name.start or c.name.end <= start for start, end in taken):
                found.append(c)
                taken.append((c.name.start, c.name.end))
        return found

    def _tells_regular(self, page: AnnotatedPage, c: Candidate, cue: CueHit) -> bool:
        """Whether a word for next only says that a body meets regularly: without a verb of the
        future (кезектеги отурум өттү), in languages in which it says both.
        """
        words = page.masked[c.sentence.part][cue.start : cue.end].split()
        regular = any(map(self._words.name_drop.match, words)) and not page.grammar.is_taught
        return regular and not c.sentence.cue("will_take_place")

    def _is_of_publication(self, page: AnnotatedPage, c: Candidate) -> bool:
        """Whether it is the edition of a report or a book, which it is said of (the third edition
        of the atlas), or the last noun before it that may have one (The report is in its third
        edition). What is called by a book is none (the third edition of the Book Fair).
        """
        if c.word.split()[-1] not in self._words.edition_nouns:
            return False
        masked = page.masked[c.sentence.part]
        if not c.name.tail:
            before = masked[c.clause[0] : c.name.start].rpartition(",")[2]
            for word in reversed(self._words.words(before)):
                if self._words.publications.match(word.group()):
                    return True
                if self._words.head_of(word.group()) == "gathering":
                    return False
            return False
        tail = masked[slice(*c.name.tail)]
        if self._words.names_gathering(tail):
            return False
        named = [m for m in self._words.words(tail) if self._words.publications.match(m.group())]
        return any(not _NAME_BEHIND.match(tail, m.end()) for m in named)

    def _is_indefinite(self, masked: str, c: Candidate) -> bool:
        """Whether an indefinite article stands before it, a small word between them perhaps."""
        if c.name.determiner in self._words.indefinite:
            return True
        words = masked[max(c.sentence.start, c.name.start - _ARTICLE) : c.name.start].split()[-2:]
        article = [w for w in words if w.casefold() in self._words.indefinite]
        return bool(article) and (words[-1] in article or words[-1].islower())

    def _drop_posts(self, page: AnnotatedPage, found: list[Candidate]) -> list[Candidate]:
        """Without those that only tell somebody's post (Workshop Chair), where the page has another
        gathering.
        """
        if not page.grammar.has_noun_adjuncts:
            return found
        others = [c for c in found if not self._tells_post(page, c)]
        return others if any(c.kind == "gathering" for c in others) else found

    def _tells_post(self, page: AnnotatedPage, c: Candidate) -> bool:
        tail = page.masked[c.sentence.part][slice(*c.name.tail)] if c.name.tail else ""
        behind = self._words.words(tail)
        return bool(behind) and folded(behind[0].group()) in self._words.roles

    def _score(
        self,
        page: AnnotatedPage,
        c: Candidate,
        dates: Sequence[DateMention],
        carried: list[DateMention],
        here: Sequence[Candidate],
    ) -> Candidate:
        s = c.sentence
        inside, told = dates_of_mention(page, c, dates, carried, here)
        near = (c.name.start - 12, c.head[1])
        cues = [
            k
            for k in s.cue("next_event", "follow_up_of")
            if near[0] <= k.start < near[1]
            and c.kind != "verb"
            and not any(d.start <= k.start < d.end for d in (*s.dates, *carried))
            and not _tells_when_moved(c, k)
            and not self._tells_regular(page, c, k)
        ]
        answers = any(near[0] <= k.start < near[1] for k in s.cue("return_visits"))
        following = any(k.category == "next_event" for k in cues) or bool(answers and inside)
        previous = any(k.category == "follow_up_of" for k in cues)
        tail = page.masked[s.part][slice(*c.name.tail)] if c.name.tail else ""
        c = replace(
            c,
            next_cue=following,
            previous_cue=previous,
            indefinite=self._is_indefinite(page.masked[s.part], c),
            owned=c.name.determiner in self._words.possessives,
            dates=tuple(told),
            head_tail_words=tuple(w.group() for w in self._words.words(tail)),
        )
        reasons = score_reasons(page, c)
        return replace(c, score=round(sum(reasons.values()), 2), reasons=tuple(reasons))


def _span(c: Candidate) -> tuple[int, int]:
    """Where the name of a mention stands."""
    return c.name.start, c.name.end


def _quoted_firms(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[str]:
    """The quoted names of bodies behind a word that says what they are (компания «Тенгиз»)."""
    masked = page.masked[sentence.part]
    for body in sentence.of("organisations"):
        named = quoted_names(masked, body.start, body.end)
        yield from (m.group(1) for m in named if m.start() > body.start)


def _quoted_bodies(
    page: AnnotatedPage, sentence: AnnotatedSentence, heads: Sequence[Candidate]
) -> Iterator[str]:
    """The quoted names of bodies (des Klubs „Rhein“), which are no event's."""
    masked = page.masked[sentence.part]
    for body in sentence.of("organisations"):
        yield from (m.group(1) for m in quoted_names(masked, body.start, body.end))
    for c in heads:
        if c.kind == "body" and c.name.quote:
            yield masked[slice(*c.name.quote)]


def _is_quotation(sentence: AnnotatedSentence, quoted: re.Match[str]) -> bool:
    """Whether a headline is nothing but what somebody said."""
    return sentence.zone == "headline" and quoted.span() == (sentence.start, sentence.end)


def _is_container(c: Candidate) -> bool:
    return any(
        0 <= c.name.start - k.end <= _AT_ONCE
        if k.side != "left"
        else 0 <= k.start - c.name.end <= 1
        for k in c.sentence.cue("container")
    )


def _mark_occasions(here: list[Candidate]) -> list[Candidate]:
    """Marks what stands behind "during the", "im Rahmen der", or before аясында, where the sentence
    mentions another one.
    """
    around = [c for c in here if c.kind != "trip" and _is_container(c)]
    others = [c for c in here if c not in around and c.kind != "body"]
    return [replace(c, is_occasion=True) if others and c in around else c for c in here]


def _is_topic(masked: str, c: Candidate) -> bool:
    """What others talk about (to discuss joint training) is no event; what stands behind a phrase
    whose theme stands before it, is one (… мәселелеріне арналған | форум), and so is that whose
    theme it is, beside a day (das Motto | des Zinngipfels, der am 5. Mai …).
    """
    cues = (k for k in c.sentence.cue("theme") if k.side != "left")
    near = [k for k in cues if 0 <= c.name.start - k.end <= 12]
    if any(d.is_day for d in c.sentence.dates):
        near = [k for k in near if not _THEME_OF.fullmatch(masked, k.start, c.name.start)]
    return bool(near)


def _tells_when_moved(c: Candidate, cue: CueHit) -> bool:
    """An adverb that opens the sentence belongs to its verb (Earlier, the forum was moved)."""
    opens = cue.start == c.sentence.start and cue.end <= c.name.start
    return opens and bool(c.sentence.cue("moved"))


def _opens_list(c: Candidate) -> bool:
    """It only says that several follow (the following events, upcoming conferences in Perth). One
    may be named so (the next Tin Days).
    """
    dayless = "proper name" not in c.reasons and not any(d.is_day for d in c.dates)
    generic = "generic head" in c.reasons or dayless
    return c.plural and c.next_cue and generic and not c.name.ordinal


def _drop_visitors(here: list[Candidate]) -> list[Candidate]:
    """A delegation named behind a meeting in its clause is a party to it, not another event."""
    met = [c for c in here if c.kind in ("gathering", "weak")]
    return [
        c
        for c in here
        if c.kind != "trip" or not any(m.clause == c.clause and m.head[0] < c.head[0] for m in met)
    ]
