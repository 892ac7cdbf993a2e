"""Front matter: the metadata that people put as YAML on top of Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.document import PageWarning

MAX_LENGTH = 16_384
"""Characters of front matter that are read; what is longer is text."""
_MAX_BRACKETS = 400
"""Lists and mappings in brackets; what has more is no metadata, and takes YAML seconds."""

_FENCED = re.compile(r"---[ \t]*\n(?:(.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NAMES = {
    "title": ("title",),
    "title_position": ("title_position",),
    "author": ("author", "authors"),
    "date": ("date", "published"),
    "site_name": ("site_name",),
    "description": ("description",),
    "language": ("language", "lang"),
    "licence": ("licence", "license"),
    "url": ("url", "canonical", "canonical_url"),
}
"""What our fields are called by those who write front matter; earlier names count before later ones."""
_NO_MAPPING = "the front matter is no YAML mapping: it was kept as text"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands on top of a Markdown text."""

    values: dict[str, str] = field(default_factory=dict)
    """By our names; what is neither a text nor a list of texts is left out."""
    fields: dict[str, str] = field(default_factory=dict)
    """What stands under `fields`, as the Markdown writer puts the fields that rules add."""
    length: int = 0
    """Characters of the text that it takes, its fences among them."""
    warnings: tuple[PageWarning, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text with `\\n` at its line ends; what is no YAML mapping is left to be text."""
    if not text.startswith("---"):
        return FrontMatter()
    found = _FENCED.match(text, 0, MAX_LENGTH)
    if found is None:
        return FrontMatter()
    nodes = _mapping(found[1] or "")
    if nodes is None:
        return FrontMatter(warnings=(PageWarning("markdown.front_matter", _NO_MAPPING),))
    values = {name: _text(node) for name, node in nodes.items()}
    named = {ours: _first(values, names) for ours, names in _NAMES.items()}
    return FrontMatter({name: value for name, value in named.items() if value}, _own_fields(nodes), found.end())


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _own_fields(nodes: Mapping[str, object]) -> dict[str, str]:
    import yaml

    node = nodes.get("fields")
    if not isinstance(node, yaml.MappingNode):
        return {}
    texts = {key.value: _text(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    return {name: value for name, value in texts.items() if value}


def _mapping(source: str) -> dict[str, object] | None:
    """The nodes of a mapping by their keys."""
    import yaml

    if source.count("[") + source.count("{") > _MAX_BRACKETS:
        return None
    try:
        # Nodes, not values: nothing is built, no alias is followed, and a date stays the text that it is.
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        return None
    return {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}


def _text(node: object) -> str:
    """A scalar, the names of a list of people, or nothing."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return "" if node.style is None and node.value in _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(filter(None, (_text(item) for item in node.value if not isinstance(item, yaml.SequenceNode))))
    if isinstance(node, yaml.MappingNode):
        names = [value for key, value in node.value if key.value == "name" and isinstance(value, yaml.ScalarNode)]
        return _text(names[0]) if names else ""
    return ""
