"""HTML without tags that are nested deeply, for pages that lxml would not read to their end."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_RAW = frozenset(("script", "style"))


def shallow(text: str, levels: int) -> str:
    """The page without the tags that are nested deeper than some levels."""
    parser = _Shallow(levels)
    parser.feed(text)
    parser.close()
    return "".join(parser.out)


class _Shallow(HTMLParser):
    """Writes a page again without the tags that are nested too deeply."""

    def __init__(self, levels: int) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.levels = levels
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.depth += 1
        if self.depth <= self.levels or tag in _RAW or tag in _VOID:
            self.out.append(self.get_starttag_text() or "")
        else:
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.depth = max(0, self.depth - 1)
        if self.depth < self.levels or tag in _RAW:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")
