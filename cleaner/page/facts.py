"""What a page says of itself outside its text: the raw values that metadata is decided from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Facts:
    """What a page says of itself outside its text, as it says it; `metadata` decides which of it to believe."""

    title: str | None = None
    """The <title>."""
    headings: list[str] = field(default_factory=list)
    """Texts of the first few <h1> elements; before them that of another element that stands for one."""
    brands: list[str] = field(default_factory=list)
    """Texts of the page's logos: links to the site's home, and <h1> elements that are marked as the site's name."""
    language: str | None = None
    """`lang` of the page, or the language that its text is in where it does not say."""
    language_source: str = "html lang"
    """Where `language` is from: "html lang", "text" where it was detected, or "given" where the caller knows it."""
    canonical: str | None = None
    """Its address: canonical link, `og:url`, or the comment that a browser saves a page with."""
    base: str | None = None
    """The address that relative links start from: `href` of the first <base>."""
    licence: str | None = None
    """Target of a link with `rel=license`."""
    meta: list[tuple[str, str]] = field(default_factory=list)
    """(name, property, itemprop or http-equiv in lower case; content) of the <meta> elements."""
    json_ld: list[str] = field(default_factory=list)
    """Sources of the JSON-LD scripts."""
    bylines: list[tuple[str, str]] = field(default_factory=list)
    """(what marks it: "rel=author", "itemprop=author", "class", each with " aside" where it stands in a comment, a
    sidebar, a footer or a list of other pages; text, its text nodes on lines) of elements that look like bylines.
    "link" is a link to what the site has by an author, "link said" one with text before it, which is the first line."""
    times: list[tuple[str, str]] = field(default_factory=list)
    """(what marks it: "time", "time published", "itemprop=datepublished", "class", with " aside" as above; value) of
    elements that carry dates."""
    opening: list[str] = field(default_factory=list)
    """Short texts around the page's own heading, a text node each: where pages without markup for it have a byline."""
    before_heading: int = 0
    """How many of these texts stand before the heading."""
    front_matter: dict[str, str] = field(default_factory=dict)
    """Metadata that Markdown begins with, by the names of `Document`'s fields."""
    fields: dict[str, str] = field(default_factory=dict)
    """What Markdown begins with under `fields`: metadata beyond that of every document."""
