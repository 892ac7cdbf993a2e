"""Images: their addresses, which pages that load them late keep in many places, and which of them are only signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from cleaner import lazily
from cleaner.html.inline import Image

_Attributes = dict[str, str]

_LATE = (
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-original",
    "data-original-src",
    "data-full-src",
    "data-actualsrc",
    "data-img-src",
)
"""Attributes for the address of an image that a script loads, the most usual first."""
_LATE_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
_LATE_NAME = lazily.pattern(r"data-.*(?:src|original|lazy|image|img|url|full|loader|large|hi-?res)")
"""What else such attributes are called."""
_PICTURE_FILE = lazily.pattern(r"[^\s{}<>\"']{1,2000}\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#@!]\S{0,2000})?", re.I)
_SET_ITEM = lazily.pattern(r"(?<![^\s,])([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wxh])?\s*(?:,|$)")
"""An address of a `srcset` with its width or density; an address may hold commas."""

_NO_SOURCE = lazily.pattern(r"\s*(?:data|blob|about|javascript):", re.I)
_QUALIFIED = r"(?:[-_.]?(?:image|img|icon|bg|pic|white|black|gr[ae]y|gif|svg|\d++(?:x\d++)?))*"
_NOTHING = lazily.pattern(
    r"(?:^|[/_.-])(?:"
    rf"(?:spacer|blank|transparent|shim|1x1|load(?:ing|er)|spinner|lazy(?:-?load)?|preload(?:er)?){_QUALIFIED}"
    rf"\.(?:gif|png|svg|webp)|(?:pixel|clear(?:dot)?|dot|trans|empty|placeholder){_QUALIFIED}\.(?:gif|svg))(?:[?#]|$)",
    re.I,
)
"""Files that stand for an image that has not been loaded, or for room."""
_STAND_IN = lazily.pattern(
    r"(?:^|[/_.-])(?:placeholder|default-?image|no-?image|dummy|gr[ae]y)[\w-]{0,100}\.\w{3,4}(?:[?#]|$)", re.I
)
"""Files that may as well be what the page shows: taken where there is nothing else."""

_SIGN_SIZE = 32
"""Maximum width and height, in pixels, of what is an icon rather than a picture."""
_SIGN_CLASS = lazily.pattern(
    r"(?<![a-z])(?:icons?|avatars?|gravatar|logos?|sprite|emoji|smil(?:ey|ies)|favicon|userpic|share|social|"
    r"btn|button|ads?|advert\w*|sponsor\w*|tracking|pixel)(?![a-z])",
    re.I,
)
_SIGN_FILE = lazily.pattern(
    r"(?:[/_.-]|^)(?:icons?|avatars?|gravatar|sprites?|favicon|emojis?|smilies|buttons?|doubleclick|adserver)"
    r"(?:[/_.-]|\d*$)",
    re.I,
)
_PIXELS = lazily.pattern(r"\s*(\d{1,9})(?:\.\d+)?\s*(?:px\s*)?$")
_TINY_STYLE = lazily.pattern(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$|!)", re.I)


def image_of(element: Any, attributes: _Attributes) -> Image | None:
    """The image that an <img> shows; None for a tracking pixel, and where the page has no address for it."""
    if _is_pixel(attributes):
        return None
    src = source_of(element, attributes)
    if src is None:
        return None
    alt = " ".join(attributes.get("alt", "").split())
    title = " ".join(attributes["title"].split()) if "title" in attributes else ""
    return Image(src, alt, title, attributes)


def without_idle_title(image: Image) -> Image:
    """The image without a title that says what its alternative text says, or one word: a file's name as a rule."""
    says_more = " " in image.title and image.title != image.alt
    return image if says_more or not image.title else replace(image, title="")


