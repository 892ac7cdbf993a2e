"""What many rules cost: `python benchmarks/many_rules.py SITE_CONFIGS PAGE ... [--runs 5]`.

SITE_CONFIGS is a folder of site configs of Full-Text RSS; they are imported, loaded without a cache and with one, and
the page is cleaned with them (they are of other sites). Then it is cleaned with made generic filters of an ad blocker,
of which three in a hundred are no plain names of classes or ids. PAGE are saved pages. Times are of the processor: the
least of some runs, with all numbers of rules in turn.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cleaner import Cleaner, load_rules
from cleaner.rules.importing.adblock import import_adblock
from cleaner.rules.importing.findings import NotImported
from cleaner.rules.importing.ftr import import_ftr

ADDRESS = "https://a-site-without-rules.example/page"
FORMS = ('[class^="{}-"]', 'a[href*="{}.com"]', 'div[id^="{}-ad"]', ".{} > .b", ".{}:has(> .b)", '[data-a="{}"]')
LOAD = """
import sys, time
from cleaner.rules import load_rules
start = time.process_time()
load_rules(sys.argv[1], shipped=False)
print(time.process_time() - start)
"""


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("configs", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sites = written_sites(given.configs, folder / "sites")
        some = folder / "some"
        some.mkdir()
        for file in sorted(sites.iterdir())[:100]:
            (some / file.name).write_bytes(file.read_bytes())
        time.sleep(2.1)  # files that were written just now are not kept in the cache
        loading(sites, folder / "cache", given.runs)
        filters = [written_filters(number, folder / str(number)) for number in (300, 30_000)]
        cleaning(
            [path.read_bytes() for path in given.pages], [(), (some,), (sites,), *((f,) for f in filters)], given.runs
        )


def written_sites(configs: Path, folder: Path) -> Path:
    """A folder with the rule files of site configs."""
    folder.mkdir()
    for config in sorted(configs.glob("*.txt")) + sorted(configs.glob(".*.txt")):
        try:
            made = import_ftr(config.read_bytes(), config.name)
        except NotImported as error:
            print(error)
            continue
        (folder / made.name).write_text(made.text, encoding="utf-8")
    return folder


def written_filters(number: int, folder: Path) -> Path:
    """A folder with the rule files of made filters for all sites."""
    draw = random.Random(number)
    names = [
        f"{draw.choice('abcdefgh')}{draw.randrange(10**6):x}-{draw.choice(['ad', 'box', 'top'])}{n}"
        for n in range(number)
    ]
    forms = [draw.choice(FORMS) if draw.random() < 0.03 else draw.choice((".{}", "#{}")) for _ in names]
    lines = "\n".join("##" + form.format(name) for form, name in zip(forms, names, strict=True))
    folder.mkdir()
    for file in import_adblock([("filters.txt", lines.encode())], generic=True)[0]:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    return folder


def loading(rules: Path, cache: Path, runs: int) -> None:
    """Prints how long loading takes without a cache, and with one."""
    for name, variable in (("without a cache", ""), ("with a cache", str(cache))):
        environment = os.environ | {"CLEANER_CACHE": variable}
        command = [sys.executable, "-c", LOAD, str(rules)]
        found = [float(subprocess.check_output(command, env=environment, text=True)) for _ in range(runs + 1)][1:]
        print(f"load {len(list(rules.iterdir()))} files {name}: {min(found):.2f} s")


def cleaning(pages: list[bytes], folders: list[tuple[Path, ...]], runs: int) -> None:
    """Prints how long a page takes with each of some rule sets."""
    cleaners = [Cleaner(load_rules(*folder)) for folder in folders]
    least = [float("inf")] * len(cleaners)
    for _ in range(runs):
        for number, cleaner in enumerate(cleaners):
            start = time.process_time()
            for page in pages:
                cleaner.clean(page, url=ADDRESS, media_type="text/html")
            least[number] = min(least[number], (time.process_time() - start) / len(pages))
    for cleaner, folder, taken in zip(cleaners, folders, least, strict=True):
        own = len(cleaner.rules.rules) - len(cleaners[0].rules.rules)
        name = folder[0].name if folder else "none"
        print(f"{own:6} rules ({name}): {taken * 1000:.1f} ms a page, {taken / least[0] - 1:+.1%}")


if __name__ == "__main__":
    main()
