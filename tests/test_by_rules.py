"""The metadata that rules name: which of several counts, and what is made of a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, Document, load_rules
from cleaner.metadata.by_rules import fields_by_rules
from cleaner.metadata.evidence import Found
from cleaner.rules import MetadataRule, Tier

PAGE = """<html lang="en"><head><title>Harbour news</title><meta name="pub" content="2024-03-18"></head><body>
<h1>Ferry late again</h1><p class="by">By  Ann
Lee, reporter</p><p class="by">By Bo Ek</p><p class="when">18 March 2024</p><p class="then">some day</p>
<p class="lang">pt-br</p><p class="empty"> </p><a class="by" href="/ann" rel="">Ann</a></body></html>"""


def cleaned(tmp_path: Path, *files: str) -> Document:
    paths = []
    for name, metadata in zip("abc", files, strict=False):
        path = tmp_path / f"{name}.yaml"
        path.write_text("metadata:\n" + "".join(f"  {line}\n" for line in metadata.split("\n")), "utf-8")
        paths.append(path)
    return Cleaner(load_rules(*paths, shipped=False), extractor="none").clean(PAGE)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("{css: p.by}", "By Ann Lee, reporter"),
        ("{css: p.by, regex: 'By (.+)'}", "Ann Lee, reporter"),
        ("{css: p.by, regex: 'By ([^,]+), (.+)'}", "Ann Lee"),  # the first group
        ("{css: p.by, regex: '[A-Z]\\w+ [A-Z]\\w+$'}", "Bo Ek"),  # the whole match, of the first value that has one
        ("{css: p.by, regex: 'By (Bo)?'}", "Bo"),  # a group that takes no part gives no value
        ("{css: p.by, regex: Nobody}", None),
        ("{css: p.by, regex: 'By (\\w+ )'}", "Ann"),
        ("{css: p.by, regex: 'Ann( )Lee'}", None),
        ("{css: a.by, attr: href}", "/ann"),
        ("{css: a.by, attr: rel}", None),
        ("{css: a.by, attr: title}", None),
        ("{css: .empty}", None),
        ("{css: .nowhere}", None),
        ("{xpath: \"//a[@class='by']/@href\"}", "/ann"),
        ("{xpath: 'string(//h1)'}", "Ferry late again"),
        # Of several the first that finds something counts.
        ("[{css: a.by}, {css: p.by}]", "Ann"),
        ("[{css: .nowhere}, {css: a.by}]", "Ann"),
        ("[{css: p.by, regex: Nobody}, {css: a.by}]", "Ann"),
    ],
)
def test_what_a_rule_finds(tmp_path: Path, rule: str, found: str | None) -> None:
    assert cleaned(tmp_path, f"licence: {rule}").licence == found


@pytest.mark.parametrize(
    ("field", "rule", "value"),
    [
        ("date", "{css: .when}", "2024-03-18"),
        ("date", "{css: '.then, .when'}", "2024-03-18"),  # what is no date counts for nothing
        ("date", "[{css: .then}, {css: .when}]", "2024-03-18"),
        ("date", "{xpath: \"//meta[@name='pub']/@content\"}", "2024-03-18"),
        ("language", "{css: .lang}", "pt-BR"),
        ("language", "{css: h1}", "en"),  # which the page says
        ("title", "{css: .then}", "some day"),
        ("site_name", "{css: .then}", "some day"),
        ("description", "{css: .then}", "some day"),
        ("licence", "{css: .then}", "some day"),
    ],
)
def test_other_fields(tmp_path: Path, field: str, rule: str, value: str) -> None:
    assert getattr(cleaned(tmp_path, f"{field}: {rule}"), field) == value


def test_each_field_has_its_own_rules(tmp_path: Path) -> None:
    document = cleaned(tmp_path, "licence: [{css: a.by}, {css: p.by}]\ntitle: [{css: .nowhere}, {css: .then}]")
    assert (document.licence, document.title) == ("Ann", "some day")


def test_fields_of_ones_own(tmp_path: Path) -> None:
    document = cleaned(tmp_path, "fields: {by: [{css: .nowhere}, {css: a.by}], day: {css: .then}, no: {css: .nowhere}}")
    assert document.fields == {"by": "Ann", "day": "some day"}
    assert document.to_dict()["fields"] == {"by": "Ann", "day": "some day"}
    assert Document.from_dict(document.to_dict()) == document
    assert Cleaner().clean(document.to_markdown(), media_type="text/markdown").fields == document.fields


@pytest.mark.parametrize(
    ("files", "title"),
    [
        (["title: {css: .then}", "title: {css: a.by}"], "Ann"),  # a later file counts more
        (["title: {css: .then}", "title: {css: .nowhere}"], "some day"),
        (["title: {css: .nowhere}", "title: {css: .empty}"], "Harbour news"),
    ],
)
def test_which_file_counts(tmp_path: Path, files: list[str], title: str) -> None:
    assert cleaned(tmp_path, *files).title == title


@pytest.mark.parametrize(
    ("winner", "beaten"),
    [
        ((Tier.USER, 0, 9), (Tier.SITE, 9, 0)),
        ((Tier.SITE, 0, 9), (Tier.LANGUAGE, 9, 0)),
        ((Tier.LANGUAGE, 0, 9), (Tier.GENERIC, 9, 0)),
        ((Tier.USER, 1, 9), (Tier.USER, 0, 0)),
        ((Tier.USER, 0, 0), (Tier.USER, 0, 1)),
    ],
)
def test_which_rule_counts(winner: tuple[Tier, int, int], beaten: tuple[Tier, int, int]) -> None:
    for order in ([winner, beaten], [beaten, winner]):
        rules = [MetadataRule("title", (), (), None, None, "own.yaml:3", tier, place) for tier, *place in order]  # type: ignore[arg-type]
        values = {number: [str(order[number])] for number in (0, 1)}
        assert fields_by_rules(rules, values) == ({"title": Found(str(winner), ("rule own.yaml:3",))}, {})
