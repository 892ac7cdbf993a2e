"""Kills a batch at random moments and resumes it: `python benchmarks/kills.py [--kills 20] [--files 400]`.

Cleans generated pages into shards without disturbance, then once more with SIGKILL at random moments, and compares the
bytes of all files, for JSONL and for Parquet. Ends with exit code 1 where they differ.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch import make_pages


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def differs(folder: Path, format: str, kills: int, chance: random.Random) -> bool:
    """Whether a run that was killed so often gives other files than one that was not."""
    options = ["-f", format, "--shard-size", "20", "--workers", "2", "--quiet"]
    command = [sys.executable, "-m", "cleaner", "clean", str(folder / "pages"), *options, "-o"]
    start = time.perf_counter()
    subprocess.run([*command, str(folder / f"{format}-whole")], check=True)
    whole = time.perf_counter() - start
    out = folder / f"{format}-killed"
    for _ in range(kills):
        running = subprocess.Popen([*command, str(out), "--resume"])
        time.sleep(chance.uniform(1, 2 + 2 * whole / kills))  # a second until there are workers
        running.kill()
        running.wait()
        print(f"{format}: killed with {len(list(out.glob('part-*')))} shards", flush=True)
    subprocess.run([*command, str(out), "--resume"], check=True)
    return bytes_of(out) != bytes_of(folder / f"{format}-whole")


def main() -> int:
    """Runs both formats and tells what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--files", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_pages(folder / "pages", given.files, 5000)
        different = [
            format for format in ("jsonl", "parquet") if differs(folder, format, given.kills, random.Random(13))
        ]
    print(f"different: {', '.join(different)}" if different else "identical")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
