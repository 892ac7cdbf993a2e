"""Tags of languages, as BCP 47 writes them."""

from __future__ import annotations

import re

from cleaner import lazily

_CODES = """
    aar:aa abk:ab adp:dz afr:af aka:ak alb:sq als:sq amh:am ara:ar arb:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay
    ayr:ay aze:az azj:az bak:ba bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs
    cha:ch che:ce chi:zh chu:cu chv:cv cls:sa cmn:zh cor:kw cos:co cre:cr cwd:cr cym:cy cze:cs dan:da deu:de div:dv
    drh:mn dut:nl dzo:dz ekk:et ell:el eng:en epo:eo esk:ik est:et eus:eu ewe:ee fao:fo fas:fa fat:ak fij:fj fin:fi
    fra:fr fre:fr fry:fy fuc:ff ful:ff gaz:om geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn gug:gn guj:gu
    hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii ike:iu iku:iu ile:ie
    ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khk:mn khm:km kik:ki
    kin:rw kir:ky kmr:ku knc:kr kng:kg kom:kv kon:kg kor:ko kpv:kv kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln
    lit:lt ltz:lb lub:lu lug:lg lvs:lv mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mol:ro mon:mn
    mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no npi:ne nya:ny oci:oc
    ojg:oj oji:oj ori:or orm:om ory:or oss:os pan:pa pbu:ps per:fa pes:fa pli:pi plt:mg pol:pl por:pt prp:gu pus:ps
    que:qu quz:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa scc:sr scr:hr sin:si slk:sk slo:sk slv:sl sme:se
    smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq src:sc srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv swh:sw tah:ty
    tam:ta tat:tt tel:te tgk:tg tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:ak uig:ug ukr:uk urd:ur
    uzb:uz uzn:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh ydd:yi yid:yi yor:yo zha:za zho:zh zsm:ms zul:zu
    zyb:za
"""
"""Codes of ISO 639-2 and 639-3 whose languages have a code of two letters, which is the one that BCP 47 asks for."""
_SHORTER = dict(pair.split(":") for pair in _CODES.split())
_SHORTEST = frozenset(_SHORTER.values())
_LANGUAGE = lazily.pattern(r"\s*([a-z]{2,3})((?:[-_][a-z0-9]{2,8})*)\s*(?:$|[,;.@])", re.IGNORECASE)


def language_tag(value: str | None) -> str | None:
    """A language as BCP 47 writes it, "en_us" as "en-US" and "eng" as "en"; None where `value` begins with none."""
    found = _LANGUAGE.match(value[:100]) if isinstance(value, str) else None
    if not found:
        return None
    parts = [part for part in re.split("[-_]", found[2]) if part]
    language = found[1].lower()
    return "-".join([_SHORTER.get(language, language), *map(_subtag, parts)])


def is_language(tag: str) -> bool:
    """Whether a tag begins with a code of ISO 639-1, or with one of three letters, of which there are thousands."""
    code = tag.lower().partition("-")[0]
    return len(code) != 2 or code in _SHORTEST


def better_known(given: str, own: str | None) -> bool:
    """Whether the tag that a page gives itself is to be kept: it is that of the same language, and more exact."""
    return own is not None and own.startswith(f"{given}-")


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()  # a region
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()  # a script, or anything else
