"""Names of authors in one string: a value of markup, what an element shows, a byline."""

from __future__ import annotations

import html
import re

from crawler.parsers.article.page_words import PageWords, WordKind

MAX_LENGTH = 60
"""Characters of a name."""
MAX_WORDS = 7
"""Words of a name: a newsroom's may be that long."""
MAX_PERSON = 5
"""Words of a person's name, particles included."""
MAX_VALUE = 300
"""Characters of a value of markup that holds names and no more."""

AMONG = re.compile(r"\s*[;&]\s*")
"""Between authors."""
PARTS = re.compile(r"\s*[|•·●\n]\s*|\s+/\s+|(?<=\w)/(?=[^\W\d_]{3}|[A-Z]{2})")
"""Between authors or the parts of a byline; not within `Autor/in`."""
GROUPS = re.compile(f"{AMONG.pattern}|{PARTS.pattern}")
_COMMA = re.compile(r"\s*[,،、]\s*")
_BLANK = re.compile(r"[\s,;&]+")
_ADDRESS = re.compile(r"https?:|www\.|[@:#]|/$|\w/\w+/|\.(?:com|org|net|html?)\b", re.IGNORECASE)
_URL = re.compile(r"^\S*(?:://|www\.)\S*$|^/|/$")
_ASIDE = re.compile(r"\s+[-–—]\s+.*$|\s*[(\[][^)\]]*[)\]]?$")
"""Behind a name: its employer behind a dash, a remark in brackets."""
_DATE = re.compile(
    r"\s*(?:[^\W\d_]+\.?\s+)?(?<!\d)\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{2}.*$|\s*(?<!\w)\d.*$",
    re.DOTALL,
)
"""From a date or another number on: `June 9, 2015`, `9 June`, `4 comments`."""
_DIGIT = re.compile(r"\d")
_NO_DESK = re.compile(r"[\d@:;|/?!]|\.$")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.?\s?){1,3}[A-Z]?[®™]?")
"""`Ph.D.`, `MD`, `M.D. FACLM` behind a person's name."""
_INITIALS = r"(?:[^\W\d_](?:h|ch|[‘’ʻʼ'])?\. ?-?){1,3}"
_SURNAME = r"[^\W\d_][\w'’‘ʼʻ`-]+"
_GLUED = re.compile(r"^((?:[^\W\d_]\.){1,2})(?=[^\W\d_]{3})")
"""Initials without a blank behind them: `J.Roe`."""
_OF_INITIALS = re.compile(f"{_INITIALS}{_SURNAME}|{_SURNAME} {_INITIALS}")
_WORD = re.compile(r"\(?[^\W\d_][\w'’‘ʼʻ`.-]*\)?")
_EDGES = ' :.,*>»–—-\N{NO-BREAK SPACE}"“”'
_ACCOUNTS = frozenset(
    [
        *("admin", "administrator", "webmaster", "wordpress", "root", "guest", "user", "username"),
        *("super user", "superuser", "superadmin", "super admin", "site admin", "sysadmin"),
        *("admin admin", "moderator", "demo", "ez systems", "joomla", "joomla!", "typo3", "drupal"),
        *("author", "undefined", "unknown", "null", "none", "false", "true", "name", "n/a", "test"),
    ]
)
"""Accounts and empty values of content systems: no names."""


