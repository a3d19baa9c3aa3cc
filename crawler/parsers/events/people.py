"""Persons of an event with post and employer, read from the phrase around the name.

A post stands before the name (Botschafterin A), behind it (A, Leiter der B), or in brackets; a plural
post goes on to the names joined by "and". Titles are no part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.parsers.events.evidence import Found
from crawler.parsers.events.scene import Scene, SceneSentence
from crawler.parsers.events.vocabulary import EventVocabulary
from indexer.document import Mention, Person

_WORD = re.compile(r"[\w’'․]+(?:[-‑]\w+)*")
_ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:e|en|er|es|em|ый|ий|ой|ая|яя|ого|его|ому|ему|ым|им|ую|ые|ых|ыми)\Z"
)
_COMPOUND = re.compile(r"([A-ZÄÖÜ]\w*(?:-[A-ZÄÖÜ]\w*)*)-\w+\Z")
_NO_EMPLOYER = frozenset(
    {"under", "unter", "vize", "co", "ex", "alt", "general", "chef", "vice", "haupt", "honorar"}
)
_APPOSITION = re.compile(r"\s*(?P<mark>,|\(|–|—|-(?=\s))\s*")
_OF = re.compile(
    r"\s+(?:of|from|at|von|vom|aus|der|des|из|от)\s+(?:the\s+|der\s+|dem\s+)?\Z", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:\([^)]*\))?\s*(?:,|und|and|и|sowie|&|as well as|а также)\s*\Z")
_TITLES = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Hon|H․E|S․E|I․E|Ing|Dipl|Mag)[․.-]*\s*|(?:Mr|Mrs|Ms|Sir|Herr|Herrn|Frau|Dr|Prof|Professor(?:in)?(?=\s+Dr)|(?:Seine|Ihre|Seiner|Ihrer) Exzellenz|(?:His|Her) Excellency)\s+"
    r"|(?:(?:доктор|кандидат)\w*\s[\w-]+\sнаук|профессор\w*,|академик\w*,|г-н\w*|г-ж\w*|господин\w*|госпож\w*|д-р)\s+)+\Z"
)
_LEAD = re.compile(r"(?:[\s,–—-]|\b(?:as|the|a|der|die|das|dem|den|ein|eine|zugleich|als)\b)*")
_COMMA_TITLE = re.compile(
    r",\s*(?:Herr|Herrn|Frau|Dr|Prof|Dipl|Mr|Mrs|Ms|S․E|I․E|H․E|His|Her|господин\w*|госпож\w*)\b[\s․\w.-]*\Z"
)
_BRACKETED_ACRONYM = re.compile(r"\([A-ZÄÖÜА-ЯЁ][\w․.-]{1,11}\)")
_ENUMERATED = re.compile(r",(?=(?:\s[а-яё-]+){1,4}(?:,(?:\s[а-яё-]+){1,4}){0,4}\sи\s[а-яё])")
"""Commas in the remit of a post: министр экологии, геологии и природных ресурсов."""
_CLOSING = frozenset(",.;)")
_ONLY_ARTICLE = re.compile(r"[\s,]*(?:(?:der|die|dem|den|the|a|zugleich|as)\s+)?\Z")
_ACRONYM_OF = re.compile(
    r"\s(?:des|der|vom|von|beim|bei|of|at|of the|at the)\s((?!(?:USA?|UK|EU|UN)\b)[A-ZÄÖÜ]{2,6}(?:-[A-ZÄÖÜ]{2,4})?)\b"
)
_EDGE = re.compile(
    r"(?:[\s,(]|\b(?:of|at|for|from|the|der|des|von|vom|im|in|bei|beim|am|zur|dem|den|die|für|в|во|на|по|и|und|and)\b)+\Z"
)
_ARTICLES = frozenset({"der", "die", "das", "dem", "den", "des", "ein", "eine", "zugleich"})
_PUBLIC_POSTS = frozenset(
    {
        "minister", "deputy_minister", "prime_minister", "deputy_prime_minister", "ambassador",
        "state_secretary", "secretary_of_state", "counsellor", "governor", "mayor", "commissioner",
        "member_of_parliament", "chancellor", "consul", "envoy",
    }
)  # fmt: skip
_BEHIND_OF = re.compile(
    r"\s+(?:of|at|der|des|von|bei|beim)\s+(?:the\s+)?([A-ZÄÖÜ][\w&’'-]*(?:\s(?:of\s|and\s|für\s|und\s|&\s)?[A-ZÄÖÜ][\w&’'-]*)*)"
)
_CAPITALS = r"([A-ZÄÖÜ][\w&’'-]*(?:\s(?:of\s|and\s|für\s|und\s|&\s)?[A-ZÄÖÜ][\w&’'-]*)*)"
_PRETERITE = re.compile(r"[a-zäöüß]+te(?:n|t)?\Z")
_SHORTEST_LAST_PART = 4
"""Letters of a post that may end a German compound (-chef, -rat)."""
_MAX_BETWEEN = 180
_MAX_APPOSITION = 160
_CONJOINED = re.compile(r"\s(?:und|and|и|sowie)\s*\Z")
_PLURAL = re.compile(r"(?:innen|enden|er|s|ы|и|ов|ей|ам|ами|ями)\Z")


@dataclass(frozen=True, slots=True)
class EventPerson:
    """A person with the evidence of name, post and employer."""

    name: Found[str]
    norm: str | None = None
    role: Found[str] | None = None
    organisation: Found[str] | None = None
    plural_role: bool = False

    def person(self) -> Person:
        """The record."""
        return Person(
            self.name.value,
            self.role.value if self.role else None,
            self.organisation.value if self.organisation else None,
            self.norm if self.norm and self.norm != self.name.value else None,
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Where a post is read: from its first word to the end of what belongs to it."""

    start: int
    end: int
    head_end: int
    """End of the word that names the post."""
    side: str
    """left, right or bracket."""


