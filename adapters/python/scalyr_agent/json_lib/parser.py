"""Reads Scalyr's dialect of JSON.

Besides JSON it takes ``//`` and ``/* */`` comments, bare keys, a comma too many at the end, a line break in place of a
comma, ``"a" + "b"``, triple-quoted strings of several lines, and numbers such as ``007`` and ``5.``. Positions in
messages are those of the last character read.
"""

import re
from typing import Any, Dict, List, NoReturn, Union

from .exceptions import JsonParseException
from .objects import JsonArray, JsonObject

_LONGEST_NUMBER = 100

_BLANKS = re.compile(r"[ \t\r\n]*")
_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"[-+.0-9eE]*")
_PLAIN = re.compile(r'[^"\\\n]*')
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
_WORDS: Dict[str, Any] = {"true": True, "false": False, "null": None}


def parse(text: Union[str, bytes], check_duplicate_keys: bool = False) -> Any:
    """The value in a text: JsonObject, JsonArray, str, int, float, bool or None.

    Raises JsonParseException; as in the agent, IndexError for an empty text and ValueError for a bad ``\\u`` escape.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    if not text:
        raise IndexError("Index out of range for buffer (index 0, limit 0 to 0)")
    return _Parser(text, check_duplicate_keys).document()


class _Parser:
    """Reads from left to right; ``_at`` is the index of the next character."""

    def __init__(self, text: str, check_duplicate_keys: bool) -> None:
        self._text = text
        self._at = 0
        self._check_duplicate_keys = check_duplicate_keys

    def document(self) -> Any:
        value = self._value()
        self._skip_blanks()
        if self._at < len(self._text):
            self._fail(f"Expecting end of the parsed document but got character '{self._peek()}' instead.", self._at)
        return value

    def _value(self) -> Any:
        self._skip_blanks()
        first = self._peek()
        if not first:
            self._fail("Empty input")
        if first == "{":
            return self._object()
        if first == "[":
            return self._array()
        if first == '"':
            return self._string_value()
        if first == "-" or "0" <= first <= "9":
            return self._number()
        if first in "tfn":
            return self._word()
        if first in "}]":
            self._fail(f"'{first}' can only be used to end an {'object' if first == '}' else 'array'}")
        if first == "`":
            self._fail("Json_lib parser does not support length prefixed strings any more.")
        self._fail(f"Unexpected character '{first}'")

    def _object(self) -> JsonObject:
        start = self._at
        self._at += 1
        fields = JsonObject()
        names = set()
        while True:
            self._skip_blanks()
            if not self._peek():
                self._fail("Need '}' for end of object", start)
            if self._peek() == "}":
                self._at += 1
                return fields
            name = self._key(start)
            if self._check_duplicate_keys and name in names:
                self._fail(f"Duplicate key [{name}]", start)
            names.add(name)
            self._skip_blanks()
            if self._peek() != ":":
                self._fail("Expected ':' delimiting object attribute value", self._at)
            self._at += 1
            fields.put(name, self._value())
            self._separator_of_fields(start)

    def _separator_of_fields(self, start: int) -> None:
        broken = self._skip_blanks()
        found = self._peek()
        if found == ",":
            self._at += 1
        elif not found:
            self._fail("Need '}' for end of object", start)
        elif found != "}" and not broken:
            self._fail(f"After object field, expected ',' or '}}' but found '{found}'... are you missing a comma?")

    def _key(self, start: int) -> str:
        first = self._peek()
        if first == '"':
            return self._string()
        bare = _BARE_KEY.match(self._text, self._at)
        if bare is None:
            self._fail(f"Expected string literal for object attribute name (got '{first}')")
        self._at = bare.end()
        follows = self._peek()
        if not follows:
            self._fail("Need '}' for end of object", start)
        if follows not in ": \t\r\n":
            self._fail(
                f"To use character '{follows}' in an attribute name, you must place the attribute name in double-quotes"
            )
        return bare.group()

    def _array(self) -> JsonArray:
        start = self._at
        self._at += 1
        values = JsonArray()
        while True:
            self._skip_blanks()
            if not self._peek():
                self._fail("Array has no terminating '['", start)
            if self._peek() == "]":
                self._at += 1
                return values
            values.add(self._value())
            broken = self._skip_blanks()
            found = self._peek()
            if found == ",":
                self._at += 1
            elif found and found != "]" and not broken:
                self._fail(f"Unexpected character [{found}] in array... are you missing a comma?")

    def _string_value(self) -> str:
        if self._text.startswith('"""', self._at):
            return self._triple_quoted()
        parts = [self._string()]
        while True:
            before = self._at
            self._skip_blanks()
            if self._peek() != "+":
                self._at = before
                return "".join(parts)
            self._at += 1
            self._skip_blanks()
            if self._peek() != '"':
                self._fail("Expected string literal after + operator")
            parts.append(self._string())

    def _string(self) -> str:
        start = self._at
        self._at += 1
        parts: List[str] = []
        while True:
            plain = _PLAIN.match(self._text, self._at)
            assert plain is not None
            parts.append(plain.group())
            self._at = plain.end()
            found = self._peek()
            if found == '"':
                self._at += 1
                return "".join(parts)
            if found == "\\":
                parts.append(self._escape('"'))
            else:
                end = " before end of line" if found else ""
                self._fail(f"string literal not terminated{end}", start)

    def _triple_quoted(self) -> str:
        start = self._at
        self._at += 3
        parts: List[str] = []
        while not self._text.startswith('"""', self._at):
            found = self._peek()
            if not found:
                self._fail("string literal not terminated", start)
            if found == "\\":
                parts.append(self._escape('"""'))
            else:
                parts.append(found)
                self._at += 1
        self._at += 3
        return "".join(parts)

    def _escape(self, closing: str) -> str:
        letter = self._text[self._at + 1 : self._at + 2]
        digits = self._text[self._at + 2 : self._at + 6]
        self._at += 2
        if letter == "u" and len(digits) == 4 and closing not in digits:
            self._at += 4
            return chr(int(digits, 16))
        if letter not in _ESCAPES:
            self._fail(f"Unexpected backslash escape [{letter}]")
        return _ESCAPES[letter]

    def _number(self) -> Union[int, float]:
        found = _NUMBER.match(self._text, self._at)
        assert found is not None
        token = found.group()
        if len(token) > _LONGEST_NUMBER:
            self._at += _LONGEST_NUMBER
            self._fail(f"numeric literal too long (limit {_LONGEST_NUMBER} characters)")
        self._at = found.end()
        digits = token.lstrip("-")
        try:
            if any(mark in digits for mark in ".eE"):
                return float(token)
            number = int(digits) if digits else 0
        except ValueError:
            kind = "float" if any(mark in digits for mark in ".eE") else "long"
            self._fail(f"Could not parse number as {kind} '{token}'")
        return number if digits == token else -number

    def _word(self) -> Any:
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        self._fail("unknown identifier", self._at)

    def _skip_blanks(self) -> bool:
        """Skips blanks and comments; whether a line was broken after the last ``/* */``."""
        broken = False
        while True:
            blanks = _BLANKS.match(self._text, self._at)
            assert blanks is not None
            broken = broken or "\n" in blanks.group() or "\r" in blanks.group()
            self._at = blanks.end()
            if self._peek() != "/":
                return broken
            if self._skip_comment() == "*":
                broken = False

    def _skip_comment(self) -> str:
        start = self._at
        kind = self._text[start + 1 : start + 2]
        if kind == "/":
            end = self._text.find("\n", start)
            self._at = len(self._text) if end < 0 else end
        elif kind == "*":
            end = self._text.find("*/", start + 2)
            if end < 0:
                self._fail("Unterminated comment", start)
            self._at = end + 2
        else:
            self._fail(f"Unexpected character '/{kind}'", start + 1)
        return kind

    def _peek(self) -> str:
        """The next character, or an empty string at the end."""
        return self._text[self._at : self._at + 1]

    def _fail(self, message: str, position: int = -1) -> NoReturn:
        """Raises, with the position of the character read last unless another one is given."""
        if position < 0:
            position = max(self._at - 1, 0)
        raise JsonParseException(message, position, self._text.count("\n", 0, position) + 1)
