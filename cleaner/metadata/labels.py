"""Words beside dates and names that say what they are, in the languages of most pages."""

from __future__ import annotations

import re

from cleaner import lazily

_CHANGED = """
    updat modif edited review last accessed expires retrieved checked revis version aktuali geändert überarbeitet
    actuali atualiz alterad mis_à_jour mise_à_jour aggiorn bijgewerkt gewijzigd uppdater ändrad oppdater opdater endret
    ændret päivit muokat zaktualiz zmodyfik zmien změn upraven frissít módosít ažurir posodob spremenj обновл измен
    оновл змінен актуализ промен ажурир измењ ενημέρ τροποπ güncel değiştir עודכן עדכון تحديث تعديل بروز به‌روز ویرایش
    अपडेट संशोध আপডেট แก้ไข ปรับปรุง อัปเดต อัพเดท cập_nhật sửa diperbarui diubah dikemas 更新 修改 修訂 改訂 수정 업데이트
"""
_SAID = """
    publi posted written created issued released veröff erstellt geschrieben erschienen gepubl geplaatst opubl dodano
    zveřej publik vydán objav közzé megjelen postat skrevet lagt udgiv julkais kirjoit опубл публик објав оприл δημοσ
    αναρτ yayın eklenme פורסם نشر منتشر प्रकाशित প্রকাশ เผยแพร่ โพสต์ đăng xuất_bản diterbit dipublik 发布 發布 发表 發表
    刊登 公開 掲載 投稿 公表 게시 등록 입력 작성 승인
"""
_OF_A_MEMBER = """
    joined join_date member_since registered founded registriert mitglied_seit beigetreten anmeldedatum dabei_seit
    inscrit inscription membre_depuis registrado miembro_desde membro_desde iscritto registrato lid_sinds
    geregistreerd medlem_sedan gick_med dołączył rejestracja zarejestrowany регистрация зарегистрирован на_форуме_с
    реєстрація üyelik katılım 注册 註冊 加入 登録日 가입
"""
_BY = """
    by von por par di door av af από от од przez tekijä napsal napsala oleh bởi โดย เขียนโดย بقلم كتب توسط מאת द्वारा
"""
_AUTHOR = """
    author writer autor autora autorka autorin autoritë auteur auteure autore autrice verfasser verfasserin
    redacteur författare skribent forfatter kirjoittaja szerző írta yazar yazan συντάκτης συγγραφέας автор аўтар
    penulis tác_giả ผู้เขียน نویسنده الكاتب المؤلف כותב लेखक 作者 作家 著者 共著者 筆者 執筆者 執筆 撰文 撰稿 文
    記者 记者 글 글쓴이 작성자 기자
"""
_AUTHORS = """
    authors writers autoras autores autori autorky autorki autoren autorinnen autor:innen autor*innen autor/innen
    autorzy autoři autoriai auteurs auteures autrici verfasserinnen redacteurs skribenter forfattere forfatterne
    kirjoittajat szerzők yazarlar συντάκτες συγγραφείς авторы автори
"""
_AND = "and & und et y e i en och og ja és и та і و και ve ו dan và และ 和 与 與 及 with mit avec"


def _any(words: str) -> str:
    """A pattern for one of the words; longer ones before those that they begin with."""
    ordered = sorted(set(words.split()), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("_", r"\s") for word in ordered)


CHANGED = lazily.pattern(_any(_CHANGED), re.IGNORECASE)
"""Where a date is one of a change."""
SAID = lazily.pattern(_any(_SAID), re.IGNORECASE)
"""Where a date is said to be one of publication."""
OF_A_MEMBER = lazily.pattern(rf"(?:{_any(_OF_A_MEMBER)})\W*$", re.IGNORECASE)
"""Right before the date since which someone is a member of a forum."""
BY = _any(_BY)
"""A pattern for the words before the name of an author, as in "by Ann Lee"."""
AUTHOR = _any(f"{_AUTHOR} {_AUTHORS}")
"""A pattern for what authors are called, as in "Author: Ann Lee"."""
AUTHORS = _any(_AUTHORS)
"""The same for more than one: names on lines of their own follow."""
REPORTER = r"(?:本[报報网網刊台]|新华社)?(?:见习|实习|特约)?(?:记者|記者)"
"""A pattern for what Chinese newspapers put before a name: "reporter of this paper"."""
AND = _any(_AND)
"""A pattern for the words between the names of two authors."""
