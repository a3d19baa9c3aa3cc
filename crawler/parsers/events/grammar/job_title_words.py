"""The words of job titles in one language: what names one, and what may stand around it.

They come from config/languages (`roles`, `role_words`, `titles`, `post_…`). Masked dots
(sentences.py) are understood in titles.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parsers.entities.grammar.suffixes import bound_forms
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.masked_dots import MASKED_DOT
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded

_PUBLIC_ROLES = frozenset(
    {
        "minister",
        "deputy_minister",
        "prime_minister",
        "deputy_prime_minister",
        "ambassador",
        "state_secretary",
        "secretary_of_state",
        "counsellor",
        "governor",
        "mayor",
        "commissioner",
        "member_of_parliament",
        "chancellor",
        "consul",
        "envoy",
    }
)
_SHORTEST_LAST_PART = 4
"""Letters of a job title that may end a German compound (-chef, -rat)."""
_SHORTEST_BODY = 4
"""Letters of a word for a kind of body that a compound may end or begin with (-amt, -rat: no)."""
_SHORTEST_REST = 3
_MOST_KNOWN = 20_000
_NEVER = r"(?!)"


class JobTitleWords:
    """Posts of one language; patterns run over masked text."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self.lang = vocabulary.lang
        self._vocabulary = vocabulary
        self._grammar = vocabulary.grammar
        forms = {folded(f) for w in vocabulary.phrases("role_words") for f in vocabulary.forms(w)}
        self._roles = frozenset(forms | {k for k in vocabulary.roles if k.strip()})
        self._suffixes = tuple(
            r for r in self._roles if len(r) >= _SHORTEST_LAST_PART and " " not in r
        )
        self._public = tuple(w for w, role in vocabulary.roles.items() if role in _PUBLIC_ROLES)
        self._known: dict[str, bool] = {}
        self.links = vocabulary.word_set("role_links")
        self.states = frozenset(vocabulary.phrases("states"))
        self.regions = vocabulary.region_nouns
        self.modifiers = vocabulary.word_set("role_modifiers")
        self.firm_posts = vocabulary.word_set("firm_posts")
        self.copulas = vocabulary.word_set("role_copulas")
        self.stops = vocabulary.word_set("phrase_stops")
        self.joiners = vocabulary.word_set("name_joiners")
        self.joint_offices = vocabulary.word_set("joint_offices")
        self.articles = vocabulary.word_set("articles")
        self.no_employers = vocabulary.word_set("no_employers")
        heads = [h for h in vocabulary.phrases("org_heads") if " " not in h]
        self._kinds = {folded(f): folded(h) for h in heads for f in vocabulary.forms(h)}
        self.bare_bodies = self._kinds.keys()
        posts = [pair.split() for pair in vocabulary.phrases("bodies_of_posts")]
        self.bound_posts = tuple(
            folded(form) for post, _ in posts for form in bound_forms(post, self.lang)[1:]
        )
        """Posts in the form that a remit before them asks for (министрі)."""
        self._kinds_of_posts = {
            folded(f): folded(body) for post, body in posts for f in vocabulary.forms(post)
        }
        kinds = vocabulary.phrases("org_kinds")
        self.kinds_of_firms = frozenset(folded(f) for w in kinds for f in vocabulary.forms(w))
        self._endings_of_bodies = tuple(w for w in self._kinds if len(w) >= _SHORTEST_BODY)
        self.kinds_of_body = lru_cache(_MOST_KNOWN)(self._kinds_of_word)
        """The kinds of bodies that a word of a name, folded, says (Handelskammer: kammer)."""
        self.whose = vocabulary.word_set("whose")
        self.our = vocabulary.our
        self.posts_of_bodies = vocabulary.with_stems("posts_of_bodies")
        self.not_verbs = vocabulary.word_set("post_not_verbs")
        self._stems = tuple(w.removesuffix("~") for w in vocabulary.phrases("post_adjectives"))
        endings = self._alternation("adjective_endings")
        self.adjective = re.compile(rf"[\w-]{{2,}}(?:{endings})\Z")
        self.verb_endings = re.compile(rf"[\w-]+(?:{self._alternation('post_verb_endings')})\Z")
        self._read_frames()

    def _read_frames(self) -> None:
        """Patterns of what stands between a name and its job title."""
        titles = self._title_expression()
        lead, joint = self._alternation("post_lead"), self._alternation("name_joiners")
        edge = self._alternation("post_edge")
        self.titles = re.compile(rf"(?<!\w)(?:{titles}[\s,]\s*|{titles}(?=[{CAPITAL}]))+\Z")
        self._address = re.compile(titles)
        self.comma_title = re.compile(rf",\s*(?:{titles}\s*)+\Z")
        self.lead = re.compile(rf"(?:[\s,–—-]|\b(?:{lead})\b)*")
        made = "|".join(self._vocabulary.phrases("made_to")) or _NEVER
        self.made_to = re.compile(rf"(?:\s\([^()\n]{{2,60}}\))?\s+(?:{made})\s*")
        self.only_article = re.compile(rf"[\s,]*(?:(?:{lead})\s+)?\Z")
        self.edge = re.compile(rf"(?:[\s,(]|\b(?:{edge})\b)+\Z")
        self.conjoined = re.compile(rf"\s(?:{joint})\s*\Z")
        self.joined = re.compile(rf"\s*(?:\([^)]*\))?\s*(?:,|{joint}|&)\s*\Z")

    def _title_expression(self) -> str:
        listed = [re.escape(t) for t in self._vocabulary.phrases("titles")]
        listed.sort(key=len, reverse=True)
        titles = "|".join([*self._vocabulary.phrases("title_patterns"), *listed]) or _NEVER
        return f"(?:{titles})".replace("\\.", rf"[.{MASKED_DOT}]")

    def _alternation(self, key: str) -> str:
        words = sorted(self._vocabulary.phrases(key), key=len, reverse=True)
        return "|".join(map(re.escape, words)) or _NEVER

    def pattern(self, key: str, form: str) -> re.Pattern[str]:
        """A pattern in which `WORDS` stands for the words of a key."""
        return re.compile(
            form.replace("WORDS", self._alternation(key).replace("\\.", f"[.{MASKED_DOT}]"))
        )

    def belongs(self, adjective: str) -> bool:
        """Whether an adjective before a job title is a part of it (stellvertretender, первый)."""
        if not self._stems:
            return not adjective[0].isdigit()
        return adjective.casefold().startswith(self._stems)

    def is_address(self, word: str) -> bool:
        """Whether a word is one of address (Herr)."""
        return self._address.fullmatch(word) is not None

    def is_bare_body(self, name: str) -> bool:
        """Whether a name is but the word for a kind of body."""
        return folded(name) in self.bare_bodies

    def _kinds_of_word(self, word: str) -> frozenset[str]:
        known = self._kinds.get(word)
        kinds = {known} if known else set()
        if word.endswith(self._endings_of_bodies):
            kinds |= {self._kinds[e] for e in self._endings_of_bodies if word.endswith(e)}
        return frozenset(kinds)

    def kind_of_short_word(self, word: str) -> str | None:
        """The kind of body that a word beside a job title means: a word for one (директор центра),
        the first part of a title's compound (Kammerpräsident), or a post that only such bodies
        have (министр: министрлік).
        """
        low = folded(word)
        known = self._kinds.get(low) or self._kinds_of_posts.get(low)
        if known or not low.startswith(self._endings_of_bodies) or not self.is_role(word):
            return known
        first = max((h for h in self._endings_of_bodies if low.startswith(h)), key=len)
        return self._kinds[first] if len(low) - len(first) >= _SHORTEST_REST else None

    def body_of_post(self, title: str) -> str | None:
        """The kind of body that alone has the post in a job title (министр: министрлік)."""
        known = (self._kinds_of_posts.get(folded(word)) for word in title.split())
        return next(filter(None, known), None)

    def is_bound_post(self, word: str) -> bool:
        """Whether a word is one of these, in any case (министрінің)."""
        return folded(word).startswith(self.bound_posts)

    def remit_of(self, title: str) -> list[str]:
        """The words of a job title apart from the post, other posts and what qualifies them."""
        words = title.split()
        at = next((i for i, word in enumerate(words) if self.body_of_post(word)), len(words))
        behind = self._grammar.job_titles.has_bodies_before
        apart = words[:at] if behind else words[at + 1 :]
        return [w for w in apart if not self.is_role(w) and w.casefold() not in self.modifiers]

    def may_qualify(self, word: str) -> bool:
        """Whether a word may stand in the remit before a post: it opens or ends no phrase."""
        low = folded(word)
        return low not in self._vocabulary.determiners and not self._vocabulary.name_stops.match(
            low
        )

    def is_public(self, word: str) -> bool:
        """A job title of the state: what follows is its remit, no body."""
        return word.endswith(self._public)

    def is_role(self, word: str) -> bool:
        """Whether a word names a job title (also as the last part of a German compound)."""
        known = self._known.get(word)
        if known is None:
            known = self._grammar.is_title(word, self._roles, self._suffixes)
            if len(self._known) < _MOST_KNOWN:
                self._known[word] = known
        return known
