"""Every messy table that schools and offices produce, as a real file with the right answer."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from nnstudio.data import inspect_table, read_table
from nnstudio.errors import StudioError

D = datetime.date
Expected = dict[str, tuple[str, list[Any]]]

UTF8_BOM = b"\xef\xbb\xbf"


def utf8(text: str) -> bytes:
    return text.encode("utf-8")


SIMPLE: Expected = {"이름": ("text", ["김", "이"]), "키": ("number", [170.0, 165.0])}

CASES: dict[str, tuple[bytes, Expected]] = {
    "bom": (UTF8_BOM + utf8("이름,키\n김,170\n이,165\n"), SIMPLE),
    "cp949": ("이름,키\n김,170\n이,165\n".encode("cp949"), SIMPLE),
    "cp949 extension": (
        "이름,키\n똠방각하,170\n펲시콜라,165\n".encode("cp949"),
        {"이름": ("text", ["똠방각하", "펲시콜라"]), "키": ("number", [170.0, 165.0])},
    ),
    "utf-16 with mark": ("이름,키\n김,170\n이,165\n".encode("utf-16"), SIMPLE),
    "utf-16 big end": (b"\xfe\xff" + "이름\t키\n김\t170\n이\t165\n".encode("utf-16-be"), SIMPLE),
    "utf-16 without mark": ("name,height\nKim,170\nLee,165\n".encode("utf-16-le"), {
        "name": ("text", ["Kim", "Lee"]), "height": ("number", [170.0, 165.0])}),
    "semicolon, decimal comma": (
        utf8("이름;키;몸무게\n김;170,5;60,25\n이;165,0;55,5\n"),
        {
            "이름": ("text", ["김", "이"]),
            "키": ("number", [170.5, 165.0]),
            "몸무게": ("number", [60.25, 55.5]),
        },
    ),
    "semicolon, decimal comma, thousands point": (
        utf8("a;b\n1.234,5;1.000\n2.345,75;12.500\n"),
        {"a": ("number", [1234.5, 2345.75]), "b": ("number", [1000.0, 12500.0])},
    ),
    "semicolon, no header": (
        utf8("1,5;2,5\n3,5;4,5\n5,25;6,0\n"),
        {"column_1": ("number", [1.5, 3.5, 5.25]), "column_2": ("number", [2.5, 4.5, 6.0])},
    ),
    "tab": (utf8("이름\t키\n김\t170\n이\t165\n"), SIMPLE),
    "tab with commas inside": (
        utf8("name\tscore\nKim, A\t1,234\nLee, B\t950\n"),
        {"name": ("text", ["Kim, A", "Lee, B"]), "score": ("number", [1234.0, 950.0])},
    ),
    "pipe": (utf8("이름|키\n김|170\n이|165\n"), SIMPLE),
    "quoted newline": (
        utf8('이름,"소감\n한마디",점수\n김,"좋아요\n정말",3\n이,"글쎄, 음",4\n'),
        {
            "이름": ("text", ["김", "이"]),
            "소감 한마디": ("text", ["좋아요\n정말", "글쎄, 음"]),
            "점수": ("number", [3.0, 4.0]),
        },
    ),
    "thousands": (
        utf8('도시,인구\n서울,"9,411,000"\n부산,"3,343,903"\n과천,950\n'),
        {
            "도시": ("text", ["서울", "부산", "과천"]),
            "인구": ("number", [9411000.0, 3343903.0, 950.0]),
        },
    ),
    "thousands with blanks": (
        utf8("a;b\nx;12 345\ny;1 234 567\nx;5\n"),
        {"a": ("category", ["x", "y", "x"]), "b": ("number", [12345.0, 1234567.0, 5.0])},
    ),
    "currency": (
        utf8('품목,가격\n연필,"₩1,200"\n공책,"₩12,500"\n지우개,₩500\n'),
        {
            "품목": ("text", ["연필", "공책", "지우개"]),
            "가격": ("number", [1200.0, 12500.0, 500.0]),
        },
    ),
    "currency behind": (
        utf8('품목,가격\n연필,"1,200원"\n공책,"12,500 원"\n지우개,500원\n'),
        {
            "품목": ("text", ["연필", "공책", "지우개"]),
            "가격": ("number", [1200.0, 12500.0, 500.0]),
        },
    ),
    "dollars and brackets": (
        utf8('item,change\na,"$1,200.50"\nb,($30.25)\nc,-$5\n'),
        {"item": ("text", ["a", "b", "c"]), "change": ("number", [1200.5, -30.25, -5.0])},
    ),
    "triangle minus": (
        utf8("항목,증감\n가,△120\n나,35\n다,▲7\n"),
        {"항목": ("text", ["가", "나", "다"]), "증감": ("number", [-120.0, 35.0, -7.0])},
    ),
    "percent": (
        utf8("학교,합격률\n가,12.5%\n나,100 %\n다,7%\n"),
        {"학교": ("text", ["가", "나", "다"]), "합격률": ("number", [12.5, 100.0, 7.0])},
    ),
    "iso dates": (
        utf8("날짜,값\n2024-01-05,1\n2024-02-29,2\n,3\n"),
        {
            "날짜": ("date", [D(2024, 1, 5), D(2024, 2, 29), None]),
            "값": ("number", [1.0, 2.0, 3.0]),
        },
    ),
    "korean dates": (
        utf8("날짜,값\n2024년 1월 5일,1\n2024년 12월 31일,2\n"),
        {"날짜": ("date", [D(2024, 1, 5), D(2024, 12, 31)]), "값": ("number", [1.0, 2.0])},
    ),
    "dotted dates": (
        utf8("날짜,값\n2024.1.5,1\n2024. 12. 31.,2\n"),
        {"날짜": ("date", [D(2024, 1, 5), D(2024, 12, 31)]), "값": ("number", [1.0, 2.0])},
    ),
    "slashed dates": (
        utf8("date,v\n2024/01/05,1\n2024/1/31,2\n"),
        {"date": ("date", [D(2024, 1, 5), D(2024, 1, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "day first": (
        utf8("date,v\n05/01/2024,1\n31/01/2024,2\n"),
        {"date": ("date", [D(2024, 1, 5), D(2024, 1, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "month first": (
        utf8("date,v\n01/05/2024,1\n01/31/2024,2\n"),
        {"date": ("date", [D(2024, 1, 5), D(2024, 1, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "dotted day first": (
        utf8("datum;v\n05.01.2024;1,5\n06.01.2024;2\n"),
        {"datum": ("date", [D(2024, 1, 5), D(2024, 1, 6)]), "v": ("number", [1.5, 2.0])},
    ),
    "dates with times": (
        utf8("일시,v\n2024-01-05 13:30,1\n2024-01-06 오후 1:05:10,2\n"),
        {
            "일시": (
                "date",
                [datetime.datetime(2024, 1, 5, 13, 30), datetime.datetime(2024, 1, 6, 13, 5, 10)],
            ),
            "v": ("number", [1.0, 2.0]),
        },
    ),
    "compact dates": (
        utf8("날짜,v\n20240105,1\n20241231,2\n"),
        {"날짜": ("date", [D(2024, 1, 5), D(2024, 12, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "month names": (
        utf8('date,v\n"Jan 5, 2024",1\n"December 31, 2024",2\n'),
        {"date": ("date", [D(2024, 1, 5), D(2024, 12, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "missing tokens": (
        utf8("a,b,c\n1,NA,x\n-,2,N/A\n?,#DIV/0!,y\n4,결측,x\n5,null,y\n"),
        {
            "a": ("number", [1.0, None, None, 4.0, 5.0]),
            "b": ("number", [None, 2.0, None, None, None]),
            "c": ("category", ["x", None, "y", "x", "y"]),
        },
    ),
    "none is an answer": (
        utf8("알레르기,점수\n없음,1\n꽃가루,없음\n없음,3\n땅콩,4\n없음,5\n"),
        {
            "알레르기": ("category", ["없음", "꽃가루", "없음", "땅콩", "없음"]),
            "점수": ("number", [1.0, None, 3.0, 4.0, 5.0]),
        },
    ),
    "title rows": (
        utf8("2024학년도 성적표,,\n작성: 교무부,,\n,,\n이름,국어,수학\n김,90,80\n이,85,95\n"),
        {
            "이름": ("text", ["김", "이"]),
            "국어": ("number", [90.0, 85.0]),
            "수학": ("number", [80.0, 95.0]),
        },
    ),
    "title rows without separators": (
        utf8("성적표\n\n이름,국어,수학\n김,90,80\n이,85,95\n"),
        {
            "이름": ("text", ["김", "이"]),
            "국어": ("number", [90.0, 85.0]),
            "수학": ("number", [80.0, 95.0]),
        },
    ),
    "no header": (
        utf8("5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.9,virginica\n"),
        {
            "column_1": ("number", [5.1, 4.9, 6.2]),
            "column_2": ("number", [3.5, 3.0, 2.9]),
            "column_3": ("category", ["setosa", "setosa", "virginica"]),
        },
    ),
    "duplicate and blank names": (
        utf8("점수,점수,,점수\n1,2,3,4\n5,6,7,8\n"),
        {
            "점수": ("number", [1.0, 5.0]),
            "점수_2": ("number", [2.0, 6.0]),
            "column_3": ("number", [3.0, 7.0]),
            "점수_3": ("number", [4.0, 8.0]),
        },
    ),
    "year header": (
        utf8("지역,2021,2022,2023\n서울,950,945,940\n부산,335,330,328\n"),
        {
            "지역": ("text", ["서울", "부산"]),
            "2021": ("number", [950.0, 335.0]),
            "2022": ("number", [945.0, 330.0]),
            "2023": ("number", [940.0, 328.0]),
        },
    ),
    "numbered questions": (
        utf8("이름,1,2,3\n김,5,4,3\n이,2,1,5\n"),
        {
            "이름": ("text", ["김", "이"]),
            "1": ("number", [5.0, 2.0]),
            "2": ("number", [4.0, 1.0]),
            "3": ("number", [3.0, 5.0]),
        },
    ),
    "short korean dates": (
        utf8("날짜,v\n24. 1. 5.,1\n24.12.31,2\n"),
        {"날짜": ("date", [D(2024, 1, 5), D(2024, 12, 31)]), "v": ("number", [1.0, 2.0])},
    ),
    "words only, no header": (
        utf8("red,small\nblue,large\nred,large\n"),
        {
            "column_1": ("category", ["red", "blue", "red"]),
            "column_2": ("category", ["small", "large", "large"]),
        },
    ),
    "a table of an office": (
        utf8(
            "전국 인구 현황,,,\n(단위: 명),,,\n행정구역,총인구,남자,여자\n"
            '서울특별시,"9,411,000","4,560,000","4,851,000"\n'
            '부산광역시,"3,300,000","1,600,000","1,700,000"\n'
            '계,"12,711,000","6,160,000","6,551,000"\n자료: 행정안전부,,,\n'
        ),
        {
            "행정구역": ("text", ["서울특별시", "부산광역시"]),
            "총인구": ("number", [9411000.0, 3300000.0]),
            "남자": ("number", [4560000.0, 1600000.0]),
            "여자": ("number", [4851000.0, 1700000.0]),
        },
    ),
    "percent with decimal comma": (
        utf8("a;b\n12,5%;1\n7,25 %;2\n"),
        {"a": ("number", [12.5, 7.25]), "b": ("number", [1.0, 2.0])},
    ),
    "fractions, times, versions stay text": (
        utf8("a,b,c\n1/2,09:30,1.2.3\n3/4,10:15,1.2.4\n"),
        {
            "a": ("text", ["1/2", "3/4"]),
            "b": ("text", ["09:30", "10:15"]),
            "c": ("text", ["1.2.3", "1.2.4"]),
        },
    ),
    "ragged": (
        utf8("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n"),
        {
            "a": ("number", [1.0, 4.0, 6.0, 1.0]),
            "b": ("number", [2.0, 5.0, 7.0, 1.0]),
            "c": ("number", [3.0, None, 8.0, 1.0]),
        },
    ),
    "row names without a header": (
        utf8("height,weight\nkim,170,60\nlee,165,55\n"),
        {
            "column_1": ("text", ["kim", "lee"]),
            "height": ("number", [170.0, 165.0]),
            "weight": ("number", [60.0, 55.0]),
        },
    ),
    "leading zeros": (
        utf8("학번,점수\n00123,90\n00456,85\n"),
        {"학번": ("text", ["00123", "00456"]), "점수": ("number", [90.0, 85.0])},
    ),
    "long ids": (
        utf8("card,n\n1234567890123456,1\n1234567890123457,2\n"),
        {"card": ("text", ["1234567890123456", "1234567890123457"]), "n": ("number", [1.0, 2.0])},
    ),
    "phone numbers": (
        utf8("전화,n\n010-1234-5678,1\n010-8765-4321,2\n"),
        {"전화": ("text", ["010-1234-5678", "010-8765-4321"]), "n": ("number", [1.0, 2.0])},
    ),
    "carriage returns only": (utf8("이름,키\r김,170\r이,165\r"), SIMPLE),
    "mixed line ends": (utf8("이름,키\r\n김,170\n이,165"), SIMPLE),
    "trailing delimiters": (utf8("이름,키,\n김,170,\n이,165,\n"), SIMPLE),
    "trailing delimiters in rows only": (utf8("이름,키\n김,170,\n이,165,\n"), SIMPLE),
    "total row": (
        utf8('반,학생 수,점수\n1반,30,"1,250"\n2반,28,"1,100"\n합계,58,"2,350"\n'),
        {
            "반": ("text", ["1반", "2반"]),
            "학생 수": ("number", [30.0, 28.0]),
            "점수": ("number", [1250.0, 1100.0]),
        },
    ),
    "total and average and source": (
        utf8("class,a,b\nx,1,2\ny,3,4\nTotal,4,6\nAverage,2,3\n\n※ 출처: 통계청\n"),
        {
            "class": ("text", ["x", "y"]),
            "a": ("number", [1.0, 3.0]),
            "b": ("number", [2.0, 4.0]),
        },
    ),
    "booleans": (
        utf8("a,b,c\nTRUE,예,Y\nFALSE,아니오,N\n"),
        {
            "a": ("category", ["TRUE", "FALSE"]),
            "b": ("category", ["예", "아니오"]),
            "c": ("category", ["Y", "N"]),
        },
    ),
    "scientific": (
        utf8("a,b\n1.5e-3,1E5\n2e3,-2.5E+2\n"),
        {"a": ("number", [0.0015, 2000.0]), "b": ("number", [1e5, -250.0])},
    ),
    "sep line": (utf8("sep=;\n이름;키\n김;170\n이;165\n"), SIMPLE),
    "sep line, quoted, odd separator": (utf8('"sep=^"\r\n이름^키\r\n김^170\r\n이^165\r\n'), SIMPLE),
    "full-width digits": (
        utf8("이름,키\n김,１７０\n이,１６５．５\n"),
        {"이름": ("text", ["김", "이"]), "키": ("number", [170.0, 165.5])},
    ),
    "one column": (utf8("height\n170\n165\n180\n"), {"height": ("number", [170.0, 165.0, 180.0])}),
    "one column of decimal commas": (
        utf8("키\n1,5\n2,25\n3,0\n"),
        {"키": ("number", [1.5, 2.25, 3.0])},
    ),
    "one column without header": (utf8("1\n2\n3\n"), {"column_1": ("number", [1.0, 2.0, 3.0])}),
    "header only": (utf8("이름,키,몸무게\n"), {
        "이름": ("text", []), "키": ("text", []), "몸무게": ("text", [])}),
    "padded cells": (
        utf8(" 이름 , 키 \n 김 ,  170 \n\u3000이\u00a0,\t165\n"),
        SIMPLE,
    ),
    "bad bytes": (
        utf8("이름,키\n김") + b"\xff" + utf8(",170\n이,165\n"),
        {"이름": ("text", ["김\ufffd", "이"]), "키": ("number", [170.0, 165.0])},
    ),
    "units in cells": (
        utf8("이름,키,몸무게\n김,170cm,60 kg\n이,165 cm,55.5kg\n"),
        {
            "이름": ("text", ["김", "이"]),
            "키": ("number", [170.0, 165.0]),
            "몸무게": ("number", [60.0, 55.5]),
        },
    ),
    "different units stay text": (
        utf8("a,b\n170 cm,1\n1.7 m,2\n"),
        {"a": ("text", ["170 cm", "1.7 m"]), "b": ("number", [1.0, 2.0])},
    ),
    "a row of units": (
        utf8("이름,키,몸무게\n,(cm),(kg)\n김,170,60\n이,165,55\n"),
        {
            "이름": ("text", ["김", "이"]),
            "키": ("number", [170.0, 165.0]),
            "몸무게": ("number", [60.0, 55.0]),
        },
    ),
    "formulas as text": (
        utf8('학번,합\n="00123",3\n="00456",=SUM(A1:A2)\n="00789",5\n'),
        {"학번": ("text", ["00123", "00456", "00789"]), "합": ("number", [3.0, None, 5.0])},
    ),
    "empty column": (
        utf8("a,빈칸,b\n1,,2\n3,,4\n"),
        {"a": ("number", [1.0, 3.0]), "빈칸": ("text", [None, None]), "b": ("number", [2.0, 4.0])},
    ),
    "blank rows": (
        utf8("이름,키\n\n김,170\n , \n이,165\n\n\n"),
        SIMPLE,
    ),
    "an open quotation mark": (
        utf8('이름,키\n"김,170\n이,165\n'),
        {"이름": ("text", ['"김', "이"]), "키": ("number", [170.0, 165.0])},
    ),
    "header repeated": (utf8("이름,키\n김,170\n이름,키\n이,165\n"), SIMPLE),
    "merged header over two rows": (
        utf8("이름,점수,,\n,국어,영어,수학\n김,90,80,70\n이,85,95,75\n"),
        {
            "이름": ("text", ["김", "이"]),
            "국어": ("number", [90.0, 85.0]),
            "영어": ("number", [80.0, 95.0]),
            "수학": ("number", [70.0, 75.0]),
        },
    ),
    "separated by blanks": (
        utf8("  5.1  3.5  1.4\n  4.9  3.0  1.4\n 10.2  2.9  4.3\n"),
        {
            "column_1": ("number", [5.1, 4.9, 10.2]),
            "column_2": ("number", [3.5, 3.0, 2.9]),
            "column_3": ("number", [1.4, 1.4, 4.3]),
        },
    ),
    "zero and one stay numbers": (
        utf8("a,b\n0,1\n1,0\n1,1\n"),
        {"a": ("number", [0.0, 1.0, 1.0]), "b": ("number", [1.0, 0.0, 1.0])},
    ),
    "infinity is missing": (
        utf8("a,b\n1,2\ninf,3\n4,5\n"),
        {"a": ("number", [1.0, None, 4.0]), "b": ("number", [2.0, 3.0, 5.0])},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "_"))
def test_a_messy_table_is_read_right(tmp_path: Path, case: str) -> None:
    content, expected = CASES[case]
    path = tmp_path / "표.csv"
    path.write_bytes(content)
    table = read_table(path)
    found = {name: (table.kind(name), table.values(name)) for name in table.columns}
    assert found == expected
    assert table.row_count == len(next(iter(expected.values()))[1])


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("cp949", "cp949"),
        ("semicolon, decimal comma", "decimal comma"),
        ("thousands", "thousands"),
        ("units in cells", "unit"),
        ("title rows", "above the table"),
        ("no header", "names were made up"),
        ("duplicate and blank names", "numbered"),
        ("ragged", "too few cells"),
        ("leading zeros", "lose digits"),
        ("total row", "totals"),
        ("total and average and source", "Remarks"),
        ("bad bytes", "could not be read"),
        ("an open quotation mark", "quotation mark"),
        ("formulas as text", "formulas"),
        ("missing tokens", "count as missing"),
        ("blank rows", "Empty rows"),
        ("header repeated", "Repeated header"),
    ],
)
def test_every_repair_is_listed(tmp_path: Path, case: str, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(CASES[case][0])
    repairs = read_table(path).repairs
    assert any(words in sentence for sentence in repairs), repairs


def test_a_clean_table_needs_no_repair(tmp_path: Path) -> None:
    path = tmp_path / "clean.csv"
    path.write_text("a,b,c\n1,2.5,x\n3,4.5,y\n5,6.5,x\n", "utf-8")
    assert read_table(path).repairs == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n  \n",
        UTF8_BOM,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04" + b"\0" * 100,
        b"%PDF-1.7\n%\xe2\xe3",
        bytes(range(256)) * 40,
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    ],
    ids=["empty", "blank", "mark only", "picture", "broken zip", "pdf", "binary", "web page"],
)
def test_what_is_no_table_is_refused_with_a_hint(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(StudioError) as refused:
        read_table(path)
    assert refused.value.text
    assert refused.value.hint


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="nowhere"):
        read_table(tmp_path / "nowhere.csv")


def test_text_that_appears_late_is_not_lost(tmp_path: Path) -> None:
    rows = [f"{i},{i * 0.5}" for i in range(60_000)]
    rows[55_000] = "55000,abc"
    path = tmp_path / "late.csv"
    path.write_text("a,b\n" + "\n".join(rows), "utf-8")
    table = read_table(path)
    assert table.kind("a") == "number"
    assert table.kind("b") == "text"
    assert table.values("b")[55_000] == "abc"
    assert table.values("b")[3] == "1.5"
    assert any("abc" in sentence and "55001" in sentence for sentence in table.repairs)


def test_a_chosen_kind_turns_other_cells_into_gaps(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_text("a,b\n1,2\nabc,3\n5,4\n", "utf-8")
    table = read_table(path, kinds={"a": "number", "b": "category"})
    assert table.values("a") == [1.0, None, 5.0]
    assert table.values("b") == ["2", "3", "4"]
    assert any("abc" in sentence for sentence in table.repairs)


def test_every_guess_can_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    path.write_bytes("title;x\n1,234;abc\n5,678;-1\n".encode("cp949"))
    table = read_table(path, header_row=None)
    assert table.columns == ("column_1", "column_2")
    assert table.row_count == 3
    table = read_table(path, header_row=1)
    assert table.columns == ("1,234", "abc")
    assert read_table(path, decimal=".").values("title") == [1234.0, 5678.0]
    assert read_table(path, decimal=",").values("title") == [1.234, 5.678]
    assert read_table(path, separator=",").values("column_2")[0] == "234;abc"
    assert read_table(path, missing=("abc", "-1")).values("x") == [None, None]
    assert read_table(path, encoding="cp949", separator=";").row_count == 2
    with pytest.raises(StudioError, match="can't be read"):
        read_table(tmp_path / "a\0b.csv")


@pytest.mark.parametrize(
    "choices",
    [
        {"encoding": "klingon"},
        {"encoding": "utf\0"},
        {"kinds": 3},
        {"missing": 3},
        {"colour": "red"},
        {"kinds": {"nothing": "number"}},
        {"kinds": {"a": "picture"}},
        {"separator": ";;"},
        {"header_row": "first"},
        {"decimal": "'"},
    ],
)
def test_a_wrong_choice_is_refused(tmp_path: Path, choices: dict[str, Any]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(StudioError):
        read_table(path, **choices)


def test_the_preview_shows_what_was_guessed(tmp_path: Path) -> None:
    path = tmp_path / "preview.csv"
    path.write_bytes("성적표;;\n\n이름;키;몸무게\n김;170,5;\n이;165,2;60\n".encode("cp949"))
    preview = inspect_table(path)
    assert (preview.encoding, preview.separator, preview.decimal) == ("cp949", ";", ",")
    assert preview.header_row == 2
    assert preview.rows[2] == ("이름", "키", "몸무게")
    assert preview.missing == {"이름": 0, "키": 0, "몸무게": 1}
    assert preview.sheets == ()
    assert preview.repairs == preview.table.repairs


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text('name,x{0}\n"{name}",1\n"=cmd|\'/c calc\'!A0",2\n%s,3\n{name},x\n', "utf-8")
    table = read_table(path, kinds={"x{0}": "number"})
    assert table.values("name")[2:] == ["%s", "{name}"]
    assert table.values("x{0}") == [1.0, 2.0, 3.0, None]
