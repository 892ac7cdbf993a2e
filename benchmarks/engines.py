"""Rows and throughput of engines: `python benchmarks/engines.py [--records 5000] [--html FOLDER] [--every 1]`.

Makes Parquet files of the pages in FOLDER (`.html` or `.html.gz`; each comes under as many addresses as are needed).
Each engine reads, cleans and writes them on two processors: `clean_batch` alone, Ray Data, Spark, and the command line
with `--engine local`, `ray` and `spark`. Printed are

- the seconds from the call to the last row, without the start of Python, Ray or Java (but with that of Ray or Java for
  the command line), and pages a second and processor;
- CPU milliseconds for a page: of all processes, and of the calling one alone, which for the command line tells how many
  processors it can feed;
- the memory of all processes at their peak, where what they share counts in part;
- whether the rows are the same when they are sorted by id.

Each engine runs in a process of its own. The first pages wait for worker processes, about two seconds. Wall times mean
something only on a machine that does nothing else. Needs Linux, Java and the extras `ray` and `spark`.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq

PROCESSORS = 2
FILES = 8
FIELDS = ("id", "url", "title", "author", "date", "language", "text", "markdown", "blocks", "warning_codes")


def pages(folder: Path, count: int, every: int) -> Iterator[dict[str, Any]]:
    """Rows with the pages, again and again under other addresses."""
    paths = sorted(folder.rglob("*.html*"))[::every]
    for number, path in zip(range(count), itertools.cycle(paths), strict=False):
        data = path.read_bytes()
        html = gzip.decompress(data) if path.suffix == ".gz" else data
        yield {"id": f"{number:07}", "url": f"https://example.com/{number}", "html": html}


def make(folder: Path, source: Path, count: int, every: int) -> None:
    """Writes the rows into a few files."""
    rows = pages(source, count, every)
    for number in range(FILES):
        share = list(itertools.islice(rows, -(-count // FILES)))
        if share:
            pq.write_table(pa.Table.from_pylist(share), folder / f"pages-{number}.parquet", row_group_size=200)


def local(given: Path, out: Path) -> Callable[[], None]:
    """One process with two workers."""
    from cleaner.integrations.arrow import BatchCleaner

    def run() -> None:
        clean = BatchCleaner(fields=FIELDS, workers=PROCESSORS)
        out.mkdir()
        with pq.ParquetWriter(out / "all.parquet", clean.schema()) as writer:
            for path in sorted(given.glob("*.parquet")):
                for batch in pq.ParquetFile(path).iter_batches(200):
                    for rows in clean.batches(batch):
                        writer.write_batch(rows)

    return run


def ray_data(given: Path, out: Path) -> Callable[[], None]:
    """Ray reads, cleans and writes."""
    import ray

    from cleaner.integrations.ray import clean_dataset

    ray.init(num_cpus=PROCESSORS, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    return lambda: clean_dataset(ray.data.read_parquet(str(given)), fields=FIELDS).write_parquet(str(out))


def spark_frame(given: Path, out: Path) -> Callable[[], None]:
    """Spark reads, cleans and writes."""
    from pyspark.sql import SparkSession

    from cleaner.integrations.spark import clean

    builder = SparkSession.builder.master(f"local[{PROCESSORS}]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 200).config("spark.log.level", "OFF")
    spark = builder.config("spark.sql.files.maxPartitionBytes", "8m").getOrCreate()
    return lambda: clean(spark.read.parquet(str(given)), fields=FIELDS).write.parquet(str(out))


def command(name: str) -> Callable[[Path, Path], Callable[[], None]]:
    """`cleaner clean` with an engine; its start is part of the time."""

    def prepared(given: Path, out: Path) -> Callable[[], None]:
        from cleaner.cli.commands import cli

        options = ["-f", "parquet", "-o", str(out), "--fields", ",".join(FIELDS), "--engine", name, "--quiet"]
        inputs = [str(path) for path in sorted(given.glob("*.parquet"))]

        def run() -> None:
            with contextlib.suppress(SystemExit):
                cli.main(["clean", *inputs, *options])

        return run

    return prepared


ENGINES: dict[str, Callable[[Path, Path], Callable[[], None]]] = {
    "clean_batch": local,
    "Ray Data": ray_data,
    "Spark": spark_frame,
    "--engine local": command("local"),
    "--engine ray": command("ray"),
    "--engine spark": command("spark"),
}


def measured(name: str, given: Path, out: Path) -> dict[str, float]:
    """The figures of an engine, in this process."""
    run = ENGINES[name](given, out)
    watch = Watch()
    own, start = own_seconds(), time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    own = own_seconds() - own
    figures = watch.end()
    return {"seconds": seconds, "own": own - watch.spent, **figures}


def own_seconds() -> float:
    """CPU seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Watch(threading.Thread):
    """Looks twice a second at this process and all that it started: at their memory, and at the CPU time they took."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._peak = 0
        self._before = {number: cpu_of(number) for number in descendants(os.getpid())}
        self._cpu: dict[int, float] = {}
        self.spent = 0.0
        """CPU seconds that the looks themselves took; they are in no figure."""
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        """Until the end."""
        while not self._ended.wait(0.5):
            self._look()
            self.spent = time.thread_time()

    def end(self) -> dict[str, float]:
        """MB at the peak, and CPU seconds."""
        self._ended.set()
        self.join()
        self._look()
        return {"peak": self._peak / 1e6, "cpu": sum(self._cpu.values()) - self.spent}

    def _look(self) -> None:
        found = descendants(os.getpid())
        for number in found:
            spent = cpu_of(number) - self._before.get(number, 0)
            self._cpu[number] = max(self._cpu.get(number, 0), spent)
        self._peak = max(self._peak, sum(map(memory_of, found)))


def descendants(root: int) -> list[int]:
    """A process and all that it started, by /proc."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(path.name)] = int((path / "stat").read_text().rpartition(") ")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = [root]
    for number in found:
        found += [child for child, parent in parents.items() if parent == number]
    return found


