"""Spreadsheets as schools keep them, written by openpyxl or by hand, read without running them."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from nnstudio.data import inspect_table, read_table
from nnstudio.errors import StudioError

D = datetime.date


def save(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


@pytest.fixture
def book() -> openpyxl.Workbook:
    return openpyxl.Workbook()


def test_cells_keep_their_types(tmp_path: Path, book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.append(["이름", "생일", "키", "합격", "학번", "시각"])
    start = datetime.time(9, 30)
    sheet.append(["김", D(2010, 3, 1), 170.25, True, "00123", start])
    sheet.append(["이", D(2011, 12, 31), 165, False, "00456", start])
    table = read_table(save(book, tmp_path / "반.xlsx"))
    assert table.values("생일") == [D(2010, 3, 1), D(2011, 12, 31)]
    assert table.values("키") == [170.25, 165.0]
    assert (table.kind("합격"), table.values("합격")) == ("category", ["TRUE", "FALSE"])
    assert (table.kind("학번"), table.values("학번")) == ("text", ["00123", "00456"])
    assert table.kind("시각") in ("category", "text")


def test_numbers_are_exact(tmp_path: Path, book: openpyxl.Workbook) -> None:
    values = [0.1, 1 / 3, 1e-300, 123456789.125, -2.5e17, 0.0]
    book.active.append(["v", "w"])
    for value in values:
        book.active.append([value, 1.5])
    assert read_table(save(book, tmp_path / "n.xlsx")).values("v") == values


def test_a_merged_title_and_blank_columns(tmp_path: Path, book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["B2"] = "2024학년도 1학기 성적"
    sheet.merge_cells("B2:E2")
    for row, cells in enumerate(
        (["이름", "반", "국어", "수학"], ["김", 1, 90, 80], ["이", 2, 85, 95])
    ):
        for column, cell in enumerate(cells):
            sheet.cell(row + 4, column + 2, cell)
    preview = inspect_table(save(book, tmp_path / "t.xlsx"))
    table = preview.table
    assert table.columns == ("이름", "반", "국어", "수학")
    assert table.values("수학") == [80.0, 95.0]
    assert preview.rows[preview.header_row][1] == "이름"


def test_a_header_merged_over_two_rows(tmp_path: Path, book: openpyxl.Workbook) -> None:
    sheet = book.active
    for row in (
        ["이름", "점수", None, None],
        [None, "국어", "영어", "수학"],
        ["김", 90, 80, 70],
        ["이", 85, 95, 75],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:D1")
    sheet.merge_cells("A1:A2")
    table = read_table(save(book, tmp_path / "t.xlsx"))
    assert table.columns == ("이름", "국어", "영어", "수학")
    assert table.values("영어") == [80.0, 95.0]


def test_a_value_merged_downwards_belongs_to_every_row(
    tmp_path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book.active
    for row in (["반", "이름", "점수"], ["1반", "김", 1], [None, "이", 2], ["2반", "박", 3]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    table = read_table(save(book, tmp_path / "t.xlsx"))
    assert table.values("반") == ["1반", "1반", "2반"]
    assert any("Merged" in sentence for sentence in table.repairs)


def test_formulas_never_calculated_are_missing_and_said(
    tmp_path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book.active
    sheet.append(["a", "b", "합"])
    sheet.append([1, 2, "=A2+B2"])
    sheet.append([3, 4, "=A3+B3"])
    table = read_table(save(book, tmp_path / "t.xlsx"))
    assert table.values("합") == [None, None]
    assert any("never calculated" in sentence and "2" in sentence for sentence in table.repairs)


def test_percent_and_padded_numbers_are_read_as_shown(
    tmp_path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book.active
    sheet.append(["학번", "합격률", "비율", "v"])
    for row, (number, share) in enumerate(((123, 0.125), (45, 0.07), (6, 1)), 2):
        sheet.append([number, share, share, row])
        sheet.cell(row, 1).number_format = "00000"
        sheet.cell(row, 2).number_format = "0.0%"
        sheet.cell(row, 3).number_format = "0%"
    table = read_table(save(book, tmp_path / "t.xlsx"))
    assert table.values("학번") == ["00123", "00045", "00006"]
    assert table.values("합격률") == [12.5, 7.0, 100.0]
    assert table.column("비율").unit == "%"
    assert table.values("v") == [2.0, 3.0, 4.0]


def test_currency_and_thousands_formats_change_nothing(
    tmp_path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book.active
    sheet.append(["값", "금액"])
    for value in (1234567, 0.5):
        sheet.append([value, value])
    for row in (2, 3):
        sheet.cell(row, 1).number_format = "#,##0"
        sheet.cell(row, 2).number_format = '"₩"#,##0.00'
    table = read_table(save(book, tmp_path / "t.xlsx"))
    assert table.values("값") == table.values("금액") == [1234567.0, 0.5]
    assert table.repairs == ()


def test_the_first_sheet_with_cells_is_read(tmp_path: Path, book: openpyxl.Workbook) -> None:
    book.active.title = "빈 시트"
    hidden = book.create_sheet("숨김")
    hidden.append(["secret", "x"])
    hidden.sheet_state = "hidden"
    data = book.create_sheet("자료")
    data.append(["a", "b"])
    data.append([1, 2])
    other = book.create_sheet("다른")
    other.append(["c", "d"])
    other.append([3, 4])
    path = save(book, tmp_path / "t.xlsx")
    preview = inspect_table(path)
    assert preview.sheet == "자료"
    assert preview.sheets == ("빈 시트", "숨김", "자료", "다른")
    assert any("자료" in sentence for sentence in preview.repairs)
    assert read_table(path, sheet="다른").columns == ("c", "d")
    assert read_table(path, sheet=3).columns == ("c", "d")
    with pytest.raises(StudioError, match="없는"):
        read_table(path, sheet="없는")
    with pytest.raises(StudioError):
        read_table(path, sheet=9)


def test_totals_gaps_and_error_cells(tmp_path: Path, book: openpyxl.Workbook) -> None:
    sheet = book.active
    for row in (["과목", "점수"], ["국어", 90], ["수학", "#N/A"], ["영어", "결시"], ["합계", 90]):
        sheet.append(row)
    table = read_table(save(book, tmp_path / "t.xlsx"), kinds={"점수": "number"})
    assert table.values("과목") == ["국어", "수학", "영어"]
    assert table.values("점수") == [90.0, None, None]


def test_the_extension_does_not_matter(tmp_path: Path, book: openpyxl.Workbook) -> None:
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    assert read_table(save(book, tmp_path / "t.xlsx").rename(tmp_path / "t.csv")).row_count == 1
    text = tmp_path / "t.xls"
    text.write_text("a\tb\n1\t2\n", "utf-8")
    assert read_table(text).values("b") == [2.0]


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="시트">
<table:table-row>
<table:table-cell office:value-type="string"><text:p>이름</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>키</text:p></table:table-cell>
</table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>김</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="170.5"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_open_document_sheets(tmp_path: Path) -> None:
    path = tmp_path / "t.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.replace("\n", ""))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    table = read_table(path)
    assert table.columns == ("이름", "키")
    assert table.values("키") == [170.5]


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def xlsx(tmp_path: Path, sheet_xml: str) -> Path:
    """Return a workbook whose only sheet has this XML."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    file = io.BytesIO()
    book.save(file)
    path = tmp_path / "made.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, sheet_xml if name == "xl/worksheets/sheet1.xml" else content)
    return path