def source_of(element: Any, attributes: _Attributes) -> str | None:
    """The address of an image: what a script would load, or `src`, or the largest of a `srcset` without it, or a guess.

    Placeholders are no addresses. None where nothing else is there.
    """
    stand_in = None
    for address in _addresses(element, attributes):
        address = address.strip()
        if not address or _NO_SOURCE.match(address):
            continue
        file = file_of(address)
        if _STAND_IN.search(file) is not None:
            stand_in = stand_in or address
        elif _NOTHING.search(file) is None:
            return address
    return stand_in


def file_of(src: str) -> str:
    """The name of an image's file, which is often the same for all its sizes."""
    return src.split("?", 1)[0].rsplit("/", 1)[-1]


def _addresses(element: Any, attributes: _Attributes) -> Iterator[str]:
    get = attributes.get
    late = [name for name in attributes if name.startswith("data-")]
    if late:
        yield from (value for name in _LATE if (value := get(name)) and ("/" in value or "." in value))
        yield from (largest(get(name, "")) for name in _LATE_SETS)
    src, sizes = get("src", ""), get("srcset", "")
    if sizes and src not in sizes:  # a preview
        yield largest(sizes)
    yield src
    yield largest(sizes)
    for name in late:
        if _LATE_NAME.match(name) and _PICTURE_FILE.fullmatch(attributes[name].strip()):
            yield attributes[name]
    for source in _sources_around(element):
        yield largest(source.get("srcset") or source.get("data-srcset") or "")


def _sources_around(element: Any) -> list[Any]:
    """The <source> elements of the <picture> that an <img> stands in: before it, or around it, as lxml reads them."""
    around = element.getparent()
    for _ in range(8):
        if around is None or around.tag not in ("source", "picture", "div", "span"):
            return []
        if around.tag == "picture":
            return list(around.iter("source"))
        around = around.getparent()
    return []


def largest(srcset: str) -> str:
    """The address with the largest width or density of a `srcset`, the first of equals; empty where there is none."""
    best, size = "", -1.0
    for found in _SET_ITEM.finditer(srcset):
        try:
            given = float(found[2] or 1)
        except ValueError:
            given = 1.0
        if given > size:
            best, size = found[1], given
    return best


def image_in_noscript(element: Any) -> Any:
    """The <img> of a <noscript> that stands for one that a script loads; None where it says more or is not needed.

    A page that loads an image late often has it twice: with a placeholder, and in <noscript> as it is.
    """
    image = _only_image(element)
    if image is None or element.getparent().tag in ("amp-img", "head"):
        return None
    for near in (element.getprevious(), element.getnext()):
        twin = None if near is None or near.tag == "noscript" else _only_image(near)
        if twin is not None and source_of(twin, dict(twin.items())) is not None:
            return None
    return image


def _only_image(element: Any) -> Any:
    """The image that is all that an element holds or is."""
    found = None
    for part in element.iter():
        if part.text and not part.text.isspace():
            return None
        if part is not element and part.tail and not part.tail.isspace():
            return None
        if part.tag in ("img", "amp-img"):
            if found is not None:
                return None
            found = part
    return found


@lru_cache(maxsize=4_096)
def names_sign(names: str) -> bool:
    """Whether classes or an id are those of icons, logos, buttons or advertisements."""
    return _SIGN_CLASS.search(names) is not None


def _is_pixel(attributes: _Attributes) -> bool:
    if attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1"):
        return True
    style = attributes.get("style")
    return style is not None and _TINY_STYLE.search(style) is not None


def is_sign(image: Image) -> bool:
    """Whether an image is an icon, an avatar, a logo or an advertisement, by its size, its classes or its file."""
    get = image.attributes.get
    if "usemap" in image.attributes:  # a menu
        return True
    width, height = _pixels(get("width")), _pixels(get("height"))
    if (width or height) and max(width, height) <= _SIGN_SIZE:
        return True
    if names_sign(f"{get('class', '')} {get('id', '')}"):
        return True
    path = image.src.split("?", 1)[0].rsplit("/", 2)
    return _SIGN_FILE.search("/".join(path[1:])) is not None


def _pixels(value: str | None) -> int:
    found = _PIXELS.match(value or "")
    return int(found[1]) if found else 0
