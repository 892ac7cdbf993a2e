"""Where rules are found: `cleaner.toml`, the user's folder, `find_rules`, `rules list`, `--no-project`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run

from cleaner.rules import RuleError, load_rules
from cleaner.rules.project import find_rules, find_sources, project_file, user_folder

RULE = "rules: [{{drop: {0}, id: {0}}}]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is in a repository in a home folder; the user and the project have rules."""
    home = tmp_path.resolve() / "home"
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    project = home / "work"
    (project / "pages").mkdir(parents=True)
    (project / ".git").mkdir()
    write(home / "config/cleaner/rules/mine.yaml", RULE.format("mine"))
    write(project / "rules/site.yaml", RULE.format("site"))
    write(project / "given.yaml", RULE.format("given"))
    write(
        project / "cleaner.toml",
        '[rules]\npaths = ["rules"]\ndisable = ["ads.label"]\nlimits = {max_drop_ratio = 0.5}\n',
    )
    monkeypatch.chdir(project)
    return project


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_order_is_that_of_precedence(folder: Path) -> None:
    found = find_sources(["given.yaml"])
    assert [(source.kind, source.path) for source in found.sources] == [
        ("shipped", ""),
        ("user", user_folder().as_posix()),
        ("project", "rules"),
        ("given", "given.yaml"),
    ]
    rules = find_rules("given.yaml")
    assert [rule.id for rule in rules.rules][-3:] == ["mine", "site", "given"]
    assert "ads.label" not in {rule.id for rule in rules.rules}
    assert {rule.max_drop_ratio for rule in rules.rules} == {0.5}
    assert find_rules(folder=folder / "pages").rules == find_rules().rules
    assert find_rules("given.yaml", project=False) == load_rules("given.yaml")
    assert [rule.id for rule in find_rules(shipped=False).rules if rule.id != "ads.label"] == ["mine", "site"]


def test_a_project_may_leave_the_shipped_rules_out() -> None:
    Path("cleaner.toml").write_text("[rules]\nshipped = false\n[other]\nx = 1\n")
    assert [rule.id for rule in find_rules("given.yaml").rules] == ["mine", "given"]


def test_where_a_project_ends(folder: Path, tmp_path: Path) -> None:
    assert project_file(folder / "pages") == folder / "cleaner.toml"
    (folder / "pages/.git").mkdir()
    assert project_file(folder / "pages") is None
    home = folder.parent
    (home / "cleaner.toml").touch()
    (home / "loose").mkdir()
    assert project_file(home / "loose") == home / "cleaner.toml"
    outside = tmp_path.resolve() / "outside/below"
    outside.mkdir(parents=True)
    (outside.parent / "cleaner.toml").touch()
    assert project_file(outside) is None
    assert project_file(outside.parent) == outside.parent / "cleaner.toml"


MISTAKES = [
    ("[rules]\npath = 'a'\n", "cleaner.toml: unknown key 'path' in [rules]; did you mean 'paths'?"),
    ("[rules]\npaths = 1\nshipped = 'no'\n",
     "cleaner.toml: 'paths' needs a text or a list of texts\ncleaner.toml: 'shipped' needs true or false"),
    ("rules = 1\n", "cleaner.toml: 'rules' needs keys and values"),
    ("[rules.limits]\nmax_drop_ratio = 2\n", "cleaner.toml: 'max_drop_ratio' needs a number above 0 and at most 1"),
    ("[rules]\ndisable = 'ads.lable'\n", "cleaner.toml: unknown rule 'ads.lable'; did you mean 'ads.label'?"),
    ("[rules]\npaths = 'missing.yaml'\n", "missing.yaml: no such file"),
    ("[rules\n", "cleaner.toml: not TOML: Expected ']' at the end of a table declaration (at line 1, column 7)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_mistakes_of_a_project(text: str, told: str) -> None:
    Path("cleaner.toml").write_text(text)
    with pytest.raises(RuleError) as error:
        find_rules()
    assert str(error.value) == told
    result = run("rules", "list")
    assert (result.exit_code, result.stderr) == (3, "".join(f"cleaner: {line}\n" for line in told.splitlines()))


def test_rules_list_says_where_rules_are_from() -> None:
    result = run("rules", "list", "--rules", "given.yaml", "--no-shipped-rules", "--sources")
    assert result.stdout == (
        "# the later source wins:\n"
        f"# your folder: {user_folder().as_posix()}\n"
        "# project: rules\n"
        "# --rules: given.yaml\n"
        f"# by {Path.cwd() / 'cleaner.toml'}, disables ads.label, max_drop_ratio 0.5\n"
    )
    Path("cleaner.toml").write_text("[rules]\npaths = 'rules'\n")
    listed = run("rules", "list", "--no-shipped-rules").stdout.splitlines()
    assert listed[0] == "# the later source wins:"
    assert [line.split()[0] for line in listed[4:]] == ["ID", "mine", "site"]
    alone = run("rules", "list", "--rules", "given.yaml", "--no-shipped-rules", "--no-project").stdout
    assert alone.splitlines()[0].split()[0] == "ID"
    assert run("rules", "list", "--no-project", "--sources").stdout == "# the later source wins:\n# shipped rules\n"


def test_a_page_is_cleaned_with_the_rules_of_the_project() -> None:
    Path("cleaner.toml").write_text("[rules]\npaths = 'rules'\n")
    Path("page.txt").write_text("The ferry left at noon.\n\nsite\n\nmine\n\nIt came back at night.\n")
    with_project = run("clean", "page.txt", "--extractor", "none", "-f", "text").stdout
    assert with_project == "The ferry left at noon.\n\nIt came back at night.\n"
    assert "site" in run("clean", "page.txt", "--extractor", "none", "--no-project").stdout
    assert "rules/site.yaml" in run("explain", "page.txt").stdout
    assert "rules/site.yaml" not in run("explain", "page.txt", "--no-project").stdout
    assert "site " in run("rules", "stats", "page.txt", "--no-time").stdout
    assert run("rules", "show", "site").exit_code == 0


def test_without_a_project_and_a_folder_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("cleaner.toml").unlink()
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")  # which the specification says to ignore
    assert user_folder() == Path.home() / ".config/cleaner/rules"
    assert find_rules() == load_rules()
