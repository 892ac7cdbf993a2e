"""Writes `expected.json` anew: `python tests/update_fixtures.py [CASE]...`

`expected.md` says what a careful editor wants of the page. It is written by hand and never by this program, which shows
where it differs from what comes out and leaves the JSON of such a case alone.
"""

from __future__ import annotations

import difflib
import sys

from cases import Case, cases

from cleaner.writers import write


def update(case: Case) -> str:
    """What became of the case, for people."""
    document = case.document()
    got, wanted = write(document, "md"), case.expected("expected.md")
    if got != wanted:
        lines = difflib.unified_diff(
            wanted.splitlines(keepends=True), got.splitlines(keepends=True), "expected.md", "what came", n=1
        )
        return f"{case.name}: differs from expected.md\n{''.join(lines)}"
    given = write(document, "json")
    if given == case.expected("expected.json"):
        return f"{case.name}: as expected"
    (case.folder / "expected.json").write_bytes(given.encode())
    return f"{case.name}: expected.json written"


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for case in cases():
        if not wanted or case.name in wanted:
            print(update(case))  # noqa: T201
