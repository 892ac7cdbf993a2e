"""`python -m cleaner.training` trains the content model for HTML, or the scores for text, on pages with gold text."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from cleaner.content.features.block_features import feature_names
from cleaner.models.trees import Trees, save_parts
from cleaner.training.boosting import Hyperparameters
from cleaner.training.cross_validation import by_fold, figures, first_choice, out_of_fold, train
from cleaner.training.revisions import Parts, train_revisions
from cleaner.training.samples import load
from cleaner.training.text_models import TEXT_HYPERPARAMETERS, train_texts
from cleaner.training.texts import GoldPage, gold_pages
from cleaner.training.transplants import transplanted


@click.command()
@click.argument("folder", metavar="SET", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The model's file, a .npz.")
@click.option("--text", is_flag=True, help="Train the scores for text instead of the one for HTML.")
@click.option("--folds", type=click.Path(exists=True, path_type=Path), help="Left out: SET/folds.json.")
@click.option(
    "--fold-models",
    type=click.Path(path_type=Path),
    help="A folder for the models of the folds, fold-N.npz or text-fold-N.npz.",
)
@click.option(
    "--second-only",
    is_flag=True,
    help="Train the second decision only; the first score stays as it is in --output and --fold-models.",
)
@click.option(
    "--keep-breaks",
    is_flag=True,
    help="With --text, the score of line ends stays as it is in --output and --fold-models.",
)
@click.option("--no-final", is_flag=True, help="Cross-validate only: write no model of all pages.")
@click.option("--every", default=1, show_default=True, help="Take every Nth page only, for a quick look.")
@click.option(
    "--rounds",
    type=int,
    help=f"Trees of a score. Left out: {Hyperparameters().rounds}, for text {TEXT_HYPERPARAMETERS.rounds}.",
)
@click.option("--seed", default=0, show_default=True)
def main(
    folder: Path,
    output: Path,
    text: bool,
    folds: Path | None,
    fold_models: Path | None,
    second_only: bool,
    keep_breaks: bool,
    no_final: bool,
    every: int,
    rounds: int | None,
    seed: int,
) -> None:
    """Trains a model on SET, a folder in the layout of WCXB.

    SET has html/ID.html.gz, ground-truth/ID.json and folds.json. The same set and options give the same model.
    """
    settings = TEXT_HYPERPARAMETERS if text else Hyperparameters()
    settings = replace(settings, rounds=rounds or settings.rounds, seed=seed)
    if text:
        if keep_breaks and fold_models is None:
            raise click.UsageError("--keep-breaks needs --fold-models")
        _train_texts(list(gold_pages(folder, folds, every)), settings, output, fold_models, keep_breaks)
        return
    if second_only and fold_models is None:
        raise click.UsageError("--second-only needs --fold-models, whose first scores it learns from")
    about: dict[str, object] = {"set": folder.name, "settings": asdict(settings)}
    real = list(load(folder, folds, every))
    samples = real + ([] if second_only else list(transplanted(folder, folds, every, seed=seed)))
    about["pages"], about["transplants"] = len(real), len(samples) - len(real)
    click.echo(f"{about}, {sum(len(item.words) for item in samples)} blocks", err=True)
    if second_only and fold_models is not None:
        models = {fold: Trees.load(fold_models / f"fold-{fold}.npz") for fold in sorted({s.fold for s in real})}
    else:
        models = by_fold(samples, feature_names(), settings)
    scores = out_of_fold(real, models, feature_names())
    revisions, chosen = train_revisions(real, scores, seed)
    first = [first_choice(item, found) for item, found in zip(real, scores, strict=True)]
    about["out_of_fold"] = figures(real, chosen)
    click.echo(json.dumps({"first": figures(real, first), "revised": about["out_of_fold"]}))
    if fold_models is not None:
        for fold, trees in models.items():
            card = trees.about if second_only else {**about, "left_out": fold}
            _save(fold_models / f"fold-{fold}.npz", replace(trees, about=card), revisions[fold])
    if second_only:
        _save(output, Trees.load(output), revisions[None])
    elif not no_final:
        _save(output, replace(train(samples, feature_names(), settings), about=about), revisions[None])


def _train_texts(
    pages: list[GoldPage], settings: Hyperparameters, output: Path, fold_models: Path | None, keep_breaks: bool
) -> None:
    """Writes the scores for text of all pages and, with `fold_models`, those of all pages without each fold."""

    def path_of(fold: int | None) -> Path:
        return output if fold is None or fold_models is None else fold_models / f"text-fold-{fold}.npz"

    about = {"pages": len(pages), "settings": asdict(settings)}
    made = train_texts(
        pages,
        settings,
        by_fold=fold_models is not None,
        breaks_of=path_of if keep_breaks else None,
        tell=lambda said: click.echo(said, err=True),
    )
    for fold, parts in made.items():
        path = path_of(fold)
        path.parent.mkdir(parents=True, exist_ok=True)
        card = {**about, "left_out": fold}
        save_parts(path, {n: replace(p, about=card) if isinstance(p, Trees) else p for n, p in parts.items()})
        click.echo(f"{path}: {path.stat().st_size} bytes", err=True)


def _save(path: Path, first: Trees, second: Parts) -> None:
    """Writes a model with the parts of its second decision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_parts(path, {"": first, **second})
    click.echo(f"{path}: {path.stat().st_size} bytes, {len(first.features)} features", err=True)


if __name__ == "__main__":
    main()
