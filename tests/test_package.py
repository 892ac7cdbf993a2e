"""The wheel: what is in it, and that it cleans pages in an environment that has nothing of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import cleaner

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(path for path in (ROOT / "fixtures").glob("*/page.*") if path.suffix in (".html", ".txt"))
CLEAN = """
import sys
from pathlib import Path
import cleaner
assert Path(cleaner.__file__).is_relative_to(sys.argv[1]), cleaner.__file__
for name in sys.argv[2:]:
    kind = {".html": "text/html", ".txt": "text/plain"}[Path(name).suffix]
    sys.stdout.buffer.write(cleaner.clean(Path(name).read_bytes(), media_type=kind).to_json(indent=None).encode() + b"\\n")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_has_what_runs_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {
        f"cleaner/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.yaml")
    }
    assert rules
    assert {"cleaner/py.typed", "cleaner/content/model.npz", "cleaner/_rules/checked.json", *rules} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"cleaner"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_cleans_the_fixtures_as_the_checkout_does(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(home)  # what an installer does with a wheel of Python code
    found = subprocess.run(
        [sys.executable, "-c", CLEAN, str(home), *map(str, PAGES)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(home)},
        check=True,
        capture_output=True,
    )
    kinds = {".html": "text/html", ".txt": "text/plain"}
    here = [cleaner.clean(path.read_bytes(), media_type=kinds[path.suffix]).to_json(indent=None) for path in PAGES]
    assert found.stdout.decode().splitlines() == here


def test_the_wheel_installs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """With `pip install --no-deps`: dependencies come from the environment that runs the tests."""
    target = tmp_path / "target"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    found = subprocess.run(
        [sys.executable, "-m", "cleaner", "rules", "list"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        check=True,
        capture_output=True,
    )
    assert b"ads.label" in found.stdout
