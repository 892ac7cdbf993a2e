"""The cache of large collections of rule files: it gives what the check gives, and is never in the way."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from cleaner.rules import RuleError, RuleSet, cache, load_rules

EVERYTHING = """\
sites: [example.com]
languages: [de]
when: {path: /blog/*}
rules:
  - drop: [Most popular, {like: abonnieren, edits: 2}, {regex: '^x$', place: {last: 3}}]
    id: own.labels
    why: Labels.
  - main: {css: "#a, .b > .c", keep: true}
  - heading: {xpath: "//p[@id='h'] | //b", level: 3}
  - replace: {css: a, text: b}
    with: c
metadata:
  title: {css: h1, attr: title, regex: '(.+)'}
  fields: {price: {xpath: string(//i)}}
links: {strip_parameters: [utm_*]}
tests:
  - {name: n, text: a, gives: a, url: "https://example.com/", language: de}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with more rule files than are loaded without a cache; they were written long ago."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    Path("rules").mkdir()
    for number in range(cache.MIN_FILES):
        write(f"rules/{number:02}.yaml", f"rules:\n  - drop: Label {number}\n")
    write("rules/all.yaml", EVERYTHING)
    return tmp_path


def write(name: str, text: str, age: float = 100) -> None:
    Path(name).write_text(text)
    then = time.time() - age
    os.utime(name, (then, then))


def load() -> RuleSet:
    return load_rules("rules", shipped=False)


def held() -> list[Path]:
    return sorted(Path("cache").glob("*")) if Path("cache").exists() else []


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as unchanged at once: the time at which they were written is not waited for."""
    monkeypatch.setattr(cache, "_SETTLED", -1)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are checked."""
    from cleaner.rules import check

    names: list[str] = []
    original = check.check_file

    def spy(data: bytes, name: str, number: int, **options: Any) -> Any:
        names.append(name)
        return original(data, name, number, **options)

    monkeypatch.setattr(check, "check_file", spy)
    return names


@pytest.mark.usefixtures("settled")
def test_the_cache_gives_what_the_check_gives(checked: list[str]) -> None:
    first = load()
    assert len(checked) == cache.MIN_FILES + 1
    assert len(held()) == 1
    checked.clear()
    assert load() == first
    assert checked == []


@pytest.mark.usefixtures("settled")
def test_a_changed_file_is_checked_again(checked: list[str]) -> None:
    load()
    write("rules/03.yaml", "rules:\n  - drop: Labal 3\n")  # of the same size
    checked.clear()
    assert load().rules[3].matches[0].text == ("Labal 3",)
    assert checked == ["rules/03.yaml"]
    checked.clear()
    load()
    assert checked == []


@pytest.mark.usefixtures("settled")
def test_a_new_file_and_one_that_is_gone_move_the_others(checked: list[str]) -> None:
    load()
    write("rules/00a.yaml", "rules:\n  - drop: New\n")
    Path("rules/01.yaml").unlink()
    checked.clear()
    found = load()
    assert checked == ["rules/00a.yaml"]
    assert [rule.order[0] for rule in found.rules[:3]] == [0, 1, 2]
    assert found.rules[1].matches[0].text == ("New",)
    assert found == load_without()


def load_without() -> RuleSet:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.VARIABLE, "")
        return load()


def test_a_file_that_was_written_just_now_is_not_kept(checked: list[str]) -> None:
    load()
    checked.clear()
    load()
    assert len(checked) == cache.MIN_FILES + 1  # the times of their states are new, whatever those of their contents
    assert held() == []


@pytest.mark.usefixtures("settled")
def test_mistakes_are_told_each_time() -> None:
    write("rules/bad.yaml", "rules:\n  - dorp: a\n")
    for _ in range(2):
        with pytest.raises(RuleError, match="unknown verb 'dorp'"):
            load()


@pytest.mark.usefixtures("settled")
def test_ids_that_are_given_twice_are_told_with_the_cache() -> None:
    load()
    write("rules/twice.yaml", "rules:\n  - {drop: a, id: own.labels}\n")
    with pytest.raises(RuleError, match=r"id 'own\.labels' is taken by rules/all\.yaml:6"):
        load()


BROKEN = ["", "{}", "x\n{}", "\x00", "[]", "null"]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_cache_is_none(text: str, checked: list[str]) -> None:
    first = load()
    (path,) = held()
    path.write_text(text)
    checked.clear()
    assert load() == first
    assert len(checked) == cache.MIN_FILES + 1


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "item", [[], {}, None, {"rules": [{}]}, {"rules": [1], "ids": []}, {"rules": [{"x": 1}], "ids": []}]
)
def test_a_cache_that_says_other_things_is_none(item: object) -> None:
    first = load()
    (path,) = held()
    body = json.loads(path.read_text().partition("\n")[2])
    body["rules/01.yaml"][1] = item
    text = json.dumps(body)
    path.write_text(f"{cache._checksum(text)}\n{text}")
    assert load() == first


@pytest.mark.usefixtures("settled")
def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert load() == load()


@pytest.mark.usefixtures("settled")
def test_an_empty_variable_switches_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "")
    load()
    assert held() == []


@pytest.mark.usefixtures("settled")
def test_few_files_have_no_cache() -> None:
    load_rules("rules/01.yaml", "rules/02.yaml", shipped=False)
    assert held() == []


@pytest.mark.usefixtures("settled")
def test_old_caches_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_CACHES", 2)
    for copies in range(1, 5):
        load_rules(*["rules"] * copies, shipped=False)
    assert len(held()) == 2
