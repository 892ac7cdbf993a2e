"""Time and memory of large inputs: `python benchmarks/scaling.py readers|warc|records [--html FOLDER] [...]`.

- `readers`: CPU milliseconds a page for reading alone, for each kind of input, with 2,000 pages (`--pages`).
- `warc`: a web archive of 20,000 pages (`--pages`) to Parquet, with two workers: which share of the CPU time of all
  processes is cleaning, and the memory of the parent and of the workers at a quarter, half and all of the run.
- `records`: 1,000 to 1,000,000 small records of JSONL (`--most`) to JSONL: seconds, and the same memory.

The pages are those in FOLDER (`.html` or `.html.gz`), each under as many addresses as are needed. "Cleaning" is the CPU
time that `Cleaner.clean` takes for the same pages in a loop of one process, after each came once. Needs Linux and the
extras `warc` and `parquet`. Wall times mean something only on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import io
import itertools
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from batch import sentence
from engines import cpu_of, descendants, memory_of

from cleaner import Cleaner

WORKERS = 2
SAMPLED = 400
"""Pages of the loop that tells what cleaning alone takes."""
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def pages(folder: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages, as many as asked for; each page is read once."""
    paths = sorted(folder.rglob("*.html*"))
    held = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]
    for number, data in zip(range(count), itertools.cycle(held), strict=False):
        yield f"https://site{number % 997}.example.com/{number}", data


# --- inputs


