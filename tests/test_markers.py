"""What stands between the paragraphs of scraped text, in many languages, and what only looks like it."""

from __future__ import annotations

from functools import cache
from itertools import chain

import pytest

from cleaner import Cleaner, Document, load_rules

P = [
    "The bridge was closed for repairs in the spring, and the ferry took all the traffic.",
    "It opened again in June, two months later than the council had promised to the town.",
    "Nobody wants to say who pays for the delay, and the builder has gone home for the summer.",
    "In the end the bill comes to those who live on the island, as it has always done before.",
]

# Each stands once in a text of another language, where a reader of that language would put it.
MARKERS = {
    "Afrikaans": ["Advertensie", "ADVERTENSIE", "Lees ook", "Teken in op ons nuusbrief"],
    "Albanian": ["Reklamë", "Lexo edhe", "Vazhdo leximin"],
    "Amharic": ["ማስታወቂያ", "በተጨማሪ ያንብቡ", "አስተያየት ይስጡ"],
    "Arabic": ["إعلان", "[إعلان]", "اقرأ أيضًا", "اشترك في نشرتنا البريدية"],
    "Armenian": ["Գովազդ", "Կարդացեք նաև", "Թողնել մեկնաբանություն"],
    "Azerbaijani": ["Reklam", "Həmçinin oxuyun", "Oxumağa davam et"],
    "Basque": ["Iragarkia", "Irakurri ere", "Jarraitu irakurtzen"],
    "Belarusian": ["Рэклама", "РЭКЛАМА", "Чытайце таксама", "Чытаць далей"],
    "Bengali": ["বিজ্ঞাপন", "আরও পড়ুন", "মন্তব্য করুন"],
    "Bulgarian": ["Реклама", "Статията продължава след рекламата", "Прочетете още"],
    "Burmese": ["ကြော်ငြာ", "ဆက်ဖတ်ရန်"],
    "Catalan": ["Publicitat", "Llegeix també", "Deixa un comentari"],
    "Chinese": ["广告", "廣告 請繼續往下閱讀", "相关阅读", "訂閱電子報", "发表评论"],
    "Croatian": ["Oglas", "Tekst se nastavlja ispod oglasa", "Pročitajte i"],
    "Czech": ["Inzerce", "— Reklama —", "Čtěte také", "Přihlaste se k odběru newsletteru"],
    "Danish": ["Annonce", "Artiklen fortsætter efter annoncen", "Læs også"],
    "Dutch": ["Advertentie", "Advertentie 2 van 4", "Lees ook", "Schrijf je in voor onze nieuwsbrief"],
    "English": [
        "Advertisment",
        "ADVERTISMENTS",
        "Adverstisement",
        "— Advertisement —",
        "[ad]",
        "*** Advertisement ***",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Advertisement (scroll down to continue)",
        "Story continues below this ad",
        "Article continues after advertisement",
        "Advertisement 3/5",
        "Advertisement | Remove ads",
        "Ad 1 of 2 (0:15)",
        "Sponsored by Northern Rail",
        "Sposored content",
        "Subscribe to our newletter",
        "Share this artcle",
        "Photo: Getty Images",
    ],
    "Estonian": ["Reklaam", "Reklamm", "Loe ka", "Liitu uudiskirjaga"],
    "Filipino": ["Patalastas", "Basahin din", "Magpatuloy sa pagbabasa"],
    "Finnish": ["Mainos", "Mainos alkaa", "Juttu jatkuu mainoksen jälkeen", "Lue myös"],
    "French": ["Publicité", "Publicitée", "La suite après cette publicité", "À lire aussi", "Partagez cet article"],
    "Galician": ["Publicidade", "Le tamén", "Deixa un comentario"],
    "Georgian": ["რეკლამა", "წაიკითხეთ აგრეთვე", "დატოვეთ კომენტარი"],
    "German": [
        "Anziege",
        "(Anzeige)",
        "- Werbung -",
        "WERBUNG | HIER WEITERLESEN",
        "Werbugn",
        "Lesen Sie auch",
        "Newsletter abonnieren",
    ],
    "Greek": ["Διαφήμιση", "ΔΙΑΦΗΜΙΣΗ", "Διαβάστε επίσης", "Εγγραφείτε στο newsletter"],
    "Gujarati": ["જાહેરાત", "આ પણ વાંચો"],
    "Hebrew": ["פרסומת", "- פרסומת -", "קראו גם", "הירשמו לניוזלטר"],
    "Hindi": ["विज्ञापन", "— विज्ञापन —", "यह भी पढ़ें", "आगे पढ़ें"],
    "Hungarian": ["Hirdetés", "Hirdetes", "A cikk a hirdetés után folytatódik", "Kapcsolódó cikkeink"],
    "Icelandic": ["Auglýsing", "Auglysing", "Lestu einnig", "Lesa meira"],
    "Indonesian": ["Iklan", "ADVERTISEMENT SCROLL TO CONTINUE", "Baca juga", "Bagikan artikel ini"],
    "Irish": ["Fógra", "Léigh freisin", "Lean ar aghaidh ag léamh"],
    "Italian": ["Pubblicità", "Pubblicita", "Pubblicità - Continua a leggere di seguito", "Leggi anche"],
    "Japanese": ["広告", "【広告】", "スポンサーリンク", "続きを読む", "この記事をシェアする"],
    "Kannada": ["ಜಾಹೀರಾತು", "ಇದನ್ನೂ ಓದಿ"],
    "Kazakh": ["Жарнама", "Тағы оқыңыз", "Пікір қалдыру"],
    "Khmer": ["ផ្សាយពាណិជ្ជកម្ម", "អានបន្ត"],
    "Korean": ["광고", "[광고]", "관련 기사", "뉴스레터 구독하기"],
    "Latvian": ["Reklāma", "Raksts turpinās pēc reklāmas", "Lasi arī"],
    "Lithuanian": ["Reklama", "Straipsnio tęsinys po reklama", "Prenumeruokite naujienlaiškį"],
    "Macedonian": ["Реклама", "Прочитајте и", "Остави коментар"],
    "Malay": ["Iklan", "Baca juga", "Teruskan membaca"],
    "Malayalam": ["പരസ്യം", "ഇതും വായിക്കുക"],
    "Maltese": ["Riklam", "Aqra wkoll"],
    "Marathi": ["जाहिरात", "हेही वाचा", "प्रतिक्रिया द्या"],
    "Mongolian": ["Сурталчилгаа", "Цааш унших"],
    "Nepali": ["विज्ञापन", "यो पनि पढ्नुहोस्"],
    "Norwegian": ["Annonse", "Annonsørinnhold", "Saken fortsetter under annonsen", "Les også"],
    "Persian": ["تبلیغات", "آگهی", "بیشتر بخوانید", "ادامه مطلب"],
    "Polish": ["Reklama", "Rekalma", "Dalsza część artykułu pod reklamą", "Czytaj też", "Zapisz się do newslettera"],
    "Portuguese": ["Publicidade", "Publcidade", "Continua após a publicidade", "Leia também"],
    "Punjabi": ["ਇਸ਼ਤਿਹਾਰ", "ਇਹ ਵੀ ਪੜ੍ਹੋ"],
    "Romanian": ["Publicitate", "Articolul continuă după publicitate", "Citește și"],
    "Russian": ["Реклама", "Рекалма", "РЕКЛАМА • ЗАКРЫТЬ", "Читайте также", "Подпишитесь на рассылку"],
    "Serbian": ["Оглас", "Текст се наставља испод огласа", "Прочитајте још"],
    "Sinhala": ["දැන්වීම", "මෙයත් කියවන්න"],
    "Slovak": ["Inzercia", "Článok pokračuje pod reklamou", "Prečítajte si tiež"],
    "Slovenian": ["Oglas", "Članek se nadaljuje pod oglasom", "Preberite še"],
    "Spanish": ["Publicidad", "Publicdad", "Continúa leyendo después de la publicidad", "Lee también"],
    "Swahili": ["Tangazo", "Soma pia", "Endelea kusoma"],
    "Swedish": ["Annons", "Artikeln fortsätter efter annonsen", "Läs även", "Dela artikeln"],
    "Tamil": ["விளம்பரம்", "மேலும் படிக்க"],
    "Telugu": ["ప్రకటన", "ఇది కూడా చదవండి"],
    "Thai": ["โฆษณา", "- โฆษณา -", "อ่านต่อ", "แสดงความคิดเห็น"],
    "Turkish": ["Reklam", "REKLAM", "Haberin devamı reklamdan sonra", "İlginizi çekebilir"],
    "Ukrainian": ["Реклама", "Стаття продовжується після реклами", "Читайте також"],
    "Urdu": ["اشتہار", "یہ بھی پڑھیں", "مزید پڑھیں"],
    "Uzbek": ["Reklama", "Shuningdek o'qing", "O'qishda davom etish"],
    "Vietnamese": ["Quảng cáo", "QUẢNG CÁO", "Bài viết liên quan", "Đăng ký nhận bản tin"],
    "Welsh": ["Hysbyseb", "Darllenwch hefyd", "Parhau i ddarllen"],
}

