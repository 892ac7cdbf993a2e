"""Compressed data as a stream, told by its first bytes: gzip, bzip2, xz, zstd; brotli, which has none, by ".br"."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from cleaner.readers.extras import needed
from cleaner.readers.kinds import Compression
from cleaner.readers.record import ReadFailure

_MAGIC: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
HEAD = 10
"""Bytes that tell the compression."""
MAX_WINDOW = 2**27
"""Bytes of earlier data that a decompressor may keep, as `zstd --long` asks for at most."""
_CHUNK = 65_536
_MODULES = {"zstd": ("zstandard", "zstd"), "brotli": ("brotli", "brotli")}
"""The module that a compression needs, and the extra that brings it."""


def compression_of(head: bytes, name: str = "") -> Compression | None:
    """How data that begins with `head` (`HEAD` bytes) is compressed; `name` is that of its file."""
    for magic, compression in _MAGIC:
        if head.startswith(magic) and (compression != "bzip2" or head[4:10] in _BZIP2_BLOCKS):
            return compression
    return "brotli" if name.lower().endswith(".br") and not head.lstrip().startswith(b"<") else None


def plain_stream(stream: BinaryIO, name: str = "") -> BinaryIO:
    """The data of a stream as it was before it was compressed, or the stream's own where it is not.

    What this function has given stays as it is. Memory does not grow with the data. Reading raises ReadFailure where
    the data is broken. Raises ReadFailure where a package is missing.
    """
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, _Plain):
        return stream
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    compression = compression_of(buffered.peek(HEAD)[:HEAD], name)
    if compression is None:
        return buffered
    return io.BufferedReader(_Plain(decompressed(buffered, compression), compression), _CHUNK)


def decompressed(stream: BinaryIO, compression: Compression) -> BinaryIO:
    """The data of a compressed stream. Its errors are those of the library. Raises ReadFailure without the package."""
    if compression == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if compression == "bzip2":
        import bz2

        return _Parts(stream, bz2.BZ2Decompressor)  # type: ignore[return-value]
    if compression == "xz":
        import lzma

        return _Parts(stream, lambda: lzma.LZMADecompressor(memlimit=2 * MAX_WINDOW))  # type: ignore[return-value]
    module = needed(*_MODULES[compression])
    if compression == "zstd":
        frames = module.ZstdDecompressor(max_window_size=MAX_WINDOW)
        return _Parts(stream, lambda: _Zstd(frames))  # type: ignore[return-value]
    return _Parts(stream, lambda: _Brotli(module))  # type: ignore[return-value]


def plain_data(data: bytes, limit: int, name: str = "") -> bytes:
    """What `data` was before it was compressed, as far as `limit` bytes and one more. Raises ReadFailure."""
    if compression_of(data[:HEAD], name) is None:
        return data
    return read_up_to(plain_stream(io.BytesIO(data), name), limit + 1)


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """At most `size` bytes of a stream, however few it gives at a time."""
    parts = []
    while size > 0 and (part := stream.read(min(size, 16 * _CHUNK))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Decompressor(Protocol):
    """What `bz2` and `lzma` have."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Brotli:
    """A decompressor of brotli in the form of those of the standard library."""

    unused_data = b""

    def __init__(self, module: Any) -> None:
        self._inner = module.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._inner.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return bytes(self._inner.process(data, output_buffer_limit=max_length))


class _Zstd:
    """A decompressor of a frame of zstd in the form of those of the standard library.

    The package's own stream does not tell a frame that is cut short from a whole one, and what does tell has no limit:
    it gets a little at a time, which may become 8 MB.
    """

    _STEP = 256
    """Bytes. A block takes 4 of them and gives 128 KB at most."""

    def __init__(self, decompressor: Any) -> None:
        self._inner = decompressor.decompressobj()
        self._given = b""
        self._place = 0

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        return self._place >= len(self._given)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + self._given[self._place :]

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if data:
            self._given, self._place = data, 0
        step = self._given[self._place : self._place + self._STEP]
        self._place += len(step)
        return bytes(self._inner.decompress(step)) if step else b""


class _Parts(io.RawIOBase):
    """Streams of compressed data one after another, as `cat` joins them."""

    def __init__(self, stream: BinaryIO, make: Callable[[], _Decompressor]) -> None:
        self._stream = stream
        self._make = make
        self._inner = make()
        self._surplus = b""
        """Data beyond what was asked for: brotli heeds its limit by blocks."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At least one byte, at most `size`; none at the end. Raises EOFError where the data is cut short."""
        size = _CHUNK if size < 0 else size
        data = self._surplus or self._next(size)
        self._surplus = data[size:]
        return data[:size]

    def _next(self, size: int) -> bytes:
        while True:
            given, at_end = b"", False
            if self._inner.eof:
                given = self._inner.unused_data.lstrip(b"\0") or self._stream.read(_CHUNK).lstrip(b"\0")
                if not given:
                    return b""
                self._inner = self._make()
            elif self._inner.needs_input:
                given = self._stream.read(_CHUNK)
                at_end = not given
            data = self._inner.decompress(given, size)  # at the end too: brotli asks for more before it has told all
            if data:
                return data
            if at_end and not self._inner.eof:
                raise EOFError("cut short")


class _Plain(io.RawIOBase):
    """Decompressed data whose errors are ReadFailures."""

    def __init__(self, inner: BinaryIO, compression: Compression) -> None:
        # One step of gzip at a time: a longer read would lose what comes before an error.
        self._take = getattr(inner, "read1") if compression == "gzip" else inner.read  # noqa: B009  # not of BinaryIO
        self._compression = compression

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, perhaps in part. Raises ReadFailure."""
        try:
            data = self._take(len(buffer))
        except ReadFailure:
            raise
        except EOFError:
            raise self._failure("is cut short") from None
        except MemoryError:
            raise self._failure("needs too much memory") from None
        except Exception as error:  # the packages have exceptions of their own, and none is imported for its name here
            if isinstance(error, OSError) and error.errno is not None:
                raise ReadFailure("unreadable", error.strerror or str(error)) from None
            raise self._failure("is broken") from None
        buffer[: len(data)] = data
        return len(data)

    def _failure(self, trouble: str) -> ReadFailure:
        return ReadFailure("unreadable", f"its {self._compression} data {trouble}", f"unreadable.{self._compression}")
