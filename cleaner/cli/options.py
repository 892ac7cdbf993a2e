"""What several commands share: options, and the way from options to a `Cleaner`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import BadRules, Failed

if TYPE_CHECKING:
    from cleaner.engine import Cleaner
    from cleaner.readers import Columns, OpenInput
    from cleaner.rules import RuleSet
    from cleaner.rules.project import FoundRules

CONTENT_OPTIONS = ("extractor", "favor", "comments", "model", "text_model", "ascii_punctuation")
COLUMN_OPTIONS = ("html", "text", "url", "id", "language")
MARKDOWN_OPTIONS = ("links", "heading_links", "heading_offset", "max_heading_level", "wrap")
_MODEL = click.Path(exists=True, dir_okay=False)
Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class CleanerOptions:
    """Which rules and which extractor the user wants."""

    rules: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    shipped: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    """Keyword arguments of `Cleaner`."""
    project: bool = True
    """Whether the project's file and the user's folder are looked for."""

    def sources(self) -> FoundRules:
        """Where the rules are. Raises BadRules for a mistake in the project's file."""
        from cleaner.rules import RuleError
        from cleaner.rules.project import find_sources

        try:
            return find_sources(self.rules, shipped=self.shipped, project=self.project)
        except RuleError as error:
            raise BadRules(*str(error).splitlines()) from None

    def load(self) -> RuleSet:
        """The rule set. Raises BadRules for a mistake in a file, click.UsageError for an unknown id."""
        from cleaner.rules import RuleError

        try:
            loaded = self.sources().load()
        except RuleError as error:
            raise BadRules(*str(error).splitlines()) from None
        try:
            return loaded.without(self.disable)
        except RuleError as error:
            raise click.UsageError("; ".join(str(error).splitlines())) from None

    def cleaner(self, rules: RuleSet) -> Cleaner:
        """A cleaner with these rules and the chosen extractor."""
        from cleaner.engine import Cleaner

        return Cleaner(rules, **self.options)


def load_rule_files(paths: Iterable[str], *, shipped: bool) -> RuleSet:
    """`load_rules`, its errors as errors of the command line."""
    from cleaner.rules import RuleError, load_rules

    try:
        return load_rules(*paths, shipped=shipped)
    except RuleError as error:
        raise BadRules(*str(error).splitlines()) from None


def rule_options(command: Command) -> Command:
    """Adds `--rules`, `--disable`, `--no-shipped-rules` and `--no-project`."""
    options = (
        click.option(
            "--rules",
            metavar="PATH",
            multiple=True,
            help="A rule file of yours, or a folder of them; may be given several times, the later wins.",
        ),
        click.option("--disable", metavar="ID", multiple=True, help="Leave out a rule; may be given several times."),
        click.option("--no-shipped-rules", is_flag=True, help="Leave the shipped rules out."),
        click.option("--no-project", is_flag=True, help="Look for no cleaner.toml and no rules of yours in ~/.config."),
    )
    return _with(command, options)


def page_options(command: Command) -> Command:
    """Adds `--url`, `--media-type` and what chooses the main content: `CONTENT_OPTIONS`."""
    options = (
        click.option("--url", metavar="URL", help="The page's address; otherwise what a saved page says of itself."),
        click.option(
            "--media-type",
            metavar="TYPE",
            help="What the input is, e.g. text/html or text/plain; otherwise what its name and content say.",
        ),
        click.option(
            "--extractor",
            type=click.Choice(["auto", "trafilatura", "none"]),
            default="auto",
            show_default=True,
            help="Who finds the main content; none keeps all that no rule removes.",
        ),
        click.option(
            "--favor",
            type=click.Choice(["precision", "balanced", "recall"]),
            default="balanced",
            show_default=True,
            help="What to lean to where it is not clear whether a block is main content.",
        ),
        click.option(
            "--comments",
            type=click.Choice(["auto", "keep", "drop"]),
            default="auto",
            show_default=True,
            help="What to do with readers' comments; auto drops them but in discussions.",
        ),
        click.option(
            "--model",
            metavar="FILE",
            type=_MODEL,
            help="A content model that `python -m cleaner.training` has written.",
        ),
        click.option(
            "--text-model", metavar="FILE", type=_MODEL, help="The same for text; `python -m cleaner.training --text`."
        ),
        click.option("--ascii-punctuation", is_flag=True, help="Make quotes and dashes those of ASCII."),
    )
    return _with(command, options)


def column_options(command: Command) -> Command:
    """Adds which columns of tables hold what, as `--html-field`: `COLUMN_OPTIONS`."""
    told = {
        "html": "The column of JSONL, CSV or Parquet with HTML; otherwise by common names, as are the others.",
        "text": "The column with text; counts where that with HTML is null.",
        "url": "The column with addresses.",
        "id": "The column with what the pages are called.",
        "language": "The column with languages, as tags: en, pt-BR.",
    }
    options = (click.option(f"--{name}-field", metavar="NAME", help=told[name]) for name in COLUMN_OPTIONS)
    return _with(command, options)


def markdown_options(command: Command) -> Command:
    """Adds how Markdown is written: `MARKDOWN_OPTIONS` and `--no-images`."""
    options = (
        click.option(
            "--links",
            type=click.Choice(["inline", "reference", "none"]),
            default="inline",
            show_default=True,
            help="Links in Markdown: behind their text, at the end of the document, or text alone.",
        ),
        click.option("--no-images", is_flag=True, help="Leave images out of Markdown; their captions stay."),
        click.option("--heading-links", is_flag=True, help="Keep links around whole headings of Markdown."),
        click.option(
            "--heading-offset",
            metavar="N",
            type=click.IntRange(-5, 5),
            default=0,
            help="Add N to the levels of headings in Markdown.",
        ),
        click.option(
            "--max-heading-level",
            metavar="N",
            type=click.IntRange(1, 6),
            default=6,
            show_default=True,
            help="The lowest level of headings in Markdown; those below it get it.",
        ),
        click.option(
            "--wrap", metavar="N", type=click.IntRange(min=1), help="Wrap prose in Markdown at N characters a line."
        ),
    )
    return _with(command, options)


def standard_input(columns: Columns | None = None) -> OpenInput:
    """What stands in standard input."""
    from cleaner.readers import open_input

    if sys.stdin is None:
        raise Failed("standard input: is closed")
    try:
        return open_input(sys.stdin.buffer, columns)
    except OSError as error:
        raise Failed(f"standard input: {error.strerror or error}") from None


def count_of(number: int, thing: str) -> str:
    """A number of things, for people: "1 file", "2 files"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def version() -> str:
    """The version of cleaner."""
    from cleaner import __version__

    return __version__


def _with(command: Command, options: Iterable[Callable[[Command], Command]]) -> Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command
