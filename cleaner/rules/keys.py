"""The one table of what a rule file can hold: each key with what it is, where it belongs and which values it has.

The check takes the names from here, the JSON Schema the rest. `docs/rules.md` has the same descriptions, which a test
compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a rule file."""

    description: str
    """As in docs/rules.md, in Markdown."""
    schema: Schema
    """Its value, as JSON Schema."""
    verbs: tuple[str, ...] = ()
    """The verbs that have it; empty for all that have such keys."""
    needs: str | None = None
    """The key that must stand beside it."""


def reference(name: str) -> Schema:
    """What the schema defines once under a name."""
    return {"$ref": f"#/$defs/{name}"}


def _number(least: int, most: int | None = None) -> Schema:
    return {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})


FLAG: Schema = {"type": "boolean"}
TEXT, TEXTS, PATTERNS, SELECTORS = map(reference, ("text", "texts", "patterns", "selectors"))
PAGE = "the page. One is needed."

FILE: Mapping[str, Key] = {
    "description": Key("what the file is for.", TEXT),
    "sites": Key("host names. Default: every site.", reference("sites")),
    "languages": Key("language tags. Default: every language.", reference("languages")),
    "when": Key(
        '`{path: "/blog/*"}`, the paths of addresses; `*` is any characters. Default: every path.', reference("when")
    ),
    "extends": Key(
        "files whose rules apply where this file applies: paths from its folder, or shipped ones as `generic/ads`.",
        reference("texts"),
    ),
    "disable": Key("ids of shipped or extended rules that are off where this file applies.", reference("texts")),
    "limits": Key("`{max_drop_ratio: 0.5}`, the share of a page's words that a rule may take.", reference("limits")),
    "rules": Key("the rules.", {"type": "array", "items": reference("rule")}),
    "metadata": Key("where the page has title, author, date, ...", reference("metadata")),
    "links": Key("`{strip_parameters: [utm_*, ref]}`, the parameters that are taken off links.", reference("links")),
    "tests": Key("tests of these rules.", {"type": "array", "items": reference("test")}),
}
VERBS: Mapping[str, str] = {
    "keep": "`keep` keeps blocks against the extractor.",
    "drop": "`drop` removes them.",
    "drop_after": "The block goes, and all after or before it in the main region.",
    "drop_before": "The block goes, and all after or before it in the main region.",
    "main": "The main content is only in these elements, and the extractor chooses inside them.",
    "heading": "The block becomes a heading, with this level if one is given, or a paragraph.",
    "paragraph": "The block becomes a heading, with this level if one is given, or a paragraph.",
    "unwrap": "The element's tags are ignored; its content stays.",
    "replace": "What `regex` finds, or the whole block of `text`, is replaced by the text in `with`, or removed.",
    "split": "A block begins at the match, also inside another block: where an element of the selector begins, or what "
    "`regex` finds.",
}
"""The verbs, each with a sentence of its section in docs/rules.md."""
RULE: Mapping[str, Key] = {
    "id": Key(
        "the name in removals and for `--disable`, of `a-z 0-9 _ . -`. Default: file and line (`example:4`).",
        {"type": ["string", "number", "boolean"], "pattern": "^[a-z0-9_.-]+$"},
    ),
    "why": Key("the reason, for people.", TEXT),
    "level": Key("1 to 6, for `heading`.", _number(1, 6), needs="heading"),
    "with": Key("the new text, for `replace`.", reference("replacement"), needs="replace"),
}
MATCH: Mapping[str, Key] = {
    "text": Key("a block with exactly this folded text.", TEXTS),
    "like": Key(
        "a block of at most 80 characters whose folded text is at most `edits` edits away. An edit adds, removes, "
        "changes or swaps letters.",
        TEXTS,
    ),
    "edits": Key("0 to 3, for `like`. Default: 1.", _number(0, 3), needs="like"),
    "misspelt": Key(
        "for `text`. `true` allows one wrong letter in at least 9 letters, two in at least 18.", FLAG, needs="text"
    ),
    "with_companions": Key(
        "for `text`. These texts, and numbers of at most three digits, may stand before and after it.",
        TEXTS,
        needs="text",
    ),
    "unless": Key("a block with none of these folded texts.", TEXTS),
    "regex": Key("a block that contains the pattern: `'(?i)^photo by '`.", PATTERNS),
    "words": Key("a block whose folded text contains the pattern: `'^photo by (ann|bo)$'`.", PATTERNS),
    "css": Key("blocks in an element of the selector.", SELECTORS),
    "xpath": Key("the same, as XPath: `\"//div[@role='note']\"`.", SELECTORS),
    "kind": Key("`heading`, `paragraph`, `list_item`, `code`, `table`, `image`, `math` or `rule`.", reference("kinds")),
    "from_markup": Key("`true` for a block of HTML or Markdown, `false` for a line of flattened text.", FLAG),
    "max_words": Key(
        "a block of at most N words. Where a script has no spaces between words, two letters count as a word.",
        _number(1),
    ),
    "repeats": Key("a block whose folded text occurs at least N times, not adjacent. N is at least 2.", _number(2)),
    "heads_next": Key("whether the block's words are among the first words of the next block that stays.", FLAG),
    "heads_links": Key("whether links to other pages stand under the block, and nothing before them.", FLAG),
    "takes_links": Key("`true` for a `drop` that takes the links under the block along.", FLAG, verbs=("drop",)),
    "recurs_irregularly": Key(
        "a text of at most 8 words that occurs at least N times in irregular places. N is at least 2.", _number(2)
    ),
    "place": Key(
        "one of the `first` or `last` blocks of the main region: `place: first`, `place: {last: 3}`.",
        reference("place"),
    ),
    "keep": Key("`keep: true` keeps the block, too.", FLAG, verbs=("heading", "paragraph", "main")),
}
PLACE: Mapping[str, Key] = {
    "css": Key("the place. One is needed.", SELECTORS),
    "xpath": Key("the place. One is needed.", SELECTORS),
    "attr": Key(
        "the attribute with the value. Default: the text.",
        {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_:.-]*$"},
    ),
    "regex": Key("the value in the text: the first group, or the whole match.", TEXT),
}
TEST: Mapping[str, Key] = {
    "name": Key("what is tested, as a sentence.", TEXT),
    "text": Key(PAGE, reference("any_text")),
    "html": Key(PAGE, reference("any_text")),
    "markdown": Key(PAGE, reference("any_text")),
    "page": Key(
        "a saved page instead: the path of a file `.html`, `.htm`, `.xhtml`, `.txt` or `.md`, from the folder of the "
        "rule file.",
        TEXT,
    ),
    "gives": Key(
        "what must be left, as text or as Markdown without front matter. White space at line ends, and empty lines "
        "around it, are ignored.",
        reference("any_text"),
    ),
    "contains": Key("what must be in it, a text or a list of texts. White space counts as one space.", TEXTS),
    "lacks": Key("what must not be in it.", TEXTS),
    "headings": Key(
        "all headings that must be left, in order: `[Oars, '### Care']`. With `#` the level counts, too. The page's "
        "title may be left out.",
        reference("headings"),
    ),
    "url": Key("of the page.", {"type": "string", "pattern": "^https?://"}),
    "language": Key("of the page.", reference("language")),
    "shipped": Key("`true` adds the shipped rules.", FLAG),
}
EXPECTED = ("gives", "contains", "lacks", "headings")
"""The keys of a test that say what must be left; it needs one of them."""
