"""README and docs: what they show runs and gives what they say, what they link to is there, nothing is left out."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import io
import json
import re
import shlex
import subprocess
import sys
import tomllib
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner

import cleaner
from cleaner.cli.commands import cli
from cleaner.explanation import ExplainedBlock, Explanation
from cleaner.writers.schema import document_schema

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
}
README = DOCUMENTS["README.md"]
INTEGRATIONS = {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.glob("docs/integrations/*.md")}
"""Their programs need frameworks: tests/integrations runs them."""
FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.M | re.S)
SHOWN = re.compile(r"^ *print\(.*\)  # (.*)$", re.M)
NAMED_PAGE = re.compile(r"`([\w-]+\.html)`:\n\n```html\n(.*?)^```$", re.M | re.S)
LISTED = re.compile(r"^# (.*)$", re.M)


def blocks(text: str, info: str) -> list[str]:
    """The fenced blocks of a kind."""
    return [body for _, given, body in FENCE.findall(text) if given == info]


def numbered(info: str) -> list[object]:
    """The blocks of a kind in all documents, as parameters."""
    return [
        pytest.param(block, id=f"{name}-{number}")
        for name, text in DOCUMENTS.items()
        for number, block in enumerate(blocks(text, info), start=1)
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the files that the documents speak of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "example.yaml").write_text(blocks(README, "yaml")[0])
    (tmp_path / "example.com.txt").write_text(blocks(DOCUMENTS["docs/rules.md"], "ftr")[0])
    (tmp_path / "filters.txt").write_text(blocks(DOCUMENTS["docs/rules.md"], "adblock")[0])
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("The lamp is lit at dusk.\n")
    return tmp_path


@pytest.mark.parametrize("code", numbered("python"))
def test_python_runs_and_prints_what_it_says(folder: Path, code: str) -> None:
    if "__main__" in code:
        printed = as_script(folder, code)
    else:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(code, "snippet.py", "exec"), {"__name__": "snippet"})
        printed = output.getvalue()
    shown = SHOWN.findall(code) or LISTED.findall(code)
    assert not shown or printed.splitlines() == shown


@pytest.mark.parametrize("session", numbered("console"))
def test_commands_print_what_they_show(folder: Path, session: str) -> None:
    for name, html in NAMED_PAGE.findall(DOCUMENTS["docs/cli.md"]):
        (folder / name).write_text(html)
    parts = re.split(r"^\$ cleaner (.*)\n", session, flags=re.M)[1:]
    for command, shown in zip(parts[::2], parts[1::2], strict=True):
        result = CliRunner().invoke(cli, shlex.split(command))
        assert (result.exit_code, result.output) == (0, shown)


def as_script(folder: Path, code: str) -> str:
    """What a program prints that starts processes, which import it."""
    script = folder / "snippet.py"
    script.write_text(code)
    return subprocess.run([sys.executable, script], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_the_readme_shows_what_comes_out() -> None:
    (before,), (after,) = blocks(README, "text"), blocks(README, "markdown")
    assert cleaner.clean(before, media_type="text/plain").to_markdown(front_matter=False) == after


def test_the_rules_of_the_readme_are_valid(folder: Path) -> None:
    assert len(cleaner.load_rules("example.yaml", shipped=False).rules) == len(
        yaml.safe_load(blocks(README, "yaml")[0])["rules"]
    )


@pytest.mark.parametrize("text", numbered("json"))
def test_json_is_of_the_schema(text: str) -> None:
    jsonschema.validate(json.loads(text), document_schema(), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(("name", "place"), [("main", "."), ("test", "-e .")])
def test_the_readme_has_its_two_commands_which_install_locked_sets(name: str, place: str) -> None:
    found = re.search(rf"<!-- {name} command -->\n\n```sh\n(.*)\n```\n", README)
    assert found and found[1].startswith(
        f"python3 -m venv .venv && .venv/bin/pip install -q --no-deps -r requirements/{name}.txt"
        f" && .venv/bin/pip install -q --no-deps --no-build-isolation {place} && .venv/bin/"
    )


def linked(text: str) -> list[str]:
    """The addresses of the links of a document; what stands in code is an example."""
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", FENCE.sub("", text)))


LINKS = sorted({(name, link) for name, text in (DOCUMENTS | INTEGRATIONS).items() for link in linked(text)})


@pytest.mark.parametrize(("name", "link"), [link for link in LINKS if not urlsplit(link[1]).scheme])
def test_links_lead_somewhere(name: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (ROOT / name).parent / path if path else ROOT / name
    assert target.exists()
    if anchor:
        headings = re.findall(r"^#+ (.*)$", target.read_text(), re.M)
        assert anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("name", sorted(name for name in DOCUMENTS if name != "README.md"))
def test_the_readme_lists_every_document(name: str) -> None:
    assert f"- [{name}]({name}): " in README


def module_text(name: str) -> str:
    return (ROOT / "cleaner" / "integrations" / f"{name}.py").read_text("utf-8")


EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
MODULES = {
    path.stem: extra
    for path in sorted((ROOT / "cleaner" / "integrations").glob("*.py"))
    if (extra := path.stem.replace("_", "-")) in EXTRAS
}
"""The integrations that are for users, each with the extra of its name; the other modules are parts of them."""


def test_integrations_were_found() -> None:
    assert set(MODULES) == {"arrow", "datatrove", "langchain", "llama_index", "ray", "scrapy", "spark"}


@pytest.mark.parametrize(("name", "extra"), MODULES.items())
def test_every_integration_has_a_page_and_an_extra(name: str, extra: str) -> None:
    rows = re.findall(r"^\|.*\]\((\w+)\.md\) \|$", INTEGRATIONS["docs/integrations/README.md"], re.M)
    assert name in rows, "the table of the overview has no row for it"
    page = INTEGRATIONS[f"docs/integrations/{name}.md"]
    assert f"[{extra}]'" in page, "the page does not tell how to install it"
    assert blocks(page.split("\n## ")[0], "python"), "the page does not begin with a program"


@pytest.mark.parametrize("name", MODULES)
def test_every_option_of_an_integration_is_described(name: str) -> None:
    tree = ast.parse(module_text(name))
    options = {
        argument.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
        for argument in node.args.kwonlyargs
    }
    settings = set(re.findall(r'"(CLEANER_[A-Z_]+)"', module_text(name)))
    told = " ".join(described(INTEGRATIONS[f"docs/integrations/{name}.md"]))
    assert {option for option in options | settings if f"`{option}`" not in told} == set()


@pytest.mark.parametrize("name", sorted(INTEGRATIONS.keys() - {"docs/integrations/README.md"}))
def test_the_overview_links_every_page(name: str) -> None:
    assert f"]({Path(name).name})" in INTEGRATIONS["docs/integrations/README.md"]


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def described(text: str) -> list[str]:
    """What the items of a text's lists describe: everything before the first colon."""
    return re.findall(r"^- (`[^:\n]+):", text, re.M)


