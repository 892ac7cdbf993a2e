"""Bytes to text: byte order mark, then the transport's charset, then what the page declares, then detection."""

from __future__ import annotations

import codecs
import re

from cleaner.document import PageWarning
from cleaner.intake.wide import wide_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that mean a superset on the web: https://encoding.spec.whatwg.org/#names-and-labels
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ALIASES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
    "x-x-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
}
"""Labels of the same specification that Python does not know."""
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
_DECLARED_WITHIN = 16_384
"""Bytes at the start of a page in which its declaration is looked for; browsers stop at 1,024, pages do not."""
_DETECT_WITHIN = 65_536


def decode(data: bytes, charset: str | None = None) -> tuple[str, PageWarning | None]:
    """The text of `data`, and a warning where some of it could not be decoded.

    `charset` is what the transport said (the parameter of a Content-Type). Bytes that are valid UTF-8 beyond ASCII
    are UTF-8 whatever a page declares of itself: nothing else looks like it by chance.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    said = _codec(charset) or wide_encoding(data)
    if said:
        return _decoded(data, said)
    text = _as_utf8(data)
    if text is not None and not data.isascii():
        return text, None
    codec = _codec(declared(data))
    if codec:
        return _decoded(data, codec)
    return (text, None) if text is not None else _decoded(data, _detected(data))


def declared(data: bytes) -> str | None:
    """The encoding that a page says of itself, in a <meta> or an XML declaration."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else None


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        label = label.strip().lower()
        name = codecs.lookup(_ALIASES.get(label, label)).name
        b"".decode(name)  # codecs that are no text encodings ("hex") raise
    except (LookupError, ValueError):
        return None
    # A page that declares UTF-16 in ASCII bytes is not UTF-16.
    return None if name.startswith(("utf-16", "utf-32", "utf-7")) else _SUPERSETS.get(name, name)


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _detected(data: bytes) -> str:
    from bs4.dammit import EncodingDetector

    sample = data[:_DETECT_WITHIN]
    if _begins_as_utf8(sample) or (len(sample) > 200 and _nearly_utf8(sample)):
        return "utf-8"  # a few broken bytes in it
    for name in EncodingDetector(sample, is_html=True).encodings:
        codec = _codec(name)
        if codec and codec != "utf-8":
            return codec
    return "cp1252"


def _begins_as_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8 with more than ASCII in it, but for a last character that was cut short."""
    try:
        return not codecs.getincrementaldecoder("utf-8")().decode(sample).isascii()
    except UnicodeDecodeError:
        return False


def _nearly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good > 20 * text.count("\ufffd")


def _decoded(data: bytes, codec: str) -> tuple[str, PageWarning | None]:
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError):
        codec, text = "latin-1", data.decode("latin-1")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    if broken <= 0:
        return text, None
    return text, PageWarning("encoding.broken", f"{broken} characters could not be decoded as {codec}")
