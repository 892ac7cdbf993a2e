"""The tokens of an XPath expression, and a cursor on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from cleaner.selectors.errors import SelectorError

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<literal>"[^"]*"|'[^']*')
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<name>[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*)?)
    | (?P<sign>::|//|\.\.|!=|<=|>=|[][()@,/|.=<>+*-])
    | (?P<end>$)
    )""",
    re.VERBOSE,
)
_HINTS = {
    "$": "variables are not supported; write the value",
    "‘": "a typographic quote; write ' or \"",
    "’": "a typographic quote; write ' or \"",
    "“": "a typographic quote; write ' or \"",
    "”": "a typographic quote; write ' or \"",
    "'": "the quote is not closed",
    '"': "the quote is not closed",
    "!": "'!' alone; write != or not(...)",
    "&": "'&'; write 'and'",
}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """literal, number, name, sign or end."""
    text: str
    position: int

    def __str__(self) -> str:
        return f"{self.text!r}" if self.text else "the end"


def tokenize(source: str) -> list[Token]:
    """All tokens, the last of kind "end". Raises SelectorError where a character belongs to none."""
    found: list[Token] = []
    position = 0
    while not found or found[-1].kind != "end":
        match = _TOKEN.match(source, position)
        if match is None:
            start = position + len(source[position:]) - len(source[position:].lstrip(" \t\r\n"))
            raise SelectorError(_HINTS.get(source[start], f"unexpected {source[start]!r}"), start)
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return found


class Tokens:
    """A cursor on the tokens of an expression."""

    def __init__(self, source: str) -> None:
        self._tokens = tokenize(source)
        self._at = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._at]

    @property
    def after(self) -> Token:
        """The token behind the next one."""
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def next(self) -> Token:
        token = self.here
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def at(self, *signs: str) -> bool:
        return self.here.kind == "sign" and self.here.text in signs

    def take(self, sign: str) -> bool:
        """Pass over a sign where it is the next token."""
        found = self.at(sign)
        if found:
            self.next()
        return found

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            self.fail(f"expected {sign!r}, found {self.here}")

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        raise SelectorError(message, (token or self.here).position)