def write_warc(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """A web archive, each record compressed by itself."""
    with path.open("wb") as out:
        for url, data in found:
            response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
            head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:x:{url}>\r\n"
            head += "WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http\r\n"
            head += f"Content-Length: {len(response)}\r\n\r\n"
            out.write(gzip.compress(head.encode() + response + b"\r\n\r\n", 6))


def write_jsonl(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """A compressed table of lines."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for url, data in found:
            out.write(json.dumps({"url": url, "html": data.decode("utf-8", "replace")}) + "\n")


def write_parquet(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """A table with row groups of 200."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("url", pa.string()), ("html", pa.binary())])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while share := list(itertools.islice(found, 200)):
            urls, held = zip(*share, strict=True)
            writer.write_table(pa.table({"url": urls, "html": held}, schema))


def write_zip(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """An archive with an index at its end."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (_, data) in enumerate(found):
            archive.writestr(f"{number}.html", data)


def write_tar(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """A compressed stream of files."""
    with tarfile.open(path, "w:gz") as archive:
        for number, (_, data) in enumerate(found):
            member = tarfile.TarInfo(f"{number}.html")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def write_folder(path: Path, found: Iterator[tuple[str, bytes]]) -> None:
    """A file for each page."""
    path.mkdir()
    for number, (_, data) in enumerate(found):
        (path / f"{number}.html").write_bytes(data)


INPUTS: dict[str, Callable[[Path, Iterator[tuple[str, bytes]]], None]] = {
    "folder": write_folder,
    "pages.warc.gz": write_warc,
    "pages.jsonl.gz": write_jsonl,
    "pages.parquet": write_parquet,
    "pages.zip": write_zip,
    "pages.tar.gz": write_tar,
}


def readers(folder: Path, given: argparse.Namespace) -> None:
    """Prints what reading takes, for each kind of input."""
    from cleaner.readers import expand, find_files

    size = sum(len(data) for _, data in pages(given.html, given.pages))
    print(f"{given.pages} pages, {size / 1e6:.0f} MB; cleaning takes {cleaning(given):.1f} ms a page")
    for name, write in INPUTS.items():
        write(folder / name, pages(given.html, given.pages))
        start = time.process_time()
        read = sum(bool(record.read(50_000_000)) for record in expand(find_files([str(folder / name)])))
        taken = time.process_time() - start
        print(f"{name:16} {read} read {1000 * taken / read:6.2f} ms a page {size / 1e6 / taken:7.0f} MB/s", flush=True)


# --- runs


class Samples:
    """Memory and CPU time of a command and what it starts, each second."""

    def __init__(self, command: list[str]) -> None:
        self.memory: list[tuple[int, int]] = []
        """Bytes of the parent, and of the largest of the others."""
        self.cpu: dict[int, float] = {}
        start = time.perf_counter()
        running = subprocess.Popen(command)
        self.parent = running.pid
        while running.poll() is None:
            self._look(running.pid)
            time.sleep(0.2 if time.perf_counter() - start < 20 else 1)
        self.seconds = time.perf_counter() - start
        if running.returncode:
            sys.exit(f"exit code {running.returncode}: {' '.join(command)}")

    def _look(self, root: int) -> None:
        found = descendants(root)
        for number in found:
            self.cpu[number] = max(self.cpu.get(number, 0.0), cpu_of(number))
        others = [memory_of(number) for number in found[1:]]
        self.memory.append((memory_of(root), max(others, default=0)))

    def told(self) -> str:
        """The memory of the parent and of the largest worker at a quarter, half and the end of the run."""
        places = (len(self.memory) // 4, len(self.memory) // 2, int(len(self.memory) * 0.95))
        shown = (f"{self.memory[place][0] / 1e6:.0f}/{self.memory[place][1] / 1e6:.0f}" for place in places)
        return f"MB of parent/worker at 25, 50, 95%: {' '.join(shown)}"


def cleaning(given: argparse.Namespace) -> float:
    """CPU milliseconds of a page that `Cleaner.clean` takes in a loop."""
    cleaner = Cleaner()
    sample = [data for _, data in pages(given.html, given.pages)]
    sample = sample[:: max(1, min(len(sample), given.distinct) // SAMPLED)][:SAMPLED]
    for data in sample[:5]:
        cleaner.clean(data)
    start = time.process_time()
    for data in sample:
        cleaner.clean(data)
    return 1000 * (time.process_time() - start) / len(sample)


def run(source: Path, out: Path, *options: str) -> Samples:
    """`cleaner clean` with two workers."""
    command = [sys.executable, "-m", "cleaner", "clean", str(source), "-o", str(out), "--quiet"]
    return Samples([*command, "--workers", str(WORKERS), *options])


def warc(folder: Path, given: argparse.Namespace) -> None:
    """Prints the share of cleaning, and memory, for a web archive to Parquet."""
    source = folder / "pages.warc.gz"
    write_warc(source, pages(given.html, given.pages))
    alone = cleaning(given) * given.pages / 1000
    found = run(source, folder / "out", "-f", "parquet")
    total = sum(found.cpu.values())
    parent = found.cpu[found.parent]
    print(f"{given.pages} pages, {source.stat().st_size / 1e6:.0f} MB: {found.seconds:.0f} s, CPU {total:.0f} s")
    print(f"parent {parent:.0f} s ({parent / total:.0%}); cleaning in a loop {alone:.0f} s ({alone / total:.0%})")
    print(f"{given.pages / found.seconds / WORKERS:.0f} pages/s a worker; {found.told()}")


def records(folder: Path, given: argparse.Namespace) -> None:
    """Prints seconds and memory for more and more small records."""
    chance = random.Random(1)
    texts = [f"{sentence(chance)} {sentence(chance)}" for _ in range(1_000)]
    for size in (size for size in SIZES if size <= given.most):
        source = folder / f"{size}.jsonl"
        with source.open("w") as out:
            out.writelines(json.dumps({"id": str(n), "text": texts[n % 1_000]}) + "\n" for n in range(size))
        found = run(source, folder / f"{size}-out.jsonl", "--fields", "id,text")
        cpu, rate = sum(found.cpu.values()), size / found.seconds
        print(f"{size:9,} records {found.seconds:8.1f} s {rate:7.0f}/s CPU {cpu:7.0f} s; {found.told()}", flush=True)


def main() -> None:
    """Runs one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["readers", "warc", "records"])
    parser.add_argument("--html", type=Path, default=Path("../shared/corpora/wcxb-dev/html"))
    parser.add_argument("--pages", type=int)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    given = parser.parse_args()
    given.pages = given.pages or {"warc": 20_000}.get(given.what, 2_000)
    given.distinct = len(list(given.html.rglob("*.html*")))
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        {"readers": readers, "warc": warc, "records": records}[given.what](Path(name), given)


if __name__ == "__main__":
    main()
