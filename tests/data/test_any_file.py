"""Whatever a file holds: a table or a sentence, never a traceback; and tables come back whole."""

import contextlib
import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nnstudio.data import inspect_table, read_table, table_from_bytes, table_to_bytes
from nnstudio.errors import StudioError

in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

pieces = st.sampled_from(
    [
        *"abc012.,;|\t\n\r\"' =%-()?",
        *(
            "김",
            "합계",
            "１",
            "−",
            "₩",
            "1,234",
            "2024-01-05",
            "NA",
            "\r\n",
            "\n\n",
            "sep=;\n",
            "\u3000",
        ),
        *("1e400", "-0", "00", "=SUM(A1)", "{0}", "\x00", "\ufeff", "\u2028", '""', "9" * 20),
    ]
)


def attempt(path: Path) -> None:
    with contextlib.suppress(StudioError):
        table = inspect_table(path).table
        assert len(set(table.columns)) == len(table.columns)
        assert table_from_bytes(table_to_bytes(table)).row_count == table.row_count


@in_one_folder
@given(st.lists(pieces, max_size=60))
@example(["a", ",", "a", "\n", '"'])
@example(["1e400", "\n", "1"])
@example(["99999999999", "-", "01", "-", "01", "\n"])
def test_any_text(tmp_path: Path, parts: list[str]) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes("".join(parts).encode("utf-8"))
    attempt(path)


@in_one_folder
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    attempt(path)


@in_one_folder
@given(st.binary(max_size=60), st.sampled_from(["utf-16", "cp949", "utf-8-sig", "latin-1"]))
def test_any_bytes_in_a_chosen_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with contextlib.suppress(StudioError):
        read_table(path, encoding=encoding)


def workbook() -> dict[str, bytes]:
    """Return the entries of a small workbook."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1.5, "x"])
    book.active.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ENTRIES = workbook()
wrong = st.sampled_from([b"", b"<", b"99999999", b"-1", b"&x;", b'<c r="A9"/>', b"\xff", b"1e999"])


@in_one_folder
@given(st.sampled_from(sorted(ENTRIES)), st.floats(0, 1), st.integers(0, 20), wrong, st.booleans())
def test_any_workbook(
    tmp_path: Path, name: str, place: float, cut: int, put: bytes, gone: bool
) -> None:
    start = int(place * len(ENTRIES[name]))
    body = ENTRIES[name][:start] + put + ENTRIES[name][start + cut :]
    path = tmp_path / "any.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in ENTRIES.items():
            if entry != name or not gone:
                archive.writestr(entry, body if entry == name else content)
    attempt(path)


numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
rows = st.lists(
    st.tuples(numbers, st.integers(-(10**12), 10**12), st.sampled_from(["가", "나, 다", 'la "x"'])),
    min_size=4,
    max_size=12,
)


@in_one_folder
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(rows, st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]))
def test_a_plain_table_comes_back_exactly(
    tmp_path: Path, separator: str, table: list[tuple[float, int, str]], encoding: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["실수", "정수", "말"])
    writer.writerows([(repr(a), b, c) for a, b, c in table])
    path = tmp_path / "plain.csv"
    path.write_bytes(file.getvalue().encode(encoding))
    found = read_table(path)
    assert found.columns == ("실수", "정수", "말")
    assert found.values("실수") == [a for a, _, _ in table]
    assert found.values("정수") == [float(b) for _, b, _ in table]
    assert found.values("말") == [c for _, _, c in table]
