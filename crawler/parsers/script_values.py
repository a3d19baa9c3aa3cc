"""Values that scripts of a page assign as JavaScript instead of JSON: the state of Nuxt 2. Pure.

Read are literals (`{title:"…",tags:[a,!0]}`), the text that `JSON.parse` is handed, and a function
that is called at once and only returns a literal, its arguments in place of its parameters:
`(function(a,b){b.c=a;return {…}}("…",{}))`, `((a,b)=>({…}))("…",{})`. JSON with mistakes is read as
such literals, too.
Nothing is run. Each sign is looked at once, so that the time is linear in the length of the script.
"""

from __future__ import annotations

import json
import re
from typing import Any

DEEPEST = 60
"""Literals in one another; what is deeper is not read."""
LONGEST = 3_000_000
"""Characters of a script; a longer one, which would take seconds, is not read."""
MOST_PLACED = 2_000_000
"""Characters that stand in place of parameters: a long argument may be named many times."""

_TOKEN = re.compile(
    r"""(?:\s++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z))*+(?:
        (?P<string>"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`)
      | (?P<number>[-+]?+(?:0[xX][0-9a-fA-F]++|(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?+\d++)?+))
      | (?P<name>[^\W\d][\w$]*+|\$[\w$]*+)
      | (?P<sign>\S)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ARROW = re.compile(r"\s*+=>")
_IN_BRACKETS = re.compile(r"\s*+(?:\(|function\b)")
_EXPRESSION = re.compile(r"(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/")
"""What is behind the sign that opens a regular expression, with that which ends it."""
LONGEST_EXPRESSION = 200
"""Characters of one: each sign of a script could open one, and would be looked at to its end."""
_BEFORE_EXPRESSION = frozenset({*"(,=:[!&|?{;>", "return"})
"""What stands before one; behind anything else the sign divides."""
_BEFORE_METHOD = frozenset({"async", "get", "set"})
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_HALVES = re.compile("[\ud800-\udfff]+")
"""Of characters that escapes write as two."""
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_LAST_CHARACTER = 0x10FFFF
_QUOTES = ("'", '"', "`")
"""As a sign alone, one that opens a text without end: each one behind it were sought to the end."""


class _Name(str):
    """A parameter, of which the argument is not known yet."""

    __slots__ = ()


class _UnreadableError(ValueError):
    """Not one of the forms that are read."""


def read_script_value(script: str, start: int) -> Any:
    """The value that begins there, as JSON has it; None where it has none of the forms."""
    if len(script) - start > LONGEST:
        return None
    try:
        return _Reader(script, start).read()
    except (ValueError, RecursionError):  # the latter by what JSON.parse is handed
        return None


class _Reader:
    def __init__(self, script: str, start: int) -> None:
        self._script = script
        self._at = start
        self._kind, self._next = "", ""
        self._advance()

    def read(self) -> Any:
        self._skip("(")
        if self._next == "(" and _IN_BRACKETS.match(self._script, self._at):
            self._advance()
        if (self._kind, self._next) == ("name", "function"):
            return self._called_function()
        if self._next == "(" or (self._kind == "name" and self._is_before_arrow()):
            return self._called_arrow()
        return _Arguments({}).placed(self._value(0))

    def _is_before_arrow(self) -> bool:
        return _ARROW.match(self._script, self._at) is not None

    def _called_function(self) -> Any:
        """`(function(a){return {…}}(1))` or `(function(a){return {…}})(1)`."""
        self._demand("function")
        return self._called(self._parameters(), *self._body())

    def _called_arrow(self) -> Any:
        """`((a,b)=>({…}))(1,2)` or `(a=>{return {…}})(1)`."""
        parameters = self._parameters() if self._next == "(" else [self._taken("name")]
        self._demand("=", ">")
        if self._next == "{":
            return self._called(parameters, *self._body())
        is_bracketed = self._next == "("
        self._skip("(")
        returned = self._value(0)
        if is_bracketed:
            self._demand(")")
        return self._called(parameters, [], returned)

    def _parameters(self) -> list[str]:
        parameters = []
        self._demand("(")
        while self._next != ")":
            parameters.append(self._taken("name"))
            self._skip(",")
        self._advance()
        return parameters

    def _body(self) -> tuple[list[tuple[str, Any, Any]], Any]:
        """What a function assigns to parts of its arguments, and what it returns."""
        self._demand("{")
        assigned = []
        while self._next != "return":
            assigned.append(self._assignment())
        self._advance()
        returned = self._value(0)
        self._skip(";")
        self._demand("}")
        return assigned, returned

    def _called(
        self, parameters: list[str], assigned: list[tuple[str, Any, Any]], returned: Any
    ) -> Any:
        self._skip(")")
        given = _Arguments({}).placed(self._list("(", ")", 0))
        named = dict(zip(parameters, given, strict=False))
        arguments = _Arguments({**named})
        for name, key, value in assigned:
            _assign(named.get(name), key, arguments.placed(value))
        return arguments.placed(returned)

    def _assignment(self) -> tuple[str, Any, Any]:
        """`a.key=…;` or `a[0]=…;`: parts of an argument that stands in several places."""
        name = self._taken("name")
        if self._next == ".":
            self._advance()
            key: Any = self._taken("name")
        else:
            (key,) = self._list("[", "]", 0)
        self._demand("=")
        value = self._value(0)
        self._skip(";")
        return name, key, value

    def _value(self, depth: int) -> Any:
        if depth > DEEPEST:
            raise _UnreadableError
        sign = self._next
        if self._kind == "string":
            literal = self._taken("string")
            # A template of which the parts are known to the script alone.
            return None if literal[0] == "`" and "${" in literal else _text(literal)
        if self._kind == "number":
            return _number(self._taken("number"))
        if sign in ("{", "["):
            return self._object(depth) if sign == "{" else self._list("[", "]", depth)
        if sign == "!":
            self._advance()
            return bool(self._value(depth + 1) == 0)
        if sign == "(":  # `(a,b)=>…`
            self._pass_over_pair("(", ")")
            self._pass_over_arrow()
            return None
        return self._named(self._taken("name"), depth)

    def _named(self, name: str, depth: int) -> Any:
        """A word of the language, a parameter, or what a function gives."""
        if name in _WORDS:
            return _WORDS[name]
        if name == "async" and self._kind == "name":
            name = self._taken("name")
        if name in ("new", "void"):
            value = self._value(depth + 1)
            return value if name == "new" else None
        return None if self._has_passed(name) else self._parameter_or_call(name, depth)

    def _has_passed(self, name: str) -> bool:
        """Whether a function was there, and passed: `function(a){…}`, `async (a)=>…`, `a=>…`."""
        if name == "function":
            self._pass_over_function()
        elif name == "async" and self._next == "(":
            self._pass_over_pair("(", ")")
            self._pass_over_arrow()
        elif self._next == "=":
            self._pass_over_arrow()
        else:
            return False
        return True

    def _parameter_or_call(self, name: str, depth: int) -> Any:
        """A parameter, or what a function gives: only `JSON.parse`'s."""
        path = name
        while self._next == ".":
            self._advance()
            path += f".{self._taken('name')}"
        if self._next != "(":
            return _Name(name) if path == name else None
        given = self._list("(", ")", depth)
        if self._next in (".", "("):
            self._pass_over_calls(depth)
            return None
        if path == "JSON.parse" and given and isinstance(given[0], str):
            return json.loads(given[0])
        return [] if path == "Array" else {} if path == "Object.create" else None

    def _pass_over_function(self) -> None:
        """Past the parameters of a function that is a value, and what it does."""
        self._pass_over_pair("(", ")")
        self._pass_over_pair("{", "}")

    def _pass_over_arrow(self) -> None:
        """Past what an arrow function does that is a value; its parameters were passed."""
        self._demand("=", ">")
        if self._next == "{":
            self._pass_over_pair("{", "}")
            return
        opened, before = 0, ">"
        while self._next and (opened or self._next not in (",", ")", "]", "}")):
            opened += (self._next in ("(", "[", "{")) - (self._next in (")", "]", "}"))
            before = self._pass_over_token(before)

    def _pass_over_pair(self, opens: str, closes: str) -> None:
        """Past the next brackets, others of their sort in them."""
        opened, before = 0, ""
        while self._next:
            opened += (self._next == opens) - (self._next == closes)
            ends = self._next == closes and not opened
            before = self._pass_over_token(before)
            if ends:
                return

    def _pass_over_token(self, before: str) -> str:
        """Past a token of code that is not read, or a whole regular expression; the token."""
        passed = self._next
        if passed == "/" and before in _BEFORE_EXPRESSION:
            found = _EXPRESSION.match(self._script, self._at, self._at + LONGEST_EXPRESSION)
            self._at = found.end() if found is not None else self._at
        self._advance()
        return passed

    def _pass_over_calls(self, depth: int) -> None:
        """Past what is asked of the result of a call: `.getTime()`."""
        while self._next in (".", "("):
            if self._next == "(":
                self._list("(", ")", depth)
            else:
                self._advance()
                self._taken("name")

    def _object(self, depth: int) -> dict[str, Any]:
        found = {}
        self._demand("{")
        while self._next != "}":
            key = self._next
            if self._kind not in ("name", "string", "number"):
                raise _UnreadableError
            key = _text(key) if self._kind == "string" else key
            self._advance()
            if key in _BEFORE_METHOD and self._kind == "name":  # `get a(){…}`
                key = self._taken("name")
            found[key] = self._property(depth)
            self._skip(",")
        self._advance()
        return found

    def _property(self, depth: int) -> Any:
        """What stands behind its name; `name(){…}` is a function."""
        if self._next == "(":
            self._pass_over_function()
            return None
        self._demand(":")
        return self._value(depth + 1)

    def _list(self, opened: str, closed: str, depth: int) -> list[Any]:
        found = []
        self._demand(opened)
        while self._next != closed:
            if self._next == ",":
                self._advance()
                continue
            found.append(self._value(depth + 1))
        self._advance()
        return found

    def _demand(self, *tokens: str) -> None:
        for token in tokens:
            if self._next != token:
                raise _UnreadableError
            self._advance()

    def _skip(self, token: str) -> None:
        if self._next == token:
            self._advance()

    def _taken(self, kind: str) -> str:
        taken = self._next
        if self._kind != kind:
            raise _UnreadableError
        self._advance()
        return taken

    def _advance(self) -> None:
        """To the next token; at the end of what can be read, or at a text without end, there is
        none.
        """
        found = _TOKEN.match(self._script, self._at)
        if found is None or found.lastgroup is None or found["sign"] in _QUOTES:
            self._kind, self._next = "", ""
            return
        self._at = found.end()
        self._kind, self._next = found.lastgroup, found[found.lastgroup]


def _text(literal: str) -> str:
    """What a string with its quotes and escapes says."""
    inner = literal[1:-1]
    if "\\" not in inner:
        return inner
    said = _ESCAPE.sub(_character, inner)
    return _HALVES.sub(_joined, said)


def _joined(halves: re.Match[str]) -> str:
    """The characters of which halves are written; a lone one is replaced."""
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _LETTERS.get(escape[4], escape[4])
    number = int(code, 16)
    return chr(number) if number <= _LAST_CHARACTER else ""


def _number(literal: str) -> float | int:
    try:
        return int(literal, 0) if "." not in literal else float(literal)
    except ValueError:
        return float(literal)


def _assign(target: Any, key: Any, value: Any) -> None:
    if isinstance(target, dict):
        target[str(key)] = value
    elif isinstance(target, list):
        target.append(value)


class _Arguments:
    """What a function is called with. A list or object stands where it is named first, and nowhere
    else, so that what comes out is a tree however often, and in whatever circle, it is named.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self._left = MOST_PLACED

    def placed(self, value: Any) -> Any:
        """A literal with arguments in place of their names."""
        if isinstance(value, _Name):
            return self._taken(value)
        waiting = [value] if isinstance(value, dict | list) else []
        while waiting:
            holder = waiting.pop()
            items = holder.items() if isinstance(holder, dict) else enumerate(holder)
            for key, inner in [*items]:
                if isinstance(inner, _Name):
                    holder[key] = self._taken(inner)
                elif isinstance(inner, dict | list):
                    waiting.append(inner)
        return value

    def _taken(self, name: str) -> Any:
        value = self._given.get(name)
        if isinstance(value, dict | list):
            del self._given[name]
        elif isinstance(value, str):
            self._left -= len(value)
        return value if self._left >= 0 else None
