"""Korean particles chosen by the word before them: 을/를, 이/가, 은/는, 과/와, 으로/로.

Translators write both forms, `{name}을(를) 지웠습니다.`; `settle` keeps the right one once the name
is filled in. The choice goes by the last sound as the word is read aloud: Hangul by its final
consonant, digits by their Sino-Korean names, Latin words by a rule of thumb (Dense 덴스, Adam
아담), Latin abbreviations by the name of their last letter (CSV 브이, LSTM 엠). A word that ends in
anything else keeps both forms.
"""

import re

# After a consonant and after a vowel, by the ways in which translators write the two together.
_PAIRS = {
    "을(를)": "을/를",
    "를(을)": "을/를",
    "이(가)": "이/가",
    "가(이)": "이/가",
    "은(는)": "은/는",
    "는(은)": "은/는",
    "과(와)": "과/와",
    "와(과)": "과/와",
    "(으)로": "으로/로",
    "(이)라": "이라/라",
    "(이)나": "이나/나",
}
_BOTH = re.compile(r"(?P<word>.+?)(?P<pair>" + "|".join(map(re.escape, _PAIRS)) + ")")
_QUOTES = "’”'\"»」』›）】〉》"
_BRACKETS = re.compile(r"(?<=.)[(\[][^()\[\]]*[)\]]$")
# 영 일 이 삼 사 오 육 칠 팔 구, and 엘 엠 엔 알; the names of the other letters end in a vowel.
_DIGITS = dict(zip("0123456789", "ㅇㄹ-ㅁ--ㄱㄹㄹㄱ", strict=True))
_LETTERS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
_CLOSED = re.compile(r"(?:[mn]|ng|[aeiou](?:[bckpt]|ck))$")  # Adam, Flatten, Dropout, step


def particle(word: str, pair: str) -> str:
    """Return `word` with the fitting half of `pair` (such as "을/를") after it.

    When the sound of the word's end is unknown, both halves are written: "★을(를)".
    """
    final = _final(word)
    if final is None:
        return word + next(form for form, same in _PAIRS.items() if same == pair)
    closed, open_ = pair.split("/")
    if final == "ㄹ" and closed == "으로":
        return word + open_
    return word + (open_ if final == "-" else closed)


def settle(text: str) -> str:
    """Return `text` with every double form such as 을(를) replaced by the one that fits."""
    return _BOTH.sub(lambda found: particle(found["word"], _PAIRS[found["pair"]]), text)


def _final(word: str) -> str | None:
    """Return the consonant a word's sound ends in, "-" for none, None when it can't be known."""
    word = _BRACKETS.sub("", word.rstrip(_QUOTES)).rstrip(_QUOTES + " ")
    last = word[-1:]
    if "가" <= last <= "힣":
        place = (ord(last) - ord("가")) % 28
        return {0: "-", 8: "ㄹ"}.get(place, "ㅇ")
    if last in _DIGITS:
        return _DIGITS[last]
    if last == "%":
        return "-"  # 퍼센트
    if not last.isascii() or not last.isalpha():
        return None
    latin = re.search(r"[A-Za-z]+$", word)
    name = latin.group() if latin else last
    if name.isupper():
        return _LETTERS.get(last, "-")
    if name.endswith("l"):
        return "ㄹ"
    return "ㅇ" if _CLOSED.search(name) else "-"
