"""`python -m cleaner.training` trains the content model for HTML, or the scores for text, on pages with gold text."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from cleaner.content.features.block_features import feature_names
from cleaner.models.trees import Trees, save_parts
from cleaner.training.boosting import Hyperparameters
from cleaner.training.cross_validation import by_fold, figures, train
from cleaner.training.samples import Sample, load
from cleaner.training.text_models import TEXT_HYPERPARAMETERS, train_texts
from cleaner.training.texts import GoldPage, gold_pages


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
        _train_texts(list(gold_pages(folder, folds, every)), settings, output, fold_models)
        return
    samples = list(load(folder, folds, every))
    click.echo(f"{len(samples)} pages, {sum(len(s.words) for s in samples)} blocks", err=True)
    about: dict[str, object] = {"set": folder.name, "pages": len(samples), "settings": asdict(settings)}
    if fold_models is not None:
        about["out_of_fold"] = _cross_validate(samples, settings, fold_models, about)
    if not no_final:
        _save(train(samples, feature_names(), settings), output, about)


def _train_texts(pages: list[GoldPage], settings: Hyperparameters, output: Path, fold_models: Path | None) -> None:
    """Writes the scores for text of all pages and, with `fold_models`, those of all pages without each fold."""
    about = {"pages": len(pages), "settings": asdict(settings)}
    made = train_texts(pages, settings, by_fold=fold_models is not None, tell=lambda said: click.echo(said, err=True))
    for fold, parts in made.items():
        path = output if fold is None or fold_models is None else fold_models / f"text-fold-{fold}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        card = {**about, "left_out": fold}
        save_parts(path, {n: replace(p, about=card) if isinstance(p, Trees) else p for n, p in parts.items()})
        click.echo(f"{path}: {path.stat().st_size} bytes", err=True)


def _cross_validate(
    samples: list[Sample], settings: Hyperparameters, folder: Path, about: dict[str, object]
) -> dict[str, float]:
    """Writes the models of the folds, prints their figures and gives them."""
    models = by_fold(samples, feature_names(), settings)
    folder.mkdir(parents=True, exist_ok=True)
    for fold, model in models.items():
        _save(model, folder / f"fold-{fold}.npz", {**about, "left_out": fold})
    found = figures(samples, models, feature_names())
    click.echo(json.dumps(found))
    return found


def _save(model: Trees, path: Path, about: dict[str, object]) -> None:
    replace(model, about=about).save(path)
    click.echo(f"{path}: {path.stat().st_size} bytes, {len(model.features)} features", err=True)


if __name__ == "__main__":
    main()
