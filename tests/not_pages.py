"""Small files of many kinds that are no page, made by hand."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import pickle
import sqlite3
import struct
import tarfile
import zipfile
import zlib


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip archive; a first member "mimetype" is stored as it is, as formats that have one ask for."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w") -> bytes:
    """A tar archive."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def office(folder: str) -> bytes:
    return zipped(("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), (f"{folder}/document.xml", b"<d/>"))


def open_document(media_type: str) -> bytes:
    return zipped(("mimetype", media_type.encode()), ("META-INF/manifest.xml", b"<m/>"))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE pages (text)")
    data = connection.serialize()
    connection.close()
    return data


def _box(brand: bytes) -> bytes:
    return b"\0\0\0\x1cftyp" + brand + b"\0\0\0\0" + b"mif1miaf" + b"\0\0\0\x08mdat"


NOISE = bytes((byte * 167 + 41) % 256 for byte in range(600))
PAGE = b"<!doctype html><title>A page</title><p>The ferry was late again on Tuesday.</p>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>A label</text><path d="M0 0"/></svg>\n'
NOT_PAGES: dict[str, bytes] = {
    "pdf": b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n(The ferry was late.) Tj\n%%EOF",
    "png": b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) + _chunk(b"IEND", b""),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + NOISE,
    "gif": b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
    "webp": b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0" + NOISE,
    "bmp": b"BM" + struct.pack("<IHHIIiiHH", 58, 0, 0, 54, 40, 1, 1, 1, 24) + bytes(28),
    "tiff": b"II*\0\x08\0\0\0\0\0" + NOISE,
    "ico": b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0" + NOISE,
    "avif": _box(b"avif"),
    "heic": _box(b"heic"),
    "mp3": b"ID3\4\0\0\0\0\0\x23TIT2\0\0\0\6\0\0\3ferry\xff\xfb\x90\x64" + NOISE,
    "mp4": _box(b"isom"),
    "m4a": _box(b"M4A "),
    "ogg": b"OggS\0\2" + bytes(20) + b"\1\x1e\1vorbis",
    "wav": b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0",
    "flac": b"fLaC\0\0\0\x22\x10\0\x10\0" + NOISE,
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\x82\x84webm" + NOISE,
    "matroska": b"\x1aE\xdf\xa3\xa3B\x86\x81\1B\xf7\x81\1B\x82\x88matroska" + NOISE,
    "zip": zipped(("page.html", PAGE)),
    "docx": office("word"),
    "xlsx": office("xl"),
    "pptx": office("ppt"),
    "jar": zipped(("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\n"), ("A.class", b"")),
    "odt": open_document("application/vnd.oasis.opendocument.text"),
    "epub": open_document("application/epub+zip"),
    "rar": b"Rar!\x1a\7\1\0" + NOISE,
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + NOISE,
    "tar": tarred(("page.html", PAGE)),
    "gzip": gzip.compress(PAGE),
    "bzip2": bz2.compress(PAGE),
    "xz": lzma.compress(PAGE),
    "zstd": b"\x28\xb5\x2f\xfd\x04\x58" + NOISE,
    "elf": b"\x7fELF\2\1\1" + bytes(9) + b"\3\0>\0\1\0\0\0",
    "pe": b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(44) + b"\x80\0\0\0This program cannot be run in DOS mode.",
    "macho": b"\xcf\xfa\xed\xfe\7\0\0\1\3\0\0\0\2\0\0\0",
    "java": b"\xca\xfe\xba\xbe\0\0\0\x3d\0\x1d\x0a\0\2\0\3",
    "wasm": b"\0asm\1\0\0\0\1\4\1\x60\0\0",
    "woff": b"wOFF\0\1\0\0" + NOISE,
    "woff2": b"wOF2\0\1\0\0" + NOISE,
    "ttf": b"\0\1\0\0\0\x0f\0\x80\0\3\0pOS/2",
    "otf": b"OTTO\0\x0b\0\x80\0\3\0\x30CFF ",
    "sqlite": _database(),
    "pickle": pickle.dumps({"title": "The ferry was late"}),
    "parquet": b"PAR1\x15\4\x15\x10\x15\x14" + NOISE + b"\x2a\0\0\0PAR1",
    "arrow": b"ARROW1\0\0\xff\xff\xff\xff\x78\0\0\0",
    "avro": b"Obj\1\4\x14avro.codec\x08null",
    "hdf5": b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0",
    "postscript": b"%!PS-Adobe-3.0\n%%Pages: 1\n(The ferry was late) show\n",
    "rtf": rb"{\rtf1\ansi The ferry was late again.\par}",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0",
    "djvu": b"AT&TFORM\0\0\1\0DJVUINFO",
    "warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    "mhtml": b'From: <Saved by Blink>\r\nSubject: A page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n',
    "svg": b'<?xml version="1.0"?>\n<!-- drawn -->\n' + SVG,
    "binary": NOISE,
}
"""A file of each kind."""
