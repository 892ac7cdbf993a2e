"""What a site config of Full-Text RSS is after where it replaces a string in the page's HTML before it is parsed.

A rule file changes no markup. But most replacements have one of a few purposes: another level of headings, an image
that a script loads, a text that goes. These are told by the form of the two strings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.rules.importing.findings import Outcome
from cleaner.rules.importing.writing import UNWRITABLE, Value

_CONTAINERS = frozenset(
    (
        "article",
        "button",
        "center",
        "details",
        "div",
        "figure",
        "header",
        "main",
        "picture",
        "section",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "video",
    )
)
_INLINE = frozenset(["b", "big", "em", "font", "i", "small", "span", "strong", "u"])
_TAG = re.compile(r"<?(/?)([A-Za-z][\w-]*)(\s[^<>]*?)?/?(>?)")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(["'])([^"']*)$)""")
_NAMED = re.compile(r"""["'\s]*(?:x\s+)?([A-Za-z][\w:-]*)(?:\s*=\s*["']?(.*))?""", re.DOTALL)
_LATE = re.compile(r"(?:data|sf|rel|fifu)[-:][\w-]*(?:src|original|lazy|image|img|url|full|media)[\w-]*", re.I)
_PLACEHOLDER = re.compile(
    r"data\b|$|.*(?:spacer|blank|transparent|missing|pixel|placeholder|leer|1x1|1px)", re.I | re.DOTALL
)
_PLAYER = re.compile(r"youtu|player|video|embed|vimeo", re.I)
_SIZES = frozenset(["width", "height", "aspect-ratio", "sizes", "loading"])
_MARKUP = re.compile(r"""[<>={}/\\?_`$\[\]]|\w\(|[;#]\w|^\W*$""")
_CLASS = re.compile(r"[a-z]+(?:[-_]+[a-z0-9]+)+")
_CUT = re.compile(r"\s*(?:</\w+>\s*)*</body>\s*(?:</html>)?\s*(?:<!--)?", re.I)
_HOST = re.compile(r"https?://[^/\"']+(?=/)")
_TOKEN = re.compile(r"[a-z0-9:.,-]+")
_CLASSES = re.compile(r"""(?:<?div )?(?:class|id)\s*=\s*["']?([^"'>]*)["']?""", re.I)
_SIZE = re.compile(r"""\s*\b(?:width|height|aspect-ratio|loading)\s*=\s*(?:"[^"]*"|'[^']*'|[\w%]+)""", re.I)
_IN_SRCSET = re.compile(r"\.(?:png|jpe?g|gif|webp|avif)\s+\d+w,?|<?(?:source|img) [^<]*srcset=[\"']?(?:http)?", re.I)
_EMPTY = re.compile(r"(?:<(?!/?(?:img|iframe|video|picture))[^<>]*>|\s|&nbsp;)+", re.I)
_ELEMENT = re.compile(r"<(\w+)(\s[^<>]*?)?>([^<>]+)</\1>")
_HIDDEN = re.compile(r"display:\s*none|type=['\"]hidden", re.I)
_COMMENT = re.compile(r"<!(?:--)?.*>", re.DOTALL)
_ENDS_BLOCK = re.compile(r"(</?(?:table|p|div|ul|ol|h[1-6]|blockquote|figure)>)((?:\s*<br ?/?>)+)", re.I)

_IMAGES = "cleaner finds the addresses of images that scripts load"
_CALLED = "what an element is called does not decide whether cleaner reads it"
_MISSING = "it rewrites the page's HTML before it is parsed"


@dataclass(slots=True)
class Change:
    """What a replacement is after."""

    outcome: Outcome
    reason: str = ""
    rule: dict[str, Value] = field(default_factory=dict)


def change_of(find: str, replacement: str, others: str) -> Change:
    """The purpose of a replacement; `others` are the values of the file's other directives, which may name classes."""
    for change in _readings(find, replacement, others):
        if change is not None:
            return change
    return Change(Outcome.MISSING, _MISSING)


def _readings(find: str, replacement: str, others: str) -> Iterator[Change | None]:
    if not find:
        yield Change(Outcome.MISSING, "it says not what is replaced")
    yield _nothing_changes(find, replacement)
    yield _hidden(find, replacement)
    yield _cut(find, replacement)
    yield _removed_text(find, replacement)
    yield _renamed_tag(find, replacement)
    yield _renamed_attribute(find, replacement)
    yield _renamed_class(find, replacement, others)
    yield _replaced_text(find, replacement)