# Headings with the text under them, of which nothing may go.
ARTICLES = [
    ("Advertisement", "An advertisement is a notice that somebody pays for, and it is as old as the market."),
    ("Advertising", "Advertising pays for the paper, and always has, says the man who prints it."),
    ("Werbung", "Die Werbung der Molkerei zeigte jahrzehntelang dieselbe Kuh vor denselben Bergen."),
    ("Anzeige", "Eine Anzeige bei der Polizei kann jeder erstatten, auch wenn er nichts gesehen hat."),
    ("Publicité", "La publicité mensongère est punie par la loi depuis plus d'un siècle dans ce pays."),
    ("Publicidad", "La publicidad engañosa está prohibida desde entonces en todos los países vecinos."),
    ("Реклама", "Реклама мыла висела на каждом углу, пока город не запретил её особым указом."),
    ("Reklama", "Reklama mydła wisiała na każdym rogu, dopóki miasto jej nie zakazało uchwałą rady."),
    ("Mainos", "Ensimmäinen mainos painettiin kaupungissa vuonna 1821, ja se myi lehtipaperia."),
    ("広告", "広告の歴史は新聞よりも古く、この町では江戸時代の看板にまでさかのぼるという。"),
    ("广告", "广告是生意的一部分,这座城市里最早的一块招牌如今还挂在老街的拐角处。"),
    ("إعلان", "الإعلان الأول في الصحيفة كان عن باخرة تبحر إلى الإسكندرية مرة كل شهر."),
    ("विज्ञापन", "विज्ञापन का इतिहास बहुत पुराना है और इस नगर में वह मेले से आरम्भ होता है।"),
]

