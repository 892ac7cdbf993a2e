"""Names of people and teams, out of what pages write around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise

from cleaner import lazily
from cleaner.metadata import dates
from cleaner.metadata.labels import AND, AUTHOR, AUTHORS, BY, OF_A_MEMBER, REPORTER
from cleaner.normalize import fold, has_words

MAX_NAME = 100
"""Characters of a name; what is longer is a sentence."""
MAX_WORDS = 12
_MAX_SHOWN_WORDS = 5
_MAX_LINES = 8
_MAX_LINE = 300
_MAX_TOLD = 1_000

_DONE_WORDS = """
    article blog content contributed created edited guest guide post posted published reported review reviewed story
    submitted text texte tekst teksti texto testo words written veröffentlicht geschrieben verfasst erstellt écrit
    publié rédigé escrito publicado scritto pubblicato geschreven gepubliceerd skrevet skrivet publicerad opublikowane
    написал опубликовал
"""
_DONE = "|".join(_DONE_WORDS.split())
_LABEL = lazily.pattern(
    rf"^(?:(?:{_DONE})\s+)*(?:{BY})(?:\s*[:：]\s*|\s+|$)|"
    rf"^(?:about\s+the\s+)?(?:{AUTHOR})(?:\s*[:：|]\s*|$)|^{REPORTER}\s*[:：]?\s+|^(?:text|texte|tekst|teksti|texto|testo|words|文|글)\s*[:：/／]\s*",
    re.IGNORECASE,
)
_BY_LINE = lazily.pattern(
    rf"(?:(?:{_DONE})\s+)?(?:{BY})(?:\s*[:：]\s*|\s+|$)|(?:{AUTHOR})(?:\s*[:：]\s*|$)|(?:text|tekst|teksti|文|글)\s*[:：/／]\s*",
    re.IGNORECASE,
)
_PLURAL = lazily.pattern(rf"(?:{AUTHORS})\s*[:：]?$", re.IGNORECASE)
_STARTER = lazily.pattern(
    r"(?:thread|topic|discussion) (?:starter|author)|(?:started|asked) by|original poster", re.IGNORECASE
)
_REPORTER = lazily.pattern(r"([가-힣]{2,4}) 기자(?:\s|$)")
_JOIN = lazily.pattern(rf"(?:,|、|,?\s*(?:{AND}))$", re.IGNORECASE)
_AND_WORD = lazily.pattern(rf"\s(?:{AND})\s", re.IGNORECASE)
_BETWEEN_NAMES = lazily.pattern(rf",?\s+(?:{AND})\s+|\s*[,、]\s*", re.IGNORECASE)
_SIGN_BETWEEN = lazily.pattern(r"\s+[/・]\s+|\s*[;；・]\s*")
"""Signs between names, which also stand elsewhere."""
_PART_END = lazily.pattern(rf"{_BETWEEN_NAMES.pattern}|{_SIGN_BETWEEN.pattern}|\s+[|•·–—-]\s+", re.IGNORECASE)
_AFTER_DATE = lazily.pattern(r"^\W*(?:\d\d?[:.]\d\d(?:[:.]\d\d)?\s*(?:uhr|h\b|[ap]\.?m\.?)?)?\W*", re.IGNORECASE)
_ROLE = lazily.pattern(
    r"\b(?:(?:co-?)?founder|attorney|lawyer|editor|writer|author|reporter|correspondent|columnist|journalist|contributor|blogger|director|"
    r"manager|president|officer|head of|chief|ceo|cto|cmo|vp|vice|senior|former|founding|lead|specialist|strategist|"
    r"analyst|engineer|developer|consultant|professor|researcher|expert|staff|team|redakteur(?:in)?|redactor|"
    r"journaliste|periodista|giornalista)\b",
    re.IGNORECASE,
)
_READING_TIME = lazily.pattern(r"\b\d+\s*-?\s*min", re.IGNORECASE)
_SEPARATORS = lazily.pattern(r"[\W_]*$")
_MAX_BESIDE = 40
_MAX_TEXTS_BESIDE = 20
_AFTER_NAME = lazily.pattern(
    r"\s*[|•·–—(\[].*$|\s+-\s.*$|\s+/\s.*$|\s+@\w+.*$|"
    r",?\s+(?:on|in|at|for|updated|published|posted|last|about|follow|is an?|read|reviewed)\b.*$|\s+기자.*$",
    re.IGNORECASE,
)
_NO_NAME = lazily.pattern(
    r"https?:|www\.|@|^contributors? to\b|\.(?:com|org|net|io|php|html?)\b|[<>{}=\\\[\]|?!]|"
    r"[a-z]{2}\.[a-z]+\.[a-z]{2}|^(?=\S*\d[a-z]+\d)\S{14,}$",
    re.IGNORECASE,
)
_NAME_WORD = lazily.pattern(r"[^\W\d_][\w.’'\-\u0300-\u036f\u0900-\u109f]*,?$")
_LOGIN = lazily.pattern(r"[a-z0-9]+(?:[._-][a-z0-9]+)*$")
_ACCOUNT = lazily.pattern(r"(?=[^\W_]*[^\W\d_])[^\W_]+(?:[._-]+[^\W_]+)*[._-]?$")
_EDGES = ' ,;:-–—•·*"“”'
_PARTICLE_WORDS = "al and bin da de del della den der di dos du el la le of the van von y"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NOT_NAMES = (
    "mon, tue, wed, thu, fri, sat, sun, "
    "about, about the author, about us, account, fact checked, admin, administrator, advertisement, all, all "
    "posts, anonymous, article, author, authors, blog, by, cart, comment, comments, contact, contact us, "
    "contributor, default, editor, editorial, editorial staff, editorial team, editors, follow, guest, guest "
    "author, guest contributor, guest post, home, log, log in, login, menu, more posts, n a, na, news, next, "
    "none, null, offline, online, post, posts, previous, published, read more, related articles, review, reviews, "
    "root, search, sections, share, shop all, sign, sign in, sign up, site admin, skip to content, sponsored, "
    "staff, staff writer, subscribe, super user, superuser, support, team, the author, the editor, the editors, "
    "top, topic author, undefined, unknown, updated, user, view all posts, view more posts, web admin, web desk, "
    "news desk, newsroom, webmaster, website, wordpress, writer, www, administrador, administrateur, "
    "amministratore, administratör, redaktion, die redaktion, redaktionsteam, redazione, la redazione, redacción, "
    "redacao, redação, da redação, rédaction, la rédaction, redactie, de redactie, redaksjonen, redaktionen, "
    "toimitus, redakcja, redakce, szerkesztőség, редакция, редакція, администратор, адмін, админ, 编辑, 編輯, "
    "编辑部, 編集部, 管理员, 管理員, 管理者, 本站, 佚名, 匿名, 관리자, 편집부, anónimo, anonyme, anonym, anonimo, "
    "gast, invitado, invité, invitée, related information, table of contents, der redaktion, von der redaktion, "
    "our staff, our team"
)
_NOBODY = frozenset(_NOT_NAMES.split(", "))
"""Folded words that stand where a name should."""


def told(text: str) -> str | None:
    """The name in a value that says it holds an author's name; None where it does not."""
    text = _LABEL.sub("", " ".join(text[:_MAX_TOLD].split()), count=1).split("|")[0].strip(_EDGES)
    return text if _is_possible(text, MAX_WORDS) else None


