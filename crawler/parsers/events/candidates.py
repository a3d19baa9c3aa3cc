"""Finds what may be an event: heads grown to noun phrases, brands with a year, and verbs of travel.

Each candidate carries its features and a score; whether it is an event is decided once its mentions
are clustered (clusters.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from crawler.parsers.entities.forms import readings
from crawler.parsers.events.candidate import Candidate
from crawler.parsers.events.names import Name, NameGrower
from crawler.parsers.events.paper_dates import OPEN_KINDS, is_quoted, of_a_paper
from crawler.parsers.events.scene import Dated, Scene, SceneSentence
from crawler.parsers.events.told_by_verbs import VerbFinder
from crawler.parsers.events.vocabulary import EventVocabulary
from crawler.parsers.events.weighing import weigh

_MOST_HEADS = 40
"""Heads of one sentence that are looked at: no sentence that a person wrote has more."""
_EDITION_OF_BODY = 5
"""From this number on a plenary session is one of a body's (33rd), not a part of a programme (second)."""
_BRAND_YEAR = re.compile(
    r"(?<![\w-])((?:[A-Z][A-Z&+]{2,}[\w-]*)(?:[ -](?:[A-Z][\w&-]*|&))*)[ -]((?:19|20)\d\d)(?![\w/]|[․.]\d)"
)
"""A name that opens with capitals, and a year (STEPPE Mining Days 2031, ERZ-2031)."""
_AT_ONCE = 14
"""Characters between words such as "during the" and the name."""
_YEAR_BEHIND = re.compile(r"[ -](?:19|20)\d\d")
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d\Z")


