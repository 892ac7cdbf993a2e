"""The programming language of a code, as its classes and attributes name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cleaner import lazily

_ATTRIBUTES = ("data-lang", "data-language", "data-code-lang", "data-enlighter-language", "data-tagsearch-lang", "lang")
_PREFIXED = lazily.pattern(
    r"(?:^|\s)(?:mw-highlight-)?(?:lang(?:uage)?[-:]|brush:\s*|src-|highlight-(?:source|text)-)([\w+#.-]+)", re.I
)
_SPHINX = lazily.pattern(r"^highlight-([\w+#]+)$", re.I)
_NAME = lazily.pattern(r"[\w+#.-]{1,30}")
_NO_LANGUAGE = frozenset(
    ("plaintext", "text", "txt", "none", "plain", "nohighlight", "no-highlight", "default", "auto")
)
_HIGHLIGHTERS = frozenset(
    ("highlight", "sourcecode", "syntaxhighlighter", "codehilite", "hljs", "hl", "code", "src", "prettyprint", "chroma")
)
"""Classes beside which the bare name of a language stands: `sourceCode python`, `highlight sh`."""
_NAMES = (
    "abap actionscript ada apache applescript arduino asm awk bash basic batch bibtex c c# c++ clojure cmake "
    "cobol coffeescript console cpp crystal cs csharp css csv cuda cython d dart delphi diff django docker "
    "dockerfile elisp elixir elm erb erlang f# fish fortran fsharp gherkin git glsl go golang gradle graphql "
    "groovy haml haskell hcl html http ini java javascript jinja jinja2 js json json5 jsonc jsonnet jsx julia "
    "kotlin latex lean lean4 less lisp llvm lua makefile markdown mathematica matlab md mermaid nasm nginx nim "
    "nix objc objective-c objectivec ocaml octave pascal perl php pine plpgsql postgresql powershell prolog "
    "properties protobuf ps1 puppet purescript pwsh py py3 pycon python python3 qml r racket rb reason rego rst "
    "ruby rust sas sass scala scheme scss sed sh shell shell-session shellscript smalltalk solidity sparql sql "
    "stata svelte swift systemverilog tcl terraform tex toml ts tsx twig typescript vala vb vba vbnet verilog "
    "vhdl vim viml vue wasm xml yaml yml zig zsh"
)
_KNOWN = frozenset(_NAMES.split())


def language_of(element: Any) -> str | None:
    """The programming language that a code, what it holds alone, or one of three elements around it names.

    A bare class such as `python` counts on a <pre> and a <code>, and elsewhere beside the class of a highlighter.
    """
    for node in _nodes(element):
        for name in _named(node):
            if name.lower() not in _NO_LANGUAGE and _NAME.fullmatch(name):
                return name.lower()
    return None


def _nodes(element: Any) -> Iterator[Any]:
    """The elements that may name the language, the most certain first."""
    yield from islice(element.iter("code"), 2)  # the first may be that of line numbers
    if element.tag == "table":
        yield from _inside_table(element)
    yield element
    node = element
    for _ in range(3):
        node = node.getparent()
        if node is None or node.tag in ("body", "article", "main"):
            return
        if len(node) > 3:  # what holds more than a code, its title and its buttons
            return
        yield node


def _inside_table(table: Any) -> Iterator[Any]:
    """The code beside line numbers, and the elements around it in the table."""
    for node in islice(table.iter("pre"), 2):
        while node is not table:
            yield node
            node = node.getparent()


def _named(node: Any) -> Iterator[str]:
    for attribute in _ATTRIBUTES:
        value = node.get(attribute)
        if value and (attribute != "lang" or (value.lower() in _KNOWN and len(value) > 2)):  # "cs" is Czech too
            yield value
    classes = node.get("class", "")
    if not classes:
        return
    yield from _PREFIXED.findall(classes)
    tokens = classes.lower().split()
    for token in tokens:
        found = _SPHINX.match(token)
        if found and found[1] in _KNOWN:
            yield found[1]
    if node.tag in ("pre", "code") or not _HIGHLIGHTERS.isdisjoint(tokens):
        yield from (token for token in tokens if token in _KNOWN)
