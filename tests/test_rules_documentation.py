"""`docs/rules.md`: everything that a rule file can hold is in it, and its examples are valid."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from cleaner.document import Document
from cleaner.engine import Cleaner
from cleaner.rules import RuleSet, load_rules
from cleaner.rules import check as rulecheck
from cleaner.rules import matches as rulematch
from cleaner.rules.testing import run_tests

TEXT = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
EXAMPLES = [dedent(found) for found in re.findall(r"^ *```yaml\n(.*?)^ *```$", TEXT, re.M | re.S)]
KEYS = sorted(
    {
        *rulecheck.FILE_KEYS,
        *rulecheck.RULE_KEYS,
        *rulecheck.METADATA_FIELDS,
        *rulecheck.METADATA_KEYS,
        *rulecheck.TEST_KEYS,
        *rulematch.MATCH_KEYS,
        *rulematch.ALIASES,
        *rulematch.KINDS,
    }
)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_documented(key: str) -> None:
    assert f"`{key}`" in TEXT


@pytest.mark.parametrize("verb", rulecheck.VERBS)
def test_every_verb_has_a_section_and_an_example(verb: str) -> None:
    assert re.search(rf"^### .*\b{verb}\b", TEXT, re.M)
    assert any(f"- {verb}: " in example for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_valid_and_their_tests_pass(tmp_path: Path, example: str) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    loaded = load_rules(file, shipped=False)
    assert loaded.rules or loaded.metadata

    def clean(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
        return Cleaner(rules, extractor="none").clean(data, url=url, media_type=media_type)

    for result in run_tests(loaded, clean):
        assert result.passed, f"{result.test.name}: {result.error or result.got}"