# A letter or two away from a marker, and words of their own.
NEAR_MISSES = [
    ("English", ["Announcer", "Publicity", "Advisement", "Prompted", "Shale this", "Reclaim"]),
    ("French", ["Avertissement", "Avertissements", "Divertissement", "Annoncez", "Publiciste"]),
    ("German", ["Anzeiger", "Anzeichen", "Wertung", "Werbende"]),
    ("Spanish", ["Advertencia", "Publicada", "Reclamo", "Inercia", "Duplicidad"]),
    ("Portuguese", ["Duplicidade", "Núncio", "Reclamar"]),
    ("Italian", ["Reclamo", "Pubblicista", "Annone"]),
    ("Romanian", ["Avertisment", "Publicist"]),
    ("Catalan", ["Advertiment", "Publicista"]),
    ("Swedish", ["Annars", "Antons"]),
    ("Finnish", ["Painos", "Maininta"]),
    ("Lithuanian", ["Kainos", "Dainos", "Mašinos"]),
    ("Hungarian", ["Hirdető", "Hirtelen"]),
    ("Russian", ["Рекламация", "Река мала"]),
    ("Indonesian", ["Ikan", "Iklim", "Rekam"]),
    ("Croatian", ["Glas", "Oglav"]),
]

# Prose that begins or ends like a label that has run into it.
UNGLUED = [
    "He had the bridge painted, and with what was left he bought an advertisement.",
    "Advertisement is everything, the painter used to say, and the town believed him.",
    "Nothing in the paper was read as much as this. An advertisement, however small, was news.",
    "The Advertisement Standards Office had no advice for the painter of the bridge.",
    "Werbung ist alles, sagte der Maler, und die ganze Stadt hat es ihm geglaubt.",
    "Der Maler wollte nie etwas anderes malen als Schilder, Plakate und Werbung",
    "Für den Maler gab es nur zweierlei auf der Welt, nämlich seine Brücke und z. B. Werbung",
    "Le maire ne voulait ni peinture ni affiches, et surtout pas de publicité",
    "PUBLICIDAD y propaganda no son lo mismo, decía el pintor del puente a sus alumnos.",
    "По его словам, в городе остались только мост, паром и реклама",
    "Реклама двигатель торговли, говорил художник, и город ему верил.",
    "橋の上にあるものは、昔から看板と広告",
    "Advertisement 1921, oil on wood, in the museum of the town beside the first ticket.",
]

