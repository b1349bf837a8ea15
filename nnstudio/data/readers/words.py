"""The words that mean something in a cell: nothing here, a total, a unit, yes and no."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always missing.
MISSING = _words(
    """
    na n/a n.a. nan null <na> (null) (blank) 결측 결측치 #n/a #na #null! #div/0! #value! #ref!
    #name? #num! #calc! #spill! #getting_data
    """
)
# Missing everywhere: marks people put where nothing is.
MISSING_MARKS = _words("- -- --- – — ? ?? . .. ... … * /")
# Missing only among numbers and dates: as a category they are an answer.
MISSING_WORDS = _words(
    """
    none missing unknown nil x inf -inf +inf infinity -infinity
    없음 미상 모름 무응답 해당없음 결석 미응시 미제출 미측정 측정불가
    """
)

PAIRS = frozenset(
    frozenset(pair.split("/"))
    for pair in _words(
        """
        yes/no y/n true/false t/f on/off o/x pass/fail m/f male/female 예/아니오 예/아니요
        네/아니오 네/아니요 참/거짓 유/무 있음/없음 합격/불합격 남/여 남자/여자 남성/여성
        """
    )
)

TOTALS = _words(
    """
    합계 총계 총합 총합계 계 소계 누계 평균 전체 전체평균 total totals sum subtotal grandtotal
    average mean avg
    """
)
# Words that only ever stand above a column.
HEADER_WORDS = _words(
    """
    이름 성명 학생 학생명 학번 번호 순번 구분 지역 항목 과목 날짜 일자 학교 학교명 name id date
    class label target student no no. subject region item
    """
)
_FOOTNOTE = re.compile(
    r"\s*(※|\*|†|주\s*[):：]|주석|비고|자료\s*[:：]|출처|참고|단위|source|note|footnote|unit)",
    re.IGNORECASE,
)

CURRENCY = r"₩|\$|US\$|€|£|¥|元|KRW|USD|EUR|GBP|JPY|CNY|원|달러|엔|유로|위안"
UNITS = _words(
    """
    % ‰ %p mm cm dm m km μm nm in inch ft yd mile miles m2 m3 km2 cm2 cm3 ha 평 ° °c °f 도
    mg g kg ton lb lbs oz μg ml dl l cc ms s sec min h hr hrs hour hours day days week weeks
    month months year years yr yrs 초 분 시간 일 개월 년 살 세 m/s km/h mph w kw mw kwh wh v mv ma
    hz khz mhz ghz pa hpa kpa mpa bar mmhg kj cal kcal ppm ppb db lx px dpi kb mb gb tb bpm
    mg/dl g/dl mmol/l kg/m2 g/cm3 u/l iu/l mol ph 명 인 개 회 권 대 마리 건 점 천원 만원 억원
    백만원 천명 만명 쪽 장 병 잔
    """
)


def is_total(cell: str) -> bool:
    """Whether a cell is the label of a row of totals or averages."""
    return re.sub(r"[\s:：()\[\]]", "", cell).casefold() in TOTALS


def is_footnote(cell: str) -> bool:
    """Whether a cell starts like a remark under a table."""
    return bool(_FOOTNOTE.match(cell))


def is_missing_word(cell: str) -> bool:
    """Whether a cell says "nothing here" among numbers and dates, though it may be a category."""
    return cell in MISSING_MARKS or "".join(cell.split()).casefold() in MISSING_WORDS


def is_pair(values: set[str]) -> bool:
    """Whether the values are two answers to one question, such as yes and no."""
    return frozenset(value.casefold() for value in values) in PAIRS
