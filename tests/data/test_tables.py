"""Tables and columns: what they promise, and that they survive storage bit for bit."""

import contextlib
import io
import json
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data import Column, Table, table_from_bytes, table_to_bytes
from nnstudio.data.npy import from_npy
from nnstudio.data.table import (
    category_column,
    label_of,
    number_column,
    object_array,
    sort_categories,
    tensor_column,
)
from nnstudio.errors import StudioError


def sample() -> Table:
    days = np.array(["2024-01-05", "NaT", "1999-12-31"], "datetime64[D]")
    times = np.array(["2024-01-05T10:20:30", "NaT", "1999-12-31"], "datetime64[s]")
    return Table(
        (
            number_column("키", [170.1, None, -0.0], "cm"),
            category_column("반", ["2반", None, "1반"], ("1반", "2반", "3반")),
            Column("날짜", "date", days),
            Column("시각", "date", times),
            Column("메모", "text", object_array(['a\n,"b', None, "가"])),
            tensor_column("그림", np.arange(12.0).reshape(3, 2, 2) / 3),
        ),
        name="표",
        repairs=("하나", "둘"),
    )


def test_values_are_python_values_with_none_where_missing() -> None:
    table = sample()
    assert table.columns == ("키", "반", "날짜", "시각", "메모", "그림")
    assert table.row_count == 3
    assert table.values("키") == [170.1, None, 0.0]
    assert str(table.values("날짜")[0]) == "2024-01-05"
    assert table.values("날짜")[1] is None
    assert str(table.values("시각")[0]) == "2024-01-05 10:20:30"
    assert table.values("그림")[1] == [[4 / 3, 5 / 3], [2.0, 7 / 3]]
    assert table.column("키").unit == "cm"
    for name in table.columns[:5]:
        assert table.column(name).missing().tolist() == [False, True, False]


def test_columns_are_read_only_and_their_own() -> None:
    given_values = np.array([1.0, 2.0])
    column = Column("a", "number", given_values)
    given_values[0] = 9
    assert column.values[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        column.values[0] = 5


def test_unknown_columns_are_named_in_the_refusal() -> None:
    with pytest.raises(StudioError, match=r"몸무게.*키") as refused:
        sample().values("몸무게")
    assert "몸무게" in refused.value.text


def test_tables_refuse_what_cannot_be() -> None:
    a = number_column("a", [1, 2])
    with pytest.raises(ValueError, match="unique"):
        Table((a, a))
    with pytest.raises(ValueError, match="same number"):
        Table((a, number_column("b", [1])))
    with pytest.raises(ValueError, match="kind"):
        Column("a", "colour", np.zeros(1))


def test_rows_by_number_and_by_mask() -> None:
    table = sample()
    assert table.rows([2, 0]).values("반") == ["1반", "2반"]
    assert table.rows(np.array([False, False, True])).values("키") == [0.0]
    assert table.rows([]).row_count == 0
    assert table.rows([0]).column("반").categories == ("1반", "2반", "3반")


def test_the_order_of_categories_never_depends_on_rows() -> None:
    assert sort_categories(["10", "9", "-1.5"]) == ("-1.5", "9", "10")
    assert sort_categories(["예", "아니오"]) == ("아니오", "예")
    assert sort_categories(["Yes", "No"]) == ("No", "Yes")
    assert sort_categories(["합격", "불합격"]) == ("불합격", "합격")
    assert sort_categories(["여", "남"]) == ("남", "여")
    assert sort_categories(["b", "a", "b"]) == ("a", "b")


def test_class_names_of_raw_values() -> None:
    assert [label_of(v) for v in (3.0, 2.5, True, "x", "", None, float("nan"), np.float64(1))] == [
        "3", "2.5", "1", "x", None, None, None, "1"]  # fmt: skip


def same(first: Table, second: Table) -> bool:
    return table_to_bytes(first) == table_to_bytes(second)


def test_a_stored_table_comes_back_whole() -> None:
    table = sample()
    back = table_from_bytes(table_to_bytes(table))
    assert same(table, back)
    assert back.name == "표"
    assert back.repairs == ("하나", "둘")
    for name in table.columns:
        assert back.kind(name) == table.kind(name)
        assert back.values(name) == table.values(name)
        assert back.column(name).unit == table.column(name).unit
        assert back.column(name).categories == table.column(name).categories
        assert back.column(name).values.dtype == table.column(name).values.dtype
    assert np.signbit(back.column("키").values[2])


names = st.text(min_size=1, max_size=8).filter(
    lambda s: not any(0xD800 <= ord(c) < 0xE000 for c in s)
)
words = st.none() | st.text(st.characters(blacklist_categories=("Cs",)), max_size=6)


@given(
    st.lists(st.none() | st.floats(allow_nan=False), min_size=4, max_size=4),
    st.lists(words, min_size=4, max_size=4),
    st.lists(words, min_size=4, max_size=4),
)
def test_any_values_survive(numbers: list[float], texts: list[str], classes: list[str]) -> None:
    table = Table(
        (
            number_column("n", numbers),
            Column("t", "text", object_array(texts)),
            category_column("c", classes),
        )
    )
    back = table_from_bytes(table_to_bytes(table))
    assert [back.values(name) for name in "ntc"] == [numbers, texts, classes]


def test_equal_tables_give_equal_bytes() -> None:
    assert table_to_bytes(sample()) == table_to_bytes(sample())


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_random_damage_is_refused_or_harmless(place: int, change: int) -> None:
    content = bytearray(table_to_bytes(sample()))
    content[place % len(content)] ^= change
    with contextlib.suppress(StudioError):
        table_from_bytes(bytes(content))


def archive(
    head: dict[str, object], compression: int = zipfile.ZIP_STORED, **entries: bytes
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        packed.writestr("table.json", json.dumps(head))
        for name, content in entries.items():
            packed.writestr(name.replace("_", "."), content)
    return file.getvalue()


HEAD = {"format": 1, "name": "", "rows": 2, "repairs": []}
TWO = b"\x93NUMPY\x01\x00"


def npy(header: str, body: bytes) -> bytes:
    text = header.encode()
    return TWO + len(text).to_bytes(2, "little") + text + body


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archive({**HEAD, "format": 2, "columns": []}),
        archive({**HEAD, "columns": [{"name": "a", "kind": "number"}]}),
        archive({**HEAD, "columns": [{"name": "a", "kind": "text"}]}, **{"0_json": b'["x"]'}),
        archive({**HEAD, "columns": [{"name": "a", "kind": "text"}]}, **{"0_json": b"[1, 2]"}),
        archive({**HEAD, "columns": []}, zipfile.ZIP_DEFLATED),
        archive(
            {**HEAD, "columns": [{"name": "a", "kind": "number"}]},
            **{"0_npy": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", b"\0" * 8)},
        ),
        archive(
            {**HEAD, "columns": [{"name": "a", "kind": "category", "categories": ["x"]}]},
            **{"0_npy": npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2,)}", b"\1" * 8)},
        ),
        archive(
            {**HEAD, "columns": [{"name": "a", "kind": "number"}] * 2},
            **{"0_npy": npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,)}", b"\0" * 16)},
        ),
    ],
)  # fmt: skip
def test_hostile_tables_are_refused(content: bytes) -> None:
    with pytest.raises(StudioError, match="damaged"):
        table_from_bytes(content)


def test_an_array_header_is_never_believed() -> None:
    huge = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}", b"")
    with pytest.raises(ValueError, match="size"):
        from_npy(huge)
    with pytest.raises(ValueError, match="malformed"):
        from_npy(npy("{'descr': '<f8', 'shape': __import__('os')}", b""))
