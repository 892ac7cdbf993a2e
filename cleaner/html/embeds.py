"""Videos and posts of other sites that a page shows in a frame, and what stands in for objects of plugins."""

from __future__ import annotations

import re
from typing import Any

from cleaner import lazily
from cleaner.html.inline import Image

_PAGES = (
    (
        re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]{11})(?![\w-])"),
        "www.youtube.com/watch?v={}",
    ),
    (re.compile(r"youtu\.be/([\w-]{11})(?![\w-])"), "www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d+)"), "vimeo.com/{}"),
    (re.compile(r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)"), "www.dailymotion.com/video/{}"),
    (re.compile(r"platform\.(?:twitter|x)\.com/embed/(?:Tweet|index)\.html\?(?:.*&)?id=(\d+)"), "x.com/i/status/{}"),
    (re.compile(r"(?:www\.)?(?:twitter|x)\.com/(\w+/status/\d+)"), "x.com/{}"),
)
"""What players of the usual hosts are called, and the page that a video or a post has there."""
_PLUGIN = lazily.pattern(r"application/(?!pdf|xhtml)", re.I)
"""Types of what browsers have shown with plugins, and no longer show."""
_ON_PLUGIN = lazily.pattern(
    r"\b(?:Adobe|Macromedia|Shockwave|Silverlight|QuickTime|ActiveX)\b|\b[Ff]lash[\s-]?[Pp]layer|[Pp]lug-?ins?\b"
    r"|(?<=\w )Flash\b|\bFlash(?= (?:is|must|content|version|\d))|[Bb]rowser"
    r"|\bJava(?:Script|[\s-]?(?:[Aa]pplet|[Rr]untime))"
)
"""Names of plugins and of what has them, which are the same in most languages."""
_MOST_ON_PLUGIN = 40
"""Words of the longest text that only says which plugin is missing."""
_SCHEME = lazily.pattern(r"\s*(?:https?:)?//", re.I)
_NO_TITLE = lazily.pattern(r"(?:youtube |vimeo )?(?:video|media|embed\w*)?[\s-]*(?:player|video|content)?", re.I)


def image_of_frame(attributes: dict[str, str]) -> Image | None:
    """What a frame shows, as an image whose address is the page of the video or post; None for other frames."""
    for name in ("src", "data-src", "data-lazy-src"):
        address = attributes.get(name, "")
        scheme = _SCHEME.match(address)
        for pattern, page in _PAGES if scheme else ():
            found = pattern.match(address, scheme.end() if scheme else 0)
            if found is not None:
                title = " ".join(attributes.get("title", "").split())
                return Image(
                    "https://" + page.format(found[1]), "" if _NO_TITLE.fullmatch(title) else title, "", attributes
                )
    return None


def shows_stand_in(element: Any) -> bool:
    """Whether browsers show what stands in an <object>, since the plugin for it is gone, and there is text in it.

    A short text on the plugin that is missing is none.
    """
    if "classid" not in element.attrib and not _PLUGIN.match(element.get("type", "")):
        return False
    words = " ".join(element.itertext()).split()
    return len(words) > _MOST_ON_PLUGIN or (bool(words) and _ON_PLUGIN.search(" ".join(words)) is None)
