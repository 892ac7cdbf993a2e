"""What bytes are no page: documents, images, sound, archives, programs and data, told by how they begin.

The signatures are those of the formats' specifications and of `file(1)`. A signature that is plain ASCII counts only
with what else its format demands, so that no text is taken for a file because of its first word.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cleaner.intake.wide import MARKS, wide_encoding

CODE = "not_a_page"
"""What the codes of all kinds begin with."""
_SAMPLE = 2048
"""Bytes that are looked at."""
_TEXT = bytes({*range(0x100)} - {*range(8), 0x0E, 0x0F, *range(0x10, 0x1B), 0x1C, 0x1D, 0x1E, 0x1F, 0x7F})
"""Bytes that texts have. ESC is one: ISO-2022-JP switches its sets with it."""
_MOST_CONTROLS = 0.02
"""The share of other bytes up to which it is a text with some of them in it: bytes at random have 11%."""
_MOST_IN_UTF8 = 0.1
"""The same where all of it is valid UTF-8, which bytes at random are not."""
_SVG = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype\s+svg[^>]*>|\s+)*<(?:svg:)?svg[\s>]", re.I | re.S)
_SVG_ENDS = (b"</svg>", b"</svg:svg>")


@dataclass(frozen=True, slots=True)
class NotPage:
    """A kind of file that is no page."""

    name: str
    words: str
    """What it is, for people: "a PDF document"."""

    @property
    def code(self) -> str:
        """The code of warnings and failures: "not_a_page.pdf"."""
        return f"{CODE}.{self.name}"

    def __str__(self) -> str:
        return f"not a page but {self.words}"


_MHTML = (
    rb"(?i:\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?(?:content-type:\s*multipart/related|from:\s*[<\"]*saved by))"
)
_SIGNATURES: tuple[tuple[str, str, bytes], ...] = (
    ("pdf", "a PDF document", rb"(?:\xef\xbb\xbf)?\s{0,99}%PDF-[0-9]"),
    ("postscript", "a PostScript document", rb"%!PS|\xc5\xd0\xd3\xc6"),
    ("rtf", "an RTF document", rb"\{\\rtf"),
    ("ole", "an old Office document (OLE)", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("djvu", "a DjVu document", rb"AT&TFORM.{4}DJV"),
    ("mobi", "a Mobipocket book", rb".{60}BOOKMOBI"),
    ("chm", "a compiled help file (CHM)", rb"ITSF[\x01-\x04]\0"),
    ("mhtml", "a saved page with its parts (MHTML)", _MHTML),
    ("png", "a PNG image", rb"\x89PNG\r\n\x1a\n"),
    ("jpeg", "a JPEG image", rb"\xff\xd8\xff"),
    ("gif", "a GIF image", rb"GIF8[79]a"),
    ("webp", "a WebP image", rb"RIFF.{4}WEBP"),
    ("bmp", "a BMP image", rb"BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
    ("tiff", "a TIFF image", rb"II[\x2a\x2b]\0|MM\0[\x2a\x2b]"),
    ("ico", "an icon", rb"\0\0[\x01\x02]\0[^\0]\0.{3}\0"),
    ("avif", "an AVIF image", rb"\0.{3}ftypavi[fs]"),
    ("heic", "a HEIC image", rb"\0.{3}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)"),
    ("jxl", "a JPEG XL image", rb"\0\0\0\x0cJXL |\xff\x0a"),
    ("jp2", "a JPEG 2000 image", rb"\0\0\0\x0cjP  "),
    ("psd", "a Photoshop image", rb"8BPS\0"),
    ("icns", "an icon", rb"icns\0"),
    ("mp3", "an MP3 recording", rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]"),
    ("aac", "an AAC recording", rb"\xff[\xf1\xf9][\x40-\x7f]"),
    ("m4a", "an MPEG-4 recording", rb"\0.{3}ftypM4[AB]"),
    ("mp4", "an MPEG-4 video", rb"\0.{3}ftyp"),
    ("ogg", "an Ogg recording", rb"OggS\0"),
    ("flac", "a FLAC recording", rb"fLaC[\0\x80]"),
    ("wav", "a WAV recording", rb"RIFF.{4}WAVE"),
    ("aiff", "an AIFF recording", rb"FORM.{4}AIF[FC]"),
    ("midi", "a MIDI file", rb"MThd\0"),
    ("avi", "an AVI video", rb"RIFF.{4}AVI "),
    ("webm", "a WebM video", rb"\x1aE\xdf\xa3(?=.{0,60}webm)"),
    ("matroska", "a Matroska video", rb"\x1aE\xdf\xa3"),
    ("flv", "a Flash video", rb"FLV[\x01\x04\x05]"),
    ("swf", "a Flash film", rb"[CFZ]WS[\x01-\x40].{3}\0"),
    ("asf", "a Windows Media file", rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ("mpeg", "an MPEG video", rb"\0\0\x01[\xb3\xba]"),
    ("zip", "a zip archive", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
    ("rar", "a RAR archive", rb"Rar!\x1a\x07"),
    ("7z", "a 7z archive", rb"7z\xbc\xaf\x27\x1c"),
    ("tar", "a tar archive", rb".{257}ustar"),
    ("cab", "a cabinet archive", rb"MSCF\0"),
    ("ar", "an archive of a linker or of Debian", rb"!<arch>\n"),
    ("rpm", "an RPM package", rb"\xed\xab\xee\xdb"),
    ("warc", "a web archive (WARC)", rb"WARC/[01]\.[0-9]+\r?\n"),
    ("gzip", "data compressed with gzip", rb"\x1f\x8b\x08"),
    ("bzip2", "data compressed with bzip2", rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    ("xz", "data compressed with xz", rb"\xfd7zXZ\0"),
    ("zstd", "data compressed with zstd", rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    ("lz4", "data compressed with lz4", rb"\x04\x22\x4d\x18"),
    ("lzip", "data compressed with lzip", rb"LZIP\x01"),
    ("compress", "data compressed with compress", rb"\x1f[\x9d\xa0]"),
    ("elf", "a program or library (ELF)", rb"\x7fELF"),
    ("pe", "a program or library of Windows", rb"MZ(?=.{0,62}\0)"),
    ("java", "a Java class", rb"\xca\xfe\xba\xbe..\0[\x2d-\xff]"),
    ("macho", "a program or library (Mach-O)", rb"\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe"),
    ("wasm", "a WebAssembly module", rb"\0asm"),
    ("dex", "a program of Android", rb"dex\n0\d\d\0"),
    ("woff", "a font (WOFF)", rb"wOFF(?:[\0\x01]|OTTO|true)"),
    ("woff2", "a font (WOFF2)", rb"wOF2(?:[\0\x01]|OTTO|true)"),
    ("ttf", "a font (TrueType)", rb"\0\x01\0\0\0|true\0|ttcf\0"),
    ("otf", "a font (OpenType)", rb"OTTO\0"),
    ("sqlite", "an SQLite database", rb"SQLite format 3\0"),
    ("parquet", "a Parquet table", rb"PAR[1E][^\t\n\r -~]"),
    ("arrow", "an Arrow table", rb"ARROW1\0\0|FEA1\0"),
    ("avro", "an Avro file", rb"Obj\x01"),
    ("orc", "an ORC table", rb"ORC[^\t\n\r -~]"),
    ("hdf5", "an HDF5 file", rb"\x89HDF\r\n\x1a\n"),
    ("numpy", "an array of NumPy", rb"\x93NUMPY"),
    ("pickle", "a pickle of Python", rb"\x80[\x02-\x05]"),
    ("plist", "a property list", rb"bplist0"),
    ("dicom", "a DICOM image", rb"\0{128}DICM"),
    ("pcap", "recorded network traffic", rb"\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4"),
)
_IS_MHTML = re.compile(_MHTML, re.S)
_KINDS = tuple(NotPage(name, words) for name, words, _ in _SIGNATURES)
_BEGINS = re.compile(b"|".join(b"(%s)" % signature for _, _, signature in _SIGNATURES), re.S)
BINARY = NotPage("binary", "binary data of an unknown kind")
SVG = NotPage("svg", "an SVG image")
_ZIPS = (
    ("docx", "a Word document", b"word/"),
    ("xlsx", "an Excel workbook", b"xl/"),
    ("pptx", "a PowerPoint presentation", b"ppt/"),
    ("jar", "a Java archive", b"META-INF/MANIFEST.MF"),
)
"""Zip archives by names of what is in them; a package of Office has "[Content_Types].xml" too."""
_MIMETYPES = (
    ("epub", "an EPUB book", b"application/epub+zip"),
    ("odt", "an OpenDocument text", b"application/vnd.oasis.opendocument.text"),
    ("ods", "an OpenDocument spreadsheet", b"application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "an OpenDocument presentation", b"application/vnd.oasis.opendocument.presentation"),
)
"""Zip archives by what their first member, "mimetype", says."""
KINDS: tuple[NotPage, ...] = (
    *_KINDS,
    *(NotPage(name, words) for name, words, _ in (*_ZIPS, *_MIMETYPES)),
    SVG,
    BINARY,
)
"""All kinds that are told apart."""
_BY_NAME = {kind.name: kind for kind in KINDS}


def is_mhtml(data: bytes) -> bool:
    """Whether `data` is a page that a browser has saved with its parts."""
    return not data.startswith(b"<") and _IS_MHTML.match(data[:_SAMPLE]) is not None


def not_a_page(data: bytes) -> NotPage | None:
    """What `data` is, if it is no page.

    Texts in UTF-16 and UTF-32 are pages, with a byte order mark or without, and so are texts with a few control
    characters. XML is a text, but for an SVG image. Takes some microseconds, however long the data is.
    """
    sample = data[:_SAMPLE]
    if sample.startswith(b"<"):  # as nearly all pages
        return _markup(data, sample)
    found = _BEGINS.match(sample)
    if found:
        kind = _KINDS[(found.lastindex or 0) - 1]
        return _zip(data) if kind.name == "zip" else kind
    return BINARY if _is_binary(sample) else _markup(data, sample)


def _markup(data: bytes, sample: bytes) -> NotPage | None:
    if _is_binary(sample):
        return BINARY
    if b"<svg" in sample or b"<svg:" in sample:
        mark = b"\xef\xbb\xbf"
        if _SVG.match(sample.removeprefix(mark)) and data[-_SAMPLE:].rstrip().endswith(_SVG_ENDS):
            return SVG
    return None


def _is_binary(sample: bytes) -> bool:
    controls = len(sample.translate(None, _TEXT))
    if controls <= len(sample) * _MOST_CONTROLS or sample.startswith(MARKS):
        return False
    if wide_encoding(sample) is not None:
        return False
    rest = sample.replace(b"\0", b"")  # broken downloads and fields of a fixed length have them
    others = len(rest.translate(None, _TEXT))
    return len(rest) < len(sample) / 2 or others > len(rest) * _MOST_IN_UTF8 or not _is_utf8(rest)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _zip(data: bytes) -> NotPage:
    if data[30:38] == b"mimetype":
        for name, _, said in _MIMETYPES:
            if data[38 : 38 + len(said)] == said:
                return _BY_NAME[name]
    listed = data[:_SAMPLE] + data[-32 * _SAMPLE :]  # the list of all members stands at the end
    for name, _, inner in _ZIPS:
        if inner in listed and (name == "jar" or b"[Content_Types].xml" in listed):
            return _BY_NAME[name]
    return _BY_NAME["zip"]
