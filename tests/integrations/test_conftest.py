"""What conftest.py promises: a skip is a failure where none may be, and a framework's warning is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WARNS = "import warnings\nwarnings.warn('old', DeprecationWarning)\n"
TESTS = {
    "test_missing.py": "import pytest\npytest.importorskip('no_such_framework')\n",
    "test_skips.py": "import pytest\ndef test(): pytest.skip('no such file')\n",
    "test_fails_as_known.py": "import pytest\n@pytest.mark.xfail\ndef test(): assert False\n",
    "test_warns.py": f"{WARNS}def test(): warnings.warn('old', DeprecationWarning)\n",
    "test_warns_for_cleaner.py": "import warnings\ndef test(): warnings.warn_explicit('old', DeprecationWarning, 'a.py', 1, 'cleaner.a')\n",
}


@pytest.mark.parametrize(
    ("no_skips", "failed"),
    [("0", {"test_warns_for_cleaner"}), ("1", {"test_warns_for_cleaner", "test_missing", "test_skips"})],
)
def test_what_fails(tmp_path: Path, no_skips: str, failed: set[str]) -> None:
    for name in ("conftest.py", "programs.py"):
        shutil.copy(HERE / name, tmp_path)
    for name, text in TESTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    command = [sys.executable, "-m", "pytest", "-rfE", "--continue-on-collection-errors", "-p", "no:cacheprovider"]
    env = {**os.environ, "CLEANER_NO_SKIPS": no_skips}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    told = [line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    assert {name.split(".py")[0] for name in told} == failed, done.stdout
