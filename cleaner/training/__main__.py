"""`python -m cleaner.training`: the content model, from pages with gold text."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from cleaner.content.scorer import feature_list
from cleaner.trees import Trees
from cleaner.training.boosting import Settings
from cleaner.training.cross_validation import by_fold, figures, train
from cleaner.training.samples import Sample, load


@click.command()
@click.argument("folder", metavar="SET", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The model's file, a .npz.")
@click.option("--folds", type=click.Path(exists=True, path_type=Path), help="Left out: SET/folds.json.")
@click.option(
    "--fold-models", type=click.Path(path_type=Path), help="A folder for the models of the folds, fold-N.npz."
)
@click.option("--no-final", is_flag=True, help="Cross-validate only: write no model of all pages.")
@click.option("--every", default=1, show_default=True, help="Take every Nth page only, for a quick look.")
@click.option("--rounds", default=Settings().rounds, show_default=True, help="Trees of the model.")
@click.option("--seed", default=0, show_default=True)
def main(
    folder: Path,
    output: Path,
    folds: Path | None,
    fold_models: Path | None,
    no_final: bool,
    every: int,
    rounds: int,
    seed: int,
) -> None:
    """Trains the content model on SET, a folder in the layout of WCXB.

    SET has html/ID.html.gz, ground-truth/ID.json and folds.json. The same set and options give the same model.
    """
    settings = Settings(rounds=rounds, seed=seed)
    names = tuple(feature.name for feature in feature_list())
    samples = list(load(folder, folds, every))
    click.echo(f"{len(samples)} pages, {sum(len(s.words) for s in samples)} blocks", err=True)
    about: dict[str, object] = {"set": folder.name, "pages": len(samples), "settings": asdict(settings)}
    if fold_models is not None:
        about["out_of_fold"] = _cross_validate(samples, names, settings, fold_models, about)
    if not no_final:
        _save(train(samples, names, settings), output, about)


def _cross_validate(
    samples: list[Sample], names: tuple[str, ...], settings: Settings, folder: Path, about: dict[str, object]
) -> dict[str, float]:
    models = by_fold(samples, names, settings)
    folder.mkdir(parents=True, exist_ok=True)
    for fold, model in models.items():
        _save(model, folder / f"fold-{fold}.npz", {**about, "left_out": fold})
    found = figures(samples, models, names)
    click.echo(json.dumps(found))
    return found


def _save(model: Trees, path: Path, about: dict[str, object]) -> None:
    replace(model, about=about).save(path)
    click.echo(f"{path}: {path.stat().st_size} bytes, {len(model.features)} features", err=True)


if __name__ == "__main__":
    main()