def has_label(text: str) -> bool:
    """Whether a byline says "by" or "author"."""
    return bool(_LABEL.match(text))


def parts(text: str) -> list[str]:
    """What a byline says behind its label, apart at the signs and words that stand between names."""
    return [part for part in _PART_END.split(_LABEL.sub("", text, count=1)) if has_words(part)]


def shown(text: str, *, login: bool = False, language: str | None = None) -> str | None:
    """The name, or the names with commas between, in a byline whose text nodes stand on lines of their own.

    `login`: the name of an account will do; after "by" in one text node, as in "by hand", only one that is no word.
    `language` is the page's, for the dates in the byline.
    """
    found: list[str] = []
    joined = True
    is_list = False
    for line in filter(None, (" ".join(part.split())[:_MAX_LINE] for part in text.split("\n")[:_MAX_LINES])):
        if _JOIN.match(line):
            joined = True
            continue
        if found and (not joined or line.endswith((".", "。", ":", "："))):
            break
        is_list = is_list or _PLURAL.match(line) is not None
        unlabelled = _LABEL.sub("", line, count=1)
        name = _without_rest(_with_commas(unlabelled), language)
        may_be_account = login and (unlabelled == line or not name.isalpha() or not name.islower())
        if _is_picture(name):
            continue
        if names := _several(name) or [name] * (is_name(name) or (may_be_account and _is_account(name))):
            found += names
            joined = is_list or line.endswith(",")
        elif name and not dates.parse(name, language) and fold(name) not in _NOBODY:
            break
    return ", ".join(dict.fromkeys(found)) or None


def _without_rest(line: str, language: str | None) -> str:
    """The beginning of a byline, without what follows a name: a date, a title of office, a place."""
    dated = dates.parse_all(line, language)
    name = dated[0].before if dated and has_words(dated[0].before) else line
    name = _AFTER_NAME.sub("", name)
    head, comma, rest = name.partition(", ")
    return (head if comma and _ROLE.search(rest) and not _AND_WORD.search(rest) else name).strip(_EDGES + ".")


