"""What `cleaner clean` tells on standard error: progress, failures, warnings, the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import click

from cleaner.cli.options import count_of

if TYPE_CHECKING:
    from rich.progress import Progress, Task
    from rich.text import Text

    from cleaner.batch import Summary
    from cleaner.batch.jobs import Result
    from cleaner.rules import Rule


NO_ADDRESS = "no address is known, so the rules for "
"""How the warning `rules.no_address` begins."""
NO_MAIN = ": the main content that it names is not on the page"
"""How the warning `rules.main_not_found` ends."""
REMOVING = ("drop", "drop_after", "drop_before", "replace")
MAX_IDLE = 10
"""Rules that are named in a summary because they did nothing."""


def is_selective(rule: Rule) -> bool:
    """Whether a rule is the user's, removes something and names elements: if it removes nothing, they are not there."""
    from cleaner.rules import Tier

    selects = all(match.css or match.xpath for match in rule.matches)
    return rule.tier is Tier.USER and rule.verb in REMOVING and selects


class Loudness(Protocol):
    """The options that say how much to tell."""

    @property
    def single(self) -> bool: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def verbose(self) -> bool: ...


class Report:
    """Tells of each result as it comes, in a `with` statement; with a `total`, under a progress bar."""

    def __init__(self, options: Loudness, total: int | None) -> None:
        self._options = options
        self._about_rules: Counter[str] = Counter()
        self._progress = None if total is None else _progress_bar()
        if self._progress is not None:
            self._progress.add_task("", total=total)

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def advance(self, result: Result) -> None:
        """Moves the progress bar; in a pass before the last, where failures will be told of later."""
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])

    def add(self, result: Result) -> None:
        """One line for a failure and for each warning that the user wants to see."""
        self.advance(result)
        if result.failure:
            self._say(f"cleaner: {_shown(result)}: {result.failure.reason}")
        told = (each for each in result.warnings if each.startswith(NO_ADDRESS) or each.endswith(NO_MAIN))
        self._about_rules.update(told)
        if self._options.verbose or (self._options.single and not self._options.quiet):
            for warning in result.warnings:
                self._say(f"cleaner: {_shown(result)}: warning: {' '.join(warning.split())}")

    def summarize(self, summary: Summary, rules: Collection[Rule], failures: Path | None) -> None:
        """The end of a batch, and of a single page where the user wants to see all."""
        if not self._options.quiet and (self._options.verbose or not self._options.single):
            shown = [rule.id for rule in rules] if self._options.verbose else ()
            for line in (*summary_lines(summary, shown, failures), *self._idle(summary, rules)):
                click.echo(line, err=True)

    def _idle(self, summary: Summary, rules: Collection[Rule]) -> Iterator[str]:
        """What concerns rules of the user's in all of the batch: they could not apply, or did nothing."""
        for warning, count in self._about_rules.items():
            if warning.startswith(NO_ADDRESS):
                yield f"{count_of(count, 'page')}: {warning}; give --url-from or --urls"
            elif count == summary.written > 1:
                yield f"{warning.removesuffix(NO_MAIN)}: its selector matched on no page"
        if summary.written < 2 or summary.skipped or self._options.verbose:
            return
        # Of rules for several sites most do nothing on the pages of one; and some have been told already.
        scopes = {(rule.sites, rule.languages, rule.paths) for rule in rules if is_selective(rule)} - {((), (), ())}
        limited = len(scopes) > 1 or any(told.startswith(NO_ADDRESS) for told in self._about_rules)
        idle = [rule for rule in rules if is_selective(rule) and rule.id not in summary.removed]
        idle = [rule for rule in idle if not (limited and (rule.sites or rule.languages or rule.paths))]
        for rule in idle[:MAX_IDLE]:
            yield f"{rule.id} ({rule.source}): its selector took nothing from any page"
        if len(idle) > MAX_IDLE:
            yield f"so did those of {count_of(len(idle) - MAX_IDLE, 'more rule')}; --verbose lists them"

    def _say(self, line: str) -> None:
        if self._progress is None:
            click.echo(line, err=True)
        else:
            self._progress.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _shown(result: Result) -> str:
    """The file that a page is in and, where it holds many, what the page is called."""
    return result.path if not result.id or result.path.endswith(result.id) else f"{result.path}: {result.id}"


def summary_lines(summary: Summary, rules: Iterable[str], failures: Path | None) -> Iterator[str]:
    """The summary for people; `rules` are listed even where they removed nothing."""
    counts = [count_of(summary.files, "file"), f"{summary.written} written"]
    if summary.skipped:
        counts.append(f"{summary.skipped} already current")
    counts.append(f"{summary.failures} failed" + _kinds(summary))
    if summary.warnings:
        counts.append(count_of(summary.warnings, "warning"))
    yield ", ".join(counts)
    if summary.failures and failures:
        yield f"failures are listed in {failures}"
    removed = dict.fromkeys(rules, 0) | summary.removed
    if removed:
        yield f"removed: {sum(removed.values())}"
    for reason, count in sorted(removed.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:8}  {reason}"


def _kinds(summary: Summary) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.failed.items()))
    return f" ({kinds})" if kinds else ""


def _progress_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} files/s" if task.speed else "")

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
