"""Which words of a language are joined by a hyphen, as far as rules tell.

Most languages write compounds as one word, or as several, and seldom put hyphens between small letters. There, a
hyphen at the end of a line parts a word. Some join particles by hyphens. In English and the Romance languages, only the
words tell: "user-friendly", "rendez-vous".
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONJUNCTIONS = _words(
    "and or to und oder bzw sowie et ou en of och eller og y o u e i ja tai sekä és vagy oraz lub a nebo и или"
)
"""What may be between a part of a compound and the next compound: "Ein- und Ausgang"."""
_OPEN = frozenset(("en", "es", "fr", "it", "pt", "ca", None))
"""Languages in which rules do not tell; None is an unknown one."""
_PREFIXES = _words(
    "well self ill ex non all half cross semi anti quasi low high long short full part so mid multi co vice "
    "two three four five six ten"
)
"""English words that begin compounds with a hyphen; they are too short to be the first part of a broken word."""
_PARTICLES = {
    "be": _words("то небудзь такі"),
    "ca": _words("en hi ho la les li lo los me ne nos se te us vos"),
    "fr": _words("ce ci elle elles en il ils je la là le les leur lui moi même mêmes nous on toi tu vous y être"),
    "pt": _words("a as la las lha lhe lhes lho lo los me na nas no nos o os se te vos"),
    "ro": _words("a ai am au ar i ii l le lea lui mi ne o s se te te ul un și ți vă"),
    "ru": _words("ка либо нибудь таки то"),
    "uk": _words("будь небудь таки то"),
}
"""What is joined to the word before it, by language."""
_OPENERS = {
    "be": _words("па"),
    "pl": _words("północno południowo"),
    "ro": _words("c d dintr i într l le m n ne printr s v ți"),
    "ru": _words("в во из кое по северо юго"),
    "uk": _words("будь з казна по північно південно хтозна"),
}
"""What is joined to the word after it, by language."""
_REPEATING = frozenset(("id", "jv", "ms", "su"))
"""Languages whose plural repeats the word."""
_VOWELS = "aeiouyäö"


def joined_by_hyphen(before: str, after: str, language: str | None) -> bool | None:
    """Whether a hyphen joins two words in small letters; None where the rules of the language do not tell.

    `language` is a BCP 47 tag, or None for an unknown language.
    """
    if after in _PARTICLES.get(language or "", ()) or before in _OPENERS.get(language or "", ()):
        return True
    if language in _OPEN:
        return True if before in _PREFIXES else None
    if language == "fi":  # equal vowels at the seam of a compound have a hyphen between them
        return before[-1] == after[0] and after[0] in _VOWELS
    if language == "nl":  # so have any two
        return before[-1] in _VOWELS and after[0] in _VOWELS
    return language in _REPEATING and before == after
