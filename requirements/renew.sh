#!/usr/bin/env bash
# Writes the locked sets of packages anew, with the newest releases that pyproject.toml allows:
#   main.txt    what cleaner needs, and what builds it
#   test.txt    the same and what its tests need
#   lowest.txt  as test.txt, but with the lowest versions that pyproject.toml declares
#   integrations.txt  as test.txt, and every framework of docs/integrations
# Each set is for Python 3.11 and later on Linux, macOS and Windows; lowest.txt is for Python 3.11.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/python" -m pip install -q uv
build=$("$tools/bin/python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")')

lock() {
    "$tools/bin/uv" pip compile --quiet --no-config --upgrade --universal --python-version 3.11 --fork-strategy fewest \
        --custom-compile-command "bash requirements/renew.sh" --no-annotate --no-emit-index-url \
        --output-file "requirements/$1" "${@:2}" pyproject.toml - <<<"$build"
}

lock main.txt
lock test.txt --extra test --constraint requirements/main.txt
lock lowest.txt --extra test --resolution lowest-direct
lock integrations.txt --extra test --extra integrations --constraint requirements/test.txt
