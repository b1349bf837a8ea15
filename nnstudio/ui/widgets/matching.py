"""Finding by typing: English words, Hangul while it is being typed, initial consonants."""

from collections.abc import Iterable

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = (
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ",  # noqa: E501
    "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
_PAIRS = str.maketrans({"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"})  # fmt: skip  # noqa: E501
_CLUSTERS = str.maketrans(
    {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}  # noqa: E501
)  # fmt: skip


def letters(text: str) -> str:
    """Return the text in lower case without blanks, each syllable taken apart into its letters.

    완전 becomes ㅇㅗㅏㄴㅈㅓㄴ, so that 와 and 완ㅈ are found in it as they are typed.
    """
    made = []
    for c in text.lower():
        code = ord(c) - 0xAC00
        if 0 <= code < 11172:
            made.append(_INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28])
        elif c.isalnum():
            made.append(c)
    return "".join(made).translate(_PAIRS).translate(_CLUSTERS)


def initials(text: str) -> str:
    """Return the initial consonant of each syllable, other letters as they are: 완전 is ㅇㅈ."""
    return "".join(
        _INITIALS[(ord(c) - 0xAC00) // 588] if 0 <= ord(c) - 0xAC00 < 11172 else c
        for c in text.lower()
        if c.isalnum()
    )


def rank(query: str, names: Iterable[str]) -> int | None:
    """Return how well a query finds one of `names`: 0 is best, None is not at all.

    A name that starts with the query is better than a word in it that does, and that is better
    than a place in the middle; earlier names are better than later ones at the same place.
    """
    wanted, consonants = letters(query), initials(query).translate(_CLUSTERS)
    if not wanted:
        return 0
    only_consonants = all(c in _INITIALS for c in consonants)
    found: list[int] = []
    for number, name in enumerate(names):
        whole = letters(name)
        words = [letters(word) for word in name.replace("-", " ").replace("_", " ").split()]
        if whole.startswith(wanted) or (only_consonants and initials(name).startswith(consonants)):
            found.append(number)
        elif any(word.startswith(wanted) for word in words):
            found.append(100 + number)
        elif wanted in whole or (only_consonants and consonants in initials(name)):
            found.append(200 + number)
    return min(found, default=None)
