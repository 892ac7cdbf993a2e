"""What programs put beside a heading that its author did not write: signs, icons, links to edit it."""

from __future__ import annotations

from cleaner import lazily
from cleaner.normalize import fold

_SIGNS = "¶§🔗⚓📎\ufe0e\ufe0f\ue000-\uf8ff\U000f0000-\U000ffffd"
"""Pilcrow, section sign, pictures of links, and the private characters that icon fonts draw their icons with."""
_AT_START = lazily.pattern(rf"^(?:[{_SIGNS}]\s*)+")
_SIGN = lazily.pattern(f"[{_SIGNS}]")
_LABEL = lazily.pattern(r"\[([^\[\]]{1,60})\]$")
_MAX_LABEL = 62
_MOST = 8
"""Signs and labels that are taken off an end."""
_EDIT_WORDS = """
    edit, edit source, view source, source, src, bearbeiten, quelltext bearbeiten, modifier, modifier le code,
    modifier le wikicode, editar, editar código, editar a fonte, editar fonte, modifica, modifica wikitesto, bewerken,
    brontekst bewerken, redigera, redigera wikitext, rediger, rediger kildetekst, muokkaa, muokkaa wikitekstiä, edytuj,
    edytuj kod, upravit, editovat zdroj, upraviť, szerkesztés, forrásszöveg szerkesztése, modificare, modificare sursă,
    редактиране, править, править код, редагувати, редагувати код, уреди, uredi, επεξεργασία, değiştir,
    kaynağı değiştir, עריכה, עריכת קוד מקור, عدل, تعديل, ویرایش, संपादित करें, แก้ไข, sửa, sửa đổi, sửa mã nguồn, sunting,
    sunting sumber, 编辑, 編輯, 编辑源代码, 編輯原始碼, 編集, ソースを編集, 편집, 원본 편집
"""
_EDITS = frozenset(map(fold, _EDIT_WORDS.split(",")))
_TO_ITSELF = lazily.pattern(r"permalink|permanent link|anchor|(?:copy|direct|section)? ?link(?: to| for|$)")


def bare(text: str) -> str:
    """A heading, or a title, without the signs and labels at its edges; as it is where nothing else is in it."""
    start, end = words_of(text)
    return text[start:end] if start < end else text


def words_of(text: str) -> tuple[int, int]:
    """Where in `text` a heading is without the signs and labels at its edges, half-open; empty where it is none."""
    begin = _AT_START.match(text)
    start, end = begin.end() if begin else 0, len(text)
    for _ in range(_MOST):
        if end > start and _SIGN.match(text, end - 1):
            end -= 1
        elif (label := _LABEL.search(text, max(start, end - _MAX_LABEL), end)) and _is_edit_label(label[1]):
            end = label.start()
        else:
            break
        end = len(text[:end].rstrip())
    return start, end


def is_label(text: str, href: str) -> bool:
    """Whether a link in a heading is one to the heading itself, or to where it can be edited."""
    folded = fold(text)
    if not folded:
        return True
    if folded in _EDITS:
        return "edit" in href.lower()
    return "#" in href and bool(_TO_ITSELF.match(folded))


def _is_edit_label(text: str) -> bool:
    return all(fold(part) in _EDITS for part in text.split("|"))