GLUED = [
    ("{} Advertisement", P[0]),
    ("{}Advertisement", P[0]),
    ("{} ADVERTISEMENT", P[0]),
    ("{} [Advertisement]", P[0]),
    ("{} Advertisment", P[0]),
    ("{} Story continues below this ad", P[0]),
    ("{} Advertisement - scroll to continue", P[0]),
    ("ADVERTISEMENT {}", P[0]),
    ("[Advertisement] {}", P[0]),
    ("Story continues below advertisement {}", P[0]),
    (f"{P[1]} ADVERTISEMENT {{}}", P[0]),
    ("{} Anzeige", "Der Verkehr floss durch die Altstadt, sagte die Sprecherin des Landkreises am Montag."),
    ("WERBUNG {}", "Der Verkehr floss durch die Altstadt, sagte die Sprecherin des Landkreises am Montag."),
    ("{} Publicité", "Personne ne veut dire qui paiera la différence, et le maire se tait."),
    ("{} PUBLICIDAD", "Nadie quiere decir quién paga la diferencia, y el alcalde guarda silencio."),
    ("{} Реклама", "Жители острова ждут нового моста уже четвёртый год, говорит глава района."),
    ("{}広告", "橋は春に修理のために閉鎖され、予定より二か月遅れて六月に再び開通したという。"),
    ("{} إعلان", "أعيد فتح الجسر في يونيو بعد شهرين من الموعد الذي وعد به مجلس المدينة."),
]


@cache
def shipped() -> Cleaner:
    return Cleaner(load_rules(), extractor="none")


def read(blocks: list[str]) -> Document:
    return shipped().clean("\n\n".join(blocks), media_type="text/plain")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


@pytest.mark.parametrize(
    ("language", "marker"), [(language, marker) for language, markers in MARKERS.items() for marker in markers]
)
def test_markers_go(language: str, marker: str) -> None:
    assert texts(read([P[0], P[1], marker, P[2], P[3]])) == P
    assert texts(read(list(chain.from_iterable((text, marker) for text in P)))) == P


def test_markers_are_in_many_languages() -> None:
    assert len(MARKERS) >= 40
    assert min(map(len, MARKERS.values())) >= 2


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_an_article_about_the_word_stays(title: str, text: str) -> None:
    for blocks in ([title, text, P[0]], [P[0], title, text, P[1]]):
        document = read(blocks)
        assert document.removed == ()
        assert texts(document) == blocks


@pytest.mark.parametrize(("language", "word"), [(a, word) for a, given in NEAR_MISSES for word in given])
def test_words_that_are_nearly_markers_stay(language: str, word: str) -> None:
    document = read([P[0], word, P[1], P[2]])
    assert document.removed == ()


@pytest.mark.parametrize("text", UNGLUED)
def test_prose_is_not_cut(text: str) -> None:
    for blocks in ([text], [P[0], text, P[1]]):
        assert read(blocks).removed == ()


@pytest.mark.parametrize(("form", "text"), GLUED)
def test_glued_markers_are_cut(form: str, text: str) -> None:
    document = read([P[2], form.format(text), P[3]])
    kept = " ".join(texts(document))
    assert kept == f"{P[2]} {form.partition(' ADV')[0] + ' ' if form.startswith(P[1]) else ''}{text} {P[3]}"
    assert {removal.reason for removal in document.removed} == {"ads.glued"}