def memory_of(number: int) -> int:
    """Bytes of a process; what it shares with others counts in part."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1000 for line in lines if line.startswith("Pss:"))


def cpu_of(number: int) -> float:
    """CPU seconds of a process, without those of processes that it has waited for."""
    try:
        parts = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def rows_of(out: Path) -> pa.Table:
    """The documents that an engine has written, by their ids."""
    files = [str(path) for path in sorted(out.rglob("*.parquet")) if path.stat().st_size]
    table = pa.dataset.dataset(files, format="parquet").to_table(columns=list(FIELDS))
    return table.sort_by("id")


def same(one: pa.Table, other: pa.Table) -> bool:
    """Whether the rows are the same; engines name the items of lists differently."""
    return one.num_rows == other.num_rows and all(
        left == right
        for a, b in zip(one.to_batches(200), other.combine_chunks().to_batches(200), strict=False)
        for left, right in zip(a.to_pylist(), b.to_pylist(), strict=True)
    )


def main() -> None:
    """Runs the engines one after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--html", type=Path, default=Path("../shared/corpora/wcxb-dev/html"))
    parser.add_argument("--every", type=int, default=1, help="take each n-th page only")
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--run", nargs=3, metavar=("ENGINE", "IN", "OUT"), help="what a process of its own does")
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measured(given.run[0], Path(given.run[1]), Path(given.run[2]))))
        return
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), given)


def compare(folder: Path, given: argparse.Namespace) -> None:
    """Prints a line for each engine."""
    (folder / "in").mkdir()
    make(folder / "in", given.html, given.records, given.every)
    print(f"{given.records} records, {PROCESSORS} processors")
    print(f"{'':16}{'seconds':>9}{'pages/s a processor':>21}{'CPU ms a page: all':>20}{'own':>6}{'MB':>7}  rows")
    expected: pa.Table | None = None
    for number, name in enumerate(given.engines):
        out = folder / f"out-{number}"
        run = [sys.executable, __file__, "--run", name, str(folder / "in"), str(out)]
        environment = {"PYSPARK_PYTHON": sys.executable, **os.environ}
        told = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
        figures = json.loads(told.splitlines()[-1])
        found = rows_of(out)
        expected = found if expected is None else expected
        speed = given.records / figures["seconds"] / PROCESSORS
        cpu, own = (figures[which] / given.records * 1000 for which in ("cpu", "own"))
        verdict = f"{found.num_rows} {'the same' if same(expected, found) else 'OTHERS'}"
        shown = f"{name:16}{figures['seconds']:9.1f}{speed:21.1f}{cpu:20.1f}{own:6.1f}{figures['peak']:7.0f}"
        print(f"{shown}  {verdict}", flush=True)


if __name__ == "__main__":
    main()