def _nothing_changes(find: str, replacement: str) -> Change | None:
    if _COMMENT.fullmatch(find) and not replacement.strip("_ ").replace("&nbsp;", ""):
        return Change(Outcome.NEEDLESS, "cleaner reads no comments of the markup")
    end = _ENDS_BLOCK.fullmatch(replacement)
    if end and end[1] == find:
        return Change(Outcome.NEEDLESS, "a block ends there anyway")
    if find.endswith("</title>") and replacement.endswith("</title>"):
        return Change(Outcome.NEEDLESS, "cleaner takes the site's name off the title by itself")
    if find.startswith("<title>") and replacement == "<title>":
        return Change(Outcome.NEEDLESS, "cleaner takes the site's name off the title by itself")
    if _SIZE.sub("", f" {find}").split() == _SIZE.sub("", f" {replacement}").split():
        return Change(Outcome.NEEDLESS, "a document has no sizes of pictures")
    if _EMPTY.fullmatch(find) and "</" in find and _TAG.fullmatch(find) is None and _is_nothing(replacement):
        return Change(Outcome.NEEDLESS, "a document has no empty elements")
    if _IN_SRCSET.fullmatch(find) and re.search("foo|src=", replacement):
        return Change(Outcome.NEEDLESS, _IMAGES)
    if re.search("[\"' ]/\\w", find) and _HOST.sub("", replacement) == find:
        return Change(Outcome.NEEDLESS, "cleaner resolves addresses")
    if "og:image" in find:
        return Change(Outcome.NEEDLESS, "cleaner adds no picture to the text")
    if 'http-equiv="refresh"' in find:
        return Change(Outcome.FETCHING)
    return None


def _is_nothing(replacement: str) -> bool:
    """Whether a replacement leaves nothing: no text, or a comment."""
    return re.fullmatch(r"\s*(?:<!--[^>]*-->)?\s*", replacement) is not None


def _hidden(find: str, replacement: str) -> Change | None:
    """An element that is hidden or replaced by nothing."""
    element = _ELEMENT.fullmatch(find)
    if element is not None and _is_nothing(replacement):
        selector, text = _selector(element[1].lower(), element[2] or "", True), html.unescape(element[3]).strip()
        if selector is not None and text and "'" not in text and UNWRITABLE.search(text) is None:
            return Change(
                Outcome.TRANSLATED, "", {"drop": {"xpath": f"{selector}[normalize-space()='{' '.join(text.split())}']"}}
            )
    if _HIDDEN.search(replacement) is None or not find.startswith("<"):
        return None
    if re.match("<(?:no)?script", find, re.I):
        return Change(Outcome.NEEDLESS, "cleaner reads no scripts")
    selector = _start_with_text(find)
    return Change(Outcome.TRANSLATED, "", {"drop": {"xpath": selector}}) if selector else None


def _start_with_text(start: str) -> str | None:
    """The elements that begin with a start tag, perhaps cut off, and a text, as XPath."""
    tag, _, text = start.partition(">")
    old = _TAG.fullmatch(tag + ">" if text else start)
    if old is None or old[1] or not start.startswith("<"):
        return None
    selector, text = _selector(old[2].lower(), old[3] or "", bool(old[4])), " ".join(html.unescape(text).split())
    if selector is None or "<" in text or "'" in text or UNWRITABLE.search(text):
        return None
    return selector + (f"[starts-with(normalize-space(), '{text}')]" if text else "")


def _cut(find: str, replacement: str) -> Change | None:
    """The page ends at an element."""
    selector = _start_with_text(find) if _CUT.fullmatch(replacement) else None
    if selector is None or not selector.endswith("]"):
        return None
    return Change(Outcome.TRANSLATED, "", {"drop_after": {"xpath": selector}})


def _removed_text(find: str, replacement: str) -> Change | None:
    """A text between tags goes, and the tags stay."""
    parts = re.fullmatch(r"([^<>]*(?:<\w[^<>]*)?>|)([^<>]+)(</?\w*(?:[^<>]*>)?|)", find)
    if (
        parts is None
        or not (parts[1] or parts[3])
        or replacement.replace(" ", "") != (parts[1] + parts[3]).replace(" ", "")
    ):
        return None
    text = " ".join(html.unescape(parts[2]).split())
    if not text or UNWRITABLE.search(text) or _is_code(text):
        return None
    pattern = ("^" if parts[1] else "") + _literal(text) + ("$" if parts[3] else "")
    return Change(Outcome.TRANSLATED, "", {"replace": {"regex": pattern}})


def _renamed_tag(find: str, replacement: str) -> Change | None:
    old = _TAG.fullmatch(find)
    if old is None or not ("<" in find or ">" in find):
        return None
    tag, target = old[2].lower(), _target(replacement)
    if tag == "noscript" and target in ("", "div", "p", "span", "foo"):
        return Change(Outcome.NEEDLESS, "cleaner reads the images of <noscript> by itself")
    if target is None:
        return None
    if tag == "source" and target in ("img", "invalid", "foo"):
        return Change(Outcome.NEEDLESS, _IMAGES)
    if tag == "img" or target == "img":
        return Change(Outcome.NEEDLESS, _IMAGES) if {tag, target} <= {"amp-img", "img"} else None
    if target in ("div", "span", "section", "") and (tag in _CONTAINERS or "-" in tag):
        return Change(Outcome.NEEDLESS, _CALLED)
    if old[1]:
        return _closing(tag, target)
    selector = _selector(tag, old[3] or "", bool(old[4]))
    if selector is None:
        return None
    if re.fullmatch("h[1-6]", target):
        return Change(Outcome.TRANSLATED, "", {"heading": {"xpath": selector}, "level": int(target[1])})
    if target == "p" and re.fullmatch("h[1-6]|div", tag):
        return Change(Outcome.TRANSLATED, "", {"paragraph": {"xpath": selector}})
    if (target == "" and tag in _INLINE) or (tag == "a" and target in ("span", "invalid", "foo", "p")):
        return Change(Outcome.TRANSLATED, "", {"unwrap": {"xpath": selector}})
    return None


