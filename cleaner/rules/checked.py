"""The shipped rules as their check left them, in a file beside them: reading it takes a tenth of the check's time.

The file says which rule files it was made from. Where one of these has changed since, it is as if there were none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from cleaner.rules import RuleSet
from cleaner.rules.types import Conditions, LinkRule, MetadataRule, Place, Rule, RuleTest, Tier
from cleaner.selectors import Selector, compile_css, compile_xpath

NAME = "checked.json"


def read_checked(root: Path, files: Mapping[str, bytes]) -> RuleSet | None:
    """The rules of the shipped `files` under `root`, by name in load order; None where they must be checked first."""
    try:
        data = (root / NAME).read_bytes()
    except OSError:
        return None
    made_from, rules = _parsed(data)
    return rules if made_from == _fingerprints(files) else None


def to_json(rules: RuleSet, files: Mapping[str, bytes]) -> str:
    """What the file says: a line for each rule file, rule and test."""
    parts = {
        "files": _fingerprints(files),
        "rules": rules.rules,
        "metadata": rules.metadata,
        "links": rules.links,
        "tests": rules.tests,
    }
    return "{" + ",\n".join(f"{json.dumps(name)}: [\n{_lines(part)}\n]" for name, part in parts.items()) + "}\n"


def _lines(items: Iterable[Any]) -> str:
    return ",\n".join(json.dumps(item, default=_plain, ensure_ascii=False) for item in items)


def _fingerprints(files: Mapping[str, bytes]) -> list[list[str | int]]:
    """For each file its name, its size in bytes and its checksum."""
    return [[name, len(data), crc32(data)] for name, data in files.items()]


def _plain(item: Any) -> Any:
    """A selector as it is written; other data by its fields, without those that have their default."""
    if isinstance(item, Selector):
        return item.source
    values = {field.name: (getattr(item, field.name), field.default) for field in fields(item)}
    return {name: value for name, (value, default) in values.items() if default is MISSING or value != default}


@lru_cache(maxsize=1)
def _parsed(data: bytes) -> tuple[list[list[str | int]], RuleSet]:
    """What the files were and the rules, remembered: cleaners have them in common."""
    held = json.loads(data)
    rules = RuleSet(
        rules=tuple(_rule(item) for item in held["rules"]),
        metadata=tuple(MetadataRule(**_values(item)) for item in held["metadata"]),
        tests=tuple(RuleTest(**_values(item)) for item in held["tests"]),
        links=tuple(LinkRule(**_values(item)) for item in held.get("links", ())),
    )
    return held["files"], rules


def _rule(item: dict[str, Any]) -> Rule:
    matches = tuple(Conditions(**_values(match)) for match in item["matches"])
    return Rule(**(_values(item) | {"matches": matches}))


def _values(item: dict[str, Any]) -> dict[str, Any]:
    return {key: _READERS[key](value) if key in _READERS else _frozen(value) for key, value in item.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_READERS: dict[str, Callable[[Any], Any]] = {
    "css": lambda sources: tuple(map(compile_css, sources)),
    "xpath": lambda sources: tuple(map(compile_xpath, sources)),
    "place": lambda place: Place(**place),
    "tier": Tier,
}
"""What JSON has no type for."""
