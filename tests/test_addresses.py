"""Addresses for pages in files: lists, patterns, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.readers import InputError, Record
from cleaner.readers.addresses import Addresses, AddressPattern, read_addresses

A, B = "https://example.com/a", "https://example.com/b?x=1,2"


@pytest.mark.parametrize(
    "text",
    [
        f'path,url\na.html,{A}\nb c/ä.html,"{B}"\n',
        f'\ufeffURL,ignored,File\r\n{A},1,a.html\r\n\r\n"{B}",2,./b c//ä.html\r\n',
        f'a.html,{A}\nb c/ä.html,"{B}"',
        f'{A},a.html\n"{B}",b c/ä.html',
        f"a.html\t{A}\nb c/ä.html\t{B}\n",
        f"a.html;{A}\nb c/ä.html;{B}\n",
        f'{{"path": "a.html", "url": "{A}"}}\n\n{{"file": "b c/ä.html", "link": "{B}"}}\n',
    ],
)
def test_lists(tmp_path: Path, text: str) -> None:
    (tmp_path / "urls").write_text(text, "utf-8")
    assert read_addresses(tmp_path / "urls") == {"a.html": A, "b c/ä.html": B}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "No such file or directory"),
        (b"\xff", "is no UTF-8"),
        (b"", "has no address"),
        (b"path,url\n", "has no address"),
        (b"a,b\nc,d\n", "line 1 has neither an address beside a path nor the names 'path' and 'url'"),
        (b"path,url\na.html\n", "line 2 needs a path and an address that begins with http:// or https://"),
        (b"path,url\na.html,/a\n", "line 2 needs a path and an address that begins with http:// or https://"),
        (b'{"path": "a", "url": "http://a/"}\n{"path": "b"}\n', "line 2 needs a path and an address"),
        (b'{"path": "a", "url": "http://a/"}\n[]\n', "line 2 is no JSON object"),
    ],
)
def test_lists_with_mistakes(tmp_path: Path, data: bytes | None, told: str) -> None:
    path = tmp_path / "urls.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_addresses(path)
    assert str(error.value).startswith(f"{path}: {told}")


@pytest.mark.parametrize("listed", ["a.html", "in/a.html", "./in/a.html", "{here}/in/a.html"])
def test_a_path_starts_at_the_batch_or_the_current_folder_or_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "urls").write_text(f"{listed.format(here=tmp_path)},{A}\n")
    addresses = Addresses(read_addresses(Path("urls")))
    for path in ("in/a.html", str(tmp_path / "in/a.html"), "../" + tmp_path.name + "/in/a.html"):
        (record,) = addresses([Record("a.html", path=path)])
        assert record.url == A
    assert addresses.missing == 0


def test_a_path_may_start_at_one_of_several_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    addresses = Addresses({"a.html": A}, folders=["x/in", "x/more"])
    found = addresses([Record("in/a.html", path="x/in/a.html"), Record("more/b/a.html", path="x/more/b/a.html")])
    assert [record.url for record in found] == [A, None] and addresses.missing == 1


def test_what_a_page_has_comes_first_then_the_list_then_the_pattern() -> None:
    addresses = Addresses({"a": A, "b": A}, AddressPattern("https://example.org/{path}"))
    found = list(addresses([Record("a", url=B), Record("b"), Record("c")]))
    assert [record.url for record in found] == [B, A, "https://example.org/c"] and addresses.missing == 0
    assert len({addresses.fingerprint, Addresses({"a": A}).fingerprint, Addresses({"a": B}).fingerprint}) == 3


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("https://example.com/{path}", "https://example.com/new%20s/%C3%A4%3F.tar.html"),
        ("https://example.com/{name}?q", "https://example.com/%C3%A4%3F.tar.html?q"),
        ("HTTP://example.com/{{x}}/{stem}/", "HTTP://example.com/{x}/%C3%A4%3F.tar/"),
        ("https://example.com/?id={id}", "https://example.com/?id=a%2F7"),
    ],
)
def test_patterns(pattern: str, url: str) -> None:
    assert AddressPattern(pattern).of(Record("new s/ä?.tar.html", id="a/7")) == url


def test_a_name_that_is_no_utf_8_has_an_address() -> None:
    assert AddressPattern("http://a/{path}").of(Record("\udcff.html")) == "http://a/%FF.html"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("https://a/{file}", "unknown placeholder {file}; there are {path}, {name}, {stem}, {id}"),
        ("https://a/{}", "unknown placeholder {}; there are {path}"),
        ("https://a/{path.x}", "unknown placeholder {path.x}; there are {path}"),
        ("https://a/{path:>9}", "unknown placeholder {path:>9}; there are {path}"),
        ("https://a/{path!r}", "unknown placeholder {path!r}; there are {path}"),
        ("https://a/{path", "expected '}' before end of string; there are {path}"),
        ("https://a/", "gives every page the same address; there are {path}"),
        ("example.com/{path}", "is no address that begins with http:// or https://"),
    ],
)
def test_patterns_with_mistakes(pattern: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        AddressPattern(pattern)
    assert str(error.value).startswith(f"{pattern}: {told}")