def _closing(tag: str, target: str) -> Change | None:
    """An end tag goes with its start tag, which says what is meant."""
    if re.fullmatch("h[1-6]", tag) and re.fullmatch("h[1-6]|p", target):
        return Change(Outcome.TRANSLATED, "with the start tag")
    if tag in _INLINE and target == "":
        return Change(Outcome.TRANSLATED, "with the start tag")
    return None


def _target(replacement: str) -> str | None:
    """The name of the element that a tag is replaced by; empty where none is left, None where it is more than a tag."""
    if not replacement.strip() or re.fullmatch(r"<!--[^>]*-->", replacement):
        return ""
    found = _TAG.fullmatch(replacement)
    if found is None or "display:none" in replacement:
        return None
    return found[2].lower()


def _selector(tag: str, attributes: str, closed: bool) -> str | None:
    """The elements whose start tags have this text in them, as XPath."""
    conditions = []
    left = attributes
    for found in _ATTRIBUTE.finditer(attributes):
        left = left.replace(found[0], "", 1)
        name, value = found[1].lower(), found[2] or found[3] or found[5] or ""
        test = f"starts-with(@{name}, '{value}')" if found[4] else f"@{name}='{value}'"
        if "'" in value or ":" in name:
            return None
        conditions.append(test)
    if left.strip():
        return None
    if closed and not conditions:
        conditions = ["not(@*)"]
    return f"//{tag}" + "".join(f"[{test}]" for test in conditions)


def _renamed_attribute(find: str, replacement: str) -> Change | None:
    old, new = _NAMED.fullmatch(find), _NAMED.fullmatch(replacement)
    if old is None:
        return None
    name, value = old[1].lower(), old[2] or ""
    target = new[1].lower() if new else ""
    is_whole = "=" in find or name == "srcset" or _LATE.fullmatch(name) is not None or name.endswith("-src")
    if not is_whole or "<" in find or "<" in replacement:
        return None
    if name in _SIZES and (not replacement or target in _SIZES):
        return Change(Outcome.NEEDLESS, "a document has no sizes of pictures")
    if target in ("src", "srcset") and name != target and not _PLAYER.search(value):
        return Change(Outcome.NEEDLESS, _IMAGES) if _LATE.fullmatch(name) or name == "srcset" else None
    is_gone = not replacement or (target not in ("src", "srcset", "href", "content") and new is not None)
    if is_gone and (
        name == "srcset" or _LATE.fullmatch(name) or (name in ("src", "srcset") and _PLACEHOLDER.match(value))
    ):
        return Change(Outcome.NEEDLESS, _IMAGES)
    return None


def _renamed_class(find: str, replacement: str, others: str) -> Change | None:
    old, new = _CLASSES.fullmatch(find.strip()), _CLASSES.fullmatch(_SIZE.sub("", replacement).strip())
    if old is not None and new is not None:
        names = {*old[1].split(), *new[1].split()}
    elif _CLASS.fullmatch(find) and re.fullmatch(r"[A-Za-z0-9 _-]+", replacement):
        names = {find, *replacement.split()}
    else:
        return None
    if any(name in others for name in names):
        return Change(Outcome.MISSING, "it renames a class or id that other directives of the file look for")
    return Change(
        Outcome.NEEDLESS, "it hides a class or id from cleaning by class names, which no directive of the file asks for"
    )


def _replaced_text(find: str, replacement: str) -> Change | None:
    text, new = html.unescape(find), html.unescape(replacement)
    if re.fullmatch(r"<!--[^>]*-->|<br ?/?>|_", new):
        new = ""
    new = new.replace("\xa0", " ").strip()
    if text in ("\xa0", "\u00ad", "\\n"):
        return Change(Outcome.NEEDLESS, "cleaner settles white space by itself")
    if UNWRITABLE.search(text + new):
        return Change(Outcome.NEEDLESS, "cleaner takes control characters away by itself")
    if _is_code(text) or (new and _is_code(new)) or (_TOKEN.fullmatch(text) and _TOKEN.fullmatch(new)):
        return None
    return Change(
        Outcome.TRANSLATED,
        "",
        {"replace": {"regex": _literal(text)}, "with": new} if new else {"replace": {"regex": _literal(text)}},
    )


def _is_code(text: str) -> bool:
    """Whether a string is of markup or of an address rather than of the page's text."""
    return _MARKUP.search(text) is not None and not (len(text) == 1 and not text.isascii()) and text not in "\"'"


def _literal(text: str) -> str:
    """The text as a pattern of RE2."""
    return re.sub(r"([\\.^$|?*+()\[\]{}-])", r"\\\1", text)
