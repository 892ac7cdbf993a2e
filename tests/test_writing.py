"""`cleaner.batch.writing`: what is replaced, what is written into, and what is left after an error."""

from __future__ import annotations

import errno
import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleaner.batch.writing import discard_part, open_output, part_of, remove_output, replaced_file, write_output

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of POSIX")


def regular(path: Path) -> None:
    path.write_text("old")


def link(path: Path) -> None:
    (path.parent / "there").mkdir()
    (path.parent / "there/target").write_text("old")
    path.symlink_to("there/target")


def link_to_link(path: Path) -> None:
    link(path.with_name("inner"))
    path.symlink_to("inner")


def dangling_link(path: Path) -> None:
    (path.parent / "there").mkdir()
    path.symlink_to("there/target")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def device(path: Path) -> None:
    """A null device of the test's own."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        path.open("wb").close()
    except PermissionError:
        pytest.skip("devices cannot be made or opened here")


def listening_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


@pytest.mark.parametrize(
    ("make", "file"),
    [
        (lambda path: None, "out"),
        (regular, "out"),
        (link, "there/target"),
        (link_to_link, "there/target"),
        (dangling_link, "there/target"),
    ],
)
def test_a_regular_file_is_replaced_and_a_link_stays(tmp_path: Path, make: Callable[[Path], None], file: str) -> None:
    path = tmp_path / "out"
    make(path)
    links = {found: found.readlink() for found in tmp_path.iterdir() if found.is_symlink()}
    assert replaced_file(path) == tmp_path / file
    with open_output(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert not path.exists() or path.read_text() == "old"
        assert part_of(tmp_path / file).read_text() == "new"
    assert path.read_text() == (tmp_path / file).read_text() == "new"
    assert {found: found.readlink() for found in tmp_path.iterdir() if found.is_symlink()} == links
    assert not part_of(tmp_path / file).exists()


@pytest.mark.parametrize("make", [pipe, link_to_pipe])
def test_a_pipe_is_written_into(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "out"
    make(path)
    before = {found.name: found.lstat().st_mode for found in tmp_path.iterdir()}
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    write_output(path, b"text")
    reader.join()
    assert read == [b"text"]
    assert {found.name: found.lstat().st_mode for found in tmp_path.iterdir()} == before


def test_a_device_is_written_into(tmp_path: Path) -> None:
    path = tmp_path / "out"
    device(path)
    write_output(path, b"text")
    remove_output(path)
    discard_part(path)
    assert stat.S_ISCHR(path.lstat().st_mode)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("make", "error"),
    [(listening_socket, errno.ENXIO), (Path.mkdir, errno.EISDIR), (lambda p: p.symlink_to(p), errno.ELOOP)],
)
def test_what_cannot_be_written_is_an_error_and_stays(tmp_path: Path, make: Callable[[Path], None], error: int) -> None:
    path = tmp_path / "out"
    make(path)
    before = path.lstat().st_mode
    with pytest.raises(OSError) as raised:
        write_output(path, b"text")
    assert raised.value.errno == error
    assert {found: found.lstat().st_mode for found in tmp_path.iterdir()} == {path: before}


FOLDERS_OF_DESCRIPTORS = [name for name in ("/dev/fd", "/proc/self/fd") if Path(name).is_dir()]


@pytest.fixture
def descriptors() -> Iterator[list[int]]:
    """Open descriptors, which are closed at the end."""
    opened: list[int] = []
    yield opened
    for descriptor in opened:
        os.close(descriptor)


@pytest.mark.parametrize("folder", FOLDERS_OF_DESCRIPTORS)
def test_a_descriptor_of_a_pipe_is_written_into(folder: str, descriptors: list[int]) -> None:
    reader, writer = os.pipe()
    descriptors += [reader, writer]
    path = Path(folder) / str(writer)
    assert replaced_file(path) is None
    write_output(path, b"text")
    assert os.read(reader, 10) == b"text"


@pytest.mark.parametrize("folder", FOLDERS_OF_DESCRIPTORS)
@pytest.mark.parametrize("linked", [False, True])
def test_a_descriptor_of_a_file_goes_on_where_it_stands(
    tmp_path: Path, folder: str, linked: bool, descriptors: list[int]
) -> None:
    log = tmp_path / "log"
    log.write_text("before ")
    descriptors.append(os.open(log, os.O_WRONLY | os.O_APPEND))
    path = Path(folder) / str(descriptors[0])
    if linked:
        (tmp_path / "link").symlink_to(path)
        path = tmp_path / "link"
    write_output(path, b"text")
    os.write(descriptors[0], b" after")
    assert log.read_text() == "before text after"


def test_a_descriptor_that_is_not_open_is_an_error() -> None:
    with pytest.raises(OSError) as raised:
        write_output(Path("/dev/fd/987654"), b"text")
    assert raised.value.errno == errno.EBADF


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_an_error_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(type(error)), open_output(path) as stream:
        stream.write(b"new")
        raise error
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_limit_of_the_file_size_leaves_what_was_there(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    path = tmp_path / "out"
    path.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        # The data fits into the stream's buffer, so that only closing the file fails.
        with pytest.raises(OSError) as raised, open_output(path) as stream:
            stream.write(b"x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert raised.value.errno == errno.EFBIG
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_names_what_the_user_named(tmp_path: Path) -> None:
    path = tmp_path / "out"
    part_of(path).mkdir()
    with pytest.raises(IsADirectoryError) as raised:
        write_output(path, b"text")
    assert raised.value.filename == str(path)


def test_removing_follows_links_as_writing_does(tmp_path: Path) -> None:
    path = tmp_path / "out"
    link(path)
    part_of(tmp_path / "there/target").write_text("half")
    discard_part(path)
    remove_output(path)
    assert path.is_symlink()
    assert list((tmp_path / "there").iterdir()) == []
    remove_output(path)
    discard_part(path)
