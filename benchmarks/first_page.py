"""What the first page of a new process takes: `python benchmarks/first_page.py [FILE ...] [--runs 5]`.

For each step a new process is started several times. The least CPU and wall time are printed, in milliseconds. Of a
step in Python it is the time up to its end, with the start of the interpreter in the CPU time; of a command the whole
process. The first run writes Python's bytecode, in a folder of its own, so that it is there as after an installation;
`--no-bytecode` measures without that of the package. Pages are two made ones, or saved files.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPHS = [f"Paragraph {number} of an ordinary page says what it says in two lines. " * 3 for number in range(30)]
HTML = (
    "<html lang=en><title>A page - Site</title><body><nav><a href=/a>Home</a> <a href=/b>News</a></nav><h1>A page</h1>"
)
CLEAN = """
import sys, cleaner
data = open(sys.argv[1], "rb").read()
cleaner.clean(data, url="https://example.com/a/page.html")
"""
MEASURED = "import time\nwall = time.time()\n{}\nprint(time.process_time(), time.time() - wall)"
BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
RUNS_OF_COMMAND = (["--version"], ["--help"], ["clean", "--help"])


def milliseconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """The CPU time and the wall time of a process, with those of its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu * 1000, (end - start) * 1000


def in_process(code: str, page: str, environment: dict[str, str]) -> tuple[float, float]:
    """The CPU time of a process up to the end of some code, and the wall time of the code."""
    command = [sys.executable, "-c", MEASURED.format(code), page]
    printed = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    cpu, wall = map(float, printed.split()[-2:])
    return cpu * 1000, wall * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="saved pages")
    parser.add_argument("--runs", type=int, default=5, help="runs of each step")
    parser.add_argument("--no-bytecode", action="store_true", help="as in a checkout where Python may write no files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        html, text = Path(folder, "page.html"), Path(folder, "page.txt")
        html.write_text(HTML + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS), "utf-8")
        text.write_text("\n\n".join(PARAGRAPHS), "utf-8")
        environment = {name: value for name, value in os.environ.items() if name not in BYTECODE}
        environment |= {BYTECODE[0]: "1"} if options.no_bytecode else {BYTECODE[1]: str(Path(folder, "bytecode"))}
        steps = {"python": ("pass", ""), "import cleaner": ("import cleaner", "")}
        steps |= {f"clean {path.name}": (CLEAN, str(path)) for path in options.files or (html, text)}
        print(f"{'':24}{'CPU':>8}{'wall':>8}")
        for name, (code, page) in steps.items():
            report(name, [in_process(code, page, environment) for _ in range(options.runs + 1)])
        for arguments in (*RUNS_OF_COMMAND, ["clean", str((options.files or [html])[0])]):
            command = [sys.executable, "-m", "cleaner", *arguments]
            name = " ".join(["$ cleaner", *(Path(argument).name for argument in arguments)])
            report(name, [milliseconds(command, environment) for _ in range(options.runs + 1)])


def report(name: str, runs: list[tuple[float, float]]) -> None:
    """Prints the least figures; the first run may have compiled."""
    cpu, wall = (min(each) for each in zip(*runs[1:], strict=True))
    print(f"{name:24}{cpu:8.0f}{wall:8.0f}")


if __name__ == "__main__":
    main()