SHEET = """<?xml version="1.0"?><worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>
</worksheet>"""


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="2"><c r="A99999999"><v>2</v></c></row>',
        "<row r='3'><c r = 'ZZ999999'><v>2</v></c></row>",
        '<row r="2"><c r="A&#57;999999"><v>2</v></c></row>',
        '<row r="2"><c r="AAAAAA2"><v>2</v></c></row>',
    ],
)
def test_a_sheet_that_claims_the_whole_world_is_refused(tmp_path: Path, cells: str) -> None:
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(StudioError):
        read_table(xlsx(tmp_path, SHEET.format(near + cells)))


def test_repeated_open_document_cells_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.ods"
    row = "<table:table-row>\n<table:table-cell"
    many = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' table:number-columns-repeated="16384"'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.replace(row, many, 1).replace("\n", ""))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    with pytest.raises(StudioError, match="too large"):
        read_table(path)


def test_a_workbook_with_lying_sizes_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path, SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>'))
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = (5).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(StudioError):
        read_table(path)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_damaged_workbook_is_refused(tmp_path: Path, book: openpyxl.Workbook, cut: float) -> None:
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    path = save(book, tmp_path / "t.xlsx")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])
    with pytest.raises(StudioError):
        read_table(path)


def test_broken_xml_and_old_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudioError):
        read_table(xlsx(tmp_path, "<worksheet><sheetData><row r="))
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(StudioError):
        read_table(old)