class PeopleReader:
    """Reads persons in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._lang = vocabulary.lang
        words = [*vocabulary.phrases("role_words")]
        forms = {f.replace("ё", "е") for w in words for f in vocabulary.forms(w)}
        self._roles = frozenset(forms | {k for k in vocabulary.roles if k.strip()})
        self._suffixes = tuple(
            r for r in self._roles if len(r) >= _SHORTEST_LAST_PART and " " not in r
        )
        self._public = tuple(w for w, post in vocabulary.roles.items() if post in _PUBLIC_POSTS)
        self._links = vocabulary.word_set("role_links")
        self._modifiers = vocabulary.word_set("role_modifiers")
        self._represents = re.compile(
            rf"\s*[(,]?\s*(?:{'|'.join(map(re.escape, vocabulary.phrases('employer_links'))) or r'(?!)'})\w*\s+(?:the\s+|die\s+|das\s+|den\s+)?"
        )
        senders = "|".join(map(re.escape, vocabulary.phrases("employer_prepositions")))
        self._sent_by = re.compile(rf"\s(?:{senders or '(?!)'})\s{_CAPITALS}")
        honours = "|".join(
            re.escape(w.replace(".", "․")) for w in vocabulary.phrases("named_after")
        )
        self._named_after = re.compile(rf"(?<!\w)(?:{honours or '(?!)'})\s?\Z")
        self._and = vocabulary.word_set("name_joiners")
        self._copulas = vocabulary.word_set("role_copulas")
        self._stops = vocabulary.word_set("phrase_stops")
        self._known: dict[str, bool] = {}

    def read(
        self,
        scene: Scene,
        sentences: Iterable[SceneSentence],
        clause: tuple[int, int] | None = None,
    ) -> list[EventPerson]:
        """Everyone named in these sentences (in `clause` only, where given), each once."""
        people: list[EventPerson] = []
        for sentence in sentences:
            previous: EventPerson | None = None
            mentions = sentence.of("persons")
            for i, mention in enumerate(mentions):
                if self._named_after.search(scene.masked[sentence.part], 0, mention.start):
                    continue
                if clause and not clause[0] <= mention.start < clause[1]:
                    continue
                floor = mentions[i - 1].end if i else sentence.start
                ceiling = mentions[i + 1].start if i + 1 < len(mentions) else sentence.end
                person = self._person(scene, sentence, mention, floor, ceiling)
                previous = _inherited(scene, person, previous)
                people.append(previous)
        return joined(people)

    def is_role(self, word: str) -> bool:
        """Whether a word names a post (also as the last part of a German compound)."""
        known = self._known.get(word)
        if known is None:
            low = word.casefold().replace("ё", "е").rpartition("-")[2]
            if self._lang == "ru" and low.startswith("зам") and low not in self._roles:
                low = low.removeprefix("зам")
            if self._lang == "de":
                known = word[:1].isupper() and self._is_german_role(low)
            else:
                known = low in self._roles or word.casefold() in self._roles
            if len(self._known) < 20_000:
                self._known[word] = known
        return known

    def _is_german_role(self, low: str) -> bool:
        """Compounds and the feminine (Referatsleiterin) count as the noun that they are made of."""
        stem = low.removesuffix("nen").removesuffix("in") if low.endswith(("in", "innen")) else low
        stem = stem[:-2] + "at" if stem.endswith("rät") else stem
        return (
            low in self._roles
            or stem in self._roles
            or stem.endswith(self._suffixes)
            or low.endswith(self._suffixes)
        )

    def _person(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, floor: int, ceiling: int
    ) -> EventPerson:
        name = Found(
            mention.surface,
            mention.part,
            mention.start,
            mention.end,
            "people.name",
            mention.confidence,
        )
        person = EventPerson(name, str(mention.value) if mention.value else None)
        masked = scene.masked[sentence.part]
        left = self._left(masked, sentence, mention.start, floor)
        verbs = [c.start for c in sentence.cue("travel", "receive") if c.start > mention.end]
        titles = _TITLES.search(masked, mention.end, ceiling)
        right = self._right(
            masked, mention.end, min([titles.start() if titles else ceiling, *verbs])
        )
        adjacent = left is not None and (
            left.end < mention.start - 1 or not _WORD.search(masked[left.head_end : mention.start])
        )
        if left and self._of_previous(masked, sentence, left, mention.start, floor):
            left, adjacent = None, False
        if left is None:
            left = self._before_comma(masked, sentence, mention, floor)
            adjacent = left is not None
        of_next = right is not None and self._of_next(masked, sentence, ceiling, right)
        ours = left is not None and self._lang == "ru"
        if right and right.side != "bracket" and (ours or of_next):
            right = None
        phrase = left if adjacent or right is None else right
        if phrase is not None:
            person = self._with_post(scene, sentence, person, phrase)
        if person.organisation is None:
            employer = self._employer(scene, sentence, mention, ceiling)
            person = replace(person, organisation=employer)
        return person

    def _of_previous(
        self, masked: str, sentence: SceneSentence, left: _Phrase, at: int, floor: int
    ) -> bool:
        """Whether a post is an apposition to the name before: A, Botschafter von X, und B."""
        follows = floor > sentence.start and masked[floor : floor + 1] in ",("
        if not follows or not _ONLY_ARTICLE.match(masked[floor : left.start]):
            return False
        titles = _TITLES.search(masked, left.head_end, at)
        between = masked[left.head_end : titles.start() if titles else at]
        return bool(_CONJOINED.search(between))

    def _before_comma(
        self, masked: str, sentence: SceneSentence, mention: Mention, floor: int
    ) -> _Phrase | None:
        """The post of `der Minister für Energie, A, …`, unless it is told of the person before."""
        closed = masked[mention.end : mention.end + 1] in _CLOSING
        titled = _COMMA_TITLE.search(masked, max(floor, mention.start - 40), mention.start)
        if not closed and not titled:
            return None
        left = self._left(masked, sentence, mention.start, floor, before_comma=True)
        if left is None:
            return None
        follows_another = floor > sentence.start and masked[floor : floor + 1] in ",("
        if follows_another and _ONLY_ARTICLE.match(masked[floor : left.start]):
            return None
        return left

    def _of_next(self, masked: str, sentence: SceneSentence, ceiling: int, right: _Phrase) -> bool:
        """Whether what stands behind a name is the post of the next one (президент A Б, глава В Г)."""
        if right.side == "bracket" or ceiling >= sentence.end or right.end < ceiling - 2:
            return False
        own = self._left(masked, sentence, ceiling, right.start)
        return own is not None

    def _left(
        self,
        masked: str,
        sentence: SceneSentence,
        at: int,
        floor: int,
        *,
        before_comma: bool = False,
    ) -> _Phrase | None:
        """The post before a name, with the words that belong to it; `before_comma`: post, name, …"""
        floor = max(floor, at - _MAX_BETWEEN)
        titles = _TITLES.search(masked, floor, at)
        end = titles.start() if titles else at
        if titles and self._lang == "ru" and not before_comma:
            end = floor + len(masked[floor:end].rstrip(" ,"))
        if before_comma:
            comma = re.compile(r",\s*\Z").search(masked, floor, end)
            if comma is None:
                return None
            end = comma.start()
        words = list(_WORD.finditer(masked, floor, end))
        nearest = next(
            (i for i in range(len(words) - 1, -1, -1) if self.is_role(words[i].group())), None
        )
        if nearest is None:
            return None
        behind = words[nearest + 1 :]
        told = len(behind) == 1 and behind[0].group().casefold() in self._copulas
        if not told and not self._belongs(
            masked, behind, words[nearest].end(), end, loose=before_comma
        ):
            return None
        first = self._outer(words, nearest)
        while first and self._goes_with(masked, words[first - 1], words[first]):
            first -= 1
        if self._joins_posts(words, first):
            first -= 2
            while first and self._goes_with(masked, words[first - 1], words[first]):
                first -= 1
        if self._joins_remits(words, first, nearest):
            first -= 2
            while first and self._goes_with(masked, words[first - 1], words[first]):
                first -= 1
        reach = words[nearest].end() if told else end
        return _Phrase(words[first].start(), reach, words[nearest].end(), "left")

    def _joins_posts(self, words: Sequence[re.Match[str]], first: int) -> bool:
        """ "President and CEO": one person of two posts in the singular."""
        if first < 2 or words[first - 1].group().casefold() not in self._and:
            return False
        before = words[first - 2].group()
        return self.is_role(before) and not _PLURAL.search(before.removesuffix("er"))

    def _joins_remits(self, words: Sequence[re.Match[str]], first: int, nearest: int) -> bool:
        """ "Mines and Energy minister": an English office of two remits."""
        if self._lang != "en" or first < 2 or first == nearest:
            return False
        joint, before = words[first - 1].group(), words[first - 2].group()
        minister = words[nearest].group().casefold() in ("minister", "secretary", "commissioner")
        return (
            minister and joint in ("and", "&") and before[0].isupper() and not self.is_role(before)
        )

    def _outer(self, words: Sequence[re.Match[str]], nearest: int) -> int:
        """ "Chairman of the Cabinet of Ministers": the first post of an English chain of "of"."""
        if self._lang != "en" or nearest == 0 or words[nearest - 1].group() != "of":
            return nearest
        outer = nearest
        for i in range(nearest - 1, -1, -1):
            text = words[i].group()
            if self.is_role(text):
                outer = i
            elif text not in ("of", "the", "and", "for") and not text[0].isupper():
                break
        return outer

    def _belongs(
        self, masked: str, words: Sequence[re.Match[str]], start: int, end: int, *, loose: bool
    ) -> bool:
        """Whether all between a post and a name is the remit of the post (für Industrie und …).

        `loose`: before a comma English nouns in small letters are part of it, too.
        """
        between = _BRACKETED_ACRONYM.sub("", masked[start:end])
        if self._lang == "ru":
            between = _ENUMERATED.sub("", between)
        if re.search(r"[,;:()–—]", between):
            return False
        if self._lang == "en" and words and words[0].group() not in self._links:
            return False
        return all(
            w.group() in self._links
            or w.group()[0].isupper()
            or (_ADJECTIVE.match(w.group()) and not _PRETERITE.match(w.group()))
            or self._lang == "ru"
            or (loose and self._lang == "en" and w.group() not in self._stops)
            for w in words
        ) and len(words) <= (16 if self._lang == "ru" else 14)

    def _goes_with(self, masked: str, word: re.Match[str], next_word: re.Match[str]) -> bool:
        """Whether the word before a post belongs to it (stellvertretender, Regional, первый)."""
        if masked[word.end() : next_word.start()].strip():
            return False
        text = word.group()
        low = text.casefold()
        if self.is_role(text) or low in self._modifiers:
            return True
        if self._lang == "en":
            named = text[0].isupper() and low not in self._links
            return named and (next_word.group()[0].isupper() or low not in self._stops)
        if self._lang == "de":
            return (
                bool(_ADJECTIVE.match(text))
                and len(text) > 5
                and low not in self._links
                and low.startswith(
                    (
                        "stellv",
                        "erst",
                        "parlament",
                        "geschäftsf",
                        "leitend",
                        "ständig",
                        "zuständig",
                        "amtier",
                        "neu",
                        "wissensch",
                        "kaufm",
                        "techn",
                        "ehem",
                    )
                )
            )
        return bool(_ADJECTIVE.match(text)) and not text[0].isdigit()

    def _right(self, masked: str, at: int, ceiling: int) -> _Phrase | None:
        """The post behind a name: after a comma or dash, or in brackets."""
        mark = _APPOSITION.match(masked, at, ceiling)
        if mark is None:
            return None
        bracket = mark.group("mark") == "("
        stop = re.compile(
            r"\)"
            if bracket
            else r"[;.)(]|,(?=\s(?:and|und|sowie|и)\s(?:by|from|with|vom|von|der|die|den|dem|the)\b)|,(?=\s(?!and\s|и\s|und\s[A-Z]|[A-Z][\w ]{2,40}\sand\s[A-Z]))|\s(?:–|—)\s|$"
        )
        limit = min(ceiling, mark.end() + _MAX_APPOSITION)
        found = stop.search(masked, mark.end(), limit)
        end = found.start() if found else limit
        words = list(_WORD.finditer(masked, mark.end(), end))
        head = next((i for i, w in enumerate(words[:6]) if self.is_role(w.group())), None)
        if head is None or not all(self._before_post(w.group()) for w in words[:head]):
            return None
        if self._of_several(words[head].group()) and not bracket:
            return None
        last = head
        while last + 1 < len(words) and self.is_role(words[last + 1].group()):
            last += 1
        reaches_next = end == ceiling and not _WORD.search(masked[words[last].end() : ceiling])
        if reaches_next and ceiling < len(masked) and masked[ceiling].isupper() and not bracket:
            return None
        end = self._end_of_apposition(masked, words[last + 1 :], words[last].end(), end)
        return _Phrase(mark.end(), end, words[last].end(), "bracket" if bracket else "right")

    def _of_several(self, word: str) -> bool:
        """A post in the plural behind one name tells of others (A, руководители предприятий)."""
        if self._lang == "ru":
            return word.endswith(("и", "ы"))
        return self._lang == "en" and word.endswith("s") and self.is_role(word[:-1])

    def _before_post(self, text: str) -> bool:
        """What may stand in an apposition before the post: article, adjective, name, no verb."""
        low = text.casefold()
        if low in self._modifiers or not text[0].islower() or self.is_role(text):
            return True
        if self._lang == "en":
            return not low.endswith(("ed", "id", "ing")) or low in ("managing", "acting", "retired")
        return low in _ARTICLES or bool(_ADJECTIVE.match(text) and not _PRETERITE.match(text))

    def _end_of_apposition(
        self, masked: str, words: Sequence[re.Match[str]], at: int, end: int
    ) -> int:
        """An apposition ends before the first word that is neither capital, link nor adjective."""
        if self._lang == "ru":
            return end
        quoted = False
        for word in words:
            gap = masked[at : word.start()]
            quoted ^= sum(gap.count(q) for q in '„“”"') % 2 == 1
            text = word.group()
            fits = (
                text in self._links
                or not text[0].islower()
                or (self._lang == "de" and _ADJECTIVE.match(text))
            )
            if not fits and not quoted and self._lang == "de":
                return at
            if (
                not fits
                and not quoted
                and len(text) > 3
                and text.endswith(("ed", "s")) is True
                and self._lang == "en"
            ):
                return at
            at = word.end()
        return end

    def _with_post(
        self, scene: Scene, sentence: SceneSentence, person: EventPerson, phrase: _Phrase
    ) -> EventPerson:
        part = sentence.part
        start, end = phrase.start, phrase.end
        employer = self._employer_in(scene, sentence, phrase)
        if employer and employer.start >= phrase.head_end:
            end = min(end, employer.start)
        elif (
            employer
            and start <= employer.start < phrase.head_end
            and employer.end < phrase.head_end
        ):
            start = max(start, employer.end)
        text = scene.cut(part, start, end)
        trimmed = _EDGE.sub("", text)
        opening = _LEAD.match(text)
        lead = opening.end() if opening else 0
        start, end = start + lead, start + len(trimmed)
        role = None
        if end > start:
            role = Found(
                scene.cut(part, start, end), part, start, end, f"people.post-{phrase.side}", 0.8
            )
        head = scene.masked[part][phrase.start : phrase.head_end]
        return replace(
            person,
            role=role,
            organisation=employer,
            plural_role=phrase.side == "left" and bool(_PLURAL.search(head)),
        )

    def _employer_in(
        self, scene: Scene, sentence: SceneSentence, phrase: _Phrase
    ) -> Found[str] | None:
        """The organisation named with a post: in its phrase, or the first part of its compound."""
        for m in sentence.of("organisations"):
            if phrase.start <= m.start < phrase.end and (
                m.start >= phrase.head_end or m.end < phrase.head_end
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer", 0.8)
            if (
                phrase.side == "right"
                and 0 <= m.start - phrase.end <= 6
                and "," in scene.masked[m.part][phrase.end : m.start]
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer-after-comma", 0.65)
            if 0 <= phrase.start - m.end <= 1 and self._lang == "en":
                return Found(m.surface, m.part, m.start, m.end, "people.employer-before", 0.75)
        head = re.search(r"\S+\Z", scene.masked[sentence.part][phrase.start : phrase.head_end])
        behind = self._unknown_employer(scene, sentence, phrase)
        if behind:
            return behind
        compound = _COMPOUND.match(head.group()) if head else None
        if head and compound and compound.group(1).casefold() not in _NO_EMPLOYER:
            at = phrase.start + head.start()
            end = at + len(compound.group(1))
            return Found(
                scene.cut(sentence.part, at, end), sentence.part, at, end, "people.compound", 0.7
            )
        return None

    def _unknown_employer(
        self, scene: Scene, sentence: SceneSentence, phrase: _Phrase
    ) -> Found[str] | None:
        """Capitals behind "of" or "at" after a post that no state gives (chief executive of X)."""
        masked = scene.masked[sentence.part]
        acronym = _ACRONYM_OF.match(masked, phrase.head_end, phrase.end + 1)
        if acronym and self._lang != "ru":
            start, end = acronym.span(1)
            return Found(
                scene.cut(sentence.part, start, end), sentence.part, start, end, "people.employer-acronym", 0.7
            )  # fmt: skip
        words = masked[phrase.start : phrase.head_end].casefold().split()
        if phrase.side == "left" or any(self._is_public(w) for w in words):
            return None
        m = _BEHIND_OF.match(masked, phrase.head_end, phrase.end)
        if m is None or self.is_role(m.group(1).split()[0]):
            return None
        start, end = m.span(1)
        if any(c.start < end and start < c.end for c in sentence.of("countries", "places")):
            return None
        return Found(
            scene.cut(sentence.part, start, end),
            sentence.part,
            start,
            end,
            "people.employer-capitals",
            0.55,
        )

    def _is_public(self, word: str) -> bool:
        """A post of the state: its tail is its remit, not an employer."""
        return any(word.endswith(p) for p in self._public)

    def _employer(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, ceiling: int
    ) -> Found[str] | None:
        """ "B of the Bank", "B (Bank)", "представлял Bank B": an employer without a post."""
        masked = scene.masked[sentence.part]
        for m in sentence.of("organisations"):
            gap = masked[mention.end : m.start]
            if mention.end < m.start < ceiling and (
                _OF.fullmatch(gap)
                or re.fullmatch(r"\s*[(,]\s*", gap)
                or self._represents.fullmatch(gap)
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer-behind", 0.7)
        unknown = self._capitals_behind(scene, sentence, mention, ceiling)
        if unknown:
            return unknown
        for cue in sentence.cue("led_by"):
            owner = [m for m in sentence.of("organisations") if 0 <= cue.start - m.end <= 12]
            if owner and 0 <= mention.start - cue.end <= 60:
                m = owner[-1]
                return Found(m.surface, m.part, m.start, m.end, "people.leads", 0.65)
        for cue in sentence.cue("participants"):
            if cue.side == "left" and cue.end <= mention.start <= cue.end + 80:
                owner = [
                    m
                    for m in sentence.of("organisations")
                    if m.end <= cue.start and cue.start - m.end < 4
                ]
                if owner:
                    m = owner[-1]
                    return Found(m.surface, m.part, m.start, m.end, "people.represents", 0.7)
        return None

    def _capitals_behind(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, ceiling: int
    ) -> Found[str] | None:
        """ "A B of Northern Metals", "A B vom Werk C": a body that no table knows, no place or person."""
        found = self._sent_by.match(scene.masked[sentence.part], mention.end, ceiling)
        if found is None:
            return None
        start, end = found.span(1)
        names = sentence.of("countries", "places", "persons", "nationalities", "strategies")
        if any(n.start < end and start < n.end for n in names) or self.is_role(
            found.group(1).split()[0]
        ):
            return None
        text = scene.cut(sentence.part, start, end)
        return Found(text, sentence.part, start, end, "people.employer-unknown", 0.5)


def _inherited(scene: Scene, person: EventPerson, previous: EventPerson | None) -> EventPerson:
    """A plural post holds for the names joined to the first one."""
    if previous is None or person.role or not previous.role or not previous.plural_role:
        return person
    gap = scene.masked[person.name.part][previous.name.end : person.name.start]
    if not _JOINED.fullmatch(gap):
        return person
    return replace(person, role=previous.role, plural_role=True)


def joined(people: Sequence[EventPerson]) -> list[EventPerson]:
    """One entry a person: a mention by surname joins the full name; the first post told is kept."""
    kept: list[EventPerson] = []
    for person in people:
        twin = next((i for i, k in enumerate(kept) if _same(k, person)), None)
        if twin is None:
            kept.append(person)
            continue
        old = kept[twin]
        longer = person if len(person.name.value.split()) > len(old.name.value.split()) else old
        kept[twin] = replace(
            longer,
            role=old.role or person.role,
            organisation=old.organisation or person.organisation,
        )
    return kept


def _same(a: EventPerson, b: EventPerson) -> bool:
    left = [w.casefold().strip(".․") for w in (a.norm or a.name.value).split()]
    right = [w.casefold().strip(".․") for w in (b.norm or b.name.value).split()]
    short, long_ = sorted((left, right), key=len)
    if len(short) == 1 and short[0] == long_[0] and len(long_) > 1:
        return True
    if not _alike(short[-1], long_[-1]):
        return False
    return (
        len(short) == 1
        or _alike(short[0], long_[0])
        or (len(short[0]) == 1 and long_[0].startswith(short[0]))
        or (len(long_[0]) == 1 and short[0].startswith(long_[0]))
    )


def _alike(a: str, b: str) -> bool:
    stem = max(4, min(len(a), len(b)) - 2)
    return a == b or (
        len(a) > 4 and len(b) > 4 and a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 2
    )