class AuthorNames:
    """Reads names with the words of all languages."""

    def __init__(self, words: PageWords) -> None:
        self._words = words

    def read(self, text: str) -> list[str]:
        """The names in a value that is an author or several; persons without offices, employers
        and degrees, bodies and accounts as they stand.
        """
        value = self.unlabelled(" ".join(html.unescape(text).split()))
        if len(value) > MAX_VALUE or _URL.search(value):
            return []
        return [name for group in GROUPS.split(value) for name in self._in_group(group)]

    def read_whole(self, text: str) -> list[str]:
        """The value as one name: of a body, whose "and" joins no authors."""
        name = " ".join(html.unescape(text).split()).strip(_EDGES)
        return [name] if self._is_name(name) else []

    def read_start(self, text: str) -> list[str]:
        """The names that a string of the page begins with: `Jane Roe in Berlin, 9 June 2015`."""
        return [n for n in self._in_group(self.shortened(text)) if n]

    def read_persons(self, text: str) -> list[str]:
        """The names where a string is nothing but persons, each with a known first name or
        initials: `Jane Roe, J. Sample & Ann Case`; else none.
        """
        found = [name for group in AMONG.split(text) for name in self._in_group(group)]
        said = sum(not self._words.start("name_joiner", word) for word in _BLANK.split(text))
        is_all = said == sum(len(name.split()) for name in found)
        return found if is_all and all(map(self.is_sure_person, found)) else []

    def is_person(self, name: str) -> bool:
        """Two to five words with capitals, initials and particles; no office."""
        name = _GLUED.sub(r"\1 ", name)
        pieces = name.split()
        if not 2 <= len(pieces) <= MAX_PERSON or len(name) > MAX_LENGTH or _ADDRESS.search(name):
            return False
        if not self._is_made_of_name_words(name) or self._words.find("office", name):
            return False
        return sum(p[0].isupper() for p in pieces) >= 2 and pieces[-1][0].isupper()

    def is_known_person(self, name: str) -> bool:
        """A person with a known first name."""
        return self.is_person(name) and self._words.is_first_name(name.split(maxsplit=1)[0])

    def is_of_initials(self, name: str) -> bool:
        """A surname, before or behind it nothing but initials: `J. Roe`, `Roe J.S.`."""
        return self.is_person(name) and _OF_INITIALS.fullmatch(name) is not None

    def is_sure_person(self, name: str) -> bool:
        """A person, also where nothing but the name says so."""
        return self.is_known_person(name) or self.is_of_initials(name)

    def is_desk(self, text: str) -> bool:
        """Whether it is what an office that signs is called: `Press office`, `Pit & Portal
        Newsdesk`, `Pressestelle des Verbands`; no sentence, and nothing to call or write to.
        """
        if not text[:1].isupper() or len(text.split()) > MAX_WORDS or _NO_DESK.search(text):
            return False
        last = self._words.find_last("desk", text)
        return last is not None and (
            last.end() == len(text) or bool(self._words.start("desk", text))
        )

    def without_degrees(self, name: str) -> str:
        """A person's name without what stands before it: `Prof. Dr. Jane Roe`; a surname alone
        keeps it.
        """
        bare = self._behind_degrees(name)
        return bare if self.is_person(bare) else name

    def _behind_degrees(self, text: str) -> str:
        while start := self._words.start("degree", text):
            text = text[len(start) :].lstrip(_EDGES)
        return text

    def unlabelled(self, text: str) -> str:
        """Without byline words and "View all posts by" before it."""
        for _ in range(3):
            kinds: tuple[WordKind, ...] = ("more_by", "byline", "byline_alone")
            start = next(filter(None, (self._words.start(kind, text) for kind in kinds)), "")
            if not start:
                break
            text = text[text.find(start) + len(start) :].lstrip(_EDGES + "|")
        return text

    def shortened(self, text: str) -> str:
        """Up to a date, a word of publication or change, who took a picture, or the first small
        word that is part of no name.
        """
        for kind in ("updated", "published", "reading_time", "credit"):
            found = self._words.find(kind, text)
            # A word for a credit without its colon may be of a name (Mining Source).
            if found is not None and not (kind == "credit" and found.group().isalpha()):
                text = text[: found.start()]
        kept: list[str] = []
        for word in (_DATE.sub("", text) if _DIGIT.search(text) else text).split():
            small = word.strip(",")
            if kept and small[:1].islower() and not self._links_names(small):
                if kept[0][0].islower():
                    return ""  # "the newsroom"
                break
            kept.append(word)
        while len(kept) > 1 and kept[-1].islower():
            kept.pop()  # "am" before the day that was cut off
        return " ".join(kept)

    def _links_names(self, word: str) -> bool:
        return self._words.is_particle(word) or bool(self._words.start("name_joiner", word))

    def _in_group(self, group: str) -> list[str]:
        """Names parted by commas and "and"; behind a person's office only known first names
        begin one: what follows is an employer.
        """
        found: list[str] = []
        person = office = False
        for piece in _COMMA.split(group):
            shown = _ASIDE.sub("", self.unlabelled(piece))
            if not self._behind_degrees(shown):
                continue
            name = _without_closing(shown.strip(_EDGES))
            if person and (_DEGREE.fullmatch(name) or self._words.find("office", name)):
                office = office or not _DEGREE.fullmatch(name)
                continue
            for each in map(self.without_degrees, self._parted(name)):
                if not self._is_name(each) or (office and not self.is_known_person(each)):
                    continue
                person = person or self.is_person(each)
                found.append(each)
        return found

    def _parted(self, name: str) -> list[str]:
        """The names that "and" joins: not where other small words show a title of a body."""
        parts = [part.strip(_EDGES) for part in self._words.split_joined(name) if part]
        if all(len(p.split()) <= MAX_PERSON and self._is_made_of_name_words(p) for p in parts):
            return parts
        return [name]

    def _is_made_of_name_words(self, name: str) -> bool:
        return all(
            _WORD.fullmatch(word) and (not word[0].islower() or self._words.is_particle(word))
            for word in name.split()
        )

    def _is_name(self, name: str) -> bool:
        if not 0 < len(name.split()) <= MAX_WORDS or not 1 < len(name) <= MAX_LENGTH:
            return False
        if _ADDRESS.search(name) or self._is_account(name):
            return False
        return any(map(str.isalpha, name))

    def _is_account(self, name: str) -> bool:
        return name.casefold() in _ACCOUNTS or self._words.start("account", name) == name


def _without_closing(name: str) -> str:
    """Without the end of brackets that were opened before it: `(Text: Jane Roe)`."""
    return name if "(" in name or "[" in name else name.rstrip(")]")
