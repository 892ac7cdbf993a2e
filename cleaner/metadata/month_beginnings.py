"""What the names of months begin with in the languages that dateparser knows, to tell quickly what is no month.

Made of dateparser's data; a test compares them, and its message has the new text where they differ.
"""

from __future__ import annotations

LETTERS = 3
"""Number of letters of a beginning; a shorter name is one as it is."""
_BEGINNINGS = """
    abr ado afi afr aga ago agt agu agẹ ama ant aog aoû apr ar ara aug avg avq avr awi aya aym ayr ayɛ ağ ağu
    bal bir bis bit bé bél bře caa cam chg chi chk chv cze dec dek des det dez dic dif dis dit dja dju dub déc
    ebɔ ek eki elb elo ene eph epr esu ey eyl fab fan feb fev ful fuu fév fɛ gas geg gen gic giu gru gum gun gur
    ha hag hat haz hei hel huh hul hun ian ii iii int iul iun iv ix iyl iyn iyu jaa jan jen jol jon jou jui jul
    jun juu jän júl jún jūl jūn ka kam kan kap kas kes kit kob kol kov kub kuk kur kvě kwa kwi kɔ lab lap led
    lie lip lis lit lix lok lug lul lut luu maa mac mag mai maj mar mas mat may mbu mee mei mey mrt mrz mud mum
    mut mwe máj már mär mɛ ndi ni nis nje nob nof noi noo nop nov now noy nuw nya nze obi oc oca oct ogo ogs okt
    onk ott out ow owe ožu oṣù pau paz paź peb pro qha qul rug ruj sad sag san sat sau seb sen sep set sha sid
    sie sij spa srp stu sty svi syy sze sɔ sɛt tam te tem thá tob tod tou tra ugu uku ukw uma uti vas vee vel vi
    vii wax wer wgt wik wkd wkn wkr wmj wmw wnn wrz wtd wtn xi xii yan yul yun zan zul zuw zvi zář ápr èr èrè ìg
    ìgb òg ògú òk òkú úno únr čer črc črv čvc čvn říj şu şub ɔbe ɔbɛ ɔku απρ αυγ αύγ δεκ ιαν ιου ιού μάι μάρ μαι
    μαρ νοέ νοε οκτ σεπ φεβ авг ап апр ақп бер вер врс гру дек дец жел жнв жні жов июл июн кас кві кра крс кст
    лип лис лют ліп ліс май мам мар мау мая мај нау нов ное ноя окт сак сен сеп сер сне снж стд сту січ сәу там
    тра фв феб фев чер чэр шіл юл юли юн юни ян янв яну јан јул јун қаз қар қаң қыр אוג אוק אפר באו באפ בדצ ביו
    בינ במא במר בנו בספ בפב דצמ יול יונ ינו לאו לאפ לדצ ליו לינ למא למר לנו לספ לפב מאי מאר מרס מרץ נוב ספט פבר
    آور آگس أبر أغس أكت ئاب ئاز ئاپ ئاۋ ئای ئىي ئۆك ئەی اوت اپر اکت اګس اگس تشر تەم جنو جول جون حوز دسا دسم ديس
    دېك سبت ستم سپت سېن سېپ شوب فبر فرو فور فېب فېۋ مئ مئی مار ماي مه مهٔ می مۍ نوا نوف نوم نوي نیس يان ينا يول
    يون ژان ژوئ کان अक् अगस अग॰ अप् एप् ऑक् ऑग ऑगस जनव जन॰ जान जुन जुल जून डिस दिस नवं नवम नव॰ नोभ नोव फ़र फेब
    मई मार मे सप् सित सेप অক্ আগ আগষ আগস এপ্ ছেপ জান জুন জুল ডিচ ডিস নভে নৱে ফেব মার মাৰ মে সেপ ਅਕਤ ਅਗ ਅਗਸ ਅਪ੍
    ਜਨ ਜਨਵ ਜੁਲ ਜੂਨ ਦਸੰ ਨਵੰ ਫ਼ਰ ਮਈ ਮਾਰ ਸਤੰ એપ્ ઑક્ ઑગસ જાન જુલ જૂન ડિસ નવે ફેબ માર મે સપ્ ଅକ୍ ଅଗଷ ଅପ୍ ଜାନ ଜୁନ ଜୁଲ
    ଡିସ ନଭେ ଫେବ ମଇ ମାର ସେପ அக் ஆக ஆகஸ ஏப் செப ஜன ஜனவ ஜூன ஜூல டிச நவ நவம பிப மார மே అక్ ఆగ ఆగస ఏప్ జన జనవ జుల జూన
    డిస నవం ఫిబ మార మే సెప ಅಕ್ ಆಗ ಆಗಸ ಏಪ್ ಜನ ಜನವ ಜುಲ ಜೂನ ಡಿಸ ನವೆ ಫೆಬ ಮಾರ ಮೇ ಸೆಪ ഏപ് ഒക് ഓഗ ഓഗസ ജനു ജൂല ജൂൺ ഡിസ
    നവം ഫെബ മാർ മേയ സെപ අගෝ අප් ඔක් ජන ජනව ජූන ජූල දෙස නොව පෙබ මාර මැය සැප กค กพ กย กรก กัน กุม ตค ตุล ธค ธัน พค
    พย พฤศ พฤษ มกร มค มิถ มิย มีค มีน สค สิง เดื เมย เมษ စက် ဇန် ဇူ ဇူလ ဇွန ဒီ ဒီဇ နို ဖေ ဖေဖ မတ် မေ အော ဧပြ ဩဂု
    ለካ ለካቲ ሓም ሓምለ ሕዳ ሕዳር መስ መስከ መጋ መጋቢ ሚያ ሚያዝ ማርች ሜይ ሰነ ሴፕቴ ታሕ ታሕሳ ነሓ ነሓሰ ኖቬም ኤፕሪ ኦክቶ ኦገስ ዲሴም ጁላይ ጁን ጃን ጃንዋ ጃንዩ
    ግን ግንቦ ጥሪ ጥቅ ጥቅም ፌብ ፌብሩ កក្ កញ្ កុម តុល ធ្ន មករ មិថ មីន មេស វិច សីហ ឧសភ ṣẹ́ ẹr ẹrẹ ẹ̀b ọgọ ọkt ọ̀p ọ̀w 一月
    七月 三月 九月 二月 五月 八月 六月 十一月 十二月 十月 四月 ꃘꆪ ꇖꆪ ꈬꆪ ꉆꆪ ꉬꆪ ꊰꆪ ꊰꊪꆪ ꊰꑋꆪ ꋍꆪ
    ꌕꆪ ꏃꆪ ꑍꆪ
"""
BEGINNINGS = frozenset(_BEGINNINGS.split())
"""The first letters of the keys of names, as `months` looks them up."""
