"""Roles proposed for unknown tables, health warnings, and where a table comes from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data import (
    Column,
    DataSpec,
    Source,
    Split,
    Table,
    file_source,
    fits_in_project,
    health,
    load,
    prepare,
    propose,
    read_table,
)
from nnstudio.data.readers.choices import from_pairs, to_pairs
from nnstudio.data.table import category_column, number_column, object_array, tensor_column
from nnstudio.errors import StudioError

SOURCE = Source("embedded", "t")
ROWS = 40


def school() -> Table:
    random = np.random.default_rng(0)
    height = random.normal(165, 10, ROWS)
    return Table(
        (
            number_column("번호", range(1, ROWS + 1)),
            Column("이름", "text", object_array(f"학생{i}" for i in range(ROWS))),
            Column("날짜", "date", np.arange(ROWS).astype("datetime64[D]")),
            number_column("키", height),
            category_column("동아리", ["축구", "미술", "음악", "과학"] * 10),
            number_column("학년", [1] * ROWS),
            category_column("합격", ["예", "아니오"] * 20),
        )
    )


def roles(spec: DataSpec) -> dict[str, str]:
    return {column.name: column.role for column in spec.columns}


def test_sensible_roles() -> None:
    spec = propose(school(), SOURCE)
    assert roles(spec) == {
        "번호": "ignore",
        "이름": "ignore",
        "날짜": "ignore",
        "키": "feature",
        "동아리": "feature",
        "학년": "ignore",
        "합격": "target",
    }
    assert spec.split == Split()
    assert spec.column("키").scaling == "standard"
    prepared = prepare(spec, school(), {"i": ()}, {"o": ()})
    assert prepared.fitted.shape(()) == (5,)


def test_a_chosen_target() -> None:
    spec = propose(school(), SOURCE, "키")
    assert spec.target_columns() == ("키",)
    assert roles(spec)["합격"] == "feature"
    assert not spec.split.stratify
    assert propose(school(), SOURCE, ("키", "학년")).target_columns() == ("키", "학년")
    assert spec.with_target(["동아리"]).target_columns() == ("동아리",)
    with pytest.raises(StudioError, match="없음"):
        propose(school(), SOURCE, "없음")


def test_numbers_that_are_classes() -> None:
    x = np.random.default_rng(0).normal(size=60)
    for values, kind in (
        ([0.0, 1.0] * 30, "category"),
        ([1.0, 2.0, 3.0] * 20, "category"),
        (list(range(60)), "number"),
        ([0.5 * i for i in range(6)] * 10, "number"),
    ):
        table = Table((number_column("x", x), number_column("y", values)))
        assert propose(table, SOURCE, "y").column("y").kind == kind


def test_a_series_is_learned_from_its_date() -> None:
    table = Table(
        (
            Column("월", "date", np.arange(30).astype("datetime64[D]")),
            number_column("값", np.random.default_rng(0).normal(size=30)),
        )
    )
    spec = propose(table, SOURCE)
    assert roles(spec) == {"월": "feature", "값": "target"}
    assert prepare(spec, table, {"i": ()}, {"o": ()}).train.inputs["i"].shape == (19, 1)


def test_nothing_to_learn_from_is_refused() -> None:
    table = Table((Column("이름", "text", object_array(["a", "b"])),))
    with pytest.raises(StudioError, match="no column to learn from"):
        propose(table, SOURCE)


def test_pictures_are_inputs() -> None:
    table = Table((tensor_column("p", np.zeros((4, 2, 2))), category_column("y", list("abab"))))
    assert roles(propose(table, SOURCE)) == {"p": "feature", "y": "target"}


@pytest.mark.parametrize("name", ["Admission.csv", "Glass.csv", "boston_housing.csv"])
def test_known_tables_are_understood(shared_data: Path, name: str) -> None:
    table = read_table(shared_data / "tables" / name)
    rows, target, kind = {
        "Admission.csv": (400, "Chance of Admit", "number"),
        "Glass.csv": (214, "Type", "category"),
        "boston_housing.csv": (506, "medv", "number"),
    }[name]
    spec = propose(table, SOURCE)
    assert table.row_count == rows
    assert spec.target_columns() == (target,)
    assert spec.column(target).kind == kind
    assert table.repairs == ()
    prepared = prepare(spec, table, {"i": ()}, {"o": ()})
    assert len(prepared.train) + len(prepared.validation) + len(prepared.test) == rows
    if name == "Admission.csv":
        assert roles(spec)["Serial No."] == "ignore"


@pytest.mark.parametrize("name", ["AirPassengers.csv", "daily-min-temperatures.csv"])
def test_known_series_have_dates(shared_data: Path, name: str) -> None:
    table = read_table(shared_data / "tables" / name)
    assert [table.kind(column) for column in table.columns] == ["date", "number"]
    assert table.row_count in (144, 3650)
    assert None not in table.values(table.columns[0])


def codes(table: Table, target: str, *features: str) -> set[tuple[str, str]]:
    spec = propose(table, SOURCE, target)
    for name in features:
        spec = spec.with_column(name, role="feature")
    return {(finding.code, finding.column) for finding in health(spec, table)}


def test_health_warnings() -> None:
    table = school()
    assert codes(table, "합격") == set()
    assert codes(table, "합격", "번호", "학년", "이름") == {
        ("id_like", "번호"),
        ("constant", "학년"),
        ("id_like", "이름"),
    }
    copies = Table(
        (
            *table.fields,
            category_column("결과", ["pass", "fail"] * 20),
            number_column("키2", table.column("키").values * 2 + 1),
            number_column("빈칸", [None] * 20 + [1.0, 2.0] * 10),
        )
    )
    found = codes(copies, "합격")
    assert ("target_copy", "결과") in found
    assert ("many_missing", "빈칸") in found
    assert ("target_copy", "키2") in codes(copies, "키")


def test_health_of_classes() -> None:
    x = number_column("x", np.random.default_rng(1).normal(size=60))
    tiny = Table((x, category_column("y", ["a"] * 30 + ["b"] * 28 + ["c"] * 2)))
    skewed = Table((x, category_column("y", ["a"] * 55 + ["b"] * 5)))
    single = Table((x, category_column("y", ["a"] * 60)))
    assert codes(tiny, "y") == {("tiny_class", "y")}
    assert codes(skewed, "y") == {("imbalance", "y")}
    assert codes(single, "y") == {("one_class", "y")}
    finding = health(propose(skewed, SOURCE, "y"), skewed)[0]
    assert "11" in finding.text
    assert finding.hint in str(finding)


def test_a_large_file_is_read_again_from_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "자료"
    folder.mkdir()
    path = folder / "표.csv"
    path.write_bytes("a;반\n1,5;01\n2,5;02\n".encode("cp949"))
    choices = {"decimal": ",", "kinds": {"반": "category"}, "missing": ("x", "y"), "header_row": 0}
    source = file_source(path, tmp_path, **choices)
    assert source.path == "자료/표.csv"
    assert from_pairs(source.choices) == choices
    spec = propose(read_table(path, **choices), source)
    assert load(spec, folder=tmp_path).values("반") == ["01", "02"]
    assert file_source(path, None).path == "표.csv"
    path.write_text("a\n1\n", "utf-8")
    with pytest.raises(StudioError, match="changed"):
        load(spec, folder=tmp_path)
    path.unlink()
    with pytest.raises(StudioError, match="not found"):
        load(spec, folder=tmp_path)
    long = replace(spec, source=replace(source, path="표" * 300))
    with pytest.raises(StudioError, match="not found"):
        load(long, folder=tmp_path)


def test_only_large_tables_stay_outside_the_project() -> None:
    assert fits_in_project(school())
    large = Table((tensor_column("p", np.zeros((30, 300, 300))),))
    assert not fits_in_project(large)


def test_no_header_survives_in_a_source() -> None:
    assert from_pairs(to_pairs(header_row=None)) == {"header_row": -1}


def test_tables_that_are_not_there() -> None:
    spec = propose(school(), SOURCE)
    assert load(spec, embedded={"t": school()}).row_count == ROWS
    with pytest.raises(StudioError, match="not in the project"):
        load(spec)
    with pytest.raises(StudioError, match="no dataset"):
        load(DataSpec(Source("builtin", "future"), ()))
