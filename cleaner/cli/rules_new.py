"""`cleaner rules new`: a first rule file for a site, from some of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.errors import BrokenOff, Failed
from cleaner.cli.exits import EXIT_CODES
from cleaner.cli.options import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.drafts import Seen
    from cleaner.engine import Cleaner

FEWEST = 3
"""Pages of which rules can be learnt."""
EPILOG = """\
\b
Examples:
  cleaner rules new example.com pages/*.html
  cleaner rules new example.com pages/ -o example.yaml

"""


@click.command("new", epilog=EPILOG + EXIT_CODES)
@click.argument("site", metavar="SITE")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", help="Where to write the rules.  [default: standard output]")
def new(site: str, pages: tuple[str, ...], output: str | None) -> None:
    """Write a first rule file for a site, from saved pages of it: three or more, best ten of one kind.

    SITE is a host name. PAGE is what `cleaner clean` reads; pages with the address of another site are left out. Each
    rule has its evidence as a comment. What is not certain is commented out.
    """
    from cleaner.batch.drafts import drafted

    host = host_of(site)
    if output is not None and Path(output).exists():
        raise click.UsageError(f"{output}: exists; give another name, or remove it")
    cleaner = _cleaner()
    found = list(_seen(host, pages, cleaner))
    if len(found) < FEWEST:
        had = f"{count_of(len(found), 'page')} of {host}"
        raise click.UsageError(f"{had}: what repeats shows on {FEWEST} pages or more")
    text = drafted(host, found, cleaner)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise BrokenOff(f"{output}: {error.strerror or error}") from None
    click.echo(f"cleaner: {output}: rules from {count_of(len(found), 'page')}", err=True)


def host_of(site: str) -> str:
    """The host name that `sites` of a rule file can have. Raises click.UsageError."""
    from cleaner.batch.drafts import loaded
    from cleaner.repeats import site_of
    from cleaner.rules import RuleError
    from cleaner.rules.importing.writing import UNWRITABLE, flow

    host = site_of(site if "://" in site else f"//{site}")
    try:
        if not host or UNWRITABLE.search(host):
            raise RuleError(())
        loaded(f"sites: {flow([host])}\n")
    except RuleError:
        raise click.UsageError(f"{site!r} is no host name, such as example.com") from None
    return host


def _cleaner() -> Cleaner:
    from cleaner.engine import Cleaner

    return Cleaner()


def _seen(host: str, pages: tuple[str, ...], cleaner: Cleaner) -> Iterator[Seen]:
    from cleaner.batch.drafts import seen
    from cleaner.readers import InputError, ReadFailure, expand, find_files
    from cleaner.repeats import site_of

    others = 0
    try:
        for record in expand(find_files(pages)):
            site = site_of(record.url)
            if site and site != host and not site.endswith(f".{host}"):
                others += 1
                continue
            try:
                yield from seen([record], cleaner)
            except ReadFailure as failure:
                raise Failed(f"{record.shown}: {failure}") from None
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if others:
        click.echo(f"cleaner: {count_of(others, 'page')} of other sites left out", err=True)
