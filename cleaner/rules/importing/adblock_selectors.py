"""Selectors of ad blockers to those of rule files: their own pseudo-classes are said in other words, or refused."""

from __future__ import annotations

import re

from cleaner.rules.importing.writing import UNWRITABLE
from cleaner.selectors import SelectorError, compile_css, compile_xpath

_MAX_DEPTH = 20
_PSEUDO = re.compile(r":([a-zA-Z-]+)\(")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'", re.DOTALL)
_PATTERN = re.compile(r"/.*/[a-z]*")
_COMPOUND = re.compile(r"(?:[\w*.#-]|\[[^\[\]]*\])+")
_TEXTS = frozenset(("-abp-contains", "has-text", "contains"))
_INNER = {"-abp-has": ":has({})", "has": ":has({})", "if": ":has({})", "if-not": ":not(:has({}))", "not": ":not({})"}
_RAW = frozenset(("matches-css", "matches-css-before", "matches-css-after", "matches-attr", "matches-prop", "xpath"))
"""Pseudo-classes whose argument is no selector."""


class _Untranslatable(ValueError):
    """Raised with the reason."""


def selector_of(text: str) -> tuple[str, str]:
    """The key of a match, "css" or "xpath", and the selector. Raises ValueError with the reason why there is none."""
    if not text:
        raise _Untranslatable("it has no selector")
    if bad := UNWRITABLE.search(text):
        raise _Untranslatable(f"it has the character U+{ord(bad.group()):04X}, which no rule file may have")
    if text.startswith(":xpath(") and _end_of(text, len(":xpath(")) == len(text):
        key, selector = "xpath", text[len(":xpath(") : -1].strip()
    else:
        key, selector = "css", _translated(text, 0)
    try:
        compiled = compile_css(selector) if key == "css" else compile_xpath(selector)
    except SelectorError as error:
        raise _Untranslatable(error.message) from None
    if compiled.compounds is None and not compiled.selects_nodes:
        raise _Untranslatable("the expression selects no elements")
    return key, selector


def _translated(text: str, depth: int) -> str:
    """A selector with the pseudo-classes that rule files have."""
    if depth > _MAX_DEPTH:
        raise _Untranslatable("it is nested too deeply")
    out: list[str] = []
    at = 0
    while at < len(text):
        if string := _STRING.match(text, at):
            out.append(string[0])
            at = string.end()
        elif pseudo := _PSEUDO.match(text, at):
            end = _end_of(text, pseudo.end())
            argument = text[pseudo.end() : end - 1].strip()
            out.append(_pseudo(pseudo[1].lower(), argument, out, depth))
            at = end
        else:
            out.append(text[at])
            at += 1
    return "".join(out).strip()


def _pseudo(name: str, argument: str, before: list[str], depth: int) -> str:
    if name in _TEXTS:
        return f":contains({_text(argument)})"
    if name in _INNER:
        return _INNER[name].format(_translated(argument, depth + 1))
    if name in ("upward", "nth-ancestor"):
        return _upward(argument, before)
    if name in _RAW or name.startswith("-abp-") or name in ("min-text-length", "others", "shadow"):
        raise _Untranslatable(f":{name}() has no counterpart")
    if name in ("is", "where", "-webkit-any", "-moz-any"):
        return f":is({_translated(argument, depth + 1)})"
    return f":{name}({argument})"


def _upward(argument: str, before: list[str]) -> str:
    """The elements some levels up; what stands before is then said of something inside them."""
    inner = "".join(before).strip()
    if not re.fullmatch("[1-9]", argument) or not _COMPOUND.fullmatch(inner):
        raise _Untranslatable(":upward() has a counterpart only with a number behind a simple selector")
    before.clear()
    return ":has(> " + "* > " * (int(argument) - 1) + inner + ")"


def _text(argument: str) -> str:
    """The text of `:has-text()` as a string of CSS."""
    if _STRING.fullmatch(argument):
        argument = argument[1:-1]
    if _PATTERN.fullmatch(argument):
        literal = re.fullmatch(r"/([\w ]+)/", argument)
        if literal is None:
            raise _Untranslatable("it looks for a regular expression; selectors of rules look for texts")
        argument = literal[1]
    if not argument:
        raise _Untranslatable("it looks for no text")
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _end_of(text: str, start: int) -> int:
    """Where the parenthesis that opens before `start` is closed, behind it."""
    depth, at = 1, start
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    raise _Untranslatable("a parenthesis is not closed")