class CandidateFinder:
    """Finds candidates in the sentences of a scene."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._grower = NameGrower(vocabulary)
        self._verbs = VerbFinder(vocabulary, self.clause)

    def find(self, scene: Scene) -> list[Candidate]:
        """All candidates with their scores, in the order of the page."""
        found: list[Candidate] = []
        for sentence in scene.sentences:
            if sentence.zone == "contact":
                continue
            merged = self._merged(scene.masked[sentence.part], list(self._heads(scene, sentence)))
            here = self._numbered(scene, sentence, merged)
            here += self._brands(scene, sentence, here)
            here = _without_visitors([c for c in here if not _is_topic(c)])
            here += self._verbs.find(scene, sentence, here)
            here = _with_occasions(here)
            carried = self._same_day(scene, sentence)
            found += [self._scored(scene, c, carried) for c in here]
        return found

    def _same_day(self, scene: Scene, sentence: SceneSentence) -> list[Dated]:
        """The day told before, where a sentence says "on the same day"."""
        if not sentence.cue("same_day") or sentence.dates:
            return []
        for earlier in reversed(scene.sentences[max(0, sentence.index - 3) : sentence.index]):
            days = [d for d in earlier.dates if _DAY.search(d.first)]
            if days:
                return days[-1:]
        return []

    def _heads(self, scene: Scene, sentence: SceneSentence) -> Iterator[Candidate]:
        masked = scene.masked[sentence.part]
        words = self._words.words(masked[sentence.start : sentence.end])
        offset = sentence.start
        taken, heads = -1, 0
        barriers = self._barriers(masked, sentence)
        for i, word in enumerate(words):
            if word.start() + offset < taken or word.start() + offset < sentence.dateline_end:
                continue
            kind, last = self._kind_at(words, i)
            if kind is None:
                continue
            head = (word.start() + offset, words[last].end() + offset)
            taken = head[1]
            heads += 1
            if heads > _MOST_HEADS:
                return
            if kind == "none" or self._hidden(scene, sentence, head):
                continue
            if self._of_people(words, last, masked, offset):
                continue
            name = self._grower.grow(masked, (sentence.start, sentence.end), head, barriers)
            name = self._with_owner(masked, sentence, head, name, barriers)
            if kind == "part" and (name.ordinal or 0) < _EDITION_OF_BODY:
                continue
            if kind == "day" and not (name.ordinal or name.year):
                continue
            kind = "gathering" if kind in ("part", "day") else kind
            yield Candidate(
                sentence, name, head, masked[head[0] : head[1]].casefold(), kind,
                self.clause(masked, sentence, head[0], _own_end(name)), plural=self._plural(words[last].group(), kind),
            )  # fmt: skip

    def _of_people(self, words: list[re.Match[str]], last: int, masked: str, offset: int) -> bool:
        """English: the event is only named to say who they are (the meeting participants)."""
        if self._words.lang != "en" or last + 1 >= len(words):
            return False
        gap = masked[words[last].end() + offset : words[last + 1].start() + offset]
        return gap == " " and bool(self._words.count_nouns.match(words[last + 1].group()))

    def _with_owner(
        self,
        masked: str,
        sentence: SceneSentence,
        head: tuple[int, int],
        name: Name,
        barriers: list[tuple[int, int]],
    ) -> Name:
        """English: the body in front of a bare head is part of the name (91st Association of X Convention)."""
        if self._words.lang != "en" or name.start < head[0]:
            return name
        owner = next(
            (o for o in sentence.of("organisations") if masked[o.end : head[0]] == " "), None
        )
        if owner is None:
            return name
        bounds = (sentence.start, sentence.end)
        return self._grower.grow(masked, bounds, (owner.start, head[1]), barriers)

    def _numbered(
        self, scene: Scene, sentence: SceneSentence, here: list[Candidate]
    ) -> list[Candidate]:
        """With the edition that stands apart from the name ("zum dritten Mal")."""
        if not here:
            return here
        masked = scene.masked[sentence.part]
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

    def _kind_at(self, words: list[re.Match[str]], i: int) -> tuple[str | None, int]:
        """Kind of the longest head that starts at word `i`, and the index of its last word."""
        first = _folded(words[i].group())
        for length in self._words.head_lengths.get(first, ()):
            last = i + length - 1
            if last >= len(words):
                continue
            phrase = _folded(" ".join(w.group() for w in words[i : last + 1]))
            kind = self._words.heads.get(phrase)
            if kind:
                return kind, last
        return self._words.head_of(words[i].group()), i

    def _plural(self, word: str, kind: str) -> bool:
        """Several of them; talks and negotiations are one thing in the plural."""
        low = word.casefold()
        if kind == "weak":
            return False
        if self._words.lang == "en":
            return word.casefold().endswith("s") and kind == "gathering" and low != "congress"
        if self._words.lang == "de":
            return word.endswith(
                ("ungen", "nzen", "shops", "inare", "foren", "esse", "reisen", "messen")
            )
        numbers = {r.tag.number for r in readings(word.casefold()) if r.tag.POS == "NOUN"}
        return numbers == {"plur"}

    def _barriers(self, masked: str, sentence: SceneSentence) -> list[tuple[int, int]]:
        spans = [
            (d.start, d.end)
            for d in sentence.dates
            if (not re.fullmatch(r"\d{4}", d.first) or d.end - d.start > 4)
            and (d.kind != "relative" or not is_quoted(masked, sentence.start, d.start))
        ]
        spans += [(c.start, c.end) for c in sentence.cue("theme", "same_day")]
        spans += [(m.start, m.end) for m in sentence.of("persons")]
        phrases = self._words.ordinal_phrases(masked, sentence.start, sentence.end)
        spans += [m.span() for m in phrases]
        spans += [(c.end - 2, c.end) for c in sentence.cue("organiser") if c.side == "right"]
        return spans

    def _hidden(self, scene: Scene, sentence: SceneSentence, head: tuple[int, int]) -> bool:
        """Inside the name of an organisation or a strategy, or amid a quoted title."""
        if self._venue(scene, sentence, head):
            return True
        before = scene.texts[sentence.part][sentence.start : head[0]]
        closes = scene.texts[sentence.part][head[1] : head[1] + 1] in set("“”»")
        if before.count("«") > before.count("»") and not before.endswith("«") and not closes:
            return True
        if before.count("„") > before.count("“") and not before.endswith("„") and not closes:
            return True
        return any(
            m.start <= head[0] and head[1] <= m.end and m.end - m.start > head[1] - head[0]
            for m in sentence.of("organisations", "strategies", "programmes", "persons")
        )

    def _venue(self, scene: Scene, sentence: SceneSentence, head: tuple[int, int]) -> bool:
        """A house that is called by what it is for: Exhibition Hall, at the Town-EXPO."""
        masked = scene.masked[sentence.part]
        behind = self._words.words(masked[head[1] : min(sentence.end, head[1] + 24)])
        if (
            behind
            and behind[0].group() in self._words.venue_behind
            and not masked[head[1] : head[1] + behind[0].start()].strip()
        ):
            return True
        word = masked[head[0] : head[1]]
        before = masked[sentence.start : head[0]].split()[-2:]
        brand = "-" in word and word.rpartition("-")[2].isupper()
        return brand and any(w.casefold() in self._words.place_prepositions for w in before)

    def clause(
        self, masked: str, sentence: SceneSentence, at: int, name_end: int = -1
    ) -> tuple[int, int]:
        """The clause of a sentence that holds `at`: between commas with an opener, dashes, semicolons.

        A relative clause right behind the name that ends at `name_end` belongs to it.
        """
        start, end = sentence.start, sentence.end
        verbs = {
            c.start for c in sentence.cue("takes_place", "will_take_place", "travel", "receive")
        }
        subordinate = False
        for m in re.finditer(r"[,;–—]\s*(\w+)?", masked[sentence.start : sentence.end]):
            mark, word = m.group()[0], (m.group(1) or "").casefold()
            position = sentence.start + m.start()
            if mark == "," and position == name_end and word in self._words.relatives:
                continue
            opens = word in self._words.clause_openers
            closes = subordinate and sentence.start + m.start(1) in verbs
            if mark == "," and not (opens or closes or self._coordinates(sentence, word, position)):
                continue
            subordinate = opens
            if position < at:
                start = position
            else:
                end = min(end, position)
        return start, end

    def _coordinates(self, sentence: SceneSentence, word: str, at: int) -> bool:
        """ ", and" between two clauses that each have their date."""
        dates = [d.start < at for d in sentence.dates]
        return word in self._words.coordinators and len(set(dates)) == 2

    def _merged(self, masked: str, found: list[Candidate]) -> list[Candidate]:
        """One candidate where the phrase of one swallows the head of the next."""
        kept: list[Candidate] = []
        for c in found:
            last = kept[-1] if kept else None
            if last is None or (c.head[0] >= last.name.end and c.name.start >= last.name.end):
                kept.append(c)
            elif last.kind == "body" and c.kind != "body" and self._invited(masked, c, last):
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

    def _invited(self, masked: str, c: Candidate, body: Candidate) -> bool:
        """Whether "to a" stands between a body and a gathering (Der Arbeitskreis X lädt zu einem Seminar)."""
        between = masked[body.head[1] : c.head[0]].casefold().split()
        return bool(self._words.invited_to & set(between))

    def _brands(
        self, scene: Scene, sentence: SceneSentence, here: list[Candidate]
    ) -> list[Candidate]:
        """Brands with a year that no candidate covers, where something is said to take place."""
        found = []
        masked = scene.masked[sentence.part]
        if not _YEAR_BEHIND.search(masked, sentence.start, sentence.end):
            return []  # several times as fast
        for m in _BRAND_YEAR.finditer(masked, sentence.start, sentence.end):
            covered = any(c.name.start <= m.start() and m.end() <= c.name.end for c in here)
            known = any(
                k.start <= m.start() < k.end
                for k in sentence.of("strategies", "programmes", "persons", "countries")
            )
            if covered or known:
                continue
            name = Name(m.start(), m.end(), year=m.group(2))
            found.append(
                Candidate(
                    sentence,
                    name,
                    m.span(1),
                    m.group(1).casefold(),
                    "brand",
                    self.clause(masked, sentence, m.start()),
                )
            )
        return found

    def _scored(self, scene: Scene, c: Candidate, carried: list[Dated]) -> Candidate:
        s = c.sentence
        inside = [
            d
            for d in s.dates
            if c.clause[0] <= d.start < c.clause[1]
            and d.start >= s.dateline_end
            and d.kind not in OPEN_KINDS
            and not of_a_paper(scene, s, d)
        ]
        near = (c.name.start - 12, c.head[1])
        cues = [
            k
            for k in s.cue("next_event", "follow_up_of")
            if near[0] <= k.start < near[1]
            and c.kind != "verb"
            and not any(d.start <= k.start < d.end for d in s.dates)
        ]
        following = any(k.category == "next_event" for k in cues)
        previous = any(k.category == "follow_up_of" for k in cues)
        tail = scene.masked[s.part][slice(*c.name.tail)] if c.name.tail else ""
        c = replace(
            c, next_cue=following, previous_cue=previous, dates=tuple(inside or carried),
            head_tail_words=tuple(w.group() for w in self._words.words(tail)),
        )  # fmt: skip
        reasons = weigh(scene, c)
        return replace(c, score=round(sum(reasons.values()), 2), reasons=tuple(reasons))


def _own_end(name: Name) -> int:
    """End of a name that says more than "the meeting"; -1 for one that doesn't."""
    return name.end if name.left_words or name.tail or name.ordinal else -1


def _with_occasions(here: list[Candidate]) -> list[Candidate]:
    """Marks what stands behind "during the", "im Rahmen der", where the sentence tells of another one."""
    around = [
        c
        for c in here
        if c.kind != "trip"
        and any(0 <= c.name.start - k.end <= _AT_ONCE for k in c.sentence.cue("container"))
    ]
    others = [c for c in here if c not in around and c.kind != "body"]
    return [replace(c, around=True) if others and c in around else c for c in here]


@lru_cache(maxsize=20_000)
def _folded(words: str) -> str:
    return words.casefold().replace("ё", "е")


def _is_topic(c: Candidate) -> bool:
    """What others talk about (to discuss joint training) is no event."""
    return any(0 <= c.name.start - k.end <= 12 for k in c.sentence.cue("theme"))


def _without_visitors(here: list[Candidate]) -> list[Candidate]:
    """A delegation named behind a meeting in its clause is a party to it, not another event."""
    met = [c for c in here if c.kind in ("gathering", "weak")]
    return [
        c
        for c in here
        if c.kind != "trip" or not any(m.clause == c.clause and m.head[0] < c.head[0] for m in met)
    ]