FIELDS = [
    ("docs/document.md", kind.__name__, field.name)
    for kind in (
        cleaner.Document,
        cleaner.Block,
        cleaner.Span,
        cleaner.Container,
        cleaner.Cell,
        cleaner.Removal,
        cleaner.Section,
        cleaner.Chunk,
    )
    for field in dataclasses.fields(kind)
]
FIELDS += [
    ("docs/embedding.md", "Explanations", field.name)
    for kind in (Explanation, ExplainedBlock)
    for field in dataclasses.fields(kind)
]
FIELDS += [("docs/embedding.md", "Markdown", field.name) for field in dataclasses.fields(cleaner.MarkdownOptions)]


@pytest.mark.parametrize(("name", "heading", "field"), FIELDS)
def test_every_field_is_described(name: str, heading: str, field: str) -> None:
    assert any(f"`{field}`" in keys for keys in described(section(DOCUMENTS[name], heading)))


@pytest.mark.parametrize("name", cleaner.__all__)
def test_every_public_name_is_in_the_documentation(name: str) -> None:
    assert any(re.search(rf"\b{name}\b", text) for text in DOCUMENTS.values())


def test_every_code_of_a_warning_is_documented() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "cleaner").rglob("*.py"))
    codes = set(re.findall(r'PageWarning\(\s*"([^"]+)"', sources)) | {"unknown", "not_a_page.*"}
    assert set(described(section(DOCUMENTS["docs/document.md"], "Warnings"))) == {f"`{code}`" for code in codes}


def commands(text: str) -> list[list[str]]:
    """The `cleaner` commands of the indented lines and shell blocks of a document."""
    lines = re.findall(r"^ {4,}(?:.*[|&] *)?(?:\.venv/bin/)?cleaner ([a-z].*)$", text, re.M)
    lines += [line for block in blocks(text, "sh") for line in re.findall(r"&& \S*bin/cleaner (.*)$", block, re.M)]
    found = (list(takewhile("|".__ne__, shlex.split(line, comments=True))) for line in lines if "..." not in line)
    return [words for words in found if words[0] in cli.commands and "|" not in words[-1]]


COMMANDS = sorted({(name, *words) for name, text in DOCUMENTS.items() for words in commands(text)})


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_have_the_options_that_are_shown(words: tuple[str, ...]) -> None:
    command: click.Command = cli
    rest = list(words[1:])
    while isinstance(command, click.Group):
        command = command.commands[rest.pop(0)]
    known = {name for option in command.params for name in option.opts}
    assert {word for word in rest if word.startswith("-") and word != "-"} <= known


def test_commands_were_found() -> None:
    assert len(COMMANDS) > 15


def test_reasons_of_stages_are_documented() -> None:
    told = (ROOT / "docs" / "document.md").read_text("utf-8")
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "cleaner").rglob("*.py"))
    reasons = set(
        re.findall(r'"(structure\.[a-z]+|text\.printed|content\.(?:score|whole|contents|comments))"', sources)
    )
    assert {"structure.byline", "structure.empty", "text.printed"} <= reasons
    assert not {reason for reason in reasons if f"`{reason}`" not in told}
