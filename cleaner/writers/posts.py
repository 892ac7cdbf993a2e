"""Who speaks in a post, in a line."""

from __future__ import annotations

from cleaner.document import Container


def author_of(post: Container) -> str:
    """The author of a post without line breaks; empty where the page does not tell."""
    return " ".join((post.author or "").split())


def post_line(post: Container) -> str:
    """The author of a post and the day: "Ada, 2023-05-06"; empty where the page does not tell."""
    return ", ".join(filter(None, (author_of(post), (post.date or "")[:10])))
