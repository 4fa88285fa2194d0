"""Which language a line is in, told by its script and its smallest words.

No guess finer than the letters allow: a line in Arabic letters may be Arabic or Persian, and is
called `ar` or `fa` only by letters that one of them lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["language_of"]

_SCRIPTS = {
    "CYRILLIC": "und-Cyrl",
    "ARABIC": "und-Arab",
    "HEBREW": "he",
    "GREEK": "el",
    "CJK": "und-Hani",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "und-Deva",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
    "ETHIOPIC": "und-Ethi",
    "BENGALI": "und-Beng",
    "TAMIL": "ta",
}
_SMALL_WORDS = {
    "en": "the of and to in a is that for was on with as at by from it has were are said not an he "
    "be this who have its which their had been after no his but they or near into when there",
    "fr": "le la les des du de et une un est dans que pour sur qui au aux par ne pas plus avec ce "
    "cette selon été",
    "de": "der die das und den von zu mit ist im nicht ein eine dem auf für sich auch nach wurde",
    "es": "el la los las de que y en un una del se por con para es no su al lo como más fue según",
    "it": "il di che la e un una per del della dei non con sono le gli nel si da al è stato",
    "pt": "o a os as de que e em um uma do da dos não com para por se no na foi segundo",
    "nl": "de het een van en in is dat op te zijn met voor niet aan door werd ook naar",
    "tr": "ve bir bu için ile de da olarak olan çok daha gibi sonra kadar ancak",
    "pl": "w i na z się do nie że to jest od po przez o jak został",
    "id": "yang dan di dari untuk dengan pada ini itu tidak oleh dalam adalah",
}
_SETS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(line: str) -> str | None:
    """A BCP 47 tag for the line, `None` where it has too few letters to say.

    Lines in Latin letters are `en` unless another language's smallest words outnumber English
    ones by two.
    """
    letters = [char for char in line[:2000] if char.isalpha()]
    if len(letters) < 3:
        return None
    scripts = Counter(unicodedata.name(char, "UNKNOWN").split()[0] for char in letters)
    script, count = scripts.most_common(1)[0]
    if script in _SCRIPTS and count * 2 > len(letters):
        return _narrow(_SCRIPTS[script], letters)
    if script != "LATIN" and count * 2 > len(letters):
        return "und"
    words = [word.lower() for word in _WORD.findall(line[:2000])]
    hits = {code: sum(word in small for word in words) for code, small in _SETS.items()}
    best = max(hits, key=lambda code: hits[code])
    if best != "en" and hits[best] >= hits["en"] + 2 and hits[best] * 6 >= len(words):
        return best
    return "en"


def _narrow(tag: str, letters: list[str]) -> str:
    has = set("".join(letters).lower())
    if tag == "und-Cyrl":
        if has & set("іїєґ"):
            return "uk"
        return "ru" if has & set("ыэёъ") else tag
    if tag == "und-Arab":
        if has & set("پچژگ"):
            return "fa"
        return "ar" if has & set("ةىكي") else tag
    return tag
