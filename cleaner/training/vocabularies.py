"""`python -m cleaner.training.vocabularies` writes the words of languages that joining hyphenated lines looks up.

The words are those of pyspellchecker (MIT). Its lists take 40 to 140 MB of memory and 0.2 to 0.5 s to load; the filters
take 10 bits a word, and no time.
"""

from __future__ import annotations

from pathlib import Path

import click
from spellchecker import SpellChecker

from cleaner.text.vocabulary import FOLDER, Vocabulary

LANGUAGES = ("en", "es", "fr", "it", "pt")
"""Languages that have words with hyphens in small letters, so that the words must be known."""


@click.command()
@click.option("-o", "--output", default=FOLDER, type=click.Path(path_type=Path), help="The folder of the files.")
def main(output: Path) -> None:
    """Writes LANGUAGE.bloom for each language."""
    output.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        known = sorted({word for word in SpellChecker(language=language).word_frequency.words() if word.isalpha()})
        (output / f"{language}.bloom").write_bytes(Vocabulary.of(known).bits)
        click.echo(f"{language}: {len(known)} words")


if __name__ == "__main__":
    main()