def _with_commas(text: str) -> str:
    """Names of two words or more with commas between, where only other signs stand between them; other texts as is."""
    parts = _SIGN_BETWEEN.split(text)
    return ", ".join(parts) if len(parts) > 1 and all(" " in part and is_name(part) for part in parts) else text


def _several(text: str) -> list[str]:
    """The names in "Ann Lee, Bo Ek and Cy Orr"; none where it is one name, or one with a title after it."""
    has_and = _AND_WORD.search(text) is not None
    if not has_and and "," not in text and "、" not in text:
        return []
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    count = next((n for n, part in enumerate(parts) if not is_name(part) or _ROLE.search(part)), len(parts))
    if count < 2 or (count < len(parts) and not has_and):
        return []
    return parts[:count] if all(" " in part or not part.isascii() for part in parts[:count]) else []


def _is_picture(name: str) -> bool:
    """Whether a name is what stands for a picture: one or two initials."""
    return 0 < len(name) <= 2 and name.isascii() and name.isupper()


def opened(texts: Sequence[str], language: str | None = None) -> str | None:
    """The name after a "By" among the texts that follow a page's heading, also after a date in one of them."""
    for place, text in enumerate(texts):
        if reporter := _REPORTER.match(text):
            return reporter[1]
        starter = _STARTER.match(text)
        if starter and place and _stands_after(text, texts[place + 1 : place + 2]) and _is_account(texts[place - 1]):
            return texts[place - 1]
        for part in (text, *_after_dates(text, language)):
            if starter or _BY_LINE.match(part):
                following = (" ".join(t.split()) for t in texts[place + 1 : place + _MAX_LINES])
                own = part[starter.end() :] if starter else " ".join(part.split())
                if name := shown("\n".join((own, *following)), login=bool(starter), language=language):
                    return name
    return None


def _stands_after(starter: str, following: Sequence[str]) -> bool:
    """Whether who has started a discussion stands before the label that says so: what follows it is no name."""
    return not starter.endswith((":", "：")) and not any(is_name(text) or _is_account(text) for text in following)


def _after_dates(text: str, language: str | None) -> list[str]:
    dated = dates.parse_all(text, language) if len(text) < _MAX_LINE else []
    return [_AFTER_DATE.sub("", dated[-1].after, count=1)] if dated else []


def with_neighbours(name: str, texts: Sequence[str], others: Sequence[str]) -> str:
    """A name with those of `others` that follow it among `texts`, with no more than a comma or an "and" between."""
    found = [name]
    place = texts.index(name) if name in texts else len(texts)
    for text in texts[place + 1 :]:
        if text in others and text not in found and " " in text and is_name(text) and not _ROLE.search(text):
            found.append(text)
        elif not _JOIN.match(text.strip()):
            break
    return ", ".join(found)


def beside(texts: Iterable[str], is_common: Callable[[str], bool], language: str | None = None) -> str | None:
    """The first name that stands alone before a date, a reading time or a title of office.

    `texts` follow the heading. `is_common` tells whether the page has a word in lower case elsewhere, as it has those
    of the names of its sections.
    """
    told = [text for text in islice(texts, _MAX_TEXTS_BESIDE) if not _SEPARATORS.match(text)]
    for text, following in pairwise(told):
        words = text.split()
        is_person = 1 < len(words) < 4 and len(text) <= _MAX_BESIDE and "," not in text and is_name(text)
        if not is_person or _ROLE.search(text) or not _follows_names(following, language):
            continue
        if not any(is_common(word) for word in words if word not in _PARTICLES):
            return text
    return None


def _follows_names(text: str, language: str | None) -> bool:
    is_short = len(text) <= _MAX_BESIDE
    return is_short and bool(_READING_TIME.search(text) or _ROLE.search(text) or dates.parse(text, language))


def is_name(text: str) -> bool:
    """Whether `text` looks like a person's or a team's name: few words, all but particles with a capital."""
    words = text.split()
    if not _is_possible(text, _MAX_SHOWN_WORDS):
        return False
    return all(_NAME_WORD.match(word) and (word in _PARTICLES or not word[0].islower()) for word in words)


def is_login(name: str) -> bool:
    """Whether `name` is what an account is called ("jdoe2"), which is worth less than a name."""
    return bool(_LOGIN.match(name)) and " " not in name


def _is_account(name: str) -> bool:
    """Whether `name` can be what an account is called, in letters of either case."""
    return bool(_ACCOUNT.match(name)) and _is_possible(name, 1) and not OF_A_MEMBER.fullmatch(name)


def _is_possible(text: str, words: int) -> bool:
    return (
        bool(text)
        and len(text) <= MAX_NAME
        and len(text.split()) <= words
        and any(c.isalpha() for c in text)
        and not _NO_NAME.search(text)
        and fold(text) not in _NOBODY
        and dates.parse(text) is None
    )
