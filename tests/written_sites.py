"""Sites of some pages that are written for tests: a template around texts, with the boilerplate that sites have."""

from __future__ import annotations

TOPICS = ("bridge", "harbour", "lighthouse", "mill", "orchard", "railway", "quarry", "ferry")
_SENTENCES = (
    "The {0} was built when the valley had no road, and the people who lived there paid for every stone of it.",
    "For thirty years the {0} was the only reason to come here, and most visitors stayed for less than a day.",
    "A report of the county says that the {0} needs new timber before winter, and that nobody has ordered it.",
    "Those who work at the {0} disagree: they have seen worse winters, and they point to the marks on the wall.",
    "In spring the council will vote on the {0}, and both sides have begun to count the hands they can rely on.",
)


def article(number: int) -> str:
    """The paragraphs of a page: other texts on each."""
    topic = TOPICS[number]
    return "".join(f"<p>{sentence.format(f'{topic} of {topic}ton')}</p>" for sentence in _SENTENCES)


def page(number: int, *, before: str = "", inside: str = "", after: str = "", body_class: str = "story-body") -> str:
    """A page of a site with a menu, a head, an article and a foot."""
    topic = TOPICS[number]
    return f"""<!DOCTYPE html><html lang="en"><head><title>The old {topic}</title></head><body>
<nav class="top-menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/about">About us</a></li></ul></nav>
{before}
<div class="{body_class}"><h1 class="headline">The old {topic}</h1>
<p class="byline">By Ann Example{number}</p>
<time class="published" datetime="2024-0{number + 1}-03">{number + 1} March 2024</time>
{article(number)}{inside}</div>
{after}
<footer class="site-foot"><p>All rights reserved by the paper of the valley.</p></footer></body></html>"""


AUTHOR_BOX = (
    '<div class="author-box"><p>Our reporters write about the valley and the people who live there, every day of the '
    "week and in all weathers.</p></div>"
)
NEWSLETTER = (
    '<div class="newsletter"><p>Get the letter of the valley every Friday, with the stories that our readers liked '
    "best, and cancel whenever you like.</p></div>"
)


def related(number: int) -> str:
    """A list of links to other pages, other ones on each."""
    others = [TOPICS[(number + step) % len(TOPICS)] for step in (1, 2, 3)]
    links = "".join(f'<li><a href="/{topic}">What became of the {topic}</a></li>' for topic in others)
    return f'<div class="related"><h3>Related stories</h3><ul>{links}</ul></div>'
